/* chunk_keep.h: a long life worked on in memory that stays small.
 *
 * What verbs work with is garbage once they are closed, and the longer a family's record the more
 * of it each makes.  So a life is worked on in a chunk of its own, whose arena is emptied now and
 * then: what was written goes to the chunk that keeps it, copied, and the group is made anew of
 * that. */
#pragma once
#include "app/chunk.h"

struct keeping {
    struct chunk *kept;         /* of many families; its arena outlives the work's */
    struct chunk work;          /* of one, new to the database; its arena is emptied */
    size_t begun[DRAFT_TABLES]; /* where the family's rows begin in kept's draft */
    size_t most;                /* bytes of work's arena in use before it is emptied again */
};

/* Begins with a family of kept that has no event yet. */
struct keeping keeping_begin(struct chunk *kept, struct family *family, struct arena *arena);
/* Between two verbs: empties the arena if it has grown.  Nothing in it may be in use. */
void keeping_tidy(struct keeping *keeping);
/* Between two verbs, at the end of a day: closes the books in memory (chunk_close_books) where that
 * saves work, so that the days of a long life cost what a day's run costs. */
void keeping_close_books(struct keeping *keeping);
/* Between two verbs: the whole record again, before what reads all rows: a decision about the past,
 * a payment taken back, the end.  Nothing in the arena may be in use. */
void keeping_open_books(struct keeping *keeping);
/* Hands over what is left; the family has no group afterwards. */
void keeping_end(struct keeping *keeping);
