/* attempt.h: how often somebody may try to get in, at every form that asks for a password or a
 * code.
 *
 * An attempt is counted before anything is compared, so that many at once are no way around it, and
 * taken back when it was right.  It counts against what was named (an account, an invitation),
 * whether that exists or not, and against the address it came from. */
#pragma once
#include "base/fail.h"
#include "store/store.h"

#include <stdint.h>

enum {
    ATTEMPTS_SUBJECT = 5,      /* in a row, against one account or person */
    ATTEMPTS_ADDRESS = 40,     /* in a row, from one address: an office may share one */
    ATTEMPT_SECONDS  = 15 * 60 /* from the last counted one until all is forgotten */
};

struct attempt {
    const char *kind;    /* "account", "invitation", "employer", or of an application online */
    const char *subject; /* the account's name, the person's or the employer's reference, or the
                            address itself */
    const char *address; /* "": not known, and not counted */
    int64_t now;
    int most; /* against the subject; 0: ATTEMPTS_SUBJECT */
};

/* Counts an attempt.  Refused: attempts_many, with how long to wait; nothing may be compared then.
 * Begins and commits a transaction, as the others do. */
bool attempt_begin(struct store *s, const struct attempt *a, struct fail *f);
/* It was right, but not yet all that is asked: this one does not count. */
bool attempt_undo(struct store *s, const struct attempt *a, struct fail *f);
/* Somebody got in: what failed before against the subject is forgotten. */
bool attempt_pass(struct store *s, const struct attempt *a, struct fail *f);
