/* test_employer_code.c: employers without an account: the codes of orders, what a session opens and
 * that it opens nothing else, notices, the schedule, and that nothing of a receiving parent, a
 * child or another employer is on any of its pages, nor English on a Welsh one. */
#include "app/apply.h"
#include "app/database.h"
#include "app/decide.h"
#include "app/employer_code.h"
#include "app/employer_notice.h"
#include "app/fact.h"
#include "fresh.h"
#include "web/account.h"
#include "web/attempt.h"
#include "web/dispatch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
#include "welsh_seen.h"

enum { NOW = 1772500000 };
#define URLENCODED "application/x-www-form-urlencoded"
#define OURS       "500000000017"
#define THEIRS     "500000000025"
static struct store *store;
static date today;
static int64_t now;
static int64_t mine, second, other; /* families: two of ours, one of the other employer's */
static const char *code, *cookies, *csrf;

static struct setting setting(void)
{
    return (struct setting){ store, &arena, today, "tester" };
}

/* ---- a world ---- */

#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct fail must = { 0 };                                                                  \
        struct fail *f   = &must;                                                                  \
        if (!(call)) fail_msg("%s: %s", must.code, must.text);                                     \
    } while (0)

static void fact_put(int64_t pp, enum fact_kind kind, const char *value)
{
    struct setting s        = setting();
    struct fact_order order = { .kind        = kind,
                                .subject     = kind == FACT_NINO ? pp : 0,
                                .value       = value,
                                .from        = date_make(2026, 3, 4),
                                .to          = DATE_OPEN,
                                .happened_on = today,
                                .said_by     = "HMRC" };
    struct verb v;
    struct group g;
    bool done;

    MUST(verb_open(&s, pp, "fact", NULL, &v, &done, f) &&
         group_load(store, &arena, pp, v.seq, &g, f) && fact_assert(&v, &g, &order, f) &&
         verb_close(&v, f));
}

static int64_t family_make(const char *payer, const char *nino)
{
    struct setting s               = setting();
    struct applicant child         = { .given = "Ottoline", .family = "Quillfeather" };
    struct application a           = { .paying         = { .given = payer, .family = "Webb" },
                                       .receiving      = { .given = "Zelda", .family = "Quillfeather" },
                                       .children       = &child,
                                       .child_count    = 1,
                                       .jurisdiction   = JURISDICTION_GREAT_BRITAIN,
                                       .applied_on     = today,
                                       .effective_from = date_make(2026, 3, 4),
                                       .service        = "collect_and_pay",
                                       .pay_interval   = "monthly",
                                       .pay_day        = 5,
                                       .said_by        = "receiving parent" };
    struct application_result made = { 0 };
    struct decision_order order    = { .kind   = DECISION_INITIAL,
                                       .from   = a.effective_from,
                                       .reason = "income" };
    struct verb v;
    struct group g;
    bool done;

    MUST(application_make(&s, &a, NULL, &made, f));
    fact_put(made.pp, FACT_INCOME_HISTORIC, "26000.00");
    fact_put(made.pp, FACT_NINO, nino);
    MUST(verb_open(&s, made.pp, "decide", NULL, &v, &done, f) &&
         group_load(store, &arena, made.pp, v.seq, &g, f) && decision_make(&v, &g, &order, f) &&
         verb_close(&v, f));
    return made.pp;
}

static int64_t order_make(int64_t pp, const char *employer, const char *employee)
{
    struct setting s         = setting();
    struct order_terms terms = { .scheme   = SCHEME_2012,
                                 .employer = employer,
                                 .employee = employee,
                                 .made     = today,
                                 .from     = today,
                                 .period   = PLAN_WEEKLY,
                                 .reason   = "hushed reason",
                                 .welfare  = { "Ottoline", "lives with Zelda", "regular" } };
    int64_t number;

    MUST(order_set(&s, pp, &terms, NULL, &number, f));
    return number;
}

