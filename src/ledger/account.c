/* account.c: the chart of accounts as a table.  Parents read the words, in Welsh
 * too: every sentence here is said. */
#include "ledger/account.h"

#include "base/bug.h"

#include <string.h>

enum whose { WHOSE_SERVICE, WHOSE_PAYER, WHOSE_RECEIVER };

/* clang-format off */
static const struct {
    const char        *name;
    enum account_type  type;
    enum account_owner owner;
    const char        *cite;  /* the rule that first calls for it */
    const char        *words;
    enum whose         whose; /* statement whose figure it is part of */
} accounts[ACCOUNT_COUNT] = {
    [ACCOUNT_BANK]            = { "bank", ACCOUNT_ASSET, OWNER_TRANSIT, "B-220",
        "money at the bank", WHOSE_SERVICE },
    [ACCOUNT_SUSPENSE]        = { "suspense", ACCOUNT_LIABILITY, OWNER_TRANSIT, "B-220",
        "money received, not yet known whose it is", WHOSE_SERVICE },
    [ACCOUNT_CLEARING]        = { "clearing", ACCOUNT_LIABILITY, OWNER_TRANSIT, "B-220",
        "money on its way to another account", WHOSE_SERVICE },
    [ACCOUNT_PP_CREDIT]       = { "pp_credit", ACCOUNT_LIABILITY, OWNER_PARENTS, "B-230",
        "money held for the paying parent, not yet used", WHOSE_PAYER },
    [ACCOUNT_MAINTENANCE]     = { "maintenance", ACCOUNT_ASSET, OWNER_PARENTS, "B-201",
        "maintenance the paying parent owes", WHOSE_PAYER },
    [ACCOUNT_RP_DUE]          = { "rp_due", ACCOUNT_LIABILITY, OWNER_PARENTS, "B-201",
        "what the receiving parent gets when it is paid", WHOSE_RECEIVER },
    [ACCOUNT_RP_PAYABLE]      = { "rp_payable", ACCOUNT_LIABILITY, OWNER_PARENTS, "B-235",
        "money held for the receiving parent", WHOSE_RECEIVER },
    [ACCOUNT_PP_FEE]          = { "pp_fee", ACCOUNT_ASSET, OWNER_STATE, "B-131",
        "collection fee the paying parent owes", WHOSE_PAYER },
    [ACCOUNT_ENFORCEMENT_FEE] = { "enforcement_fee", ACCOUNT_ASSET, OWNER_STATE, "B-132",
        "enforcement fee the paying parent owes", WHOSE_PAYER },
    [ACCOUNT_FEE_INCOME]      = { "fee_income", ACCOUNT_REVENUE, OWNER_STATE, "B-131",
        "fees charged, which go to the state", WHOSE_SERVICE },
    [ACCOUNT_ADVANCE]         = { "advance", ACCOUNT_ASSET, OWNER_STATE, "B-221",
        "paid on out of a payment that was then returned", WHOSE_SERVICE },
    [ACCOUNT_LEGACY]          = { "legacy", ACCOUNT_ASSET, OWNER_PARENTS, "B-231",
        "arrears of the earlier schemes, owed to a receiving parent", WHOSE_PAYER },
    [ACCOUNT_LEGACY_DUE]      = { "legacy_due", ACCOUNT_LIABILITY, OWNER_PARENTS, "B-231",
        "what the receiving parent gets of them when they are paid", WHOSE_RECEIVER },
    [ACCOUNT_LEGACY_PAYABLE]  = { "legacy_payable", ACCOUNT_LIABILITY, OWNER_PARENTS, "B-231",
        "arrears of the earlier schemes held for the receiving parent", WHOSE_RECEIVER },
    [ACCOUNT_LEGACY_STATE]    = { "legacy_state", ACCOUNT_ASSET, OWNER_STATE, "B-231",
        "arrears of the earlier schemes, owed to the state", WHOSE_PAYER },
    [ACCOUNT_STATE_LEGACY]    = { "state_legacy", ACCOUNT_REVENUE, OWNER_STATE, "B-231",
        "arrears of the earlier schemes, which go to the state", WHOSE_SERVICE },
    [ACCOUNT_PP_REPAY]        = { "pp_repay", ACCOUNT_ASSET, OWNER_STATE, "B-221",
        "sent back out of a payment that was then returned", WHOSE_PAYER },
    [ACCOUNT_PP_AHEAD]        = { "pp_ahead", ACCOUNT_LIABILITY, OWNER_PARENTS, "B-240",
        "counted for the paying parent, for payments to come", WHOSE_SERVICE },
    [ACCOUNT_RP_AHEAD]        = { "rp_ahead", ACCOUNT_ASSET, OWNER_PARENTS, "B-240",
        "had by the receiving parent, for payments to come", WHOSE_RECEIVER },
    [ACCOUNT_RP_DEBT]         = { "rp_debt", ACCOUNT_ASSET, OWNER_STATE, "B-244",
        "what the receiving parent is to pay back", WHOSE_RECEIVER },
    [ACCOUNT_REDRESS]         = { "redress", ACCOUNT_EXPENSE, OWNER_STATE, "B-245",
        "met from public money", WHOSE_SERVICE },
    [ACCOUNT_PP_PAYABLE]      = { "pp_payable", ACCOUNT_LIABILITY, OWNER_PARENTS, "B-240",
        "to go back to the paying parent with the next file of payments", WHOSE_SERVICE },
};
/* clang-format on */

const char *account_name(enum account a)
{
    BUG_UNLESS(a < ACCOUNT_COUNT);
    return accounts[a].name;
}

const char *account_words(enum account a)
{
    BUG_UNLESS(a < ACCOUNT_COUNT);
    return accounts[a].words;
}

bool account_is_payers(enum account a)
{
    BUG_UNLESS(a < ACCOUNT_COUNT);
    return accounts[a].whose == WHOSE_PAYER;
}

bool account_is_receivers(enum account a)
{
    BUG_UNLESS(a < ACCOUNT_COUNT);
    return accounts[a].whose == WHOSE_RECEIVER;
}

bool account_is_debit(enum account a)
{
    return account_type(a) == ACCOUNT_ASSET || account_type(a) == ACCOUNT_EXPENSE;
}

enum account_type account_type(enum account a)
{
    BUG_UNLESS(a < ACCOUNT_COUNT);
    return accounts[a].type;
}

enum account_owner account_owner(enum account a)
{
    BUG_UNLESS(a < ACCOUNT_COUNT);
    return accounts[a].owner;
}

const char *account_cite(enum account a)
{
    BUG_UNLESS(a < ACCOUNT_COUNT);
    return accounts[a].cite;
}

const char *account_type_name(enum account_type t)
{
    static const char *const names[ACCOUNT_TYPES] = { "assets", "liabilities", "revenues",
                                                      "expenses" };
    BUG_UNLESS(t < ACCOUNT_TYPES);
    return names[t];
}

const char *account_owner_name(enum account_owner o)
{
    static const char *const names[ACCOUNT_OWNERS] = { "parents", "state", "in transit" };
    BUG_UNLESS(o < ACCOUNT_OWNERS);
    return names[o];
}

bool account_find(const char *name, enum account *result)
{
    for (enum account a = 0; a < ACCOUNT_COUNT; a++)
        if (!strcmp(accounts[a].name, name)) {
            *result = a;
            return true;
        }
    return false;
}
