/* test_law.c: the law on each day, the tables behind it, and that nothing announced is in force. */
#include "law/draft.h"
#include "law/law.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define GB JURISDICTION_GREAT_BRITAIN
#define NI JURISDICTION_NORTHERN_IRELAND

static const struct law *law_on(enum jurisdiction j, int year, int month, int day)
{
    const struct law *law = law_at(j, date_make(year, month, day));
    assert_non_null(law);
    return law;
}

static const struct law_parameter *parameter(const char *name)
{
    for (int32_t i = 0; i < parameter_count; i++)
        if (!strcmp(parameter_table[i].name, name)) return &parameter_table[i];
    fail_msg("no parameter %s", name);
    return NULL;
}

static void there_is_no_law_before_the_scheme(void **state)
{
    (void)state;
    for (int j = 0; j < JURISDICTIONS; j++) {
        assert_null(law_at((enum jurisdiction)j, date_make(2012, 12, 9)));
        assert_null(law_at((enum jurisdiction)j, date_make(1, 1, 1)));
        assert_non_null(law_at((enum jurisdiction)j, date_make(2012, 12, 10)));
        assert_non_null(law_at((enum jurisdiction)j, date_make(9999, 12, 31)));
    }
}

/* Temporal coverage: the day before, the day of and the day after every change. */
static void every_change_begins_on_its_day(void **state)
{
    (void)state;
    for (int k = 0; k < JURISDICTIONS; k++) {
        enum jurisdiction j        = (enum jurisdiction)k;
        const struct law_epochs *e = &law_epochs[j];
        assert_true(e->count >= 2);
        assert_true(date_same(e->starts[0], law_scheme.opens));
        for (int32_t i = 0; i < e->count; i++) {
            const struct law *law = &e->laws[i];
            struct date_ymd s     = date_split(law->from);
            assert_true(date_same(law->from, e->starts[i]));
            assert_int_equal(law->epoch, s.year * 10000 + s.month * 100 + s.day);
            assert_int_equal(law->jurisdiction, j);
            assert_ptr_equal(law_at(j, law->from), law);
            assert_ptr_equal(law_at(j, date_add_days(law->from, 1)), law);
            assert_ptr_equal(law_at(j, date_add_days(law->from, -1)), i ? law - 1 : NULL);
            if (i) {
                assert_true(date_before(e->starts[i - 1], e->starts[i]));
                assert_true(law->digest != law[-1].digest);
            }
        }
    }
}

/* An epoch begins exactly where some value does, and on every day each parameter has a value. */
static void epochs_are_the_days_on_which_values_change(void **state)
{
    (void)state;
    for (int k = 0; k < JURISDICTIONS; k++) {
        enum jurisdiction j = (enum jurisdiction)k;
        for (date day = date_make(2012, 12, 10); day.d < date_make(2027, 1, 1).d; day.d++) {
            bool begins = date_same(law_at(j, day)->from, day), changes = false;
            for (int32_t i = 0; i < parameter_count; i++) {
                const struct law_value *v = law_value_at(&parameter_table[i], j, day);
                assert_non_null(v);
                changes |= date_same(v->from, day);
            }
            assert_int_equal(begins, changes);
        }
    }
}

static void the_rates_of_2012_and_2013_are_right(void **state)
{
    (void)state;
    for (int j = 0; j < JURISDICTIONS; j++) {
        const struct law *old = law_on((enum jurisdiction)j, 2013, 11, 24);
        const struct law *now = law_on((enum jurisdiction)j, 2013, 11, 25);
        assert_int_equal(old->flat_rate.p, 500);
        assert_int_equal(now->flat_rate.p, 700);
        assert_int_equal(old->half_flat_rate.p, 250);
        assert_int_equal(now->half_flat_rate.p, 350);
        assert_int_equal(old->nil_threshold.p, 500);
        assert_int_equal(now->nil_threshold.p, 700);
        assert_int_equal(old->shared_care_extra.p, 700);
        assert_int_equal(now->shared_care_extra.p, 700);
        assert_int_equal(old->reduced_percent[0][1].n, 164);
        assert_int_equal(now->reduced_percent[0][1].n, 141);
        assert_int_equal(now->reduced_percent[2][3].n, 238);
        assert_int_equal(now->reduced_percent[2][3].d, 1000);
        assert_true(old->other_income_threshold_inclusive);
        assert_false(now->other_income_threshold_inclusive);
        assert_false(old->variation_floor_in_force);
        assert_true(now->variation_floor_in_force);
        assert_true(old->nil_historic_rule); /* reading R-4: at every date */
    }
}

