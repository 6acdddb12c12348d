/* case_approval.c: what waits for a second person: in one case, in all of them, and the answer. */
#include "app/approval.h"
#include "web/case.h"
#include "web/case_change.h"

#include <string.h>

enum { APPROVALS_SHOWN = 25 };

/* ---- rows ---- */

static struct view_approval_line *lines_of(struct arena *a, const char *text, int32_t *n)
{
    size_t most                   = 1;
    struct view_approval_line *at = NULL;

    for (const char *p = text; *p; p++)
        most += *p == '\n';
    at = ARENA_MANY(a, struct view_approval_line, most);
    for (*n = 0; *text; text += strcspn(text, "\n"), text += *text == '\n')
        at[(*n)++].text = arena_text(a, text, strcspn(text, "\n"));
    return at;
}

static const char *amount_words(struct arena *a, money amount)
{
    return amount.p ? case_pounds(a, amount) : "";
}

static const char *state_words(const char *state)
{
    return machine_approval
        .states[state ? machine_state_find(&machine_approval, state) : APPROVAL_STATE_ASKED]
        .label;
}

static struct view_approval_row row_of(struct request *r, int64_t pp,
                                       const struct sql_approval_list_row *q)
{
    enum second_person_act kind = SECOND_PERSON_ACT_OTHER;

    approval_act_find(q->act, &kind);
    struct view_approval_row row = {
        .pp       = pp,
        .event    = q->event,
        .act      = approval_act_words(kind),
        .amount   = amount_words(r->arena, q->amount),
        .asker    = q->asker,
        .day      = q->day,
        .why      = q->why,
        .state    = state_words(q->state),
        .answered = q->state != NULL,
        .own      = !strcmp(q->asker, r->session.account),
        .may      = approval_may(kind, r->session.role),
    };
    row.effect = lines_of(r->arena, q->effect, &row.effect_count);
    row.answer = "";
    if (q->state)
        row.answer =
            arena_print(r->arena, "%s, %s%s%s", q->account, case_day_words(r->arena, q->answered),
                        *q->reason ? ": " : "", q->reason);
    return row;
}

static bool list_read(struct request *r, int64_t pp, struct sql_approval_list_row **rows, size_t *n)
{
    struct fail f = { 0 };

    if (sql_approval_list(r->store, &(struct sql_approval_list_in){ .pp = pp }, r->arena, rows, n,
                          &f))
        return true;
    respond_fail(r, &f);
    return false;
}

/* ---- one case ---- */

void case_approvals(struct request *r)
{
    static const char *const said[][2] = {
        { "asked", "It was asked of a second person. Nothing is done before they approve it." },
        { "approve", "It was approved, and is done." },
        { "refuse", "It was refused. Whoever asked can see why." },
        { "withdraw", "It was taken back." },
        { "overtaken", "It was not done: the case has changed, and it would no longer do what was "
                       "asked for. It must be asked for again." },
    };
    struct sql_approval_list_row *found;
    struct case_view v;
    size_t n;

    if (!case_open(r, &v) || !list_read(r, v.g.pp, &found, &n)) return;
    struct view_approval_row *rows = ARENA_MANY(r->arena, struct view_approval_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(r, v.g.pp, &found[n - 1 - i]);
    v.family.done                = case_said(r, said, sizeof said / sizeof *said);
    struct page_case_approvals p = { .c = v.family, .rows = rows, .rows_count = (int32_t)n };
    page_case_approvals(&r->out, frame_of(r), &p);
}

/* ---- one of them ---- */

static const char *particular_label(const char *name)
{
    static const char *const table[][2] = {
        { "word", "Kind" },
        { "arrangement", "About" },
        { "amount", "Amount" },
        { "weekly", "A week" },
        { "day", "Day" },
        { "basis", "Basis" },
        { "reason", "Reason" },
        { "evidence", "Evidence" },
        { "refers", "Event" },
        { "children", "Children considered" },
        { "known", "Known of them" },
        { "reasoning", "Why all the same" },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i][0], name)) return table[i][1];
    return name;
}

