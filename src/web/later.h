/* later.h: what a request waits for that is not ours, an answer from another machine.  The server
 * has two threads for everybody, so none of them waits: the request is put aside, a thread of these
 * does the work, and then the request is handled once more, from its beginning, with what was
 * found.
 */
#pragma once
#include "base/arena.h"

#include <stdbool.h>

enum { LATER_THREADS = 4, LATER_MOST = 64 /* that wait for one of them */ };

struct later {
    void (*run)(struct later *later); /* uses what hangs on it, and no store */
    bool refused;                     /* it was not run: too many wait, or the server stops */
    /* Whom to tell when it is done. */
    void (*done)(void *context);
    void *context;
    struct later *next;
};

void later_start(void);
/* What is being done is broken off as soon as may be, what waits is refused; all are told.  What
 * comes after that is refused. */
void later_stop(void);
/* Does it, in a thread; or refuses it, at once. */
void later_add(struct later *later);
/* Whether work should break off. */
bool later_stops(void);