static const char *code_make(int64_t pp, int64_t order)
{
    struct setting s = setting();
    const char *made = employer_code_new(&arena);

    MUST(store_begin(store, STORE_WRITING, f) && employer_code_set(&s, pp, order, made, f) &&
         store_commit(store, f));
    return made;
}

static struct request ask(struct arrival a)
{
    struct request r = { .arena = &arena };

    a.now         = now;
    a.today       = today;
    a.fixed       = true;
    a.read        = store;
    a.write       = store;
    a.body_length = a.body ? strlen(a.body) : 0;
    dispatch(&r, &a);
    store_rollback(store);
    return r;
}

/* The same once more in Welsh. */
static void welsh_check(struct arrival a)
{
    a.cookies        = arena_print(&arena, "%s; language=cy", a.cookies);
    struct request r = ask(a);

    page_check(a.method, a.path, &r);
    assert_int_equal(welsh_faults, 0);
}

static struct request post(const char *path, const char *fields)
{
    struct arrival a = { .method       = "POST",
                         .path         = path,
                         .cookies      = cookies,
                         .content_type = URLENCODED,
                         .body         = arena_print(&arena, "csrf=%s&%s", csrf, fields) };
    struct request r = ask(a);

    /* A code typed once more would be another attempt. */
    if (r.status == 422 && *r.frame.other && strcmp(path, "/employer") != 0) welsh_check(a);
    return r;
}

static struct request get(const char *path, const char *query)
{
    struct arrival a = { .method = "GET", .path = path, .query = query, .cookies = cookies };
    struct request r = ask(a);

    if (!r.type && !r.location && *r.frame.other) welsh_check(a);
    return r;
}

static void as_visitor(void)
{
    char token[TOKEN_TEXT];

    token_new(token);
    cookies = arena_print(&arena, "visitor=%s", token);
    csrf    = token_for_forms(&arena, token);
}

/* Types a reference and a code; the browser then holds what it was given. */
static struct request enter(const char *employer, const char *typed)
{
    as_visitor();
    struct request r =
        post("/employer", arena_print(&arena, "employer=%s&code=%s", employer, typed));
    for (int i = 0; i < r.cookie_count; i++)
        if (!strncmp(r.cookies[i], "session=", 8)) {
            const char *token = arena_text(&arena, r.cookies[i] + 8, TOKEN_TEXT - 1);
            cookies           = arena_print(&arena, "session=%s", token);
            csrf              = token_for_forms(&arena, token);
        }
    return r;
}

static int open_world(void **state)
{
    struct fail f = { 0 };

    (void)state;
    arena_reset(&arena);
    today = date_make(2026, 3, 2);
    now   = NOW;
    store = database_open(ready_database(":memory:"), &f);
    if (!store) fail_msg("%s", f.text);
    assert_true(store_begin(store, STORE_WRITING, &f));
    mine   = family_make("Marcus", "QQ123456A");
    second = family_make("Nadia", "QQ123456B");
    other  = family_make("Barnaby", "QQ123456C");
    today  = date_make(2026, 3, 9);
    order_make(mine, OURS, "100000000123");
    order_make(second, OURS, "");
    order_make(other, THEIRS, "100000000555");
    assert_true(store_commit(store, &f));
    code = code_make(mine, 1);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    return 0;
}

static bool says(const struct request *r, const char *text)
{
    struct out copy = r->out;
    return strstr(out_string(&copy), text) != NULL;
}

/* ---- codes ---- */

static void a_code_opens_its_employers_orders(void **state)
{
    char *typed = arena_text(&arena, code, strlen(code));

    (void)state;
    for (char *p = typed; *p; p++)
        if (*p >= 'A' && *p <= 'Z') *p = (char)(*p - 'A' + 'a');
    struct request r = enter(OURS, typed);
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, "/employer/orders");
    r = get("/employer/orders", "");
    assert_int_equal(r.status, 0);
    assert_true(says(&r, "Marcus Webb") && says(&r, "Nadia Webb") && says(&r, "100000000123"));
    assert_true(says(&r, "£71.81")); /* 59.84 and 20% */
    assert_false(says(&r, "Barnaby"));
}

