/* employer_people.h: the employees of one employer, with the orders that it has for each: what the
 * employer may see, and nothing more (B-303, B-312). */
#pragma once
#include "app/order.h"

enum { EMPLOYEE_ORDERS = 16 }; /* of one employee and employer, worked out together */

/* Texts are never NULL.  Nothing of a receiving parent, a child, or what the order is made of. */
struct employee {
    int64_t pp;
    const char *ref;                     /* our twelve digits of the paying parent */
    const char *name, *reference, *nino; /* reference: of the order that has one */
    struct order_list orders;            /* empty: they have all ended */
    const struct law *law;
    enum jurisdiction place;
};
struct employee_list {
    struct employee *at; /* by name; those whose orders have all ended too */
    size_t n;
    size_t holding; /* of them with an order */
};

/* The orders of a family that hold on the setting's day, and those that begin later, as they begin.
 */
bool employee_orders_read(const struct setting *setting, const struct group *group,
                          struct order_list *list, struct fail *fail);
/* Everyone for whom an employer has, or had, an order. */
bool employee_read(const struct setting *setting, const char *employer, struct employee_list *list,
                   struct fail *fail);
/* NULL: not of this employer. */
const struct employee *employee_find(const struct employee_list *list, int64_t pp);

/* How they are paid, as their first order has it. */
enum plan_interval employee_period(const struct employee *e);
/* The normal deduction of one pay period, of all orders together. */
money employee_normal(const struct employee *e, enum plan_interval period);
/* A pay-day: o[i] and d[i] of the i-th order that reaches earnings; answers how many.  charge: the
 * employer takes its own charge for each. */
struct employee_pay {
    struct earnings_pay pay;
    enum plan_interval period;
    bool charge;
};
size_t employee_deduct(const struct employee *e, const struct employee_pay *pay,
                       struct earnings_order o[EMPLOYEE_ORDERS],
                       struct deduction d[EMPLOYEE_ORDERS]);
/* What all of them take on that pay-day. */
money employee_take(const struct employee *e, const struct employee_pay *pay);
