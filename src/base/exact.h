/* exact.h: amounts that are not whole pence yet: an exact fraction n/d of a penny, d positive.
 *
 * Only rules hold these.  They are kept unreduced and divided once, at a rounding with a name.
 * Every factor a rule may use is an int32 (a count, or the parts of a ratio of the law), so 128
 * bits last for a whole chain; an operand past EXACT_BOUND is reduced to lowest terms first, and
 * one that then still passes it is a bug.  The bound leaves room for one more factor and for one
 * addition. */
#pragma once
#include "base/bug.h"
#include "base/money.h"
#include "base/ratio.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef __int128 wide;
typedef struct {
    wide n, d;
} exact;

#define EXACT_BOUND   ((wide)1 << 94) /* both: powers of two, of 64 bits or more */
#define EXACT_D_BOUND ((wide)1 << 78) /* times MONEY_MOST still fits */
#define EXACT_NONE    ((exact){ 0, 1 })
#ifdef UPKEEP_COVERAGE /* one copy of each body, so that its branches are counted once */
#define EXACT_INLINE static __attribute__((unused))
#else
#define EXACT_INLINE static inline __attribute__((always_inline))
#endif

/* Lowest terms; asserts that the result is within the bounds.  Slow: the others call it when
 * needed. */
exact exact_reduce(exact e);
/* Sum of fractions of different denominators, over their least common multiple. */
exact exact_add_unlike(exact a, exact b);
/* -1, 0 or 1 as a is less than, the same as, or more than b; for different denominators. */
int exact_compare_unlike(exact a, exact b);
/* The whole pence of a quotient too wide for one machine word. */
int64_t exact_quotient_wide(wide n, wide d);

/* e itself, reduced if one more factor might not fit.  The bounds are powers of two, so that the
 * upper words alone tell, without a comparison of 128 bits. */
EXACT_INLINE exact exact_ready(exact e)
{
    const uint64_t bound = (uint64_t)(EXACT_BOUND >> 64), d_bound = (uint64_t)(EXACT_D_BOUND >> 64);
    uint64_t far_n = ((uint64_t)(e.n >> 64) + bound) / (2 * bound);
    uint64_t far_d = (uint64_t)(e.d >> 64) / d_bound;
    return __builtin_expect((far_n | far_d) == 0, 1) ? e : exact_reduce(e);
}
EXACT_INLINE exact exact_of_money(money m)
{
    return (exact){ m.p, 1 };
}
EXACT_INLINE exact exact_of_ratio(ratio r)
{
    return (exact){ r.n, r.d };
}
EXACT_INLINE exact exact_times(exact e, int32_t factor)
{
    e = exact_ready(e);
    return (exact){ e.n * factor, e.d };
}
/* divisor is positive. */
EXACT_INLINE exact exact_over(exact e, int32_t divisor)
{
    BUG_UNLESS(divisor > 0);
    e = exact_ready(e);
    return (exact){ e.n, e.d * divisor };
}
EXACT_INLINE exact exact_scale(exact e, ratio r)
{
    e = exact_ready(e);
    return (exact){ e.n * r.n, e.d * r.d };
}
EXACT_INLINE exact exact_negate(exact e)
{
    return (exact){ -e.n, e.d };
}
EXACT_INLINE exact exact_add(exact a, exact b)
{
    if (a.n == 0) return b; /* first, because sums begin with nothing */
    if (a.d == b.d) return exact_ready((exact){ a.n + b.n, a.d });
    return exact_add_unlike(a, b);
}
EXACT_INLINE exact exact_subtract(exact a, exact b)
{
    return exact_add(a, exact_negate(b));
}
/* Plus or minus whole pence: no common denominator to look for. */
EXACT_INLINE exact exact_add_money(exact e, money m)
{
    e = exact_ready(e);
    return exact_ready((exact){ e.n + e.d * m.p, e.d });
}
EXACT_INLINE int exact_compare(exact a, exact b)
{
    if (a.d == b.d) return (a.n > b.n) - (a.n < b.n);
    return exact_compare_unlike(a, b);
}
EXACT_INLINE bool exact_below(exact a, exact b)
{
    return exact_compare(a, b) < 0;
}
/* Against whole pence. */
EXACT_INLINE int exact_compare_money(exact e, money m)
{
    e          = exact_ready(e);
    wide other = e.d * m.p;
    return (e.n > other) - (e.n < other);
}
EXACT_INLINE bool exact_below_money(exact e, money m)
{
    e = exact_ready(e);
    return e.n < e.d * m.p;
}
EXACT_INLINE bool exact_above_money(exact e, money m)
{
    e = exact_ready(e);
    return e.n > e.d * m.p;
}
EXACT_INLINE bool exact_is_zero(exact e)
{
    return e.n == 0;
}
EXACT_INLINE bool exact_is_positive(exact e)
{
    return e.n > 0;
}

/* The two roundings.  Neither takes a negative amount: what is rounded is what is owed. */
EXACT_INLINE money exact_quotient(wide n, wide d)
{
    bool narrow = ((n | d) >> 63) == 0;
    if (__builtin_expect(narrow, 1)) return (money){ (int64_t)((uint64_t)n / (uint64_t)d) };
    return (money){ exact_quotient_wide(n, d) };
}
EXACT_INLINE money exact_floor(exact e)
{
    BUG_UNLESS(e.n >= 0);
    return exact_quotient(e.n, e.d);
}
/* One half of a penny or more becomes a penny. */
EXACT_INLINE money exact_round_half_up(exact e)
{
    BUG_UNLESS(e.n >= 0);
    e = exact_ready(e);
    return exact_quotient(e.n * 2 + e.d, e.d * 2);
}

/* part of whole, as a fraction of one in lowest terms; both positive. */
exact exact_ratio_of(exact part, exact whole);

enum { EXACT_TEXT = 160 };
/* In pounds: "460.8509" where the decimal ends within six places (at least two are shown),
 * otherwise six places, rounded, and the exact fraction of a pound: "26.334194 (4608509/175000)".
 * buffer holds EXACT_TEXT bytes; returned. */
char *exact_text(exact e, char *buffer);
/* For a sentence: the decimal alone, with a pound sign and thousands commas: "£1,460.8509". */
char *exact_pounds(exact e, char *buffer);
/* The same into a longer text, without a NUL: `to` has room for EXACT_TEXT bytes; the end of what
 * was written. */
char *exact_put_text(exact e, char *to);
char *exact_put_pounds(exact e, char *to);
/* A ratio as a share: "11%", "14.1%"; what is no whole number of tenths of a percent as "2/7".
 * buffer holds EXACT_TEXT bytes; returned. */
char *ratio_text(ratio r, char *buffer);
