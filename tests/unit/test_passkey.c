/* test_passkey.c: what a browser says of a passkey, made here with a key of our own and then
 * changed in every part; and signing in with it through the pages, without a socket. */
#include "app/database.h"
#include "fresh.h"
#include "sql.h"
#include "web/account.h"
#include "web/dispatch.h"
#include "web/passkey_check.h"
#include "web/place.h"
#include "web/provider_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <sodium.h>

enum { NOW = 1795400010, ES256 = -7, POINT = 32, PRESENT = 1, VERIFIED = 4, HAS_KEY = 64 };
#define ORIGIN "https://upkeep.example"
#define RP     "upkeep.example"
static struct arena arena;
static struct store *store;
static EVP_PKEY *pair;
static const unsigned char id[16] = "sixteen letters";

/* ---- a device ---- */

struct words {
    const char *type, *challenge, *origin, *more;
};
struct data {
    const char *rp;
    int flags;
    uint32_t counter;
};

static const char *base64(const void *at, size_t n)
{
    size_t room = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return sodium_bin2base64(arena_take(&arena, room), room, at, n,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static const char *client_of(const struct words *w)
{
    return arena_print(&arena, "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\"%s}",
                       w->type, base64(w->challenge, strlen(w->challenge)), w->origin, w->more);
}

static struct blob data_of(const struct data *d, bool with_key)
{
    static const unsigned char before_x[] = { 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, POINT },
                               before_y[] = { 0x22, 0x58, POINT };
    unsigned char *at = arena_take(&arena, 400), *p = at, point[2 * POINT + 1];
    size_t n;

    SHA256((const unsigned char *)d->rp, strlen(d->rp), p);
    p += SHA256_DIGEST_LENGTH;
    *p++ = (unsigned char)(d->flags | (with_key ? HAS_KEY : 0));
    for (int shift = 24; shift >= 0; shift -= 8)
        *p++ = (unsigned char)(d->counter >> shift);
    if (!with_key) return (struct blob){ at, (size_t)(p - at) };
    p += 16; /* of no make */
    *p++ = 0;
    *p++ = sizeof id;
    memcpy(p, id, sizeof id);
    p += sizeof id;
    assert_true(
        EVP_PKEY_get_octet_string_param(pair, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &n));
    memcpy(p, before_x, sizeof before_x);
    memcpy(p + sizeof before_x, point + 1, POINT);
    p += sizeof before_x + POINT;
    memcpy(p, before_y, sizeof before_y);
    memcpy(p + sizeof before_y, point + 1 + POINT, POINT);
    p += sizeof before_y + POINT;
    return (struct blob){ at, (size_t)(p - at) };
}

static const char *proof_of(struct blob data, const char *client)
{
    unsigned char *all  = arena_take(&arena, data.n + SHA256_DIGEST_LENGTH), sign[200];
    size_t n            = sizeof sign;
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    memcpy(all, data.at, data.n);
    SHA256((const unsigned char *)client, strlen(client), all + data.n);
    assert_int_equal(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, pair), 1);
    assert_int_equal(EVP_DigestSign(context, sign, &n, all, data.n + SHA256_DIGEST_LENGTH), 1);
    EVP_MD_CTX_free(context);
    return base64(sign, n);
}

static struct passkey_sent made(const struct words *w, const struct data *d)
{
    const char *client = client_of(w);
    struct blob data   = data_of(d, true);

    return (struct passkey_sent){ .client_data        = base64(client, strlen(client)),
                                  .authenticator_data = base64(data.at, data.n),
                                  .algorithm          = ES256 };
}

static struct passkey_sent used(const struct words *w, const struct data *d)
{
    const char *client = client_of(w);
    struct blob data   = data_of(d, false);

    return (struct passkey_sent){ .client_data        = base64(client, strlen(client)),
                                  .authenticator_data = base64(data.at, data.n),
                                  .signature          = proof_of(data, client) };
}

/* ---- one question ---- */

static const struct passkey_asked asked = { "the question", ORIGIN, RP };
static const struct words create        = { "webauthn.create", "the question", ORIGIN, "" },
                          get           = { "webauthn.get", "the question", ORIGIN, "" };
static const struct data good           = { RP, PRESENT | VERIFIED, 5 };
static const struct words wrong_words[] = {
    { "webauthn.other", "the question", ORIGIN, "" },
    { "", "the question", ORIGIN, "" },
    { "webauthn.get", "another question", ORIGIN, "" },
    { "webauthn.get", "the questio", ORIGIN, "" },
    { "webauthn.get", "", ORIGIN, "" },
    { "webauthn.get", "the question", "http://upkeep.example", "" },
    { "webauthn.get", "the question", "https://upkeep.example:444", "" },
    { "webauthn.get", "the question", "https://evil.example", "" },
    { "webauthn.get", "the question", ORIGIN, ",\"crossOrigin\":true" },
    { "webauthn.get", "the question", ORIGIN, ",\"origin\":\"https://evil.example\"" },
};
static const struct data wrong_data[] = {
    { "evil.example", PRESENT | VERIFIED, 6 },
    { RP, PRESENT, 6 },
    { RP, VERIFIED, 6 },
    { RP, 0, 6 },
};

static bool keeps(const struct words *w, const struct data *d, struct passkey_key *key)
{
    struct passkey_sent sent = made(w, d);
    struct fail f            = { 0 };

    return passkey_new_check(&arena, &asked, &sent, key, &f);
}

static bool opens(const struct passkey_key *key, const struct passkey_sent *sent, int64_t *counter)
{
    struct fail f = { 0 };

    return passkey_use_check(&arena, &asked, sent, key, counter, &f);
}

static void a_new_one_is_kept_when_all_is_right(void **state)
{
    struct passkey_key key = { 0 };
    struct words w         = create;

    (void)state;
    assert_true(keeps(&create, &good, &key));
    assert_int_equal(key.counter, 5);
    assert_int_equal(key.id.n, sizeof id);
    assert_memory_equal(key.id.at, id, sizeof id);
    for (size_t i = 0; i < sizeof wrong_words / sizeof *wrong_words; i++) {
        w = wrong_words[i];
        if (!strcmp(w.type, "webauthn.get")) w.type = "webauthn.create";
        assert_false(keeps(&w, &good, &key));
    }
    assert_false(keeps(&get, &good, &key));
    for (size_t i = 0; i < sizeof wrong_data / sizeof *wrong_data; i++)
        assert_false(keeps(&create, &wrong_data[i], &key));
    struct passkey_sent sent = made(&create, &good);
    struct fail f            = { 0 };
    for (int64_t other = -260; other < 10; other++) {
        sent.algorithm = other;
        assert_int_equal(passkey_new_check(&arena, &asked, &sent, &key, &f), other == ES256);
    }
    sent.algorithm   = ES256;
    struct blob data = data_of(&good, true);
    for (size_t n = 0; n < data.n; n++) {
        sent.authenticator_data = base64(data.at, n);
        assert_false(passkey_new_check(&arena, &asked, &sent, &key, &f));
    }
}

static void one_that_is_used_must_be_right_in_every_part(void **state)
{
    struct passkey_key key = { 0 };
    struct data d          = { RP, PRESENT | VERIFIED, 6 };
    int64_t counter;

    (void)state;
    assert_true(keeps(&create, &good, &key));
    struct passkey_sent sent = used(&get, &d);
    assert_true(opens(&key, &sent, &counter));
    assert_int_equal(counter, 6);
    for (size_t i = 0; i < sizeof wrong_words / sizeof *wrong_words; i++) {
        struct passkey_sent wrong = used(&wrong_words[i], &d);
        assert_false(opens(&key, &wrong, &counter));
    }
    struct passkey_sent other = used(&create, &d);
    assert_false(opens(&key, &other, &counter));
    for (size_t i = 0; i < sizeof wrong_data / sizeof *wrong_data; i++) {
        struct passkey_sent wrong = used(&get, &wrong_data[i]);
        assert_false(opens(&key, &wrong, &counter));
    }
    const char *parts[] = { sent.client_data, sent.authenticator_data, sent.signature };
    for (size_t part = 0; part < 3; part++)
        for (size_t i = 0; i < strlen(parts[part]) - 1; i++) {
            char *changed             = arena_text(&arena, parts[part], strlen(parts[part]));
            struct passkey_sent wrong = sent;
            changed[i]                = changed[i] == 'A' ? 'B' : 'A';
            *(part == 0   ? &wrong.client_data
              : part == 1 ? &wrong.authenticator_data
                          : &wrong.signature) = changed;
            assert_false(opens(&key, &wrong, &counter));
        }
}

static void a_count_that_goes_back_is_a_copy(void **state)
{
    static const struct {
        int64_t kept;
        uint32_t said;
        bool good;
    } cases[]              = { { 5, 6, true },  { 5, 5, false }, { 5, 4, false },
                               { 5, 0, false }, { 0, 0, true },  { 0, 1, true } };
    struct passkey_key key = { 0 };
    int64_t counter;

    (void)state;
    assert_true(keeps(&create, &good, &key));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct data d            = { RP, PRESENT | VERIFIED, cases[i].said };
        struct passkey_sent sent = used(&get, &d);
        key.counter              = cases[i].kept;
        assert_int_equal(opens(&key, &sent, &counter), cases[i].good);
    }
}

