/* case_service.c: the service of each arrangement: its state, why, what may happen next and what
 * not yet; what each parent says was paid directly. */
#include "web/case_service.h"

#include "web/case.h"
#include "web/case_letter_preview.h"

#include <string.h>

/* ---- reading ---- */

bool service_page_read(struct request *r, int64_t pp, int64_t arrangement, struct service_page *p)
{
    struct fail f = { 0 };

    if (!case_read(r, pp, &p->v)) return false;
    if (!group_arrangement(&p->v.g, arrangement)) {
        respond_missing(r);
        return false;
    }
    struct direct_question q = { r->store, r->arena, NULL, &p->v.g, arrangement, r->today };
    if (!service_look(&q, &p->s, &f)) {
        respond_fail(r, &f);
        return false;
    }
    p->title = arena_print(r->arena, "With %s", case_receiver(&p->v.g, arrangement, r->arena));
    return true;
}

bool service_page_open(struct request *r, struct service_page *p)
{
    return service_page_read(r, case_number(r->params[0]), case_number(r->params[1]), p);
}

const char *service_page_roles(struct arena *a, uint32_t roles, const char *between)
{
    struct out o = { .arena = a };

    for (int i = 0; i < MACHINE_ROLES; i++)
        if (roles & UINT32_C(1) << i) {
            if (o.length) out_text(&o, between);
            out_text(&o, machine_role_words((enum machine_role)i));
        }
    return out_string(&o);
}

const char *service_page_why(struct arena *a, const struct service_view *s, int32_t event)
{
    const struct machine *m    = &machine_case_service;
    struct machine_answer take = machine_take(m, (int32_t)s->state, event, s->holds);

    if (take.result == MACHINE_TAKEN) return "";
    const char *why = machine_why(m, take);
    if (take.missing & UINT32_C(1) << CASE_SERVICE_GUARD_COMPLIANCE_MET)
        return arena_print(a, "%s If all goes on as it should: on %s.", why,
                           case_day_words(a, s->compliance.met_on));
    return why;
}

struct view_option *service_page_dues(struct arena *a, const struct service_view *s,
                                      const char *chosen, int32_t *n)
{
    struct view_option *at = ARENA_MANY(a, struct view_option, s->direct.n + 1);
    char day[DATE_TEXT];

    *n = 0;
    for (size_t i = s->direct.n; i > 0; i--) {
        const struct direct_due *d = &s->direct.at[i - 1];
        const char *value          = arena_print(a, "%s", date_text(d->due, day));
        at[(*n)++] =
            (struct view_option){ .value  = value,
                                  .label  = arena_print(a, "%s due %s", case_pounds(a, d->amount),
                                                        case_day_words(a, d->due)),
                                  .chosen = !strcmp(value, chosen) };
    }
    return at;
}

/* ---- one card ---- */

static const char *colour_of(enum case_service_state state)
{
    static const char *const colours[CASE_SERVICE_STATES] = {
        [CASE_SERVICE_STATE_APPLIED]         = "blue",
        [CASE_SERVICE_STATE_DIRECT_PAY]      = "turquoise",
        [CASE_SERVICE_STATE_DEFAULT]         = "orange",
        [CASE_SERVICE_STATE_COLLECT_AND_PAY] = "green",
        [CASE_SERVICE_STATE_NIL]             = "grey",
        [CASE_SERVICE_STATE_ARREARS_ONLY]    = "yellow",
        [CASE_SERVICE_STATE_FAMILY_BASED]    = "purple",
        [CASE_SERVICE_STATE_CLOSED]          = "grey",
    };
    return colours[state];
}

/* The newest step of the machine that led to the state, else the decision in force. */
static const char *since_words(struct request *r, const struct service_page *p)
{
    const char *name = machine_case_service.states[p->s.state].name;
    date first       = group_arrangement(&p->v.g, p->s.arrangement)->effective_from;
    const struct sql_decision_list_row *d = group_decision_at(&p->v.g, date_max(r->today, first));

    for (size_t i = p->s.step_count; i > 0; i--) {
        const struct sql_step_list_row *s = &p->s.steps[i - 1];
        if (strcmp(s->machine, machine_case_service.name) || strcmp(s->became, name)) continue;
        return arena_print(r->arena, "Since %s, asked by %s: %s", case_day_words(r->arena, s->day),
                           s->asked_by, s->reason);
    }
    if (!d) return "Not decided yet";
    return arena_print(r->arena, "By the decision from %s and what was asked for",
                       case_day_words(r->arena, d->effective_from));
}

