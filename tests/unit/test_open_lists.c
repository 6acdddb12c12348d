/* test_open_lists.c: what is open is read at the cost of what is open: money in suspense with whom
 * it may be from, employers who are waited for. */
#include "app/database.h"
#include "app/day.h"
#include "app/employer.h"
#include "app/scenario_run.h"
#include "app/suspense.h"
#include "fresh.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A family that owes 84.00 a week and the fee. */
#define FAMILY(given, family)                                                                      \
    "apply\n"                                                                                      \
    "  paying parent " given " " family "\n"                                                       \
    "  receiving parent R" given " Frost\n"                                                        \
    "  child C" given " Frost born 2016-04-02\n"                                                   \
    "  effective 2025-03-03\n"                                                                     \
    "  pays weekly on day 1\n"                                                                     \
    "fact income_historic £36,500 from 2025-03-03 evidence \"HMRC figure\"\n"                     \
    "decide initial because \"income from HMRC\"\n"
#define BEGIN "scenario: What is open\ntoday 2025-02-24\n"

static struct store *store;
static struct arena arena;

static void told(void *context, enum play_says what, const char *text)
{
    (void)context;
    if (what == PLAY_WRONG) fail_msg("%s", text);
}

static void play(const char *text, const char *path)
{
    struct scenario scenario;
    struct fail f           = { 0 };
    struct play_order order = { .scenario = &scenario, .name = "open", .tell = told };

    store = order.store = database_open(fresh_database(path), &f);
    if (!store) fail_msg("%s", f.text);
    assert_true(scenario_parse("open", text, strlen(text), &arena, &scenario, &f));
    struct play *p = play_open(&order, &f);
    assert_non_null(p);
    while (!play_is_over(p))
        if (!play_step(p, &f)) fail_msg("%s", f.text);
    play_close(p);
}

static void end(void)
{
    store_close(store);
    arena_free(&arena);
}

static struct setting on(int32_t year, unsigned month, unsigned day)
{
    return (struct setting){ store, &arena, date_make(year, month, day), "day" };
}

/* An order held all of April, and its employer said nothing: the run of 20 May finds it, and what
 * is kept is what reading every order would say. */
static void months_without_a_schedule_are_kept(void **state)
{
    struct employer_list kept, read;
    struct setting s;
    struct fail f = { 0 };

    (void)state;
    play(BEGIN FAMILY("Marcus", "Webb") "order set employer 500000000033 from 2025-03-24 because "
                                        "\"his job\" children \"Ella\" "
                                        "evidence \"lives with Dana\" welfare \"regular money\"\n"
                                        "days until 2025-05-19\n",
         ":memory:");
    s = on(2025, 5, 19);
    assert_true(day_run_all(&s, NULL, NULL, &f));
    assert_true(employer_kept(&s, &kept, &f));
    assert_int_equal(kept.n, 0);
    s = on(2025, 5, 20);
    assert_true(day_run_all(&s, NULL, NULL, &f));
    assert_true(employer_kept(&s, &kept, &f));
    assert_true(employer_read(&s, 3, &read, &f));
    assert_int_equal(kept.n, 1);
    assert_int_equal(read.n, 1);
    assert_string_equal(kept.at->sender, "500000000033");
    assert_string_equal(kept.at->batch, "2025-04");
    assert_int_equal(kept.at->state, EMPLOYER_SILENT);
    assert_int_equal(kept.at->late, 1);
    assert_int_equal(kept.at->people, read.at->people);
    assert_int_equal(kept.at->amount.p, read.at->amount.p);
    s = on(2025, 6, 20);
    assert_true(day_run_all(&s, NULL, NULL, &f));
    assert_true(employer_kept(&s, &kept, &f));
    assert_int_equal(kept.n, 2);
    end();
}

#define MANY                                                                                       \
    FAMILY("Adam", "Smith")                                                                        \
    FAMILY("Ben", "Smith")                                                                         \
    FAMILY("Carl", "Smith")                                                                        \
    FAMILY("Dan", "Smith")                                                                         \
    FAMILY("Samuel", "Smith") FAMILY("Zoe", "Smith") FAMILY("Peter", "Rarely")

