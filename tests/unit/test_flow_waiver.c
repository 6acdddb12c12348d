/* test_flow_waiver.c: the grounds on which an enforcement fee may be taken off again (B-132 to
 * B-134), and what payments outside the service may be (B-241, B-243). */
#include "flow/direct_kind.h"
#include "flow/waiver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- names ---------------------------------------------------------------------------------- */

static void every_kind_of_fee_has_one_name_and_words(void **state)
{
    static const char *const names[FEE_KINDS] = {
        [FEE_EARNINGS] = "earnings",   [FEE_ARMED_FORCES] = "armed_forces",
        [FEE_REGULAR] = "regular",     [FEE_LUMP_SUM] = "lump_sum",
        [FEE_LIABILITY] = "liability", [FEE_EARNINGS_CHOSEN] = "earnings_chosen",
    };
    enum fee_kind kind;

    (void)state;
    for (enum fee_kind k = 0; k < FEE_KINDS; k++) {
        kind = FEE_KINDS;
        assert_true(fee_kind_find(names[k], &kind));
        assert_int_equal(kind, k);
        assert_true(*fee_kind_words(k));
    }
    kind = FEE_LUMP_SUM;
    assert_false(fee_kind_find("earning", &kind));
    assert_false(fee_kind_find("", &kind));
    assert_int_equal(kind, FEE_LUMP_SUM); /* left alone */
}

static void every_ground_has_one_name_and_words(void **state)
{
    static const char *const names[WAIVER_GROUNDS] = {
        [WAIVER_1A] = "W1A", [WAIVER_2] = "W2",   [WAIVER_3] = "W3", [WAIVER_4A] = "W4A",
        [WAIVER_4B] = "W4B", [WAIVER_4C] = "W4C", [WAIVER_5] = "W5", [WAIVER_6] = "W6",
    };
    enum waiver_ground ground;

    (void)state;
    for (enum waiver_ground w = 0; w < WAIVER_GROUNDS; w++) {
        ground = WAIVER_GROUNDS;
        assert_true(waiver_find(names[w], &ground));
        assert_int_equal(ground, w);
        assert_string_equal(waiver_name(w), names[w]);
        assert_true(*waiver_words(w));
    }
    ground = WAIVER_5;
    assert_false(waiver_find("W4", &ground));
    assert_false(waiver_find("w5", &ground));
    assert_int_equal(ground, WAIVER_5);
}

/* ---- B-134 ---------------------------------------------------------------------------------- */

static struct waiver_case fee_of(enum fee_kind kind, date made_on)
{
    return (struct waiver_case){ .law = law_at(JURISDICTION_GREAT_BRITAIN, made_on),
                                 .fee = { kind, made_on } };
}

static void allows(enum waiver_ground ground, struct waiver_case c)
{
    struct fail fail = { 0 };

    if (!waiver_check(ground, &c, &fail)) fail_msg("%s: %s", waiver_name(ground), fail.text);
    assert_int_equal(fail.kind, FAIL_NONE);
}

static void refuses(enum waiver_ground ground, struct waiver_case c, const char *code)
{
    struct fail fail = { 0 };

    assert_false(waiver_check(ground, &c, &fail));
    assert_int_equal(fail.kind, FAIL_REFUSED);
    assert_string_equal(fail.code, code);
    assert_non_null(strstr(fail.text, waiver_name(ground)));
}

/* Which ground is open to the fee of which order, where nothing else stands in the way. */
static void a_ground_is_open_to_its_own_orders(void **state)
{
    /* Columns: earnings, armed_forces, regular, lump_sum, liability, earnings_chosen. */
    static const char open[WAIVER_GROUNDS][FEE_KINDS + 1] = {
        [WAIVER_1A] = "yyyyyy", [WAIVER_2] = "y-yy--",  [WAIVER_3] = "y-y---",
        [WAIVER_4A] = "----y-", [WAIVER_4B] = "y-yy--", [WAIVER_4C] = "yyyyyy",
        [WAIVER_5] = "-y----",  [WAIVER_6] = "yyyyyy",
    };
    date day = date_make(2018, 4, 10); /* while W1A was in force */

    (void)state;
    for (enum waiver_ground w = 0; w < WAIVER_GROUNDS; w++)
        for (enum fee_kind k = 0; k < FEE_KINDS; k++) {
            struct waiver_fee others[] = { { k, day }, { k, date_add_days(day, -1) } };
            struct waiver_case c       = fee_of(k, day);
            c.others                   = others;
            c.n                        = COUNT(others);
            print_message("  %s %s\n", waiver_name(w), fee_kind_words(k));
            if (open[w][k] == 'y')
                allows(w, c);
            else
                refuses(w, c, "ground_other_order");
        }
}

