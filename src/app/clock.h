/* clock.h: everything that waits in a family has a clock (law/clock): started by the event that
 * makes it wait, done by the one that does what it waits for.
 *
 * Nobody starts a clock by hand.  Each verb, as it closes, holds the clocks of the family against
 * what the record then says (clock_follow), so that they follow what happened, whichever verb did
 * it; `upkeep check` works out again what should be open.  A clock that passes its due day is not
 * touched: that it is late is seen from its date. */
#pragma once
#include "app/group.h"
#include "flow/clock_kind.h"

/* Something that waits by what the record says. */
struct clock_wait {
    enum clock_kind kind;
    int64_t subject;
    date started, due; /* DATE_NEVER: today, or by the kind's own days */
};
struct clock_waits {
    struct clock_wait *at;
    size_t n;
};

/* What waits on a day by a family's facts, decisions and money. */
struct clock_waits clock_waits_of(const struct group *g, date day, struct arena *arena);
/* Starts and ends the family's clocks after what a verb did; done: the rows it drafted, which the
 * group has taken in.  What is written goes to the verb's draft.  True if there is anything. */
bool clock_follow(struct verb *verb, struct group *group, const struct draft *done);
/* The same for a verb outside a chunk whose rows are written: reads the family, writes the clocks.
 */
bool clock_follow_written(struct verb *verb, struct fail *fail);
/* Whether a row of the group's clocks is of a kind and open. */
bool clock_is_open(const struct sql_clock_live_row *row);

/* A case set aside has no event; the clock begins with it all the same. */
bool clock_aside(const struct setting *s, int64_t pp, int64_t number, struct fail *fail);

/* Somebody did what an open clock asks for where no other verb says so, and notes what came of it.
 */
bool clock_answer(const struct setting *s, int64_t pp, const char *kind, int64_t subject,
                  const char *note, struct fail *fail);

/* Holds the open clocks of a family against the record; tell is called with each fault. */
typedef void clock_fault(void *context, const char *sentence);
bool clock_check(struct store *store, const struct group *g, date day, struct arena *arena,
                 clock_fault *tell, void *context, struct fail *fail);
