/* employer_line.c: what a line of a payment schedule must be.  People outside read them:
 * every sentence here is said. */
#include "feed/employer_line.h"

#include <string.h>

static const char *const period_names[PERIODS] = {
    [PERIOD_WEEKLY]      = "weekly",
    [PERIOD_TWO_WEEKLY]  = "two_weekly",
    [PERIOD_FOUR_WEEKLY] = "four_weekly",
    [PERIOD_MONTHLY]     = "monthly",
};
static const char *const reason_names[SHORT_REASONS] = {
    [SHORT_NONE]         = "",
    [SHORT_PROTECTED]    = "protected",
    [SHORT_OTHER_ORDER]  = "other_order",
    [SHORT_NO_PAY]       = "no_pay",
    [SHORT_UNPAID_LEAVE] = "unpaid_leave",
    [SHORT_SICK]         = "sick",
    [SHORT_LEFT]         = "left",
    [SHORT_NOT_EMPLOYED] = "not_employed",
    [SHORT_OTHER]        = "other",
};

const char *pay_period_name(enum pay_period period)
{
    return period_names[period];
}

const char *short_reason_name(enum short_reason reason)
{
    return reason_names[reason];
}

bool short_reason_find(const char *name, enum short_reason *result)
{
    for (int k = 0; k < SHORT_REASONS; k++)
        if (!strcmp(reason_names[k], name)) {
            *result = (enum short_reason)k;
            return true;
        }
    return false;
}

static bool reference_is(const char *s)
{
    return strlen(s) == EMPLOYER_REFERENCE && strspn(s, "0123456789") == EMPLOYER_REFERENCE;
}

/* --- schedules --- */

bool schedule_fault(struct schedule_reading *r, int line, const char *sentence)
{
    if (++r->summary->faults > FEED_FAULTS_MOST)
        return SCHEDULE_REFUSE(r, "too_many_faults",
                               "The file has more than %d faulty lines; the last is line %d.",
                               FEED_FAULTS_MOST, line);
    r->sink->fault(r->sink->context, &(struct feed_fault){ .line = line, .text = sentence });
    return true;
}

static bool month_read(const char *s, date *month)
{
    enum { MONTH_TEXT = 7 };
    char day[DATE_TEXT];

    if (strlen(s) != MONTH_TEXT) return false;
    snprintf(day, sizeof day, "%s-01", s);
    return date_parse(day, strlen(day), month);
}

bool schedule_open(struct schedule_reading *r, const char *employer, const char *month, int line)
{
    if (!reference_is(employer) || employer[0] != '5' || (employer[1] != '0' && employer[1] != '1'))
        return SCHEDULE_REFUSE(r, "employer_wrong",
                               "Line %d: the employer's reference has twelve digits and begins "
                               "with 50, an agent's with 51.",
                               line);
    if (!month_read(month, &r->schedule.month))
        return SCHEDULE_REFUSE(r, "month_wrong",
                               "Line %d: the month of the schedule is written as 2026-11.", line);
    if (++r->summary->schedules > FEED_STATEMENTS_MOST)
        return SCHEDULE_REFUSE(r, "too_many_lines", "The file has more than %d schedules.",
                               FEED_STATEMENTS_MOST);
    memcpy(r->employer, employer, sizeof r->employer);
    r->schedule.employer = r->employer;
    r->open              = true;
    r->mute              = false;
    r->sum               = MONEY_NONE;
    return true;
}

bool schedule_close(struct schedule_reading *r, const char *total, int line)
{
    char a[MONEY_TEXT], b[MONEY_TEXT];
    money stated;

    if (!money_parse(total, strlen(total), &stated))
        return SCHEDULE_REFUSE(r, "total_wrong",
                               "Line %d: the total must be pounds and pence without sign or "
                               "commas.",
                               line);
    if (!r->mute && stated.p != r->sum.p)
        return SCHEDULE_REFUSE(r, "total_mismatch",
                               "Line %d: the deductions come to %s, but the total says %s.", line,
                               money_text(r->sum, a), money_text(stated, b));
    r->summary->agreed &= !r->mute;
    r->open = false;
    return r->sink->total(r->sink->context, &r->schedule, stated, r->fail);
}

bool schedule_finish(struct schedule_reading *r)
{
    if (r->open)
        return SCHEDULE_REFUSE(r, "total_missing",
                               "The schedule of employer %s has no total; the file may have been "
                               "cut off.",
                               r->employer);
    return r->summary->schedules > 0 ||
           SCHEDULE_REFUSE(r, "no_schedule", "The file has no payment schedule.");
}

/* --- lines --- */

static bool money_of(const char *s, money *m)
{
    return money_parse(s, strlen(s), m);
}