/* ---- through the pages ---- */

static char visitor[TOKEN_TEXT];

static struct request ask(const char *path, const char *fields, const char *leaving)
{
    struct request r = { .arena = &arena };
    struct arrival a = {
        .method       = "POST",
        .path         = path,
        .content_type = "application/x-www-form-urlencoded",
        .cookies      = arena_print(&arena, "visitor=%s; provider=%s", visitor, leaving),
        .address      = "192.0.2.1",
        .now          = NOW,
        .today        = date_make(2026, 11, 23),
        .fixed        = true,
        .read         = store,
        .write        = store,
    };

    a.body        = arena_print(&arena, "csrf=%s%s", token_for_forms(&arena, visitor), fields);
    a.body_length = strlen(a.body);
    dispatch(&r, &a);
    store_rollback(store);
    return r;
}

/* A question, and the form that a good device answers it with. */
static const char *answer(uint32_t counter, const char **leaving)
{
    struct request r = ask("/sign-in/passkey", "&next=/work", "x");
    const char *page = out_string(&r.out), *at = strstr(page, "data-challenge=\"");

    assert_non_null(at);
    assert_true(r.cookie_count == 1);
    *leaving = arena_print(&arena, "%.*s", TOKEN_TEXT - 1, r.cookies[0] + strlen("provider="));
    struct words w = { "webauthn.get", arena_print(&arena, "%.64s", at + 16), ORIGIN, "" };
    struct data d  = { RP, PRESENT | VERIFIED, counter };
    struct passkey_sent sent = used(&w, &d);
    return arena_print(&arena, "&id=%s&client=%s&data=%s&proof=%s", base64(id, sizeof id),
                       sent.client_data, sent.authenticator_data, sent.signature);
}

