/* alert.c: alerts raised, looked at and answered. */
#include "app/alert.h"

#include "app/step.h"
#include "base/bug.h"
#include "base/name.h"

#include <string.h>

const char *const alert_source_words[ALERT_SOURCES]  = { "message",    "change",  "reconsideration",
                                                         "payment",    "noticed", "withdrawal",
                                                         "application" };
const char *const alert_source_labels[ALERT_SOURCES] = {
    [ALERT_MESSAGE]         = "a message",
    [ALERT_CHANGE]          = "a change they told us",
    [ALERT_RECONSIDERATION] = "a decision they asked us to look at again",
    [ALERT_PAYMENT]         = "what they said of a payment",
    [ALERT_NOTICED]         = "noticed by somebody here",
    [ALERT_WITHDRAWAL]      = "what they ask us to do",
    [ALERT_APPLICATION]     = "what they wrote when they applied online",
};
const char *const alert_risk_labels[] = {
    [ALERT_DOES_RISK_SELF_HARM]       = "Self-harm",
    [ALERT_DOES_RISK_SELF_HARM_OTHER] = "Self-harm of somebody else, as they say",
    [ALERT_DOES_RISK_THREAT]          = "A threat to somebody",
    [ALERT_DOES_RISK_CHILD]           = "A child in danger",
    [ALERT_DOES_RISK_ABUSE]           = "Abuse",
    [ALERT_DOES_RISK_PRESSURE]        = "Perhaps not free",
};

static const struct machine_input *risks(void)
{
    return &machine_table_alert_does.inputs[ALERT_DOES_RISK];
}

bool alert_risk_find(const char *name, enum alert_does_risk *risk)
{
    for (int32_t i = 0; i < risks()->value_count; i++)
        if (!strcmp(risks()->values[i], name)) return *risk = (enum alert_does_risk)i, true;
    return false;
}

/* --- raising --- */

static bool raise(struct verb *v, struct sql_alert_insert_in *in, enum alert_event event,
                  enum machine_role by, struct fail *fail)
{
    const struct machine *m  = &machine_alert;
    struct step_order raised = { .machine = m,
                                 .subject = v->seq,
                                 .was     = m->start,
                                 .answer  = machine_take(m, m->start, (int32_t)event, 0),
                                 .by      = by };

    in->pp    = v->pp;
    in->event = v->seq;
    in->day   = v->today;
    return step_add(v, &raised, fail) && sql_alert_insert(v->store, in, fail);
}

/* The words of one text. */
struct spoken {
    const char **words;
    size_t n;
};

static bool hears(const struct hear_rule *rule, const struct spoken *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (hear_rule_hears(rule, texts[i].words, texts[i].n)) return true;
    return false;
}

bool alert_hear(struct verb *v, int64_t person, enum alert_source source, const char *const *texts,
                struct fail *fail)
{
    int32_t gravest  = risks()->value_count;
    struct out heard = { .arena = v->arena };
    size_t n         = 0;

    while (texts[n])
        n++;
    struct spoken *spoken = ARENA_MANY(v->arena, struct spoken, n + 1);
    for (size_t i = 0; i < n; i++)
        spoken[i].words = text_words(v->arena, texts[i], &spoken[i].n);
    for (int32_t i = 0; i < hear_rule_count; i++) {
        const struct hear_rule *rule = &hear_rules[i];
        if (!hears(rule, spoken, n)) continue;
        out_print(&heard, "%s%s", heard.length ? " " : "", rule->name);
        if ((int32_t)rule->risk < gravest) gravest = (int32_t)rule->risk;
    }
    if (!heard.length) return true;
    struct sql_alert_insert_in in = { .person = person,
                                      .risk   = risks()->values[gravest],
                                      .source = alert_source_words[source],
                                      .heard  = out_string(&heard),
                                      .note   = "" };
    return raise(v, &in, ALERT_EVENT_HEAR, ROLE_SERVICE, fail);
}

