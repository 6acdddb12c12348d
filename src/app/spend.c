/* spend.c: using what is held, and giving back what is too much, receipt by receipt. */
#include "app/spend.h"

#include "app/collect.h"
#include "app/used.h"
#include "base/bug.h"
#include "ledger/fee.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry_parts spend_parts(enum item_kind kind, money amount)
{
    struct entry_parts p          = { 0 };
    money *const part[ITEM_KINDS] = {
        [ITEM_MAINTENANCE]  = &p.maintenance,
        [ITEM_FEE]          = &p.fee,
        [ITEM_LEGACY]       = &p.legacy,
        [ITEM_ENFORCEMENT]  = &p.enforcement,
        [ITEM_LEGACY_STATE] = &p.legacy_state,
        [ITEM_REPAY]        = &p.repay,
    };
    *part[kind] = amount;
    return p;
}

static const struct law *law_now(const struct verb *v, const struct group *g, int64_t arrangement)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, arrangement);
    return law_at((enum jurisdiction)(a ? a : g->arrangements)->jurisdiction, v->today);
}

static struct entry_about about_use(const struct verb *v, const struct item *it, int64_t receipt)
{
    return (struct entry_about){ .arrangement = it->arrangement,
                                 .day         = v->today,
                                 .known       = v->today,
                                 .instalment  = it->instalment,
                                 .receipt     = receipt };
}

/* --- releasing what turned out to be too much --- */

static bool use_is_of(const struct use *u, const struct item *it)
{
    return u->arrangement == it->arrangement && u->instalment == it->instalment &&
           u->kind == it->kind;
}

static void release_use(const struct verb *v, const struct group *g, const struct item *it,
                        const struct use *u, money part, struct entry_list *list)
{
    struct entry_about about = about_use(v, it, u->receipt);
    money taken              = used_receiver_fee(g, u->receipt, it->arrangement);
    ratio rate               = law_now(v, g, it->arrangement)->collection_fee_receiver;
    money back = it->kind == ITEM_MAINTENANCE ? fee_receiver_back(part, taken, rate) : MONEY_NONE;

    BUG_UNLESS(it->kind == ITEM_MAINTENANCE || it->kind == ITEM_FEE ||
               it->kind == ITEM_ENFORCEMENT);
    if (!u->ahead) {
        entry_release(list, spend_parts(it->kind, part), back, about);
        return;
    }
    entry_add(list, REASON_AHEAD_OVERPAID, part, about);
    entry_add(list, REASON_AHEAD_OVERPAID_DUE, part, about);
}

/* Money first, then what never passed through the service. */
static void release_item(struct verb *v, struct group *g, const struct item *it)
{
    struct entry_list list = { .arena = v->arena };
    struct uses uses       = used_all(g, v->arena);
    money left             = item_excess(it);

    for (int ahead = 0; ahead <= 1; ahead++)
        for (size_t i = 0; i < uses.n && left.p > 0; i++) {
            const struct use *u = &uses.at[i];
            if (u->ahead != (ahead == 1) || !use_is_of(u, it)) continue;
            money part = money_min(left, u->amount);
            release_use(v, g, it, u, part, &list);
            left = money_subtract(left, part);
        }
    BUG_UNLESS(left.p == 0);
    account_post(v, g, &list);
}

void spend_release(struct verb *v, struct group *g, bool *changed)
{
    struct outstanding items = account_items(g, v->today, v->arena);

    for (size_t i = 0; i < items.n; i++) {
        if (item_excess(&items.at[i]).p == 0) continue;
        *changed = true;
        release_item(v, g, &items.at[i]);
    }
}

/* --- what was kept for payments to come --- */

static int by_due(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    if (a->due.d != b->due.d) return a->due.d < b->due.d ? -1 : 1;
    return (a->instalment > b->instalment) - (a->instalment < b->instalment);
}

/* The most of what was kept that an instalment may still take: its weeks at the weekly amount
 * decided, less what it took. */
static money ahead_room(const struct verb *v, const struct group *g, const struct item *it)
{
    const struct sql_fact_list_row *f = group_fact(g, FACT_AHEAD_WEEKLY, it->arrangement, v->today);
    money room                        = item_outstanding(it), weekly;

    if (!f) return room;
    BUG_UNLESS(money_parse(f->value, strlen(f->value), &weekly));
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (r->id != it->instalment) continue;
        int32_t days = date_days(r->cover_from, r->cover_to);
        money most   = share_of(weekly, (ratio){ days, law_now(v, g, it->arrangement)->week_days });
        for (size_t k = 0; k < g->entry_count; k++) {
            const struct entry *e = &g->entries[k];
            if (e->about.instalment != r->id) continue;
            if (e->reason == REASON_AHEAD_USED) most = money_subtract(most, e->amount);
            if (e->reason == REASON_AHEAD_RETURNED) most = money_add(most, e->amount);
        }
        return money_min(room, money_max(most, MONEY_NONE));
    }
    return MONEY_NONE; /* of no instalment: there are no weeks to count */
}

