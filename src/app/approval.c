/* approval.c: asked of a second person, and answered. */
#include "app/approval.h"

#include <string.h>

enum { REASON_LEAST = 5 };

/* --- the record --- */

static bool asks_read(const struct setting *s, int64_t pp, struct sql_approval_list_row **rows,
                      size_t *n, struct fail *fail)
{
    return sql_approval_list(s->store, &(struct sql_approval_list_in){ .pp = pp }, s->arena, rows,
                             n, fail);
}

static bool act_read(const struct setting *s, int64_t pp, const struct sql_approval_list_row *q,
                     struct approval_act *act, struct fail *fail)
{
    struct sql_approval_fields_row *rows;
    size_t n;

    *act = (struct approval_act){ 0 };
    if (!approval_act_find(q->act, &act->kind))
        return FAIL(fail, FAIL_INTEGRITY, "act_unknown", "Nobody knows the act \"%s\".", q->act);
    if (!sql_approval_fields(s->store,
                             &(struct sql_approval_fields_in){ .pp = pp, .event = q->event },
                             s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n && i < APPROVAL_FIELDS; i++)
        act->fields[act->count++] = (struct approval_field){ rows[i].name, rows[i].value };
    return true;
}

static bool answer_write(const struct verb *v, int64_t ask, int32_t state, const char *reason,
                         int64_t did, struct fail *fail)
{
    struct sql_approval_answer_insert_in in = { .pp      = v->pp,
                                                .event   = v->seq,
                                                .ask     = ask,
                                                .state   = machine_approval.states[state].name,
                                                .account = v->actor,
                                                .reason  = reason ? reason : "",
                                                .did     = did };
    return sql_approval_answer_insert(v->store, &in, fail);
}

/* --- asking --- */

/* What the same person asked for of the same act, and waits. */
static bool earlier_end(const struct verb *v, const struct sql_approval_list_row *rows, size_t n,
                        const char *act, struct fail *fail)
{
    for (size_t i = 0; i < n; i++)
        if (!rows[i].state && !strcmp(rows[i].act, act) && !strcmp(rows[i].asker, v->actor) &&
            !answer_write(v, rows[i].event, APPROVAL_STATE_OVERTAKEN, "Asked for again", 0, fail))
            return false;
    return true;
}

bool approval_ask(const struct setting *s, int64_t pp, const struct approval_act *a,
                  const struct approval_effect *effect, const char *why, int64_t *ask,
                  struct fail *fail)
{
    struct sql_approval_list_row *rows;
    struct verb v;
    size_t n;
    bool done;

