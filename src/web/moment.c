/* moment.c: moments in words. */
#include "web/moment.h"

#include "base/date.h"

#include <time.h>

const char *moment_day(struct arena *a, int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm t;

    gmtime_r(&seconds, &t);
    return date_words(date_make(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday),
                      arena_take(a, DATE_WORDS));
}

const char *moment_words(struct arena *a, int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm t;

    gmtime_r(&seconds, &t);
    return arena_print(a, "%s, %02d:%02d", moment_day(a, at), t.tm_hour, t.tm_min);
}
