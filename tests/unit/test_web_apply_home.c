/* test_web_apply_home.c: what somebody with an account applied for stands on their home page: begun
 * or sent while they are signed in, or put there with its code; how far it is, by when, who has it
 * and the way on; nobody else's, and not on the page of who acts for them. */
#include "own_world.h"

#include "app/online.h"
#include "web/apply_draft.h"

static struct parent ann, dana, marcus;
static const char *session; /* Dana's cookie, without an application's */

static void staff_sign_in(void)
{
    struct fail f = { 0 };
    const char *token;

    assert_true(account_add(
        store, &(struct account_new){ "ann", "caseworker", "long enough now", 0 }, NOW, &f));
    assert_true(session_start(store, &arena, "ann", NOW, &token, &f));
    ann = (struct parent){ .cookies = arena_print(&arena, "session=%s", token),
                           .csrf    = token_for_forms(&arena, token) };
}

static int open_world(void **state)
{
    (void)state;
    world_begin("tests/own/change.play", date_make(2026, 10, 10));
    dana   = (struct parent){ .name = "Dana", .role = "receiving_parent" };
    marcus = (struct parent){ .name = "Marcus", .role = "paying_parent" };
    sign_in(&dana, person_of("Dana"));
    sign_in(&marcus, person_of("Marcus"));
    session = dana.cookies;
    staff_sign_in();
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    arena_reset(&arena);
    return 0;
}

static bool has(const struct request *r, const char *words)
{
    return strstr(out_string((struct out *)&r->out), words) != NULL;
}
#define SAYS(path, who, words)                                                                     \
    do {                                                                                           \
        struct request said_ = get(path, (who).cookies);                                           \
        if (!has(&said_, words))                                                                   \
            fail_msg("%s does not say \"%s\": %u %s", path, words, said_.status,                   \
                     out_string(&said_.out));                                                      \
    } while (0)
#define SAYS_NOT(path, who, words)                                                                 \
    do {                                                                                           \
        struct request said_ = get(path, (who).cookies);                                           \
        if (has(&said_, words)) fail_msg("%s says \"%s\"", path, words);                           \
    } while (0)

/* Dana begins an application; her browser holds its code. */
static const char *begin(void)
{
    struct request r = post(&dana, "/apply/who", "applicant=receiving");

    assert_int_equal(r.status, 303);
    for (int i = 0; i < r.cookie_count; i++)
        if (!strncmp(r.cookies[i], "application=", 12)) {
            const char *code = arena_text(&arena, r.cookies[i] + 12, CODE_TEXT - 1);
            dana.cookies     = arena_print(&arena, "%s; application=%s", session, code);
            return code;
        }
    fail_msg("no code");
    return "";
}

static void fill_in(void)
{
    static const char *const answers[][2] = {
        { "/apply/name",
          "own_given=Dana&own_family=Wren&own_born-day=1&own_born-month=2&own_born-year=1990" },
        { "/apply/nation", "own_nation=england" },
        { "/apply/nino", "" },
        { "/apply/address", "" },
        { "/apply/reach", "own_channel=account_only" },
        { "/apply/safe", "" },
        { "/apply/abuse", "abuse=no" },
        { "/apply/other", "other_given=Walt&other_family=Wren" },
        { "/apply/find", "" },
        { "/apply/child/1", "given=Lily&family=Wren&born-day=1&born-month=2&born-year=2016" },
        { "/apply/court", "court=none" },
        { "/apply/abroad", "abroad=no" },
        { "/apply/service", "service=collect_and_pay" },
        { "/apply/often", "often=monthly" },
        { "/apply/estimate", "" },
        { "/apply/words", "" },
    };

    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct request r = post(&dana, answers[i][0], answers[i][1]);
        if (r.status != 303) fail_msg("%s: %u %s", answers[i][0], r.status, out_string(&r.out));
    }
}

static int64_t sends(void)
{
    struct sql_online_waiting_in in = { .pp = SERVICE_PP, .most = 10 };
    struct sql_online_waiting_row *rows;
    struct fail f = { 0 };
    size_t n;

    fill_in();
    struct request r = post(&dana, "/apply/check", "agree=yes");
    if (!has(&r, "Application sent")) fail_msg("%u %s", r.status, out_string(&r.out));
    assert_true(sql_online_waiting(store, &in, &arena, &rows, &n, &f));
    return rows[n - 1].event;
}

static const char *page_of(int64_t number, const char *more)
{
    return arena_print(&arena, "/home/application/%lld%s", (long long)number, more);
}

static const char *staff_page(int64_t number)
{
    return arena_print(&arena, "/application/online/%lld", (long long)number);
}

/* ---- the tests ---- */

static void what_is_begun_stands_there(void **state)
{
    (void)state;
    SAYS_NOT("/home", dana, "What you applied for");
    SAYS("/apply", dana, "will stand on your home page");
    begin();
    SAYS("/home", dana, "An application you have not sent");
    SAYS("/home", dana, "href=\"/apply/tasks\"");
    /* In another browser only with the code. */
    dana.cookies = session;
    SAYS("/home", dana, "An application you have not sent");
    SAYS("/home", dana, "href=\"/apply/return\"");
    SAYS_NOT("/home", dana, "href=\"/apply/tasks\"");
    SAYS_NOT("/home", marcus, "What you applied for");
    SAYS_NOT("/apply", ann, "will stand on your home page");
}

static void it_is_saved_until_a_day(void **state)
{
    struct fail f = { 0 };

    (void)state;
    begin();
    assert_int_equal(post(&dana, "/apply/tasks", "").status, 0);
    SAYS("/home", dana, "at the latest on");
    /* Forgotten, it stands there no longer. */
    assert_true(store_begin(store, STORE_WRITING, &f));
    struct sql_apply_draft_sweep_in sweep = { .now = NOW + (APPLY_DAYS + 1) * 24 * 60 * 60 };
    assert_true(sql_apply_draft_sweep(store, &sweep, &f) && store_commit(store, &f));
    SAYS_NOT("/home", dana, "What you applied for");
}

