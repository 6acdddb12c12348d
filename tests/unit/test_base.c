/* test_base.c: dates, money and text. */
#include "base/out.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void dates_agree_with_the_c_library(void **state)
{
    (void)state;
    for (int d = -25567; d < 84000; d++) { /* 1900 to 2199 */
        time_t t = (time_t)d * 86400;
        struct tm c;
        gmtime_r(&t, &c);
        struct date_ymd s = date_split((date){ d });
        assert_int_equal(s.year, c.tm_year + 1900);
        assert_int_equal(s.month, c.tm_mon + 1);
        assert_int_equal(s.day, c.tm_mday);
        assert_int_equal(date_make(s.year, s.month, s.day).d, d);
        assert_int_equal(date_weekday((date){ d }), (c.tm_wday + 6) % 7);
    }
}

static void dates_are_read_strictly(void **state)
{
    static const char *const wrong[] = { "2023-02-29", "2023-13-01", "2023-1-01",   "2023-01-00",
                                         "20230101",   "2023-01-1a", " 2023-01-01", "0000-01-01" };
    date d;
    char text[DATE_TEXT];
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(date_parse(wrong[i], strlen(wrong[i]), &d));
    assert_true(date_parse("2024-02-29", 10, &d));
    assert_string_equal(date_text(d, text), "2024-02-29");
    assert_string_equal(date_text(date_add_months(d, 12), text), "2025-02-28");
    assert_string_equal(date_text(date_add_months(d, -1), text), "2024-01-29");
    assert_string_equal(date_text(DATE_OPEN, text), "9999-12-31");
}

static void money_is_read_strictly(void **state)
{
    static const char *const wrong[] = { "",
                                         ".5",
                                         "5.",
                                         "1.234",
                                         "-1",
                                         "+1",
                                         "1,000",
                                         "1e3",
                                         " 1",
                                         "1000000000000",
                                         "99999999999999999999999999999999999999" };
    money m;
    char text[MONEY_TEXT];
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(money_parse(wrong[i], strlen(wrong[i]), &m));
    assert_true(money_parse("999999999999.99", 15, &m));
    assert_int_equal(m.p, MONEY_MOST.p);
    assert_true(money_parse("0001.5", 6, &m));
    static const char *const typed[]   = { "1234", "1,234", "£1,234.00", " £ 1 234.00" };
    static const char *const unclear[] = { "12,34", "1,23.45", "1,2345", ",123", "1.00,000", "" };
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        money whole;
        assert_true(money_typed(typed[i], &whole));
        assert_int_equal(whole.p, 123400);
    }
    for (size_t i = 0; i < sizeof unclear / sizeof *unclear; i++)
        assert_false(money_typed(unclear[i], &(money){ 0 }));
    assert_true(money_is_beyond("1000000000000", 13));
    assert_true(money_is_beyond("99999999999999999999.5", 22));
    assert_false(money_is_beyond("999999999999.99", 15));
    assert_false(money_is_beyond("0000999999999999", 16));
    assert_false(money_is_beyond("1000000000000.", 14));
    assert_false(money_is_beyond("1000000000000.123", 17));
    assert_false(money_is_beyond("1000000000000x", 14));
    assert_false(money_is_beyond("", 0));
    assert_string_equal(money_text(m, text), "1.50");
    assert_string_equal(money_pounds((money){ -123456789 }, text), "-£1,234,567.89");
}

static void text_is_escaped_for_its_medium(void **state)
{
    struct arena a = { 0 };
    struct out o   = { .arena = &a };
    (void)state;
    out_html(&o, "<a href=\"x\">&'");
    assert_string_equal(out_string(&o), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    o.length = 0;
    out_json(&o, "a\"b\\c\n\x01", 7);
    assert_string_equal(out_string(&o), "\"a\\\"b\\\\c\\n\\u0001\"");
    o.length = 0;
    out_csv(&o, "=1+1");
    assert_string_equal(out_string(&o), "\"'=1+1\"");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_agree_with_the_c_library),
        cmocka_unit_test(dates_are_read_strictly),
        cmocka_unit_test(money_is_read_strictly),
        cmocka_unit_test(text_is_escaped_for_its_medium),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
