/* ruling_set_off.c: two parents who owe each other (B-242): equal rows in the two families, in one
 * transaction.  Only maintenance of this scheme owed to a parent: never what the state may keep. */
#include "app/ruling_work.h"

#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

/* One side: a family and its arrangement with the other parent. */
struct side {
    struct ruling_work *w;
    int64_t arrangement;
};

static money side_owed(const struct side *s)
{
    struct outstanding items = account_items(&s->w->g, s->w->v.today, s->w->v.arena);
    money owed               = MONEY_NONE;

    for (size_t i = 0; i < items.n; i++)
        if (items.at[i].kind == ITEM_MAINTENANCE && items.at[i].arrangement == s->arrangement)
            owed = money_add(owed, item_outstanding(&items.at[i]));
    return owed;
}

static int by_due(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    if (a->due.d != b->due.d) return a->due.d < b->due.d ? -1 : 1;
    return (a->instalment > b->instalment) - (a->instalment < b->instalment);
}

/* The side's debts are met by what it is owed on the other, the oldest first. */
static void side_meet(struct side *s, money amount)
{
    struct outstanding items = account_items(&s->w->g, s->w->v.today, s->w->v.arena);

    qsort(items.at, items.n, sizeof *items.at, by_due);
    for (size_t i = 0; i < items.n && amount.p > 0; i++) {
        const struct item *it = &items.at[i];
        if (it->kind != ITEM_MAINTENANCE || it->arrangement != s->arrangement) continue;
        money part = money_min(amount, item_outstanding(it));
        amount     = money_subtract(amount, part);
        ruling_pair(s->w, REASON_SET_OFF_OWED, REASON_SET_OFF_DUE, part,
                    ruling_about(s->w, s->arrangement, it->instalment, 0));
    }
    BUG_UNLESS(amount.p == 0);
}

/* Opens the other parent's family, brought up to date, and finds the arrangement the other way
 * round. */
static bool other_open(struct ruling_work *w, struct ruling_work *other, struct side *s,
                       struct fail *fail)
{
    struct setting setting = { w->v.store, w->v.arena, w->v.today, w->v.actor };
    int64_t receiver       = group_arrangement(&w->g, w->order->arrangement)->rp;
    struct account_work up = { .pay_out = false };

    if (receiver == w->g.pp) return REFUSE(fail, "no_reversal", "Those are not two parents.");
    if (!ruling_open(&setting, receiver, w->order, NULL, other, fail)) return false;
    for (size_t i = 0; i < other->g.arrangement_count; i++)
        if (other->g.arrangements[i].rp == w->g.pp) {
            *s = (struct side){ other, other->g.arrangements[i].id };
            account_bring_up(&other->v, &other->g, &up);
            return true;
        }
    return REFUSE(fail, "no_reversal",
                  "The receiving parent pays this parent nothing in any case here, so there is "
                  "nothing to set off.");
}

static bool is_collected(const struct side *s)
{
    return group_service(&s->w->g, s->arrangement, s->w->v.today) != SERVICE_DIRECT_PAY;
}

/* The twin of the ruling, in the other family. */
static bool other_close(struct ruling_work *w, struct side *s, struct fail *fail)
{
    struct ruling_order twin = *w->order;

    twin.arrangement = s->arrangement;
    s->w->order      = &twin;
    s->w->is_twin    = true;
    s->w->counted    = w->counted;
    s->w->other_pp   = w->g.pp;
    s->w->refers     = w->v.seq;
    w->other_pp      = s->w->g.pp;
    w->refers        = s->w->v.seq;
    return ruling_close(s->w, fail);
}

/* What is owed here is met by what will fall due the other way, so much a week until it is used up;
 * there it is kept for payments to come. */
static bool set_off_weekly(struct ruling_work *w, struct side *here, struct side *there,
                           struct fail *fail)
{
    const struct sql_decision_list_row *d = group_decision_at(&there->w->g, w->v.today);
    money weekly = d ? group_award(&there->w->g, d->id, there->arrangement) : MONEY_NONE;

    if (weekly.p < w->order->weekly.p)
        return REFUSE(fail, "weekly_too_much",
                      "So much a week cannot come off: the other parent's maintenance is less "
                      "than that.");
    if (ruling_balance(there->w, there->arrangement, ACCOUNT_PP_AHEAD).p > 0)
        return REFUSE(fail, "ahead_already",
                      "Something else is being taken off the other parent's payments; let that "
                      "be used up, or end it, first.");
    w->counted = ruling_amount(w, side_owed(here));
    if (w->counted.p == 0)
        return REFUSE(fail, "nothing_to_set_off", "Nothing is owed that could be set off.");
    side_meet(here, w->counted);
    ruling_pair(there->w, REASON_AHEAD_SET_OFF, REASON_AHEAD_SET_OFF_DUE, w->counted,
                ruling_about(there->w, there->arrangement, 0, 0));
    return ruling_fact(there->w, FACT_AHEAD_WEEKLY, there->arrangement, w->order->weekly, true,
                       fail);
}

bool ruling_set_off(struct ruling_work *w, struct fail *fail)
{
    struct ruling_work other;
    struct side here = { w, w->order->arrangement }, there;

    if (!other_open(w, &other, &there, fail)) return false;
    if (!is_collected(&here) || !is_collected(&there))
        return REFUSE(fail, "not_collected",
                      "Set-off is only where the service collects, both ways; one of the two is "
                      "Direct Pay.");
    if (w->order->weekly.p > 0) {
        if (!set_off_weekly(w, &here, &there, fail)) return false;
    } else {
        w->counted = ruling_amount(w, money_min(side_owed(&here), side_owed(&there)));
        if (w->counted.p == 0)
            return REFUSE(fail, "nothing_to_set_off",
                          "Not both of them owe something today; choose an amount a week to set "
                          "an old debt off against payments to come.");
        side_meet(&here, w->counted);
        side_meet(&there, w->counted);
    }
    return other_close(w, &there, fail);
}

/* What is still kept of a set-off in an arrangement. */
static money set_off_left(const struct side *s)
{
    money left = MONEY_NONE;

    for (size_t i = 0; i < s->w->g.entry_count; i++) {
        const struct entry *e = &s->w->g.entries[i];
        if (e->about.arrangement != s->arrangement) continue;
        if (e->reason == REASON_AHEAD_SET_OFF) left = money_add(left, e->amount);
        if (e->reason == REASON_AHEAD_SET_OFF_ENDED) left = money_subtract(left, e->amount);
    }
    return money_min(left, ruling_balance(s->w, s->arrangement, ACCOUNT_PP_AHEAD));
}

bool ruling_set_off_end(struct ruling_work *w, struct fail *fail)
{
    struct ruling_work other;
    struct side there;

    if (!other_open(w, &other, &there, fail)) return false;
    w->counted = set_off_left(&there);
    if (w->counted.p == 0)
        return REFUSE(fail, "nothing_left", "Nothing is left of a set-off that could be ended.");
    ruling_pair(there.w, REASON_AHEAD_SET_OFF_ENDED, REASON_AHEAD_SET_OFF_ENDED_DUE, w->counted,
                ruling_about(there.w, there.arrangement, 0, 0));
    ruling_pair(w, REASON_SET_OFF_ENDED, REASON_SET_OFF_ENDED_DUE, w->counted,
                ruling_about(w, w->order->arrangement, 0, 0));
    return ruling_fact(there.w, FACT_AHEAD_WEEKLY, there.arrangement, MONEY_NONE, false, fail) &&
           other_close(w, &there, fail);
}
