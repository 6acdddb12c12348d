/* public.c: first page, help, safety, leaving in a hurry. */
#include "web/public.h"

#include "web/apply_draft.h"
#include "web/dispatch.h"

#include <string.h>

/* Where "Exit this page" goes: somewhere nobody would wonder about. */
static const char elsewhere[] = "https://www.bbc.co.uk/weather";

void public_home(struct request *r)
{
    frame_of(r)->exit = true;
    page_home(&r->out, &r->frame, &(struct page_home){ 0 });
}

void public_help(struct request *r)
{
    frame_of(r)->exit = true;
    page_help(&r->out, &r->frame, &(struct page_help){ 0 });
}

void public_safety(struct request *r)
{
    frame_of(r)->exit = true;
    page_safety(&r->out, &r->frame, &(struct page_safety){ 0 });
}

void public_cookies(struct request *r)
{
    frame_of(r)->exit = true;
    page_cookies(&r->out, &r->frame, &(struct page_cookies){ 0 });
}

void public_language(struct request *r)
{
    const char *page = form_text(&r->form, FORM_LANGUAGE_PAGE);
    bool welsh       = !strcmp(r->params[0], "welsh");

    if (!welsh && strcmp(r->params[0], "english") != 0) {
        respond_missing(r);
        return;
    }
    respond_cookie(r, LANGUAGE_COOKIE, welsh ? "cy" : "en");
    respond_redirect(r, path_is_local(page) ? page : "/");
}

void public_exit(struct request *r)
{
    if (*r->visitor.token) visitor_wipe(r->visitor.token);
    respond_cookie(r, "visitor", NULL);
    respond_cookie(r, APPLY_COOKIE, NULL);
    if (r->session.signed_in) respond_cookie(r, "session", NULL);
    r->wipe     = true;
    r->status   = 303;
    r->location = elsewhere;
}
