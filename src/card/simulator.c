/* simulator.c: the made-up provider over HTTP.  One thread. */
#include "card/simulator.h"

#include "base/arena.h"
#include "base/bug.h"
#include "base/out.h"
#include "card/simulated.h"
#include "card/simulator_page.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <jansson.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { OK = 200, CREATED = 201, ACCEPTED = 202, NO_CONTENT = 204, SEE_OTHER = 303 };
enum { BAD = 400, UNKNOWN_KEY = 401, MISSING = 404, CONFLICT = 409, AWAY = 503 };
enum { BODY_MOST = 16 * 1024, AWAY_SECONDS = 30, NOTICE_SECONDS = 10 };
#define API "/v1/payments"

static struct simulated provider;
static const struct simulator_options *options;

struct exchange {
    struct arena arena;
    char body[BODY_MOST + 1];
    size_t length;
    unsigned status;
    const char *location, *type;
    struct out out;
    const char *once;
};

static int64_t now_seconds(void)
{
    return (int64_t)time(NULL);
}

/* ---- notices ---- */

static size_t drop(char *bytes, size_t size, size_t n, void *context)
{
    (void)bytes, (void)context;
    return size * n;
}

static void signature_of(const char *body, char hex[crypto_auth_hmacsha256_BYTES * 2 + 1])
{
    crypto_auth_hmacsha256_state state;
    unsigned char is[crypto_auth_hmacsha256_BYTES];

    crypto_auth_hmacsha256_init(&state, (const unsigned char *)options->key, strlen(options->key));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body, strlen(body));
    crypto_auth_hmacsha256_final(&state, is);
    sodium_bin2hex(hex, crypto_auth_hmacsha256_BYTES * 2 + 1, is, sizeof is);
}

/* Tells that something became of a payment: twice, as real ones do now and then.  From another
 * process, since whoever is told asks us at once. */
static void notify(const struct simulated_payment *p)
{
    char body[GATEWAY_ID * 2], header[GATEWAY_ID * 3], hex[crypto_auth_hmacsha256_BYTES * 2 + 1];

    if (!options->notify || fork() != 0) return;
    snprintf(body, sizeof body, "{\"resource_id\":\"%s\"}", p->id);
    signature_of(body, hex);
    snprintf(header, sizeof header, "Pay-Signature: %s", hex);
    for (int times = 0; times < 2; times++) {
        CURL *curl                 = curl_easy_init();
        struct curl_slist *headers = curl_slist_append(NULL, header);
        headers                    = curl_slist_append(headers, "Content-Type: application/json");
        curl_easy_setopt(curl, CURLOPT_URL, options->notify);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)NOTICE_SECONDS);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
        curl_easy_perform(curl);
        curl_slist_free_all(headers);
        curl_easy_cleanup(curl);
    }
    _Exit(0);
}

/* ---- the API ---- */

static void put_json(struct exchange *e, unsigned status, json_t *json)
{
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;

    BUG_UNLESS(text);
    out_text(&e->out, text);
    free(text);
    json_decref(json);
    e->status = status;
    e->type   = "application/json";
}

static void put_failed(struct exchange *e, const struct fail *f)
{
    unsigned status = f->kind == FAIL_REFUSED ? CONFLICT : AWAY;
    put_json(e, status, json_pack("{s:s,s:s}", "code", f->code, "description", f->text));
}

static json_t *state_json(const struct gateway_answer *a)
{
    static const char *const words[][2] = { [GATEWAY_OPEN]      = { "created", "" },
                                            [GATEWAY_PAID]      = { "success", "" },
                                            [GATEWAY_REFUSED]   = { "failed", "P0010" },
                                            [GATEWAY_CANCELLED] = { "failed", "P0030" },
                                            [GATEWAY_EXPIRED]   = { "failed", "P0020" } };
    json_t *state =
        json_pack("{s:s,s:b}", "status", words[a->state][0], "finished", a->state != GATEWAY_OPEN);

    if (*words[a->state][1]) json_object_set_new(state, "code", json_string(words[a->state][1]));
    return state;
}

static void put_payment(struct exchange *e, unsigned status, const struct gateway_answer *a)
{
    char day[DATE_TEXT];
    json_t *json =
        json_pack("{s:s,s:s,s:I,s:o,s:{}}", "payment_id", a->id, "reference", a->reference,
                  "amount", (json_int_t)a->amount.p, "state", state_json(a), "_links");

    if (*a->next)
        json_object_set_new(json_object_get(json, "_links"), "next_url",
                            json_pack("{s:s,s:s}", "href", a->next, "method", "GET"));
    if (a->has_taken_on)
        json_object_set_new(json, "settlement_summary",
                            json_pack("{s:s}", "captured_date", date_text(a->taken_on, day)));
    put_json(e, status, json);
}

