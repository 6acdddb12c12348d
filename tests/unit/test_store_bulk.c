/* test_store_bulk.c: lists in statements, many rows with one call, and the digest of rows that are
 * still in memory. */
#include "base/bug.h"
#include "base/digest.h"
#include "fresh.h"
#include "sql.h"
#include "test_sql.c"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PARENTS = 40, THINGS = 5 };

static struct arena arena;
static struct fail f;
static struct store *s;

static int begin_test(void **state)
{
    (void)state;
    s = store_open_set(&test_sql_set, fresh_database(":memory:"), STORE_CREATE, &f);
    assert_non_null(s);
    return 0;
}

static int end_test(void **state)
{
    (void)state;
    store_close(s);
    arena_free(&arena);
    return 0;
}

static void things_made(void)
{
    struct test_sql_thing_lay_in rows[PARENTS * THINGS] = { { .pp = 0 } };
    char name[16];

    assert_true(store_begin(s, STORE_WRITING, &f));
    for (int64_t pp = 0; pp < PARENTS; pp++) {
        struct test_sql_parent_add_in parent = { .pp = pp, .name = name };
        snprintf(name, sizeof name, "P%d", (int)pp);
        assert_true(test_sql_parent_add(s, &parent, &f));
        for (int64_t i = 0; i < THINGS; i++) {
            struct test_sql_thing_lay_in *row = &rows[pp * THINGS + i];
            *row = (struct test_sql_thing_lay_in){ .pp = pp, .id = i, .note = i ? "x" : NULL };
            row->has_until = i == 2;
            if (i == 3) row->body = (struct blob){ "\0\n\\\t", 4 };
        }
    }
    assert_true(test_sql_thing_lay_bulk(s, rows, PARENTS * THINGS, &f));
    assert_int_equal(store_changed(s), PARENTS * THINGS);
    assert_true(test_sql_thing_lay_bulk(s, rows, 0, &f));
    assert_int_equal(store_changed(s), 0);
    assert_true(store_commit(s, &f));
}

static void a_list_finds_its_rows_in_order(void **state)
{
    static const int64_t some[] = { -7, 3, 11, 39, 40, INT64_MAX };
    struct test_sql_thing_of_row *rows;
    size_t n;

    (void)state;
    things_made();
    struct test_sql_thing_of_in in = { .pps = { some, 6 } };
    assert_true(test_sql_thing_of(s, &in, &arena, &rows, &n, &f));
    assert_int_equal(n, 3 * THINGS);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(rows[i].pp, some[1 + i / THINGS]);
        assert_int_equal(rows[i].id, i % THINGS);
    }
    in.pps.n = 0;
    assert_true(test_sql_thing_of(s, &in, &arena, &rows, &n, &f));
    assert_int_equal(n, 0);
}

static void two_lists_are_zipped(void **state)
{
    static const int64_t pps[] = { 2, 2, 5, 39 }, ids[] = { 0, 4, 3, 77 };
    struct test_sql_thing_pick_row *rows;
    size_t n;

    (void)state;
    things_made();
    struct test_sql_thing_pick_in in = { .pps = { pps, 4 }, .ids = { ids, 4 } };
    assert_true(test_sql_thing_pick(s, &in, &arena, &rows, &n, &f));
    assert_int_equal(n, 3); /* not the 2 x 4 that the lists one by one would allow */
    for (size_t i = 0; i < n; i++)
        assert_true(rows[i].pp == pps[i] && rows[i].id == ids[i]);
}

/* Quotes, backslashes, line ends and other alphabets reach the database as they are. */
static void texts_are_found_whatever_is_in_them(void **state)
{
    static const char *const odd[] = { "", "a \"b\" \\ c", "tab\tline\n", "Si\303\242n", "');--" };
    enum { ODD = sizeof odd / sizeof *odd, FIRST = 9000 };
    struct test_sql_parent_named_row *rows;
    size_t n;

    (void)state;
    assert_true(store_begin(s, STORE_WRITING, &f));
    for (size_t i = 0; i < ODD; i++)
        assert_true(test_sql_parent_add(
            s, &(struct test_sql_parent_add_in){ .pp = FIRST + (int64_t)i, .name = odd[i] }, &f));
    struct test_sql_parent_named_in in = { .names = { odd, ODD } };
    assert_true(test_sql_parent_named(s, &in, &arena, &rows, &n, &f));
    assert_int_equal(n, ODD);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(rows[i].name, odd[i]);
    store_rollback(s);
}

