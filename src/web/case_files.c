/* case_files.c: files that people gave us: saved, never shown. */
#include "web/case.h"
#include "web/case_view.h"
#include "web/talk.h"

#include <string.h>

/* ---- the list ---- */

static struct view_file_row row_of(struct request *r, const struct case_view *v,
                                   const struct sql_evidence_list_row *e)
{
    struct view_file_row row = {
        .name  = talk_file_name(r->arena, v->family.ref, e->event, e->kind),
        .day   = e->day,
        .actor = actor_is_parent(e->actor) ? "A parent, with a message" : e->actor,
        .link =
            arena_print(r->arena, "/case/%lld/file/%lld", (long long)v->g.pp, (long long)e->event),
        .size  = talk_file_words(r->arena, e->kind, e->size),
        .about = e->message ? "A message" : "A fact that is believed no longer",
    };

    if (e->message)
        row.about_link = arena_print(r->arena, "/case/%lld/message/%lld", (long long)v->g.pp,
                                     (long long)e->message);
    for (size_t i = 0; e->fact && i < v->g.fact_count; i++)
        if (v->g.facts[i].id == e->fact)
            row.about = fact_kind_table[fact_kind_find(v->g.facts[i].kind)].label;
    return row;
}

/* Facts by their kind and first day; what is sealed is named, never told. */
static void facts_fill(struct request *r, const struct case_view *v, struct page_case_files *p)
{
    struct view_option *facts = ARENA_MANY(r->arena, struct view_option, v->g.fact_count);
    const char *chosen        = form_text(&r->form, FORM_CASE_EVIDENCE_FACT);

    for (size_t i = 0; i < v->g.fact_count; i++) {
        const struct sql_fact_list_row *f = &v->g.facts[i];
        const char *kind                  = fact_kind_table[fact_kind_find(f->kind)].label;
        struct view_option *o             = &facts[i];

        o->value = arena_print(r->arena, "%lld", (long long)f->id);
        o->label =
            arena_print(r->arena, "%s, from %s", kind, case_day_words(r->arena, f->valid_from));
        o->chosen = !strcmp(o->value, chosen);
    }
    p->facts       = facts;
    p->facts_count = (int32_t)v->g.fact_count;
}

static void files_show(struct request *r, struct case_view *v)
{
    struct page_case_files p = { .c    = v->family,
                                 .fact = form_view(&r->form, FORM_CASE_EVIDENCE_FACT),
                                 .file = form_view(&r->form, FORM_CASE_EVIDENCE_FILE),
                                 .path = arena_print(r->arena, "/case/%lld/files",
                                                     (long long)v->g.pp) };
    struct sql_evidence_list_row *rows;
    struct fail f = { 0 };
    size_t n;

    if (!sql_evidence_list(r->store, &(struct sql_evidence_list_in){ .pp = v->g.pp }, r->arena,
                           &rows, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct view_file_row *shown = ARENA_MANY(r->arena, struct view_file_row, n);
    for (size_t i = 0; i < n; i++)
        shown[i] = row_of(r, v, &rows[i]);
    facts_fill(r, v, &p);
    p.rows            = shown;
    p.rows_count      = (int32_t)n;
    frame_of(r)->back = arena_print(r->arena, "/case/%lld/messages", (long long)v->g.pp);
    page_case_files(&r->out, frame_with_form(r), &p);
}

void case_files(struct request *r)
{
    struct case_view v;

    if (!case_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_case_evidence);
    files_show(r, &v);
}

void case_files_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct case_view v;

    if (!case_open(r, &v)) return;
    if (!r->form.errors) {
        int64_t fact = case_number(form_text(&r->form, FORM_CASE_EVIDENCE_FACT));
        bool done    = store_begin(r->store, STORE_WRITING, &f) &&
                    evidence_give(&s, v.g.pp, fact, talk_file(r, FORM_CASE_EVIDENCE_FILE), &f) &&
                    store_commit(r->store, &f);
        if (case_answered(r, done, &f, r->path)) return;
        form_refuse(&r->form,
                    !strcmp(f.field, "fact") ? FORM_CASE_EVIDENCE_FACT : FORM_CASE_EVIDENCE_FILE,
                    case_sentence(r, &f));
    }
    files_show(r, &v);
}

/* ---- one file ---- */

void case_file(struct request *r)
{
    int64_t event = case_number(r->params[1]);
    struct case_view v;

    if (case_open(r, &v)) talk_file_answer(r, v.g.pp, event, v.family.ref, event);
}
