/* used.c: folding ledger rows by receipt. */
#include "app/used.h"

struct entry_parts used_parts(const struct group *g, int64_t receipt, int64_t instalment)
{
    struct entry_parts p = { 0 };

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->about.receipt != receipt || e->about.instalment != instalment) continue;
        switch (e->reason) {
        case REASON_PAID: p.maintenance = money_add(p.maintenance, e->amount); break;
        case REASON_PAID_RETURNED:
        case REASON_RELEASE: p.maintenance = money_subtract(p.maintenance, e->amount); break;
        case REASON_FEE_PAID: p.fee = money_add(p.fee, e->amount); break;
        case REASON_FEE_PAID_RETURNED:
        case REASON_FEE_RELEASE: p.fee = money_subtract(p.fee, e->amount); break;
        default: break;
        }
    }
    return p;
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

int64_t used_newest(const struct group *g, int64_t instalment, enum item_kind kind, int64_t before)
{
    enum reason wanted = kind == ITEM_FEE ? REASON_FEE_PAID : REASON_PAID;
    int64_t newest     = 0;

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->about.instalment == instalment && e->reason == wanted && e->about.receipt < before &&
            e->about.receipt > newest)
            newest = e->about.receipt;
    }
    return newest;
}
