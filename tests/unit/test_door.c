/* test_door.c: who may open which family, and who looked. */
#include "app/apply.h"
#include "app/database.h"
#include "app/door.h"
#include "flow_data.h"
#include "fresh.h"
#include "page.h"
#include "web/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1772000000 };

static struct arena arena;
static struct store *store;
static int64_t pp, rp;
static const struct opener ann = { "ann", "caseworker", NOW }, lea = { "lea", "team_leader", NOW };

static struct setting setting(void)
{
    return (struct setting){ store, &arena, date_make(2026, 3, 2), "ann" };
}

static int open_world(void **state)
{
    struct setting s;
    struct applicant child         = { .given = "Ella", .family = "Webb" };
    struct application_result made = { 0 };
    struct fail f                  = { 0 };

    (void)state;
    arena_reset(&arena);
    store = database_open(ready_database(":memory:"), &f);
    if (!store) fail_msg("%s", f.text);
    s                    = setting();
    struct application a = { .paying         = { .given = "Marcus", .family = "Webb" },
                             .receiving      = { .given = "Dana", .family = "Frost" },
                             .children       = &child,
                             .child_count    = 1,
                             .jurisdiction   = JURISDICTION_GREAT_BRITAIN,
                             .applied_on     = s.today,
                             .effective_from = date_make(2026, 3, 4),
                             .service        = "collect_and_pay",
                             .pay_interval   = "monthly",
                             .pay_day        = 5,
                             .said_by        = "receiving parent" };
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(application_make(&s, &a, NULL, &made, &f));
    pp = made.pp;
    rp = made.rp;
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    return 0;
}

static enum door door_of(struct opener who)
{
    enum door door = DOOR_BARRED;
    struct fail f  = { 0 };

    assert_true(door_find(store, &arena, &who, pp, &door, &f));
    return door;
}

static void who_is_close_to_anyone_in_it_is_shut_out(void **state)
{
    struct fail f = { 0 };

    (void)state;
    assert_int_equal(door_of(ann), DOOR_OPEN);
    assert_false(door_bar(store, "ann", rp, "", &lea, &f));
    assert_string_equal(f.code, "reason_missing");
    assert_true(door_bar(store, "ann", rp, "her sister", &lea, &f));
    assert_int_equal(door_of(ann), DOOR_BARRED);
    assert_int_equal(door_of(lea), DOOR_OPEN);
    assert_true(door_lift(store, "ann", rp, &f));
    assert_int_equal(door_of(ann), DOOR_OPEN);
    assert_false(door_lift(store, "ann", rp, &f));
    assert_string_equal(f.code, "not_barred");
}

static void a_barred_case_opens_for_an_hour_with_a_reason(void **state)
{
    struct setting s    = setting();
    struct opener later = ann;
    const char *why     = "The child's school rang: nobody else is in.";
    struct fail f       = { 0 };

    (void)state;
    assert_false(door_break(&s, pp, &ann, why, &f));
    assert_string_equal(f.code, "not_barred");
    assert_true(door_bar(store, "ann", pp, "her neighbour", &lea, &f));
    assert_false(door_break(&s, pp, &ann, "urgent", &f));
    assert_string_equal(f.code, "reason_short");
    assert_true(door_break(&s, pp, &ann, why, &f));
    assert_int_equal(door_of(ann), DOOR_GLASS_OPEN);
    later.now = NOW + DOOR_GLASS - 1;
    assert_int_equal(door_of(later), DOOR_GLASS_OPEN);
    later.now = NOW + DOOR_GLASS;
    assert_int_equal(door_of(later), DOOR_BARRED);
}

static void someone_else_looks_at_it_once(void **state)
{
    struct setting s = setting();
    struct sql_glass_waiting_row *rows;
    struct fail f = { 0 };
    size_t n;

    (void)state;
    assert_true(door_bar(store, "ann", pp, "her neighbour", &lea, &f));
    assert_true(door_break(&s, pp, &ann, "A payment goes to a wrong account today", &f));
    assert_true(sql_glass_waiting(store, &arena, &rows, &n, &f));
    assert_int_equal(n, 1);
    assert_false(door_review(&s, pp, rows[0].event, &ann, true, "fine", &f));
    assert_string_equal(f.code, "own_glass");
    assert_false(door_review(&s, pp, rows[0].event, &lea, true, "", &f));
    assert_string_equal(f.code, "finding_missing");
    assert_false(door_review(&s, pp, rows[0].event + 1, &lea, true, "fine", &f));
    assert_string_equal(f.code, "no_such_glass");
    assert_true(door_review(&s, pp, rows[0].event, &lea, false, "It could have waited.", &f));
    assert_false(door_review(&s, pp, rows[0].event, &lea, true, "fine", &f));
    assert_string_equal(f.code, "reviewed_before");
    assert_true(sql_glass_waiting(store, &arena, &rows, &n, &f));
    assert_int_equal(n, 0);
}

static void a_look_is_written_once_in_a_quarter_of_an_hour(void **state)
{
    struct sql_look_list_row *rows;
    struct opener again = ann;
    struct fail f       = { 0 };
    size_t n;

    (void)state;
    assert_true(store_commit(store, &f));
    again.now = NOW - NOW % DOOR_QUARTER;
    assert_true(door_look(store, store, &again, pp, "/case/{}", &f));
    again.now += DOOR_QUARTER - 1;
    assert_true(door_look(store, store, &again, pp, "/case/{}", &f));
    assert_true(door_look(store, store, &again, pp, "/case/{}/facts", &f));
    again.now += 1;
    assert_true(door_look(store, store, &again, pp, "/case/{}", &f));
    assert_true(sql_look_list(store, &(struct sql_look_list_in){ .pp = pp, .most = 10 }, &arena,
                              &rows, &n, &f));
    assert_int_equal(n, 3);
    assert_string_equal(rows[0].page, "/case/{}");
    assert_int_equal(rows[0].at, again.now);
}

/* B-1002: what no row of law/flow/access.flow allows is refused. */
static void rights_are_by_role(void **state)
{
    uint32_t everyone = 1u << ACCESS_PUBLIC | 1u << ACCESS_ACCOUNT;
    uint32_t works = everyone | 1u << ACCESS_CASE | 1u << ACCESS_CASEWORKER | 1u << ACCESS_OFFICE;

    (void)state;
    assert_int_equal(role_rights("caseworker"), works);
    assert_int_equal(role_rights("enforcement_officer"), works);
    assert_int_equal(role_rights("team_leader"), works | 1u << ACCESS_LEAD | 1u << ACCESS_AUDIT);
    assert_int_equal(role_rights("examiner"), everyone | 1u << ACCESS_CASE);
    assert_int_equal(role_rights("auditor"), everyone | 1u << ACCESS_CASE | 1u << ACCESS_AUDIT);
    assert_int_equal(role_rights("administrator"), everyone | 1u << ACCESS_ADMIN);
    assert_int_equal(role_rights("statistician"), everyone);
    assert_int_equal(role_rights("paying_parent"), everyone | 1u << ACCESS_OWN);
    assert_int_equal(role_rights("nobody"), 0);
    assert_int_equal(role_rights("king"), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        TEST(who_is_close_to_anyone_in_it_is_shut_out),
        TEST(a_barred_case_opens_for_an_hour_with_a_reason),
        TEST(someone_else_looks_at_it_once),
        TEST(a_look_is_written_once_in_a_quarter_of_an_hour),
        TEST(rights_are_by_role),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