static void ahead_of(struct verb *v, struct group *g, int64_t arrangement, struct entry_list *list)
{
    struct lots lots = lots_find(g, ACCOUNT_PP_AHEAD, arrangement, v->arena);
    money left       = lots_total(&lots);

    if (left.p == 0) return;
    struct outstanding items = account_items(g, v->today, v->arena);
    qsort(items.at, items.n, sizeof *items.at, by_due);
    for (size_t i = 0; i < items.n && left.p > 0; i++) {
        const struct item *it = &items.at[i];
        if (it->arrangement != arrangement || it->kind != ITEM_MAINTENANCE) continue;
        money room = money_min(left, ahead_room(v, g, it));
        left       = money_subtract(left, room);
        for (size_t k = 0; k < lots.n && room.p > 0; k++) {
            money part = lot_take(&lots.at[k], room);
            room       = money_subtract(room, part);
            entry_add(list, REASON_AHEAD_USED, part, about_use(v, it, lots.at[k].receipt));
            entry_add(list, REASON_AHEAD_GOT, part, about_use(v, it, lots.at[k].receipt));
        }
    }
}

void spend_ahead(struct verb *v, struct group *g, bool *changed)
{
    struct entry_list list = { .arena = v->arena };

    for (size_t i = 0; i < g->arrangement_count; i++)
        ahead_of(v, g, g->arrangements[i].id, &list);
    *changed |= list.n > 0;
    account_post(v, g, &list);
}

/* --- using what is held --- */

/* The receiving parents' fee is taken once on each one's share of a receipt (B-131). */
static void receiver_fees(const struct verb *v, const struct group *g, struct entry_list *list,
                          int64_t receipt)
{
    for (size_t a = 0; a < g->arrangement_count; a++) {
        money share = MONEY_NONE;
        for (size_t i = 0; i < list->n; i++)
            if (list->at[i].reason == REASON_COLLECTED &&
                list->at[i].about.arrangement == g->arrangements[a].id &&
                list->at[i].about.receipt == receipt)
                share = money_add(share, list->at[i].amount);
        entry_receiver_fee(
            list,
            fee_receiver(share, law_now(v, g, g->arrangements[a].id)->collection_fee_receiver),
            (struct entry_about){ .arrangement = g->arrangements[a].id,
                                  .day         = v->today,
                                  .known       = v->today,
                                  .receipt     = receipt });
    }
}

/* Adds the uncharged instalments that fall due within the window, so that money paid a few days
 * early waits for them. */
