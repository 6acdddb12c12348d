/* account.c: the day's work for one family, and the one balance. */
#include "app/account.h"

#include "app/collect.h"
#include "app/plan.h"
#include "app/spend.h"
#include "base/bug.h"
#include "ledger/fee.h"

#include <string.h>

void account_post(struct verb *v, struct group *g, const struct entry_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct entry *e        = &list->at[i];
        struct sql_entry_list_row in = {
            .pp          = v->pp,
            .id          = verb_number(v, DRAFT_ENTRY),
            .event       = v->seq,
            .recorded    = v->today,
            .day         = e->about.day,
            .debit       = e->debit,
            .credit      = e->credit,
            .arrangement = e->about.arrangement,
            .amount      = e->amount,
            .reason      = e->reason,
            .instalment  = e->about.instalment,
            .receipt     = e->about.receipt,
            .decision    = e->about.decision,
        };
        verb_add(v, DRAFT_ENTRY, &in);
    }
    group_refresh(v, g);
}

struct outstanding account_items(const struct group *g, date day, struct arena *arena)
{
    return outstanding_fold(g->entries, g->entry_count, day, day, arena);
}

/* --- charging --- */

bool account_is_charged(const struct group *g, int64_t id)
{
    for (size_t i = 0; i < g->entry_count; i++)
        if (g->entries[i].about.instalment == id &&
            (g->entries[i].reason == REASON_CHARGE || g->entries[i].reason == REASON_OPENING ||
             g->entries[i].reason == REASON_TAKEN_OVER))
            return true;
    return false;
}

void account_charge(struct verb *v, struct group *g, bool *changed)
{
    struct entry_list list = { .arena = v->arena };

    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (date_before(v->today, r->due) || r->amount.p == 0 || group_is_closed(g, r) ||
            account_is_charged(g, r->id) ||
            group_service(g, r->arrangement, r->due) != SERVICE_COLLECT_AND_PAY)
            continue;
        const struct sql_decision_list_row *d = group_decision_at(g, r->due);
        struct entry_about about              = { .arrangement = r->arrangement,
                                                  .day         = r->due,
                                                  .known       = v->today,
                                                  .instalment  = r->id,
                                                  .decision    = d ? d->id : 0 };
        money fee                             = collect_fee(g, r, r->amount);
        if (!date_before(r->due, r->planned)) {
            entry_charge(&list, r->amount, fee, about);
            continue;
        }
        entry_add(&list, REASON_OPENING, r->amount, about); /* due before anybody was told */
        entry_add(&list, REASON_FEE_INCREASE, fee, about);
    }
    *changed |= list.n > 0;
    account_post(v, g, &list);
}

/* What an instalment is by now, adjustments included; nothing if it was never charged. */
static money instalment_now(const struct group *g, int64_t id)
{
    money due = MONEY_NONE;

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->about.instalment != id) continue;
        if (e->reason == REASON_CHARGE || e->reason == REASON_OPENING ||
            e->reason == REASON_TAKEN_OVER || e->reason == REASON_INCREASE)
            due = money_add(due, e->amount);
        if (e->reason == REASON_DECREASE || e->reason == REASON_TAKEN_BACK)
            due = money_subtract(due, e->amount);
    }
    return due;
}

/* Where the service changes within the days of a payment already charged, its fee is for the days
 * of collection alone (B-131). */
static void follow_service(struct verb *v, struct group *g, bool *changed)
{
    struct entry_list list = { .arena = v->arena };

    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (group_is_closed(g, r) || !collect_changes_in(g, r) || !account_is_charged(g, r->id))
            continue;
        const struct sql_decision_list_row *d = group_decision_at(g, r->cover_from);
        entry_adjust(&list, MONEY_NONE, collect_fee_change(g, r, instalment_now(g, r->id)),
                     (struct entry_about){ .arrangement = r->arrangement,
                                           .day         = r->due,
                                           .known       = v->today,
                                           .instalment  = r->id,
                                           .decision    = d ? d->id : 0 });
    }
    *changed |= list.n > 0;
    account_post(v, g, &list);
}

/* --- finding what was missed --- */