bool alert_raise(struct verb *v, const struct alert_noticed *o, struct fail *fail)
{
    enum alert_event event =
        o->source == ALERT_WITHDRAWAL ? ALERT_EVENT_WITHDRAW : ALERT_EVENT_RECORD;
    struct sql_alert_insert_in in = { .person = o->person,
                                      .risk   = risks()->values[o->risk],
                                      .source = alert_source_words[o->source],
                                      .heard  = "",
                                      .note   = o->note };

    if (!o->note || !*o->note)
        return REFUSE(fail, "note_missing", "Say what you noticed."), fail_field(fail, "note");
    return raise(v, &in, event, ROLE_CASEWORKER, fail);
}

bool alert_record(const struct setting *s, int64_t pp, const struct alert_noticed *o,
                  int64_t *alert, struct fail *fail)
{
    struct verb v;
    struct group g;
    bool done;

    if (!verb_open(s, pp, "alert", NULL, &v, &done, fail) ||
        !group_load(s->store, s->arena, pp, v.seq, &g, fail))
        return false;
    if (!group_person(&g, o->person))
        return REFUSE(fail, "nobody", "Choose whom it is about."), fail_field(fail, "person");
    out_text(&v.about, "Something was noted for whoever has the case");
    *alert = v.seq;
    return alert_raise(&v, o, fail) && verb_close(&v, fail);
}

/* --- reading --- */

static bool alert_fill(struct alert *a, const struct sql_step_list_row *steps, size_t n,
                       struct arena *arena)
{
    a->state  = ALERT_STATE_NONE;
    a->source = ALERT_MESSAGE;
    a->steps  = ARENA_MANY(arena, struct sql_step_list_row, n + 1);
    while (a->source < ALERT_SOURCES && strcmp(alert_source_words[a->source], a->row.source) != 0)
        a->source++;
    for (size_t i = 0; i < n; i++) {
        if (steps[i].subject != a->row.event || strcmp(steps[i].machine, machine_alert.name) != 0)
            continue;
        a->steps[a->step_count++] = steps[i];
        a->state = (enum alert_state)machine_state_find(&machine_alert, steps[i].became);
    }
    return a->source < ALERT_SOURCES && alert_risk_find(a->row.risk, &a->risk);
}

static bool list_fill(const struct sql_alert_list_row *rows, size_t n,
                      const struct sql_step_list_row *steps, size_t count, struct arena *arena,
                      struct alert **list)
{
    *list = ARENA_MANY(arena, struct alert, n + 1);
    for (size_t i = 0; i < n; i++) {
        (*list)[i] = (struct alert){ .row = rows[i] };
        if (!alert_fill(&(*list)[i], steps, count, arena)) return false;
    }
    return true;
}

static bool damaged(struct fail *fail)
{
    return FAIL(fail, FAIL_INTEGRITY, "alert_damaged", "An alert cannot be read.");
}

bool alert_list(struct store *store, struct arena *arena, int64_t pp, struct alert **list,
                size_t *n, struct fail *fail)
{
    struct sql_alert_list_row *rows;
    struct sql_step_list_row *steps = NULL;
    size_t count                    = 0;

    if (!sql_alert_list(store, &(struct sql_alert_list_in){ .pp = pp }, arena, &rows, n, fail) ||
        (*n && !sql_step_list(store, &(struct sql_step_list_in){ .pp = pp, .known = KNOWN_NOW },
                              arena, &steps, &count, fail)))
        return false;
    return list_fill(rows, *n, steps, count, arena, list) || damaged(fail);
}

bool alert_list_online(struct store *store, struct arena *arena, int64_t application,
                       struct alert **list, size_t *n, struct fail *fail)
{
    struct sql_alert_of_online_in of = { .pp = SERVICE_PP, .application = application };
    struct sql_step_since_in since   = { .pp = SERVICE_PP };
    struct sql_alert_of_online_row *rows;
    struct sql_step_since_row *steps = NULL;
    size_t count                     = 0;

    if (!sql_alert_of_online(store, &of, arena, &rows, n, fail)) return false;
    since.first = *n ? rows[*n - 1].event : 0;
    if (*n && !sql_step_since(store, &since, arena, &steps, &count, fail)) return false;
    return list_fill((struct sql_alert_list_row *)rows, *n, (struct sql_step_list_row *)steps,
                     count, arena, list) ||
           damaged(fail);
}
_Static_assert(sizeof(struct sql_alert_list_row) == sizeof(struct sql_alert_of_online_row) &&
                   sizeof(struct sql_step_list_row) == sizeof(struct sql_step_since_row),
               "both lists have one form");

