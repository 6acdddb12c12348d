/* request.h: one request and its answer, as a handler sees them.
 *
 * A handler reads r->form (checked), r->params (the {…} parts of the path), r->today, r->store and
 * r->session; then answers once: writes a page into &r->out with frame_of(r) and nothing else
 * (status 200), or calls one of the respond_ functions.  Memory: r->arena, gone after the answer.
 */
#pragma once
#include "app/door.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/out.h"
#include "letter/document.h"
#include "page.h"
#include "store/store.h"
#include "web/form.h"
#include "web/later.h"
#include "web/program.h"
#include "web/session.h"
#include "web/visitor.h"

#include <stdint.h>

/* METHOD_GET_KEEPS: a GET whose store can write what somebody else, whom we asked, said.
 * METHOD_POST_SIGNED: a POST of no form but of what a program sends and signs: body, signature. */
enum method { METHOD_GET = 1, METHOD_POST, METHOD_GET_KEEPS, METHOD_POST_SIGNED };
#define LANGUAGE_COOKIE "language" /* "cy" or "en" */
enum { PATH_PARAMS = 4, PATH_PART = 64, COOKIES_SET = 4 };

struct request;
struct api_route;
typedef void handler(struct request *r);

/* One way in.  {} in the path stands for one part of letters, digits, - and _ (r->params). */
struct route {
    enum method method;
    const char *path;
    enum page_access access;
    handler *run;
    const struct form_rule *form; /* POST: the body; GET: the query string; NULL: none is read */
    bool form_shown;              /* run is called with form errors too, to show them */
};

struct request {
    struct arena *arena;
    const struct route *route;
    const char *path;
    const char *params[PATH_PARAMS];
    struct form form;
    struct store *store; /* GET: cannot write; POST: may */
    date today;          /* the clock's, or the date the server was told */
    int64_t now;         /* seconds since 1970 UTC, never fixed */
    const char *address; /* where it came from, for attempt.h; "" when not known */
    struct session session;
    struct visitor visitor;
    const char
        *leaving; /* what this browser holds for its return from a provider; "" for nothing */
    const char *applying; /* the code of this browser's application (apply_draft.h); "" for none */
    bool language_chosen; /* in this browser, by the link in the header */
    int64_t looked;       /* the family of the path: who reads it is written down; 0: none */
    struct page_frame frame;
    struct out out;
    /* A program asks (api.h): answers are JSON, refusals problems; who it speaks for is in session.
     */
    bool is_program;
    const struct api_route *api;
    struct program program;
    const char *once;      /* the Idempotency-Key of its request; "" for none */
    struct span body;      /* of a POST, as it came */
    const char *signature; /* of METHOD_POST_SIGNED; "" for none */
    bool body_is_xml;      /* it said so */
    /* What the handler asked to be waited for (respond_later), when it runs the second time. */
    struct later *answered;
    /* The answer. */
    struct later *later; /* there is none yet */
    unsigned status;
    const char *location, *type, *file; /* file: offer to save under this name */
    const char *cookies[COOKIES_SET];
    int cookie_count;
    const char *code, *field; /* of a refusal, for a program: NULL for none */
    const char *allow;        /* of a method that is not for this path: which are */
    int64_t wait;             /* seconds until it may be asked again; 0: not said */
    bool secure, wipe;        /* wipe: tell the browser to forget what it holds of us */
};

/* The frame for this request's page; add `back`, `exit` and `here` as needed. */
struct page_frame *frame_of(struct request *r);
/* The same, with the form's errors in the summary and status 422 if there are any. */
struct page_frame *frame_with_form(struct request *r);

/* The language of this request's page, for texts that C chooses. */
enum letter_language language_of(const struct request *r);

/* A sentence of ours (said.h) in that language. */
const char *said_to(const struct request *r, const char *english);

/* Who asks, for the door. */
struct opener request_opener(const struct request *r);
/* Where somebody's work begins: by their rights. */
const char *home_of(const struct request *r);

/* POST then redirect: 303 to a path of our own. */
void respond_redirect(struct request *r, const char *path);
/* A page in plain words; status 400 to 503. */
void respond_refused(struct request *r, unsigned status, const char *heading, const char *text);
void respond_missing(struct request *r); /* 404 */
/* A failure of the store or of the rules: logged; the person gets 500, or 422 with the sentence of
 * a refusal. */
void respond_fail(struct request *r, const struct fail *f);
/* The answer is not HTML: what is in r->out has this media type; file (may be NULL) offers saving.
 */
void respond_as(struct request *r, const char *type, const char *file);
/* No answer yet: the handler runs again, from its beginning and with r->answered, when that is
 * done. It was rolled back before. */
void respond_later(struct request *r, struct later *later);
/* A cookie for this browser session; value NULL takes it away. */
void respond_cookie(struct request *r, const char *name, const char *value);
