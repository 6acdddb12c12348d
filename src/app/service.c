/* service.c: taking the steps of law/flow's case_service. */
#include "app/service.h"

#include "app/account.h"
#include "app/decide.h"
#include "app/fact.h"
#include "app/service_letter.h"
#include "base/bug.h"

#include <string.h>

/* A step being taken. */
struct taking {
    struct verb *verb;
    struct group *group;
    const struct service_order *order;
    struct service_view view;
    const struct machine_step *step;
};

static struct direct_question question_of(const struct verb *v, const struct group *g,
                                          int64_t arrangement)
{
    return (struct direct_question){ v->store, v->arena, v, g, arrangement, v->today };
}

/* --- facts --- */

static struct fact_order fact_of(const struct taking *t, enum fact_kind kind, date from)
{
    const struct service_order *o = t->order;

    return (struct fact_order){ .kind        = kind,
                                .subject     = o->arrangement,
                                .from        = from,
                                .to          = DATE_OPEN,
                                .happened_on = t->verb->today,
                                .said_by     = machine_role_words(o->asked_by),
                                .evidence = o->evidence && *o->evidence ? o->evidence : o->reason };
}

static bool believe(const struct taking *t, enum fact_kind kind, date from, const char *value,
                    struct fail *fail)
{
    struct fact_order f = fact_of(t, kind, from);

    f.value = value;
    return fact_assert(t->verb, t->group, &f, fail);
}

/* Ends what is believed, if anything is. */
static bool forget(const struct taking *t, enum fact_kind kind, date from, struct fail *fail)
{
    struct fact_order f = fact_of(t, kind, from);

    return !group_fact(t->group, kind, f.subject, from) || fact_end(t->verb, t->group, &f, fail);
}

static date tomorrow(const struct verb *v)
{
    return date_add_days(v->today, 1);
}

/* From when another service counts: the next day on which maintenance accrues. */
static date next_accrual(const struct taking *t)
{
    return date_max(tomorrow(t->verb),
                    group_arrangement(t->group, t->order->arrangement)->effective_from);
}

/* --- before the machine is asked --- */

static bool wish_record(const struct taking *t, enum fact_kind kind, const char *wish, date from,
                        struct fail *fail)
{
    return !wish || believe(t, kind, from, wish, fail);
}

/* What stops does so before the balance is looked at: what was charged for days to come goes. */
static bool stop_now(const struct taking *t, struct fail *fail)
{
    const struct service_order *o            = t->order;
    const struct sql_arrangement_list_row *a = group_arrangement(t->group, o->arrangement);
    date from                                = t->view.state == CASE_SERVICE_STATE_APPLIED
                                                   ? a->effective_from
                                                   : date_max(t->verb->today, a->effective_from);
    const char *value = o->event == CASE_SERVICE_EVENT_AGREE_THEMSELVES ? "own_arrangement"
                        : o->event == CASE_SERVICE_EVENT_ASK_STOP
                            ? (o->not_pursued ? "not_pursued" : "asked")
                        : o->no_jurisdiction ? "no_jurisdiction"
                                             : "withdrawn";
    struct decision_order ending = { .kind = DECISION_ENDING, .from = from, .reason = o->reason };

    if (!believe(t, FACT_STOPPED, from, value, fail)) return false;
    if (t->view.state == CASE_SERVICE_STATE_APPLIED || !group_decision_at(t->group, from))
        return true;
    return decision_make(t->verb, t->group, &ending, fail);
}

static bool is_stopping(enum case_service_event event)
{
    return event == CASE_SERVICE_EVENT_ASK_STOP || event == CASE_SERVICE_EVENT_WITHDRAW ||
           event == CASE_SERVICE_EVENT_AGREE_THEMSELVES;
}

/* What the event itself adds to the record: the guards see it. */
static bool event_record(struct taking *t, struct fail *fail)
{
    const struct service_order *o = t->order;
    date today                    = t->verb->today;

    switch (o->event) {
    case CASE_SERVICE_EVENT_REPORT_DEFAULT:
        BUG_UNLESS(o->report != NULL);
        return direct_tell(t->verb, t->group, o->report, fail) &&
               (group_fact(t->group, FACT_DEFAULT_REPORT, o->arrangement, today) ||
                believe(t, FACT_DEFAULT_REPORT, today, o->reason, fail));
    case CASE_SERVICE_EVENT_ASK_COLLECTION:
        return wish_record(t, FACT_RECEIVING_ASKS, o->receiving_asks, today, fail) &&
               wish_record(t, FACT_PAYING_ASKS, o->paying_asks, today, fail);
    case CASE_SERVICE_EVENT_PAYING_ASKS_DIRECT:
        return !o->likely || believe(t, FACT_UNLIKELY, today, "no", fail);
    default: return !is_stopping(o->event) || stop_now(t, fail);
    }
}

