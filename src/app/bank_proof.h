/* bank_proof.h: the bank account of the ledger against what the banks say (the night's proof).
 *
 * The ledger's bank account = what the statements moved (from each account's first opening to its
 * last closing balance) less their lines that are not booked (others, lines at fault) and
 * collections of ours that arrived as one sum (booked one by one), and receipts that are on no
 * statement with balances, less payments not yet seen on a statement.  All amounts are pence, all
 * time; days not proved yet are in the statements only. */
#pragma once
#include "app/verb.h"
#include "feed/feed.h"
#include "sql.h"

struct bank_terms {
    bool is_proved;     /* false: no day was proved yet, and ledger says nothing */
    int64_t statements; /* how many were read */
    money ledger;       /* the bank account, of the proved days */
    money moved, others, faulty, collections;
    money not_stated; /* receipts on no statement; below nothing: on one, and not proved yet */
    money unseen;     /* paid out and not yet seen at the bank */
    money left;       /* what nothing explains */
};

/* As of the last proved day. */
bool bank_terms_read(struct store *store, struct arena *arena, struct bank_terms *terms,
                     struct fail *fail);
/* Proves what was written on days: FAIL_INTEGRITY with account, statement or day, and amount. */
bool bank_prove(const struct setting *setting, date from, struct fail *fail);
/* The equation itself, once the night's rows are written. */
bool bank_prove_whole(const struct setting *setting, struct fail *fail);
/* What a file brought is recorded: of an account, on the setting's day, newly booked; and how much
 * more of its receipts is on statements with balances. */
bool bank_booked_record(const struct setting *setting, const char *account, money booked,
                        money stated, struct fail *fail);
/* Whether a debit on a statement is a payment of ours going out, or a file of them, and not one
 * that another line showed before; it is then marked as seen on this line. */
bool bank_payment_seen(const struct setting *setting, const struct feed_line *line, bool *ours,
                       struct fail *fail);
/* The same of a credit that is the sum of a file of collections (debit_is_ours). */
bool bank_collection_seen(const struct setting *setting, const struct feed_line *line,
                          int64_t batch, bool *ours, struct fail *fail);
