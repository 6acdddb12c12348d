/* alert.h: somebody may come to harm (B-1004, law/flow/safety.flow, doc/safety.md).
 *
 * What parents write is heard by open rules (flow/hear.h), and those who work here write down what
 * they notice.  Either is an alert: it calls a person, by a clock, and decides nothing.  While one
 * is open the table alert_does says to whom no letter goes.  A parent is told of none: no event,
 * title or log has a word of it. */
#pragma once
#include "app/group.h"
#include "flow/hear.h"
#include "flow/machine.h"

enum alert_source {
    ALERT_MESSAGE,
    ALERT_CHANGE, /* a change told, or what was answered about it */
    ALERT_RECONSIDERATION,
    ALERT_PAYMENT,     /* what a parent said of a payment under Direct Pay */
    ALERT_NOTICED,     /* by somebody who works here */
    ALERT_WITHDRAWAL,  /* a receiving parent withdraws (app/withdrawal.h) */
    ALERT_APPLICATION, /* an application online, before or since it has a family (app/online.h) */
    ALERT_SOURCES
};
extern const char *const alert_source_words[ALERT_SOURCES];  /* in the database */
extern const char *const alert_source_labels[ALERT_SOURCES]; /* for a page */
/* A risk for a page. */
extern const char *const alert_risk_labels[];
/* The risk with a name of the table; false when there is none. */
bool alert_risk_find(const char *name, enum alert_does_risk *risk);

/* Hears what a person writes in an open verb: texts, ended by NULL.  At most once in a verb. */
bool alert_hear(struct verb *verb, int64_t person, enum alert_source source,
                const char *const *texts, struct fail *fail);

/* One, as it stands. */
struct alert {
    struct sql_alert_list_row row;
    enum alert_does_risk risk;
    enum alert_source source;
    enum alert_state state;
    struct sql_step_list_row
        *steps; /* oldest first: reason is what was seen, evidence what was done */
    size_t step_count;
};
/* All of a family, the newest first. */
bool alert_list(struct store *store, struct arena *arena, int64_t pp, struct alert **list,
                size_t *n, struct fail *fail);
/* All of an online application: in the service's own chain, of person 0. */
bool alert_list_online(struct store *store, struct arena *arena, int64_t application,
                       struct alert **list, size_t *n, struct fail *fail);
/* Those of a list that are open go with their application into the family of an open verb, as one
 * alert of a person. */
bool alert_carry(struct verb *verb, int64_t person, const struct alert *list, size_t n,
                 struct fail *fail);
/* They end where they were, in an open verb of the service's chain. */
bool alert_carried(struct verb *verb, const struct alert *list, size_t n, struct fail *fail);
const struct alert *alert_find(const struct alert *list, size_t n, int64_t event);
bool alert_is_open(const struct alert *alert);

/* Whether letters to a person are kept back, and those made since which day: DATE_OPEN where not.
 */
bool alert_keeps(struct store *store, struct arena *arena, int64_t pp, int64_t person, date *since,
                 struct fail *fail);

/* What somebody who works here noticed. */
struct alert_noticed {
    int64_t person;
    enum alert_does_risk risk;
    enum alert_source source; /* ALERT_NOTICED, ALERT_WITHDRAWAL */
    const char *note;
};
/* In an open verb; at most once in it.  Refused: note_missing. */
bool alert_raise(struct verb *verb, const struct alert_noticed *noticed, struct fail *fail);
/* Refused: note_missing, nobody. */
bool alert_record(const struct setting *s, int64_t pp, const struct alert_noticed *noticed,
                  int64_t *alert, struct fail *fail);

/* Somebody looked: the risk goes on, or nothing more is to be done. */
struct alert_look {
    int64_t alert;
    enum alert_event event; /* watch or answer */
    const char *seen, *done;
};
/* Refused: seen_missing, done_missing, no_alert, not_here. */
bool alert_take(const struct setting *s, int64_t pp, const struct alert_look *look,
                struct fail *fail);
