/* sample.c: picked decisions looked at by somebody who did not make them. */
#include "app/sample.h"

#include "app/step.h"

#include <string.h>

/* --- reading --- */

static void sample_fill(struct sample *p, const struct sql_decision_history_row *all, size_t n,
                        const struct sql_sample_looks_row *looks, size_t count)
{
    p->state = (enum sample_state)machine_state_find(&machine_sample, p->row.side);
    for (size_t i = n; i > 0; i--)
        if (all[i - 1].event == p->row.event) p->decision = &all[i - 1];
    for (size_t i = 0; i < count; i++) {
        if (looks[i].decided != p->row.event) continue;
        p->look  = &looks[i];
        p->state = (enum sample_state)machine_state_find(&machine_sample, looks[i].became);
    }
}

bool sample_list(struct store *store, struct arena *arena, int64_t pp, struct sample **list,
                 size_t *n, struct fail *fail)
{
    struct sql_sample_picked_row *rows;
    struct sql_sample_looks_row *looks   = NULL;
    struct sql_decision_history_row *all = NULL;
    size_t count = 0, decided = 0;

    if (!sql_sample_picked(store, &(struct sql_sample_picked_in){ .pp = pp }, arena, &rows, n,
                           fail) ||
        (*n && (!sql_sample_looks(store, &(struct sql_sample_looks_in){ .pp = pp }, arena, &looks,
                                  &count, fail) ||
                !sql_decision_history(store, &(struct sql_decision_history_in){ .pp = pp }, arena,
                                      &all, &decided, fail))))
        return false;
    *list = ARENA_MANY(arena, struct sample, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*list)[i] = (struct sample){ .row = rows[i] };
        sample_fill(&(*list)[i], all, decided, looks, count);
        if (!(*list)[i].decision)
            return FAIL(fail, FAIL_INTEGRITY, "decision_missing",
                        "Something was picked that decided nothing. Run `upkeep check`.");
    }
    return true;
}

const struct sample *sample_of(const struct sample *list, size_t n, int64_t event)
{
    const struct sample *found = NULL;

    for (size_t i = 0; i < n; i++)
        if (event ? list[i].row.event == event : sample_is_open(&list[i])) found = &list[i];
    return found;
}

bool sample_is_open(const struct sample *p)
{
    return !machine_sample.states[p->state].final;
}

/* --- looking --- */

static bool role_may(const char *role)
{
    const struct machine_input *roles = &machine_table_sample_may.inputs[SAMPLE_MAY_ROLE];
    int32_t values[SAMPLE_MAY_INPUTS] = { SAMPLE_MAY_ROLE_OTHER };

    for (int32_t i = 0; i < roles->value_count; i++)
        if (!strcmp(roles->values[i], role)) values[SAMPLE_MAY_ROLE] = i;
    return machine_table_result(&machine_table_sample_may, values) == SAMPLE_MAY_RESULT_MAY;
}

enum sample_guard sample_guard_of(const struct sample *p, const char *actor, const char *role)
{
    if (!strcmp(p->row.actor, actor)) return SAMPLE_GUARD_ANOTHER;
    return role_may(role) ? SAMPLE_GUARDS : SAMPLE_GUARD_RIGHT_ROLE;
}

static bool answer_holds(const struct sample *p, const struct sample_answer *a,
                         const struct setting *s, struct fail *fail)
{
    enum sample_guard stands = sample_guard_of(p, s->actor, a->role);
    uint32_t all             = (UINT32_C(1) << SAMPLE_GUARDS) - 1;

    if (stands != SAMPLE_GUARDS) {
        struct machine_answer m = machine_take(&machine_sample, (int32_t)p->state,
                                               (int32_t)a->found, all & ~(UINT32_C(1) << stands));
        if (m.result == MACHINE_STOPPED)
            return REFUSE(fail, machine_sample.guards[stands].name, "%s",
                          machine_why(&machine_sample, m));
    }
    if (!a->reason || !*a->reason)
        return REFUSE(fail, "reason_missing", "Say what you looked at, and what you found."),
               fail_field(fail, "reason");
    if (a->found == SAMPLE_EVENT_WRONG && !a->has_should)
        return REFUSE(fail, "amount_missing", "Say what it should give a week."),
               fail_field(fail, "should");
    return true;
}

bool sample_take(const struct setting *s, int64_t pp, const struct sample_answer *a,
                 struct fail *fail)
{
    struct sample *list;
    struct verb v;
    size_t n;
    bool done;

    if (!verb_open(s, pp, "sample", NULL, &v, &done, fail) ||
        !sample_list(s->store, s->arena, pp, &list, &n, fail))
        return false;
    const struct sample *p = sample_of(list, n, a->event);
    if (!p) return REFUSE(fail, "no_sample", "No decision like that waits to be looked at.");
    if (!answer_holds(p, a, s, fail)) return false;
    struct step_order step = {
        .machine = &machine_sample,
        .subject = p->row.event,
        .was     = (int32_t)p->state,
        .answer  = machine_take(&machine_sample, (int32_t)p->state, (int32_t)a->found,
                                (UINT32_C(1) << SAMPLE_GUARDS) - 1),
        .by      = ROLE_DECISION_MAKER,
        .reason  = a->reason,
    };
    struct sql_sample_look_insert_in look = {
        .pp      = pp,
        .event   = v.seq,
        .decided = p->row.event,
        .weekly  = p->decision->weekly,
        .should  = a->found == SAMPLE_EVENT_WRONG ? a->should : p->decision->weekly,
    };
    out_print(&v.about, "Decision %lld was looked at by somebody else: %s",
              (long long)p->decision->id, machine_sample.events[a->found].label);
    return step_add(&v, &step, fail) && sql_sample_look_insert(s->store, &look, fail) &&
           verb_close(&v, fail);
}
