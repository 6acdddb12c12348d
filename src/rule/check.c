/* check.c: which facts cannot be assessed (readings 1 and 2). */
#include "rule/assess.h"

#include "law/law.h"

static bool refuse(struct fail *f, const char *path)
{
    return fail_field(f, path);
}

static bool check_income(const struct rule_facts *facts, struct fail *f)
{
    const struct rule_income *income = &facts->income;
    bool by_year                     = income->has_historic | income->has_current;

    if (income->has_weekly && by_year) {
        REFUSE(
            f, "income_twice",
            "Give the weekly income or the yearly figures, not both: with weekly, no other income "
            "key may stand.");
        return refuse(f, "/paying_parent/income/weekly");
    }
    if (income->has_weekly | by_year | facts->default_decision) return true;
    if (facts->benefit != BENEFIT_NONE || facts->circumstance != CIRCUMSTANCE_NONE) return true;
    REFUSE(f, "income_missing",
           "Give an income figure (weekly, historic_annual or current_annual), a benefit or a "
           "circumstance; where nothing at all is known, ask for a default decision.");
    return refuse(f, "/paying_parent/income");
}

static bool check_benefit(const struct rule_facts *facts, struct fail *f)
{
    if (facts->has_benefit_weekly && facts->benefit == BENEFIT_NONE) {
        REFUSE(
            f, "benefit_missing",
            "Say which benefit benefit_weekly is the amount of: benefit is own or own_or_partner.");
        return refuse(f, "/paying_parent/benefit_weekly");
    }
    if (facts->partner_also_liable && facts->benefit != BENEFIT_OWN_OR_PARTNER) {
        REFUSE(
            f, "partner_without_benefit",
            "partner_also_liable halves the flat rate only with the benefit own_or_partner: give "
            "that benefit or leave partner_also_liable out.");
        return refuse(f, "/paying_parent/partner_also_liable");
    }
    return true;
}

static bool check_people(const struct rule_facts *facts, struct fail *f)
{
    if (facts->receiver_count == 0) {
        REFUSE(f, "receiver_missing", "Give at least one receiving parent.");
        return refuse(f, "/receiving_parents");
    }
    for (int32_t i = 0; i < facts->receiver_count; i++)
        if (facts->receivers[i].child_count == 0) {
            REFUSE(f, "child_missing", "Give each receiving parent at least one child.");
            return refuse(f, "/receiving_parents");
        }
    return true;
}

bool assess_check(const struct rule_facts *facts, date effective, struct fail *f)
{
    if (!law_at(JURISDICTION_GREAT_BRITAIN, effective)) {
        REFUSE(f, "date_before_scheme",
               "Give an effective date from 2012-12-10 on: the scheme opened on that day.");
        return refuse(f, "/effective_date");
    }
    return check_people(facts, f) && check_benefit(facts, f) && check_income(facts, f);
}