/* Whatever is wrong the answer is the same. */
static void what_is_wrong_is_not_told(void **state)
{
    const char *wrong[][2] = { { OURS, "ABCD-2345-EFGH-6789" },
                               { THEIRS, code },
                               { "500000009999", code },
                               { OURS, "short" } };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct request r = enter(wrong[i][0], wrong[i][1]);
        assert_int_equal(r.status, 422);
        assert_true(says(&r, "reference or the code is not right"));
        assert_false(says(&r, code));
        assert_int_equal(get("/employer/orders", "").status, 303);
    }
}

static void guessing_is_stopped_for_known_and_unknown_alike(void **state)
{
    const char *who[] = { OURS, "500000009999" };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        for (int n = 0; n < ATTEMPTS_SUBJECT; n++) {
            struct request wrong = enter(who[i], "ABCD-2345-EFGH-6789");
            assert_true(says(&wrong, "is not right"));
        }
        struct request r = enter(who[i], code);
        assert_int_equal(r.status, 422);
        assert_true(says(&r, "too many attempts"));
    }
    now += ATTEMPT_SECONDS + 1;
    assert_int_equal(enter(OURS, code).status, 303);
}

static void only_a_hash_is_kept(void **state)
{
    struct sql_event_list_row *events;
    struct fail f = { 0 };
    size_t n;

    (void)state;
    assert_true(sql_event_list(store, &(struct sql_event_list_in){ .pp = mine, .upto = KNOWN_NOW },
                               &arena, &events, &n, &f));
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++)
        assert_null(strstr(events[i].about, code));
}

static void a_new_code_ends_the_old_one_and_who_is_in(void **state)
{
    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    assert_int_equal(get("/employer/orders", "").status, 0);
    const char *kept = cookies, *newer = code_make(mine, 1);
    assert_string_equal(get("/employer/orders", "").location, "/employer");
    assert_int_equal(enter(OURS, code).status, 422);
    assert_int_equal(enter(OURS, newer).status, 303);
    assert_string_not_equal(cookies, kept);
}

static void a_code_ends_with_its_order(void **state)
{
    struct setting s         = setting();
    struct order_terms terms = {
        .number = 1, .ends = true, .from = date_make(2026, 3, 16), .reason = "left"
    };
    int64_t number = 1;

    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    MUST(store_begin(store, STORE_WRITING, f) && order_set(&s, mine, &terms, NULL, &number, f) &&
         store_commit(store, f));
    assert_int_equal(get("/employer/orders", "").status, 0);
    today = date_make(2026, 3, 16);
    assert_string_equal(get("/employer/orders", "").location, "/employer");
    assert_int_equal(get("/employer/schedule", "").status, 303);
    assert_int_equal(get("/employer/employee/1", "").status, 303);
}

static void a_session_ends_by_itself_and_when_it_is_closed(void **state)
{
    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    now += SESSION_IDLE;
    assert_string_equal(get("/employer/orders", "").location, "/employer");
    assert_int_equal(enter(OURS, code).status, 303);
    assert_string_equal(post("/employer/leave", "").location, "/employer");
    assert_string_equal(get("/employer/orders", "").location, "/employer");
}

/* ---- what it opens ---- */

/* A path of a route with every part filled; of families the one that is asked for. */
static const char *path_of(const struct route *route, int64_t pp)
{
    struct out o = { .arena = &arena };
    bool first   = true;

    for (const char *p = route->path; *p; p++) {
        if (strncmp(p, "{}", 2)) {
            out_bytes(&o, p, 1);
            continue;
        }
        out_print(&o, "%lld", first ? (long long)pp : 1LL);
        first = false;
        p++;
    }
    return out_string(&o);
}

static void it_opens_nothing_else(void **state)
{
    int tried = 0;

    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    for (int i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        if (route->access == ACCESS_PUBLIC || route->access == ACCESS_EMPLOYER) continue;
        const char *path = path_of(route, mine);
        struct request r = route_posts(route) ? post(path, "") : get(path, "");
        if (r.status != 403) fail_msg("%s answers %u", path, r.status);
        assert_false(says(&r, "Marcus"));
        tried++;
    }
    assert_true(tried > 60);
}

