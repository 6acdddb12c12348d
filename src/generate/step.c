/* step.c: applications, facts, decisions. */
#include "generate/step.h"

#include "app/account.h"
#include "app/decide.h"
#include "app/fact.h"
#include "generate/live.h"

#include <string.h>

#define CASEWORKER "generated caseworker"

static struct group *step_open(struct live *l, const char *name, const char *key, struct verb *v)
{
    l->chunk->setting.actor = CASEWORKER;
    chunk_open(l->chunk, l->home, name, key, v);
    return &l->home->group;
}

static bool step_close(struct live *l, struct verb *v)
{
    chunk_close(l->chunk, l->home, v);
    return true;
}

void step_day(struct live *l)
{
    struct verb v;
    struct account_work work = { .pay_out = l->chunk->pays_at_once };

    l->chunk->setting.actor = "day";
    chunk_open(l->chunk, l->home, "day", NULL, &v);
    account_bring_up(&v, &l->home->group, &work);
    if (work.changed) chunk_close(l->chunk, l->home, &v);
}

/* --- the application --- */

const char *live_key(const struct kin *f, int32_t household, struct arena *arena)
{
    return arena_print(arena, "generate/%lld/%d", (long long)f->number, household + 1);
}

static struct applicant applicant(const struct somebody *p)
{
    return (struct applicant){
        .given = p->given, .family = p->family, .has_born = true, .born = p->born
    };
}

bool step_apply(struct live *l, int32_t household, struct fail *fail)
{
    static const char *const services[]  = { "direct_pay", "collect_and_pay" };
    static const char *const intervals[] = { "monthly", "weekly", "two_weekly", "four_weekly" };
    const struct kin *f                  = l->family;
    const struct household *h            = &f->households[household];
    struct live_household *made          = &l->made[household];
    struct verb v;
    struct applicant children[CHILDREN_MOST];
    struct application_result r = { .pp = l->home->head.pp };
    bool direct                 = f->began == FAMILY_DIRECT_PAY;

    for (size_t i = 0; i < f->change_count; i++) /* a later applicant joins what there is by then */
        if (f->changes[i].kind == CHANGE_TO_COLLECTION &&
            date_before(f->changes[i].day, live_today(l)))
            direct = false;
    for (int32_t i = 0; i < h->child_count; i++)
        children[i] = applicant(&h->children[i]);
    struct application a = {
        .paying      = applicant(&f->paying),
        .receiving   = applicant(&h->receiving),
        .children    = children,
        .child_count = (size_t)h->child_count,
        .jurisdiction =
            f->northern_ireland ? JURISDICTION_NORTHERN_IRELAND : JURISDICTION_GREAT_BRITAIN,
        .applied_on     = h->applied,
        .effective_from = h->effective,
        .service        = services[!direct],
        .pay_interval   = intervals[h->frequency],
        .pay_day        = h->pay_day,
        .said_by        = "receiving parent",
    };
    bool first      = l->home->head.seq == 0;
    struct group *g = step_open(l, "apply", live_key(f, household, live_arena(l)), &v);
    if (!first) a.paying.id = l->home->head.pp;
    if (!application_write(&v, g, &a, l->numbers, &r, fail)) return false;
    step_close(l, &v);
    made->arrangement = r.arrangement;
    made->rp          = r.rp;
    for (int32_t i = 0; i < h->child_count; i++)
        made->children[i] = r.children[i];
    return true;
}

/* --- facts and decisions --- */

static const char *pounds(struct live *l, int64_t pence)
{
    char text[MONEY_TEXT];
    money_text((money){ pence }, text);
    return arena_text(live_arena(l), text, strlen(text));
}

static const char *digits(struct live *l, int64_t n)
{
    return arena_print(live_arena(l), "%lld", (long long)n);
}

static struct fact_order fact(struct live *l, enum fact_kind kind, const char *value)
{
    return (struct fact_order){ .kind        = kind,
                                .value       = value,
                                .from        = l->family->households[0].effective,
                                .to          = DATE_OPEN,
                                .happened_on = live_today(l),
                                .said_by     = CASEWORKER,
                                .evidence    = "" };
}

static bool assert_payer(struct live *l, struct verb *v, struct group *g, enum fact_kind kind,
                         const char *value, struct fail *fail)
{
    struct fact_order o = fact(l, kind, value);
    return fact_assert(v, g, &o, fail);
}