static void api_create(struct exchange *e)
{
    json_t *json           = json_loadb(e->body, e->length, 0, NULL);
    struct gateway_order o = { .once = e->once ? e->once : "" };
    json_int_t amount;
    struct gateway_answer a;
    struct fail f = { 0 };

    if (!json ||
        json_unpack(json, "{s:I,s:s,s:s,s:s}", "amount", &amount, "reference", &o.reference,
                    "description", &o.description, "return_url", &o.back) != 0 ||
        amount <= 0 || !*o.once) {
        put_json(e, BAD, json_pack("{s:s}", "code", "P0102"));
    } else {
        o.amount = (money){ amount };
        if (provider.gateway.create(&provider, &o, &a, &f))
            put_payment(e, CREATED, &a);
        else
            put_failed(e, &f);
    }
    json_decref(json);
}

static void api_refund(struct exchange *e, const char *id)
{
    json_t *json      = json_loadb(e->body, e->length, 0, NULL);
    json_int_t amount = 0;
    struct fail f     = { 0 };

    if (!json || json_unpack(json, "{s:I}", "amount", &amount) != 0 || amount <= 0 || !e->once)
        put_json(e, BAD, json_pack("{s:s}", "code", "P0602"));
    else if (provider.gateway.refund(&provider, id, e->once, (money){ amount }, &f))
        put_json(e, ACCEPTED, json_pack("{s:s,s:s}", "refund_id", e->once, "status", "submitted"));
    else
        put_failed(e, &f);
    json_decref(json);
}

/* What stands after /v1/payments/. */
static void api_payment(struct exchange *e, bool post, const char *rest)
{
    size_t n       = strcspn(rest, "/");
    const char *id = arena_text(&e->arena, rest, n);
    struct gateway_answer a;
    struct fail f = { 0 };

    if (!post && !rest[n]) {
        if (provider.gateway.look(&provider, id, &a, &f))
            put_payment(e, OK, &a);
        else {
            put_failed(e, &f);
            if (e->status == CONFLICT) e->status = MISSING;
        }
    } else if (post && !strcmp(rest + n, "/cancel")) {
        if (!provider.gateway.cancel(&provider, id, &f)) {
            put_failed(e, &f);
            return;
        }
        e->status = NO_CONTENT;
        notify(simulated_find(&provider, id));
    } else if (post && !strcmp(rest + n, "/refunds"))
        api_refund(e, id);
    else
        e->status = MISSING;
}

static void api(struct exchange *e, bool post, const char *path, const char *authorization)
{
    const char *rest = path + strlen(API);

    if (!authorization || strncmp(authorization, "Bearer ", 7) != 0 ||
        strcmp(authorization + 7, options->secret) != 0)
        put_json(e, UNKNOWN_KEY, json_pack("{s:s}", "code", "P0920"));
    else if (post && !*rest)
        api_create(e);
    else if (*rest == '/')
        api_payment(e, post, rest + 1);
    else
        e->status = MISSING;
}

/* ---- its pages ---- */

/* The value of a field of a form of digits and small letters. */
static const char *field_of(struct exchange *e, const char *name)
{
    size_t n = strlen(name);

    for (const char *at = e->body; *at; at += strcspn(at, "&"), at += *at == '&')
        if (!strncmp(at, name, n) && at[n] == '=') {
            char *value = arena_text(&e->arena, at + n + 1, strcspn(at + n + 1, "&"));
            for (char *c = value; *c; c++)
                if (*c == '+') *c = ' ';
            return value;
        }
    return "";
}

static void pay_page(struct exchange *e, bool post, const char *id)
{
    struct simulated_payment *p = simulated_find(&provider, id);
    enum simulated_card card;
    bool wrong = false;

    if (!p) {
        e->status = MISSING;
        return;
    }
    if (post && !strcmp(field_of(e, "act"), "cancel")) {
        simulated_leave(p);
        notify(p);
    } else if (post) {
        wrong = !simulated_card_find(field_of(e, "card"), &card);
        if (!wrong) simulated_pay(&provider, p, card);
        if (!wrong) notify(p);
    }
    e->type = "text/html; charset=utf-8";
    if (post && !wrong) {
        e->status   = SEE_OTHER;
        e->location = p->back;
    } else if (p->state != GATEWAY_OPEN)
        simulator_page_done(&e->out, p);
    else
        simulator_page_pay(&e->out, p, wrong);
}

