/* provider_page.c: there and back. */
#include "web/provider_page.h"

#include "web/account_page.h"
#include "web/case_view.h"
#include "web/dispatch.h"
#include "web/moment.h"
#include "web/place.h"
#include "web/provider_ask.h"
#include "web/provider_link.h"
#include "web/rate.h"
#include "web/sign_in.h"

#include <string.h>

enum { BEGUN_IN_A_MINUTE = 30 /* from one address */ };

const char *provider_state(const struct request *r)
{
    return *r->leaving ? token_for(r->arena, r->leaving, "upkeep provider state") : "";
}

static const char *redirect_of(struct request *r)
{
    return arena_print(r->arena, "%s/sign-in/provider/return", place_origin());
}

void provider_rows(struct request *r, const struct view_provider_row **rows, int32_t *n)
{
    struct view_provider_row *row =
        ARENA_MANY(r->arena, struct view_provider_row, provider_count());

    for (size_t i = 0; i < provider_count(); i++)
        row[i] =
            (struct view_provider_row){ .id = provider_at(i)->id, .name = provider_at(i)->name };
    *rows = row;
    *n    = (int32_t)provider_count();
}

static void stopped(struct request *r, const struct fail *f)
{
    struct page_provider_stopped page = { .why = case_sentence(r, f) };

    if (f->kind != FAIL_REFUSED) {
        respond_fail(r, f);
        return;
    }
    r->status = 422;
    page_provider_stopped(&r->out, frame_of(r), &page);
}

/* ---- asking ---- */

/* What a provider said; NULL when it is being asked, or did not say what we need and that was
 * answered. */
static struct provider_ask *ask(struct request *r, const struct provider *p, const char *code)
{
    struct provider_ask *q = (struct provider_ask *)r->answered;

    if (!q) {
        q  = ARENA_NEW(r->arena, struct provider_ask);
        *q = (struct provider_ask){ .later    = { .run = provider_ask_run },
                                    .arena    = r->arena,
                                    .provider = p,
                                    .now      = r->now,
                                    .code     = code,
                                    .redirect = redirect_of(r) };
        if (code) {
            q->verifier = token_for(r->arena, r->leaving, "upkeep provider verifier");
            q->nonce    = token_for(r->arena, r->leaving, "upkeep provider nonce");
        }
        respond_later(r, &q->later);
        return NULL;
    }
    if (q->later.refused)
        REFUSE(&q->fail, "provider_busy", "Too many people are signing in just now.");
    if (q->later.refused || !q->good) {
        stopped(r, &q->fail);
        return NULL;
    }
    return q;
}

/* Sends the browser there, if the provider answers. */
static void leave(struct request *r, const struct provider *p, const struct provider_start *start)
{
    struct page_provider_go page = { .name = p->name };
    struct fail f                = { 0 };
    char token[TOKEN_TEXT];

    if (!ask(r, p, NULL)) return;
    token_new(token);
    if (!provider_start_put(r->store, token, start, r->now, &f)) {
        respond_fail(r, &f);
        return;
    }
    respond_cookie(r, PROVIDER_COOKIE, arena_text(r->arena, token, strlen(token)));
    page_provider_go(&r->out, frame_of(r), &page);
}

static bool often(struct request *r, struct fail *f)
{
    const char *subject = arena_print(r->arena, "provider %s", r->address);
    int64_t wait;

    return r->answered || !*r->address || rate_take(subject, r->now, BEGUN_IN_A_MINUTE, &wait) ||
           REFUSE(f, "provider_busy", "There were too many attempts. Try again in a minute.");
}

void provider_begin_do(struct request *r)
{
    const struct provider *p = provider_find(form_text(&r->form, FORM_SIGN_IN_PROVIDER_PROVIDER));
    const char *next         = form_text(&r->form, FORM_SIGN_IN_PROVIDER_NEXT);
    struct fail f            = { 0 };

    if (!p)
        respond_missing(r);
    else if (!often(r, &f))
        stopped(r, &f);
    else
        leave(r, p,
              &(struct provider_start){
                  .provider = p->id, .account = "", .next = path_is_local(next) ? next : "" });
}

