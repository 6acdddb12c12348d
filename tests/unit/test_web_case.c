/* test_web_case.c: the caseworker's pages without a socket: forms with a file, what the timeline
 * says, and that a preview changes nothing and is not confirmed when the case has changed. */
#include "app/apply.h"
#include "app/database.h"
#include "app/debit.h"
#include "app/fact.h"
#include "fresh.h"
#include "web/account.h"
#include "web/case_view.h"
#include "web/dispatch.h"
#include "web/estimate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

enum { NOW = 1795400000 };
#define URLENCODED "application/x-www-form-urlencoded"
#define PARTS      "multipart/form-data; boundary=xyz"
static struct arena arena;
static struct store *store;
static const char *cookies, *csrf, *database;
static int64_t pp;
static date today; /* of the pages */

/* ---- a family, and somebody signed in ---- */

static date day(int year, int month, int of_month)
{
    return date_make(year, month, of_month);
}

static struct setting setting(void)
{
    return (struct setting){ store, &arena, day(2026, 3, 2), "tester" };
}

static void family_make(void)
{
    struct setting s               = setting();
    struct applicant child         = { .given = "Ella", .family = "Webb" };
    struct application a           = { .paying         = { .given = "Marcus", .family = "Webb" },
                                       .receiving      = { .given = "Dana", .family = "Frost" },
                                       .children       = &child,
                                       .child_count    = 1,
                                       .jurisdiction   = JURISDICTION_GREAT_BRITAIN,
                                       .applied_on     = s.today,
                                       .effective_from = day(2026, 3, 4),
                                       .service        = "collect_and_pay",
                                       .pay_interval   = "monthly",
                                       .pay_day        = 5,
                                       .said_by        = "receiving parent" };
    struct application_result made = { 0 };
    struct fact_order income       = { .kind        = FACT_INCOME_HISTORIC,
                                       .value       = "26000.00",
                                       .from        = a.effective_from,
                                       .to          = DATE_OPEN,
                                       .happened_on = s.today,
                                       .said_by     = "HMRC" };
    struct verb v;
    struct group g;
    struct fail f = { 0 };
    bool done;

    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(application_make(&s, &a, NULL, &made, &f));
    assert_true(verb_open(&s, made.pp, "fact", NULL, &v, &done, &f));
    assert_true(group_load(store, &arena, made.pp, v.seq, &g, &f));
    assert_true(fact_assert(&v, &g, &income, &f) && verb_close(&v, &f));
    assert_true(store_commit(store, &f));
    pp = made.pp;
}

static int open_world(void **state)
{
    struct fail f = { 0 };
    const char *token;

    (void)state;
    arena_reset(&arena);
    today    = day(2026, 3, 2);
    database = ready_database(":memory:");
    store    = database_open(database, &f);
    if (!store) fail_msg("%s", f.text);
    assert_true(account_add(
        store, &(struct account_new){ "sam", "caseworker", "long enough now", 0 }, NOW, &f));
    assert_true(session_start(store, &arena, "sam", NOW, &token, &f));
    cookies = arena_print(&arena, "session=%s", token);
    csrf    = token_for_forms(&arena, token);
    family_make();
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    return 0;
}

static struct request ask(struct arrival a)
{
    struct request r = { .arena = &arena };

    a.now         = NOW;
    a.today       = today;
    a.fixed       = true;
    a.read        = store;
    a.write       = store;
    a.body_length = a.body && !a.body_length ? strlen(a.body) : a.body_length;
    dispatch(&r, &a);
    store_rollback(store);
    return r;
}

static struct request post(const char *path, const char *fields)
{
    return ask((struct arrival){ .method       = "POST",
                                 .path         = path,
                                 .cookies      = cookies,
                                 .content_type = URLENCODED,
                                 .body         = arena_print(&arena, "csrf=%s&%s", csrf, fields) });
}

static const char *case_path(const char *part)
{
    return arena_print(&arena, "/case/%lld%s", (long long)pp, part);
}

static int64_t last_event(void)
{
    struct sql_event_last_row row;
    struct fail f = { 0 };
    bool found;

    assert_true(
        sql_event_last(store, &(struct sql_event_last_in){ .pp = pp }, &arena, &row, &found, &f));
    return found ? row.seq : 0;
}

