/* working_day.c: the published holidays by bisection; the usual ones by the Banking and Financial
 * Dealings Act 1971, Schedule 1, and the days proclaimed every year beside it. */
#include "law/working_day.h"

#include "base/bug.h"

enum { MONDAY = 0, SATURDAY = 5, JANUARY = 1, MARCH = 3, MAY = 5, JULY = 7, AUGUST = 8 };
enum { NOVEMBER = 11, DECEMBER = 12 };

/* The Gregorian computus by its parts: the golden number, the epact with the corrections for leap
 * centuries and the moon, and the Sunday after the full moon. */
date working_day_easter(int year)
{
    int golden = year % 19, century = year / 100;
    int leaps = century - century / 4;                        /* skipped leap days */
    int moon  = (century - (century + 8) / 25 + 1) / 3;       /* the moon's slow drift */
    int epact = (19 * golden + leaps - moon + 15) % 30;       /* full moon: days after 21 March */
    if (epact == 29 || (epact == 28 && golden > 10)) epact--; /* no moon has 19 April twice */
    date full_moon = date_add_days(date_make(year, MARCH, 21), epact);
    return date_add_days(full_moon, DATE_WEEK - (date_weekday(full_moon) + 1) % DATE_WEEK);
}

static bool weekend(date day)
{
    return date_weekday(day) >= SATURDAY;
}

static date monday_on_or_after(date day)
{
    int past = date_weekday(day);
    return past == MONDAY ? day : date_add_days(day, DATE_WEEK - past);
}

static date last_monday(int year, int month)
{
    date end = date_make(year, month, date_month_days(year, month));
    return date_add_days(end, -date_weekday(end));
}

/* A holiday that falls on a Saturday or Sunday is kept on the Monday. */
static bool kept_on(date fixed, date day)
{
    return date_same(weekend(fixed) ? monday_on_or_after(fixed) : fixed, day);
}

/* Two holidays in a row: each that falls at the weekend is kept on the first working day that is
 * not taken.  0 if `day` keeps none, else 1 or 2. */
static int pair_kept_on(date first, date day)
{
    date second = date_add_days(first, 1);
    date free   = monday_on_or_after(first);

    if (!weekend(first) && date_same(first, day)) return 1;
    if (!weekend(second) && date_same(second, day)) return 2;
    if (!weekend(first)) return weekend(second) && kept_on(second, day) ? 2 : 0;
    if (!weekend(second)) /* Sunday and Monday: the Sunday is kept on the Tuesday */
        return date_same(date_add_days(second, 1), day) ? 1 : 0;
    return date_same(free, day) ? 1 : date_same(date_add_days(free, 1), day) ? 2 : 0;
}

static const char *winter_holiday(enum holiday_place place, int year, date day)
{
    date new_year = date_make(year, JANUARY, 1);
    int kept      = pair_kept_on(date_make(year, DECEMBER, 25), day);

    if (kept) return kept == 1 ? "Christmas Day" : "Boxing Day";
    if (place == HOLIDAY_SCOTLAND) {
        kept = pair_kept_on(new_year, day);
        if (kept) return kept == 1 ? "New Year's Day" : "2nd January";
        return kept_on(date_make(year, NOVEMBER, 30), day) ? "St Andrew's Day" : NULL;
    }
    if (kept_on(new_year, day)) return "New Year's Day";
    if (place == HOLIDAY_NORTHERN_IRELAND && kept_on(date_make(year, MARCH, 17), day))
        return "St Patrick's Day";
    return NULL;
}

const char *working_day_usual_holiday(enum holiday_place place, date day)
{
    int year    = date_split(day).year;
    date easter = working_day_easter(year);
    bool scots  = place == HOLIDAY_SCOTLAND;
    date summer =
        scots ? monday_on_or_after(date_make(year, AUGUST, 1)) : last_monday(year, AUGUST);

    if (date_same(day, date_add_days(easter, -2))) return "Good Friday";
    if (!scots && date_same(day, date_add_days(easter, 1))) return "Easter Monday";
    if (date_same(day, monday_on_or_after(date_make(year, MAY, 1))))
        return "Early May bank holiday";
    if (date_same(day, last_monday(year, MAY))) return "Spring bank holiday";
    if (date_same(day, summer)) return "Summer bank holiday";
    if (place == HOLIDAY_NORTHERN_IRELAND && kept_on(date_make(year, JULY, 12), day))
        return "Battle of the Boyne (Orangemen's Day)";
    return winter_holiday(place, year, day);
}

bool working_day_published(date day)
{
    int year = date_split(day).year;
    return year >= bank_holiday_first_year && year <= bank_holiday_last_year;
}

static const char *published_holiday(enum holiday_place place, date day)
{
    int32_t low = 0, high = bank_holiday_count;

    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (date_before(bank_holiday_table[middle].day, day))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < bank_holiday_count && date_same(bank_holiday_table[low].day, day); low++)
        if (bank_holiday_table[low].places >> place & 1) return bank_holiday_table[low].name;
    return NULL;
}

const char *working_day_holiday(enum holiday_place place, date day)
{
    BUG_UNLESS(place >= 0 && place < HOLIDAY_PLACES);
    return working_day_published(day) ? published_holiday(place, day)
                                      : working_day_usual_holiday(place, day);
}

bool working_day_is(enum holiday_place place, date day)
{
    return !weekend(day) && !working_day_holiday(place, day);
}

date working_day_add(enum holiday_place place, date day, int32_t n)
{
    int32_t step = n < 0 ? -1 : 1;

    for (int32_t left = n * step; left > 0; left -= working_day_is(place, day))
        day = date_add_days(day, step);
    return day;
}

date working_day_next(enum holiday_place place, date day)
{
    return working_day_is(place, day) ? day : working_day_add(place, day, 1);
}

date working_day_previous(enum holiday_place place, date day)
{
    return working_day_is(place, day) ? day : working_day_add(place, day, -1);
}

int32_t working_day_count(enum holiday_place place, date from, date to)
{
    int32_t count = 0;

    for (date day = from; date_before(day, to); day = date_add_days(day, 1))
        count += working_day_is(place, day);
    return count;
}

date working_day_after_input(date day, int32_t n)
{
    return working_day_add(HOLIDAY_BACS, working_day_next(HOLIDAY_BACS, day), n);
}