bool schedule_is(const struct schedule_reading *r, const struct schedule_texts *t)
{
    date month;

    return !strcmp(t->at[TEXT_EMPLOYER], r->employer) && month_read(t->at[TEXT_MONTH], &month) &&
           date_same(month, r->schedule.month);
}

/* Whose pay, and when; NULL, or what is wrong. */
static const char *who_read(struct schedule_reading *r, const struct schedule_texts *t,
                            struct schedule_line *l)
{
    const char *period = t->at[TEXT_PERIOD], *day = t->at[TEXT_PAY_DATE];
    int p = 0;

    l->employee = t->at[TEXT_EMPLOYEE];
    l->nino     = "";
    if (*l->employee && !reference_is(l->employee))
        return "The employee's reference has twelve digits.";
    if (*t->at[TEXT_NINO]) {
        if (!nino_read(t->at[TEXT_NINO], r->nino))
            return "A National Insurance number is two letters, six digits and A, B, C or D.";
        l->nino = r->nino;
    }
    if (!*l->employee && !*l->nino)
        return "There is no employee's reference and no National Insurance number.";
    if (!date_parse(day, strlen(day), &l->pay_date))
        return "The pay date must be a day that exists, written as 2026-11-22.";
    struct date_ymd is = date_split(l->pay_date), of = date_split(r->schedule.month);
    if (is.year != of.year || is.month != of.month)
        return "The pay date is not in the month of the schedule.";
    while (p < PERIODS && strcmp(period_names[p], period))
        p++;
    if (p == PERIODS) return "The pay period is weekly, two_weekly, four_weekly or monthly.";
    l->period = (enum pay_period)p;
    return NULL;
}

static const char *amounts_read(const struct schedule_texts *t, struct schedule_line *l)
{
    const char *net = t->at[TEXT_NET];

    l->has_net = *net != '\0';
    if ((l->has_net && !money_of(net, &l->net)) || !money_of(t->at[TEXT_NORMAL], &l->normal))
        return "Amounts must be pounds and pence without sign or commas.";
    if (l->has_net && l->deducted.p > l->net.p) return "More was deducted than the net pay.";
    if (!short_reason_find(t->at[TEXT_REASON], &l->reason))
        return "The reason is none of protected, other_order, no_pay, unpaid_leave, sick, left, "
               "not_employed, other.";
    if (l->deducted.p < l->normal.p && l->reason == SHORT_NONE)
        return "Less than the normal deduction was taken and there is no reason.";
    if (l->deducted.p >= l->normal.p && l->reason != SHORT_NONE)
        return "There is a reason, but the normal deduction was taken.";
    return NULL;
}

/* The line that had the same employee and pay date before; 0 when there is none. */
static int seen_before(struct schedule_reading *r, const struct schedule_line *l)
{
    char key[64], day[DATE_TEXT];

    snprintf(key, sizeof key, "%s/%s", *l->employee ? l->employee : l->nino,
             date_text(l->pay_date, day));
    return feed_seen_add(&r->seen, r->employer, key, l->line);
}

/* A bad line whose amount could be read counts in the control total. */
static bool deducted_read(struct schedule_reading *r, const struct schedule_texts *t,
                          struct schedule_line *l)
{
    if (!money_of(t->at[TEXT_DEDUCTED], &l->deducted)) {
        r->mute = true;
        return false;
    }
    r->sum = money_add(r->sum, l->deducted);
    return true;
}

bool schedule_take(struct schedule_reading *r, const struct schedule_texts *t)
{
    struct schedule_line l = { .schedule = &r->schedule, .line = t->line };
    char again[80];

    if (++r->entries > FEED_LINES_MOST)
        return SCHEDULE_REFUSE(r, "too_many_lines",
                               "The file has more than %d lines; send it in parts.",
                               FEED_LINES_MOST);
    bool amount = deducted_read(r, t, &l);
    if (r->sum.p > MONEY_MOST.p * 1000)
        return SCHEDULE_REFUSE(r, "total_too_large", "The deductions come to more than there is.");
    const char *why = t->problem;
    if (!why && !amount) why = "Amounts must be pounds and pence without sign or commas.";
    if (!why && !schedule_is(r, t))
        why = "It is of another schedule; the one before has no total yet.";
    if (!why) why = who_read(r, t, &l);
    if (!why) why = amounts_read(t, &l);
    if (!why) {
        int before = seen_before(r, &l);
        snprintf(again, sizeof again, "The employee and pay date were already on line %d.", before);
        if (before) why = again;
    }
    if (why) return schedule_fault(r, t->line, why);
    if (r->summary->deducted.p > MONEY_MOST.p * 1000)
        return SCHEDULE_REFUSE(r, "total_too_large", "The deductions come to more than there is.");
    r->summary->lines++;
    r->summary->deducted = money_add(r->summary->deducted, l.deducted);
    return r->sink->line(r->sink->context, &l, r->fail);
}
