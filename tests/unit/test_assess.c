/* test_assess.c: properties of the calculation over seeded random cases, and its reader against a
 * table of faults and against another parser. */
#include "base/arena.h"
#include "base/out.h"
#include "law/law.h"
#include "rule/assess.h"
#include "rule/assess_json.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

enum { CASES = 100000, MUTATIONS = 30000, RECEIVERS = 5, CHILDREN = 12, CASE_SEED = 20121210 };

/* ---- random cases ------------------------------------------------------------------------- */

static uint64_t draw(uint64_t *s)
{
    uint64_t z = (*s += UINT64_C(0x9e3779b97f4a7c15));
    z          = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z          = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}
static int32_t pick(uint64_t *s, int32_t below)
{
    return (int32_t)(draw(s) % (uint64_t)below);
}
static bool once_in(uint64_t *s, int32_t n)
{
    return pick(s, n) == 0;
}

struct sample {
    struct rule_facts facts;
    struct rule_receiver receivers[RECEIVERS];
    struct rule_child children[CHILDREN];
    date day;
};

/* Amounts near the edges of the bands, or anywhere. */
static money pick_money(uint64_t *s)
{
    static const int64_t edges[] = {
        0, 500, 700, 1000, 10000, 20000, 80000, 250000, 300000, 3125000
    };
    if (once_in(s, 2)) {
        int64_t p = edges[pick(s, 10)] + pick(s, 3) - 1;
        return (money){ p < 0 ? 0 : p };
    }
    return (money){ pick(s, once_in(s, 4) ? 40000000 : 200000) };
}

static void sample_income(struct rule_income *income, uint64_t *s)
{
    income->has_weekly = once_in(s, 2);
    if (income->has_weekly) {
        income->weekly = pick_money(s);
        return;
    }
    income->has_historic    = !once_in(s, 4);
    income->has_current     = once_in(s, 2);
    income->historic_annual = (money){ pick_money(s).p * 52 };
    income->current_annual  = once_in(s, 3) ? (money){ income->historic_annual.p * 5 / 4 }
                                            : (money){ pick_money(s).p * 52 };
    if (once_in(s, 3)) income->pension_contributions_annual = pick_money(s);
}

static void sample_variations(struct rule_facts *facts, uint64_t *s)
{
    for (int g = 0; g < GROUNDS; g++) {
        if (!once_in(s, 8)) continue;
        enum variation_unit unit = once_in(s, 2) ? VARIATION_WEEKLY : VARIATION_ANNUAL;
        if (g == GROUND_ASSETS) unit = VARIATION_ASSET_VALUE;
        if (g == GROUND_UNEARNED_INCOME) unit = VARIATION_ANNUAL;
        facts->variations[g] = (struct rule_variation){ unit, pick_money(s) };
    }
}

static void sample_people(struct sample *x, uint64_t *s)
{
    x->facts.receivers      = x->receivers;
    x->facts.children       = x->children;
    x->facts.receiver_count = once_in(s, 2) ? 1 : 1 + pick(s, RECEIVERS);
    for (int32_t i = 0; i < x->facts.receiver_count; i++) {
        int32_t left = CHILDREN - x->facts.child_count - (x->facts.receiver_count - 1 - i);
        x->receivers[i].equal_care  = once_in(s, 8);
        x->receivers[i].first_child = x->facts.child_count;
        x->receivers[i].child_count = 1 + pick(s, left < 3 ? left : 3);
        x->facts.child_count += x->receivers[i].child_count;
    }
    for (int32_t c = 0; c < x->facts.child_count; c++) {
        static const int32_t nights[] = { 0, 51, 52, 104, 156, 174, 175, 208, 260, 263 };
        if (once_in(s, 3))
            x->children[c].nights = once_in(s, 2) ? nights[pick(s, 10)] : pick(s, 367);
        if (once_in(s, 6))
            x->children[c].local_authority_nights =
                once_in(s, 2) ? nights[pick(s, 10)] : pick(s, 367);
    }
}

/* Facts that assess_check accepts. */
static void sample_fill(struct sample *x, uint64_t *s)
{
    static const int days[][3] = { { 2012, 12, 10 }, { 2013, 11, 24 }, { 2013, 11, 25 },
                                   { 2018, 12, 12 }, { 2018, 12, 13 }, { 2026, 4, 6 } };
    struct rule_facts *facts   = &x->facts;
    struct fail f;

    do {
        *x                      = (struct sample){ 0 };
        int day                 = pick(s, 6);
        x->day                  = date_make(days[day][0], days[day][1], days[day][2]);
        facts->default_decision = once_in(s, 15);
        if (once_in(s, 10)) facts->circumstance = (enum circumstance)pick(s, CIRCUMSTANCES);
        if (once_in(s, 4)) facts->benefit = (enum benefit)pick(s, BENEFITS);
        if (facts->benefit != BENEFIT_NONE && once_in(s, 2)) {
            facts->has_benefit_weekly = true;
            facts->benefit_weekly     = (money){ pick(s, 1400) };
        }
        facts->partner_also_liable = facts->benefit == BENEFIT_OWN_OR_PARTNER && once_in(s, 2);
        if (once_in(s, 3)) facts->relevant_other_children = pick(s, 5);
        if (once_in(s, 6)) facts->other_arrangement_children = pick(s, 4);
        sample_income(&facts->income, s);
        sample_variations(facts, s);
        sample_people(x, s);
    } while (!assess_check(facts, x->day, &f));
}

