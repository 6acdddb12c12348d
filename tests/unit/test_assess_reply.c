/* test_assess_reply.c: facts that no form gives, and the reply in its shorter forms: no id, no
 * steps, no names. */
#include "law/law.h"
#include "rule/assess.h"
#include "rule/assess_json.h"
#include "rule/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

/* 300.00 a week, one child of each of two receiving parents, the first with 52 nights: 16%
 * is 48.00, 24.00 each, and the first less a seventh: 20.571428. */
#define TWO_PARENTS                                                                                \
    "\"effective_date\":\"2026-04-06\",\"paying_parent\":{\"income\":{\"weekly\":\"300.00\"}},"    \
    "\"receiving_parents\":[{\"id\":\"\",\"children\":[{\"id\":\"x\",\"nights\":52}]},"            \
    "{\"id\":\"B\",\"children\":[{\"id\":\"y\"}]}]}"

struct worked {
    struct arena arena;
    struct assess_input input;
    struct award award;
    struct trace trace;
    const struct law *law;
};

static void work(struct worked *w, const char *text)
{
    struct fail f;

    *w = (struct worked){ 0 };
    assert_true(assess_json_read(&w->arena, text, strlen(text), &w->input, &f));
    w->law   = law_at(JURISDICTION_GREAT_BRITAIN, w->input.effective_date);
    w->award = award_new(&w->arena, &w->input.facts);
    w->trace = trace_new(&w->arena, &w->input.facts);
    assess_traced(&w->input.facts, w->law, &w->arena, &w->award, &w->trace);
}

static void a_reply_without_id_and_steps(void **state)
{
    struct worked w;
    struct out o;

    (void)state;
    work(&w, "{" TWO_PARENTS);
    o = (struct out){ .arena = &w.arena };
    assess_json_write_reply(&o, &w.input, &w.award, NULL);
    assert_string_equal(
        out_string(&o),
        "{\"id\":null,\"income_basis\":\"given\",\"gross_weekly_income\":\"300.00\","
        "\"rate\":\"basic\",\"weekly_total\":\"44.57\",\"receiving_parents\":["
        "{\"id\":\"\",\"weekly\":\"20.57\"},{\"id\":\"B\",\"weekly\":\"24.00\"}]}");
    arena_free(&w.arena);
}

static void an_input_without_id_is_written_as_it_was_read(void **state)
{
    struct worked w;
    struct out first, second;
    struct assess_input again;
    struct fail f;

    (void)state;
    work(&w, "{" TWO_PARENTS);
    first  = (struct out){ .arena = &w.arena };
    second = (struct out){ .arena = &w.arena };
    assess_json_write_input(&first, &w.input);
    assert_null(strstr(out_string(&first), "{\"id\":null"));
    assert_true(assess_json_read(&w.arena, out_string(&first), first.length, &again, &f));
    assert_false(again.has_id);
    assess_json_write_input(&second, &again);
    assert_string_equal(out_string(&first), out_string(&second));
    arena_free(&w.arena);
}

static bool said(const struct explained *e, const char *part)
{
    for (int32_t i = 0; i < e->count; i++)
        if (strstr(e->lines[i].label, part)) return true;
    return false;
}

static void people_without_names_are_numbered(void **state)
{
    struct worked w;

    (void)state;
    work(&w, "{" TWO_PARENTS);
    struct explain_names only = { .receivers = w.input.receiver_ids };
    struct explained numbered = explain(&w.arena, &w.input.facts, w.law, &w.trace, NULL);
    struct explained half     = explain(&w.arena, &w.input.facts, w.law, &w.trace, &only);
    assert_true(said(&numbered, "Receiving parent 2: £48.00 ÷ 2 children × 1: £24.00."));
    assert_true(said(&numbered, "Child 1: 52 nights"));
    assert_true(said(&half, "Receiving parent B: £48.00 ÷ 2 children × 1: £24.00."));
    assert_true(said(&half, "Child 1: 52 nights"));
    arena_free(&w.arena);
}

