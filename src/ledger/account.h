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
    ACCOUNT_ADVANCE,    /* paid to a receiving parent out of a payment that was returned; met by
                           the service (B-221) */
    ACCOUNT_LEGACY,     /* arrears under the earlier schemes, owed to a receiving parent (B-231) */
    ACCOUNT_LEGACY_DUE, /* their mirror */
    ACCOUNT_LEGACY_PAYABLE, /* collected of them and held for the receiving parent; no fee */
    ACCOUNT_LEGACY_STATE,   /* arrears under the earlier schemes, owed to the state */
    ACCOUNT_STATE_LEGACY,   /* their mirror and, once paid, the state's money */
    ACCOUNT_PP_REPAY,   /* sent back to the paying parent out of a payment that was then returned:
                           owed to the service */
    ACCOUNT_PP_AHEAD,   /* counted for the paying parent, for payments to come (B-240 to B-243) */
    ACCOUNT_RP_AHEAD,   /* its mirror: what the receiving parent has already had of them */
    ACCOUNT_RP_DEBT,    /* what a receiving parent is to pay back to the service (B-244) */
    ACCOUNT_REDRESS,    /* met from public money: redress, and repayments nobody is asked for */
    ACCOUNT_PP_PAYABLE, /* to go back to the paying parent with the next file of payments */
    ACCOUNT_COUNT
};

/* What an account is in book-keeping. */
enum account_type {
    ACCOUNT_ASSET,     /* what we have or are owed */
    ACCOUNT_LIABILITY, /* what we hold for others */
    ACCOUNT_REVENUE,   /* what the state has earned */
    ACCOUNT_EXPENSE,   /* what the state has spent */
    ACCOUNT_TYPES
};
/* Whose money it is. */
enum account_owner {
    OWNER_PARENTS, /* the families': maintenance, paid or owed */
    OWNER_STATE,   /* fees, and what the service has met */
    OWNER_TRANSIT, /* at the bank, or on its way to an owner not yet settled */
    ACCOUNT_OWNERS
};

/* Short stable name for files and databases: "pp_credit". */
const char *account_name(enum account a);
/* What it is, for a person: "money held for the paying parent, not yet used". */
const char *account_words(enum account a);
/* True for what makes up "what the paying parent owes", and for what makes up "what the receiving
 * parent is still to get": the figures their statements run to. */
bool account_is_payers(enum account a);
bool account_is_receivers(enum account a);
/* True where the account normally stands in debit (what we have or are owed). */
bool account_is_debit(enum account a);
enum account_type account_type(enum account a);
enum account_owner account_owner(enum account a);
/* The rule that first calls for it: "B-220". */
const char *account_cite(enum account a);
/* "assets", "state": for charts and files. */
const char *account_type_name(enum account_type t);
const char *account_owner_name(enum account_owner o);
/* The account with this name; false if there is none. */
bool account_find(const char *name, enum account *result);
