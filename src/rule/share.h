/* share.h: from the amount for the whole case to an exact amount for each receiving parent.
 * CSA 1991 Sch 1 paras 6 to 8; CSMCR 2012 regs 46, 53, 74; rules.
 *
 * parts[] has a place for each receiving parent; those with equal care get nothing.  Each child is
 * looked at once, and once more if the floor bites. */
#pragma once
#include "rule/work.h"

enum {
    SHARE_BAND_FIRST     = 1, /* the first band that takes anything off */
    SHARE_BAND_LAST      = sizeof((struct law *)0)->shared_care_nights / sizeof(int32_t) - 1,
    SHARE_AUTHORITY_LAST = sizeof((struct law *)0)->local_authority_nights / sizeof(int32_t) - 1,
};

/* What the care of one receiving parent's children takes off. */
struct share_care {
    exact fractions; /* the sum over the children */
    int32_t extra;   /* children in the last band of A-62 */
};

/* The children somebody is to be paid for. */
RULE_INLINE int32_t share_count_children(const struct work *w)
{
    const struct rule_facts *facts = w->facts;
    int32_t count                  = 0;

    for (int32_t i = 0; i < facts->receiver_count; i++) {
        const struct rule_receiver *receiver = &facts->receivers[i];
        if (receiver->equal_care)
            step_declined(w->trace, NOTE_EQUAL_CARE, WHO_RECEIVER(i), EXACT_NONE, EXACT_NONE);
        else
            count += receiver->child_count;
    }
    return count;
}

/* The band of a number of nights: how many bands begin at it or below.  Every band is looked at,
 * for a branch that depends on the nights costs more. */
RULE_INLINE int32_t share_band(const int32_t *least, int32_t last, int32_t nights)
{
    int32_t band = 0;
#pragma GCC unroll SHARE_AUTHORITY_LAST
    for (int32_t k = SHARE_BAND_FIRST; k <= last; k++)
        band += nights >= least[k];
    return band;
}

/* */
RULE_INLINE exact share_apportion(const struct work *w, int32_t receiver, exact amount,
                                  int32_t children)
{
    int32_t own = w->facts->receivers[receiver].child_count;

    if (own == children) return amount;
    return step_counted(w->trace,
                        (struct step){ .note   = NOTE_APPORTIONED,
                                       .who    = WHO_RECEIVER(receiver),
                                       .count  = children,
                                       .before = amount,
                                       .after  = exact_over(exact_times(amount, own), children) });
}

/* for one child, added up to one at most (reading 10). */
RULE_INLINE exact share_child_fraction(const struct work *w, int32_t c, exact standing,
                                       int32_t *extra)
{
    const struct law *law          = w->law;
    const struct rule_child *child = &w->facts->children[c];
    int32_t band      = share_band(law->shared_care_nights, SHARE_BAND_LAST, child->nights);
    int32_t authority = share_band(law->local_authority_nights, SHARE_AUTHORITY_LAST,
                                   child->local_authority_nights);
    exact off         = EXACT_NONE;

    if (band > 0) {
        off = exact_of_ratio(law->shared_care_fraction[band]);
        step_chose(w->trace, NOTE_NIGHTS_BAND, WHO_CHILD(c), standing, off);
    } else if (child->nights > 0) {
        step_declined(w->trace, NOTE_NIGHTS_FEW, WHO_CHILD(c), standing, EXACT_NONE);
    }
    if (authority > 0) {
        exact more = exact_of_ratio(law->local_authority_fraction[authority]);
        step_chose(w->trace,
                   authority == SHARE_AUTHORITY_LAST ? NOTE_AUTHORITY_WHOLE : NOTE_AUTHORITY_BAND,
                   WHO_CHILD(c), standing, more);
        off = exact_add(off, more);
    } else if (child->local_authority_nights > 0) {
        step_declined(w->trace, NOTE_AUTHORITY_FEW, WHO_CHILD(c), standing, EXACT_NONE);
    }
    if (off.n > off.d)
        off = step(w->trace, NOTE_FRACTION_WHOLE, WHO_CHILD(c), off, (exact){ 1, 1 });
    *extra += band == SHARE_BAND_LAST;
    return off;
}