/* ---- decisions ---- */

#define ORDER "kind=initial&from-day=4&from-month=3&from-year=2026&reason=income&late=no"

static void a_preview_changes_nothing(void **state)
{
    int64_t before = last_event();
    (void)state;
    struct request r = post(case_path("/decide"), ORDER "&act=preview");
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(out_string(&r.out), "What this decision would do"));
    assert_non_null(strstr(out_string(&r.out), "£59.84")); /* 12% of 26000 / 365 * 7 */
    assert_int_equal(last_event(), before);
}

static void a_preview_that_is_stale_is_shown_again(void **state)
{
    int64_t seen = last_event();
    (void)state;
    assert_int_equal(post(case_path("/fact/dispute"),
                          "how=exact&subject=1&value=wrong&said_by=them&from-day=2"
                          "&from-month=3&from-year=2026")
                         .status,
                     303);
    int64_t before     = last_event();
    const char *fields = arena_print(&arena, ORDER "&act=confirm&seen=%lld", (long long)seen);
    struct request r   = post(case_path("/decide"), fields);
    assert_int_equal(before, seen + 1);
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(out_string(&r.out), "You did something in this case"));
    assert_int_equal(last_event(), before);
    fields = arena_print(&arena, ORDER "&act=confirm&seen=%lld", (long long)before);
    r      = post(case_path("/decide"), fields);
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, case_path("/decision/1?done=made"));
    assert_int_equal(last_event(), before + 1);
    /* The same confirmation twice: the second is stale. */
    r = post(case_path("/decide"), fields);
    assert_int_not_equal(r.status, 303);
    assert_int_equal(last_event(), before + 1);
}

/* Another program records a fact of the same family, says so, and commits a little later. */
static void rival_run(int tell)
{
    struct arena own        = { 0 };
    struct fail f           = { 0 };
    struct fact_order order = { .kind        = FACT_INCOME_HISTORIC,
                                .value       = "27000.00",
                                .from        = day(2026, 3, 4),
                                .to          = DATE_OPEN,
                                .happened_on = day(2026, 3, 2),
                                .said_by     = "HMRC" };
    struct setting s = { store_open(database, STORE_WRITE, &f), &own, day(2026, 3, 2), "rival" };
    struct verb v;
    struct group g;
    bool done;

    bool fine = s.store && store_begin(s.store, STORE_WRITING, &f) &&
                verb_open(&s, pp, "fact", NULL, &v, &done, &f) &&
                group_load(s.store, &own, pp, v.seq, &g, &f) && fact_assert(&v, &g, &order, &f) &&
                verb_close(&v, &f) && write(tell, "!", 1) == 1;
    usleep(300000);
    _exit(fine && store_commit(s.store, &f) ? 0 : 1);
}

/* The page's own work began before the rival's was done: it is refused by the server and done anew.
 */
static void a_page_that_meets_another_is_done_anew(void **state)
{
    int64_t before = last_event();
    int way[2], status;
    char said;

    (void)state;
    if (!on_server()) skip();
    assert_int_equal(pipe(way), 0);
    pid_t rival = fork();
    assert_true(rival >= 0);
    if (rival == 0) rival_run(way[1]);
    close(way[1]);
    assert_int_equal(read(way[0], &said, 1), 1);
    struct request r =
        post(case_path("/fact/dispute"), "how=exact&subject=1&value=wrong&said_by=them&from-day=2"
                                         "&from-month=3&from-year=2026");
    assert_int_equal(waitpid(rival, &status, 0), rival);
    close(way[0]);
    assert_int_equal(status, 0);
    assert_int_equal(r.status, 303);
    assert_int_equal(last_event(), before + 2);
}

static void refusals_keep_what_was_typed(void **state)
{
    int64_t before = last_event();
    (void)state;
    struct request r = post(case_path("/fact/nights"),
                            "how=exact&value=400&said_by=them%3Cb%3E&from-day=4&from-month=3"
                            "&from-year=2026");
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "href=\"#value\""));
    assert_non_null(strstr(out_string(&r.out), "value=\"400\""));
    assert_non_null(strstr(out_string(&r.out), "them&lt;b&gt;"));
    r = post(case_path("/decide"), "kind=change&from-day=4&from-month=3&from-year=2026&reason=x");
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "Make the first decision before any other."));
    assert_int_equal(last_event(), before);
}