/* ---- properties --------------------------------------------------------------------------- */

static void test_traced_is_untraced_and_parts_sum(void **state)
{
    uint64_t seed  = CASE_SEED;
    struct arena a = { 0 };

    (void)state;
    for (int k = 0; k < CASES; k++) {
        struct sample x;
        arena_reset(&a);
        sample_fill(&x, &seed);
        const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, x.day);
        struct award fast = award_new(&a, &x.facts), slow = award_new(&a, &x.facts);
        struct trace trace = trace_new(&a, &x.facts);
        assess(&x.facts, law, &a, &fast);
        assess_traced(&x.facts, law, &a, &slow, &trace);
        int64_t sum = 0;
        for (int32_t i = 0; i < x.facts.receiver_count; i++) {
            assert_int_equal(fast.weekly[i].p, slow.weekly[i].p);
            assert_true(fast.weekly[i].p >= 0);
            assert_true(!x.receivers[i].equal_care || fast.weekly[i].p == 0);
            sum += fast.weekly[i].p;
        }
        assert_int_equal(sum, fast.weekly_total.p);
        assert_int_equal(fast.weekly_total.p, slow.weekly_total.p);
        assert_int_equal(fast.gross_weekly_income.p, slow.gross_weekly_income.p);
        assert_true(fast.gross_weekly_income.p <= law->income_cap.p);
        assert_int_equal(fast.rate, slow.rate);
        assert_true(trace.count > 0);
    }
    arena_free(&a);
}

/* A penny more of income never lowers the award while the rate stays the same. */
static void test_more_income_never_lowers_the_award(void **state)
{
    uint64_t seed  = CASE_SEED + 1;
    struct arena a = { 0 };

    (void)state;
    for (int k = 0; k < CASES / 4; k++) {
        struct sample x;
        arena_reset(&a);
        sample_fill(&x, &seed);
        memset(x.facts.variations, 0, sizeof x.facts.variations);
        x.facts.income = (struct rule_income){ .has_weekly = true, .weekly = pick_money(&seed) };
        const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, x.day);
        struct award less = award_new(&a, &x.facts), more = award_new(&a, &x.facts);
        assess(&x.facts, law, &a, &less);
        x.facts.income.weekly.p += 1 + pick(&seed, 2000);
        assess(&x.facts, law, &a, &more);
        if (less.rate == more.rate) assert_true(more.weekly_total.p >= less.weekly_total.p);
    }
    arena_free(&a);
}

/* The whole reply of a sample, from facts written as JSON and read again. */
static const char *reply(struct arena *a, const struct sample *x, struct out *input_text)
{
    static char names[CHILDREN + RECEIVERS][8];
    static struct span ids[CHILDREN + RECEIVERS];
    struct assess_input input = { .facts          = x->facts,
                                  .effective_date = x->day,
                                  .child_ids      = ids,
                                  .receiver_ids   = ids + CHILDREN },
                        again;
    struct fail f;
    struct out o = { .arena = a };

    for (int k = 0; k < CHILDREN + RECEIVERS; k++)
        ids[k] = (struct span){ names[k], (size_t)snprintf(names[k], sizeof names[k], "id%d", k) };
    assess_json_write_input(input_text, &input);
    const char *text = out_string(input_text);
    assert_true(assess_json_read(a, text, strlen(text), &again, &f));
    const struct law *law    = law_at(JURISDICTION_GREAT_BRITAIN, again.effective_date);
    struct award award       = award_new(a, &again.facts);
    struct trace trace       = trace_new(a, &again.facts);
    struct explain_names who = { again.receiver_ids, again.child_ids };
    assess_traced(&again.facts, law, a, &award, &trace);
    struct explained steps = explain(a, &again.facts, law, &trace, &who);
    assess_json_write_reply(&o, &again, &award, &steps);
    return out_string(&o);
}

