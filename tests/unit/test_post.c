/* test_post.c: a letter that came back: its address is kept from every letter until somebody
 * looked; what they say is asked for in full; pages of both sides. */
#include "app/access.h"
#include "app/check.h"
#include "app/clock.h"
#include "app/database.h"
#include "app/fact.h"
#include "app/letter.h"
#include "app/nudge.h"
#include "app/post.h"
#include "app/scenario_run.h"
#include "app/service_letter.h"
#include "fresh.h"
#include "web/account.h"
#include "web/dispatch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { NOW = 1795400000, PP = 1, OTHER = 4 };
#define URLENCODED "application/x-www-form-urlencoded"
static struct arena arena;
static struct store *store;
static date today;
static size_t files;
static const char *why, *cookies, *csrf, *message;

#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct fail f_ = { 0 }, *fail = &f_;                                                       \
        if (!(call)) fail_msg("%s: %s", f_.code, f_.text);                                         \
    } while (0)

/* Their addresses come after the decisions: so the plans are the first letters. */
static const char families[] =
    "scenario: Two parents with an address\n"
    "today 2025-02-17\n"
    "apply\n  paying parent Marcus Webb\n  receiving parent Dana Frost\n"
    "  child Ella Webb born 2016-04-02\n  effective 2025-03-03\n  pays four_weekly on day 1\n"
    "fact income_historic £36,500 from 2025-03-03 evidence \"HMRC figure\"\n"
    "decide initial because \"income from HMRC\"\n"
    "fact address \"14 Pretend Lane, Nowhere-on-Sea, ZZ1 4QQ\" of Marcus from 2025-02-17\n"
    "fact address \"3 Madeup Close, Nowhere-on-Sea, ZZ1 3QQ\" of Dana from 2025-02-17\n"
    "days until 2025-03-10\n"
    "letter plan\nexpect letter sent\n"
    "apply\n  paying parent Karl Moss\n  receiving parent Dana\n"
    "  child Noor Moss born 2015-04-02\n  effective 2025-03-10\n  pays four_weekly on day 1\n"
    "fact income_historic £36,500 from 2025-03-10 evidence \"HMRC figure\"\n"
    "decide initial because \"income from HMRC\"\n"
    "fact address \"8 Nosuch Road, Nowhere-on-Sea, ZZ1 8QQ\" of Karl from 2025-02-17\n"
    "fact address \"3 Madeup Close, Nowhere-on-Sea, ZZ1 3QQ\" of Dana from 2025-02-17\n"
    "days until 2025-03-11\n";

static void tell(void *context, enum play_says what, const char *text)
{
    (void)context;
    if (what == PLAY_WRONG) fail_msg("%s", text);
}

static void play(void)
{
    struct scenario scenario;
    struct play_order order = {
        .store = store, .scenario = &scenario, .name = "families", .tell = tell
    };
    struct play *p;

    MUST(scenario_parse("families", families, strlen(families), &arena, &scenario, fail));
    MUST((p = play_open(&order, fail)) != NULL);
    while (!play_is_over(p))
        MUST(play_step(p, fail));
    play_close(p);
}

static int open_world(void **state)
{
    const char *token;

    (void)state;
    arena_reset(&arena);
    MUST((store = database_open(ready_database(":memory:"), fail)) != NULL);
    MUST(account_add(store, &(struct account_new){ "sam", "caseworker", "long enough now", 0 }, NOW,
                     fail) &&
         session_start(store, &arena, "sam", NOW, &token, fail));
    cookies = arena_print(&arena, "session=%s", token);
    csrf    = token_for_forms(&arena, token);
    play();
    today = date_make(2025, 3, 11);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    return 0;
}

static struct setting setting(void)
{
    return (struct setting){ store, &arena, today, "ann" };
}

static void kept(void *context, const char *reference, int64_t letter, const char *because)
{
    (void)context, (void)reference, (void)letter;
    why = arena_print(&arena, "%s", because);
}

static bool file(void *context, const char *name, const char *bytes, size_t n, struct fail *fail)
{
    (void)context, (void)fail;
    assert_true(strlen(name) <= strlen("000012-000345.pdf") && n > 0);
    if (strstr(name, ".txt")) message = arena_text(&arena, bytes, n);
    files++;
    return true;
}

static bool before_list(void *context, struct fail *fail)
{
    (void)context, (void)fail;
    return true;
}

static struct post_result post(void)
{
    struct setting s    = setting();
    struct post_run run = { NULL, kept, file, before_list };
    struct post_result r;