static bool payer_income(struct live *l, struct verb *v, struct group *g, struct fail *fail)
{
    const struct kin *f = l->family;

    if (f->on_benefit)
        return assert_payer(l, v, g, FACT_BENEFIT, "own", fail) &&
               assert_payer(l, v, g, FACT_BENEFIT_WEEKLY, pounds(l, f->benefit_weekly), fail);
    if (f->prisoner) return assert_payer(l, v, g, FACT_CIRCUMSTANCE, "prisoner", fail);
    return assert_payer(l, v, g, FACT_INCOME_HISTORIC, pounds(l, f->income), fail) &&
           (!f->pension ||
            assert_payer(l, v, g, FACT_PENSION_CONTRIBUTIONS, pounds(l, f->pension), fail));
}

static bool address_assert(struct live *l, struct verb *v, struct group *g, int64_t person,
                           const char *address, struct fail *fail)
{
    struct fact_order o = fact(l, FACT_ADDRESS, address);
    o.subject           = person;
    o.from              = live_today(l);
    return fact_assert(v, g, &o, fail);
}

static const char *const methods[] = { "direct_debit", "standing_order", "standing_order_default",
                                       "card",         "earnings",       "benefits" };

static bool payer_facts(struct live *l, struct verb *v, struct group *g, struct fail *fail)
{
    const struct kin *f     = l->family;
    struct fact_order welsh = fact(l, FACT_LANGUAGE, "welsh");

    welsh.subject = l->home->head.pp;
    if (!address_assert(l, v, g, l->home->head.pp, f->address, fail)) return false;
    if (f->service == FAMILY_COLLECTED &&
        !assert_payer(l, v, g, FACT_PAY_METHOD, methods[f->method], fail))
        return false;
    if (f->welsh && !fact_assert(v, g, &welsh, fail)) return false;
    if (f->other_children &&
        !assert_payer(l, v, g, FACT_OTHER_CHILDREN, digits(l, f->other_children), fail))
        return false;
    return f->default_first || payer_income(l, v, g, fail);
}

static bool household_facts(struct live *l, struct verb *v, struct group *g, int32_t household,
                            struct fail *fail)
{
    const struct household *h         = &l->family->households[household];
    const struct live_household *made = &l->made[household];

    struct fact_order abuse = fact(l, FACT_ABUSE, "yes");

    abuse.subject = made->arrangement;
    if (!address_assert(l, v, g, made->rp, h->address, fail)) return false;
    if (l->family->abuse && !fact_assert(v, g, &abuse, fail)) return false;
    if (!step_account(l, v, g, household, fail)) return false;
    for (int32_t i = 0; i < h->child_count; i++) {
        if (h->nights[i] == 0) continue;
        struct fact_order o = fact(l, FACT_NIGHTS, digits(l, h->nights[i]));
        o.subject           = made->children[i];
        o.from              = h->effective;
        if (!fact_assert(v, g, &o, fail)) return false;
    }
    return true;
}

static bool decide(struct live *l, enum decision_kind kind, date from, const char *reason,
                   struct fail *fail)
{
    struct verb v;
    struct group *g;
    struct decision_order order = { .kind = kind, .from = from, .reason = reason };

    return (g = step_open(l, "decide", NULL, &v)) != NULL && decision_make(&v, g, &order, fail) &&
           step_close(l, &v);
}

bool step_decide(struct live *l, int32_t household, struct fail *fail)
{
    const struct kin *f = l->family;
    struct verb v;
    struct group *g;
    bool first = true;

    for (int32_t i = 0; i < f->household_count; i++)
        first &= !l->decided[i];
    l->decided[household] = true;
    if (!(g = step_open(l, "fact", NULL, &v)) || (first && !payer_facts(l, &v, g, fail)) ||
        !household_facts(l, &v, g, household, fail) || !step_close(l, &v))
        return false;
    step_mandate(l);
    if (!first)
        return decide(l, DECISION_NEW_APPLICATION, f->households[household].effective,
                      "another receiving parent applied", fail);
    return decide(l, f->default_first ? DECISION_DEFAULT : DECISION_INITIAL,
                  f->households[household].effective,
                  f->default_first ? "no information about income" : "all that is needed is known",
                  fail);
}

/* --- changes --- */

/* Reports a change and, if it counts, decides from the day it counts from. */
static bool report(struct live *l, const struct change_report *r, const char *reason,
                   struct fail *fail)
{
    struct verb v;
    struct group *g;
    struct change change;

