/* ruling.h: what somebody decides about money other than the maintenance itself: fees for
 * enforcement and their waiver, arrears of earlier schemes, payments that did not pass through the
 * service, set-off, money given back, redress.  Each kind is one verb and one event; a preview is
 * the verb rolled back. */
#pragma once
#include "app/account.h"
#include "flow/waiver.h"

enum ruling_kind {
    RULING_ENFORCEMENT_FEE,   /* an order that bears a fee was made (B-132, B-133) */
    RULING_WAIVER,            /* such a fee is taken off (B-134) */
    RULING_LEGACY_DEBT,       /* arrears of an earlier scheme owed to a receiving parent (B-231) */
    RULING_LEGACY_STATE_DEBT, /* the same, owed to the state */
    RULING_VOLUNTARY_PAYMENT, /* paid before the amount was known (B-241) */
    RULING_PAYMENT_FOR_HOME,  /* paid with the receiving parent's agreement (B-243) */
    RULING_SET_OFF,           /* what two parents owe each other (B-242) */
    RULING_SET_OFF_END,       /* a set-off so much a week ends before it is used up */
    RULING_SPREAD,            /* an overpayment comes off payments to come over time (B-240) */
    RULING_SPREAD_END,        /* that ends */
    RULING_REFUND,            /* credit goes back to the paying parent (B-240) */
    RULING_REIMBURSEMENT,     /* the service repays what it does not hold (B-244) */
    RULING_RECOVERY,          /* the receiving parent is to pay back what the service met (B-244) */
    RULING_RECEIVER_REPAID,   /* the receiving parent paid some of it back */
    RULING_REDRESS,           /* the service pays for its own mistake (B-245) */
    RULING_KINDS
};

struct ruling_order {
    enum ruling_kind kind;
    const char *word;    /* kind of order, ground, scheme or payment; NULL or "": none */
    int64_t arrangement; /* 0: of the group */
    money amount;        /* zero: all there is, where that makes sense */
    money weekly;        /* so much a week, or of each payment; zero: not limited */
    date day;            /* on which what it is about was done */
    const char *basis;   /* "agreed", "proved", "service_erred": as the kind asks */
    const char *reason, *evidence;
    int64_t refers; /* the fee waived (0: the latest), the receipt in suspense */
    const char *welfare_children, *welfare_reasoning; /* B-001, where there was a choice */
};

struct ruling_result {
    int64_t event; /* its number: what a later waiver refers to */
    money counted; /* what it came to */
    money not_counted;
};

/* Refuses, with what to do, or does it.  In the caller's transaction; key as in verb_open. */
bool ruling_make(const struct setting *setting, int64_t pp, const struct ruling_order *order,
                 const char *key, struct ruling_result *result, struct fail *fail);

/* An enforcement fee that still stands, and the grounds on which it may be waived (B-134). */
struct ruling_fee {
    const struct sql_ruling_list_row *row;
    bool grounds[WAIVER_GROUNDS];
};
bool ruling_fees_read(struct store *store, struct arena *arena, const struct group *group,
                      struct ruling_fee **fees, size_t *n, struct fail *fail);
/* Of the credit of a family with these balances, what can be refunded: what receiving parents have
 * had of it is not there (B-240). */
money ruling_refundable(const struct balances *balances);
/* "enforcement_fee": in files, forms and the database. */
const char *ruling_name(enum ruling_kind kind);
bool ruling_find(const char *name, enum ruling_kind *kind);
/* "An enforcement fee": for a page. */
const char *ruling_words(enum ruling_kind kind);
/* Whether it is a choice that needs a welfare record (B-001). */
bool ruling_needs_welfare(enum ruling_kind kind);
/* Whether it is about one arrangement. */
bool ruling_needs_arrangement(enum ruling_kind kind);
