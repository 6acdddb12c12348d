/* asking.c: what parents ask of us. */
#include "app/asking.h"

#include "app/alert.h"
#include "app/notice.h"
#include "app/step.h"
#include "base/bug.h"

#include <string.h>

/* ---- reading ---- */

static enum machine_role role_of(const struct group *g, int64_t person)
{
    return person == g->pp ? ROLE_PAYING_PARENT : ROLE_RECEIVING_PARENT;
}

static void asking_fill(struct asking *a, const struct group *g,
                        const struct sql_step_list_row *steps, size_t n, struct arena *arena)
{
    a->machine = !strcmp(a->row.machine, machine_change_report.name) ? &machine_change_report
                                                                     : &machine_reconsideration;
    a->kind    = change_kind_find(a->row.topic);
    a->role    = role_of(g, a->row.person);
    a->state   = a->machine->start;
    a->steps   = ARENA_MANY(arena, struct sql_step_list_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (steps[i].subject != a->row.event || strcmp(steps[i].machine, a->machine->name))
            continue;
        a->steps[a->step_count++] = steps[i];
        a->state                  = machine_state_find(a->machine, steps[i].became);
        BUG_UNLESS(a->state != MACHINE_NOTHING);
    }
}

bool asking_list(struct store *store, struct arena *arena, const struct group *g,
                 struct asking **list, size_t *n, struct fail *fail)
{
    struct sql_step_list_in known = { .pp = g->pp, .known = KNOWN_NOW };
    struct sql_asking_list_row *rows;
    struct sql_step_list_row *steps;
    size_t count;

    if (!sql_asking_list(store, &(struct sql_asking_list_in){ .pp = g->pp }, arena, &rows, n,
                         fail) ||
        !sql_step_list(store, &known, arena, &steps, &count, fail))
        return false;
    *list = ARENA_MANY(arena, struct asking, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*list)[i].row = rows[i];
        asking_fill(&(*list)[i], g, steps, count, arena);
    }
    return true;
}

const struct asking *asking_find(const struct asking *list, size_t n, int64_t event)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].row.event == event) return &list[i];
    return NULL;
}

bool asking_is_open(const struct asking *a)
{
    return !a->machine->states[a->state].final;
}

const struct sql_decision_list_row *asking_decision(const struct asking *a, const struct group *g)
{
    const struct sql_decision_list_row *of = NULL;
    int64_t event                          = a->step_count ? a->steps[a->step_count - 1].event : 0;

    if (asking_is_open(a)) return NULL;
    for (size_t i = 0; i < g->decision_count && !of; i++)
        if (g->decisions[i].event == event) of = &g->decisions[i];
    return of;
}

/* ---- steps ---- */

static bool step_take(struct verb *v, const struct asking *a, int32_t event, enum machine_role by,
                      const char *said, struct fail *fail)
{
    struct step_order o = {
        .machine = a->machine,
        .subject = a->row.event,
        .was     = a->state,
        .answer  = machine_take(a->machine, a->state, event, 0),
        .by      = by,
        .reason  = said,
    };
    return step_add(v, &o, fail);
}

/* ---- telling a change ---- */

static const char *const said_by_words[MACHINE_ROLES] = {
    [ROLE_RECEIVING_PARENT] = "receiving parent",
    [ROLE_PAYING_PARENT]    = "paying parent",
};

/* Kinds of fact about a person are about who tells them, those about the payer have no subject. */
static int64_t subject_of(enum fact_kind kind, int64_t person, int64_t subject)
{
    switch (fact_kind_table[kind].subject) {
    case SUBJECT_PAYER: return 0;
    case SUBJECT_PERSON: return person;
    default: return subject;
    }
}

/* What is written as it is told: a fact that goes straight through, or what is kept sealed. */
static bool record_now(struct verb *v, const struct asking_change *c, struct fail *fail)
{
    enum fact_kind kind     = change_kind_answer(c->kind);
    struct fact_order order = { .kind        = kind,
                                .value       = c->value,
                                .from        = c->happened_on,
                                .to          = DATE_OPEN,
                                .happened_on = c->happened_on,
                                .said_by     = said_by_words[c->role],
                                .evidence    = "Told on their own page" };
    struct group g;

    if (!group_load(v->store, v->arena, v->pp, v->seq, &g, fail)) return false;
    order.subject = subject_of(kind, c->person, c->subject);
    return fact_assert(v, &g, &order, fail);
}

