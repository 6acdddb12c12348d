/* crew.h: days run by child processes that are watched.  A child that dies (an assertion, a signal)
 * takes nothing with it but its open transaction: the family it was at is set aside with what it
 * said last, and another child goes on. */
#pragma once
#include "base/date.h"
#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct crew {
    const char *database;
    int workers;       /* processes; a SQLite file is written by one at a time */
    int64_t lease;     /* seconds after which the part of a silent worker is taken over */
    size_t most;       /* families in a chunk, one transaction each */
    size_t aside_most; /* when more families are set aside in a run, the line is stopped */
    bool show;         /* progress on standard error, for a terminal */
    bool lines;        /* a line for each day on standard error, for a log */
};

/* What was done. */
struct crew_report {
    date first, last; /* the days */
    size_t days, families, aside;
};

/* Runs every day that was not run, up to one, each as that day; the days before the last on which
 * nothing is due are passed over.  False: the report says how far it
 * came. */
bool crew_run(const struct crew *crew, date until, struct crew_report *report, struct fail *fail);
