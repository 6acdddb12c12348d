/* test_ledger_rows.c: accounts, reasons, rows that belong together, and the balance folded from
 * them. */
#include "ledger/balance.h"
#include "ledger/entry_welsh.h"
#include "ledger/fee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const date end = { 99999 };

/* The stored numbers of accounts and reasons: a new one goes at the end, none ever changes. */
static const char *const account_numbers[ACCOUNT_COUNT] = {
    "bank",       "suspense",       "clearing",        "pp_credit",    "maintenance", "rp_due",
    "rp_payable", "pp_fee",         "enforcement_fee", "fee_income",   "advance",     "legacy",
    "legacy_due", "legacy_payable", "legacy_state",    "state_legacy", "pp_repay",    "pp_ahead",
    "rp_ahead",   "rp_debt",        "redress",         "pp_payable",
};
static const char *const reason_numbers[REASON_COUNT] = {
    "charge",
    "opening",
    "increase",
    "decrease",
    "fee",
    "fee_increase",
    "fee_decrease",
    "fee_waived",
    "enforcement_fee",
    "enforcement_fee_waived",
    "receipt",
    "match",
    "unmatch",
    "pass_on",
    "pass_in",
    "pass_back",
    "paid",
    "collected",
    "fee_paid",
    "enforcement_fee_paid",
    "receiver_fee",
    "pay_out",
    "pay_out_failed",
    "refund",
    "returned",
    "returned_unmatched",
    "paid_returned",
    "collected_returned",
    "fee_paid_returned",
    "enforcement_fee_paid_returned",
    "receiver_fee_back",
    "advance",
    "advance_recovered",
    "release",
    "release_held",
    "fee_release",
    "enforcement_fee_release",
    "paid_direct",
    "set_off",
    "write_off",
    "write_off_reversed",
    "legacy_opening",
    "legacy_state_opening",
    "legacy_paid",
    "legacy_collected",
    "legacy_state_paid",
    "legacy_pay_out",
    "legacy_pay_out_failed",
    "legacy_paid_returned",
    "legacy_collected_returned",
    "legacy_state_paid_returned",
    "legacy_advance",
    "waived_closure",
    "waived_several",
    "waived_again",
    "waived_failed",
    "waived_forces",
    "waived_other",
    "voluntary",
    "paid_for_home",
    "set_off_owed",
    "set_off_due",
    "ahead_home",
    "ahead_set_off",
    "ahead_set_off_due",
    "ahead_spread",
    "ahead_spread_held",
    "ahead_overpaid",
    "ahead_overpaid_due",
    "ahead_used",
    "ahead_got",
    "ahead_back",
    "ahead_back_held",
    "ahead_returned",
    "ahead_returned_due",
    "set_off_ended",
    "set_off_ended_due",
    "ahead_set_off_ended",
    "ahead_set_off_ended_due",
    "reimbursed",
    "reimbursed_claim",
    "reimbursed_met",
    "advance_claimed",
    "rp_debt_taken",
    "rp_debt_repaid",
    "redress",
    "refund_returned",
    "repaid",
    "repaid_returned",
    "taken_over",
    "taken_back",
    "refund_due",
    "reimbursed_due",
    "refund_sent",
    "refund_failed",
    "refund_withdrawn",
    "share_returned",
    "pass_returned",
    "carried",
};

static void accounts_have_names_and_words(void **state)
{
    enum account found;
    (void)state;
    for (enum account a = 0; a < ACCOUNT_COUNT; a++) {
        assert_string_equal(account_name(a), account_numbers[a]);
        assert_true(strlen(account_words(a)) > strlen("money"));
        assert_true(account_find(account_numbers[a], &found));
        assert_int_equal(found, a);
    }
    assert_false(account_find("petty_cash", &found));
}

static void reasons_have_a_sentence_and_a_rule(void **state)
{
    enum reason found;
    (void)state;
    for (enum reason r = 0; r < REASON_COUNT; r++) {
        const char *s = reason_sentence(r);
        assert_string_equal(reason_name(r), reason_numbers[r]);
        assert_int_equal(s[strlen(s) - 1], '.');
        const char *welsh = reason_sentence_welsh(r); /* unreviewed; without one, English stands */
        if (!welsh) print_error("%s has no Welsh in entry_welsh.c\n", reason_name(r));
        assert_non_null(welsh);
        assert_string_not_equal(welsh, s);
        assert_int_equal(welsh[strlen(welsh) - 1], '.');
        assert_memory_equal(reason_cite(r), "B-", 2);
        assert_true((reason_debit(r) == reason_credit(r)) == (r == REASON_CARRIED)); /* any two */
        assert_true(reason_find(reason_numbers[r], &found));
        assert_int_equal(found, r);
    }
    assert_false(reason_find("luck", &found));
}

