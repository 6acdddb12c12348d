/* test_provider.c: what a provider says of somebody: the ways it may be signed, and every claim.
 * tests/oidc.py has the whole journey; here are the ways of signing that it does not go. */
#include "web/place.h"
#include "web/provider_token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjose/cjose.h>
#include <cmocka.h>

enum { NOW = 1795400010 };
static struct arena arena;
static cjose_jwk_t *rsa, *ec, *other, *shared;
static const char *keys;
static struct provider provider = { .id     = "office",
                                    .name   = "Office",
                                    .issuer = "https://login.example",
                                    .client = "upkeep",
                                    .secret = "s",
                                    .staff  = true };

static const char *public_key(cjose_jwk_t *key, const char *kid)
{
    cjose_err err = { 0 };

    assert_true(cjose_jwk_set_kid(key, kid, strlen(kid), &err));
    char *text = cjose_jwk_to_json(key, false, &err);
    assert_non_null(text);
    const char *kept = arena_text(&arena, text, strlen(text));
    cjose_get_dealloc()(text);
    return kept;
}

static int keys_make(void **state)
{
    static const unsigned char exponent[] = { 1, 0, 1 };
    cjose_err err                         = { 0 };

    (void)state;
    rsa    = cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, &err);
    other  = cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, &err);
    ec     = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &err);
    shared = cjose_jwk_create_oct_random(256, &err);
    assert_true(rsa && other && ec && shared);
    public_key(other, "rsa");
    public_key(shared, "shared");
    keys =
        arena_print(&arena, "{\"keys\":[%s,%s,{\"kty\":\"oct\",\"kid\":\"shared\",\"k\":\"AA\"}]}",
                    public_key(rsa, "rsa"), public_key(ec, "ec"));
    return 0;
}

static int keys_drop(void **state)
{
    (void)state;
    cjose_jwk_release(rsa);
    cjose_jwk_release(other);
    cjose_jwk_release(ec);
    cjose_jwk_release(shared);
    arena_free(&arena);
    return 0;
}

static const char *signed_with(cjose_jwk_t *key, const char *alg, const char *kid,
                               const char *claims)
{
    cjose_err err          = { 0 };
    cjose_header_t *header = cjose_header_new(&err);
    const char *text;

    assert_true(cjose_header_set(header, CJOSE_HDR_ALG, alg, &err));
    if (kid) assert_true(cjose_header_set(header, CJOSE_HDR_KID, kid, &err));
    cjose_jws_t *jws = cjose_jws_sign(key, header, (const uint8_t *)claims, strlen(claims), &err);
    assert_non_null(jws);
    assert_true(cjose_jws_export(jws, &text, &err));
    text = arena_text(&arena, text, strlen(text));
    cjose_jws_release(jws);
    cjose_header_release(header);
    return text;
}

static const char *claims_with(const char *more)
{
    return arena_print(&arena,
                       "{\"iss\":\"https://login.example\",\"aud\":\"upkeep\",\"sub\":\"r-1\","
                       "\"nonce\":\"n\",\"iat\":%d,\"exp\":%d%s}",
                       NOW - 5, NOW + 300, more);
}

static const char *why; /* the last refusal's code */

static bool check(const char *token, struct token_said *said)
{
    struct token_asked asked = { &provider, "n", NOW };
    struct fail f            = { 0 };
    bool good                = token_check(&arena, &asked, token, keys, said, &f);

    why = arena_text(&arena, f.code, strlen(f.code));
    return good;
}

static void three_ways_of_signing_are_believed(void **state)
{
    static const char *const ways[][2] = { { "RS256", "rsa" },
                                           { "PS256", "rsa" },
                                           { "ES256", "ec" } };
    struct token_said said;

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        cjose_jwk_t *key  = *ways[i][1] == 'r' ? rsa : ec;
        const char *token = signed_with(key, ways[i][0], ways[i][1], claims_with(""));
        assert_true(check(token, &said));
        assert_string_equal(said.subject, "r-1");
        /* One key of the kind: its name is not needed.  Any other bit breaks it. */
        assert_true(check(signed_with(key, ways[i][0], NULL, claims_with("")), &said));
        char *changed = arena_text(&arena, token, strlen(token));
        for (size_t k = 0; k < strlen(token) - 1; k += 7) {
            changed[k] = token[k] == 'A' ? 'B' : 'A';
            assert_false(check(changed, &said));
            changed[k] = token[k];
        }
    }
}

