/* decide.c: making decisions: which dates, what each gives, what is replaced. */
#include "app/decide.h"

#include "app/account.h"
#include "app/decision_letter.h"
#include "app/fact.h"
#include "app/service_letter.h"
#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

/* --- does the kind fit? --- */

static const struct sql_decision_list_row *decision_on(const struct group *g, date day)
{
    for (size_t i = 0; i < g->decision_count; i++)
        if (date_same(g->decisions[i].effective_from, day)) return &g->decisions[i];
    return NULL;
}

static bool is_review_date(const struct group *g, date day)
{
    date first            = group_first_effective(g);
    const struct law *law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, first);
    date review           = first;
    for (int n = 1; date_before(review, day); n++)
        review = date_add_months(first, n * law->review_months);
    return date_same(review, day) && date_before(first, day);
}

bool decision_made_on(struct store *store, struct arena *arena, int64_t pp, int64_t event,
                      date *day, struct fail *fail)
{
    struct sql_event_list_row *events;
    size_t n;

    if (!sql_event_list(store, &(struct sql_event_list_in){ .pp = pp, .upto = event }, arena,
                        &events, &n, fail))
        return false;
    *day = events[n - 1].day;
    return true;
}

static bool check_first(const struct group *g, const struct decision_order *o, struct fail *fail)
{
    if (g->decision_count)
        return REFUSE(fail, "decided_before",
                      "There is a first decision already; make a change, a "
                      "review or a revision.");
    return date_same(o->from, group_first_effective(g)) ||
           REFUSE(fail, "date_wrong",
                  "A first decision takes effect on the effective date of the "
                  "application (A-100).");
}

static bool check_replacement(const struct group *g, const struct decision_order *o,
                              struct fail *fail)
{
    const struct sql_decision_list_row *d = decision_on(g, o->from);
    return (d && !strcmp(d->rate, rate_words[RATE_DEFAULT])) ||
           REFUSE(fail, "no_default",
                  "There is no default decision from that date to replace (A-85).");
}

static bool check_revision(struct verb *v, const struct group *g, const struct decision_order *o,
                           struct fail *fail)
{
    const struct sql_decision_list_row *d = decision_on(g, o->from);
    date made;

    if (!d)
        return REFUSE(fail, "no_decision",
                      "No decision takes effect on that date; a revision takes "
                      "the date of the decision it revises (A-108).");
    if (!decision_made_on(v->store, v->arena, v->pp, d->event, &made, fail)) return false;
    const struct law *law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, v->today);
    if (date_days(made, v->today) > law->reconsideration_days && !o->late)
        return REFUSE(fail, "too_late",
                      "The decision was notified more than %d days ago; say why a late request is "
                      "allowed (A-108).",
                      law->reconsideration_days);
    return true;
}

static bool is_effective_date(const struct group *g, date day)
{
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (date_same(g->arrangements[i].effective_from, day)) return true;
    return false;
}

/* Whether a receiving parent has no qualifying child on a day. */
static bool somebody_is_without(const struct verb *v, const struct group *g, date day)
{
    struct calculation c = group_calculation(g, day, v->arena);
    return (size_t)c.input.facts.receiver_count < g->arrangement_count;
}

static bool check_kind(struct verb *v, const struct group *g, const struct decision_order *o,
                       struct fail *fail)
{
    const struct law *law;

    if (g->arrangement_count == 0)
        return REFUSE(fail, "no_application", "There is no application to decide.");
    if (date_before(o->from, group_first_effective(g)))
        return REFUSE(fail, "date_wrong",
                      "Nothing can be decided for days before the effective date "
                      "of the first application.");
    if (o->kind != DECISION_INITIAL && o->kind != DECISION_DEFAULT &&
        !group_decision_at(g, o->from) &&
        !(o->kind == DECISION_NEW_APPLICATION && g->decision_count))
        return REFUSE(fail, "no_decision", "Make the first decision before any other.");
    switch (o->kind) {
    case DECISION_INITIAL: return check_first(g, o, fail);
    case DECISION_DEFAULT: return g->decision_count > 0 || check_first(g, o, fail);
    case DECISION_REPLACEMENT: return check_replacement(g, o, fail);
    case DECISION_REVISION: return check_revision(v, g, o, fail);
    case DECISION_ANNUAL_REVIEW:
        return is_review_date(g, o->from) ||
               REFUSE(fail, "date_wrong",
                      "An annual review takes effect on an anniversary of the "
                      "first effective date (A-101).");
    case DECISION_LAW_CHANGE:
        law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, o->from);
        return date_same(law->from, o->from) ||
               REFUSE(fail, "date_wrong", "The law did not change on that day.");
    case DECISION_ENDING:
        return somebody_is_without(v, g, o->from) ||
               REFUSE(fail, "not_ended",
                      "Each receiving parent has a qualifying child on that day: nothing ends "
                      "(A-112). Record first with whom the children live.");
    case DECISION_NEW_APPLICATION:
        return is_effective_date(g, o->from) ||
               REFUSE(fail, "date_wrong",
                      "A new application is decided from its own effective date (A-51, A-100).");
    case DECISION_CHANGE:
    case DECISION_CORRECTION:
    case DECISION_CONSEQUENCE:
    case DECISION_KINDS: break;
    }
    return true;
}

