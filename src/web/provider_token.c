/* provider_token.c: the signature by libcjose, the claims by us. */
#include "web/provider_token.h"

#include "base/bug.h"

#include <cjose/cjose.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>

/* How it may be signed: none of the ways that need no key, or one that we have too. */
static const struct way {
    const char *alg, *kty;
    cjose_jwk_kty_t type;
} ways[] = {
    { "RS256", "RSA", CJOSE_JWK_KTY_RSA },
    { "PS256", "RSA", CJOSE_JWK_KTY_RSA },
    { "ES256", "EC", CJOSE_JWK_KTY_EC },
};

static bool wrong(struct fail *f, const char *what)
{
    return REFUSE(f, "token_wrong", "its ID token is refused: %s", what);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static bool is_text(const json_t *object, const char *key, const char *text)
{
    return !strcmp(text_of(object, key), text);
}

/* ---- the signature ---- */

static json_t *header_read(struct arena *a, const char *token)
{
    size_t n            = strcspn(token, "."), length;
    unsigned char *text = arena_take(a, n + 1);

    if (sodium_base642bin(text, n, token, n, NULL, &length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING))
        return NULL;
    return json_loadb((char *)text, length, JSON_REJECT_DUPLICATES, NULL);
}

static const struct way *way_find(const char *alg)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (!strcmp(ways[i].alg, alg)) return &ways[i];
    return NULL;
}

/* Whether a key of the set may be the one: of this kind, for signatures, of this name. */
static bool key_fits(const json_t *key, const struct way *way, const char *kid)
{
    return is_text(key, "kty", way->kty) && (!*kid || is_text(key, "kid", kid)) &&
           (!json_object_get(key, "use") || is_text(key, "use", "sig")) &&
           (!json_object_get(key, "alg") || is_text(key, "alg", way->alg));
}

/* Without a name only one key may fit: which it was is not guessed. */
static const json_t *key_find(const json_t *keys, const struct way *way, const char *kid)
{
    const json_t *found = NULL;
    json_t *key;
    size_t i;

    json_array_foreach(json_object_get(keys, "keys"), i, key)
    {
        if (!key_fits(key, way, kid)) continue;
        if (found) return NULL;
        found = key;
    }
    return found;
}

static bool signature_good(const json_t *key, const struct way *way, cjose_jws_t *jws)
{
    char *text     = json_dumps(key, JSON_COMPACT);
    cjose_err err  = { 0 };
    cjose_jwk_t *k = text ? cjose_jwk_import(text, strlen(text), &err) : NULL;
    bool good      = k && cjose_jwk_get_kty(k, &err) == way->type &&
                (way->type != CJOSE_JWK_KTY_RSA || cjose_jwk_get_keysize(k, &err) >= RSA_LEAST) &&
                cjose_jws_verify(jws, k, &err);

    cjose_jwk_release(k);
    free(text);
    return good;
}

/* What was signed, once the signature holds; NULL otherwise. */
static json_t *claims_of(const char *token, const json_t *key, const struct way *way)
{
    cjose_err err    = { 0 };
    cjose_jws_t *jws = cjose_jws_import(token, strlen(token), &err);
    json_t *claims   = NULL;
    uint8_t *plain;
    size_t n;

    if (jws && signature_good(key, way, jws) && cjose_jws_get_plaintext(jws, &plain, &n, &err))
        claims = json_loadb((char *)plain, n, JSON_REJECT_DUPLICATES, NULL);
    cjose_jws_release(jws);
    return claims;
}

static json_t *opened(const char *token, const json_t *header, const json_t *keys, struct fail *f)
{
    const struct way *way = way_find(text_of(header, "alg"));
    const char *kid       = text_of(header, "kid");

    if (!way) {
        wrong(f, "it is not signed in a way that is allowed");
        return NULL;
    }
    if (json_object_get(header, "crit")) {
        wrong(f, "it must be understood in a way that we do not know");
        return NULL;
    }
    const json_t *key = key_find(keys, way, kid);
    if (!key) {
        REFUSE(f, "key_unknown", "its ID token is refused: it is signed with no key of its set");
        return NULL;
    }
    json_t *claims = claims_of(token, key, way);
    if (!claims) wrong(f, "its signature is not that of its key");
    return claims;
}

