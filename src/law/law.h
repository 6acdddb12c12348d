/* law.h: what was the law on a day, which rule says so, and how each value came to be. */
#pragma once
#include "law_data.h"

/* All parameters in force on a day.  NULL before the scheme opened (2012-12-10); never NULL from then
 * on.  The table is sorted and constant: a search over its few epochs, the newest first. */
const struct law *law_at(enum jurisdiction jurisdiction, date day);