static const char *warning_words(struct request *r, const struct service_view *s)
{
    const struct service_record *record = &s->record;

    if (s->state != CASE_SERVICE_STATE_DIRECT_PAY && s->state != CASE_SERVICE_STATE_DEFAULT)
        return "";
    if (record->law->warning_notice_months == 0) return "None is asked for here";
    if (!record->has_warning) return "Not given: send the payment plan, which carries it";
    date end      = service_warning_ends(record->law, record->warned);
    bool runs_out = !date_before(r->today, end);
    return arena_print(r->arena,
                       runs_out
                           ? "Given %s; it no longer counts since %s. Send the payment plan again"
                           : "Given %s; counts until the day before %s",
                       case_day_words(r->arena, record->warned), case_day_words(r->arena, end));
}

/* Whether a payment fell due since and its day is over: before that nothing was paid on time. */
static bool any_fell_due(const struct service_page *p, date since, date today)
{
    for (size_t i = 0; i < p->v.g.instalment_count; i++) {
        const struct sql_instalment_list_row *row = &p->v.g.instalments[i];
        if (row->arrangement == p->s.arrangement && row->amount.p > 0 &&
            !date_before(row->due, since) && date_before(row->due, today))
            return true;
    }
    return false;
}

/* Whether one of those is unpaid, which the day's run may not have looked at yet. */
static bool any_unpaid(const struct service_page *p, date since, date today)
{
    for (size_t i = 0; i < p->v.s.items.n; i++) {
        const struct item *it = &p->v.s.items.at[i];
        if (it->arrangement == p->s.arrangement && !date_before(it->due, since) &&
            date_before(it->due, today) && item_outstanding(it).p > 0)
            return true;
    }
    return false;
}

static const char *months_words(struct request *r, const struct service_page *p)
{
    const struct service_view *s = &p->s;

    if (s->state != CASE_SERVICE_STATE_COLLECT_AND_PAY ||
        !any_fell_due(p, s->compliance.since, r->today) ||
        any_unpaid(p, s->compliance.since, r->today))
        return "";
    return arena_print(r->arena,
                       s->compliance.met
                           ? "Paid in full and on time since %s: the months were over on %s"
                           : "Paid in full and on time since %s; the months are over on %s if it "
                             "goes on",
                       case_day_words(r->arena, s->compliance.since),
                       case_day_words(r->arena, s->compliance.met_on));
}

static const char *finding_words(const struct service_page *p, date today)
{
    const struct sql_fact_list_row *f = group_fact(&p->v.g, FACT_UNLIKELY, p->s.arrangement, today);
    if (!f) return "";
    return !strcmp(f->value, "yes") ? "Found unlikely without collection" : "Found likely";
}

static const char *enquiry_words(struct request *r, const struct service_view *s)
{
    const struct machine_state *state = &machine_unlikely_to_pay.states[s->enquiry];

    if (state->rest) return "";
    if (s->enquiry != UNLIKELY_TO_PAY_STATE_ENQUIRY) return state->label;
    date end = date_add_days(s->asked, s->record.law->direct_pay_reply_days);
    return arena_print(r->arena,
                       date_before(r->today, end) ? "%s; they have until %s to answer"
                                                  : "%s; the time to answer ended on %s",
                       state->label, case_day_words(r->arena, end));
}

static const char *direct_words(struct request *r, const struct service_view *s)
{
    if (s->direct.n == 0) return "";
    return arena_print(r->arena, "%zu fell due; %s shown unpaid, %s not settled", s->direct.n,
                       case_pounds(r->arena, s->direct.unpaid),
                       case_pounds(r->arena, s->direct.open));
}

