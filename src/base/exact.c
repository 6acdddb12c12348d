/* exact.c: the seldom needed half of exact.h, and exact amounts as text. */
#include "base/exact.h"

#include <string.h>

typedef unsigned __int128 uwide;

enum { PENCE = 100, MILLION = 1000000, PAIR = 2, PAIRS = 100, GROUP = 1000 };

static uwide wide_size(wide v)
{
    return v < 0 ? (uwide)0 - (uwide)v : (uwide)v;
}

static uwide wide_divisor(uwide a, uwide b)
{
    while (b >> 64) {
        uwide rest = a % b;
        a          = b;
        b          = rest;
    }
    if (b == 0) return a;
    uint64_t x = (uint64_t)b, y = a >> 64 ? (uint64_t)(a % b) : (uint64_t)a % x;
    while (y) {
        uint64_t rest = x % y;
        x             = y;
        y             = rest;
    }
    return x;
}

exact exact_reduce(exact e)
{
    BUG_UNLESS(e.d > 0);
    uwide divisor = wide_divisor(wide_size(e.n), (uwide)e.d);
    exact lowest  = { e.n / (wide)divisor, e.d / (wide)divisor };
    BUG_UNLESS(lowest.n < EXACT_BOUND);
    BUG_UNLESS(lowest.n > -EXACT_BOUND);
    BUG_UNLESS(lowest.d < EXACT_D_BOUND);
    return lowest;
}

/* Both over their least common multiple. */
static void exact_make_like(exact *a, exact *b)
{
    wide up_a, up_b, common, n_a, n_b;

    if ((a->d | b->d) >> 63 == 0) { /* the common case, without 128-bit divisions */
        uint64_t x = (uint64_t)a->d, y = (uint64_t)b->d;
        if (x % y == 0) { /* and the commonest: only b needs another denominator */
            BUG_UNLESS(!__builtin_mul_overflow(b->n, (wide)(x / y), &n_b));
            *b = (exact){ n_b, a->d };
            return;
        }
        uint64_t divisor = (uint64_t)wide_divisor(x, y);
        up_a             = (wide)(y / divisor);
        up_b             = (wide)(x / divisor);
    } else {
        wide divisor = (wide)wide_divisor((uwide)a->d, (uwide)b->d);
        up_a         = b->d / divisor;
        up_b         = a->d / divisor;
    }
    BUG_UNLESS(!__builtin_mul_overflow(a->d, up_a, &common));
    BUG_UNLESS(!__builtin_mul_overflow(a->n, up_a, &n_a));
    BUG_UNLESS(!__builtin_mul_overflow(b->n, up_b, &n_b));
    *a = (exact){ n_a, common };
    *b = (exact){ n_b, common };
}

exact exact_add_unlike(exact a, exact b)
{
    wide sum;

    if (b.n == 0) return a;
    exact_make_like(&a, &b);
    BUG_UNLESS(!__builtin_add_overflow(a.n, b.n, &sum));
    return exact_ready((exact){ sum, a.d });
}

int exact_compare_unlike(exact a, exact b)
{
    exact_make_like(&a, &b);
    return (a.n > b.n) - (a.n < b.n);
}

int64_t exact_quotient_wide(wide n, wide d)
{
    wide q = n / d;
    BUG_UNLESS(q <= INT64_MAX);
    return (int64_t)q;
}

exact exact_ratio_of(exact part, exact whole)
{
    exact_make_like(&part, &whole);
    return exact_reduce((exact){ part.n, whole.n });
}

/* ---- text --------------------------------------------------------------------------------- */

static char *put_text(char *to, const char *s)
{
    size_t length = strlen(s);
    return (char *)memcpy(to, s, length) + length;
}

/* Two digits of v below 100. */
static char *put_pair(char *to, unsigned v)
{
    static const char pairs[] = "0001020304050607080910111213141516171819"
                                "2021222324252627282930313233343536373839"
                                "4041424344454647484950515253545556575859"
                                "6061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    return (char *)memcpy(to, pairs + v * PAIR, PAIR) + PAIR;
}

