/* earnings.c: deductions from earnings. */
#include "ledger/earnings.h"

#include "ledger/share.h"

#include <string.h>

/* --- what counts --- */

static const struct {
    const char *name;
    bool counts;
} pay_table[PAY_KINDS] = {
    [PAY_WAGE]            = { "wage", true },
    [PAY_FEE]             = { "fee", true },
    [PAY_BONUS]           = { "bonus", true },
    [PAY_COMMISSION]      = { "commission", true },
    [PAY_OVERTIME]        = { "overtime", true },
    [PAY_PENSION]         = { "pension", true },
    [PAY_COMPENSATION]    = { "compensation", true },
    [PAY_SICK]            = { "statutory_sick_pay", true },
    [PAY_FORCES]          = { "forces_pay", false },
    [PAY_GOVERNMENT]      = { "foreign_government_pay", false },
    [PAY_BENEFIT]         = { "social_security", false },
    [PAY_DISABILITY]      = { "disability_pension", false },
    [PAY_MINIMUM_PENSION] = { "guaranteed_minimum_pension", false },
    [PAY_TAX_CREDIT]      = { "working_tax_credit", false },
    [PAY_FAMILY]          = { "statutory_family_pay", false },
    [PAY_REDUNDANCY]      = { "statutory_redundancy_pay", false },
};

const char *earnings_kind_name(enum pay_kind kind)
{
    return pay_table[kind].name;
}

bool earnings_kind_find(const char *name, enum pay_kind *result)
{
    for (int k = 0; k < PAY_KINDS; k++)
        if (!strcmp(pay_table[k].name, name)) {
            *result = (enum pay_kind)k;
            return true;
        }
    return false;
}

bool earnings_counts(enum pay_kind kind)
{
    return pay_table[kind].counts;
}

money earnings_net(const struct pay_item *items, size_t n, struct pay_taken taken)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < n; i++)
        if (earnings_counts(items[i].kind)) sum = money_add(sum, items[i].amount);
    sum = money_subtract(sum, taken.tax);
    sum = money_subtract(sum, taken.insurance);
    return money_max(money_subtract(sum, taken.pension), MONEY_NONE);
}

/* --- rates --- */

money earnings_weekly(const struct rate_parts *p)
{
    return money_add(money_add(p->maintenance, p->fee), money_add(p->arrears, p->fees));
}

static money times(money m, int32_t factor)
{
    return exact_floor(exact_times(exact_of_money(m), factor));
}

struct deduction_rates earnings_rates(const struct law *law, money weekly)
{
    enum { TWO = 2, FOUR = 4 };
    exact year = exact_times(exact_of_money(weekly), law->reference_weeks);

    return (struct deduction_rates){ {
        [PLAN_WEEKLY]      = weekly,
        [PLAN_TWO_WEEKLY]  = times(weekly, TWO),
        [PLAN_FOUR_WEEKLY] = times(weekly, FOUR),
        [PLAN_MONTHLY]     = exact_round_half_up(exact_over(year, law->year_months)),
    } };
}

/* --- a pay-day --- */

static const struct {
    const char *name;
    int rank; /* lower comes first; among equals the day each was made */
} order_table[ORDER_KINDS] = {
    [ORDER_PROPORTION] = { "percentage", 0 },     [ORDER_FIXED] = { "fixed", 0 },
    [ORDER_PRIORITY] = { "priority", 0 },         [ORDER_LATER] = { "later", 1 },
    [ORDER_NON_PRIORITY] = { "non_priority", 2 },
};

const char *earnings_order_name(enum order_kind kind)
{
    return order_table[kind].name;
}

bool earnings_order_find(const char *name, enum order_kind *result)
{
    for (int k = 0; k < ORDER_KINDS; k++)
        if (!strcmp(order_table[k].name, name)) {
            *result = (enum order_kind)k;
            return true;
        }
    return false;
}

static bool carries(const struct law *law, const struct earnings_order *o)
{
    enum { COURT_PRIORITY, COURT_NON_PRIORITY };

    switch (o->kind) {
    case ORDER_PROPORTION: return law->deduction_carry_forward[o->scheme];
    case ORDER_FIXED: return law->deduction_carry_forward[SCHEME_1993];
    case ORDER_PRIORITY: return law->court_order_carry_forward[COURT_PRIORITY];
    default: return law->court_order_carry_forward[COURT_NON_PRIORITY];
    }
}

money earnings_unprotected(const struct law *law, money net)
{
    exact kept = exact_scale(exact_of_money(net), law->protected_proportion);

    return exact_floor(exact_subtract(exact_of_money(net), kept));
}

/* The least that stays. */
static money protected_of(const struct law *law, struct earnings_pay pay,
                          const struct earnings_order *o)
{
    if (o->kind != ORDER_PROPORTION)
        return money_add(times(o->protect, pay.periods), o->brought_protect);
    return money_subtract(pay.net, earnings_unprotected(law, pay.net));
}

static struct deduction deduct_one(const struct law *law, struct earnings_pay pay,
                                   const struct earnings_order *o, money before)
{
    struct deduction d = { .before = before };
    money residue      = money_subtract(pay.net, before);

    d.protect   = protected_of(law, pay, o);
    d.available = money_max(money_subtract(residue, d.protect), MONEY_NONE);
    d.sought    = money_add(times(o->normal, pay.periods), o->brought);
    d.taken     = money_min(d.sought, d.available);
    d.short_by  = money_subtract(d.sought, d.taken);
    if (!carries(law, o)) return d;
    d.carried = d.short_by;
    if (o->kind != ORDER_PROPORTION)
        d.carried_protect = money_max(money_subtract(d.protect, residue), MONEY_NONE);
    return d;
}

/* Whether order a is taken before order b. */
static bool order_first(const struct earnings_order *orders, size_t a, size_t b)
{
    int ra = order_table[orders[a].kind].rank, rb = order_table[orders[b].kind].rank;

    if (ra != rb) return ra < rb;
    if (!date_same(orders[a].made, orders[b].made))
        return date_before(orders[a].made, orders[b].made);
    return a < b;
}

/* The order that comes next after `last` (n: the first of all); n when there is none. */
static size_t order_next(const struct earnings_order *orders, size_t n, size_t last)
{
    size_t next = n;

    for (size_t i = 0; i < n; i++)
        if ((last == n || order_first(orders, last, i)) &&
            (next == n || order_first(orders, i, next)))
            next = i;
    return next;
}

void earnings_deduct(const struct law *law, struct earnings_pay pay,
                     const struct earnings_order *orders, size_t n, struct deduction *result)
{
    money taken = MONEY_NONE;

    BUG_UNLESS(pay.net.p >= 0 && pay.periods > 0);
    for (size_t i = order_next(orders, n, n); i < n; i = order_next(orders, n, i)) {
        result[i] = deduct_one(law, pay, &orders[i], taken);
        taken     = money_add(taken, result[i].taken);
    }
    money left = money_subtract(pay.net, taken);
    for (size_t i = order_next(orders, n, n); i < n; i = order_next(orders, n, i)) {
        if (!orders[i].charge || money_is_zero(result[i].taken)) continue;
        result[i].charge = money_min(law->deduction_charge, left);
        left             = money_subtract(left, result[i].charge);
    }
}

/* --- days --- */

date earnings_first_day(const struct law *law, date served)
{
    return date_add_days(served, law->deduction_service_days);
}

date earnings_pay_by(const struct law *law, date deducted)
{
    struct date_ymd d = date_split(deducted);
    date month        = date_add_months(date_make(d.year, d.month, 1), 1);

    return date_add_days(month, law->deduction_pay_over_day - 1);
}
