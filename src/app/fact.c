/* fact.c: asserting, ending and reporting facts. */
#include "app/fact.h"

#include "app/account.h"
#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

static void fact_insert(struct verb *v, struct sql_fact_list_row row)
{
    row.pp       = v->pp;
    row.id       = verb_number(v, DRAFT_FACT);
    row.event    = v->seq;
    row.known_to = KNOWN_OPEN;
    verb_add(v, DRAFT_FACT, &row);
}

/* Takes [from, to) out of what is believed of a kind and subject: rows that reach into it are
 * closed, and what lies outside is believed anew on the same evidence. */
static void fact_clear(struct verb *v, struct group *g, const struct fact_order *o, date to)
{
    const char *kind = fact_kind_table[o->kind].name;

    for (size_t i = 0; i < g->fact_count; i++) {
        struct sql_fact_list_row f = g->facts[i];
        if (f.subject != o->subject || strcmp(f.kind, kind) || !date_before(f.valid_from, to) ||
            !date_before(o->from, f.valid_to))
            continue;
        struct sealed sealed           = group_sealed(g, &f);
        struct sql_fact_close_in close = { .pp = v->pp, .id = f.id, .event = v->seq };
        if (sealed.text) f.value = sealed_text(sealed);
        verb_add(v, DRAFT_FACT_END, &close);
        struct sql_fact_list_row before = f, after = f;
        before.valid_to  = o->from;
        after.valid_from = to;
        if (date_before(before.valid_from, before.valid_to)) fact_insert(v, before);
        if (date_before(after.valid_from, after.valid_to)) fact_insert(v, after);
    }
}

static bool subject_check(const struct group *g, const struct fact_order *o, struct fail *fail)
{
    switch (fact_kind_table[o->kind].subject) {
    case SUBJECT_PAYER:
        return o->subject == 0 || REFUSE(fail, "subject_wrong", "%s is about the paying parent.",
                                         fact_kind_table[o->kind].label);
    case SUBJECT_CHILD:
        if (o->kind == FACT_LIVES_WITH && o->value &&
            !group_arrangement(g, strtoll(o->value, NULL, 10)))
            return REFUSE(fail, "value_wrong",
                          "Lives with: that is no arrangement of this paying parent.");
        __attribute__((fallthrough));
    case SUBJECT_PERSON:
        return group_person(g, o->subject) != NULL || o->kind == FACT_LIVES_WITH ||
               REFUSE(fail, "subject_wrong", "%s: that person is not of this family.",
                      fact_kind_table[o->kind].label);
    case SUBJECT_ARRANGEMENT:
        return group_arrangement(g, o->subject) != NULL ||
               REFUSE(fail, "subject_wrong", "%s: that arrangement is not of this family.",
                      fact_kind_table[o->kind].label);
    case SUBJECT_RECEIPT: return true; /* the verbs that record one know the receipt */
    }
    return false;
}

/* Where an open interval ends: at the next fact of the same kind and subject, if there is one. */
static date fact_until(const struct group *g, const struct fact_order *o)
{
    const char *kind = fact_kind_table[o->kind].name;
    date to          = o->to;

    if (!date_same(to, DATE_OPEN)) return to;
    for (size_t i = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        if (f->subject == o->subject && !strcmp(f->kind, kind) &&
            date_before(o->from, f->valid_from))
            to = date_min(to, f->valid_from);
    }
    return to;
}

/* A payment that was asked for, or was to be made directly, stays what it was: the service changes
 * for the payments to come. */
static bool service_check(const struct verb *v, const struct group *g, const struct fact_order *o,
                          date to, struct fail *fail)
{
    char words[DATE_WORDS];
    bool direct = o->value && !strcmp(o->value, "direct_pay");

    for (size_t i = 0; o->kind == FACT_SERVICE && i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (r->arrangement != o->subject || date_before(r->due, o->from) ||
            !date_before(r->due, to) ||
            (!date_before(r->due, v->today) && !account_is_charged(g, r->id)) ||
            direct == (group_service(g, r->arrangement, r->due) == SERVICE_DIRECT_PAY))
            continue;
        return REFUSE(fail, "service_past",
                      "The payment due on %s was to be made as the service was then; let the "
                      "change count from a day after it.",
                      date_words(r->due, words));
    }
    return true;
}