static void only_its_own_employees(void **state)
{
    static const char *const ends[] = { "", "/left", "/not_employed", "/started", "/said" };
    struct sql_employer_notice_list_row *rows;
    struct fail f = { 0 };
    size_t n;

    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *path =
            arena_print(&arena, "/employer/employee/%lld%s", (long long)other, ends[i]);
        assert_int_equal(get(path, "").status, 404);
    }
    assert_int_equal(
        post(arena_print(&arena, "/employer/employee/%lld/not_employed", (long long)other), "")
            .status,
        404);
    assert_true(sql_employer_notice_list(
        store, &(struct sql_employer_notice_list_in){ .pp = other }, &arena, &rows, &n, &f));
    assert_int_equal(n, 0);
}

static void nobody_without_a_code_enters(void **state)
{
    const char *token;
    struct fail f = { 0 };

    (void)state;
    for (int i = 0; i < route_count; i++) {
        if (routes[i].access != ACCESS_EMPLOYER) continue;
        as_visitor();
        struct request r = route_posts(&routes[i]) ? post(path_of(&routes[i], mine), "")
                                                   : get(path_of(&routes[i], mine), "");
        assert_string_equal(r.location, "/employer");
    }
    assert_false(account_add(
        store, &(struct account_new){ "boss", "employer", "long enough now", 0 }, NOW, &f));
    assert_string_equal(f.code, "account_role");
    assert_true(account_add(
        store, &(struct account_new){ "sam", "caseworker", "long enough now", 0 }, NOW, &f));
    assert_true(session_start(store, &arena, "sam", NOW, &token, &f));
    cookies = arena_print(&arena, "session=%s", token);
    assert_int_equal(get("/employer/orders", "").status, 403);
}

/* ---- a pay-day ---- */

static const char *employee_path(int64_t pp, const char *end)
{
    return arena_print(&arena, "/employer/employee/%lld%s", (long long)pp, end);
}

static void a_pay_day_is_worked_out_in_words(void **state)
{
    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    struct request r = get(employee_path(mine, ""), "net=100&period=weekly&charge=yes");
    assert_true(says(&r, "Deduct £40.00 from £100.00 net"));
    assert_true(says(&r, "Must stay with the employee") && says(&r, "£60.00"));
    assert_true(says(&r, "£31.81") && says(&r, "£1.00"));
    r = get(employee_path(mine, ""), "net=1000&period=weekly&periods=2");
    assert_true(says(&r, "Deduct £143.62 from"));
    r = get(employee_path(mine, ""), "net=-1");
    assert_int_equal(r.status, 422);
}

/* Order 1 takes a part, order 2, to some employer, the rest. */
static void order_share(const char *employer)
{
    struct setting s        = setting();
    struct order_terms part = { .number      = 1,
                                .from        = today,
                                .period      = PLAN_WEEKLY,
                                .is_part     = true,
                                .maintenance = { 3000 },
                                .reason      = "two orders",
                                .welfare     = { "Ottoline", "lives with Zelda", "regular" } };
    int64_t number          = 1;

    MUST(store_begin(store, STORE_WRITING, f) && order_set(&s, mine, &part, NULL, &number, f));
    assert_int_equal(order_make(mine, employer, "100000000777"), 2);
    MUST(store_commit(store, f));
}

static void several_orders_are_taken_one_after_the_other(void **state)
{
    (void)state;
    order_share(OURS);
    assert_int_equal(enter(OURS, code).status, 303);
    struct request r = get(employee_path(mine, ""), "net=100");
    assert_true(says(&r, "2, added up here") && says(&r, "£71.81"));
    assert_true(says(&r, "Taken before by orders that come first") && says(&r, "£36.00"));
    assert_true(says(&r, "Deduct £40.00 from"));
}

