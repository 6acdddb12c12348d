/* ruling_back.c: money paid too much, and money the service gives or gave (B-240, B-244, B-245). */
#include "app/ruling_work.h"

#include "app/payment.h"
#include "app/receive.h"
#include "app/used.h"
#include "base/bug.h"
#include "ledger/fee.h"

#include <string.h>

/* What a receiving parent has had beyond what was theirs: their money stands below zero. */
static money had_too_much(const struct ruling_work *w, int64_t arrangement)
{
    return money_max(money_negate(ruling_balance(w, arrangement, ACCOUNT_RP_PAYABLE)), MONEY_NONE);
}

/* --- over time (B-240) --- */

/* The most of `most` whose part after the receiving parent's fee is not more than `net`. */
static money gross_of(money most, money net, ratio fee)
{
    while (money_subtract(most, fee_receiver(most, fee)).p > net.p)
        most = money_subtract(most,
                              money_subtract(money_subtract(most, fee_receiver(most, fee)), net));
    return most;
}

bool ruling_spread(struct ruling_work *w, struct fail *fail)
{
    const struct ruling_order *o = w->order;
    ratio fee                    = ruling_law(w, w->v.today)->collection_fee_receiver;
    struct lots lots             = lots_find(&w->g, ACCOUNT_PP_CREDIT, 0, w->v.arena);
    money net = had_too_much(w, o->arrangement), left = ruling_amount(w, lots_total(&lots));

    if (o->weekly.p == 0)
        return REFUSE(fail, "weekly_missing",
                      "Say how much a week is fair to both parents to come off the payments.");
    if (net.p == 0 || left.p == 0)
        return REFUSE(fail, "nothing_overpaid",
                      "Nothing was paid too much that the receiving parent has had; what is in "
                      "credit is used for the next payments anyway, or can be refunded.");
    if (!ruling_is_payable(w, o->arrangement))
        return REFUSE(fail, "nothing_payable",
                      "Nothing is payable from now on that it could come off; it can be repaid "
                      "(reimbursement).");
    if (ruling_balance(w, o->arrangement, ACCOUNT_PP_AHEAD).p > 0)
        return REFUSE(fail, "ahead_already",
                      "Something else is being taken off these payments; let that be used up, or "
                      "end it, first.");
    for (size_t i = lots.n; i > 0 && left.p > 0 && net.p > 0; i--) {
        struct entry_about about = ruling_about(w, o->arrangement, 0, lots.at[i - 1].receipt);
        money part =
            gross_of(money_min(left, money_max(lots.at[i - 1].left, MONEY_NONE)), net, fee);
        ruling_pair(w, REASON_AHEAD_SPREAD, REASON_AHEAD_SPREAD_HELD, part, about);
        entry_receiver_fee(&w->list, fee_receiver(part, fee), about);
        w->counted = money_add(w->counted, part);
        left       = money_subtract(left, part);
        net        = money_subtract(net, money_subtract(part, fee_receiver(part, fee)));
    }
    return ruling_fact(w, FACT_AHEAD_WEEKLY, o->arrangement, o->weekly, true, fail);
}

bool ruling_spread_end(struct ruling_work *w, struct fail *fail)
{
    int64_t arrangement = w->order->arrangement;
    ratio rate          = ruling_law(w, w->v.today)->collection_fee_receiver;
    struct lots lots    = lots_find(&w->g, ACCOUNT_PP_AHEAD, arrangement, w->v.arena);

    for (size_t i = 0; i < lots.n; i++) {
        struct entry_about about = ruling_about(w, arrangement, 0, lots.at[i].receipt);
        money part  = lots.at[i].receipt ? money_max(lots.at[i].left, MONEY_NONE) : MONEY_NONE;
        money taken = used_receiver_fee(&w->g, lots.at[i].receipt, arrangement);
        ruling_pair(w, REASON_AHEAD_BACK, REASON_AHEAD_BACK_HELD, part, about);
        entry_add(&w->list, REASON_RECEIVER_FEE_BACK, fee_receiver_back(part, taken, rate), about);
        w->counted = money_add(w->counted, part);
    }
    if (w->counted.p == 0)
        return REFUSE(fail, "nothing_left",
                      "No money paid too much is being taken off payments to come.");
    return ruling_fact(w, FACT_AHEAD_WEEKLY, arrangement, MONEY_NONE, false, fail);
}

/* --- back to the paying parent --- */

/* Takes `amount` out of the credit, the newest receipts first. */
static void credit_take(struct ruling_work *w, enum reason why, int64_t arrangement, money amount)
{
    struct lots lots = lots_find(&w->g, ACCOUNT_PP_CREDIT, 0, w->v.arena);

    for (size_t i = lots.n; i > 0 && amount.p > 0; i--) {
        money part = lot_take(&lots.at[i - 1], amount);
        amount     = money_subtract(amount, part);
        entry_add(&w->list, why, part, ruling_about(w, arrangement, 0, lots.at[i - 1].receipt));
    }
    BUG_UNLESS(amount.p == 0);
}

