/* test_api.c: what programs send becomes a form's fields; tokens and their end; how often; and the
 * door of the interface, without a socket.  tests/api.py asks a running server. */
#include "app/database.h"
#include "fresh.h"
#include "web/account.h"
#include "web/api.h"
#include "web/rate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1795400010, DAY = 86400 };
static struct arena arena;
static struct store *store;

static int set_up(void **state)
{
    struct database_kind own = { .is_rehearsal = false };
    struct fail f            = { 0 };
    static char path[]       = "/tmp/upkeep-api-XXXXXX";
    struct account_new staff = { .name     = "anna",
                                 .role     = "caseworker",
                                 .password = "long enough now" };

    (void)state;
    if (on_server()) {
        store = NULL;
        return 0;
    }
    assert_int_not_equal(mkstemp(path), -1);
    unlink(path);
    assert_true(database_create(path, own, &f));
    store = store_open(path, STORE_WRITE, &f);
    unlink(path);
    return !store || !account_add(store, &staff, NOW, &f);
}

static int tear_down(void **state)
{
    (void)state;
    store_close(store);
    arena_free(&arena);
    return 0;
}

/* ---- what is sent ---- */

static const char *pairs_of(const char *json)
{
    struct out o  = { .arena = &arena };
    struct fail f = { 0 };

    if (api_pairs_of_json(&arena, &form_api_fact, json, strlen(json), &o, &f))
        return out_string(&o);
    return arena_print(&arena, "%s %s", f.code, f.field);
}

static void json_becomes_fields(void **state)
{
    (void)state;
    assert_string_equal(pairs_of("{\"value\": \"a&b\"}"), "%76%61%6C%75%65=%61%26%62");
    assert_string_equal(pairs_of("{\"value\": null}"), "");
    assert_string_equal(pairs_of("{\"preview\": true}"), "%70%72%65%76%69%65%77=%79%65%73");
    assert_non_null(strstr(pairs_of("{\"from\": \"2026-11-22\"}"), "-year=%32%30%32%36"));
    assert_string_equal(pairs_of("{\"from\": \"22/11/2026\"}"), "date_wrong from");
    assert_string_equal(pairs_of("{\"from-day\": \"22\"}"), "key_unknown from-day");
    assert_string_equal(pairs_of("{\"csrf\": \"x\"}"), "key_unknown csrf");
    assert_string_equal(pairs_of("{\"value\": 1.5}"), "type_wrong value");
    assert_string_equal(pairs_of("{\"value\": {}}"), "type_wrong value");
    assert_string_equal(pairs_of("{\"value\": \"a\", \"value\": \"b\"}"), "json_malformed ");
    assert_string_equal(pairs_of("[]"), "json_malformed ");
    assert_string_equal(pairs_of(""), "json_malformed ");
}

static void a_query_becomes_fields(void **state)
{
    struct out o  = { .arena = &arena };
    struct fail f = { 0 };

    (void)state;
    assert_true(
        api_pairs_of_query(&arena, &form_api_statement, "whose=%70a+y&&from=2026-02-28", &o, &f));
    assert_non_null(strstr(out_string(&o), "=%70%61%20%79&"));
    assert_false(api_pairs_of_query(&arena, &form_api_statement, "whose=%7", &o, &f));
    assert_string_equal(f.code, "query_wrong");
    assert_false(api_pairs_of_query(&arena, &form_api_statement, "whose", &o, &f));
    assert_false(api_pairs_of_query(&arena, &form_api_statement, "whose=%00", &o, &f));
    assert_false(api_pairs_of_query(&arena, &form_api_statement, "from=2026-02-29", &o, &f));
    assert_string_equal(f.code, "date_wrong");
}

/* ---- how often ---- */

static void a_minute_has_so_many(void **state)
{
    int64_t wait;

    (void)state;
    for (int i = 0; i < 5; i++)
        assert_true(rate_take("somebody", NOW, 5, &wait));
    assert_false(rate_take("somebody", NOW + 20, 5, &wait));
    assert_int_equal(wait, RATE_SECONDS - 20);
    assert_true(rate_take("another", NOW + 20, 5, &wait));
    assert_true(rate_take("somebody", NOW + RATE_SECONDS, 5, &wait));
}

