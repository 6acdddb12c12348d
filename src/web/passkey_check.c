/* passkey_check.c: libfido2 reads authenticator data and checks signatures; the client's words are
 * read here. */
#include "web/passkey_check.h"

#include "base/bug.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <jansson.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <string.h>

enum { FLAGS_AT = 32, FLAGS_NEEDED = CTAP_AUTHDATA_USER_PRESENT | CTAP_AUTHDATA_USER_VERIFIED };

static bool wrong(struct fail *f, const char *what)
{
    return REFUSE(f, "passkey_wrong", "The passkey was not accepted: %s.", what);
}

struct blob passkey_bytes(struct arena *a, const char *text)
{
    size_t n = strlen(text), length;

    if (n > PASSKEY_PART_MOST) return (struct blob){ 0 };
    unsigned char *bytes = arena_take(a, n + 1);
    if (sodium_base642bin(bytes, n, text, n, NULL, &length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING))
        return (struct blob){ 0 };
    return (struct blob){ bytes, length };
}

/* ---- what the browser says of itself ---- */

static bool is_text(const json_t *object, const char *key, const char *text)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value && !strcmp(value, text);
}

static bool challenge_good(struct arena *a, const json_t *words, const char *challenge)
{
    const char *text = json_string_value(json_object_get(words, "challenge"));
    struct blob said = passkey_bytes(a, text ? text : "");

    return *challenge && said.at && said.n == strlen(challenge) &&
           !sodium_memcmp(said.at, challenge, said.n);
}

static bool words_good(struct arena *a, const struct passkey_asked *asked, const char *type,
                       struct blob client, struct fail *f)
{
    json_t *words =
        client.at ? json_loadb(client.at, client.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
    bool good = false;

    if (!is_text(words, "type", type))
        wrong(f, "it was asked for something else");
    else if (!challenge_good(a, words, asked->challenge))
        wrong(f, "it does not answer this question");
    else if (!is_text(words, "origin", asked->origin) ||
             json_is_true(json_object_get(words, "crossOrigin")))
        wrong(f, "it was used on another site");
    else
        good = true;
    json_decref(words);
    return good;
}

/* ---- a new one ---- */

static bool algorithm_known(int64_t algorithm)
{
    return algorithm == COSE_ES256 || algorithm == COSE_EDDSA || algorithm == COSE_RS256;
}

/* For this service, with the person present and verified. */
static bool head_good(const struct passkey_asked *asked, struct blob data, struct fail *f)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    const unsigned char *bytes = data.at;

    if (!bytes || data.n <= FLAGS_AT) return wrong(f, "what it sent is not whole");
    SHA256((const unsigned char *)asked->rp, strlen(asked->rp), hash);
    if (memcmp(bytes, hash, sizeof hash) != 0) return wrong(f, "it is for another service");
    return (bytes[FLAGS_AT] & FLAGS_NEEDED) == FLAGS_NEEDED ||
           wrong(f, "it did not check that it is you (by a PIN, a finger or a face)");
}

static struct blob copy(struct arena *a, const unsigned char *at, size_t n)
{
    return (struct blob){ n ? memcpy(arena_take(a, n), at, n) : NULL, n };
}

bool passkey_new_check(struct arena *a, const struct passkey_asked *asked,
                       const struct passkey_sent *sent, struct passkey_key *key, struct fail *f)
{
    struct blob client = passkey_bytes(a, sent->client_data),
                data   = passkey_bytes(a, sent->authenticator_data);

    BUG_UNLESS(sodium_init() >= 0);
    if (!words_good(a, asked, "webauthn.create", client, f) || !head_good(asked, data, f))
        return false;
    if (!algorithm_known(sent->algorithm))
        return wrong(f, "it signs in a way that is not known here");
    fido_cred_t *cred = fido_cred_new();
    BUG_UNLESS(cred);
    bool good = fido_cred_set_type(cred, (int)sent->algorithm) == FIDO_OK &&
                fido_cred_set_authdata_raw(cred, data.at, data.n) == FIDO_OK &&
                fido_cred_id_len(cred) > 0 && fido_cred_id_len(cred) <= PASSKEY_ID_MOST &&
                fido_cred_pubkey_len(cred) > 0;
    if (good)
        *key = (struct passkey_key){
            .id        = copy(a, fido_cred_id_ptr(cred), fido_cred_id_len(cred)),
            .key       = copy(a, fido_cred_pubkey_ptr(cred), fido_cred_pubkey_len(cred)),
            .algorithm = sent->algorithm,
            .counter   = fido_cred_sigcount(cred),
        };
    fido_cred_free(&cred);
    return good || wrong(f, "what it sent is not whole");
}

/* ---- one that is used ---- */

static bool holds(const fido_assert_t *assertion, const struct passkey_key *key, int read,
                  const void *pk)
{
    return read == FIDO_OK && fido_assert_verify(assertion, 0, (int)key->algorithm, pk) == FIDO_OK;
}

static bool signed_by(const fido_assert_t *assertion, const struct passkey_key *key)
{
    es256_pk_t *es256 = es256_pk_new();
    rs256_pk_t *rs256 = rs256_pk_new();
    eddsa_pk_t *eddsa = eddsa_pk_new();
    bool good         = false;

    BUG_UNLESS(es256 && rs256 && eddsa);
    if (key->algorithm == COSE_ES256)
        good = holds(assertion, key, es256_pk_from_ptr(es256, key->key.at, key->key.n), es256);
    else if (key->algorithm == COSE_RS256)
        good = holds(assertion, key, rs256_pk_from_ptr(rs256, key->key.at, key->key.n), rs256);
    else if (key->algorithm == COSE_EDDSA)
        good = holds(assertion, key, eddsa_pk_from_ptr(eddsa, key->key.at, key->key.n), eddsa);
    es256_pk_free(&es256);
    rs256_pk_free(&rs256);
    eddsa_pk_free(&eddsa);
    return good;
}

bool passkey_use_check(struct arena *a, const struct passkey_asked *asked,
                       const struct passkey_sent *sent, const struct passkey_key *key,
                       int64_t *counter, struct fail *f)
{
    struct blob client = passkey_bytes(a, sent->client_data),
                data   = passkey_bytes(a, sent->authenticator_data),
                sign   = passkey_bytes(a, sent->signature);

    BUG_UNLESS(sodium_init() >= 0);
    if (!words_good(a, asked, "webauthn.get", client, f) || !head_good(asked, data, f))
        return false;
    fido_assert_t *assertion = fido_assert_new();
    BUG_UNLESS(assertion);
    bool good = sign.at && fido_assert_set_clientdata(assertion, client.at, client.n) == FIDO_OK &&
                fido_assert_set_rp(assertion, asked->rp) == FIDO_OK &&
                fido_assert_set_count(assertion, 1) == FIDO_OK &&
                fido_assert_set_authdata_raw(assertion, 0, data.at, data.n) == FIDO_OK &&
                fido_assert_set_sig(assertion, 0, sign.at, sign.n) == FIDO_OK &&
                fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
                fido_assert_set_uv(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
                signed_by(assertion, key);
    *counter = good ? fido_assert_sigcount(assertion, 0) : 0;
    fido_assert_free(&assertion);
    if (!good) return wrong(f, "its signature does not hold");
    /* Many keep no count and say 0 each time. */
    return (*counter == 0 && key->counter == 0) || *counter > key->counter ||
           wrong(f, "its count went back, as that of a copy would. Remove it and add it anew");
}