static bool asker_check(const struct service_order *o, struct fail *fail)
{
    const struct machine_event *e = &machine_case_service.events[o->event];

    if (!o->reason || !*o->reason)
        return REFUSE(fail, "reason_missing", "Say why, in words that both parents may read."),
               fail_field(fail, "reason");
    if (e->who & UINT32_C(1) << o->asked_by) return true;
    return REFUSE(fail, "not_theirs", "%s: this is not for %s to ask.", e->label,
                  machine_role_words(o->asked_by)),
           fail_field(fail, "asked_by");
}

/* The sentence of a step that is stopped, with its day where the calendar will do. */
static bool refuse_stopped(const struct taking *t, struct machine_answer a, struct fail *fail)
{
    const struct machine *m = &machine_case_service;
    uint32_t in_way         = a.missing ? a.missing : a.barring;
    const char *name =
        a.result == MACHINE_STOPPED ? m->guards[__builtin_ctz(in_way)].name : "not_now";
    char day[DATE_WORDS];

    if (a.missing & UINT32_C(1) << CASE_SERVICE_GUARD_COMPLIANCE_MET)
        return REFUSE(fail, name, "%s If all goes on as it should they will be on %s (%s).",
                      machine_why(m, a), date_words(t->view.compliance.met_on, day),
                      rule_table[a.step->rule].name);
    if (a.result == MACHINE_NOT_HERE)
        return REFUSE(fail, name, "%s: not while the case is \"%s\".",
                      m->events[t->order->event].label, m->states[t->view.state].label);
    return REFUSE(fail, name, "%s (%s)", machine_why(m, a), rule_table[a.step->rule].name);
}

/* --- what a step does --- */

static bool collect_from_next_day(const struct taking *t, struct fail *fail)
{
    return believe(t, FACT_SERVICE, next_accrual(t), "collect_and_pay", fail) &&
           forget(t, FACT_ARREARS_AGREEMENT, next_accrual(t), fail);
}

static bool direct_from_next_day(const struct taking *t, struct fail *fail)
{
    return believe(t, FACT_SERVICE, next_accrual(t), "direct_pay", fail) &&
           forget(t, FACT_WILL_NOT_PAY, next_accrual(t), fail) &&
           (t->order->likely || forget(t, FACT_UNLIKELY, t->verb->today, fail));
}

static bool carry_now(const struct taking *t, struct fail *fail)
{
    struct verb *v = t->verb;
    money carried;

    if (!direct_carry(v, t->group, t->order->arrangement, &carried, fail)) return false;
    if (carried.p == 0) return true;
    out_text(&v->about, "; ");
    out_money(&v->about, carried);
    out_text(&v->about, " not paid under Direct Pay is now collected");
    return true;
}

static bool effects_do(struct taking *t, struct fail *fail)
{
    const char *why = t->order->event == CASE_SERVICE_EVENT_WARN ? "review" : "default";

    for (int i = 0; i < CASE_SERVICE_EFFECTS; i++) {
        bool fine = true;
        if (!(t->step->does & UINT32_C(1) << i)) continue;
        switch ((enum case_service_effect)i) {
        case CASE_SERVICE_EFFECT_COLLECT: fine = collect_from_next_day(t, fail); break;
        case CASE_SERVICE_EFFECT_DIRECT: fine = direct_from_next_day(t, fail); break;
        case CASE_SERVICE_EFFECT_CARRY: fine = carry_now(t, fail); break;
        case CASE_SERVICE_EFFECT_WARN:
            fine = service_warn(
                t->verb, t->group, t->order->arrangement,
                t->step->does & UINT32_C(1) << CASE_SERVICE_EFFECT_DIRECT ? "plan" : why, fail);
            break;
        case CASE_SERVICE_EFFECT_PLAN: /* by service_plan_letter, when a caseworker sends it */
        case CASE_SERVICE_EFFECT_ASK_BOTH:
        case CASE_SERVICE_EFFECT_STOP: /* done before the balance was looked at */
        case CASE_SERVICE_EFFECTS: break;
        }
        if (!fine) return false;
    }
    return true;
}

