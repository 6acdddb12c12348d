/* test_clock.c: clocks begin, are near, late, answered and end with the record; owners; and the
 * work list reads an index, however large the caseload. */
#include "app/account.h"
#include "app/apply.h"
#include "app/aside.h"
#include "app/case_owner.h"
#include "app/check.h"
#include "app/clock.h"
#include "app/database.h"
#include "app/day.h"
#include "app/decide.h"
#include "app/fact.h"
#include "app/letter.h"
#include "app/receive.h"
#include "fresh.h"
#include "web/account.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct arena arena;
static struct store *store;
static int64_t pp;
static date today;

static struct setting setting(void)
{
    return (struct setting){ store, &arena, today, "ann" };
}

#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct fail f_ = { 0 }, *fail = &f_;                                                       \
        if (!(call)) fail_msg("%s: %s", f_.code, f_.text);                                         \
    } while (0)

static void apply(void)
{
    struct setting s               = setting();
    struct applicant child         = { .given = "Ella", .family = "Webb" };
    struct application_result made = { 0 };
    struct application a           = { .paying         = { .given = "Marcus", .family = "Webb" },
                                       .receiving      = { .given = "Dana", .family = "Frost" },
                                       .children       = &child,
                                       .child_count    = 1,
                                       .jurisdiction   = JURISDICTION_GREAT_BRITAIN,
                                       .applied_on     = today,
                                       .effective_from = date_make(2026, 3, 4),
                                       .service        = "collect_and_pay",
                                       .pay_interval   = "monthly",
                                       .pay_day        = 5,
                                       .said_by        = "receiving parent" };
    MUST(application_make(&s, &a, NULL, &made, fail));
    pp = made.pp;
}

static int open_world(void **state)
{
    struct fail f = { 0 };

    (void)state;
    arena_reset(&arena);
    today = date_make(2026, 3, 2);
    store = database_open(ready_database(":memory:"), &f);
    if (!store) fail_msg("%s", f.text);
    for (const char *const *name = (const char *const[]){ "ann", "bob", "cy", NULL }; *name; name++)
        MUST(account_add(store, &(struct account_new){ *name, "caseworker", "long enough now", 0 },
                         0, fail));
    MUST(store_begin(store, STORE_WRITING, fail));
    apply();
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    return 0;
}

static struct group group(void)
{
    struct group g;

    MUST(group_load(store, &arena, pp, KNOWN_NOW, &g, fail));
    return g;
}

static const struct sql_clock_live_row *clock_now(enum clock_kind kind)
{
    struct group g = group();

    for (size_t i = 0; i < g.clock_count; i++)
        if (clock_kind_find(g.clocks[i].kind) == kind) return &g.clocks[i];
    return NULL;
}

static bool waits(enum clock_kind kind)
{
    const struct sql_clock_live_row *r = clock_now(kind);
    return r && clock_is_open(r);
}

static void fact_put(enum fact_kind kind, int64_t subject, const char *value, date from, date to)
{
    struct setting s     = setting();
    struct fact_order in = { .kind        = kind,
                             .subject     = subject,
                             .value       = value,
                             .from        = from,
                             .to          = to,
                             .happened_on = from,
                             .said_by     = "HMRC" };
    struct verb v;
    struct group g;
    bool done;

    MUST(verb_open(&s, pp, "fact", NULL, &v, &done, fail));
    MUST(group_load(store, &arena, pp, v.seq, &g, fail));
    MUST(fact_assert(&v, &g, &in, fail) && verb_close(&v, fail));
}

static void decide(enum decision_kind kind, date from)
{
    struct setting s        = setting();
    struct decision_order o = { .kind = kind, .from = from, .reason = "income" };
    struct verb v;
    struct group g;
    bool done;

    MUST(verb_open(&s, pp, "decide", NULL, &v, &done, fail));
    MUST(group_load(store, &arena, pp, v.seq, &g, fail));
    MUST(decision_make(&v, &g, &o, fail) && verb_close(&v, fail));
}

static void day_comes(date day)
{
    bool changed;

    today            = day;
    struct setting s = setting();
    MUST(day_run(&s, pp, &changed, fail));
}

