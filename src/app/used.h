/* used.h: what each receipt was used for, after everything that was taken back since. */
#pragma once
#include "app/group.h"

/* What a receipt, or a lot of what is kept for payments to come, stands in. */
struct use {
    int64_t arrangement, instalment, receipt;
    enum item_kind kind;
    bool ahead; /* by way of what was kept for payments to come */
    money amount;
};
struct uses {
    struct use *at; /* by receipt, newest first */
    size_t n;
};

/* What the family's receipts stand in; uses that came to nothing are left out.  Receipt 0 is what
 * was kept for payments to come without money (B-242, B-243). */
struct uses used_all(const struct group *group, struct arena *arena);
/* The receiving parent's fee taken on a receipt for an arrangement and not given back. */
money used_receiver_fee(const struct group *group, int64_t receipt, int64_t arrangement);

/* Money on an account, by the receipt it came with. */
struct lot {
    int64_t receipt;
    money left;
};
struct lots {
    struct lot *at; /* in the order in which they came */
    size_t n;
};
/* The lots of a credit account (ACCOUNT_PP_CREDIT, ACCOUNT_PP_AHEAD); arrangement 0: of the whole
 * group. */
struct lots lots_find(const struct group *group, enum account account, int64_t arrangement,
                      struct arena *arena);
/* What is there, in all. */
money lots_total(const struct lots *lots);
/* Takes up to `most` out of a lot; returns what was taken. */
money lot_take(struct lot *lot, money most);

/* What is to go back to the paying parent with the next file of payments, by arrangement and
 * receipt. */
struct refund {
    int64_t arrangement, receipt;
    money left;
};
struct refunds {
    struct refund *at;
    size_t n;
};
struct refunds refunds_find(const struct group *group, struct arena *arena);
