/* provider_ask.c: discovery, keys, and the code's exchange. */
#include "web/provider_ask.h"

#include "base/bug.h"
#include "base/out.h"
#include "web/escape.h"
#include "web/provider_fetch.h"

#include <jansson.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* What is known of a provider, by its place in the list. */
struct known {
    char authorize[FETCH_ADDRESS + 1], token[FETCH_ADDRESS + 1], keys_at[FETCH_ADDRESS + 1];
    bool says_issuer;
    int64_t since, keys_since; /* 0: not known */
    struct arena arena;        /* holds the keys */
    const char *keys;
};
static struct known known[PROVIDERS_MOST];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct known *known_of(const struct provider *p)
{
    return &known[p - provider_at(0)];
}

/* ---- discovery ---- */

static bool address_take(const json_t *document, const char *name, char to[FETCH_ADDRESS + 1])
{
    const char *address = json_string_value(json_object_get(document, name));

    if (!address || strncmp(address, "https://", 8) || strlen(address) > FETCH_ADDRESS ||
        strpbrk(address, " \t\r\n\"<>\\#"))
        return false;
    for (const char *c = address; *c; c++)
        if (*c < ' ' || *c > '~') return false;
    snprintf(to, FETCH_ADDRESS + 1, "%s", address);
    return true;
}

static bool document_take(const struct provider *p, const json_t *document, struct known *k,
                          struct fail *f)
{
    const char *issuer = json_string_value(json_object_get(document, "issuer"));

    if (!issuer || strcmp(issuer, p->issuer))
        return provider_fault(p, "its discovery document is of another issuer", f);
    if (!address_take(document, "authorization_endpoint", k->authorize) ||
        !address_take(document, "token_endpoint", k->token) ||
        !address_take(document, "jwks_uri", k->keys_at))
        return provider_fault(p, "its discovery document has not all https addresses it needs", f);
    k->says_issuer =
        json_is_true(json_object_get(document, "authorization_response_iss_parameter_supported"));
    return true;
}

static bool discover(const struct provider_ask *q, struct known *k, struct fail *f)
{
    const struct provider *p = q->provider;
    size_t n                 = strlen(p->issuer);
    struct fetch fetch       = {
              .provider = p,
              .url      = arena_print(q->arena, "%.*s/.well-known/openid-configuration",
                                      (int)(n && p->issuer[n - 1] == '/' ? n - 1 : n), p->issuer),
    };
    const char *text;

    if (!provider_fetch(q->arena, &fetch, &text, f)) return false;
    json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    bool good        = document_take(p, document, k, f);
    json_decref(document);
    if (!good) return false;
    k->since = q->now;
    pthread_mutex_lock(&lock);
    struct known *kept = known_of(p);
    memcpy(kept->authorize, k->authorize, sizeof k->authorize);
    memcpy(kept->token, k->token, sizeof k->token);
    memcpy(kept->keys_at, k->keys_at, sizeof k->keys_at);
    kept->says_issuer = k->says_issuer;
    kept->since       = k->since;
    pthread_mutex_unlock(&lock);
    return true;
}

/* A copy of what is known, the keys in the request's own memory. */
static bool known_get(const struct provider_ask *q, struct known *copy, struct fail *f)
{
    struct known *k = known_of(q->provider);

    pthread_mutex_lock(&lock);
    *copy       = *k;
    copy->arena = (struct arena){ 0 };
    copy->keys  = k->keys ? arena_text(q->arena, k->keys, strlen(k->keys)) : NULL;
    pthread_mutex_unlock(&lock);
    if (copy->since && q->now - copy->since < PROVIDER_KEPT) return true;
    return discover(q, copy, f);
}

/* ---- keys ---- */

static bool keys_fetch(const struct provider_ask *q, struct known *k, struct fail *f)
{
    struct fetch fetch = { .provider = q->provider, .url = k->keys_at };

    if (!provider_fetch(q->arena, &fetch, &k->keys, f)) return false;
    k->keys_since = q->now;
    pthread_mutex_lock(&lock);
    struct known *kept = known_of(q->provider);
    arena_reset(&kept->arena);
    kept->keys       = arena_text(&kept->arena, k->keys, strlen(k->keys));
    kept->keys_since = q->now;
    pthread_mutex_unlock(&lock);
    return true;
}

