/* explain.c: one sentence for each note, with slots, and what each slot says.  The sentences are
 * the project's own; a slot is a word in braces and is filled from the step, the facts or the law,
 * so that no number is typed here. */
#include "rule/explain.h"

#include "base/out.h"
#include "law/law.h"
#include "rule/explain_parts.h"
#include "rule/explain_words.h"

#include <string.h>

struct explainer {
    const struct rule_facts *facts;
    const struct law *law;
    const struct explain_names *names;
    const struct explain_tongue *tongue;
    const struct step *step;
    struct out text;
    int32_t children; /* those somebody is to be paid for */
    int32_t column, other_column;
};

typedef void slot_writer(struct explainer *e);

/* ---- what a slot says --------------------------------------------------------------------- */

static void say_text(struct explainer *e, const char *text)
{
    out_text(&e->text, text);
}
static void say_exact(struct explainer *e, exact amount)
{
    out_end(&e->text, exact_put_pounds(amount, out_room(&e->text, EXACT_TEXT)));
}
static void say_money(struct explainer *e, money amount)
{
    say_exact(e, exact_of_money(amount));
}
static void say_ratio(struct explainer *e, ratio r)
{
    char buffer[EXACT_TEXT];
    say_text(e, ratio_text(r, buffer));
}
static void say_number(struct explainer *e, int32_t n)
{
    out_number(&e->text, n);
}
/* The two sides of a phrase; what stands between them is said in between. */
static void say_before(struct explainer *e, enum explain_word word)
{
    const struct explain_phrase *p = &e->tongue->phrases[word];
    out_bytes(&e->text, p->before, p->before_length);
}
static void say_after(struct explainer *e, enum explain_word word)
{
    const struct explain_phrase *p = &e->tongue->phrases[word];
    out_bytes(&e->text, p->after, p->after_length);
}
static void say_counted(struct explainer *e, int32_t n, enum explain_word one,
                        enum explain_word many)
{
    enum explain_word word = n == 1 ? one : many;

    say_before(e, word);
    say_number(e, n);
    say_after(e, word);
}
static void say_children(struct explainer *e, int32_t n)
{
    say_counted(e, n, PHRASE_CHILD, PHRASE_CHILDREN);
}
static void say_name(struct explainer *e, enum explain_word word, const struct span *names,
                     int32_t index)
{
    say_before(e, word);
    if (!names) {
        say_number(e, index + 1);
        say_after(e, word);
        return;
    }
    size_t from = e->text.length;
    out_bytes(&e->text, names[index].at, names[index].length);
    for (char *c = e->text.at + from; c < e->text.at + e->text.length; c++)
        if (*c == '\0') /* a line is NUL-terminated; an id may hold any character */
            *c = '?';
    say_after(e, word);
}
static exact gap(const struct explainer *e)
{
    exact apart = exact_subtract(e->step->after, e->step->before);
    return apart.n < 0 ? exact_negate(apart) : apart;
}
static const struct rule_child *child(const struct explainer *e)
{
    return &e->facts->children[e->step->who.index];
}

