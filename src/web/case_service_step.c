/* case_service_step.c: a step of the service machine: its form, what it would do, and doing it.
 *
 * The preview is the step itself, taken in a transaction and rolled back. */
#include "web/case_service.h"

#include "app/access.h"
#include "app/withdrawal.h"
#include "web/case.h"
#include "web/case_change.h"

#include <string.h>

static const char *const role_words[MACHINE_ROLES] = {
    [ROLE_RECEIVING_PARENT] = "receiving_parent",
    [ROLE_PAYING_PARENT]    = "paying_parent",
    [ROLE_CASEWORKER]       = "caseworker",
    [ROLE_DECISION_MAKER]   = "decision_maker",
    [ROLE_SERVICE]          = "service",
};

/* A step, asked for and taken. */
struct step_page {
    struct service_page of;
    int32_t event;
    struct step_order *order;
    struct verb verb;
    struct group after;
};

/* ---- the form ---- */

/* What a receiving parent may not be free to ask for. */
static bool is_withdrawal(int32_t event)
{
    return event == CASE_SERVICE_EVENT_WITHDRAW || event == CASE_SERVICE_EVENT_ASK_STOP ||
           event == CASE_SERVICE_EVENT_RECEIVING_ASKS_DIRECT;
}

static struct view_option *askers_of(struct request *r, int32_t event, int32_t *n)
{
    uint32_t who           = machine_case_service.events[event].who;
    const char *chosen     = form_text(&r->form, FORM_CASE_STEP_ASKED_BY);
    struct view_option *at = ARENA_MANY(r->arena, struct view_option, MACHINE_ROLES);

    *n = 0;
    for (int i = 0; i < MACHINE_ROLES; i++)
        if (who & UINT32_C(1) << i && role_words[i])
            at[(*n)++] = (struct view_option){ .value  = role_words[i],
                                               .label  = machine_role_words((enum machine_role)i),
                                               .chosen = !strcmp(role_words[i], chosen) };
    return at;
}

static void step_show(struct request *r, const struct service_page *s, int32_t event)
{
    const struct machine_event *e   = &machine_case_service.events[event];
    struct page_case_service_step p = {
        .c            = s->v.family,
        .arrangement  = s->s.arrangement,
        .title        = s->title,
        .label        = e->label,
        .state        = machine_case_service.states[s->s.state].label,
        .event        = e->name,
        .why          = service_page_why(r->arena, &s->s, event),
        .asked_by     = form_view(&r->form, FORM_CASE_STEP_ASKED_BY),
        .reason       = form_view(&r->form, FORM_CASE_STEP_REASON),
        .evidence     = form_view(&r->form, FORM_CASE_STEP_EVIDENCE),
        .welfare      = e->welfare,
        .children     = form_view(&r->form, FORM_CASE_STEP_CHILDREN),
        .known        = form_view(&r->form, FORM_CASE_STEP_KNOWN),
        .reasoning    = form_view(&r->form, FORM_CASE_STEP_REASONING),
        .asks_free    = is_withdrawal(event),
        .free         = form_view(&r->form, FORM_CASE_STEP_FREE),
        .asks_both    = event == CASE_SERVICE_EVENT_ASK_COLLECTION,
        .both         = form_view(&r->form, FORM_CASE_STEP_BOTH),
        .asks_likely  = event == CASE_SERVICE_EVENT_PAYING_ASKS_DIRECT,
        .likely       = form_view(&r->form, FORM_CASE_STEP_LIKELY),
        .asks_pursue  = event == CASE_SERVICE_EVENT_ASK_STOP,
        .pursue       = form_view(&r->form, FORM_CASE_STEP_PURSUE),
        .safe_account = (event == CASE_SERVICE_EVENT_RECEIVING_ASKS_DIRECT ||
                         event == CASE_SERVICE_EVENT_PAYING_ASKS_DIRECT) &&
                        access_abuse(&s->v.g, ABUSE_ACT_DIRECT_PAY,
                                     group_arrangement(&s->v.g, s->s.arrangement)->rp,
                                     r->today) == ABUSE_RESULT_SAFE_ACCOUNT,
        .asks_due = event == CASE_SERVICE_EVENT_REPORT_DEFAULT,
        .due      = form_view(&r->form, FORM_CASE_STEP_DUE),
        .paid     = form_view(&r->form, FORM_CASE_STEP_PAID),
    };

    p.askers = askers_of(r, event, &p.askers_count);
    p.dues =
        service_page_dues(r->arena, &s->s, form_text(&r->form, FORM_CASE_STEP_DUE), &p.dues_count);
    page_case_service_step(&r->out, frame_with_form(r), &p);
}