/* Digits of v at `to`, with a comma before each group of three if asked. */
static char *put_number(char *to, uwide v, bool commas)
{
    if (v >= GROUP) {
        uwide above    = v >> 64 ? v / GROUP : (uwide)((uint64_t)v / GROUP);
        unsigned group = (unsigned)(v - above * GROUP);
        to             = put_number(to, above, commas);
        if (commas) *to++ = ',';
        *to++ = (char)('0' + group / PAIRS);
        return put_pair(to, group % PAIRS);
    }
    unsigned small = (unsigned)v;
    if (small >= PAIRS) {
        *to++ = (char)('0' + small / PAIRS);
        return put_pair(to, small % PAIRS);
    }
    if (small >= 10) return put_pair(to, small);
    *to++ = (char)('0' + small);
    return to;
}

/* A positive fraction of a pound as a decimal of six places, in millionths; *ends: it is exact. */
static uwide pounds_millionths(uwide n, uwide d, bool *ends)
{
    if ((n | d) >> 63 == 0 && (uint64_t)n % (uint64_t)d < UINT64_MAX / MILLION) {
        uint64_t whole = (uint64_t)n / (uint64_t)d, rest = (uint64_t)n % (uint64_t)d * MILLION;
        uint64_t part = rest / (uint64_t)d, left = rest % (uint64_t)d;
        *ends = left == 0;
        return (uwide)whole * MILLION + part + (left >= (uint64_t)d - left);
    }
    uwide rest = n % d * MILLION, left = rest % d;
    *ends = left == 0;
    return n / d * MILLION + rest / d + (left >= d - left);
}

/* The decimal of e in pounds: at least two places, at most six, rounded half up in size; at the end
 * of what was written.  *ends: it is exact. */
static char *put_decimal(char *to, exact e, bool sterling, bool *ends)
{
    uwide size = wide_size(e.n);

    if (e.n < 0) *to++ = '-';
    if (sterling) to = put_text(to, "£");
    if (e.d == 1 && size >> 63 == 0) { /* whole pence: nothing to divide but by a constant */
        to    = put_number(to, (uint64_t)size / PENCE, sterling);
        *to++ = '.';
        *ends = true;
        return put_pair(to, (unsigned)((uint64_t)size % PENCE));
    }
    uwide millionths = pounds_millionths(size, (uwide)e.d * PENCE, ends);
    bool narrow      = millionths >> 64 == 0;
    uwide whole      = narrow ? (uwide)((uint64_t)millionths / MILLION) : millionths / MILLION;
    unsigned part    = (unsigned)(millionths - whole * MILLION);

    to         = put_number(to, whole, sterling);
    *to++      = '.';
    char *last = put_pair(to, part / (PAIRS * PAIRS)) - 1;
    to         = put_pair(last + 1, part / PAIRS % PAIRS);
    to         = put_pair(to, part % PAIRS);
    while (*ends && to - 1 > last && to[-1] == '0')
        to--;
    return to;
}

char *exact_put_text(exact e, char *to)
{
    bool ends;

    to = put_decimal(to, e, false, &ends);
    if (ends) return to;
    uwide n = wide_size(e.n), d = (uwide)e.d * PENCE, divisor = wide_divisor(n, d);
    if ((n | d) >> 63 == 0) { /* the common case, without 128-bit divisions */
        n = (uint64_t)n / (uint64_t)divisor;
        d = (uint64_t)d / (uint64_t)divisor;
    } else {
        n /= divisor;
        d /= divisor;
    }
    to    = put_text(to, e.n < 0 ? " (-" : " (");
    to    = put_number(to, n, false);
    *to++ = '/';
    to    = put_number(to, d, false);
    *to++ = ')';
    return to;
}

char *exact_put_pounds(exact e, char *to)
{
    bool ends;
    return put_decimal(to, e, true, &ends);
}

char *exact_text(exact e, char *buffer)
{
    *exact_put_text(e, buffer) = '\0';
    return buffer;
}

char *exact_pounds(exact e, char *buffer)
{
    *exact_put_pounds(e, buffer) = '\0';
    return buffer;
}

char *ratio_text(ratio r, char *buffer)
{
    int64_t thousandths = (int64_t)r.n * PENCE * 10;
    char *to            = buffer;

    if (thousandths % r.d) {
        exact lowest = exact_reduce(exact_of_ratio(r));
        to           = put_number(to, (uwide)lowest.n, false);
        *to++        = '/';
        to           = put_number(to, (uwide)lowest.d, false);
    } else {
        thousandths /= r.d;
        to = put_number(to, (uwide)(thousandths / 10), false);
        if (thousandths % 10) {
            *to++ = '.';
            *to++ = (char)('0' + thousandths % 10);
        }
        *to++ = '%';
    }
    *to = '\0';
    return buffer;
}