static struct suspense_item *item_of(struct suspense *s, const char *payer)
{
    for (size_t i = 0; i < s->n; i++)
        if (!strcmp(s->at[i].receipt->payer_name, payer)) return &s->at[i];
    fail_msg("nothing from %s is in suspense", payer);
    return NULL;
}

/* Of a name that many bear, whoever's whole name it is; of a rare one, who owes just that. */
static void names_are_looked_for_within_a_bound(void **state)
{
    struct suspense s;
    struct fail f = { 0 };

    (void)state;
    play(BEGIN MANY "days until 2025-03-03\nday\n"
                    "receive £10.00 from \"MR ZOE SMITH\"\n"
                    "receive £11.00 from \"SAM SMITH\"\n"
                    "receive £100.80 from \"FAMILY SMITH\"\n"
                    "receive £100.80 from \"FAMILY RARELY\"\n"
                    "receive £12.00 from \"FAMILY RARELY ALSO\"\n",
         ":memory:");
    assert_true(suspense_list(store, &arena, date_make(2025, 3, 3), 0, 9, &s, &f));
    assert_int_equal(s.n, 5);
    struct suspense_item *i = item_of(&s, "MR ZOE SMITH");
    assert_int_equal(i->hint_count, 1);
    assert_string_equal(i->hints[0].name, "Zoe Smith");
    assert_string_equal(i->hints[0].why, "their whole name is in it");
    assert_int_equal(item_of(&s, "SAM SMITH")->hint_count, 0);
    assert_int_equal(item_of(&s, "FAMILY SMITH")->hint_count, 0);
    i = item_of(&s, "FAMILY RARELY");
    assert_int_equal(i->hint_count, 1);
    assert_string_equal(i->hints[0].name, "Peter Rarely");
    assert_int_equal(item_of(&s, "FAMILY RARELY ALSO")->hint_count, 0);
    end();
}

/* The text of a statement in a file of sql/. */
static const char *statement(const char *path, const char *name)
{
    enum { LARGE = 1 << 16 };
    char *all = arena_take(&arena, LARGE);
    FILE *sql = fopen(path, "r");

    assert_non_null(sql);
    all[fread(all, 1, LARGE - 1, sql)] = '\0';
    fclose(sql);
    const char *at = strstr(all, arena_print(&arena, "-- %s: ", name));
    if (!at) fail_msg("no statement %s", name);
    at = strstr(at, "\nSELECT") + 1;
    return arena_text(&arena, at, strcspn(at, ";"));
}

/* No step of its plan goes through a table that grows with the caseload or with the years. */
static void plan_is_bounded(sqlite3 *db, const char *path, const char *name)
{
    const char *sql = arena_print(&arena, "EXPLAIN QUERY PLAN %s", statement(path, name));
    sqlite3_stmt *st;

    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
    while (sqlite3_step(st) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(st, 3);
        if (strstr(step, "SCAN") && !strstr(step, "clock_announced") &&
            !strstr(step, "silent_month") && !strstr(step, "SCAN m"))
            fail_msg("%s: %s", name, step);
    }
    sqlite3_finalize(st);
}

static void no_plan_goes_through_the_caseload(void **state)
{
    char path[] = "/tmp/upkeep-open-XXXXXX";
    int fd      = mkstemp(path);
    sqlite3 *db;

    (void)state;
    if (on_server()) skip();
    close(fd);
    unlink(path);
    play(BEGIN, path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    plan_is_bounded(db, "sql/money.sql", "receipt_suspense");
    plan_is_bounded(db, "sql/find.sql", "find_suspense");
    plan_is_bounded(db, "sql/book.sql", "payer_by_name");
    plan_is_bounded(db, "sql/book.sql", "payer_by_reference");
    plan_is_bounded(db, "sql/announced.sql", "announced_waiting");
    plan_is_bounded(db, "sql/announced.sql", "announced_late");
    plan_is_bounded(db, "sql/announced.sql", "announced_of_sender");
    plan_is_bounded(db, "sql/announced.sql", "silent_list");
    sqlite3_close(db);
    end();
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_without_a_schedule_are_kept),
        cmocka_unit_test(names_are_looked_for_within_a_bound),
        cmocka_unit_test(no_plan_goes_through_the_caseload),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
