/* take_back.h: a payment comes back (B-221): everything it stands in is undone. */
#pragma once
#include "app/group.h"

/* Rows that undo all uses of a receipt, so that its whole amount stands in the paying parent's
 * credit again: debts are open from their own due days, what was kept of it for payments to come is
 * not kept any more, the receiving parents' fees are given back.  What they had already been paid
 * is met by the service; what had been sent back to the paying parent is owed to it. */
void receipt_take_back(const struct verb *verb, const struct group *group, int64_t receipt,
                       money amount, struct entry_list *list);
