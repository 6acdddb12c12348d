/* bank_day.h: the bank's lines of some days of a generated caseload, worked out from the
 * instalments in the database and from how its families pay. */
#pragma once
#include "app/verb.h"
#include "feed/feed.h"
#include "people/family.h"

struct bank_days {
    date from, until;   /* booked on these days, half open */
    bool only_suspense; /* those that nobody can place */
};
/* The lines, by day, family and due day, and the paying parent of each; the arena's.  What comes in
 * for arrears alone, after liability ended, is not among them. */
struct bank_found {
    struct feed_line *lines;
    int64_t *pp;
    size_t n;
};
bool bank_days_find(struct store *store, const struct caseload *load, const struct bank_days *days,
                    struct arena *arena, struct bank_found *found, struct fail *fail);

/* The statement those lines stand on: numbered by its last day, and opening with what the one read
 * last closed with and what came between them; without one, with what came since the caseload's
 * last day. */
bool bank_days_statement(struct store *store, const struct caseload *load,
                         const struct bank_days *days, struct arena *arena,
                         struct feed_statement *statement, struct fail *fail);

/* Records the payments of the last weeks that nobody could place, and places some of them on the
 * last day.  In the caller's transaction. */
bool suspense_make(struct store *store, const struct caseload *load, struct fail *fail);