static void slot_before(struct explainer *e)
{
    say_exact(e, e->step->before);
}
static void slot_after(struct explainer *e)
{
    say_exact(e, e->step->after);
}
static void slot_gap(struct explainer *e)
{
    say_exact(e, gap(e));
}
static void slot_count(struct explainer *e)
{
    say_number(e, e->step->count);
}
static void slot_counted(struct explainer *e)
{
    say_children(e, e->step->count);
}
static void slot_who(struct explainer *e)
{
    const struct explain_names *names = e->names;
    struct who who                    = e->step->who;

    if (who.about == ABOUT_RECEIVER)
        say_name(e, PHRASE_RECEIVER, names ? names->receivers : NULL, who.index);
    else
        say_name(e, PHRASE_ONE_CHILD, names ? names->children : NULL, who.index);
}
static void slot_ground(struct explainer *e)
{
    say_text(e, e->tongue->grounds[e->step->who.index]);
}
static void slot_own(struct explainer *e)
{
    say_number(e, e->facts->receivers[e->step->who.index].child_count);
}
static void slot_own_counted(struct explainer *e)
{
    say_children(e, e->facts->receivers[e->step->who.index].child_count);
}
/* Of the floor: how many of the receiving parent's children it is shared among. */
static void slot_own_payable(struct explainer *e)
{
    exact whole = exact_times(e->step->after, e->step->count);
    say_number(e, (int32_t)(whole.n / (whole.d * e->law->flat_rate.p)));
}
static void slot_nights(struct explainer *e)
{
    say_number(e, child(e)->nights);
}
static void slot_authority(struct explainer *e)
{
    say_number(e, child(e)->local_authority_nights);
}
/* The amount after the step is a share of one, not money. */
static void slot_share(struct explainer *e)
{
    say_ratio(e, (ratio){ (int32_t)e->step->after.n, (int32_t)e->step->after.d });
}
static void slot_share_before(struct explainer *e)
{
    say_ratio(e, (ratio){ (int32_t)e->step->before.n, (int32_t)e->step->before.d });
}
/* What part of before was taken off. */
static void slot_part_off(struct explainer *e)
{
    exact off = gap(e), whole = e->step->before;
    exact part = exact_ratio_of(off, whole);
    say_number(e, (int32_t)part.n);
    say_text(e, "/");
    say_number(e, (int32_t)part.d);
}
static void slot_contributions(struct explainer *e)
{
    say_money(e, e->facts->income.pension_contributions_annual);
}
static void slot_benefit_weekly(struct explainer *e)
{
    say_money(e, e->facts->benefit_weekly);
}
static void slot_circumstance(struct explainer *e)
{
    say_text(e, e->tongue->circumstances[e->facts->circumstance]);
}
static void slot_benefit(struct explainer *e)
{
    say_text(e, e->tongue->benefits[e->facts->benefit]);
}
static void slot_children(struct explainer *e)
{
    say_children(e, e->children);
}
/* The children the rate is for, those of other arrangements too. */
static void slot_rate_children(struct explainer *e)
{
    say_children(e, e->children + e->facts->other_arrangement_children);
}
static void slot_others(struct explainer *e)
{
    say_counted(e, e->facts->relevant_other_children, PHRASE_OTHER_CHILD, PHRASE_OTHER_CHILDREN);
}
static void slot_arrangement(struct explainer *e)
{
    say_children(e, e->facts->other_arrangement_children);
}
static void slot_over(struct explainer *e)
{
    money limit =
        e->step->note == NOTE_PLUS_AMOUNT ? e->law->basic_income_limit : e->law->flat_income_limit;
    say_exact(e, exact_add_money(e->step->before, money_negate(limit)));
}
static void slot_reduced_percent(struct explainer *e)
{
    say_ratio(e, e->law->reduced_percent[e->column][e->other_column]);
}
static void slot_others_percent(struct explainer *e)
{
    say_ratio(e, e->law->other_children_percent[e->other_column]);
}
static void slot_basic_percent(struct explainer *e)
{
    say_ratio(e, e->law->basic_percent[e->column]);
}
static void slot_plus_percent(struct explainer *e)
{
    say_ratio(e, e->law->basic_plus_percent[e->column]);
}
static void slot_tolerance(struct explainer *e)
{
    say_ratio(e, e->law->income_tolerance);
}
static void slot_yield(struct explainer *e)
{
    say_ratio(e, e->law->asset_yield);
}
static void slot_flat(struct explainer *e)
{
    say_money(e, e->law->flat_rate);
}
static void slot_nil(struct explainer *e)
{
    say_money(e, e->law->nil_threshold);
}
static void slot_flat_limit(struct explainer *e)
{
    say_money(e, e->law->flat_income_limit);
}
static void slot_basic_limit(struct explainer *e)
{
    say_money(e, e->law->basic_income_limit);
}
static void slot_unearned_limit(struct explainer *e)
{
    say_money(e, e->law->unearned_income_threshold);
}
static void slot_asset_limit(struct explainer *e)
{
    say_money(e, e->law->asset_threshold);
}
static void slot_extra(struct explainer *e)
{
    say_money(e, e->law->shared_care_extra);
}
static void slot_year_days(struct explainer *e)
{
    say_number(e, e->law->year_days);
}
static void slot_week_days(struct explainer *e)
{
    say_number(e, e->law->week_days);
}
static void slot_year_weeks(struct explainer *e)
{
    say_number(e, e->law->year_weeks);
}
static void slot_first_nights(struct explainer *e)
{
    say_number(e, e->law->shared_care_nights[1]);
}
static void slot_last_nights(struct explainer *e)
{
    const int32_t *nights = e->law->shared_care_nights;
    say_number(e, nights[sizeof e->law->shared_care_nights / sizeof *nights - 1]);
}
static void slot_authority_first(struct explainer *e)
{
    say_number(e, e->law->local_authority_nights[1]);
}
static void slot_authority_last(struct explainer *e)
{
    const int32_t *nights = e->law->local_authority_nights;
    say_number(e, nights[sizeof e->law->local_authority_nights / sizeof *nights - 1]);
}
static void slot_is_over(struct explainer *e)
{
    say_before(e, e->law->other_income_threshold_inclusive ? PHRASE_AT_LEAST : PHRASE_MORE_THAN);
}
static void slot_is_not_over(struct explainer *e)
{
    say_before(e,
               e->law->other_income_threshold_inclusive ? PHRASE_LESS_THAN : PHRASE_NOT_MORE_THAN);
}

