/* welfare.h: no discretion without a thought for the children (B-001, CSA 1991 s 2). */
#pragma once
#include "app/verb.h"

/* What was considered before a power is used that need not be.  The officer and the day are the
 * event's. */
struct welfare {
    const char *children;  /* who: children of either household who may be affected */
    const char *evidence;  /* what is known about them */
    const char *reasoning; /* why the power is used all the same, or not */
};

/* Keeps the record with the verb's event.  Refused (welfare_missing) if any part says nothing. */
bool welfare_record(struct verb *verb, const struct welfare *welfare, struct fail *fail);