/* The journey of this browser.  False: it has none (any more), or a failure; answered. */
static bool journey(struct request *r, struct provider_start *start, const struct provider **p)
{
    struct fail f = { 0 };
    bool found    = false;

    if (*r->leaving &&
        !provider_start_find(r->store, r->arena, r->leaving, r->now, start, &found, &f)) {
        respond_fail(r, &f);
        return false;
    }
    *p = found ? provider_find(start->provider) : NULL;
    if (*p) return true;
    REFUSE(&f, "provider_late", "This sign-in was begun too long ago, or was ended already.");
    stopped(r, &f);
    return false;
}

/* A link leads here, and not the form: browsers let no form of ours lead to another site. */
void provider_go_show(struct request *r)
{
    struct provider_start start;
    const struct provider *p;

    if (!journey(r, &start, &p)) return;
    struct provider_visit visit = {
        .state    = provider_state(r),
        .nonce    = token_for(r->arena, r->leaving, "upkeep provider nonce"),
        .verifier = token_for(r->arena, r->leaving, "upkeep provider verifier"),
        .redirect = redirect_of(r),
    };
    const char *where = provider_where(r->arena, p, &visit);
    if (!where) { /* another server of ours had asked it */
        if (!ask(r, p, NULL)) return;
        where = provider_where(r->arena, p, &visit);
    }
    r->status   = 303;
    r->location = where;
}

/* ---- coming back ---- */

void provider_back_show(struct request *r)
{
    const char *code                 = form_text(&r->form, FORM_SIGN_IN_RETURN_CODE);
    struct page_provider_return page = { .code   = code,
                                         .state  = form_text(&r->form, FORM_SIGN_IN_RETURN_STATE),
                                         .issuer = form_text(&r->form, FORM_SIGN_IN_RETURN_ISS) };
    struct fail f                    = { 0 };

    if (r->form.errors || !*code || *form_text(&r->form, FORM_SIGN_IN_RETURN_ERROR)) {
        REFUSE(&f, "provider_no", "You were not signed in there, or did not let it tell us.");
        stopped(r, &f);
        return;
    }
    page_provider_return(&r->out, frame_of(r), &page);
}

static bool found_good(const struct provider *p, bool found, const struct linked *linked,
                       const struct token_said *said, struct fail *f)
{
    if (!found)
        return REFUSE(f, "not_linked",
                      "%s knows you, but no account here is connected with it. If you have an "
                      "account, sign in with its password; parents can connect it on the page "
                      "Account, people who work here ask an administrator and say: %.100s.",
                      p->name, said->subject);
    if (!linked->active)
        return REFUSE(f, "account_closed", "The account that is connected with this is closed.");
    return (linked->staff ? p->staff : p->parents) ||
           REFUSE(f, "provider_not_for", "This account cannot be signed in to with %s.", p->name);
}

static void come_in(struct request *r, const struct provider *p, const struct token_said *said,
                    const char *next)
{
    struct linked linked = { 0 };
    struct fail f        = { 0 };
    bool found;

    if (!link_find(r->store, r->arena, p->issuer, said->subject, &linked, &found, &f) ||
        !found_good(p, found, &linked, said, &f))
        stopped(r, &f);
    else if (said->proved)
        sign_in_end(r, linked.account, next);
    else
        sign_in_begin(r, linked.account, next);
}

/* Connects the account that was signed in when this began, and still is. */
static void account_connect(struct request *r, const struct provider *p,
                            const struct token_said *said, const char *account)
{
    struct link_new link = { p->issuer, said->subject, account, account, r->now };
    struct fail f        = { 0 };

    if (!r->session.signed_in || !r->session.account || strcmp(r->session.account, account))
        REFUSE(&f, "signed_out", "You were signed out meanwhile, so nothing was connected.");
    else if (link_put(r->store, &link, &f)) {
        respond_redirect(r, "/account/providers");
        return;
    }
    stopped(r, &f);
}

