/* assess_write.c: the writing half of assess_json.h. */
#include "rule/assess_json.h"

#include <string.h>

#define PUT(o, literal) out_bytes((o), (literal), sizeof(literal) - 1)

static void put_span(struct out *o, struct span s)
{
    out_json(o, s.at, s.length);
}
static void put_word(struct out *o, const char *word)
{
    PUT(o, "\"");
    out_text(o, word);
    PUT(o, "\"");
}
static void put_money(struct out *o, money m)
{
    PUT(o, "\"");
    out_money(o, m);
    PUT(o, "\"");
}

/* ---- the input ---------------------------------------------------------------------------- */

/* A key inside an object: a comma before all but the first. */
static void put_key(struct out *o, bool *first, const char *key)
{
    out_text(o, *first ? "" : ",");
    put_word(o, key);
    PUT(o, ":");
    *first = false;
}
static void put_money_key(struct out *o, bool *first, const char *key, money m)
{
    put_key(o, first, key);
    put_money(o, m);
}
static void put_count_key(struct out *o, bool *first, const char *key, int32_t n)
{
    if (n == 0) return;
    put_key(o, first, key);
    out_number(o, n);
}

static void put_income(struct out *o, const struct rule_income *income)
{
    bool first = true;

    PUT(o, "{");
    if (income->has_weekly) put_money_key(o, &first, "weekly", income->weekly);
    if (income->has_historic) put_money_key(o, &first, "historic_annual", income->historic_annual);
    if (income->has_current) put_money_key(o, &first, "current_annual", income->current_annual);
    if (money_is_owed(income->pension_contributions_annual))
        put_money_key(o, &first, "pension_contributions_annual",
                      income->pension_contributions_annual);
    PUT(o, "}");
}

static void put_payer(struct out *o, const struct rule_facts *facts)
{
    bool first = true;

    PUT(o, "{");
    if (facts->circumstance != CIRCUMSTANCE_NONE) {
        put_key(o, &first, "circumstance");
        put_word(o, circumstance_words[facts->circumstance]);
    }
    if (facts->benefit != BENEFIT_NONE) {
        put_key(o, &first, "benefit");
        put_word(o, benefit_words[facts->benefit]);
    }
    if (facts->partner_also_liable) {
        put_key(o, &first, "partner_also_liable");
        PUT(o, "true");
    }
    if (facts->has_benefit_weekly)
        put_money_key(o, &first, "benefit_weekly", facts->benefit_weekly);
    put_key(o, &first, "income");
    put_income(o, &facts->income);
    put_count_key(o, &first, "relevant_other_children", facts->relevant_other_children);
    put_count_key(o, &first, "other_arrangement_children", facts->other_arrangement_children);
    PUT(o, "}");
}

static void put_child(struct out *o, struct span id, const struct rule_child *child)
{
    bool first = true;

    PUT(o, "{");
    put_key(o, &first, "id");
    put_span(o, id);
    put_count_key(o, &first, "nights", child->nights);
    put_count_key(o, &first, "local_authority_nights", child->local_authority_nights);
    PUT(o, "}");
}

static void put_receiver(struct out *o, const struct assess_input *input, int32_t i)
{
    const struct rule_receiver *r = &input->facts.receivers[i];

    PUT(o, "{\"id\":");
    put_span(o, input->receiver_ids[i]);
    if (r->equal_care) PUT(o, ",\"day_to_day_care\":\"equal_or_greater\"");
    PUT(o, ",\"children\":[");
    for (int32_t k = 0; k < r->child_count; k++) {
        int32_t c = r->first_child + k;
        out_text(o, k > 0 ? "," : "");
        put_child(o, input->child_ids[c], &input->facts.children[c]);
    }
    PUT(o, "]}");
}

