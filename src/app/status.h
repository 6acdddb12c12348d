/* status.h: how the day's work stands: for the operator and the caseworkers' first page. */
#pragma once
#include "app/bank_proof.h"
#include "app/debit.h"
#include "app/stop.h"
#include "base/date.h"
#include "sql.h"

struct status {
    struct sql_job_list_row *jobs;
    size_t job_count;
    struct sql_aside_list_row *aside;
    size_t aside_count;
    struct stop stop;
    struct bank_terms bank; /* as of the last good day */
    int64_t suspense;       /* receipts nobody has claimed */
    struct debit_unbooked unbooked;
    struct sql_clock_counts_row *clocks; /* open, near and late, by kind */
    size_t clock_count;
    struct sql_case_owner_days_row owners; /* families with an owner, and their days with them */
    bool has_day;                          /* the day's run has finished a day */
    date last_good;                        /* the last one */
    date next;                             /* the day it runs next */
};

bool status_read(struct store *store, struct arena *arena, date today, struct status *status,
                 struct fail *fail);
