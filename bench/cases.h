/* cases.h: varied calculation inputs from a seed, for the benchmark and for making input files. The
 * mix: most cases one receiving parent with one to three children and an income over the whole
 * range; some on benefit, with other children, shared care, two incomes, other arrangements, a
 * variation. */
#pragma once
#include "rule/facts.h"

#include <stdint.h>

enum { CASE_RECEIVERS = 3, CASE_CHILDREN = 9 };

struct bench_case {
    struct rule_facts facts;
    struct rule_receiver receivers[CASE_RECEIVERS];
    struct rule_child children[CASE_CHILDREN];
};

static inline uint64_t case_random(uint64_t *s)
{
    uint64_t z = (*s += UINT64_C(0x9e3779b97f4a7c15));
    z          = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z          = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}
static inline int32_t case_pick(uint64_t *s, int32_t below)
{
    return (int32_t)(case_random(s) % (uint64_t)below);
}

static inline void case_fill_income(struct rule_income *income, uint64_t *s)
{
    int32_t kind = case_pick(s, 10);

    income->has_weekly = kind < 4;
    if (income->has_weekly) {
        income->weekly.p = case_pick(s, 150000);
        return;
    }
    income->has_historic      = true;
    income->historic_annual.p = case_pick(s, 7000000);
    income->has_current       = kind > 7;
    if (income->has_current)
        income->current_annual.p = income->historic_annual.p * (50 + case_pick(s, 100)) / 100;
    if (case_pick(s, 10) == 0) income->pension_contributions_annual.p = case_pick(s, 300000);
}

/* The facts point into c itself: fill it where it stays. */
static inline void case_fill(struct bench_case *c, uint64_t *s)
{
    struct rule_facts *facts = &c->facts;

    *c = (struct bench_case){ 0 };
    case_fill_income(&facts->income, s);
    facts->benefit                    = case_pick(s, 20) == 0 ? BENEFIT_OWN : BENEFIT_NONE;
    facts->relevant_other_children    = case_pick(s, 3) == 0 ? case_pick(s, 4) : 0;
    facts->other_arrangement_children = case_pick(s, 50) == 0;
    facts->receivers                  = c->receivers;
    facts->children                   = c->children;
    facts->receiver_count             = case_pick(s, 8) ? 1 : 2 + case_pick(s, 2);
    for (int32_t i = 0; i < facts->receiver_count; i++) {
        struct rule_receiver *r = &c->receivers[i];
        r->first_child          = facts->child_count;
        r->child_count          = 1 + case_pick(s, 3);
        facts->child_count += r->child_count;
        bool shared = case_pick(s, 4) == 0;
        for (int32_t k = r->first_child; shared && k < facts->child_count; k++)
            c->children[k].nights = case_pick(s, 200);
    }
    if (case_pick(s, 25) == 0)
        facts->variations[GROUND_CONTACT_COSTS] =
            (struct rule_variation){ VARIATION_WEEKLY, { case_pick(s, 4000) } };
}
