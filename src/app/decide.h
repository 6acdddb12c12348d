/* decide.h: decisions of every kind and what they change. */
#pragma once
#include "app/group.h"
#include "flow/decision_kind.h"
#include "rule/explain.h"

#define ENGINE_VERSION "1"

struct decision_order {
    enum decision_kind kind;
    date from; /* effective date */
    const char *reason;
    bool late; /* DECISION_REVISION after the time limit, with a reason */
};

/* Makes the decision and every later one that changes because of it, and puts instalments and
 * ledger right.  All receiving parents of the paying parent are worked out together.  Refuses when
 * the facts are not enough (income_missing), the kind does not fit, or the date cannot be. */
bool decision_make(struct verb *verb, struct group *group, const struct decision_order *order,
                   struct fail *fail);

/* A decision worked out again from the facts as they were known when it was made. */
struct decision_replay {
    const struct sql_decision_list_row *decision;
    struct calculation calculation;
    struct award award;
    struct trace trace;
    struct explain_names names;
    struct explained explained; /* empty for an ending */
    bool agrees;                /* facts, engine and every amount are the same */
};
bool decision_replay(struct store *store, struct arena *arena, int64_t pp, int64_t decision,
                     struct decision_replay *replay, struct fail *fail);
/* The same of a decision in force in a family as known at the decision's event, which may be the
 * event of a verb that is open. */
bool decision_replay_of(const struct group *then, int64_t decision, struct arena *arena,
                        struct decision_replay *replay, struct fail *fail);
/* Its steps in a language. */
struct explained decision_explain(const struct decision_replay *replay,
                                  enum explain_language language, struct arena *arena);
/* The day of an event: on which its decisions were made and notified. */
bool decision_made_on(struct store *store, struct arena *arena, int64_t pp, int64_t event,
                      date *day, struct fail *fail);
