/* accrual.c: sums over the rows of a timeline, one rounding at the end. */
#include "ledger/accrual.h"

#include "ledger/share.h"

/* The day row i gives way to the next. */
static date row_end(struct timeline t, size_t i)
{
    return i + 1 < t.n ? t.at[i + 1].from : DATE_OPEN;
}

bool timeline_is_sound(struct timeline t)
{
    for (size_t i = 0; i < t.n; i++) {
        if (t.at[i].weekly.p < 0) return false;
        if (i > 0 && !date_before(t.at[i - 1].from, t.at[i].from)) return false;
    }
    return true;
}

money timeline_weekly(struct timeline t, date day)
{
    money weekly = MONEY_NONE;
    for (size_t i = 0; i < t.n && !date_before(day, t.at[i].from); i++)
        weekly = t.at[i].weekly;
    return weekly;
}

bool timeline_is_level(struct timeline t, date from, date to)
{
    money weekly = timeline_weekly(t, from);
    for (size_t i = 0; i < t.n && date_before(t.at[i].from, to); i++)
        if (date_before(from, t.at[i].from) && t.at[i].weekly.p != weekly.p) return false;
    return true;
}

exact accrual_exact(struct timeline t, date from, date to)
{
    wide sum = 0;
    for (size_t i = 0; i < t.n; i++) {
        date first = date_max(from, t.at[i].from), end = date_min(to, row_end(t, i));
        if (date_before(first, end)) sum += (wide)t.at[i].weekly.p * date_days(first, end);
    }
    return (exact){ sum, DATE_WEEK };
}

money accrual_rounded(struct timeline t, date from, date to)
{
    exact e = accrual_exact(t, from, to);
    return share_half_up(e.n, e.d);
}

money accrual_part(struct timeline t, date base, date from, date to)
{
    BUG_UNLESS(!date_before(from, base) && !date_before(to, from));
    return money_subtract(accrual_rounded(t, base, to), accrual_rounded(t, base, from));
}
