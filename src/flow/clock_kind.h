/* clock_kind.h: the kinds of waiting, from law/clock/clocks.txt: how long each may take, how much
 * harm waiting does, whose move it is, and what people are told. */
#pragma once
#include "base/date.h"
#include "clock_data.h"

#include <stddef.h>

/* From a day on: so many days until it is due, and how many before that it is near. */
struct clock_term {
    date from;
    int32_t days, near;
    bool working; /* days in which offices work */
};

struct clock_words {
    const char *english, *welsh; /* both NULL: nothing is said */
};

struct clock_kind_entry {
    const char *name, *title, *starts, *ends, *rule;
    const struct clock_term *terms; /* by their first days */
    int32_t term_count, harm;       /* harm 0 to 9 */
    const char *who;                /* a role of the law's machines */
    const char *answer;             /* words: verbs, letter:KIND, by_hand; "" for none */
    const char *action;
    const char *link; /* a page of the case; "" when it is none's */
    struct clock_words paying, receiving;
    bool first; /* stands before every kind that is not */
};

extern const struct clock_kind_entry clock_kind_table[CLOCK_KINDS];
extern const int32_t clock_harm_days;

/* The kind with a name; CLOCK_KINDS when there is none. */
enum clock_kind clock_kind_find(const char *name);
/* Whether something that was done answers a clock of the kind: "decide", "letter:arrears_notice".
 */
bool clock_kind_answered(enum clock_kind kind, const char *done);

/* The term in force on a day, of terms by their first days; before the first, the first. */
const struct clock_term *clock_term_at(const struct clock_term *terms, int32_t count, date day);

/* The dates of a clock. */
struct clock_dates {
    date started, near, due;
    date place; /* where it stands on the work list: due, less harm in days; see `first` */
};
/* From its start alone, by the term in force then.  Working days are those of England and Wales. */
struct clock_dates clock_dates_from(enum clock_kind kind, date started);
/* For a clock whose due day the record gives. */
struct clock_dates clock_dates_due(enum clock_kind kind, date started, date due);
