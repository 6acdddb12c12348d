/* income.h: the gross weekly income before any variation: which figure is used, and as a week's.
 * CSMCR 2012 regs 34 to 41; rules. */
#pragma once
#include "rule/work.h"

/* A year's amount as a week's: divided by the days of a year, times those of a week. */
RULE_INLINE exact income_weekly(const struct law *law, money annual)
{
    return exact_over(exact_times(exact_of_money(annual), law->week_days), law->year_days);
}

/* A-17 and reading 4: contributions larger than the income leave nothing. */
RULE_INLINE money income_less_contributions(const struct work *w, money annual, enum step_note note)
{
    money taken = w->facts->income.pension_contributions_annual;

    if (money_is_zero(taken)) return annual;
    exact before = exact_of_money(annual);
    if (taken.p > annual.p) {
        step(w->trace, NOTE_CONTRIBUTIONS_EXCEED, WHO_CASE, before, EXACT_NONE);
        return MONEY_NONE;
    }
    money left = money_subtract(annual, taken);
    step(w->trace, note, WHO_CASE, before, exact_of_money(left));
    return left;
}

/* whether current income is so far from historic that it is used. */
RULE_INLINE bool income_current_is_used(const struct work *w, money historic, money current)
{
    ratio tolerance = w->law->income_tolerance;
    exact was = exact_of_money(historic), is = exact_of_money(current);

    if (money_is_zero(historic)) {
        bool used = money_is_owed(current) | !w->law->nil_historic_rule;
        step_chose(w->trace, used ? NOTE_NIL_HISTORIC : NOTE_NIL_BOTH, WHO_CASE, was, is);
        return used;
    }
    money away = money_subtract(money_max(historic, current), money_min(historic, current));
    bool used  = exact_compare_money(exact_scale(was, tolerance), away) <= 0;
    step_chose(w->trace, used ? NOTE_TOLERANCE_PASSED : NOTE_TOLERANCE_KEPT, WHO_CASE, was, is);
    return used;
}

RULE_INLINE exact income_of_year(const struct work *w, enum income_basis *basis)
{
    const struct rule_income *income = &w->facts->income;
    bool use_current                 = false;
    money historic = MONEY_NONE, current = MONEY_NONE;

    if (income->has_historic)
        historic =
            income_less_contributions(w, income->historic_annual, NOTE_CONTRIBUTIONS_HISTORIC);
    if (income->has_current)
        current = income_less_contributions(w, income->current_annual, NOTE_CONTRIBUTIONS_CURRENT);
    if (!income->has_historic) {
        use_current = true;
        step_chose(w->trace, NOTE_ONLY_CURRENT, WHO_CASE, exact_of_money(current), EXACT_NONE);
    } else if (!income->has_current) {
        step_chose(w->trace, NOTE_ONLY_HISTORIC, WHO_CASE, exact_of_money(historic), EXACT_NONE);
    } else {
        use_current = income_current_is_used(w, historic, current);
    }
    *basis       = use_current ? INCOME_BASIS_CURRENT : INCOME_BASIS_HISTORIC;
    money annual = use_current ? current : historic;
    return step(w->trace, use_current ? NOTE_WEEKLY_CURRENT : NOTE_WEEKLY_HISTORIC, WHO_CASE,
                exact_of_money(annual), income_weekly(w->law, annual));
}

/* Gross weekly income before variations and cap; *basis says which figure it is. */
RULE_INLINE exact income_actual(const struct work *w, enum income_basis *basis)
{
    const struct rule_income *income = &w->facts->income;

    if (income->has_weekly) {
        *basis = INCOME_BASIS_GIVEN;
        return step(w->trace, NOTE_INCOME_GIVEN, WHO_CASE, EXACT_NONE,
                    exact_of_money(income->weekly));
    }
    if (income->has_historic | income->has_current) return income_of_year(w, basis);
    *basis = INCOME_BASIS_NONE;
    return step(w->trace, NOTE_INCOME_NONE, WHO_CASE, EXACT_NONE, EXACT_NONE);
}
