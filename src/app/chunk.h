/* chunk.h: many families at once: read table by table, worked on one by one in memory, written
 * table by table in one transaction, which the caller began.
 *
 * What a family did long ago need not be read again: now and then the day's run closes the family's
 * books (chunk_look), and later runs read what was carried forward and what came after.  Any verb
 * outside a chunk reads everything and opens them again. */
#pragma once
#include "app/group.h"

struct family {
    struct sql_family_list_row head; /* seq 0: it has no event yet */
    struct group group;
    bool is_new;     /* no row of it is in the database */
    bool is_touched; /* its head is to be written */
    bool is_aside;   /* set aside: no day is run for it */
    bool is_closed;  /* its books were closed: what is carried forward is to be written */
    struct entry_list carried;
};

struct chunk {
    struct setting setting; /* its arena lives as long as the chunk */
    struct family *families;
    size_t n;
    struct draft draft; /* of all verbs that were closed */
    struct sql_event_insert_in *events;
    size_t event_count, event_room;
    bool pays_at_once; /* what is for receiving parents does not wait for a file */
    date first_day;    /* the first day the day's run has not finished */
};

/* Reads families, ascending; one that has no event is new. */
bool chunk_load(struct chunk *chunk, const struct setting *setting, struct store_ints pps,
                struct fail *fail);
/* The family of a paying parent; NULL when it is not in the chunk. */
struct family *chunk_family(const struct chunk *chunk, int64_t pp);
/* Opens a verb on a family; the family's last event must not be of a later day. */
void chunk_open(const struct chunk *chunk, struct family *family, const char *name, const char *key,
                struct verb *verb);
/* Closes it: its rows and its event are the chunk's to write. */
void chunk_close(struct chunk *chunk, struct family *family, struct verb *verb);
/* Closes a family's books in memory alone, where a day's run would close them in the database: what
 * is carried forward stands for its ledger's rows so far. */
void chunk_close_books(const struct chunk *chunk, struct family *family);
/* Says when the day's run has to look at the family again and whether money may be waiting to be
 * paid out, and closes its books when that is worth the writing. */
void chunk_look(const struct chunk *chunk, struct family *family);
/* Writes everything. */
bool chunk_write(struct chunk *chunk, struct fail *fail);
