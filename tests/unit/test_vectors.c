/* test_vectors.c: every line of tests/vector (files .jsonl) is a calculation with its answer.  The
 * parser here is jansson, so that reader and writer are checked by something that is not ours. */
#include "base/arena.h"
#include "base/out.h"
#include "law/law.h"
#include "rule/assess.h"
#include "rule/assess_json.h"
#include "rule/explain_words.h"
#include "web/said.h"

#include <glob.h>
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

enum { LINE = 1 << 16 };

/* What the vectors together must reach. */
static bool note_seen[STEP_NOTES], rule_seen[RULES];
static int vector_count;

static int64_t pence(const char *text)
{
    money m = MONEY_NONE;
    assert_true(money_parse(text, strlen(text), &m));
    return m.p;
}

/* A step in Welsh says the same numbers, and is what a Welsh page finds for its English; but where
 * the English reads as that of another note does, a page may find that one's. */
static void check_welsh(struct arena *a, const struct explain_of *of,
                        const struct explained *english)
{
    struct explained welsh = explain_in(EXPLAIN_WELSH, a, of);

    assert_int_equal(welsh.count, english->count);
    for (int32_t k = 0; k < welsh.count; k++) {
        enum step_note note = welsh.lines[k].note;
#ifdef UPKEEP_COVERAGE /* the core alone: it has no pages */
        (void)note;
#else
        if (note != NOTE_OTHER_MET && note != NOTE_OTHER_SMALL)
            assert_string_equal(welsh.lines[k].label, said(a, english->lines[k].label));
#endif
        assert_string_equal(welsh.lines[k].cite, english->lines[k].cite);
        assert_string_equal(welsh.lines[k].amount, english->lines[k].amount);
    }
}