/* Money leaves the bank for these reasons alone.  Another one must be in the file of payments
 * (app/payment.c), in the bank's proof, and among those that can come back (app/payment_back.c). */
static void money_leaves_for_known_reasons(void **state)
{
    static const enum reason by_day[] = { REASON_PAY_OUT,        REASON_REFUND,
                                          REASON_RETURNED,       REASON_RETURNED_UNMATCHED,
                                          REASON_LEGACY_PAY_OUT, REASON_REIMBURSED,
                                          REASON_REFUND_SENT };
    size_t n                          = 0;
    (void)state;
    for (enum reason r = 0; r < REASON_COUNT; r++)
        if (reason_credit(r) == ACCOUNT_BANK) assert_int_equal(r, by_day[n++]);
    assert_int_equal(n, sizeof by_day / sizeof *by_day);
}

/* Debits less credits of all accounts is nothing, whatever rows there are. */
static void assert_in_balance(const struct balance *b)
{
    int64_t sum = 0;
    for (enum account a = 0; a < ACCOUNT_COUNT; a++)
        sum += account_is_debit(a) ? b->account[a].p : -b->account[a].p;
    assert_int_equal(sum, 0);
}

static struct balances fold(const struct entry_list *l)
{
    struct balances b = balance_fold(l->at, l->n, end, end, l->arena);
    assert_in_balance(&b.group);
    for (size_t i = 0; i < b.n; i++) {
        assert_in_balance(&b.at[i]);
        assert_true(balance_mirrors(&b.at[i]));
    }
    return b;
}

static const struct entry_about here  = { .arrangement = 1, .day = { 10 }, .known = { 10 } };
static const struct entry_about group = { .day = { 10 }, .known = { 10 } };

/* 120.00 comes in, 100.00 and its fee are paid with it, 96.00 is held for the receiving parent. */
static void collect_a_week(struct entry_list *l)
{
    entry_charge(l, (money){ 10000 }, (money){ 2000 }, here);
    entry_receipt(l, (money){ 12000 }, group);
    entry_match(l, (money){ 12000 }, group);
    entry_allocate(l, (struct entry_parts){ .maintenance = { 10000 }, .fee = { 2000 } }, here);
    entry_receiver_fee(l, (money){ 400 }, here);
}

static void a_week_collected_and_paid_out(void **state)
{
    struct arena a      = { 0 };
    struct entry_list l = { .arena = &a };
    (void)state;
    entry_charge(&l, (money){ 10000 }, (money){ 2000 }, here);
    assert_int_equal(fold(&l).group.owed.p, 12000);
    l.n = 0;
    collect_a_week(&l);
    struct balances b = fold(&l);
    assert_int_equal(b.group.owed.p, 0);
    assert_int_equal(balance_find(&b, 1)->account[ACCOUNT_RP_PAYABLE].p, 9600);
    assert_null(balance_find(&b, 2));
    assert_null(balance_find(&b, 0));
    entry_pay_out(&l, (money){ 9600 }, here);
    b = fold(&l);
    assert_int_equal(b.group.account[ACCOUNT_BANK].p, 2400);
    assert_int_equal(b.group.account[ACCOUNT_FEE_INCOME].p, 2400);
    assert_int_equal(b.group.account[ACCOUNT_RP_PAYABLE].p, 0);
    arena_free(&a);
}

static void a_decrease_releases_what_was_paid_too_much(void **state)
{
    struct arena a      = { 0 };
    struct entry_list l = { .arena = &a };
    (void)state;
    collect_a_week(&l);
    entry_pay_out(&l, (money){ 9600 }, here);
    entry_adjust(&l, (money){ -4000 }, (money){ -800 }, here);
    entry_release(&l, (struct entry_parts){ .maintenance = { 4000 }, .fee = { 800 } },
                  (money){ 160 }, here);
    struct balances b       = fold(&l);
    const struct balance *r = balance_find(&b, 1);
    assert_int_equal(b.group.credit.p, 4800);
    assert_int_equal(b.group.owed.p, -4800);
    assert_int_equal(r->maintenance.p, 0);
    assert_int_equal(r->fee.p, 0);
    assert_int_equal(r->credit.p, 0);
    assert_int_equal(r->account[ACCOUNT_RP_PAYABLE].p, -3840); /* 4% of 60.00 stays a fee */
    assert_int_equal(b.group.account[ACCOUNT_FEE_INCOME].p, 1200 + 240);
    arena_free(&a);
}