/* The event that the path names; steps with a form of their own go there. */
static bool event_open(struct request *r, struct service_page *p, int32_t *event)
{
    *event = machine_event_find(&machine_case_service, r->params[2]);
    if (*event == MACHINE_NOTHING) {
        respond_missing(r);
        return false;
    }
    if (!service_page_open(r, p)) return false;
    if (*event != CASE_SERVICE_EVENT_AGREE_THEMSELVES) return true;
    respond_redirect(r, arena_print(r->arena, "/case/%lld/service/%lld/agreement",
                                    (long long)p->v.g.pp, (long long)p->s.arrangement));
    return false;
}

void case_service_step(struct request *r)
{
    struct service_page p;
    int32_t event;

    if (!event_open(r, &p, &event)) return;
    form_new(&r->form, r->arena, &form_case_step);
    form_put_text(&r->form, FORM_CASE_STEP_PURSUE, "yes");
    form_put_text(&r->form, FORM_CASE_STEP_CHILDREN,
                  case_children(&p.v.g, p.s.arrangement, r->today, r->arena));
    step_show(r, &p, event);
}

/* ---- the order ---- */

struct step_order {
    struct service_order order;
    struct welfare welfare;
    struct direct_order report;
};

static enum machine_role role_of(const struct request *r)
{
    for (int i = 0; i < MACHINE_ROLES; i++)
        if (role_words[i] && form_is(&r->form, FORM_CASE_STEP_ASKED_BY, role_words[i]))
            return (enum machine_role)i;
    return ROLE_CASEWORKER;
}

static bool report_of(const struct request *r, struct step_order *s, struct fail *f)
{
    const char *due = form_text(&r->form, FORM_CASE_STEP_DUE);

    s->report = (struct direct_order){
        .arrangement = s->order.arrangement,
        .teller      = s->order.asked_by == ROLE_PAYING_PARENT ? TELLER_PAYING : TELLER_RECEIVING,
        .paid = form_has(&r->form, FORM_CASE_STEP_PAID) ? form_money(&r->form, FORM_CASE_STEP_PAID)
                                                        : MONEY_NONE,
        .evidence = s->order.evidence
    };
    s->order.report = &s->report;
    if (date_parse(due, strlen(due), &s->report.due)) return true;
    return REFUSE(f, "nothing_due", "Choose the payment that was not made."), fail_field(f, "due");
}

static bool order_of(struct request *r, const struct service_page *p, int32_t event,
                     struct step_order *s, struct fail *f)
{
    bool both    = form_is(&r->form, FORM_CASE_STEP_BOTH, "yes");
    bool collect = event == CASE_SERVICE_EVENT_ASK_COLLECTION;