static void money_comes(int64_t pence, const char *reference)
{
    struct setting s = setting();
    struct receipt_result r;
    struct group g        = group();
    struct feed_line line = { .reference     = reference,
                              .booked        = today,
                              .amount        = { pence },
                              .credit        = true,
                              .original      = "",
                              .reason        = "",
                              .end_to_end    = "",
                              .payer_name    = "M WEBB",
                              .payer_account = "12345678",
                              .remittance    = group_person(&g, pp)->ref };
    MUST(receipt_record(&s, &line, &r, fail));
}

static void check_is_clean(void)
{
    struct check_report r = { 0 };

    MUST(check_group(store, &arena, pp, NULL, NULL, &r, fail));
    assert_int_equal(r.faults, 0);
}

/* Decided, and nothing paid. */
static void world_with_maintenance(void)
{
    fact_put(FACT_INCOME_HISTORIC, 0, "26000.00", date_make(2026, 3, 4), DATE_OPEN);
    decide(DECISION_INITIAL, date_make(2026, 3, 4));
}

/* --- the record --- */

static void an_application_waits_until_it_is_decided(void **state)
{
    (void)state;
    assert_true(waits(CLOCK_APPLICATION));
    assert_true(date_same(clock_now(CLOCK_APPLICATION)->due, date_make(2026, 3, 16)));
    check_is_clean();
    world_with_maintenance();
    assert_null(clock_now(CLOCK_APPLICATION));
    check_is_clean();
}

static void a_fact_waits_for_a_decision(void **state)
{
    (void)state;
    world_with_maintenance();
    assert_false(waits(CLOCK_FACT));
    fact_put(FACT_OTHER_CHILDREN, 0, "1", date_make(2026, 3, 4), DATE_OPEN);
    assert_true(waits(CLOCK_FACT));
    decide(DECISION_REVISION, date_make(2026, 3, 4));
    assert_false(waits(CLOCK_FACT));
    check_is_clean();
}

static void a_missed_payment_has_four_clocks_until_it_is_made(void **state)
{
    struct setting s;
    struct fail f = { 0 };

    (void)state;
    world_with_maintenance();
    day_comes(date_make(2026, 3, 6));
    struct group g = group();
    assert_int_equal(g.missed_count, 1);
    int64_t instalment = g.missed[0].instalment;
    assert_true(waits(CLOCK_MISSED_CONTACT) && waits(CLOCK_MISSED_LETTER) &&
                waits(CLOCK_MISSED_OFFER) && waits(CLOCK_MISSED_POWER));
    assert_true(date_same(clock_now(CLOCK_MISSED_CONTACT)->due, date_make(2026, 3, 7)));
    assert_true(date_same(clock_now(CLOCK_MISSED_POWER)->due, date_make(2026, 4, 5)));
    day_comes(date_make(2026, 3, 8)); /* late now: nothing is written for that */
    assert_true(waits(CLOCK_MISSED_CONTACT));
    s = setting();
    assert_false(clock_answer(&s, pp, "missed_contact", instalment, "", &f));
    assert_string_equal(f.code, "note_missing");
    assert_false(clock_answer(&s, pp, "missed_letter", instalment, "sent", &f));
    assert_string_equal(f.code, "not_by_hand");
    MUST(clock_answer(&s, pp, "missed_contact", instalment, "He was paid late", fail));
    assert_non_null(clock_now(CLOCK_MISSED_CONTACT)); /* not begun again while it is unpaid */
    assert_false(waits(CLOCK_MISSED_CONTACT));
    assert_true(waits(CLOCK_MISSED_LETTER));
    assert_false(clock_answer(&s, pp, "missed_contact", instalment, "again", &f));
    assert_string_equal(f.code, "not_waiting");
    check_is_clean();
    fact_put(FACT_ADDRESS, pp, "1 High Street, Ely, CB7 4AA", date_make(2026, 3, 8), DATE_OPEN);
    s = setting();
    struct letter_result sent;
    MUST(letter_arrears(&s, pp, &sent, fail));
    if (!sent.sent) fail_msg("%s", sent.refused);
    assert_false(waits(CLOCK_MISSED_LETTER)); /* the letter is what it waited for */
    assert_true(waits(CLOCK_MISSED_OFFER));
    check_is_clean();
    money_comes(10000000, "ONE");
    assert_null(clock_now(CLOCK_MISSED_CONTACT));
    assert_null(clock_now(CLOCK_MISSED_POWER));
    check_is_clean();
}

