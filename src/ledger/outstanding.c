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

/* A row that touches a debt, and what it is about. */
struct touch {
    const struct entry *entry;
    int64_t arrangement, instalment;
    enum item_kind kind;
};
struct touches {
    struct touch *at, *spare;
    size_t n;
};

static bool is_same_subject(const struct touch *a, const struct touch *b)
{
    return a->arrangement == b->arrangement && a->instalment == b->instalment && a->kind == b->kind;
}

/* By what they are about: arrangement, instalment, kind. */
static bool is_before(const struct touch *a, const struct touch *b)
{
    if (a->arrangement != b->arrangement) return a->arrangement < b->arrangement;
    if (a->instalment != b->instalment) return a->instalment < b->instalment;
    return a->kind < b->kind;
}

/* Rows of one subject stay in the order they were written.  Shorter runs are sorted by insertion,
 * then merged two by two; here because this is where a day's run spends its time, and the
 * library's qsort calls a function for each comparison. */
enum { RUN = 8 };

static void touches_sort_runs(struct touches *t)
{
    for (size_t from = 0; from < t->n; from += RUN)
        for (size_t i = from + 1; i < t->n && i < from + RUN; i++) {
            struct touch x = t->at[i];
            size_t k       = i;
            for (; k > from && is_before(&x, &t->at[k - 1]); k--)
                t->at[k] = t->at[k - 1];
            t->at[k] = x;
        }
}

static void touches_merge(struct touches *t, size_t from, size_t middle, size_t to)
{
    size_t i = from, k = middle;

    for (size_t n = from; n < to; n++)
        t->spare[n] =
            k == to || (i < middle && !is_before(&t->at[k], &t->at[i])) ? t->at[i++] : t->at[k++];
}

static void touches_sort(struct touches *t)
{
    touches_sort_runs(t);
    for (size_t run = RUN; run < t->n; run *= 2) {
        for (size_t from = 0; from < t->n; from += 2 * run) {
            size_t middle = from + run < t->n ? from + run : t->n;
            touches_merge(t, from, middle, middle + run < t->n ? middle + run : t->n);
        }
        struct touch *sorted = t->spare;
        t->spare             = t->at;
        t->at                = sorted;
    }
}

/* The rows there were on a day and as known on a day that touch a debt. */
static struct touches touches_find(const struct entry *entries, size_t n, date as_at, date known_on,
                                   struct arena *a)
{
    struct touches t = { 0 };

    for (size_t i = 0; i < n; i++)
        t.n += effects[entries[i].reason].effect != EFFECT_NONE;
    t.at    = ARENA_MANY(a, struct touch, t.n);
    t.spare = ARENA_MANY(a, struct touch, t.n);
    t.n     = 0;
    for (size_t i = 0; i < n; i++) {
        const struct entry *e = &entries[i];
        if (effects[e->reason].effect == EFFECT_NONE || date_before(as_at, e->about.day) ||
            date_before(known_on, e->about.known))
            continue;
        t.at[t.n++] =
            (struct touch){ e, e->about.arrangement, e->about.instalment, effects[e->reason].kind };
    }
    return t;
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
    struct touches rows  = touches_find(entries, n, as_at, known_on, a);
    struct outstanding o = { .at = ARENA_MANY(a, struct item, rows.n + 1) };

    touches_sort(&rows);
    for (size_t i = 0, end; i < rows.n; i = end) {
        end = i + 1;
        while (end < rows.n && is_same_subject(&rows.at[i], &rows.at[end]))
            end++;
        fold_subject(&o, rows.at, i, end);
    }
    return o;
}

bool outstanding_touches(const struct entry *entry, enum item_kind *kind, bool *is_payment)
{
    enum effect effect = effects[entry->reason].effect;

    *kind       = effects[entry->reason].kind;
    *is_payment = effect == EFFECT_PAID || effect == EFFECT_UNPAID;
    return effect != EFFECT_NONE;
}
