/* caseload.h: what all cases come to together. */
#pragma once
#include "ledger/age.h"
#include "ledger/balance.h"
#include "store/store.h"

struct caseload {
    size_t families; /* with a row that was read */
    size_t owing;    /* whose paying parent owes something */
    size_t rows;
    money account[ACCOUNT_COUNT]; /* each on its normal side */
    struct ages ages;
};

/* Reads the ledger family by family, in memory for one family at a time.  whole: every row; else
 * only what is not closed (chunk.h), which gives the same arrears and ages, and every account but
 * those in which money comes to its end (the bank, the state's). */
bool caseload_read(struct store *store, bool whole, date as_at, struct caseload *caseload,
                   struct fail *fail);