static void test_replay_gives_the_same_bytes(void **state)
{
    uint64_t seed  = CASE_SEED + 2;
    struct arena a = { 0 };

    (void)state;
    for (int k = 0; k < CASES / 20; k++) {
        struct sample x;
        arena_reset(&a);
        sample_fill(&x, &seed);
        struct out first = { .arena = &a }, second = { .arena = &a };
        const char *one = reply(&a, &x, &first), *two = reply(&a, &x, &second);
        assert_string_equal(one, two);
        assert_string_equal(out_string(&first), out_string(&second));
        json_t *parsed = json_loads(one, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(parsed);
        json_decref(parsed);
    }
    arena_free(&a);
}

/* Many receiving parents and children: right, and no slower than their number. */
static void test_a_thousand_receiving_parents(void **state)
{
    enum { PARENTS = 1000, EACH = 10 };
    struct arena a                  = { 0 };
    struct rule_receiver *receivers = ARENA_MANY(&a, struct rule_receiver, PARENTS);
    struct rule_child *children     = ARENA_MANY(&a, struct rule_child, PARENTS * EACH);
    struct rule_facts facts         = { .receivers      = receivers,
                                        .receiver_count = PARENTS,
                                        .children       = children,
                                        .child_count    = PARENTS * EACH,
                                        .income         = { .has_historic    = true,
                                                            .historic_annual = { 9999999 } } };
    uint64_t seed                   = 7;

    (void)state;
    for (int i = 0; i < PARENTS; i++)
        receivers[i] = (struct rule_receiver){ .first_child = i * EACH, .child_count = EACH };
    for (int c = 0; c < PARENTS * EACH; c++)
        children[c] = (struct rule_child){ pick(&seed, 170), pick(&seed, 300) };
    facts.variations[GROUND_ASSETS] = (struct rule_variation){ VARIATION_ASSET_VALUE, { 3333333 } };
    facts.other_arrangement_children = 997;
    const struct law *law            = law_at(JURISDICTION_GREAT_BRITAIN, date_make(2026, 4, 6));
    struct award fast = award_new(&a, &facts), slow = award_new(&a, &facts);
    struct trace trace = trace_new(&a, &facts);
    assess(&facts, law, &a, &fast);
    assess_traced(&facts, law, &a, &slow, &trace);
    struct explained steps = explain(&a, &facts, law, &trace, NULL);
    int64_t sum            = 0;
    for (int i = 0; i < PARENTS; i++) {
        assert_int_equal(fast.weekly[i].p, slow.weekly[i].p);
        sum += fast.weekly[i].p;
    }
    assert_int_equal(sum, fast.weekly_total.p);
    assert_int_equal(steps.count, trace.count);
    arena_free(&a);
}

/* ---- the law as data ---------------------------------------------------------------------- */

/* The readings that are dated data: with the value changed, the answer changes. */
static void test_a_changed_law_is_followed(void **state)
{
    struct rule_receiver receiver = { .child_count = 1 };
    struct rule_child child       = { 0 };
    money weekly[1];
    struct award award      = { .weekly = weekly };
    struct arena a          = { 0 };
    struct law law          = *law_at(JURISDICTION_GREAT_BRITAIN, date_make(2026, 4, 6));
    struct rule_facts facts = { .receivers      = &receiver,
                                .receiver_count = 1,
                                .children       = &child,
                                .child_count    = 1,
                                .income         = { .has_historic = true, .has_current = true } };

    (void)state;
    assess(&facts, &law, &a, &award);
    assert_int_equal(award.basis, INCOME_BASIS_HISTORIC);
    law.nil_historic_rule = false;
    assess(&facts, &law, &a, &award);
    assert_int_equal(award.basis, INCOME_BASIS_CURRENT);
    law.flat_rate = (money){ 1234 };
    facts.income  = (struct rule_income){ .has_weekly = true, .weekly = { 5000 } };
    assess(&facts, &law, &a, &award);
    assert_int_equal(award.weekly_total.p, 1234);
    arena_free(&a);
}

/* ---- what the reader refuses -------------------------------------------------------------- */

#define HEAD_REST "\"effective_date\":\"2026-04-06\","
#define HEAD      "{" HEAD_REST
#define PAY       "\"paying_parent\":{\"income\":{\"weekly\":\"500.00\"}},"
#define KIDS      "\"receiving_parents\":[{\"id\":\"A\",\"children\":[{\"id\":\"b\"}]}]"
#define VARY(v)   HEAD PAY KIDS ",\"variations\":[" v "]}"
#define PAYER(p)  HEAD "\"paying_parent\":{" p "}," KIDS "}"

static const struct {
    const char *text, *code, *path;
} faults[] = {
    { "", "input_empty", "" },
    { " \t\r\n", "input_empty", "" },
    { "\xEF\xBB\xBF{}", "byte_order_mark", "" },
    { "{", "json_malformed", "" },
    { "{}", "key_missing", "/effective_date" },
    { "[]", "type_wrong", "" },
    { "null", "null_not_allowed", "" },
    { "nul", "json_malformed", "" },
    { "{\"id\":\"a\"", "json_malformed", "" },
    { "{\"id\":\"a\",}", "json_malformed", "" },
    { "{\"id\" \"a\"}", "json_malformed", "" },
    { "{id:1}", "json_malformed", "" },
    { "{\"id\":tru}", "json_malformed", "" },
    { "{\"id\":\"a\x01\"}", "control_character", "" },
    { "{\"id\":\"a\tb\"}", "control_character", "" },
    { "{\"id\":\"\xC0\x80\"}", "utf8_invalid", "" },
    { "{\"id\":\"\xED\xA0\x80\"}", "utf8_invalid", "" },
    { "{\"id\":\"\xF4\x90\x80\x80\"}", "utf8_invalid", "" },
    { "{\"id\":\"\xE0\x80\x80\"}", "utf8_invalid", "" },
    { "{\"id\":\"\xF0\x80\x80\x80\"}", "utf8_invalid", "" },
    { "{\"id\":\"\xE2\x82", "utf8_invalid", "" },
    { "{\"id\":\"\\uD800\"}", "surrogate_alone", "" },
    { "{\"id\":\"\\uDC00\"}", "surrogate_alone", "" },
    { "{\"id\":\"\\uD800\\u0041\"}", "surrogate_alone", "" },
    { "{\"id\":\"\\uD800\\n\"}", "surrogate_alone", "" },
    { "{\"id\":\"\\uD800\\uZZZZ\"}", "json_malformed", "" },
    { "{\"id\":\"\\u12G4\"}", "json_malformed", "" },
    { "{\"id\":\"\\u12", "json_malformed", "" },
    { "{\"id\":\"\\x\"}", "json_malformed", "" },
    { "{\"id\":\"\\", "json_malformed", "" },
    { "{\"id\":\"abc", "json_malformed", "" },
    { HEAD PAY KIDS "} x", "json_trailing", "" },
    { HEAD PAY KIDS "}{}", "json_trailing", "" },
    { "{\"id\":1}", "type_wrong", "/id" },
    { "{\"id\":null}", "null_not_allowed", "/id" },
    { "{\"id\":\"a\",\"\\u0069d\":\"b\"}", "key_twice", "/id" },
    { "{\"a/b~c\":1}", "key_unknown", "/a~1b~0c" },
    { "{\"\\u0001\":1}", "key_unknown", "/?" },
    { "{\"effective_date\":\"2026-02-30\"}", "date_wrong", "/effective_date" },
    { "{\"effective_date\":\"2026-2-3\"}", "date_wrong", "/effective_date" },
    { "{\"effective_date\":20260406}", "type_wrong", "/effective_date" },
    { "{\"effective_date\":\"2012-12-09\"," PAY KIDS "}", "date_before_scheme", "/effective_date" },
    { "{\"effective_date\":\"2026-04-06\"}", "key_missing", "/receiving_parents" },
    { HEAD "\"default_decision\":\"yes\"}", "type_wrong", "/default_decision" },
    { HEAD "\"default_decision\":0}", "type_wrong", "/default_decision" },
    { HEAD KIDS "}", "income_missing", "/paying_parent/income" },
    { PAYER(""), "income_missing", "/paying_parent/income" },
    { PAYER("\"income\":{}"), "income_missing", "/paying_parent/income" },
    { PAYER("\"income\":{\"historic_annual\":null}"), "income_missing", "/paying_parent/income" },
    { PAYER("\"income\":{\"weekly\":null}"), "null_not_allowed", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":5}"), "type_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"\"}"), "money_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"5.\"}"), "money_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\".5\"}"), "money_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"5.123\"}"), "money_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"-5\"}"), "money_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"+5\"}"), "money_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"1,000\"}"), "money_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"1e3\"}"), "money_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\" 5\"}"), "money_wrong", "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"1000000000000\"}"), "money_wrong",
      "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"5\",\"historic_annual\":null}"), "income_twice",
      "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"weekly\":\"5\",\"pension_contributions_annual\":\"0\"}"), "income_twice",
      "/paying_parent/income/weekly" },
    { PAYER("\"income\":{\"historic_annual\":true}"), "type_wrong",
      "/paying_parent/income/historic_annual" },
    { PAYER("\"income\":{\"pension_contributions_annual\":null}"), "null_not_allowed",
      "/paying_parent/income/pension_contributions_annual" },
    { PAYER("\"income\":{\"historic_annual\":nul}"), "json_malformed", "" },
    { PAYER("\"income\":{\"hourly\":\"5\"}"), "key_unknown", "/paying_parent/income/hourly" },
    { PAYER("\"income\":[]"), "type_wrong", "/paying_parent/income" },
    { HEAD "\"paying_parent\":[]," KIDS "}", "type_wrong", "/paying_parent" },
    { PAYER("\"circumstance\":\"idle\""), "word_unknown", "/paying_parent/circumstance" },
    { PAYER("\"circumstance\":1"), "type_wrong", "/paying_parent/circumstance" },
    { PAYER("\"benefit\":\"partner\""), "word_unknown", "/paying_parent/benefit" },
    { PAYER("\"benefit\":\"own\",\"partner_also_liable\":true"), "partner_without_benefit",
      "/paying_parent/partner_also_liable" },
    { PAYER("\"benefit_weekly\":\"0\",\"income\":{\"weekly\":\"5\"}"), "benefit_missing",
      "/paying_parent/benefit_weekly" },
    { PAYER("\"relevant_other_children\":1.0"), "count_wrong",
      "/paying_parent/relevant_other_children" },
    { PAYER("\"relevant_other_children\":1e1"), "count_wrong",
      "/paying_parent/relevant_other_children" },
    { PAYER("\"relevant_other_children\":-1"), "count_wrong",
      "/paying_parent/relevant_other_children" },
    { PAYER("\"relevant_other_children\":-0"), "count_wrong",
      "/paying_parent/relevant_other_children" },
    { PAYER("\"relevant_other_children\":1001"), "count_wrong",
      "/paying_parent/relevant_other_children" },
    { PAYER("\"relevant_other_children\":99999999999999999999"), "count_wrong",
      "/paying_parent/relevant_other_children" },
    { PAYER("\"relevant_other_children\":\"1\""), "type_wrong",
      "/paying_parent/relevant_other_children" },
    { PAYER("\"relevant_other_children\":01"), "json_malformed", "" },
    { PAYER("\"relevant_other_children\":1."), "json_malformed", "" },
    { PAYER("\"relevant_other_children\":1e"), "json_malformed", "" },
    { PAYER("\"relevant_other_children\":1e+"), "json_malformed", "" },
    { PAYER("\"relevant_other_children\":1E-2"), "count_wrong",
      "/paying_parent/relevant_other_children" },
    { PAYER("\"relevant_other_children\":-"), "json_malformed", "" },
    { PAYER("\"relevant_other_children\":NaN"), "json_malformed", "" },
    { PAYER("\"other_arrangement_children\":1001"), "count_wrong",
      "/paying_parent/other_arrangement_children" },
    { HEAD PAY "\"receiving_parents\":[]}", "receiver_missing", "/receiving_parents" },
    { HEAD PAY "\"receiving_parents\":{}}", "type_wrong", "/receiving_parents" },
    { HEAD PAY "\"receiving_parents\":[,]}", "json_malformed", "" },
    { HEAD PAY "\"receiving_parents\":[1]}", "type_wrong", "/receiving_parents/0" },
    { HEAD PAY "\"receiving_parents\":[{}]}", "key_missing", "/receiving_parents/0/id" },
    { HEAD PAY "\"receiving_parents\":[{\"id\":\"A\"}]}", "key_missing",
      "/receiving_parents/0/children" },
    { HEAD PAY "\"receiving_parents\":[{\"id\":\"A\",\"children\":[]}]}", "child_missing",
      "/receiving_parents/0/children" },
    { HEAD PAY "\"receiving_parents\":[{\"id\":\"A\",\"children\":[{}]}]}", "key_missing",
      "/receiving_parents/0/children/0/id" },
    { HEAD PAY
      "\"receiving_parents\":[{\"id\":\"A\",\"children\":[{\"id\":\"b\",\"nights\":367}]}]}",
      "count_wrong", "/receiving_parents/0/children/0/nights" },
    { HEAD PAY "\"receiving_parents\":[{\"id\":\"A\",\"children\":[{\"id\":\"b\","
               "\"local_authority_nights\":367}]}]}",
      "count_wrong", "/receiving_parents/0/children/0/local_authority_nights" },
    { HEAD PAY "\"receiving_parents\":[{\"id\":\"A\",\"children\":[{\"id\":\"b\",\"age\":3}]}]}",
      "key_unknown", "/receiving_parents/0/children/0/age" },
    { HEAD PAY "\"receiving_parents\":[{\"id\":\"A\",\"day_to_day_care\":\"equal\"}]}",
      "word_unknown", "/receiving_parents/0/day_to_day_care" },
    { HEAD PAY
      "\"receiving_parents\":[{\"id\":\"A\",\"children\":[{\"id\":\"b\"},{\"id\":\"b\"}]}]}",
      "id_twice", "/receiving_parents/0/children/1/id" },
    { HEAD PAY "\"receiving_parents\":[{\"id\":\"A\",\"children\":[{\"id\":\"b\"}]},"
               "{\"id\":\"A\",\"children\":[{\"id\":\"c\"}]}]}",
      "id_twice", "/receiving_parents/1/id" },
    { HEAD PAY "\"receiving_parents\":[{\"id\":\"A\",\"children\":[{\"id\":\"b\"},{\"id\":\"c\"}]},"
               "{\"id\":\"B\",\"children\":[{\"id\":\"d\"},{\"id\":\"\\u0062\"}]}]}",
      "id_twice", "/receiving_parents/1/children/1/id" },
    { VARY("{}"), "key_missing", "/variations/0/ground" },
    { VARY("{\"ground\":\"mortgage\"}"), "amount_missing", "/variations/0" },
    { VARY("{\"ground\":\"mortgage\",\"weekly\":\"1\",\"annual\":\"1\"}"), "amount_twice",
      "/variations/0" },
    { VARY("{\"ground\":\"mortgage\",\"asset_value\":\"1\"}"), "amount_wrong_key",
      "/variations/0/asset_value" },
    { VARY("{\"ground\":\"assets\",\"weekly\":\"1\"}"), "amount_wrong_key",
      "/variations/0/weekly" },
    { VARY("{\"ground\":\"unearned_income\",\"weekly\":\"1\"}"), "amount_wrong_key",
      "/variations/0/weekly" },
    { VARY("{\"ground\":\"unearned_income\",\"asset_value\":\"1\"}"), "amount_wrong_key",
      "/variations/0/asset_value" },
    { VARY(
          "{\"weekly\":\"20\",\"ground\":\"mortgage\"},{\"ground\":\"mortgage\",\"annual\":\"1\"}"),
      "ground_twice", "/variations/1/ground" },
    { VARY("{\"ground\":\"luck\",\"weekly\":\"1\"}"), "word_unknown", "/variations/0/ground" },
    { VARY("{\"ground\":\"mortgage\",\"weekly\":null}"), "null_not_allowed",
      "/variations/0/weekly" },
    { HEAD PAY KIDS ",\"variations\":null}", "null_not_allowed", "/variations" },
    { HEAD "\"default_decision\":true,\"paying_parent\":{\"benefit_weekly\":\"1\"}," KIDS "}",
      "benefit_missing", "/paying_parent/benefit_weekly" },
};

