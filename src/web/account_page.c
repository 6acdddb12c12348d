/* account_page.c: what somebody sees and does about their own account. */
#include "web/account_page.h"

#include "web/account.h"
#include "web/case_view.h"
#include "web/moment.h"
#include "web/own.h"
#include "web/passkey_page.h"
#include "web/provider.h"

#include <string.h>

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

/* Where this account is signed in. */
static bool sessions_read(struct request *r, struct page_account *p, struct fail *f)
{
    struct session_open *open;
    size_t n;

    if (!session_list(r->store, r->arena, &r->session, r->now, &open, &n, f)) return false;
    struct view_session_row *rows = ARENA_MANY(r->arena, struct view_session_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_session_row){ .started = moment_words(r->arena, open[i].started),
                                             .seen    = moment_words(r->arena, open[i].seen),
                                             .here    = open[i].is_this };
    p->sessions       = rows;
    p->sessions_count = (int32_t)n;
    return true;
}

static void account_page(struct request *r, bool changed)
{
    struct fail f         = { 0 };
    struct page_account p = { .name      = r->session.account,
                              .role      = own_is_child(&r->session)
                                               ? "child in Scotland"
                                               : case_plain(r->arena, r->session.role),
                              .changed   = changed,
                              .staff     = r->session.rights & 1u << ACCESS_CASE,
                              .parent    = r->frame.own && r->frame.alone,
                              .lead      = r->session.rights & 1u << ACCESS_LEAD,
                              .providers = provider_count() > 0,
                              .passkeys  = passkey_ready(),
                              .reference = form_view(&r->form, FORM_ACCOUNT_KNOW_REFERENCE),
                              .why       = form_view(&r->form, FORM_ACCOUNT_KNOW_WHY) };

    frame_of(r)->here = "account";
    if (!sessions_read(r, &p, &f) || (p.staff && !bars_read(r, &p, &f)))
        respond_fail(r, &f);
    else
        page_account(&r->out, frame_with_form(r), &p);
}

void account_show(struct request *r)
{
    bool changed = !strcmp(form_text(&r->form, FORM_ACCOUNT_SAID_DONE), "password");

    form_new(&r->form, r->arena, &form_account_know);
    account_page(r, changed);
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
        if (case_answered(r, done, &f, "/account")) return;
        form_refuse(&r->form, FORM_ACCOUNT_KNOW_REFERENCE, case_sentence(r, &f));
    }
    account_page(r, false);
}

/* ---- the password ---- */

struct attempt account_attempt(const struct request *r)
{
    return (struct attempt){
        .kind = "account", .subject = r->session.account, .address = r->address, .now = r->now
    };
}

bool account_asks(struct request *r, int field)
{
    struct attempt who = account_attempt(r);
    struct fail f      = { 0 };

    if (r->form.errors) return false;
    if (account_check(r->store, &who, form_text(&r->form, field), &f)) return true;
    if (f.kind != FAIL_REFUSED)
        respond_fail(r, &f);
    else
        form_refuse(&r->form, field,
                    !strcmp(f.code, "sign_in_wrong") ? "This is not your password"
                                                     : case_sentence(r, &f));
    return false;
}

static void password_page(struct request *r)
{
    struct page_account_password p = { .name = r->session.account,
                                       .old  = form_view(&r->form, FORM_ACCOUNT_PASSWORD_OLD),
                                       .new  = form_view(&r->form, FORM_ACCOUNT_PASSWORD_NEW) };

    p.old.value = p.new.value = "";
    frame_of(r)->here         = "account";
    frame_of(r)->back         = "/account";
    page_account_password(&r->out, frame_with_form(r), &p);
}

void account_password_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_account_password);
    password_page(r);
}

bool account_signed_anew(struct request *r, struct fail *f)
{
    const char *token;

    if (!session_start(r->store, r->arena, r->session.account, r->now, &token, f)) return false;
    respond_cookie(r, "session", token);
    return true;
}

void account_password_do(struct request *r)
{
    const char *new = form_text(&r->form, FORM_ACCOUNT_PASSWORD_NEW);
    struct fail f   = { 0 };
    bool done       = account_asks(r, FORM_ACCOUNT_PASSWORD_OLD) &&
                account_password_set(r->store, r->session.account, new, &f) &&
                account_signed_anew(r, &f);

    if (done)
        respond_redirect(r, "/account?done=password");
    else if (f.kind == FAIL_REFUSED)
        form_refuse(&r->form, FORM_ACCOUNT_PASSWORD_NEW, case_sentence(r, &f));
    else if (f.kind)
        respond_fail(r, &f);
    if (!r->status) password_page(r);
}

/* ---- signing out everywhere ---- */

void account_leave(struct request *r)
{
    struct fail f = { 0 };

    if (!session_end_all(r->store, r->session.account, &f)) {
        respond_fail(r, &f);
        return;
    }
    respond_cookie(r, "session", NULL);
    r->wipe = true;
    respond_redirect(r, "/sign-in");
}
