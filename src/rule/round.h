/* round.h: the one rounding, and the odd pennies.  CSMCR 2012 reg 6; rules, reading 11.
 */
#pragma once
#include "rule/work.h"

/* What rounding down left of one receiving parent's amount. */
struct round_rest {
    exact rest;
    int32_t receiver;
};
struct round_space {
    struct round_rest *rests, *spare; /* a place each for every receiving parent */
};

/* One pass of a merge sort: sorted runs of `run` in from, twice as long in to; the larger rest
 * first, of equal ones the earlier. */
RULE_INLINE void round_merge(const struct round_rest *from, struct round_rest *to, int32_t count,
                             int32_t run)
{
    for (int32_t start = 0; start < count; start += run + run) {
        int32_t middle = start + run < count ? start + run : count;
        int32_t end    = middle + run < count ? middle + run : count;
        int32_t left = start, right = middle;
        for (int32_t k = start; k < end; k++) {
            bool take_left = left < middle;
            if (take_left && right < end)
                take_left = !exact_below(from[left].rest, from[right].rest);
            to[k] = take_left ? from[left++] : from[right++];
        }
    }
}

/* The rests in the order in which pennies go; in one of the two arrays of space. */
RULE_INLINE const struct round_rest *round_sort(struct round_space space, int32_t count)
{
    struct round_rest *from = space.rests, *to = space.spare;

    for (int32_t run = 1; run < count; run += run) {
        round_merge(from, to, count, run);
        struct round_rest *swap = from;
        from                    = to;
        to                      = swap;
    }
    return from;
}

/* pennies that the parts lack go one each to the largest rests. */
RULE_INLINE void round_parts(const struct work *w, const exact *parts, money total,
                             struct round_space space, money *weekly)
{
    int32_t count = w->facts->receiver_count;
    int64_t given = 0;

    for (int32_t i = 0; i < count; i++) {
        weekly[i] = exact_floor(parts[i]);
        if (w->trace && !exact_is_zero(parts[i]))
            step(w->trace, NOTE_PART_ROUNDED, WHO_RECEIVER(i), parts[i], exact_of_money(weekly[i]));
        given += weekly[i].p;
    }
    int32_t missing = (int32_t)(total.p - given);
    BUG_UNLESS(missing >= 0);
    BUG_UNLESS(missing <= count);
    if (missing == 0) return;
    for (int32_t i = 0; i < count; i++)
        space.rests[i] =
            (struct round_rest){ exact_add_money(parts[i], money_negate(weekly[i])), i };
    const struct round_rest *order = round_sort(space, count);
    for (int32_t k = 0; k < missing; k++) {
        money *to   = &weekly[order[k].receiver];
        exact after = exact_of_money((money){ to->p + 1 });
        step(w->trace, NOTE_PART_PENNY, WHO_RECEIVER(order[k].receiver), exact_of_money(*to),
             after);
        to->p++;
    }
}

/* sum is that of parts, exactly.  Returns the total; weekly[] sums to it. */
RULE_INLINE money round_award(const struct work *w, const exact *parts, exact sum,
                              struct round_space space, money *weekly)
{
    money total = exact_round_half_up(sum);

    step(w->trace, NOTE_TOTAL_ROUNDED, WHO_CASE, sum, exact_of_money(total));
    if (w->facts->receiver_count == 1)
        weekly[0] = total;
    else
        round_parts(w, parts, total, space, weekly);
    return total;
}
