/* dispatch.c: finds the route, who asks, whether they may, and what they sent; then calls the
 * handler.  What is not declared in routes.c and in the templates' forms stops here. */
#include "web/dispatch.h"

#include "web/api.h"
#include "web/apply_draft.h"
#include "web/own.h"
#include "web/provider_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COOKIE_MOST = 200, LOCAL_MOST = 500 };

static const struct form_rule form_none = { .name = "none" };

/* ---- routes ---- */

static bool part_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

bool path_match(struct request *r, const char *pattern, const char *path)
{
    int n = 0;

    while (*pattern) {
        if (strncmp(pattern, "{}", 2)) {
            if (*pattern++ != *path++) return false;
            continue;
        }
        size_t length = 0;
        while (part_plain(path[length]))
            length++;
        if (!length || length > PATH_PART || n == PATH_PARAMS) return false;
        r->params[n++] = arena_text(r->arena, path, length);
        pattern += 2;
        path += length;
    }
    return !*path;
}

bool route_posts(const struct route *route)
{
    return route->method == METHOD_POST || route->method == METHOD_POST_SIGNED;
}

enum method method_of(const char *word)
{
    return !strcmp(word, "POST")                           ? METHOD_POST
           : !strcmp(word, "GET") || !strcmp(word, "HEAD") ? METHOD_GET
                                                           : 0;
}

const char *allow_words(unsigned ways)
{
    return ways == 1u << METHOD_GET    ? "GET, HEAD"
           : ways == 1u << METHOD_POST ? "POST"
                                       : "GET, HEAD, POST";
}

const struct route *route_find(struct request *r, const char *method, const char *path,
                               unsigned *ways)
{
    enum method m = method_of(method);

    *ways = 0;
    for (int i = 0; i < route_count; i++) {
        if (!path_match(r, routes[i].path, path)) continue;
        enum method way = route_posts(&routes[i]) ? METHOD_POST : METHOD_GET;
        if (way == m) return &routes[i];
        *ways |= 1u << way;
    }
    return NULL;
}

const char *path_open(struct request *r, const char *path)
{
    struct request there      = { .arena = r->arena };
    unsigned ways             = 0;
    const struct route *route = route_find(&there, "GET", path, &ways);

    return route && r->session.rights & 1u << route->access ? path : "";
}

static bool route_asks(const struct route *route)
{
    for (int i = 0; i < route_count; i++)
        if (route_posts(&routes[i]) && !strcmp(routes[i].path, route->path)) return true;
    return false;
}

/* ---- cookies and addresses ---- */

const char *cookie_find(struct arena *a, const char *cookies, const char *name)
{
    size_t n = strlen(name);

    for (const char *at = cookies; at && *at;) {
        at += strspn(at, " ;");
        size_t length = strcspn(at, ";");
        if (length > n && length < COOKIE_MOST && !strncmp(at, name, n) && at[n] == '=')
            return arena_text(a, at + n + 1, length - n - 1);
        at += length;
    }
    return NULL;
}

bool path_is_local(const char *path)
{
    if (!path || path[0] != '/' || path[1] == '/' || strlen(path) > LOCAL_MOST) return false;
    for (; *path; path++)
        if (*path <= ' ' || *path == 0x7f || *path == '\\') return false;
    return true;
}

static bool token_like(const char *s)
{
    return s && strlen(s) == TOKEN_TEXT - 1 && strspn(s, "0123456789abcdef") == TOKEN_TEXT - 1;
}

/* ---- who ---- */

static const char *cookie_name(const struct request *r, const char *name)
{
    return r->secure ? arena_print(r->arena, "__Host-%s", name) : name;
}