static void a_bulk_update_is_of_each_row(void **state)
{
    enum { CHANGED = 3 };
    struct test_sql_thing_note_in changes[CHANGED] = {
        { .pp = 1, .id = 2, .note = "one" },
        { .pp = 1, .id = 99, .note = "nobody" },
        { .pp = 7, .id = 2, .until = { 5 }, .has_until = true },
    };
    struct test_sql_thing_list_row *rows;
    size_t n;

    (void)state;
    things_made();
    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_true(test_sql_thing_note_bulk(s, changes, CHANGED, &f));
    assert_int_equal(store_changed(s), 2);
    assert_true(
        test_sql_thing_list(s, &(struct test_sql_thing_list_in){ .pp = 1 }, &arena, &rows, &n, &f));
    assert_string_equal(rows[2].note, "one");
    assert_false(rows[2].has_until);
    assert_string_equal(rows[1].note, "x");
    assert_int_equal(rows[3].body.n, 4);
    assert_memory_equal(rows[3].body.at, "\0\n\\\t", 4);
    assert_true(
        test_sql_thing_list(s, &(struct test_sql_thing_list_in){ .pp = 7 }, &arena, &rows, &n, &f));
    assert_null(rows[2].note);
    assert_true(rows[2].has_until && rows[2].until.d == 5);
    assert_true(store_commit(s, &f));
}

static void one_bad_row_refuses_all(void **state)
{
    struct test_sql_thing_lay_in rows[3] = { { .pp = 1, .id = 50 }, { .pp = 1, .id = 51 } };
    struct test_sql_thing_count_row counted;
    bool found;

    (void)state;
    things_made();
    rows[2] = rows[0];
    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_false(test_sql_thing_lay_bulk(s, rows, 3, &f));
    assert_string_equal(f.code, "exists");
    assert_false(store_commit(s, &f));
    rows[2] = (struct test_sql_thing_lay_in){ .pp = 1, .id = 52, .amount = { -1000 } };
    assert_true(store_begin(s, STORE_WRITING, &f));
    assert_false(test_sql_thing_lay_bulk(s, rows, 3, &f));
    assert_string_equal(f.code, "constraint");
    assert_false(store_commit(s, &f));
    assert_true(test_sql_thing_count(s, &arena, &counted, &found, &f));
    assert_int_equal(counted.things, PARENTS * THINGS);
}

