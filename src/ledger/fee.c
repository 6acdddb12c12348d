/* fee.c: collection fees, a rounding for each line (B-131). */
#include "ledger/fee.h"

ratio fee_payer_rate(const struct law *law, enum fee_compliance compliance)
{
    return compliance == FEE_COMPLIES ? law->collection_fee_payer
                                      : law->collection_fee_payer_not_compliant;
}

money fee_payer(money line, ratio rate)
{
    return share_of(line, rate);
}

money fee_receiver(money payment, ratio rate)
{
    return share_of(payment, rate);
}

money fee_receiver_back(money part, money taken, ratio rate)
{
    return money_min(share_of(part, rate), taken);
}
