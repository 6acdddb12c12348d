/* case_sample.c: decisions that were picked to be looked at by somebody else: in one case, in all
 * of them, one worked out again, and what was found (app/sample.h). */
#include "app/decide.h"
#include "app/sample.h"
#include "flow/clock_kind.h"
#include "web/case.h"
#include "web/case_change.h"
#include "web/case_post.h"
#include "web/case_view.h"

#include <string.h>

enum { SAMPLES_SHOWN = 25 };

/* ---- rows ---- */

static const char *kind_words(const char *name)
{
    enum decision_kind kind = decision_kind_find(name);
    return kind == DECISION_KINDS ? name : decision_kind_table[kind].label;
}

/* Why whoever asks may not look; "" where they may. */
static const char *why_not(enum sample_guard stands)
{
    return stands == SAMPLE_GUARDS ? "" : machine_sample.guards[stands].says;
}

static void look_fill(struct request *r, const struct sample *s, struct view_sample_row *row)
{
    const struct sql_sample_looks_row *k = s->look;
    money error                          = money_subtract(k->should, k->weekly);

    row->answer =
        arena_print(r->arena, "By %s on %s: %s", k->actor, case_day_words(r->arena, k->day),
                    machine_sample.states[s->state].label);
    row->reason = k->reason;
    row->wrong  = s->state == SAMPLE_STATE_WRONG;
    row->should = k->should;
    row->error  = error.p < 0 ? money_negate(error) : error;
}

static struct view_sample_row row_of(struct request *r, const struct case_view *v,
                                     const struct sample *s)
{
    struct view_sample_row row = {
        .pp       = v->g.pp,
        .event    = s->row.event,
        .decision = s->decision->id,
        .kind     = kind_words(s->decision->kind),
        .weekly   = s->decision->weekly,
        .made     = arena_print(r->arena, "on %s by %s", case_day_words(r->arena, s->row.day),
                                s->row.actor),
        .open     = sample_is_open(s),
        .state    = machine_sample.states[s->state].label,
        .due      = clock_dates_from(s->state == SAMPLE_STATE_BEFORE ? CLOCK_SAMPLE_BEFORE
                                                                     : CLOCK_SAMPLE_AFTER,
                                s->row.picked_on)
                   .due,
        .answer  = "",
        .reason  = "",
        .why_not = why_not(sample_guard_of(s, r->session.account, r->session.role)),
    };

    row.may = !*row.why_not;
    if (s->look) look_fill(r, s, &row);
    return row;
}

static bool list_read(struct request *r, int64_t pp, struct sample **list, size_t *n)
{
    struct fail f = { 0 };

    if (sample_list(r->store, r->arena, pp, list, n, &f)) return true;
    respond_fail(r, &f);
    return false;
}

/* ---- one case ---- */

