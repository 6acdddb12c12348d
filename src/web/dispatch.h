/* dispatch.h: from what the HTTP library hands over to a handler and back; knows nothing of
 * sockets. */
#pragma once
#include "web/request.h"

struct arrival {
    const char *method, *path, *query; /* query without ?; may be NULL */
    const char *body;
    size_t body_length;
    const char *cookies, *origin, *fetch_site, *host, *content_type; /* headers; NULL when absent */
    const char *authorization, *once; /* headers of programs: Authorization, Idempotency-Key */
    const char *signature;            /* header of a provider's notice: Pay-Signature */
    const char *address;              /* see request.h; NULL when not known */
    date today;
    int64_t now;
    bool secure, fixed;     /* fixed: today was told, not the clock's */
    bool rehearsal;         /* of the database */
    struct later *answered; /* what it waited for; NULL the first time */
    struct store *read, *write;
};

/* Answers the arrival into r, whose arena is set. */
void dispatch(struct request *r, const struct arrival *arrival);
/* How long the body of this arrival may be, told from its headers alone: more than FORM_BYTES only
 * for a form with a file and a person who may send it. */
size_t dispatch_body_most(struct arena *arena, const struct arrival *arrival);
/* Whether a route is for POST. */
bool route_posts(const struct route *route);
/* GET (also HEAD) or POST; 0: neither. */
enum method method_of(const char *word);
/* The route for a method and path, with r->params filled.  NULL: none; *ways has the methods the
 * path is known for, each a bit. */
const struct route *route_find(struct request *r, const char *method, const char *path,
                               unsigned *ways);
/* The path, if the role of whoever asks may read what is there; else "": a page leads nobody to
 * where they are shut out. */
const char *path_open(struct request *r, const char *path);
/* Those methods as the header Allow has them. */
const char *allow_words(unsigned ways);
/* Whether a path is of a pattern with {} for its parts, which become r->params. */
bool path_match(struct request *r, const char *pattern, const char *path);
/* The value of a cookie, in a; NULL when it is not there. */
const char *cookie_find(struct arena *a, const char *cookies, const char *name);
/* A path of our own that one may be sent to: begins with one /, printable, at most 500 bytes. */
bool path_is_local(const char *path);

extern const struct route routes[];
extern const int route_count;