    files   = 0;
    message = "";
    why     = "";
    MUST(post_out(&s, &run, &r, fail));
    return r;
}

static void fault(void *context, int line, const char *sentence)
{
    (void)context, (void)line;
    why = arena_print(&arena, "%s", sentence);
}

static struct post_taking answer(const char *lines)
{
    struct setting s      = setting();
    const char *text      = arena_print(&arena, "letter,outcome,date,reason\n%s", lines);
    struct post_answers a = { .source = { .bytes = text, .length = strlen(text) }, .fault = fault };
    struct post_taking t;

    why = "";
    MUST(post_answer(&s, &a, &t, fail));
    return t;
}

static bool look(const char *safe, const char *found, bool again, const char *code)
{
    struct setting s      = setting();
    struct fail f         = { 0 };
    struct post_look what = { 2, safe, found, again };

    MUST(store_begin(store, STORE_WRITING, fail));
    bool done = post_look(&s, PP, &what, &f) && store_commit(store, &f);
    store_rollback(store);
    if (code) assert_string_equal(f.code, code);
    return done;
}

static const char *state_of(int64_t pp, int64_t letter)
{
    struct sql_letter_list_row *rows;
    size_t n;

    MUST(sql_letter_list(store, &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_NOW },
                         &arena, &rows, &n, fail));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == letter) return rows[i].state;
    return "";
}

static int64_t plan_letter(int64_t pp)
{
    struct setting s = setting();
    struct letter_result r;
    struct group g;

    MUST(group_load(store, &arena, pp, KNOWN_NOW, &g, fail));
    MUST(store_begin(store, STORE_WRITING, fail));
    MUST(service_plan_letter(&s, pp, g.arrangements[0].id, &r, fail) && store_commit(store, fail));
    return r.letter;
}

static bool clock_waits(void)
{
    struct group g;

    MUST(group_load(store, &arena, PP, KNOWN_NOW, &g, fail));
    for (size_t i = 0; i < g.clock_count; i++)
        if (clock_kind_find(g.clocks[i].kind) == CLOCK_LETTER_RETURNED) return true;
    return false;
}

static void check_is_clean(void)
{
    struct check_report r = { 0 };

    MUST(check_group(store, &arena, PP, NULL, NULL, &r, fail));
    assert_int_equal(r.faults, 0);
}

static struct request ask(const char *method, const char *path, const char *fields)
{
    struct request r = { .arena = &arena };
    const char *body = fields ? arena_print(&arena, "csrf=%s&%s", csrf, fields) : NULL;
    struct arrival a = { .method       = method,
                         .path         = path,
                         .cookies      = cookies,
                         .content_type = fields ? URLENCODED : NULL,
                         .body         = body,
                         .body_length  = body ? strlen(body) : 0,
                         .now          = NOW,
                         .today        = today,
                         .fixed        = true,
                         .read         = store,
                         .write        = store };

    dispatch(&r, &a);
    store_rollback(store);
    return r;
}

/* --- */

static void what_came_back_keeps_its_address(void **state)
{
    (void)state;
    assert_int_equal(post().written, 2);
    assert_int_equal(files, 3);
    assert_int_equal(answer("000001-000002,returned,2025-03-11,gone_away\n").returned, 1);
    assert_string_equal(state_of(PP, 2), "returned");
    assert_true(clock_waits());
    check_is_clean();

    /* Another letter to Dana, of the same family or another one, waits; Marcus's go. */
    int64_t made = plan_letter(PP), elsewhere = plan_letter(OTHER);
    struct post_result r = post();
    assert_int_equal(r.kept, 2);
    assert_int_equal(r.written, 2);
    assert_non_null(strstr(why, "nobody has looked"));
    assert_string_equal(state_of(PP, made), "written");
    assert_string_equal(state_of(PP, made + 1), "kept");
    assert_string_equal(state_of(OTHER, elsewhere + 1), "kept");
    struct request page = ask("GET", "/case/1/letters", NULL);
    assert_non_null(strstr(out_string(&page.out), "Something came back from there and nobody has"));
    /* Kept for the same reason it takes no step a second time. */
    assert_int_equal(post().kept, 2);
    assert_string_equal(state_of(PP, made + 1), "kept");

    /* Who looked says all of it. */
    assert_false(look("perhaps", "I asked her by telephone.", true, "safe_missing"));
    assert_false(look("yes", "asked", true, "found_missing"));
    assert_false(look("unknown", "No answer on the telephone.", true, "not_safe"));
    assert_true(look("yes", "I asked her on her own telephone.", true, NULL));
    assert_false(look("yes", "I asked her on her own telephone.", true, "not_returned"));
    assert_false(clock_waits());
    r = post();
    assert_int_equal(r.kept, 0);
    assert_int_equal(r.written, 3);
    check_is_clean();

    /* What is told of its first way is of no account any more; of its second it is. */
    struct post_taking t = answer("000001-000002,returned,2025-03-11,refused\n");
    assert_int_equal(t.known, 1);
    assert_string_equal(state_of(PP, 2), "written");
    t = answer("000003-000001,returned,2025-03-11,\n000003-000001,delivered,2025-03-11,\n");
    assert_int_equal(t.returned, 1);
    assert_int_equal(t.known, 1);
    assert_true(look("no", "She fled; the police know.", false, NULL));
    assert_string_equal(state_of(PP, 2), "stopped");
    assert_int_equal(answer("000003-000001,accepted,2025-03-11,\n").faults, 1);
    check_is_clean();
}

