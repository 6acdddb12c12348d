/* account.c: the day's work for one family, and the one balance. */
#include "app/account.h"

#include "app/collect.h"
#include "app/plan.h"
#include "app/used.h"
#include "base/bug.h"
#include "ledger/fee.h"

#include <string.h>

void account_post(struct verb *v, struct group *g, const struct entry_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct entry *e         = &list->at[i];
        struct sql_entry_insert_in in = {
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
            (g->entries[i].reason == REASON_CHARGE || g->entries[i].reason == REASON_OPENING))
            return true;
    return false;
}

void account_charge(struct verb *v, struct group *g, bool *changed)
{
    struct entry_list list = { .arena = v->arena };

    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        const struct sql_decision_list_row *d   = group_decision_at(g, r->due);
        if (date_before(v->today, r->due) || r->amount.p == 0 || group_is_closed(g, r) ||
            account_is_charged(g, r->id) ||
            group_service(g, r->arrangement, r->due) != SERVICE_COLLECT_AND_PAY)
            continue;
        struct entry_about about = { .arrangement = r->arrangement,
                                     .day         = r->due,
                                     .known       = v->today,
                                     .instalment  = r->id,
                                     .decision    = d ? d->id : 0 };
        money fee                = collect_fee(g, r, r->amount);
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
            e->reason == REASON_INCREASE)
            due = money_add(due, e->amount);
        if (e->reason == REASON_DECREASE) due = money_subtract(due, e->amount);
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
        const struct sql_decision_list_row *d   = group_decision_at(g, r->cover_from);
        if (group_is_closed(g, r) || !collect_changes_in(g, r) || !account_is_charged(g, r->id))
            continue;
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

/* --- releasing what turned out to be too much --- */

/* Takes an item's excess back out of the receipts it was paid with, the newest first, so that each
 * penny keeps its receipt. */
static void release_item(struct verb *v, struct group *g, const struct item *it)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, it->arrangement);
    const struct law *law                    = law_at((enum jurisdiction)a->jurisdiction, v->today);
    struct entry_list list                   = { .arena = v->arena };
    money left                               = item_excess(it);

    for (int64_t receipt = INT64_MAX; left.p > 0;) {
        receipt = used_newest(g, it->instalment, it->kind, receipt);
        BUG_UNLESS(receipt > 0);
        struct entry_parts used  = used_parts(g, receipt, it->instalment);
        bool fee                 = it->kind == ITEM_FEE;
        money part               = money_min(left, fee ? used.fee : used.maintenance);
        struct entry_about about = { .arrangement = it->arrangement,
                                     .day         = v->today,
                                     .known       = v->today,
                                     .instalment  = it->instalment,
                                     .receipt     = receipt };
        money taken              = used_receiver_fee(g, receipt, it->arrangement);
        if (part.p <= 0) continue;
        entry_release(
            &list,
            fee ? (struct entry_parts){ .fee = part } : (struct entry_parts){ .maintenance = part },
            fee ? MONEY_NONE : fee_receiver_back(part, taken, law->collection_fee_receiver), about);
        left = money_subtract(left, part);
    }
    account_post(v, g, &list);
}

static void release_excess(struct verb *v, struct group *g, bool *changed)
{
    struct outstanding items = account_items(g, v->today, v->arena);

    for (size_t i = 0; i < items.n; i++) {
        if (item_excess(&items.at[i]).p == 0) continue;
        *changed = true;
        release_item(v, g, &items.at[i]);
    }
}

/* --- using what is held --- */

/* Money held for the paying parent, by the receipt it came with. */
struct lot {
    int64_t receipt;
    money left;
};

static struct lot *lot_of(struct lot *lots, size_t *n, int64_t receipt)
{
    for (size_t i = 0; i < *n; i++)
        if (lots[i].receipt == receipt) return &lots[i];
    lots[*n] = (struct lot){ .receipt = receipt };
    return &lots[(*n)++];
}

static struct lot *lots_find(const struct group *g, struct arena *arena, size_t *n)
{
    struct lot *lots = ARENA_MANY(arena, struct lot, g->entry_count + 1);

    *n = 0;
    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->credit == ACCOUNT_PP_CREDIT) {
            struct lot *l = lot_of(lots, n, e->about.receipt);
            l->left       = money_add(l->left, e->amount);
        } else if (e->debit == ACCOUNT_PP_CREDIT) {
            struct lot *l = lot_of(lots, n, e->about.receipt);
            l->left       = money_subtract(l->left, e->amount);
        }
    }
    return lots;
}