/* Events that people take here; what follows from the record takes itself. */
static bool is_offered(int32_t event)
{
    return (machine_case_service.events[event].who & ~(UINT32_C(1) << ROLE_SERVICE)) != 0 &&
           event != CASE_SERVICE_EVENT_LAST_CHILD_ENDS;
}

static void moves_fill(struct request *r, const struct service_view *s, struct view_service_card *c)
{
    const struct machine *m       = &machine_case_service;
    struct view_service_move *may = ARENA_MANY(r->arena, struct view_service_move, m->event_count);
    struct view_service_move *not = ARENA_MANY(r->arena, struct view_service_move, m->event_count);

    for (int32_t e = 0; e < m->event_count; e++) {
        struct machine_answer take = machine_take(m, (int32_t)s->state, e, s->holds);
        /* What an event itself adds is not in the record yet: its form can be opened. */
        bool opens =
            e == CASE_SERVICE_EVENT_ASK_COLLECTION || e == CASE_SERVICE_EVENT_PAYING_ASKS_DIRECT;
        if (take.result == MACHINE_NOT_HERE || !is_offered(e)) continue;
        struct view_service_move row = {
            .event   = m->events[e].name,
            .label   = m->events[e].label,
            .who     = service_page_roles(r->arena, m->events[e].who, " or "),
            .becomes = m->states[take.step->to].label,
            .why     = service_page_why(r->arena, s, e),
        };
        if (take.result == MACHINE_TAKEN) {
            may[c->may_count++] = row;
            continue;
        }
        if (!opens) row.event = "";
        not [c->not_yet_count++] = row;
    }
    c->may     = may;
    c->not_yet = not ;
}

static void past_fill(struct request *r, const struct service_view *s, struct view_service_card *c)
{
    const struct machine *m        = &machine_case_service;
    struct view_service_past *rows = ARENA_MANY(r->arena, struct view_service_past, s->step_count);

    for (size_t i = s->step_count; i > 0; i--) {
        const struct sql_step_list_row *step = &s->steps[i - 1];
        if (strcmp(step->machine, m->name)) continue;
        int32_t event         = machine_event_find(m, step->happening);
        int32_t state         = machine_state_find(m, step->became);
        rows[c->past_count++] = (struct view_service_past){
            .day    = step->day,
            .what   = event < 0 ? step->happening : m->events[event].label,
            .became = state < 0 ? step->became : m->states[state].label,
            .who    = step->asked_by,
            .reason = *step->evidence
                          ? arena_print(r->arena, "%s (%s)", step->reason, step->evidence)
                          : step->reason,
        };
    }
    c->past = rows;
}

static struct view_service_card card_of(struct request *r, const struct service_page *p)
{
    const struct machine_state *state = &machine_case_service.states[p->s.state];
    const struct sql_fact_list_row *agreed =
        group_fact(&p->v.g, FACT_ARREARS_AGREEMENT, p->s.arrangement, r->today);
    bool direct =
        p->s.state == CASE_SERVICE_STATE_DIRECT_PAY || p->s.state == CASE_SERVICE_STATE_DEFAULT;
    struct view_service_card c = {
        .arrangement = p->s.arrangement,
        .title       = p->title,
        .state       = state->label,
        .what        = colour_of(p->s.state),
        .since       = since_words(r, p),
        .paying      = state->says[TOLD_PAYING][MACHINE_ENGLISH],
        .receiving   = state->says[TOLD_RECEIVING][MACHINE_ENGLISH],
        .owed        = case_owed(r->arena, p->s.record.debt),
        .warning     = warning_words(r, &p->s),
        .finding     = finding_words(p, r->today),
        .enquiry     = enquiry_words(r, &p->s),
        .months      = months_words(r, p),
        .agreed      = agreed ? agreed->value : "",
        .direct      = direct_words(r, &p->s),
        .applied     = p->s.state == CASE_SERVICE_STATE_APPLIED,
        .plans       = direct || p->s.state == CASE_SERVICE_STATE_COLLECT_AND_PAY,
        .agrees      = direct && p->s.record.debt.p > 0 && !agreed,
    };

    moves_fill(r, &p->s, &c);
    past_fill(r, &p->s, &c);
    return c;
}