static void no_other_way_is(void **state)
{
    struct token_said said;

    (void)state;
    assert_false(check(signed_with(shared, "HS256", "shared", claims_with("")), &said));
    assert_string_equal(why, "token_wrong");
    assert_false(check(signed_with(rsa, "RS512", "rsa", claims_with("")), &said));
    assert_false(check(signed_with(rsa, "RS256", "ec", claims_with("")), &said));
    assert_string_equal(why, "key_unknown");
    assert_false(check(signed_with(other, "RS256", "rsa", claims_with("")), &said));
    assert_string_equal(why, "token_wrong");
    assert_false(check("eyJhbGciOiJub25lIn0.e30.", &said));
    assert_false(check("", &said));
    assert_false(check("....", &said));
    char *much = arena_take(&arena, ID_TOKEN_MOST + 2);
    memset(much, 'a', ID_TOKEN_MOST + 1);
    assert_false(check(much, &said));
}

/* A claim that is there twice is refused whole: which one counts is nobody's to choose. */
static void every_claim_must_hold(void **state)
{
    static const struct {
        const char *more;
        bool good;
    } cases[] = {
        { "", true },
        { ",\"azp\":\"upkeep\"", true },
        { ",\"azp\":\"another\"", false },
        { ",\"aud\":\"upkeep\"", false },
        { ",\"nbf\":1795400000", true },
        { ",\"nbf\":1795400300", false },
        { ",\"nbf\":\"1795400000\"", false },
    };
    struct token_said said;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(check(signed_with(ec, "ES256", "ec", claims_with(cases[i].more)), &said),
                         cases[i].good);
}

static void proofs_are_those_that_were_named(void **state)
{
    static const struct {
        enum provider_asks asks;
        const char *more;
        bool proved;
    } cases[] = {
        { ASKS_ALWAYS, ",\"amr\":[\"mfa\"],\"acr\":\"mfa\"", false },
        { ASKS_AMR, ",\"amr\":[\"pwd\",\"mfa\"]", true },
        { ASKS_AMR, ",\"amr\":[\"pwd\"],\"acr\":\"mfa\"", false },
        { ASKS_AMR, ",\"amr\":\"mfa\"", false },
        { ASKS_ACR, ",\"acr\":\"mfa\"", true },
        { ASKS_ACR, ",\"acr\":\"mfa2\"", false },
        { ASKS_ACR, ",\"acr\":[\"mfa\"]", false },
        { ASKS_ACR, ",\"amr\":[\"mfa\"]", false },
    };
    struct token_said said;

    (void)state;
    provider.proofs[0] = "mfa";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        provider.asks = cases[i].asks;
        assert_true(check(signed_with(ec, "ES256", "ec", claims_with(cases[i].more)), &said));
        assert_int_equal(said.proved, cases[i].proved);
    }
    provider.asks = ASKS_ALWAYS;
}

static void the_address_is_a_whole_one(void **state)
{
    struct fail f = { 0 };

    (void)state;
    assert_true(place_set("https://upkeep.example", &f));
    assert_string_equal(place_host(), "upkeep.example");
    assert_true(place_set("http://localhost:8000", &f));
    assert_string_equal(place_host(), "localhost");
    assert_string_equal(place_origin(), "http://localhost:8000");
    assert_false(place_set("http://upkeep.example", &f));
    assert_false(place_set("http://localhost.example", &f));
    assert_false(place_set("https://upkeep.example/", &f));
    assert_false(place_set("https://upkeep.example:", &f));
    assert_false(place_set("https://Upkeep.example", &f));
    place_forget();
    assert_string_equal(place_origin(), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_ways_of_signing_are_believed),
        cmocka_unit_test(no_other_way_is),
        cmocka_unit_test(every_claim_must_hold),
        cmocka_unit_test(proofs_are_those_that_were_named),
        cmocka_unit_test(the_address_is_a_whole_one),
    };
    return cmocka_run_group_tests_name("provider", tests, keys_make, keys_drop);
}
