/* sqlite_fail.c: what went wrong, said so that the reader knows what to do; and the copy. */
#include "store/sqlite_fail.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TRIES = 100, PAUSE_MS = 50, PRIVATE_FILE = 0600 };

static const struct {
    int code; /* an extended code, or a primary one that stands for all of its kind */
    enum fail_kind kind;
    const char *name, *text; /* text takes the database's name */
} known[] = {
    { SQLITE_CONSTRAINT_UNIQUE, FAIL_INPUT, "exists", "%s already holds a row with this key." },
    { SQLITE_CONSTRAINT_PRIMARYKEY, FAIL_INPUT, "exists", "%s already holds a row with this key." },
    { SQLITE_CONSTRAINT_ROWID, FAIL_INPUT, "exists", "%s already holds a row with this key." },
    { SQLITE_CONSTRAINT, FAIL_INTEGRITY, "constraint",
      "%s refused a row that breaks one of its rules; nothing was committed." },
    { SQLITE_FULL, FAIL_SYSTEM, "disk_full",
      "No room is left on the disk of %s. Nothing was committed: make room and run it again." },
    { SQLITE_BUSY, FAIL_SYSTEM, "locked",
      "Another program is writing to %s. Wait until it has finished, then run it again." },
    { SQLITE_LOCKED, FAIL_SYSTEM, "locked",
      "Another program is writing to %s. Wait until it has finished, then run it again." },
    { SQLITE_READONLY, FAIL_SYSTEM, "read_only",
      "%s may not be written. Check the rights of the file and of its folder." },
    { SQLITE_CORRUPT, FAIL_INTEGRITY, "corrupt",
      "%s is damaged. Stop using it, keep a copy, and restore the last good backup." },
    { SQLITE_NOTADB, FAIL_INTEGRITY, "corrupt",
      "%s is not a database, or its beginning is damaged. Check the name, or restore a backup." },
    { SQLITE_CANTOPEN, FAIL_SYSTEM, "cannot_open",
      "%s cannot be opened. Check the rights of the file and of its folder." },
    { SQLITE_PERM, FAIL_SYSTEM, "cannot_open",
      "%s cannot be opened. Check the rights of the file and of its folder." },
    { SQLITE_IOERR, FAIL_SYSTEM, "disk_error",
      "The disk of %s failed to read or write. Nothing was committed: check the disk first." },
};

int sqlite_code(sqlite3 *db)
{
    int code   = sqlite3_extended_errcode(db);
    int kind   = code & 0xff;
    int system = sqlite3_system_errno(db);

    if ((kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN) && (system == ENOSPC || system == EDQUOT))
        return SQLITE_FULL;
    return code;
}

bool sqlite_fail(int code, const char *words, const char *name, struct fail *f)
{
    char text[sizeof f->text];

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].code != code && known[i].code != (code & 0xff)) continue;
        const char *at = strstr(known[i].text, "%s");
        snprintf(text, sizeof text, "%.*s%.180s%s", (int)(at - known[i].text), known[i].text, name,
                 at + 2);
        return FAIL(f, known[i].kind, known[i].name, "%s (%s)", text, words);
    }
    return FAIL(f, FAIL_SYSTEM, "database", "%.180s: the database said: %s (%d)", name, words,
                code);
}

bool file_fail(int code, const char *name, struct fail *f)
{
    switch (code) {
    case ENOENT:
        return FAIL(
            f, FAIL_SYSTEM, "missing",
            "There is no database %.180s, or its folder is not there. Check --db or UPKEEP_DB.",
            name);
    case EEXIST:
        return FAIL(f, FAIL_INPUT, "exists",
                    "There is a file %.180s already. Choose another name, or move it away first.",
                    name);
    case EISDIR:
        return FAIL(f, FAIL_SYSTEM, "folder",
                    "%.180s is a folder, not a database. Name the file in it (--db, UPKEEP_DB).",
                    name);
    case ENOSPC: return sqlite_fail(SQLITE_FULL, strerror(code), name, f);
    case EROFS: return sqlite_fail(SQLITE_READONLY, strerror(code), name, f);
    default: return sqlite_fail(SQLITE_CANTOPEN, strerror(code), name, f);
    }
}

/* Makes the name itself last through a power cut. */
static bool folder_sync(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');

    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
             slash ? path : ".");
    int fd    = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return done;
}

static bool pages_copy(sqlite3 *from, const char *part, struct fail *f)
{
    sqlite3 *to = NULL;
    int code    = sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);

    sqlite3_backup *b = code == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main") : NULL;
    if (b) {
        for (int tries = 0; tries < TRIES; tries++) {
            code = sqlite3_backup_step(b, -1);
            if (code != SQLITE_BUSY && code != SQLITE_LOCKED) break;
            sqlite3_sleep(PAUSE_MS);
        }
        int end = sqlite3_backup_finish(b);
        code    = code == SQLITE_DONE ? end : code;
    } else if (code == SQLITE_OK) {
        code = sqlite_code(to);
    }
    bool done = code == SQLITE_OK || sqlite_fail(code, sqlite3_errmsg(to), part, f);
    sqlite3_close(to);
    return done;
}

/* A disk that is full leaves SQLite's journal of the copy beside it. */
static void part_remove(const char *part)
{
    char journal[PATH_MAX];

    unlink(part);
    if (snprintf(journal, sizeof journal, "%s-journal", part) < (int)sizeof journal)
        unlink(journal);
}

bool sqlite_backup(sqlite3 *from, const char *path, struct fail *f)
{
    char part[PATH_MAX];

    if (access(path, F_OK) == 0) return file_fail(EEXIST, path, f);
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part)
        return file_fail(ENAMETOOLONG, path, f);
    part_remove(part); /* of a copy that was cut short */
    int fd = open(part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, PRIVATE_FILE);
    if (fd < 0 && errno == ENOENT)
        return FAIL(f, FAIL_INPUT, "folder_missing",
                    "The folder in which %.180s is to be written is not there. Make it first, or "
                    "name another.",
                    path);
    if (fd < 0) return file_fail(errno, part, f);
    close(fd);
    bool done = pages_copy(from, part, f);
    /* link, not rename: it refuses a name that has appeared meanwhile. */
    if (done && link(part, path) != 0) done = file_fail(errno, path, f);
    part_remove(part);
    if (done && !folder_sync(path)) done = sqlite_fail(SQLITE_IOERR, strerror(errno), path, f);
    return done;
}
