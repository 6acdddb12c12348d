/* decide.h: decisions of every kind and what they change. */
#pragma once
#include "app/group.h"
#include "rule/explain.h"

enum decision_kind {
    DECISION_INITIAL,
    DECISION_DEFAULT,
    DECISION_REPLACEMENT,     /* of a default decision, from its own date */
    DECISION_NEW_APPLICATION, /* another receiving parent's application */
    DECISION_ANNUAL_REVIEW,   /* */
    DECISION_CHANGE,          /* supersession */
    DECISION_REVISION,        /* after reconsideration */
    DECISION_CORRECTION,      /* of an accidental error */
    DECISION_LAW_CHANGE,
    DECISION_CONSEQUENCE, /* a later decision worked out again because an earlier one changed */
    DECISION_ENDING,      /* */
    DECISION_KINDS
};

struct decision_kind_entry {
    const char *name, *label, *rule;
};
extern const struct decision_kind_entry decision_kind_table[DECISION_KINDS];
enum decision_kind decision_kind_find(const char *name); /* DECISION_KINDS: none */

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
    struct explained explained; /* empty for an ending */
    bool agrees;                /* facts, engine and every amount are the same */
};
bool decision_replay(struct store *store, struct arena *arena, int64_t pp, int64_t decision,
                     struct decision_replay *replay, struct fail *fail);
