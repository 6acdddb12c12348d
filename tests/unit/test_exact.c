/* test_exact.c: exact fractions of a penny: the sums, the two roundings, the bounds, the text. */
#include "base/exact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

static void check_text(exact e, const char *text, const char *pounds)
{
    char buffer[EXACT_TEXT];
    assert_string_equal(exact_text(e, buffer), text);
    assert_string_equal(exact_pounds(e, buffer), pounds);
}

static void test_text(void **state)
{
    (void)state;
    check_text((exact){ 0, 1 }, "0.00", "£0.00");
    check_text((exact){ 460850900, 10000 }, "460.8509", "£460.8509");
    check_text((exact){ 123456789, 1 }, "1234567.89", "£1,234,567.89");
    check_text((exact){ -500, 1 }, "-5.00", "-£5.00");
    check_text((exact){ 200, 3 }, "0.666667 (2/3)", "£0.666667");
    check_text((exact){ -200, 3 }, "-0.666667 (-2/3)", "-£0.666667");
    check_text((exact){ 73735890410, 10000000 }, "73.735890 (7373589041/100000000)", "£73.735890");
    check_text((exact){ 99999999999, 1000000000 }, "1.000000 (99999999999/100000000000)",
               "£1.000000");
    check_text((exact){ 1, 10000 }, "0.000001", "£0.000001");
    wide huge = ((wide)1 << 90) + 1;
    check_text((exact){ huge, (wide)1 << 70 },
               "10485.760000 (49517601571415210995964969/4722366482869645213696)",
               "£10,485.760000");
    check_text((exact){ (wide)1 << 90, (wide)1 << 70 }, "10485.76", "£10,485.76");
}

static void test_ratio_text(void **state)
{
    char buffer[EXACT_TEXT];

    (void)state;
    assert_string_equal(ratio_text((ratio){ 110, 1000 }, buffer), "11%");
    assert_string_equal(ratio_text((ratio){ 141, 1000 }, buffer), "14.1%");
    assert_string_equal(ratio_text((ratio){ 4, 14 }, buffer), "2/7");
    assert_string_equal(ratio_text((ratio){ 1, 2 }, buffer), "50%");
}

static void test_sums(void **state)
{
    (void)state;
    exact seventh = { 1, 7 }, half = { 1, 2 };
    exact sum = exact_add(seventh, half);
    assert_true(sum.n == 9 && sum.d == 14);
    assert_true(exact_add(EXACT_NONE, half).n == 1);
    assert_int_equal(exact_compare(seventh, half), -1);
    assert_int_equal(exact_compare(half, seventh), 1);
    assert_int_equal(exact_compare((exact){ 2, 4 }, half), 0);
    assert_int_equal(exact_compare((exact){ 3, 2 }, half), 1);
    exact part = exact_ratio_of((exact){ 10, 1 }, (exact){ 35, 1 });
    assert_true(part.n == 2 && part.d == 7);
    assert_int_equal(exact_compare_money((exact){ 701, 1 }, (money){ 700 }), 1);
    assert_true(exact_below_money((exact){ 699, 1 }, (money){ 700 }));
}

/* A chain of factors that would pass 128 bits is reduced on the way and stays exact. */
static void test_bounds(void **state)
{
    exact e = { 12345, 1 };

    (void)state;
    for (int k = 0; k < 50; k++)
        e = exact_over(exact_times(e, 2000000000), 2000000000);
    e = exact_reduce(e);
    assert_true(e.n == 12345 && e.d == 1);
    exact large = { ((wide)1 << 100) * 3, (wide)1 << 77 };
    assert_int_equal(exact_floor(large).p, 3 << 23);
    assert_int_equal(exact_round_half_up((exact){ ((wide)1 << 76) * 3, (wide)1 << 77 }).p, 2);
}

static void test_rounding(void **state)
{
    (void)state;
    assert_int_equal(exact_round_half_up((exact){ 12875, 2 }).p, 6438);
    assert_int_equal(exact_round_half_up((exact){ 12874, 3 }).p, 4291);
    assert_int_equal(exact_floor((exact){ 12875, 2 }).p, 6437);
    assert_int_equal(exact_round_half_up((exact){ 0, 9 }).p, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),     cmocka_unit_test(test_ratio_text),
        cmocka_unit_test(test_sums),     cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_rounding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
