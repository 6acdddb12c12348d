/* test_flow.c: from which day a change counts, the table of fact kinds, and the
 * order of the demand guard's reasons. */
#include "flow/change.h"
#include "flow/decision_kind.h"
#include "flow/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

#define COUNT(a) (sizeof(a) / sizeof *(a))

static money pounds(const char *text)
{
    money m;
    assert_true(money_parse(text, strlen(text), &m));
    return m;
}

/* ---- changes of income --------------------------------------------------------------------- */

enum from { NOTHING_CHANGES, FROM_HAPPENED, FROM_REPORTED };

static const struct {
    const char *why;
    enum income_basis basis;
    const char *in_use, *reported;
    enum from from;
    bool had_duty;
    const char *cite;
} income_changes[] = {
    { "current, up by exactly 25%: must be reported, so from its day (A-107)", INCOME_BASIS_CURRENT,
      "20000.00", "25000.00", FROM_HAPPENED, true, "A-106, A-107" },
    { "current, up by a penny less than 25%: no change, no duty (A-104)", INCOME_BASIS_CURRENT,
      "20000.00", "24999.99", NOTHING_CHANGES, false, "A-104, A-106" },
    { "current, down by exactly 25%: a fall counts from the report (A-106)", INCOME_BASIS_CURRENT,
      "20000.00", "15000.00", FROM_REPORTED, false, "A-104, A-106" },
    { "current, down by a penny less than 25%", INCOME_BASIS_CURRENT, "20000.00", "15000.01",
      NOTHING_CHANGES, false, "A-104, A-106" },
    { "current, the same", INCOME_BASIS_CURRENT, "20000.00", "20000.00", NOTHING_CHANGES, false,
      "A-104, A-106" },
    { "25% of the figure in use, not of the new one: 20% of 25000 is not enough",
      INCOME_BASIS_CURRENT, "25000.00", "20000.00", NOTHING_CHANGES, false, "A-104, A-106" },
    { "historic, up by exactly 25%: no duty while historic is used (A-107)", INCOME_BASIS_HISTORIC,
      "20000.00", "25000.00", FROM_REPORTED, false, "A-104, A-106" },
    { "historic, up by a penny less", INCOME_BASIS_HISTORIC, "20000.00", "24999.99",
      NOTHING_CHANGES, false, "A-104, A-106" },
    { "historic, all of it lost", INCOME_BASIS_HISTORIC, "20000.00", "0.00", FROM_REPORTED, false,
      "A-104, A-106" },
    { "historic nil: any income is a change (A-11)", INCOME_BASIS_HISTORIC, "0.00", "0.01",
      FROM_REPORTED, false, "A-104, A-106" },
    { "historic nil and still nil", INCOME_BASIS_HISTORIC, "0.00", "0.00", NOTHING_CHANGES, false,
      "A-104, A-106" },
    { "current nil, then some: a rise of more than any share of nothing", INCOME_BASIS_CURRENT,
      "0.00", "0.01", FROM_HAPPENED, true, "A-106, A-107" },
    { "no figure in use: nothing to compare with", INCOME_BASIS_NONE, "0.00", "0.00", FROM_REPORTED,
      false, "A-104, A-106" },
    { "a default decision: nothing to compare with", INCOME_BASIS_DEFAULT, "0.00", "9000.00",
      FROM_REPORTED, false, "A-104, A-106" },
    { "the most that an amount can say does not overflow", INCOME_BASIS_CURRENT, "999999999999.99",
      "749999999999.99", FROM_REPORTED, false, "A-104, A-106" },
};

static void income_changes_count_from_their_day_or_the_report(void **state)
{
    date happened = date_make(2026, 6, 1), reported = date_make(2026, 6, 15);
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, happened);

    (void)state;
    for (size_t i = 0; i < COUNT(income_changes); i++) {
        struct income_in_use use = { income_changes[i].basis, pounds(income_changes[i].in_use) };
        struct change c =
            change_income(law, use, pounds(income_changes[i].reported), happened, reported);
        print_message("  %s\n", income_changes[i].why);
        assert_int_equal(c.counts, income_changes[i].from != NOTHING_CHANGES);
        if (c.counts)
            assert_int_equal(c.counts_from.d,
                             income_changes[i].from == FROM_HAPPENED ? happened.d : reported.d);
        assert_int_equal(c.had_duty, income_changes[i].had_duty);
        assert_string_equal(c.cite, income_changes[i].cite);
    }
}