static void a_text_that_stops_inside_is_refused(void **state)
{
    static const char text[] = "{\"id\":\"z\"," TWO_PARENTS;
    static const char income[] =
        "{\"effective_date\":\"2026-04-06\",\"paying_parent\":{\"income\":{\"historic_annual\":";
    struct arena a = { 0 };
    struct assess_input input;
    struct fail f;

    (void)state;
    for (size_t n = 0; n < sizeof text - 1; n++)
        assert_false(assess_json_read(&a, text, n, &input, &f));
    assert_true(assess_json_read(&a, text, sizeof text - 1, &input, &f));
    assert_false(assess_json_read(&a, income, sizeof income - 1, &input, &f));
    assert_string_equal(f.code, "json_malformed");
    arena_free(&a);
}

/* ---- facts that no form gives -------------------------------------------------------------- */

struct faulty {
    struct rule_facts facts;
    struct rule_receiver receivers[2];
    struct rule_child children[2];
    date day;
};

static void date_is_early(struct faulty *x)
{
    x->day = date_make(2012, 12, 9);
}
static void nobody_receives(struct faulty *x)
{
    x->facts.receiver_count = 0;
}
static void second_has_no_child(struct faulty *x)
{
    x->receivers[1].child_count = 0;
}
static void weekly_and_historic(struct faulty *x)
{
    x->facts.income.has_historic = true;
}
static void weekly_and_current(struct faulty *x)
{
    x->facts.income.has_current = true;
}
static void no_income(struct faulty *x)
{
    x->facts.income.has_weekly = false;
}
static void amount_without_benefit(struct faulty *x)
{
    x->facts.has_benefit_weekly = true;
}
static void partner_without_benefit(struct faulty *x)
{
    x->facts.partner_also_liable = true;
}
static void partner_with_own_benefit(struct faulty *x)
{
    x->facts.benefit             = BENEFIT_OWN;
    x->facts.partner_also_liable = true;
}

static const struct {
    void (*spoil)(struct faulty *x);
    const char *code, *path;
} faults[] = {
    { date_is_early, "date_before_scheme", "/effective_date" },
    { nobody_receives, "receiver_missing", "/receiving_parents" },
    { second_has_no_child, "child_missing", "/receiving_parents" },
    { weekly_and_historic, "income_twice", "/paying_parent/income/weekly" },
    { weekly_and_current, "income_twice", "/paying_parent/income/weekly" },
    { no_income, "income_missing", "/paying_parent/income" },
    { amount_without_benefit, "benefit_missing", "/paying_parent/benefit_weekly" },
    { partner_without_benefit, "partner_without_benefit", "/paying_parent/partner_also_liable" },
    { partner_with_own_benefit, "partner_without_benefit", "/paying_parent/partner_also_liable" },
};

static void sound(struct faulty *x)
{
    *x                         = (struct faulty){ 0 };
    x->day                     = date_make(2026, 4, 6);
    x->receivers[0]            = (struct rule_receiver){ .child_count = 1 };
    x->receivers[1]            = (struct rule_receiver){ .first_child = 1, .child_count = 1 };
    x->facts.receivers         = x->receivers;
    x->facts.receiver_count    = 2;
    x->facts.children          = x->children;
    x->facts.child_count       = 2;
    x->facts.income.has_weekly = true;
    x->facts.income.weekly     = (money){ 30000 };
}

static void facts_that_cannot_be_assessed_are_refused(void **state)
{
    struct faulty x;
    struct fail f = { 0 };

    (void)state;
    sound(&x);
    assert_true(assess_check(&x.facts, x.day, &f));
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        sound(&x);
        faults[i].spoil(&x);
        f = (struct fail){ 0 };
        print_message("  %s\n", faults[i].code);
        assert_false(assess_check(&x.facts, x.day, &f));
        assert_int_equal(f.kind, FAIL_REFUSED);
        assert_string_equal(f.code, faults[i].code);
        assert_string_equal(f.field, faults[i].path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_without_id_and_steps),
        cmocka_unit_test(an_input_without_id_is_written_as_it_was_read),
        cmocka_unit_test(people_without_names_are_numbered),
        cmocka_unit_test(a_text_that_stops_inside_is_refused),
        cmocka_unit_test(facts_that_cannot_be_assessed_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
