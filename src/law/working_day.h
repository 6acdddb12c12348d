/* working_day.h: the days on which offices and banks work: not a Saturday, a Sunday, Christmas Day,
 * Good Friday or a bank holiday of the part of the kingdom concerned (CE 1992 reg 25A).
 *
 * Bank holidays come from law/bank_holidays.txt, as published.  For years that it does not cover
 * the usual days are worked out: that is right until one is moved or added by proclamation, so
 * working_day_published says whether a day's year is in the list. */
#pragma once
#include "base/date.h"

enum holiday_place {
    HOLIDAY_ENGLAND_WALES,
    HOLIDAY_SCOTLAND,
    HOLIDAY_NORTHERN_IRELAND,
    HOLIDAY_PLACES,
    /* Bacs does not work on the bank holidays of England and Wales; those of Scotland and Northern
     * Ireland alone are processing days (practice, not verified). */
    HOLIDAY_BACS = HOLIDAY_ENGLAND_WALES
};

/* Working days as people say it. */
bool working_day_is(enum holiday_place place, date day);
/* The n-th working day after `day` (n above 0) or before it (n below 0); for 0 the day itself,
 * whether or not it is a working day. */
date working_day_add(enum holiday_place place, date day, int32_t n);
/* The n-th working day after a file made on `day` is input: Bacs takes input on working days only,
 * so that one made on another day is input on the next (our reading; n is 1 for its processing
 * day). */
date working_day_after_input(date day, int32_t n);
/* The day itself if it is a working day, else the next or the last before it. */
date working_day_next(enum holiday_place place, date day);
date working_day_previous(enum holiday_place place, date day);
/* How many working days there are from `from` (in) to `to` (out). */
int32_t working_day_count(enum holiday_place place, date from, date to);
/* The holiday's name, or NULL; a Saturday or Sunday is none, except as listed. */
const char *working_day_holiday(enum holiday_place place, date day);
/* True if the holidays of the day's year were published, false if they are worked out. */
bool working_day_published(date day);

/* What is worked out for a year the list does not cover; every year can be asked for, so that tests
 * can set it beside the list. */
const char *working_day_usual_holiday(enum holiday_place place, date day);
/* Easter Sunday of a year from 1583. */
date working_day_easter(int year);

/* --- made by tools/holidayc --- */
struct bank_holiday {
    date day;
    int places; /* bits 1 << enum holiday_place */
    const char *name;
};
extern const struct bank_holiday bank_holiday_table[]; /* in order of days */
extern const int32_t bank_holiday_count;
extern const int bank_holiday_first_year, bank_holiday_last_year;
