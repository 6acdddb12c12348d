/* test_move.c: a database copied and proved, on both databases; a copy that is not whole is no
 * database. */
#include "fresh.h"
#include "sql.h"
#include "store/backend.h"
#include "store/move.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { FACTS = 9000 };

static char folder[64], from[320], to[320];
static struct fail f;
static int copied, proved;
static int64_t facts;

static void progress(void *context, const struct move_table *t, bool is_proved)
{
    (void)context;
    proved += is_proved;
    copied += !is_proved;
    if (!strcmp(t->name, "fact")) facts = t->rows;
}

static void source_made(void)
{
    struct store *s                  = store_open(from, STORE_CREATE, &f);
    struct sql_fact_list_row *rows   = calloc(FACTS, sizeof *rows);
    struct sql_event_insert_in event = { .pp    = 1,
                                         .seq   = 1,
                                         .actor = "a",
                                         .verb  = "v",
                                         .about = "",
                                         .rows  = { "", 0 },
                                         .hash  = { "\0\xff", 2 } };

    assert_true(s && rows);
    for (int64_t i = 0; i < FACTS; i++)
        rows[i] = (struct sql_fact_list_row){ .pp       = 1,
                                              .id       = i,
                                              .event    = 1,
                                              .kind     = i % 2 ? "k" : "",
                                              .value    = "\xc3\xa9'\n\\",
                                              .valid_to = { 1 },
                                              .said_by  = "s",
                                              .evidence = "e" };
    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_true(sql_event_insert(s, &event, &f));
    assert_true(sql_fact_insert_bulk(s, rows, FACTS, &f));
    assert_true(store_commit(s, &f));
    store_close(s);
    free(rows);
}

static int begin_test(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/upkeep-move-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(from, sizeof from, "%s/from.db", folder);
    snprintf(to, sizeof to, "%s/to.db", folder);
    if (on_server()) snprintf(to, sizeof to, "%s", fresh_database(NULL));
    copied = proved = 0;
    source_made();
    return 0;
}

static int end_test(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void a_copy_is_proved_and_never_over_another(void **state)
{
    (void)state;
    assert_true(store_move(from, to, progress, NULL, &f));
    assert_int_equal(proved, sql_set.table_count);
    assert_int_equal(copied, sql_set.table_count - 1); /* all but meta, which ends it */
    assert_int_equal(facts, FACTS);
    struct store *s = store_open(to, STORE_WRITE, &f);
    assert_non_null(s);
    store_close(s);
    assert_false(store_move(from, to, progress, NULL, &f));
    assert_string_equal(f.code, "exists");
    assert_false(store_move("/nowhere/x.db", to, progress, NULL, &f));
    assert_string_equal(f.code, "missing");
}

static void an_unfinished_copy_is_no_database_and_is_begun_again(void **state)
{
    (void)state;
    struct store *left = store_open(to, STORE_FILL, &f); /* as a move that was killed leaves it */
    assert_non_null(left);
    assert_false(store_move(from, to, progress, NULL, &f)); /* one at a time */
    assert_string_equal(f.code, "locked");
    store_close(left);
    assert_null(store_open(to, STORE_WRITE, &f));
    assert_string_equal(f.code, "unfinished");
    assert_true(store_move(from, to, progress, NULL, &f));
    assert_non_null(left = store_open(to, STORE_READ, &f));
    store_close(left);
}

static void spreading_needs_what_is_not_here(void **state)
{
    (void)state;
    assert_null(store_open(on_server() ? fresh_database(NULL) : "/tmp/x.db", STORE_SPREAD, &f));
    assert_string_equal(f.code, on_server() ? "citus_missing" : "cannot_open");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_copy_is_proved_and_never_over_another, begin_test,
                                        end_test),
        cmocka_unit_test_setup_teardown(an_unfinished_copy_is_no_database_and_is_begun_again,
                                        begin_test, end_test),
        cmocka_unit_test(spreading_needs_what_is_not_here),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