void case_samples(struct request *r)
{
    static const char *const said[][2] = { { "looked", "It was written down." } };
    struct sample *list;
    struct case_view v;
    size_t n;

    if (!case_open(r, &v) || !list_read(r, v.g.pp, &list, &n)) return;
    struct view_sample_row *rows = ARENA_MANY(r->arena, struct view_sample_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(r, &v, &list[i]);
    v.family.done              = case_said(r, said, sizeof said / sizeof *said);
    struct page_case_samples p = { .c = v.family, .rows = rows, .rows_count = (int32_t)n };
    page_case_samples(&r->out, frame_of(r), &p);
}

/* ---- one of them ---- */

/* What followed from the decision that was ordered. */
static bool others_fill(struct request *r, const struct case_view *v, const struct sample *s,
                        struct page_case_sample *p)
{
    struct sql_decision_history_row *all;
    size_t n;

    if (!case_history(r, v->g.pp, &all, &n)) return false;
    struct view_sample_other *rows = ARENA_MANY(r->arena, struct view_sample_other, n + 1);
    for (size_t i = 0; i < n; i++)
        if (all[i].event == s->row.event && all[i].id != s->decision->id)
            rows[p->others_count++] =
                (struct view_sample_other){ .id     = all[i].id,
                                            .kind   = kind_words(all[i].kind),
                                            .from   = all[i].effective_from,
                                            .weekly = case_pounds(r->arena, all[i].weekly) };
    p->others = rows;
    return true;
}

/* The notices of the event. */
static bool letters_fill(struct request *r, const struct case_view *v, const struct sample *s,
                         struct page_case_sample *p)
{
    struct sql_letter_list_in in = { .pp = v->g.pp, .known = KNOWN_NOW };
    struct sql_letter_list_row *all;
    struct fail f = { 0 };
    size_t n;

    if (!sql_letter_list(r->store, &in, r->arena, &all, &n, &f)) {
        respond_fail(r, &f);
        return false;
    }
    struct view_sample_letter *rows = ARENA_MANY(r->arena, struct view_sample_letter, n + 1);
    for (size_t i = 0; i < n; i++)
        if (all[i].event == s->row.event && !all[i].refused)
            rows[p->letters_count++] =
                (struct view_sample_letter){ .id    = all[i].id,
                                             .to    = case_name(&v->g, all[i].person, r->arena),
                                             .state = case_post_label(all[i].state) };
    p->letters = rows;
    return true;
}

static void sample_page(struct request *r)
{
    struct sample *list;
    struct case_view v;
    struct decision_replay d;
    struct fail f = { 0 };
    size_t n;

    if (!case_open(r, &v) || !list_read(r, v.g.pp, &list, &n)) return;
    int64_t event          = case_number(r->params[1]);
    const struct sample *s = event ? sample_of(list, n, event) : NULL;
    if (!s) {
        respond_missing(r);
        return;
    }
    if (!decision_replay(r->store, r->arena, v.g.pp, s->decision->id, &d, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct page_case_sample p = {
        .c      = v.family,
        .a      = row_of(r, &v, s),
        .part   = arena_print(r->arena, "sample/%lld", (long long)s->row.event),
        .found  = form_view(&r->form, FORM_CASE_SAMPLE_FOUND),
        .should = form_view(&r->form, FORM_CASE_SAMPLE_SHOULD),
        .reason = form_view(&r->form, FORM_CASE_SAMPLE_REASON),
    };
    if (case_decision_fill(r, &v, &d, &p.d) && others_fill(r, &v, s, &p) &&
        letters_fill(r, &v, s, &p))
        page_case_sample(&r->out, frame_with_form(r), &p);
}

void case_sample(struct request *r)
{
    form_new(&r->form, r->arena, &form_case_sample);
    sample_page(r);
}

static int field_of(const struct fail *f)
{
    static const struct case_field table[] = { { "reason", FORM_CASE_SAMPLE_REASON },
                                               { "should", FORM_CASE_SAMPLE_SHOULD } };
    return case_field_find(table, sizeof table / sizeof *table, f->field, FORM_CASE_SAMPLE_FOUND);
}

/* What was found wrong is decided anew next. */
static void done(struct request *r, const struct sample_answer *a)
{
    respond_redirect(r, arena_print(r->arena,
                                    a->found == SAMPLE_EVENT_WRONG ? "/case/%s/decide?kind=revision"
                                                                   : "/case/%s/samples?done=looked",
                                    r->params[0]));
}

/* The form's words are the machine's events; `wrong` is a word of forms. */
static enum sample_event found_of(const char *word)
{
    int32_t event = machine_event_find(&machine_sample, word);
    return event == MACHINE_NOTHING ? SAMPLE_EVENT_WRONG : (enum sample_event)event;
}

void case_sample_do(struct request *r)
{
    struct setting s       = case_setting(r);
    struct sample_answer a = { .event = case_number(r->params[1]), .role = r->session.role };
    struct fail f          = { 0 };

    if (!r->form.errors && a.event) {
        a.found      = found_of(form_text(&r->form, FORM_CASE_SAMPLE_FOUND));
        a.reason     = case_lines(r->arena, form_text(&r->form, FORM_CASE_SAMPLE_REASON));
        a.has_should = form_has(&r->form, FORM_CASE_SAMPLE_SHOULD);
        if (a.has_should) a.should = form_money(&r->form, FORM_CASE_SAMPLE_SHOULD);
        bool fine = store_begin(r->store, STORE_WRITING, &f) &&
                    sample_take(&s, case_number(r->params[0]), &a, &f) &&
                    store_commit(r->store, &f);
        store_rollback(r->store);
        if (fine) {
            done(r, &a);
            return;
        }
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, field_of(&f), case_sentence(r, &f));
    }
    sample_page(r);
}

/* ---- all cases ---- */

static bool waiting_fill(struct request *r, const struct sql_sample_waiting_row *w,
                         struct view_sample_row *row, struct fail *f)
{
    struct listed_family family;
    struct sample picked = { .row = { .actor = w->actor } };

    if (!case_listed(r, w->pp, &family, f)) return false;
    *row = (struct view_sample_row){ .pp = w->pp, .ref = family.ref, .shut = family.shut };
    if (row->shut) return true;
    bool before  = clock_kind_find(w->side) == CLOCK_SAMPLE_BEFORE;
    row->event   = w->event;
    row->name    = family.name;
    row->kind    = kind_words(w->kind);
    row->weekly  = w->weekly;
    row->maker   = w->actor;
    row->made    = case_day_words(r->arena, w->day);
    row->due     = w->due;
    row->late    = date_before(w->due, r->today);
    row->why_not = why_not(sample_guard_of(&picked, r->session.account, r->session.role));
    row->may     = !*row->why_not;
    row->side    = before && !row->late ? "Wait for a look" : "May go";
    return true;
}

void samples(struct request *r)
{
    int64_t page =
        form_has(&r->form, FORM_SAMPLES_PAGE) ? form_count(&r->form, FORM_SAMPLES_PAGE) : 1;
    struct sql_sample_waiting_in in = { .first = (page - 1) * SAMPLES_SHOWN,
                                        .most  = SAMPLES_SHOWN + 1 };
    struct sql_sample_waiting_row *found;
    struct fail f = { 0 };
    size_t n;

    if (!sql_sample_waiting(r->store, &in, r->arena, &found, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    size_t shown                 = n > SAMPLES_SHOWN ? SAMPLES_SHOWN : n;
    struct view_sample_row *rows = ARENA_MANY(r->arena, struct view_sample_row, shown + 1);
    for (size_t i = 0; i < shown; i++)
        if (!waiting_fill(r, &found[i], &rows[i], &f)) {
            respond_fail(r, &f);
            return;
        }
    struct page_samples p = { .rows       = rows,
                              .rows_count = (int32_t)shown,
                              .first      = in.first + 1,
                              .earlier    = page > 1 ? page - 1 : 0,
                              .later      = n > SAMPLES_SHOWN ? page + 1 : 0 };
    frame_of(r)->here     = "approvals";
    page_samples(&r->out, frame_of(r), &p);
}
