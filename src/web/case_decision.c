/* case_decision.c: decisions, and one opened into how it was worked out. */
#include "app/decide.h"
#include "web/amount.h"
#include "web/case.h"
#include "web/case_view.h"

#include <stdlib.h>
#include <string.h>

static const char *kind_words(const char *name)
{
    enum decision_kind kind = decision_kind_find(name);
    return kind == DECISION_KINDS ? name : decision_kind_table[kind].label;
}

static const char *made_words(struct request *r, const struct case_view *v, int64_t event)
{
    if (event < 1 || (size_t)event > v->event_count) return "";
    return arena_print(r->arena, "%s by %s", case_day_words(r->arena, v->events[event - 1].day),
                       v->events[event - 1].actor);
}

/* In force, or replaced: by which, when. */
static const char *state_words(struct request *r, const struct case_view *v,
                               const struct sql_decision_history_row *d,
                               const struct sql_decision_history_row *all, size_t n)
{
    if (d->known_to == KNOWN_OPEN) return "In force";
    for (size_t i = 0; i < n; i++)
        if (all[i].has_replaces && all[i].replaces == d->id)
            return arena_print(r->arena, "Replaced by decision %lld on %s", (long long)all[i].id,
                               d->known_to > 0 && (size_t)d->known_to <= v->event_count
                                   ? case_day_words(r->arena, v->events[d->known_to - 1].day)
                                   : "");
    return "Replaced";
}

bool case_history(struct request *r, int64_t pp, struct sql_decision_history_row **all, size_t *n)
{
    struct fail f = { 0 };

    if (sql_decision_history(r->store, &(struct sql_decision_history_in){ .pp = pp }, r->arena, all,
                             n, &f))
        return true;
    respond_fail(r, &f);
    return false;
}

void case_decisions(struct request *r)
{
    struct case_view v;
    struct sql_decision_history_row *all;
    size_t n;

    if (!case_open(r, &v) || !case_history(r, v.g.pp, &all, &n)) return;
    struct view_decision_row *rows = ARENA_MANY(r->arena, struct view_decision_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct sql_decision_history_row *d = &all[n - 1 - i];

        rows[i]        = (struct view_decision_row){ .id = d->id, .kind = kind_words(d->kind) };
        rows[i].from   = d->effective_from;
        rows[i].weekly = case_pounds(r->arena, d->weekly);
        rows[i].made   = made_words(r, &v, d->event);
        rows[i].state  = state_words(r, &v, d, all, n);
        rows[i].reason = d->reason;
    }
    struct page_case_decisions p = { .c = v.family, .rows = rows, .rows_count = (int32_t)n };
    page_case_decisions(&r->out, frame_of(r), &p);
}

/* ---- one decision ---- */

void case_steps(struct arena *a, const struct explained *explained, struct view_step_row **rows,
                int32_t *n)
{
    *rows = ARENA_MANY(a, struct view_step_row, explained->count + 1);
    *n    = explained->count;
    for (int32_t i = 0; i < *n; i++)
        (*rows)[i] =
            (struct view_step_row){ .rule   = explained->lines[i].rule,
                                    .cite   = explained->lines[i].cite,
                                    .label  = explained->lines[i].label,
                                    .amount = amount_words(a, explained->lines[i].amount) };
}

static void facts_fill(struct request *r, const struct case_view *v, const struct group *then,
                       date day, struct view_decision_shown *p)
{
    struct view_fact_row *rows = ARENA_MANY(r->arena, struct view_fact_row, then->fact_count + 1);

    for (int kind = 0; kind < FACT_KINDS && fact_kind_counts((enum fact_kind)kind); kind++)
        for (size_t i = 0; i < then->fact_count; i++) {
            const struct sql_fact_list_row *f = &then->facts[i];
            if (!strcmp(f->kind, fact_kind_table[kind].name) && !date_before(day, f->valid_from) &&
                date_before(day, f->valid_to))
                rows[p->facts_count++] = case_fact_row(v, f, r->arena);
        }
    p->facts = rows;
}

