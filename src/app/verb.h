/* verb.h: one verb, one event.  A verb opens on a family inside a transaction the caller began,
 * adds rows that carry its event's number to its draft, and closes by writing them, reading them
 * back and hashing what stands in the database into the family's chain.  The caller commits (or
 * rolls back: a preview is a verb rolled back). */
#pragma once
#include "app/draft.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/out.h"
#include "sql.h"
#include "store/store.h"

#define KNOWN_OPEN INT64_MAX        /* known_to of what is believed until further notice */
#define KNOWN_NOW  (KNOWN_OPEN - 1) /* everything up to now */
#define SERVICE_PP 0                /* the service's own chain: suspense */

struct verb {
    struct store *store;
    struct arena *arena;
    int64_t pp, seq; /* the family and this event's number in its chain */
    date today;
    const char *actor; /* who does it: a caseworker's name, "bank", "day", or a parent: */
    const char *name;
    const char *key;  /* NULL, or a key that makes the step happen once only */
    struct out about; /* one line for the timeline; the verb writes it */
    struct fingerprint previous;
    struct sql_family_list_row family; /* the family's head: its last event, its last numbers */
    struct draft draft;                /* what it writes */
    bool clocks_followed;              /* clock_follow was done */
    uint64_t letters; /* kinds of letters it sent, a bit for each of LETTER_NAMES */
};

/* A parent on their own page acts as this and the name of their account: it is in the record, and
 * in no letter. */
#define ACTOR_PARENT "parent:"
bool actor_is_parent(const char *actor);
/* Who acts for a parent there (app/authority.h): as the parent, and it is said who it was. */
#define ACTOR_REPRESENTATIVE ACTOR_PARENT "representative:"
bool actor_is_representative(const char *actor);

/* What every verb is given. */
struct setting {
    struct store *store;
    struct arena *arena;
    date today;
    const char *actor;
};

/* The next number of a kind of row of the family: facts, decisions, instalments, entries,
 * receipts. */
int64_t verb_number(struct verb *verb, enum draft_table table);
/* Adds a row to the draft. */
void verb_add(struct verb *verb, enum draft_table table, const void *row);

/* Opens a verb on a family whose head is known; nothing is read. */
void verb_begin(const struct setting *s, const struct sql_family_list_row *family, const char *name,
                const char *key, struct verb *verb);
/* Opens a verb, after the days before today that nobody has run for the family (day_catch_up). With
 * a key that is done already, *done is true and nothing may be written. */
bool verb_open(const struct setting *s, int64_t pp, const char *name, const char *key,
               struct verb *verb, bool *done, struct fail *fail);
/* Writes the draft and the event. */
bool verb_close(struct verb *verb, struct fail *fail);
/* The event of a verb whose draft has the digest `rows`, and the family's head after it. */
struct sql_event_insert_in verb_event(struct verb *verb, const struct fingerprint *rows);

/* The digest over the rows of an event as they stand in the database. */
bool event_rows_fingerprint(struct store *store, int64_t pp, int64_t seq, struct fingerprint *value,
                            struct fail *fail);
/* The hash of an event that follows one with hash previous. */
struct fingerprint event_fingerprint(const struct fingerprint *previous, int64_t pp,
                                     const struct sql_event_list_row *event);
/* The next number of a counter: "person", "arrangement". */
bool counter_next(struct store *store, const char *name, int64_t *number, struct fail *fail);
