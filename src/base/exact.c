/* exact.c: the seldom needed half of exact.h, and exact amounts as text. */
#include "base/exact.h"

#include <string.h>

typedef unsigned __int128 uwide;

enum { PENCE = 100, PENCE_PLACES = 2, PLACES = 6, MILLION = 1000000, GROUP = 3 };

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
    wide divisor = (wide)wide_divisor((uwide)a->d, (uwide)b->d);
    wide up_a = b->d / divisor, up_b = a->d / divisor, common, n_a, n_b;

    BUG_UNLESS(!__builtin_mul_overflow(a->d, up_a, &common));
    BUG_UNLESS(!__builtin_mul_overflow(a->n, up_a, &n_a));
    BUG_UNLESS(!__builtin_mul_overflow(b->n, up_b, &n_b));
    *a = (exact){ n_a, common };
    *b = (exact){ n_b, common };
}

exact exact_add_unlike(exact a, exact b)
{
    wide sum;

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

/* Digits of v at `to`, with a comma before each group of three if asked. */
static char *put_number(char *to, uwide v, bool commas)
{
    char digits[EXACT_TEXT], *end = digits + sizeof digits, *at = end;
    int count = 0;

    do {
        if (commas && count > 0 && count % GROUP == 0) *--at = ',';
        bool wide_still = v >> 64 != 0;
        *--at           = (char)('0' + (wide_still ? (int)(v % 10) : (int)((uint64_t)v % 10)));
        v               = wide_still ? v / 10 : (uwide)((uint64_t)v / 10);
        count++;
    } while (v);
    return (char *)memcpy(to, at, (size_t)(end - at)) + (end - at);
}

/* A positive fraction of a pound as a decimal of six places, in millionths; *ends: it is exact. */
static uwide pounds_millionths(uwide n, uwide d, bool *ends)
{
    if (d == PENCE &&
        n < UINT64_MAX / MILLION) { /* whole pence: nothing to divide but by a constant */
        *ends = true;
        return (uint64_t)n * (MILLION / PENCE);
    }
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
    uwide millionths = pounds_millionths(wide_size(e.n), (uwide)e.d * PENCE, ends);
    bool narrow      = millionths >> 64 == 0;
    uwide whole      = narrow ? (uwide)((uint64_t)millionths / MILLION) : millionths / MILLION;
    uint64_t part    = (uint64_t)(millionths - whole * MILLION);
    int places       = PLACES;

    if (e.n < 0) *to++ = '-';
    if (sterling) to = put_text(to, "£");
    to    = put_number(to, whole, sterling);
    *to++ = '.';
    for (; *ends && places > PENCE_PLACES && part % 10 == 0; places--)
        part /= 10;
    for (int k = places; k-- > 0; part /= 10)
        to[k] = (char)('0' + part % 10);
    to += places;
    *to = '\0';
    return to;
}

char *exact_text(exact e, char *buffer)
{
    bool ends;
    char *to = put_decimal(buffer, e, false, &ends);

    if (ends) return buffer;
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
    *to   = '\0';
    return buffer;
}

char *exact_pounds(exact e, char *buffer)
{
    bool ends;
    put_decimal(buffer, e, true, &ends);
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
