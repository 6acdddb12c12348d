/* service_view.c: reading an arrangement for its machine. */
#include "app/account.h"
#include "app/service.h"

#include "base/bug.h"

#include <string.h>

money service_debt(const struct group *g, int64_t arrangement, date day, struct arena *arena)
{
    struct balances b         = balance_fold(g->entries, g->entry_count, day, day, arena);
    const struct balance *own = balance_find(&b, arrangement);

    return own ? own->owed : MONEY_NONE;
}

/* Its maintenance was stopped: from its first day on, if that is still to come. */
static const struct sql_fact_list_row *stopped_fact(const struct group *g,
                                                    const struct sql_arrangement_list_row *a,
                                                    date day)
{
    return group_fact(g, FACT_STOPPED, a->id, date_max(day, a->effective_from));
}

static const struct sql_award_list_row *award_of(const struct group *g, int64_t decision,
                                                 int64_t arrangement)
{
    for (size_t i = 0; i < g->award_count; i++)
        if (g->awards[i].decision == decision && g->awards[i].arrangement == arrangement)
            return &g->awards[i];
    return NULL;
}

enum case_service_state service_state_at(const struct group *g, int64_t arrangement, date day,
                                         struct arena *arena)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, arrangement);
    date next                                = date_add_days(day, 1); /* the state at day's end */
    date then                                = date_max(next, a->effective_from);
    const struct sql_decision_list_row *d    = group_decision_at(g, then);
    const struct sql_fact_list_row *stop     = stopped_fact(g, a, next);
    const struct sql_award_list_row *award   = d ? award_of(g, d->id, arrangement) : NULL;
    struct service_standing s                = {
                       .stopped  = stop != NULL,
                       .families = stop && !strcmp(stop->value, "own_arrangement"),
                       .ended    = !award,
                       .weekly   = award ? award->weekly : MONEY_NONE,
                       .service  = group_service(g, arrangement, then),
                       .reported = group_fact(g, FACT_DEFAULT_REPORT, arrangement, next) != NULL,
                       .debt     = service_debt(g, arrangement, day, arena),
    };
    for (size_t i = 0; i < g->award_count; i++)
        s.decided |= g->awards[i].arrangement == arrangement;
    return service_state(&s);
}

/* --- what the guards ask --- */

static int wish_of(const struct group *g, enum fact_kind kind, int64_t arrangement, date day)
{
    const struct sql_fact_list_row *f = group_fact(g, kind, arrangement, day);
    return f ? fact_choice_index(fact_kind_table[kind].choices, f->value) : -1;
}

static struct service_wishes wishes_of(const struct group *g, int64_t arrangement, date day)
{
    int receiving = wish_of(g, FACT_RECEIVING_ASKS, arrangement, day);
    int paying    = wish_of(g, FACT_PAYING_ASKS, arrangement, day);
    int unlikely  = wish_of(g, FACT_UNLIKELY, arrangement, day);

    return (struct service_wishes){
        .receiving = receiving < 0 ? SERVICE_TYPE_RECEIVING_ASKS_NOTHING
                                   : (enum service_type_receiving_asks)receiving,
        .paying =
            paying < 0 ? SERVICE_TYPE_PAYING_ASKS_NOTHING : (enum service_type_paying_asks)paying,
        .unlikely = unlikely < 0    ? SERVICE_TYPE_UNLIKELY_NOT_TESTED
                    : unlikely == 0 ? SERVICE_TYPE_UNLIKELY_YES
                                    : SERVICE_TYPE_UNLIKELY_NO,
    };
}

static void warning_of(const struct group *g, int64_t arrangement, struct service_record *r)
{
    for (size_t i = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        if (f->subject != arrangement || strcmp(f->kind, fact_kind_table[FACT_WARNING].name) ||
            date_before(r->day, f->valid_from))
            continue;
        r->warned      = r->has_warning ? date_max(r->warned, f->valid_from) : f->valid_from;
        r->has_warning = true;
    }
}

/* From when the service has collected without a break up to a day. */
static date collected_since(const struct group *g, int64_t arrangement, date day)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, arrangement);
    date since                               = day;

    while (date_before(a->effective_from, since) &&
           group_service(g, arrangement, date_add_days(since, -1)) == SERVICE_COLLECT_AND_PAY) {
        const struct sql_fact_list_row *f =
            group_fact(g, FACT_SERVICE, arrangement, date_add_days(since, -1));
        since = f ? date_max(f->valid_from, a->effective_from) : a->effective_from;
    }
    return since;
}

/* Days on which payment came out of earnings or benefits are none of compliance. */
static void enforced_days(const struct group *g, date day, struct compliance_record *c)
{
    for (size_t i = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        if (strcmp(f->kind, fact_kind_table[FACT_PAY_METHOD].name) ||
            (strcmp(f->value, "earnings") && strcmp(f->value, "benefits")) ||
            date_before(day, f->valid_from))
            continue;
        date last      = date_min(day, date_add_days(f->valid_to, -1));
        c->failed      = c->has_failure ? date_max(c->failed, last) : last;
        c->has_failure = true;
    }
}

