/* plan.h: the instalments of a family's arrangements (B-201 to B-203), kept in step with its
 * decisions. */
#pragma once
#include "app/group.h"
#include "ledger/plan.h"

/* Makes the plan of every reference period that has begun and has none. */
void account_plan(struct verb *verb, struct group *group, bool *changed);
