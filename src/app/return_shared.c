/* return_shared.c: each share is undone in its family, then the whole leaves. */
#include "app/return_shared.h"

#include "app/account.h"
#include "app/take_back.h"

enum { SHARES_MOST = 1000000 };

/* A share: its receipt, and the number in its name. */
struct share {
    struct sql_receipt_by_bank_ref_row row;
    size_t number;
};
struct shares {
    struct share *at;
    size_t n;
};

/* The receipts that the payment was shared into.  Their numbers go up, with gaps; together they are
 * the whole. */
static bool shares_find(const struct setting *s, const struct shared_return *b, struct shares *all,
                        struct fail *fail)
{
    money left  = b->amount;
    size_t room = 0;

    *all = (struct shares){ 0 };
    for (size_t i = 1; left.p > 0 && i <= SHARES_MOST; i++) {
        struct sql_receipt_by_bank_ref_in in = { .bank_ref = arena_print(s->arena, "%s (share %zu)",
                                                                         b->original_key, i) };
        struct share share                   = { .number = i };
        bool found;
        if (!sql_receipt_by_bank_ref(s->store, &in, s->arena, &share.row, &found, fail))
            return false;
        if (!found) continue;
        if (all->n == room) {
            size_t more = room ? room * 2 : 8;
            all->at     = arena_grow(s->arena, all->at, room * sizeof share, more * sizeof share);
            room        = more;
        }
        all->at[all->n++] = share;
        left              = money_subtract(left, share.row.amount);
    }
    return left.p == 0 || REFUSE(fail, "shares_missing",
                                 "The parts into which that payment was shared do not add up to "
                                 "it; a person has to look.");
}

static bool back_open(const struct setting *s, const struct shared_return *b, int64_t pp,
                      struct verb *v, struct fail *fail)
{
    bool done;
    return verb_open(s, pp, "returned", arena_print(s->arena, "returned %s", b->key), v, &done,
                     fail);
}

static void row_add(struct verb *v, const struct shared_return *b, struct sql_receipt_insert_in in)
{
    in.pp            = v->pp;
    in.id            = verb_number(v, DRAFT_RECEIPT);
    in.event         = v->seq;
    in.booked        = b->line->booked;
    in.payer_name    = b->line->payer_name;
    in.payer_account = b->line->payer_account;
    in.remittance    = b->line->remittance;
    in.matched_by    = "returned";
    verb_add(v, DRAFT_RECEIPT, &in);
    out_text(&v->about, "Payment returned unpaid by the bank: ");
    out_money(&v->about, money_negate(in.amount));
}

static bool share_back(const struct setting *s, const struct shared_return *b,
                       const struct share *share, struct fail *fail)
{
    struct verb v;
    struct group g;
    struct entry_list list   = { .arena = s->arena };
    struct account_work work = { .pay_out = false };

    if (!back_open(s, b, share->row.pp, &v, fail) ||
        !group_load(v.store, v.arena, v.pp, v.seq, &g, fail))
        return false;
    receipt_take_back(&v, &g, share->row.id, share->row.amount, &list);
    entry_add(&list, REASON_SHARE_RETURNED, share->row.amount,
              (struct entry_about){
                  .day = b->line->booked, .known = s->today, .receipt = share->row.id });
    row_add(&v, b,
            (struct sql_receipt_insert_in){
                .bank_ref = arena_print(s->arena, "%s (share %zu)", b->key, share->number),
                .amount   = money_negate(share->row.amount),
                .origin   = b->receipt,
                .returns  = share->row.id });
    account_post(&v, &g, &list);
    account_bring_up(&v, &g, &work);
    return verb_close(&v, fail);
}

static bool whole_back(const struct setting *s, const struct shared_return *b, struct fail *fail)
{
    struct verb v;
    struct group g;
    struct entry_list list   = { .arena = s->arena };
    struct entry_about about = { .day = b->line->booked, .known = s->today, .receipt = b->receipt };

    if (!back_open(s, b, SERVICE_PP, &v, fail) ||
        !group_load(v.store, v.arena, v.pp, v.seq, &g, fail))
        return false;
    entry_add(&list, REASON_PASS_RETURNED, b->amount, about);
    entry_add(&list, REASON_RETURNED_UNMATCHED, b->amount, about);
    row_add(&v, b,
            (struct sql_receipt_insert_in){
                .bank_ref = b->key, .amount = money_negate(b->amount), .returns = b->receipt });
    account_post(&v, &g, &list);
    return verb_close(&v, fail);
}

bool receipt_return_shared(const struct setting *s, const struct shared_return *b,
                           struct fail *fail)
{
    struct shares all;
    struct verb v;

    if (!shares_find(s, b, &all, fail)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (!back_open(s, b, all.at[i].row.pp, &v, fail)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (!share_back(s, b, &all.at[i], fail)) return false;
    return whole_back(s, b, fail);
}
