/* fence.h: what a receipt is for (B-230, step 0).  Money that came by an order or a deduction for
 * certain debts goes to those debts first; what is left of it goes the way of all money. */
#pragma once
#include "ledger/item.h"

/* The numbers are stored: a new purpose goes before FENCE_PURPOSES, none ever changes. */
enum fence_purpose {
    FENCE_NONE,
    FENCE_BENEFIT_ARREARS, /* deducted from a benefit for arrears (B-404) */
    FENCE_LUMP_SUM,        /* lump sum deduction order (B-530) */
    FENCE_LIABILITY_ORDER, /* proceeds of a liability order (B-604) */
    FENCE_ESTATE,          /* out of the estate of a paying parent who died (B-630) */
    FENCE_SALE,            /* sale of goods or of a home (A4, A6) */
    FENCE_CSA_ORDER,       /* order for arrears of the earlier schemes (B-231) */
    FENCE_PURPOSES
};

struct fence {
    enum fence_purpose purpose;
    date from, until;    /* debts that fell due on the days [from, until) */
    int64_t arrangement; /* debts to this receiving parent; 0: to all */
};

/* "benefit_arrears": for files and databases. */
const char *fence_name(enum fence_purpose p);
bool fence_find(const char *name, enum fence_purpose *result);
/* "a deduction from a benefit for arrears". */
const char *fence_words(enum fence_purpose p);
/* Whether an item is one of the debts the money is for, on the day it is looked at.  Never an
 * enforcement fee (B-229). */
bool fence_holds(const struct fence *f, const struct item *i, date day);
