/* step.h: a step of a machine of law/flow, kept with a verb's event. */
#pragma once
#include "app/verb.h"
#include "flow/machine.h"

/* A step that a machine answered for. */
struct step_order {
    const struct machine *machine;
    int64_t subject;
    int32_t was;
    struct machine_answer answer;
    enum machine_role by;
    const char *reason, *evidence; /* NULL: nothing said */
};
/* Adds it to the verb; refused (not_here) where the machine did not take it. */
bool step_add(struct verb *verb, const struct step_order *order, struct fail *fail);
