/* api_case.c: cases as programs read them: what the caseworker's pages show, from the same reading.
 */
#include "app/decide.h"
#include "app/statement_file.h"
#include "web/api.h"
#include "web/api_own.h"
#include "web/pen.h"

#include <string.h>

/* ---- finding ---- */

static void page_write(struct out *o, int64_t earlier, int64_t later)
{
    if (earlier)
        pen_count(o, "earlier_page", earlier);
    else
        pen_null(o, "earlier_page");
    if (later)
        pen_count(o, "later_page", later);
    else
        pen_null(o, "later_page");
}

void api_cases(struct request *r)
{
    struct page_case_home p = { 0 };

    if (!case_found_fill(r, &p)) return;
    pen_open(&r->out, NULL, '{');
    if (form_has(&r->form, FORM_CASE_FIND_Q))
        pen_count(&r->out, "found", p.found);
    else
        pen_null(&r->out, "found");
    page_write(&r->out, p.earlier, p.later);
    pen_open(&r->out, "cases", '[');
    for (int32_t i = 0; i < p.rows_count; i++) {
        const struct view_case_row *c = &p.rows[i];
        pen_open(&r->out, NULL, '{');
        pen_text(&r->out, "reference", c->ref);
        pen_flag(&r->out, "barred", c->shut);
        if (!c->shut) {
            pen_text(&r->out, "paying_parent", c->name);
            pen_text(&r->out, "receiving_parents", c->receivers);
            pen_money(&r->out, "weekly", c->weekly);
            pen_text(&r->out, "owed", c->owed);
            pen_text(&r->out, "next_step", c->next);
        }
        pen_close(&r->out, '{');
    }
    pen_close(&r->out, '[');
    pen_close(&r->out, '{');
    api_answer(r);
}

/* ---- one case ---- */

static void due_write(struct out *o, const struct page_case_summary *p)
{
    pen_open(o, "due", '[');
    for (int32_t i = 0; i < p->due_count; i++) {
        pen_open(o, NULL, '{');
        pen_date(o, "due", p->due[i].due);
        pen_text(o, "receiving_parent", p->due[i].receiver);
        pen_money(o, "charged", p->due[i].charged);
        pen_money(o, "paid", p->due[i].paid);
        pen_money(o, "unpaid", p->due[i].unpaid);
        pen_close(o, '{');
    }
    pen_close(o, '[');
    pen_count(o, "due_more", p->due_more);
    pen_money(o, "due_more_unpaid", p->due_rest);
}

static void arrears_write(struct out *o, const struct case_view *v)
{
    static const char *const keys[AGE_BANDS] = { "to_30_days", "to_90_days", "to_365_days",
                                                 "over_365_days" };
    bool has                                 = date_before(v->s.ages.oldest, DATE_OPEN);

    pen_open(o, "arrears", '{');
    pen_money(o, "total", v->s.ages.total);
    pen_date_if(o, "oldest", has, v->s.ages.oldest);
    for (int i = 0; i < AGE_BANDS; i++)
        pen_money(o, keys[i], v->s.ages.band[i]);
    pen_close(o, '{');
}

static void clocks_write(struct out *o, const struct page_case_summary *p)
{
    pen_open(o, "clocks", '[');
    for (int32_t i = 0; i < p->clocks_count; i++) {
        const struct view_clock_row *w = &p->clocks[i];
        pen_open(o, NULL, '{');
        pen_text(o, "kind", w->kind);
        pen_text(o, "what", w->title);
        pen_text(o, "action", w->action);
        pen_date(o, "due", w->due);
        pen_text_or_null(o, "owner", w->owner);
        pen_text(o, "state", !*w->state ? "open" : !strcmp(w->state, "Late") ? "late" : "near");
        pen_close(o, '{');
    }
    pen_close(o, '[');
}

static void rows_write(struct out *o, const struct page_case_summary *p)
{
    pen_open(o, "running", '[');
    for (int32_t i = 0; i < p->running_count; i++) {
        pen_open(o, NULL, '{');
        pen_text(o, "what", p->running[i].what);
        pen_text(o, "text", p->running[i].text);
        pen_close(o, '{');
    }
    pen_close(o, '[');
    pen_open(o, "dangers", '[');
    for (int32_t i = 0; i < p->dangers_count; i++) {
        pen_open(o, NULL, '{');
        pen_text(o, "what", p->dangers[i].what);
        pen_text(o, "text", p->dangers[i].text);
        pen_close(o, '{');
    }
    pen_close(o, '[');
}