static const char *particular_words(struct request *r, const struct group *g,
                                    const struct sql_approval_fields_row *f)
{
    date day;

    if (!strcmp(f->name, "arrangement")) return case_receiver(g, case_number(f->value), r->arena);
    if (!strcmp(f->name, "word") || !strcmp(f->name, "basis"))
        return case_plain(r->arena, f->value);
    if (!strcmp(f->name, "day") && date_parse(f->value, strlen(f->value), &day))
        return case_day_words(r->arena, day);
    if (!strcmp(f->name, "amount") || !strcmp(f->name, "weekly"))
        return arena_print(r->arena, "£%s", f->value);
    return f->value;
}

static bool particulars_fill(struct request *r, const struct group *g, int64_t ask,
                             struct page_case_approval *p)
{
    struct sql_approval_fields_row *found;
    struct fail f = { 0 };
    size_t n;

    if (!sql_approval_fields(r->store,
                             &(struct sql_approval_fields_in){ .pp = g->pp, .event = ask },
                             r->arena, &found, &n, &f)) {
        respond_fail(r, &f);
        return false;
    }
    struct view_pair *at = ARENA_MANY(r->arena, struct view_pair, n + 1);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct view_pair){ .label = particular_label(found[i].name),
                                    .text  = particular_words(r, g, &found[i]) };
    p->particulars       = at;
    p->particulars_count = (int32_t)n;
    return true;
}

/* What is added to it: the act itself is not done yet. */
static bool before_fill(struct request *r, int64_t pp, const char *act,
                        struct page_case_approval *p)
{
    enum second_person_act kind = SECOND_PERSON_ACT_OTHER;
    struct setting s            = case_setting(r);
    struct approval_weight weight;
    struct fail f = { 0 };

    approval_act_find(act, &kind);
    if (!approval_weigh(&s, pp, kind, KNOWN_NOW, MONEY_NONE, &weight, &f)) {
        respond_fail(r, &f);
        return false;
    }
    p->before = case_before_words(r, &weight);
    return true;
}

static void approval_page(struct request *r)
{
    struct sql_approval_list_row *found;
    struct case_view v;
    size_t n, i = 0;

    if (!case_open(r, &v) || !list_read(r, v.g.pp, &found, &n)) return;
    while (i < n && found[i].event != case_number(r->params[1]))
        i++;
    if (i == n) {
        respond_missing(r);
        return;
    }
    if (found[i].state) {
        respond_redirect(r, arena_print(r->arena, "/case/%lld/approvals", (long long)v.g.pp));
        return;
    }
    struct page_case_approval p = {
        .c      = v.family,
        .a      = row_of(r, v.g.pp, &found[i]),
        .part   = arena_print(r->arena, "approval/%lld", (long long)found[i].event),
        .answer = form_view(&r->form, FORM_CASE_APPROVAL_ANSWER),
        .reason = form_view(&r->form, FORM_CASE_APPROVAL_REASON),
    };
    if (before_fill(r, v.g.pp, found[i].act, &p) && particulars_fill(r, &v.g, found[i].event, &p))
        page_case_approval(&r->out, frame_with_form(r), &p);
}

void case_approval(struct request *r)
{
    form_new(&r->form, r->arena, &form_case_approval);
    approval_page(r);
}

static bool answer_try(struct request *r, int64_t pp, const struct approval_answer *a,
                       struct fail *f)
{
    struct setting s = case_setting(r);
    bool done        = store_begin(r->store, STORE_WRITING, f) && approval_answer(&s, pp, a, f) &&
                store_commit(r->store, f);

    store_rollback(r->store);
    return done;
}

/* The words that the answers of the form and the events of the machine share. */
static enum approval_event event_of(const char *word)
{
    return (enum approval_event)machine_event_find(&machine_approval, word);
}

