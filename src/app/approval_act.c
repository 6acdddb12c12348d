/* approval_act.c: acts kept as particulars, and done. */
#include "app/approval_act.h"

#include "app/letter.h"
#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

/* --- the tables --- */

static const struct machine_input *acts(void)
{
    return &machine_table_second_person.inputs[SECOND_PERSON_ACT];
}

const char *approval_act_name(enum second_person_act kind)
{
    return acts()->values[kind];
}

bool approval_act_find(const char *name, enum second_person_act *kind)
{
    for (int32_t i = 0; i < acts()->value_count; i++)
        if (!strcmp(acts()->values[i], name)) return *kind = (enum second_person_act)i, true;
    return false;
}

const char *approval_act_words(enum second_person_act kind)
{
    enum ruling_kind ruling;

    if (ruling_find(approval_act_name(kind), &ruling)) return ruling_words(ruling);
    if (kind == SECOND_PERSON_ACT_UNLIKELY) return "Find that payment is unlikely";
    if (kind == SECOND_PERSON_ACT_DEMAND) return "Send the arrears notice";
    return "Something else";
}

/* The amount above which it wants a second person; false: whatever it comes to. */
static bool limit_of(enum second_person_act kind, date day, money *limit)
{
    static const enum second_person_act cells[] = { SECOND_PERSON_ACT_WAIVER,
                                                    SECOND_PERSON_ACT_REFUND,
                                                    SECOND_PERSON_ACT_REIMBURSEMENT,
                                                    SECOND_PERSON_ACT_REDRESS };
    const struct law *law                       = law_at(JURISDICTION_GREAT_BRITAIN, day);

    for (size_t i = 0; law && i < sizeof cells / sizeof *cells; i++)
        if (cells[i] == kind) return *limit = law->second_person_above[i], true;
    return false;
}

int32_t approval_days(date day)
{
    return law_at(JURISDICTION_GREAT_BRITAIN, day)->second_person_days;
}

bool approval_weigh(const struct setting *s, int64_t pp, enum second_person_act kind, int64_t event,
                    money amount, struct approval_weight *w, struct fail *fail)
{
    struct sql_ruling_before_row before = { .amount = MONEY_NONE };
    bool found;

    *w         = (struct approval_weight){ .limit = MONEY_NONE };
    w->limited = limit_of(kind, s->today, &w->limit);
    if (w->limited) {
        struct sql_ruling_before_in in = { .pp   = pp,
                                           .kind = approval_act_name(kind),
                                           .since =
                                               date_add_days(s->today, -approval_days(s->today)),
                                           .event = event };
        if (!sql_ruling_before(s->store, &in, s->arena, &before, &found, fail)) return false;
    }
    w->before   = before.amount;
    bool within = w->limited && money_add(amount, w->before).p <= w->limit.p;
    const int32_t values[SECOND_PERSON_INPUTS] = {
        [SECOND_PERSON_ACT]    = (int32_t)kind,
        [SECOND_PERSON_AMOUNT] = within ? SECOND_PERSON_AMOUNT_WITHIN : SECOND_PERSON_AMOUNT_ABOVE,
    };
    w->second =
        machine_table_result(&machine_table_second_person, values) == SECOND_PERSON_RESULT_SECOND;
    return true;
}

bool approval_may(enum second_person_act kind, const char *role)
{
    const struct machine_input *roles =
        &machine_table_second_person_may.inputs[SECOND_PERSON_MAY_ROLE];
    int32_t values[SECOND_PERSON_MAY_INPUTS] = { (int32_t)kind, SECOND_PERSON_MAY_ROLE_OTHER };

    for (int32_t i = 0; i < roles->value_count; i++)
        if (!strcmp(roles->values[i], role)) values[SECOND_PERSON_MAY_ROLE] = i;
    return machine_table_result(&machine_table_second_person_may, values) ==
           SECOND_PERSON_MAY_RESULT_MAY;
}

/* --- particulars --- */

