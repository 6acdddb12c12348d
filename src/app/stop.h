/* stop.h: the line stopped: no money moves in bulk until somebody lets it go on.  The day's run
 * asks at each chunk; so does every verb that takes or pays money in bulk. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "store/store.h"

#include <stdint.h>

#define STOPPED "line_stopped" /* the code of the refusal */

struct stop {
    bool is_stopped;
    const char *reason, *by;
    int64_t at; /* seconds since 1970-01-01 UTC */
};

/* Whether the line is stopped. */
bool stop_read(struct store *store, struct arena *arena, struct stop *stop, struct fail *fail);
/* Refuses with code STOPPED and the reason when it is. */
bool stop_check(struct store *store, struct fail *fail);
/* Stops it, in the caller's transaction; refused when it is stopped already.  The reason is kept
 * without the full stop at its end: those who show it put theirs. */
bool stop_line(struct store *store, const char *reason, const char *by, int64_t at,
               struct fail *fail);
/* Lets it go on; refused when it is not stopped. */
bool stop_go(struct store *store, const char *by, int64_t at, struct fail *fail);
