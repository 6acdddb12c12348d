/* scenario_show.c: what a scenario prints for the person who plays it. */
#include "app/decide.h"
#include "app/scenario_play.h"
#include "app/statement.h"

#include <string.h>

static date day_of(const struct play_step *s, enum clause c, date otherwise)
{
    return s->clauses[c].given ? s->clauses[c].day : otherwise;
}

static const char *pounds(struct play *p, money m)
{
    char text[MONEY_TEXT];
    return arena_print(&p->step, "%s", money_pounds(m, text));
}

static const char *day_words(struct play *p, date d)
{
    char text[DATE_WORDS];
    return arena_print(&p->step, "%s", date_words(d, text));
}

static const char *person_words(struct play *p, const struct group *g, int64_t id)
{
    const struct sql_group_people_row *who = group_person(g, id);
    return who ? arena_print(&p->step, "%s %s", who->given, who->family) : "somebody";
}

static bool show_balance(struct play *p, const struct play_step *s, const struct group *g,
                         struct out *o, struct fail *fail)
{
    struct standing st;
    date at = day_of(s, CLAUSE_AT, p->today), known = day_of(s, CLAUSE_KNOWN, p->today);

    if (!account_standing(p->order.store, &p->step, p->pp, at, known, &st, fail)) return false;
    out_print(o, "Balance of %s as at %s, as known on %s\n", person_words(p, g, g->pp),
              day_words(p, at), day_words(p, known));
    out_print(o, "  %-28s %14s\n", st.owed.p < 0 ? "in credit" : "owed",
              pounds(p, st.owed.p < 0 ? money_negate(st.owed) : st.owed));
    out_print(o, "  %-28s %14s\n", "of it maintenance", pounds(p, st.balances.group.maintenance));
    out_print(o, "  %-28s %14s\n", "of it fees", pounds(p, st.balances.group.fee));
    out_print(o, "  %-28s %14s\n", "held for them", pounds(p, st.balances.group.credit));
    out_print(o, "  %-28s %14s\n", "overdue", pounds(p, st.overdue));
    for (int i = 0; i < AGE_BANDS; i++)
        if (st.ages.band[i].p)
            out_print(o, "  %-28s %14s\n", age_words((enum age_band)i), pounds(p, st.ages.band[i]));
    for (size_t i = 0; i < g->arrangement_count; i++) {
        const struct balance *b = balance_find(&st.balances, g->arrangements[i].id);
        out_print(o, "  to %-25s %14s\n", person_words(p, g, g->arrangements[i].rp),
                  pounds(p, b ? b->maintenance : MONEY_NONE));
    }
    return true;
}

static bool show_statement(struct play *p, const struct play_step *s, const struct group *g,
                           struct out *o, struct fail *fail)
{
    struct statement st;
    int64_t arrangement = 0;

    if (s->clauses[CLAUSE_OF].given &&
        !play_arrangement(p, g, s->clauses[CLAUSE_OF].text, &arrangement, fail))
        return false;
    if (!statement_make(p->order.store, &p->step, p->pp, arrangement,
                        day_of(s, CLAUSE_AT, p->today), day_of(s, CLAUSE_KNOWN, p->today), &st,
                        fail))
        return false;
    out_print(o, "Statement of %s\n",
              person_words(p, g, arrangement ? group_arrangement(g, arrangement)->rp : g->pp));
    for (size_t i = 0; i < st.n; i++)
        out_print(o, "  %-18s %12s %12s  %s (%s)\n", day_words(p, st.at[i].day),
                  pounds(p, st.at[i].change), pounds(p, st.at[i].owed),
                  st.at[i].sentence.text[LETTER_ENGLISH], st.at[i].cause.text[LETTER_ENGLISH]);
    return true;
}

static bool show_decision(struct play *p, const struct play_step *s, const struct group *g,
                          struct out *o, struct fail *fail)
{
    struct decision_replay r;
    const struct sql_decision_list_row *d = group_decision_at(g, day_of(s, CLAUSE_ON, p->today));

