/* share.c: sharing by largest remainder. */
#include "ledger/share.h"

money share_half_up(wide n, wide d)
{
    wide whole = (n * 2 + d) / (d * 2);
    BUG_UNLESS(n >= 0 && d > 0 && whole <= INT64_MAX);
    return (money){ (int64_t)whole };
}

money share_of(money amount, ratio rate)
{
    return share_half_up((wide)amount.p * rate.n, rate.d);
}

/* What is left of the exact share of weight w after its whole pence, in parts of the weight's sum.
 */
static wide remainder_of(money total, money w, wide sum)
{
    return (wide)total.p * w.p % sum;
}

/* Whether i comes before j for a penny that is left over: the larger remainder, then the earlier.
 */
static bool is_before(wide ri, size_t i, wide rj, size_t j)
{
    return ri > rj || (ri == rj && i < j);
}

/* The whole pennies of each exact share; *sum: of the weights.  Returns the pennies left. */
static money share_whole(money total, const money *weight, size_t n, money *share, wide *sum)
{
    money left = total;

    *sum = 0;
    for (size_t i = 0; i < n; i++) {
        BUG_UNLESS(weight[i].p >= 0);
        *sum += weight[i].p;
    }
    BUG_UNLESS(total.p >= 0 && (total.p == 0 || *sum > 0));
    for (size_t i = 0; i < n; i++) {
        share[i] = *sum ? (money){ (int64_t)((wide)total.p * weight[i].p / *sum) } : MONEY_NONE;
        left     = money_subtract(left, share[i]);
    }
    return left;
}

void share_pro_rata_first(money total, const money *weight, size_t n, money *share)
{
    wide sum;
    money left = share_whole(total, weight, n, share, &sum);

    for (size_t i = 0; i < n && left.p > 0; i++) {
        if (share[i].p >= weight[i].p) continue;
        share[i] = money_add(share[i], (money){ 1 });
        left     = money_subtract(left, (money){ 1 });
    }
}

void share_pro_rata(money total, const money *weight, size_t n, money *share)
{
    wide sum;
    money left = share_whole(total, weight, n, share, &sum);

    /* Fewer pennies are left than there are weights with a remainder: i gets one if fewer than
     * `left` others come before it. */
    for (size_t i = 0; i < n && left.p > 0; i++) {
        wide mine     = remainder_of(total, weight[i], sum);
        int64_t ahead = 0;
        for (size_t j = 0; j < n; j++)
            ahead += is_before(remainder_of(total, weight[j], sum), j, mine, i);
        if (ahead < left.p) share[i] = money_add(share[i], (money){ 1 });
    }
}
