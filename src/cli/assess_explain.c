/* assess_explain.c: see assess_explain.h.  Text is folded at WIDTH columns; a character counts as
 * one column.  Ids come from outside: control characters in them are never sent to the terminal. */
#include "cli/assess_explain.h"

#include "base/date.h"
#include "base/exact.h"
#include "law/law.h"

#include <string.h>

enum { WIDTH = 80, INDENT = 2, RULE_COLUMN = 9, NAME_COLUMN = 30 };

/* ---- columns ------------------------------------------------------------------------------ */

static int columns(const char *s, size_t length)
{
    int n = 0;
    for (size_t i = 0; i < length; i++)
        n += ((unsigned char)s[i] & 0xC0) != 0x80;
    return n;
}

static void put_spaces(struct out *o, int n)
{
    while (n-- > 0)
        out_text(o, " ");
}

/* Control characters as question marks. */
static void put_clean(struct out *o, const char *s, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)s[i];
        bool control =
            c < ' ' || c == 0x7F || (c == 0xC2 && i + 1 < length && (unsigned char)s[i + 1] < 0xA0);
        out_bytes(o, control ? "?" : s + i, 1);
        i += control && c == 0xC2;
    }
}

/* Text folded between column `left` and WIDTH; the first line begins where the cursor stands. */
static void put_folded(struct out *o, const char *s, int left)
{
    int at = left;

    while (*s) {
        size_t length = strcspn(s, " ");
        int width     = columns(s, length);
        if (at > left && at + 1 + width > WIDTH) {
            out_text(o, "\n");
            put_spaces(o, left);
            at = left;
        } else if (at > left) {
            out_text(o, " ");
            at++;
        }
        put_clean(o, s, length);
        at += width;
        s += length;
        s += *s == ' ';
    }
    out_text(o, "\n");
}

static void put_heading(struct out *o, const char *heading)
{
    out_print(o, "\n%s\n", heading);
    for (const char *c = heading; *c; c++)
        out_text(o, "-");
    out_text(o, "\n");
}

/* "  Name                         value". */
static void put_row(struct out *o, const char *name, const char *value)
{
    int width = columns(name, strlen(name));

    put_spaces(o, INDENT);
    put_clean(o, name, strlen(name));
    if (width > NAME_COLUMN - INDENT - 1) {
        out_text(o, "\n");
        width = -INDENT;
    }
    put_spaces(o, NAME_COLUMN - INDENT - width);
    put_folded(o, value, NAME_COLUMN);
}

/* A sentence after a dash. */
static void put_point(struct out *o, const char *sentence)
{
    out_text(o, "  - ");
    put_folded(o, sentence, INDENT + INDENT);
}

/* ---- facts -------------------------------------------------------------------------------- */

static const char *pounds(struct arena *a, money m)
{
    char *buffer = arena_take(a, MONEY_TEXT);
    return money_pounds(m, buffer);
}
/* An id as a C string; what cannot stand in one becomes a question mark. */
static const char *id_text(struct arena *a, struct span id)
{
    char *text = arena_text(a, id.at, id.length);
    for (size_t i = 0; i < id.length; i++)
        if (text[i] == '\0') text[i] = '?';
    return text;
}
static const char *words_of(struct arena *a, const char *word)
{
    char *text = arena_text(a, word, strlen(word));
    for (char *c = text; *c; c++)
        if (*c == '_') *c = ' ';
    return text;
}