/* Somebody with two employers: neither sees the other's order, nor that there is one. */
static void an_order_to_another_employer_is_not_seen(void **state)
{
    (void)state;
    order_share(THEIRS);
    assert_int_equal(enter(OURS, code).status, 303);
    const char *pages[] = { "/employer/orders", "/employer/schedule", employee_path(mine, "") };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct request r = get(pages[i], "");
        assert_true(says(&r, "36.00") && says(&r, "Marcus"));
        if (says(&r, "35.81") || says(&r, "100000000777") || says(&r, THEIRS) ||
            says(&r, "added up"))
            fail_msg("%s", pages[i]);
    }
    struct request r = get(employee_path(mine, ""), "net=100");
    assert_true(says(&r, "Deduct £36.00 from"));
}

/* ---- notices ---- */

static size_t notices(int64_t pp, struct sql_employer_notice_list_row **rows)
{
    struct sql_employer_notice_list_in in = { .pp = pp };
    size_t n                              = 0;

    MUST(sql_employer_notice_list(store, &in, &arena, rows, &n, f));
    return n;
}

static const char *open_says(int64_t pp)
{
    struct setting s = setting();
    const char *words;
    struct group g;
    int64_t order;

    MUST(group_load(store, &arena, pp, KNOWN_NOW, &g, f) &&
         employer_notice_open(&s, &g, &order, &words, f));
    return words;
}

static void what_is_said_is_on_the_record_with_a_receipt(void **state)
{
    struct sql_employer_notice_list_row *rows;

    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    struct request r = post(employee_path(mine, "/left"), "");
    assert_int_equal(r.status, 422);
    assert_true(says(&r, "Enter the pay-day"));
#define LEFT "day-day=6&day-month=3&day-year=2026&next=Hidden+Works+Ltd"
    r = post(employee_path(mine, "/left"), LEFT);
    assert_int_equal(r.status, 303);
    r = get(r.location, "");
    assert_int_equal(notices(mine, &rows), 1);
    assert_true(says(&r, employer_notice_receipt(&rows[0], &arena)));
    assert_true(says(&r, "9 March 2026") && says(&r, "6 March 2026"));
    assert_string_equal(rows[0].new_employer, "Hidden Works Ltd");
    assert_non_null(strstr(open_says(mine), "has left"));
    assert_null(strstr(open_says(mine), "Hidden"));
    /* Said twice it is one thing; they may have been wrong. */
    assert_int_equal(post(employee_path(mine, "/left"), LEFT).status, 303);
    assert_int_equal(notices(mine, &rows), 1);
    assert_int_equal(post(employee_path(mine, "/started"), LEFT).status, 303);
    assert_int_equal(notices(mine, &rows), 2);
    assert_string_equal(rows[1].new_employer, "");
    assert_string_equal(open_says(mine), "");
    assert_int_equal(post(employee_path(mine, "/not_employed"), "").status, 303);
    assert_non_null(strstr(open_says(mine), "does not work there"));
    assert_int_equal(
        post(employee_path(mine, "/left"), "day-day=6&day-month=3&day-year=2030").status, 422);
    assert_int_equal(notices(mine, &rows), 3);
}

/* ---- the schedule ---- */

static size_t announced(int64_t pp, struct sql_announced_list_row **rows)
{
    struct sql_announced_list_in in = { .pps = { &pp, 1 } };
    size_t n                        = 0;

    MUST(sql_announced_list(store, &in, &arena, rows, &n, f));
    return n;
}

#define PAY_DAY "day-day=9&day-month=3&day-year=2026&period=as_ordered"

