/* door_page.c: a case that is shut to someone close to it, what was opened all the same, who
 * looked. */
#include "web/case.h"
#include "web/case_view.h"
#include "web/moment.h"

#include <stdio.h>
#include <string.h>

enum { LOOKS_MOST = 500 };

static bool paying_find(struct request *r, int64_t pp, const char **ref)
{
    struct sql_group_people_in in = { .pps = { &pp, 1 } };
    struct sql_group_people_row *people;
    struct fail f = { 0 };
    size_t n;

    *ref = NULL;
    if (!sql_group_people(r->store, &in, r->arena, &people, &n, &f))
        return respond_fail(r, &f), false;
    for (size_t i = 0; i < n; i++)
        if (people[i].id == pp) *ref = people[i].ref;
    if (!*ref) respond_missing(r);
    return *ref != NULL;
}

/* ---- shut ---- */

static void closed_page(struct request *r)
{
    struct page_door_closed p = {
        .path    = r->path,
        .minutes = DOOR_GLASS / 60,
        .why     = form_view(&r->form, FORM_DOOR_CLOSED_WHY),
    };

    if (paying_find(r, case_number(r->params[0]), &p.reference))
        page_door_closed(&r->out, frame_with_form(r), &p);
}

void door_closed_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_door_closed);
    closed_page(r);
}

/* A transaction of one verb's refusal or doing; the refusal goes to a field of the form. */
static bool verb_end(struct request *r, bool done, int field, struct fail *f)
{
    if (done && store_commit(r->store, f)) return true;
    store_rollback(r->store);
    if (f->kind == FAIL_REFUSED)
        form_refuse(&r->form, field, case_sentence(r, f));
    else
        respond_fail(r, f);
    return false;
}

void door_closed_do(struct request *r)
{
    struct opener who = request_opener(r);
    struct setting s  = case_setting(r);
    struct fail f     = { 0 };
    int64_t pp        = case_number(r->params[0]);

    if (!r->form.errors &&
        verb_end(r,
                 store_begin(r->store, STORE_WRITING, &f) &&
                     door_break(&s, pp, &who, form_text(&r->form, FORM_DOOR_CLOSED_WHY), &f),
                 FORM_DOOR_CLOSED_WHY, &f)) {
        respond_redirect(r, arena_print(r->arena, "/case/%lld", (long long)pp));
        return;
    }
    if (!r->status) closed_page(r);
}

/* ---- looked at afterwards ---- */

void door_glass(struct request *r)
{
    struct page_door_glass p = { .rows_count = 0 };
    struct sql_glass_waiting_row *found;
    struct fail f = { 0 };
    size_t n;

    if (!sql_glass_waiting(r->store, r->arena, &found, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct view_glass_row *rows = ARENA_MANY(r->arena, struct view_glass_row, n);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct view_glass_row){
            .pp      = found[i].pp,
            .event   = found[i].event,
            .account = found[i].account,
            .day     = moment_words(r->arena, found[i].at),
            .why     = found[i].why,
            .own     = !strcmp(found[i].account, r->session.account),
        };
        if (!paying_find(r, found[i].pp, &rows[i].reference)) return;
    }
    p.rows            = rows;
    p.rows_count      = (int32_t)n;
    frame_of(r)->here = "lead";
    page_door_glass(&r->out, &r->frame, &p);
}

static void review_show(struct request *r)
{
    struct sql_glass_of_in in = { .pp = case_number(r->params[0]) };
    int64_t event             = case_number(r->params[1]);
    struct page_door_review p = { .pp      = in.pp,
                                  .path    = r->path,
                                  .fair    = form_view(&r->form, FORM_DOOR_REVIEW_FAIR),
                                  .finding = form_view(&r->form, FORM_DOOR_REVIEW_FINDING) };
    struct sql_glass_of_row *rows;
    struct fail f = { 0 };
    size_t n, i = 0;

    if (!paying_find(r, in.pp, &p.reference)) return;
    if (!sql_glass_of(r->store, &in, r->arena, &rows, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    while (i < n && rows[i].event != event)
        i++;
    if (i == n || rows[i].reviewer) {
        respond_missing(r);
        return;
    }
    p.account         = rows[i].account;
    p.why             = rows[i].why;
    p.day             = moment_words(r->arena, rows[i].at);
    frame_of(r)->back = "/glass";
    page_door_review(&r->out, frame_with_form(r), &p);
}

void door_review_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_door_review);
    review_show(r);
}

void door_review_do(struct request *r)
{
    struct opener who = request_opener(r);
    struct setting s  = case_setting(r);
    struct fail f     = { 0 };

    if (!r->form.errors &&
        verb_end(r,
                 store_begin(r->store, STORE_WRITING, &f) &&
                     door_review(&s, case_number(r->params[0]), case_number(r->params[1]), &who,
                                 !strcmp(form_text(&r->form, FORM_DOOR_REVIEW_FAIR), "yes"),
                                 form_text(&r->form, FORM_DOOR_REVIEW_FINDING), &f),
                 FORM_DOOR_REVIEW_FINDING, &f)) {
        respond_redirect(r, "/glass");
        return;
    }
    if (!r->status) review_show(r);
}

/* ---- who looked ---- */

/* The page of a path's pattern: "decision" of "/case/{}/decision/{}"; the case's own is its
 * summary. */
static const char *page_words(struct arena *a, const char *pattern)
{
    struct out o  = { .arena = a };
    const char *p = strchr(pattern, '}');

    for (p = p ? p + 1 : pattern; *p; p++)
        if (*p == '/' && o.length)
            out_text(&o, " ");
        else if (!strchr("/{}", *p))
            out_bytes(&o, *p == '-' ? " " : p, 1);
    return o.length ? out_string(&o) : "summary";
}

void door_looks(struct request *r)
{
    struct case_view v;
    struct page_door_looks p = { .rows_count = 0 };
    struct sql_look_list_row *found;
    struct fail f = { 0 };
    size_t n;

    if (!case_open(r, &v)) return;
    if (!sql_look_list(r->store, &(struct sql_look_list_in){ .pp = v.g.pp, .most = LOOKS_MOST },
                       r->arena, &found, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct view_look_row *rows = ARENA_MANY(r->arena, struct view_look_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_look_row){ .day     = moment_words(r->arena, found[i].at),
                                          .account = found[i].account,
                                          .role    = case_plain(r->arena, found[i].role),
                                          .page    = page_words(r->arena, found[i].page) };
    p.c          = v.family;
    p.rows       = rows;
    p.rows_count = (int32_t)n;
    page_door_looks(&r->out, frame_of(r), &p);
}