/* The timeline names a sealed kind and says no more of it. */
static void fact_tell(struct verb *v, const char *what, const struct fact_order *o)
{
    bool sealed = fact_kind_table[o->kind].seal != DISCLOSURE_CLASS_OPEN;

    if (v->about.length) out_text(&v->about, "; ");
    out_print(&v->about, "%s: %s", fact_kind_table[o->kind].label,
              sealed && o->value ? SEALED_WORDS : what);
    out_text(&v->about, ", from ");
    out_date(&v->about, o->from);
    if (!sealed && o->evidence && *o->evidence) out_print(&v->about, " (%s)", o->evidence);
}

/* Who said it and on what evidence is shown to everyone who works on the case. */
static bool words_check(const struct fact_order *o, struct fail *fail)
{
    if (fact_kind_table[o->kind].seal == DISCLOSURE_CLASS_OPEN ||
        (!fact_words_tell(o->value, o->evidence) && !fact_words_tell(o->value, o->said_by)))
        return true;
    return REFUSE(fail, "evidence_tells",
                  "%s is kept sealed: say who said it and where it is written, not what it is.",
                  fact_kind_table[o->kind].label);
}

bool fact_assert(struct verb *v, struct group *g, const struct fact_order *o, struct fail *fail)
{
    date to = fact_until(g, o);

    if (!fact_value_check(o->kind, o->value, fail) || !subject_check(g, o, fail) ||
        !words_check(o, fail))
        return false;
    if (!date_before(o->from, to))
        return REFUSE(fail, "interval_empty", "%s: the end must come after the beginning.",
                      fact_kind_table[o->kind].label);
    if (!service_check(v, g, o, to, fail)) return false;
    fact_clear(v, g, o, to);
    struct sql_fact_list_row row = {
        .kind        = fact_kind_table[o->kind].name,
        .subject     = o->subject,
        .value       = o->value,
        .valid_from  = o->from,
        .valid_to    = to,
        .happened_on = o->happened_on,
        .said_by     = o->said_by ? o->said_by : "",
        .evidence    = o->evidence ? o->evidence : "",
    };
    fact_insert(v, row);
    fact_tell(v, o->value, o);
    group_refresh(v, g);
    return true;
}

bool fact_end(struct verb *v, struct group *g, const struct fact_order *o, struct fail *fail)
{
    bool found       = false;
    const char *kind = fact_kind_table[o->kind].name;

    for (size_t i = 0; i < g->fact_count; i++)
        found |= g->facts[i].subject == o->subject && !strcmp(g->facts[i].kind, kind) &&
                 date_before(o->from, g->facts[i].valid_to);
    if (!found)
        return REFUSE(fail, "fact_missing", "%s: nothing is recorded on that day that could end.",
                      fact_kind_table[o->kind].label);
    struct fact_order none = *o;
    none.value             = NULL;
    if (!service_check(v, g, &none, o->to, fail)) return false;
    fact_clear(v, g, o, o->to);
    fact_tell(v, "ends", &none);
    group_refresh(v, g);
    return true;
}

bool fact_adopt(struct verb *v, struct group *g, const struct fact_order *o, enum fact_kind to,
                struct fail *fail)
{
    const struct sql_fact_list_row *f = group_fact(g, o->kind, o->subject, o->from);
    struct sealed sealed              = group_sealed(g, f);
    struct fact_order adopted         = *o;

    if (!f || !sealed.text) return fact_end(v, g, o, fail);
    adopted.kind  = to;
    adopted.value = sealed_text(sealed);
    return fact_end(v, g, o, fail) && (to == FACT_KINDS || fact_assert(v, g, &adopted, fail));
}

/* The yearly figure in use: contributions come off whichever basis it is. */
static struct income_in_use income_in_use(const struct group *g, date day, struct arena *arena)
{
    const struct sql_decision_list_row *d = group_decision_at(g, day);
    struct income_in_use use              = { .basis = INCOME_BASIS_NONE };

