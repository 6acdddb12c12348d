/* outstanding.c: rows sorted by what they are about, then summed by what they do to it. */
#include "ledger/outstanding.h"

#include <stdlib.h>

enum effect {
    EFFECT_NONE,
    EFFECT_CHARGE,
    EFFECT_BACKDATED,
    EFFECT_OFF,
    EFFECT_OFF_UNDONE,
    EFFECT_PAID,
    EFFECT_UNPAID
};

/* What a row does to an item, and of which kind.  Reasons not named touch no debt. */
static const struct {
    enum effect effect;
    enum item_kind kind;
} effects[REASON_COUNT] = {
    [REASON_CHARGE]                        = { EFFECT_CHARGE, ITEM_MAINTENANCE },
    [REASON_OPENING]                       = { EFFECT_BACKDATED, ITEM_MAINTENANCE },
    [REASON_TAKEN_OVER]                    = { EFFECT_BACKDATED, ITEM_MAINTENANCE },
    [REASON_TAKEN_BACK]                    = { EFFECT_OFF, ITEM_MAINTENANCE },
    [REASON_INCREASE]                      = { EFFECT_BACKDATED, ITEM_MAINTENANCE },
    [REASON_DECREASE]                      = { EFFECT_OFF, ITEM_MAINTENANCE },
    [REASON_WRITE_OFF]                     = { EFFECT_OFF, ITEM_MAINTENANCE },
    [REASON_WRITE_OFF_REVERSED]            = { EFFECT_OFF_UNDONE, ITEM_MAINTENANCE },
    [REASON_PAID]                          = { EFFECT_PAID, ITEM_MAINTENANCE },
    [REASON_PAID_DIRECT]                   = { EFFECT_PAID, ITEM_MAINTENANCE },
    [REASON_SET_OFF]                       = { EFFECT_PAID, ITEM_MAINTENANCE },
    [REASON_PAID_RETURNED]                 = { EFFECT_UNPAID, ITEM_MAINTENANCE },
    [REASON_RELEASE]                       = { EFFECT_UNPAID, ITEM_MAINTENANCE },
    [REASON_FEE]                           = { EFFECT_CHARGE, ITEM_FEE },
    [REASON_FEE_INCREASE]                  = { EFFECT_BACKDATED, ITEM_FEE },
    [REASON_FEE_DECREASE]                  = { EFFECT_OFF, ITEM_FEE },
    [REASON_FEE_WAIVED]                    = { EFFECT_OFF, ITEM_FEE },
    [REASON_FEE_PAID]                      = { EFFECT_PAID, ITEM_FEE },
    [REASON_FEE_PAID_RETURNED]             = { EFFECT_UNPAID, ITEM_FEE },
    [REASON_FEE_RELEASE]                   = { EFFECT_UNPAID, ITEM_FEE },
    [REASON_ENFORCEMENT_FEE]               = { EFFECT_CHARGE, ITEM_ENFORCEMENT },
    [REASON_ENFORCEMENT_FEE_WAIVED]        = { EFFECT_OFF, ITEM_ENFORCEMENT },
    [REASON_ENFORCEMENT_FEE_PAID]          = { EFFECT_PAID, ITEM_ENFORCEMENT },
    [REASON_ENFORCEMENT_FEE_PAID_RETURNED] = { EFFECT_UNPAID, ITEM_ENFORCEMENT },
    [REASON_ENFORCEMENT_FEE_RELEASE]       = { EFFECT_UNPAID, ITEM_ENFORCEMENT },
    [REASON_LEGACY_OPENING]                = { EFFECT_BACKDATED, ITEM_LEGACY },
    [REASON_LEGACY_STATE_OPENING]          = { EFFECT_BACKDATED, ITEM_LEGACY_STATE },
    [REASON_LEGACY_PAID]                   = { EFFECT_PAID, ITEM_LEGACY },
    [REASON_LEGACY_STATE_PAID]             = { EFFECT_PAID, ITEM_LEGACY_STATE },
    [REASON_LEGACY_PAID_RETURNED]          = { EFFECT_UNPAID, ITEM_LEGACY },
    [REASON_LEGACY_STATE_PAID_RETURNED]    = { EFFECT_UNPAID, ITEM_LEGACY_STATE },
    [REASON_WAIVED_CLOSURE]                = { EFFECT_OFF, ITEM_ENFORCEMENT },
    [REASON_WAIVED_SEVERAL]                = { EFFECT_OFF, ITEM_ENFORCEMENT },
    [REASON_WAIVED_AGAIN]                  = { EFFECT_OFF, ITEM_ENFORCEMENT },
    [REASON_WAIVED_FAILED]                 = { EFFECT_OFF, ITEM_ENFORCEMENT },
    [REASON_WAIVED_FORCES]                 = { EFFECT_OFF, ITEM_ENFORCEMENT },
    [REASON_WAIVED_OTHER]                  = { EFFECT_OFF, ITEM_ENFORCEMENT },
    [REASON_VOLUNTARY]                     = { EFFECT_PAID, ITEM_MAINTENANCE },
    [REASON_PAID_FOR_HOME]                 = { EFFECT_PAID, ITEM_MAINTENANCE },
    [REASON_SET_OFF_OWED]                  = { EFFECT_PAID, ITEM_MAINTENANCE },
    [REASON_AHEAD_OVERPAID]                = { EFFECT_UNPAID, ITEM_MAINTENANCE },
    [REASON_AHEAD_USED]                    = { EFFECT_PAID, ITEM_MAINTENANCE },
    [REASON_AHEAD_RETURNED]                = { EFFECT_UNPAID, ITEM_MAINTENANCE },
    [REASON_SET_OFF_ENDED]                 = { EFFECT_BACKDATED, ITEM_MAINTENANCE },
    [REASON_REFUND_RETURNED]               = { EFFECT_BACKDATED, ITEM_REPAY },
    [REASON_REPAID]                        = { EFFECT_PAID, ITEM_REPAY },
    [REASON_REPAID_RETURNED]               = { EFFECT_UNPAID, ITEM_REPAY },
};