/* held: what is held for the receiving parent when the payment of the week comes back. */
static void check_return(money paid_out, money extra_held, int64_t advance, int64_t left_held)
{
    struct arena a      = { 0 };
    struct entry_list l = { .arena = &a };
    collect_a_week(&l);
    entry_pay_out(&l, paid_out, here);
    entry_add(&l, REASON_PAY_OUT_FAILED, extra_held, here);
    struct balances b = fold(&l);
    money held        = balance_find(&b, 1)->account[ACCOUNT_RP_PAYABLE];
    entry_unallocate(&l, (struct entry_parts){ .maintenance = { 10000 }, .fee = { 2000 } }, here);
    assert_int_equal(entry_receiver_back(&l, held, (money){ 10000 }, (money){ 400 }, here).p,
                     advance);
    entry_return(&l, (money){ 12000 }, group);
    b = fold(&l);
    assert_int_equal(b.group.owed.p, 12000);
    assert_int_equal(b.group.credit.p, 0);
    assert_int_equal(b.group.account[ACCOUNT_ADVANCE].p, advance);
    assert_int_equal(b.group.account[ACCOUNT_RP_PAYABLE].p, left_held);
    assert_int_equal(b.group.account[ACCOUNT_FEE_INCOME].p, 2000);
    arena_free(&a);
}

static void a_returned_payment_is_not_clawed_back(void **state)
{
    (void)state;
    check_return((money){ 0 }, (money){ 0 }, 0, 0);
    check_return((money){ 9600 }, (money){ 0 }, 9600, 0);
    check_return((money){ 6000 }, (money){ 0 }, 6000, 0);
    check_return((money){ 9600 }, (money){ 10000 }, 0, 400);
    check_return((money){ 10000 }, (money){ 0 }, 9600, -400);
}

static void enforcement_fees_are_the_groups(void **state)
{
    struct arena a           = { 0 };
    struct entry_list l      = { .arena = &a };
    struct entry_parts parts = { .enforcement = { 5000 } };
    (void)state;
    entry_add(&l, REASON_ENFORCEMENT_FEE, (money){ 5000 }, group);
    entry_match(&l, (money){ 5000 }, group);
    entry_allocate(&l, parts, group);
    assert_int_equal(fold(&l).group.owed.p, 0);
    entry_unallocate(&l, parts, group);
    assert_int_equal(fold(&l).group.fee.p, 5000);
    entry_allocate(&l, parts, group);
    entry_add(&l, REASON_ENFORCEMENT_FEE_WAIVED, (money){ 5000 }, group);
    entry_release(&l, parts, MONEY_NONE, group);
    assert_int_equal(fold(&l).group.credit.p, 5000);
    assert_int_equal(fold(&l).n, 0);
    arena_free(&a);
}

static void a_balance_is_as_at_a_day_and_as_known_on_a_day(void **state)
{
    struct arena a           = { 0 };
    struct entry_list l      = { .arena = &a };
    struct entry_about late  = { .arrangement = 2, .day = { 10 }, .known = { 30 } };
    struct entry_about first = { .arrangement = 3, .day = { 20 }, .known = { 20 } };
    (void)state;
    entry_charge(&l, (money){ 100 }, MONEY_NONE, first);
    entry_charge(&l, (money){ 10 }, MONEY_NONE, here);
    entry_adjust(&l, (money){ 1 }, (money){ 7 }, late);
    struct balances b = balance_fold(l.at, l.n, (date){ 19 }, (date){ 29 }, &a);
    assert_int_equal(b.group.maintenance.p, 10);
    b = balance_fold(l.at, l.n, (date){ 19 }, (date){ 30 }, &a);
    assert_int_equal(b.group.owed.p, 18);
    b = balance_fold(l.at, l.n, (date){ 20 }, (date){ 30 }, &a);
    assert_int_equal(b.group.maintenance.p, 111);
    assert_int_equal(b.n, 3);
    assert_int_equal(b.at[0].arrangement, 1);
    assert_int_equal(b.at[1].arrangement, 2);
    assert_int_equal(b.at[2].arrangement, 3);
    arena_free(&a);
}

/* The table of reasons cannot make a mirror crooked except by the halves of a pair, which come in
 * twos: each that touches only one side of a pair of mirrors is completed by exactly one other. */
