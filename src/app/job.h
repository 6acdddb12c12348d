/* job.h: a job of a day, over the whole caseload: begun once, cut into parts, each part worked on
 * by who holds its lease, finished once.  Several processes, on one machine or several, can share
 * one: all they know of each other is in the database.
 *
 * A part's lease is a row.  Taking it, holding it and the checkpoint are updates of that row, and
 * every chunk's effect is committed together with its checkpoint; who has lost the lease finds no
 * row to update and commits nothing.  So a worker that was slow, or dead, is no danger. */
#pragma once
#include "app/verb.h"

#define LEASE_LOST "lease_lost" /* the code of a failure: somebody else has the part by now */

struct job {
    struct setting setting; /* its today is the job's day */
    const char *name;
    int64_t now; /* seconds since 1970-01-01 UTC */
};

struct job_part {
    int64_t part, reached, last;
};

/* Begins a job, or runs it once more if it was finished or broken off; *is_new is false when it is
 * running already and was joined.  The parts hold `size` families each.  In the caller's
 * transaction. */
bool job_begin(const struct job *job, int64_t size, bool *is_new, struct fail *fail);
/* Takes a part nobody holds until a moment; *found is false when there is none. */
bool job_claim(const struct job *job, const char *worker, int64_t until, struct job_part *part,
               bool *found, struct fail *fail);
/* Holds the part longer, in the transaction of a chunk, as its first act. */
bool job_hold(const struct job *job, const struct job_part *part, const char *worker, int64_t until,
              struct fail *fail);
/* The checkpoint, in the same transaction. */
bool job_move(const struct job *job, struct job_part *part, int64_t done, int64_t aside,
              struct fail *fail);
/* Gives free what a worker held that is no more. */
bool job_free(const struct job *job, const char *worker, struct fail *fail);
/* How many parts are not done. */
bool job_left(const struct job *job, size_t *parts, struct fail *fail);
/* Refuses, with code "day_gone_by", a day before the last one this job has finished: what is done
 * in the name of that day would be found by no run. */
bool job_day_open(const struct setting *setting, const char *name, struct fail *fail);
/* Ends it: finished, or broken off with a reason. */
bool job_finish(const struct job *job, struct fail *fail);
/* The same of the last day so far of a run over several: the first is kept with it. */
bool job_finish_run(const struct job *job, date first, struct fail *fail);
bool job_break(const struct job *job, const char *why, struct fail *fail);
