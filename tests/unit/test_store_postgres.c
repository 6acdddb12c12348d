/* test_store_postgres.c: what only a server can do to us: two at once on the same rows, connections
 * that are lost.  Skipped unless UPKEEP_TEST_SERVER names one. */
#include "base/digest.h"
#include "fresh.h"
#include "sql.h"
#include "store/backend.h"
#include "test_sql.c"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct fail f;
static const char *name;
static struct store *s, *second;

static int begin_test(void **state)
{
    (void)state;
    name   = fresh_database(NULL);
    s      = store_open_set(&test_sql_set, name, STORE_CREATE, &f);
    second = s ? store_open_set(&test_sql_set, name, STORE_WRITE, &f) : NULL;
    assert_non_null(second);
    return 0;
}

static int end_test(void **state)
{
    (void)state;
    store_close(s);
    store_close(second);
    arena_free(&arena);
    return 0;
}

static bool parent_add(struct store *where, int64_t pp, const char *called)
{
    return test_sql_parent_add(where, &(struct test_sql_parent_add_in){ .pp = pp, .name = called },
                               &f);
}

static bool is_there(struct store *where, int64_t pp)
{
    struct test_sql_parent_get_row row;
    bool found;

    assert_true(test_sql_parent_get(where, &(struct test_sql_parent_get_in){ .pp = pp }, &arena,
                                    &row, &found, &f));
    return found;
}

/* How many parts the tables of a new database have when the setting says so; 0: refused. */
static int64_t parts_made(const char *setting)
{
    const char *bare = fresh_database(NULL);
    PGresult *r;
    char address[400];

    snprintf(address, sizeof address, "%s?options=-cupkeep.partitions%%3D%s", bare, setting);
    struct store *made = store_open_set(&test_sql_set, address, STORE_CREATE, &f);
    if (!made) return 0;
    store_close(made);
    PGconn *c = PQconnectdb(bare);
    r         = PQexec(c, "SELECT count(*) FROM pg_inherits WHERE inhparent = 'thing'::regclass");
    int64_t n = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
    PQclear(r);
    PQfinish(c);
    return n;
}

static void tables_have_as_many_parts_as_is_set(void **state)
{
    (void)state;
    assert_int_equal(parts_made("3"), 3);
    assert_int_equal(parts_made("0"), 16);
    assert_int_equal(parts_made("101"), 0);
    assert_string_equal(f.code, "partitions_wrong");
    assert_int_equal(parts_made("-1"), 0);
}

static void every_statement_is_understood(void **state)
{
    struct store *real = store_open(fresh_database(NULL), STORE_CREATE, &f);
    unsigned types[STORE_COLUMNS];
    char called[64];
    int wrong = 0;

    (void)state;
    assert_non_null(real);
    struct {
        PGconn *conn;
    } *link = real->link;
    for (int i = 0; i < sql_set.statement_count; i++) {
        const struct store_statement *st = sql_set.statements[i];
        for (int k = 0; k < st->ins; k++)
            types[k] = st->in[k].type == STORE_TEXT    ? 25
                       : st->in[k].type == STORE_BLOB  ? 17
                       : st->in[k].type == STORE_TEXTS ? 1009
                       : st->in[k].type >= STORE_INTS  ? 1016
                                                       : 20;
        snprintf(called, sizeof called, "t%d", i);
        PGresult *r = PQprepare(link->conn, called, st->postgres, st->ins, types);
        if (PQresultStatus(r) != PGRES_COMMAND_OK) {
            print_message("%s: %s", st->name, PQresultErrorMessage(r));
            wrong++;
        }
        PQclear(r);
        if (!st->postgres_many) continue;
        snprintf(called, sizeof called, "m%d", i);
        r = PQprepare(link->conn, called, st->postgres_many, 0, NULL);
        if (PQresultStatus(r) != PGRES_COMMAND_OK) {
            print_message("%s: %s", st->name, PQresultErrorMessage(r));
            wrong++;
        }
        PQclear(r);
    }
    assert_int_equal(wrong, 0);
    store_close(real);
}

struct note {
    const char *text;
    int calls;
    struct store *other; /* who writes in between the first time */
};

static bool note_write(struct store *where, const char *text)
{
    struct test_sql_thing_note_in in = { .pp = 1, .id = 1, .note = text };

    return test_sql_thing_note(where, &in, &f);
}

static bool note_job(void *context, struct store *where, struct fail *why)
{
    struct note *note = context;

    note->calls++;
    if (!is_there(where, 1)) return FAIL(why, FAIL_INPUT, "lost", "The parent is lost.");
    if (note->calls == 1 && note->other) {
        assert_true(store_begin(note->other, STORE_WRITING, &f));
        assert_true(note_write(note->other, "quicker"));
        assert_true(store_commit(note->other, &f));
    }
    struct test_sql_thing_note_in in = { .pp = 1, .id = 1, .note = note->text };
    return test_sql_thing_note(where, &in, why);
}

