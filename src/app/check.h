/* check.h: proving the whole of a database: the file, the chain of events, overlaps, every decision
 * worked out again to the penny, every account and the trial balance. */
#pragma once
#include "app/account.h"

typedef void check_complaint(void *context, int64_t pp, const char *sentence);

struct check_report {
    size_t families, events, decisions, entries; /* looked at */
    size_t faults;
};

/* False only when the checking itself could not be done; faults are told and counted. */
bool check_all(struct store *store, check_complaint *tell, void *context,
               struct check_report *report, struct fail *fail);
/* One family: chain, overlaps, decisions, instalments, ledger.  The demand guard asks. */
bool check_group(struct store *store, struct arena *arena, int64_t pp, check_complaint *tell,
                 void *context, struct check_report *report, struct fail *fail);
