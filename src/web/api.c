/* api.c: programs come in. */
#include "web/api.h"

#include "web/pen.h"
#include "web/rate.h"

#include <string.h>
#include <strings.h>

bool api_is_path(const char *path)
{
    return !strncmp(path, API_PREFIX, strlen(API_PREFIX));
}

/* ---- answers ---- */

void api_problem(struct request *r, unsigned status, const char *title, const char *detail)
{
    const char *code = r->code ? r->code : status == 404 ? "not_found" : "failed";

    r->status   = status;
    r->location = r->file = NULL;
    r->type               = "application/problem+json";
    r->out                = (struct out){ .arena = r->arena };
    pen_open(&r->out, NULL, '{');
    pen_text(&r->out, "type", arena_print(r->arena, "urn:upkeep:refusal:%s", code));
    pen_text(&r->out, "title", title);
    pen_count(&r->out, "status", status);
    pen_text(&r->out, "code", code);
    pen_text(&r->out, "detail", detail);
    if (r->field) pen_text(&r->out, "field", r->field);
    pen_close(&r->out, '{');
}

void api_refuse(struct request *r, unsigned status, const char *code, const char *detail)
{
    r->code = code;
    api_problem(r, status, "This cannot be done", detail);
}

void api_refuse_early(struct request *r, unsigned status, size_t most)
{
    if (status == 413)
        api_refuse(r, status, "body_large",
                   arena_print(r->arena, "The body has at most %zu bytes at this address.", most));
    else if (status == 411)
        api_refuse(r, status, "length_missing",
                   "Send the header Content-Length; Transfer-Encoding is not read.");
    else
        api_refuse(r, status, "busy",
                   "Many large files are being read just now. Send it again in a minute.");
}

void api_answer(struct request *r)
{
    out_text(&r->out, "\n");
    respond_as(r, "application/json", NULL);
}

/* ---- who asks ---- */

/* What stands after "Bearer"; NULL when the header is there and has no token. */
static const char *bearer(const struct arrival *a)
{
    static const char word[] = "Bearer ";
    const char *token        = a->authorization;

    if (strncasecmp(token, word, sizeof word - 1)) return NULL;
    token += sizeof word - 1;
    token += strspn(token, " ");
    size_t prefix = strlen(PROGRAM_PREFIX);
    if (strncmp(token, PROGRAM_PREFIX, prefix) || strlen(token) != prefix + TOKEN_TEXT - 1)
        return NULL;
    return token;
}

static bool rate_pass(struct request *r)
{
    const char *subject =
        r->session.signed_in
            ? arena_print(r->arena, "%s %lld", r->session.account, (long long)r->program.number)
            : arena_print(r->arena, "from %s", r->address);
    int most = r->session.signed_in ? RATE_TOKEN : RATE_NOBODY;

    if (rate_take(subject, r->now, most, &r->wait)) {
        r->wait = 0;
        return true;
    }
    api_refuse(r, 429, "too_often",
               arena_print(r->arena,
                           "More than %d requests in a minute. Ask again in %lld seconds.", most,
                           (long long)r->wait));
    return false;
}

static bool who_find(struct request *r, const struct arrival *a, bool needs_token)
{
    const char *token = a->authorization ? bearer(a) : NULL;
    struct fail f     = { 0 };

    if (token && (!program_find(a->read, r->arena, token, r->now, &r->session, &r->program, &f) ||
                  (r->session.signed_in &&
                   !program_touch(a->write, &r->program, r->session.account, r->now, &f)))) {
        respond_fail(r, &f);
        return false;
    }
    if (!rate_pass(r)) return false;
    if (r->session.signed_in || (!needs_token && !a->authorization)) return true;
    api_refuse(r, 401, a->authorization ? "token_wrong" : "token_missing",
               a->authorization ? "This token opens nothing: it is wrong, has ended or was revoked."
                                : "Send a token in the header Authorization: Bearer TOKEN.");
    return false;
}

static bool may_enter(struct request *r, const struct api_route *way)
{
    if (!r->session.signed_in) return true; /* it needs none */
    if (r->session.overdue) {
        api_refuse(r, 403, "second_step_missing",
                   "The account must set up a second step when signing in before its tokens open "
                   "anything.");
        return false;
    }
    if (way->scope != SCOPES && !(r->program.scopes & 1u << way->scope)) {
        api_refuse(r, 403, "scope_missing",
                   arena_print(r->arena, "This token has not the scope %s.",
                               scope_table[way->scope].name));
        return false;
    }
    if (way->way.access == ACCESS_PUBLIC || r->session.rights & 1u << way->way.access) return true;
    api_refuse(r, 403, "role_wrong", "The account of this token does not have the right to it.");
    return false;
}

/* ---- the family ---- */

