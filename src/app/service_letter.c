/* service_letter.c: plans with their warning, notices of steps, the parents' own agreement. */
#include "app/service_letter.h"

#include "app/collect.h"
#include "app/fact.h"
#include "app/letter_data.h"
#include "app/notice.h"
#include "app/office.h"
#include "app/stop.h"
#include "base/bug.h"
#include "base/exact.h"
#include "law/working_day.h"
#include "ledger/fee.h"
#include "rule/assess.h"

#include <string.h>

static struct setting setting_of(const struct verb *v)
{
    return (struct setting){ v->store, v->arena, v->today, v->actor };
}

static const char *name_of(const struct group *g, int64_t person, struct arena *arena)
{
    const struct sql_group_people_row *p = group_person(g, person);
    return arena_print(arena, "%s %s", p->given, p->family);
}

/* --- the plan --- */

static bool plan_data(const struct verb *v, const struct group *g, int64_t arrangement,
                      struct letter_payment_plan *p, struct fail *fail)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, arrangement);
    date tomorrow                            = date_add_days(v->today, 1);
    date then                                = date_max(tomorrow, a->effective_from);
    const struct sql_decision_list_row *d    = group_decision_at(g, then);
    const struct law *law                    = law_at((enum jurisdiction)a->jurisdiction, v->today);
    struct letter_payment_plan_payment *rows =
        ARENA_MANY(v->arena, struct letter_payment_plan_payment, g->instalment_count + 1);

    *p = (struct letter_payment_plan){
        .weekly   = d ? group_award(g, d->id, arrangement) : MONEY_NONE,
        .receiver = name_of(g, a->rp, v->arena),
        .payment  = rows,
        .direct   = group_service(g, arrangement, then) == SERVICE_DIRECT_PAY,
        .months   = law->warning_notice_months,
    };
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (r->arrangement != arrangement || date_before(r->due, tomorrow) || r->amount.p == 0)
            continue;
        bool direct              = group_service(g, arrangement, r->due) == SERVICE_DIRECT_PAY;
        rows[p->payment_count++] = (struct letter_payment_plan_payment){
            r->due, direct ? r->amount : money_add(r->amount, collect_fee(g, r, r->amount))
        };
    }
    if (p->payment_count == 0)
        return REFUSE(fail, "no_plan",
                      "There is no payment to come: a plan is made when the first days it is for "
                      "begin.");
    p->first = rows[0].due;
    return true;
}

/* The receiving parent's plan (N-02), from the paying parent's: what they get of each payment, and
 * from which day it can be expected. */
static bool receiver_send(struct verb *v, const struct group *g, int64_t arrangement,
                          const struct letter_payment_plan *plan, struct fail *fail)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, arrangement);
    const struct law *law                    = law_at((enum jurisdiction)a->jurisdiction, v->today);
    struct letter_receiver_plan_payment *rows =
        ARENA_MANY(v->arena, struct letter_receiver_plan_payment, g->instalment_count + 1);
    struct letter_frozen f = { .kind        = LETTER_RECEIVER_PLAN,
                               .person      = a->rp,
                               .arrangement = arrangement,
                               .receiver    = { .weekly  = plan->weekly,
                                                .payer   = name_of(g, g->pp, v->arena),
                                                .payment = rows,
                                                .direct  = plan->direct,
                                                .days    = law->payout_lag_days } };
    char text[EXACT_TEXT];
    bool sent;

    f.receiver.fee = arena_print(v->arena, "%s", ratio_text(law->collection_fee_receiver, text));
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (r->arrangement != arrangement || !date_before(v->today, r->due) || r->amount.p == 0)
            continue;
        bool direct = group_service(g, arrangement, r->due) == SERVICE_DIRECT_PAY;
        date day    = working_day_next(HOLIDAY_BACS, r->due);
        money fee   = fee_receiver(r->amount, law->collection_fee_receiver);
        rows[f.receiver.payment_count++] = (struct letter_receiver_plan_payment){
            direct ? r->due : working_day_add(HOLIDAY_BACS, day, law->payout_lag_days),
            direct ? r->amount : money_subtract(r->amount, fee)
        };
    }
    f.receiver.first = rows[0].expected;
    return notice_send(v, g, &f, &sent, NULL, fail);
}

static bool plan_send(struct verb *v, struct group *g, int64_t arrangement, const char *occasion,
                      bool *sent, struct letter_result *r, struct fail *fail)
{
    struct letter_frozen f    = { .kind        = LETTER_PAYMENT_PLAN,
                                  .person      = g->pp,
                                  .arrangement = arrangement };
    struct fact_order warning = { .kind        = FACT_WARNING,
                                  .subject     = arrangement,
                                  .value       = occasion,
                                  .from        = v->today,
                                  .to          = DATE_OPEN,
                                  .happened_on = v->today,
                                  .said_by     = v->actor,
                                  .evidence    = "in the payment plan" };
    struct office office;

    if (!office_load(v->store, v->arena, &office, fail) ||
        !plan_data(v, g, arrangement, &f.plan, fail))
        return false;
    f.plan.pay_name      = office.pay_name;
    f.plan.pay_sort_code = office.pay_sort_code;
    f.plan.pay_account   = office.pay_account;
    if (!notice_send(v, g, &f, sent, r ? &r->letter : NULL, fail) ||
        !receiver_send(v, g, arrangement, &f.plan, fail))
        return false;
    return !*sent || !f.plan.direct || fact_assert(v, g, &warning, fail);
}

