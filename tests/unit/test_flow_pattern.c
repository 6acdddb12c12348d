/* test_flow_pattern.c: what comes again and again: how it is counted and said. */
#include "base/arena.h"
#include "base/out.h"
#include "flow/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static const struct pattern_term terms[] = { { { 0 }, 3, 12, 5, 30, false },
                                             { { 20000 }, 2, 6, -1, 0, true } };
static const struct pattern_rule rule    = {
       .name       = "test",
       .tells      = "{times} in {months}, {first} to {last}: {total}.",
       .item       = "{day} of {due}: {measure}, {amount}",
       .looks      = "{times} in {months}, {least} to {most}",
       .terms      = terms,
       .term_count = 2,
};

static size_t counted(const int32_t (*signs)[3], size_t n, int32_t after, int32_t day, bool finds)
{
    struct pattern_sign s[8], found[8];
    size_t number;

    for (size_t i = 0; i < n; i++)
        s[i] = (struct pattern_sign){ { signs[i][0] }, { signs[i][1] }, { 100 }, signs[i][2] };
    assert_int_equal(pattern_finds(&rule, s, n, (date){ after }, (date){ day }, found, &number),
                     finds);
    return number;
}

static void what_is_counted_lies_in_the_term(void **state)
{
    static const int32_t three[][3] = { { 1000, 990, 10 }, { 1030, 1020, 5 }, { 1060, 1050, 30 } };
    static const int32_t edges[][3] = { { 1000, 990, 4 }, { 1030, 1020, 31 }, { 1060, 1050, 30 } };

    (void)state;
    assert_int_equal(counted(three, 3, 0, 1060, true), 3);
    assert_int_equal(counted(three, 3, 1000, 1060, false), 2); /* counted already */
    assert_int_equal(counted(three, 3, 0, 1059, false), 2);    /* not yet */
    assert_int_equal(counted(three, 3, 0, 1364, true), 3);     /* 12 months before: 999 */
    assert_int_equal(counted(three, 3, 0, 1365, false), 2);
    assert_int_equal(counted(edges, 3, 0, 1060, false), 1);
}

static void terms_change_with_their_days(void **state)
{
    static const int32_t two[][3]   = { { 19990, 1, 999 }, { 19995, 1, 0 } };
    static const int32_t apart[][3] = { { 19990, 1, 999 }, { 20030, 1, 0 } };

    (void)state;
    assert_ptr_equal(pattern_term_at(&rule, (date){ 19999 }), &terms[0]);
    assert_ptr_equal(pattern_term_at(&rule, (date){ 20000 }), &terms[1]);
    assert_int_equal(counted(two, 2, 0, 20001, false), 1); /* both in September 2024 */
    assert_int_equal(counted(apart, 2, 0, 20031, true), 2);
}

static void one_month_is_not_the_same_of_another_year(void **state)
{
    static const struct pattern_term of[] = { { { 0 }, 2, 24, -1, 0, true } };
    const struct pattern_rule two         = { .terms = of, .term_count = 1 };
    struct pattern_sign s[] = { { date_make(2025, 1, 12), date_make(2025, 1, 1), { 1 }, 0 },
                                { date_make(2026, 1, 12), date_make(2026, 1, 1), { 1 }, 0 } };
    struct pattern_sign found[2];
    size_t number;

    (void)state;
    assert_true(pattern_finds(&two, s, 2, (date){ 0 }, date_make(2026, 1, 13), found, &number));
}

static void the_longest_rule_says_since_when(void **state)
{
    date day        = date_make(2026, 11, 23);
    int32_t longest = 0;

    (void)state;
    for (int32_t i = 0; i < pattern_rule_count; i++) {
        int32_t months = pattern_term_at(&pattern_rules[i], day)->months;
        assert_false(date_before(date_add_months(day, -months), pattern_since(day)));
        longest = months > longest ? months : longest;
    }
    assert_true(longest && date_same(pattern_since(day), date_add_months(day, -longest)));
}

static void signs_are_kept_and_said(void **state)
{
    static const struct pattern_sign signs[] = {
        { { 20000 }, { 19990 }, { 12345 }, 10 },
        { { 20031 }, { 20021 }, { 100000 }, 10 },
    };
    struct pattern_sign back[4];
    struct out o = { .arena = &arena };

    (void)state;
    pattern_signs_write(&o, signs, 2);
    assert_string_equal(out_string(&o), "2024-10-04 2024-09-24 12345 10; "
                                        "2024-11-04 2024-10-25 100000 10");
    assert_int_equal(pattern_signs_read(out_string(&o), back, 4), 2);
    assert_memory_equal(back, signs, sizeof signs);
    assert_int_equal(pattern_signs_read(out_string(&o), back, 1), 1);
    assert_int_equal(pattern_signs_read("", back, 4), 0);
    assert_int_equal(pattern_signs_read("2024-10-04 nonsense", back, 4), 0);
    assert_int_equal(pattern_signs_read("2024-13-04 2024-10-04 1 1", back, 4), 0);
    assert_int_equal(pattern_signs_read("2024-10-04 2024-13-04 1 1", back, 4), 0);
    assert_string_equal(pattern_tells(&rule, &terms[0], signs, 2, &arena),
                        "2 in 12, 4 October 2024 to 4 November 2024: £1,123.45.");
    assert_string_equal(pattern_item(&rule, &signs[1], &arena),
                        "4 November 2024 of 25 October 2024: 10, £1,000.00");
    assert_string_equal(pattern_looks(&rule, &terms[0], &arena), "3 in 12, 5 to 30");
}

static void every_rule_says_what_it_has(void **state)
{
    (void)state;
    for (int32_t i = 0; i < pattern_rule_count; i++) {
        const struct pattern_rule *r = &pattern_rules[i];
        assert_ptr_equal(pattern_rule_find(r->name), r);
        assert_null(strstr(pattern_looks(r, r->terms, &arena), "{"));
        assert_null(strstr(pattern_tells(r, r->terms, NULL, 0, &arena), "{"));
    }
    assert_null(pattern_rule_find("gloom"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_counted_lies_in_the_term),
        cmocka_unit_test(terms_change_with_their_days),
        cmocka_unit_test(one_month_is_not_the_same_of_another_year),
        cmocka_unit_test(the_longest_rule_says_since_when),
        cmocka_unit_test(signs_are_kept_and_said),
        cmocka_unit_test(every_rule_says_what_it_has),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    arena_free(&arena);
    return failed;
}
