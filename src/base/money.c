/* money.c: reading and writing amounts. */
#include "base/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PENCE = 100, PENCE_DIGITS = 2 };

bool money_parse(const char *s, size_t n, money *result)
{
    int64_t pence = 0;
    size_t i      = 0;

    for (; i < n && s[i] >= '0' && s[i] <= '9'; i++) {
        pence = pence * 10 + (s[i] - '0') * PENCE;
        if (pence > MONEY_MOST.p * 10) return false;
    }
    if (i == 0) return false;
    if (i < n) {
        size_t decimals = n - i - 1;
        if (s[i] != '.' || decimals < 1 || decimals > PENCE_DIGITS) return false;
        int64_t unit = PENCE / 10;
        for (i++; i < n; i++, unit /= 10) {
            if (s[i] < '0' || s[i] > '9') return false;
            pence += (s[i] - '0') * unit;
        }
    }
    if (pence > MONEY_MOST.p) return false;
    result->p = pence;
    return true;
}

bool money_is_beyond(const char *s, size_t n)
{
    enum { WHOLE_MOST = 12 }; /* digits of MONEY_MOST before its point */
    size_t zeros = 0, i;

    while (zeros < n && s[zeros] == '0')
        zeros++;
    for (i = zeros; i < n && s[i] >= '0' && s[i] <= '9'; i++)
        ;
    size_t whole = i - zeros;
    if (i < n && (s[i] != '.' || n - i - 1 < 1 || n - i - 1 > PENCE_DIGITS)) return false;
    for (i++; i < n; i++)
        if (s[i] < '0' || s[i] > '9') return false;
    return whole > WHOLE_MOST;
}

char *money_text(money m, char *buffer)
{
    char digits[MONEY_TEXT], *at = digits + sizeof digits;
    uint64_t p = m.p < 0 ? (uint64_t)0 - (uint64_t)m.p : (uint64_t)m.p;
    int n      = 0;

    *--at = '\0';
    do {
        *--at = (char)('0' + p % 10);
        p /= 10;
        if (++n == PENCE_DIGITS) *--at = '.';
    } while (p || n <= PENCE_DIGITS);
    if (m.p < 0) *--at = '-';
    return memcpy(buffer, at, (size_t)(digits + sizeof digits - at));
}

char *money_pounds(money m, char *buffer)
{
    char digits[MONEY_TEXT];
    uint64_t p  = m.p < 0 ? (uint64_t)0 - (uint64_t)m.p : (uint64_t)m.p;
    int n       = snprintf(digits, sizeof digits, "%" PRIu64, p / PENCE);
    size_t used = 0;
    if (m.p < 0) buffer[used++] = '-';
    memcpy(buffer + used, "£", strlen("£"));
    used += strlen("£");
    for (int i = 0; i < n; i++) {
        buffer[used++] = digits[i];
        if ((n - 1 - i) % 3 == 0 && i + 1 < n) buffer[used++] = ',';
    }
    snprintf(buffer + used, MONEY_TEXT - used, ".%02u", (unsigned)(p % PENCE));
    return buffer;
}

static bool three_digits_follow(const char *comma)
{
    for (int i = 1; i <= 3; i++)
        if (comma[i] < '0' || comma[i] > '9') return false;
    return comma[4] < '0' || comma[4] > '9';
}

bool money_typed(const char *typed, money *result)
{
    char plain[MONEY_TEXT];
    size_t n   = 0;
    bool point = false;

    while (*typed == ' ')
        typed++;
    if (!strncmp(typed, "£", sizeof "£" - 1)) typed += sizeof "£" - 1;
    for (const char *p = typed; *p; p++) {
        if (*p == ' ') continue;
        point |= *p == '.';
        if (*p == ',' && (n == 0 || point || !three_digits_follow(p))) return false;
        if (*p == ',') continue;
        if (n + 1 >= sizeof plain) return false;
        plain[n++] = *p;
    }
    return money_parse(plain, n, result);
}
