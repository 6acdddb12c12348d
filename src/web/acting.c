/* acting.c: a representative turns to one of those for whom they act, and takes up another
 * authority. */
#include "web/authority_page.h"

#include "app/authority.h"
#include "web/case_view.h"
#include "web/code.h"
#include "web/own.h"

#include <sodium.h>
#include <string.h>

const char *reference_typed(struct arena *a, const char *typed)
{
    char *ref = arena_take(a, strlen(typed) + 1), *at = ref;

    for (; *typed; typed++)
        if (*typed != ' ') *at++ = *typed >= 'a' && *typed <= 'z' ? *typed - 'a' + 'A' : *typed;
    *at = '\0';
    return ref;
}

bool authority_of_code(struct request *r, const char *ref, const char *code,
                       const struct authority **found, struct fail *f)
{
    unsigned char hash[CODE_HASH];
    struct setting s = case_setting(r);
    struct authority *list;
    size_t n;

    *found = NULL;
    if (!authority_list_of(&s, ref, r->now, &list, &n, f)) return false;
    bool could =
        code_hash(code, AUTHORITY_USE,
                  arena_print(r->arena, "%lld", (long long)(n ? list->row.person : 0)), hash);
    for (size_t i = 0; i < n; i++)
        if (could && list[i].state == AUTHORITY_OUT && list[i].row.code.n == CODE_HASH &&
            sodium_memcmp(hash, list[i].row.code.at, CODE_HASH) == 0)
            *found = &list[i];
    return true;
}

/* Only representatives; everyone else has their own pages.  False: answered. */
static bool representative(struct request *r)
{
    if (own_is_acting(&r->session)) return true;
    respond_missing(r);
    return false;
}

static void page(struct request *r)
{
    struct setting s     = case_setting(r);
    struct page_acting p = { .reference = form_view(&r->form, FORM_ACTING_CODE_REFERENCE),
                             .code      = form_view(&r->form, FORM_ACTING_CODE_CODE) };
    struct fail f        = { 0 };
    struct acting *list;
    size_t n;

    if (!authority_acting(&s, r->session.account, &list, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct view_acting_row *rows = ARENA_MANY(r->arena, struct view_acting_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_acting_row){
            .ref   = list[i].ref,
            .name  = arena_print(r->arena, "%s %s", list[i].given, list[i].family),
            .acts  = list[i].scope == AUTHORITY_ACT,
            .until = list[i].until,
            .here  = list[i].person == r->session.acts_for,
        };
    p.rows       = rows;
    p.rows_count = (int32_t)n;
    page_acting(&r->out, own_frame(r, "home", NULL), &p);
}

void acting_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_acting_code);
    if (representative(r)) page(r);
}

void acting_do(struct request *r)
{
    const char *ref  = form_text(&r->form, FORM_ACTING_CHOOSE_REF);
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct acting *list;
    size_t n;

    if (!representative(r)) return;
    if (!authority_acting(&s, r->session.account, &list, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i].ref, ref) != 0) continue;
        if (session_act(r->store, r->session.token, list[i].person, &f))
            respond_redirect(r, "/home");
        else
            respond_fail(r, &f);
        return;
    }
    respond_missing(r);
}

static bool take(struct request *r, struct fail *f)
{
    const char *ref    = reference_typed(r->arena, form_text(&r->form, FORM_ACTING_CODE_REFERENCE));
    struct setting s   = case_setting(r);
    struct attempt who = {
        .kind = "authority", .subject = ref, .address = r->address, .now = r->now
    };
    const struct authority *found;

    s.actor = own_actor(r);
    if (!attempt_begin(r->store, &who, f) ||
        !authority_of_code(r, ref, form_text(&r->form, FORM_ACTING_CODE_CODE), &found, f))
        return false;
    if (!found)
        return REFUSE(f, "authority_wrong",
                      "The reference or the code is not right, or the code was used or is more "
                      "than %d days old.",
                      AUTHORITY_CODE_DAYS);
    bool done = store_begin(r->store, STORE_WRITING, f) &&
                authority_take(&s, found, r->session.account, f) && store_commit(r->store, f);
    store_rollback(r->store);
    return done && attempt_pass(r->store, &who, f);
}

void acting_code_do(struct request *r)
{
    struct fail f = { 0 };

    if (!representative(r)) return;
    if (!r->form.errors && take(r, &f)) {
        respond_redirect(r, "/acting");
        return;
    }
    if (f.kind == FAIL_REFUSED)
        form_refuse(&r->form, FORM_ACTING_CODE_REFERENCE, case_sentence(r, &f));
    if (r->form.errors)
        page(r);
    else
        respond_fail(r, &f);
}
