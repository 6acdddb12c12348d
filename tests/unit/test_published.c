/* test_published.c: how the service does, as anybody may read it. */
#include "app/database.h"
#include "app/day.h"
#include "app/published.h"
#include "app/scenario_run.h"
#include "fresh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Taken on 24 February 2025 and not decided: it waits ten working days. */
static const char applied[] = "scenario: An application waits\n"
                              "today 2025-02-24\n"
                              "apply\n"
                              "  paying parent Marcus Webb\n"
                              "  receiving parent Dana Frost\n"
                              "  child Ella Webb born 2016-04-02\n"
                              "  effective 2025-03-03\n"
                              "  pays weekly on day 1\n";

static struct store *store;
static struct arena arena;

static void told(void *context, enum play_says what, const char *text)
{
    (void)context;
    if (what == PLAY_WRONG) fail_msg("%s", text);
}

static void play(void)
{
    struct scenario scenario;
    struct fail f           = { 0 };
    struct play_order order = { .scenario = &scenario, .name = "published", .tell = told };

    store = order.store = database_open(fresh_database(":memory:"), &f);
    if (!store) fail_msg("%s", f.text);
    assert_true(scenario_parse("published", applied, strlen(applied), &arena, &scenario, &f));
    struct play *p = play_open(&order, &f);
    assert_non_null(p);
    while (!play_is_over(p))
        if (!play_step(p, &f)) fail_msg("%s", f.text);
    play_close(p);
}

/* What anybody reads after the run of a day. */
static struct published after(date day)
{
    struct setting s = { store, &arena, day, "test" };
    struct published p;
    struct fail f = { 0 };

    if (!day_run_all(&s, NULL, NULL, &f)) fail_msg("%s", f.text);
    if (!published_read(store, &arena, &p, &f)) fail_msg("%s", f.text);
    assert_true(p.is_there);
    assert_true(date_same(p.day, day));
    return p;
}

static void every_kind_of_clock_is_of_a_part(void **state)
{
    (void)state;
    for (int kind = 0; kind < CLOCK_KINDS; kind++)
        if (published_part_of[kind] == PUBLISHED_NONE)
            fail_msg("%s is of no part of the work", clock_kind_table[kind].title);
}

static void a_run_keeps_what_waits_and_is_late(void **state)
{
    struct published p;
    struct fail f = { 0 };

    (void)state;
    play();
    assert_true(published_read(store, &arena, &p, &f));
    assert_false(p.is_there);
    p = after(date_make(2025, 2, 24));
    assert_int_equal(p.waits[PUBLISHED_APPLICATIONS].open, 1);
    assert_int_equal(p.waits[PUBLISHED_APPLICATIONS].late, 0);
    assert_int_equal(p.waits[PUBLISHED_CHANGES].open, 0);
    p = after(date_make(2025, 3, 11));
    assert_int_equal(p.waits[PUBLISHED_APPLICATIONS].open, 1);
    assert_int_equal(p.waits[PUBLISHED_APPLICATIONS].late, 1);
    store_close(store);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_clock_is_of_a_part),
        cmocka_unit_test(a_run_keeps_what_waits_and_is_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
