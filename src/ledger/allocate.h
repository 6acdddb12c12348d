/* allocate.h: which debts a payment goes to (B-229, B-230).  Every step is dated law, except that
 * enforcement fees come last whatever it says (B-229): no value can move them. */
#pragma once
#include "base/arena.h"
#include "base/out.h"
#include "law/law.h"
#include "ledger/item.h"

enum allocate_step {
    ALLOCATE_FENCED,  /* the debts a ring-fenced receipt is for */
    ALLOCATE_ONGOING, /* the current instalments with their collection fee */
    ALLOCATE_ARREARS, /* maintenance overdue: between receiving parents pro rata, oldest first */
    ALLOCATE_LEGACY,  /* the same under the earlier schemes */
    ALLOCATE_FEES,    /* unpaid collection fees of past periods, and what is to be repaid */
    ALLOCATE_LEGACY_STATE, /* arrears under the earlier schemes that are the state's */
    ALLOCATE_ENFORCEMENT,  /* enforcement fees: always last */
    ALLOCATE_STEPS
};

struct allocate_order {
    enum allocate_step step[ALLOCATE_STEPS]; /* each at most once */
    size_t n;
    int32_t window_days;           /* instalments due so many days ahead are current */
    bool pro_rata[ALLOCATE_STEPS]; /* between receiving parents; otherwise the oldest first */
    bool largest_remainder;        /* gets the penny left over; otherwise the lowest case */
    bool fee_with_maintenance;     /* a current instalment takes its collection fee with it */
};

struct allocate_request {
    money money; /* all that is held for the paying parent, this receipt included */
    date day;    /* of receipt, or the day held money is looked at again */
    bool fenced; /* the money is ring-fenced: step FENCED is taken first, then the rest */
    const struct item *items;
    size_t n;
};

struct allocation {
    size_t item; /* index into the request's items */
    money amount;
    enum allocate_step step;
    bool ahead; /* not due yet: reserved in the credit, not to be posted */
};

struct allocated {
    struct allocation *at; /* in the order used */
    size_t n;
    money used;      /* sum of what is to be posted */
    money reserved;  /* sum of what waits for instalments ahead */
    money remainder; /* money - used - reserved: stays in credit */
};

/* The order in force (B-230: allocation_rank and its companions); enforcement fees are its end. */
struct allocate_order allocate_order_at(const struct law *law);

/* Shares the money out.  Same input, same output; never more than the money, never more than an
 * item's outstanding amount. */
struct allocated allocate(const struct allocate_order *order,
                          const struct allocate_request *request, struct arena *a);

/* "ongoing", "arrears", ...: for files. */
const char *allocate_step_name(enum allocate_step s);
bool allocate_step_find(const char *name, enum allocate_step *result);