    if (!d) return use;
    struct calculation c        = group_calculation(g, day, arena);
    const struct rule_income *i = &c.input.facts.income;
    if (!strcmp(d->basis, income_basis_words[INCOME_BASIS_CURRENT]))
        use = (struct income_in_use){ INCOME_BASIS_CURRENT, i->current_annual };
    else if (!strcmp(d->basis, income_basis_words[INCOME_BASIS_HISTORIC]))
        use = (struct income_in_use){ INCOME_BASIS_HISTORIC, i->historic_annual };
    use.annual = money_max(MONEY_NONE, money_subtract(use.annual, i->pension_contributions_annual));
    return use;
}

/* Whether a change is an end in the sense of A-106: the fact ends, or fewer children are supported
 * than were. */
static bool report_ends(const struct group *g, const struct change_report *r)
{
    if (!r->value) return true;
    if (r->kind != FACT_OTHER_CHILDREN && r->kind != FACT_OTHER_ARRANGEMENT_CHILDREN) return false;
    const struct sql_fact_list_row *f = group_fact(g, r->kind, r->subject, r->happened_on);
    return f && strtol(r->value, NULL, 10) < strtol(f->value, NULL, 10);
}

static date reported_on(const struct verb *v, const struct change_report *r)
{
    return r->reported_on ? *r->reported_on : v->today;
}

/* A change of current income against the figure in use on a day. */
static struct change change_against(const struct verb *v, const struct group *g,
                                    const struct change_report *r, date day)
{
    struct income_in_use use = income_in_use(g, day, v->arena);
    struct calculation c     = group_calculation(g, day, v->arena);
    money annual;

    BUG_UNLESS(money_parse(r->value, strlen(r->value), &annual));
    annual = money_subtract(annual, c.input.facts.income.pension_contributions_annual);
    return change_income(c.law, use, money_max(MONEY_NONE, annual), r->happened_on,
                         reported_on(v, r));
}

static struct change change_of(const struct verb *v, const struct group *g,
                               const struct change_report *r)
{
    bool income =
        r->kind == FACT_INCOME_CURRENT && r->value && group_decision_at(g, r->happened_on) != NULL;

    if (!income) return change_other(r->kind, report_ends(g, r), r->happened_on, reported_on(v, r));
    struct change then = change_against(v, g, r, r->happened_on);
    return then.had_duty ? then : change_against(v, g, r, reported_on(v, r));
}

/* A child who moves to another receiving parent ceases to be the first one's on the day it happened
 * and is the other's from the day it is reported: the change counts from the former. */
static bool report_leaves(struct verb *v, struct group *g, const struct change_report *r,
                          struct fact_order o, struct change *change, struct fail *fail)
{
    const struct sql_fact_list_row *f = group_fact(g, r->kind, r->subject, r->happened_on);

    if (r->kind != FACT_LIVES_WITH || !r->value || !f || !strcmp(f->value, r->value) ||
        !date_before(r->happened_on, change->counts_from))
        return true;
    o.from              = r->happened_on;
    o.to                = change->counts_from;
    change->counts_from = r->happened_on;
    return fact_end(v, g, &o, fail);
}

bool fact_report(struct verb *v, struct group *g, const struct change_report *r,
                 struct change *change, struct fail *fail)
{
    struct fact_order order = { .kind        = r->kind,
                                .subject     = r->subject,
                                .value       = r->value,
                                .to          = DATE_OPEN,
                                .happened_on = r->happened_on,
                                .said_by     = r->said_by,
                                .evidence    = r->evidence };

    if (r->value && !fact_value_check(r->kind, r->value, fail)) return false;
    if (date_before(v->today, r->happened_on) && fact_kind_table[r->kind].starts == EFFECT_INCOME)
        return REFUSE(fail, "not_yet", "A change of income counts once it has happened.");
    *change = change_of(v, g, r);
    if (g->arrangement_count && fact_kind_counts(r->kind)) {
        if (!group_decision_at(g, v->today) && date_before(r->happened_on, v->today))
            change->counts_from = r->happened_on;
        change->counts_from = date_max(change->counts_from, group_first_effective(g));
    }
    order.from = change->counts_from;
    if (!change->counts) {
        out_print(&v->about, "%s: a change to %s is under the tolerance; nothing changes (A-104)",
                  fact_kind_table[r->kind].label, r->value);
        return true;
    }
    if (!report_leaves(v, g, r, order, change, fail)) return false;
    return r->value ? fact_assert(v, g, &order, fail) : fact_end(v, g, &order, fail);
}
