/* test_web.c: escapes, forms, routes, who may do what; without a socket. */
#include "app/database.h"
#include "fresh.h"
#include "web/account.h"
#include "web/dispatch.h"
#include "web/escape.h"
#include "web/estimate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1795400000 };
static struct arena arena;

static int fresh(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static const char *written(void (*write)(struct out *, const char *), const char *s)
{
    struct out o = { .arena = &arena };
    write(&o, s);
    return out_string(&o);
}

/* ---- escapes ---- */

static void values_are_escaped(void **state)
{
    (void)state;
    assert_string_equal(written(escape_text, "<b>\"O'Neil\" & co"),
                        "&lt;b&gt;&quot;O&#39;Neil&quot; &amp; co");
    assert_string_equal(written(escape_text, NULL), "");
    assert_string_equal(written(escape_part, "a/b?c=d&e é"), "a%2Fb%3Fc%3Dd%26e%20%C3%A9");
    assert_string_equal(written(escape_local, "/case/1?a=\"b\"&c"),
                        "/case/1?a=&quot;b&quot;&amp;c");
}

static void addresses_stay_here(void **state)
{
    static const char *const wrong[] = { "javascript:alert(1)",
                                         "//elsewhere.example",
                                         "https://x",
                                         "/\\elsewhere.example",
                                         "",
                                         "a",
                                         "/a b",
                                         "/a\nb",
                                         "data:x" };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_string_equal(written(escape_local, wrong[i]), "/");
        assert_false(path_is_local(wrong[i]));
    }
    assert_true(path_is_local("/work?filter=late"));
    assert_false(path_is_local(NULL));
}

static void a_page_escapes_what_it_is_given(void **state)
{
    struct out o                   = { .arena = &arena };
    struct page_frame frame        = { .other = "\"><script>", .back = "javascript:alert(1)" };
    const struct page_refused page = { .heading = "<script>alert(1)</script>", .text = "a & b" };
    (void)state;
    page_refused(&o, &frame, &page);
    assert_null(strstr(out_string(&o), "<script>alert"));
    assert_null(strstr(out_string(&o), "javascript:alert"));
    assert_non_null(strstr(out_string(&o), "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_non_null(strstr(out_string(&o), "a &amp; b"));
}

/* ---- forms ---- */

static struct form read_form(const struct form_rule *rule, const char *text, bool *whole)
{
    struct form form;
    struct fail f = { 0 };
    form_new(&form, &arena, rule);
    *whole = form_read(&form, text, strlen(text), false, &f);
    assert_true(*whole || (f.kind == FAIL_INPUT && *f.code && *f.text));
    return form;
}

static void broken_forms_are_refused(void **state)
{
    static const char *const wrong[] = {
        "amount=%",
        "amount=%4",
        "amount=%zz",
        "amount=%00",
        "amount=1&amount=2",
        "amount=1&x=2",
        "amount=%ff",
        "amount=%c3",
        "=1",
        "amount=%ed%a0%80",
        "amount=a%01b",
        "amount-day=1",
        "amount=%f4%90%80%80",
        "amount=%c0%af",
    };
    bool whole;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        read_form(&form_ask_amount, wrong[i], &whole);
        assert_false(whole);
    }
    read_form(&form_ask_special, "special=everything", &whole);
    assert_false(whole);
}

static void amounts_are_read_as_people_type_them(void **state)
{
    static const struct {
        const char *typed;
        int64_t pence; /* -1: refused */
    } cases[] = {
        { "517.81", 51781 },
        { "%C2%A3+29%2C150.7", 2915070 },
        { "0", 0 },
        { "1e3", -1 },
        { "-5", -1 },
        { "1.234", -1 },
        { "ten", -1 },
        { "999999999999.99", 99999999999999 },
        { "1000000000000", -1 },
    };
    bool whole;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct form form = read_form(
            &form_ask_amount, arena_print(&arena, "amount=%s&csrf=x", cases[i].typed), &whole);
        assert_true(whole);
        assert_int_equal(form.errors, cases[i].pence < 0);
        if (cases[i].pence >= 0)
            assert_int_equal(form_money(&form, FORM_ASK_AMOUNT_AMOUNT).p, cases[i].pence);
        else
            assert_non_null(form_view(&form, FORM_ASK_AMOUNT_AMOUNT).error);
    }
}