/* W1A: orders made from 23 May 2016 to 21 May 2021, Great Britain only. */
static void closing_of_old_cases_had_its_years(void **state)
{
    struct waiver_case ni = fee_of(FEE_LIABILITY, date_make(2018, 4, 10));

    (void)state;
    refuses(WAIVER_1A, fee_of(FEE_LIABILITY, date_make(2016, 5, 22)), "ground_not_in_force");
    allows(WAIVER_1A, fee_of(FEE_LIABILITY, date_make(2016, 5, 23)));
    allows(WAIVER_1A, fee_of(FEE_LIABILITY, date_make(2021, 5, 21)));
    refuses(WAIVER_1A, fee_of(FEE_LIABILITY, date_make(2021, 5, 22)), "ground_not_in_force");
    ni.law = law_at(JURISDICTION_NORTHERN_IRELAND, ni.fee.made_on);
    refuses(WAIVER_1A, ni, "ground_not_in_force");
}

/* W2 needs a twin of the same kind and day, W3 an earlier one of the same kind. */
static void orders_at_once_and_orders_again(void **state)
{
    date day                 = date_make(2026, 3, 2);
    struct waiver_fee twin   = { FEE_EARNINGS, day };
    struct waiver_fee before = { FEE_EARNINGS, date_add_days(day, -1) };
    struct waiver_fee after  = { FEE_EARNINGS, date_add_days(day, 1) };
    struct waiver_fee odd[]  = { { FEE_LUMP_SUM, day }, { FEE_REGULAR, date_add_days(day, -1) } };
    struct waiver_case c     = fee_of(FEE_EARNINGS, day);

    (void)state;
    refuses(WAIVER_2, c, "ground_needs_twin");
    refuses(WAIVER_3, c, "ground_needs_earlier");
    c.others = odd; /* of other kinds */
    c.n      = COUNT(odd);
    refuses(WAIVER_2, c, "ground_needs_twin");
    refuses(WAIVER_3, c, "ground_needs_earlier");
    c.n      = 1;
    c.others = &twin;
    allows(WAIVER_2, c);
    refuses(WAIVER_3, c, "ground_needs_earlier");
    c.others = &before;
    refuses(WAIVER_2, c, "ground_needs_twin");
    allows(WAIVER_3, c);
    c.others = &after;
    refuses(WAIVER_2, c, "ground_needs_twin");
    refuses(WAIVER_3, c, "ground_needs_earlier");
    /* One that fits is enough, wherever it stands. */
    struct waiver_fee all[] = { odd[0], twin, before, after };
    c.others                = all;
    c.n                     = COUNT(all);
    allows(WAIVER_2, c);
    allows(WAIVER_3, c);
}

/* ---- B-241, B-243 --------------------------------------------------------------------------- */

/* All may be voluntary payments; only what is for the child's home may be set off. */
static void payments_outside_the_service(void **state)
{
    static const struct {
        const char *name;
        bool for_home;
    } kinds[] = {
        { "cash", false },       { "cheque", false },  { "standing_order", false },
        { "transfer", false },   { "mortgage", true }, { "rent", true },
        { "gas", true },         { "water", true },    { "electricity", true },
        { "council_tax", true }, { "repairs", true },
    };

    (void)state;
    assert_int_equal(direct_kind_count, COUNT(kinds));
    for (size_t i = 0; i < COUNT(kinds); i++) {
        const struct direct_kind *k = direct_kind_find(kinds[i].name);
        assert_non_null(k);
        assert_string_equal(k->name, kinds[i].name);
        assert_true(*k->words && *k->mark);
        assert_true(k->voluntary);
        assert_int_equal(k->for_home, kinds[i].for_home);
    }
    assert_null(direct_kind_find("holiday"));
    assert_null(direct_kind_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_fee_has_one_name_and_words),
        cmocka_unit_test(every_ground_has_one_name_and_words),
        cmocka_unit_test(a_ground_is_open_to_its_own_orders),
        cmocka_unit_test(closing_of_old_cases_had_its_years),
        cmocka_unit_test(orders_at_once_and_orders_again),
        cmocka_unit_test(payments_outside_the_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