    if (!why || strlen(why) < REASON_LEAST)
        return REFUSE(fail, "why_missing", "Say why, for the second person."),
               fail_field(fail, "reason");
    if (!verb_open(s, pp, "approval_ask", NULL, &v, &done, fail) ||
        !asks_read(s, pp, &rows, &n, fail) ||
        !earlier_end(&v, rows, n, approval_act_name(a->kind), fail))
        return false;
    struct sql_approval_ask_insert_in in = { .pp     = pp,
                                             .event  = v.seq,
                                             .act    = approval_act_name(a->kind),
                                             .amount = effect->amount,
                                             .asker  = s->actor,
                                             .why    = why,
                                             .effect = effect->text };
    if (!sql_approval_ask_insert(s->store, &in, fail)) return false;
    for (size_t i = 0; i < a->count; i++)
        if (!sql_approval_field_insert(s->store,
                                       &(struct sql_approval_field_insert_in){
                                           .pp    = pp,
                                           .event = v.seq,
                                           .name  = a->fields[i].name,
                                           .value = a->fields[i].value,
                                       },
                                       fail))
            return false;
    out_print(&v.about, "Asked of a second person: %s", approval_act_words(a->kind));
    *ask = v.seq;
    return verb_close(&v, fail);
}

bool approval_do(const struct setting *s, int64_t pp, const struct approval_act *a, const char *why,
                 int64_t *ask, struct fail *fail)
{
    struct approval_effect effect;
    struct approval_weight weight;

    *ask = 0;
    if (!approval_act_do(s, pp, a, &effect, fail) ||
        !approval_weigh(s, pp, a->kind, effect.event, effect.amount, &weight, fail))
        return false;
    if (!weight.second) return true;
    store_rollback(s->store);
    return store_begin(s->store, STORE_WRITING, fail) &&
           approval_ask(s, pp, a, &effect, why, ask, fail);
}

/* --- answering --- */

static bool ask_find(const struct setting *s, int64_t pp, int64_t ask,
                     const struct sql_approval_list_row **found, struct fail *fail)
{
    struct sql_approval_list_row *rows;
    size_t n;

    *found = NULL;
    if (!asks_read(s, pp, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        if (ask ? rows[i].event == ask : !rows[i].state) *found = &rows[i];
    if (!*found) return REFUSE(fail, "no_such_ask", "Nothing like that was asked for.");
    if ((*found)->state)
        return REFUSE(fail, "answered_before", "That was answered already, by %s.",
                      (*found)->account);
    return true;
}

static bool machine_ask(const struct setting *s, const struct sql_approval_list_row *q,
                        const struct approval_answer *a, enum second_person_act kind,
                        const struct machine_step **step, struct fail *fail)
{
    uint32_t holds = 0;

    if (strcmp(q->asker, s->actor) != 0) holds |= UINT32_C(1) << APPROVAL_GUARD_ANOTHER;
    if (approval_may(kind, a->role)) holds |= UINT32_C(1) << APPROVAL_GUARD_RIGHT_ROLE;
    if (a->event != APPROVAL_EVENT_OVERTAKE) holds |= UINT32_C(1) << APPROVAL_GUARD_STILL_TRUE;
    struct machine_answer m =
        machine_take(&machine_approval, APPROVAL_STATE_ASKED, (int32_t)a->event, holds);
    *step = m.step;
    if (m.result == MACHINE_TAKEN) return true;
    if (a->event == APPROVAL_EVENT_WITHDRAW)
        return REFUSE(fail, "not_theirs", "Only whoever asked can take it back.");
    for (int32_t i = 0; i < machine_approval.guard_count; i++)
        if (m.missing & UINT32_C(1) << i)
            return REFUSE(fail, machine_approval.guards[i].name, "%s",
                          machine_approval.guards[i].says);
    return REFUSE(fail, "not_now", "That cannot be done with it.");
}

/* Does what was asked for, as whoever asked, if it is still what was shown. */
static bool act_again(const struct setting *s, int64_t pp, const struct sql_approval_list_row *q,
                      const struct approval_act *act, int64_t *did, struct fail *fail)
{
    const struct machine_guard *g = &machine_approval.guards[APPROVAL_GUARD_STILL_TRUE];
    struct setting asker          = *s;
    struct approval_effect effect;
    struct fail why = { 0 };

    asker.actor = q->asker;
    if (!approval_act_do(&asker, pp, act, &effect, &why)) {
        if (why.kind == FAIL_REFUSED) return REFUSE(fail, g->name, "%s (%s)", g->says, why.text);
        *fail = why;
        return false;
    }
    *did = effect.event;
    return (effect.amount.p == q->amount.p && !strcmp(effect.text, q->effect)) ||
           REFUSE(fail, g->name, "%s", g->says);
}

bool approval_answer(const struct setting *s, int64_t pp, const struct approval_answer *a,
                     struct fail *fail)
{
    const struct sql_approval_list_row *q;
    const struct machine_step *step;
    struct approval_act act;
    struct verb v;
    int64_t did = 0;
    bool done,
        free_of_words = a->event == APPROVAL_EVENT_APPROVE || a->event == APPROVAL_EVENT_OVERTAKE;

    if (!ask_find(s, pp, a->ask, &q, fail) || !act_read(s, pp, q, &act, fail) ||
        !machine_ask(s, q, a, act.kind, &step, fail))
        return false;
    if (!free_of_words && (!a->reason || strlen(a->reason) < REASON_LEAST))
        return REFUSE(fail, "reason_missing", "Say why, so that whoever asked can go on."),
               fail_field(fail, "reason");
    if ((a->event == APPROVAL_EVENT_APPROVE && !act_again(s, pp, q, &act, &did, fail)) ||
        !verb_open(s, pp, "approval", NULL, &v, &done, fail))
        return false;
    out_print(&v.about, "%s (asked by %s): %s", approval_act_words(act.kind), q->asker,
              machine_approval.states[step->to].label);
    if (a->reason && *a->reason) out_print(&v.about, ": %s", a->reason);
    return answer_write(&v, q->event, step->to, a->reason, did, fail) && verb_close(&v, fail);
}
