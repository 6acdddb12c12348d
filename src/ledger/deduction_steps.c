/* deduction_steps.c: lines of an explanation.  People outside read them:
 * every sentence here is said. */
#include "ledger/deduction_steps.h"

static void step(struct deduction_steps *s, enum rule_id rule, const char *words, money amount)
{
    BUG_UNLESS(s->n < DEDUCTION_STEPS);
    s->at[s->n++] = (struct deduction_step){ rule, words, amount };
}

struct deduction_steps deduction_steps_rates(const struct law *law, const struct rate_parts *p)
{
    struct deduction_steps s = { .n = 0 };
    money weekly             = earnings_weekly(p);
    struct deduction_rates r = earnings_rates(law, weekly);

    step(&s, RULE_B_313, "maintenance a week", p->maintenance);
    step(&s, RULE_B_131, "collection fee on it", p->fee);
    step(&s, RULE_B_313, "set to be paid of arrears a week", p->arrears);
    step(&s, RULE_B_313, "set to be paid of fees a week", p->fees);
    step(&s, RULE_B_312, "normal deduction a week: all of these", weekly);
    step(&s, RULE_B_312, "for two weeks: twice that", r.of[PLAN_TWO_WEEKLY]);
    step(&s, RULE_B_312, "for four weeks: four times that", r.of[PLAN_FOUR_WEEKLY]);
    step(&s, RULE_B_312, "for a month: 52 weeks, a twelfth", r.of[PLAN_MONTHLY]);
    return s;
}

struct deduction_steps deduction_steps_pay_day(struct earnings_pay pay,
                                               const struct earnings_order *o,
                                               const struct deduction *d)
{
    struct deduction_steps s = { .n = 0 };

    if (pay.periods > 1)
        step(&s, RULE_B_323, "sought for all pay periods paid together", d->sought);
    if (!money_is_zero(o->brought))
        step(&s, RULE_B_321, "sought, with what was carried", d->sought);
    step(&s, o->kind == ORDER_PROPORTION ? RULE_B_314 : RULE_B_321, "must stay with the employee",
         d->protect);
    if (!money_is_zero(d->before))
        step(&s, RULE_B_350, "taken before by orders that come first", d->before);
    step(&s, money_is_zero(d->before) ? RULE_B_320 : RULE_B_351, "most that can be taken",
         d->available);
    step(&s, RULE_B_320, "deduct and pay over", d->taken);
    if (!money_is_zero(d->short_by))
        step(&s, RULE_B_335, "short: report it, reason \"protected\"", d->short_by);
    if (!money_is_zero(d->carried)) step(&s, RULE_B_321, "carry to the next pay-day", d->carried);
    if (!money_is_zero(d->charge))
        step(&s, RULE_B_322, "the employer may keep for the work", d->charge);
    return s;
}

struct deduction_steps deduction_steps_request(enum paid_benefit benefit,
                                               const struct benefit_request *r)
{
    struct deduction_steps s = { .n = 0 };

    if (r->purpose == PURPOSE_ARREARS)
        step(&s, RULE_B_404, "towards arrears and fees, a week", r->week);
    else {
        step(&s, RULE_B_401, "flat rate of maintenance, a week", money_subtract(r->week, r->fee));
        step(&s, RULE_B_131, "collection fee on it", r->fee);
        step(&s, RULE_B_402, "asked for, a week", r->week);
    }
    if (benefit_is_monthly(benefit))
        step(&s, RULE_B_403, "asked for, a month: 52 weeks, a twelfth", r->amount);
    return s;
}

struct deduction_steps deduction_steps_award(const struct law *law, enum paid_benefit benefit,
                                             const struct universal_credit *month, money want)
{
    struct deduction_steps s = { .n = 0 };
    bool credit              = benefit == PAID_UNIVERSAL_CREDIT;
    money take               = credit ? benefit_take_universal_credit(law, month, want)
                                      : benefit_take(law, benefit, month->award, want);

    step(&s, RULE_B_402, "asked for", want);
    step(&s, RULE_B_402, "payable before this deduction", month->award);
    if (credit && !law->universal_credit_uplift)
        step(&s, RULE_B_407, "room under the cap on deductions",
             benefit_room_universal_credit(law, month));
    step(&s, benefit == PAID_OLDER ? RULE_B_406 : RULE_B_402, "must stay payable",
         benefit_least(law, benefit));
    step(&s, credit ? RULE_B_407 : RULE_B_402, "can be deducted", take);
    step(&s, RULE_B_402, "asked for and not deducted", money_subtract(want, take));
    return s;
}
