/* watch.h: the child processes of one day, and what is seen of them. */
#pragma once
#include "app/day.h"
#include "batch/crew.h"

#include <sys/types.h>

enum { WORKERS_MOST = 64, SAID = 400, WORKER_NAME = 96 };

/* Shared with the child. */
struct berth {
    struct day_sign sign;
    struct fail fail;
};

struct worker {
    pid_t pid; /* 0: none */
    int said;  /* the pipe of its standard error */
    char name[WORKER_NAME];
    char text[SAID]; /* the last line it wrote there */
    size_t length;
    bool line_done;     /* the next byte begins a new line */
    int64_t last_ended; /* the family at which it was ended from outside the last time */
    struct berth *berth;
};

struct watch {
    const struct crew *crew;
    struct worker at[WORKERS_MOST];
    date day, until;     /* of the run: the last one */
    int64_t total;       /* families of the day */
    int64_t started;     /* milliseconds of a clock that only goes on */
    int64_t done_before; /* families done on earlier days */
    int anonymous;       /* deaths at no family in particular */
    bool is_stopped;     /* the line, by us */
};

int64_t watch_now(void); /* seconds since 1970-01-01 UTC */
bool watch_open(struct watch *watch, const struct crew *crew, struct fail *fail);
void watch_close(struct watch *watch);
/* Starts the children of a day and waits for their end; a child that died is buried and replaced.
 * False when one of them failed. */
bool watch_day(struct watch *watch, date day, int64_t total, struct fail *fail);
/* Families done and set aside in the day so far. */
void watch_count(const struct watch *watch, size_t *done, size_t *aside);
/* Gives free what workers of this machine held that are no more. */
bool watch_free_dead(const struct job *job, struct fail *fail);
