/* step.c: writing a machine's step. */
#include "app/step.h"

bool step_add(struct verb *v, const struct step_order *o, struct fail *fail)
{
    const struct machine *m       = o->machine;
    const struct machine_step *to = o->answer.step;

    if (o->answer.result != MACHINE_TAKEN)
        return REFUSE(fail, "not_here", "%s",
                      to ? machine_why(m, o->answer)
                         : "That was dealt with already. Look at it again.");
    struct sql_step_insert_in in = {
        .pp        = v->pp,
        .event     = v->seq,
        .id        = (int64_t)v->draft.rows[DRAFT_STEP].n + 1,
        .machine   = m->name,
        .subject   = o->subject,
        .happening = m->events[to->event].name,
        .was       = m->states[o->was].name,
        .became    = m->states[to->to].name,
        .day       = v->today,
        .asked_by  = machine_role_words(o->by),
        .reason    = o->reason ? o->reason : "",
        .evidence  = o->evidence ? o->evidence : "",
    };
    verb_add(v, DRAFT_STEP, &in);
    return true;
}
