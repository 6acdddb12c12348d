/* trace.h: the explanation of a calculation is the calculation's own return path.  An amount moves
 * on only by step(); a branch is recorded by step_chose() or step_declined().  With a null trace
 * all three compile to nothing.
 *
 * Ownership: the steps belong to whoever made the trace (trace_new: to that arena).  A trace holds
 * no pointer into the facts; explain() wants the same facts and law again. */
#pragma once
#include "base/arena.h"
#include "base/exact.h"
#include "rule/note.h"

#include <stdint.h>

struct rule_facts;

enum step_kind {
    STEP_MOVED, /* the amount went from before to after */
    STEP_CHOSE, /* a branch was taken: before is the amount that was looked at, after its measure */
    STEP_DECLINED, /* a rule a person may have expected has no effect, and why: as STEP_CHOSE */
};
/* What a step is about: the whole case, one receiving parent, one child, or one ground. */
enum step_about { ABOUT_CASE, ABOUT_RECEIVER, ABOUT_CHILD, ABOUT_GROUND };

struct who {
    enum step_about about;
    int32_t index; /* receiver, child or ground; 0 for the case */
};
#define WHO_CASE        ((struct who){ ABOUT_CASE, 0 })
#define WHO_RECEIVER(i) ((struct who){ ABOUT_RECEIVER, (i) })
#define WHO_CHILD(i)    ((struct who){ ABOUT_CHILD, (i) })
#define WHO_GROUND(i)   ((struct who){ ABOUT_GROUND, (int32_t)(i) })

struct step {
    uint8_t note;  /* enum step_note: the rule and its sentence */
    uint8_t kind;  /* enum step_kind */
    int32_t count; /* a number the sentence needs (children, a band); 0 if none */
    struct who who;
    exact before, after;
};
struct trace {
    struct step *steps;
    int32_t count, room;
};

/* Room for every step that these facts can lead to; the steps live in a. */
struct trace trace_new(struct arena *a, const struct rule_facts *facts);
/* Makes an old trace (or one of zeroes) ready for these facts, and keeps its steps if there is
 * room. `own` is the trace's own arena: it is reset when more room is needed. */
void trace_renew(struct trace *t, struct arena *own, const struct rule_facts *facts);

#ifdef UPKEEP_COVERAGE
#define RULE_INLINE static __attribute__((unused))
#else
#define RULE_INLINE static inline __attribute__((always_inline))
#endif

RULE_INLINE void trace_add(struct trace *t, struct step s)
{
    if (!t) return;
    BUG_UNLESS(t->count < t->room);
    t->steps[t->count++] = s;
}
/* The only way an amount moves on: returns after. */
RULE_INLINE exact step(struct trace *t, enum step_note note, struct who who, exact before,
                       exact after)
{
    trace_add(t,
              (struct step){ .note = (uint8_t)note, .who = who, .before = before, .after = after });
    return after;
}
/* The same, with a number for the sentence. */
RULE_INLINE exact step_counted(struct trace *t, struct step s)
{
    trace_add(t, s);
    return s.after;
}
RULE_INLINE void step_chose(struct trace *t, enum step_note note, struct who who, exact seen,
                            exact measure)
{
    trace_add(t, (struct step){ .note   = (uint8_t)note,
                                .kind   = STEP_CHOSE,
                                .who    = who,
                                .before = seen,
                                .after  = measure });
}
RULE_INLINE void step_declined(struct trace *t, enum step_note note, struct who who, exact seen,
                               exact measure)
{
    trace_add(t, (struct step){ .note   = (uint8_t)note,
                                .kind   = STEP_DECLINED,
                                .who    = who,
                                .before = seen,
                                .after  = measure });
}
