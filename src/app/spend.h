/* spend.h: what becomes of money held: what is too much is released, what was kept for payments to
 * come is used, receipts go to debts, and the receiving parents' own debts are kept back. */
#pragma once
#include "app/account.h"
#include "ledger/fence.h"

/* Where more was paid on a debt than is now due, the excess goes back: money to the paying parent's
 * credit, out of the receipts it was paid with, the newest first; what was counted without passing
 * through the service (voluntary, set off, paid for the home) is kept for payments to come. */
void spend_release(struct verb *verb, struct group *group, bool *changed);
/* Uses what is kept for payments to come (B-240, B-242, B-243) for what has fallen due, not more of
 * an instalment than its weeks at the weekly amount decided, if one was. */
void spend_ahead(struct verb *verb, struct group *group, bool *changed);
/* Uses what is held for the paying parent (B-229, B-230): ring-fenced receipts first for what they
 * are for, then all that is left as the law of the day orders it. */
void spend_held(struct verb *verb, struct group *group, bool *changed);
/* Keeps back part of what is about to be paid out for what the receiving parent owes the service
 * (B-244): not more than was decided, nor than the law's share. */
void spend_recover(struct verb *verb, struct group *group, bool *changed);
/* What of the money held for one arrangement would be. */
money spend_recovery(const struct verb *verb, const struct group *group,
                     const struct balance *balance);

/* What a receipt is for, as the family's facts say on a day; FENCE_NONE: nothing in particular. */
struct fence spend_fence(const struct group *group, int64_t receipt, date day);
/* "lump_sum", "liability_order 2024-01-01 2025-01-01 to 3": how a fact says it. */
const char *fence_fact(const struct fence *fence, struct arena *arena);
/* The amount as the part of a payment that a kind of debt takes. */
struct entry_parts spend_parts(enum item_kind kind, money amount);
