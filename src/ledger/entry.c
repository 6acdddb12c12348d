/* entry.c: the table of reasons, and the rows that belong together. */
#include "ledger/entry.h"

#include <string.h>

/* clang-format off */
static const struct {
    const char  *name;
    enum account debit, credit;
    const char  *cite, *sentence;
} reasons[REASON_COUNT] = {
    [REASON_CHARGE] = { "charge", ACCOUNT_MAINTENANCE, ACCOUNT_RP_DUE, "B-201",
        "An instalment of maintenance fell due." },
    [REASON_OPENING] = { "opening", ACCOUNT_MAINTENANCE, ACCOUNT_RP_DUE, "B-114",
        "Maintenance that was already owed was brought onto the account." },
    [REASON_INCREASE] = { "increase", ACCOUNT_MAINTENANCE, ACCOUNT_RP_DUE, "B-203",
        "A decision raised the maintenance for days already charged." },
    [REASON_DECREASE] = { "decrease", ACCOUNT_RP_DUE, ACCOUNT_MAINTENANCE, "B-203",
        "A decision lowered the maintenance for days already charged." },
    [REASON_FEE] = { "fee", ACCOUNT_PP_FEE, ACCOUNT_FEE_INCOME, "B-131",
        "The collection fee was added to an instalment." },
    [REASON_FEE_INCREASE] = { "fee_increase", ACCOUNT_PP_FEE, ACCOUNT_FEE_INCOME, "B-131",
        "The collection fee went up because the maintenance did." },
    [REASON_FEE_DECREASE] = { "fee_decrease", ACCOUNT_FEE_INCOME, ACCOUNT_PP_FEE, "B-131",
        "The collection fee went down because the maintenance did." },
    [REASON_FEE_WAIVED] = { "fee_waived", ACCOUNT_FEE_INCOME, ACCOUNT_PP_FEE, "B-131",
        "A collection fee was taken off." },
    [REASON_ENFORCEMENT_FEE] = { "enforcement_fee", ACCOUNT_ENFORCEMENT_FEE,
        ACCOUNT_FEE_INCOME, "B-132",
        "A fee was charged for an enforcement step." },
    [REASON_ENFORCEMENT_FEE_WAIVED] = { "enforcement_fee_waived", ACCOUNT_FEE_INCOME,
        ACCOUNT_ENFORCEMENT_FEE, "B-134", "An enforcement fee was taken off." },
    [REASON_RECEIPT] = { "receipt", ACCOUNT_BANK, ACCOUNT_SUSPENSE, "B-220",
        "A payment arrived at the bank." },
    [REASON_MATCH] = { "match", ACCOUNT_SUSPENSE, ACCOUNT_PP_CREDIT, "B-220",
        "A payment was recognised as the paying parent's." },
    [REASON_UNMATCH] = { "unmatch", ACCOUNT_PP_CREDIT, ACCOUNT_SUSPENSE, "B-220",
        "A payment was found not to be the paying parent's." },
    [REASON_PASS_ON] = { "pass_on", ACCOUNT_SUSPENSE, ACCOUNT_CLEARING, "B-220",
        "Part of a payment for several parents was sent to the one it is for." },
    [REASON_PASS_IN] = { "pass_in", ACCOUNT_CLEARING, ACCOUNT_PP_CREDIT, "B-220",
        "The paying parent's part of a payment arrived on the account." },
    [REASON_PASS_BACK] = { "pass_back", ACCOUNT_PP_CREDIT, ACCOUNT_CLEARING, "B-220",
        "A payment that belongs to another account was sent there." },
    [REASON_PAID] = { "paid", ACCOUNT_PP_CREDIT, ACCOUNT_MAINTENANCE, "B-230",
        "A payment was used for maintenance." },
    [REASON_COLLECTED] = { "collected", ACCOUNT_RP_DUE, ACCOUNT_RP_PAYABLE, "B-230",
        "Maintenance was collected for the receiving parent." },
    [REASON_FEE_PAID] = { "fee_paid", ACCOUNT_PP_CREDIT, ACCOUNT_PP_FEE, "B-230",
        "A payment was used for the collection fee." },
    [REASON_ENFORCEMENT_FEE_PAID] = { "enforcement_fee_paid", ACCOUNT_PP_CREDIT,
        ACCOUNT_ENFORCEMENT_FEE, "B-229", "A payment was used for an enforcement fee." },
    [REASON_RECEIVER_FEE] = { "receiver_fee", ACCOUNT_RP_PAYABLE, ACCOUNT_FEE_INCOME, "B-131",
        "The collection fee was taken from the receiving parent's share of a payment." },
    [REASON_PAY_OUT] = { "pay_out", ACCOUNT_RP_PAYABLE, ACCOUNT_BANK, "B-235",
        "Money was sent to the receiving parent." },
    [REASON_PAY_OUT_FAILED] = { "pay_out_failed", ACCOUNT_BANK, ACCOUNT_RP_PAYABLE, "B-235",
        "Money sent to the receiving parent came back from their bank." },
    [REASON_REFUND] = { "refund", ACCOUNT_PP_CREDIT, ACCOUNT_BANK, "B-240",
        "Money that was not needed was sent back to the paying parent." },
    [REASON_RETURNED] = { "returned", ACCOUNT_PP_CREDIT, ACCOUNT_BANK, "B-221",
        "The bank took a payment back." },
    [REASON_RETURNED_UNMATCHED] = { "returned_unmatched", ACCOUNT_SUSPENSE, ACCOUNT_BANK, "B-221",
        "The bank took back a payment that nobody had been found for, or it was sent back." },
    [REASON_PAID_RETURNED] = { "paid_returned", ACCOUNT_MAINTENANCE, ACCOUNT_PP_CREDIT, "B-221",
        "Maintenance is owed again because the payment for it was returned." },
    [REASON_COLLECTED_RETURNED] = { "collected_returned", ACCOUNT_RP_PAYABLE,
        ACCOUNT_RP_DUE, "B-221",
        "Maintenance is no longer held because the payment for it was returned." },
    [REASON_FEE_PAID_RETURNED] = { "fee_paid_returned", ACCOUNT_PP_FEE, ACCOUNT_PP_CREDIT, "B-221",
        "A collection fee is owed again because the payment for it was returned." },
    [REASON_ENFORCEMENT_FEE_PAID_RETURNED] = { "enforcement_fee_paid_returned",
        ACCOUNT_ENFORCEMENT_FEE, ACCOUNT_PP_CREDIT, "B-221",
        "An enforcement fee is owed again because the payment for it was returned." },
    [REASON_RECEIVER_FEE_BACK] = { "receiver_fee_back", ACCOUNT_FEE_INCOME,
        ACCOUNT_RP_PAYABLE, "B-131",
        "The receiving parent's collection fee was given back with the money it was taken from." },
    [REASON_ADVANCE] = { "advance", ACCOUNT_ADVANCE, ACCOUNT_RP_PAYABLE, "B-221",
        "The service met money paid on to the receiving parent before the payment was returned." },
    [REASON_ADVANCE_RECOVERED] = { "advance_recovered", ACCOUNT_RP_PAYABLE,
        ACCOUNT_ADVANCE, "B-244",
        "Money the service had met was taken back from the receiving parent's money." },
    [REASON_RELEASE] = { "release", ACCOUNT_MAINTENANCE, ACCOUNT_PP_CREDIT, "B-240",
        "Maintenance paid that is no longer due went to the paying parent's credit." },
    [REASON_RELEASE_HELD] = { "release_held", ACCOUNT_RP_PAYABLE, ACCOUNT_RP_DUE, "B-240",
        "Maintenance collected that is no longer due comes out of the receiving parent's money." },
    [REASON_FEE_RELEASE] = { "fee_release", ACCOUNT_PP_FEE, ACCOUNT_PP_CREDIT, "B-240",
        "A collection fee paid that is no longer due went to the paying parent's credit." },
    [REASON_ENFORCEMENT_FEE_RELEASE] = { "enforcement_fee_release", ACCOUNT_ENFORCEMENT_FEE,
        ACCOUNT_PP_CREDIT, "B-134",
        "An enforcement fee paid and then taken off went to the paying parent's credit." },
    [REASON_PAID_DIRECT] = { "paid_direct", ACCOUNT_RP_DUE, ACCOUNT_MAINTENANCE, "B-241",
        "A payment made straight to the receiving parent was counted." },
    [REASON_SET_OFF] = { "set_off", ACCOUNT_RP_DUE, ACCOUNT_MAINTENANCE, "B-242",
        "What the two parents owe each other was set off." },
    [REASON_WRITE_OFF] = { "write_off", ACCOUNT_RP_DUE, ACCOUNT_MAINTENANCE, "B-740",
        "Arrears were written off." },
    [REASON_WRITE_OFF_REVERSED] = { "write_off_reversed", ACCOUNT_MAINTENANCE,
        ACCOUNT_RP_DUE, "B-740",
        "A write-off was undone; the arrears are owed again." },
    [REASON_LEGACY_OPENING] = { "legacy_opening", ACCOUNT_LEGACY, ACCOUNT_LEGACY_DUE, "B-231",
        "Arrears of an earlier scheme, owed to the receiving parent, were brought onto the "
        "account." },
    [REASON_LEGACY_STATE_OPENING] = { "legacy_state_opening", ACCOUNT_LEGACY_STATE,
        ACCOUNT_STATE_LEGACY, "B-231",
        "Arrears of an earlier scheme, owed to the state, were brought onto the account." },
    [REASON_LEGACY_PAID] = { "legacy_paid", ACCOUNT_PP_CREDIT, ACCOUNT_LEGACY, "B-231",
        "A payment was used for arrears of an earlier scheme." },
    [REASON_LEGACY_COLLECTED] = { "legacy_collected", ACCOUNT_LEGACY_DUE,
        ACCOUNT_LEGACY_PAYABLE, "B-231",
        "Arrears of an earlier scheme were collected for the receiving parent, without a fee." },
    [REASON_LEGACY_STATE_PAID] = { "legacy_state_paid", ACCOUNT_PP_CREDIT,
        ACCOUNT_LEGACY_STATE, "B-231",
        "A payment was used for arrears of an earlier scheme owed to the state." },
    [REASON_LEGACY_PAY_OUT] = { "legacy_pay_out", ACCOUNT_LEGACY_PAYABLE, ACCOUNT_BANK, "B-235",
        "Arrears of an earlier scheme were sent to the receiving parent." },
    [REASON_LEGACY_PAY_OUT_FAILED] = { "legacy_pay_out_failed", ACCOUNT_BANK,
        ACCOUNT_LEGACY_PAYABLE, "B-235",
        "Arrears of an earlier scheme sent to the receiving parent came back from their bank." },
    [REASON_LEGACY_PAID_RETURNED] = { "legacy_paid_returned", ACCOUNT_LEGACY,
        ACCOUNT_PP_CREDIT, "B-221",
        "Arrears of an earlier scheme are owed again because the payment for them was returned." },
    [REASON_LEGACY_COLLECTED_RETURNED] = { "legacy_collected_returned", ACCOUNT_LEGACY_PAYABLE,
        ACCOUNT_LEGACY_DUE, "B-221",
        "Arrears of an earlier scheme are no longer held because the payment for them was "
        "returned." },
    [REASON_LEGACY_STATE_PAID_RETURNED] = { "legacy_state_paid_returned", ACCOUNT_LEGACY_STATE,
        ACCOUNT_PP_CREDIT, "B-221",
        "Arrears owed to the state are owed again because the payment for them was returned." },
    [REASON_LEGACY_ADVANCE] = { "legacy_advance", ACCOUNT_ADVANCE, ACCOUNT_LEGACY_PAYABLE, "B-221",
        "The service met arrears of an earlier scheme paid on before the payment was returned." },
    [REASON_WAIVED_CLOSURE] = { "waived_closure", ACCOUNT_FEE_INCOME,
        ACCOUNT_ENFORCEMENT_FEE, "B-134",
        "An enforcement fee was taken off because a case of an earlier scheme was being "
        "closed (W1A)." },
    [REASON_WAIVED_SEVERAL] = { "waived_several", ACCOUNT_FEE_INCOME,
        ACCOUNT_ENFORCEMENT_FEE, "B-134",
        "An enforcement fee was taken off because several orders were made at once (W2)." },
    [REASON_WAIVED_AGAIN] = { "waived_again", ACCOUNT_FEE_INCOME, ACCOUNT_ENFORCEMENT_FEE, "B-134",
        "An enforcement fee was taken off because a change of employer, account or amount "
        "was the only reason for the new order (W3)." },
    [REASON_WAIVED_FAILED] = { "waived_failed", ACCOUNT_FEE_INCOME,
        ACCOUNT_ENFORCEMENT_FEE, "B-134",
        "An enforcement fee was taken off because the order was not made, did not stand, or "
        "ended by our mistake (W4)." },
    [REASON_WAIVED_FORCES] = { "waived_forces", ACCOUNT_FEE_INCOME,
        ACCOUNT_ENFORCEMENT_FEE, "B-134",
        "An enforcement fee was taken off because the paying parent was on operations with "
        "the armed forces (W5)." },
    [REASON_WAIVED_OTHER] = { "waived_other", ACCOUNT_FEE_INCOME, ACCOUNT_ENFORCEMENT_FEE, "B-134",
        "An enforcement fee was taken off on another ground the law lists (W6)." },
    [REASON_VOLUNTARY] = { "voluntary", ACCOUNT_RP_DUE, ACCOUNT_MAINTENANCE, "B-241",
        "A voluntary payment, made before the amount was known, was counted against the "
        "first arrears." },
    [REASON_PAID_FOR_HOME] = { "paid_for_home", ACCOUNT_RP_DUE, ACCOUNT_MAINTENANCE, "B-243",
        "A payment made for the receiving parent, with their agreement, was counted as "
        "maintenance." },
    [REASON_SET_OFF_OWED] = { "set_off_owed", ACCOUNT_CLEARING, ACCOUNT_MAINTENANCE, "B-242",
        "What the other parent owes was used for the maintenance owed to them." },
    [REASON_SET_OFF_DUE] = { "set_off_due", ACCOUNT_RP_DUE, ACCOUNT_CLEARING, "B-242",
        "Maintenance due to the receiving parent was used for what they owe as a paying parent." },
    [REASON_AHEAD_HOME] = { "ahead_home", ACCOUNT_RP_AHEAD, ACCOUNT_PP_AHEAD, "B-243",
        "The rest of a payment made for the receiving parent was kept for payments to come." },
    [REASON_AHEAD_SET_OFF] = { "ahead_set_off", ACCOUNT_CLEARING, ACCOUNT_PP_AHEAD, "B-242",
        "What the other parent owes was kept for payments to come to them, so much a week." },
    [REASON_AHEAD_SET_OFF_DUE] = { "ahead_set_off_due", ACCOUNT_RP_AHEAD, ACCOUNT_CLEARING, "B-242",
        "What the receiving parent owes as a paying parent will come off payments to come to "
        "them." },
    [REASON_AHEAD_SPREAD] = { "ahead_spread", ACCOUNT_PP_CREDIT, ACCOUNT_PP_AHEAD, "B-240",
        "Money paid too much was kept for payments to come, so much a week." },
    [REASON_AHEAD_SPREAD_HELD] = { "ahead_spread_held", ACCOUNT_RP_AHEAD,
        ACCOUNT_RP_PAYABLE, "B-240",
        "What the receiving parent had too much will come off payments to come, so much a week." },
    [REASON_AHEAD_OVERPAID] = { "ahead_overpaid", ACCOUNT_MAINTENANCE, ACCOUNT_PP_AHEAD, "B-240",
        "Maintenance counted that is no longer due was kept for payments to come." },
    [REASON_AHEAD_OVERPAID_DUE] = { "ahead_overpaid_due", ACCOUNT_RP_AHEAD, ACCOUNT_RP_DUE, "B-240",
        "Maintenance the receiving parent had that is no longer due will come off payments "
        "to come." },
    [REASON_AHEAD_USED] = { "ahead_used", ACCOUNT_PP_AHEAD, ACCOUNT_MAINTENANCE, "B-240",
        "What was counted for payments to come was used for this one." },
    [REASON_AHEAD_GOT] = { "ahead_got", ACCOUNT_RP_DUE, ACCOUNT_RP_AHEAD, "B-240",
        "The receiving parent had already had this part of the payment." },
    [REASON_AHEAD_BACK] = { "ahead_back", ACCOUNT_PP_AHEAD, ACCOUNT_PP_CREDIT, "B-240",
        "What was kept for payments to come went back to the paying parent's credit." },
    [REASON_AHEAD_BACK_HELD] = { "ahead_back_held", ACCOUNT_RP_PAYABLE, ACCOUNT_RP_AHEAD, "B-240",
        "What the receiving parent had too much comes out of their next money again." },
    [REASON_AHEAD_RETURNED] = { "ahead_returned", ACCOUNT_MAINTENANCE, ACCOUNT_PP_AHEAD, "B-221",
        "Maintenance is owed again because the payment it was counted from was returned." },
    [REASON_AHEAD_RETURNED_DUE] = { "ahead_returned_due", ACCOUNT_RP_AHEAD, ACCOUNT_RP_DUE, "B-221",
        "The receiving parent is to get this again because the payment it was counted from "
        "was returned." },
    [REASON_SET_OFF_ENDED] = { "set_off_ended", ACCOUNT_MAINTENANCE, ACCOUNT_CLEARING, "B-242",
        "Maintenance is owed again because the set-off ended before it was used up." },
    [REASON_SET_OFF_ENDED_DUE] = { "set_off_ended_due", ACCOUNT_CLEARING, ACCOUNT_RP_DUE, "B-242",
        "The receiving parent is to get this again because the set-off ended before it was "
        "used up." },
    [REASON_AHEAD_SET_OFF_ENDED] = { "ahead_set_off_ended", ACCOUNT_PP_AHEAD,
        ACCOUNT_CLEARING, "B-242",
        "What was left of a set-off is no longer kept for payments to come." },
    [REASON_AHEAD_SET_OFF_ENDED_DUE] = { "ahead_set_off_ended_due", ACCOUNT_CLEARING,
        ACCOUNT_RP_AHEAD, "B-242",
        "What was left of a set-off no longer comes off payments to come." },
    [REASON_REIMBURSED] = { "reimbursed", ACCOUNT_PP_CREDIT, ACCOUNT_BANK, "B-244",
        "The service repaid the paying parent what they had paid too much." },
    [REASON_REIMBURSED_CLAIM] = { "reimbursed_claim", ACCOUNT_RP_DEBT, ACCOUNT_RP_PAYABLE, "B-244",
        "The receiving parent is to pay back what they had too much and the service has repaid." },
    [REASON_REIMBURSED_MET] = { "reimbursed_met", ACCOUNT_REDRESS, ACCOUNT_RP_PAYABLE, "B-244",
        "The service met what the receiving parent had too much, because the mistake was its "
        "own." },
    [REASON_ADVANCE_CLAIMED] = { "advance_claimed", ACCOUNT_RP_DEBT, ACCOUNT_ADVANCE, "B-244",
        "The receiving parent is to pay back money the service had met for them." },
    [REASON_RP_DEBT_TAKEN] = { "rp_debt_taken", ACCOUNT_RP_PAYABLE, ACCOUNT_RP_DEBT, "B-244",
        "Part of the receiving parent's money was kept for what they owe the service." },
    [REASON_RP_DEBT_REPAID] = { "rp_debt_repaid", ACCOUNT_CLEARING, ACCOUNT_RP_DEBT, "B-244",
        "The receiving parent paid back money they owed the service." },
    [REASON_REDRESS] = { "redress", ACCOUNT_REDRESS, ACCOUNT_RP_PAYABLE, "B-245",
        "The service paid the receiving parent money its own mistake had cost them." },
    [REASON_REFUND_RETURNED] = { "refund_returned", ACCOUNT_PP_REPAY, ACCOUNT_PP_CREDIT, "B-221",
        "Money sent back to the paying parent is owed back because the payment it came from "
        "was returned." },
    [REASON_REPAID] = { "repaid", ACCOUNT_PP_CREDIT, ACCOUNT_PP_REPAY, "B-221",
        "A payment was used for money sent back to the paying parent by a payment that was "
        "returned." },
    [REASON_REPAID_RETURNED] = { "repaid_returned", ACCOUNT_PP_REPAY, ACCOUNT_PP_CREDIT, "B-221",
        "Money sent back is owed back again because the payment for it was returned." },
    [REASON_TAKEN_OVER] = { "taken_over", ACCOUNT_MAINTENANCE, ACCOUNT_RP_DUE, "B-114",
        "Maintenance not paid under Direct Pay was brought onto the account." },
    [REASON_TAKEN_BACK] = { "taken_back", ACCOUNT_RP_DUE, ACCOUNT_MAINTENANCE, "B-114",
        "Maintenance brought onto the account had been paid under Direct Pay." },
    [REASON_REFUND_DUE] = { "refund_due", ACCOUNT_PP_CREDIT, ACCOUNT_PP_PAYABLE, "B-240",
        "Money that is not needed is to go back to the paying parent." },
    [REASON_REIMBURSED_DUE] = { "reimbursed_due", ACCOUNT_PP_CREDIT, ACCOUNT_PP_PAYABLE, "B-244",
        "The service is to repay the paying parent what they had paid too much." },
    [REASON_REFUND_SENT] = { "refund_sent", ACCOUNT_PP_PAYABLE, ACCOUNT_BANK, "B-240",
        "Money that was to go back to the paying parent was sent." },
    [REASON_REFUND_FAILED] = { "refund_failed", ACCOUNT_BANK, ACCOUNT_PP_PAYABLE, "B-240",
        "Money sent back to the paying parent came back from their bank." },
    [REASON_REFUND_WITHDRAWN] = { "refund_withdrawn", ACCOUNT_PP_PAYABLE,
        ACCOUNT_PP_CREDIT, "B-221",
        "Money is not sent back to the paying parent because the payment it came from was "
        "returned." },
    [REASON_SHARE_RETURNED] = { "share_returned", ACCOUNT_PP_CREDIT, ACCOUNT_CLEARING, "B-221",
        "The bank took a payment for several parents back; this was the part on this account." },
    [REASON_PASS_RETURNED] = { "pass_returned", ACCOUNT_CLEARING, ACCOUNT_SUSPENSE, "B-221",
        "The parts of a payment for several parents were gathered again because the bank took it "
        "back." },
    [REASON_CARRIED] = { "carried", ACCOUNT_CLEARING, ACCOUNT_CLEARING, "B-240",
        "What was open was carried forward." },
};
/* clang-format on */

