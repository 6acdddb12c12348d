/* rate.h: which rate, and its amount for all children together.
 * CSA 1991 Sch 1 paras 1 to 5A, 10; CSMCR 2012 regs 43 to 45; rules. */
#pragma once
#include "rule/work.h"

RULE_INLINE int32_t rate_least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* */
RULE_INLINE exact rate_cap_income(const struct work *w, enum step_note note, exact income)
{
    if (!exact_above_money(income, w->law->income_cap)) return income;
    return step(w->trace, note, WHO_CASE, income, exact_of_money(w->law->income_cap));
}

/* A-21 and reading 1: whether income, benefits counted, is below the nil threshold. */
RULE_INLINE bool rate_is_nil_by_income(const struct work *w, exact income)
{
    const struct rule_facts *facts = w->facts;

    if (facts->benefit != BENEFIT_NONE) {
        if (!facts->has_benefit_weekly) {
            step_chose(w->trace, NOTE_BENEFIT_UNKNOWN, WHO_CASE, income, EXACT_NONE);
            return false;
        }
        exact counted = exact_add_money(income, facts->benefit_weekly);
        step_chose(w->trace, NOTE_BENEFIT_COUNTED, WHO_CASE, income, counted);
        income = counted;
    }
    if (!exact_below_money(income, w->law->nil_threshold)) return false;
    step_chose(w->trace, NOTE_NIL_INCOME, WHO_CASE, income, exact_of_money(w->law->nil_threshold));
    return true;
}

/* on income alone: nil, flat, reduced, or basic, and no benefit looked at. */
RULE_INLINE enum position rate_position_by_income(const struct work *w, exact income)
{
    const struct law *law = w->law;

    if (!exact_above_money(income, law->flat_income_limit)) {
        step_chose(w->trace, NOTE_FLAT_INCOME, WHO_CASE, income,
                   exact_of_money(law->flat_income_limit));
        return POSITION_FLAT_INCOME;
    }
    exact limit = exact_of_money(law->reduced_income_limit);
    if (exact_below_money(income, law->reduced_income_limit)) {
        step_chose(w->trace, NOTE_REDUCED_CHOSEN, WHO_CASE, income, limit);
        return POSITION_REDUCED;
    }
    step_chose(w->trace, NOTE_BASIC_CHOSEN, WHO_CASE, income, limit);
    return POSITION_BASIC;
}

/* the order of the tests. */
RULE_INLINE enum position rate_position(const struct work *w, exact income)
{
    if (w->facts->circumstance != CIRCUMSTANCE_NONE) {
        step_chose(w->trace, NOTE_NIL_CIRCUMSTANCE, WHO_CASE, income, EXACT_NONE);
        return POSITION_NIL_CIRCUMSTANCE;
    }
    if (rate_is_nil_by_income(w, income)) return POSITION_NIL_INCOME;
    if (w->facts->benefit != BENEFIT_NONE) {
        step_chose(w->trace, NOTE_FLAT_BENEFIT, WHO_CASE, income, EXACT_NONE);
        return POSITION_FLAT_BENEFIT;
    }
    return rate_position_by_income(w, income);
}

/* A-30 on an amount alone, circumstance and benefit playing no part (reading 6). */
RULE_INLINE enum position rate_position_alone(const struct work *w, exact income)
{
    if (exact_below_money(income, w->law->nil_threshold)) {
        step_chose(w->trace, NOTE_NIL_INCOME, WHO_CASE, income,
                   exact_of_money(w->law->nil_threshold));
        return POSITION_NIL_INCOME;
    }
    return rate_position_by_income(w, income);
}

/* The column of the law's tables for the children the rate counts (A-42 note, A-55). */
RULE_INLINE int32_t rate_column(const struct work *w, int32_t children)
{
    return rate_least(children + w->facts->other_arrangement_children, w->law->most_children) - 1;
}
RULE_INLINE int32_t rate_other_column(const struct work *w)
{
    return rate_least(w->facts->relevant_other_children, w->law->most_other_children);
}

