/* share.h: parts of an amount. */
#pragma once
#include "base/exact.h"
#include "base/money.h"
#include "base/ratio.h"

/* n/d pence, not negative, to the penny: half a penny or more becomes a penny. */
money share_half_up(wide n, wide d);
/* amount x rate, rounded half up once. */
money share_of(money amount, ratio rate);
/* Shares `total` out in proportion to the weights: each the whole pennies of its exact share, the
 * pennies left one each by largest remainder, the earlier first among equals.  The shares add up to
 * the total, and none is more than its weight as long as total <= sum of weights.  Nothing is
 * negative; if all weights are zero, so must the total be. */
void share_pro_rata(money total, const money *weight, size_t n, money *share);
/* The same, with the pennies left over going one each to the earliest that have room. */
void share_pro_rata_first(money total, const money *weight, size_t n, money *share);