/* What the event leaves behind beside the step's effects. */
static bool event_settle(const struct taking *t, struct fail *fail)
{
    date today = t->verb->today;

    switch (t->order->event) {
    case CASE_SERVICE_EVENT_PAID_UP: return forget(t, FACT_DEFAULT_REPORT, today, fail);
    case CASE_SERVICE_EVENT_DECIDE_LIKELY:
        return forget(t, FACT_DEFAULT_REPORT, today, fail) &&
               believe(t, FACT_UNLIKELY, today, "no", fail);
    case CASE_SERVICE_EVENT_DECIDE_UNLIKELY:
        if (!believe(t, FACT_UNLIKELY, today, "yes", fail)) return false;
        break;
    default: break;
    }
    return t->step->to == CASE_SERVICE_STATE_DEFAULT || forget(t, FACT_DEFAULT_REPORT, today, fail);
}

/* --- keeping the step --- */

static void step_record(const struct taking *t, const struct machine *m, const char *happening,
                        int32_t was, int32_t became)
{
    const struct service_order *o = t->order;
    struct sql_step_insert_in in  = {
         .pp        = t->verb->pp,
         .event     = t->verb->seq,
         .id        = (int64_t)t->verb->draft.rows[DRAFT_STEP].n + 1,
         .machine   = m->name,
         .subject   = o->arrangement,
         .happening = happening,
         .was       = m->states[was].name,
         .became    = m->states[became].name,
         .day       = t->verb->today,
         .asked_by  = machine_role_words(o->asked_by),
         .reason    = o->reason,
         .evidence  = o->evidence ? o->evidence : "",
    };
    verb_add(t->verb, DRAFT_STEP, &in);
}

/* The enquiry goes along where it has a place for what happened; a finished one begins anew. */
static void enquiry_follow(const struct taking *t)
{
    static const int32_t follows[CASE_SERVICE_EVENTS] = {
        [CASE_SERVICE_EVENT_REPORT_DEFAULT]     = UNLIKELY_TO_PAY_EVENT_ASKED + 1,
        [CASE_SERVICE_EVENT_PAID_UP]            = UNLIKELY_TO_PAY_EVENT_PROVED + 1,
        [CASE_SERVICE_EVENT_DECIDE_UNLIKELY]    = UNLIKELY_TO_PAY_EVENT_FOUND_UNLIKELY + 1,
        [CASE_SERVICE_EVENT_DECIDE_LIKELY]      = UNLIKELY_TO_PAY_EVENT_FOUND_LIKELY + 1,
        [CASE_SERVICE_EVENT_PAYING_ASKS_DIRECT] = UNLIKELY_TO_PAY_EVENT_PAID_CLEAN + 1,
    };
    const struct machine *m = &machine_unlikely_to_pay;
    int32_t event           = follows[t->order->event] - 1;
    int32_t was             = t->view.enquiry;

    if (event < 0) return;
    if (event == UNLIKELY_TO_PAY_EVENT_ASKED &&
        (m->states[was].final || was == UNLIKELY_TO_PAY_STATE_UNLIKELY))
        was = m->start;
    struct machine_answer a = machine_take(m, was, event, service_unlikely_holds(&t->view.record));
    if (a.result == MACHINE_TAKEN) step_record(t, m, m->events[event].name, was, a.step->to);
}

static void step_tell(const struct taking *t)
{
    const struct machine *m = &machine_case_service;
    struct out *about       = &t->verb->about;

    if (about->length) out_text(about, "; ");
    out_print(about, "%s, asked by %s: %s", m->events[t->order->event].label,
              machine_role_words(t->order->asked_by), m->states[t->step->to].label);
}

/* --- the verb --- */

static bool welfare_check(struct taking *t, struct fail *fail)
{
    const struct machine_event *e = &machine_case_service.events[t->order->event];

    return !e->welfare || welfare_record(t->verb, t->order->welfare, fail);
}

/* The guards see what the event has added; what was, is the state before it. */
static bool machine_ask(struct taking *t, enum case_service_state was, struct fail *fail)
{
    struct direct_question q = question_of(t->verb, t->group, t->order->arrangement);

    if (!service_look(&q, &t->view, fail)) return false;
    t->view.state = was;
    struct machine_answer a =
        machine_take(&machine_case_service, (int32_t)was, (int32_t)t->order->event, t->view.holds);
    t->step = a.step;
    return a.result == MACHINE_TAKEN || refuse_stopped(t, a, fail);
}

static bool has_place(const struct taking *t, struct fail *fail)
{
    struct machine_answer a = machine_take(&machine_case_service, (int32_t)t->view.state,
                                           (int32_t)t->order->event, t->view.holds);
    return a.result != MACHINE_NOT_HERE || refuse_stopped(t, a, fail);
}