    if (!(g = step_open(l, "report", NULL, &v)) || !fact_report(&v, g, r, &change, fail) ||
        !step_close(l, &v))
        return false;
    return !change.counts || decide(l, DECISION_CHANGE, change.counts_from, reason, fail);
}

static bool change_children(struct live *l, const struct family_change *c, struct fail *fail)
{
    const struct household *h = &l->family->households[c->household];
    struct verb v;
    struct group *g;
    struct change change;

    if (!(g = step_open(l, "report", NULL, &v))) return false;
    for (int32_t i = 0; i < h->child_count; i++) {
        struct change_report r = { .kind        = FACT_LIVES_WITH,
                                   .subject     = l->made[c->household].children[i],
                                   .happened_on = c->day,
                                   .said_by     = "receiving parent" };
        if (!fact_report(&v, g, &r, &change, fail)) return false;
    }
    return step_close(l, &v) &&
           decide(l, DECISION_CHANGE, c->day, "no longer qualifying children", fail);
}

static bool change_service(struct live *l, struct fail *fail)
{
    struct verb v;
    struct group *g;

    if (!(g = step_open(l, "fact", NULL, &v))) return false;
    for (int32_t i = 0; i < l->family->household_count; i++) {
        struct fact_order o = fact(l, FACT_SERVICE, "collect_and_pay");
        o.subject           = l->made[i].arrangement;
        o.from              = live_today(l);
        if (o.subject && (!fact_assert(&v, g, &o, fail) || !step_account(l, &v, g, i, fail)))
            return false;
    }
    step_close(l, &v);
    step_mandate(l);
    return true;
}

static bool change_dispute(struct live *l, struct fail *fail)
{
    enum { WEEKS = 56 };
    struct verb v;
    struct group *g;
    struct fact_order o = fact(l, FACT_DISPUTE, "the paying parent says that it was paid");

    o.subject = l->made[0].arrangement;
    o.from    = live_today(l);
    o.to      = date_add_days(live_today(l), WEEKS);
    return (g = step_open(l, "dispute", NULL, &v)) != NULL && fact_assert(&v, g, &o, fail) &&
           step_close(l, &v);
}

/* HMRC's figure: for the review, or after a default decision. */
static bool change_figure(struct live *l, const struct family_change *c, struct fail *fail)
{
    const struct kin *f = l->family;
    bool review         = c->kind == CHANGE_REVIEW;
    struct fact_order o = fact(l, FACT_INCOME_HISTORIC, pounds(l, c->value));
    struct verb v;
    struct group *g;

    if (review) o.from = c->anniversary;
    if (!f->on_benefit && !f->prisoner &&
        (!(g = step_open(l, "fact", NULL, &v)) || !fact_assert(&v, g, &o, fail) ||
         !step_close(l, &v)))
        return false;
    return decide(l, review ? DECISION_ANNUAL_REVIEW : DECISION_REPLACEMENT, o.from,
                  review ? "the yearly review" : "HMRC has given a figure", fail);
}

bool step_change(struct live *l, const struct family_change *c, struct fail *fail)
{
    struct change_report r = { .happened_on = live_today(l), .said_by = "paying parent" };

    switch (c->kind) {
    case CHANGE_INCOME:
        r.kind  = FACT_INCOME_CURRENT;
        r.value = pounds(l, c->value);
        return report(l, &r, "income changed", fail);
    case CHANGE_JOB_LOST:
        r.kind  = FACT_BENEFIT;
        r.value = "own";
        return report(l, &r, "on benefit", fail);
    case CHANGE_NIGHTS:
        r.kind    = FACT_NIGHTS;
        r.subject = l->made[c->household].children[c->child];
        r.value   = digits(l, c->value);
        return report(l, &r, "the nights changed", fail);
    case CHANGE_OTHER_CHILD:
        r.kind  = FACT_OTHER_CHILDREN;
        r.value = digits(l, c->value);
        return report(l, &r, "a child was born", fail);
    case CHANGE_TO_COLLECTION: return change_service(l, fail);
    case CHANGE_DISPUTE: return change_dispute(l, fail);
    case CHANGE_CHILDREN_GO: return change_children(l, c, fail);
    case CHANGE_FIGURE_FOUND:
    case CHANGE_REVIEW: return change_figure(l, c, fail);
    }
    return false;
}