/* The receiving parents' fee is taken once on each one's share of a receipt (B-131). */
static void receiver_fees(const struct verb *v, const struct group *g, struct entry_list *list,
                          int64_t receipt)
{
    for (size_t a = 0; a < g->arrangement_count; a++) {
        money share = MONEY_NONE;
        const struct law *law =
            law_at((enum jurisdiction)g->arrangements[a].jurisdiction, v->today);
        for (size_t i = 0; i < list->n; i++)
            if (list->at[i].reason == REASON_COLLECTED &&
                list->at[i].about.arrangement == g->arrangements[a].id &&
                list->at[i].about.receipt == receipt)
                share = money_add(share, list->at[i].amount);
        entry_receiver_fee(list, fee_receiver(share, law->collection_fee_receiver),
                           (struct entry_about){ .arrangement = g->arrangements[a].id,
                                                 .day         = v->today,
                                                 .known       = v->today,
                                                 .receipt     = receipt });
    }
}

/* What a payment pays first, by the law of the day. */
static struct allocate_order order_of(const struct verb *v, const struct group *g)
{
    BUG_UNLESS(g->arrangement_count > 0);
    return allocate_order_at(law_at((enum jurisdiction)g->arrangements[0].jurisdiction, v->today));
}

/* Adds the uncharged instalments that fall due within the window, so that money paid a few days
 * early waits for them. */
static struct outstanding items_with_ahead(const struct verb *v, const struct group *g)
{
    struct outstanding items = account_items(g, v->today, v->arena);
    struct item *all = ARENA_MANY(v->arena, struct item, items.n + 2 * g->instalment_count + 1);
    date until       = date_add_days(v->today, order_of(v, g).window_days);

    memcpy(all, items.at, items.n * sizeof *all);
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (!date_before(v->today, r->due) || date_before(until, r->due) || r->amount.p == 0 ||
            group_service(g, r->arrangement, r->due) != SERVICE_COLLECT_AND_PAY)
            continue;
        struct item m  = { .arrangement = r->arrangement,
                           .instalment  = r->id,
                           .kind        = ITEM_MAINTENANCE,
                           .due         = r->due,
                           .charged     = r->amount };
        struct item f  = m;
        f.kind         = ITEM_FEE;
        f.charged      = collect_fee(g, r, r->amount);
        all[items.n++] = m;
        if (f.charged.p) all[items.n++] = f;
    }
    return (struct outstanding){ all, items.n };
}

/* Posts one use of held money, out of the lots in their order. */
static void lots_spend(const struct verb *v, struct lot *lots, const struct item *it, money amount,
                       struct entry_list *list)
{
    for (struct lot *lot = lots; amount.p > 0; lot++) {
        money part = money_min(amount, money_max(lot->left, MONEY_NONE));
        if (part.p == 0) continue;
        entry_allocate(list,
                       it->kind == ITEM_FEE ? (struct entry_parts){ .fee = part }
                                            : (struct entry_parts){ .maintenance = part },
                       (struct entry_about){ .arrangement = it->arrangement,
                                             .day         = v->today,
                                             .known       = v->today,
                                             .instalment  = it->instalment,
                                             .receipt     = lot->receipt });
        lot->left = money_subtract(lot->left, part);
        amount    = money_subtract(amount, part);
    }
}

/* All that is held is shared out at once: what waits for an instalment waits for it once. */
static void use_held(struct verb *v, struct group *g, bool *changed)
{
    size_t n;
    struct entry_list list          = { .arena = v->arena };
    struct lot *lots                = lots_find(g, v->arena, &n);
    struct allocate_request request = { .day = v->today };

    for (size_t i = 0; i < n; i++)
        request.money = money_add(request.money, money_max(lots[i].left, MONEY_NONE));
    if (request.money.p == 0) return;
    struct outstanding items    = items_with_ahead(v, g);
    request.items               = items.at;
    request.n                   = items.n;
    struct allocate_order order = order_of(v, g);
    struct allocated used       = allocate(&order, &request, v->arena);
    for (size_t i = 0; i < used.n; i++)
        if (!used.at[i].ahead)
            lots_spend(v, lots, &items.at[used.at[i].item], used.at[i].amount, &list);
    size_t uses = list.n;
    for (size_t i = 0; i < n && uses; i++)
        receiver_fees(v, g, &list, lots[i].receipt);
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
        struct sql_missed_insert_in in = { .pp         = v->pp,
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

    for (size_t i = 0; i < b.n; i++)
        if (b.at[i].arrangement && b.at[i].account[ACCOUNT_RP_PAYABLE].p > 0)
            entry_pay_out(&list, b.at[i].account[ACCOUNT_RP_PAYABLE],
                          (struct entry_about){ .arrangement = b.at[i].arrangement,
                                                .day         = v->today,
                                                .known       = v->today });
    *changed |= list.n > 0;
    account_post(v, g, &list);
}

void account_bring_up(struct verb *v, struct group *g, struct account_work *work)
{
    work->changed = false;
    account_plan(v, g, &work->changed);
    account_charge(v, g, &work->changed);
    follow_service(v, g, &work->changed);
    release_excess(v, g, &work->changed);
    use_held(v, g, &work->changed);
    find_missed(v, g, &work->changed);
    if (work->pay_out) pay_out(v, g, &work->changed);
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