static bool who_find(struct request *r, const struct arrival *a)
{
    struct fail f       = { 0 };
    const char *token   = cookie_find(r->arena, a->cookies, cookie_name(r, "session"));
    const char *visitor = cookie_find(r->arena, a->cookies, cookie_name(r, "visitor"));

    if (token_like(visitor)) {
        r->visitor.token = visitor;
        r->visitor.known = visitor_load(visitor, r->now, &r->visitor.answers);
    }
    const char *leaving = cookie_find(r->arena, a->cookies, cookie_name(r, PROVIDER_COOKIE));
    if (token_like(leaving)) r->leaving = leaving;
    const char *code = cookie_find(r->arena, a->cookies, cookie_name(r, APPLY_COOKIE));
    if (apply_code_like(code)) r->applying = code;
    if (token_like(token) && (!session_find(a->read, r->arena, token, r->now, &r->session, &f) ||
                              !session_touch(a->write, token, r->now, &f))) {
        respond_fail(r, &f);
        return false;
    }
    return true;
}

static bool may_enter(struct request *r, const struct arrival *a)
{
    enum page_access need = r->route->access;

    if (need == ACCESS_PUBLIC || r->session.rights & 1u << need) return true;
    if (r->session.overdue) {
        respond_redirect(r, "/account/second");
        return false;
    }
    if (r->session.signed_in) {
        respond_refused(r, 403, "You cannot use this page",
                        "Your account does not have the right to it. Ask your team leader.");
        return false;
    }
    if (need == ACCESS_EMPLOYER) {
        respond_redirect(r, "/employer");
        return false;
    }
    struct out next = { .arena = r->arena };
    out_text(&next, "/sign-in");
    if (!route_posts(r->route) && path_is_local(a->path)) {
        out_text(&next, "?next=");
        for (const char *p = a->path; *p; p++) {
            if (part_plain(*p) || *p == '/')
                out_bytes(&next, p, 1);
            else
                out_print(&next, "%%%02X", (unsigned)(unsigned char)*p);
        }
    }
    respond_redirect(r, out_string(&next));
    return false;
}

/* ---- what they sent ---- */

/* A form must come from a page of ours: browsers say where from, and it carries our token. */
static bool origin_good(const struct arrival *a)
{
    if (a->fetch_site && strcmp(a->fetch_site, "same-origin") && strcmp(a->fetch_site, "none"))
        return false;
    if (!a->origin || !a->host || !strcmp(a->origin, "null")) return true;
    const char *host = strstr(a->origin, "://");
    return host && !strcasecmp(host + 3, a->host);
}

static const char *form_secret(const struct request *r)
{
    if (r->route && !strcmp(r->route->path, PROVIDER_END)) return provider_state(r);
    const char *token = r->session.signed_in ? r->session.token : r->visitor.token;
    return token && *token ? token_for_forms(r->arena, token) : "";
}

/* Whether a form came from a page of ours that this browser was shown.  False: answered with what
 * is true of it. */
static bool form_is_ours(struct request *r, const struct arrival *a)
{
    const char *secret = form_secret(r);

    if (!origin_good(a))
        respond_refused(r, 403, "This came from another site",
                        "For your safety nothing was done. Open the page here, on this site, and "
                        "fill it in there.");
    else if (!*secret)
        respond_refused(
            r, 403, "Your browser sent no cookie",
            "For your safety nothing was done. Without a cookie we cannot tell that it "
            "was you: you have pressed “Exit”, or your browser keeps no cookies of this "
            "site. Allow them, open the page again and fill it in once more.");
    else if (!*r->form.csrf)
        respond_refused(r, 403, "This did not come from a page of ours",
                        "For your safety nothing was done: it lacks the token that every form here "
                        "has. Open the page here and fill it in there.");
    else if (!token_same(r->form.csrf, secret))
        respond_refused(r, 403, "This page was open for too long",
                        "For your safety nothing was done: somebody signed in or out in this "
                        "browser since the page was opened, or it was closed. Open the page again "
                        "and fill it in once more.");
    else
        return true;
    return false;
}

