/* accrual.h: what maintenance comes to, day by day.  Liability accrues daily at a seventh of the
 * weekly amount, unrounded, and is rounded once, half a penny up. */
#pragma once
#include "base/date.h"
#include "base/exact.h"
#include "base/money.h"

/* From this day (included) this much a week, until the next row.  Zero ends the liability. */
struct liability {
    date from;
    money weekly; /* not negative */
};

/* Rows in strictly rising order of day; before the first there is no liability, the last is open.
 * The rows belong to the caller. */
struct timeline {
    const struct liability *at;
    size_t n;
};

/* True if the rows rise strictly and no amount is negative. */
bool timeline_is_sound(struct timeline t);
/* The weekly amount in force on a day. */
money timeline_weekly(struct timeline t, date day);
/* True if one weekly amount is in force on all the days [from, to). */
bool timeline_is_level(struct timeline t, date from, date to);
/* What accrues over the days [from, to), exactly; nothing if to is not after from. */
exact accrual_exact(struct timeline t, date from, date to);
/* The same, rounded half up to the penny. */
money accrual_rounded(struct timeline t, date from, date to);
/* The part that [from, to) has in the rounded running total since `base` (base <= from): such parts
 * of neighbouring intervals add up to the rounded whole, so pennies never drift. */
money accrual_part(struct timeline t, date base, date from, date to);
