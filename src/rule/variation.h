/* variation.h: grounds already found met, tested for threshold, date and the parent's position, and
 * what they do to the income.  CSA 1991 s.28A to 28G; CSMCR 2012 regs 57, 63 to 74; rules A-70 to
 * */
#pragma once
#include "rule/income.h"
#include "rule/work.h"

struct variation {
    exact expenses, addition; /* pence a week, only of grounds that have an effect */
    bool has_expense;
};

RULE_INLINE bool variation_is_expense(enum ground ground)
{
    return ground <= GROUND_MORTGAGE;
}

RULE_INLINE bool variation_any(const struct rule_facts *facts)
{
    unsigned given = 0;
#pragma GCC unroll GROUNDS /* most cases have none: this is a tenth of their time */
    for (int32_t g = 0; g < GROUNDS; g++)
        given |= (unsigned)facts->variations[g].unit;
    return given != VARIATION_NONE;
}

/* nil by one of four circumstances (the fifth is rejected before this is asked), or flat by a
 * benefit of the parent's own. */
RULE_INLINE bool variation_may_count_other_income(enum position position)
{
    return (position == POSITION_NIL_CIRCUMSTANCE) | (position == POSITION_FLAT_BENEFIT);
}

/* false, and says so, if the parent's position rules the ground out. */
RULE_INLINE bool variation_fits_position(const struct work *w, enum ground ground,
                                         enum position position, exact amount)
{
    const struct rule_facts *facts = w->facts;
    struct who who                 = WHO_GROUND(ground);

    bool young  = facts->circumstance == CIRCUMSTANCE_YOUNG_PERSON_ON_BENEFIT;
    bool shared = (position == POSITION_FLAT_BENEFIT) & (facts->benefit == BENEFIT_OWN_OR_PARTNER);
    if (young | shared) {
        step_declined(w->trace, NOTE_GROUND_BENEFIT, who, amount, EXACT_NONE);
        return false;
    }
    if (variation_is_expense(ground) && position < POSITION_REDUCED) {
        step_declined(w->trace, NOTE_EXPENSE_POSITION, who, amount, EXACT_NONE);
        return false;
    }
    if (ground == GROUND_INCOME_NOT_TAKEN_INTO_ACCOUNT &&
        !variation_may_count_other_income(position)) {
        step_declined(w->trace, NOTE_OTHER_POSITION, who, amount, EXACT_NONE);
        return false;
    }
    return true;
}

/* The weekly amount of a ground given by the week or the year. */
RULE_INLINE exact variation_weekly(const struct work *w, enum ground ground)
{
    struct rule_variation given = w->facts->variations[ground];
    exact amount                = exact_of_money(given.amount);

    if (given.unit == VARIATION_WEEKLY) return amount;
    return step(w->trace, NOTE_GROUND_WEEKLY, WHO_GROUND(ground), amount,
                income_weekly(w->law, given.amount));
}

/* special expenses.  False if below the threshold of their ground. */
RULE_INLINE bool variation_expense(const struct work *w, enum ground ground, exact *weekly)
{
    money least    = w->law->special_expense_threshold[ground];
    exact limit    = exact_of_money(least);
    struct who who = WHO_GROUND(ground);

    *weekly = variation_weekly(w, ground);
    if (exact_below_money(*weekly, least)) {
        step_declined(w->trace, NOTE_EXPENSE_SMALL, who, *weekly, limit);
        return false;
    }
    step_chose(w->trace, money_is_zero(least) ? NOTE_EXPENSE_NO_LIMIT : NOTE_EXPENSE_MET, who,
               *weekly, limit);
    return true;
}

/* */
RULE_INLINE bool variation_unearned(const struct work *w, exact *weekly)
{
    money annual   = w->facts->variations[GROUND_UNEARNED_INCOME].amount;
    money least    = w->law->unearned_income_threshold;
    struct who who = WHO_GROUND(GROUND_UNEARNED_INCOME);

    if (annual.p < least.p) {
        step_declined(w->trace, NOTE_UNEARNED_SMALL, who, exact_of_money(annual),
                      exact_of_money(least));
        return false;
    }
    *weekly = step(w->trace, NOTE_UNEARNED_MET, who, exact_of_money(annual),
                   income_weekly(w->law, annual));
    return true;
}

