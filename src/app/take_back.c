/* take_back.c: undoing a receipt, use by use. */
#include "app/take_back.h"

#include "app/spend.h"
#include "app/used.h"

struct taking {
    const struct verb *v;
    const struct group *g;
    int64_t receipt;
    struct uses uses;
    struct balances balances;
    struct entry_list *list;
    money back; /* what is in the credit again */
};

static struct entry_about about_of(const struct taking *t, int64_t arrangement, int64_t instalment)
{
    return (struct entry_about){ .arrangement = arrangement,
                                 .day         = t->v->today,
                                 .known       = t->v->today,
                                 .instalment  = instalment,
                                 .receipt     = t->receipt };
}

/* The uses of a kind for an arrangement, undone; returns what they came to. */
static money undo_kind(struct taking *t, int64_t arrangement, enum item_kind kind)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < t->uses.n; i++) {
        const struct use *u = &t->uses.at[i];
        if (u->receipt != t->receipt || u->arrangement != arrangement || u->kind != kind ||
            u->ahead)
            continue;
        entry_unallocate(t->list, spend_parts(kind, u->amount),
                         about_of(t, arrangement, u->instalment));
        sum = money_add(sum, u->amount);
    }
    t->back = money_add(t->back, sum);
    return sum;
}

/* What was kept of the receipt for payments to come, used or not. */
static money undo_ahead(struct taking *t, int64_t arrangement)
{
    struct lots lots = lots_find(t->g, ACCOUNT_PP_AHEAD, arrangement, t->v->arena);
    money sum        = MONEY_NONE;

    for (size_t i = 0; i < t->uses.n; i++) {
        const struct use *u = &t->uses.at[i];
        if (u->receipt != t->receipt || u->arrangement != arrangement || !u->ahead) continue;
        entry_add(t->list, REASON_AHEAD_RETURNED, u->amount,
                  about_of(t, arrangement, u->instalment));
        entry_add(t->list, REASON_AHEAD_RETURNED_DUE, u->amount,
                  about_of(t, arrangement, u->instalment));
        sum = money_add(sum, u->amount);
    }
    for (size_t i = 0; i < lots.n; i++)
        if (lots.at[i].receipt == t->receipt) sum = money_add(sum, lots.at[i].left);
    entry_add(t->list, REASON_AHEAD_BACK, sum, about_of(t, arrangement, 0));
    entry_add(t->list, REASON_AHEAD_BACK_HELD, sum, about_of(t, arrangement, 0));
    t->back = money_add(t->back, sum);
    return sum;
}

static money held_on(const struct taking *t, int64_t arrangement, enum account account)
{
    const struct balance *b = balance_find(&t->balances, arrangement);
    return b ? b->account[account] : MONEY_NONE;
}

static void undo_arrangement(struct taking *t, int64_t arrangement)
{
    struct entry_about about = about_of(t, arrangement, 0);
    money fee                = used_receiver_fee(t->g, t->receipt, arrangement);
    money used               = undo_kind(t, arrangement, ITEM_MAINTENANCE);

    used = money_add(used, undo_ahead(t, arrangement));
    undo_kind(t, arrangement, ITEM_FEE);
    if (used.p)
        entry_receiver_back(t->list, held_on(t, arrangement, ACCOUNT_RP_PAYABLE), used,
                            money_min(fee, used), about);
    money legacy = undo_kind(t, arrangement, ITEM_LEGACY);
    money held   = held_on(t, arrangement, ACCOUNT_LEGACY_PAYABLE);
    entry_add(t->list, REASON_LEGACY_ADVANCE,
              money_subtract(money_max(money_subtract(legacy, held), MONEY_NONE),
                             money_max(money_negate(held), MONEY_NONE)),
              about);
    undo_kind(t, arrangement, ITEM_LEGACY_STATE);
}

/* What was to be sent back out of the receipt and has not left yet. */
static void undo_refunds(struct taking *t)
{
    struct refunds r = refunds_find(t->g, t->v->arena);

    for (size_t i = 0; i < r.n; i++) {
        if (r.at[i].receipt != t->receipt) continue;
        entry_add(t->list, REASON_REFUND_WITHDRAWN, r.at[i].left,
                  about_of(t, r.at[i].arrangement, 0));
        t->back = money_add(t->back, r.at[i].left);
    }
}

void receipt_take_back(const struct verb *v, const struct group *g, int64_t receipt, money amount,
                       struct entry_list *list)
{
    struct taking t = {
        .v        = v,
        .g        = g,
        .receipt  = receipt,
        .uses     = used_all(g, v->arena),
        .balances = balance_fold(g->entries, g->entry_count, v->today, v->today, v->arena),
        .list     = list,
    };
    struct lots lots = lots_find(g, ACCOUNT_PP_CREDIT, 0, v->arena);

    for (size_t i = 0; i < g->arrangement_count; i++)
        undo_arrangement(&t, g->arrangements[i].id);
    undo_kind(&t, 0, ITEM_ENFORCEMENT);
    undo_kind(&t, 0, ITEM_REPAY);
    undo_refunds(&t);
    for (size_t i = 0; i < lots.n; i++)
        if (lots.at[i].receipt == receipt) t.back = money_add(t.back, lots.at[i].left);
    entry_add(list, REASON_REFUND_RETURNED, money_max(money_subtract(amount, t.back), MONEY_NONE),
              (struct entry_about){
                  .day = v->today, .known = v->today, .instalment = v->seq, .receipt = receipt });
}
