/* date.h: civil dates as days since 1970-01-01, proleptic Gregorian.  No clock and no time zone:
 * "today" is always an argument.  Intervals are half open: from is in, to is out. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int32_t d;
} date;

#define DATE_OPEN  ((date){ 2932897 })   /* 10000-01-01: "until further notice" */
#define DATE_NEVER ((date){ INT32_MIN }) /* before every day */
enum { DATE_TEXT = 11, DATE_WORDS = 32, DATE_WEEK = 7 };

static inline bool date_before(date a, date b)
{
    return a.d < b.d;
}
static inline bool date_same(date a, date b)
{
    return a.d == b.d;
}
static inline date date_add_days(date a, int32_t n)
{
    return (date){ a.d + n };
}
static inline int32_t date_days(date from, date to)
{
    return to.d - from.d;
}
static inline date date_min(date a, date b)
{
    return a.d < b.d ? a : b;
}
static inline date date_max(date a, date b)
{
    return a.d > b.d ? a : b;
}

struct date_ymd {
    int year, month, day; /* month 1 to 12, day 1 to 31 */
};

date date_make(int year, int month, int day);
struct date_ymd date_split(date d);
bool date_exists(int year, int month, int day);
int date_month_days(int year, int month);
int date_weekday(date d); /* 0 Monday to 6 Sunday */
/* The same day n months on (n may be negative); the month's last day where there is no such day. */
date date_add_months(date d, int n);
/* Exactly YYYY-MM-DD, a date that exists, 0001 to 9999; false otherwise. */
bool date_parse(const char *s, size_t n, date *result);
/* "2026-11-22"; DATE_OPEN gives "9999-12-31".  buffer holds DATE_TEXT bytes; returned. */
char *date_text(date d, char *buffer);
/* "22 November 2026" as GOV.UK writes it; buffer holds DATE_WORDS bytes; returned. */
char *date_words(date d, char *buffer);
