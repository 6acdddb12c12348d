/* verb.h: one verb, one event.  A verb opens on a family inside a transaction the caller began,
 * writes rows that carry its event's number, and closes by hashing those rows as they stand in the
 * database into the family's chain.  The caller commits (or rolls back: a preview is a verb rolled
 * back). */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/out.h"
#include "sql.h"
#include "store/store.h"

#define KNOWN_OPEN INT64_MAX /* known_to of what is believed until further notice */
#define SERVICE_PP 0         /* the service's own chain: suspense */

/* A SHA-256 value. */
struct fingerprint {
    unsigned char bytes[DIGEST_BYTES];
};

struct verb {
    struct store *store;
    struct arena *arena;
    int64_t pp, seq; /* the family and this event's number in its chain */
    date today;
    const char *actor; /* who does it: a caseworker's name, "bank", "day" */
    const char *name;
    const char *key;  /* NULL, or a key that makes the step happen once only */
    struct out about; /* one line for the timeline; the verb writes it */
    struct fingerprint previous;
};

/* What every verb is given. */
struct setting {
    struct store *store;
    struct arena *arena;
    date today;
    const char *actor;
};

/* Opens a verb.  With a key that is done already, *done is true and nothing may be written. */
bool verb_open(const struct setting *s, int64_t pp, const char *name, const char *key,
               struct verb *verb, bool *done, struct fail *fail);
/* Writes the event. */
bool verb_close(struct verb *verb, struct fail *fail);

/* The digest over the rows of an event as they stand in the database. */
bool event_rows_fingerprint(struct store *store, int64_t pp, int64_t seq, struct fingerprint *value,
                            struct fail *fail);
/* The hash of an event that follows one with hash previous. */
struct fingerprint event_fingerprint(const struct fingerprint *previous, int64_t pp,
                                     const struct sql_event_list_row *event);
/* The next number of a counter: "person", "arrangement". */
bool counter_next(struct store *store, const char *name, int64_t *number, struct fail *fail);