/* ---- Direct Debit ---- */

#define SIGN "sort_code=300000&number=12345670&name=M+Webb"

static const char *shown(const char *part)
{
    struct request r = ask((struct arrival){
        .method = "GET", .path = case_path(part), .query = "", .cookies = cookies });

    assert_int_equal(r.status, 0);
    return out_string(&r.out);
}

static const char *debit_page(void)
{
    return shown("/debit");
}

/* One more file of the bank's, on a day. */
static void collect_on(date on, int64_t amount)
{
    struct setting s = setting();
    struct debit_result made;
    struct fail f = { 0 };

    s.today = today = on;
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(sender_set(store, "123456", "01-02-03 12345678 Upkeep Service", &f));
    if (!debit_collect(&s, (struct debit_run){ .inside = true }, &made, &f)) fail_msg("%s", f.text);
    assert_true(!made.batch || batch_written(&s, made.batch, "sent", &f));
    assert_true(store_commit(store, &f));
    assert_int_equal(made.amount.p, amount);
}

/* The newest collection is booked on a day and comes back. */
static void comes_back(date on)
{
    struct setting s = setting();
    struct debit_last last;
    struct sql_person_get_row payer;
    struct fail f = { 0 };
    bool found, before;

    s.today = today = on;
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(debit_settle(&s, true, &f));
    assert_true(debit_last_read(store, &arena, pp, &last, &f));
    assert_true(
        sql_person_get(store, &(struct sql_person_get_in){ .id = pp }, &arena, &payer, &found, &f));
    struct debit_return back = { .reference  = payer.ref,
                                 .processing = last.line->processing,
                                 .day        = on,
                                 .amount     = last.line->amount,
                                 .reason     = "refer to payer" };
    if (!debit_come_back(&s, &back, &before, &f)) fail_msg("%s", f.text);
    assert_true(store_commit(store, &f));
}

static void an_instruction_is_signed_and_cancelled_by_form(void **state)
{
    int64_t before = last_event();
    (void)state;
    assert_non_null(strstr(debit_page(), "None</strong>"));
    assert_non_null(strstr(debit_page(), "Record the instruction"));
    assert_null(strstr(debit_page(), "Cancel the instruction"));
    struct request r = ask((struct arrival){ .method       = "POST",
                                             .path         = case_path("/debit"),
                                             .cookies      = cookies,
                                             .content_type = URLENCODED,
                                             .body         = "csrf=wrong&" SIGN });
    assert_int_equal(r.status, 403);
    r = post(case_path("/debit"), "sort_code=30-00&number=12345670&name=M%3Cb%3E");
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "href=\"#sort_code\""));
    assert_non_null(strstr(out_string(&r.out), "A sort code is six digits"));
    assert_non_null(strstr(out_string(&r.out), "value=\"30-00\""));
    assert_non_null(strstr(out_string(&r.out), "value=\"12345670\""));
    assert_non_null(strstr(out_string(&r.out), "value=\"M&lt;b&gt;\""));
    r = post(case_path("/debit"), "sort_code=300000&number=123&name=M");
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "href=\"#number\""));
    r = post(case_path("/debit"), "sort_code=300000&number=12345670&name=***");
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "href=\"#name\""));
    assert_int_equal(last_event(), before);
    r = post(case_path("/debit"), SIGN);
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, case_path("/debit?done=signed"));
    assert_int_equal(last_event(), before + 1);
    assert_non_null(strstr(debit_page(), "Signed</strong>"));
    assert_null(strstr(debit_page(), "takes maintenance"));
    assert_non_null(strstr(shown("/order/new"), "is not collected by Direct Debit."));
    assert_non_null(strstr(debit_page(), "ending 5670, M Webb"));
    assert_non_null(strstr(debit_page(), "2 March 2026"));
    assert_null(strstr(debit_page(), "Record the instruction"));
    r = post(case_path("/debit/cancel"), "cancel_why=");
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "href=\"#cancel_why\""));
    r = post(case_path("/debit/cancel"), "cancel_why=pays+by+card");
    assert_string_equal(r.location, case_path("/debit?done=cancelled"));
    assert_non_null(strstr(debit_page(), "Ended</strong>"));
    assert_non_null(strstr(debit_page(), "pays by card"));
    r = post(case_path("/debit/cancel"), "cancel_why=twice");
    assert_int_equal(r.status, 422);
    assert_int_equal(last_event(), before + 2);
}