static void reasons_keep_the_mirror(void **state)
{
    static const struct {
        enum account owes, due;
    } mirrors[]                          = { { ACCOUNT_MAINTENANCE, ACCOUNT_RP_DUE },
                                             { ACCOUNT_LEGACY, ACCOUNT_LEGACY_DUE },
                                             { ACCOUNT_PP_AHEAD, ACCOUNT_RP_AHEAD } };
    static const enum reason halves[][2] = {
        { REASON_PAID, REASON_COLLECTED },
        { REASON_PAID_RETURNED, REASON_COLLECTED_RETURNED },
        { REASON_RELEASE, REASON_RELEASE_HELD },
        { REASON_LEGACY_PAID, REASON_LEGACY_COLLECTED },
        { REASON_LEGACY_PAID_RETURNED, REASON_LEGACY_COLLECTED_RETURNED },
        { REASON_SET_OFF_OWED, REASON_SET_OFF_DUE },
        { REASON_SET_OFF_ENDED, REASON_SET_OFF_ENDED_DUE },
        { REASON_AHEAD_SET_OFF, REASON_AHEAD_SET_OFF_DUE },
        { REASON_AHEAD_SET_OFF_ENDED, REASON_AHEAD_SET_OFF_ENDED_DUE },
        { REASON_AHEAD_SPREAD, REASON_AHEAD_SPREAD_HELD },
        { REASON_AHEAD_BACK, REASON_AHEAD_BACK_HELD },
        { REASON_AHEAD_OVERPAID, REASON_AHEAD_OVERPAID_DUE },
        { REASON_AHEAD_RETURNED, REASON_AHEAD_RETURNED_DUE },
        { REASON_AHEAD_USED, REASON_AHEAD_GOT },
    };
    (void)state;
    for (enum reason r = 0; r < REASON_COUNT; r++) {
        enum account d = reason_debit(r), c = reason_credit(r);
        bool crooked = false, half = false;
        for (size_t m = 0; m < sizeof mirrors / sizeof *mirrors; m++)
            crooked |= (d == mirrors[m].owes || c == mirrors[m].owes) !=
                       (d == mirrors[m].due || c == mirrors[m].due);
        for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
            half |= halves[i][0] == r || halves[i][1] == r;
        assert_int_equal(crooked, half);
    }
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        struct arena a      = { 0 };
        struct entry_list l = { .arena = &a };
        entry_add(&l, halves[i][0], (money){ 7 }, here);
        struct balances b = balance_fold(l.at, l.n, end, end, &a);
        assert_false(balance_mirrors(&b.group));
        entry_add(&l, halves[i][1], (money){ 7 }, here);
        b = balance_fold(l.at, l.n, end, end, &a);
        assert_true(balance_mirrors(&b.group));
        arena_free(&a);
    }
}

/* Money is of four kinds that no row may mix: maintenance of this scheme, arrears of the earlier
 * ones, the state's fees, and the state's arrears. */
static void kinds_of_money_are_never_mixed(void **state)
{
    enum { FREE, THIS, EARLIER, FEES, STATE };
    static const int kind[ACCOUNT_COUNT] = {
        [ACCOUNT_MAINTENANCE] = THIS,       [ACCOUNT_RP_DUE] = THIS,
        [ACCOUNT_PP_AHEAD] = THIS,          [ACCOUNT_RP_AHEAD] = THIS,
        [ACCOUNT_LEGACY] = EARLIER,         [ACCOUNT_LEGACY_DUE] = EARLIER,
        [ACCOUNT_LEGACY_PAYABLE] = EARLIER, [ACCOUNT_PP_FEE] = FEES,
        [ACCOUNT_ENFORCEMENT_FEE] = FEES,   [ACCOUNT_LEGACY_STATE] = STATE,
        [ACCOUNT_STATE_LEGACY] = STATE,
    };
    (void)state;
    for (enum reason r = 0; r < REASON_COUNT; r++) {
        int d = kind[reason_debit(r)], c = kind[reason_credit(r)];
        if (d != FREE && c != FREE) assert_int_equal(d, c);
        if (reason_credit(r) == ACCOUNT_FEE_INCOME && r != REASON_RECEIVER_FEE)
            assert_int_equal(d, FEES);
    }
}

