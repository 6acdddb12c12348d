/* second_page.c: the pages of second.h. */
#include "web/second_page.h"

#include "web/account_page.h"
#include "web/case_view.h"
#include "web/dispatch.h"
#include "web/key.h"
#include "web/moment.h"
#include "web/qr.h"
#include "web/second.h"
#include "web/sign_in.h"

#include <sodium.h>
#include <string.h>

/* A failure that is no refusal answers; a refusal goes to a field.  For handlers that then show
 * their page if nothing has answered. */
static void refuse_or_fail(struct request *r, int field, const struct fail *f)
{
    if (f->kind == FAIL_REFUSED)
        form_refuse(&r->form, field, case_sentence(r, f));
    else if (f->kind)
        respond_fail(r, f);
}

static bool is_staff(const struct request *r)
{
    return !r->session.person;
}

/* ---- how it stands ---- */

static void second_page(struct request *r)
{
    struct page_account_second p = { .name    = r->session.account,
                                     .ready   = key_ready(),
                                     .staff   = is_staff(r),
                                     .overdue = r->session.overdue,
                                     .act     = form_view(&r->form, FORM_ACCOUNT_SECOND_ACT),
                                     .password =
                                         form_view(&r->form, FORM_ACCOUNT_SECOND_PASSWORD) };
    struct second second;
    struct fail f = { 0 };

    if (!second_get(r->store, r->session.account, &second, &f)) {
        respond_fail(r, &f);
        return;
    }
    p.password.value  = "";
    p.active          = second.active;
    p.since           = second.active ? moment_day(r->arena, second.since) : "";
    p.left            = second.left;
    frame_of(r)->here = "account";
    frame_of(r)->back = "/account";
    page_account_second(&r->out, frame_with_form(r), &p);
}

void second_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_account_second);
    second_page(r);
}

static void codes_page(struct request *r, const char *const codes[RECOVERY_CODES])
{
    struct view_code_row *rows  = ARENA_MANY(r->arena, struct view_code_row, RECOVERY_CODES);
    struct page_account_codes p = { .codes = rows, .codes_count = RECOVERY_CODES };

    for (int i = 0; i < RECOVERY_CODES; i++)
        rows[i].code = codes[i];
    page_account_codes(&r->out, frame_of(r), &p);
}

static void start(struct request *r, struct fail *f)
{
    if (second_start(r->store, r->session.account, r->now, f)) respond_redirect(r, "/account/app");
}

static void renew_codes(struct request *r, struct fail *f)
{
    const char *codes[RECOVERY_CODES];
    struct second second;

    if (!second_get(r->store, r->session.account, &second, f)) return;
    if (!second.active)
        REFUSE(f, "no_second", "There is no second step yet.");
    else if (second_codes(r->store, r->arena, r->session.account, codes, f))
        codes_page(r, codes);
}

static void turn_off(struct request *r, struct fail *f)
{
    if (is_staff(r))
        REFUSE(f, "second_needed", "People who work here must have a second step.");
    else if (second_end(r->store, r->session.account, f))
        respond_redirect(r, "/account/second");
}

void second_do(struct request *r)
{
    struct fail f = { 0 };

    if (account_asks(r, FORM_ACCOUNT_SECOND_PASSWORD)) {
        if (form_is(&r->form, FORM_ACCOUNT_SECOND_ACT, "start"))
            start(r, &f);
        else if (form_is(&r->form, FORM_ACCOUNT_SECOND_ACT, "codes"))
            renew_codes(r, &f);
        else
            turn_off(r, &f);
        refuse_or_fail(r, FORM_ACCOUNT_SECOND_ACT, &f);
    }
    if (r->form.errors && !r->status) second_page(r);
}

/* ---- connecting an app ---- */

static void app_page(struct request *r)
{
    struct page_account_app p = { .code = form_view(&r->form, FORM_ACCOUNT_APP_CODE) };
    unsigned char secret[TOTP_SECRET];
    struct fail f = { 0 };
    int size      = 0;
    bool found;

    if (!second_waiting(r->store, r->session.account, secret, &found, &f)) {
        respond_fail(r, &f);
        return;
    }
    if (!found) {
        respond_redirect(r, "/account/second");
        return;
    }
    p.code.value      = "";
    p.secret          = totp_words(r->arena, secret);
    p.path            = qr_path(r->arena, totp_uri(r->arena, secret, r->session.account), &size);
    p.size            = size;
    frame_of(r)->here = "account";
    frame_of(r)->back = "/account/second";
    sodium_memzero(secret, sizeof secret);
    page_account_app(&r->out, frame_with_form(r), &p);
}

void second_app_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_account_app);
    app_page(r);
}

void second_app_do(struct request *r)
{
    const char *codes[RECOVERY_CODES], *typed = form_text(&r->form, FORM_ACCOUNT_APP_CODE);
    struct fail f = { 0 };

    if (!r->form.errors &&
        second_confirm(r->store, r->arena, r->session.account, typed, r->now, codes, &f) &&
        session_end_all(r->store, r->session.account, &f) && account_signed_anew(r, &f)) {
        codes_page(r, codes);
        return;
    }
    refuse_or_fail(r, FORM_ACCOUNT_APP_CODE, &f);
    if (!r->status) app_page(r);
}

/* ---- signing in ---- */

static void code_page(struct request *r, const char *next)
{
    struct page_sign_in_code p = { .code = form_view(&r->form, FORM_SIGN_IN_CODE_CODE),
                                   .next = next };

    p.code.value = "";
    page_sign_in_code(&r->out, frame_with_form(r), &p);
}

/* Only after the password. */
static bool waits(struct request *r)
{
    if (!r->session.waits) respond_redirect(r, r->session.signed_in ? home_of(r) : "/sign-in");
    return r->session.waits;
}

void sign_in_code_show(struct request *r)
{
    const char *next = form_text(&r->form, FORM_SIGN_IN_NEXT_NEXT);

    if (!waits(r)) return;
    form_new(&r->form, r->arena, &form_sign_in_code);
    code_page(r, path_is_local(next) ? next : "");
}

void sign_in_code_do(struct request *r)
{
    const char *next   = form_text(&r->form, FORM_SIGN_IN_CODE_NEXT);
    const char *typed  = form_text(&r->form, FORM_SIGN_IN_CODE_CODE);
    struct attempt who = account_attempt(r);
    struct fail f      = { 0 };

    if (!waits(r)) return;
    next = path_is_local(next) ? next : "";
    if (!r->form.errors && attempt_begin(r->store, &who, &f) &&
        second_check(r->store, who.subject, typed, r->now, &f) &&
        attempt_undo(r->store, &who, &f) && session_end(r->store, r->session.token, &f)) {
        sign_in_end(r, who.subject, next);
        return;
    }
    refuse_or_fail(r, FORM_SIGN_IN_CODE_CODE, &f);
    if (!r->status) code_page(r, next);
}