static void an_unpaid_collection_is_presented_again_by_form(void **state)
{
    (void)state;
    assert_int_equal(post(case_path("/fact/address"),
                          "how=exact&subject=1&value=1+Pretend+Lane&said_by=them&from-day=2"
                          "&from-month=3&from-year=2026")
                         .status,
                     303);
    assert_int_equal(post(case_path("/decide"), arena_print(&arena, ORDER "&act=confirm&seen=%lld",
                                                            (long long)last_event()))
                         .status,
                     303);
    assert_int_equal(post(case_path("/debit"), SIGN).status, 303);
    today = day(2026, 3, 4);
    assert_int_equal(post(case_path("/day"), "").status, 303);
    collect_on(day(2026, 3, 4), 0);
    assert_non_null(strstr(debit_page(), "£311.17 on 18 March 2026 or later"));
    assert_non_null(strstr(debit_page(), "Posted on 4 March 2026"));
    collect_on(day(2026, 3, 16), 31117);
    assert_null(strstr(debit_page(), "came back unpaid"));
    comes_back(day(2026, 3, 20));
    assert_non_null(strstr(debit_page(), "The last collection came back unpaid"));
    assert_non_null(strstr(debit_page(), "£311.17 of 18 March 2026: refer to payer."));
    struct request r = post(case_path("/debit/again"), "again_why=");
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "href=\"#again_why\""));
    r = post(case_path("/debit/again"), "again_why=his+wages+came");
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, case_path("/debit?done=again"));
    assert_non_null(strstr(debit_page(), "It is presented again with the next file."));
    assert_null(strstr(debit_page(), "Present it again"));
    r = post(case_path("/debit/again"), "again_why=twice");
    assert_int_equal(r.status, 422);
    assert_non_null(
        strstr(out_string(&r.out), "It is presented again with the next file already."));
}

/* ---- files ---- */

#define PART(name, more, value)                                                                    \
    "--xyz\r\nContent-Disposition: form-data; name=\"" name "\"" more "\r\n\r\n" value "\r\n"
#define CSV "date,amount,reference,type,payer name,remittance\r\n"

static struct request send(const char *body)
{
    return ask((struct arrival){ .method       = "POST",
                                 .path         = "/bank",
                                 .cookies      = cookies,
                                 .content_type = PARTS,
                                 .body         = body });
}

static void a_bank_file_is_read_once(void **state)
{
    const char *body = arena_print(
        &arena,
        PART("csrf", "", "%s") PART("file", "; filename=\"a.csv\"\r\nContent-Type: text/csv",
                                    CSV "2026-03-01,50.00,r1,credit,X,unknown\r\n"
                                        "2026-03-01,fifty,r2,credit,X,unknown\r\n") "--xyz--\r\n",
        csrf);
    (void)state;
    struct request r = send(body);
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(out_string(&r.out), "Lines that could not be used"));
    assert_non_null(strstr(out_string(&r.out), "1 payment waits for somebody to be found"));
    struct request list =
        ask((struct arrival){ .method = "GET", .path = "/suspense", .cookies = cookies });
    assert_non_null(strstr(out_string(&list.out), "£50.00 booked 1 March 2026"));
    assert_null(strstr(out_string(&list.out), "/suspense?page="));
    list = ask((struct arrival){
        .method = "GET", .path = "/suspense", .query = "page=2", .cookies = cookies });
    assert_null(strstr(out_string(&list.out), "£50.00 booked"));
    assert_non_null(strstr(out_string(&list.out), "/suspense?page=1"));
    struct request open =
        ask((struct arrival){ .method = "GET", .path = "/bank/open", .cookies = cookies });
    assert_non_null(strstr(out_string(&open.out), "no day has been worked to its end"));
    struct sql_find_suspense_row waiting;
    struct fail f = { 0 };
    bool found;
    send(body);
    assert_true(sql_find_suspense(store, NULL, &waiting, &found, &f));
    assert_int_equal(waiting.number, 1);
}

