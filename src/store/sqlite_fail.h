/* sqlite_fail.h: SQLite's and the file system's errors as sentences, and the copy to another file.
 */
#pragma once
#include "base/fail.h"

#include <sqlite3.h>

/* The extended code of db's last error; SQLITE_FULL too where SQLite only says that writing failed.
 */
int sqlite_code(sqlite3 *db);
/* Fills f for an extended result code; returns false. */
bool sqlite_fail(int code, const char *words, const char *name, struct fail *f);
/* The same for an errno met while opening or making a file. */
bool file_fail(int code, const char *name, struct fail *f);
struct store;
/* See store_hold. */
bool sqlite_hold(struct store *s, int what, bool *held, struct fail *f);
void sqlite_hold_end(struct store *s);
/* See store_backup_to. */
bool sqlite_backup(sqlite3 *from, const char *path, struct fail *f);