/* Arrears of the earlier schemes bear no fee, and are paid out by themselves. */
static void legacy_is_collected_whole(void **state)
{
    struct arena a           = { 0 };
    struct entry_list l      = { .arena = &a };
    struct entry_parts parts = { .legacy = { 3000 } };
    (void)state;
    entry_add(&l, REASON_LEGACY_OPENING, (money){ 5000 }, here);
    entry_receipt(&l, (money){ 3000 }, group);
    entry_match(&l, (money){ 3000 }, group);
    entry_allocate(&l, parts, here);
    struct balances b = fold(&l);
    assert_int_equal(b.group.owed.p, 2000);
    assert_int_equal(b.group.legacy.p, 2000);
    assert_int_equal(b.group.maintenance.p, 0);
    assert_int_equal(b.group.account[ACCOUNT_LEGACY_PAYABLE].p, 3000);
    entry_unallocate(&l, parts, here);
    assert_int_equal(fold(&l).group.owed.p, 2000);
    assert_int_equal(fold(&l).group.legacy.p, 5000);
    arena_free(&a);
}

/* What a row is about is a ruling where the debt is no instalment: by the names of the reasons, so
 * that a new one is looked at. */
static void rulings_are_told_from_instalments(void **state)
{
    static const enum reason of_ruling[] = {
        REASON_ENFORCEMENT_FEE,
        REASON_ENFORCEMENT_FEE_WAIVED,
        REASON_ENFORCEMENT_FEE_PAID,
        REASON_ENFORCEMENT_FEE_PAID_RETURNED,
        REASON_ENFORCEMENT_FEE_RELEASE,
        REASON_LEGACY_OPENING,
        REASON_LEGACY_STATE_OPENING,
        REASON_LEGACY_PAID,
        REASON_LEGACY_COLLECTED,
        REASON_LEGACY_STATE_PAID,
        REASON_LEGACY_PAID_RETURNED,
        REASON_LEGACY_COLLECTED_RETURNED,
        REASON_LEGACY_STATE_PAID_RETURNED,
        REASON_WAIVED_CLOSURE,
        REASON_WAIVED_SEVERAL,
        REASON_WAIVED_AGAIN,
        REASON_WAIVED_FAILED,
        REASON_WAIVED_FORCES,
        REASON_WAIVED_OTHER,
        REASON_REFUND_RETURNED,
        REASON_REPAID,
        REASON_REPAID_RETURNED,
    };
    (void)state;
    for (enum reason r = 0; r < REASON_COUNT; r++) {
        struct entry e = entry_make(r, (money){ 1 }, here);
        bool expected  = false;
        for (size_t i = 0; i < sizeof of_ruling / sizeof *of_ruling; i++)
            expected |= of_ruling[i] == r;
        if (entry_is_of_ruling(&e) != expected) print_error("%s\n", reason_name(r));
        assert_int_equal(entry_is_of_ruling(&e), expected);
    }
}

/* B-131, B-140: the law may ask more of those who do not comply; today it asks the same. */
static void the_fee_may_hang_on_compliance(void **state)
{
    struct law law = *law_at(JURISDICTION_GREAT_BRITAIN, (date){ 20000 });
    money line     = { 10000 };
    (void)state;
    assert_int_equal(fee_payer(line, fee_payer_rate(&law, FEE_COMPLIES)).p, 2000);
    assert_int_equal(fee_payer(line, fee_payer_rate(&law, FEE_DOES_NOT_COMPLY)).p, 2000);
    law.collection_fee_payer_not_compliant = (ratio){ 3, 10 };
    assert_int_equal(fee_payer(line, fee_payer_rate(&law, FEE_COMPLIES)).p, 2000);
    assert_int_equal(fee_payer(line, fee_payer_rate(&law, FEE_DOES_NOT_COMPLY)).p, 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accounts_have_names_and_words),
        cmocka_unit_test(reasons_have_a_sentence_and_a_rule),
        cmocka_unit_test(money_leaves_for_known_reasons),
        cmocka_unit_test(a_week_collected_and_paid_out),
        cmocka_unit_test(a_decrease_releases_what_was_paid_too_much),
        cmocka_unit_test(a_returned_payment_is_not_clawed_back),
        cmocka_unit_test(enforcement_fees_are_the_groups),
        cmocka_unit_test(a_balance_is_as_at_a_day_and_as_known_on_a_day),
        cmocka_unit_test(reasons_keep_the_mirror),
        cmocka_unit_test(kinds_of_money_are_never_mixed),
        cmocka_unit_test(legacy_is_collected_whole),
        cmocka_unit_test(rulings_are_told_from_instalments),
        cmocka_unit_test(the_fee_may_hang_on_compliance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