bool service_warn(struct verb *v, struct group *g, int64_t arrangement, const char *occasion,
                  struct fail *fail)
{
    struct fail none = { 0 };
    bool sent;

    if (plan_send(v, g, arrangement, occasion, &sent, NULL, &none)) return true;
    if (none.kind == FAIL_REFUSED) { /* no payment to come: nothing to warn about yet */
        if (v->about.length) out_text(&v->about, "; ");
        out_text(&v->about, "No plan sent: there is no payment to come");
        return true;
    }
    *fail = none;
    return false;
}

bool service_plan_letter(const struct setting *s, int64_t pp, int64_t arrangement,
                         struct letter_result *r, struct fail *fail)
{
    struct verb v;
    struct group g;
    bool done, sent;

    *r = (struct letter_result){ .sentence = "The payment plan was sent." };
    if (!stop_check(s->store, fail) || !verb_open(s, pp, "letter", NULL, &v, &done, fail) ||
        !group_load(v.store, v.arena, v.pp, v.seq, &g, fail))
        return false;
    if (!group_arrangement(&g, arrangement))
        return REFUSE(fail, "subject_wrong", "That arrangement is not of this family.");
    if (!plan_send(&v, &g, arrangement, "plan", &sent, r, fail)) return false;
    r->sent = sent;
    if (sent) return verb_close(&v, fail);
    r->refused  = demand_refusal_words[DEMAND_NO_ADDRESS];
    r->sentence = demand_refusal_sentences[DEMAND_NO_ADDRESS];
    return verb_close(&v, fail);
}

bool service_review(struct verb *v, struct group *g, struct fail *fail)
{
    if (!v->store) return true; /* a family that is made up, in memory alone, is sent no letters */
    for (size_t i = 0; i < g->arrangement_count; i++) {
        enum case_service_state state =
            service_state_at(g, g->arrangements[i].id, v->today, v->arena);
        if ((state == CASE_SERVICE_STATE_DIRECT_PAY || state == CASE_SERVICE_STATE_DEFAULT) &&
            !service_warn(v, g, g->arrangements[i].id, "review", fail))
            return false;
    }
    return true;
}

/* --- notices --- */

static void notice_payments(const struct direct_list *l, struct arena *arena,
                            struct letter_service_notice *n)
{
    struct letter_service_notice_payment *rows =
        ARENA_MANY(arena, struct letter_service_notice_payment, l->n + 1);

    for (size_t i = 0; i < l->n; i++)
        if (l->at[i].asked && (l->at[i].outcome.open.p || l->at[i].outcome.unpaid.p))
            rows[n->payment_count++] =
                (struct letter_service_notice_payment){ l->at[i].due, l->at[i].amount };
    n->payment = rows;
}

static void notice_says(const char *code, const struct machine_step *step, bool paying,
                        struct letter_service_notice *n)
{
    bool move   = !strcmp(code, "N-11") || !strcmp(code, "N-12");
    bool direct = step->to == CASE_SERVICE_STATE_DIRECT_PAY;

    n->asked              = !strcmp(code, "N-10");
    n->proved             = !strcmp(code, "N-13");
    n->collects_paying    = move && !direct && paying;
    n->collects_receiving = move && !direct && !paying;
    n->direct_paying      = move && direct && paying;
    n->direct_receiving   = move && direct && !paying;
    n->nothing            = !strcmp(code, "N-03");
    n->ended              = !strcmp(code, "N-04") || !strcmp(code, "N-20");
}

static bool notice_data(const struct verb *v, const struct group *g, int64_t arrangement,
                        struct letter_service_notice *n, struct fail *fail)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, arrangement);
    const struct law *law                    = law_at((enum jurisdiction)a->jurisdiction, v->today);
    struct direct_question q                 = { v->store, v->arena, v, g, arrangement, v->today };
    struct direct_list direct                = { 0 };
    char text[EXACT_TEXT];

    if (!direct_read(&q, &direct, fail)) return false;
    *n = (struct letter_service_notice){
        .from     = date_add_days(v->today, 1),
        .reply_by = date_add_days(v->today, law->direct_pay_reply_days),
        .owed     = service_debt(g, arrangement, v->today, v->arena),
    };
    n->owed_some     = n->owed.p > 0;
    n->fee_paying    = arena_print(v->arena, "%s", ratio_text(law->collection_fee_payer, text));
    n->fee_receiving = arena_print(v->arena, "%s", ratio_text(law->collection_fee_receiver, text));
    notice_payments(&direct, v->arena, n);
    return true;
}

