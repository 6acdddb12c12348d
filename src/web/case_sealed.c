/* case_sealed.c: showing what is kept sealed, to somebody who says why. */
#include "app/access.h"
#include "web/case.h"
#include "web/case_view.h"

/* The sealed fact that the path names, among all that were ever believed. */
static bool sealed_open(struct request *r, struct case_view *v, struct page_case_sealed *p)
{
    int64_t id    = case_number(r->params[1]);
    struct fail f = { 0 };
    struct group ever;

    if (!case_open(r, v)) return false;
    if (!group_load_history(r->store, r->arena, v->g.pp, &ever, &f)) {
        respond_fail(r, &f);
        return false;
    }
    for (size_t i = 0; i < ever.fact_count; i++) {
        struct sealed s = group_sealed(&ever, &ever.facts[i]);
        if (ever.facts[i].id != id || !s.text) continue;
        p->c     = v->family;
        p->what  = fact_kind_table[s.kind].label;
        p->of    = case_name(&v->g, s.whose, r->arena);
        p->path  = r->path;
        p->shown = "";
        return true;
    }
    respond_missing(r);
    return false;
}

static void sealed_page(struct request *r, struct page_case_sealed *p)
{
    p->why            = form_view(&r->form, FORM_CASE_SEALED_WHY);
    frame_of(r)->back = arena_print(r->arena, "/case/%lld/facts", (long long)p->c.pp);
    page_case_sealed(&r->out, frame_with_form(r), p);
}

void case_sealed(struct request *r)
{
    struct page_case_sealed p = { 0 };
    struct case_view v;

    if (!sealed_open(r, &v, &p)) return;
    form_new(&r->form, r->arena, &form_case_sealed);
    sealed_page(r, &p);
}

/* What is shown is the answer itself: it stands under no address that could be opened again. */
void case_sealed_do(struct request *r)
{
    struct page_case_sealed p = { 0 };
    struct setting s          = case_setting(r);
    struct access_shown shown;
    struct case_view v;
    struct fail f = { 0 };

    if (!sealed_open(r, &v, &p)) return;
    if (!r->form.errors) {
        bool done = store_begin(r->store, STORE_WRITING, &f) &&
                    access_show(&s, v.g.pp, case_number(r->params[1]), r->session.role,
                                form_text(&r->form, FORM_CASE_SEALED_WHY), &shown, &f) &&
                    store_commit(r->store, &f);
        store_rollback(r->store);
        if (!done && f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        if (done)
            p.shown = shown.text;
        else
            form_refuse(&r->form, FORM_CASE_SEALED_WHY, case_sentence(r, &f));
    }
    sealed_page(r, &p);
}
