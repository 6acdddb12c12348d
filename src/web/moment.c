/* moment.c: moments in words. */
#include "web/moment.h"

#include <time.h>

date moment_date(int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm t;

    gmtime_r(&seconds, &t);
    return date_make(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}

const char *moment_day(struct arena *a, int64_t at)
{
    return date_words(moment_date(at), arena_take(a, DATE_WORDS));
}

const char *moment_words(struct arena *a, int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm t;

    gmtime_r(&seconds, &t);
    return arena_print(a, "%s, %02d:%02d", moment_day(a, at), t.tm_hour, t.tm_min);
}
