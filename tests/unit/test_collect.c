/* test_collect.c: the collection fee by day and compliance (B-131, B-140): nothing of the announced
 * reform in the law in force, and what it would take when its draft is set on. */
#include "app/collect.h"
#include "law/draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

enum { ARRANGEMENT = 7, DAYS = 28 };

static const date begins = { 20000 };

/* "2%" of the draft called single-service. */
static ratio draft_rate(const char *name)
{
    int percent = -1;

    for (const struct law_draft *d = draft_table; d->name; d++)
        for (const struct law_parameter *p = d->parameters; p->name; p++)
            if (!strcmp(d->name, "single-service") && !strcmp(p->name, name))
                assert_int_equal(
                    sscanf(p->values[JURISDICTION_GREAT_BRITAIN][0].text, "%d%%", &percent), 1);
    assert_true(percent >= 0);
    ratio in_force = law_at(JURISDICTION_GREAT_BRITAIN, begins)->collection_fee_payer;
    return (ratio){ percent * in_force.d / 100, in_force.d };
}

/* The law in force until the reform's day, the reform's fees from then on. */
static date reform_day;
static const struct law *law_reformed(enum jurisdiction place, date day)
{
    static struct law reformed;

    if (date_before(day, reform_day)) return law_at(place, day);
    reformed                                    = *law_at(place, day);
    reformed.collection_fee_payer               = draft_rate("collection_fee_payer_compliant");
    reformed.collection_fee_payer_not_compliant = draft_rate("collection_fee_payer_not_compliant");
    return &reformed;
}

/* A family whose paying parent does not comply from a day on. */
static struct group family(struct sql_arrangement_list_row *arrangement,
                           struct sql_fact_list_row *fact, date from)
{
    *arrangement = (struct sql_arrangement_list_row){ .id             = ARRANGEMENT,
                                                      .jurisdiction   = JURISDICTION_GREAT_BRITAIN,
                                                      .effective_from = begins };
    *fact        = (struct sql_fact_list_row){
               .kind = "compliance", .value = "does_not_comply", .valid_from = from, .valid_to = DATE_OPEN
    };
    return (struct group){
        .arrangements = arrangement, .arrangement_count = 1, .facts = fact, .fact_count = 1
    };
}

static const struct sql_instalment_list_row four_weeks = { .arrangement = ARRANGEMENT,
                                                           .cover_from  = { 20000 },
                                                           .cover_to    = { 20000 + DAYS },
                                                           .amount      = { 40000 } };

static void compliance_changes_nothing_in_force(void **state)
{
    struct sql_arrangement_list_row a;
    struct sql_fact_list_row f;
    struct group g = family(&a, &f, date_add_days(begins, DAYS / 2));

    (void)state;
    assert_int_equal(collect_fee(&g, &four_weeks, four_weeks.amount).p, 8000);
    f.value = "complies";
    assert_int_equal(collect_fee(&g, &four_weeks, four_weeks.amount).p, 8000);
}

/* 400.00 of 28 days: 2% is 8.00, 20% is 80.00; half the days of each 44.00; 20%, then the reform
 * for the second half: 44.00 complying, 80.00 not. */
static void the_draft_takes_by_day_and_compliance(void **state)
{
    struct sql_arrangement_list_row a;
    struct sql_fact_list_row f;
    struct group g = family(&a, &f, DATE_OPEN);
    money amount   = four_weeks.amount;

    (void)state;
    reform_day = begins;
    assert_int_equal(collect_fee_under(law_reformed, &g, &four_weeks, amount).p, 800);
    g = family(&a, &f, begins);
    assert_int_equal(collect_fee_under(law_reformed, &g, &four_weeks, amount).p, 8000);
    g = family(&a, &f, date_add_days(begins, DAYS / 2));
    assert_int_equal(collect_fee_under(law_reformed, &g, &four_weeks, amount).p, 4400);
    f.value = "complies";
    assert_int_equal(collect_fee_under(law_reformed, &g, &four_weeks, amount).p, 800);
    reform_day = date_add_days(begins, DAYS / 2);
    assert_int_equal(collect_fee_under(law_reformed, &g, &four_weeks, amount).p, 4400);
    f.value = "does_not_comply";
    assert_int_equal(collect_fee_under(law_reformed, &g, &four_weeks, amount).p, 8000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compliance_changes_nothing_in_force),
        cmocka_unit_test(the_draft_takes_by_day_and_compliance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