static void a_schedule_by_form_is_recorded_once(void **state)
{
    const char *both = arena_print(
        &arena,
        PAY_DAY
        "&who_1=%lld&net_1=100&deducted_1=40.00&reason_1=protected&who_2=%lld&deducted_2=71.81"
        "&reason_2=none&act=",
        (long long)mine, (long long)second);
    struct sql_announced_list_row *rows;

    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    struct request r = get("/employer/schedule", "");
    assert_true(says(&r, "Marcus Webb") && says(&r, "value=\"71.81\""));
    r = post("/employer/schedule", arena_print(&arena, "%swork", both));
    assert_int_equal(r.status, 0);
    assert_int_equal(announced(mine, &rows), 0);
    r = post("/employer/schedule", arena_print(&arena, "%ssend", both));
    assert_int_equal(r.status, 0);
    assert_true(says(&r, "2 lines, £111.81") && says(&r, "£111.81 must reach us by 19 April 2026"));
    assert_int_equal(announced(mine, &rows), 1);
    assert_int_equal(rows[0].amount.p, 4000);
    assert_int_equal(rows[0].asked.p, 7181);
    assert_string_equal(rows[0].sender, OURS);
    assert_string_equal(rows[0].reason, "protected");
    assert_int_equal(announced(second, &rows), 1);
    r = post("/employer/schedule", arena_print(&arena, "%ssend", both));
    assert_true(says(&r, "0 lines, £0.00") && says(&r, "2 lines, not counted again"));
    assert_int_equal(announced(mine, &rows), 1);
}

static void a_wrong_row_is_named_and_nothing_stands(void **state)
{
    struct sql_announced_list_row *rows;

    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    struct request r =
        post("/employer/schedule",
             arena_print(&arena,
                         PAY_DAY "&who_1=%lld&deducted_1=71.81&reason_1=none&who_2=%lld"
                                 "&deducted_2=3&reason_2=none&act=send",
                         (long long)mine, (long long)second));
    assert_int_equal(r.status, 422);
    assert_true(says(&r, "href=\"#deducted_2\"") && says(&r, "there is no reason"));
    assert_int_equal(announced(mine, &rows), 0);
    /* Another employer's employee cannot be put into a row. */
    r = post("/employer/schedule", arena_print(&arena,
                                               PAY_DAY "&who_1=%lld&deducted_1=71.81&reason_1=none"
                                                       "&act=send",
                                               (long long)other));
    assert_int_equal(r.status, 422);
    assert_int_equal(announced(other, &rows), 0);
}

#define HEAD                                                                                       \
    "record,employer reference,month,employee reference,national insurance number,pay "            \
    "date,period,net pay,normal deduction,deducted,reason\n"

static struct request send_file(const char *text)
{
    const char *body =
        arena_print(&arena,
                    "--xyz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n--xyz\r\n"
                    "Content-Disposition: form-data; name=\"file\"; filename=\"s.csv\"\r\n"
                    "Content-Type: text/csv\r\n\r\n%s\r\n--xyz--\r\n",
                    csrf, text);
    return ask((struct arrival){ .method       = "POST",
                                 .path         = "/employer/file",
                                 .cookies      = cookies,
                                 .content_type = "multipart/form-data; boundary=xyz",
                                 .body         = body });
}

/* Somebody known to the service and somebody unknown are answered alike. */
static void a_file_is_only_about_its_own_employees(void **state)
{
    struct sql_announced_list_row *rows;

    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    struct request r = send_file(
        HEAD "payment," OURS ",2026-03,,QQ123456A,2026-03-06,weekly,,71.81,71.81,\n"
             "payment," OURS ",2026-03,,QQ123456C,2026-03-06,weekly,,71.81,71.81,\n"
             "payment," OURS ",2026-03,,QQ999999C,2026-03-06,weekly,,71.81,71.81,\n"
             "payment," OURS ",2026-03,100000000555,,2026-03-06,weekly,,71.81,71.81,\n"
             "payment," OURS ",2026-03,100000000123,QQ123456C,2026-03-06,weekly,,71.81,71.81,\n"
             "total," OURS ",2026-03,,,,,,,359.05,\n");
    static const char *const same =
        "You have no order for an employee of that reference and number.";
    assert_int_equal(r.status, 422);
    for (int line = 3; line <= 6; line++)
        assert_true(says(&r, arena_print(&arena, "Line %d: %s", line, same)));
    assert_true(says(&r, "1 line, £71.81"));
    assert_int_equal(announced(mine, &rows), 1);
    assert_int_equal(announced(other, &rows), 0);
    r = send_file(HEAD "payment," THEIRS ",2026-03,,QQ123456C,2026-03-06,weekly,,71.81,71.81,\n"
                       "total," THEIRS ",2026-03,,,,,,,71.81,\n");
    assert_true(says(&r, "names another employer"));
    assert_true(says(&r, "Nothing was recorded") && !says(&r, "We have your schedule"));
    assert_int_equal(announced(other, &rows), 0);
    r = send_file("nonsense\n");
    assert_int_equal(r.status, 422);
    assert_true(says(&r, "The file was refused and nothing was recorded"));
}

