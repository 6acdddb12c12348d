/* sign_in.c: the pages around an account. */
#include "web/sign_in.h"

#include "web/account.h"
#include "web/case_view.h"
#include "web/dispatch.h"

#include <string.h>

static void show(struct request *r, const char *next)
{
    struct page_sign_in page = { .name     = form_view(&r->form, FORM_SIGN_IN_NAME),
                                 .password = form_view(&r->form, FORM_SIGN_IN_PASSWORD),
                                 .next     = next };

    page.password.value = "";
    page_sign_in(&r->out, frame_with_form(r), &page);
}

void sign_in_show(struct request *r)
{
    const char *next = form_text(&r->form, FORM_SIGN_IN_NEXT_NEXT);

    if (r->session.signed_in) {
        respond_redirect(r, home_of(r));
        return;
    }
    form_new(&r->form, r->arena, &form_sign_in);
    show(r, path_is_local(next) ? next : "");
}

void sign_in_begin(struct request *r, const char *name, const char *next)
{
    struct fail f = { 0 };
    const char *token;

    if (!session_start(r->store, r->arena, name, r->now, &token, &f) ||
        !session_find(r->store, r->arena, token, r->now, &r->session, &f)) {
        respond_fail(r, &f);
        return;
    }
    visitor_wipe(r->visitor.token);
    respond_cookie(r, "session", token);
    respond_cookie(r, "visitor", NULL);
    respond_redirect(r, *next ? next : home_of(r));
}

void sign_in_do(struct request *r)
{
    const char *next   = form_text(&r->form, FORM_SIGN_IN_NEXT);
    struct attempt who = {
        .kind    = "account",
        .subject = account_name_typed(r->arena, form_text(&r->form, FORM_SIGN_IN_NAME)),
        .address = r->address,
        .now     = r->now,
    };
    struct fail f = { 0 };

    next = path_is_local(next) ? next : "";
    if (!r->form.errors &&
        !(account_check(r->store, &who, form_text(&r->form, FORM_SIGN_IN_PASSWORD), &f) &&
          attempt_pass(r->store, &who, &f))) {
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, FORM_SIGN_IN_NAME, case_sentence(r, &f));
    }
    if (r->form.errors)
        show(r, next);
    else
        sign_in_begin(r, who.subject, next);
}

void sign_out_do(struct request *r)
{
    struct fail f = { 0 };

    if (r->session.signed_in && !session_end(r->store, r->session.token, &f)) {
        respond_fail(r, &f);
        return;
    }
    respond_cookie(r, "session", NULL);
    r->wipe = true;
    respond_redirect(r, "/sign-in");
}

/* ---- the account's own page ---- */

static bool bars_read(struct request *r, struct page_account *p, struct fail *f)
{
    struct sql_bar_list_in in = { .account = r->session.account };
    struct sql_bar_list_row *bars;
    size_t n;

    if (!sql_bar_list(r->store, &in, r->arena, &bars, &n, f)) return false;
    struct view_bar_row *rows = ARENA_MANY(r->arena, struct view_bar_row, n);
    for (size_t i = 0; i < n; i++) {
        struct sql_person_get_row person;
        bool found;
        if (!sql_person_get(r->store, &(struct sql_person_get_in){ .id = bars[i].person }, r->arena,
                            &person, &found, f))
            return false;
        rows[i] = (struct view_bar_row){ .reference = found ? person.ref : "",
                                         .why       = bars[i].why,
                                         .said_by   = bars[i].said_by };
    }
    p->bars       = rows;
    p->bars_count = (int32_t)n;
    return true;
}

static void account_page(struct request *r)
{
    struct fail f         = { 0 };
    struct page_account p = { .name      = r->session.account,
                              .role      = case_plain(r->arena, r->session.role),
                              .staff     = r->session.rights & 1u << ACCESS_CASE,
                              .lead      = r->session.rights & 1u << ACCESS_LEAD,
                              .reference = form_view(&r->form, FORM_ACCOUNT_KNOW_REFERENCE),
                              .why       = form_view(&r->form, FORM_ACCOUNT_KNOW_WHY) };

    frame_of(r)->here = "account";
    if (p.staff && !bars_read(r, &p, &f))
        respond_fail(r, &f);
    else
        page_account(&r->out, frame_with_form(r), &p);
}

void account_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_account_know);
    account_page(r);
}

/* The person of a reference, or the paying parent of a case's. */
static bool person_of(struct request *r, const char *ref, int64_t *person, struct fail *f)
{
    struct sql_person_by_ref_row who;
    struct sql_arrangement_by_ref_row which;
    bool found;

    if (!sql_person_by_ref(r->store, &(struct sql_person_by_ref_in){ .ref = ref }, r->arena, &who,
                           &found, f))
        return false;
    *person = found ? who.id : 0;
    if (found) return true;
    if (!sql_arrangement_by_ref(r->store, &(struct sql_arrangement_by_ref_in){ .ref = ref },
                                r->arena, &which, &found, f))
        return false;
    *person = found ? which.pp : 0;
    return found || REFUSE(f, "no_such_reference", "There is no person or case of that reference");
}

void account_know(struct request *r)
{
    struct opener who = request_opener(r);
    struct fail f     = { 0 };
    int64_t person;

    if (!r->form.errors) {
        bool done = person_of(r, form_text(&r->form, FORM_ACCOUNT_KNOW_REFERENCE), &person, &f) &&
                    store_begin(r->store, STORE_WRITING, &f) &&
                    door_bar(r->store, r->session.account, person,
                             form_text(&r->form, FORM_ACCOUNT_KNOW_WHY), &who, &f) &&
                    store_commit(r->store, &f);
        store_rollback(r->store);
        if (done) {
            respond_redirect(r, "/account");
            return;
        }
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, FORM_ACCOUNT_KNOW_REFERENCE, case_sentence(r, &f));
    }
    account_page(r);
}
