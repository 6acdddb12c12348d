/* authority_page.c: giving and ending an authority. */
#include "web/authority_page.h"

#include "app/authority.h"
#include "base/say.h"
#include "web/case_view.h"
#include "web/code.h"
#include "web/moment.h"
#include "web/own.h"

#include <sodium.h>
#include <string.h>

static const char *const state_words[] = {
    [AUTHORITY_OUT] = "out",   [AUTHORITY_LIVE] = "live",   [AUTHORITY_LATE] = "late",
    [AUTHORITY_OVER] = "over", [AUTHORITY_ENDED] = "ended",
};

/* ---- what there is ---- */

/* number: the first ever given is 1. */
static struct view_authority_row row_of(struct request *r, const struct authority *a, size_t number,
                                        bool staff)
{
    return (struct view_authority_row){
        .number     = (int64_t)number,
        .person     = arena_print(r->arena, "%lld", (long long)a->row.person),
        .name       = a->row.name,
        .basis      = authority_basis_labels[a->basis],
        .acts       = a->scope == AUTHORITY_ACT,
        .given      = a->row.given,
        .until      = a->row.until,
        .state      = state_words[a->state],
        .code_until = moment_day(r->arena, a->row.code_until),
        .by_us      = !actor_is_parent(a->row.actor),
        .evidence   = staff ? a->row.evidence : "",
        .may_end    = a->state < AUTHORITY_OVER,
    };
}

static bool rows_fill(struct request *r, int64_t person, bool staff,
                      const struct view_authority_row **rows, int32_t *count)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct authority *list;
    size_t n;

    if (!authority_list(&s, person, r->now, &list, &n, &f)) return respond_fail(r, &f), false;
    struct view_authority_row *at = ARENA_MANY(r->arena, struct view_authority_row, n);
    for (size_t i = 0; i < n; i++)
        at[i] = row_of(r, &list[i], n - i, staff);
    *rows  = at;
    *count = (int32_t)n;
    return true;
}

/* ---- giving ---- */

static size_t choice_of(const struct form *form, int field, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (form_is(form, field, words[i])) return i;
    return 0;
}

/* Gives what the form says; *code is the one-time code.  False: refused into the form, or failed.
 */
static bool give(struct request *r, const struct setting *s, int64_t pp, int64_t person,
                 const char *evidence, const char **code, struct fail *f)
{
    unsigned char hash[CODE_HASH];
    const struct form *form  = &r->form;
    struct authority_order o = {
        .person   = person,
        .name     = form_text(form, FORM_AUTHORITY_GIVE_NAME),
        .basis    = (enum authority_basis)choice_of(form, FORM_AUTHORITY_GIVE_BASIS,
                                                    authority_basis_words, AUTHORITY_BASES),
        .scope    = (enum authority_scope)choice_of(form, FORM_AUTHORITY_GIVE_SCOPE,
                                                    authority_scope_words, AUTHORITY_SCOPES),
        .months   = form_count(form, FORM_AUTHORITY_GIVE_MONTHS),
        .code     = { hash, CODE_HASH },
        .evidence = evidence,
        .now      = r->now,
    };

    *code = code_new(r->arena);
    code_hash(*code, AUTHORITY_USE, arena_print(r->arena, "%lld", (long long)person), hash);
    bool done = store_begin(r->store, STORE_WRITING, f) && authority_give(s, pp, &o, f) &&
                store_commit(r->store, f);
    store_rollback(r->store);
    if (!done && f->kind == FAIL_REFUSED)
        form_refuse(&r->form,
                    !strcmp(f->code, "evidence_missing") ? FORM_AUTHORITY_GIVE_EVIDENCE
                    : !strcmp(f->code, "no_such_person") ? FORM_AUTHORITY_GIVE_PERSON
                                                         : FORM_AUTHORITY_GIVE_MONTHS,
                    case_sentence(r, f));
    return done;
}

static const char *code_until(struct request *r)
{
    enum { DAY_SECONDS = 24 * 60 * 60 };
    return moment_day(r->arena, r->now + (int64_t)AUTHORITY_CODE_DAYS * DAY_SECONDS);
}

/* ---- ending ---- */

/* Ends the authority of a number of a person's.  False: answered. */
static bool end(struct request *r, const struct setting *s, int64_t person)
{
    int64_t number = form_count(&r->form, FORM_AUTHORITY_END_NUMBER);
    struct fail f  = { 0 };
    struct authority *list;
    size_t n;

    if (!authority_list(s, person, r->now, &list, &n, &f)) return respond_fail(r, &f), false;
    if (number < 1 || (size_t)number > n) return respond_missing(r), false;
    bool done = store_begin(r->store, STORE_WRITING, &f) &&
                authority_end(s, &list[n - (size_t)number], &f) && store_commit(r->store, &f);
    store_rollback(r->store);
    if (!done) respond_fail(r, &f);
    return done;
}

/* ---- a parent's own ---- */

/* A parent themselves, and a family of theirs.  False: answered. */
static bool owner_find(struct request *r, struct own_side *side)
{
    struct own_side *sides;
    size_t n;

    if (!own_alone(r) || !own_sides(r, &sides, &n)) return false;
    if (!n) return respond_missing(r), false;
    *side = sides[0];
    return true;
}

