/* entry.h: ledger rows.  A row moves a positive amount from one account (credit) to another
 * (debit), says why, and is never changed; what was wrong is put right by another row.  The reason
 * fixes the two accounts, so a row with the wrong accounts cannot be made. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/money.h"
#include "ledger/account.h"

/* The numbers are stored: a new reason goes before REASON_COUNT, none ever changes. */
enum reason {
    REASON_CHARGE,
    REASON_OPENING,
    REASON_INCREASE,
    REASON_DECREASE,
    REASON_FEE,
    REASON_FEE_INCREASE,
    REASON_FEE_DECREASE,
    REASON_FEE_WAIVED,
    REASON_ENFORCEMENT_FEE,
    REASON_ENFORCEMENT_FEE_WAIVED,
    REASON_RECEIPT,
    REASON_MATCH,
    REASON_UNMATCH,
    REASON_PASS_ON,   /* suspense to clearing: one remittance for several paying parents */
    REASON_PASS_IN,   /* clearing to credit of the paying parent it is for */
    REASON_PASS_BACK, /* credit to clearing */
    REASON_PAID,
    REASON_COLLECTED, /* the mirror of PAID: now held for the receiving parent */
    REASON_FEE_PAID,
    REASON_ENFORCEMENT_FEE_PAID,
    REASON_RECEIVER_FEE,
    REASON_PAY_OUT,
    REASON_PAY_OUT_FAILED,
    REASON_REFUND,
    REASON_RETURNED,
    REASON_RETURNED_UNMATCHED,
    REASON_PAID_RETURNED,
    REASON_COLLECTED_RETURNED,
    REASON_FEE_PAID_RETURNED,
    REASON_ENFORCEMENT_FEE_PAID_RETURNED,
    REASON_RECEIVER_FEE_BACK,
    REASON_ADVANCE,
    REASON_ADVANCE_RECOVERED,
    REASON_RELEASE,
    REASON_RELEASE_HELD, /* the mirror of RELEASE */
    REASON_FEE_RELEASE,
    REASON_ENFORCEMENT_FEE_RELEASE,
    REASON_PAID_DIRECT,
    REASON_SET_OFF,
    REASON_WRITE_OFF,
    REASON_WRITE_OFF_REVERSED,
    REASON_LEGACY_OPENING,
    REASON_LEGACY_STATE_OPENING,
    REASON_LEGACY_PAID,
    REASON_LEGACY_COLLECTED,
    REASON_LEGACY_STATE_PAID,
    REASON_LEGACY_PAY_OUT,
    REASON_LEGACY_PAY_OUT_FAILED,
    REASON_LEGACY_PAID_RETURNED,
    REASON_LEGACY_COLLECTED_RETURNED,
    REASON_LEGACY_STATE_PAID_RETURNED,
    REASON_LEGACY_ADVANCE,
    REASON_WAIVED_CLOSURE,
    REASON_WAIVED_SEVERAL,
    REASON_WAIVED_AGAIN,
    REASON_WAIVED_FAILED,
    REASON_WAIVED_FORCES,
    REASON_WAIVED_OTHER,
    REASON_VOLUNTARY,
    REASON_PAID_FOR_HOME,
    REASON_SET_OFF_OWED,
    REASON_SET_OFF_DUE,
    REASON_AHEAD_HOME,
    REASON_AHEAD_SET_OFF,
    REASON_AHEAD_SET_OFF_DUE,
    REASON_AHEAD_SPREAD,
    REASON_AHEAD_SPREAD_HELD,
    REASON_AHEAD_OVERPAID,
    REASON_AHEAD_OVERPAID_DUE,
    REASON_AHEAD_USED,
    REASON_AHEAD_GOT,
    REASON_AHEAD_BACK,
    REASON_AHEAD_BACK_HELD,
    REASON_AHEAD_RETURNED,
    REASON_AHEAD_RETURNED_DUE,
    REASON_SET_OFF_ENDED,
    REASON_SET_OFF_ENDED_DUE,
    REASON_AHEAD_SET_OFF_ENDED,
    REASON_AHEAD_SET_OFF_ENDED_DUE,
    REASON_REIMBURSED,
    REASON_REIMBURSED_CLAIM,
    REASON_REIMBURSED_MET,
    REASON_ADVANCE_CLAIMED,
    REASON_RP_DEBT_TAKEN,
    REASON_RP_DEBT_REPAID,
    REASON_REDRESS,
    REASON_REFUND_RETURNED,
    REASON_REPAID,
    REASON_REPAID_RETURNED,
    REASON_TAKEN_OVER, /* unpaid under Direct Pay, now collected */
    REASON_TAKEN_BACK,
    REASON_REFUND_DUE, /* where payments leave by file, money for the paying parent waits for it */
    REASON_REIMBURSED_DUE,
    REASON_REFUND_SENT,
    REASON_REFUND_FAILED,
    REASON_REFUND_WITHDRAWN,
    REASON_SHARE_RETURNED,
    REASON_PASS_RETURNED, /* clearing to suspense: the parts of a shared payment that was returned
                           */
    REASON_CARRIED, /* brought forward when the books were closed (carry.h): never in the ledger */
    REASON_COUNT
};

