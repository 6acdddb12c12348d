/* key.h: the program's own key, from a file beside the database and not in it: what is sealed with
 * it cannot be read from a copy of the database.  Set once, before any thread is started. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "store/store.h"

enum { KEY_LEAST = 32, KEY_MOST = 4096 };

/* Reads the key: a file of KEY_LEAST to KEY_MOST bytes that only its owner may read.  Refused:
 * key_file. */
bool key_load(const char *path, struct fail *f);
/* Whether there is one. */
bool key_ready(void);
void key_forget(void);

/* Seals n bytes; use and whose are part of the key, so that what was sealed for one end or person
 * opens for no other. */
struct blob key_seal(struct arena *a, const char *use, const char *whose, const void *plain,
                     size_t n);
/* Opens n bytes that were sealed so; false when they were not, or there is no key. */
bool key_open(const char *use, const char *whose, struct blob sealed, void *plain, size_t n);