static void parties_write(struct request *r, const struct case_view *v,
                          const struct page_case_summary *p)
{
    pen_open(&r->out, "sides", '[');
    for (int32_t i = 0; i < p->sides_count; i++)
        api_side_write(&r->out, NULL, &p->sides[i].side);
    pen_close(&r->out, '[');
    pen_open(&r->out, "people", '[');
    for (size_t i = 0; i < v->g.people_count; i++) {
        const struct sql_group_people_row *who = &v->g.people[i];
        pen_open(&r->out, NULL, '{');
        pen_text(&r->out, "reference", who->ref);
        pen_text(&r->out, "name", case_name(&v->g, who->id, r->arena));
        pen_text(&r->out, "part", p->people[i].part);
        pen_date_if(&r->out, "born", who->has_born, who->born);
        pen_close(&r->out, '{');
    }
    pen_close(&r->out, '[');
}

void api_case(struct request *r)
{
    struct page_case_summary p;
    struct case_view v;

    if (!case_read(r, r->looked, &v) || !case_summary_fill(r, &v, &p)) return;
    pen_open(&r->out, NULL, '{');
    pen_text(&r->out, "reference", v.family.ref);
    pen_text(&r->out, "paying_parent", v.family.name);
    pen_text(&r->out, "receiving_parents", v.family.receivers);
    pen_date(&r->out, "as_at", r->today);
    pen_count(&r->out, "events", (int64_t)v.event_count);
    pen_money(&r->out, "owed", v.s.owed);
    pen_money(&r->out, "overdue", v.s.overdue);
    arrears_write(&r->out, &v);
    due_write(&r->out, &p);
    rows_write(&r->out, &p);
    clocks_write(&r->out, &p);
    pen_text(&r->out, "next_step", p.next);
    pen_text_or_null(&r->out, "owner", p.owner);
    pen_text_or_null(&r->out, "deputy", p.deputy);
    pen_date_if(&r->out, "owner_since", *p.owner, p.owner_since);
    parties_write(r, &v, &p);
    pen_close(&r->out, '{');
    api_answer(r);
}

/* ---- decisions ---- */

/* The members of a decision; the object stays open. */
static void decision_write(struct out *o, const struct case_view *v,
                           const struct sql_decision_history_row *d)
{
    bool known = d->event > 0 && (size_t)d->event <= v->event_count;

    pen_open(o, NULL, '{');
    pen_count(o, "number", d->id);
    pen_text(o, "kind", d->kind);
    pen_date(o, "from", d->effective_from);
    pen_money(o, "weekly", d->weekly);
    pen_text(o, "rate", d->rate);
    pen_text(o, "income_basis", d->basis);
    pen_text(o, "reason", d->reason);
    pen_flag(o, "in_force", d->known_to == KNOWN_OPEN);
    if (d->has_replaces)
        pen_count(o, "replaces", d->replaces);
    else
        pen_null(o, "replaces");
    pen_date_if(o, "made_on", known, known ? v->events[d->event - 1].day : d->effective_from);
    pen_text_or_null(o, "made_by", known ? v->events[d->event - 1].actor : NULL);
    pen_date(o, "law_from", d->law_from);
    pen_text(o, "engine", d->engine);
}

void api_decisions(struct request *r)
{
    struct case_view v;
    struct sql_decision_history_row *all;
    size_t n;

    if (!case_read(r, r->looked, &v) || !case_history(r, r->looked, &all, &n)) return;
    pen_open(&r->out, NULL, '{');
    pen_open(&r->out, "decisions", '[');
    while (n--) {
        decision_write(&r->out, &v, &all[n]);
        pen_close(&r->out, '{');
    }
    pen_close(&r->out, '[');
    pen_close(&r->out, '{');
    api_answer(r);
}

static void shares_write(struct out *o, const struct group *then, int64_t decision)
{
    pen_open(o, "shares", '[');
    for (size_t i = 0; i < then->arrangement_count; i++) {
        pen_open(o, NULL, '{');
        pen_text(o, "arrangement", then->arrangements[i].ref);
        pen_money(o, "weekly", group_award(then, decision, then->arrangements[i].id));
        pen_close(o, '{');
    }
    pen_close(o, '[');
}

/* What was read and what came out, as `upkeep assess` has them; null of an ending. */
static void working_write(struct request *r, const struct decision_replay *d)
{
    struct out reply = { .arena = r->arena };

    if (!d->explained.count) {
        pen_null(&r->out, "input");
        pen_null(&r->out, "calculation");
        return;
    }
    assess_json_write_reply(&reply, &d->calculation.input, &d->award, &d->explained);
    pen_json(&r->out, "input", d->calculation.json);
    pen_json(&r->out, "calculation", out_string(&reply));
}