static void a_page_asks_who_looked(void **state)
{
    struct request r;

    (void)state;
    post();
    r = ask("GET", "/case/1/letter/2/back", NULL);
    assert_int_equal(r.status, 404);
    answer("000001-000002,returned,2025-03-11,no_such_address\n");
    r = ask("GET", "/case/1/letters", NULL);
    assert_non_null(strstr(out_string(&r.out), "/case/1/letter/2/back"));
    r = ask("GET", "/case/1/letter/2/back", NULL);
    assert_non_null(strstr(out_string(&r.out), "there is no such address"));
    assert_null(strstr(out_string(&r.out), "Madeup"));
    r = ask("POST", "/case/1/letter/2/back", "safe=unknown&found=no+answer+by+telephone&again=yes");
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "while nobody knows that they are safe"));
    r = ask("POST", "/case/1/letter/2/back", "safe=yes&found=&again=");
    assert_int_equal(r.status, 422);
    r = ask("POST", "/case/1/letter/2/back", "safe=yes&found=she+rang+us+herself&again=yes");
    assert_int_equal(r.status, 303);
    assert_string_equal(state_of(PP, 2), "waiting");
}

static void fact_set(enum fact_kind kind, int64_t person, const char *value)
{
    struct setting s        = setting();
    struct fact_order order = { .kind        = kind,
                                .subject     = person,
                                .value       = value,
                                .from        = today,
                                .to          = DATE_OPEN,
                                .happened_on = today,
                                .said_by     = "receiving parent",
                                .evidence    = "told" };
    struct verb v;
    struct group g;
    bool done;

    MUST(store_begin(store, STORE_WRITING, fail) &&
         verb_open(&s, PP, "fact", NULL, &v, &done, fail) &&
         group_load(store, &arena, PP, v.seq, &g, fail) && fact_assert(&v, &g, &order, fail) &&
         verb_close(&v, fail) && store_commit(store, fail));
}

static int64_t dana(void)
{
    struct group g;

    MUST(group_load(store, &arena, PP, KNOWN_NOW, &g, fail));
    return g.arrangements[0].rp;
}

/* The first family's letter to Dana waits; the way she chose, and what she said of it, decides. */
static void who_chose_a_message_is_told_by_it_that_there_is_something_to_read(void **state)
{
    (void)state;
    fact_set(FACT_SAFE_CHANNEL, dana(), "text_message");
    assert_int_equal(post().kept, 1); /* no account to read it in */
    assert_string_equal(state_of(PP, 2), "kept");
    MUST(account_add(store,
                     &(struct account_new){ "dana", "receiving_parent", "long enough now", dana() },
                     NOW, fail));
    fact_set(FACT_PHONE, dana(), "01632 960 001");
    fact_set(FACT_LANGUAGE, dana(), "welsh");
    fact_set(FACT_SAFE_HOURS, dana(), "weekends 10:30-21:00");
    assert_int_equal(post().written, 1);
    assert_string_equal(state_of(PP, 2), "written");
    /* 11 March 2025 is a Tuesday.  The letter's own language stays. */
    assert_string_equal(message,
                        "Way: text_message\nTo: 01632 960 001\nLanguage: en-GB\n"
                        "From: 2025-03-15T10:30\nUntil: 2025-03-15T20:00\n\n"
                        "There is something new for you to read. Sign in to your account as you "
                        "always do. Please do not answer this message.\n");
    answer("000002-000001,returned,2025-03-11,no_such_number\n");
    assert_string_equal(state_of(PP, 2), "returned");
    assert_true(clock_waits());
    struct request r = ask("GET", "/case/1/letter/2/back", NULL);
    assert_non_null(strstr(out_string(&r.out), "the number is not in use"));
    assert_non_null(strstr(out_string(&r.out), "/fact/phone"));

    /* Nothing more is told there until somebody looked. */
    int64_t made = plan_letter(PP);
    post();
    assert_string_equal(state_of(PP, made + 1), "kept");
    assert_true(look("yes", "She rang us from her new number.", true, NULL));
    fact_set(FACT_SAFE_CHANNEL, dana(), "email");
    fact_set(FACT_EMAIL, dana(), "dana@example.com");
    assert_int_equal(post().written, 2);
    assert_non_null(strstr(message, "To: dana@example.com\nLanguage: cy-GB\n"));
    assert_non_null(strstr(message, "\nSubject: Rhywbeth newydd i\xe2\x80\x99w ddarllen\n\nMae "));
    assert_null(strstr(message, "Dana"));
    check_is_clean();
}

