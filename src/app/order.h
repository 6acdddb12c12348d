/* order.h: what employers and benefit offices are to deduct for a family, as amounts (B-312, B-313,
 * B-401 to B-404).  Making an order, serving it and pursuing it are not here.  Setting, changing
 * and ending the amounts is one verb each, with its reason and, as a choice, the children's welfare
 * (B-001); a preview is the verb rolled back. */
#pragma once
#include "app/group.h"
#include "app/welfare.h"
#include "ledger/benefit.h"
#include "ledger/earnings.h"

/* --- orders to employers --- */

/* What somebody sets.  Texts may be NULL or "".  Of an order that is changed the employer, the day
 * it was made, the scheme and whether it is a request stay, and the employee's reference unless
 * another is given. */
struct order_terms {
    int64_t number; /* the order that is changed or ended; 0: a new one */
    bool ends;      /* nothing more is to be deducted from `from` on */
    bool forces;    /* a request to the forces, not an order (B-365) */
    enum order_scheme scheme;
    const char *employer, *employee; /* twelve digits each; the employee's may be missing */
    date made, from;                 /* of the order; from when the amounts hold */
    enum plan_interval period;       /* how the employee is paid */
    bool is_part;                    /* only `maintenance` of what is due, else all of it */
    money maintenance;               /* a week, without the fee */
    money arrears, fees;             /* a week */
    money protect;                   /* a week's fixed protected amount: the 1993 scheme */
    const char *reason;
    struct welfare welfare;
};
/* The terms of one order that hold on a day. */
struct order {
    const struct sql_earnings_order_list_row *row;
    int64_t number;
    enum order_scheme scheme;
    bool forces;
    struct rate_parts parts;
    struct deduction_rates rates;
    enum plan_interval period;
};
struct order_list {
    struct order *at; /* by the day each was made */
    size_t n;
};

/* "the 2012 scheme" and so on: 1993, 2003, 2012. */
bool order_scheme_find(const char *year, enum order_scheme *scheme);

/* Reads the orders that hold on a day, as known at an event. */
bool order_read(const struct setting *setting, const struct group *group, date day,
                struct order_list *list, struct fail *fail);
/* The same of a group's rows of terms. */
struct order_list order_list_of(const struct group *group,
                                const struct sql_earnings_order_list_row *rows, size_t n, date day,
                                struct arena *arena);
/* Every row of terms, for the history. */
bool order_history(const struct setting *setting, int64_t pp, int64_t known,
                   struct sql_earnings_order_list_row **rows, size_t *n, struct fail *fail);
/* The order with a number; NULL when none holds. */
const struct order *order_find(const struct order_list *list, int64_t number);

/* Sets, changes or ends; *number is the order's.  Refuses, with what to do: no_case,
 * reason_missing, welfare_missing, no_such_order, employer_wrong, employee_wrong, day_too_early,
 * made_later, nothing_asked, amount_wrong, beyond_due, no_arrears, no_fees, earlier_scheme,
 * protect_missing; and the reasons of order_guard (flow/guard.h). */
bool order_set(const struct setting *setting, int64_t pp, const struct order_terms *terms,
               const char *key, int64_t *number, struct fail *fail);

/* What is due a week on a day, and the fee on it, of the arrangements that are collected. */
struct rate_parts order_due(const struct group *group, date day);
/* What of it no order takes yet; `except`: as if that order were none. */
struct rate_parts order_untaken(const struct group *group, const struct order_list *list,
                                int64_t except, date day);
/* Why an order must be looked at again (B-340): a sentence; NULL when there is no reason. */
const char *order_review(const struct group *group, const struct order_list *list, date day,
                         struct arena *arena);

/* The order as the arithmetic of a pay-day takes it. */
struct earnings_order order_earnings(const struct order *o, enum plan_interval period,
                                     const struct law *law);
/* The law a family's orders stand under. */
const struct law *order_law(const struct group *group, date day);

/* --- requests to benefit offices --- */

struct request_terms {
    bool ends;
    enum paid_benefit benefit;
    enum benefit_purpose purpose;
    bool earnings; /* universal credit with earned income (B-405) */
    date from;
    const char *reason;
    struct welfare welfare;
};
/* What is asked for on a day. */
struct request_now {
    const struct sql_benefit_request_list_row *row; /* NULL: nothing */
    enum paid_benefit benefit;
    struct benefit_request request;
};
bool request_read(const struct setting *setting, int64_t pp, int64_t known, date day,
                  struct request_now *now, struct fail *fail);
/* The same of a family's rows. */
struct request_now request_of(const struct sql_benefit_request_list_row *rows, size_t n, date day);
bool request_history(const struct setting *setting, int64_t pp, int64_t known,
                     struct sql_benefit_request_list_row **rows, size_t *n, struct fail *fail);
/* Sets, changes or ends.  Refuses as benefit_ask does, and: no_case, reason_missing,
 * welfare_missing, no_such_request, day_too_early, no_arrears. */
bool request_set(const struct setting *setting, int64_t pp, const struct request_terms *terms,
                 const char *key, struct fail *fail);
/* "maintenance", "arrears". */
const char *request_purpose_name(enum benefit_purpose purpose);
