/* work.h: what every rule body is handed.  All pointers are the caller's; a null trace is a
 * constant after inlining, so the untraced form holds no test for it. */
#pragma once
#include "base/exact.h"
#include "law/law.h"
#include "rule/facts.h"
#include "rule/trace.h"

struct work {
    const struct rule_facts *facts;
    const struct law *law;
    struct trace *trace;
};
/* How an amount is brought from the rate to the receiving parents. */
enum sharing {
    SHARING_NONE,    /* nothing is payable */
    SHARING_PLAIN,   /* A-50 alone */
    SHARING_BENEFIT, /* A-50, then A-65 */
    SHARING_CARE,    /* A-50, then and the floor of A-64 */
};
/* A rate with its amount for the whole case. */
struct rated {
    enum rate rate;
    enum sharing sharing;
    exact amount;
};
/* Where the income puts the parent, before the number of children is looked at. */
enum position {
    POSITION_NIL_CIRCUMSTANCE,
    POSITION_NIL_INCOME,
    POSITION_FLAT_BENEFIT,
    POSITION_FLAT_INCOME,
    POSITION_REDUCED,
    POSITION_BASIC,
};