void case_approval_do(struct request *r)
{
    int64_t pp               = case_number(r->params[0]);
    const char *word         = form_text(&r->form, FORM_CASE_APPROVAL_ANSWER);
    struct approval_answer a = { .ask    = case_number(r->params[1]),
                                 .role   = r->session.role,
                                 .reason = form_text(&r->form, FORM_CASE_APPROVAL_REASON) };
    struct fail f = { 0 }, none = { 0 };

    if (r->form.errors) {
        approval_page(r);
        return;
    }
    a.event = event_of(word);
    if (answer_try(r, pp, &a, &f)) {
        respond_redirect(
            r, arena_print(r->arena, "/case/%lld/approvals?done=%s", (long long)pp, word));
        return;
    }
    if (f.kind != FAIL_REFUSED) {
        respond_fail(r, &f);
        return;
    }
    if (!strcmp(f.code, machine_approval.guards[APPROVAL_GUARD_STILL_TRUE].name)) {
        a.event  = APPROVAL_EVENT_OVERTAKE;
        a.reason = f.text;
        if (answer_try(r, pp, &a, &none)) {
            respond_redirect(
                r, arena_print(r->arena, "/case/%lld/approvals?done=overtaken", (long long)pp));
            return;
        }
    }
    bool about_reason = !strcmp(f.field, "reason");
    form_refuse(&r->form, about_reason ? FORM_CASE_APPROVAL_REASON : FORM_CASE_APPROVAL_ANSWER,
                case_sentence(r, &f));
    approval_page(r);
}

/* ---- all cases ---- */

static bool waiting_fill(struct request *r, const struct sql_approval_waiting_row *w,
                         struct view_approval_row *row, struct fail *f)
{
    struct listed_family family;
    enum second_person_act kind = SECOND_PERSON_ACT_OTHER;

    if (!case_listed(r, w->pp, &family, f)) return false;
    *row = (struct view_approval_row){ .pp = w->pp, .ref = family.ref, .shut = family.shut };
    if (row->shut) return true;
    bool late = date_before(w->due, r->today);
    approval_act_find(w->act, &kind);
    row->event  = w->event;
    row->name   = family.name;
    row->act    = approval_act_words(kind);
    row->amount = amount_words(r->arena, w->amount);
    row->asker  = w->asker;
    row->day    = w->day;
    row->due    = w->due;
    row->state  = late ? "Late" : "";
    row->colour = "red";
    row->own    = !strcmp(w->asker, r->session.account);
    row->may    = approval_may(kind, r->session.role);
    return true;
}

void approvals(struct request *r)
{
    int64_t page =
        form_has(&r->form, FORM_APPROVALS_PAGE) ? form_count(&r->form, FORM_APPROVALS_PAGE) : 1;
    struct sql_approval_waiting_in in = { .first = (page - 1) * APPROVALS_SHOWN,
                                          .most  = APPROVALS_SHOWN + 1 };
    struct sql_approval_waiting_row *found;
    struct fail f = { 0 };
    size_t n;

    if (!sql_approval_waiting(r->store, &in, r->arena, &found, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    size_t shown                   = n > APPROVALS_SHOWN ? APPROVALS_SHOWN : n;
    struct view_approval_row *rows = ARENA_MANY(r->arena, struct view_approval_row, shown + 1);
    for (size_t i = 0; i < shown; i++)
        if (!waiting_fill(r, &found[i], &rows[i], &f)) {
            respond_fail(r, &f);
            return;
        }
    struct page_approvals p = { .rows       = rows,
                                .rows_count = (int32_t)shown,
                                .first      = in.first + 1,
                                .earlier    = page > 1 ? page - 1 : 0,
                                .later      = n > APPROVALS_SHOWN ? page + 1 : 0 };
    frame_of(r)->here       = "approvals";
    page_approvals(&r->out, frame_of(r), &p);
}
