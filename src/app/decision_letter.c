/* decision_letter.c: what a notice of decision says, from the decisions worked out again. */
#include "app/decision_letter_work.h"

#include "app/asking.h"

#include <string.h>

/* --- what the reader may be told --- */

/* Of the steps that are about the case as a whole and not about one receiving parent or child, what
 * the notice has to say to a receiving parent: the income used and whether it is historic
 * or current, the amounts of Schedule 1 and their decreases, what a variation comes to.  Not why a
 * nil or flat rate applies, which would tell of a prison, a home or a benefit, nor an income for
 * a year (the one used is told for a week, with its kind), nor what stands behind a variation. */
static const bool told_receiving[STEP_NOTES] = {
    [NOTE_NOBODY_TO_PAY]            = true,
    [NOTE_DEFAULT_AMOUNT]           = true,
    [NOTE_INCOME_GIVEN]             = true,
    [NOTE_INCOME_NONE]              = true,
    [NOTE_LESS_EXPENSES]            = true,
    [NOTE_PLUS_ADDITION]            = true,
    [NOTE_INCOME_NOT_BELOW_NOTHING] = true,
    [NOTE_INCOME_CAPPED]            = true,
    [NOTE_NIL_INCOME]               = true,
    [NOTE_FLAT_INCOME]              = true,
    [NOTE_FLAT_AMOUNT]              = true,
    [NOTE_REDUCED_CHOSEN]           = true,
    [NOTE_BASIC_CHOSEN]             = true,
    [NOTE_REDUCED_AMOUNT]           = true,
    [NOTE_OTHER_CHILDREN]           = true,
    [NOTE_BASIC_AMOUNT]             = true,
    [NOTE_PLUS_AMOUNT]              = true,
    [NOTE_ARRANGEMENT_SHARE]        = true,
    [NOTE_ARRANGEMENT_FLOOR]        = true,
    [NOTE_ADDITION_ALONE]           = true,
    [NOTE_ADDITION_CAPPED]          = true,
    [NOTE_FLAT_PLUS_ADDITION]       = true,
    [NOTE_FLOOR_CHOSEN]             = true,
    [NOTE_FLOOR_NOBODY]             = true,
    [NOTE_FLAT_NOTHING_LEFT]        = true,
    [NOTE_VARIATION_FLOOR]          = true,
    [NOTE_VARIATION_NO_FLOOR]       = true,
    [NOTE_TOTAL_ROUNDED]            = true,
};

static bool step_shows(const struct telling *w, const struct told *t, const struct explain_line *l)
{
    if (w->arrangement == 0) return true;
    if (t->receiver < 0) return false;
    const struct rule_receiver *own = &t->r.calculation.input.facts.receivers[t->receiver];
    switch (l->who.about) {
    case ABOUT_RECEIVER: return l->who.index == t->receiver;
    case ABOUT_CHILD:
        return l->who.index >= own->first_child &&
               l->who.index < own->first_child + own->child_count;
    case ABOUT_CASE: return told_receiving[l->note];
    case ABOUT_GROUND: break;
    }
    return false;
}

/* Whether a step that shows has one of the notes. */
static bool step_seen(const struct telling *w, const enum step_note *notes, size_t n)
{
    for (size_t i = 0; i < w->n; i++)
        for (int32_t k = 0; k < w->told[i].said[LETTER_ENGLISH].count; k++) {
            const struct explain_line *l = &w->told[i].said[LETTER_ENGLISH].lines[k];
            for (size_t m = 0; m < n && step_shows(w, &w->told[i], l); m++)
                if (l->note == notes[m]) return true;
        }
    return false;
}

/* --- words --- */

static const struct letter_words rates[RATES] = {
    [RATE_NIL]          = { { "nil", "dim" } },
    [RATE_FLAT]         = { { "flat", "unffurf" } },
    [RATE_REDUCED]      = { { "reduced", "gostyngol" } },
    [RATE_BASIC]        = { { "basic", "sylfaenol" } },
    [RATE_BASIC_PLUS]   = { { "basic plus", "sylfaenol a mwy" } },
    [RATE_DEFAULT]      = { { "default", "diofyn" } },
    [RATE_NO_LIABILITY] = { { "nothing is payable", "nid oes dim yn daladwy" } },
};
/* After an income. */
static const struct letter_words bases[INCOME_BASES] = {
    [INCOME_BASIS_NONE]     = { { "", "" } },
    [INCOME_BASIS_GIVEN]    = { { " (given)", " (a roddwyd)" } },
    [INCOME_BASIS_HISTORIC] = { { " (historic)", " (hanesyddol)" } },
    [INCOME_BASIS_CURRENT]  = { { " (current)", " (cyfredol)" } },
    [INCOME_BASIS_DEFAULT]  = { { "", "" } },
};
static const struct letter_words ended   = { { "ended", "wedi dod i ben" } };
static const struct letter_words nothing = { { "–", "–" } };

