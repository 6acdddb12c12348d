/* test_record.c: one family through the verbs: application, decision, instalments, money, a missed
 * payment, letters, corrections; then the check, and a database that was tampered with. */
#include "app/apply.h"
#include "app/check.h"
#include "app/database.h"
#include "app/day.h"
#include "app/decide.h"
#include "app/fact.h"
#include "app/letter.h"
#include "app/receive.h"
#include "app/statement.h"
#include "fresh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <cmocka.h>

#define DAY(text) day_of(text)

struct world {
    char path[300];
    struct store *store;
    struct arena arena;
    int64_t pp, arrangement, child, person;
};

static date day_of(const char *text)
{
    date d;
    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static struct setting on(struct world *w, const char *day)
{
    return (struct setting){ w->store, &w->arena, day_of(day), "tester" };
}

#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct fail fail_ = { 0 };                                                                 \
        struct fail *fail = &fail_;                                                                \
        if (!(call)) fail_msg("%s: %s: %s", #call, fail_.code, fail_.text);                        \
    } while (0)

static void begin(struct world *w)
{
    MUST(store_begin(w->store, STORE_WRITING, fail));
}
static void commit(struct world *w)
{
    MUST(store_commit(w->store, fail));
}

static int open_world(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct fail f;

    snprintf(w->path, sizeof w->path, "/tmp/upkeep-record-%d.db", (int)getpid());
    snprintf(w->path, sizeof w->path, "%s", ready_database(arena_print(&w->arena, "%s", w->path)));
    unlink(w->path);
    w->store = database_open(w->path, &f);
    assert_non_null(w->store);
    *state = w;
    return 0;
}

static int close_world(void **state)
{
    struct world *w = *state;
    char side[320];

    store_close(w->store);
    arena_free(&w->arena);
    unlink(w->path);
    snprintf(side, sizeof side, "%s-wal", w->path);
    unlink(side);
    snprintf(side, sizeof side, "%s-shm", w->path);
    unlink(side);
    free(w);
    return 0;
}

static void apply(struct world *w)
{
    struct applicant child = { .given = "Mia", .family = "Ellis" };
    struct application a   = { .paying         = { .given = "Daniel", .family = "Ellis" },
                               .receiving      = { .given = "Sara", .family = "Quist" },
                               .children       = &child,
                               .child_count    = 1,
                               .applied_on     = DAY("2025-01-02"),
                               .effective_from = DAY("2025-01-10"),
                               .service        = "collect_and_pay",
                               .pay_interval   = "monthly",
                               .pay_day        = 15,
                               .said_by        = "Sara Quist" };
    struct application_result r;
    struct setting s = on(w, "2025-01-08");

    begin(w);
    MUST(application_make(&s, &a, NULL, &r, fail));
    commit(w);
    w->pp          = r.pp;
    w->arrangement = r.arrangement;
    w->child       = r.children[0];
}

static void open_verb(struct world *w, const char *day, const char *name, struct verb *v,
                      struct group *g)
{
    struct setting s = on(w, day);
    bool done;

    begin(w);
    MUST(verb_open(&s, w->pp, name, NULL, v, &done, fail));
    MUST(group_load(w->store, &w->arena, w->pp, v->seq, g, fail));
}

static void close_verb(struct world *w, struct verb *v)
{
    MUST(verb_close(v, fail));
    commit(w);
}

static void assert_fact(struct world *w, const char *day, enum fact_kind kind, int64_t subject,
                        const char *value, const char *from)
{
    struct verb v;
    struct group g;

    open_verb(w, day, "fact", &v, &g);
    struct fact_order o = { .kind        = kind,
                            .subject     = subject,
                            .value       = value,
                            .from        = DAY(from),
                            .to          = DATE_OPEN,
                            .happened_on = DAY(from),
                            .said_by     = "HMRC",
                            .evidence    = "tax record" };
    MUST(fact_assert(&v, &g, &o, fail));
    close_verb(w, &v);
}

static void decide(struct world *w, const char *day, enum decision_kind kind, const char *from)
{
    struct verb v;
    struct group g;

    open_verb(w, day, "decide", &v, &g);
    struct decision_order o = { .kind = kind, .from = DAY(from), .reason = "test" };
    MUST(decision_make(&v, &g, &o, fail));
    close_verb(w, &v);
}

static void days(struct world *w, const char *from, const char *to)
{
    for (date d = DAY(from); !date_before(DAY(to), d); d = date_add_days(d, 1)) {
        struct setting s = on(w, from);
        s.today          = d;
        MUST(day_run_all(&s, NULL, NULL, fail));
    }
}

static money owed(struct world *w, const char *as_at, const char *known_on)
{
    struct standing s;
    MUST(account_standing(w->store, &w->arena, w->pp, DAY(as_at), DAY(known_on), &s, fail));
    return s.owed;
}

static void pay(struct world *w, const char *day, const char *ref, int64_t pence)
{
    struct group g;
    struct receipt_result r;
    struct setting s = on(w, day);

    begin(w);
    MUST(group_load(w->store, &w->arena, w->pp, KNOWN_OPEN - 1, &g, fail));
    struct feed_line line = { .reference     = ref,
                              .booked        = DAY(day),
                              .amount        = { pence },
                              .credit        = true,
                              .original      = "",
                              .reason        = "",
                              .end_to_end    = "",
                              .payer_name    = "D ELLIS",
                              .payer_account = "12345678",
                              .remittance    = group_person(&g, w->pp)->ref };
    MUST(receipt_record(&s, &line, &r, fail));
    commit(w);
    assert_int_equal(r.what, RECEIVED_MATCHED);
}

static size_t faults(struct world *w, bool loud)
{
    struct check_report r;
    struct fail f;
    (void)loud;
    if (!check_all(w->store, NULL, NULL, &r, &f)) return SIZE_MAX;
    return r.faults;
}

/* Income 27,000 a year: 517.8082 a week, one child: 12% is 62.1370: 62.14. */
static void a_missed_payment_is_found_and_asked_for(void **state)
{
    struct world *w = *state;
    struct letter_result letter;
    struct setting s;

    apply(w);
    assert_fact(w, "2025-01-08", FACT_INCOME_HISTORIC, 0, "27000.00", "2025-01-10");
    decide(w, "2025-01-08", DECISION_INITIAL, "2025-01-10");
    days(w, "2025-01-09", "2025-01-14");
    assert_int_equal(owed(w, "2025-01-14", "2025-01-14").p, 0);
    days(w, "2025-01-15", "2025-01-15");
    /* 52 x 62.14 / 12 = 269.273.. -> 269.27, fee 53.85 (20%) */
    assert_int_equal(owed(w, "2025-01-15", "2025-01-15").p, 26927 + 5385);
    pay(w, "2025-01-15", "A1", 26927 + 5385);
    assert_int_equal(owed(w, "2025-01-15", "2025-01-15").p, 0);
    days(w, "2025-01-16", "2025-02-16");
    assert_int_equal(owed(w, "2025-02-16", "2025-02-16").p, 26927 + 5385);
    s = on(w, "2025-02-16");
    begin(w);
    MUST(letter_arrears(&s, w->pp, &letter, fail));
    commit(w);
    assert_false(letter.sent);
    assert_string_equal(letter.refused, "no_address");
    assert_fact(w, "2025-02-16", FACT_ADDRESS, w->pp, "1 Pretend Lane\nNowhere ZZ1 1ZZ",
                "2025-01-10");
    begin(w);
    MUST(letter_arrears(&s, w->pp, &letter, fail));
    commit(w);
    assert_true(letter.sent);
    assert_int_equal(faults(w, true), 0);
}

static void a_change_of_the_past_is_adjusted_line_by_line(void **state)
{
    struct world *w = *state;
    struct statement s;

    apply(w);
    assert_fact(w, "2025-01-08", FACT_INCOME_HISTORIC, 0, "27000.00", "2025-01-10");
    decide(w, "2025-01-08", DECISION_INITIAL, "2025-01-10");
    days(w, "2025-01-09", "2025-06-20");
    money before = owed(w, "2025-06-20", "2025-06-20");
    assert_int_equal(before.p, 6 * (26927 + 5385));
    assert_fact(w, "2025-06-20", FACT_NIGHTS, w->child, "120", "2025-01-10");
    decide(w, "2025-06-20", DECISION_CORRECTION, "2025-01-10");
    assert_int_equal(owed(w, "2025-06-20", "2025-06-19").p, before.p);
    assert_true(owed(w, "2025-06-20", "2025-06-20").p < before.p);
    MUST(statement_make(w->store, &w->arena, w->pp, 0, DAY("2025-06-20"), DAY("2025-06-20"), &s,
                        fail));
    assert_int_equal(s.owed.p, owed(w, "2025-06-20", "2025-06-20").p);
    MUST(statement_make(w->store, &w->arena, w->pp, w->arrangement, DAY("2025-06-20"),
                        DAY("2025-06-20"), &s, fail));
    assert_int_equal(faults(w, true), 0);
    days(w, "2025-06-21", "2026-01-20");
    assert_int_equal(faults(w, true), 0);
}

/* A copy of the database in which one thing was changed behind the program's back. */
static void changed_copy(const char *path, const char *change, char *copy, size_t size)
{
    sqlite3 *from, *to;

    if (on_server()) {
        snprintf(copy, size, "%s", fresh_copy(path));
        assert_int_equal(server_exec(copy, change), 0);
        return;
    }
    snprintf(copy, size, "%s-copy", path);
    assert_int_equal(sqlite3_open(path, &from), SQLITE_OK);
    unlink(copy);
    assert_int_equal(sqlite3_open(copy, &to), SQLITE_OK);
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    sqlite3_backup_step(b, -1);
    sqlite3_backup_finish(b);
    assert_int_equal(sqlite3_exec(to, change, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(to);
    sqlite3_close(from);
}

/* Every byte of the file in turn would take too long; every page has some flipped. */
static void a_flipped_byte_is_found(void **state)
{
    struct world *w = *state;
    struct fail f;
    size_t looked = 0, missed = 0;

    apply(w);
    assert_fact(w, "2025-01-08", FACT_INCOME_HISTORIC, 0, "27000.00", "2025-01-10");
    decide(w, "2025-01-08", DECISION_INITIAL, "2025-01-10");
    days(w, "2025-01-09", "2025-01-16");
    assert_int_equal(faults(w, true), 0);
    store_close(w->store);
    static const char *const changes[] = {
        "UPDATE fact SET value = '17000.00' WHERE value = '27000.00'",
        "UPDATE entry SET amount = amount + 1 WHERE id = 1",
        "UPDATE entry SET day = day + 1 WHERE id = 1",
        "UPDATE decision SET weekly = weekly + 1",
        "UPDATE decision SET known_to = 2",
        "UPDATE decision SET known_to = known_to - 1",
        "UPDATE fact SET known_to = known_to - 32",
        "UPDATE instalment SET known_to = 40 WHERE id = 2",
        "UPDATE award SET weekly = weekly + 1",
        "UPDATE instalment SET amount = amount + 1 WHERE id = 3",
        "UPDATE event SET actor = 'nobody' WHERE seq = 2",
        "UPDATE event SET day = day - 1 WHERE seq = 1",
        "UPDATE event SET about = 'x' WHERE seq = 3",
        "UPDATE person SET family = 'Elliss' WHERE given = 'Daniel'",
        "UPDATE arrangement SET effective_from = effective_from + 1",
        "DELETE FROM missed",
        "UPDATE missed SET amount = amount + 1",
        "DELETE FROM entry WHERE id = 1",
        "DELETE FROM name_word WHERE word = 'ellis'",
        "UPDATE name_word SET word = 'elliss' WHERE word = 'ellis'",
        "INSERT INTO name_word (pp, person, word) SELECT pp, person, 'dan' FROM name_word LIMIT 1",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char copy[320];
        changed_copy(w->path, changes[i], copy, sizeof copy);
        struct world other = { .store = store_open(copy, STORE_READ, &f) };
        assert_non_null(other.store);
        looked++;
        if (faults(&other, false) == 0) {
            print_message("not found: %s\n", changes[i]);
            missed++;
        }
        store_close(other.store);
        unlink(copy);
    }
    assert_int_equal(missed, 0);
    assert_true(looked > 10);
    w->store = store_open(w->path, STORE_WRITE, &f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_missed_payment_is_found_and_asked_for, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_change_of_the_past_is_adjusted_line_by_line, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_flipped_byte_is_found, open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