static slot_writer *const slots[SLOTS] = {
    [SLOT_BEFORE]          = slot_before,
    [SLOT_AFTER]           = slot_after,
    [SLOT_WHO]             = slot_who,
    [SLOT_GAP]             = slot_gap,
    [SLOT_GROUND]          = slot_ground,
    [SLOT_COUNT]           = slot_count,
    [SLOT_COUNTED]         = slot_counted,
    [SLOT_OWN]             = slot_own,
    [SLOT_OWN_COUNTED]     = slot_own_counted,
    [SLOT_OWN_PAYABLE]     = slot_own_payable,
    [SLOT_NIGHTS]          = slot_nights,
    [SLOT_AUTHORITY]       = slot_authority,
    [SLOT_SHARE]           = slot_share,
    [SLOT_SHARE_BEFORE]    = slot_share_before,
    [SLOT_PART_OFF]        = slot_part_off,
    [SLOT_YEAR_DAYS]       = slot_year_days,
    [SLOT_WEEK_DAYS]       = slot_week_days,
    [SLOT_YEAR_WEEKS]      = slot_year_weeks,
    [SLOT_CHILDREN]        = slot_children,
    [SLOT_RATE_CHILDREN]   = slot_rate_children,
    [SLOT_OTHERS]          = slot_others,
    [SLOT_ARRANGEMENT]     = slot_arrangement,
    [SLOT_OVER]            = slot_over,
    [SLOT_BASIC_PERCENT]   = slot_basic_percent,
    [SLOT_PLUS_PERCENT]    = slot_plus_percent,
    [SLOT_REDUCED_PERCENT] = slot_reduced_percent,
    [SLOT_OTHERS_PERCENT]  = slot_others_percent,
    [SLOT_TOLERANCE]       = slot_tolerance,
    [SLOT_YIELD]           = slot_yield,
    [SLOT_FLAT]            = slot_flat,
    [SLOT_NIL]             = slot_nil,
    [SLOT_FLAT_LIMIT]      = slot_flat_limit,
    [SLOT_BASIC_LIMIT]     = slot_basic_limit,
    [SLOT_UNEARNED_LIMIT]  = slot_unearned_limit,
    [SLOT_ASSET_LIMIT]     = slot_asset_limit,
    [SLOT_EXTRA]           = slot_extra,
    [SLOT_FIRST_NIGHTS]    = slot_first_nights,
    [SLOT_LAST_NIGHTS]     = slot_last_nights,
    [SLOT_AUTHORITY_FIRST] = slot_authority_first,
    [SLOT_AUTHORITY_LAST]  = slot_authority_last,
    [SLOT_CONTRIBUTIONS]   = slot_contributions,
    [SLOT_BENEFIT_WEEKLY]  = slot_benefit_weekly,
    [SLOT_CIRCUMSTANCE]    = slot_circumstance,
    [SLOT_BENEFIT]         = slot_benefit,
    [SLOT_IS_OVER]         = slot_is_over,
    [SLOT_IS_NOT_OVER]     = slot_is_not_over,
};