/* ---- what it says ---- */

static bool list_has(const json_t *list, const char *text)
{
    json_t *one;
    size_t i;

    json_array_foreach(list, i, one) if (json_is_string(one) &&
                                         !strcmp(json_string_value(one), text)) return true;
    return false;
}

/* It is for us, and if for others too, made for us. */
static bool audience_good(const json_t *claims, const char *client)
{
    const json_t *aud = json_object_get(claims, "aud");
    bool has_party    = json_object_get(claims, "azp");

    if (has_party && !is_text(claims, "azp", client)) return false;
    if (json_is_string(aud)) return !strcmp(json_string_value(aud), client);
    return list_has(aud, client) && (json_array_size(aud) == 1 || has_party);
}

static bool time_good(const json_t *claims, int64_t now)
{
    const json_t *exp = json_object_get(claims, "exp"), *iat = json_object_get(claims, "iat"),
                 *nbf = json_object_get(claims, "nbf");

    if (!json_is_integer(exp) || !json_is_integer(iat)) return false;
    if (nbf && (!json_is_integer(nbf) || json_integer_value(nbf) > now + ID_TOKEN_SLACK))
        return false;
    return json_integer_value(exp) > now - ID_TOKEN_SLACK &&
           json_integer_value(iat) <= now + ID_TOKEN_SLACK &&
           json_integer_value(iat) > now - ID_TOKEN_AGE;
}

static bool subject_good(const char *s)
{
    size_t n = strlen(s);

    for (size_t i = 0; i < n; i++)
        if (s[i] < ' ' || s[i] > '~') return false;
    return n > 0 && n <= SUBJECT_MOST;
}

static bool is_proved(const json_t *claims, const struct provider *p)
{
    for (const char *const *proof = p->proofs; *proof; proof++)
        if (p->asks == ASKS_ACR   ? is_text(claims, "acr", *proof)
            : p->asks == ASKS_AMR ? list_has(json_object_get(claims, "amr"), *proof)
                                  : false)
            return true;
    return false;
}

static bool claims_good(const json_t *claims, const struct token_asked *asked, struct fail *f)
{
    const struct provider *p = asked->provider;

    if (!is_text(claims, "iss", p->issuer)) return wrong(f, "another issuer made it");
    if (!audience_good(claims, p->client)) return wrong(f, "it was made for someone else");
    if (!time_good(claims, asked->now)) return wrong(f, "it is too old, or of a time to come");
    if (!*asked->nonce || !is_text(claims, "nonce", asked->nonce))
        return wrong(f, "it does not answer the question that was asked");
    return subject_good(text_of(claims, "sub")) || wrong(f, "it does not say who it is about");
}

bool token_check(struct arena *a, const struct token_asked *asked, const char *token,
                 const char *keys, struct token_said *said, struct fail *f)
{
    BUG_UNLESS(sodium_init() >= 0);
    if (strlen(token) > ID_TOKEN_MOST) return wrong(f, "it is too long");
    json_t *set    = json_loads(keys, JSON_REJECT_DUPLICATES, NULL);
    json_t *header = header_read(a, token), *claims = NULL;

    if (!header)
        wrong(f, "it is no signed token");
    else
        claims = opened(token, header, set, f);
    bool good = claims && claims_good(claims, asked, f);
    if (good) {
        const char *subject = text_of(claims, "sub");
        *said = (struct token_said){ .subject = arena_text(a, subject, strlen(subject)),
                                     .proved  = is_proved(claims, asked->provider) };
    }
    json_decref(claims);
    json_decref(header);
    json_decref(set);
    return good;
}