/* ---- other changes ------------------------------------------------------------------------- */

static const struct {
    const char *kind;
    enum from starts, ends;
    bool cited;
} other_changes[] = {
    /* benefits start and stop on their day. */
    { "benefit", FROM_HAPPENED, FROM_HAPPENED, true },
    { "benefit_weekly", FROM_HAPPENED, FROM_HAPPENED, true },
    /* a child who ceases to be one, or to be supported, does so on the day; one who is new
     * counts from the report. */
    { "lives_with", FROM_REPORTED, FROM_HAPPENED, true },
    { "relevant_other_children", FROM_REPORTED, FROM_HAPPENED, true },
    { "other_arrangement_children", FROM_REPORTED, FROM_HAPPENED, true },
    /* A-106, the default: from the report. */
    { "nights", FROM_REPORTED, FROM_REPORTED, true },
    { "local_authority_nights", FROM_REPORTED, FROM_REPORTED, true },
    { "equal_care", FROM_REPORTED, FROM_REPORTED, true },
    { "pension_contributions", FROM_REPORTED, FROM_REPORTED, true },
    { "circumstance", FROM_REPORTED, FROM_REPORTED, true },
    { "variation_contact_costs", FROM_REPORTED, FROM_HAPPENED, true },
    /* No part of the calculation: from the day given, no provision. */
    { "address", FROM_HAPPENED, FROM_HAPPENED, false },
    { "pay_day", FROM_HAPPENED, FROM_HAPPENED, false },
    { "dispute", FROM_HAPPENED, FROM_HAPPENED, false },
};

static void other_changes_count_as_the_table_says(void **state)
{
    date happened = date_make(2026, 6, 1), reported = date_make(2026, 6, 15);

    (void)state;
    for (size_t i = 0; i < COUNT(other_changes); i++) {
        enum fact_kind kind = fact_kind_find(other_changes[i].kind);
        print_message("  %s\n", other_changes[i].kind);
        assert_int_not_equal(kind, FACT_KINDS);
        for (int ends = 0; ends < 2; ends++) {
            enum from from  = ends ? other_changes[i].ends : other_changes[i].starts;
            struct change c = change_other(kind, ends, happened, reported);
            assert_true(c.counts);
            assert_false(c.had_duty);
            assert_int_equal(c.counts_from.d, from == FROM_HAPPENED ? happened.d : reported.d);
            assert_string_equal(c.cite, other_changes[i].cited ? "A-106" : "");
        }
    }
}

/* ---- kinds of fact ------------------------------------------------------------------------- */

static void every_kind_has_one_name_and_a_label(void **state)
{
    (void)state;
    for (int k = 0; k < FACT_KINDS; k++) {
        const struct fact_kind_entry *e = &fact_kind_table[k];
        assert_non_null(e->name);
        assert_true(e->label && *e->label);
        assert_int_equal(fact_kind_find(e->name), k);
        assert_int_equal(e->choices != NULL, e->value == VALUE_CHOICE);
        assert_true(e->value != VALUE_COUNT || e->most > e->least);
    }
    assert_int_equal(fact_kind_find("shoe_size"), FACT_KINDS);
    assert_int_equal(fact_kind_find(""), FACT_KINDS);
}

static void a_kind_of_decision_is_found_by_its_name(void **state)
{
    (void)state;
    for (enum decision_kind k = 0; k < DECISION_KINDS; k++)
        assert_int_equal(decision_kind_find(decision_kind_table[k].name), k);
    assert_int_equal(decision_kind_find("guess"), DECISION_KINDS);
}

static void the_calculation_reads_what_assess_reads(void **state)
{
    static const char *const read[]     = { "income_historic", "benefit",    "variation_assets",
                                            "nights",          "lives_with", "equal_care" };
    static const char *const not_read[] = { "service", "pay_interval", "dispute",
                                            "hold",    "address",      "language" };
    (void)state;
    for (size_t i = 0; i < COUNT(read); i++)
        assert_true(fact_kind_counts(fact_kind_find(read[i])));
    for (size_t i = 0; i < COUNT(not_read); i++)
        assert_false(fact_kind_counts(fact_kind_find(not_read[i])));
}

