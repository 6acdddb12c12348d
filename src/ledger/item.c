/* item.c: what is open on an item, what is too much, and whether it was missed. */
#include "ledger/item.h"

/* charged + adjusted - paid. */
static money item_open(const struct item *i)
{
    return money_subtract(money_add(i->charged, i->adjusted), i->paid);
}

money item_outstanding(const struct item *i)
{
    return money_max(item_open(i), MONEY_NONE);
}

money item_excess(const struct item *i)
{
    return money_min(money_max(money_negate(item_open(i)), MONEY_NONE), i->paid);
}

bool item_is_missed(const struct item *i, date today)
{
    return i->cause == ITEM_INSTALMENT && date_before(i->due, today) &&
           money_is_owed(item_outstanding(i));
}