static void find_missed(struct verb *v, struct group *g, bool *changed)
{
    struct outstanding items = account_items(g, v->today, v->arena);
    for (size_t i = 0; i < items.n; i++) {
        struct item it = items.at[i];
        bool known     = it.kind != ITEM_MAINTENANCE || it.cause != ITEM_INSTALMENT;
        for (size_t k = 0; k < g->missed_count; k++)
            known |= g->missed[k].instalment == it.instalment;
        it.adjusted = money_min(it.adjusted, MONEY_NONE); /* what was asked for on the day */
        if (known || !item_is_missed(&it, v->today) || item_outstanding(&it).p == 0) continue;
        struct sql_missed_list_row in = { .pp         = v->pp,
                                          .instalment = it.instalment,
                                          .event      = v->seq,
                                          .found_on   = v->today,
                                          .amount     = item_outstanding(&it) };
        verb_add(v, DRAFT_MISSED, &in);
        if (v->about.length) out_text(&v->about, "; ");
        out_text(&v->about, "Payment missed: ");
        out_money(&v->about, in.amount);
        out_text(&v->about, " due ");
        out_date(&v->about, it.due);
        *changed = true;
    }
    group_refresh(v, g);
}

static void pay_out(struct verb *v, struct group *g, bool *changed)
{
    struct entry_list list = { .arena = v->arena };
    struct balances b      = balance_fold(g->entries, g->entry_count, v->today, v->today, v->arena);

    for (size_t i = 0; i < b.n; i++) {
        const money *account     = b.at[i].account;
        struct entry_about about = { .arrangement = b.at[i].arrangement,
                                     .day         = v->today,
                                     .known       = v->today };
        if (account[ACCOUNT_RP_PAYABLE].p > 0)
            entry_pay_out(&list, account[ACCOUNT_RP_PAYABLE], about);
        if (account[ACCOUNT_LEGACY_PAYABLE].p > 0)
            entry_add(&list, REASON_LEGACY_PAY_OUT, account[ACCOUNT_LEGACY_PAYABLE], about);
    }
    *changed |= list.n > 0;
    account_post(v, g, &list);
}

void account_bring_up(struct verb *v, struct group *g, struct account_work *work)
{
    work->changed = false;
    account_plan(v, g, &work->changed);
    account_charge(v, g, &work->changed);
    follow_service(v, g, &work->changed);
    spend_release(v, g, &work->changed);
    spend_ahead(v, g, &work->changed);
    spend_held(v, g, &work->changed);
    find_missed(v, g, &work->changed);
    if (work->pay_out) spend_recover(v, g, &work->changed);
    if (work->pay_out) pay_out(v, g, &work->changed);
}

bool account_holds_payable(const struct balances *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->at[i].account[ACCOUNT_RP_PAYABLE].p > 0 ||
            b->at[i].account[ACCOUNT_LEGACY_PAYABLE].p > 0)
            return true;
    return b->group.account[ACCOUNT_PP_PAYABLE].p > 0;
}

/* --- the one balance --- */

struct standing account_standing_of(const struct group *g, date as_at, date known_on,
                                    struct arena *arena)
{
    struct standing s = {
        .balances = balance_fold(g->entries, g->entry_count, as_at, known_on, arena),
        .items    = outstanding_fold(g->entries, g->entry_count, as_at, known_on, arena),
        .known    = g->known,
    };
    s.ages = age_fold(s.items.at, s.items.n, as_at);
    s.owed = s.balances.group.owed;
    for (size_t i = 0; i < s.items.n; i++)
        if (date_before(s.items.at[i].due, as_at))
            s.overdue = money_add(s.overdue, item_outstanding(&s.items.at[i]));
    return s;
}

bool account_standing(struct store *store, struct arena *arena, int64_t pp, date as_at,
                      date known_on, struct standing *standing, struct fail *fail)
{
    struct group g;
    int64_t known;

    if (!group_known_on(store, pp, known_on, &known, fail) ||
        !group_load(store, arena, pp, known, &g, fail))
        return false;
    *standing = account_standing_of(&g, as_at, known_on, arena);
    return true;
}
