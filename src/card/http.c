/* http.c: calls by libcurl, answers by jansson. */
#include "card/http.h"

#include "base/arena.h"
#include "base/bug.h"

#include <curl/curl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { VALUE_MOST = 300, LINE_ROOM = 400, ANSWER_MOST = 64 * 1024, CONNECT_SECONDS = 3 };
enum { STATUS_OK = 200, STATUS_REDIRECT = 300, STATUS_CLIENT = 400, STATUS_SERVER = 500 };
enum { STATUS_TOO_MANY = 429, STATUS_UNAUTHORIZED = 401, STATUS_FORBIDDEN = 403 };
enum setting { API, PAGE, HOME, SECRET, NOTICES, SETTINGS };
static const char *const setting_names[SETTINGS] = { "api", "page", "home", "secret", "notices" };

static char settings[SETTINGS][VALUE_MOST];
static CURL *curl; /* one call at a time, so that its connection is used again */
static pthread_mutex_t line_free = PTHREAD_MUTEX_INITIALIZER;
static struct timespec away_until; /* with line_free */

/* ---- a call ---- */

struct call {
    struct arena arena;
    const char *path, *once; /* once: NULL for none */
    const char *send;        /* JSON; NULL: GET */
    char *bytes;
    size_t length;
    long status;
};

static size_t answer_take(char *bytes, size_t size, size_t n, void *context)
{
    struct call *c = context;

    if (size * n > ANSWER_MOST - c->length) return 0;
    memcpy(c->bytes + c->length, bytes, size * n);
    c->length += size * n;
    return size * n;
}

static struct curl_slist *header_add(struct curl_slist *list, struct arena *a, const char *name,
                                     const char *value)
{
    list = curl_slist_append(list, arena_print(a, "%s: %s", name, value));
    BUG_UNLESS(list);
    return list;
}

static void options_set(struct call *c, struct curl_slist *headers)
{
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, arena_print(&c->arena, "%s%s", settings[API], c->path));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR,
                     strncmp(settings[API], "https:", 6) ? "http" : "https");
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)HTTP_SECONDS);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, answer_take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, c);
    if (c->send) curl_easy_setopt(curl, CURLOPT_POSTFIELDS, c->send);
}

static bool gone_away(struct fail *f)
{
    clock_gettime(CLOCK_MONOTONIC, &away_until);
    away_until.tv_sec += HTTP_REST;
    return FAIL(f, FAIL_SYSTEM, "gateway_away", "The card provider does not answer.");
}

/* With the line held.  True: an answer of the provider's own, whatever it is. */
static bool call_do(struct call *c, struct fail *f)
{
    struct curl_slist *headers = NULL;
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec < away_until.tv_sec)
        return FAIL(f, FAIL_SYSTEM, "gateway_away", "The card provider did not answer just now.");
    c->bytes = arena_take(&c->arena, ANSWER_MOST);
    headers  = header_add(headers, &c->arena, "Authorization",
                          arena_print(&c->arena, "Bearer %s", settings[SECRET]));
    headers  = header_add(headers, &c->arena, "Accept", "application/json");
    if (c->send) headers = header_add(headers, &c->arena, "Content-Type", "application/json");
    if (c->once) headers = header_add(headers, &c->arena, "Idempotency-Key", c->once);
    options_set(c, headers);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &c->status);
    curl_slist_free_all(headers);
    if (code != CURLE_OK || c->status >= STATUS_SERVER || c->status == STATUS_TOO_MANY)
        return gone_away(f);
    return true;
}

static bool call_make(struct call *c, struct fail *f)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    if (pthread_mutex_timedlock(&line_free, &until) != 0)
        return FAIL(f, FAIL_SYSTEM, "gateway_away", "The card provider is being asked already.");
    bool fine = call_do(c, f);
    pthread_mutex_unlock(&line_free);
    if (!fine) return false;
    if (c->status == STATUS_UNAUTHORIZED || c->status == STATUS_FORBIDDEN)
        return FAIL(f, FAIL_SYSTEM, "gateway_strange",
                    "The card provider does not know our key: look at the settings.");
    if (c->status >= STATUS_CLIENT)
        return REFUSE(f, "gateway_refused", "The card provider does not do that (%ld).", c->status);
    return (c->status >= STATUS_OK && c->status < STATUS_REDIRECT) ||
           FAIL(f, FAIL_SYSTEM, "gateway_strange", "The card provider's answer is none (%ld).",
                c->status);
}

/* ---- answers ---- */

/* A text of letters, digits, - and _ that fits; the provider's own texts are not trusted. */
static bool plain_take(const json_t *value, char *to, size_t room)
{
    const char *text = json_string_value(value);
    size_t n         = text ? strlen(text) : 0;

    if (!n || n >= room ||
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != n)
        return false;
    memcpy(to, text, n + 1);
    return true;
}

static const char *text_of(const json_t *value)
{
    const char *text = json_string_value(value);
    return text ? text : "";
}

static bool payment_read(const json_t *json, struct gateway_answer *a)
{
    const json_t *state = json_object_get(json, "state"), *amount = json_object_get(json, "amount");
    const json_t *links = json_object_get(json, "_links");
    const json_t *taken =
        json_object_get(json_object_get(json, "settlement_summary"), "captured_date");
    const char *next     = text_of(json_object_get(json_object_get(links, "next_url"), "href"));
    const char *captured = text_of(taken);
    const char *status   = text_of(json_object_get(state, "status"));
    const char *code     = text_of(json_object_get(state, "code"));

    *a = (struct gateway_answer){ .amount = { json_integer_value(amount) } };
    if (!plain_take(json_object_get(json, "payment_id"), a->id, sizeof a->id) ||
        !plain_take(json_object_get(json, "reference"), a->reference, sizeof a->reference) ||
        !json_is_integer(amount) || a->amount.p <= 0 ||
        !gateway_state_find(status, code, &a->state) || strlen(next) >= sizeof a->next)
        return false;
    if (*next && !gateway_leads(gateway_now(), next)) return false;
    snprintf(a->next, sizeof a->next, "%s", next);
    a->has_taken_on = date_parse(captured, strlen(captured), &a->taken_on);
    return true;
}

