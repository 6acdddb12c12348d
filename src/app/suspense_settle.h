/* suspense_settle.h: money in suspense that turns out to be no payment by a parent: it leaves
 * suspense, and the receipt stays with what became of it.
 *
 * Each is an event of the service, with a receipt below nothing that says which one it undoes; that
 * is of no bank's account ("no receipt/..."), so the statement keeps its line as it was read. */
#pragma once
#include "app/verb.h"

/* A caseworker finds that it is a payment of ours that came back (payment_id: "P12-1001-7"): that
 * is payable again and the payee is held, unless somebody told of it before.  In the caller's
 * transaction.  Refused: not_in_suspense, payment_missing, amount_differs. */
bool suspense_settle_payment(const struct setting *setting, int64_t receipt, const char *id,
                             struct fail *fail);
/* All that came from accounts of the card provider's name (card.h), read before it was named: its
 * payouts.  How many.  In the caller's transaction. */
bool suspense_settle_payouts(const struct setting *setting, size_t *number, struct fail *fail);