static void signs_in_once_and_in_this_browser_only(void **state)
{
    const char *leaving, *other, *form = answer(6, &leaving);

    (void)state;
    assert_int_equal(ask("/sign-in/passkey/end", form, "x").status, 422);
    answer(6, &other);
    assert_int_equal(ask("/sign-in/passkey/end", form, other).status, 422);
    struct request r = ask("/sign-in/passkey/end", form, leaving);
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, "/work");
    assert_string_equal(r.session.account, "sam");
    assert_int_equal(ask("/sign-in/passkey/end", form, leaving).status, 422);
    /* Another question, with a count that was used. */
    form = answer(6, &leaving);
    r    = ask("/sign-in/passkey/end", form, leaving);
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "count went back"));
    form = answer(7, &leaving);
    assert_int_equal(ask("/sign-in/passkey/end", form, leaving).status, 303);
}

static void a_closed_account_stays_closed(void **state)
{
    struct fail f = { 0 };
    const char *leaving, *form = answer(9, &leaving);

    (void)state;
    assert_true(account_active_set(store, "sam", false, &f));
    struct request r = ask("/sign-in/passkey/end", form, leaving);
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "is closed"));
}

static void without_an_address_there_are_none(void **state)
{
    (void)state;
    place_forget();
    assert_int_equal(ask("/sign-in/passkey", "&next=/work", "x").status, 404);
}

static int open_world(void **state)
{
    struct passkey_key key;
    struct fail f = { 0 };

    (void)state;
    arena_reset(&arena);
    pair  = EVP_EC_gen("P-256");
    store = database_open(ready_database(":memory:"), &f);
    if (!store) fail_msg("%s", f.text);
    assert_true(place_set(ORIGIN, &f));
    assert_true(account_add(
        store, &(struct account_new){ "sam", "caseworker", "long enough now", 0 }, NOW, &f));
    assert_true(keeps(&create, &good, &key));
    struct sql_passkey_insert_in in = { .id        = key.id,
                                        .account   = "sam",
                                        .number    = 1,
                                        .name      = "telephone",
                                        .algorithm = key.algorithm,
                                        .key       = key.key,
                                        .counter   = key.counter,
                                        .made_at   = NOW };
    assert_true(store_begin(store, STORE_WRITING, &f) && sql_passkey_insert(store, &in, &f) &&
                store_commit(store, &f));
    token_new(visitor);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    EVP_PKEY_free(pair);
    place_forget();
    return 0;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        TEST(a_new_one_is_kept_when_all_is_right),
        TEST(one_that_is_used_must_be_right_in_every_part),
        TEST(a_count_that_goes_back_is_a_copy),
        TEST(signs_in_once_and_in_this_browser_only),
        TEST(a_closed_account_stays_closed),
        TEST(without_an_address_there_are_none),
    };
    int failed = cmocka_run_group_tests_name("passkey", tests, NULL, NULL);

    arena_free(&arena);
    return failed;
}