/* over one receiving parent's children. */
RULE_INLINE struct share_care share_care_of(const struct work *w, int32_t receiver, exact standing)
{
    const struct rule_receiver *r = &w->facts->receivers[receiver];
    struct share_care care        = { EXACT_NONE, 0 };

    for (int32_t k = 0; k < r->child_count; k++) {
        int32_t c                      = r->first_child + k;
        const struct rule_child *child = &w->facts->children[c];
        if ((child->nights | child->local_authority_nights) == 0) continue;
        care.fractions =
            exact_add(care.fractions, share_child_fraction(w, c, standing, &care.extra));
    }
    return care;
}

/* A-63 and reading 10: one receiving parent's amount after shared and local-authority care.
 * amount is the whole case's: the children of the receiving parent cancel out of the fraction. */
RULE_INLINE exact share_less_care(const struct work *w, int32_t receiver, exact amount,
                                  int32_t children)
{
    int32_t own            = w->facts->receivers[receiver].child_count;
    exact part             = share_apportion(w, receiver, amount, children);
    struct share_care care = share_care_of(w, receiver, part);

    if (exact_is_zero(care.fractions)) return part;
    int32_t scale = (int32_t)care.fractions.d;
    int32_t left  = own * scale - (int32_t)care.fractions.n;
    part          = step_counted(
                 w->trace, (struct step){ .note   = NOTE_SHARED,
                                          .who    = WHO_RECEIVER(receiver),
                                          .count  = left,
                                          .before = part,
                                          .after  = exact_over(
                                               exact_over(exact_times(amount, left), children), scale) });
    if (care.extra > 0) {
        exact less = exact_times(exact_of_money(w->law->shared_care_extra), -care.extra);
        part       = step_counted(
                  w->trace, (struct step){ .note   = NOTE_SHARED_EXTRA,
                                           .who    = WHO_RECEIVER(receiver),
                                           .count  = care.extra,
                                           .before = part,
                                           .after  = exact_add_money(part, (money){ (int64_t)less.n }) });
    }
    if (part.n < 0)
        part =
            step(w->trace, NOTE_SHARE_NOT_BELOW_NOTHING, WHO_RECEIVER(receiver), part, EXACT_NONE);
    return part;
}

/* Children of one receiving parent for whom something can be payable (A-66's last band is left
 * out). */
RULE_INLINE int32_t share_count_payable(const struct work *w, int32_t receiver)
{
    const struct rule_receiver *r = &w->facts->receivers[receiver];
    int32_t limit                 = w->law->local_authority_nights[SHARE_AUTHORITY_LAST];
    int32_t count                 = 0;

    if (r->equal_care) return 0;
    for (int32_t k = 0; k < r->child_count; k++)
        count += w->facts->children[r->first_child + k].local_authority_nights < limit;
    return count;
}
RULE_INLINE int32_t share_count_all_payable(const struct work *w)
{
    int32_t count = 0;
    for (int32_t i = 0; i < w->facts->receiver_count; i++)
        count += share_count_payable(w, i);
    return count;
}

RULE_INLINE exact share_nothing(const struct work *w, exact *parts)
{
    for (int32_t i = 0; i < w->facts->receiver_count; i++)
        parts[i] = EXACT_NONE;
    return EXACT_NONE;
}

/* A-64 and reading 10: the flat rate in total, shared among the children for whom something can be
 * payable; nothing where there is none. */
RULE_INLINE exact share_floor(const struct work *w, exact *parts)
{
    int32_t payable = share_count_all_payable(w);
    exact flat      = exact_of_money(w->law->flat_rate);

    if (payable == 0) {
        step_chose(w->trace, NOTE_FLOOR_NOBODY, WHO_CASE, EXACT_NONE, flat);
        return share_nothing(w, parts);
    }
    for (int32_t i = 0; i < w->facts->receiver_count; i++) {
        if (w->facts->receivers[i].equal_care) continue;
        int32_t own = share_count_payable(w, i);
        parts[i]    = step_counted(
               w->trace, (struct step){ .note   = NOTE_FLOOR_SHARE,
                                        .who    = WHO_RECEIVER(i),
                                        .count  = payable,
                                        .before = parts[i],
                                        .after  = exact_over(exact_times(flat, own), payable) });
    }
    return flat;
}