static void put_income(struct out *o, const struct rule_facts *facts)
{
    struct arena *a                  = o->arena;
    const struct rule_income *income = &facts->income;

    if (income->has_weekly) put_row(o, "Gross weekly income", pounds(a, income->weekly));
    if (income->has_historic)
        put_row(o, "Historic income a year", pounds(a, income->historic_annual));
    if (income->has_current) put_row(o, "Current income a year", pounds(a, income->current_annual));
    if (money_is_owed(income->pension_contributions_annual))
        put_row(o, "Pension contributions a year", pounds(a, income->pension_contributions_annual));
    if (facts->circumstance != CIRCUMSTANCE_NONE)
        put_row(o, "Circumstance", words_of(a, circumstance_words[facts->circumstance]));
    if (facts->benefit != BENEFIT_NONE)
        put_row(o, "Benefit", words_of(a, benefit_words[facts->benefit]));
    if (facts->has_benefit_weekly) put_row(o, "Benefit a week", pounds(a, facts->benefit_weekly));
    if (facts->partner_also_liable) put_row(o, "Partner also liable", "yes");
    if (facts->relevant_other_children > 0)
        put_row(o, "Relevant other children",
                arena_print(a, "%d", (int)facts->relevant_other_children));
    if (facts->other_arrangement_children > 0)
        put_row(o, "Children of other arrangements",
                arena_print(a, "%d", (int)facts->other_arrangement_children));
}

static const char *child_words(struct arena *a, const struct assess_input *input, int32_t c)
{
    const struct rule_child *child = &input->facts.children[c];
    struct out text                = { .arena = a };

    out_text(&text, id_text(a, input->child_ids[c]));
    if (child->nights > 0)
        out_print(&text, ", %d nights with the paying parent", (int)child->nights);
    if (child->local_authority_nights > 0)
        out_print(&text, ", %d nights in local-authority care", (int)child->local_authority_nights);
    return out_string(&text);
}

static void put_facts(struct out *o, const struct assess_input *input)
{
    static const char *const units[] = { "", "a week", "a year", "in value" };
    const struct rule_facts *facts   = &input->facts;
    struct arena *a                  = o->arena;

    put_heading(o, "Facts");
    if (facts->default_decision) put_row(o, "Decision", "default, for want of information");
    put_income(o, facts);
    for (int g = 0; g < GROUNDS; g++)
        if (facts->variations[g].unit != VARIATION_NONE)
            put_row(o, "Variation",
                    arena_print(a, "%s: %s %s", words_of(a, ground_words[g]),
                                pounds(a, facts->variations[g].amount),
                                units[facts->variations[g].unit]));
    for (int32_t i = 0; i < facts->receiver_count; i++) {
        const struct rule_receiver *r = &facts->receivers[i];
        put_row(o, "Receiving parent", id_text(a, input->receiver_ids[i]));
        if (r->equal_care)
            put_row(o, "  day-to-day care", "the paying parent's is equal or greater");
        for (int32_t k = 0; k < r->child_count; k++)
            put_row(o, k == 0 ? "  children" : "", child_words(a, input, r->first_child + k));
    }
}

/* ---- what would change it ----------------------------------------------------------------- */

/* Only where the figure in use is the parent's income itself, neither varied nor capped. */
static bool income_is_plain(const struct assess_answer *answer)
{
    const struct award *award = answer->award;
    bool varied               = false;

    for (int g = 0; g < GROUNDS; g++)
        varied |= answer->input->facts.variations[g].unit != VARIATION_NONE;
    return award->has_income && !varied && award->basis != INCOME_BASIS_NONE &&
           money_is_owed(award->gross_weekly_income) &&
           award->gross_weekly_income.p < answer->law->income_cap.p;
}

static void put_income_change(struct out *o, const struct assess_answer *answer)
{
    char low[EXACT_TEXT], high[EXACT_TEXT], share[EXACT_TEXT];
    struct arena *a = o->arena;
    ratio tolerance = answer->law->income_tolerance;
    exact in_use    = exact_of_money(answer->award->gross_weekly_income);
    ratio down      = { tolerance.d - tolerance.n, tolerance.d };
    ratio up        = { tolerance.d + tolerance.n, tolerance.d };

    put_point(
        o,
        arena_print(a,
                    "A change of current income counts between yearly reviews if it is %s or more: "
                    "%s a week or less, or %s a week or more.",
                    ratio_text(tolerance, share), exact_pounds(exact_scale(in_use, down), low),
                    exact_pounds(exact_scale(in_use, up), high)));
}

