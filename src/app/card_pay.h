/* card_pay.h: a parent pays by card online (B-210, law/flow/card.flow, doc/card.md).
 *
 * Three things that may each be cut off: it is asked for and written down; the provider is asked,
 * outside any transaction; what it says is written down.  Each can be done again: a payment has one
 * reference, under which the provider makes it once and the ledger has it once.  Nobody is told
 * that they paid before it is in the ledger. */
#pragma once
#include "app/group.h"
#include "app/receive.h"
#include "card/gateway.h"
#include "flow/machine.h"

struct card_payment {
    struct sql_card_payment_list_row row;
    enum card_payment_state state;
    date since;          /* of the state */
    const char *receipt; /* paid: its number */
};

/* Whether anybody can pay by card here: there is a gateway, and a provider whose files are read. */
bool card_pay_offered(struct store *store, struct arena *arena, bool *offered, struct fail *fail);
/* All of a family, the newest first. */
bool card_pay_list(struct store *store, struct arena *arena, int64_t pp, struct card_payment **list,
                   size_t *n, struct fail *fail);
const struct card_payment *card_pay_find(const struct card_payment *list, size_t n,
                                         int64_t payment);
bool card_pay_is_open(const struct card_payment *payment);
/* The one that is not finished; NULL: none. */
const struct card_payment *card_pay_open(const struct card_payment *list, size_t n);

/* Writes down that the paying parent asks to pay; in the caller's transaction.  Refused (field
 * amount): amount_least, amount_most; payment_open: an earlier one is not finished. */
bool card_pay_ask(const struct setting *setting, int64_t pp, money amount, int64_t *payment,
                  struct fail *fail);

/* What a payment of that amount would be used for if it came now; in the caller's transaction,
 * which is then rolled back. */
struct card_use {
    int64_t arrangement; /* 0: of all */
    const char *what;    /* "maintenance", "fee", "other", "kept" */
    bool has_due;
    date due;
    money amount;
};
bool card_pay_try(const struct setting *setting, int64_t pp, money amount, struct card_use **uses,
                  size_t *n, struct fail *fail);
/* What a receipt was used for. */
void card_pay_uses(const struct group *group, int64_t receipt, struct arena *arena,
                   struct card_use **uses, size_t *n);

/* Asks the provider what became of a payment, or to make one that it does not have yet, and writes
 * that down.  Begins and commits its own transaction; nothing may be open.  next: where it is paid,
 * "" when it is not (any more).  FAIL_SYSTEM gateway_away: nothing is known; try again. */
bool card_pay_follow(const struct setting *setting, const struct gateway *gateway, int64_t pp,
                     int64_t payment, char next[GATEWAY_LINK], struct fail *fail);
/* The same after the provider was told to cancel it, if it still can be. */
bool card_pay_cancel(const struct setting *setting, const struct gateway *gateway, int64_t pp,
                     int64_t payment, struct fail *fail);
/* Writes down what the provider says of a payment; in the caller's transaction. */
bool card_pay_said(const struct setting *setting, int64_t pp, int64_t payment,
                   const struct gateway_answer *answer, struct fail *fail);
/* Whose payment a number of the provider's is; pp 0: nobody's. */
bool card_pay_of_provider(struct store *store, struct arena *arena, const char *provider,
                          int64_t *pp, int64_t *payment, struct fail *fail);
/* Follows every payment that is not finished: how many were looked at, and of how many nothing new
 * could be found out.  Stops at the first call that is not answered. */
bool card_pay_follow_all(const struct setting *setting, const struct gateway *gateway,
                         size_t *looked, size_t *waiting, struct fail *fail);
