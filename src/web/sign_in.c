/* sign_in.c: signing in and out. */
#include "web/sign_in.h"

#include "web/account.h"
#include "web/case_view.h"
#include "web/dispatch.h"
#include "web/escape.h"
#include "web/own.h"
#include "web/passkey_page.h"
#include "web/provider_page.h"
#include "web/second.h"

#include <string.h>

static void show(struct request *r, const char *next)
{
    struct page_sign_in page = { .name     = form_view(&r->form, FORM_SIGN_IN_NAME),
                                 .password = form_view(&r->form, FORM_SIGN_IN_PASSWORD),
                                 .next     = next };

    page.password.value = "";
    page.passkeys       = passkey_ready();
    provider_rows(r, &page.providers, &page.providers_count);
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

/* Until another is chosen, a parent's pages are in the language of their letters. */
static void language_take(struct request *r)
{
    struct own_side *sides;
    struct group g;
    struct fail f = { 0 };
    size_t n;

    if (r->language_chosen || !r->session.person || !own_sides(r, &sides, &n) || !n ||
        !group_load_record(r->store, r->arena, sides->pp, KNOWN_NOW, &g, &f))
        return;
    const struct sql_fact_list_row *fact =
        group_fact(&g, FACT_LANGUAGE, r->session.person, r->today);
    if (fact && !strcmp(fact->value, "welsh")) respond_cookie(r, LANGUAGE_COOKIE, "cy");
}

void sign_in_end(struct request *r, const char *name, const char *next)
{
    struct attempt who = {
        .kind = "account", .subject = name, .address = r->address, .now = r->now
    };
    struct fail f = { 0 };
    const char *token;

    if (!attempt_pass(r->store, &who, &f) ||
        !session_start(r->store, r->arena, name, r->now, &token, &f) ||
        !session_find(r->store, r->arena, token, r->now, &r->session, &f)) {
        respond_fail(r, &f);
        return;
    }
    visitor_wipe(r->visitor.token);
    respond_cookie(r, "session", token);
    respond_cookie(r, "visitor", NULL);
    language_take(r);
    respond_redirect(r, *next ? next : home_of(r));
}

void sign_in_begin(struct request *r, const char *name, const char *next)
{
    struct fail f    = { 0 };
    struct out where = { .arena = r->arena };
    struct second second;
    const char *token;

    if (second_get(r->store, name, &second, &f) && !second.active) {
        sign_in_end(r, name, next);
        return;
    }
    if (f.kind || !session_wait(r->store, r->arena, name, r->now, &token, &f)) {
        respond_fail(r, &f);
        return;
    }
    out_text(&where, "/sign-in/code");
    if (*next) {
        out_text(&where, "?next=");
        escape_part(&where, next);
    }
    respond_cookie(r, "session", token);
    respond_redirect(r, out_string(&where));
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
        !account_check(r->store, &who, form_text(&r->form, FORM_SIGN_IN_PASSWORD), &f)) {
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