static void text_put(struct approval_act *a, struct arena *arena, const char *name,
                     const char *value)
{
    if (!value || !*value) return;
    BUG_UNLESS(a->count < APPROVAL_FIELDS);
    a->fields[a->count++] =
        (struct approval_field){ name, arena_text(arena, value, strlen(value)) };
}

static void money_put(struct approval_act *a, struct arena *arena, const char *name, money m)
{
    char text[MONEY_TEXT];
    if (m.p) text_put(a, arena, name, money_text(m, text));
}

static void number_put(struct approval_act *a, struct arena *arena, const char *name, int64_t n)
{
    if (n) text_put(a, arena, name, arena_print(arena, "%lld", (long long)n));
}

static const char *text_get(const struct approval_act *a, const char *name)
{
    for (size_t i = 0; i < a->count; i++)
        if (!strcmp(a->fields[i].name, name)) return a->fields[i].value;
    return "";
}

static int64_t number_get(const struct approval_act *a, const char *name)
{
    return strtoll(text_get(a, name), NULL, 10);
}

static money money_get(const struct approval_act *a, const char *name)
{
    const char *text = text_get(a, name);
    money m          = MONEY_NONE;

    return *text && money_parse(text, strlen(text), &m) ? m : MONEY_NONE;
}

struct approval_act approval_act_of_ruling(struct arena *arena, const struct ruling_order *o)
{
    struct approval_act a = { .kind = SECOND_PERSON_ACT_OTHER };
    char day[DATE_TEXT];

    approval_act_find(ruling_name(o->kind), &a.kind);
    text_put(&a, arena, "word", o->word);
    number_put(&a, arena, "arrangement", o->arrangement);
    money_put(&a, arena, "amount", o->amount);
    money_put(&a, arena, "weekly", o->weekly);
    text_put(&a, arena, "day", date_text(o->day, day));
    text_put(&a, arena, "basis", o->basis);
    text_put(&a, arena, "reason", o->reason);
    text_put(&a, arena, "evidence", o->evidence);
    number_put(&a, arena, "refers", o->refers);
    text_put(&a, arena, "children", o->welfare_children);
    text_put(&a, arena, "reasoning", o->welfare_reasoning);
    return a;
}

struct approval_act approval_act_of_finding(struct arena *arena, const struct service_order *o)
{
    struct approval_act a = { .kind = SECOND_PERSON_ACT_UNLIKELY };

    number_put(&a, arena, "arrangement", o->arrangement);
    text_put(&a, arena, "reason", o->reason);
    text_put(&a, arena, "evidence", o->evidence);
    if (!o->welfare) return a;
    text_put(&a, arena, "children", o->welfare->children);
    text_put(&a, arena, "known", o->welfare->evidence);
    text_put(&a, arena, "reasoning", o->welfare->reasoning);
    return a;
}

struct approval_act approval_act_of_demand(void)
{
    return (struct approval_act){ .kind = SECOND_PERSON_ACT_DEMAND };
}

/* --- what it did --- */

static void line_add(struct out *o, const char *label, money amount)
{
    out_text(o, o->length ? "\n£" : "£");
    out_money(o, amount);
    out_print(o, ": %s", label);
}

/* What the event booked, the rows of one reason together. */
static void booked_add(struct out *o, const struct group *g, int64_t event)
{
    for (enum reason reason = 0; reason < REASON_COUNT; reason++) {
        money sum = MONEY_NONE;
        for (size_t i = 0; i < g->entry_count; i++)
            if (g->rows[i].event == event && g->entries[i].reason == reason)
                sum = money_add(sum, g->entries[i].amount);
        if (sum.p) line_add(o, reason_sentence(reason), sum);
    }
}

bool approval_effect_of(const struct setting *s, int64_t pp, enum second_person_act kind,
                        int64_t event, money amount, struct approval_effect *effect,
                        struct fail *fail)
{
    struct out o   = { .arena = s->arena };
    struct group g = { .pp = pp };

