/* look.c: when to look again. */
#include "app/look.h"

#include "app/account.h"

/* The earlier of two days, counting only days to come. */
static date sooner(date soonest, date day, date today)
{
    return date_before(today, day) ? date_min(soonest, day) : soonest;
}

/* The day on which the arrangement's plans end and the next one is made. */
static date plans_end(const struct group *g, int64_t arrangement)
{
    date end = DATE_NEVER;

    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].arrangement == arrangement)
            end = date_max(end, g->instalments[i].cover_to);
    return end;
}

date look_next(const struct group *g, date today, struct arena *arena)
{
    struct outstanding items = account_items(g, today, arena);
    date next                = DATE_OPEN;

    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].amount.p &&
            group_service(g, g->instalments[i].arrangement, g->instalments[i].due) ==
                SERVICE_COLLECT_AND_PAY)
            next = sooner(next, g->instalments[i].due, today);
    for (size_t i = 0; i < items.n; i++)
        if (item_outstanding(&items.at[i]).p)
            next = sooner(next, date_add_days(items.at[i].due, 1), today);
    for (size_t i = 0; i < g->arrangement_count; i++)
        next = sooner(next, plans_end(g, g->arrangements[i].id), today);
    for (size_t i = 0; i < g->fact_count; i++) {
        next = sooner(next, g->facts[i].valid_from, today);
        next = sooner(next, g->facts[i].valid_to, today);
    }
    return next;
}

int64_t look_instalments_done(const struct group *g, date today)
{
    int64_t first = INT64_MAX;

    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        date latest                             = r->plan_from;
        for (size_t k = 0; k < g->instalment_count; k++)
            if (g->instalments[k].arrangement == r->arrangement)
                latest = date_max(latest, g->instalments[k].plan_from);
        if ((date_same(latest, r->plan_from) || date_before(today, r->due)) && r->id < first)
            first = r->id;
    }
    return first == INT64_MAX ? 0 : first - 1;
}