bool asking_tell(const struct setting *s, int64_t pp, const char *key,
                 const struct asking_change *c, int64_t *event, struct fail *fail)
{
    const struct machine *m = &machine_change_report;
    bool now                = c->kind->straight || *c->kind->keeps;
    int32_t happening = c->kind->straight ? CHANGE_REPORT_EVENT_RECORD : CHANGE_REPORT_EVENT_TELL;
    struct verb v;
    bool done;

    *event = 0;
    if (!verb_open(s, pp, "tell", key, &v, &done, fail)) return false;
    if (done) return true;
    struct sql_asking_insert_in in = {
        .pp          = pp,
        .event       = v.seq,
        .machine     = m->name,
        .topic       = c->kind->name,
        .person      = c->person,
        .subject     = c->subject,
        .value       = now || !c->value ? "" : c->value,
        .happened_on = c->happened_on,
        .day         = s->today,
        .note        = c->note ? c->note : "",
        .evidence    = c->evidence ? c->evidence : "",
    };
    *event = v.seq;
    out_print(&v.about, "Told us: %s", c->kind->title);
    if (now && !record_now(&v, c, fail)) return false;
    struct step_order step = {
        .machine = m,
        .subject = v.seq,
        .was     = m->start,
        .answer  = machine_take(m, m->start, happening, 0),
        .by      = c->role,
    };
    if (!alert_hear(&v, c->person, ALERT_CHANGE, (const char *[]){ in.note, in.evidence, NULL },
                    fail))
        return false;
    return sql_asking_insert(s->store, &in, fail) && step_add(&v, &step, fail) &&
           verb_close(&v, fail);
}

/* ---- what it does ---- */

static bool is_the_persons_mistake(const struct fail *f)
{
    return f->kind != FAIL_REFUSED || !strcmp(f->code, "value_wrong") ||
           !strcmp(f->code, "not_yet");
}

/* Amounts on a day, before and after. */
static bool is_same(const struct group *before, const struct group *after, date day)
{
    const struct sql_decision_list_row *was = group_decision_at(before, day);
    const struct sql_decision_list_row *is  = group_decision_at(after, day);

    for (size_t i = 0; i < after->arrangement_count; i++) {
        int64_t id = after->arrangements[i].id;
        if ((was ? group_award(before, was->id, id).p : 0) !=
            (is ? group_award(after, is->id, id).p : 0))
            return false;
    }
    return true;
}

/* The fact, and the decision where there is one to change.  The group before is in `before`. */
static bool take_up(struct verb *v, struct group *g, const struct change_report *r,
                    const char *reason, struct asking_effect *e, struct fail *fail)
{
    struct group before;

    if (!group_load(v->store, v->arena, v->pp, v->seq, &before, fail) ||
        !fact_report(v, g, r, &e->change, fail))
        return false;
    e->would = e->change.counts ? WOULD_NOTHING : WOULD_NOT_COUNT;
    if (e->change.counts && fact_kind_counts(r->kind) &&
        group_decision_at(g, e->change.counts_from)) {
        struct decision_order o = { .kind   = DECISION_CHANGE,
                                    .from   = e->change.counts_from,
                                    .reason = reason };
        if (!decision_make(v, g, &o, fail)) return false;
        e->would = is_same(&before, g, o.from) ? WOULD_NOTHING : WOULD_CHANGE;
    }
    e->after = *g;
    return true;
}

static struct change_report report_of(const struct change_kind_entry *kind, int64_t person,
                                      int64_t subject, const char *value, date happened_on)
{
    enum fact_kind fact = fact_kind_find(kind->fact);

    return (struct change_report){ .kind        = fact,
                                   .subject     = subject_of(fact, person, subject),
                                   .value       = kind->ends ? NULL : value,
                                   .happened_on = happened_on };
}

bool asking_try(const struct setting *s, int64_t pp, const struct asking_change *c,
                struct asking_effect *e, struct fail *fail)
{
    struct verb v;
    struct group g;
    bool done;

    *e = (struct asking_effect){ .would = WOULD_NOT_KNOWN };
    if (c->kind->straight || *c->kind->keeps) {
        e->would = c->kind->straight ? WOULD_NOTHING : WOULD_NOT_KNOWN;
        return c->value == NULL || fact_value_check(change_kind_answer(c->kind), c->value, fail);
    }
    if (!*c->kind->fact) return true;
    struct change_report r = report_of(c->kind, c->person, c->subject, c->value, c->happened_on);
    r.said_by              = said_by_words[c->role];
    if (!verb_open(s, pp, "report", NULL, &v, &done, fail) ||
        !group_load(v.store, v.arena, pp, v.seq, &g, fail))
        return false;
    if (take_up(&v, &g, &r, "", e, fail)) return true;
    if (is_the_persons_mistake(fail)) return false;
    *fail    = (struct fail){ 0 };
    e->would = WOULD_NOT_KNOWN;
    return true;
}