    s->welfare = (struct welfare){ .children  = form_text(&r->form, FORM_CASE_STEP_CHILDREN),
                                   .evidence  = form_text(&r->form, FORM_CASE_STEP_KNOWN),
                                   .reasoning = form_text(&r->form, FORM_CASE_STEP_REASONING) };
    s->order   = (struct service_order){
          .arrangement = p->s.arrangement,
          .event       = (enum case_service_event)event,
          .asked_by    = role_of(r),
          .reason      = form_text(&r->form, FORM_CASE_STEP_REASON),
          .evidence    = form_text(&r->form, FORM_CASE_STEP_EVIDENCE),
          .welfare     = &s->welfare,
          .likely      = form_is(&r->form, FORM_CASE_STEP_LIKELY, "yes"),
          .not_pursued = form_is(&r->form, FORM_CASE_STEP_PURSUE, "no"),
    };
    if (collect && (both || s->order.asked_by == ROLE_RECEIVING_PARENT))
        s->order.receiving_asks = "collect_and_pay";
    if (collect && (both || s->order.asked_by == ROLE_PAYING_PARENT))
        s->order.paying_asks = "collect_and_pay";
    return event != CASE_SERVICE_EVENT_REPORT_DEFAULT || report_of(r, s, f);
}

static bool step_run(struct request *r, struct case_view *family, struct fail *f)
{
    struct step_page *p    = (struct step_page *)family;
    struct verb *v         = &p->verb;
    struct setting setting = case_setting(r);
    bool done;

    p->order = ARENA_NEW(r->arena, struct step_order);
    return order_of(r, &p->of, p->event, p->order, f) &&
           verb_open(&setting, family->g.pp, "service", NULL, v, &done, f) &&
           group_load(v->store, v->arena, v->pp, v->seq, &p->after, f) &&
           service_take(v, &p->after, &p->order->order, f) && verb_close(v, f);
}

static int field_of(const struct fail *f)
{
    static const struct case_field table[] = { { "welfare_missing", FORM_CASE_STEP_CHILDREN },
                                               { "nothing_due", FORM_CASE_STEP_DUE },
                                               { "both_ask", FORM_CASE_STEP_BOTH },
                                               { "likely", FORM_CASE_STEP_LIKELY } };

    return case_field_find(table, sizeof table / sizeof *table, f->code, FORM_CASE_STEP_ASKED_BY);
}

/* ---- the preview ---- */

/* The step as the draft holds it: what the machine took. */
static const struct machine_step *step_taken(const struct service_page *before, int32_t event,
                                             const char *became)
{
    const struct machine *m = &machine_case_service;

    for (int32_t i = 0; i < m->step_count; i++)
        if (m->steps[i].event == event && m->steps[i].from & UINT32_C(1) << before->s.state &&
            !strcmp(m->states[m->steps[i].to].name, became))
            return &m->steps[i];
    return NULL;
}

static void follows_fill(struct request *r, const struct machine_step *step,
                         struct page_case_service_preview *p)
{
    const struct machine *m            = &machine_case_service;
    struct view_service_line *does     = ARENA_MANY(r->arena, struct view_service_line, 32);
    struct view_service_notice_row *to = ARENA_MANY(r->arena, struct view_service_notice_row, 32);

    for (int32_t i = 0; step && i < m->effect_count; i++)
        if (step->does & UINT32_C(1) << i)
            does[p->does_count++] = (struct view_service_line){ m->effects[i].label };
    for (const struct machine_notice *const *n = step ? step->notices : NULL; n && *n; n++)
        to[p->notices_count++] = (struct view_service_notice_row){
            (*n)->code, service_page_roles(r->arena, (*n)->to, " and "), (*n)->holds
        };
    p->does    = does;
    p->notices = to;
}

static void written_fill(struct request *r, const struct verb *verb, const struct group *after,
                         struct page_case_service_preview *p)
{
    const char *about = case_about(after, out_string(&((struct verb *)verb)->about), r->arena);
    struct view_service_line *lines = ARENA_MANY(r->arena, struct view_service_line, 64);

    while (*about && p->written_count < 64) {
        const char *end                = strstr(about, "; ");
        size_t n                       = end ? (size_t)(end - about) : strlen(about);
        lines[p->written_count++].text = arena_text(r->arena, about, n);
        about += end ? n + 2 : n;
    }
    p->written = lines;
}

static const char *service_words(const struct group *g, int64_t arrangement, date day)
{
    return group_service(g, arrangement, day) == SERVICE_DIRECT_PAY ? "directly" : "to us";
}