/* --- on which dates? --- */

struct dates {
    date *at;
    size_t n;
};

static void dates_add(struct dates *dates, date day)
{
    size_t i = 0;
    while (i < dates->n && date_before(dates->at[i], day))
        i++;
    if (i < dates->n && date_same(dates->at[i], day)) return;
    memmove(dates->at + i + 1, dates->at + i, (dates->n - i) * sizeof *dates->at);
    dates->at[i] = day;
    dates->n++;
}

/* The date of the order, every later date on which a decision takes effect or a fact of the
 * calculation begins or ends, and every later day to now on which the law changed. */
static struct dates dates_of(const struct verb *v, const struct group *g, date from)
{
    size_t most        = 2 * g->fact_count + g->decision_count + 1;
    struct dates dates = { NULL, 0 };

    for (const struct law *law =
             law_at((enum jurisdiction)g->arrangements[0].jurisdiction, v->today);
         law && date_before(from, law->from);
         law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction,
                      date_add_days(law->from, -1)))
        most++;
    dates.at = ARENA_MANY(v->arena, date, most);
    dates_add(&dates, from);
    for (size_t i = 0; i < g->decision_count; i++)
        if (date_before(from, g->decisions[i].effective_from))
            dates_add(&dates, g->decisions[i].effective_from);
    for (size_t i = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        if (!fact_kind_counts(fact_kind_find(f->kind))) continue;
        if (date_before(from, f->valid_from)) dates_add(&dates, f->valid_from);
        if (date_before(from, f->valid_to) && date_before(f->valid_to, DATE_OPEN))
            dates_add(&dates, f->valid_to);
    }
    for (const struct law *law =
             law_at((enum jurisdiction)g->arrangements[0].jurisdiction, v->today);
         law && date_before(from, law->from);
         law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction,
                      date_add_days(law->from, -1)))
        dates_add(&dates, law->from);
    return dates;
}

/* --- what does each give? --- */

/* What a day's facts give: the calculation and its award, or an ending. */
struct outcome {
    struct calculation c;
    struct award award;
    bool ends; /* no qualifying child is left */
};

static bool outcome_of(const struct group *g, date day, struct arena *arena, struct outcome *o,
                       struct fail *fail)
{
    *o      = (struct outcome){ .c = group_calculation(g, day, arena) };
    o->ends = o->c.input.facts.receiver_count == 0;
    if (o->ends) return true;
    if (!assess_check(&o->c.input.facts, day, fail)) return false;
    o->award = award_new(arena, &o->c.input.facts);
    assess(&o->c.input.facts, o->c.law, arena, &o->award);
    return true;
}

static money outcome_weekly(const struct outcome *o, int64_t arrangement)
{
    for (int32_t i = 0; i < o->c.input.facts.receiver_count; i++)
        if (o->c.arrangements[i] == arrangement) return o->award.weekly[i];
    return MONEY_NONE;
}

/* Whether a decision gives every arrangement what the outcome gives. */
static bool outcome_same(const struct group *g, const struct outcome *o,
                         const struct sql_decision_list_row *d)
{
    for (size_t i = 0; i < g->arrangement_count; i++) {
        int64_t id = g->arrangements[i].id;
        if (outcome_weekly(o, id).p != group_award(g, d->id, id).p) return false;
    }
    return true;
}

static bool outcome_rests_on(const struct outcome *o, const struct sql_decision_list_row *d)
{
    return d->facts.n == sizeof o->c.digest.bytes &&
           !memcmp(d->facts.at, o->c.digest.bytes, d->facts.n) &&
           date_same(d->law_from, o->c.law->from) && !strcmp(d->engine, ENGINE_VERSION);
}

/* --- writing --- */

