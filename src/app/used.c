/* used.c: folding ledger rows by receipt. */
#include "app/used.h"

#include <stdlib.h>

enum sign { NEITHER, ADDS, TAKES };

/* What a row does to the use of a receipt; reasons not named do nothing to it. */
static const struct {
    enum sign sign;
    enum item_kind kind;
    bool ahead;
} effects[REASON_COUNT] = {
    [REASON_PAID]                          = { ADDS, ITEM_MAINTENANCE, false },
    [REASON_PAID_RETURNED]                 = { TAKES, ITEM_MAINTENANCE, false },
    [REASON_RELEASE]                       = { TAKES, ITEM_MAINTENANCE, false },
    [REASON_FEE_PAID]                      = { ADDS, ITEM_FEE, false },
    [REASON_FEE_PAID_RETURNED]             = { TAKES, ITEM_FEE, false },
    [REASON_FEE_RELEASE]                   = { TAKES, ITEM_FEE, false },
    [REASON_ENFORCEMENT_FEE_PAID]          = { ADDS, ITEM_ENFORCEMENT, false },
    [REASON_ENFORCEMENT_FEE_PAID_RETURNED] = { TAKES, ITEM_ENFORCEMENT, false },
    [REASON_ENFORCEMENT_FEE_RELEASE]       = { TAKES, ITEM_ENFORCEMENT, false },
    [REASON_LEGACY_PAID]                   = { ADDS, ITEM_LEGACY, false },
    [REASON_LEGACY_PAID_RETURNED]          = { TAKES, ITEM_LEGACY, false },
    [REASON_LEGACY_STATE_PAID]             = { ADDS, ITEM_LEGACY_STATE, false },
    [REASON_LEGACY_STATE_PAID_RETURNED]    = { TAKES, ITEM_LEGACY_STATE, false },
    [REASON_REPAID]                        = { ADDS, ITEM_REPAY, false },
    [REASON_REPAID_RETURNED]               = { TAKES, ITEM_REPAY, false },
    [REASON_AHEAD_USED]                    = { ADDS, ITEM_MAINTENANCE, true },
    [REASON_AHEAD_RETURNED]                = { TAKES, ITEM_MAINTENANCE, true },
    [REASON_VOLUNTARY]                     = { ADDS, ITEM_MAINTENANCE, true },
    [REASON_PAID_FOR_HOME]                 = { ADDS, ITEM_MAINTENANCE, true },
    [REASON_PAID_DIRECT]                   = { ADDS, ITEM_MAINTENANCE, true },
    [REASON_SET_OFF]                       = { ADDS, ITEM_MAINTENANCE, true },
    [REASON_SET_OFF_OWED]                  = { ADDS, ITEM_MAINTENANCE, true },
    [REASON_AHEAD_OVERPAID]                = { TAKES, ITEM_MAINTENANCE, true },
};

static struct use *use_of(struct uses *u, const struct entry *e)
{
    for (size_t i = 0; i < u->n; i++) {
        struct use *x = &u->at[i];
        if (x->receipt == e->about.receipt && x->instalment == e->about.instalment &&
            x->arrangement == e->about.arrangement && x->kind == effects[e->reason].kind &&
            x->ahead == effects[e->reason].ahead)
            return x;
    }
    u->at[u->n] = (struct use){ .arrangement = e->about.arrangement,
                                .instalment  = e->about.instalment,
                                .receipt     = e->about.receipt,
                                .kind        = effects[e->reason].kind,
                                .ahead       = effects[e->reason].ahead };
    return &u->at[u->n++];
}

/* The newest receipt first; of one receipt as they were first used. */
static int compare_uses(const void *left, const void *right)
{
    const struct use *a = left, *b = right;
    if (a->receipt != b->receipt) return a->receipt < b->receipt ? 1 : -1;
    if (a->arrangement != b->arrangement) return a->arrangement < b->arrangement ? -1 : 1;
    if (a->instalment != b->instalment) return a->instalment < b->instalment ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

struct uses used_all(const struct group *g, struct arena *arena)
{
    struct uses u = { .at = ARENA_MANY(arena, struct use, g->entry_count + 1) };
    size_t kept   = 0;

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (effects[e->reason].sign == NEITHER) continue;
        struct use *x = use_of(&u, e);
        x->amount     = effects[e->reason].sign == ADDS ? money_add(x->amount, e->amount)
                                                        : money_subtract(x->amount, e->amount);
    }
    for (size_t i = 0; i < u.n; i++)
        if (u.at[i].amount.p > 0) u.at[kept++] = u.at[i];
    u.n = kept;
    qsort(u.at, u.n, sizeof *u.at, compare_uses);
    return u;
}

money used_receiver_fee(const struct group *g, int64_t receipt, int64_t arrangement)
{
    money fee = MONEY_NONE;

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->about.receipt != receipt || e->about.arrangement != arrangement) continue;
        if (e->reason == REASON_RECEIVER_FEE) fee = money_add(fee, e->amount);
        if (e->reason == REASON_RECEIVER_FEE_BACK) fee = money_subtract(fee, e->amount);
    }
    return fee;
}

/* --- lots --- */

static struct lot *lot_of(struct lots *l, int64_t receipt)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->at[i].receipt == receipt) return &l->at[i];
    l->at[l->n] = (struct lot){ .receipt = receipt };
    return &l->at[l->n++];
}

struct lots lots_find(const struct group *g, enum account account, int64_t arrangement,
                      struct arena *arena)
{
    struct lots l = { .at = ARENA_MANY(arena, struct lot, g->entry_count + 1) };

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if ((e->credit != account && e->debit != account) ||
            (arrangement && e->about.arrangement != arrangement))
            continue;
        struct lot *lot = lot_of(&l, e->about.receipt);
        lot->left       = e->credit == account ? money_add(lot->left, e->amount)
                                               : money_subtract(lot->left, e->amount);
    }
    return l;
}

money lots_total(const struct lots *l)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < l->n; i++)
        sum = money_add(sum, money_max(l->at[i].left, MONEY_NONE));
    return sum;
}

money lot_take(struct lot *lot, money most)
{
    money part = money_min(most, money_max(lot->left, MONEY_NONE));

    lot->left = money_subtract(lot->left, part);
    return part;
}

/* --- refunds --- */

static struct refund *refund_of(struct refunds *r, const struct entry *e)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->at[i].receipt == e->about.receipt && r->at[i].arrangement == e->about.arrangement)
            return &r->at[i];
    r->at[r->n] =
        (struct refund){ .arrangement = e->about.arrangement, .receipt = e->about.receipt };
    return &r->at[r->n++];
}

struct refunds refunds_find(const struct group *g, struct arena *arena)
{
    struct refunds r = { 0 };
    size_t kept      = 0;

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->credit != ACCOUNT_PP_PAYABLE && e->debit != ACCOUNT_PP_PAYABLE) continue;
        if (!r.at) r.at = ARENA_MANY(arena, struct refund, g->entry_count);
        struct refund *x = refund_of(&r, e);
        x->left          = e->credit == ACCOUNT_PP_PAYABLE ? money_add(x->left, e->amount)
                                                           : money_subtract(x->left, e->amount);
    }
    for (size_t i = 0; i < r.n; i++)
        if (r.at[i].left.p > 0) r.at[kept++] = r.at[i];
    r.n = kept;
    return r;
}
