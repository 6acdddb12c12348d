/* collect.c: the collection fee accrues with the days of maintenance. */
#include "app/collect.h"

#include "base/bug.h"
#include "ledger/fee.h"

#include <string.h>

/* The rate of a day.  Where it depends on compliance (B-140), a paying parent about whom nothing
 * was found complies. */
static ratio rate_on(const struct group *g, const struct law *law, date day)
{
    ratio best  = fee_payer_rate(law, FEE_COMPLIES),
          worst = fee_payer_rate(law, FEE_DOES_NOT_COMPLY);

    if (best.n == worst.n && best.d == worst.d) return best;
    const struct sql_fact_list_row *f = group_fact(g, FACT_COMPLIANCE, 0, day);
    return f && !strcmp(f->value, "does_not_comply") ? worst : best;
}

money collect_fee(const struct group *g, const struct sql_instalment_list_row *i, money amount)
{
    return collect_fee_under(law_at, g, i, amount);
}

money collect_fee_under(collect_law *law_on, const struct group *g,
                        const struct sql_instalment_list_row *i, money amount)
{
    enum jurisdiction place = (enum jurisdiction)group_arrangement(g, i->arrangement)->jurisdiction;
    int32_t days            = date_days(i->cover_from, i->cover_to);
    int64_t parts = 0, whole = 1;

    BUG_UNLESS(days > 0);
    for (date d = i->cover_from; date_before(d, i->cover_to); d = date_add_days(d, 1)) {
        ratio today = rate_on(g, law_on(place, d), d);
        if (today.n == 0 || group_service(g, i->arrangement, d) != SERVICE_COLLECT_AND_PAY)
            continue;
        BUG_UNLESS(whole == 1 || whole == today.d); /* every percentage has one denominator */
        whole = today.d;
        parts += today.n;
    }
    return share_half_up((__int128)amount.p * parts, whole * days);
}

money collect_fee_change(const struct group *g, const struct sql_instalment_list_row *i, money due)
{
    money change = collect_fee(g, i, due);

    for (size_t k = 0; k < g->entry_count; k++) {
        const struct entry *e = &g->entries[k];
        if (e->about.instalment != i->id) continue;
        if (e->reason == REASON_FEE || e->reason == REASON_FEE_INCREASE)
            change = money_subtract(change, e->amount);
        if (e->reason == REASON_FEE_DECREASE) change = money_add(change, e->amount);
    }
    return change;
}

bool collect_changes_in(const struct group *g, const struct sql_instalment_list_row *i)
{
    for (size_t k = 0; k < g->fact_count; k++) {
        const struct sql_fact_list_row *f = &g->facts[k];
        if (f->subject != i->arrangement || strcmp(f->kind, fact_kind_table[FACT_SERVICE].name))
            continue;
        if ((date_before(i->cover_from, f->valid_from) &&
             date_before(f->valid_from, i->cover_to)) ||
            (date_before(i->cover_from, f->valid_to) && date_before(f->valid_to, i->cover_to)))
            return true;
    }
    return false;
}