void provider_end_do(struct request *r)
{
    const char *issuer = form_text(&r->form, FORM_SIGN_IN_END_ISS);
    struct provider_start start;
    const struct provider *p;
    struct fail f = { 0 };
    bool taken;

    if (!journey(r, &start, &p)) return;
    if (!provider_issuer_good(p, issuer)) {
        REFUSE(&f, "provider_other", "This answer is not %s's.", p->name);
        stopped(r, &f);
        return;
    }
    struct provider_ask *q = ask(r, p, form_text(&r->form, FORM_SIGN_IN_END_CODE));
    if (r->later) return;
    if (!provider_start_take(r->store, r->leaving, &taken, &f)) {
        respond_fail(r, &f);
        return;
    }
    respond_cookie(r, PROVIDER_COOKIE, NULL);
    if (!q) return;
    if (!taken) {
        REFUSE(&f, "provider_late", "This sign-in was ended already.");
        stopped(r, &f);
    } else if (*start.account) {
        account_connect(r, p, &q->said, start.account);
    } else {
        come_in(r, p, &q->said, start.next);
    }
}

/* ---- on the account's page ---- */

static bool may_connect(const struct request *r)
{
    return r->session.person;
}

static bool account_rows(struct request *r, struct page_account_providers *page, struct fail *f)
{
    struct sql_account_link_of_in in = { .account = r->session.account };
    struct view_account_provider *rows =
        ARENA_MANY(r->arena, struct view_account_provider, provider_count());
    struct sql_account_link_of_row *links;
    size_t n;

    if (!sql_account_link_of(r->store, &in, r->arena, &links, &n, f)) return false;
    for (size_t i = 0; i < provider_count(); i++) {
        const struct provider *p          = provider_at(i);
        struct view_account_provider *row = &rows[page->rows_count];
        const char *since                 = "";
        if (!(r->session.person ? p->parents : p->staff)) continue;
        for (size_t k = 0; k < n; k++)
            if (!strcmp(links[k].issuer, p->issuer)) since = moment_day(r->arena, links[k].made_at);
        *row = (struct view_account_provider){
            .name   = p->name,
            .since  = since,
            .choice = arena_print(r->arena, "%s-%s", *since ? "end" : "link", p->id),
        };
        page->rows_count++;
    }
    page->rows = rows;
    return true;
}

static void account_providers_page(struct request *r)
{
    struct page_account_providers page = {
        .account  = r->session.account,
        .may      = may_connect(r),
        .choice   = form_view(&r->form, FORM_ACCOUNT_PROVIDER_CHOICE),
        .password = form_view(&r->form, FORM_ACCOUNT_PROVIDER_PASSWORD),
    };
    struct fail f = { 0 };

    if (!account_rows(r, &page, &f)) {
        respond_fail(r, &f);
        return;
    }
    page.password.value = "";
    frame_of(r)->here   = "account";
    frame_of(r)->back   = "/account";
    page_account_providers(&r->out, frame_with_form(r), &page);
}

void account_providers_show(struct request *r)
{
    form_new(&r->form, r->arena, &form_account_provider);
    account_providers_page(r);
}

/* The session ended with the connection: a new one for who asked for it. */
static void disconnect(struct request *r, const struct provider *p)
{
    struct link_new link = {
        .issuer = p->issuer, .account = r->session.account, .by = r->session.account, .now = r->now
    };
    struct fail f = { 0 };

    if (link_end(r->store, &link, &f) && account_signed_anew(r, &f))
        respond_redirect(r, "/account/providers");
    else
        respond_fail(r, &f);
}

void account_providers_do(struct request *r)
{
    const char *choice       = form_text(&r->form, FORM_ACCOUNT_PROVIDER_CHOICE);
    bool ends                = !strncmp(choice, "end-", 4);
    const struct provider *p = NULL;

    if (ends || !strncmp(choice, "link-", 5)) p = provider_find(strchr(choice, '-') + 1);
    if (!may_connect(r) || (p && !p->parents)) {
        respond_refused(r, 403, "You cannot use this page",
                        "An administrator connects the accounts of people who work here.");
        return;
    }
    if (!r->form.errors && !p)
        form_refuse(&r->form, FORM_ACCOUNT_PROVIDER_CHOICE, "Choose what to do");
    /* Asked once: the second time is the same request. */
    if (!r->form.errors && (r->answered || account_asks(r, FORM_ACCOUNT_PROVIDER_PASSWORD))) {
        if (ends)
            disconnect(r, p);
        else
            leave(r, p,
                  &(struct provider_start){
                      .provider = p->id, .account = r->session.account, .next = "" });
        return;
    }
    if (!r->status) account_providers_page(r);
}