static void a_word_is_found_whole(void **state)
{
    static const char *const words = "none own own_or_partner";
    (void)state;
    assert_int_equal(fact_choice_index(words, "none"), 0);
    assert_int_equal(fact_choice_index(words, "own"), 1);
    assert_int_equal(fact_choice_index(words, "own_or_partner"), 2);
    assert_int_equal(fact_choice_index(words, "own_or"), -1);
    assert_int_equal(fact_choice_index(words, "now"), -1);
    assert_int_equal(fact_choice_index(words, ""), -1);
}

static const struct {
    const char *kind, *value;
    bool right;
} values[] = {
    { "income_historic", "27000.00", true },
    { "income_historic", "27000", true },
    { "income_historic", "-1.00", false },
    { "income_historic", "27,000.00", false },
    { "income_historic", "", false },
    { "nights", "0", true },
    { "nights", "366", true },
    { "nights", "367", false },
    { "nights", "-1", false },
    { "nights", "", false },
    { "nights", "52 ", false },
    { "nights", "fifty", false },
    { "lives_with", "0", false }, /* persons are numbered from 1 */
    { "lives_with", "1", true },
    { "lives_with", "2147483647", true },
    { "lives_with", "2147483648", false },
    { "lives_with", "99999999999", false },
    { "pay_day", "0", false },
    { "pay_day", "31", true },
    { "pay_day", "32", false },
    { "relevant_other_children", "1000", true },
    { "relevant_other_children", "1001", false },
    { "benefit", "own_or_partner", true },
    { "benefit", "own_or", false },
    { "benefit", "", false },
    { "no_information", "yes", true },
    { "no_information", "no", false },
    { "dispute", "They say it was paid by cheque.", true },
    { "dispute", "", false },
    { "variation_contact_costs", "weekly 12.50", true },
    { "variation_contact_costs", "annual 650.00", true },
    { "variation_contact_costs", "asset_value 650.00", false },
    { "variation_contact_costs", "monthly 650.00", false },
    { "variation_contact_costs", "12.50", false },
    { "variation_contact_costs", "weekly", false },
    { "variation_contact_costs", "weekly ", false },
    { "variation_contact_costs", "weekly much", false },
    { "variation_contact_costs", " 12.50", false },
    { "variation_contact_costs", "weekly_or_annually 12.50", false },
    { "variation_unearned_income", "annual 2600.00", true },
    { "variation_unearned_income", "weekly 50.00", false },
    { "variation_assets", "asset_value 40000.00", true },
    { "national_insurance_number", "QQ123456C", true },
    { "national_insurance_number", "qq123456c", false },
    { "national_insurance_number", "QQ 12 34 56 C", false },
    { "employer_reference", "500000000017", true },
    { "employer_reference", "510000000017", true },
    { "employer_reference", "520000000017", false },
    { "employer_reference", "50000000001", false },
    { "employee_reference", "100000000123", true },
    { "employee_reference", "10000000012x", false },
    { "phone", "01632 960 001", true },
    { "phone", "ask her", false },
    { "phone", "999", false },
    { "email", "a b@c", false },
    { "email", "nicola@example.com", true },
    { "email", "nicola at example", false },
    { "safe_channel", "telephone", true },
    { "safe_channel", "shouting", false },
    { "school", "", false },
    { "variation_assets", "annual 40000.00", false },
    { "variation_contact_costs", "annually_or_weekly", false },
    { "national_insurance_number", "QQ123456", false },
    { "employer_reference", "400000000017", false },
    { "employer_reference", "50000000001x", false },
    { "employee_reference", "1000000001234", false },
    { "bank_account", "01-02-03 12345678 Nicola Carer", true },
    { "bank_account", "01-02-03 12345678 N", true },
    { "bank_account", "01-02-03 12345678 ", false }, /* whose? */
    { "bank_account", "01-02-03 12345678", false },
    { "bank_account", "010203 12345678 Nicola Carer", false },
    { "bank_account", "01-02-03 1234567 Nicola Carer", false },
    { "bank_account", "01-02-03 1234567: Nicola Carer", false },
    { "bank_account", "", false },
};