const char *reason_name(enum reason r)
{
    BUG_UNLESS(r < REASON_COUNT);
    return reasons[r].name;
}

bool reason_find(const char *name, enum reason *result)
{
    for (enum reason r = 0; r < REASON_COUNT; r++)
        if (!strcmp(reasons[r].name, name)) {
            *result = r;
            return true;
        }
    return false;
}

const char *reason_sentence(enum reason r)
{
    BUG_UNLESS(r < REASON_COUNT);
    return reasons[r].sentence;
}

const char *reason_cite(enum reason r)
{
    BUG_UNLESS(r < REASON_COUNT);
    return reasons[r].cite;
}

enum account reason_debit(enum reason r)
{
    BUG_UNLESS(r < REASON_COUNT);
    return reasons[r].debit;
}

enum account reason_credit(enum reason r)
{
    BUG_UNLESS(r < REASON_COUNT);
    return reasons[r].credit;
}

struct entry entry_make(enum reason r, money amount, struct entry_about about)
{
    BUG_UNLESS(amount.p > 0);
    return (struct entry){ .debit  = reason_debit(r),
                           .credit = reason_credit(r),
                           .amount = amount,
                           .reason = r,
                           .about  = about };
}

static bool account_is_of_ruling(enum account a)
{
    return a == ACCOUNT_ENFORCEMENT_FEE || a == ACCOUNT_LEGACY || a == ACCOUNT_LEGACY_DUE ||
           a == ACCOUNT_LEGACY_STATE || a == ACCOUNT_PP_REPAY;
}