/* ---- the sentence ------------------------------------------------------------------------- */

static void say_sentence(struct explainer *e, const struct explain_sentence *sentence)
{
    for (const struct explain_part *p = sentence->parts; p < sentence->parts + sentence->count;
         p++) {
        out_bytes(&e->text, p->text, p->length);
        if (p->slot != SLOT_NONE) slots[p->slot](e);
    }
}

/* Where in the text a line's label and amount begin and end; the text moves while it grows. */
struct explain_place {
    size_t label, label_end, amount, amount_end;
};

static struct explain_place explain_step(struct explainer *e)
{
    const struct step *s       = e->step;
    bool moved                 = s->kind == STEP_MOVED && s->note != NOTE_FRACTION_WHOLE;
    struct explain_place place = { .label = e->text.length };

    say_sentence(e, &e->tongue->sentences[s->note]);
    place.label_end = e->text.length;
    out_bytes(&e->text, "", 1);
    place.amount = e->text.length;
    out_end(&e->text, exact_put_text(moved ? s->after : s->before, out_room(&e->text, EXACT_TEXT)));
    place.amount_end = e->text.length;
    out_bytes(&e->text, "", 1);
    return place;
}

static int32_t count_children(const struct rule_facts *facts)
{
    int32_t count = 0;
    for (int32_t i = 0; i < facts->receiver_count; i++)
        count += facts->receivers[i].equal_care ? 0 : facts->receivers[i].child_count;
    return count;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

struct explained explain_in(enum explain_language language, struct arena *a,
                            const struct explain_of *of)
{
    const struct rule_facts *facts = of->facts;
    const struct law *law          = of->law;
    const struct trace *trace      = of->trace;
    struct explainer e             = { .facts    = facts,
                                       .law      = law,
                                       .names    = of->names,
                                       .tongue   = &explain_tongues[language],
                                       .text     = { .arena = a },
                                       .children = count_children(facts),
                                       .other_column =
                                           least(facts->relevant_other_children, law->most_other_children) };
    struct explain_line *lines     = ARENA_MANY(a, struct explain_line, trace->count);
    struct explain_place *places   = ARENA_MANY(a, struct explain_place, trace->count);

    e.column = least(e.children + facts->other_arrangement_children, law->most_children) - 1;
    for (int32_t k = 0; k < trace->count; k++) {
        e.step    = &trace->steps[k];
        places[k] = explain_step(&e);
    }
    for (int32_t k = 0; k < trace->count; k++) {
        const struct explain_place *p = &places[k];
        const struct step *s          = &trace->steps[k];
        enum rule_id rule             = explain_notes[s->note].rule;

        lines[k] = (struct explain_line){
            .note          = (enum step_note)s->note,
            .rule          = rule_table[rule].name,
            .cite          = rule_cite(rule, law->jurisdiction),
            .label         = e.text.at + p->label,
            .amount        = e.text.at + p->amount,
            .label_length  = p->label_end - p->label,
            .amount_length = p->amount_end - p->amount,
            .who           = s->who,
            .moved         = s->kind == STEP_MOVED,
        };
    }
    return (struct explained){ lines, trace->count };
}

struct explained explain(struct arena *a, const struct rule_facts *facts, const struct law *law,
                         const struct trace *trace, const struct explain_names *names)
{
    return explain_in(EXPLAIN_ENGLISH, a, &(struct explain_of){ facts, law, trace, names });
}
