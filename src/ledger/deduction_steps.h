/* deduction_steps.h: how a deduction is worked out, line by line, each line with its rule: the same
 * for the command line, the pages and the files.  No arithmetic of its own: earnings.h and
 * benefit.h do it. */
#pragma once
#include "ledger/benefit.h"
#include "ledger/earnings.h"

struct deduction_step {
    enum rule_id rule;
    const char *words;
    money amount;
};
enum { DEDUCTION_STEPS = 12 };
struct deduction_steps {
    struct deduction_step at[DEDUCTION_STEPS];
    size_t n;
};

/* From what a week is made of to the rate of every pay period (B-312, B-313). */
struct deduction_steps deduction_steps_rates(const struct law *law, const struct rate_parts *parts);
/* One order on a pay-day; d: what earnings_deduct found for it (B-314 to B-351). */
struct deduction_steps deduction_steps_pay_day(struct earnings_pay pay,
                                               const struct earnings_order *order,
                                               const struct deduction *d);
/* What is asked of a benefit office (B-401 to B-404). */
struct deduction_steps deduction_steps_request(enum paid_benefit benefit,
                                               const struct benefit_request *request);
/* What an award of it can bear (B-402, B-406, B-407): month->award, and for universal credit the
 * rest of it too. */
struct deduction_steps deduction_steps_award(const struct law *law, enum paid_benefit benefit,
                                             const struct universal_credit *month, money want);
