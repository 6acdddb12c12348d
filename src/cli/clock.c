/* clock.c: today, and the days that have not come yet. */
#include "cli/clock.h"

#include "app/database.h"

#include <stdlib.h>
#include <time.h>

void clock_start(void)
{
    setenv("TZ", "Europe/London", 1);
    tzset();
}

date clock_today(void)
{
    time_t now = time(NULL);
    struct tm c;

    localtime_r(&now, &c);
    return date_make(c.tm_year + 1900, c.tm_mon + 1, c.tm_mday);
}

bool clock_allows(struct store *store, date day, struct fail *fail)
{
    char given[DATE_TEXT], now[DATE_TEXT];
    date today        = clock_today();
    bool is_rehearsal = false;

    if (!date_before(today, day)) return true;
    return (!store || database_is_rehearsal(store, &is_rehearsal, fail)) &&
           (is_rehearsal ||
            REFUSE(fail, "day_to_come",
                   "%s has not come yet: today is %s by this machine's clock. Nothing was done. "
                   "Give the right day, or put the clock right; days to come can be tried in a "
                   "rehearsal (`upkeep init --rehearsal`).",
                   date_text(day, given), date_text(today, now)));
}
