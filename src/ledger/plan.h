/* plan.h: the instalments of a reference period (B-201 to B-203) and what becomes of them when the
 * weekly amount changes.
 *
 * The instalments of a plan cover its days [from, to) without gap or overlap, and each has a day on
 * which it is due.  An uncharged instalment may still change; a charged one is only ever adjusted.
 */
#pragma once
#include "base/arena.h"
#include "ledger/accrual.h"

enum plan_interval { PLAN_WEEKLY, PLAN_TWO_WEEKLY, PLAN_FOUR_WEEKLY, PLAN_MONTHLY, PLAN_INTERVALS };

struct instalment {
    int32_t number; /* 1, 2, ... within the plan */
    date from, to;  /* the days it covers, half open */
    date due;       /* payable by the end of this day */
    money amount;   /* as planned; as charged once charged.  Never negative */
    money adjusted; /* sum of later adjustments; amount + adjusted is never negative */
    bool charged;
};

struct plan_terms {
    date base; /* where the running total of the arrangement begins: its initial effective date */
    date from; /* first day covered: the end of the plan before; for the first plan, base */
    date reference; /* the initial effective date or the review date (B-201) */
    date first_due; /* day of the first instalment: plan_first_due gives it */
    enum plan_interval interval;
    int32_t month_day; /* PLAN_MONTHLY: 1 to 31, the month's last day where there is no such day */
    int32_t reference_weeks; /* 52 (B-201, from the law) */
};

struct plan {
    date base, from, to;
    struct instalment *at; /* in order of day */
    size_t n;
};

/* "weekly", "two_weekly", "four_weekly", "monthly": for files and databases. */
bool plan_interval_find(const char *name, enum plan_interval *result);

/* The first day on or after `not_before` that is the chosen weekday (0 Monday to 6) or, for
 * PLAN_MONTHLY, the chosen day of the month (1 to 31, clipped to the month's end). */
date plan_first_due(enum plan_interval interval, int32_t chosen_day, date not_before);
/* The day after `due` by the same method; day: the chosen day of the month for PLAN_MONTHLY. */
date plan_next_due(enum plan_interval interval, int32_t day, date due);
/* How many instalments a reference period has: 52, 26, 13 or 12. */
int32_t plan_count(const struct plan_terms *terms);

/* The plan for [from, reference + reference_weeks).  Over days of one weekly amount the instalments
 * are equal, the residue in the last; where the timeline changes inside a cover that instalment is
 * what accrues in it.  They add up to what accrues over the plan, to the penny.
 * Reading: the one or two days a year between the end of a reference period and the review date are
 * days of the next plan (terms.from lies before terms.reference) and part of its total. */
struct plan plan_make(const struct plan_terms *terms, struct timeline t, struct arena *a);

/* The timeline `was` has become `now`.  Charged instalments are adjusted by the change of what
 * accrues in their covers (parts of the running totals, so that a series of changes ends where one
 * change would have ended); the uncharged ones are planned anew with everything that is left of the
 * plan's accrual, over their own due days.  adjustment[i], of p->n, receives the change of charged
 * instalment i, zero for others; p is changed in place.
 * Afterwards the sum of amount + adjusted over the plan is what accrues over it, to the penny.
 * What cannot be asked of later instalments (a liability that has ended, or a credit larger than
 * they are) settles on the latest charged ones; no instalment falls below zero. */
void plan_remake(struct plan *p, struct timeline was, struct timeline now, money *adjustment);

/* The instalments from `first` on, which are uncharged, are made anew by another method of payment:
 * those that fall due from terms->first_due (not before the cover of `first` begins) to the end of
 * the plan, at least one.  They cover the same days and come to the same money.  Of the terms only
 * interval, month_day and first_due are read. */
void plan_reschedule(struct plan *p, size_t first, const struct plan_terms *terms,
                     struct timeline t, struct arena *a);

/* amount + adjusted. */
money instalment_due(const struct instalment *i);
/* Sum of instalment_due over the plan. */
money plan_total(const struct plan *p);