static void dates_counts_and_choices_are_checked(void **state)
{
    static const struct field_rule fields[] = {
        { .name     = "day",
          .kind     = FIELD_DATE,
          .required = true,
          .least    = -1,
          .most     = -1,
          .missing  = "When?",
          .wrong    = "Not a day" },
        { .name    = "n",
          .kind    = FIELD_COUNT,
          .least   = 1,
          .most    = 8,
          .missing = "",
          .wrong   = "1 to 8" },
    };
    static const struct form_rule rule = { "test", fields, 2 };
    bool whole;
    (void)state;
    struct form form = read_form(&rule, "day-day=29&day-month=Feb&day-year=2024&n=8", &whole);
    assert_true(whole && form.errors == 0);
    assert_int_equal(form_date(&form, 0).d, date_make(2024, 2, 29).d);
    assert_int_equal(form_count(&form, 1), 8);
    form = read_form(&rule, "day-day=29&day-month=2&day-year=2023&n=9", &whole);
    assert_true(whole && form.errors == 2);
    assert_string_equal(form_view(&form, 0).day, "29");
    form = read_form(&rule, "", &whole);
    assert_true(whole && form.errors == 1);
    struct page_frame frame = { 0 };
    form_problems(&form, &frame);
    assert_string_equal(frame.problems[0].anchor, "day-day");
    assert_string_equal(frame.problems[0].text, "When?");
    form = read_form(&form_ask_side, "side=neither", &whole);
    assert_true(whole && form.errors == 1 && !form_is(&form, FORM_ASK_SIDE_SIDE, "paying"));
    form = read_form(&form_ask_special, "special=assets&special=mortgage", &whole);
    assert_true(whole && form_ticked(&form, FORM_ASK_SPECIAL_SPECIAL, "assets"));
    assert_false(form_ticked(&form, FORM_ASK_SPECIAL_SPECIAL, "contact_costs"));
}

/* ---- requests ---- */

static struct request ask(struct arrival a)
{
    struct request r = { .arena = &arena };
    a.now            = NOW;
    a.today          = date_make(2026, 11, 22);
    if (!strcmp(a.method, "POST") && !a.content_type)
        a.content_type = "application/x-www-form-urlencoded";
    if (a.body) a.body_length = strlen(a.body);
    dispatch(&r, &a);
    return r;
}

static struct request get(const char *path)
{
    return ask((struct arrival){ .method = "GET", .path = path });
}

/* Posts as a browser with this token would from our own page. */
static struct request post(const char *token, const char *path, const char *fields)
{
    return ask((struct arrival){
        .method  = "POST",
        .path    = path,
        .cookies = arena_print(&arena, "other=1; visitor=%s", token),
        .body    = arena_print(&arena, "csrf=%s&%s", token_for_forms(&arena, token), fields),
    });
}

static void what_is_not_declared_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(get("/").status, 0);
    assert_int_equal(get("/nowhere").status, 404);
    assert_int_equal(get("/calculator/").status, 404);
    assert_int_equal(get("/calculator/parent/1/../2/care").status, 404);
    assert_int_equal(get("/calculator/code").status, 405);
    struct request r = ask((struct arrival){ .method = "DELETE", .path = "/" });
    assert_int_equal(r.status, 405);
    assert_string_equal(r.allow, "GET, HEAD");
    r = ask((struct arrival){ .method = "PUT", .path = "/calculator/side" });
    assert_string_equal(r.allow, "GET, HEAD, POST");
    assert_int_equal(ask((struct arrival){ .method = "DELETE", .path = "/nowhere" }).status, 404);
    assert_int_equal(ask((struct arrival){ .method = "POST", .path = "/help" }).status, 405);
}

static void staff_pages_ask_who_is_there(void **state)
{
    (void)state;
    struct request r = get("/account");
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, "/sign-in?next=/account");
    assert_int_equal(r.out.length, 0);
    for (int i = 0; i < route_count; i++)
        if (!route_posts(&routes[i]) && routes[i].access != ACCESS_PUBLIC &&
            !strstr(routes[i].path, "{}"))
            assert_int_equal(get(routes[i].path).status, 303);
}

/* Each is told what is true of it. */
static void refused_as(struct arrival a, const char *words)
{
    struct request r = ask(a);

    assert_int_equal(r.status, 403);
    if (!strstr(out_string(&r.out), words)) fail_msg("not \"%s\": %s", words, out_string(&r.out));
}

