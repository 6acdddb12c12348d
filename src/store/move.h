/* move.h: a whole database copied to another place, from SQLite to PostgreSQL or back, and proved.
 */
#pragma once
#include "base/digest.h"
#include "store/store.h"

/* What one table came to; the digest is of every value of every row in the order of the key. */
struct move_table {
    const char *name;
    int64_t rows;
    char digest[DIGEST_TEXT];
};
typedef void move_progress(void *context, const struct move_table *table, bool is_proved);

/* Copies every row of the database called from, as it is now, to a new one called to, reads the
 * copy back and compares counts and digests of every table.  `to` must not exist (a file) or hold
 * no tables (a server); one that an earlier move left unfinished is begun again.  Memory does not
 * depend on the size.  False: `to` is unfinished and no program opens it; f says why.  progress is
 * called for each table when it is copied and when it is proved. */
bool store_move(const char *from, const char *to, move_progress *progress, void *context,
                struct fail *f);