static void the_tables_are_those_of_the_law(void **state)
{
    static const int32_t nights[5]  = { 0, 52, 104, 156, 175 };
    static const ratio parts[5]     = { { 0, 1 }, { 1, 7 }, { 2, 7 }, { 3, 7 }, { 1, 2 } };
    static const int32_t council[7] = { 0, 52, 104, 156, 208, 260, 263 };
    const struct law *law           = law_on(GB, 2026, 11, 22);
    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_int_equal(law->shared_care_nights[i], nights[i]);
        assert_int_equal(law->shared_care_fraction[i].n, parts[i].n);
        assert_int_equal(law->shared_care_fraction[i].d, parts[i].d);
    }
    for (int i = 0; i < 7; i++)
        assert_int_equal(law->local_authority_nights[i], council[i]);
    assert_int_equal(law->local_authority_fraction[6].n, law->local_authority_fraction[6].d);
    assert_int_equal(law->special_expense_threshold[0].p, 1000);
    assert_int_equal(law->special_expense_threshold[1].p, 0);
    assert_int_equal(law->default_rate[2].p, 6400);
    assert_int_equal(law->basic_percent[1].n * 100 / law->basic_percent[1].d, 16);
    assert_int_equal(law->basic_plus_percent[2].n * 100 / law->basic_plus_percent[2].d, 15);
    assert_int_equal(law->other_children_percent[3].n * 100 / law->other_children_percent[3].d, 16);
    assert_int_equal(law->income_cap.p, 300000);
    assert_int_equal(law->year_days, 365);
    assert_int_equal(law->most_children, 3);
}

static void dated_grounds_and_fees_begin_and_end(void **state)
{
    (void)state;
    assert_false(law_on(GB, 2018, 12, 12)->asset_ground_in_force);
    assert_true(law_on(GB, 2018, 12, 13)->asset_ground_in_force);
    assert_int_equal(law_on(GB, 2018, 12, 13)->asset_threshold.p, 3125000);
    assert_false(law_on(NI, 2018, 12, 13)->asset_ground_in_force);
    assert_int_equal(law_on(GB, 2014, 6, 29)->application_fee.p, 0);
    assert_int_equal(law_on(GB, 2014, 6, 30)->application_fee.p, 2000);
    assert_int_equal(law_on(GB, 2024, 2, 25)->application_fee.p, 2000);
    assert_int_equal(law_on(GB, 2024, 2, 26)->application_fee.p, 0);
    assert_int_equal(law_on(NI, 2020, 1, 1)->application_fee.p, 0);
    assert_int_equal(law_on(GB, 2014, 8, 10)->collection_fee_payer.n, 0);
    assert_int_equal(law_on(GB, 2014, 8, 11)->collection_fee_payer.n, 200);
    assert_int_equal(law_on(GB, 2014, 8, 11)->collection_fee_receiver.n, 40);
    assert_false(law_on(GB, 2013, 4, 28)->universal_credit_counts);
    assert_true(law_on(GB, 2013, 4, 29)->universal_credit_counts);
}

