/* test_flow_clock.c: the kinds of waiting and their dates. */
#include "flow/clock_kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// clang-format off
#include <cmocka.h>
// clang-format on

static void dates_come_from_the_text(void **state)
{
    date friday          = date_make(2026, 11, 20);
    struct clock_dates d = clock_dates_from(CLOCK_FACT, friday);

    (void)state;
    assert_true(date_same(d.due, date_make(2026, 11, 27))); /* five working days */
    assert_true(date_same(d.near, date_make(2026, 11, 25)));
    assert_true(date_same(
        d.place, date_add_days(d.due, -clock_kind_table[CLOCK_FACT].harm * clock_harm_days)));
    /* A kind that comes first stands before one that was late for years. */
    assert_true(date_before(clock_dates_from(CLOCK_ALERT, friday).place,
                            clock_dates_from(CLOCK_SET_ASIDE, date_make(2013, 1, 1)).place));
    d = clock_dates_from(CLOCK_MISSED_OFFER, friday);
    assert_true(date_same(d.due, date_make(2026, 12, 4))); /* fourteen days, weekends too */
    d = clock_dates_due(CLOCK_HOLD, friday, date_make(2026, 12, 1));
    assert_true(date_same(d.due, date_make(2026, 12, 1)));
    assert_int_equal(clock_kind_find("nothing"), CLOCK_KINDS);
}

static void every_kind_is_whole(void **state)
{
    (void)state;
    for (int k = 0; k < CLOCK_KINDS; k++) {
        const struct clock_kind_entry *e = &clock_kind_table[k];
        assert_int_equal(clock_kind_find(e->name), k);
        assert_true(e->term_count > 0 && *e->action && *e->who);
        assert_true((e->paying.english == NULL) == (e->paying.welsh == NULL));
        assert_true((e->receiving.english == NULL) == (e->receiving.welsh == NULL));
    }
}

static void what_answers_is_a_whole_word(void **state)
{
    (void)state;
    assert_true(clock_kind_answered(CLOCK_MISSED_POWER, "benefit_request"));
    assert_false(clock_kind_answered(CLOCK_MISSED_POWER, "benefit"));
    assert_false(clock_kind_answered(CLOCK_MISSED_POWER, "benefit_requesx"));
    assert_true(clock_kind_answered(CLOCK_FACT, "decide"));
    assert_false(clock_kind_answered(CLOCK_APPLICATION, "decide"));
}

/* A change of a target does not move clocks that run. */
static void the_term_is_that_of_the_day_it_began(void **state)
{
    const struct clock_term terms[] = {
        { date_make(2012, 12, 10), 10, 3, true },
        { date_make(2026, 1, 1), 5, 2, true },
    };

    (void)state;
    assert_int_equal(clock_term_at(terms, 2, date_make(2025, 12, 31))->days, 10);
    assert_int_equal(clock_term_at(terms, 2, date_make(2026, 1, 1))->days, 5);
    assert_int_equal(clock_term_at(terms, 1, date_make(2026, 1, 1))->days, 10);
    assert_int_equal(clock_term_at(terms, 2, date_make(2000, 1, 1))->days, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_come_from_the_text),
        cmocka_unit_test(every_kind_is_whole),
        cmocka_unit_test(what_answers_is_a_whole_word),
        cmocka_unit_test(the_term_is_that_of_the_day_it_began),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
