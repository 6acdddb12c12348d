/* ruling_direct.c: payments that did not pass through the service: voluntary payments (B-241) and
 * payments for the receiving parent's home (B-243). */
#include "app/ruling_work.h"

#include "app/used.h"
#include "base/bug.h"
#include "flow/direct_kind.h"

#include <stdlib.h>
#include <string.h>

static bool basis_is(const struct ruling_order *o, const char *basis)
{
    return o->basis && !strcmp(o->basis, basis);
}

/* The day the paying parent was first told an amount for an arrangement: when the maintenance that
 * was already owed was brought onto the account; DATE_OPEN if there was none. */
static date first_told(const struct ruling_work *w)
{
    date told = DATE_OPEN;

    for (size_t i = 0; i < w->g.entry_count; i++) {
        const struct entry *e = &w->g.entries[i];
        if (e->reason == REASON_OPENING && e->about.arrangement == w->order->arrangement)
            told = date_min(told, e->about.known);
    }
    return told;
}

/* Whether an instalment is of the first arrears: asked for on the day the amount was told. */
static bool is_first(const struct ruling_work *w, int64_t instalment, date told)
{
    for (size_t i = 0; i < w->g.entry_count; i++) {
        const struct entry *e = &w->g.entries[i];
        if (e->reason == REASON_OPENING && e->about.instalment == instalment &&
            e->about.arrangement == w->order->arrangement && date_same(e->about.known, told))
            return true;
    }
    return false;
}

static bool payment_check(const struct ruling_work *w, struct fail *fail)
{
    const struct ruling_order *o = w->order;

    if (o->amount.p <= 0) return REFUSE(fail, "amount_missing", "Say how much was paid.");
    if (date_before(o->day, group_arrangement(&w->g, o->arrangement)->effective_from))
        return REFUSE(fail, "before_effective",
                      "It was paid before the maintenance began, so it cannot count.");
    return true;
}

static bool voluntary_check(const struct ruling_work *w, date told, struct fail *fail)
{
    const struct ruling_order *o = w->order;
    const struct direct_kind *k  = o->word ? direct_kind_find(o->word) : NULL;

    if (!payment_check(w, fail)) return false;
    if (!k || !k->voluntary)
        return REFUSE(fail, "payment_kind_unknown",
                      "A payment of that kind is not accepted as a voluntary payment.");
    if (!basis_is(o, "agreed") && !basis_is(o, "proved"))
        return REFUSE(fail, "basis_missing",
                      "It counts only if the receiving parent agrees or it is proved; ask for one "
                      "of them.");
    if (date_same(told, DATE_OPEN))
        return REFUSE(fail, "no_first_arrears",
                      "There were no arrears when the amount was told; a voluntary payment comes "
                      "off those only.");
    if (!date_before(o->day, told))
        return REFUSE(fail, "after_told",
                      "It was paid when the amount was known already; if it was paid straight to "
                      "the receiving parent, or for the home, use that instead.");
    return true;
}

static int by_due(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    if (a->due.d != b->due.d) return a->due.d < b->due.d ? -1 : 1;
    return (a->instalment > b->instalment) - (a->instalment < b->instalment);
}

/* The open debts to the arrangement, the oldest first. */
static struct outstanding debts(const struct ruling_work *w)
{
    struct outstanding o = account_items(&w->g, w->v.today, w->v.arena);

    qsort(o.at, o.n, sizeof *o.at, by_due);
    return o;
}

/* It may take the place of money that was collected for the same arrears (which then goes back into
 * credit), but never of another payment that did not pass through the service. */
static money voluntary_room(const struct item *it, const struct uses *uses)
{
    money room = money_add(it->charged, it->adjusted);

    for (size_t i = 0; i < uses->n; i++) {
        const struct use *u = &uses->at[i];
        if (u->ahead && u->kind == ITEM_MAINTENANCE && u->arrangement == it->arrangement &&
            u->instalment == it->instalment)
            room = money_subtract(room, u->amount);
    }
    return money_max(room, MONEY_NONE);
}

bool ruling_voluntary_payment(struct ruling_work *w, struct fail *fail)
{
    date told                = first_told(w);
    struct outstanding items = debts(w);
    struct uses uses         = used_all(&w->g, w->v.arena);
    money left               = w->order->amount;
    int64_t before           = 0;

    if (!voluntary_check(w, told, fail)) return false;
    for (size_t i = 0; i < items.n && left.p > 0; i++) {
        const struct item *it = &items.at[i];
        if (it->kind != ITEM_MAINTENANCE || it->arrangement != w->order->arrangement ||
            it->instalment == before || !is_first(w, it->instalment, told))
            continue;
        money part = money_min(left, voluntary_room(it, &uses));
        before     = it->instalment; /* one item of it is enough: what is over goes by itself */
        left       = money_subtract(left, part);
        entry_add(&w->list, REASON_VOLUNTARY, part,
                  ruling_about(w, it->arrangement, it->instalment, 0));
    }
    w->counted = money_subtract(w->order->amount, left);
    return w->counted.p > 0 ||
           REFUSE(fail, "first_arrears_covered",
                  "The first arrears are covered by such payments already; nothing is left for "
                  "this one to come off.");
}

bool ruling_payment_for_home(struct ruling_work *w, struct fail *fail)
{
    const struct ruling_order *o = w->order;
    const struct direct_kind *k  = o->word ? direct_kind_find(o->word) : NULL;
    struct outstanding items     = debts(w);
    money left                   = o->amount;

    if (!payment_check(w, fail)) return false;
    if (!k || !k->for_home)
        return REFUSE(fail, "payment_kind_unknown",
                      "A payment of that kind cannot be set off; the law lists mortgage, rent, "
                      "fuel, water, council tax and essential repairs of the child's home.");
    if (!basis_is(o, "agreed"))
        return REFUSE(fail, "agreement_missing",
                      "It counts only with the receiving parent's agreement; ask them.");
    for (size_t i = 0; i < items.n && left.p > 0; i++) {
        const struct item *it = &items.at[i];
        if (it->kind != ITEM_MAINTENANCE || it->arrangement != o->arrangement) continue;
        money part = money_min(left, item_outstanding(it));
        left       = money_subtract(left, part);
        entry_add(&w->list, REASON_PAID_FOR_HOME, part,
                  ruling_about(w, it->arrangement, it->instalment, 0));
    }
    if (left.p > 0 && !ruling_is_payable(w, o->arrangement))
        return REFUSE(fail, "nothing_payable",
                      "No more than what is owed can be set off: nothing is payable from now on.");
    w->counted = o->amount;
    entry_add(&w->list, REASON_AHEAD_HOME, left, ruling_about(w, o->arrangement, 0, 0));
    return true;
}