static struct view_party now_and_then(struct request *r, const struct service_page *before,
                                      const struct group *after, enum case_service_state became)
{
    enum { ROWS = 4 };
    struct view_change_row *rows = ARENA_MANY(r->arena, struct view_change_row, ROWS);
    const struct machine *m      = &machine_case_service;
    const struct group *was      = &before->v.g;
    int64_t id                   = before->s.arrangement;
    date tomorrow                = date_add_days(r->today, 1);

    rows[0] =
        case_change_row("The case is", m->states[before->s.state].label, m->states[became].label);
    rows[1] = case_change_row("Paid today", service_words(was, id, r->today),
                              service_words(after, id, r->today));
    rows[2] = case_change_row("Paid from tomorrow", service_words(was, id, tomorrow),
                              service_words(after, id, tomorrow));
    rows[3] = case_change_row("On the account", case_owed(r->arena, before->s.record.debt),
                              case_owed(r->arena, service_debt(after, id, r->today, r->arena)));
    return (struct view_party){ .title = "Now and then", .rows = rows, .rows_count = ROWS };
}

static bool step_asked(struct request *r, const struct case_view *family, struct case_asked *asked)
{
    const struct step_page *p = (const struct step_page *)family;

    if (p->event != CASE_SERVICE_EVENT_DECIDE_UNLIKELY) return false;
    *asked = (struct case_asked){ .act   = approval_act_of_finding(r->arena, &p->order->order),
                                  .event = p->verb.seq,
                                  .why   = p->order->order.reason };
    return true;
}

static void preview_show(struct request *r, struct case_view *family)
{
    const struct step_page *page       = (const struct step_page *)family;
    const struct service_page *of      = &page->of;
    const struct machine *m            = &machine_case_service;
    const char *label                  = m->events[page->event].label;
    const char *name                   = m->events[page->event].name;
    int64_t id                         = of->s.arrangement;
    enum case_service_state became     = service_state_at(&page->after, id, r->today, r->arena);
    struct view_party now              = now_and_then(r, of, &page->after, became);
    struct page_case_service_preview p = {
        .c   = family->family,
        .top = case_preview_of(r, family, label,
                               arena_print(r->arena, "service/%lld/step/%s", (long long)id, name),
                               "service"),
    };

    struct case_asked asked;
    if (step_asked(r, family, &asked) &&
        !(p.top.second = case_second_words(r, family->g.pp, &asked)))
        return;
    p.top.parties       = &now;
    p.top.parties_count = 1;
    follows_fill(r, step_taken(of, page->event, m->states[became].name), &p);
    written_fill(r, &page->verb, &page->after, &p);
    page_case_service_preview(&r->out, frame_of(r), &p);
}

/* ---- doing it ---- */

static bool step_read(struct request *r, struct case_view *family)
{
    struct service_page *of = &((struct step_page *)family)->of;
    return service_page_read(r, family->g.pp, of->s.arrangement, of);
}

static void step_again(struct request *r, struct case_view *family)
{
    const struct step_page *page = (const struct step_page *)family;
    step_show(r, &page->of, page->event);
}

void case_service_step_do(struct request *r)
{
    static const struct case_change change = {
        .read    = step_read,
        .run     = step_run,
        .show    = step_again,
        .preview = preview_show,
        .done    = "service?done=step",
        .field   = field_of,
        .asked   = step_asked,
    };
    struct step_page p;

    if (!event_open(r, &p.of, &p.event)) return;
    struct withdrawal_wish wish = { .arrangement = p.of.s.arrangement,
                                    .what        = machine_case_service.events[p.event].label };
    if (is_withdrawal(p.event) && role_of(r) != ROLE_PAYING_PARENT &&
        case_free_first(r, &p.of.v, FORM_CASE_STEP_FREE, &wish))
        return;
    if (r->form.errors) {
        step_show(r, &p.of, p.event);
        return;
    }
    case_change_do(r, &p.of.v, &change);
}
