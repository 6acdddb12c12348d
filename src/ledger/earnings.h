/* earnings.h: what an employer deducts from earnings on a pay-day (B-301 to B-351).  Arithmetic
 * only: the law of the day is an argument, and so is everything an order says. */
#pragma once
#include "law/law.h"
#include "ledger/plan.h"

/* --- what counts (B-310, B-311) --- */

enum pay_kind {
    PAY_WAGE,
    PAY_FEE,
    PAY_BONUS,
    PAY_COMMISSION,
    PAY_OVERTIME,
    PAY_PENSION,      /* for past service, annuities too */
    PAY_COMPENSATION, /* paid at intervals for the loss of office or pay */
    PAY_SICK,         /* statutory sick pay */
    PAY_FORCES,       /* of a member of the regular forces */
    PAY_GOVERNMENT,   /* from a department of Northern Ireland or of a foreign territory */
    PAY_BENEFIT,      /* social security */
    PAY_DISABILITY,   /* a disability pension or allowance */
    PAY_MINIMUM_PENSION,
    PAY_TAX_CREDIT,
    PAY_FAMILY,     /* statutory maternity, paternity or adoption pay */
    PAY_REDUNDANCY, /* statutory */
    PAY_KINDS
};
struct pay_item {
    enum pay_kind kind;
    money amount;
};
/* What the law takes off before the order looks. */
struct pay_taken {
    money tax, insurance, pension; /* income tax, primary Class 1, pension contributions */
};

/* "wage", "statutory_family_pay": for files. */
const char *earnings_kind_name(enum pay_kind kind);
bool earnings_kind_find(const char *name, enum pay_kind *result);
/* Whether an order reaches it. */
bool earnings_counts(enum pay_kind kind);
/* Earnings less what is taken off them; at least nothing. */
money earnings_net(const struct pay_item *items, size_t n, struct pay_taken taken);

/* --- the order's rates (B-312, B-313) --- */

/* What a week of the order is made of. */
struct rate_parts {
    money maintenance, fee; /* ongoing, with its collection fee */
    money arrears, fees;    /* what is set to be paid a week of arrears and of other fees */
};
/* One rate for each pay period an order may know. */
struct deduction_rates {
    money of[PLAN_INTERVALS];
};
money earnings_weekly(const struct rate_parts *parts);
/* Two and four weeks are two and four times a week; a month is a twelfth of 52 weeks, rounded once.
 */
struct deduction_rates earnings_rates(const struct law *law, money weekly);

/* The most that may be taken of net pay where a proportion is protected (B-314).  It may end within
 * a penny: the penny stays whole with the employee, so that no less than the proportion does. */
money earnings_unprotected(const struct law *law, money net);

/* --- a pay-day (B-314, B-320 to B-324, B-350, B-351) --- */

enum order_kind {
    ORDER_PROPORTION,   /* child maintenance, a proportion of net earnings is protected */
    ORDER_FIXED,        /* child maintenance, the 1993 scheme: a fixed amount is protected */
    ORDER_PRIORITY,     /* a court's priority order, or council tax: by its date */
    ORDER_LATER,        /* the department's or a council's own notice, an arrestment: after ours */
    ORDER_NON_PRIORITY, /* a judgment debt: last of all */
    ORDER_KINDS
};
enum order_scheme { SCHEME_1993, SCHEME_2003, SCHEME_2012, SCHEMES };

struct earnings_order {
    enum order_kind kind;
    enum order_scheme scheme; /* ORDER_PROPORTION */
    date made;
    money normal;          /* the rate of one pay period */
    money protect;         /* of one pay period; not of ORDER_PROPORTION */
    money brought;         /* undeducted on earlier pay-days, where that is carried forward */
    money brought_protect; /* by how much earlier pay fell below the protected amount; likewise */
    bool charge;           /* the employer takes their own charge */
};
struct earnings_pay {
    money net;       /* net earnings of this pay-day, not below nothing */
    int32_t periods; /* pay periods paid together: 1, more with holiday pay */
};
struct deduction {
    money before;    /* taken on this pay-day by orders that come first */
    money protect;   /* the least this order leaves; rounded up to the penny */
    money available; /* what is left for it above that */
    money sought;    /* the normal rate for all periods, with what was brought forward */
    money taken;     /* goes to the service, or to the court */
    money short_by;  /* sought and not taken */
    money carried, carried_protect; /* sought, and protected, on the next pay-day too */
    money charge;                   /* the employer's own */
};

/* "percentage", "fixed", "priority", "later", "non_priority": for files. */
const char *earnings_order_name(enum order_kind kind);
bool earnings_order_find(const char *name, enum order_kind *result);
/* Works out every order's deduction: result[i] is of orders[i].  Orders are taken in the order of
 * the law: by the day each was made, notices and arrestments after ours, judgment debts last; each
 * works on what the ones before leave.  Orders for child maintenance never take the whole above the
 * unprotected proportion.  Charges come last, out of what is left. */
void earnings_deduct(const struct law *law, struct earnings_pay pay,
                     const struct earnings_order *orders, size_t n, struct deduction *result);

/* --- days (B-301, B-331) --- */

/* The first day on which an employer must comply with an order (or a variation) served on a day. */
date earnings_first_day(const struct law *law, date served);
/* The last day on which what was deducted may arrive. */
date earnings_pay_by(const struct law *law, date deducted);