/* ---- what must not be there ---- */

static void nothing_of_anybody_else_is_shown(void **state)
{
    static const char *const hidden[] = { "Zelda",  "Quillfeather", "Ottoline", "Barnaby",
                                          THEIRS,   "QQ123456C",    "arrears",  "26000",
                                          "hushed", "Hidden Works", "welfare",  "child" };
    static const char *const ends[]   = { "", "/left", "/not_employed", "/started", "/said" };
    struct request seen[16];
    size_t n = 0;

    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    assert_int_equal(post(employee_path(mine, "/left"), LEFT).status, 303);
    seen[n++] = get("/employer/orders", "");
    seen[n++] = get("/employer/schedule", "");
    seen[n++] = get("/employer/file", "");
    seen[n++] = get("/employer", "");
    seen[n++] = get(employee_path(mine, ""), "net=100");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        seen[n++] = get(employee_path(mine, ends[i]), "");
    seen[n++] =
        post("/employer/schedule",
             arena_print(&arena, PAY_DAY "&who_1=%lld&deducted_1=71.81&reason_1=none&act=send",
                         (long long)mine));
    seen[n++] = get(employee_path(other, ""), "");
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof hidden / sizeof *hidden; k++)
            if (says(&seen[i], hidden[k])) fail_msg("page %zu says %s", i, hidden[k]);
}

/* The chain still proves itself, with codes and notices in it. */
static void the_chain_holds(void **state)
{
    struct fingerprint rows;
    struct sql_event_list_row *events;
    size_t n, found = 0;

    (void)state;
    assert_int_equal(enter(OURS, code).status, 303);
    assert_int_equal(post(employee_path(mine, "/not_employed"), "").status, 303);
    MUST(sql_event_list(store, &(struct sql_event_list_in){ .pp = mine, .upto = KNOWN_NOW }, &arena,
                        &events, &n, f));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(events[i].verb, "employer_code") && strcmp(events[i].verb, "employer_notice"))
            continue;
        MUST(event_rows_fingerprint(store, mine, events[i].seq, &rows, f));
        assert_memory_equal(rows.bytes, events[i].rows.at, sizeof rows.bytes);
        found++;
    }
    assert_int_equal(found, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        TEST(a_code_opens_its_employers_orders),
        TEST(what_is_wrong_is_not_told),
        TEST(guessing_is_stopped_for_known_and_unknown_alike),
        TEST(only_a_hash_is_kept),
        TEST(a_new_code_ends_the_old_one_and_who_is_in),
        TEST(a_code_ends_with_its_order),
        TEST(a_session_ends_by_itself_and_when_it_is_closed),
        TEST(it_opens_nothing_else),
        TEST(only_its_own_employees),
        TEST(nobody_without_a_code_enters),
        TEST(a_pay_day_is_worked_out_in_words),
        TEST(several_orders_are_taken_one_after_the_other),
        TEST(an_order_to_another_employer_is_not_seen),
        TEST(what_is_said_is_on_the_record_with_a_receipt),
        TEST(a_schedule_by_form_is_recorded_once),
        TEST(a_wrong_row_is_named_and_nothing_stands),
        TEST(a_file_is_only_about_its_own_employees),
        TEST(nothing_of_anybody_else_is_shown),
        TEST(the_chain_holds),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
