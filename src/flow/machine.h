/* machine.h: what may happen next, as data.  State machines and decision tables are text files
 * (in law/flow, doc/services.md) that tools/flowc compiles into the constants of flow_data.h:
 * an enum for every kind of name, one struct machine for each machine. */
#pragma once
#include "law/law.h"

enum machine_role {
    ROLE_RECEIVING_PARENT,
    ROLE_PAYING_PARENT,
    ROLE_CHILD_IN_SCOTLAND,
    ROLE_CASEWORKER,
    ROLE_DECISION_MAKER,
    ROLE_OFFICER,
    ROLE_COURT,
    ROLE_EMPLOYER,
    ROLE_BANK,
    ROLE_BENEFIT_OFFICE,
    ROLE_SERVICE, /* what follows from the record or the calendar, without anybody asking */
    MACHINE_ROLES
};
enum machine_side { TOLD_PAYING, TOLD_RECEIVING, MACHINE_SIDES };
enum machine_language { MACHINE_ENGLISH, MACHINE_WELSH, MACHINE_LANGUAGES };
enum { MACHINE_NOTHING = -1 }; /* no event, no role */

struct machine_notice {
    const char *code; /* "N-11" */
    uint32_t to;      /* bits of enum machine_role */
    const char *when, *holds;
    const char *letter; /* template in letter/, or NULL: none yet */
};
struct machine_state {
    const char *name, *label;
    bool start, final, rest; /* rest: nothing waits here (only a start may) */
    const char *clock;       /* the parameter of law that measures it, or NULL */
    const char *clock_from;  /* what it runs from, in words */
    int32_t then;            /* the event when it has run, or MACHINE_NOTHING: a task */
    int32_t person;          /* enum machine_role who minds it, or MACHINE_NOTHING */
    const char *says[MACHINE_SIDES][MACHINE_LANGUAGES]; /* to a parent; NULL: nothing */
};
struct machine_guard {
    const char *name, *says; /* says: why not, while it does not hold */
    enum rule_id rule;
};
struct machine_event {
    const char *name, *label;
    uint32_t who; /* bits of enum machine_role */
    bool welfare; /* a discretion: wants a welfare record (B-001) */
};
struct machine_effect {
    const char *name, *label;
};
struct machine_step {
    uint32_t from; /* bits of states */
    int32_t event, to;
    uint32_t needs, bars;                        /* bits of guards that must hold, must not hold */
    uint32_t does;                               /* bits of effects */
    const struct machine_notice *const *notices; /* ends with NULL; may be NULL */
    const char *const *charges;                  /* parameters of law, likewise */
    enum rule_id rule;
    const char *mark, *note; /* note may be "" */
    const char *file;
    int32_t line;
};
struct machine {
    const char *name, *title, *about, *english, *welsh;
    enum rule_id rule;
    const struct machine_state *states;
    const struct machine_event *events;
    const struct machine_guard *guards;
    const struct machine_effect *effects;
    const struct machine_step *steps; /* in the file's order: the first that fits is taken */
    int32_t state_count, event_count, guard_count, effect_count, step_count;
    int32_t start;
};

/* A decision table: for each input one value; the first row that fits gives the result. */
struct machine_input {
    const char *name;
    const char *const *values;
    int32_t value_count;
};
struct machine_row {
    uint32_t fits[6]; /* bits of each input's values */
    int32_t result, line;
};
struct machine_table {
    const char *name, *title, *mark;
    enum rule_id rule;
    const struct machine_input *inputs;
    const char *const *results;
    const struct machine_row *rows;
    int32_t input_count, result_count, row_count;
};

/* What comes of an event in a state while the guards in `holds` hold. */
enum machine_result {
    MACHINE_TAKEN,
    MACHINE_NOT_HERE, /* the event has no place in this state */
    MACHINE_STOPPED   /* a guard stands in the way */
};
struct machine_answer {
    enum machine_result result;
    const struct machine_step *step; /* taken, or the nearest that was stopped; else NULL */
    uint32_t missing;                /* guards of that step which do not hold and should */
    uint32_t barring;                /* guards of that step which hold and should not */
};
/* Pure.  Of the steps that were stopped the one with the fewest guards in its way is named, the
 * first of several. */
struct machine_answer machine_take(const struct machine *machine, int32_t state, int32_t event,
                                   uint32_t holds);
/* The first sentence that says why an answer was stopped; "" when it was not. */
const char *machine_why(const struct machine *machine, struct machine_answer answer);
/* By name; MACHINE_NOTHING when there is none. */
int32_t machine_state_find(const struct machine *machine, const char *name);
int32_t machine_event_find(const struct machine *machine, const char *name);
/* The result of a table for one value of each input; a table always has one. */
int32_t machine_table_result(const struct machine_table *table, const int32_t *values);
/* A role in words: "the receiving parent". */
const char *machine_role_words(enum machine_role role);