static void thing_made(void)
{
    struct test_sql_thing_lay_in thing = { .pp = 1, .id = 1 };

    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_true(parent_add(s, 1, "Ada") && test_sql_thing_lay(s, &thing, &f));
    assert_true(store_commit(s, &f));
}

static void two_who_change_one_row_are_told_apart(void **state)
{
    struct note note = { .text = "later", .other = second };

    (void)state;
    thing_made();
    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_true(store_begin(second, STORE_WRITING, &f));
    assert_true(note_write(s, "first"));
    assert_true(store_commit(s, &f));
    assert_false(note_write(second, "second"));
    assert_string_equal(f.code, "again");
    store_rollback(second);
    assert_true(store_work(s, STORE_WRITING, note_job, &note, &f));
    assert_int_equal(note.calls, 2);
    struct test_sql_thing_list_row *rows;
    size_t n;
    assert_true(test_sql_thing_list(second, &(struct test_sql_thing_list_in){ .pp = 1 }, &arena,
                                    &rows, &n, &f));
    assert_string_equal(rows[0].note, "later");
}

static bool add_job(void *context, struct store *where, struct fail *why)
{
    int *calls = context;

    ++*calls;
    return test_sql_parent_add(where, &(struct test_sql_parent_add_in){ .pp = 1, .name = "Ada" },
                               why);
}

static void what_exists_is_told_after_a_second_look(void **state)
{
    int calls = 0;

    (void)state;
    assert_true(store_work(s, STORE_WRITING, add_job, &calls, &f));
    assert_int_equal(calls, 1);
    assert_false(store_work(s, STORE_WRITING, add_job, &calls, &f));
    assert_string_equal(f.code, "exists");
    assert_int_equal(calls, 3);
}

/* Ends every other connection to the database, as a restart of the server would. */
static void connections_cut(void)
{
    assert_int_equal(server_exec(name, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                       "WHERE datname = current_database() "
                                       "AND pid <> pg_backend_pid()"),
                     0);
}

static void a_lost_connection_loses_nothing_and_comes_back(void **state)
{
    (void)state;
    thing_made();
    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_true(parent_add(s, 2, "Ben"));
    connections_cut();
    assert_false(parent_add(s, 3, "Cyd"));
    assert_string_equal(f.code, "gone");
    assert_false(store_commit(s, &f));
    assert_string_equal(f.code, "failed_before");
    assert_true(store_begin(s, STORE_WRITING, &f)); /* connects again */
    assert_false(is_there(s, 2));
    assert_true(parent_add(s, 2, "Ben"));
    connections_cut();
    assert_false(store_commit(s, &f)); /* the database knows that it did not happen */
    assert_string_equal(f.code, "gone");
    assert_false(is_there(s, 2)); /* outside a transaction too */
    connections_cut();
    assert_true(is_there(s, 1));
    connections_cut();
    assert_true(is_there(second, 1));
    connections_cut();
    assert_true(store_begin(second, STORE_READING, &f));
    assert_true(store_commit(second, &f));
    connections_cut();
    struct note note = { .text = "after" };
    assert_true(store_work(s, STORE_WRITING, note_job, &note, &f));
    assert_true(store_begin(s, STORE_WRITING, &f));
    store_rollback(s);
}

/* Three statements at once, two of them the same, one that finds nothing. */
struct asking {
    struct store_rows first, none, named;
    int calls;
    bool cut; /* the connections, before the first asks */
};

static bool asking_job(void *context, struct store *where, struct fail *why)
{
    struct asking *a               = context;
    static const char *const ada[] = { "Ada" };

    if (a->calls++ == 0 && a->cut) connections_cut();
    return test_sql_thing_list_ask(where, &(struct test_sql_thing_list_in){ .pp = 1 }, &arena,
                                   &a->first, why) &&
           test_sql_thing_list_ask(where, &(struct test_sql_thing_list_in){ .pp = 2 }, &arena,
                                   &a->none, why) &&
           test_sql_parent_named_ask(where,
                                     &(struct test_sql_parent_named_in){ .names = { ada, 1 } },
                                     &arena, &a->named, why);
}

static void answers_come_to_those_who_asked(struct asking *a)
{
    assert_int_equal(a->first.count, 1);
    assert_int_equal(((struct test_sql_thing_list_row *)a->first.at)->id, 1);
    assert_int_equal(a->none.count, 0);
    assert_int_equal(a->named.count, 1);
}