    if (!group_load(s->store, s->arena, pp, KNOWN_NOW, &g, fail)) return false;
    if (kind == SECOND_PERSON_ACT_UNLIKELY)
        for (size_t i = 0; i < g.arrangement_count; i++)
            out_print(&o, "%sThe case with %s is then: %s", o.length ? "\n" : "",
                      g.arrangements[i].ref,
                      machine_case_service
                          .states[service_state_at(&g, g.arrangements[i].id, s->today, s->arena)]
                          .label);
    else
        line_add(&o, approval_act_words(kind), amount);
    booked_add(&o, &g, event);
    *effect = (struct approval_effect){ event, amount, out_string(&o) };
    return true;
}

/* --- doing it --- */

static bool ruling_do(const struct setting *s, int64_t pp, const struct approval_act *a,
                      enum ruling_kind kind, struct approval_effect *effect, struct fail *fail)
{
    const char *day       = text_get(a, "day");
    struct ruling_order o = {
        .kind              = kind,
        .word              = text_get(a, "word"),
        .arrangement       = number_get(a, "arrangement"),
        .amount            = money_get(a, "amount"),
        .weekly            = money_get(a, "weekly"),
        .day               = s->today,
        .basis             = text_get(a, "basis"),
        .reason            = text_get(a, "reason"),
        .evidence          = text_get(a, "evidence"),
        .refers            = number_get(a, "refers"),
        .welfare_children  = text_get(a, "children"),
        .welfare_reasoning = text_get(a, "reasoning"),
    };
    struct ruling_result r;

    if (*day && !date_parse(day, strlen(day), &o.day))
        return FAIL(fail, FAIL_INTEGRITY, "day_wrong", "What was asked for has no real day.");
    return ruling_make(s, pp, &o, NULL, &r, fail) &&
           approval_effect_of(s, pp, a->kind, r.event, r.counted, effect, fail);
}

static bool finding_do(const struct setting *s, int64_t pp, const struct approval_act *a,
                       struct approval_effect *effect, struct fail *fail)
{
    struct welfare welfare = { .children  = text_get(a, "children"),
                               .evidence  = text_get(a, "known"),
                               .reasoning = text_get(a, "reasoning") };
    struct service_order o = { .arrangement = number_get(a, "arrangement"),
                               .event       = CASE_SERVICE_EVENT_DECIDE_UNLIKELY,
                               .asked_by    = ROLE_DECISION_MAKER,
                               .reason      = text_get(a, "reason"),
                               .evidence    = text_get(a, "evidence"),
                               .welfare     = &welfare };
    struct group g         = { .pp = pp };
    struct verb v;
    bool done;

    return verb_open(s, pp, "service", NULL, &v, &done, fail) &&
           group_load(v.store, v.arena, pp, v.seq, &g, fail) && service_take(&v, &g, &o, fail) &&
           verb_close(&v, fail) &&
           approval_effect_of(s, pp, a->kind, v.seq, MONEY_NONE, effect, fail);
}

static bool demand_do(const struct setting *s, int64_t pp, struct approval_effect *effect,
                      struct fail *fail)
{
    struct letter_result r;

    return letter_arrears_seen(s, pp, &r, fail) &&
           approval_effect_of(s, pp, SECOND_PERSON_ACT_DEMAND, r.event, r.demanded, effect, fail);
}

bool approval_act_do(const struct setting *s, int64_t pp, const struct approval_act *a,
                     struct approval_effect *effect, struct fail *fail)
{
    enum ruling_kind kind;

    if (a->kind == SECOND_PERSON_ACT_UNLIKELY) return finding_do(s, pp, a, effect, fail);
    if (a->kind == SECOND_PERSON_ACT_DEMAND) return demand_do(s, pp, effect, fail);
    BUG_UNLESS(ruling_find(approval_act_name(a->kind), &kind));
    return ruling_do(s, pp, a, kind, effect, fail);
}
