/* test_ledger_outstanding.c: what the rows amount to, debt by debt. */
#include "ledger/outstanding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const date end = { 99999 };

static struct entry_about on(int64_t instalment, int32_t day)
{
    return (struct entry_about){
        .arrangement = 1, .instalment = instalment, .day = { day }, .known = { day }
    };
}

static void assert_item(const struct item *i, int64_t charged, int64_t adjusted, int64_t paid)
{
    assert_int_equal(i->charged.p, charged);
    assert_int_equal(i->adjusted.p, adjusted);
    assert_int_equal(i->paid.p, paid);
}

/* Paid when it was due; a month later a decision adds to it: not missed, and aged from the
 * decision. */
static void an_addition_about_the_past_is_no_missed_instalment(void **state)
{
    struct arena a           = { 0 };
    struct entry_list l      = { .arena = &a };
    struct entry_about later = on(1, 100);
    (void)state;
    later.known.d = 130;
    entry_charge(&l, (money){ 1000 }, MONEY_NONE, on(1, 100));
    entry_allocate(&l, (struct entry_parts){ .maintenance = { 1000 } }, on(1, 100));
    entry_adjust(&l, (money){ 300 }, MONEY_NONE, later);
    struct outstanding o = outstanding_fold(l.at, l.n, end, end, &a);
    assert_int_equal(o.n, 2);
    assert_item(&o.at[0], 1000, 0, 1000);
    assert_item(&o.at[1], 300, 0, 0);
    assert_false(item_is_missed(&o.at[0], end));
    assert_int_equal(o.at[1].cause, ITEM_BACKDATED);
    assert_int_equal(o.at[1].notified.d, 130);
    assert_int_equal(outstanding_fold(l.at, l.n, end, (date){ 129 }, &a).n, 1);
    assert_int_equal(outstanding_fold(l.at, l.n, (date){ 99 }, end, &a).n, 0);
    /* A decrease takes the addition off first, then the instalment; what is paid too much shows. */
    entry_adjust(&l, (money){ -500 }, MONEY_NONE, later);
    o = outstanding_fold(l.at, l.n, end, end, &a);
    assert_item(&o.at[0], 1000, -200, 1000);
    assert_item(&o.at[1], 300, -300, 0);
    assert_int_equal(item_excess(&o.at[0]).p, 200);
    entry_release(&l, (struct entry_parts){ .maintenance = { 200 } }, MONEY_NONE, later);
    o = outstanding_fold(l.at, l.n, end, end, &a);
    assert_item(&o.at[0], 1000, -200, 800);
    arena_free(&a);
}

static void subjects_are_kept_apart(void **state)
{
    struct arena a           = { 0 };
    struct entry_list l      = { .arena = &a };
    struct entry_about other = on(1, 100), fee = { .day = { 50 }, .known = { 50 } };
    (void)state;
    other.arrangement = 2;
    entry_charge(&l, (money){ 10 }, (money){ 2 }, other);
    entry_charge(&l, (money){ 30 }, (money){ 6 }, on(2, 107));
    entry_charge(&l, (money){ 20 }, (money){ 4 }, on(1, 100));
    entry_receipt(&l, (money){ 5 }, fee);
    entry_add(&l, REASON_ENFORCEMENT_FEE, (money){ 5000 }, fee);
    fee.day.d = 60;
    entry_add(&l, REASON_ENFORCEMENT_FEE, (money){ 20000 }, fee);
    entry_allocate(&l, (struct entry_parts){ .enforcement = { 6000 } }, fee);
    struct outstanding o = outstanding_fold(l.at, l.n, end, end, &a);
    assert_int_equal(o.n, 8);
    assert_item(&o.at[0], 5000, 0, 5000);
    assert_item(&o.at[1], 20000, 0, 1000);
    assert_int_equal(o.at[1].due.d, 60);
    assert_item(&o.at[2], 20, 0, 0);
    assert_item(&o.at[3], 4, 0, 0);
    assert_int_equal(o.at[3].kind, ITEM_FEE);
    assert_item(&o.at[4], 30, 0, 0);
    assert_int_equal(o.at[4].due.d, 107);
    assert_int_equal(o.at[6].arrangement, 2);
    arena_free(&a);
}

static void write_offs_and_direct_payments_count(void **state)
{
    struct arena a      = { 0 };
    struct entry_list l = { .arena = &a };
    (void)state;
    entry_charge(&l, (money){ 1000 }, MONEY_NONE, on(1, 100));
    entry_add(&l, REASON_PAID_DIRECT, (money){ 100 }, on(1, 101));
    entry_add(&l, REASON_SET_OFF, (money){ 10 }, on(1, 101));
    entry_add(&l, REASON_WRITE_OFF, (money){ 400 }, on(1, 102));
    struct outstanding o = outstanding_fold(l.at, l.n, end, end, &a);
    assert_item(&o.at[0], 1000, -400, 110);
    entry_add(&l, REASON_WRITE_OFF_REVERSED, (money){ 400 }, on(1, 103));
    o = outstanding_fold(l.at, l.n, end, end, &a);
    assert_item(&o.at[0], 1000, 0, 110);
    /* A payment for something never charged is not lost. */
    entry_add(&l, REASON_PAID_DIRECT, (money){ 7 }, on(2, 101));
    o = outstanding_fold(l.at, l.n, end, end, &a);
    assert_int_equal(o.n, 2);
    assert_item(&o.at[1], 0, 0, 7);
    assert_int_equal(item_excess(&o.at[1]).p, 7);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_addition_about_the_past_is_no_missed_instalment),
        cmocka_unit_test(subjects_are_kept_apart),
        cmocka_unit_test(write_offs_and_direct_payments_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
