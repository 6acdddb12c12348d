/* born.c: days of birth held against each other. */
#include "flow/born.h"

enum { YEAR_MONTHS = 12 };

bool born_is_aged(date born, int32_t years, date day)
{
    return !date_before(day, date_add_months(born, years * YEAR_MONTHS));
}

enum born_wrong born_parent(const struct law *law, date born, date today)
{
    if (date_before(today, born)) return BORN_LATER;
    if (!born_is_aged(born, law->parent_least_years, today)) return BORN_YOUNG;
    return born_is_aged(born, law->parent_most_years, today) ? BORN_OLD : BORN_FINE;
}

enum born_wrong born_beside(const struct law *law, date born, bool pays, date child)
{
    if (!date_before(born, child)) return BORN_AFTER;
    return pays && !born_is_aged(born, law->parent_least_years, child) ? BORN_NEAR : BORN_FINE;
}
