/* sign_in.c: the pages around an account. */
#include "web/sign_in.h"

#include "web/account.h"
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
        respond_redirect(r, "/work");
        return;
    }
    form_new(&r->form, r->arena, &form_sign_in);
    show(r, path_is_local(next) ? next : "");
}

void sign_in_do(struct request *r)
{
    const char *next = form_text(&r->form, FORM_SIGN_IN_NEXT);
    const char *name = form_text(&r->form, FORM_SIGN_IN_NAME), *token;
    struct fail f    = { 0 };

    next = path_is_local(next) ? next : "";
    if (!r->form.errors &&
        !account_check(r->store, name, form_text(&r->form, FORM_SIGN_IN_PASSWORD), r->now, &f)) {
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, FORM_SIGN_IN_NAME, arena_text(r->arena, f.text, strlen(f.text)));
    }
    if (r->form.errors) {
        show(r, next);
        return;
    }
    if (!session_start(r->store, r->arena, name, r->now, &token, &f)) {
        respond_fail(r, &f);
        return;
    }
    visitor_wipe(r->visitor.token);
    respond_cookie(r, "session", token);
    respond_cookie(r, "visitor", NULL);
    respond_redirect(r, *next ? next : "/work");
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

void account_show(struct request *r)
{
    struct page_account page = { .name = r->session.account, .role = r->session.role };

    frame_of(r)->here = "account";
    page_account(&r->out, &r->frame, &page);
}