static void forms_from_elsewhere_are_refused(void **state)
{
    char token[TOKEN_TEXT], other[TOKEN_TEXT];
    (void)state;
    token_new(token);
    token_new(other);
    const char *cookies = arena_print(&arena, "visitor=%s", token);
    const char *good  = arena_print(&arena, "csrf=%s&side=paying", token_for_forms(&arena, token));
    const char *wrong = arena_print(&arena, "csrf=%s&side=paying", token_for_forms(&arena, other));
    struct arrival a  = {
         .method = "POST", .path = "/calculator/side", .cookies = cookies, .body = good
    };

    assert_int_equal(ask(a).status, 303);
    a.body = wrong;
    refused_as(a, "open for too long");
    a.body = "side=paying";
    refused_as(a, "not come from a page of ours");
    a.body       = good;
    a.fetch_site = "cross-site";
    refused_as(a, "from another site");
    a.fetch_site = "same-origin";
    a.origin     = "https://elsewhere.example";
    a.host       = "here.example";
    assert_int_equal(ask(a).status, 403);
    a.origin = "https://here.example";
    assert_int_equal(ask(a).status, 303);
    a.cookies = NULL;
    refused_as(a, "sent no cookie");
    a.cookies      = cookies;
    a.content_type = "text/plain";
    assert_int_equal(ask(a).status, 415);
    a.content_type = NULL;
    a.body         = arena_print(&arena, "%s&more=1", good);
    assert_int_equal(ask(a).status, 400);
}

static void the_calculator_asks_only_what_is_needed(void **state)
{
    char token[TOKEN_TEXT];
    (void)state;
    token_new(token);
    assert_string_equal(post(token, "/calculator/side", "side=receiving").location,
                        "/calculator/circumstances");
    assert_string_equal(post(token, "/calculator/circumstances", "circumstance=prisoner").location,
                        "/calculator/parents");
    assert_string_equal(post(token, "/calculator/amount", "amount=5").location,
                        "/calculator/parents");
    assert_string_equal(post(token, "/calculator/circumstances", "circumstance=none").location,
                        "/calculator/benefits");
    assert_string_equal(post(token, "/calculator/benefits", "benefit=none").location,
                        "/calculator/income");
    assert_string_equal(post(token, "/calculator/income", "income=weekly").location,
                        "/calculator/amount");
    assert_int_equal(post(token, "/calculator/amount", "amount=").status, 422);
    assert_string_equal(post(token, "/calculator/amount", "amount=500").location,
                        "/calculator/parents");
    assert_string_equal(post(token, "/calculator/parents", "receivers=1").location,
                        "/calculator/parent/1/children");
    assert_string_equal(post(token, "/calculator/parent/1/children", "children=1").location,
                        "/calculator/parent/1/care");
    assert_string_equal(post(token, "/calculator/parent/1/care", "care=lesser").location,
                        "/calculator/parent/1/child/1/nights");
    assert_int_equal(
        post(token, "/calculator/parent/1/child/1/nights", "band=exact&nights=").status, 422);
    assert_string_equal(
        post(token, "/calculator/parent/1/child/1/nights", "band=band_0&nights=").location,
        "/calculator/other-children");
    post(token, "/calculator/other-children", "others=0");
    post(token, "/calculator/other-arrangements", "arrangements=0");
    assert_string_equal(post(token, "/calculator/special", "").location, "/calculator/check");
    struct request r = ask((struct arrival){ .method  = "GET",
                                             .path    = "/calculator/result",
                                             .cookies = arena_print(&arena, "visitor=%s", token) });
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(out_string(&r.out), "£60.00"));
    r = ask((struct arrival){
        .method = "GET", .path = "/exit", .cookies = arena_print(&arena, "visitor=%s", token) });
    assert_true(r.status == 303 && r.wipe);
    r = ask((struct arrival){ .method  = "GET",
                              .path    = "/calculator/check",
                              .cookies = arena_print(&arena, "visitor=%s", token) });
    assert_string_equal(r.location, "/calculator/side");
}

/* ---- with a database ---- */

static void estimates_are_found_by_their_code_for_thirty_days(void **state)
{
    struct fail f          = { 0 };
    struct store *s        = database_open(ready_database(":memory:"), &f);
    struct answers answers = { .circumstance = CIRCUMSTANCE_PRISONER, .receivers = 1 };
    struct assess_input input, again;
    const char *code, *json;
    (void)state;
    answers.receiver[0].children = 2;
    input                        = estimate_input(&arena, &answers, date_make(2026, 11, 22));
    assert_non_null(s);
    assert_true(estimate_keep(s, &arena, &input, NOW, &code, &f));
    assert_int_equal(strlen(code), 9);
    assert_true(estimate_find(s, &arena, code, NOW + 29 * 86400, &json, &f));
    assert_true(assess_json_read(&arena, json, strlen(json), &again, &f));
    assert_int_equal(again.facts.child_count, 2);
    char *typed = arena_print(&arena, " %.4s %s", code, code + 5);
    for (char *p = typed; *p; p++)
        if (*p >= 'A' && *p <= 'Z') *p = (char)(*p + 32);
    assert_true(estimate_find(s, &arena, typed, NOW, &json, &f));
    assert_false(estimate_find(s, &arena, code, NOW + 31 * 86400, &json, &f));
    assert_string_equal(f.code, "estimate_missing");
    assert_false(estimate_find(s, &arena, "0000-0000", NOW, &json, &f));
    assert_false(estimate_find(s, &arena, "K7QF-29DM-AAAAAAAAAAAAAAAA", NOW, &json, &f));
    store_close(s);
}

