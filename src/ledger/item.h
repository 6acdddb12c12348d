/* item.h: the outstanding things of a group, one for each instalment and kind of debt. */
#pragma once
#include "base/date.h"
#include "base/money.h"

#include <stdbool.h>
#include <stdint.h>

enum item_kind {
    ITEM_MAINTENANCE,  /* owed to a receiving parent */
    ITEM_FEE,          /* the paying parent's collection fee on an instalment */
    ITEM_LEGACY,       /* owed to a receiving parent under the 1993 or 2003 scheme (B-231) */
    ITEM_ENFORCEMENT,  /* enforcement fee */
    ITEM_LEGACY_STATE, /* owed to the state under the 1993 or 2003 scheme */
    ITEM_REPAY,        /* sent back to the paying parent out of a payment that was then returned */
    ITEM_KINDS
};
enum item_cause {
    ITEM_INSTALMENT, /* fell due by the plan */
    ITEM_BACKDATED   /* a decision about the past, due when it was told */
};

struct item {
    int64_t arrangement, instalment; /* 0: none */
    enum item_kind kind;
    enum item_cause cause;
    date due;
    date notified;                 /* ITEM_BACKDATED: when the paying parent was told */
    money charged, adjusted, paid; /* charged and paid not negative */
    bool fenced;                   /* of the debts a ring-fenced receipt is for (B-230 step 0) */
};

/* charged + adjusted - paid, not below zero. */
money item_outstanding(const struct item *i);
/* paid beyond charged + adjusted, never more than paid: what is to be released. */
money item_excess(const struct item *i);
/* True if an instalment was not fully covered at the end of its due day and `today` is a later day.
 */
bool item_is_missed(const struct item *i, date today);