/* The newest payment that was not made in full on its day. */
static struct compliance_record compliance_of(const struct group *g, int64_t arrangement, date day)
{
    struct compliance_record c = { .collected_since = collected_since(g, arrangement, day) };

    for (size_t i = 0; i < g->missed_count; i++)
        for (size_t k = 0; k < g->instalment_count; k++) {
            const struct sql_instalment_list_row *r = &g->instalments[k];
            if (r->id != g->missed[i].instalment || r->arrangement != arrangement) continue;
            c.failed      = c.has_failure ? date_max(c.failed, r->due) : r->due;
            c.has_failure = true;
        }
    enforced_days(g, day, &c);
    return c;
}

static struct payment_evidence evidence_of(const struct direct_list *l, const struct group *g,
                                           int64_t arrangement, date day)
{
    struct payment_evidence e = {
        .will_not_pay = group_fact(g, FACT_WILL_NOT_PAY, arrangement, day) != NULL,
    };

    for (size_t i = 0; i < l->n; i++) {
        const struct direct_due *d = &l->at[i];
        bool failed                = d->asked && d->outcome.unpaid.p > 0;
        e.failed += failed;
        e.partial += failed && d->outcome.unpaid.p < d->amount.p;
        e.late += d->asked && d->late;
    }
    return e;
}

static bool overdue_on_account(const struct direct_question *q)
{
    struct outstanding items = account_items(q->group, q->day, q->arena);

    for (size_t i = 0; i < items.n; i++)
        if (items.at[i].arrangement == q->arrangement && date_before(items.at[i].due, q->day) &&
            item_outstanding(&items.at[i]).p > 0)
            return true;
    return false;
}

static bool steps_read(const struct direct_question *q, struct service_view *v, struct fail *fail)
{
    struct sql_step_list_in in = { .pp = q->group->pp, .known = q->group->known };
    struct sql_step_list_row *rows;
    size_t n;

    if (!sql_step_list(q->store, &in, q->arena, &rows, &n, fail)) return false;
    v->steps   = ARENA_MANY(q->arena, struct sql_step_list_row, n);
    v->enquiry = machine_unlikely_to_pay.start;
    v->asked   = DATE_OPEN;
    for (size_t i = 0; i < n; i++) {
        bool enquiry = !strcmp(rows[i].machine, machine_unlikely_to_pay.name);
        if (rows[i].subject != q->arrangement ||
            (!enquiry && strcmp(rows[i].machine, machine_case_service.name)))
            continue;
        v->steps[v->step_count++] = rows[i];
        if (!enquiry) continue;
        v->enquiry = machine_state_find(&machine_unlikely_to_pay, rows[i].became);
        BUG_UNLESS(v->enquiry != MACHINE_NOTHING);
        if (v->enquiry == UNLIKELY_TO_PAY_STATE_ENQUIRY) v->asked = rows[i].day;
    }
    return true;
}

bool service_look(const struct direct_question *q, struct service_view *v, struct fail *fail)
{
    const struct group *g                    = q->group;
    const struct sql_arrangement_list_row *a = group_arrangement(g, q->arrangement);

    *v = (struct service_view){ .arrangement = q->arrangement };
    if (!a) return REFUSE(fail, "subject_wrong", "That arrangement is not of this family.");
    if (!direct_read(q, &v->direct, fail) || !steps_read(q, v, fail)) return false;
    v->state  = service_state_at(g, a->id, q->day, q->arena);
    v->record = (struct service_record){
        .law      = law_at((enum jurisdiction)a->jurisdiction, q->day),
        .day      = q->day,
        .wishes   = wishes_of(g, a->id, q->day),
        .unpaid   = v->direct.unpaid,
        .open     = v->direct.open,
        .failed   = v->direct.failed,
        .evidence = evidence_of(&v->direct, g, a->id, q->day),
        .debt     = service_debt(g, a->id, q->day, q->arena),
    };
    v->record.evidence.earlier_debt = overdue_on_account(q);
    warning_of(g, a->id, &v->record);
    v->record.compliance = compliance_of(g, a->id, q->day);
    v->compliance        = service_compliance(v->record.law, v->record.compliance, q->day);
    v->holds             = service_holds(&v->record);
    return true;
}

bool service_may_demand(const struct group *g, int64_t arrangement, date day)
{
    return group_service(g, arrangement, day) == SERVICE_COLLECT_AND_PAY ||
           group_fact(g, FACT_STOPPED, arrangement, day) != NULL ||
           group_fact(g, FACT_ARREARS_AGREEMENT, arrangement, day) != NULL;
}
