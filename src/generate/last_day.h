/* last_day.h: what is done on the last day of a caseload that was written: orders to employers for
 * the share paid from earnings, payments of Direct Pay reported missed, and moves to collection. */
#pragma once
#include "people/family.h"
#include "store/store.h"

/* Does it for the families after `*after` (a paying parent's number), as many as one transaction
 * takes; *after is then the last one seen, and *all true when there is none left.  In the caller's
 * transaction. */
bool last_day_make(struct store *store, const struct caseload *load, int64_t *after, bool *all,
                   struct fail *fail);