static void test_every_fault_is_told(void **state)
{
    struct arena a = { 0 };

    (void)state;
    for (size_t k = 0; k < sizeof faults / sizeof *faults; k++) {
        struct assess_input input;
        struct fail f;
        bool read = assess_json_read(&a, faults[k].text, strlen(faults[k].text), &input, &f);
        if (read || strcmp(f.code, faults[k].code) != 0 || strcmp(f.field, faults[k].path) != 0)
            printf("%s\n  gives %s at %s\n", faults[k].text, read ? "no fault" : f.code,
                   read ? "" : f.field);
        assert_false(read);
        assert_string_equal(f.code, faults[k].code);
        assert_string_equal(f.field, faults[k].path);
        assert_true(strlen(f.text) > 20 && f.text[strlen(f.text) - 1] == '.');
    }
    arena_free(&a);
}

static bool accepted(struct arena *a, const char *text)
{
    struct assess_input input;
    struct fail f;
    return assess_json_read(a, text, strlen(text), &input, &f);
}

static void test_what_is_allowed(void **state)
{
    struct arena a = { 0 };

    (void)state;
    assert_true(accepted(&a, HEAD PAY KIDS "}"));
    assert_true(accepted(&a, " \r\n" HEAD PAY KIDS "} \n"));
    assert_true(accepted(&a, HEAD PAY KIDS ",\"variations\":[],\"id\":\"\"}"));
    assert_true(accepted(&a, HEAD KIDS ",\"default_decision\":true}"));
    assert_true(
        accepted(&a, PAYER("\"income\":{\"weekly\":\"000000000000000000000000000000000000005\"}")));
    assert_true(accepted(&a, PAYER("\"income\":{\"weekly\":\"999999999999.99\"}")));
    assert_true(
        accepted(&a, PAYER("\"income\":{\"weekly\":\"5.1\"},\"relevant_other_children\":1000")));
    assert_true(accepted(
        &a, HEAD PAY "\"receiving_parents\":[{\"id\":\"\xF0\x9F\x91\xA7 \\uD83D\\uDC66 "
                     "\\u0000\\u00e9\\/\\\"\",\"children\":[{\"id\":\"b\",\"nights\":366}]}]}"));
    arena_free(&a);
}