static void service_show(struct request *r, const struct case_view *v, const char *said,
                         const char *refused)
{
    struct service_page one;
    struct page_case_service p = { .c       = v->family,
                                   .said    = said,
                                   .several = v->g.arrangement_count > 1 };
    struct view_service_card *cards =
        ARENA_MANY(r->arena, struct view_service_card, v->g.arrangement_count);

    for (size_t i = 0; i < v->g.arrangement_count; i++) {
        if (!service_page_read(r, v->g.pp, v->g.arrangements[i].id, &one)) return;
        cards[i]             = card_of(r, &one);
        cards[i].agree_terms = form_view(&r->form, FORM_CASE_ARREARS_AGREE_TERMS);
    }
    if (*refused) form_refuse(&r->form, FORM_CASE_ARREARS_AGREE_TERMS, refused);
    p.c.done      = *said ? said : p.c.done;
    p.cards       = cards;
    p.cards_count = (int32_t)v->g.arrangement_count;
    page_case_service(&r->out, frame_with_form(r), &p);
}

void case_service(struct request *r)
{
    static const char *const said[][2] = {
        { "step", "The step was taken." },
        { "chosen", "The service was chosen." },
        { "plan", "The payment plan was sent." },
        { "no_address", "No plan was sent: there is no postal address. Record one first." },
        { "no_plan", "No plan was sent: there is no payment to come." },
        { "agreed", "What the parents agreed about the arrears was recorded." },
    };
    struct case_view v;
    const char *words = case_said(r, said, sizeof said / sizeof *said);

    if (!case_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_case_arrears_agree);
    service_show(r, &v, words, "");
}

/* ---- the small forms ---- */

static const char *service_path(struct request *r, const struct service_page *p, const char *rest)
{
    return arena_print(r->arena, "/case/%lld/service%s", (long long)p->v.g.pp, rest);
}

void case_service_plan(struct request *r)
{
    struct service_page p;
    struct setting s = case_setting(r);
    struct letter_result result;
    struct fail f = { 0 };

    if (!service_page_open(r, &p)) return;
    struct letter_preview preview = { .part  = arena_print(r->arena, "service/%lld/plan",
                                                           (long long)p.s.arrangement),
                                      .label = "Send the payment plan",
                                      .back  = "service",
                                      .act   = FORM_CASE_LETTER_PLAN_ACT,
                                      .seen  = FORM_CASE_LETTER_PLAN_SEEN };
    bool done                     = store_begin(r->store, STORE_WRITING, &f) &&
                service_plan_letter(&s, p.v.g.pp, p.s.arrangement, &result, &f);
    if (done && !case_letter_confirmed(r, &p.v, &preview) && case_letter_preview(r, &p.v, &preview))
        return;
    done = done && store_commit(r->store, &f);
    store_rollback(r->store);
    if (!done && f.kind != FAIL_REFUSED)
        respond_fail(r, &f);
    else
        respond_redirect(r, service_path(r, &p,
                                         !done         ? "?done=no_plan"
                                         : result.sent ? "?done=plan"
                                                       : "?done=no_address"));
}

void case_service_arrears(struct request *r)
{
    struct service_page p;
    struct setting s = case_setting(r);
    struct verb v;
    struct group g;
    struct fail f = { 0 };
    bool done     = false, known;

    if (!service_page_open(r, &p)) return;
    if (!r->form.errors) {
        const char *terms = form_text(&r->form, FORM_CASE_ARREARS_AGREE_TERMS);
        done              = store_begin(r->store, STORE_WRITING, &f) &&
               verb_open(&s, p.v.g.pp, "service", NULL, &v, &known, &f) &&
               group_load(v.store, v.arena, v.pp, v.seq, &g, &f) &&
               service_agree_arrears(&v, &g, p.s.arrangement, terms, &f) && verb_close(&v, &f) &&
               store_commit(r->store, &f);
        store_rollback(r->store);
    }
    if (done)
        respond_redirect(r, service_path(r, &p, "?done=agreed"));
    else if (!r->form.errors && f.kind != FAIL_REFUSED)
        respond_fail(r, &f);
    else
        service_show(r, &p.v, "", r->form.errors ? "" : case_sentence(r, &f));
}