/* */
RULE_INLINE struct rated rate_reduced(const struct work *w, exact income, int32_t column)
{
    const struct law *law = w->law;
    exact over            = exact_add_money(income, money_negate(law->flat_income_limit));
    exact part            = exact_scale(over, law->reduced_percent[column][rate_other_column(w)]);

    return (struct rated){
        .rate    = RATE_REDUCED,
        .sharing = SHARING_CARE,
        .amount  = step(w->trace, NOTE_REDUCED_AMOUNT, WHO_CASE, income,
                        exact_add_money(part, law->flat_rate)),
    };
}

/* */
RULE_INLINE struct rated rate_basic(const struct work *w, exact income, int32_t column)
{
    const struct law *law = w->law;
    int32_t others        = rate_other_column(w);
    money limit           = law->basic_income_limit;
    ratio basic           = law->basic_percent[column];

    if (others > 0) {
        ratio off = law->other_children_percent[others];
        income    = step(w->trace, NOTE_OTHER_CHILDREN, WHO_CASE, income,
                         exact_scale(income, (ratio){ off.d - off.n, off.d }));
    }
    if (!exact_above_money(income, limit))
        return (struct rated){ .rate    = RATE_BASIC,
                               .sharing = SHARING_CARE,
                               .amount  = step(w->trace, NOTE_BASIC_AMOUNT, WHO_CASE, income,
                                               exact_scale(income, basic)) };
    exact over = exact_add_money(income, money_negate(limit));
    exact sum  = exact_add(exact_scale(over, law->basic_plus_percent[column]),
                           exact_scale(exact_of_money(limit), basic));
    return (struct rated){ .rate    = RATE_BASIC_PLUS,
                           .sharing = SHARING_CARE,
                           .amount  = step(w->trace, NOTE_PLUS_AMOUNT, WHO_CASE, income, sum) };
}

/* A-55 and reading 9: the share for the children of this calculation, not below the flat rate. */
RULE_INLINE exact rate_less_arrangements(const struct work *w, exact amount, int32_t children)
{
    int32_t others = w->facts->other_arrangement_children;

    if (others == 0) return amount;
    amount = step_counted(
        w->trace,
        (struct step){ .note   = NOTE_ARRANGEMENT_SHARE,
                       .count  = children + others,
                       .before = amount,
                       .after  = exact_over(exact_times(amount, children), children + others) });
    if (!exact_below_money(amount, w->law->flat_rate)) return amount;
    return step(w->trace, NOTE_ARRANGEMENT_FLOOR, WHO_CASE, amount,
                exact_of_money(w->law->flat_rate));
}

RULE_INLINE struct rated rate_flat(const struct work *w, bool by_benefit)
{
    bool half    = by_benefit & w->facts->partner_also_liable;
    money amount = half ? w->law->half_flat_rate : w->law->flat_rate;

    return (struct rated){
        .rate    = RATE_FLAT,
        .sharing = by_benefit ? SHARING_BENEFIT : SHARING_PLAIN,
        .amount  = step(w->trace, half ? NOTE_HALF_AMOUNT : NOTE_FLAT_AMOUNT, WHO_CASE, EXACT_NONE,
                        exact_of_money(amount)),
    };
}

/* The amount for a position.  children: those somebody is to be paid for, at least 1. */
RULE_INLINE struct rated rate_amount(const struct work *w, enum position position, exact income,
                                     int32_t children)
{
    if (position == POSITION_NIL_CIRCUMSTANCE || position == POSITION_NIL_INCOME)
        return (struct rated){ .rate = RATE_NIL, .sharing = SHARING_NONE, .amount = EXACT_NONE };
    if (position == POSITION_FLAT_BENEFIT || position == POSITION_FLAT_INCOME)
        return rate_flat(w, position == POSITION_FLAT_BENEFIT);
    int32_t column     = rate_column(w, children);
    struct rated rated = position == POSITION_REDUCED ? rate_reduced(w, income, column)
                                                      : rate_basic(w, income, column);
    rated.amount       = rate_less_arrangements(w, rated.amount, children);
    return rated;
}
