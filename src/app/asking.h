/* asking.h: what parents ask of us: to take up a change of circumstances that they tell (A-104 to
 * A-107), or to look at a decision again.  Each is a row and the steps of a machine of
 * law/flow, change_report or reconsideration; its number is the event that asked. */
#pragma once
#include "app/decide.h"
#include "app/fact.h"
#include "flow/change_kind.h"

/* One, as it stands. */
struct asking {
    struct sql_asking_list_row row;
    const struct change_kind_entry *kind; /* NULL: a decision is to be looked at again */
    const struct machine *machine;
    int32_t state;
    enum machine_role role;          /* of who asked */
    struct sql_step_list_row *steps; /* oldest first */
    size_t step_count;
};
/* All of a family, the newest first. */
bool asking_list(struct store *store, struct arena *arena, const struct group *group,
                 struct asking **list, size_t *n, struct fail *fail);
/* The one with a number; NULL when there is none. */
const struct asking *asking_find(const struct asking *list, size_t n, int64_t event);
/* Whether somebody here still has to do something. */
bool asking_is_open(const struct asking *asking);
/* The decision that came of it; NULL when none did. */
const struct sql_decision_list_row *asking_decision(const struct asking *asking,
                                                    const struct group *group);

/* A change as a parent tells it. */
struct asking_change {
    const struct change_kind_entry *kind;
    int64_t person; /* who tells it */
    enum machine_role role;
    int64_t subject;   /* as the kind says: a child, an arrangement; else 0 */
    const char *value; /* as the fact has it; NULL: none is asked for */
    date happened_on;
    const char *note, *evidence;
};
/* Takes it down, in a transaction that is open: what goes straight through is a fact at once, what
 * is kept sealed too; everything else waits for somebody.  *event: its number; 0 where it was done
 * before under this key (NULL: it has none). */
bool asking_tell(const struct setting *s, int64_t pp, const char *key,
                 const struct asking_change *change, int64_t *event, struct fail *fail);

/* What a change would do if it were accepted as it is told. */
enum asking_would {
    WOULD_NOT_KNOWN, /* it is not for a program, or not for this reader, to say */
    WOULD_NOTHING,   /* it goes straight through, or makes no difference to the amount */
    WOULD_NOT_COUNT, /* under the tolerance */
    WOULD_CHANGE
};
struct asking_effect {
    enum asking_would would;
    struct change change;
    struct group after;
};
/* Works it out by the verbs themselves, in a transaction that the caller rolls back.  Refused only
 * where what was typed is wrong. */
bool asking_try(const struct setting *s, int64_t pp, const struct asking_change *change,
                struct asking_effect *effect, struct fail *fail);

/* Accepts a change in an open verb: the fact as if it had been recorded on the day it was told, and
 * the decision from the day it counts from.  *effect as of asking_try, without WOULD_NOT_COUNT,
 * which is refused. */
bool asking_accept(struct verb *verb, struct group *group, const struct asking *asking,
                   const char *reason, struct asking_effect *effect, struct fail *fail);
/* Another step of either machine: asking for evidence, an answer, declining, refusing.  said: what
 * the parent reads, or says. */
bool asking_step(const struct setting *s, int64_t pp, const struct asking *asking, int32_t event,
                 const char *said, struct fail *fail);

/* Somebody who wants a decision looked at again. */
struct asking_again {
    int64_t person, decision;
    enum machine_role role;
    const char *why, *late; /* late: why it is late; "" in time */
};
/* Until when a decision may be asked about, by the day it was notified. */
struct asking_limits {
    date notified, in_time, late; /* the last days; late: with a reason */
    const char *why;              /* NULL, or why it cannot be asked today */
    bool is_late;
    const struct asking *open; /* asked already by this person and not answered; NULL: not */
};
/* The last day to ask without a reason for being late, of a decision notified on a day. */
date asking_in_time(const struct law *law, date notified);
bool asking_limits_of(const struct setting *s, const struct group *group,
                      const struct asking_again *again, struct asking_limits *limits,
                      struct fail *fail);
/* Asks for it, in a transaction that is open.  *event: its number; 0 where it was done before under
 * this key (NULL: it has none). */
bool asking_again_ask(const struct setting *s, int64_t pp, const char *key,
                      const struct asking_again *again, int64_t *event, struct fail *fail);
/* Revises the decision from its own date, in an open verb. */
bool asking_revise(struct verb *verb, struct group *group, const struct asking *asking,
                   const char *reason, struct fail *fail);
