/* day.h: a day goes by for one family, or for all (B-201 to B-235).
 *
 * Each day is run as that day.  A family whose last days were not run is given them first, one by
 * one, by whatever comes next: the day's run, or a verb (verb_open, chunk_open's callers).  So
 * nobody's ages, missed payments or fees depend on whether the machine stood still.  A day that was
 * finished is never added to: what comes after the run of the day is found by the next day's. */
#pragma once
#include "app/account.h"
#include "app/job.h"

#define DAY_JOB "day"

struct chunk;
struct family;

/* Charges, uses, finds what was missed, pays out: the days that were missed and this one.  An event
 * is written for each day on which something happened; running it again on the same day does
 * nothing.  In the caller's transaction.  Refused for a family that is set aside. */
bool day_run(const struct setting *setting, int64_t pp, bool *changed, struct fail *fail);
/* Only the days before today that nobody ran; none for a family that is set aside.  In the caller's
 * transaction. */
bool day_catch_up(const struct setting *setting, int64_t pp, struct fail *fail);
/* The same for a family of a chunk; whether something happened on them. */
bool day_missed(struct chunk *chunk, struct family *family);

/* What a worker tells whoever watches it, in memory both see, so that it is known which family
 * ended it; and what it is told: to go family by family up to `careful`. */
struct day_sign {
    _Atomic int64_t pp;    /* the family in work; 0: none in particular */
    _Atomic int64_t chunk; /* the last family of the chunk in work; 0: none */
    _Atomic int64_t careful;
    _Atomic int64_t done, aside;
};

struct day_worker {
    struct setting setting; /* its today is the day that is run */
    const char *name;       /* no two that are at work have the same */
    int64_t (*now)(void);   /* seconds since 1970-01-01 UTC */
    int64_t lease;          /* seconds */
    size_t most;            /* families in a chunk */
    struct day_sign *sign;
};

/* Every family that has something to look at, part by part, chunk by chunk, until there is no part
 * that nobody holds.  A family that fails is set aside and the rest goes on.  Refused (STOPPED) as
 * soon as the line is stopped.  Begins and ends its transactions. */
bool day_work(struct day_worker *worker, struct fail *fail);

/* A whole day in this process: the families, then the proof.  progress may be NULL; done and all
 * count families. */
typedef void day_progress(void *context, size_t done, size_t all);
bool day_run_all(const struct setting *setting, day_progress *progress, void *context,
                 struct fail *fail);

/* The job of the day as now. */
struct job day_job(const struct setting *setting, int64_t now);
/* The days to be run up to one: the first is the one that was not finished, or the day after the
 * last that was; in a database that never ran a day, the first that has work.  When all are
 * finished, the last one again. */
bool day_first(const struct setting *setting, date until, date *first, struct fail *fail);
/* Sets the family a worker died of aside, if it was at one, and gives free what it held. */
bool day_bury(const struct job *job, const char *worker, int64_t pp, const char *reason,
              struct fail *fail);