static void a_hold_is_due_on_its_last_day_and_ends_by_itself(void **state)
{
    struct group g = group();

    (void)state;
    fact_put(FACT_HOLD, g.arrangements[0].id, "the bank is asked", today, date_make(2026, 3, 20));
    assert_true(waits(CLOCK_HOLD));
    assert_true(date_same(clock_now(CLOCK_HOLD)->due, date_make(2026, 3, 19)));
    day_comes(date_make(2026, 3, 20));
    assert_null(clock_now(CLOCK_HOLD));
    check_is_clean();
}

static void a_case_set_aside_waits_until_it_is_put_back(void **state)
{
    struct setting s = setting();

    (void)state;
    MUST(aside_put(&s, pp, "a ledger row is missing", fail));
    MUST(aside_put(&s, pp, "once more", fail));
    assert_true(waits(CLOCK_SET_ASIDE));
    check_is_clean();
    MUST(aside_return(&s, pp, fail));
    assert_null(clock_now(CLOCK_SET_ASIDE));
    check_is_clean();
}

static void what_was_tampered_with_is_found(void **state)
{
    struct check_report r                = { 0 };
    const struct sql_clock_live_row *row = clock_now(CLOCK_APPLICATION);
    struct sql_clock_gone_in gone        = { .pp      = pp,
                                             .event   = row->event,
                                             .kind    = row->kind,
                                             .subject = row->subject,
                                             .gone    = row->event };

    (void)state;
    MUST(sql_clock_gone(store, &gone, fail));
    MUST(check_group(store, &arena, pp, NULL, NULL, &r, fail));
    assert_true(r.faults > 0);
}

/* --- owners --- */

static void a_case_changes_hands_with_a_note(void **state)
{
    struct setting s = setting();
    struct fail f    = { 0 };
    struct group g;

    (void)state;
    assert_string_equal(clock_now(CLOCK_APPLICATION)->owner, "");
    assert_false(case_owner_set(&s, pp, "nobody-here", NULL, NULL, &f));
    assert_string_equal(f.code, "not_a_caseworker");
    MUST(case_owner_set(&s, pp, "ann", "bob", NULL, fail));
    assert_string_equal(clock_now(CLOCK_APPLICATION)->owner, "ann");
    assert_false(case_owner_set(&s, pp, "bob", "cy", "", &f));
    assert_string_equal(f.code, "note_missing");
    assert_false(case_owner_set(&s, pp, "bob", "bob", "She asked for calls before noon", &f));
    assert_string_equal(f.code, "own_deputy");
    MUST(case_owner_set(&s, pp, "bob", "cy", "She asked for calls before noon", fail));
    g = group();
    assert_string_equal(g.owner->owner, "bob");
    assert_string_equal(g.owner->deputy, "cy");
    assert_string_equal(clock_now(CLOCK_APPLICATION)->owner, "bob");
    world_with_maintenance();
    fact_put(FACT_OTHER_CHILDREN, 0, "1", date_make(2026, 3, 4), DATE_OPEN);
    assert_string_equal(clock_now(CLOCK_FACT)->owner, "bob");
    check_is_clean();
}

static void everything_somebody_has_goes_over(void **state)
{
    struct case_owner_moving away = { "ann", "bob", "Ann is away from Monday", 0 };
    struct case_owner_moving back = { "bob", "ann", "Ann is back again", 1 };
    struct case_owner_moving take = { "", "ann", "Nobody had it", 1 };
    struct setting s              = setting();
    int64_t families              = 0;

    (void)state;
    MUST(case_owner_set(&s, pp, "ann", NULL, NULL, fail));
    apply();
    MUST(case_owner_set(&s, pp, "ann", NULL, NULL, fail));
    MUST(store_commit(store, fail));
    struct arena own = { 0 };
    s.arena          = &own;
    MUST(case_owner_move(&s, &away, &families, fail));
    assert_int_equal(families, 2);
    MUST(case_owner_move(&s, &away, &families, fail));
    assert_int_equal(families, 0);
    assert_string_equal(group().owner->owner, "bob");
    MUST(case_owner_move(&s, &back, &families, fail));
    assert_int_equal(families, 1);
    MUST(case_owner_move(&s, &take, &families, fail));
    assert_int_equal(families, 0);
    arena_free(&own);
}

