/* machine.c: walking the tables. */
#include "flow/machine.h"

#include "base/bug.h"

#include <string.h>

static int bits(uint32_t set)
{
    return __builtin_popcount(set);
}

struct machine_answer machine_take(const struct machine *m, int32_t state, int32_t event,
                                   uint32_t holds)
{
    struct machine_answer near = { .result = MACHINE_NOT_HERE };

    BUG_UNLESS(state >= 0 && state < m->state_count && event >= 0 && event < m->event_count);
    for (int32_t i = 0; i < m->step_count; i++) {
        const struct machine_step *s = &m->steps[i];
        uint32_t missing = s->needs & ~holds, barring = s->bars & holds;
        if (s->event != event || !(s->from & UINT32_C(1) << state)) continue;
        if (!missing && !barring)
            return (struct machine_answer){ .result = MACHINE_TAKEN, .step = s };
        if (!near.step || bits(missing) + bits(barring) < bits(near.missing) + bits(near.barring))
            near = (struct machine_answer){ MACHINE_STOPPED, s, missing, barring };
    }
    return near;
}

const char *machine_why(const struct machine *m, struct machine_answer a)
{
    if (a.result == MACHINE_NOT_HERE) return "This cannot happen while the case stands as it does.";
    for (int32_t i = 0; a.result == MACHINE_STOPPED && i < m->guard_count; i++)
        if (a.missing & UINT32_C(1) << i) return m->guards[i].says;
    return a.result == MACHINE_STOPPED ? "The record says otherwise already." : "";
}

int32_t machine_state_find(const struct machine *m, const char *name)
{
    for (int32_t i = 0; i < m->state_count; i++)
        if (!strcmp(m->states[i].name, name)) return i;
    return MACHINE_NOTHING;
}

int32_t machine_event_find(const struct machine *m, const char *name)
{
    for (int32_t i = 0; i < m->event_count; i++)
        if (!strcmp(m->events[i].name, name)) return i;
    return MACHINE_NOTHING;
}

static bool row_fits(const struct machine_table *t, const struct machine_row *row,
                     const int32_t *values)
{
    for (int32_t i = 0; i < t->input_count; i++)
        if (!(row->fits[i] & UINT32_C(1) << values[i])) return false;
    return true;
}

int32_t machine_table_result(const struct machine_table *t, const int32_t *values)
{
    const struct machine_row *row = t->rows;

    while (!row_fits(t, row, values)) {
        row++;
        BUG_UNLESS(row < t->rows + t->row_count); /* the compiler wants a row for every case */
    }
    return row->result;
}

const char *machine_role_words(enum machine_role role)
{
    static const char *const words[MACHINE_ROLES] = {
        [ROLE_RECEIVING_PARENT]  = "the receiving parent",
        [ROLE_PAYING_PARENT]     = "the paying parent",
        [ROLE_CHILD_IN_SCOTLAND] = "the child (Scotland)",
        [ROLE_CASEWORKER]        = "a caseworker",
        [ROLE_DECISION_MAKER]    = "a decision maker",
        [ROLE_OFFICER]           = "an enforcement officer",
        [ROLE_COURT]             = "the court",
        [ROLE_EMPLOYER]          = "the employer",
        [ROLE_BANK]              = "the bank",
        [ROLE_BENEFIT_OFFICE]    = "the benefit office",
        [ROLE_SERVICE]           = "the service, from the record",
    };
    return words[role];
}