/* ---- accepting ---- */

/* What was kept sealed since it was told becomes what is believed. */
static bool adopt(struct verb *v, struct group *g, const struct asking *a, enum fact_kind to,
                  struct fail *fail)
{
    enum fact_kind kept = fact_kind_find(a->kind->keeps);
    struct fact_order o = { .kind        = kept,
                            .subject     = subject_of(kept, a->row.person, a->row.subject),
                            .from        = v->today,
                            .to          = DATE_OPEN,
                            .happened_on = a->row.happened_on,
                            .said_by     = said_by_words[a->role],
                            .evidence    = "Told on their own page, and checked" };

    return fact_adopt(v, g, &o, to, fail);
}

bool asking_accept(struct verb *v, struct group *g, const struct asking *a, const char *reason,
                   struct asking_effect *e, struct fail *fail)
{
    *e = (struct asking_effect){ .would = WOULD_NOTHING };
    BUG_UNLESS(a->kind);
    if (!step_take(v, a, CHANGE_REPORT_EVENT_ACCEPT, ROLE_CASEWORKER, reason, fail)) return false;
    out_print(&v->about, "Accepted what was told: %s. ", a->kind->title);
    if (*a->kind->fact && *a->kind->keeps) {
        if (!adopt(v, g, a, fact_kind_find(a->kind->fact), fail)) return false;
    } else if (*a->kind->fact) {
        struct change_report r =
            report_of(a->kind, a->row.person, a->row.subject, a->row.value, a->row.happened_on);
        r.said_by     = said_by_words[a->role];
        r.evidence    = a->row.evidence;
        r.reported_on = &a->row.day;
        if (!take_up(v, g, &r, reason, e, fail)) return false;
    }
    e->after = *g;
    return e->would != WOULD_NOT_COUNT ||
           REFUSE(
               fail, "under_tolerance",
               "The change is under the tolerance and does not count (A-104): decline it, and say "
               "so.");
}

/* ---- other steps ---- */

/* A caseworker says something to the parent; the parent says something to us. */
bool asking_step(const struct setting *s, int64_t pp, const struct asking *a, int32_t event,
                 const char *said, struct fail *fail)
{
    const struct machine_event *e = &a->machine->events[event];
    bool own                      = (e->who & UINT32_C(1) << a->role) != 0;
    struct verb v;
    struct group g;
    bool done;

    if (!said || !*said)
        return REFUSE(fail, "said_missing", "%s",
                      own ? "Write your answer." : "Say why, in words that the parent can read."),
               fail_field(fail, "said");
    if (!verb_open(s, pp, own ? "tell" : "answer_parent", NULL, &v, &done, fail) ||
        !group_load(v.store, v.arena, pp, v.seq, &g, fail) ||
        !step_take(&v, a, event, own ? a->role : ROLE_CASEWORKER, said, fail))
        return false;
    out_print(&v.about, "%s: %s", a->kind ? a->kind->title : "A decision to be looked at again",
              e->label);
    if (own && !alert_hear(&v, a->row.person, ALERT_CHANGE, (const char *[]){ said, NULL }, fail))
        return false;
    if (!own && a->kind && event == CHANGE_REPORT_EVENT_DECLINE && *a->kind->keeps &&
        *a->kind->fact && !adopt(&v, &g, a, FACT_KINDS, fail))
        return false;
    if (!own && !notice_asking(&v, &g, a, event, said, fail)) return false;
    return verb_close(&v, fail);
}

/* ---- a decision to be looked at again (A-108) ---- */

static const struct sql_decision_list_row *decision_of(const struct group *g, int64_t id)
{
    for (size_t i = 0; i < g->decision_count; i++)
        if (g->decisions[i].id == id) return &g->decisions[i];
    return NULL;
}

date asking_in_time(const struct law *law, date notified)
{
    return date_add_days(notified, law->reconsideration_days);
}

static struct machine_answer answer_of(const struct asking_limits *l, date today, const char *late)
{
    const struct machine *m = &machine_reconsideration;
    uint32_t holds          = 0;