static void test_the_id_of_a_refused_input(void **state)
{
    static const struct {
        const char *text, *id;
    } cases[] = {
        { "{\"effective_date\":5,\"id\":\"x\"}", "x" },
        { "{\"id\":\"x\",\"what\":[{\"a\":[1,-2.5e3,true,false,null,\"\\n\",{},[]]}]}", "x" },
        { "{\"id\":\"x\",\"what\":[1 2]}", NULL },
        { "{\"id\":\"x\",\"what\":{\"a\" 2}}", NULL },
        { "{\"id\":\"x\",\"what\":{\"a\":2]}", NULL },
        { "{\"id\":\"x\",\"what\":{\"a\":2,}}", NULL },
        { "{\"id\":\"x\",\"what\":{3}}", NULL },
        { "{\"id\":\"x\"", NULL },
        { "{\"id\":\"x\"} ", "x" },
        { "{\"id\":\"x\"} y", NULL },
        { "{\"id\":\"x\",\"id\":\"y\"}", NULL },
        { "{\"id\":{}}", NULL },
        { "[\"id\",\"x\"]", NULL },
        { "{}", NULL },
    };
    struct arena a = { 0 };

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct assess_input input;
        struct fail f;
        struct out o = { .arena = &a };
        assert_false(assess_json_read(&a, cases[k].text, strlen(cases[k].text), &input, &f));
        assert_int_equal(input.has_id, cases[k].id != NULL);
        if (cases[k].id)
            assert_true(span_same(input.id, (struct span){ cases[k].id, strlen(cases[k].id) }));
        assess_json_write_error(&o, &input, &f);
        json_t *error = json_loads(out_string(&o), JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(error);
        json_decref(error);
    }
    arena_free(&a);
}

