/* assess.c: the order of the calculation, and its two entry points: one body, force-inlined
 * with a constant null trace and with a trace. */
#include "rule/assess.h"

#include "rule/income.h"
#include "rule/rate.h"
#include "rule/round.h"
#include "rule/share.h"
#include "rule/variation.h"

#define ASSESS_LOCAL 4 /* receiving parents that need no scratch memory */

/* What the rounding starts from. */
struct assess_space {
    exact *parts;
    struct round_space round;
};

/* A-79 and reading 6: whether Schedule 1 is applied to the addition alone. */
RULE_INLINE bool assess_addition_alone(const struct variation *v, enum position position)
{
    if (!exact_is_positive(v->addition)) return false;
    return (position == POSITION_NIL_CIRCUMSTANCE) | (position == POSITION_FLAT_BENEFIT) |
           (position == POSITION_FLAT_INCOME);
}

/* Readings 6 and 7: flat rate plus Schedule 1 on the addition, or that alone for a nil rate by
 * circumstance; shared like any amount above the flat rate. */
RULE_INLINE struct rated assess_rate_addition(const struct work *w, exact addition,
                                              enum position position, int32_t children)
{
    exact alone =
        rate_cap_income(w, NOTE_ADDITION_CAPPED,
                        step(w->trace, NOTE_ADDITION_ALONE, WHO_CASE, EXACT_NONE, addition));
    struct rated rated = rate_amount(w, rate_position_alone(w, alone), alone, children);

    if (position != POSITION_NIL_CIRCUMSTANCE) {
        rated.amount  = step(w->trace, NOTE_FLAT_PLUS_ADDITION, WHO_CASE, rated.amount,
                             exact_add_money(rated.amount, w->law->flat_rate));
        rated.rate    = RATE_FLAT;
        rated.sharing = SHARING_CARE;
    } else if (rated.rate != RATE_NIL) {
        rated.sharing = SHARING_CARE;
    }
    return rated;
}

/* A-80 and reading 8: a variation does not take the liability below the flat rate, unless every
 * child is in local-authority care for the last band's nights. */
RULE_INLINE struct rated assess_keep_floor(const struct work *w, const struct variation *v,
                                           struct rated rated)
{
    exact flat = exact_of_money(w->law->flat_rate);

    if (!(v->has_expense & (rated.rate == RATE_NIL) & w->law->variation_floor_in_force))
        return rated;
    if (share_count_all_payable(w) == 0) {
        step_declined(w->trace, NOTE_VARIATION_NO_FLOOR, WHO_CASE, rated.amount, flat);
        return rated;
    }
    return (struct rated){
        .rate    = RATE_FLAT,
        .sharing = SHARING_PLAIN,
        .amount  = step(w->trace, NOTE_VARIATION_FLOOR, WHO_CASE, rated.amount, flat),
    };
}

/* Everything between the facts and the rounding of a case that is no default decision. */
RULE_INLINE struct rated assess_rate(const struct work *w, int32_t children, struct award *award)
{
    struct work quiet      = { w->facts, w->law, NULL };
    exact income           = income_actual(w, &award->basis);
    struct variation v     = { EXACT_NONE, EXACT_NONE, false };
    enum position position = POSITION_BASIC;

    if (variation_any(w->facts)) {
        position = rate_position(&quiet, income);
        v        = variation_make(w, position);
        income   = variation_apply(w, &v, income);
    }
    income                     = rate_cap_income(w, NOTE_INCOME_CAPPED, income);
    award->has_income          = true;
    award->gross_weekly_income = exact_round_half_up(income);
    if (children == 0) {
        step_chose(w->trace, NOTE_NOBODY_TO_PAY, WHO_CASE, EXACT_NONE, EXACT_NONE);
        return (struct rated){ RATE_NO_LIABILITY, SHARING_NONE, EXACT_NONE };
    }
    if (assess_addition_alone(&v, position))
        return assess_rate_addition(w, v.addition, position, children);
    struct rated rated = rate_amount(w, rate_position(w, income), income, children);
    return assess_keep_floor(w, &v, rated);
}

/* A-85 and reading 12. */
RULE_INLINE struct rated assess_default(const struct work *w, int32_t children, struct award *award)
{
    award->basis               = INCOME_BASIS_DEFAULT;
    award->has_income          = false;
    award->gross_weekly_income = MONEY_NONE;
    if (w->trace)
        for (int32_t g = 0; g < GROUNDS; g++)
            if (w->facts->variations[g].unit != VARIATION_NONE)
                step_declined(w->trace, NOTE_DEFAULT_NO_GROUND, WHO_GROUND(g),
                              exact_of_money(w->facts->variations[g].amount), EXACT_NONE);
    if (children == 0) {
        step_chose(w->trace, NOTE_NOBODY_TO_PAY, WHO_CASE, EXACT_NONE, EXACT_NONE);
        return (struct rated){ RATE_NO_LIABILITY, SHARING_NONE, EXACT_NONE };
    }
    money amount = w->law->default_rate[rate_least(children, w->law->most_children) - 1];
    return (struct rated){
        .rate    = RATE_DEFAULT,
        .sharing = SHARING_PLAIN,
        .amount  = step_counted(w->trace, (struct step){ .note   = NOTE_DEFAULT_AMOUNT,
                                                         .count  = children,
                                                         .before = EXACT_NONE,
                                                         .after  = exact_of_money(amount) }),
    };
}

RULE_INLINE void assess_body(const struct work *w, struct assess_space space, struct award *award)
{
    int32_t children   = share_count_children(w);
    struct rated rated = w->facts->default_decision ? assess_default(w, children, award)
                                                    : assess_rate(w, children, award);
    exact sum          = share_make(w, &rated, children, space.parts);

    award->rate         = rated.rate;
    award->weekly_total = round_award(w, space.parts, sum, space.round, award->weekly);
}

static struct assess_space assess_scratch(struct arena *scratch, int32_t receivers)
{
    return (struct assess_space){
        .parts = ARENA_MANY(scratch, exact, receivers),
        .round = { ARENA_MANY(scratch, struct round_rest, receivers),
                   ARENA_MANY(scratch, struct round_rest, receivers) },
    };
}

void assess(const struct rule_facts *facts, const struct law *law, struct arena *scratch,
            struct award *award)
{
    const struct work w = { facts, law, NULL };
    exact parts[ASSESS_LOCAL];
    struct round_rest rests[ASSESS_LOCAL], spare[ASSESS_LOCAL];
    struct assess_space space = { parts, { rests, spare } };

    if (facts->receiver_count > ASSESS_LOCAL)
        space = assess_scratch(scratch, facts->receiver_count);
    assess_body(&w, space, award);
}

void assess_traced(const struct rule_facts *facts, const struct law *law, struct arena *scratch,
                   struct award *award, struct trace *trace)
{
    const struct work w = { facts, law, trace };
    exact parts[ASSESS_LOCAL];
    struct round_rest rests[ASSESS_LOCAL], spare[ASSESS_LOCAL];
    struct assess_space space = { parts, { rests, spare } };

    BUG_UNLESS(trace);
    if (facts->receiver_count > ASSESS_LOCAL)
        space = assess_scratch(scratch, facts->receiver_count);
    assess_body(&w, space, award);
}

struct award award_new(struct arena *a, const struct rule_facts *facts)
{
    return (struct award){ .weekly = ARENA_MANY(a, money, facts->receiver_count) };
}
