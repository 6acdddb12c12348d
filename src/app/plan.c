/* plan.c: from decisions to instalments. */
#include "app/plan.h"

#include "app/account.h"
#include "app/collect.h"
#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

/* How an arrangement is paid, from its facts on a day. */
static void terms_method(const struct group *g, const struct sql_arrangement_list_row *a, date day,
                         struct plan_terms *t)
{
    const struct sql_fact_list_row *every = group_fact(g, FACT_PAY_INTERVAL, a->id, day);
    const struct sql_fact_list_row *on    = group_fact(g, FACT_PAY_DAY, a->id, day);
    int32_t chosen                        = on ? (int32_t)strtol(on->value, NULL, 10) : 1;

    t->interval = PLAN_MONTHLY;
    if (every) BUG_UNLESS(plan_interval_find(every->value, &t->interval));
    t->month_day = chosen;
    if (t->interval != PLAN_MONTHLY) chosen = (chosen - 1) % DATE_WEEK;
    t->first_due = plan_first_due(t->interval, chosen, t->reference);
}

/* The terms of the arrangement's next plan; false when no period without one has begun. */
static bool terms_next(const struct verb *v, const struct group *g,
                       const struct sql_arrangement_list_row *a, struct plan_terms *t)
{
    const struct law *law = law_at((enum jurisdiction)a->jurisdiction, a->effective_from);
    date from = a->effective_from, reference = a->effective_from;
    int years = 0;

    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].arrangement == a->id)
            from = date_max(from, g->instalments[i].cover_to);
    while (date_before(reference, from))
        reference = date_add_months(a->effective_from, law->review_months * ++years);
    if (date_before(v->today, from)) return false;
    *t = (struct plan_terms){ .base            = a->effective_from,
                              .from            = from,
                              .reference       = reference,
                              .reference_weeks = law->reference_weeks };
    terms_method(g, a, reference, t);
    return true;
}

static void instalment_write(struct verb *v, int64_t arrangement, date plan_from,
                             const struct instalment *at)
{
    struct sql_instalment_insert_in in = {
        .pp          = v->pp,
        .id          = verb_number(v, DRAFT_INSTALMENT),
        .event       = v->seq,
        .known_to    = KNOWN_OPEN,
        .planned     = v->today,
        .arrangement = arrangement,
        .plan_from   = plan_from,
        .due         = at->due,
        .cover_from  = at->from,
        .cover_to    = at->to,
        .amount      = at->amount,
    };
    verb_add(v, DRAFT_INSTALMENT, &in);
}

static void instalment_end(struct verb *v, int64_t id)
{
    struct sql_instalment_close_in end = { .pp = v->pp, .id = id, .event = v->seq };
    verb_add(v, DRAFT_INSTALMENT_END, &end);
}

/* Whether anything is payable at all in the period a plan would cover, or after it until now: where
 * maintenance ended and began again, the years between have a plan of nothing. */
static bool period_is_live(struct timeline t, const struct plan_terms *terms, date today)
{
    date to = date_add_days(terms->reference, terms->reference_weeks * DATE_WEEK);
    to      = date_max(to, date_add_days(today, 1));
    return exact_is_positive(accrual_exact(t, terms->from, to));
}

static void arrangement_plan(struct verb *v, struct group *g,
                             const struct sql_arrangement_list_row *a, bool *changed)
{
    struct plan_terms terms;

    if (!group_decision_at(g, a->effective_from)) return;
    while (terms_next(v, g, a, &terms)) {
        struct timeline t = group_timeline(g, a->id, v->arena);
        if (!period_is_live(t, &terms, v->today) && !date_same(terms.from, a->effective_from))
            return;
        struct plan p = plan_make(&terms, t, v->arena);
        for (size_t i = 0; i < p.n; i++)
            instalment_write(v, a->id, p.from, &p.at[i]);
        *changed = true;
        group_refresh(v, g);
    }
}

bool account_plan_first(const struct group *g, const struct sql_arrangement_list_row *a,
                        struct arena *arena, struct sql_instalment_list_row *first)
{
    const struct law *law   = law_at((enum jurisdiction)a->jurisdiction, a->effective_from);
    struct plan_terms terms = { .base            = a->effective_from,
                                .from            = a->effective_from,
                                .reference       = a->effective_from,
                                .reference_weeks = law->reference_weeks };