static void own_page(struct request *r, bool done)
{
    struct page_own_authority p = {
        .done   = done ? SAY("Who may act for you is changed.") : "",
        .name   = form_view(&r->form, FORM_AUTHORITY_GIVE_NAME),
        .basis  = form_view(&r->form, FORM_AUTHORITY_GIVE_BASIS),
        .scope  = form_view(&r->form, FORM_AUTHORITY_GIVE_SCOPE),
        .months = form_view(&r->form, FORM_AUTHORITY_GIVE_MONTHS),
    };

    if (rows_fill(r, r->session.person, false, &p.rows, &p.rows_count))
        page_own_authority(&r->out, own_frame(r, "looks", "/home"), &p);
}

void own_authority(struct request *r)
{
    bool done = form_has(&r->form, FORM_OWN_SENT_DONE);
    struct own_side side;

    form_new(&r->form, r->arena, &form_authority_give);
    if (owner_find(r, &side)) own_page(r, done);
}

void own_authority_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct own_side side;
    struct sql_person_get_row person;
    const char *code;
    bool found;

    if (!owner_find(r, &side)) return;
    s.actor = own_actor(r);
    if (r->form.errors || !give(r, &s, side.pp, r->session.person, NULL, &code, &f)) {
        if (r->form.errors)
            own_page(r, false);
        else
            respond_fail(r, &f);
        return;
    }
    if (!sql_person_get(r->store, &(struct sql_person_get_in){ .id = r->session.person }, r->arena,
                        &person, &found, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct page_own_authority_code p = { .name  = form_text(&r->form, FORM_AUTHORITY_GIVE_NAME),
                                         .ref   = person.ref,
                                         .code  = code,
                                         .until = code_until(r) };
    page_own_authority_code(&r->out, own_frame(r, "looks", "/home/authority"), &p);
}

void own_authority_end(struct request *r)
{
    struct setting s = case_setting(r);
    struct own_side side;

    if (!owner_find(r, &side)) return;
    s.actor = own_actor(r);
    if (end(r, &s, r->session.person)) respond_redirect(r, "/home/authority?done=sent");
}

/* ---- a caseworker's ---- */

static bool parents_fill(struct request *r, const struct case_view *v,
                         struct page_case_authority *p)
{
    const struct group *g = &v->g;
    struct view_authority_parent *rows =
        ARENA_MANY(r->arena, struct view_authority_parent, g->arrangement_count + 1);
    int32_t n = 0;

    for (size_t i = 0; i <= g->arrangement_count; i++) {
        int64_t id = i ? g->arrangements[i - 1].rp : g->pp;
        bool again = false;
        for (size_t k = 1; k < i; k++)
            again |= g->arrangements[k - 1].rp == id;
        if (again) continue;
        struct view_authority_parent *row = &rows[n++];
        row->person                       = arena_print(r->arena, "%lld", (long long)id);
        row->label = arena_print(r->arena, "%s, %s", case_name(g, id, r->arena),
                                 i ? "receiving parent" : "paying parent");
        if (!rows_fill(r, id, true, &row->rows, &row->rows_count)) return false;
    }
    p->parents       = rows;
    p->parents_count = n;
    return true;
}

static void case_page(struct request *r, const struct case_view *v)
{
    long long pp                 = (long long)v->g.pp;
    struct page_case_authority p = {
        .c        = v->family,
        .path     = arena_print(r->arena, "/case/%lld/authority", pp),
        .end_path = arena_print(r->arena, "/case/%lld/authority/end", pp),
        .name     = form_view(&r->form, FORM_AUTHORITY_GIVE_NAME),
        .basis    = form_view(&r->form, FORM_AUTHORITY_GIVE_BASIS),
        .scope    = form_view(&r->form, FORM_AUTHORITY_GIVE_SCOPE),
        .months   = form_view(&r->form, FORM_AUTHORITY_GIVE_MONTHS),
        .person   = form_view(&r->form, FORM_AUTHORITY_GIVE_PERSON),
        .evidence = form_view(&r->form, FORM_AUTHORITY_GIVE_EVIDENCE),
    };

    if (parents_fill(r, v, &p)) page_case_authority(&r->out, frame_with_form(r), &p);
}

void case_authority(struct request *r)
{
    struct case_view v;

    form_new(&r->form, r->arena, &form_authority_give);
    if (case_open(r, &v)) case_page(r, &v);
}

void case_authority_do(struct request *r)
{
    int64_t person   = case_number(form_text(&r->form, FORM_AUTHORITY_GIVE_PERSON));
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct case_view v;
    const char *code;

    if (!case_open(r, &v)) return;
    if (!r->form.errors && !person)
        form_refuse(&r->form, FORM_AUTHORITY_GIVE_PERSON, "Choose for whom they act");
    if (r->form.errors || !give(r, &s, v.g.pp, person,
                                form_text(&r->form, FORM_AUTHORITY_GIVE_EVIDENCE), &code, &f)) {
        if (r->form.errors)
            case_page(r, &v);
        else
            respond_fail(r, &f);
        return;
    }
    struct page_case_authority_code p = { .c     = v.family,
                                          .name  = form_text(&r->form, FORM_AUTHORITY_GIVE_NAME),
                                          .ref   = group_person(&v.g, person)->ref,
                                          .code  = code,
                                          .until = code_until(r) };
    page_case_authority_code(&r->out, frame_of(r), &p);
}

void case_authority_end(struct request *r)
{
    int64_t person   = case_number(form_text(&r->form, FORM_AUTHORITY_END_PERSON));
    struct setting s = case_setting(r);
    struct case_view v;

    if (!case_open(r, &v)) return;
    if (!group_person(&v.g, person)) {
        respond_missing(r);
        return;
    }
    if (end(r, &s, person))
        respond_redirect(r, arena_print(r->arena, "/case/%lld/authority", (long long)v.g.pp));
}