/* It is no parent's, and is taken out of suspense by its own number. */
static void our_payment_that_came_back_waits_for_its_number(void **state)
{
    const char *body =
        arena_print(&arena,
                    PART("csrf", "", "%s")
                        PART("file", "; filename=\"a.csv\"\r\nContent-Type: text/csv",
                             CSV "2026-03-01,50.00,r1,debit returned,X,unknown\r\n") "--xyz--"
                                                                                     "\r\n",
                    csrf);
    (void)state;
    send(body);
    struct request list =
        ask((struct arrival){ .method = "GET", .path = "/suspense", .cookies = cookies });
    const char *page = out_string(&list.out);
    assert_non_null(strstr(page, "The bank says that it is a payment of ours that came back"));
    assert_non_null(strstr(page, "Number of our payment that came back, as P12-1001-7"));
    assert_null(strstr(page, "Nobody is known who fits"));
    struct request none = post("/bank/match", "receipt=1&ref=P1-2-3");
    assert_non_null(strstr(out_string(&none.out), "No payment of ours is meant by that reference"));
    struct request form = post("/bank/match", "receipt=1&ref=P1-2");
    assert_non_null(strstr(out_string(&form.out), "is written like P12-1001-7"));
}

static void broken_parts_are_refused(void **state)
{
    static const char *const wrong[] = {
        "",
        "--xyz",
        "--xyz--",
        "--xyz\r\n\r\n--xyz--",
        "--abc\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--abc--\r\n",
        PART("file", "", "x"),
        PART("file", "; filename=\"a\"", "x") PART("file", "; filename=\"b\"", "y") "--xyz--\r\n",
        PART("other", "", "x") "--xyz--\r\n",
        "--xyz\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xyz--\r\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        unsigned status = send(wrong[i]).status;
        assert_true(status == 400 || status == 403);
    }
}

static void long_bodies_are_for_people_signed_in(void **state)
{
    struct arrival a = {
        .method = "POST", .path = "/bank", .content_type = PARTS, .now = NOW, .read = store
    };
    (void)state;
    assert_int_equal(dispatch_body_most(&arena, &a), FORM_BYTES);
    a.cookies = cookies;
    assert_true(dispatch_body_most(&arena, &a) > 1000000);
    a.path = "/bank/match";
    assert_int_equal(dispatch_body_most(&arena, &a), FORM_BYTES);
    a.path         = "/bank";
    a.content_type = URLENCODED;
    assert_int_equal(dispatch_body_most(&arena, &a), FORM_BYTES);
}

/* ---- words ---- */

static void the_timeline_is_in_words(void **state)
{
    struct group g = { 0 };
    (void)state;
    assert_string_equal(case_about(&g, "First decision from 2026-03-04: 112.00 a week", &arena),
                        "First decision from 4 March 2026: £112.00 a week");
    assert_string_equal(case_about(&g, "Letter 2: see A-104, 3.5% of 12.", &arena),
                        "Letter 2: see A-104, 3.5% of 12.");
    assert_string_equal(case_about(&g, "", &arena), "");
    assert_string_equal(case_owed(&arena, (money){ -300000 }), "We owe them £3,000.00");
    assert_string_equal(case_owed(&arena, (money){ 0 }), "Nothing owed");
    assert_string_equal(case_change(&arena, (money){ -5 }), "£0.05 less");
    assert_int_equal(case_number("12a"), 0);
    assert_int_equal(case_number("99999999999999999999"), 0);
}

/* ---- the calculator's code ---- */