static void what_is_sent_says_how_far_it_is(void **state)
{
    (void)state;
    begin();
    int64_t number        = sends();
    const char *reference = online_reference(number, &arena);
    dana.cookies          = session; /* the code is not needed */
    SAYS("/home", dana, reference);
    SAYS("/home", dana, "A caseworker reads it by 13 October 2026");
    SAYS("/home", dana, "The team that takes up new applications has it");
    SAYS(page_of(number, ""), dana, reference);
    SAYS(page_of(number, ""), dana, page_of(number, "/withdraw"));
    /* Late, it says so. */
    today = date_make(2026, 10, 20);
    SAYS("/home", dana, "are late");
    today = date_make(2026, 10, 10);
    /* Nobody else's. */
    SAYS_NOT("/home", marcus, reference);
    assert_int_equal(get(page_of(number, ""), marcus.cookies).status, 404);
    assert_int_equal(get(page_of(number, "/withdraw"), marcus.cookies).status, 404);
    assert_int_equal(post(&marcus, page_of(number, "/withdraw"), "").status, 404);
    assert_int_equal(post(&marcus, page_of(number, ""), "said=x").status, 404);
    assert_int_equal(get(page_of(number + 1, ""), dana.cookies).status, 404);
    assert_int_equal(get(page_of(number, ""), ann.cookies).status, 403);
    assert_int_equal(get(page_of(number, ""), NULL).status, 303);
    /* Who takes it up is told who they say they are. */
    SAYS(staff_page(number), ann, "shown on the home page of");
}

static void they_answer_and_withdraw_there(void **state)
{
    (void)state;
    begin();
    int64_t number = sends();
    dana.cookies   = session;
    assert_int_equal(post(&ann, staff_page(number), "deed=ask&said=Which+school").status, 303);
    SAYS("/home", dana, "Please answer by");
    SAYS("/home", dana, "Answer our question");
    SAYS(page_of(number, ""), dana, "Which school");
    struct request r = post(&dana, page_of(number, ""), "said=");
    assert_int_equal(r.status, 422);
    r = post(&dana, page_of(number, ""), "said=Umberby");
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, page_of(number, ""));
    SAYS(staff_page(number), ann, "Umberby");
    r = post(&dana, page_of(number, "/withdraw"), "");
    assert_string_equal(r.location, page_of(number, ""));
    SAYS("/home", dana, "You asked us to withdraw it");
    assert_int_equal(post(&ann, staff_page(number), "deed=withdraw").status, 303);
    SAYS("/home", dana, "Your application is withdrawn");
    /* For so many days. */
    today = date_add_days(today, 28);
    SAYS("/home", dana, "Your application is withdrawn");
    today = date_add_days(today, 1);
    SAYS_NOT("/home", dana, "Your application is withdrawn");
}

static void one_is_put_there_by_its_code_and_taken_away(void **state)
{
    struct request r;

    (void)state;
    const char *code = begin();
    int64_t number   = sends();
    /* Somebody else who has the code. */
    assert_int_equal(post(&marcus, "/home/application", "code=K7QF-29DM-4TXZ-W8HB").status, 422);
    assert_int_equal(post(&marcus, "/home/application", "code=").status, 422);
    r = post(&marcus, "/home/application", arena_print(&arena, "code=%s", code));
    assert_int_equal(r.status, 303);
    SAYS("/home", marcus, online_reference(number, &arena));
    SAYS("/home/application", marcus, online_reference(number, &arena));
    r              = get("/home/application", marcus.cookies);
    const char *at = strstr(out_string(&r.out), "name=\"which\" value=\"");
    assert_non_null(at);
    at += strlen("name=\"which\" value=\"");
    const char *which = arena_text(&arena, at, strcspn(at, "\""));
    r = post(&marcus, "/home/application/out", arena_print(&arena, "which=%s", which));
    assert_int_equal(r.status, 303);
    SAYS_NOT("/home", marcus, online_reference(number, &arena));
    assert_int_equal(get(page_of(number, ""), marcus.cookies).status, 404);
    SAYS("/home", dana, online_reference(number, &arena)); /* hers stays */
}

static void who_acts_for_somebody_sees_none(void **state)
{
    struct parent rep = { .name = "Rep", .role = "representative" };

    (void)state;
    sign_in(&rep, 0);
    assert_int_equal(get("/home/application", rep.cookies).status, 403);
    assert_int_equal(post(&rep, "/home/application", "code=x").status, 403);
}

/* Somebody who shares an address shuts nobody out who is signed in. */
static void they_are_counted_by_their_account(void **state)
{
    struct request r;

    (void)state;
    for (int i = 0; i < APPLY_STARTS; i++) {
        dana.cookies = session;
        begin();
    }
    dana.cookies = session;
    r            = post(&dana, "/apply/who", "applicant=receiving");
    assert_int_equal(r.status, 422);
    assert_int_equal(post(&marcus, "/apply/who", "applicant=paying").status, 303);
}

int main(void)
{
#define HOME(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)
    const struct CMUnitTest tests[] = {
        HOME(what_is_begun_stands_there),
        HOME(it_is_saved_until_a_day),
        HOME(what_is_sent_says_how_far_it_is),
        HOME(they_answer_and_withdraw_there),
        HOME(one_is_put_there_by_its_code_and_taken_away),
        HOME(who_acts_for_somebody_sees_none),
        HOME(they_are_counted_by_their_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