static bool payment_call(struct call *c, struct gateway_answer *a, struct fail *f)
{
    bool fine    = call_make(c, f);
    json_t *json = fine ? json_loadb(c->bytes, c->length, JSON_REJECT_DUPLICATES, NULL) : NULL;

    if (fine && (!json || !payment_read(json, a)))
        fine =
            FAIL(f, FAIL_SYSTEM, "gateway_strange", "The card provider's answer cannot be read.");
    json_decref(json);
    arena_free(&c->arena);
    return fine;
}

/* ---- the interface ---- */

/* JSON as text in the call's arena. */
static const char *packed(struct call *c, json_t *json)
{
    char *text       = json ? json_dumps(json, JSON_COMPACT) : NULL;
    const char *copy = text ? arena_text(&c->arena, text, strlen(text)) : NULL;

    BUG_UNLESS(copy);
    free(text);
    json_decref(json);
    return copy;
}

static bool create(void *context, const struct gateway_order *o, struct gateway_answer *a,
                   struct fail *f)
{
    struct call c = { .path = "/v1/payments", .once = o->once };

    (void)context;
    c.send =
        packed(&c, json_pack("{s:I,s:s,s:s,s:s}", "amount", (json_int_t)o->amount.p, "reference",
                             o->reference, "description", o->description, "return_url", o->back));
    return payment_call(&c, a, f);
}

static bool look(void *context, const char *id, struct gateway_answer *a, struct fail *f)
{
    struct call c = { .once = NULL };

    (void)context;
    c.path = arena_print(&c.arena, "/v1/payments/%s", id);
    return payment_call(&c, a, f);
}

static bool cancel(void *context, const char *id, struct fail *f)
{
    struct call c = { .send = "{}" };

    (void)context;
    c.path    = arena_print(&c.arena, "/v1/payments/%s/cancel", id);
    bool fine = call_make(&c, f);
    arena_free(&c.arena);
    return fine;
}

static bool refund(void *context, const char *id, const char *once, money amount, struct fail *f)
{
    struct call c = { .once = once };

    (void)context;
    c.path    = arena_print(&c.arena, "/v1/payments/%s/refunds", id);
    c.send    = packed(&c, json_pack("{s:I,s:I}", "amount", (json_int_t)amount.p,
                                     "refund_amount_available", (json_int_t)amount.p));
    bool fine = call_make(&c, f);
    arena_free(&c.arena);
    return fine;
}

/* ---- settings ---- */

static bool is_local(const char *address)
{
    static const char *const local[] = { "http://127.0.0.1", "http://localhost", "http://[::1]" };

    for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
        size_t n = strlen(local[i]);
        if (!strncmp(address, local[i], n) && (!address[n] || address[n] == ':')) return true;
    }
    return false;
}

/* An origin: a scheme, a host, perhaps a port. */
static bool origin_fits(const char *address)
{
    const char *host = strstr(address, "://");

    return host && host[3] && !strpbrk(host + 3, "/?#@ '\";,") &&
           (!strncmp(address, "https://", 8) || is_local(address));
}

static bool line_read(const char *line)
{
    char name[16], value[VALUE_MOST];

    if (sscanf(line, "%15s %299s", name, value) != 2)
        return strspn(line, " \t\r\n") == strlen(line);
    for (int i = 0; i < SETTINGS; i++)
        if (!strcmp(setting_names[i], name)) {
            snprintf(settings[i], sizeof settings[i], "%s", value);
            return i >= SECRET || origin_fits(value);
        }
    return false;
}

static bool settings_read(FILE *file, const char *path, struct fail *f)
{
    char line[LINE_ROOM];
    struct stat about;

    if (fstat(fileno(file), &about) || (about.st_mode & 077))
        return FAIL(f, FAIL_INPUT, "card_file",
                    "Others may read the settings of the card provider, %s: say `chmod 600` to it.",
                    path);
    for (int n = 1; fgets(line, sizeof line, file); n++)
        if (line[0] != '#' && !line_read(line))
            return FAIL(f, FAIL_INPUT, "card_file",
                        "Line %d of %s is no setting of a card provider: api, page, home (https "
                        "addresses without a path), secret or notices, and its value.",
                        n, path);
    for (int i = 0; i < NOTICES; i++)
        if (!*settings[i])
            return FAIL(f, FAIL_INPUT, "card_file", "The settings in %s lack `%s`.", path,
                        setting_names[i]);
    return true;
}

bool http_gateway_load(const char *path, struct fail *f)
{
    static struct gateway gateway = { .create = create,
                                      .look   = look,
                                      .cancel = cancel,
                                      .refund = refund,
                                      .page   = settings[PAGE],
                                      .home   = settings[HOME],
                                      .key    = settings[NOTICES] };
    FILE *file                    = fopen(path, "rb");

    memset(settings, 0, sizeof settings);
    if (!file)
        return FAIL(f, FAIL_INPUT, "card_file",
                    "The settings of the card provider, %s, cannot be read.", path);
    bool fine = settings_read(file, path, f);
    fclose(file);
    if (!fine) return false;
    if (!curl) {
        BUG_UNLESS(curl_global_init(CURL_GLOBAL_DEFAULT) == 0);
        curl = curl_easy_init();
        BUG_UNLESS(curl);
    }
    gateway_set(&gateway);
    return true;
}
