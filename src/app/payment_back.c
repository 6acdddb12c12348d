/* payment_back.c: a payment of ours that came back. */
#include "app/payment.h"

#include "app/account.h"
#include "app/fact.h"
#include "app/owner.h"
#include "feed/bacs_text.h"

#include <stdlib.h>
#include <string.h>

enum { NEAR_DAYS = 14 };

static const struct {
    enum reason sent, failed;
} out[] = {
    { REASON_PAY_OUT, REASON_PAY_OUT_FAILED },
    { REASON_LEGACY_PAY_OUT, REASON_LEGACY_PAY_OUT_FAILED },
    { REASON_REFUND_SENT, REASON_REFUND_FAILED },
};

/* Everything that the payment was made of is payable again. */
static void rows_back(const struct group *g, const struct payment_return *back, int64_t event,
                      date today, struct entry_list *list)
{
    for (size_t i = 0; i < g->entry_count; i++)
        for (size_t k = 0; k < sizeof out / sizeof *out; k++) {
            const struct entry *e = &g->entries[i];
            bool of_it            = back->arrangement ? e->about.arrangement == back->arrangement &&
                                                 out[k].sent != REASON_REFUND_SENT
                                                      : out[k].sent == REASON_REFUND_SENT;
            if (g->rows[i].event == event && e->reason == out[k].sent && of_it)
                entry_add(list, out[k].failed, e->amount,
                          (struct entry_about){ .arrangement = e->about.arrangement,
                                                .day         = back->day,
                                                .known       = today,
                                                .receipt     = e->about.receipt });
        }
}

/* The payment, if what came back is it; and no line but this one showed that. */
static bool payment_check(const struct setting *s, const struct payment_return *back,
                          struct sql_payment_get_row *row, struct fail *fail)
{
    struct sql_payment_get_in which     = { .pp          = back->pp,
                                            .batch       = back->batch,
                                            .kind        = payment_kind_of(back->arrangement),
                                            .arrangement = back->arrangement };
    struct sql_payment_seen_get_in mark = { back->batch, back->pp, back->arrangement, true };
    struct sql_payment_seen_get_row seen;
    char was[MONEY_TEXT], is[MONEY_TEXT];
    bool found;

    if (!sql_payment_get(s->store, &which, s->arena, row, &found, fail)) return false;
    if (!found)
        return REFUSE(fail, "payment_missing", "No payment of ours is meant by that reference.");
    if (row->amount.p != back->amount.p)
        return REFUSE(fail, "amount_differs",
                      "Our payment %s was of %s, but %s of it is said to have come back. Nothing "
                      "was booked; ask the bank.",
                      payment_id(back->batch, back->pp, back->arrangement, s->arena),
                      money_pounds(row->amount, was), money_pounds(back->amount, is));
    if (!back->line) return true;
    if (!sql_payment_seen_get(s->store, &mark, s->arena, &seen, &found, fail)) return false;
    return !found || !strcmp(seen.line, back->line) ||
           REFUSE(fail, "returned_before",
                  "Another line of a statement showed before that our payment %s came back. "
                  "Nothing was booked for this one; ask the bank.",
                  payment_id(back->batch, back->pp, back->arrangement, s->arena));
}

bool payment_list_alike(const struct setting *s, const struct payment_alike *alike,
                        struct sql_payment_sent_alike_row **rows, size_t *n, struct fail *fail)
{
    char found[REFERENCE_DIGITS + 1], whole[BACS_TEXT + 1];
    const char **texts = ARENA_MANY(s->arena, const char *, strlen(alike->text) + 1);
    size_t count       = 0;

    *n = 0;
    if (bacs_text_clean(alike->text, whole, BACS_TEXT))
        texts[count++] = arena_text(s->arena, whole, strlen(whole));
    for (const char *at = alike->text; (at = owner_next_reference(at, found));)
        texts[count++] = arena_text(s->arena, found, REFERENCE_DIGITS);
    return count == 0 ||
           sql_payment_sent_alike(
               s->store,
               &(struct sql_payment_sent_alike_in){
                   .references = { texts, count }, .amount = alike->amount, .until = alike->until },
               s->arena, rows, n, fail);
}

const struct sql_payment_sent_alike_row *payment_choose(
    const struct sql_payment_sent_alike_row *rows, size_t n, const char *line, date day)
{
    const struct sql_payment_sent_alike_row *only = NULL;
    size_t open                                   = 0;

    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].line, line)) return &rows[i];
    for (size_t i = 0; i < n; i++)
        if (!*rows[i].line && rows[i].has_told && abs(date_days(rows[i].told, day)) <= NEAR_DAYS)
            return &rows[i];
    for (size_t i = 0; i < n; i++)
        if (!*rows[i].line && !rows[i].has_told) {
            only = &rows[i];
            open++;
        }
    return open == 1 ? only : NULL;
}

static bool line_keep(const struct setting *s, const struct payment_return *back, struct fail *fail)
{
    struct sql_payment_seen_put_in in = { back->batch, back->pp, back->arrangement, true,
                                          back->line };

    return !back->line || sql_payment_seen_put(s->store, &in, fail);
}

bool payment_come_back(const struct setting *s, const struct payment_return *back, bool *before,
                       struct fail *fail)
{
    struct sql_payment_get_row row;
    struct verb v;
    struct group g;
    struct entry_list list = { .arena = s->arena };
    const char *key        = arena_print(s->arena, "payment back %lld %lld", (long long)back->batch,
                                         (long long)back->arrangement);

    if (!payment_check(s, back, &row, fail) ||
        !verb_open(s, back->pp, "payment back", key, &v, before, fail))
        return false;
    if (*before) return line_keep(s, back, fail);
    if (!group_load(v.store, v.arena, v.pp, v.seq, &g, fail)) return false;
    const struct sql_arrangement_list_row *a = group_arrangement(&g, back->arrangement);
    struct sql_payment_back_insert_in in     = { .pp          = back->pp,
                                                 .batch       = back->batch,
                                                 .kind        = payment_kind_of(back->arrangement),
                                                 .arrangement = back->arrangement,
                                                 .event       = v.seq,
                                                 .day         = back->day,
                                                 .told_by     = back->told_by,
                                                 .reason      = back->reason };
    const char *why        = arena_print(s->arena, "a payment came back: %s", back->reason);
    struct fact_order hold = { .kind        = FACT_PAYEE_HOLD,
                               .subject     = a ? a->rp : g.pp,
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
    rows_back(&g, back, row.event, s->today, &list);
    account_post(&v, &g, &list);
    return fact_assert(&v, &g, &hold, fail) && verb_close(&v, fail) && line_keep(s, back, fail);
}
