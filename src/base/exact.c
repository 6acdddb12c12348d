/* exact.c: the seldom needed half of exact.h, and exact amounts as text. */
#include "base/exact.h"

#include <stdio.h>
#include <string.h>

typedef unsigned __int128 uwide;

enum { PENCE = 100, PLACES = 6, MILLION = 1000000, GROUP = 3 };

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
    uint64_t x = (uint64_t)b, y = (uint64_t)(a % b);
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

static char *wide_text(uwide v, char *end)
{
    *--end = '\0';
    do
        *--end = (char)('0' + (int)(v % 10));
    while (v /= 10);
    return end;
}

/* The decimal of e in pounds: at least two places, at most six, rounded half up in size.  False if
 * it had to be rounded. */
static bool decimal_text(exact e, bool commas, const char *sign, char *buffer)
{
    char digits[EXACT_TEXT];
    uwide n = wide_size(e.n), d = (uwide)e.d * PENCE;
    uwide whole = n / d, rest = n % d * MILLION, part = rest / d;
    bool ends = rest % d == 0;

    if (!ends && (rest % d) * 2 >= d) part++;
    whole += part / MILLION;
    part %= MILLION;
    const char *number = wide_text(whole, digits + sizeof digits);
    size_t length = strlen(number), used = 0;
    used += (size_t)snprintf(buffer, EXACT_TEXT, "%s%s", e.n < 0 ? "-" : "", sign);
    for (size_t i = 0; i < length; i++) {
        buffer[used++] = number[i];
        if (commas && i + 1 < length && (length - 1 - i) % GROUP == 0) buffer[used++] = ',';
    }
    used += (size_t)snprintf(buffer + used, EXACT_TEXT - used, ".%06u", (unsigned)part);
    for (int zeroes = 0; ends && zeroes < PLACES - 2 && buffer[used - 1] == '0'; zeroes++)
        buffer[--used] = '\0';
    return ends;
}

char *exact_text(exact e, char *buffer)
{
    if (decimal_text(e, false, "", buffer)) return buffer;
    char digits[EXACT_TEXT];
    uwide n = wide_size(e.n), d = (uwide)e.d * PENCE, divisor = wide_divisor(n, d);
    size_t used = strlen(buffer);
    used += (size_t)snprintf(buffer + used, EXACT_TEXT - used, " (%s%s", e.n < 0 ? "-" : "",
                             wide_text(n / divisor, digits + sizeof digits));
    snprintf(buffer + used, EXACT_TEXT - used, "/%s)",
             wide_text(d / divisor, digits + sizeof digits));
    return buffer;
}

char *exact_pounds(exact e, char *buffer)
{
    decimal_text(e, true, "£", buffer);
    return buffer;
}

char *ratio_text(ratio r, char *buffer)
{
    int64_t tenths = (int64_t)r.n * PENCE * 10;
    if (tenths % r.d) {
        exact lowest = exact_reduce(exact_of_ratio(r));
        snprintf(buffer, EXACT_TEXT, "%d/%d", (int)lowest.n, (int)lowest.d);
        return buffer;
    }
    tenths /= r.d;
    if (tenths % 10)
        snprintf(buffer, EXACT_TEXT, "%d.%d%%", (int)(tenths / 10), (int)(tenths % 10));
    else
        snprintf(buffer, EXACT_TEXT, "%d%%", (int)(tenths / 10));
    return buffer;
}