bool entry_is_of_ruling(const struct entry *e)
{
    return account_is_of_ruling(e->debit) || account_is_of_ruling(e->credit);
}

void entry_add(struct entry_list *l, enum reason r, money amount, struct entry_about about)
{
    enum { FIRST_ROOM = 16 };
    if (money_is_zero(amount)) return;
    if (l->n == l->room) {
        size_t room = l->room ? l->room * 2 : FIRST_ROOM;
        l->at       = arena_grow(l->arena, l->at, l->n * sizeof *l->at, room * sizeof *l->at);
        l->room     = room;
    }
    l->at[l->n++] = entry_make(r, amount, about);
}

/* A signed change: `up` for more, `down` for less. */
static void entry_add_signed(struct entry_list *l, enum reason up, enum reason down, money change,
                             struct entry_about about)
{
    if (change.p < 0)
        entry_add(l, down, money_negate(change), about);
    else
        entry_add(l, up, change, about);
}

void entry_charge(struct entry_list *l, money maintenance, money fee, struct entry_about about)
{
    entry_add(l, REASON_CHARGE, maintenance, about);
    entry_add(l, REASON_FEE, fee, about);
}

void entry_adjust(struct entry_list *l, money maintenance, money fee, struct entry_about about)
{
    entry_add_signed(l, REASON_INCREASE, REASON_DECREASE, maintenance, about);
    entry_add_signed(l, REASON_FEE_INCREASE, REASON_FEE_DECREASE, fee, about);
}