/* A row that touches a debt, with its place among the rows. */
struct touch {
    const struct entry *entry;
    size_t index;
};

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* By what they are about: arrangement, instalment, kind. */
static int compare_subject(const struct entry *a, const struct entry *b)
{
    int c = compare(a->about.arrangement, b->about.arrangement);
    if (!c) c = compare(a->about.instalment, b->about.instalment);
    return c ? c : compare((int64_t)effects[a->reason].kind, (int64_t)effects[b->reason].kind);
}

static int compare_touches(const void *a, const void *b)
{
    const struct touch *x = a, *y = b;
    int c = compare_subject(x->entry, y->entry);
    return c ? c : compare((int64_t)x->index, (int64_t)y->index);
}

/* A new item for a row that adds to what is due, or for a payment of something never charged. */
static void add_item(struct outstanding *o, const struct entry *e, money charged)
{
    bool backdated = effects[e->reason].effect != EFFECT_CHARGE;
    date due       = backdated ? e->about.known : e->about.day;
    o->at[o->n++]  = (struct item){ .arrangement = e->about.arrangement,
                                    .instalment  = e->about.instalment,
                                    .kind        = effects[e->reason].kind,
                                    .cause       = backdated ? ITEM_BACKDATED : ITEM_INSTALMENT,
                                    .due         = due,
                                    .notified    = due,
                                    .charged     = charged };
}

/* Takes `off` off the items [first, o->n) as they are by now, the latest first, so that what a
 * later decision adds again is an item of its own.  Returns what is more than all of them. */
static money take_off(struct outstanding *o, size_t first, money off)
{
    for (size_t i = o->n; i > first; i--) {
        struct item *t = &o->at[i - 1];
        money x        = money_min(off, money_add(t->charged, t->adjusted));
        t->adjusted    = money_subtract(t->adjusted, x);
        off            = money_subtract(off, x);
    }
    return off;
}

/* Puts back what was taken off, the earliest first.  Returns what was never taken off. */
static money put_back(struct outstanding *o, size_t first, money back)
{
    for (size_t i = first; i < o->n; i++) {
        struct item *t = &o->at[i];
        money x        = money_min(back, money_negate(t->adjusted));
        t->adjusted    = money_add(t->adjusted, x);
        back           = money_subtract(back, x);
    }
    return back;
}

/* Spreads what was paid over the items [first, o->n) of one subject. */
static void pay_subject(struct outstanding *o, size_t first, money paid)
{
    for (size_t i = first; i < o->n; i++) {
        struct item *t = &o->at[i];
        t->paid        = money_min(paid, money_max(money_add(t->charged, t->adjusted), MONEY_NONE));
        paid           = money_subtract(paid, t->paid);
    }
    o->at[first].paid = money_add(o->at[first].paid, paid);
}

/* Folds the rows at [i, end), which are about one subject, in the order they were written. */
static void fold_subject(struct outstanding *o, const struct touch *rows, size_t i, size_t end)
{
    size_t first = o->n;
    money off = MONEY_NONE, paid = MONEY_NONE; /* off: not yet taken off anything */
    for (size_t k = i; k < end; k++) {
        const struct entry *e = rows[k].entry;
        switch (effects[e->reason].effect) {
        case EFFECT_CHARGE:
        case EFFECT_BACKDATED: add_item(o, e, e->amount); break;
        case EFFECT_OFF: off = money_add(off, e->amount); break;
        case EFFECT_OFF_UNDONE: off = money_subtract(off, put_back(o, first, e->amount)); break;
        case EFFECT_PAID: paid = money_add(paid, e->amount); break;
        default: paid = money_subtract(paid, e->amount); break;
        }
        if (off.p > 0) off = take_off(o, first, off);
    }
    if (o->n == first) add_item(o, rows[i].entry, MONEY_NONE);
    o->at[first].adjusted = money_subtract(o->at[first].adjusted, off);
    pay_subject(o, first, paid);
}

struct outstanding outstanding_fold(const struct entry *entries, size_t n, date as_at,
                                    date known_on, struct arena *a)
{
    struct outstanding o = { .at = ARENA_MANY(a, struct item, n + 1) };
    struct touch *rows   = ARENA_MANY(a, struct touch, n + 1);
    size_t count         = 0;

    for (size_t i = 0; i < n; i++) {
        const struct entry *e = &entries[i];
        if (date_before(as_at, e->about.day) || date_before(known_on, e->about.known)) continue;
        if (effects[e->reason].effect != EFFECT_NONE) rows[count++] = (struct touch){ e, i };
    }
    qsort(rows, count, sizeof *rows, compare_touches);
    for (size_t i = 0, end; i < count; i = end) {
        end = i + 1;
        while (end < count && !compare_subject(rows[i].entry, rows[end].entry))
            end++;
        fold_subject(&o, rows, i, end);
    }
    return o;
}