    if (!group_decision_at(g, a->effective_from)) return false;
    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].arrangement == a->id) return false;
    terms_method(g, a, a->effective_from, &terms);
    struct plan p = plan_make(&terms, group_timeline(g, a->id, arena), arena);
    for (size_t i = 0; i < p.n; i++) {
        if (p.at[i].amount.p == 0) continue;
        *first = (struct sql_instalment_list_row){ .arrangement = a->id,
                                                   .plan_from   = p.from,
                                                   .due         = p.at[i].due,
                                                   .cover_from  = p.at[i].from,
                                                   .cover_to    = p.at[i].to,
                                                   .amount      = p.at[i].amount };
        return true;
    }
    return false;
}

/* --- reading a plan --- */

/* One plan as the ledger works on it, and the rows it came from. */
struct plan_rows {
    struct plan plan;
    const struct sql_instalment_list_row **row;
    bool *asked; /* the service asked for it: its changes are ledger rows */
};

static money instalment_adjusted(const struct group *g, int64_t id, bool *charged)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->about.instalment != id) continue;
        *charged |= e->reason == REASON_CHARGE || e->reason == REASON_OPENING ||
                    e->reason == REASON_TAKEN_OVER;
        if (e->reason == REASON_INCREASE) sum = money_add(sum, e->amount);
        if (e->reason == REASON_DECREASE) sum = money_subtract(sum, e->amount);
    }
    return sum;
}

/* Not `whole`: without the ledger's adjustments, which only who changes the plan needs; nothing
 * that falls due later than today was charged. */
static struct plan_rows plan_read(const struct verb *v, const struct group *g,
                                  const struct sql_arrangement_list_row *a, date from, bool whole)
{
    struct plan_rows p = { .plan  = { .base = a->effective_from, .from = from },
                           .row   = ARENA_MANY(v->arena, const struct sql_instalment_list_row *,
                                               g->instalment_count),
                           .asked = ARENA_MANY(v->arena, bool, g->instalment_count) };

    p.plan.at = ARENA_MANY(v->arena, struct instalment, g->instalment_count);
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (r->arrangement != a->id || !date_same(r->plan_from, from)) continue;
        bool past           = date_before(r->due, v->today) || group_is_closed(g, r);
        bool asked          = past && group_service(g, a->id, r->due) == SERVICE_COLLECT_AND_PAY;
        money adjusted      = whole || date_same(r->due, v->today)
                                  ? instalment_adjusted(g, r->id, &asked)
                                  : MONEY_NONE;
        p.asked[p.plan.n]   = asked;
        p.row[p.plan.n]     = r;
        p.plan.at[p.plan.n] = (struct instalment){ .number   = (int32_t)p.plan.n + 1,
                                                   .from     = r->cover_from,
                                                   .to       = r->cover_to,
                                                   .due      = r->due,
                                                   .amount   = r->amount,
                                                   .adjusted = adjusted,
                                                   .charged  = asked || past };
        p.plan.to           = date_max(p.plan.to, r->cover_to);
        p.plan.n++;
    }
    return p;
}

/* The first day of the plan after `done`, DATE_OPEN when there is none. */
static date plan_after(const struct group *g, int64_t arrangement, date done)
{
    date next = DATE_OPEN;

    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].arrangement == arrangement &&
            date_before(done, g->instalments[i].plan_from))
            next = date_min(next, g->instalments[i].plan_from);
    return next;
}

/* --- another day or interval of payment --- */

/* The day from which the method of payment of a day has been what it is. */
static date method_since(const struct group *g, int64_t arrangement, date day)
{
    date since = { INT32_MIN };

    for (size_t i = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        if (f->subject != arrangement ||
            (strcmp(f->kind, fact_kind_table[FACT_PAY_INTERVAL].name) &&
             strcmp(f->kind, fact_kind_table[FACT_PAY_DAY].name)))
            continue;
        if (!date_before(day, f->valid_from)) since = date_max(since, f->valid_from);
        if (!date_before(day, f->valid_to)) since = date_max(since, f->valid_to);
    }
    return since;
}

/* Whether an instalment falls due on a day of the method of payment then, and the next one that
 * falls due by the same method one interval later. */
static bool row_is_in_step(const struct group *g, const struct sql_arrangement_list_row *a,
                           const struct plan *p, size_t i)
{
    date due            = p->at[i].due;
    struct plan_terms t = { .reference = due };

    terms_method(g, a, due, &t);
    if (!date_same(t.first_due, due)) return false;
    return i + 1 == p->n ||
           !date_same(method_since(g, a->id, due), method_since(g, a->id, p->at[i + 1].due)) ||
           date_same(plan_next_due(t.interval, t.month_day, due), p->at[i + 1].due);
}

