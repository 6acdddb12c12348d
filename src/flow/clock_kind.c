/* clock_kind.c: the dates of what waits. */
#include "flow/clock_kind.h"

#include "law/working_day.h"

#include <string.h>

enum clock_kind clock_kind_find(const char *name)
{
    for (int k = 0; k < CLOCK_KINDS; k++)
        if (!strcmp(clock_kind_table[k].name, name)) return (enum clock_kind)k;
    return CLOCK_KINDS;
}

bool clock_kind_answered(enum clock_kind kind, const char *done)
{
    size_t n = strlen(done);

    for (const char *at = clock_kind_table[kind].answer; *at;) {
        size_t word = strcspn(at, " ");
        if (word == n && !memcmp(at, done, n)) return true;
        at += word + (at[word] == ' ');
    }
    return false;
}

const struct clock_term *clock_term_at(const struct clock_term *terms, int32_t count, date day)
{
    const struct clock_term *term = terms;

    for (int32_t i = 1; i < count; i++)
        if (!date_before(day, terms[i].from)) term = &terms[i];
    return term;
}

static const struct clock_term *term_of(enum clock_kind kind, date day)
{
    return clock_term_at(clock_kind_table[kind].terms, clock_kind_table[kind].term_count, day);
}

static date days_after(const struct clock_term *t, date day, int32_t n)
{
    return t->working ? working_day_add(HOLIDAY_ENGLAND_WALES, day, n) : date_add_days(day, n);
}

/* How many days further up a kind stands. */
static int32_t days_up(enum clock_kind kind)
{
    enum { BEFORE_ALL = 36500 }; /* more than anything waits */

    return clock_kind_table[kind].harm * clock_harm_days +
           (clock_kind_table[kind].first ? BEFORE_ALL : 0);
}

struct clock_dates clock_dates_due(enum clock_kind kind, date started, date due)
{
    const struct clock_term *t = term_of(kind, started);

    return (struct clock_dates){
        .started = started,
        .near    = days_after(t, due, -t->near),
        .due     = due,
        .place   = date_add_days(due, -days_up(kind)),
    };
}

struct clock_dates clock_dates_from(enum clock_kind kind, date started)
{
    const struct clock_term *t = term_of(kind, started);

    return clock_dates_due(kind, started, days_after(t, started, t->days));
}
