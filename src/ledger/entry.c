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
    [REASON_ENFORCEMENT_FEE] = { "enforcement_fee", ACCOUNT_ENFORCEMENT_FEE, ACCOUNT_FEE_INCOME, "B-132",
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
    [REASON_COLLECTED_RETURNED] = { "collected_returned", ACCOUNT_RP_PAYABLE, ACCOUNT_RP_DUE, "B-221",
        "Maintenance is no longer held because the payment for it was returned." },
    [REASON_FEE_PAID_RETURNED] = { "fee_paid_returned", ACCOUNT_PP_FEE, ACCOUNT_PP_CREDIT, "B-221",
        "A collection fee is owed again because the payment for it was returned." },
    [REASON_ENFORCEMENT_FEE_PAID_RETURNED] = { "enforcement_fee_paid_returned",
        ACCOUNT_ENFORCEMENT_FEE, ACCOUNT_PP_CREDIT, "B-221",
        "An enforcement fee is owed again because the payment for it was returned." },
    [REASON_RECEIVER_FEE_BACK] = { "receiver_fee_back", ACCOUNT_FEE_INCOME, ACCOUNT_RP_PAYABLE, "B-131",
        "The receiving parent's collection fee was given back with the money it was taken from." },
    [REASON_ADVANCE] = { "advance", ACCOUNT_ADVANCE, ACCOUNT_RP_PAYABLE, "B-221",
        "The service met money paid on to the receiving parent before the payment was returned." },
    [REASON_ADVANCE_RECOVERED] = { "advance_recovered", ACCOUNT_RP_PAYABLE, ACCOUNT_ADVANCE, "B-244",
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
    [REASON_WRITE_OFF_REVERSED] = { "write_off_reversed", ACCOUNT_MAINTENANCE, ACCOUNT_RP_DUE, "B-740",
        "A write-off was undone; the arrears are owed again." },
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