static bool who_find(struct provider_ask *q, struct known *k, const char *token, struct fail *f)
{
    struct token_asked asked = { q->provider, q->nonce, q->now };
    bool fresh               = k->keys && q->now - k->keys_since < PROVIDER_KEPT;

    if (!fresh && !keys_fetch(q, k, f)) return false;
    if (token_check(q->arena, &asked, token, k->keys, &q->said, f)) return true;
    if (!strcmp(f->code, "key_unknown") && q->now - k->keys_since >= PROVIDER_KEYS_ANEW) {
        *f = (struct fail){ 0 };
        if (!keys_fetch(q, k, f)) return false;
        if (token_check(q->arena, &asked, token, k->keys, &q->said, f)) return true;
    }
    struct fail why = *f;
    return provider_fault(q->provider, why.text, f);
}

/* ---- the code ---- */

static void pair(struct out *o, const char *name, const char *value)
{
    if (o->length) out_text(o, "&");
    out_text(o, name);
    out_text(o, "=");
    escape_part(o, value);
}

static bool code_change(struct provider_ask *q, struct known *k, struct fail *f)
{
    struct out form    = { .arena = q->arena };
    struct fetch fetch = { .provider    = q->provider,
                           .url         = k->token,
                           .with_secret = !q->provider->secret_in_form };
    const char *text;

    pair(&form, "grant_type", "authorization_code");
    pair(&form, "code", q->code);
    pair(&form, "redirect_uri", q->redirect);
    pair(&form, "code_verifier", q->verifier);
    pair(&form, "client_id", q->provider->client);
    if (q->provider->secret_in_form) pair(&form, "client_secret", q->provider->secret);
    fetch.form = out_string(&form);
    if (!provider_fetch(q->arena, &fetch, &text, f)) return false;
    json_t *answer    = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    const char *token = json_string_value(json_object_get(answer, "id_token"));
    bool good         = token ? who_find(q, k, token, f)
                              : provider_fault(q->provider, "it gave no ID token for a code", f);
    json_decref(answer);
    return good;
}

void provider_ask_run(struct later *later)
{
    struct provider_ask *q = (struct provider_ask *)later; /* its first member */
    struct known *k        = ARENA_NEW(q->arena, struct known);

    q->good = known_get(q, k, &q->fail) && (!q->code || code_change(q, k, &q->fail));
}

/* ---- where to go ---- */

/* RFC 7636: the hash of the verifier goes there with the browser, the verifier with the code. */
static const char *challenge_of(struct arena *a, const char *verifier)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    size_t room = sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

    SHA256((const unsigned char *)verifier, strlen(verifier), hash);
    return sodium_bin2base64(arena_take(a, room), room, hash, sizeof hash,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

const char *provider_where(struct arena *a, const struct provider *p,
                           const struct provider_visit *visit)
{
    struct out query = { .arena = a }, where = { .arena = a }, proofs = { .arena = a };

    pthread_mutex_lock(&lock);
    if (known_of(p)->since) out_text(&where, known_of(p)->authorize);
    pthread_mutex_unlock(&lock);
    if (!where.length) return NULL;
    pair(&query, "response_type", "code");
    pair(&query, "scope", "openid");
    pair(&query, "client_id", p->client);
    pair(&query, "redirect_uri", visit->redirect);
    pair(&query, "state", visit->state);
    pair(&query, "nonce", visit->nonce);
    pair(&query, "code_challenge", challenge_of(a, visit->verifier));
    pair(&query, "code_challenge_method", "S256");
    for (const char *const *proof = p->proofs; p->asks == ASKS_ACR && *proof; proof++)
        out_print(&proofs, "%s%s", proofs.length ? " " : "", *proof);
    if (proofs.length) pair(&query, "acr_values", out_string(&proofs));
    out_text(&where, strchr(out_string(&where), '?') ? "&" : "?");
    out_text(&where, out_string(&query));
    return out_string(&where);
}

bool provider_issuer_good(const struct provider *p, const char *said)
{
    pthread_mutex_lock(&lock);
    bool must = known_of(p)->says_issuer;
    pthread_mutex_unlock(&lock);
    return *said ? !strcmp(said, p->issuer) : !must;
}
