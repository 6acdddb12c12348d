/* account.h: the chart of accounts.  Amounts are kept on pairs of accounts; each account has a side
 * on which it normally stands, and a plain-English word for the people who read it. */
#pragma once
#include <stdbool.h>

/* The numbers are stored: a new account goes before ACCOUNT_COUNT, none ever changes. */
enum account {
    ACCOUNT_BANK,        /* money at the bank */
    ACCOUNT_SUSPENSE,    /* received, not yet known whose it is */
    ACCOUNT_CLEARING,    /* on its way between the groups of two paying parents */
    ACCOUNT_PP_CREDIT,   /* held for the paying parent, not yet used */
    ACCOUNT_MAINTENANCE, /* what the paying parent owes the receiving parent */
    ACCOUNT_RP_DUE,      /* its mirror: what the receiving parent is to get when it is paid */
    ACCOUNT_RP_PAYABLE,  /* collected and held for the receiving parent; below zero: paid too much,
                            taken back out of the next money */
    ACCOUNT_PP_FEE,      /* collection fee the paying parent owes */
    ACCOUNT_ENFORCEMENT_FEE, /* enforcement fee the paying parent owes */
    ACCOUNT_FEE_INCOME,      /* fees, the state's */
    ACCOUNT_ADVANCE, /* paid to a receiving parent out of a payment that was returned; met by
                        the service (B-221) */
    ACCOUNT_COUNT
};

/* Short stable name for files and databases: "pp_credit". */
const char *account_name(enum account a);
/* What it is, for a person: "money held for the paying parent, not yet used". */
const char *account_words(enum account a);
/* True where the account normally stands in debit (what we have or are owed). */
bool account_is_debit(enum account a);
/* The account with this name; false if there is none. */
bool account_find(const char *name, enum account *result);