static void desk_page(struct exchange *e, bool post)
{
    const char *act = field_of(e, "act");

    if (post && !strcmp(act, "away")) provider.away_until = now_seconds() + AWAY_SECONDS;
    if (post && !strcmp(act, "back")) provider.away_until = 0;
    if (post && !strcmp(act, "lose")) provider.loses = true;
    e->type = "text/html; charset=utf-8";
    if (post) {
        e->status   = SEE_OTHER;
        e->location = "/";
    } else
        simulator_page_desk(&e->out, &provider);
}

/* What was taken and given back, as the file it sends. */
static void settlement(struct exchange *e)
{
    char day[DATE_TEXT], sum[MONEY_TEXT];

    e->type = "text/csv; charset=utf-8";
    out_text(&e->out, "date,amount,reference,payer name,payer account,remittance,type,original\n");
    for (size_t i = 0; i < provider.n; i++) {
        const struct simulated_payment *p = simulated_find(&provider, provider.payments[i].id);
        if (p->state != GATEWAY_PAID) continue;
        date_text(p->taken_on, day);
        out_print(&e->out, "%s,%s,%s,CARDHOLDER,,%s,credit,\n", day, money_text(p->amount, sum),
                  p->id, p->reference);
        if (*p->refund)
            out_print(&e->out, "%s,%s,%s,CARDHOLDER,,%s,credit returned,%s\n", day,
                      money_text(p->refunded, sum), p->refund, p->reference, p->id);
    }
}

static void respond(struct exchange *e, struct MHD_Connection *c, const char *method,
                    const char *path)
{
    bool post = !strcmp(method, "POST");

    e->out    = (struct out){ .arena = &e->arena };
    e->status = OK;
    e->once   = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Idempotency-Key");
    if (!strncmp(path, API, strlen(API)))
        api(e, post, path, MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Authorization"));
    else if (!strncmp(path, "/pay/", 5))
        pay_page(e, post, path + 5);
    else if (!strcmp(path, "/"))
        desk_page(e, post);
    else if (!strcmp(path, "/settlement.csv"))
        settlement(e);
    else
        e->status = MISSING;
}

/* ---- the server ---- */

static enum MHD_Result send_answer(struct exchange *e, struct MHD_Connection *c)
{
    union {
        const char *in;
        void *out;
    } bytes = { out_string(&e->out) };
    struct MHD_Response *response =
        MHD_create_response_from_buffer(e->out.length, bytes.out, MHD_RESPMEM_MUST_COPY);

    BUG_UNLESS(response);
    if (e->type) MHD_add_response_header(response, "Content-Type", e->type);
    if (e->location) MHD_add_response_header(response, "Location", e->location);
    enum MHD_Result sent = MHD_queue_response(c, e->status, response);
    MHD_destroy_response(response);
    return sent;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *c, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **state)
{
    struct exchange *e = *state;

    (void)context, (void)version;
    if (!e) {
        *state = calloc(1, sizeof *e);
        return *state ? MHD_YES : MHD_NO;
    }
    if (*size) {
        size_t n = *size < BODY_MOST - e->length ? *size : BODY_MOST - e->length;
        memcpy(e->body + e->length, data, n);
        e->length += n;
        *size = 0;
        return MHD_YES;
    }
    respond(e, c, method, path);
    return send_answer(e, c);
}

static void completed(void *context, struct MHD_Connection *c, void **state,
                      enum MHD_RequestTerminationCode code)
{
    struct exchange *e = *state;

    (void)context, (void)c, (void)code;
    if (e) arena_free(&e->arena);
    free(e);
    *state = NULL;
}

bool simulator_run(const struct simulator_options *o, struct fail *f)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port   = htons(o->port),
                              .sin_addr   = { htonl(INADDR_LOOPBACK) } };
    char page[GATEWAY_LINK / 2];
    sigset_t ends;
    int signal_number;

    options = o;
    if (sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
        return FAIL(f, FAIL_SYSTEM, "simulator", "The simulator cannot start.");
    signal(SIGCHLD, SIG_IGN);
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD, o->port, NULL, NULL, handle, NULL, MHD_OPTION_SOCK_ADDR,
        &at, MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_END);
    if (!daemon)
        return FAIL(f, FAIL_SYSTEM, "simulator", "The port is taken, or cannot be listened at.");
    unsigned port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    snprintf(page, sizeof page, "http://127.0.0.1:%u", port);
    simulated_open(&provider, o->page ? o->page : page, now_seconds);
    if (o->expires) provider.expires = o->expires;
    fprintf(stderr, "upkeep simulate: a card provider at http://127.0.0.1:%u/\n", port);
    sigwait(&ends, &signal_number);
    MHD_stop_daemon(daemon);
    simulated_close(&provider);
    return true;
}
