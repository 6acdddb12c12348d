/* receive_back.c: a payment comes back: the bank takes it from us again (B-221). */
#include "app/account.h"
#include "app/card.h"
#include "app/receive_work.h"
#include "app/return_shared.h"
#include "app/take_back.h"

static void return_rows(struct verb *v, struct group *g, int64_t original,
                        const struct feed_line *line)
{
    struct entry_list list   = { .arena = v->arena };
    struct entry_about about = { .day = line->booked, .known = v->today, .receipt = original };
    struct sql_receipt_insert_in in = {
        .bank_ref      = receipt_key(line, v->arena),
        .booked        = line->booked,
        .amount        = money_negate(line->amount),
        .payer_name    = line->payer_name,
        .payer_account = line->payer_account,
        .remittance    = line->remittance,
        .matched_by    = "returned",
        .returns       = original,
    };
    struct account_work work = { .pay_out = false };

    if (v->pp) {
        receipt_take_back(v, g, original, line->amount, &list);
        entry_return(&list, line->amount, about);
    } else
        entry_add(&list, REASON_RETURNED_UNMATCHED, line->amount, about);
    out_print(&v->about, "Payment returned unpaid by the %s: ", card_sender(line));
    out_money(&v->about, line->amount);
    receipt_row_add(v, &in);
    account_post(v, g, &list);
    if (v->pp) account_bring_up(v, g, &work);
}

void receipt_take_returned(struct chunk *c, struct family *f, int64_t receipt,
                           const struct feed_line *line)
{
    struct verb v;

    chunk_open(c, f, "returned",
               arena_print(c->setting.arena, "returned %s", receipt_key(line, c->setting.arena)),
               &v);
    return_rows(&v, &f->group, receipt, line);
    chunk_close(c, f, &v);
}

static const char *original_key(const struct setting *s, const struct feed_line *line)
{
    return arena_print(s->arena, "%s/%s", line->statement ? line->statement->account : "",
                       line->original);
}

/* The receipt that a returned line takes back, by the bank's reference of the payment: the family's
 * own copy where suspense was matched, else as recorded. */
static bool receipt_original(const struct setting *s, const struct feed_line *line,
                             struct sql_receipt_by_bank_ref_row *row, struct fail *fail)
{
    const char *key    = original_key(s, line);
    const char *keys[] = { arena_print(s->arena, "%s" FROM_SUSPENSE, key), key };
    bool found         = false;

    for (size_t i = 0; i < sizeof keys / sizeof *keys && !found; i++)
        if (!sql_receipt_by_bank_ref(s->store,
                                     &(struct sql_receipt_by_bank_ref_in){ .bank_ref = keys[i] },
                                     s->arena, row, &found, fail))
            return false;
    return found || REFUSE(fail, "original_missing",
                           "The %s took back a payment that was never recorded here (its "
                           "reference: %s). Record the payment first, or ask the %s.",
                           card_sender(line), line->original, card_sender(line));
}

/* Money that was shared out is no longer in suspense. */
static bool receipt_is_shared(const struct setting *s, int64_t receipt, bool *shared,
                              struct fail *fail)
{
    struct sql_receipt_split_row to;

    return sql_receipt_split(s->store,
                             &(struct sql_receipt_split_in){ .pp = SERVICE_PP, .receipt = receipt },
                             s->arena, &to, shared, fail);
}

bool receipt_debit(const struct setting *s, const struct feed_line *line, struct receipt_result *r,
                   struct fail *fail)
{
    struct sql_receipt_by_bank_ref_row original;
    struct sql_receipt_list_row *rows;
    size_t n;
    struct verb v;
    struct group g;
    bool done, shared = false;
    char was[MONEY_TEXT], is[MONEY_TEXT];

    if (!receipt_original(s, line, &original, fail)) return false;
    r->pp      = original.pp;
    r->what    = RECEIVED_RETURNED;
    r->receipt = original.id;
    if (!verb_open(s, r->pp, "returned",
                   arena_print(s->arena, "returned %s", receipt_key(line, s->arena)), &v, &done,
                   fail) ||
        !group_load(v.store, v.arena, v.pp, v.seq, &g, fail) ||
        !sql_receipt_list(s->store, &(struct sql_receipt_list_in){ .pp = r->pp, .known = v.seq },
                          s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].returns == original.id)
            return REFUSE(fail, "returned_before", "The %s took that payment back before.",
                          card_sender(line));
    if (r->pp == SERVICE_PP && !receipt_is_shared(s, original.id, &shared, fail)) return false;
    if (original.amount.p != line->amount.p)
        return REFUSE(fail, "amount_differs",
                      "The %s took back %s of a payment of %s. A payment is taken back whole or "
                      "not at all: ask the %s to give back all of it and to take the rest anew.",
                      card_sender(line), money_pounds(line->amount, is),
                      money_pounds(original.amount, was), card_sender(line));
    if (shared)
        return receipt_return_shared(s,
                                     &(struct shared_return){ original.id, original.amount,
                                                              original_key(s, line),
                                                              receipt_key(line, s->arena), line },
                                     fail);
    return_rows(&v, &g, original.id, line);
    return verb_close(&v, fail);
}