static void accounts_lock_after_five_wrong_passwords(void **state)
{
    struct fail f   = { 0 };
    struct store *s = database_open(ready_database(":memory:"), &f);
    (void)state;
    assert_non_null(s);
    assert_false(account_add(
        s, &(struct account_new){ "Sam Smith", "caseworker", "long enough now", 0 }, NOW, &f));
    assert_false(account_add(s, &(struct account_new){ "sam", "caseworker", "short", 0 }, NOW, &f));
    assert_string_equal(f.code, "password_short");
    assert_false(
        account_add(s, &(struct account_new){ "sam", "king", "long enough now", 0 }, NOW, &f));
    assert_true(account_add(s, &(struct account_new){ "sam", "caseworker", "long enough now", 0 },
                            NOW, &f));
    assert_false(account_add(s, &(struct account_new){ "sam", "caseworker", "long enough now", 0 },
                             NOW, &f));
    assert_string_equal(f.code, "exists");
    struct attempt sam    = { "account", "sam", "192.0.2.1", NOW, 0 };
    struct attempt nobody = { "account", "nobody", "192.0.2.1", NOW, 0 };
    assert_true(account_check(s, &sam, "long enough now", &f));
    for (int i = 0; i < ATTEMPTS_SUBJECT; i++) {
        assert_false(account_check(s, &sam, "not this one", &f));
        assert_string_equal(f.code, "sign_in_wrong");
        assert_false(account_check(s, &nobody, "long enough now", &f));
        assert_string_equal(f.code, "sign_in_wrong");
    }
    assert_false(account_check(s, &sam, "long enough now", &f));
    assert_string_equal(f.code, "attempts_many");
    const char *locked = arena_print(&arena, "%s", f.text);
    assert_false(account_check(s, &nobody, "long enough now", &f));
    assert_string_equal(f.text, locked);
    sam.now = NOW + ATTEMPT_SECONDS;
    assert_true(account_check(s, &sam, "long enough now", &f));
    store_close(s);
}

static void sessions_end(void **state)
{
    struct fail f   = { 0 };
    struct store *s = database_open(ready_database(":memory:"), &f);
    struct session who;
    const char *token;
    (void)state;
    assert_true(account_add(s, &(struct account_new){ "sam", "caseworker", "long enough now", 0 },
                            NOW, &f));
    assert_true(session_start(s, &arena, "sam", NOW, &token, &f));
    assert_true(session_find(s, &arena, token, NOW + SESSION_IDLE - 1, &who, &f) && who.signed_in);
    assert_int_equal(who.rights, role_rights("caseworker"));
    assert_true(session_find(s, &arena, token, NOW + SESSION_IDLE, &who, &f) && !who.signed_in);
    for (int64_t t = NOW; t < NOW + SESSION_MOST; t += SESSION_IDLE / 2)
        assert_true(session_touch(s, token, t, &f));
    assert_true(session_find(s, &arena, token, NOW + SESSION_MOST - 1, &who, &f) && who.signed_in);
    assert_true(session_find(s, &arena, token, NOW + SESSION_MOST, &who, &f) && !who.signed_in);
    assert_true(account_active_set(s, "sam", false, &f));
    assert_true(session_find(s, &arena, token, NOW, &who, &f) && !who.signed_in);
    store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(values_are_escaped, fresh),
        cmocka_unit_test_setup(addresses_stay_here, fresh),
        cmocka_unit_test_setup(a_page_escapes_what_it_is_given, fresh),
        cmocka_unit_test_setup(broken_forms_are_refused, fresh),
        cmocka_unit_test_setup(amounts_are_read_as_people_type_them, fresh),
        cmocka_unit_test_setup(dates_counts_and_choices_are_checked, fresh),
        cmocka_unit_test_setup(what_is_not_declared_is_not_there, fresh),
        cmocka_unit_test_setup(staff_pages_ask_who_is_there, fresh),
        cmocka_unit_test_setup(forms_from_elsewhere_are_refused, fresh),
        cmocka_unit_test_setup(the_calculator_asks_only_what_is_needed, fresh),
        cmocka_unit_test_setup(estimates_are_found_by_their_code_for_thirty_days, fresh),
        cmocka_unit_test_setup(accounts_lock_after_five_wrong_passwords, fresh),
        cmocka_unit_test_setup(sessions_end, fresh),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