/* Whether the list stops the process as a bug. */
static bool is_bug(const int64_t *pps, const int64_t *ids, size_t n, size_t m)
{
    struct test_sql_thing_pick_in in = { .pps = { pps, n }, .ids = { ids, m } };
    struct test_sql_thing_pick_row *rows;
    size_t count;
    int status;

    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
        if (!freopen("/dev/null", "w", stderr)) _exit(2);
        test_sql_thing_pick(s, &in, &arena, &rows, &count, &f);
        _exit(0);
    }
    assert_true(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void a_list_out_of_order_is_a_bug(void **state)
{
    (void)state;
    assert_false(is_bug((int64_t[]){ 1, 1, 2 }, (int64_t[]){ 5, 6, 1 }, 3, 3));
    assert_true(is_bug((int64_t[]){ 1, 1, 2 }, (int64_t[]){ 6, 5, 1 }, 3, 3));
    assert_true(is_bug((int64_t[]){ 2, 1 }, (int64_t[]){ 5, 6 }, 2, 2));
    assert_true(is_bug((int64_t[]){ 1, 2 }, (int64_t[]){ 5, 6 }, 2, 1));
}

/* The row in memory, of the form that the statement is given, gives the digest of the row in the
 * database, for every table of the record. */
static struct digest memory;
static int absorbed;

#define SAME(table, insert, form, seq, ...)                                                        \
    do {                                                                                           \
        struct sql_##form row = { .pp = 1, .event = seq, __VA_ARGS__ };                            \
        unsigned char want[DIGEST_BYTES], got[DIGEST_BYTES];                                       \
        struct digest stored;                                                                      \
        size_t rows = 0;                                                                           \
        if (!sql_##insert##_bulk(real, &row, 1, &f)) fail_msg(#table ": %s", f.text);              \
        digest_begin(&stored);                                                                     \
        assert_true(sql_digest_##table(                                                            \
            real, &(struct sql_digest_##table##_in){ .pp = 1, .event = row.event }, &stored,       \
            &rows, &f));                                                                           \
        digest_end(&stored, want);                                                                 \
        assert_int_equal(rows, 1);                                                                 \
        digest_begin(&memory);                                                                     \
        sql_digest_##table##_of(&row, &memory);                                                    \
        digest_end(&memory, got);                                                                  \
        assert_memory_equal(got, want, DIGEST_BYTES);                                              \
        absorbed++;                                                                                \
    } while (false)

static void money_rows(struct store *real)
{
    SAME(instalment, instalment_insert, instalment_insert_in, 1, .id = 4, .known_to = 9,
         .planned = { 1 }, .arrangement = 3, .plan_from = { 2 }, .due = { 3 }, .cover_from = { 4 },
         .cover_to = { 5 }, .amount = { 6 });
    SAME(instalment_end, instalment_close, instalment_close_in, 2, .id = 4);
    SAME(entry, entry_insert, entry_list_row, 1, .id = 5, .recorded = { 1 }, .day = { 2 },
         .debit = 3, .credit = 4, .arrangement = 5, .amount = { 6 }, .reason = 7, .instalment = 8,
         .receipt = 9, .decision = 10);
    SAME(receipt, receipt_insert, receipt_insert_in, 1, .id = 6, .bank_ref = "b", .booked = { 1 },
         .amount = { 2 }, .payer_name = "n", .payer_account = "", .remittance = "r",
         .matched_by = "m", .origin = 3, .returns = 4);
    SAME(receipt_match, receipt_match_insert, receipt_match_insert_in, 1, .receipt = 6, .to_pp = 7);
    SAME(missed, missed_insert, missed_list_row, 1, .instalment = 4, .found_on = { 1 },
         .amount = { 2 });
}

/* What is written before a row with what the row is given. */
static void references_lead_to_what_bears_them(struct store *real)
{
    struct sql_person_by_ref_row person;
    struct sql_arrangement_by_ref_row arrangement;
    struct sql_receipt_by_bank_ref_row receipt;
    struct sql_counter_take_many_row taken;
    struct sql_counter_take_row next;
    bool found;

    assert_true(sql_person_reference(
        real, &(struct sql_person_reference_in){ .ref = "R1", .pp = 1, .id = 1 }, &f));
    assert_true(
        sql_person_by_ref(real, &(struct sql_person_by_ref_in){ "R1" }, NULL, &person, &found, &f));
    assert_true(found && person.id == 1);
    assert_true(sql_arrangement_by_ref(real, &(struct sql_arrangement_by_ref_in){ "A3" }, NULL,
                                       &arrangement, &found, &f));
    assert_true(found && arrangement.pp == 1 && arrangement.id == 3);
    assert_true(sql_receipt_by_bank_ref(real, &(struct sql_receipt_by_bank_ref_in){ "b" }, NULL,
                                        &receipt, &found, &f));
    assert_true(found && receipt.pp == 1 && receipt.id == 6 && receipt.amount.p == 2);
    assert_true(
        sql_counter_start(real, &(struct sql_counter_start_in){ .name = "c", .next = 5 }, &f));
    assert_true(
        sql_counter_take_many(real, &(struct sql_counter_take_many_in){ .name = "c", .count = 100 },
                              NULL, &taken, &found, &f));
    assert_true(found && taken.number == 5);
    assert_true(
        sql_counter_take(real, &(struct sql_counter_take_in){ "c" }, NULL, &next, &found, &f));
    assert_true(found && next.number == 105);
}

static void memory_and_database_give_one_digest(void **state)
{
    struct store *real = store_open(fresh_database(":memory:"), STORE_CREATE, &f);

    (void)state;
    assert_non_null(real);
    assert_true(store_begin(real, STORE_WRITING, &f));
    SAME(person, person_insert, person_insert_in, 1, .id = 1, .ref = "R1", .given = "A",
         .family = "caf\xc3\xa9");
    SAME(arrangement, arrangement_insert, arrangement_list_row, 1, .id = 3, .ref = "A3", .rp = 1,
         .jurisdiction = 2, .applied_on = { 4 }, .effective_from = { 5 });
    SAME(fact, fact_insert, fact_list_row, 1, .id = 2, .known_to = 9, .kind = "k", .subject = 3,
         .value = "", .valid_from = { -1 }, .valid_to = { 2 }, .happened_on = { 3 }, .said_by = "s",
         .evidence = "e");
    SAME(fact_end, fact_close, fact_close_in, 2, .id = 2);
    SAME(decision, decision_insert, decision_list_row, 1, .id = 3, .known_to = 9, .kind = "k",
         .effective_from = { 1 }, .reason = "r", .law_from = { 2 }, .engine = "e",
         .facts = { "\0\1", 2 }, .basis = "b", .rate = "r", .income = { 7 }, .has_income = true,
         .weekly = { 8 });
    SAME(decision_end, decision_close, decision_close_in, 2, .id = 3);
    SAME(award, award_insert, award_insert_in, 1, .decision = 3, .arrangement = 3, .weekly = { 4 });
    money_rows(real);
    assert_int_equal(absorbed, 13);
    references_lead_to_what_bears_them(real);
    store_rollback(real);
    store_close(real);
}

int main(void)
{
#define WITH(test) cmocka_unit_test_setup_teardown(test, begin_test, end_test)
    const struct CMUnitTest tests[] = {
        WITH(a_list_finds_its_rows_in_order),
        WITH(two_lists_are_zipped),
        WITH(a_bulk_update_is_of_each_row),
        WITH(one_bad_row_refuses_all),
        WITH(a_list_out_of_order_is_a_bug),
        WITH(texts_are_found_whatever_is_in_them),
        cmocka_unit_test(memory_and_database_give_one_digest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
