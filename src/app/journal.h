/* journal.h: the ledger as a plain-text accounting journal, which hledger and its kin read. */
#pragma once
#include "app/group.h"

/* Takes the next piece of the text; false stops the export (the receiver says why itself). */
typedef bool journal_sink(void *context, const char *text, size_t n);

struct journal {
    date until;     /* rows that count from a later day are left out; DATE_OPEN: all of them */
    int64_t pp;     /* one family only; 0: all, the service's own rows first */
    bool anonymous; /* families and arrangements by running number, not by reference */
    journal_sink *sink;
    void *context;
};

/* Writes the chart of accounts, then each family: its accounts, one transaction for each ledger row
 * in the order it was written, and last an assertion of every balance as balance_fold has it, so
 * that whoever reads the journal adds up for themselves.  Two dates stand where a row was written
 * on another day than it counts from.  No names, no bank's references.  Memory is one family's. */
bool journal_export(struct store *store, const struct journal *journal, struct fail *fail);