static void pairs_fill(struct request *r, const struct case_view *v,
                       const struct decision_replay *d, struct view_decision_shown *p)
{
    enum { PAIRS = 10, DIGEST_SHOWN = 8 };
    const struct sql_decision_list_row *row = d->decision;
    struct view_pair *at                    = ARENA_MANY(r->arena, struct view_pair, PAIRS);
    struct out digest                       = { .arena = r->arena };
    const unsigned char *bytes              = row->facts.at;
    enum decision_kind kind                 = decision_kind_find(row->kind);
    int32_t n                               = 0;

    for (size_t i = 0; i < DIGEST_SHOWN && i < row->facts.n; i++)
        out_print(&digest, "%02x", bytes[i]);
    at[n++] = (struct view_pair){ .label = "Reason", .text = row->reason };
    at[n++] = (struct view_pair){ .label = "Made", .text = made_words(r, v, row->event) };
    at[n++] = (struct view_pair){ .label = "Now", .text = p->state };
    if (row->has_replaces)
        at[n++] =
            (struct view_pair){ .label = "Replaces",
                                .text  = arena_print(r->arena, "Decision %lld",
                                                     (long long)row->replaces),
                                .link  = arena_print(r->arena, "/case/%lld/decision/%lld",
                                                     (long long)v->g.pp, (long long)row->replaces) };
    if (kind != DECISION_KINDS)
        at[n++] = (struct view_pair){ .label = "Rule for the kind",
                                      .text  = decision_kind_table[kind].rule };
    at[n++]  = (struct view_pair){ .label = "Law as it stood from",
                                   .text  = case_day_words(r->arena, row->law_from) };
    at[n++]  = (struct view_pair){ .label = "Rate and income",
                                   .text  = arena_print(r->arena, "%s rate, income: %s",
                                                        case_plain(r->arena, row->rate),
                                                        case_plain(r->arena, row->basis)) };
    at[n++]  = (struct view_pair){ .label = "Program's rules, version", .text = row->engine };
    at[n++]  = (struct view_pair){ .label = "Seal of the facts", .text = out_string(&digest) };
    p->pairs = at;
    p->pairs_count = n;
}

static void shares_fill(struct request *r, const struct group *then, int64_t decision,
                        struct view_decision_shown *p)
{
    struct view_share_row *rows =
        ARENA_MANY(r->arena, struct view_share_row, then->arrangement_count + 1);

    for (size_t i = 0; i < then->arrangement_count; i++)
        rows[i] = (struct view_share_row){
            .name   = case_name(then, then->arrangements[i].rp, r->arena),
            .weekly = group_award(then, decision, then->arrangements[i].id),
        };
    p->shares       = rows;
    p->shares_count = (int32_t)then->arrangement_count;
}

/* The decision worked out again; false: answered. */
static bool replay_open(struct request *r, struct case_view *v, struct decision_replay *d)
{
    struct fail f = { 0 };

    if (!case_open(r, v)) return false;
    if (decision_replay(r->store, r->arena, v->g.pp, case_number(r->params[1]), d, &f)) return true;
    if (f.kind == FAIL_REFUSED)
        respond_missing(r);
    else
        respond_fail(r, &f);
    return false;
}

bool case_decision_fill(struct request *r, const struct case_view *v,
                        const struct decision_replay *d, struct view_decision_shown *p)
{
    struct group then;
    struct sql_decision_history_row *all;
    struct view_step_row *steps;
    struct fail f = { 0 };
    size_t n;

    if (!case_history(r, v->g.pp, &all, &n)) return false;
    if (!group_load(r->store, r->arena, v->g.pp, d->decision->event, &then, &f)) {
        respond_fail(r, &f);
        return false;
    }
    *p = (struct view_decision_shown){ .id     = d->decision->id,
                                       .kind   = kind_words(d->decision->kind),
                                       .from   = d->decision->effective_from,
                                       .agrees = d->agrees,
                                       .weekly = d->decision->weekly,
                                       .json   = d->calculation.json };
    for (size_t i = 0; i < n; i++)
        if (all[i].id == p->id) p->state = state_words(r, v, &all[i], all, n);
    case_steps(r->arena, &d->explained, &steps, &p->steps_count);
    p->steps = steps;
    pairs_fill(r, v, d, p);
    shares_fill(r, &then, p->id, p);
    facts_fill(r, v, &then, p->from, p);
    return true;
}

void case_decision(struct request *r)
{
    struct case_view v;
    struct decision_replay d;
    struct page_case_decision p;

    if (!replay_open(r, &v, &d) || !case_decision_fill(r, &v, &d, &p.d)) return;
    if (form_has(&r->form, FORM_CASE_SAID_DONE)) v.family.done = "The decision was made.";
    p.c = v.family;
    page_case_decision(&r->out, frame_of(r), &p);
}

void case_decision_input(struct request *r)
{
    struct case_view v;
    struct decision_replay d;

    if (!replay_open(r, &v, &d)) return;
    out_text(&r->out, d.calculation.json);
    out_text(&r->out, "\n");
    respond_as(r, "application/json",
               arena_print(r->arena, "decision-%lld.json", (long long)d.decision->id));
}