/* ---- tokens ---- */

static bool add(uint32_t scopes, int64_t days, const char **token, struct fail *f)
{
    struct program_new new = {
        .account = "anna", .name = "a test", .scopes = scopes, .days = days
    };
    bool done = store_begin(store, STORE_WRITING, f) &&
                program_add(store, &arena, &new, NOW, token, f) && store_commit(store, f);

    store_rollback(store);
    return done;
}

static bool opens(const char *token, int64_t now)
{
    struct session s;
    struct program p;
    struct fail f = { 0 };

    assert_true(program_find(store, &arena, token, now, &s, &p, &f));
    return s.signed_in;
}

static void a_token_ends(void **state)
{
    const char *token, *other;
    struct fail f = { 0 };

    (void)state;
    if (!store) skip();
    assert_true(add(1u << SCOPE_CASE_READ, 2, &token, &f));
    assert_true(add(1u << SCOPE_CASE_READ, 2, &other, &f));
    assert_true(opens(token, NOW) && opens(token, NOW + 2 * DAY - 1));
    assert_false(opens(token, NOW + 2 * DAY));
    assert_false(opens("upkeep_", NOW));
    assert_true(store_begin(store, STORE_WRITING, &f) &&
                program_revoke(store, "anna", 1, NOW, &f) && store_commit(store, &f));
    assert_false(opens(token, NOW));
    assert_true(opens(other, NOW));
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_false(program_revoke(store, "anna", 1, NOW, &f));
    store_rollback(store);
    assert_string_equal(f.code, "no_such_token");
    assert_true(account_active_set(store, "anna", false, &f));
    assert_false(opens(other, NOW));
    assert_true(account_active_set(store, "anna", true, &f));
}

static void nobody_gives_more_than_they_may(void **state)
{
    const char *token;
    struct fail f = { 0 };

    (void)state;
    if (!store) skip();
    assert_false(add(1u << SCOPE_OWN_READ, 2, &token, &f));
    assert_string_equal(f.code, "token_scope");
    assert_false(add(0, 2, &token, &f));
    assert_string_equal(f.code, "token_scope");
    assert_false(add(1u << SCOPE_CASE_READ, PROGRAM_DAYS_MOST + 1, &token, &f));
    assert_string_equal(f.code, "token_days");
    for (int i = 0; i < PROGRAM_MOST + 2; i++)
        if (!add(1u << SCOPE_CASE_READ, 1, &token, &f)) break;
    assert_string_equal(f.code, "tokens_many");
}

/* ---- the door ---- */

/* A path with 1 in the place of each {}. */
static const char *with_ones(const char *path)
{
    struct out o = { .arena = &arena };

    for (; *path; path++) {
        bool part = !strncmp(path, "{}", 2);
        out_bytes(&o, part ? "1" : path, 1);
        path += part;
    }
    return out_string(&o);
}

static void every_way_in_is_shut_without_a_token(void **state)
{
    (void)state;
    if (!store) skip();
    for (int i = 0; i < api_route_count; i++) {
        const struct route *way = &api_routes[i].way;
        struct request r        = { .arena = &arena };
        struct arrival a        = {
                   .method  = way->method == METHOD_POST ? "POST" : "GET",
                   .path    = with_ones(way->path),
                   .address = arena_print(&arena, "10.0.0.%d", i),
                   .now     = NOW,
                   .read    = store,
                   .write   = store,
        };
        if (way->access == ACCESS_PUBLIC) continue;
        dispatch(&r, &a);
        assert_int_equal(r.status, 401);
        assert_string_equal(r.code, "token_missing");
        assert_string_equal(r.type, "application/problem+json");
        assert_true(api_routes[i].scope != SCOPES || !strcmp(way->path, "/api/v1/token"));
        if (api_routes[i].scope != SCOPES)
            assert_int_equal(way->access, scope_table[api_routes[i].scope].access);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_becomes_fields),
        cmocka_unit_test(a_query_becomes_fields),
        cmocka_unit_test(a_minute_has_so_many),
        cmocka_unit_test(a_token_ends),
        cmocka_unit_test(nobody_gives_more_than_they_may),
        cmocka_unit_test(every_way_in_is_shut_without_a_token),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