void api_decision(struct request *r)
{
    struct case_view v;
    struct decision_replay d;
    struct group then;
    struct sql_decision_history_row *all;
    struct fail f  = { 0 };
    int64_t number = case_number(r->params[1]);
    size_t n, i;

    if (!case_read(r, r->looked, &v) || !case_history(r, r->looked, &all, &n)) return;
    for (i = 0; i < n && all[i].id != number; i++)
        continue;
    if (i == n) {
        api_refuse(r, 404, "no_such_decision", "This case has no decision of that number.");
        return;
    }
    if (!decision_replay(r->store, r->arena, r->looked, number, &d, &f) ||
        !group_load(r->store, r->arena, r->looked, d.decision->event, &then, &f)) {
        respond_fail(r, &f);
        return;
    }
    decision_write(&r->out, &v, &all[i]);
    pen_flag(&r->out, "agrees", d.agrees);
    shares_write(&r->out, &then, number);
    working_write(r, &d);
    pen_close(&r->out, '{');
    api_answer(r);
}

/* ---- the account ---- */

/* Whose statement: the paying parent's, or of the arrangement named.  False: answered. */
static bool reader_find(struct request *r, const struct case_view *v, int64_t *arrangement)
{
    const char *whose = form_text(&r->form, FORM_API_STATEMENT_WHOSE);

    *arrangement = 0;
    if (!*whose || !strcmp(whose, "paying")) return true;
    for (size_t i = 0; i < v->g.arrangement_count; i++)
        if (!strcmp(v->g.arrangements[i].ref, whose)) *arrangement = v->g.arrangements[i].id;
    if (*arrangement) return true;
    r->field = "whose";
    api_refuse(r, 422, "no_such_arrangement", "This case has no arrangement of that reference.");
    return false;
}

static date day_of(const struct request *r, int field, date otherwise)
{
    return form_has(&r->form, field) ? form_date(&r->form, field) : otherwise;
}

void api_statement(struct request *r)
{
    struct case_view v;
    struct statement s;
    struct fail f = { 0 };
    int64_t arrangement;

    if (!case_read(r, r->looked, &v) || !reader_find(r, &v, &arrangement)) return;
    struct statement_want want = {
        .pp          = r->looked,
        .arrangement = arrangement,
        .from        = day_of(r, FORM_API_STATEMENT_FROM, (date){ 0 }),
        .to          = day_of(r, FORM_API_STATEMENT_TO, r->today),
        .known_on    = day_of(r, FORM_API_STATEMENT_KNOWN_ON, r->today),
    };
    if (!statement_read(r->store, r->arena, &want, &s, &f)) {
        respond_fail(r, &f);
        return;
    }
    statement_json(
        &s, form_is(&r->form, FORM_API_STATEMENT_LANGUAGE, "welsh") ? LETTER_WELSH : LETTER_ENGLISH,
        &r->out);
    api_answer(r);
}

/* ---- letters ---- */

void api_letters(struct request *r)
{
    struct sql_letter_list_in in = { .pp = r->looked, .known = KNOWN_NOW };
    struct sql_letter_list_row *rows;
    struct case_view v;
    struct fail f = { 0 };
    size_t n;

    if (!case_read(r, r->looked, &v)) return;
    if (!sql_letter_list(r->store, &in, r->arena, &rows, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    pen_open(&r->out, NULL, '{');
    pen_open(&r->out, "letters", '[');
    while (n--) {
        pen_open(&r->out, NULL, '{');
        pen_count(&r->out, "number", rows[n].id);
        pen_text(&r->out, "kind", rows[n].kind);
        pen_text(&r->out, "to", case_name(&v.g, rows[n].person, r->arena));
        pen_date(&r->out, "day", rows[n].day);
        pen_text(&r->out, "language", strncmp(rows[n].language, "cy", 2) ? "en" : "cy");
        pen_text(&r->out, "state", rows[n].refused ? "refused" : rows[n].state);
        pen_text_or_null(&r->out, "refused", rows[n].refused);
        pen_close(&r->out, '{');
    }
    pen_close(&r->out, '[');
    pen_close(&r->out, '{');
    api_answer(r);
}

/* ---- the work list ---- */

void api_work_list(struct request *r)
{
    struct page_work_list p;

    if (!work_list_fill(r, &p)) return;
    pen_open(&r->out, NULL, '{');
    page_write(&r->out, p.earlier, p.later);
    pen_open(&r->out, "rows", '[');
    for (int32_t i = 0; i < p.rows_count; i++) {
        const struct view_work_row *w = &p.rows[i];
        pen_open(&r->out, NULL, '{');
        pen_text_or_null(&r->out, "reference", w->ref);
        pen_flag(&r->out, "barred", w->shut);
        if (!w->shut) {
            pen_text(&r->out, "name", w->name);
            pen_text(&r->out, "what", w->title);
            pen_text(&r->out, "action", w->action);
            pen_text(&r->out, "who", w->who);
            pen_text_or_null(&r->out, "owner", w->owner);
            pen_date(&r->out, "due", w->due);
            pen_text(&r->out, "state",
                     !*w->state                  ? "open"
                     : !strcmp(w->state, "Late") ? "late"
                                                 : "near");
        }
        pen_close(&r->out, '{');
    }
    pen_close(&r->out, '[');
    pen_close(&r->out, '{');
    api_answer(r);
}
