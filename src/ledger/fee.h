/* fee.h: collection fees (B-131).  A fee is a share of a line of the schedule or of a payment,
 * rounded half up once for each line or payment.  Rates are arguments: they are dated law. */
#pragma once
#include "law/law.h"
#include "ledger/share.h"

/* Whether the paying parent complies: the rate may depend on it (B-140).  In the law in force both
 * rates are the same. */
enum fee_compliance { FEE_COMPLIES, FEE_DOES_NOT_COMPLY };
ratio fee_payer_rate(const struct law *law, enum fee_compliance compliance);
/* The paying parent's fee on a line (an instalment, adjustments included) for which collection is
 * arranged on its due day. */
money fee_payer(money line, ratio rate);
/* The receiving parent's fee on one payment: their share of one receipt. */
money fee_receiver(money payment, ratio rate);
/* What goes back to the receiving parent when `part` of what was collected is taken back again: the
 * fee on the part, never more than the fee `taken` on it and on what it was part of. */
money fee_receiver_back(money part, money taken, ratio rate);