static const char *outcome_rate(const struct outcome *o)
{
    return o->ends ? "ended" : rate_words[o->award.rate];
}

static void decision_write(struct verb *v, const struct outcome *o,
                           const struct decision_order *order,
                           const struct sql_decision_list_row *replaced)
{
    struct fingerprint *facts = ARENA_NEW(v->arena, struct fingerprint);

    *facts                          = o->c.digest;
    struct sql_decision_list_row in = {
        .pp             = v->pp,
        .id             = verb_number(v, DRAFT_DECISION),
        .event          = v->seq,
        .known_to       = KNOWN_OPEN,
        .kind           = decision_kind_table[order->kind].name,
        .effective_from = order->from,
        .has_replaces   = replaced != NULL,
        .replaces       = replaced ? replaced->id : 0,
        .reason         = order->reason ? order->reason : "",
        .law_from       = o->c.law->from,
        .engine         = ENGINE_VERSION,
        .facts          = { facts->bytes, sizeof facts->bytes },
        .basis          = income_basis_words[o->award.basis],
        .rate           = outcome_rate(o),
        .has_income     = o->award.has_income,
        .income         = o->award.gross_weekly_income,
        .weekly         = o->award.weekly_total,
    };
    if (replaced)
        verb_add(
            v, DRAFT_DECISION_END,
            &(struct sql_decision_close_in){ .pp = v->pp, .id = replaced->id, .event = v->seq });
    verb_add(v, DRAFT_DECISION, &in);
    for (int32_t i = 0; i < o->c.input.facts.receiver_count; i++) {
        struct sql_award_insert_in award = { .pp          = v->pp,
                                             .decision    = in.id,
                                             .arrangement = o->c.arrangements[i],
                                             .event       = v->seq,
                                             .weekly      = o->award.weekly[i] };
        verb_add(v, DRAFT_AWARD, &award);
    }
    if (v->about.length) out_text(&v->about, "; ");
    out_print(&v->about, "%s from ", decision_kind_table[order->kind].label);
    out_date(&v->about, order->from);
    out_text(&v->about, ": ");
    out_money(&v->about, o->award.weekly_total);
    out_text(&v->about, " a week");
}

/* The kind of a decision that follows from the one ordered. */
static enum decision_kind kind_of_later(const struct outcome *o,
                                        const struct sql_decision_list_row *replaced, date day)
{
    if (o->ends) return DECISION_ENDING;
    if (replaced) return DECISION_CONSEQUENCE;
    return date_same(o->c.law->from, day) ? DECISION_LAW_CHANGE : DECISION_CHANGE;
}

static bool decide_on(struct verb *v, struct group *g, const struct decision_order *order, date day,
                      struct fail *fail)
{
    const struct sql_decision_list_row *before  = group_decision_at(g, date_add_days(day, -1));
    const struct sql_decision_list_row *present = decision_on(g, day);
    bool ordered                                = date_same(day, order->from);
    struct outcome o;
    struct decision_order later = *order;

    if (!outcome_of(g, day, v->arena, &o, fail)) return false;
    if (!ordered && present && outcome_rests_on(&o, present) && outcome_same(g, &o, present))
        return true;
    if (!ordered && !present && before && outcome_same(g, &o, before)) return true;
    later.from = day;
    if (!ordered || o.ends) later.kind = kind_of_later(&o, present, day);
    decision_write(v, &o, &later, present);
    group_refresh(v, g);
    return true;
}

/* A default decision rests on the fact that there is no information; its replacement on the end of
 * that fact, for the same days. */
static bool settle_information(struct verb *v, struct group *g, const struct decision_order *o,
                               struct fail *fail)
{
    bool missing           = group_fact(g, FACT_NO_INFORMATION, 0, o->from) != NULL;
    struct fact_order fact = { .kind        = FACT_NO_INFORMATION,
                               .value       = "yes",
                               .from        = o->from,
                               .to          = DATE_OPEN,
                               .happened_on = v->today,
                               .said_by     = v->actor,
                               .evidence    = o->reason };

    if (o->kind == DECISION_DEFAULT && !missing) return fact_assert(v, g, &fact, fail);
    if (o->kind == DECISION_REPLACEMENT && missing) return fact_end(v, g, &fact, fail);
    return true;
}

bool decision_make(struct verb *v, struct group *g, const struct decision_order *o,
                   struct fail *fail)
{
    struct account_work work = { .pay_out = false };
    bool charged             = false;