/* The family that a path is about, by its reference, if its door is open. */
static bool family_enter(struct request *r, const struct arrival *a)
{
    struct opener who = request_opener(r);
    struct fail f     = { 0 };
    struct sql_payer_by_reference_row payer;
    enum door door = DOOR_BARRED;
    bool found;

    if (strncmp(r->route->path, API_CASE, strlen(API_CASE))) return true;
    if (!sql_payer_by_reference(a->read, &(struct sql_payer_by_reference_in){ .ref = r->params[0] },
                                r->arena, &payer, &found, &f) ||
        (found && !door_find(a->read, r->arena, &who, payer.pp, &door, &f))) {
        respond_fail(r, &f);
        return false;
    }
    if (!found)
        api_refuse(r, 404, "no_such_case", "There is no case of that reference.");
    else if (door == DOOR_BARRED)
        api_refuse(r, 403, "case_barred",
                   "This account may not open this case: it is of somebody close to them.");
    else
        r->looked = payer.pp;
    return found && door != DOOR_BARRED;
}

static const struct api_route *route_of(struct request *r, const char *method, const char *path,
                                        unsigned *ways)
{
    enum method m = method_of(method);

    *ways = 0;
    for (int i = 0; i < api_route_count; i++) {
        if (!path_match(r, api_routes[i].way.path, path)) continue;
        if (api_routes[i].way.method == m) return &api_routes[i];
        *ways |= 1u << api_routes[i].way.method;
    }
    return NULL;
}

bool api_enter(struct request *r, const struct arrival *a)
{
    unsigned ways;
    const struct api_route *way = route_of(r, a->method, a->path, &ways);

    if (!way) {
        if (ways) {
            r->allow = allow_words(ways);
            api_refuse(r, 405, "method_wrong",
                       arena_print(r->arena, "This address is for %s only.", r->allow));
        } else {
            api_refuse(r, 404, "not_found", "There is nothing at this address.");
        }
        return false;
    }
    r->api   = way;
    r->route = &way->way;
    r->once  = a->once ? a->once : "";
    return who_find(r, a, way->way.access != ACCESS_PUBLIC) && may_enter(r, way) &&
           family_enter(r, a) && (!way->before || way->before(r, a->read, a->write));
}

/* ---- what they sent ---- */

size_t api_body_most(struct arena *arena, const struct arrival *a)
{
    struct request r = { .arena = arena, .now = a->now };
    struct fail f    = { 0 };
    unsigned ways;
    const struct api_route *way = route_of(&r, a->method, a->path, &ways);
    const char *token           = a->authorization ? bearer(a) : NULL;

    if (!way || (way->body != API_FILE && way->body != API_PARTS) || !token ||
        !program_find(a->read, arena, token, r.now, &r.session, &r.program, &f) ||
        !(r.program.scopes & 1u << way->scope) || !(r.session.rights & 1u << way->way.access))
        return FORM_BYTES;
    return way->body == API_FILE ? API_FILE_MOST : FORM_BYTES + form_file_most(way->way.form);
}

static bool type_is(const struct arrival *a, const char *type)
{
    size_t n = strlen(type);
    return a->content_type && !strncasecmp(a->content_type, type, n) &&
           strchr(" ;", a->content_type[n]);
}

/* The content types of each kind of body. */
static const struct {
    const char *types[2], *say;
} bodies[API_BODIES] = {
    [API_FIELDS] = { { "application/json" }, "Send application/json." },
    [API_JSON]   = { { "application/json" }, "Send application/json." },
    [API_FILE]   = { { "text/csv", "application/xml" },
                     "Send the file as text/csv or application/xml." },
    [API_PARTS]  = { { "multipart/form-data" }, "Send multipart/form-data." },
};

static bool body_is(const struct arrival *a, enum api_body kind)
{
    for (size_t i = 0; i < sizeof bodies->types / sizeof *bodies->types; i++)
        if (bodies[kind].types[i] && type_is(a, bodies[kind].types[i])) return true;
    return false;
}

/* Into r->form. */
static bool fields_read(struct request *r, const struct arrival *a, bool post, struct fail *f)
{
    struct out pairs  = { .arena = r->arena };
    const char *query = a->query ? a->query : "";

    if (post && r->api->body == API_PARTS)
        return form_read_parts(&r->form, r->body, a->content_type, f);
    bool fine =
        post && r->api->body == API_FIELDS
            ? api_pairs_of_json(r->arena, r->form.rule, r->body.at, r->body.length, &pairs, f)
            : api_pairs_of_query(r->arena, r->form.rule, query, &pairs, f);
    return fine && form_read(&r->form, out_string(&pairs), pairs.length, false, f);
}

bool api_take(struct request *r, const struct arrival *a)
{
    bool post     = r->route->method == METHOD_POST;
    struct fail f = { 0 };

    r->body = (struct span){ a->body ? a->body : "", a->body_length };
    if (post && !body_is(a, r->api->body)) {
        api_refuse(r, 415, "content_type_wrong", bodies[r->api->body].say);
        return false;
    }
    r->body_is_xml = post && type_is(a, "application/xml");
    if (strlen(r->once) > API_ONCE_MOST) {
        api_refuse(r, 400, "key_long", "An Idempotency-Key has at most 64 characters.");
        return false;
    }
    if (fields_read(r, a, post, &f)) return true;
    r->code  = arena_text(r->arena, f.code, strlen(f.code));
    r->field = *f.field ? arena_text(r->arena, f.field, strlen(f.field)) : NULL;
    api_problem(r, 400, "This was not understood", arena_text(r->arena, f.text, strlen(f.text)));
    return false;
}