static void values_have_the_form_of_their_kind(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(values); i++) {
        struct fail fail    = { 0 };
        enum fact_kind kind = fact_kind_find(values[i].kind);
        print_message("  %s \"%s\"\n", values[i].kind, values[i].value);
        assert_int_not_equal(kind, FACT_KINDS);
        assert_int_equal(fact_value_check(kind, values[i].value, &fail), values[i].right);
        if (values[i].right) continue;
        assert_int_equal(fail.kind, FAIL_REFUSED);
        assert_string_equal(fail.code, "value_wrong");
        assert_non_null(strstr(fail.text, fact_kind_table[kind].label));
    }
}

static void an_amount_beyond_all_is_told_so(void **state)
{
    static const char *const beyond[][2] = { { "income_historic", "1000000000000" },
                                             { "variation_contact_costs",
                                               "weekly 1000000000000.00" } };
    (void)state;
    for (size_t i = 0; i < COUNT(beyond); i++) {
        struct fail fail = { 0 };
        assert_false(fact_value_check(fact_kind_find(beyond[i][0]), beyond[i][1], &fail));
        assert_string_equal(fail.code, "value_wrong");
        assert_string_equal(fail.text, "That is too much: it can be £999,999,999,999.99 at most.");
    }
}

static void a_variation_is_read_with_its_unit(void **state)
{
    struct rule_variation v;
    (void)state;
    assert_true(fact_value_variation("weekly 12.50", &v));
    assert_int_equal(v.unit, VARIATION_WEEKLY);
    assert_int_equal(v.amount.p, 1250);
    assert_true(fact_value_variation("annual 2600.00", &v));
    assert_int_equal(v.unit, VARIATION_ANNUAL);
    assert_true(fact_value_variation("asset_value 40000.00", &v));
    assert_int_equal(v.unit, VARIATION_ASSET_VALUE);
    assert_int_equal(v.amount.p, 4000000);
}

/* ---- the guard ----------------------------------------------------------------------------- */

/* Everything is wrong; each line puts one thing right, and the next reason in the order of gravity
 * is the one given. */
static void the_guard_gives_the_gravest_reason(void **state)
{
    struct demand d = { .owed        = pounds("0.00"),
                        .credit      = pounds("0.01"),
                        .overdue     = pounds("0.00"),
                        .disputed    = true,
                        .on_hold     = true,
                        .unmatched   = pounds("0.01"),
                        .announced   = pounds("0.01"),
                        .recent      = pounds("0.01"),
                        .told_before = true,
                        .told        = pounds("100.00"),
                        .jump        = pounds("50.00"),
                        .alone       = pounds("120.00"),
                        .rederives   = false,
                        .has_address = false };

    (void)state;
    d.owed.p       = -1;
    d.person_first = true;
    assert_int_equal(demand_guard(&d), DEMAND_PERSON_FIRST);
    d.person_first = false;
    assert_int_equal(demand_guard(&d), DEMAND_DOES_NOT_REDERIVE);
    d.rederives = true;
    assert_int_equal(demand_guard(&d), DEMAND_IN_CREDIT);
    d.credit = MONEY_NONE;
    assert_int_equal(demand_guard(&d), DEMAND_IN_CREDIT); /* we owe them a penny */
    d.owed = MONEY_NONE;
    assert_int_equal(demand_guard(&d), DEMAND_NOTHING_OVERDUE);
    d.owed = pounds("100.00"); /* due today, not yet overdue */
    assert_int_equal(demand_guard(&d), DEMAND_NOTHING_OVERDUE);
    d.overdue = pounds("0.01");
    assert_int_equal(demand_guard(&d), DEMAND_DISPUTED);
    d.disputed = false;
    assert_int_equal(demand_guard(&d), DEMAND_ON_HOLD);
    d.on_hold = false;
    assert_int_equal(demand_guard(&d), DEMAND_UNMATCHED_MONEY);
    d.unmatched = MONEY_NONE;
    assert_int_equal(demand_guard(&d), DEMAND_ANNOUNCED);
    d.announced = MONEY_NONE;
    assert_int_equal(demand_guard(&d), DEMAND_RECENT_MONEY);
    d.recent  = MONEY_NONE;
    d.overdue = pounds("150.01");
    assert_int_equal(demand_guard(&d), DEMAND_JUMPS);
    d.overdue = pounds("150.00"); /* just not a jump, and too much for one person alone */
    assert_int_equal(demand_guard(&d), DEMAND_NEEDS_SECOND);
    d.released = pounds("149.99");
    assert_int_equal(demand_guard(&d), DEMAND_NEEDS_SECOND);
    d.released = pounds("150.00");
    assert_int_equal(demand_guard(&d), DEMAND_NO_ADDRESS);
    d.overdue = pounds("150.01");
    assert_int_equal(demand_guard(&d), DEMAND_JUMPS);
    d.released = pounds("150.01");
    assert_int_equal(demand_guard(&d), DEMAND_NO_ADDRESS);
    d.released = MONEY_NONE;
    d.overdue  = pounds("120.00"); /* one person may */
    assert_int_equal(demand_guard(&d), DEMAND_NO_ADDRESS);
    d.overdue     = pounds("150.01");
    d.alone       = MONEY_NONE; /* any amount */
    d.told_before = false;      /* nothing to jump from */
    assert_int_equal(demand_guard(&d), DEMAND_NO_ADDRESS);
    d.told_before = true;
    d.jump        = MONEY_NONE;
    assert_int_equal(demand_guard(&d), DEMAND_NO_ADDRESS);
    d.has_address = true;
    assert_int_equal(demand_guard(&d), DEMAND_MAY_GO);
}