    if (!date_before(l->in_time, today)) holds |= 1u << RECONSIDERATION_GUARD_IN_TIME;
    if (late && *late) holds |= 1u << RECONSIDERATION_GUARD_REASON;
    if (!date_before(l->late, today)) holds |= 1u << RECONSIDERATION_GUARD_WITHIN;
    return machine_take(m, m->start, RECONSIDERATION_EVENT_ASK, holds);
}

bool asking_limits_of(const struct setting *s, const struct group *g,
                      const struct asking_again *again, struct asking_limits *l, struct fail *fail)
{
    const struct law *law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, s->today);
    const struct sql_decision_list_row *d = decision_of(g, again->decision);
    struct asking *list;
    size_t n;

    *l = (struct asking_limits){ .why = NULL };
    if (!d)
        return REFUSE(fail, "no_decision",
                      "That decision was replaced meanwhile. Look at the new one first.");
    /* A decision is notified on the day it is made: its letter and the page go out that day. */
    if (!decision_made_on(s->store, s->arena, g->pp, d->event, &l->notified, fail) ||
        !asking_list(s->store, s->arena, g, &list, &n, fail))
        return false;
    l->in_time = asking_in_time(law, l->notified);
    l->late    = date_add_months(l->notified, law->reconsideration_late_months);
    l->is_late = date_before(l->in_time, s->today);
    if (date_before(l->late, s->today))
        l->why = machine_reconsideration.guards[RECONSIDERATION_GUARD_WITHIN].says;
    for (size_t i = 0; i < n; i++)
        if (!list[i].kind && list[i].row.subject == d->id && asking_is_open(&list[i]) &&
            list[i].row.person == again->person)
            l->open = &list[i];
    return true;
}

bool asking_again_ask(const struct setting *s, int64_t pp, const char *key,
                      const struct asking_again *again, int64_t *event, struct fail *fail)
{
    const struct machine *m = &machine_reconsideration;
    struct asking_limits limits;
    struct verb v;
    struct group g;
    bool done;

    if (!again->why || !*again->why)
        return REFUSE(fail, "why_missing", "Say what you think is wrong."), fail_field(fail, "why");
    *event = 0;
    if (!verb_open(s, pp, "ask_again", key, &v, &done, fail)) return false;
    if (done) return true;
    if (!group_load(v.store, v.arena, pp, v.seq, &g, fail)) return false;
    if (!asking_limits_of(s, &g, again, &limits, fail)) return false;
    const struct sql_decision_list_row *d = decision_of(&g, again->decision);
    if (limits.open)
        return REFUSE(fail, "asked_before", "You asked us already: we are looking at it.");
    struct machine_answer answer = answer_of(&limits, s->today, again->late);
    if (answer.result != MACHINE_TAKEN)
        return REFUSE(fail, "too_late", "%s", limits.why ? limits.why : machine_why(m, answer)),
               fail_field(fail, "late");
    struct sql_asking_insert_in in = {
        .pp          = pp,
        .event       = v.seq,
        .machine     = m->name,
        .topic       = "",
        .person      = again->person,
        .subject     = again->decision,
        .value       = "",
        .happened_on = d->effective_from,
        .day         = s->today,
        .note        = again->why,
        .evidence    = limits.is_late ? again->late : "",
    };
    struct step_order step = {
        .machine = m, .subject = v.seq, .was = m->start, .answer = answer, .by = again->role
    };
    *event = v.seq;
    out_text(&v.about, "Asked us to look again at the decision from ");
    out_date(&v.about, d->effective_from);
    if (!alert_hear(&v, again->person, ALERT_RECONSIDERATION,
                    (const char *[]){ in.note, in.evidence, NULL }, fail))
        return false;
    return sql_asking_insert(s->store, &in, fail) && step_add(&v, &step, fail) &&
           verb_close(&v, fail);
}

bool asking_revise(struct verb *v, struct group *g, const struct asking *a, const char *reason,
                   struct fail *fail)
{
    const struct sql_decision_list_row *d = decision_of(g, a->row.subject);
    struct decision_order o = { .kind = DECISION_REVISION, .reason = reason, .late = true };

    BUG_UNLESS(!a->kind);
    if (!d)
        return REFUSE(
            fail, "no_decision",
            "That decision was replaced since it was asked about. Say so, and refuse: the "
            "parent can ask about the new one.");
    o.from = d->effective_from;
    return step_take(v, a, RECONSIDERATION_EVENT_ALLOW, ROLE_CASEWORKER, reason, fail) &&
           decision_make(v, g, &o, fail);
}