/* What a program cannot weigh is left to people: the letter is in the account alone. */
static void words_that_are_asked_for_stop_messages(void **state)
{
    struct nudge_hours h;
    struct nudge_window w;

    (void)state;
    MUST(account_add(store,
                     &(struct account_new){ "dana", "receiving_parent", "long enough now", dana() },
                     NOW, fail));
    fact_set(FACT_SAFE_CHANNEL, dana(), "text_message");
    fact_set(FACT_PHONE, dana(), "01632 960 001");
    fact_set(FACT_SAFE_WORDS, dana(), "Say it is the library.");
    assert_int_equal(post().account, 1);
    assert_string_equal(state_of(PP, 2), "account");
    assert_string_equal(message, "");

    assert_true(nudge_hours_read("", &h) && h.weekdays && h.weekends);
    assert_true(nudge_hours_read("weekdays 9-15", &h) && !h.weekends && h.until == 15 * 60);
    assert_true(nudge_window_after(date_make(2025, 3, 14), &h, &w));
    assert_true(date_same(w.day, date_make(2025, 3, 17)) && w.from == 9 * 60 && w.until == 15 * 60);
    assert_true(nudge_hours_read("every day 20:00 - 23:00", &h));
    assert_false(nudge_window_after(date_make(2025, 3, 14), &h, &w)); /* quiet by then */
    assert_true(nudge_hours_read("Weekdays 9am to 3pm", &h) && !h.weekends);
    assert_true(h.from == 9 * 60 && h.until == 15 * 60);
    assert_true(nudge_hours_read("between 10.30 and 14:00", &h) && h.from == 10 * 60 + 30);
    assert_true(nudge_hours_read("dyddiau’r wythnos 9am i 3pm", &h) && !h.weekends);
    assert_true(nudge_hours_read("bob dydd rhwng 12pm a 2 pm", &h) && h.until == 14 * 60);
    assert_false(nudge_hours_read("weekdays until 3 in the afternoon", &h));
    assert_false(nudge_hours_read("between 10 and 2", &h)); /* 2 in the night? */
    assert_false(nudge_hours_read("13pm-15", &h));
    assert_false(nudge_hours_read("9am", &h));
    assert_false(nudge_hours_read("weekdays", &h));
    assert_false(nudge_hours_read("9:5-15", &h));
    assert_false(nudge_hours_read("15-9", &h));
    assert_false(nudge_hours_read("9-25", &h));
    assert_false(nudge_hours_read("9-15 and Sundays", &h));
}

static void a_state_without_its_step_is_found(void **state)
{
    struct check_report r = { 0 };

    (void)state;
    MUST(store_begin(store, STORE_WRITING, fail) &&
         sql_letter_state(store,
                          &(struct sql_letter_state_in){ .pp = PP, .id = 1, .state = "delivered" },
                          fail) &&
         store_commit(store, fail));
    MUST(check_group(store, &arena, PP, NULL, NULL, &r, fail));
    assert_int_equal(r.faults, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_came_back_keeps_its_address, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_page_asks_who_looked, open_world, close_world),
        cmocka_unit_test_setup_teardown(
            who_chose_a_message_is_told_by_it_that_there_is_something_to_read, open_world,
            close_world),
        cmocka_unit_test_setup_teardown(words_that_are_asked_for_stop_messages, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_state_without_its_step_is_found, open_world, close_world),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    arena_free(&arena);
    return failed;
}
