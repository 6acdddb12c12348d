/* carry.h: closing the books of a group: the few rows that say of its money what all of its rows so
 * far say, as a book-keeper carries balances forward to a new page.
 *
 * What still matters is kept: the rows of each debt that is not settled, and of the latest
 * instalment of an arrangement where there is such a debt (allocation asks for it); what is held,
 * by receipt; and what is left in each account where money does not end.  The bank, the state's
 * money and the like are not carried.  */
#pragma once
#include "ledger/balance.h"
#include "ledger/entry.h"

/* Whether nothing is owed, held or on its way: nothing but debts that cancel out is carried then.
 */
bool carry_is_square(const struct balances *b);
/* The rows of one group carried forward at the end of a day, in `list`.  They come
 * to the same outstanding things, money held and balances as `entries`, on that day and after it.
 * To carry rows carried, and what came after them, is to carry all of it.  The receipts of payments
 * for unsettled debts are not named: who takes a payment back, reads all rows. */
void carry_forward(const struct entry *entries, size_t n, date day, struct entry_list *list);