static void what_is_asked_together_is_answered_apart(void **state)
{
    struct asking once = { .cut = false }, again = { .cut = false }, cut = { .cut = true };

    (void)state;
    thing_made();
    assert_true(store_together(s, asking_job, &once, &f)); /* prepared on the way */
    answers_come_to_those_who_asked(&once);
    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_true(store_together(s, asking_job, &again, &f));
    answers_come_to_those_who_asked(&again);
    assert_true(parent_add(s, 2, "Ben")); /* the connection is as before */
    assert_true(store_commit(s, &f));
    assert_true(store_together(s, asking_job, &cut, &f)); /* connects and asks again */
    assert_int_equal(cut.calls, 2);
    answers_come_to_those_who_asked(&cut);
    cut = (struct asking){ .cut = true };
    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_false(store_together(s, asking_job, &cut, &f)); /* not inside a transaction */
    assert_string_equal(f.code, "gone");
    assert_int_equal(cut.calls, 1);
    assert_false(store_commit(s, &f));
}

static void a_failure_among_the_asked_is_told_and_passes(void **state)
{
    struct asking a = { .cut = false };

    (void)state;
    thing_made();
    assert_int_equal(server_exec(name, "ALTER TABLE thing RENAME TO hidden"), 0);
    assert_false(store_together(s, asking_job, &a, &f));
    assert_string_equal(f.code, "not_upkeep");
    assert_int_equal(server_exec(name, "ALTER TABLE hidden RENAME TO thing"), 0);
    assert_true(store_together(s, asking_job, &a, &f));
    answers_come_to_those_who_asked(&a);
}

static void names_hide_the_password(void **state)
{
    (void)state;
    assert_null(
        store_open("postgresql://ada:secret@%2Fnowhere/db?password=secret", STORE_READ, &f));
    assert_string_equal(f.code, "cannot_open");
    assert_null(strstr(f.text, "secret"));
    assert_non_null(strstr(f.text, "postgresql://ada@"));
}

static bool row_count(void *context, const struct test_sql_thing_scan_row *row, struct fail *why)
{
    (void)row, (void)why;
    ++*(int64_t *)context;
    return true;
}

static void many_rows_stream_and_add_up(void **state)
{
    enum { MANY = 30000 };
    struct test_sql_thing_lay_in *rows = calloc(MANY, sizeof *rows);
    struct test_sql_thing_count_row counted;
    struct test_sql_thing_note_in *notes = calloc(MANY, sizeof *notes);
    int64_t seen                         = 0;
    bool found;

    (void)state;
    assert_true(rows && notes);
    for (int64_t i = 0; i < MANY; i++) {
        rows[i]  = (struct test_sql_thing_lay_in){ .pp = 1, .id = i, .amount = { 20000 * i } };
        notes[i] = (struct test_sql_thing_note_in){ .pp = 1, .id = i, .note = "\xc3\xa9" };
    }
    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_true(parent_add(s, 1, "Ada"));
    assert_true(test_sql_thing_lay_bulk(s, rows, MANY, &f));
    assert_int_equal(store_changed(s), MANY);
    assert_true(test_sql_thing_note_bulk(s, notes, MANY, &f));
    assert_int_equal(store_changed(s), MANY);
    assert_true(test_sql_thing_scan(s, row_count, &seen, &f));
    assert_int_equal(seen, MANY);
    assert_true(store_commit(s, &f));
    seen = 0;
    assert_true(test_sql_thing_scan(s, row_count, &seen, &f)); /* outside a transaction */
    assert_int_equal(seen, MANY);
    assert_true(test_sql_thing_count(s, &arena, &counted, &found, &f));
    assert_int_equal(counted.total.p, 20000ll * MANY * (MANY - 1) / 2); /* a sum is numeric there */
    free(rows);
    free(notes);
}

int main(void)
{
#define WITH(test) cmocka_unit_test_setup_teardown(test, begin_test, end_test)
    const struct CMUnitTest tests[] = {
        WITH(tables_have_as_many_parts_as_is_set),
        WITH(every_statement_is_understood),
        WITH(two_who_change_one_row_are_told_apart),
        WITH(what_exists_is_told_after_a_second_look),
        WITH(a_lost_connection_loses_nothing_and_comes_back),
        WITH(what_is_asked_together_is_answered_apart),
        WITH(a_failure_among_the_asked_is_told_and_passes),
        WITH(many_rows_stream_and_add_up),
        cmocka_unit_test(names_hide_the_password),
    };
    const struct CMUnitTest alone[] = { cmocka_unit_test(names_hide_the_password) };

    return on_server() ? cmocka_run_group_tests(tests, NULL, NULL)
                       : cmocka_run_group_tests(alone, NULL, NULL);
}