/* --- the list of a large caseload --- */

enum { CASELOAD = 20000, LARGE = 1 << 20 };

static void caseload_fill(struct store *s)
{
    struct sql_clock_live_row *rows = ARENA_MANY(&arena, struct sql_clock_live_row, CASELOAD);

    for (int i = 0; i < CASELOAD; i++)
        rows[i] = (struct sql_clock_live_row){ .pp         = i + 1,
                                               .event      = 1,
                                               .kind       = clock_kind_table[i % CLOCK_KINDS].name,
                                               .subject    = i,
                                               .place      = { 20000 + i % 700 },
                                               .owner      = i % 3 ? "ann" : "",
                                               .done_event = i % 5 == 0 ? 2 : 0 };
    MUST(store_begin(s, STORE_WRITING, fail));
    MUST(sql_clock_insert_bulk(s, rows, CASELOAD, fail));
    MUST(store_commit(s, fail));
}

/* The text of a statement in sql/clock.sql. */
static const char *statement(const char *all, const char *name)
{
    const char *at = strstr(all, arena_print(&arena, "-- %s: ", name));
    if (!at) fail_msg("no statement %s", name);
    at              = strstr(at, "\nSELECT") + 1;
    const char *end = strchr(at, ';');
    return arena_text(&arena, at, (size_t)(end - at));
}

static void list_uses_an_index(sqlite3 *db, const char *all, const char *name)
{
    sqlite3_stmt *st;
    const char *sql = arena_print(&arena, "EXPLAIN QUERY PLAN %s", statement(all, name));
    int steps       = 0;

    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
    while (sqlite3_step(st) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(st, 3);
        steps++;
        if (strstr(step, "TEMP B-TREE") || !strstr(step, "USING INDEX"))
            fail_msg("%s: %s", name, step);
        if (!strcmp(name, "clock_work_all") ? !strstr(step, "SCAN clock USING INDEX clock_place")
                                            : !strstr(step, "SEARCH"))
            fail_msg("%s: %s", name, step);
    }
    assert_int_equal(steps, 1);
    sqlite3_finalize(st);
}

static void the_work_list_reads_an_index(void **state)
{
    char path[]   = "/tmp/upkeep-clock-XXXXXX";
    int fd        = mkstemp(path);
    char *all     = arena_take(&arena, LARGE);
    FILE *sql     = fopen("sql/clock.sql", "r");
    struct fail f = { 0 };
    sqlite3 *db;

    (void)state;
    if (on_server()) skip();
    assert_non_null(sql);
    all[fread(all, 1, LARGE - 1, sql)] = '\0';
    fclose(sql);
    close(fd);
    unlink(path);
    struct store *large = database_open(path, &f);
    if (!large) fail_msg("%s", f.text);
    caseload_fill(large);
    store_close(large);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    list_uses_an_index(db, all, "clock_work_all");
    list_uses_an_index(db, all, "clock_work_kind");
    list_uses_an_index(db, all, "clock_work_owner");
    list_uses_an_index(db, all, "clock_work_owner_kind");
    list_uses_an_index(db, all, "clock_live");
    sqlite3_close(db);
    unlink(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        TEST(an_application_waits_until_it_is_decided),
        TEST(a_fact_waits_for_a_decision),
        TEST(a_missed_payment_has_four_clocks_until_it_is_made),
        TEST(a_hold_is_due_on_its_last_day_and_ends_by_itself),
        TEST(a_case_set_aside_waits_until_it_is_put_back),
        TEST(what_was_tampered_with_is_found),
        TEST(a_case_changes_hands_with_a_note),
        TEST(everything_somebody_has_goes_over),
        cmocka_unit_test(the_work_list_reads_an_index),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    arena_free(&arena);
    return failed;
}
