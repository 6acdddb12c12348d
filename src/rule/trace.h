/* trace.h: the explanation of a calculation is the calculation's own return path.  An amount moves
 * on only by step(); a branch is taken only by step_chose() or step_declined().  With a null trace
 * all three compile to nothing.
 *
 * Ownership: the steps belong to whoever made the trace (trace_new: to that arena).  A trace holds
 * no pointer into the facts; explain() wants the same facts and law again. */
#pragma once
#include "base/arena.h"
#include "base/exact.h"

#include <stdint.h>

struct rule_facts;

enum step_kind {
    STEP_MOVED,    /* the amount went from before to after */
    STEP_CHOSE,    /* a branch was taken: before is what was compared, after what with */
    STEP_DECLINED, /* a rule a person may have expected has no effect, and why: as STEP_CHOSE */
};
/* What a step is about: the whole case, one receiving parent, one child, or one ground. */
enum step_about { ABOUT_CASE, ABOUT_RECEIVER, ABOUT_CHILD, ABOUT_GROUND };

struct who {
    enum step_about about;
    int32_t index; /* receiver, child or ground; 0 for the case */
};
struct step {
    uint16_t rule; /* enum rule_id */
    uint8_t kind;  /* enum step_kind */
    uint8_t note;  /* which sentence of the rule: enum step_note */
    struct who who;
    int32_t count; /* a number the sentence needs (children, a band); 0 if none */
    exact before, after;
};
struct trace {
    struct step *steps;
    int32_t count, room;
};

/* Room for every step that these facts can lead to. */
struct trace trace_new(struct arena *a, const struct rule_facts *facts);
