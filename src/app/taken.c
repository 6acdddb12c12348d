/* taken.c: maintenance that employers and benefit offices deduct. */
#include "app/taken.h"

#include "app/order.h"
#include "ledger/share.h"

#include <string.h>

bool taken_load(struct store *store, struct arena *arena, int64_t pp, struct taken *t,
                struct fail *fail)
{
    return taken_load_many(store, arena, (struct store_ints){ &pp, 1 }, t, fail);
}

bool taken_load_many(struct store *store, struct arena *arena, struct store_ints pps,
                     struct taken *taken, struct fail *fail)
{
    struct sql_earnings_order_list_in o  = { .pps = pps, .known = KNOWN_NOW };
    struct sql_benefit_request_list_in r = { .pps = pps, .known = KNOWN_NOW };
    struct sql_earnings_order_list_row *orders;
    struct sql_benefit_request_list_row *requests;
    size_t n, m, i = 0, k = 0;

    if (!sql_earnings_order_list(store, &o, arena, &orders, &n, fail) ||
        !sql_benefit_request_list(store, &r, arena, &requests, &m, fail))
        return false;
    for (size_t f = 0; f < pps.n; f++) {
        struct taken *t = &taken[f];
        *t              = (struct taken){ .orders = orders + i, .requests = requests + k };
        for (; i < n && orders[i].pp == pps.at[f]; i++)
            t->order_count++;
        for (; k < m && requests[k].pp == pps.at[f]; k++)
            t->request_count++;
    }
    return true;
}

/* A week's maintenance that is taken on a day.  Rows come by order, then day, then event: of one
 * order the last that has begun holds; of requests the last of all. */
static money taken_weekly(const struct taken *t, date day)
{
    money sum = MONEY_NONE, last = MONEY_NONE;

    for (size_t i = 0; i < t->order_count; i++) {
        const struct sql_earnings_order_list_row *o = &t->orders[i];
        bool same                                   = i && t->orders[i - 1].id == o->id;
        if (!same) sum = money_add(sum, last), last = MONEY_NONE;
        if (!date_before(day, o->starts)) last = o->ended ? MONEY_NONE : o->maintenance;
    }
    sum  = money_add(sum, last);
    last = MONEY_NONE;
    for (size_t i = 0; i < t->request_count && !date_before(day, t->requests[i].starts); i++) {
        const struct sql_benefit_request_list_row *r = &t->requests[i];
        bool takes = !r->ended && !strcmp(r->purpose, request_purpose_name(PURPOSE_MAINTENANCE));
        last       = takes ? money_subtract(r->week, r->fee) : MONEY_NONE;
    }
    return money_add(sum, last);
}

bool taken_any(const struct taken *t, date today)
{
    bool any = taken_weekly(t, today).p > 0;

    for (size_t i = 0; i < t->order_count; i++)
        any = any || (date_before(today, t->orders[i].starts) &&
                      taken_weekly(t, t->orders[i].starts).p > 0);
    for (size_t i = 0; i < t->request_count; i++)
        any = any || (date_before(today, t->requests[i].starts) &&
                      taken_weekly(t, t->requests[i].starts).p > 0);
    return any;
}

money taken_left(const struct taken *t, const struct group *g, date day, money amount)
{
    if (!t) return amount;
    money week = taken_weekly(t, day);
    if (week.p <= 0) return amount;
    money due = order_due(g, day).maintenance;
    if (due.p <= week.p) return MONEY_NONE;
    return share_half_up((__int128)amount.p * (due.p - week.p), due.p);
}
