/* fact.c: asserting, ending and reporting facts. */
#include "app/fact.h"

#include "base/bug.h"

#include <string.h>

static bool fact_insert(struct verb *v, struct sql_fact_list_row row, struct fail *fail)
{
    struct sql_fact_last_row last;
    bool found;

    if (!sql_fact_last(v->store, &(struct sql_fact_last_in){ .pp = v->pp }, v->arena, &last, &found,
                       fail))
        return false;
    struct sql_fact_insert_in in = {
        .pp          = v->pp,
        .id          = last.id + 1,
        .event       = v->seq,
        .known_to    = KNOWN_OPEN,
        .kind        = row.kind,
        .subject     = row.subject,
        .value       = row.value,
        .valid_from  = row.valid_from,
        .valid_to    = row.valid_to,
        .happened_on = row.happened_on,
        .said_by     = row.said_by,
        .evidence    = row.evidence,
    };
    return sql_fact_insert(v->store, &in, fail);
}

/* Takes [from, to) out of what is believed of a kind and subject: rows that reach into it are
 * closed, and what lies outside is believed anew on the same evidence. */
static bool fact_clear(struct verb *v, struct group *g, const struct fact_order *o, date to,
                       struct fail *fail)
{
    const char *kind = fact_kind_table[o->kind].name;

    for (size_t i = 0; i < g->fact_count; i++) {
        struct sql_fact_list_row f = g->facts[i];
        if (f.subject != o->subject || strcmp(f.kind, kind) || !date_before(f.valid_from, to) ||
            !date_before(o->from, f.valid_to))
            continue;
        struct sql_fact_close_in close = { .pp = v->pp, .id = f.id, .event = v->seq };
        if (!sql_fact_close(v->store, &close, fail)) return false;
        struct sql_fact_list_row before = f, after = f;
        before.valid_to  = o->from;
        after.valid_from = to;
        if (date_before(before.valid_from, before.valid_to) && !fact_insert(v, before, fail))
            return false;
        if (date_before(after.valid_from, after.valid_to) && !fact_insert(v, after, fail))
            return false;
    }
    return true;
}

static bool subject_check(const struct group *g, const struct fact_order *o, struct fail *fail)
{
    switch (fact_kind_table[o->kind].subject) {
    case SUBJECT_PAYER:
        return o->subject == 0 || REFUSE(fail, "subject_wrong", "%s is about the paying parent.",
                                         fact_kind_table[o->kind].label);
    case SUBJECT_CHILD:
    case SUBJECT_PERSON:
        return group_person(g, o->subject) != NULL || o->kind == FACT_LIVES_WITH ||
               REFUSE(fail, "subject_wrong", "%s: that person is not of this family.",
                      fact_kind_table[o->kind].label);
    case SUBJECT_ARRANGEMENT:
        return group_arrangement(g, o->subject) != NULL ||
               REFUSE(fail, "subject_wrong", "%s: that arrangement is not of this family.",
                      fact_kind_table[o->kind].label);
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

static void fact_tell(struct verb *v, const char *what, const struct fact_order *o)
{
    if (v->about.length) out_text(&v->about, "; ");
    out_print(&v->about, "%s: %s", fact_kind_table[o->kind].label, what);
    out_text(&v->about, ", from ");
    out_date(&v->about, o->from);
    if (o->evidence && *o->evidence) out_print(&v->about, " (%s)", o->evidence);
}

bool fact_assert(struct verb *v, struct group *g, const struct fact_order *o, struct fail *fail)
{
    date to = fact_until(g, o);

    if (!fact_value_check(o->kind, o->value, fail) || !subject_check(g, o, fail)) return false;
    if (!date_before(o->from, to))
        return REFUSE(fail, "interval_empty", "%s: the end must come after the beginning.",
                      fact_kind_table[o->kind].label);
    if (!fact_clear(v, g, o, to, fail)) return false;
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
    if (!fact_insert(v, row, fail)) return false;
    fact_tell(v, o->value, o);
    return group_reload(v, g, fail);
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
    if (!fact_clear(v, g, o, o->to, fail)) return false;
    fact_tell(v, "ends", o);
    return group_reload(v, g, fail);
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

static struct change change_of(const struct verb *v, const struct group *g,
                               const struct change_report *r)
{
    struct income_in_use use = income_in_use(g, r->happened_on, v->arena);
    money annual, contributions = MONEY_NONE;

    if (r->kind != FACT_INCOME_CURRENT || !r->value || use.basis == INCOME_BASIS_NONE)
        return change_other(r->kind, !r->value, r->happened_on, v->today);
    struct calculation c = group_calculation(g, r->happened_on, v->arena);
    contributions        = c.input.facts.income.pension_contributions_annual;
    BUG_UNLESS(money_parse(r->value, strlen(r->value), &annual));
    annual = money_max(MONEY_NONE, money_subtract(annual, contributions));
    return change_income(c.law, use, annual, r->happened_on, v->today);
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
    if (g->arrangement_count &&
        date_before(change->counts_from, g->arrangements[0].effective_from) &&
        fact_kind_counts(r->kind))
        change->counts_from = g->arrangements[0].effective_from;
    if (!group_decision_at(g, v->today) && fact_kind_counts(r->kind) && g->arrangement_count &&
        date_before(r->happened_on, v->today))
        change->counts_from = date_max(r->happened_on, g->arrangements[0].effective_from);
    order.from = change->counts_from;
    if (!change->counts) {
        out_print(&v->about, "%s: a change to %s is under the tolerance; nothing changes (A-104)",
                  fact_kind_table[r->kind].label, r->value);
        return true;
    }
    return r->value ? fact_assert(v, g, &order, fail) : fact_end(v, g, &order, fail);
}