void entry_receipt(struct entry_list *l, money amount, struct entry_about about)
{
    entry_add(l, REASON_RECEIPT, amount, about);
}

void entry_match(struct entry_list *l, money amount, struct entry_about about)
{
    entry_add(l, REASON_MATCH, amount, about);
}

void entry_allocate(struct entry_list *l, struct entry_parts parts, struct entry_about about)
{
    entry_add(l, REASON_PAID, parts.maintenance, about);
    entry_add(l, REASON_COLLECTED, parts.maintenance, about);
    entry_add(l, REASON_FEE_PAID, parts.fee, about);
    entry_add(l, REASON_ENFORCEMENT_FEE_PAID, parts.enforcement, about);
    entry_add(l, REASON_LEGACY_PAID, parts.legacy, about);
    entry_add(l, REASON_LEGACY_COLLECTED, parts.legacy, about);
    entry_add(l, REASON_LEGACY_STATE_PAID, parts.legacy_state, about);
    entry_add(l, REASON_REPAID, parts.repay, about);
}

void entry_receiver_fee(struct entry_list *l, money fee, struct entry_about about)
{
    entry_add(l, REASON_RECEIVER_FEE, fee, about);
}

void entry_pay_out(struct entry_list *l, money amount, struct entry_about about)
{
    entry_add(l, REASON_PAY_OUT, amount, about);
}