static void plan_reschedule_from(struct verb *v, struct group *g,
                                 const struct sql_arrangement_list_row *a, struct plan_rows *p,
                                 size_t first)
{
    size_t were             = p->plan.n;
    date due                = p->plan.at[first].due;
    struct plan_terms terms = { .reference = date_max(v->today, method_since(g, a->id, due)) };

    terms.reference = date_max(terms.reference, p->plan.at[first].from);
    if (first)
        terms.reference = date_max(terms.reference, date_add_days(p->plan.at[first - 1].due, 1));
    terms_method(g, a, due, &terms);
    plan_reschedule(&p->plan, first, &terms, group_timeline(g, a->id, v->arena), v->arena);
    for (size_t i = first; i < were; i++)
        instalment_end(v, p->row[i]->id);
    for (size_t i = first; i < p->plan.n; i++)
        instalment_write(v, a->id, p->plan.from, &p->plan.at[i]);
    group_refresh(v, g);
}

/* Instalments to come that do not fall due by the method of payment of their day are made anew. */
static void arrangement_reschedule(struct verb *v, struct group *g, int64_t id, bool *changed)
{
    size_t most = 2 * g->fact_count + 2, done = 0;

    for (date from = { INT32_MIN };;) {
        const struct sql_arrangement_list_row *a = group_arrangement(g, id);
        date next                                = plan_after(g, id, from);
        if (date_same(next, DATE_OPEN)) return;
        struct plan_rows p = plan_read(v, g, a, next, false);
        size_t i           = 0;
        while (i < p.plan.n && (p.plan.at[i].charged || row_is_in_step(g, a, &p.plan, i)))
            i++;
        if (i == p.plan.n) {
            from = next;
            continue;
        }
        BUG_UNLESS(done++ < most);
        *changed = true;
        p        = plan_read(v, g, a, next, true);
        plan_reschedule_from(v, g, a, &p, i);
    }
}

void account_plan(struct verb *v, struct group *g, bool *changed)
{
    for (size_t i = 0; i < g->arrangement_count; i++) {
        arrangement_plan(v, g, &g->arrangements[i], changed);
        arrangement_reschedule(v, g, g->arrangements[i].id, changed);
    }
}

/* --- after a decision --- */

static void adjust_charged(const struct verb *v, const struct group *g, const struct plan_rows *p,
                           size_t i, money change, struct entry_list *list)
{
    const struct sql_instalment_list_row *r = p->row[i];
    const struct sql_decision_list_row *d   = group_decision_at(g, r->cover_from);
    money now                               = instalment_due(&p->plan.at[i]);

    if (change.p == 0) return;
    entry_adjust(list, change, collect_fee_change(g, r, now),
                 (struct entry_about){ .arrangement = r->arrangement,
                                       .day         = r->due,
                                       .known       = v->today,
                                       .instalment  = r->id,
                                       .decision    = d ? d->id : 0 });
}

/* An instalment that was asked for is adjusted in the ledger; any other is written anew, one that
 * was to be paid directly on a day gone by too: it says what was payable, and no more. */
static void plan_write(struct verb *v, struct group *g, struct plan_rows *p, const money *change,
                       struct entry_list *list)
{
    for (size_t i = 0; i < p->plan.n; i++) {
        const struct sql_instalment_list_row *r = p->row[i];
        if (p->asked[i]) {
            adjust_charged(v, g, p, i, change[i], list);
            continue;
        }
        p->plan.at[i].amount = instalment_due(&p->plan.at[i]);
        if (r->amount.p == p->plan.at[i].amount.p) continue;
        instalment_end(v, r->id);
        instalment_write(v, r->arrangement, r->plan_from, &p->plan.at[i]);
    }
}

static void arrangement_replan(struct verb *v, struct group *g,
                               const struct sql_arrangement_list_row *a, struct timeline was,
                               struct entry_list *list)
{
    struct timeline now = group_timeline(g, a->id, v->arena);
    date done           = { INT32_MIN };

    for (;;) {
        date next = plan_after(g, a->id, done);
        if (date_same(next, DATE_OPEN)) return;
        struct plan_rows p = plan_read(v, g, a, next, true);
        money *change      = ARENA_MANY(v->arena, money, p.plan.n);
        plan_remake(&p.plan, was, now, change);
        plan_write(v, g, &p, change, list);
        done = next;
    }
}

void account_replan(struct verb *v, struct group *g, const struct timeline *was)
{
    struct entry_list list = { .arena = v->arena };

    for (size_t i = 0; i < g->arrangement_count; i++)
        arrangement_replan(v, g, &g->arrangements[i], was[i], &list);
    account_post(v, g, &list);
}