static void every_value_says_where_it_stands(void **state)
{
    (void)state;
    for (int32_t i = 0; i < parameter_count; i++) {
        const struct law_parameter *p = &parameter_table[i];
        assert_true(p->rule > RULE_NONE && p->rule < RULES);
        assert_true(*p->label && *p->unit);
        for (int j = 0; j < JURISDICTIONS; j++)
            for (int32_t k = 0; k < p->value_count[j]; k++) {
                const struct law_value *v = &p->values[j][k];
                assert_true(*v->provision && *v->mark && v->has_date);
                assert_true(v->source >= source_table && v->source < source_table + source_count);
                assert_true(k == 0 || date_before(v[-1].from, v->from));
            }
    }
    assert_int_equal(parameter("flat_rate")->value_count[GB], 2);
    assert_string_equal(parameter("flat_rate")->values[NI][1].source->name, "SR2013-190");
}

static void rules_are_found_by_name(void **state)
{
    (void)state;
    assert_int_equal(rule_find("A-62"), RULE_A_62);
    assert_int_equal(rule_find("r-3"), RULE_R_3);
    assert_int_equal(rule_find("A-6"), RULE_A_6);
    assert_int_equal(rule_find("A-999"), RULE_NONE);
    assert_int_equal(rule_find(""), RULE_NONE);
    assert_string_equal(rule_cite(RULE_A_62, GB), "CSA 1991 Sch 1 para 7(4)");
    for (int i = RULE_NONE + 1; i < RULES; i++) {
        const struct law_rule *r = &rule_table[i];
        assert_int_equal(rule_find(r->name), i);
        assert_true(*r->title && *r->english && *r->mark && r->welsh);
        assert_true(r->kind > RULE_KIND_NONE && r->kind < RULE_KIND_DRAFT);
    }
}

static bool is_related(enum rule_id from, enum rule_id to)
{
    for (const enum rule_id *k = rule_table[from].related; k && *k != RULE_NONE; k++)
        if (*k == to) return true;
    return false;
}

static void readings_and_rules_refer_to_each_other(void **state)
{
    (void)state;
    for (int i = RULE_NONE + 1; i < RULES; i++)
        for (const enum rule_id *k = rule_table[i].related; k && *k != RULE_NONE; k++)
            assert_true(is_related(*k, (enum rule_id)i));
    assert_true(is_related(RULE_A_91, RULE_R_11));
    assert_true(is_related(RULE_R_14, RULE_A_63));
}

static void what_was_not_read_is_known(void **state)
{
    (void)state;
    assert_true(law_mark_unverified("R"));
    assert_true(law_mark_unverified("VR"));
    assert_true(law_mark_unverified("SU"));
    assert_false(law_mark_unverified("VGS"));
}

static void drafts_are_not_in_force(void **state)
{
    int drafts = 0;
    (void)state;
    for (const struct law_draft *d = draft_table; d->name; d++, drafts++) {
        for (const struct law_rule *r = d->rules; r->name; r++) {
            assert_int_equal(r->kind, RULE_KIND_DRAFT);
            assert_int_equal(rule_find(r->name), RULE_NONE);
        }
        for (const struct law_parameter *p = d->parameters; p->name; p++)
            assert_false(p->values[GB][0].has_date);
    }
    assert_int_equal(drafts, 3);
    assert_int_equal(law_on(GB, 2030, 1, 1)->collection_fee_receiver.n, 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_is_no_law_before_the_scheme),
        cmocka_unit_test(every_change_begins_on_its_day),
        cmocka_unit_test(epochs_are_the_days_on_which_values_change),
        cmocka_unit_test(the_rates_of_2012_and_2013_are_right),
        cmocka_unit_test(the_tables_are_those_of_the_law),
        cmocka_unit_test(dated_grounds_and_fees_begin_and_end),
        cmocka_unit_test(every_value_says_where_it_stands),
        cmocka_unit_test(rules_are_found_by_name),
        cmocka_unit_test(readings_and_rules_refer_to_each_other),
        cmocka_unit_test(what_was_not_read_is_known),
        cmocka_unit_test(drafts_are_not_in_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