const char *decision_children(const struct group *g, const struct calculation *c,
                              int64_t arrangement, enum letter_language language,
                              struct arena *arena)
{
    struct out o = { .arena = arena };
    const char *name, *last = NULL;

    for (int32_t k = 0; k < c->input.facts.receiver_count; k++) {
        const struct rule_receiver *own = &c->input.facts.receivers[k];
        if (arrangement && c->arrangements[k] != arrangement) continue;
        for (int32_t i = own->first_child; i < own->first_child + own->child_count; i++) {
            name = group_person(g, c->children[i])->given;
            if (last) {
                if (o.length) out_text(&o, ", ");
                out_text(&o, last);
            }
            last = name;
        }
    }
    if (!last) return "";
    /* Welsh has "ac" where a vowel follows. */
    if (o.length)
        out_text(&o, language == LETTER_ENGLISH        ? " and "
                     : strchr("aeiouwyAEIOUWY", *last) ? " ac "
                                                       : " a ");
    out_text(&o, last);
    return out_string(&o);
}

static struct letter_words children_words(const struct telling *w, const struct told *t,
                                          int64_t arrangement)
{
    struct letter_words words;

    for (int i = 0; i < LETTER_LANGUAGES; i++)
        words.text[i] = decision_children(t->then, &t->r.calculation, arrangement,
                                          (enum letter_language)i, w->arena);
    return words;
}

static struct letter_words pounds_words(const struct telling *w, money m)
{
    struct out o = { .arena = w->arena };

    out_text(&o, "£");
    out_money(&o, m);
    return (struct letter_words){ { out_string(&o), out_string(&o) } };
}

static struct letter_words income_words(const struct telling *w, const struct told *t)
{
    struct letter_words words = pounds_words(w, t->r.decision->income);

    for (int i = 0; i < LETTER_LANGUAGES; i++)
        words.text[i] =
            arena_print(w->arena, "%s%s", words.text[i], bases[t->r.award.basis].text[i]);
    return words;
}

/* "From 3 November 2026", over its steps. */
static struct letter_words day_words(const struct telling *w, date day)
{
    char english[DATE_WORDS], welsh[DATE_WORDS];

    letter_date_words(day, LETTER_ENGLISH, english);
    letter_date_words(day, LETTER_WELSH, welsh);
    return (struct letter_words){ { arena_print(w->arena, "From %s", english),
                                    arena_print(w->arena, "O %s ymlaen", welsh) } };
}

/* --- reading --- */

static int32_t receiver_find(const struct calculation *c, int64_t arrangement)
{
    for (int32_t i = 0; i < c->input.facts.receiver_count; i++)
        if (c->arrangements[i] == arrangement) return i;
    return -1;
}

/* Whether something was decided before for the reader. */
static bool decided_before(const struct telling *w)
{
    for (size_t i = 0; i < w->before.award_count; i++)
        if (w->before.awards[i].arrangement == w->arrangement) return true;
    return w->arrangement == 0 && w->before.decision_count > 0;
}

static money gives(const struct telling *w, const struct group *g,
                   const struct sql_decision_list_row *d)
{
    return w->arrangement ? group_award(g, d->id, w->arrangement) : d->weekly;
}

/* One decision worked out again, in both languages. */
static bool told_read(struct telling *w, const struct sql_decision_list_row *d, struct told *t,
                      struct fail *fail)
{
    struct group *then = ARENA_NEW(w->arena, struct group);

    *t = (struct told){ .then = d->event == w->seq ? w->now : then };
    if (d->event != w->seq && !group_load_record(w->store, w->arena, w->pp, d->event, then, fail))
        return false;
    if (!decision_replay_of(t->then, d->id, w->arena, &t->r, fail)) return false;
    w->differs |= !t->r.agrees;
    t->said[LETTER_ENGLISH] = t->r.explained;
    t->said[LETTER_WELSH]   = decision_explain(&t->r, EXPLAIN_WELSH, w->arena);
    t->receiver             = receiver_find(&t->r.calculation, w->arrangement);
    t->now                  = gives(w, t->then, t->r.decision);
    t->old                  = group_decision_at(&w->before, d->effective_from);
    t->had                  = t->old != NULL && decided_before(w);
    t->was                  = t->had ? gives(w, &w->before, t->old) : MONEY_NONE;
    return true;
}