void entry_unallocate(struct entry_list *l, struct entry_parts parts, struct entry_about about)
{
    entry_add(l, REASON_PAID_RETURNED, parts.maintenance, about);
    entry_add(l, REASON_COLLECTED_RETURNED, parts.maintenance, about);
    entry_add(l, REASON_FEE_PAID_RETURNED, parts.fee, about);
    entry_add(l, REASON_ENFORCEMENT_FEE_PAID_RETURNED, parts.enforcement, about);
    entry_add(l, REASON_LEGACY_PAID_RETURNED, parts.legacy, about);
    entry_add(l, REASON_LEGACY_COLLECTED_RETURNED, parts.legacy, about);
    entry_add(l, REASON_LEGACY_STATE_PAID_RETURNED, parts.legacy_state, about);
    entry_add(l, REASON_REPAID_RETURNED, parts.repay, about);
}

/* How far below zero. */
static money shortfall(money m)
{
    return money_max(money_negate(m), MONEY_NONE);
}

money entry_receiver_back(struct entry_list *l, money held, money maintenance, money fee,
                          struct entry_about about)
{
    money net = money_subtract(maintenance, fee);
    BUG_UNLESS(net.p >= 0);
    money advance = money_subtract(shortfall(money_subtract(held, net)), shortfall(held));
    entry_add(l, REASON_RECEIVER_FEE_BACK, fee, about);
    entry_add(l, REASON_ADVANCE, advance, about);
    return advance;
}

void entry_return(struct entry_list *l, money amount, struct entry_about about)
{
    entry_add(l, REASON_RETURNED, amount, about);
}

void entry_release(struct entry_list *l, struct entry_parts excess, money receiver_fee,
                   struct entry_about about)
{
    entry_add(l, REASON_RELEASE, excess.maintenance, about);
    entry_add(l, REASON_RELEASE_HELD, excess.maintenance, about);
    entry_add(l, REASON_RECEIVER_FEE_BACK, receiver_fee, about);
    entry_add(l, REASON_FEE_RELEASE, excess.fee, about);
    entry_add(l, REASON_ENFORCEMENT_FEE_RELEASE, excess.enforcement, about);
}
