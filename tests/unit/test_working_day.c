/* test_working_day.c: bank holidays as published and as worked out, and counting by working days.
 */
#include "law/working_day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static date day(const char *text)
{
    date d;
    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

/* A file is input on a working day, and processed on the one after. */
static void a_file_is_processed_after_the_day_of_its_input(void **state)
{
    static const struct {
        const char *made, *processed, *debited; /* one and two working days after its input */
    } cases[] = {
        { "2026-11-19", "2026-11-20", "2026-11-23" }, /* Thursday */
        { "2026-11-20", "2026-11-23", "2026-11-24" }, /* Friday */
        { "2026-11-21", "2026-11-24", "2026-11-25" }, /* Saturday: input on Monday */
        { "2026-11-22", "2026-11-24", "2026-11-25" }, { "2026-11-23", "2026-11-24", "2026-11-25" },
        { "2026-04-02", "2026-04-07", "2026-04-08" }, /* before Good Friday and Easter Monday */
        { "2026-04-03", "2026-04-08", "2026-04-09" }, { "2026-04-06", "2026-04-08", "2026-04-09" },
        { "2026-12-24", "2026-12-29", "2026-12-30" }, /* Boxing Day on a Saturday: Monday too */
        { "2026-12-26", "2026-12-30", "2026-12-31" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        date made = day(cases[i].made);
        assert_int_equal(working_day_after_input(made, 1).d, day(cases[i].processed).d);
        assert_int_equal(working_day_after_input(made, 2).d, day(cases[i].debited).d);
    }
}

static void easter_is_when_it_was(void **state)
{
    /* 1818 and 2285 are the earliest, 1943 and 2038 the latest; 1954 and 1981 need the corrections
     */
    static const char *const sundays[] = { "1583-04-10", "1818-03-22", "1943-04-25", "1954-04-18",
                                           "1961-04-02", "1981-04-19", "2000-04-23", "2008-03-23",
                                           "2024-03-31", "2025-04-20", "2038-04-25", "2049-04-18",
                                           "2076-04-19", "2285-03-22" };
    (void)state;
    for (size_t i = 0; i < sizeof sundays / sizeof *sundays; i++)
        assert_int_equal(working_day_easter(date_split(day(sundays[i])).year).d, day(sundays[i]).d);
}

/* The days on which the list and the usual rule differ: proclaimed once each. */
static const struct {
    const char *day;
    bool england_and_wales, scotland, northern_ireland, holiday;
} proclaimed[] = {
    { "2012-05-28", true, true, true, false }, /* spring holiday moved to June */
    { "2012-06-04", true, true, true, true },   { "2012-06-05", true, true, true, true },
    { "2020-05-04", true, true, true, false }, /* early May moved to VE day */
    { "2020-05-08", true, true, true, true },   { "2022-05-30", true, true, true, false },
    { "2022-06-02", true, true, true, true },   { "2022-06-03", true, true, true, true },
    { "2022-09-19", true, true, true, true }, /* state funeral */
    { "2023-05-08", true, true, true, true }, /* coronation */
    { "2026-06-15", false, true, false, true },
};

static bool is_proclaimed(enum holiday_place place, date d, bool holiday)
{
    for (size_t i = 0; i < sizeof proclaimed / sizeof *proclaimed; i++) {
        bool here = place == HOLIDAY_SCOTLAND           ? proclaimed[i].scotland
                    : place == HOLIDAY_NORTHERN_IRELAND ? proclaimed[i].northern_ireland
                                                        : proclaimed[i].england_and_wales;
        if (here && date_same(day(proclaimed[i].day), d)) return proclaimed[i].holiday == holiday;
    }
    return false;
}

static void the_list_is_the_usual_days_but_for_those_proclaimed(void **state)
{
    (void)state;
    date end = date_make(bank_holiday_last_year + 1, 1, 1);
    for (date d = date_make(bank_holiday_first_year, 1, 1); date_before(d, end); d.d++)
        for (int p = 0; p < HOLIDAY_PLACES; p++) {
            bool listed = working_day_holiday(p, d), usual = working_day_usual_holiday(p, d);
            char text[DATE_TEXT];
            if (listed != usual && !is_proclaimed(p, d, listed))
                fail_msg("%s in part %d: listed %d, usual %d", date_text(d, text), p, listed,
                         usual);
            if (listed == usual && is_proclaimed(p, d, listed))
                fail_msg("%s in part %d is no exception", date_text(d, text), p);
        }
}

static void names_are_as_published(void **state)
{
    (void)state;
    assert_string_equal(working_day_holiday(HOLIDAY_SCOTLAND, day("2026-11-30")),
                        "St Andrew's Day");
    assert_null(working_day_holiday(HOLIDAY_ENGLAND_WALES, day("2026-11-30")));
    assert_string_equal(working_day_holiday(HOLIDAY_BACS, day("2026-12-28")),
                        "Boxing Day (substitute day)");
    assert_string_equal(working_day_holiday(HOLIDAY_NORTHERN_IRELAND, day("2040-07-12")),
                        "Battle of the Boyne (Orangemen's Day)");
    assert_true(working_day_published(day("2012-01-01")));
    assert_false(working_day_published(day("2011-12-31")));
    assert_false(working_day_published(date_make(bank_holiday_last_year + 1, 1, 1)));
}

static void winter_pairs_move_off_the_weekend(void **state)
{
    /* 25 December on a Friday, Saturday, Sunday; 1 January on a Friday, Saturday, Sunday */
    static const struct {
        enum holiday_place place;
        const char *day;
        bool holiday;
    } cases[] = {
        { HOLIDAY_BACS, "2037-12-25", true },     { HOLIDAY_BACS, "2037-12-28", true },
        { HOLIDAY_BACS, "2037-12-29", false },    { HOLIDAY_BACS, "2032-12-27", true },
        { HOLIDAY_BACS, "2032-12-28", true },     { HOLIDAY_BACS, "2032-12-29", false },
        { HOLIDAY_BACS, "2033-12-26", true },     { HOLIDAY_BACS, "2033-12-27", true },
        { HOLIDAY_BACS, "2033-12-28", false },    { HOLIDAY_SCOTLAND, "2038-01-01", true },
        { HOLIDAY_SCOTLAND, "2038-01-04", true }, { HOLIDAY_SCOTLAND, "2033-01-03", true },
        { HOLIDAY_SCOTLAND, "2033-01-04", true }, { HOLIDAY_SCOTLAND, "2034-01-02", true },
        { HOLIDAY_SCOTLAND, "2034-01-03", true }, { HOLIDAY_SCOTLAND, "2034-01-04", false },
        { HOLIDAY_BACS, "2034-01-02", true },     { HOLIDAY_BACS, "2034-01-03", false },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if ((working_day_holiday(cases[i].place, day(cases[i].day)) != NULL) != cases[i].holiday)
            fail_msg("%s", cases[i].day);
}

static void days_are_counted(void **state)
{
    (void)state;
    /* Easter 2026: Good Friday 3 April, Easter Monday 6 April (not in Scotland) */
    date thursday = day("2026-04-02");
    assert_int_equal(working_day_add(HOLIDAY_BACS, thursday, 1).d, day("2026-04-07").d);
    assert_int_equal(working_day_add(HOLIDAY_SCOTLAND, thursday, 1).d, day("2026-04-06").d);
    assert_int_equal(working_day_add(HOLIDAY_BACS, day("2026-04-07"), -1).d, thursday.d);
    assert_int_equal(working_day_add(HOLIDAY_BACS, day("2026-04-05"), 0).d, day("2026-04-05").d);
    assert_int_equal(working_day_next(HOLIDAY_BACS, day("2026-04-03")).d, day("2026-04-07").d);
    assert_int_equal(working_day_next(HOLIDAY_BACS, thursday).d, thursday.d);
    assert_int_equal(working_day_previous(HOLIDAY_BACS, day("2026-04-06")).d, thursday.d);
    assert_int_equal(working_day_add(HOLIDAY_BACS, day("2026-04-04"), 10).d, day("2026-04-20").d);
    assert_int_equal(working_day_count(HOLIDAY_BACS, thursday, day("2026-04-08")), 2);
    assert_int_equal(working_day_count(HOLIDAY_BACS, thursday, thursday), 0);
    assert_int_equal(working_day_count(HOLIDAY_BACS, day("2026-01-01"), day("2027-01-01")), 253);
}

static void adding_and_counting_agree(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        date from = date_add_days(day("2012-12-10"), i * 7 / 2);
        int n     = 1 + i % 23;
        for (int p = 0; p < HOLIDAY_PLACES; p++) {
            date to = working_day_add(p, from, n);
            assert_true(working_day_is(p, to));
            assert_int_equal(working_day_count(p, date_add_days(from, 1), date_add_days(to, 1)), n);
            assert_true(!working_day_is(p, from) || working_day_add(p, to, -n).d == from.d);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_processed_after_the_day_of_its_input),
        cmocka_unit_test(easter_is_when_it_was),
        cmocka_unit_test(the_list_is_the_usual_days_but_for_those_proclaimed),
        cmocka_unit_test(names_are_as_published),
        cmocka_unit_test(winter_pairs_move_off_the_weekend),
        cmocka_unit_test(days_are_counted),
        cmocka_unit_test(adding_and_counting_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