static void put_variations(struct out *o, const struct rule_facts *facts)
{
    static const char *const units[] = {
        [VARIATION_NONE]        = "",
        [VARIATION_WEEKLY]      = "weekly",
        [VARIATION_ANNUAL]      = "annual",
        [VARIATION_ASSET_VALUE] = "asset_value",
    };
    bool begun = false;

    for (int32_t g = 0; g < GROUNDS; g++) {
        const struct rule_variation *given = &facts->variations[g];
        if (given->unit == VARIATION_NONE) continue;
        out_text(o, begun ? ",{\"ground\":" : ",\"variations\":[{\"ground\":");
        put_word(o, ground_words[g]);
        PUT(o, ",");
        put_word(o, units[given->unit]);
        PUT(o, ":");
        put_money(o, given->amount);
        PUT(o, "}");
        begun = true;
    }
    out_text(o, begun ? "]" : "");
}

void assess_json_write_input(struct out *o, const struct assess_input *input)
{
    PUT(o, "{");
    if (input->has_id) {
        PUT(o, "\"id\":");
        put_span(o, input->id);
        PUT(o, ",");
    }
    PUT(o, "\"effective_date\":\"");
    out_date(o, input->effective_date);
    PUT(o, "\"");
    if (input->facts.default_decision) PUT(o, ",\"default_decision\":true");
    PUT(o, ",\"paying_parent\":");
    put_payer(o, &input->facts);
    PUT(o, ",\"receiving_parents\":[");
    for (int32_t i = 0; i < input->facts.receiver_count; i++) {
        out_text(o, i > 0 ? "," : "");
        put_receiver(o, input, i);
    }
    PUT(o, "]");
    put_variations(o, &input->facts);
    PUT(o, "}");
}

/* ---- the reply ---------------------------------------------------------------------------- */

static void put_id(struct out *o, const struct assess_input *input)
{
    PUT(o, "{\"id\":");
    if (input->has_id)
        put_span(o, input->id);
    else
        PUT(o, "null");
}

static void put_step(struct out *o, const struct explain_line *line)
{
    PUT(o, "{\"rule\":");
    put_word(o, line->rule);
    PUT(o, ",\"cite\":");
    out_json(o, line->cite, strlen(line->cite));
    PUT(o, ",\"label\":");
    out_json(o, line->label, line->label_length);
    PUT(o, ",\"amount\":\"");
    out_bytes(o, line->amount, line->amount_length);
    PUT(o, "\"}");
}

void assess_json_write_reply(struct out *o, const struct assess_input *input,
                             const struct award *award, const struct explained *steps)
{
    put_id(o, input);
    PUT(o, ",\"income_basis\":");
    put_word(o, income_basis_words[award->basis]);
    PUT(o, ",\"gross_weekly_income\":");
    if (award->has_income)
        put_money(o, award->gross_weekly_income);
    else
        PUT(o, "null");
    PUT(o, ",\"rate\":");
    put_word(o, rate_words[award->rate]);
    PUT(o, ",\"weekly_total\":");
    put_money(o, award->weekly_total);
    PUT(o, ",\"receiving_parents\":[");
    for (int32_t i = 0; i < input->facts.receiver_count; i++) {
        out_text(o, i > 0 ? ",{\"id\":" : "{\"id\":");
        put_span(o, input->receiver_ids[i]);
        PUT(o, ",\"weekly\":");
        put_money(o, award->weekly[i]);
        PUT(o, "}");
    }
    PUT(o, "]");
    for (int32_t k = 0; steps && k < steps->count; k++) {
        out_text(o, k > 0 ? "," : ",\"steps\":[");
        put_step(o, &steps->lines[k]);
    }
    out_text(o, steps ? "]}" : "}");
}

void assess_json_write_error(struct out *o, const struct assess_input *input, const struct fail *f)
{
    put_id(o, input);
    PUT(o, ",\"error\":{\"code\":");
    put_word(o, f->code);
    PUT(o, ",\"path\":");
    out_json(o, f->field, strlen(f->field));
    PUT(o, ",\"message\":");
    out_json(o, f->text, strlen(f->text));
    PUT(o, "}}");
}
