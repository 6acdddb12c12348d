/* clock_done.c: something that no other page records is noted as done. */
#include "app/clock.h"
#include "web/case.h"
#include "web/case_view.h"

static void done_page(struct request *r)
{
    enum clock_kind kind = clock_kind_find(r->params[1]);
    struct case_view v;

    if (kind == CLOCK_KINDS || !clock_kind_answered(kind, "by_hand")) {
        respond_missing(r);
        return;
    }
    if (!case_open(r, &v)) return;
    struct page_clock_done p = {
        .c     = v.family,
        .title = clock_kind_table[kind].title,
        .part  = arena_print(r->arena, "done/%s/%s", r->params[1], r->params[2]),
        .note  = form_view(&r->form, FORM_CLOCK_DONE_NOTE),
    };
    page_clock_done(&r->out, frame_with_form(r), &p);
}

void clock_done_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_clock_done);
    done_page(r);
}

void clock_done_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    int64_t pp       = case_number(r->params[0]);

    if (!r->form.errors) {
        bool done = store_begin(r->store, STORE_WRITING, &f) &&
                    clock_answer(&s, pp, r->params[1], case_number(r->params[2]),
                                 form_text(&r->form, FORM_CLOCK_DONE_NOTE), &f) &&
                    store_commit(r->store, &f);
        if (case_answered(r, done, &f, arena_print(r->arena, "/case/%lld", (long long)pp))) return;
        form_refuse(&r->form, FORM_CLOCK_DONE_NOTE, case_sentence(r, &f));
    }
    done_page(r);
}