static void put_nights_change(struct out *o, const struct assess_answer *answer, int32_t c)
{
    const int32_t *least           = answer->law->shared_care_nights;
    const struct rule_child *child = &answer->input->facts.children[c];
    int bands                      = sizeof answer->law->shared_care_nights / sizeof *least;
    const char *id                 = id_text(o->arena, answer->input->child_ids[c]);
    char share[EXACT_TEXT];

    for (int band = 1; band < bands; band++)
        if (child->nights < least[band]) {
            put_point(
                o, arena_print(o->arena,
                               "Child %s: %d nights a year or more with the paying parent (now %d) "
                               "would take %s off.",
                               id, (int)least[band], (int)child->nights,
                               ratio_text(answer->law->shared_care_fraction[band], share)));
            return;
        }
}

static void put_changes(struct out *o, const struct assess_answer *answer)
{
    enum rate rate                 = answer->award->rate;
    const struct rule_facts *facts = &answer->input->facts;
    bool counts_nights = rate == RATE_REDUCED || rate == RATE_BASIC || rate == RATE_BASIC_PLUS;

    put_heading(o, "What would change it");
    if (rate == RATE_DEFAULT)
        put_point(o,
                  "Income information: a calculation then replaces this one, from the same date.");
    if (income_is_plain(answer)) put_income_change(o, answer);
    enum { CHILDREN_SHOWN = 6 };
    for (int32_t c = 0; counts_nights && c < facts->child_count && c < CHILDREN_SHOWN; c++)
        put_nights_change(o, answer, c);
    put_point(
        o, "Another child, a child who stops being one in law, or a benefit that starts or ends.");
}

/* ---- the whole ---------------------------------------------------------------------------- */

static void put_steps(struct out *o, const struct explained *steps)
{
    put_heading(o, "How it was worked out");
    for (int32_t k = 0; k < steps->count; k++) {
        const struct explain_line *line = &steps->lines[k];
        put_spaces(o, INDENT);
        out_text(o, line->rule);
        put_spaces(o, RULE_COLUMN - INDENT - (int)strlen(line->rule));
        put_folded(o, line->label, RULE_COLUMN);
        put_spaces(o, RULE_COLUMN);
        put_folded(o, line->cite, RULE_COLUMN);
    }
}

static void put_result(struct out *o, const struct assess_answer *answer)
{
    const struct award *award = answer->award;
    struct arena *a           = o->arena;

    put_heading(o, "Result");
    for (int32_t i = 0; i < answer->input->facts.receiver_count; i++)
        put_row(o,
                arena_print(a, "Receiving parent %s", id_text(a, answer->input->receiver_ids[i])),
                arena_print(a, "%s a week", pounds(a, award->weekly[i])));
    put_row(o, "Total", arena_print(a, "%s a week", pounds(a, award->weekly_total)));
    put_row(o, "Rate", words_of(a, rate_words[award->rate]));
    if (award->has_income)
        put_row(o, "Gross weekly income in use",
                arena_print(a, "%s (%s)", pounds(a, award->gross_weekly_income),
                            income_basis_words[award->basis]));
}

void assess_explain_write(struct out *o, const struct assess_answer *answer)
{
    char words[DATE_WORDS];

    out_print(o, "Child maintenance from %s", date_words(answer->input->effective_date, words));
    if (answer->input->has_id) {
        out_text(o, ": ");
        put_clean(o, answer->input->id.at, answer->input->id.length);
    }
    out_text(o, "\n");
    put_facts(o, answer->input);
    put_steps(o, answer->steps);
    put_result(o, answer);
    put_changes(o, answer);
}

void assess_explain_refusal(struct out *o, const struct assess_input *input, const struct fail *f)
{
    out_text(o, "Not worked out");
    if (input->has_id) {
        out_text(o, ": ");
        put_clean(o, input->id.at, input->id.length);
    }
    out_text(o, "\n");
    put_folded(o, f->text, 0);
    out_print(o, "At: %s (%s)\n", f->field[0] ? f->field : "the whole input", f->code);
}