static bool form_take(struct request *r, const struct arrival *a)
{
    struct fail f = { 0 };
    bool post     = route_posts(r->route);

    form_new(&r->form, r->arena, r->route->form ? r->route->form : &form_none);
    if (r->is_program) return api_take(r, a);
    if (r->route->method == METHOD_POST_SIGNED) {
        r->body      = (struct span){ a->body, a->body_length };
        r->signature = a->signature ? a->signature : "";
        return true;
    }
    bool file = post && form_file_most(r->form.rule) && a->content_type &&
                !strncasecmp(a->content_type, "multipart/form-data", 19);
    if (post && !file &&
        (!a->content_type ||
         strncasecmp(a->content_type, "application/x-www-form-urlencoded", 33))) {
        respond_refused(r, 415, "This form did not arrive", "Send it again from its own page.");
        return false;
    }
    const char *text = post ? a->body : a->query;
    size_t length    = post ? a->body_length : a->query ? strlen(a->query) : 0;
    if (file ? !form_read_parts(&r->form, (struct span){ a->body, length }, a->content_type, &f)
             : !form_read(&r->form, text ? text : "", length, !post, &f)) {
        respond_refused(r, 400, "This form did not arrive whole", f.text);
        return false;
    }
    return !post || form_is_ours(r, a);
}

/* GET pages that hold a form give a browser its token. */
static void visitor_greet(struct request *r)
{
    if (r->route->method != METHOD_GET || r->session.signed_in || *r->visitor.token ||
        !route_asks(r->route))
        return;
    r->visitor.token = token_new(arena_take(r->arena, TOKEN_TEXT));
    respond_cookie(r, "visitor", r->visitor.token);
}

/* Where the other language is offered: on the page itself, or what a GET of its path shows; "" for
 * those who work here, whose pages are in English. */
static const char *other_of(struct request *r, const struct arrival *a)
{
    unsigned others;

    if (r->is_program || (r->session.signed_in && !r->session.person && !r->session.employer))
        return "";
    if (!strcmp(a->method, "POST") && !route_find(r, "GET", a->path, &others)) return "/";
    return path_is_local(a->path) ? a->path : "/";
}

static void frame_start(struct request *r, const struct arrival *a)
{
    char *words          = arena_take(r->arena, DATE_WORDS);
    const char *language = cookie_find(r->arena, a->cookies, cookie_name(r, LANGUAGE_COOKIE));
    const char *other    = other_of(r, a);

    r->language_chosen = language != NULL;
    r->frame           = (struct page_frame){
                  .welsh     = *other && language && !strcmp(language, "cy"),
                  .other     = other,
                  .csrf      = form_secret(r),
                  .signed_in = r->session.rights & 1u << ACCESS_ACCOUNT,
                  .reader    = r->session.account,
                  .clock     = a->fixed ? date_words(r->today, words) : NULL,
                  .rehearsal = a->rehearsal,
                  .works     = r->session.rights & 1u << ACCESS_CASEWORKER,
                  .reads     = r->session.rights & 1u << ACCESS_CASE,
                  .leads     = r->session.rights & 1u << ACCESS_LEAD,
                  .own       = r->session.rights & 1u << ACCESS_OWN && !own_is_child(&r->session),
                  .child     = own_is_child(&r->session),
                  .alone     = !own_is_acting(&r->session),
                  .rights    = r->session.rights | 1u << ACCESS_PUBLIC,
    };
}

static void form_refused(struct request *r)
{
    for (int i = 0; i < r->form.rule->field_count; i++)
        if (r->form.values[i].error) {
            const struct field_rule *rule = &r->form.rule->fields[i];
            bool missing                  = r->form.values[i].error == rule->missing;
            r->field                      = rule->name;
            r->code                       = missing ? "field_missing" : "field_wrong";
            respond_refused(r, 422, missing ? "Something is missing" : "Something is not right",
                            r->form.values[i].error);
            return;
        }
}

size_t dispatch_body_most(struct arena *arena, const struct arrival *a)
{
    struct request r = { .arena = arena, .now = a->now, .secure = a->secure };
    struct fail f    = { 0 };
    unsigned ways;

    if (api_is_path(a->path)) return api_body_most(arena, a);
    if (strcmp(a->method, "POST") || !a->content_type ||
        strncasecmp(a->content_type, "multipart/form-data", 19))
        return FORM_BYTES;
    r.route           = route_find(&r, a->method, a->path, &ways);
    const char *token = cookie_find(arena, a->cookies, cookie_name(&r, "session"));
    if (!r.route || !r.route->form || !form_file_most(r.route->form) || !token_like(token) ||
        !session_find(a->read, arena, token, r.now, &r.session, &f) ||
        !(r.session.rights & 1u << r.route->access))
        return FORM_BYTES;
    return FORM_BYTES + form_file_most(r.route->form);
}

