/* test_ledger_deductions.c: the names that files use for what is deducted from, and what is refused
 * before a benefit office is asked; how a deduction is explained. */
#include "ledger/deduction_steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static const date today = { 20000 };

static void names_go_both_ways(void **state)
{
    enum paid_benefit benefit;
    enum pay_kind pay;
    enum order_kind order;
    (void)state;
    for (enum paid_benefit b = 0; b < PAID_BENEFITS; b++) {
        assert_true(benefit_find(benefit_name(b), &benefit));
        assert_int_equal(benefit, b);
    }
    assert_false(benefit_find("pocket_money", &benefit));
    for (enum pay_kind k = 0; k < PAY_KINDS; k++) {
        assert_true(earnings_kind_find(earnings_kind_name(k), &pay));
        assert_int_equal(pay, k);
    }
    assert_false(earnings_kind_find("pocket_money", &pay));
    for (enum order_kind k = 0; k < ORDER_KINDS; k++) {
        assert_true(earnings_order_find(earnings_order_name(k), &order));
        assert_int_equal(order, k);
    }
    assert_false(earnings_order_find("tall", &order));
}

static void assert_refused(struct benefit_case c, const char *code)
{
    struct benefit_request r;
    struct fail f;
    assert_false(benefit_ask(law_at(JURISDICTION_GREAT_BRITAIN, today), &c, &r, &f));
    assert_int_equal(f.kind, FAIL_REFUSED);
    assert_string_equal(f.code, code);
}

/* B-401, B-404: it is for one thing, and maintenance is taken only where it is due and flat. */
static void a_benefit_is_asked_for_one_thing(void **state)
{
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, today);
    struct benefit_case c = { .benefit = PAID_JSA };
    struct benefit_request r;
    struct fail f;
    (void)state;
    assert_refused(c, "no_purpose");
    c.maintenance = true;
    assert_refused(c, "not_flat_rate");
    c.flat_rate = true; /* but nothing is due now */
    assert_refused(c, "not_flat_rate");
    c.liable  = true;
    c.arrears = true;
    assert_refused(c, "both_purposes");
    c.maintenance = false;
    assert_refused(c, "maintenance_due");
    c.maintenance = true;
    c.arrears     = false;
    assert_true(benefit_ask(law, &c, &r, &f));
    assert_int_equal(r.purpose, PURPOSE_MAINTENANCE);
    assert_int_equal(r.week.p, law->flat_rate.p + r.fee.p);
    assert_int_equal(r.amount.p, r.week.p);
    c = (struct benefit_case){ .benefit = PAID_JSA, .arrears = true };
    assert_true(benefit_ask(law, &c, &r, &f));
    assert_int_equal(r.purpose, PURPOSE_ARREARS);
    assert_int_equal(r.week.p, law->benefit_arrears_week.p);
    assert_int_equal(r.fee.p, 0);
}

/* "B-314 720.00; " for each line. */
static void assert_steps(const struct deduction_steps *s, const char *expected)
{
    char text[1024], amount[MONEY_TEXT];
    size_t at = 0;

    for (size_t i = 0; i < s->n; i++) {
        assert_true(s->at[i].words[0] != 0);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s %s", i ? "; " : "",
                               rule_table[s->at[i].rule].name, money_text(s->at[i].amount, amount));
        assert_true(at < sizeof text);
    }
    assert_string_equal(text, expected);
}