/* Nesting is counted, not recursed into. */
static void test_deep_nesting(void **state)
{
    enum { DEEP = 200000 };
    struct arena a = { 0 };
    char *text     = arena_take(&a, 2 * DEEP + 16);
    struct assess_input input;
    struct fail f;

    (void)state;
    strcpy(text, "{\"id\":");
    memset(text + strlen(text), '[', DEEP);
    assert_false(assess_json_read(&a, text, strlen(text), &input, &f));
    assert_string_equal(f.code, "nesting_too_deep");
    char *large = arena_take(&a, ASSESS_BYTES_MOST + 2);
    memset(large, ' ', ASSESS_BYTES_MOST + 1);
    assert_false(assess_json_read(&a, large, ASSESS_BYTES_MOST + 1, &input, &f));
    assert_string_equal(f.code, "input_too_large");
    arena_free(&a);
}

/* A code that says the text itself is no JSON. */
static bool is_fault_of_text(const char *code)
{
    static const char *const codes[] = { "json_malformed", "json_trailing",   "input_empty",
                                         "utf8_invalid",   "surrogate_alone", "control_character",
                                         "byte_order_mark" };
    for (size_t k = 0; k < sizeof codes / sizeof *codes; k++)
        if (!strcmp(code, codes[k])) return true;
    return false;
}

