/* trace.c: how many steps a case can take at most. */
#include "rule/trace.h"

#include "rule/facts.h"

/* The longest chains through the rule bodies; not law.  Counted generously: a trace that were too
 * short would be a bug, and stop the program. */
#define STEPS_CASE     48
#define STEPS_GROUND   4
#define STEPS_RECEIVER 9
#define STEPS_CHILD    4

static int32_t trace_room(const struct rule_facts *facts)
{
    return STEPS_CASE + STEPS_GROUND * GROUNDS + STEPS_RECEIVER * facts->receiver_count +
           STEPS_CHILD * facts->child_count;
}

struct trace trace_new(struct arena *a, const struct rule_facts *facts)
{
    int32_t room = trace_room(facts);
    return (struct trace){ .steps = ARENA_MANY(a, struct step, room), .room = room };
}

void trace_renew(struct trace *t, struct arena *own, const struct rule_facts *facts)
{
    if (t->room < trace_room(facts)) {
        arena_reset(own);
        *t = trace_new(own, facts);
    }
    t->count = 0;
}
