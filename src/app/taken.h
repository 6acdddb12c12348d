/* taken.h: what orders to employers and requests to benefit offices take of maintenance, so that
 * Direct Debit leaves it out. */
#pragma once
#include "app/group.h"

/* Every row of terms of one family. */
struct taken {
    struct sql_earnings_order_list_row *orders;
    struct sql_benefit_request_list_row *requests;
    size_t order_count, request_count;
};
bool taken_load(struct store *store, struct arena *arena, int64_t pp, struct taken *taken,
                struct fail *fail);
/* The same of many families, each into its place; pps ascending. */
bool taken_load_many(struct store *store, struct arena *arena, struct store_ints pps,
                     struct taken *taken, struct fail *fail);
/* What is left, of an amount of maintenance that falls due on a day, when those in force on that
 * day have taken theirs: the share of a week's maintenance due that they do not take, rounded half
 * up. The same share of every arrangement, as what is deducted is shared.  taken may be NULL:
 * nothing is. */
money taken_left(const struct taken *taken, const struct group *group, date day, money amount);
/* Whether any takes maintenance, today or from a later day. */
bool taken_any(const struct taken *taken, date today);
