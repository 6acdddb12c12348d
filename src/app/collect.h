/* collect.h: the paying parent's collection fee on an instalment (B-131). */
#pragma once
#include "app/group.h"

/* The fee on an amount of an instalment: on the share of the days it covers on which collection is
 * arranged and the fee is in force, rounded half up once for the line.  Nothing for days before the
 * fee began, and nothing on Direct Pay. */
money collect_fee(const struct group *group, const struct sql_instalment_list_row *instalment,
                  money amount);
/* The same under another law than that in force: what an announced reform would take (B-140). */
typedef const struct law *collect_law(enum jurisdiction jurisdiction, date day);
money collect_fee_under(collect_law *law_on, const struct group *group,
                        const struct sql_instalment_list_row *instalment, money amount);
/* What the fee charged on an instalment has to change by (signed), now that the instalment is
 * `due`: afterwards it is collect_fee of it, whatever it was and whenever the service changed. */
money collect_fee_change(const struct group *group,
                         const struct sql_instalment_list_row *instalment, money due);
/* Whether the service changes on a day inside the cover. */
bool collect_changes_in(const struct group *group,
                        const struct sql_instalment_list_row *instalment);
