/* outstanding.h: from ledger rows to the outstanding things of a group. */
#pragma once
#include "base/arena.h"
#include "ledger/entry.h"
#include "ledger/item.h"

struct outstanding {
    struct item *at; /* by arrangement, instalment, kind; then as they came */
    size_t n;
};

/* The items that the rows of one group amount to, as at a day and as known on a day; paid ones too
 * (allocation needs the latest instalment even if it is paid).
 *
 * A charge (instalment, fee on it, enforcement fee) is an item due on the day of its row: rows of
 * REASON_CHARGE carry the due day.  What a decision about the past added (REASON_INCREASE,
 * REASON_FEE_INCREASE, REASON_OPENING) is an item of its own, ITEM_BACKDATED, due and told on the
 * day its row was written, so that nobody has missed an instalment that was paid when it was due.
 * Within one arrangement, instalment and kind, what is taken off comes off the latest there is by
 * then (what is added later is not touched), and
 * payments fill the earliest first; payments beyond all of it stand on the first (item_excess).
 * A payment made directly, a voluntary payment, a set-off and what was kept for payments to
 * come count as paid.  fenced is never set: the caller knows what a receipt is for (fence.h). Where
 * a row is of no instalment, its number is the ruling that made the debt.  The sum of charged +
 * adjusted - paid is the balance of the account, to the penny. */
struct outstanding outstanding_fold(const struct entry *entries, size_t n, date as_at,
                                    date known_on, struct arena *a);
/* Whether a row touches a debt: of which kind, and whether it pays (or takes a payment back) rather
 * than changes what is due. */
bool outstanding_touches(const struct entry *entry, enum item_kind *kind, bool *is_payment);
