/* suspense_settle.c: out of suspense as what it is. */
#include "app/suspense_settle.h"

#include "app/account.h"
#include "app/card.h"
#include "app/payment.h"
#include "app/receive_work.h"

#include <string.h>

/* why: what it is, in words. */
static bool take_out(const struct setting *s, const struct sql_receipt_suspense_row *row,
                     const char *why, struct fail *fail)
{
    struct verb v;
    struct group g;
    bool done;
    struct entry_list list = { .arena = s->arena };

    if (!verb_open(s, SERVICE_PP, "no receipt",
                   arena_print(s->arena, "no receipt %lld", (long long)row->id), &v, &done, fail) ||
        !group_load(v.store, v.arena, v.pp, v.seq, &g, fail))
        return false;
    struct sql_receipt_insert_in in = {
        .bank_ref      = arena_print(s->arena, "no receipt/%s", row->bank_ref),
        .booked        = row->booked,
        .amount        = money_negate(row->amount),
        .payer_name    = row->payer_name,
        .payer_account = row->payer_account,
        .remittance    = row->remittance,
        .matched_by    = "no receipt",
        .returns       = row->id,
    };
    entry_add(&list, REASON_RETURNED_UNMATCHED, row->amount,
              (struct entry_about){ .day = row->booked, .known = s->today, .receipt = row->id });
    out_text(&v.about, "Taken out of suspense: ");
    out_money(&v.about, row->amount);
    out_print(&v.about, ", %s", why);
    receipt_row_add(&v, &in);
    account_post(&v, &g, &list);
    return verb_close(&v, fail);
}

bool suspense_settle_payment(const struct setting *s, int64_t receipt, const char *id,
                             struct fail *fail)
{
    struct sql_receipt_suspense_row row;
    struct payment_return back = { .told_by = s->actor, .reason = "found in suspense" };
    bool before;

    if (!receipt_in_suspense(s, receipt, &row, fail)) return false;
    if (!payment_id_read(id, &back.batch, &back.pp, &back.arrangement))
        return REFUSE(fail, "payment_missing",
                      "The number of a payment of ours is written like P12-1001-7: file, family, "
                      "arrangement.");
    back.amount = row.amount;
    back.day    = row.booked;
    return payment_come_back(s, &back, &before, fail) &&
           take_out(s, &row, arena_print(s->arena, "our payment %s that came back", id), fail);
}

bool suspense_settle_payouts(const struct setting *s, size_t *number, struct fail *fail)
{
    struct sql_receipt_suspense_row *rows;
    const char *provider, *why;
    size_t n;

    *number = 0;
    if (!card_provider(s->store, s->arena, &provider, fail) ||
        !sql_receipt_suspense(s->store, s->arena, &rows, &n, fail))
        return false;
    why = arena_print(s->arena, "a payout of the card provider %s, read before it was named",
                      provider);
    for (size_t i = 0; i < n; i++) {
        const struct feed_line line = { .credit     = true,
                                        .returned   = rows[i].came_back,
                                        .payer_name = rows[i].payer_name };
        if (!strncmp(rows[i].bank_ref, CARD_FILE, strlen(CARD_FILE)) ||
            !card_is_payout(provider, &line))
            continue;
        if (!take_out(s, &rows[i], why, fail)) return false;
        ++*number;
    }
    return true;
}