static const char *code_kept(void)
{
    static const struct rule_child child       = { .nights = 120 };
    static const struct rule_receiver receiver = { .child_count = 1 };
    static const struct span id                = { "a", 1 };
    struct assess_input input                  = {
                         .effective_date = day(2026, 3, 2),
                         .facts          = { .income         = { .has_historic = true, .historic_annual = { 2700000 } },
                                             .receivers      = &receiver,
                                             .receiver_count = 1,
                                             .children       = &child,
                                             .child_count    = 1 },
                         .receiver_ids   = &id,
                         .child_ids      = &id,
    };
    const char *code;
    struct fail f = { 0 };

    assert_true(estimate_keep(store, &arena, &input, NOW, &code, &f));
    return code;
}

static void an_estimate_starts_an_application(void **state)
{
    const char *code = code_kept(), *digits;
    struct sql_fact_list_row *facts;
    size_t n;
    struct fail f = { 0 };
    bool income = false, nights = false;
    (void)state;
    struct request r = ask((struct arrival){ .method  = "GET",
                                             .path    = "/application",
                                             .query   = arena_print(&arena, "code=%s", code),
                                             .cookies = cookies });
    assert_non_null(strstr(out_string(&r.out), "an income of £27,000.00 a year"));
    r = post("/application",
             arena_print(&arena,
                         "code=%s&paying_given=Ivo&paying_family=Lark&receiving_given=May"
                         "&receiving_family=Holt&child1_given=Tam&child1_family=Lark"
                         "&applied_on-day=2&applied_on-month=3&applied_on-year=2026"
                         "&effective_from-day=4&effective_from-month=3&effective_from-year=2026"
                         "&service=collect_and_pay&pay_interval=monthly&pay_day=5&said_by=May",
                         code));
    assert_int_equal(r.status, 303);
    digits = strpbrk(r.location, "0123456789");
    assert_non_null(digits);
    int64_t payer = strtoll(digits, NULL, 10);
    assert_true(
        sql_fact_list(store, &(struct sql_fact_list_in){ .pps = { &payer, 1 }, .known = KNOWN_NOW },
                      &arena, &facts, &n, &f));
    for (size_t i = 0; i < n; i++) {
        income |= !strcmp(facts[i].kind, "income_historic") && !strcmp(facts[i].value, "27000.00");
        nights |= !strcmp(facts[i].kind, "nights") && !strcmp(facts[i].value, "120");
    }
    assert_true(income);
    assert_true(nights);
    r = ask((struct arrival){
        .method = "GET", .path = "/application", .query = "code=AAAA-AAAA", .cookies = cookies });
    assert_null(strstr(out_string(&r.out), "The estimate was for"));
}

/* A date nobody can have been born or have applied on, and a name beside the reference of somebody
 * else, are slips of the pen: they are asked about, not recorded. */