/* From a demand that may go, each single fault stops it. */
static void each_fault_alone_stops_a_demand(void **state)
{
    const struct demand good = { .owed        = pounds("3000.00"),
                                 .overdue     = pounds("3000.00"),
                                 .rederives   = true,
                                 .has_address = true };
    struct demand bad[DEMAND_REFUSALS];

    (void)state;
    for (int r = 0; r < DEMAND_REFUSALS; r++)
        bad[r] = good;
    bad[DEMAND_PERSON_FIRST].person_first   = true;
    bad[DEMAND_DOES_NOT_REDERIVE].rederives = false;
    bad[DEMAND_IN_CREDIT].credit            = pounds("0.01");
    bad[DEMAND_NOT_AGREED].not_agreed       = true;
    bad[DEMAND_NOTHING_OVERDUE].overdue     = MONEY_NONE;
    bad[DEMAND_DISPUTED].disputed           = true;
    bad[DEMAND_ON_HOLD].on_hold             = true;
    bad[DEMAND_UNMATCHED_MONEY].unmatched   = pounds("0.01");
    bad[DEMAND_ANNOUNCED].announced         = pounds("0.01");
    bad[DEMAND_RECENT_MONEY].recent         = pounds("0.01");
    bad[DEMAND_JUMPS].told_before           = true;
    bad[DEMAND_JUMPS].jump                  = pounds("0.01");
    bad[DEMAND_NEEDS_SECOND].alone          = pounds("2999.99");
    bad[DEMAND_NO_ADDRESS].has_address      = false;
    for (int r = DEMAND_MAY_GO; r < DEMAND_REFUSALS; r++) {
        assert_int_equal(demand_guard(&bad[r]), r);
        assert_true(*demand_refusal_words[r] && *demand_refusal_sentences[r]);
    }
}

/* Before an order: what falls due may be taken whatever is disputed; a debt only when it is sure.
 */