/* The way back from the other language keeps what was asked for: the query, where the page declares
 * all that is in it.  The link encodes it once more (page/layout.html). */
static void other_keep(struct request *r, const struct arrival *a)
{
    bool asked = r->route->form && !route_posts(r->route) && a->query && *a->query;

    if (!asked || r->form.unknown || !*r->frame.other) return;
    const char *whole = arena_print(r->arena, "%s?%s", r->frame.other, a->query);
    if (path_is_local(whole)) r->frame.other = whole;
}

/* The handler; from its beginning again when, on a server, someone else changed the same rows
 * meanwhile.  What it wrote so far was rolled back, and its answer is thrown away. */
static void handler_run(struct request *r, const struct arrival *a)
{
    const struct request before = *r;

    for (int tries = 1;; tries++) {
        if (r->store) store_watch(r->store);
        if (!form_take(r, a)) return;
        other_keep(r, a);
        if (r->form.errors && !r->route->form_shown)
            form_refused(r);
        else
            r->route->run(r);
        if (!r->store || !store_is_anew(r->store, tries)) return;
        *r = before;
    }
}

/* The family a path is about: 0 for a path about none. */
static int64_t path_family(const struct request *r)
{
    static const char of_case[] = "/case/{}";

    return strncmp(r->route->path, of_case, strlen(of_case)) ? 0 : strtoll(r->params[0], NULL, 10);
}

/* Shut to whoever is close to the family, until they say why it cannot wait. */
static bool door_pass(struct request *r, const struct arrival *a)
{
    struct opener who = request_opener(r);
    struct fail f     = { 0 };
    int64_t pp        = path_family(r);
    enum door door;

    if (!pp) return true;
    if (!door_find(a->read, r->arena, &who, pp, &door, &f)) {
        respond_fail(r, &f);
        return false;
    }
    if (door == DOOR_BARRED)
        respond_redirect(r, arena_print(r->arena, "/closed/%lld", (long long)pp));
    else
        r->looked = pp;
    return door != DOOR_BARRED;
}

/* Nothing of a family is shown that is not written down.  What the handler did not commit goes
 * first. */
static void look_keep(struct request *r, const struct arrival *a)
{
    struct opener who = request_opener(r);
    struct fail f     = { 0 };

    if (!r->looked || r->location) return;
    store_rollback(a->write);
    if (!door_look(a->read, a->write, &who, r->looked, r->route->path, &f)) respond_fail(r, &f);
}

/* A person's way in: the page, who asks, whether they may.  False: answered. */
static bool page_enter(struct request *r, const struct arrival *a)
{
    unsigned ways;

    r->route = route_find(r, a->method, a->path, &ways);
    if (!who_find(r, a)) return false;
    if (!r->route) frame_start(r, a);
    if (!r->route && ways) {
        r->allow = allow_words(ways);
        respond_refused(r, 405, "This cannot be done here",
                        "Go back and use the page's own buttons.");
    } else if (!r->route) {
        respond_missing(r);
    }
    if (!r->route) return false;
    visitor_greet(r);
    frame_start(r, a);
    return may_enter(r, a) && door_pass(r, a);
}

void dispatch(struct request *r, const struct arrival *a)
{
    bool post = !strcmp(a->method, "POST");

    r->out           = (struct out){ .arena = r->arena };
    r->path          = a->path;
    r->today         = a->today;
    r->now           = a->now;
    r->secure        = a->secure;
    r->address       = a->address ? a->address : "";
    r->store         = post ? a->write : a->read;
    r->visitor.token = "";
    r->is_program    = api_is_path(a->path);
    r->applying      = "";
    r->leaving       = "";
    r->answered      = a->answered;
    frame_start(r, a);
    if (r->is_program ? !api_enter(r, a) : !page_enter(r, a)) return;
    if (r->route->method == METHOD_GET_KEEPS) r->store = a->write;
    handler_run(r, a);
    look_keep(r, a);
}
