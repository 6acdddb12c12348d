/* test_flow_born.c: days of birth that cannot be right. */
#include "flow/born.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static date day(int year, int month, int d)
{
    return date_make(year, month, d);
}

static void a_parent_is_of_an_age(void **state)
{
    static const struct {
        int year, month, day;
        enum born_wrong wrong;
    } cases[] = {
        { 2026, 11, 23, BORN_LATER }, { 2026, 11, 22, BORN_YOUNG }, { 2020, 1, 1, BORN_YOUNG },
        { 2014, 11, 23, BORN_YOUNG }, { 2014, 11, 22, BORN_FINE },  { 1990, 1, 1, BORN_FINE },
        { 1916, 11, 23, BORN_FINE },  { 1916, 11, 22, BORN_OLD },
    };
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, day(2026, 11, 22));

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(
            born_parent(law, day(cases[i].year, cases[i].month, cases[i].day), day(2026, 11, 22)),
            cases[i].wrong);
}

static void a_parent_is_older_than_the_child(void **state)
{
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, day(2026, 11, 22));
    date child            = day(2016, 6, 1);

    (void)state;
    assert_int_equal(born_beside(law, day(2016, 6, 2), true, child), BORN_AFTER);
    assert_int_equal(born_beside(law, day(2016, 6, 1), false, child), BORN_AFTER);
    assert_int_equal(born_beside(law, day(2004, 6, 2), true, child), BORN_NEAR);
    assert_int_equal(born_beside(law, day(2004, 6, 1), true, child), BORN_FINE);
    /* A sister may have the care. */
    assert_int_equal(born_beside(law, day(2008, 1, 1), false, child), BORN_FINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parent_is_of_an_age),
        cmocka_unit_test(a_parent_is_older_than_the_child),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
