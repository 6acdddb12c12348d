/* balance.h: the arithmetic of the one balance.  Every figure of money owed or held that leaves the
 * service is folded from ledger rows here: as at a day (rows that count from later are left out),
 * as known on a day (rows written later are left out). */
#pragma once
#include "base/arena.h"
#include "ledger/entry.h"

struct balance {
    int64_t arrangement;          /* 0: the group itself */
    money account[ACCOUNT_COUNT]; /* each on its normal side: positive as its words say */
    money maintenance;            /* owed to the receiving parent */
    money fee;                    /* collection and enforcement fees owed */
    money legacy;                 /* arrears of the earlier schemes, the state's included */
    money credit; /* held for the paying parent; only the group has one, else zero */
    money owed;   /* maintenance + fee + legacy + what is to be repaid - credit; below zero: in
                     credit.  What is kept for payments to come is not in it */
    money to_get; /* what the receiving parent is still to get: due and held, less what they have
                     had ahead and what they owe the service */
};

struct balances {
    struct balance group; /* everything together */
    struct balance *at;   /* one for each arrangement met in the rows, by rising id */
    size_t n;
};

/* Entries in any order. */
struct balances balance_fold(const struct entry *entries, size_t n, date as_at, date known_on,
                             struct arena *a);
/* The balance of one arrangement in b, or NULL if no row speaks of it. */
const struct balance *balance_find(const struct balances *b, int64_t arrangement);
/* True if what the paying parent owes and what the receiving parent is to get mirror each other, as
 * complete sets of rows always leave them: maintenance, arrears of the earlier schemes, and what is
 * kept for payments to come, each by itself. */
bool balance_mirrors(const struct balance *b);