bool service_notify(struct verb *v, struct group *g, int64_t arrangement,
                    const struct machine_step *step, struct fail *fail)
{
    const char *own        = letter_templates[LETTER_SERVICE_NOTICE].name;
    struct letter_frozen f = { .kind = LETTER_SERVICE_NOTICE, .arrangement = arrangement };
    bool sent;

    if (!step->notices || !notice_data(v, g, arrangement, &f.notice, fail))
        return step->notices == NULL;
    for (const struct machine_notice *const *n = step->notices; *n; n++)
        for (int side = 0; side < MACHINE_SIDES; side++) {
            bool paying = side == TOLD_PAYING;
            uint32_t to = UINT32_C(1) << (paying ? ROLE_PAYING_PARENT : ROLE_RECEIVING_PARENT);
            if (!(*n)->letter || strcmp((*n)->letter, own) || !((*n)->to & to)) continue;
            notice_says((*n)->code, step, paying, &f.notice);
            f.person = paying ? g->pp : group_arrangement(g, arrangement)->rp;
            if (!notice_send(v, g, &f, &sent, NULL, fail)) return false;
        }
    return true;
}

/* --- the parents' own arrangement --- */

static struct letter_words every_words(const char *every)
{
    static const struct {
        const char *word;
        struct letter_words words;
    } table[] = {
        { "monthly", { { "Every month", "Bob mis" } } },
        { "weekly", { { "Every week", "Bob wythnos" } } },
        { "two_weekly", { { "Every two weeks", "Bob pythefnos" } } },
        { "four_weekly", { { "Every four weeks", "Bob pedair wythnos" } } },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i].word, every)) return table[i].words;
    return table[0].words;
}

/* What the calculation would give on a day, if the facts are enough for one. */
static bool calculator_figure(const struct group *g, int64_t arrangement, date day,
                              struct arena *arena, money *weekly)
{
    struct calculation c = group_calculation(g, day, arena);
    struct fail ignored  = { 0 };

    *weekly = MONEY_NONE;
    if (c.input.facts.receiver_count == 0 || !assess_check(&c.input.facts, day, &ignored))
        return false;
    struct award award = award_new(arena, &c.input.facts);
    assess(&c.input.facts, c.law, arena, &award);
    for (int32_t i = 0; i < c.input.facts.receiver_count; i++)
        if (c.arrangements[i] == arrangement) {
            *weekly = award.weekly[i];
            return true;
        }
    return false;
}

static const char *children_of(const struct group *g, int64_t arrangement, date day,
                               struct arena *arena)
{
    struct calculation c = group_calculation(g, day, arena);
    struct out o         = { .arena = arena };

    for (int32_t r = 0; r < c.input.facts.receiver_count; r++) {
        const struct rule_receiver *own = &c.input.facts.receivers[r];
        for (int32_t i = 0; c.arrangements[r] == arrangement && i < own->child_count; i++) {
            if (o.length) out_text(&o, ", ");
            out_text(&o, group_person(g, c.children[own->first_child + i])->given);
        }
    }
    return o.length ? out_string(&o) : "-";
}

/* It may be printed before anybody has an address: then it goes to the office, to be handed over.
 */
static bool agreement_print(struct verb *v, const struct group *g, struct letter_frozen *f,
                            int64_t *letter, struct fail *fail)
{
    struct setting s = setting_of(v);
    struct office office;
    struct letter_result r;

    if (!letter_head_make(&s, g, f, &office, fail)) return false;
    if (!f->head.address[0])
        for (size_t i = 0; i < LETTER_OFFICE_LINES && office.letter.address[i]; i++)
            f->head.address[i] = office.letter.address[i];
    if (!letter_write(v, f, NULL, &r, fail)) return false;
    *letter = r.letter;
    return true;
}

bool service_agree(struct verb *v, struct group *g, const struct service_agreement *o,
                   int64_t *letter, struct fail *fail)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, o->arrangement);
    struct service_order order               = { .arrangement = o->arrangement,
                                                 .event       = CASE_SERVICE_EVENT_AGREE_THEMSELVES,
                                                 .asked_by    = ROLE_RECEIVING_PARENT,
                                                 .reason      = o->reason };

    if (!a) return REFUSE(fail, "subject_wrong", "That arrangement is not of this family.");
    if (o->agreed.p <= 0)
        return REFUSE(fail, "agreed_wrong", "Say how much they agreed on each time."),
               fail_field(fail, "agreed");
    date day               = date_max(v->today, a->effective_from);
    bool other             = o->other && *o->other;
    struct letter_frozen f = {
        .kind        = LETTER_FAMILY_AGREEMENT,
        .person      = a->rp,
        .arrangement = o->arrangement,
        .agreement   = { .paying    = name_of(g, g->pp, v->arena),
                         .receiving = name_of(g, a->rp, v->arena),
                         .children  = children_of(g, o->arrangement, day, v->arena),
                         .agreed    = o->agreed,
                         .every     = every_words(o->every),
                         .first     = o->first,
                         .other     = other ? o->other : "-",
                         .has_other = other },
    };
    f.agreement.worked_out =
        calculator_figure(g, o->arrangement, day, v->arena, &f.agreement.figure);
    return service_take(v, g, &order, fail) && agreement_print(v, g, &f, letter, fail);
}
