/* employer_notice.c: an employer says that somebody has left, started, or was never there. */
#include "web/employer_page.h"

#include <string.h>

static bool what_of(struct request *r, enum employer_says *what)
{
    if (employer_says_find(r->params[1], what)) return true;
    respond_missing(r);
    return false;
}

static void says_show(struct request *r, const struct employer_view *v, const struct employee *e)
{
    const char *back            = employer_path(r, e);
    struct page_employer_says p = {
        .employer = v->employer,
        .name     = e->name,
        .path     = arena_print(r->arena, "%s/%s", back, r->params[1]),
        .back     = back,
        .kind     = r->params[1],
        .day      = form_view(&r->form, FORM_EMPLOYER_SAYS_DAY),
        .next     = form_view(&r->form, FORM_EMPLOYER_SAYS_NEXT),
    };

    page_employer_says(&r->out, frame_with_form(r), &p);
}

void employer_says(struct request *r)
{
    struct employer_view v;
    const struct employee *e = employer_open_employee(r, &v);
    enum employer_says what;

    if (!e || !what_of(r, &what)) return;
    form_new(&r->form, r->arena, &form_employer_says);
    says_show(r, &v, e);
}

/* Of every order to this employer: somebody works there or does not. */
static bool notice_do(struct request *r, const struct employer_view *v, const struct employee *e,
                      enum employer_says what, struct fail *f)
{
    struct employer_notice notice = {
        .what = what, .day = r->today, .new_employer = form_text(&r->form, FORM_EMPLOYER_SAYS_NEXT)
    };
    bool fine = store_begin(r->store, STORE_WRITING, f);

    if (what != SAYS_NOT_EMPLOYED) notice.day = form_date(&r->form, FORM_EMPLOYER_SAYS_DAY);
    for (size_t i = 0; fine && i < e->orders.n; i++) {
        notice.order = e->orders.at[i].number;
        fine         = employer_notice_record(&v->s, e->pp, v->employer, &notice, f);
    }
    fine = fine && store_commit(r->store, f);
    store_rollback(r->store);
    return fine;
}

void employer_says_do(struct request *r)
{
    struct employer_view v;
    const struct employee *e = employer_open_employee(r, &v);
    struct fail f            = { 0 };
    enum employer_says what;

    if (!e || !what_of(r, &what)) return;
    if (!r->form.errors && what != SAYS_NOT_EMPLOYED && !form_has(&r->form, FORM_EMPLOYER_SAYS_DAY))
        form_refuse(&r->form, FORM_EMPLOYER_SAYS_DAY, form_employer_says_says_day_missing);
    if (!r->form.errors && notice_do(r, &v, e, what, &f)) {
        respond_redirect(r, arena_print(r->arena, "%s/said", employer_path(r, e)));
        return;
    }
    if (!r->form.errors && f.kind != FAIL_REFUSED) {
        respond_fail(r, &f);
        return;
    }
    if (!r->form.errors) form_refuse(&r->form, FORM_EMPLOYER_SAYS_DAY, case_sentence(r, &f));
    says_show(r, &v, e);
}

void employer_said(struct request *r)
{
    struct employer_view v;
    const struct employee *e = employer_open_employee(r, &v);
    bool fine;

    if (!e) return;
    const struct sql_employer_notice_list_row *said = employer_last_said(r, &v, e, &fine);
    if (!fine) return;
    if (!said) {
        respond_missing(r);
        return;
    }
    struct page_employer_said p = {
        .employer = v.employer,
        .name     = e->name,
        .kind     = said->kind,
        .what     = employer_said_words(r, said),
        .receipt  = employer_notice_receipt(said, r->arena),
        .said     = said->said,
    };
    page_employer_said(&r->out, frame_of(r), &p);
}