bool service_take(struct verb *v, struct group *g, const struct service_order *o, struct fail *fail)
{
    struct taking t          = { .verb = v, .group = g, .order = o };
    struct direct_question q = question_of(v, g, o->arrangement);

    if (!asker_check(o, fail) || !service_look(&q, &t.view, fail) || !has_place(&t, fail))
        return false;
    enum case_service_state was = t.view.state;
    if (!event_record(&t, fail) || !machine_ask(&t, was, fail) || !welfare_check(&t, fail))
        return false;
    step_tell(&t);
    if (!event_settle(&t, fail) || !effects_do(&t, fail)) return false;
    step_record(&t, &machine_case_service, machine_case_service.events[o->event].name, (int32_t)was,
                t.step->to);
    enquiry_follow(&t);
    if (!service_notify(v, g, o->arrangement, t.step, fail)) return false;
    enum case_service_state now = service_state_at(g, o->arrangement, v->today, v->arena);
    return (int32_t)now == t.step->to || FAIL(fail, FAIL_INTEGRITY, "step_untrue",
                                              "The step to \"%s\" left the record at \"%s\".",
                                              machine_case_service.states[t.step->to].label,
                                              machine_case_service.states[now].label);
}

/* --- an application's service --- */

static bool choice_facts(const struct taking *t, const struct service_choice *c, date from,
                         struct fail *fail)
{
    return wish_record(t, FACT_RECEIVING_ASKS, c->receiving_asks, from, fail) &&
           wish_record(t, FACT_PAYING_ASKS, c->paying_asks, from, fail) &&
           (!c->will_not_pay || (welfare_record(t->verb, c->welfare, fail) &&
                                 believe(t, FACT_WILL_NOT_PAY, from, "yes", fail) &&
                                 believe(t, FACT_UNLIKELY, from, "yes", fail)));
}

bool service_choose_for(struct verb *v, struct group *g, const struct service_choice *c,
                        enum service *chosen, struct fail *fail)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, c->arrangement);
    struct service_order order               = { .arrangement = c->arrangement,
                                                 .asked_by    = ROLE_CASEWORKER,
                                                 .reason      = "application",
                                                 .evidence    = c->evidence };
    struct taking t                          = { .verb = v, .group = g, .order = &order };
    struct direct_question q                 = question_of(v, g, c->arrangement);

    if (!service_look(&q, &t.view, fail)) return false;
    if (t.view.state != CASE_SERVICE_STATE_APPLIED)
        return REFUSE(fail, "decided_before",
                      "The service of an application is chosen before it is decided; take a step "
                      "from what it is now.");
    date from = date_min(v->today, a->effective_from);
    if (!choice_facts(&t, c, from, fail) || !service_look(&q, &t.view, fail)) return false;
    *chosen = service_choose(t.view.record.law, t.view.record.wishes);
    if (v->about.length) out_text(&v->about, "; ");
    out_print(&v->about, "The receiving parent asks for %s, the paying parent for %s: %s",
              c->receiving_asks ? c->receiving_asks : "nothing",
              c->paying_asks ? c->paying_asks : "nothing",
              *chosen == SERVICE_DIRECT_PAY ? "Direct Pay" : "Collect and Pay");
    return believe(&t, FACT_SERVICE, a->effective_from,
                   *chosen == SERVICE_DIRECT_PAY ? "direct_pay" : "collect_and_pay", fail);
}

/* --- words about payments, arrears agreed --- */

bool service_tell(struct verb *v, struct group *g, const struct direct_order *o, struct fail *fail)
{
    struct service_order order = { .arrangement = o->arrangement };
    struct taking t            = { .verb = v, .group = g, .order = &order };

    if (!direct_tell(v, g, o, fail)) return false;
    if (group_service(g, o->arrangement, tomorrow(v)) != SERVICE_COLLECT_AND_PAY) return true;
    return carry_now(&t, fail);
}

bool service_agree_arrears(struct verb *v, struct group *g, int64_t arrangement, const char *terms,
                           struct fail *fail)
{
    struct service_order order = { .arrangement = arrangement,
                                   .asked_by    = ROLE_CASEWORKER,
                                   .reason      = terms };
    struct taking t            = { .verb = v, .group = g, .order = &order };

    if (service_debt(g, arrangement, v->today, v->arena).p <= 0)
        return REFUSE(fail, "nothing_owed", "Nothing is owed on the account of that arrangement.");
    if (service_may_demand(g, arrangement, v->today) &&
        !group_fact(g, FACT_ARREARS_AGREEMENT, arrangement, v->today))
        return REFUSE(fail, "not_needed",
                      "The service collects in this arrangement: arrears can be asked for without "
                      "an agreement.");
    return believe(&t, FACT_ARREARS_AGREEMENT, v->today, terms, fail);
}