/* What a row is about.  An identifier is 0 where there is none. */
struct entry_about {
    int64_t arrangement; /* 0: the whole group of the paying parent */
    date day;            /* the day it counts from */
    date known;          /* the day the service wrote it; not before it knew */
    int64_t instalment;  /* or, for what is owed otherwise, the ruling that made the debt */
    int64_t receipt, decision;
};

struct entry {
    enum account debit, credit;
    money amount; /* positive */
    enum reason reason;
    struct entry_about about;
};

/* Rows growing in an arena. */
struct entry_list {
    struct arena *arena;
    struct entry *at;
    size_t n, room;
};

/* Short stable name for files and databases: "fee_paid". */
const char *reason_name(enum reason r);
bool reason_find(const char *name, enum reason *result);
/* One plain sentence, and the rule it stands on ("B-131"). */
const char *reason_sentence(enum reason r);
const char *reason_cite(enum reason r);
enum account reason_debit(enum reason r);
enum account reason_credit(enum reason r);

/* One row; amount must be positive. */
struct entry entry_make(enum reason r, money amount, struct entry_about about);
/* Whether about.instalment is the event of a ruling: fees for enforcement, arrears of the earlier
 * schemes and what is to be repaid are no instalments. */
bool entry_is_of_ruling(const struct entry *e);
/* Adds a row; an amount of zero adds none. */
void entry_add(struct entry_list *l, enum reason r, money amount, struct entry_about about);

/* Rows that belong together.  Zero amounts leave their row out.
 *
 * An instalment fell due, with the paying parent's fee on it. */
void entry_charge(struct entry_list *l, money maintenance, money fee, struct entry_about about);
/* Signed change of an instalment already charged, and of its fee. */
void entry_adjust(struct entry_list *l, money maintenance, money fee, struct entry_about about);
/* Money at the bank, not yet known whose. */
void entry_receipt(struct entry_list *l, money amount, struct entry_about about);
/* It belongs to this paying parent. */
void entry_match(struct entry_list *l, money amount, struct entry_about about);

/* Parts of one receipt used, or taken back, for one arrangement. */
struct entry_parts {
    money maintenance, fee, enforcement, legacy, legacy_state, repay;
};
/* Held money used for what is owed; the receiving parent's side follows. */
void entry_allocate(struct entry_list *l, struct entry_parts parts, struct entry_about about);
/* The receiving parent's fee on their share of a receipt. */
void entry_receiver_fee(struct entry_list *l, money fee, struct entry_about about);
/* Money sent to the receiving parent. */
void entry_pay_out(struct entry_list *l, money amount, struct entry_about about);

/* A payment came back (B-221).  First, for each instalment it was used for, entry_unallocate takes
 * the use back (about.instalment open again from its own due day); then entry_receiver_back gives
 * the receiving parent's fee back and books what they had already been paid as an advance that the
 * service meets; last, entry_return takes the money off the group. */
void entry_unallocate(struct entry_list *l, struct entry_parts parts, struct entry_about about);
/* held: the balance of rp_payable of the arrangement before the return; maintenance: all that was
 * taken back from the arrangement; fee: the receiving parent's fee on it.  Returns the advance. */
money entry_receiver_back(struct entry_list *l, money held, money maintenance, money fee,
                          struct entry_about about);
void entry_return(struct entry_list *l, money amount, struct entry_about about);

/* More was paid than is now due: the excess goes to the paying parent's credit, and out of what is
 * held (or will next be held) for the receiving parent, with their fee on it given back. */
void entry_release(struct entry_list *l, struct entry_parts excess, money receiver_fee,
                   struct entry_about about);
