/* plan.c: equal instalments over days of one weekly amount, and their adjustment. */
#include "ledger/plan.h"

#include "ledger/share.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR_MONTHS = 12, NO_WEEKS = 0 };

static const struct {
    const char *name;
    int32_t weeks; /* NO_WEEKS: by the month */
} intervals[PLAN_INTERVALS] = {
    [PLAN_WEEKLY]      = { "weekly", 1 },
    [PLAN_TWO_WEEKLY]  = { "two_weekly", 2 },
    [PLAN_FOUR_WEEKLY] = { "four_weekly", 4 },
    [PLAN_MONTHLY]     = { "monthly", NO_WEEKS },
};

bool plan_interval_find(const char *name, enum plan_interval *result)
{
    for (enum plan_interval i = 0; i < PLAN_INTERVALS; i++)
        if (!strcmp(intervals[i].name, name)) {
            *result = i;
            return true;
        }
    return false;
}

/* The chosen day of the month that lies `months` after d's month, clipped to the month's end. */
static date month_day(date d, int32_t months, int32_t day)
{
    struct date_ymd c = date_split(d);
    struct date_ymd m = date_split(date_add_months(date_make(c.year, c.month, 1), months));
    int last          = date_month_days(m.year, m.month);
    return date_make(m.year, m.month, day < last ? day : last);
}

date plan_first_due(enum plan_interval interval, int32_t chosen_day, date not_before)
{
    if (intervals[interval].weeks) {
        int32_t wait = (chosen_day - date_weekday(not_before) + DATE_WEEK) % DATE_WEEK;
        return date_add_days(not_before, wait);
    }
    date d = month_day(not_before, 0, chosen_day);
    return date_before(d, not_before) ? month_day(not_before, 1, chosen_day) : d;
}

int32_t plan_count(const struct plan_terms *terms)
{
    int32_t weeks = intervals[terms->interval].weeks;
    return weeks ? terms->reference_weeks / weeks : YEAR_MONTHS;
}

static date instalment_day(const struct plan_terms *terms, int32_t k)
{
    int32_t weeks = intervals[terms->interval].weeks;
    return weeks ? date_add_days(terms->first_due, k * weeks * DATE_WEEK)
                 : month_day(terms->first_due, k, terms->month_day);
}

date plan_next_due(enum plan_interval interval, int32_t day, date due)
{
    int32_t weeks = intervals[interval].weeks;
    return weeks ? date_add_days(due, weeks * DATE_WEEK) : month_day(due, 1, day);
}

money instalment_due(const struct instalment *i)
{
    return money_add(i->amount, i->adjusted);
}

money plan_total(const struct plan *p)
{
    money sum = MONEY_NONE;
    for (size_t i = 0; i < p->n; i++)
        sum = money_add(sum, instalment_due(&p->at[i]));
    return sum;
}

/* How many instalments are charged; they come first. */
static size_t plan_charged(const struct plan *p)
{
    size_t n = 0;
    while (n < p->n && p->at[n].charged)
        n++;
    for (size_t i = n; i < p->n; i++)
        BUG_UNLESS(!p->at[i].charged);
    return n;
}

/* Equal amounts in instalments [first, end), the residue in the last (B-202).  Where rounding up
 * would use the total before the end, the last ones are what is left, down to nothing. */
static void spread_equal(struct plan *p, size_t first, size_t end, money total)
{
    money each = share_half_up(total.p, (wide)(end - first));
    for (size_t i = first; i < end; i++) {
        p->at[i].amount = i + 1 < end ? money_min(each, total) : total;
        total           = money_subtract(total, p->at[i].amount);
    }
}

static int32_t cover_days(const struct instalment *i)
{
    return date_days(i->from, i->to);
}

/* The end of the run that begins with instalment i: as many of its length (give or take a day) as
 * have one weekly amount throughout, or i alone if the amount changes inside its cover. */
static size_t run_end(const struct plan *p, struct timeline t, size_t i)
{
    size_t end = i + 1;
    while (end < p->n && abs(cover_days(&p->at[end]) - cover_days(&p->at[i])) <= 1 &&
           timeline_is_level(t, p->at[i].from, p->at[end].to))
        end++;
    return end;
}

/* Plans the instalments from `first` on, which are uncharged, with what accrues in their covers
 * plus `carry` (signed): into the first run if anything accrues in it.  Returns the carry that they
 * could not take. */