bool telling_read(struct telling *w, const bool *wanted, struct fail *fail)
{
    int64_t first = KNOWN_OPEN;

    w->told = ARENA_MANY(w->arena, struct told, w->now->decision_count + 1);
    for (size_t i = 0; i < w->now->decision_count; i++)
        if (wanted[i] && w->now->decisions[i].event < first) first = w->now->decisions[i].event;
    if (!group_load_record(w->store, w->arena, w->pp, first - 1, &w->before, fail)) return false;
    for (size_t i = 0; i < w->now->decision_count; i++)
        if (wanted[i] && !told_read(w, &w->now->decisions[i], &w->told[w->n++], fail)) return false;
    return true;
}

/* --- what it says --- */

/* What the reader should see first: what holds on the day, or the first to come. */
static const struct told *main_of(const struct telling *w)
{
    const struct told *t = &w->told[0];

    for (size_t i = 0; i < w->n; i++)
        if (!date_before(w->day, w->told[i].r.decision->effective_from)) t = &w->told[i];
    return t;
}

static bool has_part(const struct telling *w, const struct told *t)
{
    return w->arrangement ? t->receiver >= 0 : t->r.calculation.input.facts.receiver_count > 0;
}

/* Why it was decided: the decision that was ordered comes first in its event, and the newest event
 * counts. */
static enum decision_kind kind_of(const struct telling *w)
{
    const struct sql_decision_list_row *best = w->told[0].r.decision;

    for (size_t i = 1; i < w->n; i++) {
        const struct sql_decision_list_row *d = w->told[i].r.decision;
        if (d->event > best->event || (d->event == best->event && d->id < best->id)) best = d;
    }
    return decision_kind_find(best->kind);
}

static void kind_fill(const struct telling *w, struct letter_decision_notice *n)
{
    enum decision_kind kind = kind_of(w);

    n->first     = !decided_before(w) && !n->ends;
    n->revised   = kind == DECISION_REVISION;
    n->corrected = kind == DECISION_CORRECTION;
    n->informed  = kind == DECISION_REPLACEMENT;
    n->review    = kind == DECISION_ANNUAL_REVIEW && !n->ends;
    n->law       = kind == DECISION_LAW_CHANGE && !n->ends;
    n->changed =
        !(n->first || n->revised || n->corrected || n->informed || n->review || n->law || n->ends);
    if (n->first) n->changed = n->informed = n->review = n->law = false;
}

static void income_fill(const struct telling *w, const struct told *t,
                        struct letter_decision_notice *n)
{
    bool is_default   = t->r.calculation.input.facts.default_decision;
    bool known        = n->single && t->r.decision->has_income;
    n->income_yours   = known && !w->arrangement;
    n->income_theirs  = known && w->arrangement;
    n->income         = t->r.decision->income;
    n->historic       = known && t->r.award.basis == INCOME_BASIS_HISTORIC;
    n->current        = known && t->r.award.basis == INCOME_BASIS_CURRENT;
    n->given          = known && t->r.award.basis == INCOME_BASIS_GIVEN;
    n->estimated      = is_default && !n->ends;
    n->missing_yours  = n->estimated && !w->arrangement;
    n->missing_theirs = n->estimated && w->arrangement;
}

/* Children somebody is to be paid for. */
static int32_t children_count(const struct told *t)
{
    const struct rule_facts *f = &t->r.calculation.input.facts;
    int32_t count              = 0;

    for (int32_t i = 0; i < f->receiver_count; i++)
        count += f->receivers[i].equal_care ? 0 : f->receivers[i].child_count;
    return count;
}

static void facts_fill(const struct telling *w, const struct told *t,
                       struct letter_decision_notice *n)
{
    static const enum step_note sharing[]   = { NOTE_NIGHTS_BAND, NOTE_FLAT_SHARED_CARE,
                                                NOTE_EQUAL_CARE };
    static const enum step_note variation[] = { NOTE_LESS_EXPENSES, NOTE_PLUS_ADDITION,
                                                NOTE_ADDITION_ALONE, NOTE_FLAT_PLUS_ADDITION };

    n->single      = w->n == 1 && !n->ends;
    n->facts       = !n->ends || w->n > 1;
    n->alone       = n->single && t->r.calculation.input.facts.receiver_count == 1;
    n->divided     = n->single && !n->alone;
    n->children    = n->ends ? nothing : children_words(w, t, w->arrangement);
    n->child_count = children_count(t);
    n->other_count = t->r.calculation.input.facts.relevant_other_children;
    n->rate        = n->ends ? ended : rates[t->r.award.rate];
    n->shared      = step_seen(w, sharing, sizeof sharing / sizeof *sharing);
    n->not_shared  = n->facts && !n->shared;
    n->varied      = step_seen(w, variation, sizeof variation / sizeof *variation);
    income_fill(w, t, n);
}

