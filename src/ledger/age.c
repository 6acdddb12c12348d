/* age.c: bands of age, inclusive at their upper end. */
#include "ledger/age.h"

static const struct {
    int32_t most;
    const char *words;
} bands[AGE_BANDS] = {
    [AGE_TO_30]    = { 30, "up to 30 days" },
    [AGE_TO_90]    = { 90, "31 to 90 days" },
    [AGE_TO_365]   = { 365, "91 to 365 days" },
    [AGE_OVER_365] = { INT32_MAX, "over 365 days" },
};

const char *age_words(enum age_band b)
{
    BUG_UNLESS(b < AGE_BANDS);
    return bands[b].words;
}

date age_from(const struct item *i)
{
    return i->cause == ITEM_BACKDATED ? i->notified : i->due;
}

enum age_band age_band_of(int32_t days)
{
    enum age_band b = AGE_TO_30;
    while (days > bands[b].most)
        b++;
    return b;
}

struct ages age_fold(const struct item *items, size_t n, date day)
{
    struct ages sum = { .oldest = DATE_OPEN };
    for (size_t i = 0; i < n; i++) {
        bool to_parent = items[i].kind == ITEM_MAINTENANCE || items[i].kind == ITEM_LEGACY;
        date from      = age_from(&items[i]);
        money open     = item_outstanding(&items[i]);
        if (!to_parent || !date_before(from, day) || money_is_zero(open)) continue;
        enum age_band b = age_band_of(date_days(from, day));
        sum.band[b]     = money_add(sum.band[b], open);
        sum.total       = money_add(sum.total, open);
        sum.oldest      = date_min(sum.oldest, from);
    }
    return sum;
}