    if (!check_kind(v, g, o, fail) || !settle_information(v, g, o, fail)) return false;
    account_charge(v, g, &charged);
    struct timeline *was = ARENA_MANY(v->arena, struct timeline, g->arrangement_count);
    for (size_t i = 0; i < g->arrangement_count; i++)
        was[i] = group_timeline(g, g->arrangements[i].id, v->arena);
    struct dates dates = dates_of(v, g, o->from);
    for (size_t i = 0; i < dates.n; i++)
        if (!decide_on(v, g, o, dates.at[i], fail)) return false;
    account_replan(v, g, was);
    account_bring_up(v, g, &work);
    return decision_notify(v, g, fail) &&
           (o->kind != DECISION_ANNUAL_REVIEW || service_review(v, g, fail));
}

/* --- working out again --- */

/* The names that people know the parents and children by, for the explanation. */
static struct explain_names replay_names(const struct group *g, const struct calculation *c,
                                         struct arena *arena)
{
    const struct rule_facts *f = &c->input.facts;
    struct span *receivers     = ARENA_MANY(arena, struct span, f->receiver_count);
    struct span *children      = ARENA_MANY(arena, struct span, f->child_count);

    for (int32_t i = 0; i < f->receiver_count; i++) {
        const struct sql_group_people_row *p =
            group_person(g, group_arrangement(g, c->arrangements[i])->rp);
        const char *name = arena_print(arena, "%s %s", p->given, p->family);
        receivers[i]     = (struct span){ name, strlen(name) };
    }
    for (int32_t i = 0; i < f->child_count; i++) {
        const char *name = group_person(g, c->children[i])->given;
        children[i]      = (struct span){ name, strlen(name) };
    }
    return (struct explain_names){ receivers, children };
}

struct explained decision_explain(const struct decision_replay *r, enum explain_language language,
                                  struct arena *arena)
{
    struct explain_of of = { &r->calculation.input.facts, r->calculation.law, &r->trace,
                             &r->names };

    return explain_in(language, arena, &of);
}

static bool replay_award(const struct group *g, struct decision_replay *r, struct arena *arena)
{
    const struct sql_decision_list_row *d = r->decision;
    const struct rule_facts *f            = &r->calculation.input.facts;
    bool same;

    if (f->receiver_count == 0) return !strcmp(d->rate, "ended") && d->weekly.p == 0;
    r->trace = trace_new(arena, f);
    r->award = award_new(arena, f);
    assess_traced(f, r->calculation.law, arena, &r->award, &r->trace);
    r->names     = replay_names(g, &r->calculation, arena);
    r->explained = decision_explain(r, EXPLAIN_ENGLISH, arena);
    same = r->award.weekly_total.p == d->weekly.p && !strcmp(rate_words[r->award.rate], d->rate) &&
           !strcmp(income_basis_words[r->award.basis], d->basis) &&
           r->award.has_income == d->has_income &&
           (!d->has_income || r->award.gross_weekly_income.p == d->income.p);
    for (int32_t i = 0; i < f->receiver_count; i++)
        same &= group_award(g, d->id, r->calculation.arrangements[i]).p == r->award.weekly[i].p;
    return same;
}

bool decision_replay_of(const struct group *then, int64_t decision, struct arena *arena,
                        struct decision_replay *r, struct fail *fail)
{
    *r = (struct decision_replay){ 0 };
    for (size_t k = 0; k < then->decision_count; k++)
        if (then->decisions[k].id == decision) r->decision = &then->decisions[k];
    if (!r->decision || then->arrangement_count == 0)
        return REFUSE(fail, "no_decision", "There is no decision with that number.");
    r->calculation   = group_calculation(then, r->decision->effective_from, arena);
    struct outcome o = { .c = r->calculation };
    if (r->calculation.input.facts.receiver_count > 0 &&
        !assess_check(&r->calculation.input.facts, r->decision->effective_from, fail))
        return true; /* the facts cannot be assessed: it does not agree */
    r->agrees = replay_award(then, r, arena) && outcome_rests_on(&o, r->decision);
    return true;
}

bool decision_replay(struct store *store, struct arena *arena, int64_t pp, int64_t decision,
                     struct decision_replay *r, struct fail *fail)
{
    struct sql_decision_history_row *all;
    size_t n;
    struct group g = { 0 };

    if (!sql_decision_history(store, &(struct sql_decision_history_in){ .pp = pp }, arena, &all, &n,
                              fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (all[i].id == decision && !group_load_record(store, arena, pp, all[i].event, &g, fail))
            return false;
    return decision_replay_of(&g, decision, arena, r, fail);
}