/* Facts made by a program, not read from a form, are checked too. */
static void test_facts_that_no_form_gives(void **state)
{
    struct rule_receiver receiver = { .child_count = 1 };
    struct rule_facts facts = { .receivers = &receiver, .receiver_count = 1, .child_count = 1 };
    date day                = date_make(2026, 4, 6);
    struct fail f;

    (void)state;
    facts.income = (struct rule_income){ .has_weekly = true, .has_current = true };
    assert_false(assess_check(&facts, day, &f));
    assert_string_equal(f.code, "income_twice");
    facts.income = (struct rule_income){ .has_weekly = true };
    assert_true(assess_check(&facts, day, &f));
    assert_false(assess_check(&facts, date_make(2012, 12, 9), &f));
    assert_string_equal(f.code, "date_before_scheme");
    receiver.child_count = 0;
    assert_false(assess_check(&facts, day, &f));
    assert_string_equal(f.code, "child_missing");
    facts.receiver_count = 0;
    assert_false(assess_check(&facts, day, &f));
    assert_string_equal(f.code, "receiver_missing");
}

/* No beginning of a text is a text. */
static void test_every_beginning_is_refused(void **state)
{
    static const char *const texts[] = {
        "{\"id\":\"\\uD83D\\uDC66 \\n\xC3\xA9\xE2\x82\xAC\xF0\x9F\x91\xA7\"," HEAD_REST PAY KIDS
        ",\"variations\":[{\"ground\":\"mortgage\",\"weekly\":\"1\"}, {\"ground\":\"assets\","
        "\"asset_value\":\"1\"}]}",
        PAYER("\"relevant_other_children\":12,\"income\":{\"historic_annual\":null,\"current_"
              "annual\":\"1\"}"),
        "{\"x\":[-10.25E+3,0,1e-5,{\"a\":{}},[],[[true,false,null]] ] , \"id\" : \"y\"}",
        "{\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x91\xA7\":1}",
    };
    struct arena a = { 0 };
    struct assess_input input;
    struct fail f;

    (void)state;
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        for (size_t length = 0; length < strlen(texts[k]); length++) {
            char *exactly = malloc(length ? length : 1);
            memcpy(exactly, texts[k], length);
            assert_false(assess_json_read(&a, exactly, length, &input, &f));
            assert_true(is_fault_of_text(f.code));
            free(exactly);
        }
    assert_true(assess_json_read(&a, texts[0], strlen(texts[0]), &input, &f));
    assert_true(assess_json_read(&a, texts[1], strlen(texts[1]), &input, &f));
    arena_free(&a);
}

/* A pointer too long for its place is cut between characters, never inside one. */
static void test_long_keys_are_cut_whole(void **state)
{
    struct arena a = { 0 };

    (void)state;
    for (int shift = 0; shift < 4; shift++) {
        struct out text = { .arena = &a };
        struct assess_input input;
        struct fail f;
        out_text(&text, "{\"paying_parent\":{\"income\":{\"");
        for (int k = 0; k < shift; k++)
            out_text(&text, "x");
        for (int k = 0; k < 100; k++)
            out_text(&text, "\xF0\x9F\x91\xA7");
        out_text(&text, "\":1}}}");
        const char *s = out_string(&text);
        assert_false(assess_json_read(&a, s, strlen(s), &input, &f));
        json_t *path = json_string(f.field);
        assert_non_null(path); /* jansson takes valid UTF-8 only */
        json_decref(path);
        assert_true(strlen(f.field) > 80);
    }
    arena_free(&a);
}

/* An id that no C string can hold is shown with a mark instead. */
static void test_an_id_with_a_nul(void **state)
{
    static const char text[] =
        HEAD PAY "\"id\":\"x\\u0000y\",\"receiving_parents\":[{\"id\":\"\\u0000A\","
                 "\"children\":[{\"id\":\"b\\u0000\",\"nights\":60}]},{\"id\":\"\",\"children\":"
                 "[{\"id\":\"\"}]}]}";
    struct arena a = { 0 };
    struct assess_input input;
    struct fail f;
    struct out o = { .arena = &a }, brief = { .arena = &a }, again = { .arena = &a };

    (void)state;
    assert_true(assess_json_read(&a, text, sizeof text - 1, &input, &f));
    assert_int_equal(input.id.length, 3);
    const struct law *law      = law_at(JURISDICTION_GREAT_BRITAIN, input.effective_date);
    struct award award         = award_new(&a, &input.facts);
    struct trace trace         = trace_new(&a, &input.facts);
    struct explain_names names = { input.receiver_ids, input.child_ids };
    assess_traced(&input.facts, law, &a, &award, &trace);
    struct explained steps = explain(&a, &input.facts, law, &trace, &names);
    assess_json_write_reply(&o, &input, &award, &steps);
    assess_json_write_reply(&brief, &input, &award, NULL);
    assess_json_write_input(&again, &input);
    assert_non_null(strstr(out_string(&o), "\"id\":\"x\\u0000y\""));
    assert_non_null(strstr(out_string(&o), "Child b?: 60 nights"));
    assert_null(strstr(out_string(&brief), "steps"));
    assert_non_null(strstr(out_string(&again), "\"id\":\"x\\u0000y\""));
    arena_free(&a);
}