/* Returns the sum of parts. */
RULE_INLINE exact share_with_care(const struct work *w, exact amount, int32_t children,
                                  exact *parts)
{
    exact sum = EXACT_NONE;

    for (int32_t i = 0; i < w->facts->receiver_count; i++) {
        parts[i] = EXACT_NONE;
        if (w->facts->receivers[i].equal_care) continue;
        parts[i] = share_less_care(w, i, amount, children);
        sum      = exact_add(sum, parts[i]);
    }
    if (!exact_below_money(sum, w->law->flat_rate)) return sum;
    step_chose(w->trace, NOTE_FLOOR_CHOSEN, WHO_CASE, sum, exact_of_money(w->law->flat_rate));
    return share_floor(w, parts);
}

/* a child with a night in the first band or above makes that receiving parent's amount nil.
 */
RULE_INLINE bool share_has_shared_child(const struct work *w, int32_t receiver)
{
    const struct rule_receiver *r = &w->facts->receivers[receiver];
    int32_t least                 = w->law->shared_care_nights[SHARE_BAND_FIRST];

    for (int32_t k = 0; k < r->child_count; k++)
        if (w->facts->children[r->first_child + k].nights >= least) return true;
    return false;
}

/* Returns the sum of parts. */
RULE_INLINE exact share_by_benefit(const struct work *w, exact amount, int32_t children,
                                   exact *parts)
{
    int32_t left = children;

    for (int32_t i = 0; i < w->facts->receiver_count; i++) {
        parts[i] = EXACT_NONE;
        if (w->facts->receivers[i].equal_care) continue;
        parts[i] = share_apportion(w, i, amount, children);
        if (!share_has_shared_child(w, i)) continue;
        parts[i] = step(w->trace, NOTE_FLAT_SHARED_CARE, WHO_RECEIVER(i), parts[i], EXACT_NONE);
        left -= w->facts->receivers[i].child_count;
    }
    if (left == 0) step_chose(w->trace, NOTE_FLAT_NOTHING_LEFT, WHO_CASE, EXACT_NONE, EXACT_NONE);
    return exact_over(exact_times(amount, left), children);
}

/* Says, for each child with nights that would count at another rate, that they do not here. */
RULE_INLINE void share_decline_nights(const struct work *w, exact amount)
{
    int32_t least = w->law->shared_care_nights[SHARE_BAND_FIRST];

    if (!w->trace) return;
    for (int32_t i = 0; i < w->facts->receiver_count; i++) {
        const struct rule_receiver *r = &w->facts->receivers[i];
        for (int32_t k = 0; k < r->child_count && !r->equal_care; k++)
            if (w->facts->children[r->first_child + k].nights >= least)
                step_declined(w->trace, NOTE_FLAT_NIGHTS_IGNORED, WHO_CHILD(r->first_child + k),
                              amount, EXACT_NONE);
    }
}

/* A-50 alone: flat by income, default decisions, the floor of A-80.  Returns the sum of parts. */
RULE_INLINE exact share_plainly(const struct work *w, exact amount, int32_t children, exact *parts)
{
    for (int32_t i = 0; i < w->facts->receiver_count; i++)
        parts[i] = w->facts->receivers[i].equal_care ? EXACT_NONE
                                                     : share_apportion(w, i, amount, children);
    return amount;
}

/* parts from a rate; returns their exact sum. */
RULE_INLINE exact share_make(const struct work *w, const struct rated *rated, int32_t children,
                             exact *parts)
{
    if (rated->sharing == SHARING_CARE) return share_with_care(w, rated->amount, children, parts);
    if (rated->sharing == SHARING_BENEFIT)
        return share_by_benefit(w, rated->amount, children, parts);
    if (rated->sharing == SHARING_NONE) return share_nothing(w, parts);
    share_decline_nights(w, rated->amount);
    return share_plainly(w, rated->amount, children, parts);
}