money ruling_refundable(const struct balances *b)
{
    money held = b->group.account[ACCOUNT_PP_CREDIT];

    for (size_t i = 0; i < b->n; i++)
        if (b->at[i].arrangement)
            held = money_add(held, money_min(b->at[i].account[ACCOUNT_RP_PAYABLE], MONEY_NONE));
    return money_max(held, MONEY_NONE);
}

bool ruling_refund(struct ruling_work *w, struct fail *fail)
{
    char most[MONEY_TEXT];
    struct balances b =
        balance_fold(w->g.entries, w->g.entry_count, w->v.today, w->v.today, w->v.arena);
    money held = ruling_refundable(&b);
    bool at_once;

    if (held.p == 0)
        return REFUSE(fail, "nothing_held",
                      ruling_balance(w, 0, ACCOUNT_PP_CREDIT).p > 0
                          ? "The receiving parent has had what is in credit; it can come off "
                            "payments to come, or be repaid by the service (reimbursement)."
                          : "Nothing is held for the paying parent.");
    if (w->order->amount.p > held.p)
        return REFUSE(fail, "refund_beyond_held", "No more than %s can be refunded: that is held.",
                      money_pounds(held, most));
    if (!sender_pays_at_once(w->v.store, &at_once, fail)) return false;
    w->counted = ruling_amount(w, held);
    credit_take(w, at_once ? REASON_REFUND : REASON_REFUND_DUE, 0, w->counted);
    return true;
}

bool ruling_reimbursement(struct ruling_work *w, struct fail *fail)
{
    int64_t arrangement = w->order->arrangement;
    bool ours           = w->order->basis && !strcmp(w->order->basis, "service_erred");
    bool at_once;
    money most = money_min(had_too_much(w, arrangement), ruling_balance(w, 0, ACCOUNT_PP_CREDIT));

    if (ruling_is_payable(w, arrangement))
        return REFUSE(fail, "can_be_absorbed",
                      "Maintenance is still payable: let the overpayment come off payments to "
                      "come instead (spread).");
    if (most.p == 0)
        return REFUSE(fail, "nothing_overpaid",
                      "The receiving parent has had nothing beyond what was theirs.");
    if (!sender_pays_at_once(w->v.store, &at_once, fail)) return false;
    w->counted = ruling_amount(w, most);
    credit_take(w, at_once ? REASON_REIMBURSED : REASON_REIMBURSED_DUE, arrangement, w->counted);
    entry_add(&w->list, ours ? REASON_REIMBURSED_MET : REASON_REIMBURSED_CLAIM, w->counted,
              ruling_about(w, arrangement, 0, 0));
    return true;
}

/* --- from the receiving parent --- */

bool ruling_recovery(struct ruling_work *w, struct fail *fail)
{
    int64_t arrangement = w->order->arrangement;
    money met           = ruling_balance(w, arrangement, ACCOUNT_ADVANCE);
    money debt          = ruling_balance(w, arrangement, ACCOUNT_RP_DEBT);

    if (w->order->basis && !strcmp(w->order->basis, "service_erred"))
        return REFUSE(fail, "service_erred",
                      "Where only the service erred the receiving parent is not asked for it; "
                      "leave it met by the service.");
    if (met.p == 0 && debt.p == 0)
        return REFUSE(fail, "nothing_met",
                      "The service has met nothing for this receiving parent.");
    w->counted = ruling_amount(w, met);
    entry_add(&w->list, REASON_ADVANCE_CLAIMED, w->counted, ruling_about(w, arrangement, 0, 0));
    return ruling_fact(w, FACT_RECOVERY, arrangement, w->order->weekly, w->order->weekly.p > 0,
                       fail);
}

bool ruling_receiver_repaid(struct ruling_work *w, struct fail *fail)
{
    struct setting s = { w->v.store, w->v.arena, w->v.today, w->v.actor };
    money debt       = ruling_balance(w, w->order->arrangement, ACCOUNT_RP_DEBT), amount;

    if (!receipt_pass_on(&s, w->order->refers, w->g.pp, &amount, fail)) return false;
    if (amount.p > debt.p)
        return REFUSE(fail, "repaid_too_much",
                      "That payment is more than the receiving parent owes; send it back to the "
                      "bank, or ask them.");
    w->counted = amount;
    w->refers  = w->order->refers;
    entry_add(&w->list, REASON_RP_DEBT_REPAID, amount,
              ruling_about(w, w->order->arrangement, 0, 0));
    return true;
}

bool ruling_redress(struct ruling_work *w, struct fail *fail)
{
    const char *evidence = w->order->evidence;

    if (w->order->amount.p <= 0)
        return REFUSE(fail, "amount_missing", "Say how much the mistake cost them.");
    if (!evidence || !*evidence)
        return REFUSE(fail, "evidence_missing",
                      "Give the complaint's or the examiner's reference it rests on.");
    w->counted = w->order->amount;
    entry_add(&w->list, REASON_REDRESS, w->counted, ruling_about(w, w->order->arrangement, 0, 0));
    return true;
}