/* a yearly yield of the value, divided by the weeks of a year. */
RULE_INLINE bool variation_assets(const struct work *w, exact *weekly)
{
    money value    = w->facts->variations[GROUND_ASSETS].amount;
    exact whole    = exact_of_money(value);
    exact limit    = exact_of_money(w->law->asset_threshold);
    struct who who = WHO_GROUND(GROUND_ASSETS);

    if (!w->law->asset_ground_in_force) {
        step_declined(w->trace, NOTE_ASSETS_EARLY, who, whole, limit);
        return false;
    }
    if (value.p <= w->law->asset_threshold.p) {
        step_declined(w->trace, NOTE_ASSETS_SMALL, who, whole, limit);
        return false;
    }
    *weekly = step(w->trace, NOTE_ASSETS_MET, who, whole,
                   exact_over(exact_scale(whole, w->law->asset_yield), w->law->year_weeks));
    return true;
}

/* */
RULE_INLINE bool variation_other_income(const struct work *w, exact *weekly)
{
    money least    = w->law->other_income_threshold;
    struct who who = WHO_GROUND(GROUND_INCOME_NOT_TAKEN_INTO_ACCOUNT);

    *weekly  = variation_weekly(w, GROUND_INCOME_NOT_TAKEN_INTO_ACCOUNT);
    int over = exact_compare_money(*weekly, least);
    bool met = (over > 0) | ((over == 0) & w->law->other_income_threshold_inclusive);
    if (met)
        step_chose(w->trace, NOTE_OTHER_MET, who, *weekly, exact_of_money(least));
    else
        step_declined(w->trace, NOTE_OTHER_SMALL, who, *weekly, exact_of_money(least));
    return met;
}

RULE_INLINE bool variation_has_effect(const struct work *w, enum ground ground, exact *weekly)
{
    if (variation_is_expense(ground)) return variation_expense(w, ground, weekly);
    if (ground == GROUND_UNEARNED_INCOME) return variation_unearned(w, weekly);
    if (ground == GROUND_ASSETS) return variation_assets(w, weekly);
    if (ground == GROUND_INCOME_NOT_TAKEN_INTO_ACCOUNT) return variation_other_income(w, weekly);
    *weekly = variation_weekly(w, ground);
    step_chose(w->trace, NOTE_DIVERTED_MET, WHO_GROUND(ground), *weekly, EXACT_NONE);
    return true;
}

/* Every ground given, tested in the interface's order.  position: before any variation. */
RULE_INLINE struct variation variation_make(const struct work *w, enum position position)
{
    struct variation v = { EXACT_NONE, EXACT_NONE, false };

    for (int32_t g = 0; g < GROUNDS; g++) {
        const struct rule_variation *given = &w->facts->variations[g];
        enum ground ground                 = (enum ground)g;
        exact weekly;

        if (given->unit == VARIATION_NONE) continue;
        if (!variation_fits_position(w, ground, position, exact_of_money(given->amount))) continue;
        if (!variation_has_effect(w, ground, &weekly)) continue;
        if (variation_is_expense(ground)) {
            v.expenses    = exact_add(v.expenses, weekly);
            v.has_expense = true;
        } else {
            v.addition = exact_add(v.addition, weekly);
        }
    }
    return v;
}

/* and reading 5: the income in use; the cap is rate_cap_income's. */
RULE_INLINE exact variation_apply(const struct work *w, const struct variation *v, exact income)
{
    if (exact_is_positive(v->expenses))
        income = step(w->trace, NOTE_LESS_EXPENSES, WHO_CASE, income,
                      exact_subtract(income, v->expenses));
    if (exact_is_positive(v->addition))
        income =
            step(w->trace, NOTE_PLUS_ADDITION, WHO_CASE, income, exact_add(income, v->addition));
    if (income.n < 0)
        income = step(w->trace, NOTE_INCOME_NOT_BELOW_NOTHING, WHO_CASE, income, EXACT_NONE);
    return income;
}
