/* fence.c: purposes as a table: which kinds of debt each is for; none is for enforcement fees
 * (B-229). */
#include "ledger/fence.h"

#include "base/bug.h"

#include <string.h>

/* clang-format off */
static const struct {
    const char *name, *words;
    bool of[ITEM_KINDS];
} purposes[FENCE_PURPOSES] = {
    [FENCE_NONE] = { "none", "nothing in particular", { false } },
    [FENCE_BENEFIT_ARREARS] = { "benefit_arrears", "a deduction from a benefit for arrears",
        { [ITEM_MAINTENANCE] = true, [ITEM_FEE] = true } },
    [FENCE_LUMP_SUM] = { "lump_sum", "a lump sum deduction order",
        { [ITEM_MAINTENANCE] = true } },
    [FENCE_LIABILITY_ORDER] = { "liability_order", "a liability order",
        { [ITEM_MAINTENANCE] = true, [ITEM_LEGACY] = true } },
    [FENCE_ESTATE] = { "estate", "an estate",
        { [ITEM_MAINTENANCE] = true, [ITEM_LEGACY] = true, [ITEM_LEGACY_STATE] = true } },
    [FENCE_SALE] = { "sale", "a sale of goods or of a home",
        { [ITEM_MAINTENANCE] = true, [ITEM_LEGACY] = true } },
    [FENCE_CSA_ORDER] = { "csa_order", "an order for arrears of the earlier schemes",
        { [ITEM_LEGACY] = true, [ITEM_LEGACY_STATE] = true } },
};
/* clang-format on */

const char *fence_name(enum fence_purpose p)
{
    BUG_UNLESS(p < FENCE_PURPOSES);
    return purposes[p].name;
}

const char *fence_words(enum fence_purpose p)
{
    BUG_UNLESS(p < FENCE_PURPOSES);
    return purposes[p].words;
}

bool fence_find(const char *name, enum fence_purpose *result)
{
    for (enum fence_purpose p = 0; p < FENCE_PURPOSES; p++)
        if (!strcmp(purposes[p].name, name)) {
            *result = p;
            return true;
        }
    return false;
}

bool fence_holds(const struct fence *f, const struct item *i, date day)
{
    BUG_UNLESS(f->purpose < FENCE_PURPOSES && i->kind < ITEM_KINDS);
    return purposes[f->purpose].of[i->kind] && !date_before(day, i->due) &&
           !date_before(i->due, f->from) && date_before(i->due, f->until) &&
           (f->arrangement == 0 || f->arrangement == i->arrangement);
}
