/* night.h: the night's proof: bank = ledger = cases, at a cost in proportion to what changed since
 * the last day that was proved.
 *
 * Bank: each statement begins where the one before ended, and what was recorded as come in is what
 * the ledger has at the bank.  Ledger: the rows written are what the book says was written, nothing
 * is left in clearing, no more left suspense than came.  Cases: those rows are read from the
 * families they belong to. */
#pragma once
#include "app/check.h"
#include "app/job.h"

/* Proves the days since the last finished one up to the setting's; in the caller's transaction,
 * which it writes the night to.  False with FAIL_INTEGRITY and a sentence that says where it does
 * not hold: the day, the account or reason, the family where it can be told. */
bool night_prove(const struct setting *setting, struct fail *fail);
/* For `upkeep check`: the book against every row there is. */
bool night_check(struct store *store, struct arena *arena, check_complaint *tell, void *context,
                 size_t *faults, struct fail *fail);