static void the_guard_stands_before_an_order(void **state)
{
    struct demand d = { .owed         = pounds("0.00"),
                        .credit       = pounds("0.01"),
                        .overdue      = pounds("150.00"),
                        .alone        = pounds("120.00"),
                        .unmatched    = pounds("0.01"),
                        .announced    = pounds("0.01"),
                        .recent       = pounds("0.01"),
                        .person_first = true,
                        .disputed     = true,
                        .on_hold      = true };

    (void)state;
    d.owed.p = -1;
    assert_int_equal(order_guard(&d, false), DEMAND_PERSON_FIRST);
    d.person_first = false;
    assert_int_equal(order_guard(&d, false), DEMAND_DOES_NOT_REDERIVE);
    d.rederives = true;
    assert_int_equal(order_guard(&d, false), DEMAND_ON_HOLD);
    d.on_hold = false;
    assert_int_equal(order_guard(&d, false), DEMAND_MAY_GO);
    assert_int_equal(order_guard(&d, true), DEMAND_IN_CREDIT);
    d.credit = MONEY_NONE;
    assert_int_equal(order_guard(&d, true), DEMAND_IN_CREDIT); /* we owe them a penny */
    d.owed = pounds("150.00");
    assert_int_equal(order_guard(&d, true), DEMAND_DISPUTED);
    d.disputed = false;
    assert_int_equal(order_guard(&d, true), DEMAND_UNMATCHED_MONEY);
    d.unmatched = MONEY_NONE; /* what was just deducted or came is no reason */
    assert_int_equal(order_guard(&d, true), DEMAND_NEEDS_SECOND);
    d.released = d.overdue;
    assert_int_equal(order_guard(&d, true), DEMAND_MAY_GO);
    d.released = MONEY_NONE;
    d.overdue  = d.alone; /* one person may */
    assert_int_equal(order_guard(&d, true), DEMAND_MAY_GO);
    d.alone = MONEY_NONE; /* any amount */
    assert_int_equal(order_guard(&d, true), DEMAND_MAY_GO);
}

static void protected_kinds_are_known_by_name(void **state)
{
    (void)state;
    for (enum fact_kind k = 0; k < FACT_KINDS; k++)
        assert_int_equal(fact_kind_is_sealed(fact_kind_table[k].name),
                         fact_kind_table[k].seal != 0);
    assert_false(fact_kind_is_sealed("addresses"));
    assert_false(fact_kind_is_sealed(""));
}

static void a_fact_is_of_the_payer_or_of_whom_it_is_about(void **state)
{
    (void)state;
    assert_int_equal(fact_kind_whose(FACT_EMPLOYER_REFERENCE, 7, 0), 7);
    assert_int_equal(fact_kind_whose(FACT_ADDRESS, 7, 9), 9);
}

static void words_that_give_a_value_away_are_found(void **state)
{
    static const struct {
        const char *value, *words;
        bool tell;
    } cases[] = {
        { "14 Pretend Lane\nNowhere\nZZ1 4QQ", "she moved to 14 pretend lane", true },
        { "14 Pretend Lane\nNowhere\nZZ1 4QQ", "somewhere in zz1 4qq", true },
        { "14 Pretend Lane\nNowhere\nZZ1 4QQ", "Nowhere in particular", false },
        { "14 Pretend Lane\nNowhere\nZZ1 4QQ", "she moved", false },
        { "Quillaford School", "she goes to quillaford school", true },
        { "14 Pretend Lane", "", false },
        { "14 Pretend Lane", NULL, false },
        { "01-02-03 12345678 Nicola Carer", "his account is 12345678", true },
        { "01-02-03 12345678 Nicola Carer", "his account is 1234567", false },
        { "Ann", "Ann rang", false }, /* too short to be told by */
        { "7 A", "seven a", false },
        { "", "anything", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(fact_words_tell(cases[i].value, cases[i].words), cases[i].tell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kind_of_decision_is_found_by_its_name),
        cmocka_unit_test(protected_kinds_are_known_by_name),
        cmocka_unit_test(a_fact_is_of_the_payer_or_of_whom_it_is_about),
        cmocka_unit_test(words_that_give_a_value_away_are_found),
        cmocka_unit_test(income_changes_count_from_their_day_or_the_report),
        cmocka_unit_test(other_changes_count_as_the_table_says),
        cmocka_unit_test(every_kind_has_one_name_and_a_label),
        cmocka_unit_test(the_calculation_reads_what_assess_reads),
        cmocka_unit_test(a_word_is_found_whole),
        cmocka_unit_test(values_have_the_form_of_their_kind),
        cmocka_unit_test(an_amount_beyond_all_is_told_so),
        cmocka_unit_test(a_variation_is_read_with_its_unit),
        cmocka_unit_test(the_guard_gives_the_gravest_reason),
        cmocka_unit_test(each_fault_alone_stops_a_demand),
        cmocka_unit_test(the_guard_stands_before_an_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
