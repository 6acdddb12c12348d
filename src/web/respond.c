/* respond.c: the ways a handler answers. */
#include "web/api.h"

#include "base/say.h"
#include "web/request.h"
#include "web/said.h"

#include <stdio.h>
#include <string.h>

struct page_frame *frame_of(struct request *r)
{
    return &r->frame;
}

struct page_frame *frame_with_form(struct request *r)
{
    form_problems(&r->form, &r->frame);
    if (r->frame.error) r->status = 422;
    return &r->frame;
}

enum letter_language language_of(const struct request *r)
{
    return r->frame.welsh ? LETTER_WELSH : LETTER_ENGLISH;
}

const char *said_to(const struct request *r, const char *english)
{
    return r->frame.welsh ? said(r->arena, english) : english;
}

struct opener request_opener(const struct request *r)
{
    return (struct opener){ .account = r->session.account, .role = r->session.role, .now = r->now };
}

static const struct home {
    enum page_access right;
    const char *path, *label;
} homes[] = {
    { ACCESS_CASE, "/work", SAY("Go to the cases") },
    { ACCESS_OWN, "/home", SAY("Go to your case") },
    { ACCESS_ADMIN, "/staff", SAY("Go to the accounts") },
    { ACCESS_ACCOUNT, "/account", SAY("Go to your account") },
    { ACCESS_EMPLOYER, "/employer/orders", SAY("Go to your orders") },
    { ACCESS_PUBLIC, "/", SAY("Go to the first page") },
};

static const struct home *home_find(const struct request *r)
{
    const struct home *h = homes;

    while (h->right != ACCESS_PUBLIC && !(r->session.rights & 1u << h->right))
        h++;
    return h;
}

const char *home_of(const struct request *r)
{
    return home_find(r)->path;
}

void respond_redirect(struct request *r, const char *path)
{
    r->status   = 303;
    r->location = path;
}

void respond_refused(struct request *r, unsigned status, const char *heading, const char *text)
{
    if (r->is_program) {
        api_problem(r, status, heading, text);
        return;
    }
    struct page_refused page = {
        .heading = heading, .text = text, .home = home_find(r)->path, .label = home_find(r)->label
    };

    r->status = status;
    r->type   = NULL;
    r->file   = NULL;
    r->out    = (struct out){ .arena = r->arena };
    page_refused(&r->out, &r->frame, &page);
}

void respond_missing(struct request *r)
{
    respond_refused(
        r, 404, "Page not found",
        "If you typed the address, check it is right. If you pasted it, check you copied "
        "all of it.");
}

void respond_fail(struct request *r, const struct fail *f)
{
    if (f->kind == FAIL_REFUSED || f->kind == FAIL_INPUT) {
        r->code  = arena_text(r->arena, f->code, strlen(f->code));
        r->field = *f->field ? arena_text(r->arena, f->field, strlen(f->field)) : NULL;
        respond_refused(r, 422, "This cannot be done", f->text);
        return;
    }
    fprintf(stderr, "upkeep: %s: %s (%s:%d)\n", f->code, f->text, f->file ? f->file : "", f->line);
    respond_refused(r, 500, "Sorry, there is a problem with the service",
                    "Nothing you sent has been changed. Try again in a few minutes.");
}

void respond_as(struct request *r, const char *type, const char *file)
{
    r->type = type;
    r->file = file;
}

void respond_later(struct request *r, struct later *later)
{
    BUG_UNLESS(!r->answered);
    r->later = later;
}

void respond_cookie(struct request *r, const char *name, const char *value)
{
    BUG_UNLESS(r->cookie_count < COOKIES_SET);
    r->cookies[r->cookie_count++] = arena_print(
        r->arena, "%s%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", r->secure ? "__Host-" : "",
        name, value ? value : "", r->secure ? "; Secure" : "", value ? "" : "; Max-Age=0");
}
