/* benefit.h: what a benefit office is asked to deduct, and what it can (B-401 to B-408). */
#pragma once
#include "base/fail.h"
#include "law/law.h"
#include "ledger/share.h"

/* The benefit it is taken from. */
enum paid_benefit {
    PAID_ESA,
    PAID_JSA,
    PAID_UNIVERSAL_CREDIT,
    PAID_OLDER, /* income support, pension credit and the others of B-406 */
    PAID_BENEFITS
};
/* Never both at a time (B-404). */
enum benefit_purpose { PURPOSE_MAINTENANCE, PURPOSE_ARREARS };

/* "esa", "jsa", "universal_credit", "older_benefit": for files. */
const char *benefit_name(enum paid_benefit benefit);
bool benefit_find(const char *name, enum paid_benefit *result);
/* Whether the benefit is paid by the month. */
bool benefit_is_monthly(enum paid_benefit benefit);

/* What is asked of the benefit office, and what stands in the way. */
struct benefit_case {
    enum paid_benefit benefit;
    bool maintenance, arrears; /* what the deduction is to be for: one of them */
    bool liable;               /* maintenance is due now */
    bool flat_rate;            /* and it is the flat rate */
    bool half;                 /* of which the partner pays the other half (B-408) */
    bool elsewhere;            /* another benefit bears it in the same period */
    bool earnings;             /* universal credit: there is earned income */
};
struct benefit_request {
    enum benefit_purpose purpose;
    money week;   /* a week's deduction */
    money amount; /* for the benefit's own period: a week's, or a month's of universal credit */
    money fee;    /* of the week's: our collection fee */
};
/* Works out the request; refuses what the law does not allow: both_purposes, no_purpose,
 * not_flat_rate, maintenance_due, one_benefit, not_from_universal_credit, earned_income. */
bool benefit_ask(const struct law *law, const struct benefit_case *c, struct benefit_request *r,
                 struct fail *fail);
/* A week's amount as a month's: a twelfth of 52 weeks, rounded once. */
money benefit_month(const struct law *law, money week);

/* The least that a deduction must leave payable. */
money benefit_least(const struct law *law, enum paid_benefit benefit);
/* What can be taken of an award that leaves the claimant the least the law says. */
money benefit_take(const struct law *law, enum paid_benefit benefit, money award, money want);
/* The same of a month of universal credit, where deductions together have a cap. */
struct universal_credit {
    money award;     /* payable in the assessment period before this deduction */
    money allowance; /* the standard allowance */
    money higher;    /* taken by capped deductions that rank above this one */
};
/* What the cap leaves for this deduction (B-407), where it binds. */
money benefit_room_universal_credit(const struct law *law, const struct universal_credit *month);
money benefit_take_universal_credit(const struct law *law, const struct universal_credit *month,
                                    money want);