static struct outstanding items_with_ahead(const struct verb *v, const struct group *g,
                                           int32_t window)
{
    struct outstanding items = account_items(g, v->today, v->arena);
    struct item *all = ARENA_MANY(v->arena, struct item, items.n + 2 * g->instalment_count + 1);
    date until       = date_add_days(v->today, window);

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

/* One sharing out of money among the family's debts. */
struct sharing {
    const struct verb *v;
    struct lots lots;
    struct outstanding items;
    struct allocate_order order;
    struct entry_list list;
};

/* Posts what was allocated, out of `n` lots in their order. */
static void share_post(struct sharing *s, struct lot *lot, size_t n, const struct allocated *used)
{
    for (size_t i = 0; i < used->n; i++) {
        struct item *it = &s->items.at[used->at[i].item];
        money amount    = used->at[i].amount;
        if (used->at[i].ahead) continue;
        it->paid = money_add(it->paid, amount);
        for (size_t k = 0; k < n && amount.p > 0; k++) {
            money part = lot_take(&lot[k], amount);
            amount     = money_subtract(amount, part);
            if (part.p)
                entry_allocate(&s->list, spend_parts(it->kind, part),
                               about_use(s->v, it, lot[k].receipt));
        }
        BUG_UNLESS(amount.p == 0);
    }
}

static bool is_parents(const struct item *it)
{
    return it->kind == ITEM_MAINTENANCE || it->kind == ITEM_LEGACY;
}

/* Step 0: a ring-fenced receipt, for nothing but its own debts; what parents are owed first. */
static void share_fenced(struct sharing *s, struct lot *lot, const struct fence *fence)
{
    struct allocate_order only = { .pro_rata[ALLOCATE_FENCED] = true,
                                   .largest_remainder         = s->order.largest_remainder };

    for (int parents = 1; parents >= 0 && lot->left.p > 0; parents--) {
        struct allocate_request r = { .money  = lot->left,
                                      .day    = s->v->today,
                                      .fenced = true,
                                      .items  = s->items.at,
                                      .n      = s->items.n };
        for (size_t i = 0; i < s->items.n; i++)
            s->items.at[i].fenced = is_parents(&s->items.at[i]) == (parents == 1) &&
                                    fence_holds(fence, &s->items.at[i], s->v->today);
        struct allocated used = allocate(&only, &r, s->v->arena);
        share_post(s, lot, 1, &used);
    }
}

/* All that is held is shared out at once: what waits for an instalment waits for it once. */
void spend_held(struct verb *v, struct group *g, bool *changed)
{
    struct sharing s = { .v    = v,
                         .lots = lots_find(g, ACCOUNT_PP_CREDIT, 0, v->arena),
                         .list = { .arena = v->arena } };

    if (lots_total(&s.lots).p == 0) return;
    s.order = allocate_order_at(law_now(v, g, 0));
    s.items = items_with_ahead(v, g, s.order.window_days);
    for (size_t i = 0; i < s.lots.n; i++) {
        struct fence f = spend_fence(g, s.lots.at[i].receipt, v->today);
        if (f.purpose != FENCE_NONE && s.lots.at[i].left.p > 0) share_fenced(&s, &s.lots.at[i], &f);
    }
    struct allocated used = allocate(
        &s.order,
        &(struct allocate_request){
            .money = lots_total(&s.lots), .day = v->today, .items = s.items.at, .n = s.items.n },
        v->arena);
    share_post(&s, s.lots.at, s.lots.n, &used);
    for (size_t i = 0, uses = s.list.n; i < s.lots.n && uses; i++)
        receiver_fees(v, g, &s.list, s.lots.at[i].receipt);
    *changed |= s.list.n > 0;
    account_post(v, g, &s.list);
}

/* --- what a receiving parent owes the service --- */

money spend_recovery(const struct verb *v, const struct group *g, const struct balance *b)
{
    const struct sql_fact_list_row *f = group_fact(g, FACT_RECOVERY, b->arrangement, v->today);
    money held                        = b->account[ACCOUNT_RP_PAYABLE], most;

    if (held.p <= 0 || b->account[ACCOUNT_RP_DEBT].p <= 0 || !f) return MONEY_NONE;
    BUG_UNLESS(money_parse(f->value, strlen(f->value), &most));
    ratio share = law_now(v, g, b->arrangement)->overpayment_recovery_share;
    return money_min(money_min(most, share_of(held, share)), b->account[ACCOUNT_RP_DEBT]);
}

void spend_recover(struct verb *v, struct group *g, bool *changed)
{
    struct entry_list list = { .arena = v->arena };
    struct balances b      = balance_fold(g->entries, g->entry_count, v->today, v->today, v->arena);

    for (size_t i = 0; i < b.n; i++)
        entry_add(&list, REASON_RP_DEBT_TAKEN, spend_recovery(v, g, &b.at[i]),
                  (struct entry_about){
                      .arrangement = b.at[i].arrangement, .day = v->today, .known = v->today });
    *changed |= list.n > 0;
    account_post(v, g, &list);
}

/* --- what a receipt is for --- */

const char *fence_fact(const struct fence *f, struct arena *arena)
{
    char from[DATE_TEXT], until[DATE_TEXT];
    return arena_print(arena, "%s %s %s to %lld", fence_name(f->purpose), date_text(f->from, from),
                       date_text(f->until, until), (long long)f->arrangement);
}

/* Reads it; false if it is not of that form. */
static bool fence_read(const char *text, struct fence *f)
{
    char name[48], from[DATE_TEXT], until[DATE_TEXT];
    long long arrangement;

    if (sscanf(text, "%47s %10s %10s to %lld", name, from, until, &arrangement) != 4) return false;
    f->arrangement = arrangement;
    return fence_find(name, &f->purpose) && date_parse(from, strlen(from), &f->from) &&
           date_parse(until, strlen(until), &f->until);
}

struct fence spend_fence(const struct group *g, int64_t receipt, date day)
{
    const struct sql_fact_list_row *f =
        receipt ? group_fact(g, FACT_RING_FENCE, receipt, day) : NULL;
    struct fence fence = { .purpose = FENCE_NONE };

    if (f) BUG_UNLESS(fence_read(f->value, &fence));
    return fence;
}
