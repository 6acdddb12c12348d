/* fee.h: collection fees (B-131).  A fee is a share of a line of the schedule or of a payment,
 * rounded half up once for each line or payment.  Rates are arguments: they are dated law. */
#pragma once
#include "ledger/share.h"

/* The paying parent's fee on a line (an instalment, adjustments included) for which collection is
 * arranged on its due day. */
money fee_payer(money line, ratio rate);
/* The receiving parent's fee on one payment: their share of one receipt. */
money fee_receiver(money payment, ratio rate);
/* What goes back to the receiving parent when `part` of what was collected is taken back again: the
 * fee on the part, never more than the fee `taken` on it and on what it was part of. */
money fee_receiver_back(money part, money taken, ratio rate);