static void days_fill(const struct telling *w, struct letter_decision_notice *n)
{
    struct letter_decision_notice_period *period =
        ARENA_MANY(w->arena, struct letter_decision_notice_period, w->n);
    struct letter_decision_notice_fact *fact =
        ARENA_MANY(w->arena, struct letter_decision_notice_fact, w->n);

    n->several = w->n > 1;
    for (size_t i = 0; n->several && i < w->n; i++) {
        const struct told *t = &w->told[i];
        date from            = t->r.decision->effective_from;
        bool has             = has_part(w, t);
        period[i]            = (struct letter_decision_notice_period){
                       from, t->had ? pounds_words(w, t->was) : nothing, t->now
        };
        fact[i] = (struct letter_decision_notice_fact){
            .from     = from,
            .income   = has && t->r.decision->has_income ? income_words(w, t) : nothing,
            .rate     = has ? rates[t->r.award.rate] : ended,
            .children = has ? arena_print(w->arena, "%d; %d", (int)children_count(t),
                                          (int)t->r.calculation.input.facts.relevant_other_children)
                            : "–",
        };
    }
    n->period       = period;
    n->fact         = fact;
    n->period_count = n->fact_count = n->several ? w->n : 0;
}

static void steps_fill(const struct telling *w, struct letter_decision_notice *n)
{
    size_t most = w->n;

    for (size_t i = 0; i < w->n; i++)
        most += (size_t)w->told[i].said[LETTER_ENGLISH].count;
    struct letter_decision_notice_step *rows =
        ARENA_MANY(w->arena, struct letter_decision_notice_step, most + 1);
    for (size_t i = 0; i < w->n; i++) {
        const struct told *t = &w->told[i];
        size_t head          = n->step_count;
        if (n->several)
            rows[n->step_count++] =
                (struct letter_decision_notice_step){ day_words(w, t->r.decision->effective_from),
                                                      "" };
        for (int32_t k = 0; k < t->said[LETTER_ENGLISH].count; k++) {
            const struct explain_line *english = &t->said[LETTER_ENGLISH].lines[k],
                                      *welsh   = &t->said[LETTER_WELSH].lines[k];
            if (step_shows(w, t, english))
                rows[n->step_count++] =
                    (struct letter_decision_notice_step){ { { english->label, welsh->label } },
                                                          english->cite };
            else
                n->left_out = true;
        }
        if (n->several && n->step_count == head + 1) n->step_count = head;
    }
    n->step      = rows;
    n->explained = n->step_count > 0;
    n->left_out  = n->left_out && n->explained;
}

/* The parts add up to the amount, whoever reads it. */
static void shares_fill(const struct telling *w, const struct told *t,
                        struct letter_decision_notice *n)
{
    const struct calculation *c = &t->r.calculation;
    struct letter_decision_notice_share *rows =
        ARENA_MANY(w->arena, struct letter_decision_notice_share, w->now->arrangement_count + 1);

    for (int32_t i = 0; i < c->input.facts.receiver_count; i++) {
        int64_t id = c->arrangements[i];
        if (w->arrangement && id != w->arrangement) continue;
        const struct sql_group_people_row *p =
            group_person(t->then, group_arrangement(t->then, id)->rp);
        rows[n->share_count++] = (struct letter_decision_notice_share){
            arena_print(w->arena, "%s %s", p->given, p->family), children_words(w, t, id),
            group_award(t->then, t->r.decision->id, id)
        };
    }
    n->share = rows;
    n->parts = !w->arrangement && n->share_count > 1;
}

bool telling_fill(const struct telling *w, struct letter_decision_notice *n, struct fail *fail)
{
    const struct told *t  = main_of(w);
    const struct law *law = law_at((enum jurisdiction)w->now->arrangements[0].jurisdiction, w->day);

    *n = (struct letter_decision_notice){
        .ends         = !has_part(w, t),
        .weekly       = t->now,
        .effective    = t->r.decision->effective_from,
        .replaces     = t->had,
        .was          = t->was,
        .was_made     = w->day,
        .challenge_by = asking_in_time(law, w->day),
        .appeal_by    = date_add_months(w->day, law->appeal_months),
    };
    n->pays = !n->ends && !w->arrangement;
    n->gets = !n->ends && w->arrangement;
    kind_fill(w, n);
    facts_fill(w, t, n);
    days_fill(w, n);
    steps_fill(w, n);
    shares_fill(w, t, n);
    return !t->had ||
           decision_made_on(w->store, w->arena, w->pp, t->old->event, &n->was_made, fail);
}