    if (!d) return FAIL(fail, FAIL_REFUSED, "no_decision", "no decision is in force on that day.");
    if (!decision_replay(p->order.store, &p->step, p->pp, d->id, &r, fail)) return false;
    enum decision_kind kind = decision_kind_find(d->kind);
    out_print(o, "%s from %s: %s a week (%s)\n",
              kind == DECISION_KINDS ? d->kind : decision_kind_table[kind].label,
              day_words(p, d->effective_from), pounds(p, d->weekly), d->rate);
    for (int32_t i = 0; i < r.explained.count; i++) {
        const struct explain_line *l = &r.explained.lines[i];
        out_print(o, "  %-6s %s%s%s\n", l->rule, l->label, l->amount ? ": " : "",
                  l->amount ? l->amount : "");
    }
    for (size_t i = 0; i < g->arrangement_count; i++)
        out_print(o, "  to %s: %s a week\n", person_words(p, g, g->arrangements[i].rp),
                  pounds(p, group_award(g, d->id, g->arrangements[i].id)));
    return true;
}

static bool show_timeline(struct play *p, struct out *o, struct fail *fail)
{
    struct sql_event_list_row *events;
    size_t n;

    if (!sql_event_list(p->order.store,
                        &(struct sql_event_list_in){ .pp = p->pp, .upto = KNOWN_OPEN - 1 },
                        &p->step, &events, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        out_print(o, "  %-18s %-9s %-12s %s\n", day_words(p, events[i].day), events[i].verb,
                  events[i].actor, events[i].about);
    return true;
}

static bool show_facts(const struct group *g, struct out *o)
{
    char from[DATE_TEXT], to[DATE_TEXT];

    for (size_t i = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        out_print(o, "  %-26s %5lld  %-20s from %s to %s\n", f->kind, (long long)f->subject,
                  f->value, date_text(f->valid_from, from),
                  date_before(f->valid_to, DATE_OPEN) ? date_text(f->valid_to, to)
                                                      : "further notice");
    }
    return true;
}

bool play_show(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct out o = { .arena = &p->step };
    struct group g;

    if (!play_group(p, &g, fail)) return false;
    if (!(!strcmp(s->word, "balance")     ? show_balance(p, s, &g, &o, fail)
          : !strcmp(s->word, "statement") ? show_statement(p, s, &g, &o, fail)
          : !strcmp(s->word, "decision")  ? show_decision(p, s, &g, &o, fail)
          : !strcmp(s->word, "timeline")  ? show_timeline(p, &o, fail)
                                          : show_facts(&g, &o)))
        return false;
    p->order.tell(p->order.context, PLAY_SHOWS, out_string(&o));
    return true;
}

/* What each parent would notice: the weekly amount and the balance, before and after. */
bool play_preview(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct verb v;
    struct group g;
    struct out o = { .arena = &p->step };

    if (!play_verb(p, "preview", &v, &g, fail)) return false;
    struct group before         = g;
    struct decision_order order = play_decision_order(p, s, &g);
    struct standing was         = account_standing_of(&before, p->today, p->today, &p->step);
    if (!decision_make(&v, &g, &order, fail) || !verb_close(&v, fail) || !play_group(p, &g, fail))
        return false;
    struct standing now = account_standing_of(&g, p->today, p->today, &p->step);
    out_print(&o, "If decided (%s from %s); nothing is changed by looking:\n",
              decision_kind_table[order.kind].label, day_words(p, order.from));
    out_print(&o, "  %s: owed %s, would be %s\n", person_words(p, &g, g.pp), pounds(p, was.owed),
              pounds(p, now.owed));
    for (size_t i = 0; i < g.arrangement_count; i++) {
        int64_t id                            = g.arrangements[i].id;
        const struct sql_decision_list_row *a = group_decision_at(&before, order.from);
        const struct sql_decision_list_row *b = group_decision_at(&g, order.from);
        out_print(&o, "  %s: %s a week, would be %s\n", person_words(p, &g, g.arrangements[i].rp),
                  pounds(p, a ? group_award(&before, a->id, id) : MONEY_NONE),
                  pounds(p, b ? group_award(&g, b->id, id) : MONEY_NONE));
    }
    p->order.tell(p->order.context, PLAY_SHOWS, out_string(&o));
    return true;
}