static money spread_rest(struct plan *p, struct timeline t, size_t first, money carry)
{
    money unplaced = MONEY_NONE;
    for (size_t i = first, end; i < p->n; i = end) {
        end           = run_end(p, t, i);
        money accrues = accrual_part(t, p->base, p->at[i].from, p->at[end - 1].to);
        if (i == first && money_is_zero(accrues)) {
            unplaced = carry;
            carry    = MONEY_NONE;
        }
        money total = money_add(accrues, carry);
        carry       = money_min(total, MONEY_NONE);
        spread_equal(p, i, end, money_max(total, MONEY_NONE));
    }
    return money_add(unplaced, carry);
}

struct plan plan_make(const struct plan_terms *terms, struct timeline t, struct arena *a)
{
    int32_t n     = plan_count(terms);
    date to       = date_add_days(terms->reference, terms->reference_weeks * DATE_WEEK);
    int32_t days  = date_days(terms->from, to);
    struct plan p = { .base = terms->base, .from = terms->from, .to = to, .n = (size_t)n };

    BUG_UNLESS(timeline_is_sound(t) && n > 0 && days >= n);
    p.at = ARENA_MANY(a, struct instalment, n);
    for (int32_t k = 0; k < n; k++)
        p.at[k] = (struct instalment){ .number = k + 1,
                                       .from   = date_add_days(p.from, days * k / n),
                                       .to     = date_add_days(p.from, days * (k + 1) / n),
                                       .due    = instalment_day(terms, k) };
    spread_rest(&p, t, 0, MONEY_NONE);
    return p;
}

/* Adjusts the charged instalment i by `change`, but not below zero; returns what was adjusted. */
static money adjust_one(struct instalment *i, money change, money *adjustment)
{
    money moved = money_max(change, money_negate(instalment_due(i)));
    i->adjusted = money_add(i->adjusted, moved);
    *adjustment = money_add(*adjustment, moved);
    return moved;
}

/* Settles on the charged instalments what no later one can take: the latest first. */
static void settle(struct plan *p, size_t charged, money carry, money *adjustment)
{
    for (size_t i = charged; i > 0 && !money_is_zero(carry); i--)
        carry = money_subtract(carry, adjust_one(&p->at[i - 1], carry, &adjustment[i - 1]));
    BUG_UNLESS(money_is_zero(carry));
}

void plan_remake(struct plan *p, struct timeline was, struct timeline now, money *adjustment)
{
    size_t charged = plan_charged(p);
    date end       = charged ? p->at[charged - 1].to : p->from;
    money carry    = accrual_part(now, p->base, p->from, end);

    BUG_UNLESS(timeline_is_sound(was) && timeline_is_sound(now));
    for (size_t i = 0; i < p->n; i++)
        adjustment[i] = MONEY_NONE;
    for (size_t i = 0; i < charged; i++) {
        struct instalment *c = &p->at[i];
        adjust_one(c,
                   money_subtract(accrual_part(now, p->base, c->from, c->to),
                                  accrual_part(was, p->base, c->from, c->to)),
                   &adjustment[i]);
        carry = money_subtract(carry, instalment_due(c));
    }
    settle(p, charged, spread_rest(p, now, charged, carry), adjustment);
    BUG_UNLESS(plan_total(p).p == accrual_part(now, p->base, p->from, p->to).p);
}

void plan_reschedule(struct plan *p, size_t first, const struct plan_terms *terms,
                     struct timeline t, struct arena *a)
{
    date from   = p->at[first].from;
    money total = MONEY_NONE;
    int32_t n = 1, days = date_days(from, p->to);

    for (size_t i = first; i < p->n; i++) {
        BUG_UNLESS(!p->at[i].charged);
        total = money_add(total, p->at[i].amount);
    }
    while (date_before(instalment_day(terms, n), p->to))
        n++;
    BUG_UNLESS(days >= n);
    struct instalment *at = ARENA_MANY(a, struct instalment, first + (size_t)n);
    memcpy(at, p->at, first * sizeof *at);
    for (int32_t k = 0; k < n; k++)
        at[first + (size_t)k] = (struct instalment){ .number = (int32_t)first + k + 1,
                                                     .from   = date_add_days(from, days * k / n),
                                                     .to  = date_add_days(from, days * (k + 1) / n),
                                                     .due = instalment_day(terms, k) };
    p->at = at;
    p->n  = first + (size_t)n;
    money rest =
        spread_rest(p, t, first, money_subtract(total, accrual_part(t, p->base, from, p->to)));
    for (size_t i = first; i < p->n; i++) {
        money moved     = money_max(rest, money_negate(p->at[i].amount));
        p->at[i].amount = money_add(p->at[i].amount, moved);
        rest            = money_subtract(rest, moved);
    }
    BUG_UNLESS(money_is_zero(rest));
}
