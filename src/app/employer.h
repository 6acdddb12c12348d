/* employer.h: what employers and benefit offices owe us an answer or money for: a list over the
 * records, for the work list.  Nothing is written. */
#pragma once
#include "app/announced.h"
#include "app/order.h"

enum employer_state {
    EMPLOYER_WAITING, /* announced, not yet due */
    EMPLOYER_LATE,    /* announced, due, not here (B-331) */
    EMPLOYER_SILENT,  /* an order held all the month and no schedule came for it (B-335) */
    EMPLOYER_STATES
};
struct employer_item {
    enum employer_state state;
    const char *source, *sender; /* "employer" or "benefit"; its twelve digits */
    const char *batch;           /* the month, "2026-11"; "" of a benefit office's file */
    date due;
    int32_t late;   /* days since the last day for it; 0: not late */
    int64_t people; /* families */
    money amount;   /* announced and missing; of a silent one a month's normal deduction */
};
struct employer_list {
    struct employer_item *at; /* what is longest due first */
    size_t n;
    size_t number[EMPLOYER_STATES];
    money amount[EMPLOYER_STATES];
};

/* months: how far back months without a schedule are looked for, from the last one whose day has
 * passed.  Reads every order. */
bool employer_read(const struct setting *setting, int months, struct employer_list *list,
                   struct fail *fail);
/* The same of the last three months at the cost of what is open alone: months without a schedule
 * are those that employer_keep found. */
bool employer_kept(const struct setting *setting, struct employer_list *list, struct fail *fail);
/* Keeps the months without a schedule, at the end of a day's run; in the caller's transaction. */
bool employer_keep(const struct setting *setting, struct fail *fail);
/* "waiting", "late", "no schedule". */
const char *employer_state_words(enum employer_state state);

/* How one announced deduction stands on a day. */
enum announced_state {
    ANNOUNCED_ARRIVED,
    ANNOUNCED_NOTHING, /* nothing was deducted */
    ANNOUNCED_WAITING,
    ANNOUNCED_LATE
};
enum announced_state announced_state_of(const char *source, money amount, int64_t paid, date due,
                                        date today);
const char *announced_state_words(enum announced_state state);

/* What an order gave the employer to deduct on the pay-day of an announced line, worked out from
 * the net earnings on it; several orders to the same employer together.  False when it cannot be:
 * no order held, or no net earnings were given. */
bool employer_should(const struct order_list *orders, const struct sql_announced_list_row *line,
                     const struct law *law, money *should);