const struct alert *alert_find(const struct alert *list, size_t n, int64_t event)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].row.event == event) return &list[i];
    return NULL;
}

bool alert_is_open(const struct alert *a)
{
    return !machine_alert.states[a->state].final;
}

bool alert_keeps(struct store *store, struct arena *arena, int64_t pp, int64_t person, date *since,
                 struct fail *fail)
{
    struct alert *list;
    size_t n;

    *since = DATE_OPEN;
    if (!alert_list(store, arena, pp, &list, &n, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        const int32_t values[ALERT_DOES_INPUTS] = {
            [ALERT_DOES_RISK] = (int32_t)list[i].risk,
            [ALERT_DOES_WHOSE] =
                list[i].row.person == person ? ALERT_DOES_WHOSE_OWN : ALERT_DOES_WHOSE_OTHER,
        };
        if (alert_is_open(&list[i]) &&
            machine_table_result(&machine_table_alert_does, values) == ALERT_DOES_RESULT_KEPT &&
            date_before(list[i].row.day, *since))
            *since = list[i].row.day;
    }
    return true;
}

/* --- with an application --- */

bool alert_carry(struct verb *v, int64_t person, const struct alert *list, size_t n,
                 struct fail *fail)
{
    int32_t gravest  = risks()->value_count;
    struct out heard = { .arena = v->arena };

    for (size_t i = 0; i < n; i++) {
        if (!alert_is_open(&list[i])) continue;
        if ((int32_t)list[i].risk < gravest) gravest = (int32_t)list[i].risk;
        out_print(&heard, "%s%s", heard.length && *list[i].row.heard ? " " : "", list[i].row.heard);
    }
    if (gravest == risks()->value_count) return true;
    struct sql_alert_insert_in in = { .person = person,
                                      .risk   = risks()->values[gravest],
                                      .source = alert_source_words[ALERT_APPLICATION],
                                      .heard  = out_string(&heard),
                                      .note   = "" };
    return raise(v, &in, ALERT_EVENT_HEAR, ROLE_SERVICE, fail);
}

bool alert_carried(struct verb *v, const struct alert *list, size_t n, struct fail *fail)
{
    for (size_t i = 0; i < n; i++) {
        struct step_order step = {
            .machine = &machine_alert,
            .subject = list[i].row.event,
            .was     = (int32_t)list[i].state,
            .answer  = machine_take(&machine_alert, (int32_t)list[i].state, ALERT_EVENT_CARRY, 0),
            .by      = ROLE_SERVICE,
        };
        if (alert_is_open(&list[i]) && !step_add(v, &step, fail)) return false;
    }
    return true;
}

/* --- looking --- */

bool alert_take(const struct setting *s, int64_t pp, const struct alert_look *look,
                struct fail *fail)
{
    struct alert *list;
    struct verb v;
    size_t n;
    bool done;

    if (!look->seen || !*look->seen)
        return REFUSE(fail, "seen_missing", "Say what you saw."), fail_field(fail, "seen");
    if (!look->done || !*look->done)
        return REFUSE(fail, "done_missing", "Say what you did."), fail_field(fail, "done");
    if (!verb_open(s, pp, "alert", NULL, &v, &done, fail) ||
        !alert_list(s->store, s->arena, pp, &list, &n, fail))
        return false;
    const struct alert *a = alert_find(list, n, look->alert);
    if (!a) return REFUSE(fail, "no_alert", "There is no such alert.");
    struct step_order step = {
        .machine  = &machine_alert,
        .subject  = a->row.event,
        .was      = (int32_t)a->state,
        .answer   = machine_take(&machine_alert, (int32_t)a->state, (int32_t)look->event, 0),
        .by       = ROLE_CASEWORKER,
        .reason   = look->seen,
        .evidence = look->done,
    };
    out_text(&v.about, "What was noted for whoever has the case was looked at");
    return step_add(&v, &step, fail) && verb_close(&v, fail);
}
