/* used.h: what each receipt was used for, after everything that was taken back since. */
#pragma once
#include "app/group.h"

/* The part of a receipt that stands in an instalment. */
struct entry_parts used_parts(const struct group *group, int64_t receipt, int64_t instalment);
/* The receiving parent's fee taken on a receipt for an arrangement and not given back. */
money used_receiver_fee(const struct group *group, int64_t receipt, int64_t arrangement);
/* The newest receipt with a part of the kind in an instalment; 0 when there is none.  before: only
 * receipts with a lower number (INT64_MAX for the first call). */
int64_t used_newest(const struct group *group, int64_t instalment, enum item_kind kind,
                    int64_t before);
