/* benefit.c: deductions from benefits. */
#include "ledger/benefit.h"

#include "ledger/fee.h"

#include <string.h>

/* The cells of the law's floor. */
enum floor_cell { FLOOR_ESA_JSA, FLOOR_UNIVERSAL_CREDIT, FLOOR_OLDER };

static const struct {
    const char *name;
    enum floor_cell floor;
    bool monthly;
} paid_table[PAID_BENEFITS] = {
    [PAID_ESA]              = { "esa", FLOOR_ESA_JSA, false },
    [PAID_JSA]              = { "jsa", FLOOR_ESA_JSA, false },
    [PAID_UNIVERSAL_CREDIT] = { "universal_credit", FLOOR_UNIVERSAL_CREDIT, true },
    [PAID_OLDER]            = { "older_benefit", FLOOR_OLDER, false },
};

const char *benefit_name(enum paid_benefit benefit)
{
    return paid_table[benefit].name;
}

bool benefit_find(const char *name, enum paid_benefit *result)
{
    for (int k = 0; k < PAID_BENEFITS; k++)
        if (!strcmp(paid_table[k].name, name)) {
            *result = (enum paid_benefit)k;
            return true;
        }
    return false;
}

bool benefit_is_monthly(enum paid_benefit benefit)
{
    return paid_table[benefit].monthly;
}

static bool purpose_check(const struct benefit_case *c, struct fail *f)
{
    if (c->maintenance && c->arrears)
        return REFUSE(f, "both_purposes",
                      "A benefit bears maintenance or arrears, never both (B-404): ask for one.");
    if (!c->maintenance && !c->arrears)
        return REFUSE(f, "no_purpose", "Say whether it is for maintenance or for arrears.");
    if (c->maintenance && !(c->liable && c->flat_rate))
        return REFUSE(f, "not_flat_rate",
                      "Only maintenance at the flat rate is taken from a benefit (B-401).");
    if (c->arrears && c->liable)
        return REFUSE(f, "maintenance_due",
                      "Arrears are taken from a benefit only while no maintenance is due (B-404).");
    return true;
}

static bool benefit_check(const struct law *law, const struct benefit_case *c, struct fail *f)
{
    bool credit = c->benefit == PAID_UNIVERSAL_CREDIT;

    if (c->elsewhere)
        return REFUSE(f, "one_benefit",
                      "Another benefit bears it in this period; only one may (B-402).");
    if (credit && c->arrears && !law->benefit_arrears_universal_credit)
        return REFUSE(f, "not_from_universal_credit",
                      "Arrears were not taken from universal credit on that day (B-405).");
    if (credit && c->earnings && law->benefit_needs_no_earnings)
        return REFUSE(f, "earned_income",
                      "Universal credit with earned income bore no deduction on that day (B-405).");
    return true;
}

bool benefit_ask(const struct law *law, const struct benefit_case *c, struct benefit_request *r,
                 struct fail *fail)
{
    if (!purpose_check(c, fail) || !benefit_check(law, c, fail)) return false;
    *r = (struct benefit_request){ .purpose = PURPOSE_ARREARS, .week = law->benefit_arrears_week };
    if (c->maintenance) {
        money flat = c->half ? law->half_flat_rate : law->flat_rate;
        r->purpose = PURPOSE_MAINTENANCE;
        r->fee     = fee_payer(flat, law->collection_fee_payer);
        r->week    = money_add(flat, r->fee);
    }
    r->amount = benefit_is_monthly(c->benefit) ? benefit_month(law, r->week) : r->week;
    return true;
}

money benefit_month(const struct law *law, money week)
{
    exact year = exact_times(exact_of_money(week), law->reference_weeks);
    return exact_round_half_up(exact_over(year, law->year_months));
}

money benefit_least(const struct law *law, enum paid_benefit benefit)
{
    return law->benefit_floor[paid_table[benefit].floor];
}

money benefit_take(const struct law *law, enum paid_benefit benefit, money award, money want)
{
    money room = money_subtract(award, benefit_least(law, benefit));
    return money_max(money_min(want, room), MONEY_NONE);
}

money benefit_room_universal_credit(const struct law *law, const struct universal_credit *month)
{
    money cap =
        exact_floor(exact_scale(exact_of_money(month->allowance), law->universal_credit_cap));
    return money_max(money_subtract(cap, month->higher), MONEY_NONE);
}

money benefit_take_universal_credit(const struct law *law, const struct universal_credit *month,
                                    money want)
{
    if (!law->universal_credit_uplift)
        want = money_min(want, benefit_room_universal_credit(law, month));
    return benefit_take(law, PAID_UNIVERSAL_CREDIT, month->award, want);
}
