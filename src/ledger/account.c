/* account.c: the chart of accounts as a table. */
#include "ledger/account.h"

#include "base/bug.h"

#include <string.h>

/* clang-format off */
static const struct {
    const char *name;
    bool        is_debit;
    const char *words;
} accounts[ACCOUNT_COUNT] = {
    [ACCOUNT_BANK]            = { "bank", true, "money at the bank" },
    [ACCOUNT_SUSPENSE]        = { "suspense", false, "money received, not yet known whose it is" },
    [ACCOUNT_CLEARING]        = { "clearing", false, "money on its way to another account" },
    [ACCOUNT_PP_CREDIT]       = { "pp_credit", false, "money held for the paying parent, not yet used" },
    [ACCOUNT_MAINTENANCE]     = { "maintenance", true, "maintenance the paying parent owes" },
    [ACCOUNT_RP_DUE]          = { "rp_due", false, "what the receiving parent gets when it is paid" },
    [ACCOUNT_RP_PAYABLE]      = { "rp_payable", false, "money held for the receiving parent" },
    [ACCOUNT_PP_FEE]          = { "pp_fee", true, "collection fee the paying parent owes" },
    [ACCOUNT_ENFORCEMENT_FEE] = { "enforcement_fee", true, "enforcement fee the paying parent owes" },
    [ACCOUNT_FEE_INCOME]      = { "fee_income", false, "fees charged, which go to the state" },
    [ACCOUNT_ADVANCE]         = { "advance", true, "paid on out of a payment that was then returned" },
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

bool account_is_debit(enum account a)
{
    BUG_UNLESS(a < ACCOUNT_COUNT);
    return accounts[a].is_debit;
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