/* C-001 and its neighbours, every line of them. */
static void a_pay_day_is_explained(void **state)
{
    const struct law *law       = law_at(JURISDICTION_GREAT_BRITAIN, today);
    struct earnings_order two[] = {
        { .kind = ORDER_PROPORTION, .scheme = SCHEME_2012, .normal = { 15000 }, .charge = true },
        { .kind = ORDER_PROPORTION, .scheme = SCHEME_2003, .made = { 1 }, .normal = { 40000 } },
    };
    struct earnings_order old = {
        .kind = ORDER_FIXED, .normal = { 20000 }, .protect = { 75000 }, .brought = { 1000 }
    };
    struct deduction d[2];
    struct deduction_steps s;
    (void)state;
    earnings_deduct(law, (struct earnings_pay){ { 120000 }, 1 }, two, 2, d);
    s = deduction_steps_pay_day((struct earnings_pay){ { 120000 }, 1 }, &two[0], &d[0]);
    assert_steps(&s, "B-314 720.00; B-320 480.00; B-320 150.00; B-322 1.00");
    s = deduction_steps_pay_day((struct earnings_pay){ { 120000 }, 1 }, &two[1], &d[1]);
    assert_steps(&s, "B-314 720.00; B-350 150.00; B-351 330.00; B-320 330.00; B-335 70.00");
    earnings_deduct(law, (struct earnings_pay){ { 180000 }, 2 }, &old, 1, d);
    s = deduction_steps_pay_day((struct earnings_pay){ { 180000 }, 2 }, &old, &d[0]);
    assert_steps(&s, "B-323 410.00; B-321 410.00; B-321 1500.00; B-320 300.00; B-320 300.00; "
                     "B-335 110.00; B-321 110.00");
}

/* 125.80 a week is 545.13 a month. */
static void rates_are_explained(void **state)
{
    struct rate_parts p      = { { 8400 }, { 1680 }, { 2000 }, { 500 } };
    struct deduction_steps s = deduction_steps_rates(law_at(JURISDICTION_GREAT_BRITAIN, today), &p);
    (void)state;
    assert_steps(&s, "B-313 84.00; B-131 16.80; B-313 20.00; B-313 5.00; B-312 125.80; "
                     "B-312 251.60; B-312 503.20; B-312 545.13");
}

/* B-403: 7.00 and 1.40 are 8.40, 36.40 a month; B-407: 15% of 400.00 is 60.00. */
static void a_request_is_explained(void **state)
{
    const struct law *law         = law_at(JURISDICTION_GREAT_BRITAIN, date_make(2026, 6, 1));
    const struct law *risen       = law_at(JURISDICTION_GREAT_BRITAIN, date_make(2025, 6, 1));
    struct universal_credit month = { { 3000 }, { 40000 }, { 5000 } };
    struct benefit_case c         = {
                .benefit = PAID_UNIVERSAL_CREDIT, .maintenance = true, .liable = true, .flat_rate = true
    };
    struct benefit_request r;
    struct deduction_steps s;
    struct fail f;
    (void)state;
    assert_true(benefit_ask(law, &c, &r, &f));
    s = deduction_steps_request(PAID_UNIVERSAL_CREDIT, &r);
    assert_steps(&s, "B-401 7.00; B-131 1.40; B-402 8.40; B-403 36.40");
    s = deduction_steps_award(law, PAID_UNIVERSAL_CREDIT, &month, r.amount);
    assert_steps(&s, "B-402 36.40; B-402 30.00; B-407 10.00; B-402 0.01; B-407 10.00; B-402 26.40");
    s = deduction_steps_award(risen, PAID_UNIVERSAL_CREDIT, &month, r.amount);
    assert_steps(&s, "B-402 36.40; B-402 30.00; B-402 0.01; B-407 29.99; B-402 6.41");
    c = (struct benefit_case){ .benefit = PAID_OLDER, .arrears = true };
    assert_true(benefit_ask(law, &c, &r, &f));
    s = deduction_steps_request(PAID_OLDER, &r);
    assert_steps(&s, "B-404 8.40");
    s = deduction_steps_award(law, PAID_OLDER, &month, r.amount);
    assert_steps(&s, "B-402 8.40; B-402 30.00; B-406 0.10; B-402 8.40; B-402 0.00");
    s = deduction_steps_award(law, PAID_ESA, &month, r.amount);
    assert_steps(&s, "B-402 8.40; B-402 30.00; B-402 0.10; B-402 8.40; B-402 0.00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_both_ways),
        cmocka_unit_test(a_benefit_is_asked_for_one_thing),
        cmocka_unit_test(a_pay_day_is_explained),
        cmocka_unit_test(rates_are_explained),
        cmocka_unit_test(a_request_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
