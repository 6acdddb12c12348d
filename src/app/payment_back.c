/* payment_back.c: a payment of ours that came back. */
#include "app/payment.h"

#include "app/account.h"
#include "app/fact.h"

bool payment_come_back(const struct setting *s, const struct payment_return *back, bool *before,
                       struct fail *fail)
{
    struct sql_payment_get_row row;
    struct verb v;
    struct group g;
    struct entry_list list = { .arena = s->arena };
    bool found;
    struct sql_payment_get_in which = {
        .pp = back->pp, .batch = back->batch, .kind = PAYMENT_OUT, .arrangement = back->arrangement
    };
    const char *key = arena_print(s->arena, "payment back %lld %lld", (long long)back->batch,
                                  (long long)back->arrangement);

    if (!sql_payment_get(s->store, &which, s->arena, &row, &found, fail)) return false;
    if (!found)
        return REFUSE(fail, "payment_missing", "No payment of ours is meant by that reference.");
    if (!verb_open(s, back->pp, "payment back", key, &v, before, fail)) return false;
    if (*before) return true;
    if (!group_load(v.store, v.arena, v.pp, v.seq, &g, fail)) return false;
    const struct sql_arrangement_list_row *a = group_arrangement(&g, back->arrangement);
    struct sql_payment_back_insert_in in     = { .pp          = back->pp,
                                                 .batch       = back->batch,
                                                 .kind        = PAYMENT_OUT,
                                                 .arrangement = back->arrangement,
                                                 .event       = v.seq,
                                                 .day         = back->day,
                                                 .told_by     = back->told_by,
                                                 .reason      = back->reason };
    const char *why        = arena_print(s->arena, "a payment came back: %s", back->reason);
    struct fact_order hold = { .kind        = FACT_PAYEE_HOLD,
                               .subject     = a->rp,
                               .value       = why,
                               .from        = s->today,
                               .to          = DATE_OPEN,
                               .happened_on = back->day,
                               .said_by     = back->told_by,
                               .evidence    = "" };
    out_text(&v.about, "Payment came back: ");
    out_money(&v.about, row.amount);
    out_print(&v.about, " (%s)", back->reason);
    verb_add(&v, DRAFT_PAYMENT_BACK, &in);
    entry_add(&list, REASON_PAY_OUT_FAILED, row.amount,
              (struct entry_about){
                  .arrangement = back->arrangement, .day = back->day, .known = s->today });
    account_post(&v, &g, &list);
    return fact_assert(&v, &g, &hold, fail) && verb_close(&v, fail);
}