/* ---- against another parser --------------------------------------------------------------- */

/* jansson refuses \u0000 in keys; nothing else differs from RFC 8259 with these flags. */
static bool other_parser_reads(const char *text, size_t length)
{
    json_error_t error;
    json_t *read = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);

    json_decref(read);
    return read != NULL || json_error_code(&error) == json_error_numeric_overflow ||
           json_error_code(&error) == json_error_null_byte_in_key;
}

static void test_syntax_agrees_with_another_parser(void **state)
{
    static const char base[] =
        HEAD "\"id\":\"a\\u00e9\\uD83D\\uDC66\xC3\xA9\"," PAY
             "\"receiving_parents\":[{\"id\":\"A\",\"children\":[{\"id\":\"b\",\"nights\":"
             "120},{\"id\":\"c\"}]}],\"variations\":[{\"ground\":\"mortgage\",\"weekly\":"
             "\"12.5\"}],\"default_decision\":false}";
    static const char spice[] =
        "{}[],:\"\\ \n\t0123456789.eE+-truefalsnu\x01\x7f\x80\xC3\xA9\xED\xA0\xF0\x9F";
    uint64_t seed  = CASE_SEED + 3;
    struct arena a = { 0 };
    char text[sizeof base + 8];

    (void)state;
    for (int k = 0; k < MUTATIONS; k++) {
        size_t length = sizeof base - 1;
        memcpy(text, base, sizeof base);
        for (int m = 1 + pick(&seed, 3); m > 0; m--) {
            size_t at = (size_t)pick(&seed, (int32_t)length);
            char c    = spice[pick(&seed, (int32_t)sizeof spice - 1)];
            if (once_in(&seed, 3)) {
                memmove(text + at, text + at + 1, length-- - at);
            } else if (once_in(&seed, 2)) {
                memmove(text + at + 1, text + at, length++ - at);
                text[at] = c;
            } else {
                text[at] = c;
            }
        }
        struct assess_input input;
        struct fail f;
        arena_reset(&a);
        bool read  = assess_json_read(&a, text, length, &input, &f);
        bool ours  = read || !is_fault_of_text(f.code);
        bool other = other_parser_reads(text, length);
        if (ours != other)
            printf("%.*s\n  ours %d (%s), other %d\n", (int)length, text, ours, read ? "" : f.code,
                   other);
        assert_int_equal(ours, other);
    }
    arena_free(&a);
}

/* The trace of `assess --lines`: its steps are kept while there is room for the next facts. */
static void test_a_trace_is_used_again(void **state)
{
    struct arena own               = { 0 };
    struct trace trace             = { 0 };
    const struct rule_facts small  = { .receiver_count = 1, .child_count = 1 };
    const struct rule_facts larger = { .receiver_count = 100, .child_count = 1000 };

    (void)state;
    trace_renew(&trace, &own, &larger);
    const struct step *steps = trace.steps;
    int32_t room             = trace.room;
    trace.count              = 1;
    trace_renew(&trace, &own, &small);
    assert_ptr_equal(trace.steps, steps);
    assert_int_equal(trace.room, room);
    assert_int_equal(trace.count, 0);
    trace = (struct trace){ 0 };
    trace_renew(&trace, &own, &small);
    assert_true(trace.room < room);
    trace_renew(&trace, &own, &larger);
    assert_int_equal(trace.room, room);
    arena_free(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_traced_is_untraced_and_parts_sum),
        cmocka_unit_test(test_more_income_never_lowers_the_award),
        cmocka_unit_test(test_replay_gives_the_same_bytes),
        cmocka_unit_test(test_a_trace_is_used_again),
        cmocka_unit_test(test_a_thousand_receiving_parents),
        cmocka_unit_test(test_a_changed_law_is_followed),
        cmocka_unit_test(test_every_fault_is_told),
        cmocka_unit_test(test_what_is_allowed),
        cmocka_unit_test(test_the_id_of_a_refused_input),
        cmocka_unit_test(test_deep_nesting),
        cmocka_unit_test(test_facts_that_no_form_gives),
        cmocka_unit_test(test_every_beginning_is_refused),
        cmocka_unit_test(test_long_keys_are_cut_whole),
        cmocka_unit_test(test_an_id_with_a_nul),
        cmocka_unit_test(test_syntax_agrees_with_another_parser),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