/* One calculation, fast and traced, as the reply that upkeep assess gives. */
static json_t *reply_to(struct arena *a, const char *text, struct award *award)
{
    struct assess_input input;
    struct fail f;
    struct out o = { .arena = a };

    if (!assess_json_read(a, text, strlen(text), &input, &f)) {
        printf("refused: %s %s %s\n", f.code, f.field, f.text);
        fail();
    }
    const struct law *law      = law_at(JURISDICTION_GREAT_BRITAIN, input.effective_date);
    struct award fast          = award_new(a, &input.facts);
    struct trace trace         = trace_new(a, &input.facts);
    struct explain_names names = { input.receiver_ids, input.child_ids };
    *award                     = award_new(a, &input.facts);
    assess(&input.facts, law, a, &fast);
    assess_traced(&input.facts, law, a, award, &trace);
    assert_int_equal(fast.weekly_total.p, award->weekly_total.p);
    assert_int_equal(fast.gross_weekly_income.p, award->gross_weekly_income.p);
    assert_int_equal(fast.rate, award->rate);
    assert_int_equal(fast.basis, award->basis);
    int64_t sum = 0;
    for (int32_t i = 0; i < input.facts.receiver_count; i++) {
        assert_int_equal(fast.weekly[i].p, award->weekly[i].p);
        assert_true(fast.weekly[i].p >= 0);
        sum += fast.weekly[i].p;
    }
    assert_int_equal(sum, fast.weekly_total.p);
    for (int32_t k = 0; k < trace.count; k++)
        note_seen[trace.steps[k].note] = true;
    struct explained steps = explain(a, &input.facts, law, &trace, &names);
    check_welsh(a, &(struct explain_of){ &input.facts, law, &trace, &names }, &steps);
    assess_json_write_reply(&o, &input, award, &steps);
    json_t *reply = json_loads(out_string(&o), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(reply);
    return reply;
}

static void check_parents(json_t *wanted, json_t *reply)
{
    const char *id;
    json_t *weekly, *parent;
    size_t i;

    json_object_foreach(wanted, id, weekly)
    {
        bool found = false;
        json_array_foreach(
            json_object_get(reply, "receiving_parents"), i,
            parent) if (!strcmp(json_string_value(json_object_get(parent, "id")), id))
        {
            assert_string_equal(json_string_value(json_object_get(parent, "weekly")),
                                json_string_value(weekly));
            found = true;
        }
        assert_true(found);
    }
}

static void check_expect(json_t *expect, json_t *reply)
{
    const char *key;
    json_t *wanted;

    assert_true(json_object_size(expect) > 0);
    json_object_foreach(expect, key, wanted)
    {
        json_t *is = json_object_get(reply, key);
        assert_non_null(is);
        if (!strcmp(key, "receiving_parents"))
            check_parents(wanted, reply);
        else if (json_is_null(wanted))
            assert_true(json_is_null(is));
        else
            assert_string_equal(json_string_value(is), json_string_value(wanted));
    }
}

/* What the published source prints, within the rounding it admits to. */
static void check_source(json_t *says, json_t *reply)
{
    const char *keys[][2] = { { "weekly", "weekly_total" },
                              { "gross_weekly_income", "gross_weekly_income" } };

    if (!says) return;
    for (size_t k = 0; k < 2; k++) {
        const char *printed = json_string_value(json_object_get(says, keys[k][0]));
        if (!printed) continue;
        int64_t apart =
            pence(printed) - pence(json_string_value(json_object_get(reply, keys[k][1])));
        assert_true(llabs(apart) <= pence(json_string_value(json_object_get(says, "within"))));
    }
    if (json_object_get(says, "rate"))
        assert_string_equal(json_string_value(json_object_get(says, "rate")),
                            json_string_value(json_object_get(reply, "rate")));
    if (json_object_get(says, "parents")) check_parents(json_object_get(says, "parents"), reply);
}

/* Rules of order or of counting say nothing of their own. */
static bool rule_has_sentence(enum rule_id rule)
{
    for (int n = 0; n < STEP_NOTES; n++)
        if (explain_notes[n].rule == rule) return true;
    return false;
}

/* Every rule the vector claims is in the steps; every step has all its members. */
static void check_steps(json_t *rules, json_t *reply)
{
    json_t *steps = json_object_get(reply, "steps"), *rule, *step;
    size_t i, k;

    assert_true(json_array_size(steps) > 0);
    json_array_foreach(rules, i, rule)
    {
        bool found = false;
        json_array_foreach(steps, k, step) found |=
            !strcmp(json_string_value(json_object_get(step, "rule")), json_string_value(rule));
        enum rule_id id = rule_find(json_string_value(rule));
        assert_true(id != RULE_NONE);
        if (!found && rule_has_sentence(id))
            printf("no step by rule %s\n", json_string_value(rule));
        assert_true(found || !rule_has_sentence(id));
        rule_seen[id] = true;
    }
    json_array_foreach(steps, k, step)
    {
        static const char *const members[] = { "rule", "cite", "label", "amount" };
        assert_int_equal(json_object_size(step), 4);
        for (size_t m = 0; m < 4; m++)
            assert_true(json_string_length(json_object_get(step, members[m])) > 0);
        assert_null(strchr(json_string_value(json_object_get(step, "label")), '{'));
    }
}

static void check_vector(const char *line)
{
    struct arena a = { 0 };
    struct award award;
    json_t *vector = json_loads(line, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(vector);
    printf("vector %s\n", json_string_value(json_object_get(vector, "vector")));
    char *input   = json_dumps(json_object_get(vector, "input"), JSON_COMPACT);
    json_t *reply = reply_to(&a, input, &award);
    check_expect(json_object_get(vector, "expect"), reply);
    check_source(json_object_get(vector, "source_says"), reply);
    check_steps(json_object_get(vector, "rules"), reply);
    json_decref(reply);
    json_decref(vector);
    free(input);
    arena_free(&a);
    vector_count++;
}

static void test_every_vector(void **state)
{
    static char line[LINE];
    glob_t files;

    (void)state;
    assert_int_equal(glob("tests/vector/*.jsonl", 0, NULL, &files), 0);
    for (size_t k = 0; k < files.gl_pathc; k++) {
        FILE *f = fopen(files.gl_pathv[k], "r");
        assert_non_null(f);
        while (fgets(line, sizeof line, f))
            check_vector(line);
        fclose(f);
    }
    globfree(&files);
    assert_true(vector_count > 300);
}

/* Needs test_every_vector before it. */
static void test_every_sentence_is_said(void **state)
{
    bool missing = false;

    (void)state;
    for (int n = 0; n < STEP_NOTES; n++)
        if (!note_seen[n]) {
            printf("no vector leads to note %d\n", n);
            missing = true;
        }
    assert_false(missing);
}

/* Needs test_every_vector before it. */
static void test_every_rule_has_a_vector(void **state)
{
    bool missing = false;

    (void)state;
    for (int r = RULE_NONE + 1; r < RULES; r++) {
        enum rule_kind kind = rule_table[r].kind;
        if ((kind == RULE_KIND_CALCULATION || kind == RULE_KIND_READING) && !rule_seen[r]) {
            printf("no vector for %s\n", rule_table[r].name);
            missing = true;
        }
    }
    assert_false(missing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_vector),
        cmocka_unit_test(test_every_sentence_is_said),
        cmocka_unit_test(test_every_rule_has_a_vector),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