static void an_application_of_impossible_days_is_refused(void **state)
{
    static const struct {
        const char *changed, *said;
    } tries[] = {
        { "applied_on-year=2027&effective_from-year=2027&child1_born-year=2016",
          "The day of the application has not come yet" },
        { "applied_on-year=2026&effective_from-year=2062&child1_born-year=2016",
          "at most 3 months ahead" },
        { "applied_on-year=2026&effective_from-year=2026&child1_born-year=2062",
          "This date of birth has not come yet" },
        { "applied_on-year=2026&effective_from-year=2026&child1_born-year=2006",
          "under 20 on the effective date" },
        { "applied_on-year=2026&effective_from-year=2026&child1_born-year=2016"
          "&paying_born-day=1&paying_born-month=1&paying_born-year=2019",
          "the parent is under 12" },
        { "applied_on-year=2026&effective_from-year=2026&child1_born-year=2008"
          "&paying_born-day=1&paying_born-month=1&paying_born-year=2009",
          "A parent was born before the child" },
        { "applied_on-year=2026&effective_from-year=2026&child1_born-year=2016"
          "&receiving_ref=121000000020",
          "With a reference leave name and date of birth empty" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        struct request r =
            post("/application",
                 arena_print(&arena,
                             "paying_given=Ivo&paying_family=Lark&receiving_given=May"
                             "&receiving_family=Holt&child1_given=Tam&child1_family=Lark"
                             "&child1_born-day=4&child1_born-month=3&applied_on-day=2"
                             "&applied_on-month=3&effective_from-day=4&effective_from-month=3"
                             "&service=collect_and_pay&pay_interval=monthly&pay_day=5"
                             "&said_by=May&%s",
                             tries[i].changed));
        if (r.status != 422 || !strstr(out_string(&r.out), tries[i].said))
            print_message("%s: %d\n", tries[i].said, r.status);
        assert_int_equal(r.status, 422);
        assert_non_null(strstr(out_string(&r.out), tries[i].said));
    }
}

/* Who is signed in is sent back to the cases; what an address asks for and the page does not have
 * is said, and so is a day that does not exist. */
/* ---- the door ---- */

static struct request get(const char *path)
{
    return ask((struct arrival){ .method = "GET", .path = path, .cookies = cookies });
}

static void a_case_is_shut_to_someone_close(void **state)
{
    const struct opener lead = { "lea", "team_leader", NOW };
    const char *closed       = arena_print(&arena, "/closed/%lld", (long long)pp);
    struct sql_look_list_row *looks;
    struct fail f = { 0 };
    struct request r;
    size_t n;

    (void)state;
    assert_int_equal(get(case_path("/facts")).status, 0);
    assert_true(sql_look_list(store, &(struct sql_look_list_in){ .pp = pp, .most = 9 }, &arena,
                              &looks, &n, &f));
    assert_int_equal(n, 1);
    assert_string_equal(looks[0].page, "/case/{}/facts");
    assert_true(store_begin(store, STORE_WRITING, &f) &&
                door_bar(store, "sam", pp, "his brother", &lead, &f) && store_commit(store, &f));
    r = get(case_path("/facts"));
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, closed);
    assert_int_equal(post(case_path("/decide"), ORDER "&act=preview").status, 303);
    r = get("/work");
    assert_null(strstr(out_string(&r.out), "Marcus"));
    assert_non_null(strstr(out_string(&r.out), "recorded as close to someone"));
    r = get(closed);
    assert_null(strstr(out_string(&r.out), "Marcus"));
    assert_int_equal(post(closed, "why=now").status, 422);
    assert_int_equal(post(closed, "why=Nobody+else+is+here+to+stop+the+payment").status, 303);
    assert_int_equal(get(case_path("/facts")).status, 0);
    assert_int_equal(get("/glass").status, 403);
}

static void addresses_that_are_wrong_are_answered(void **state)
{
    (void)state;
    struct request r =
        ask((struct arrival){ .method = "GET", .path = "/nowhere", .cookies = cookies });
    assert_int_equal(r.status, 404);
    assert_non_null(strstr(out_string(&r.out), "href=\"/work\">Go to the cases"));
    r = ask((struct arrival){ .method = "GET", .path = "/case/1\001", .cookies = cookies });
    assert_int_equal(r.status, 404);
    struct arrival a = { .method = "GET", .path = case_path("/account"), .cookies = cookies };
    a.query          = "arrangement=xx&what=3";
    r                = ask(a);
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "The arrangement is a number"));
    assert_non_null(strstr(out_string(&r.out), "what&quot;, which this page does not know"));
    a.query = "from-day=31&from-month=2&from-year=2026";
    r       = ask(a);
    assert_int_equal(r.status, 422);
    assert_non_null(strstr(out_string(&r.out), "From is a real date"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_application_of_impossible_days_is_refused, open_world,
                                        close_world),

        cmocka_unit_test_setup_teardown(a_case_is_shut_to_someone_close, open_world, close_world),
        cmocka_unit_test_setup_teardown(addresses_that_are_wrong_are_answered, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_preview_changes_nothing, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_preview_that_is_stale_is_shown_again, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_page_that_meets_another_is_done_anew, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(refusals_keep_what_was_typed, open_world, close_world),
        cmocka_unit_test_setup_teardown(an_instruction_is_signed_and_cancelled_by_form, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(an_unpaid_collection_is_presented_again_by_form, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_bank_file_is_read_once, open_world, close_world),
        cmocka_unit_test_setup_teardown(our_payment_that_came_back_waits_for_its_number, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(broken_parts_are_refused, open_world, close_world),
        cmocka_unit_test_setup_teardown(long_bodies_are_for_people_signed_in, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(an_estimate_starts_an_application, open_world, close_world),
        cmocka_unit_test_setup_teardown(the_timeline_is_in_words, open_world, close_world),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
