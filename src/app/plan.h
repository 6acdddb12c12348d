/* plan.h: the instalments of a family's arrangements (B-201 to B-203), kept in step with its
 * decisions. */
#pragma once
#include "app/group.h"
#include "ledger/plan.h"

/* Makes the plan of every reference period that has begun and has none. */
void account_plan(struct verb *verb, struct group *group, bool *changed);
/* The first payment of an arrangement that is decided and has no plan yet, because its first day is
 * still to come: what the plan made on that day begins with.  False when there is none. */
bool account_plan_first(const struct group *group, const struct sql_arrangement_list_row *of,
                        struct arena *arena, struct sql_instalment_list_row *first);
