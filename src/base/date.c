/* date.c: civil-day arithmetic by counting days from 1 March of year 0 in 400-year cycles (the
 * method of Howard Hinnant's "chrono-compatible low-level date algorithms", worked out again). */
#include "base/date.h"

#include "base/bug.h"

#include <stdio.h>

enum {
    CYCLE_YEARS  = 400,
    CYCLE_DAYS   = 146097,
    CENTURY_DAYS = 36524,
    FOUR_DAYS    = 1461,
    YEAR_DAYS    = 365,
    EPOCH_DAYS   = 719468, /* from 0000-03-01 to 1970-01-01 */
};

static const int8_t month_days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static bool year_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % CYCLE_YEARS == 0;
}

int date_month_days(int year, int month)
{
    BUG_UNLESS(month >= 1 && month <= 12);
    return month_days[month - 1] + (month == 2 && year_is_leap(year));
}

bool date_exists(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= date_month_days(year, month);
}

date date_make(int year, int month, int day)
{
    int y     = month <= 2 ? year - 1 : year;
    int cycle = (y >= 0 ? y : y - (CYCLE_YEARS - 1)) / CYCLE_YEARS;
    int yoe   = y - cycle * CYCLE_YEARS;
    int doy   = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe   = yoe * YEAR_DAYS + yoe / 4 - yoe / 100 + doy;
    return (date){ cycle * CYCLE_DAYS + doe - EPOCH_DAYS };
}

struct date_ymd date_split(date d)
{
    int z     = d.d + EPOCH_DAYS;
    int cycle = (z >= 0 ? z : z - (CYCLE_DAYS - 1)) / CYCLE_DAYS;
    int doe   = z - cycle * CYCLE_DAYS;
    int yoe =
        (doe - doe / (FOUR_DAYS - 1) + doe / CENTURY_DAYS - doe / (CYCLE_DAYS - 1)) / YEAR_DAYS;
    int doy   = doe - (YEAR_DAYS * yoe + yoe / 4 - yoe / 100);
    int mp    = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (struct date_ymd){ .year  = yoe + cycle * CYCLE_YEARS + (month <= 2),
                              .month = month,
                              .day   = doy - (153 * mp + 2) / 5 + 1 };
}

int date_weekday(date d)
{
    int w = (d.d + 3) % DATE_WEEK; /* 1970-01-01 was a Thursday */
    return w < 0 ? w + DATE_WEEK : w;
}

date date_add_months(date d, int n)
{
    struct date_ymd c = date_split(d);
    int index         = c.year * 12 + (c.month - 1) + n;
    int year = index / 12, month = index % 12 + 1;
    int last = date_month_days(year, month);
    return date_make(year, month, c.day < last ? c.day : last);
}

static bool digits_parse(const char *s, int n, int *value)
{
    *value = 0;
    for (int i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9') return false;
        *value = *value * 10 + (s[i] - '0');
    }
    return true;
}

bool date_parse(const char *s, size_t n, date *result)
{
    int year, month, day;

    if (n != DATE_TEXT - 1 || s[4] != '-' || s[7] != '-') return false;
    if (!digits_parse(s, 4, &year) || !digits_parse(s + 5, 2, &month) ||
        !digits_parse(s + 8, 2, &day))
        return false;
    if (!date_exists(year, month, day)) return false;
    *result = date_make(year, month, day);
    return true;
}

char *date_text(date d, char *buffer)
{
    struct date_ymd c = date_split(d.d >= DATE_OPEN.d ? (date){ DATE_OPEN.d - 1 } : d);
    snprintf(buffer, DATE_TEXT, "%04u-%02u-%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100,
             (unsigned)c.day % 100);
    return buffer;
}

char *date_words(date d, char *buffer)
{
    static const char *const names[12] = { "January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December" };
    struct date_ymd c                  = date_split(d);
    snprintf(buffer, DATE_WORDS, "%d %s %d", c.day, names[c.month - 1], c.year);
    return buffer;
}
