/* employer_people.c: whose pay an employer deducts from. */
#include "app/employer_people.h"

#include "app/access.h"

#include <stdlib.h>
#include <string.h>

/* Rows come by order: each of them on the setting's day, or on the day it begins. */
static struct order_list orders_of(const struct setting *s, const struct group *g,
                                   const struct sql_earnings_order_list_row *rows, size_t n)
{
    struct order_list l = { .at = ARENA_MANY(s->arena, struct order, n + 1) };

    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && rows[end].id == rows[i].id; end++)
            continue;
        date day              = date_max(s->today, rows[i].starts);
        struct order_list one = order_list_of(g, rows + i, end - i, day, s->arena);
        if (!one.n) continue;
        size_t at = l.n++;
        for (; at > 0 && date_before(one.at->row->made, l.at[at - 1].row->made); at--)
            l.at[at] = l.at[at - 1];
        l.at[at] = *one.at;
    }
    return l;
}

bool employee_orders_read(const struct setting *s, const struct group *g, struct order_list *l,
                          struct fail *fail)
{
    struct sql_earnings_order_list_row *rows;
    size_t n;

    if (!order_history(s, g->pp, KNOWN_NOW, &rows, &n, fail)) return false;
    *l = orders_of(s, g, rows, n);
    return true;
}

/* Only what is this employer's; an order is to one employer from first to last. */
static size_t rows_keep(struct sql_earnings_order_list_row *rows, size_t n, const char *employer)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].employer, employer)) rows[kept++] = rows[i];
    return kept;
}

static const char *name_of(const struct setting *s, const struct sql_group_people_row *payer)
{
    return payer ? arena_print(s->arena, "%s %s", payer->given, payer->family) : "";
}

static struct employee employee_of(const struct setting *s, const struct group *g,
                                   struct sql_earnings_order_list_row *rows, size_t n)
{
    const struct sql_group_people_row *payer = group_person(g, g->pp);
    struct employee e                        = { .pp = g->pp, .reference = "" };

    e.ref    = payer ? payer->ref : "";
    e.name   = name_of(s, payer);
    e.nino   = access_nino(g, DISCLOSURE_READER_EMPLOYER, s->today, s->arena);
    e.orders = orders_of(s, g, rows, n);
    e.law    = order_law(g, s->today);
    e.place  = g->arrangement_count ? (enum jurisdiction)g->arrangements[0].jurisdiction
                                    : JURISDICTION_GREAT_BRITAIN;
    for (size_t i = 0; i < n; i++)
        if (*rows[i].employee) e.reference = rows[i].employee;
    return e;
}

static int by_name(const void *a, const void *b)
{
    const struct employee *x = a, *y = b;
    int names = strcmp(x->name, y->name);

    return names ? names : x->pp < y->pp ? -1 : x->pp > y->pp;
}

static bool families_read(const struct setting *s, const char *employer, struct store_ints pps,
                          struct employee_list *l, struct fail *fail)
{
    struct sql_earnings_order_list_in in = { .pps = pps, .known = KNOWN_NOW };
    struct group *groups                 = ARENA_MANY(s->arena, struct group, pps.n + 1);
    struct sql_earnings_order_list_row *rows;
    size_t n;

    if (!group_load_records(s->store, s->arena, pps, groups, fail) ||
        !sql_earnings_order_list(s->store, &in, s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0, from = 0, to; i < pps.n; i++, from = to) {
        for (to = from; to < n && rows[to].pp == groups[i].pp; to++)
            continue;
        size_t kept   = rows_keep(rows + from, to - from, employer);
        l->at[l->n++] = employee_of(s, &groups[i], rows + from, kept);
        l->holding += l->at[l->n - 1].orders.n > 0;
    }
    return true;
}

bool employee_read(const struct setting *s, const char *employer, struct employee_list *l,
                   struct fail *fail)
{
    struct sql_employer_families_in in = { .employer = employer };
    struct sql_employer_families_row *families;
    size_t n;

    if (!sql_employer_families(s->store, &in, s->arena, &families, &n, fail)) return false;
    *l           = (struct employee_list){ .at = ARENA_MANY(s->arena, struct employee, n + 1) };
    int64_t *pps = ARENA_MANY(s->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        pps[i] = families[i].pp;
    if (n == 0) return true;
    if (!families_read(s, employer, (struct store_ints){ pps, n }, l, fail)) return false;
    qsort(l->at, l->n, sizeof *l->at, by_name);
    return true;
}

const struct employee *employee_find(const struct employee_list *l, int64_t pp)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->at[i].pp == pp) return &l->at[i];
    return NULL;
}

/* --- a pay-day --- */

enum plan_interval employee_period(const struct employee *e)
{
    return e->orders.n ? e->orders.at[0].period : PLAN_WEEKLY;
}

money employee_normal(const struct employee *e, enum plan_interval period)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < e->orders.n; i++)
        sum = money_add(sum, e->orders.at[i].rates.of[period]);
    return sum;
}

size_t employee_deduct(const struct employee *e, const struct employee_pay *pay,
                       struct earnings_order o[EMPLOYEE_ORDERS],
                       struct deduction d[EMPLOYEE_ORDERS])
{
    size_t n = 0;

    for (size_t i = 0; i < e->orders.n && n < EMPLOYEE_ORDERS; i++) {
        if (e->orders.at[i].forces) continue;
        o[n]        = order_earnings(&e->orders.at[i], pay->period, e->law);
        o[n].charge = pay->charge;
        n++;
    }
    if (n) earnings_deduct(e->law, pay->pay, o, n, d);
    return n;
}

money employee_take(const struct employee *e, const struct employee_pay *pay)
{
    struct earnings_order o[EMPLOYEE_ORDERS];
    struct deduction d[EMPLOYEE_ORDERS];
    size_t n  = employee_deduct(e, pay, o, d);
    money sum = MONEY_NONE;

    for (size_t i = 0; i < n; i++)
        sum = money_add(sum, d[i].taken);
    return sum;
}
