/* change.h: from which day a change counts, and whether an income change counts.
 */
#pragma once
#include "flow/fact_kind.h"
#include "law/law.h"

/* The income in use when a change is reported. */
struct income_in_use {
    enum income_basis basis; /* historic or current; others compare with nothing */
    money annual;            /* the yearly figure in use, contributions taken off */
};

struct change {
    bool counts;      /* false: under the tolerance, nothing changes */
    date counts_from; /* the effective date */
    bool had_duty;    /* the rise had to be reported, so it counts from its day */
    const char *cite; /* the provision that fixed the day */
};

/* A change of current income reported outside review: it counts only if it is at least the
 * tolerance of the figure in use; a rise that had to be reported counts from the day it happened,
 * anything else from the day it was reported. */
struct change change_income(const struct law *law, struct income_in_use in_use, money annual,
                            date happened_on, date reported_on);
/* Any other change.  ends: the fact ends rather than begins.  What is expected counts from the day
 * it is expected. */
struct change change_other(enum fact_kind kind, bool ends, date happened_on, date reported_on);
