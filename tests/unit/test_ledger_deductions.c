/* test_ledger_deductions.c: the names that files use for what is deducted from, and what is refused
 * before a benefit office is asked. */
#include "ledger/benefit.h"
#include "ledger/earnings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_both_ways),
        cmocka_unit_test(a_benefit_is_asked_for_one_thing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
