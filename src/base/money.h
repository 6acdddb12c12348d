/* money.h: whole pence, the only type a ledger, a letter or a page accepts. */
#pragma once
#include "base/bug.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t p; /* pence; may be negative in a ledger */
} money;

enum { MONEY_TEXT = 32 };
#define MONEY_NONE ((money){ 0 })
#define MONEY_MOST                                                                                 \
    ((money){ INT64_C(99999999999999) }) /* 999,999,999,999.99: the most an input may say */

static inline money money_add(money a, money b)
{
    money sum;
    BUG_UNLESS(!__builtin_add_overflow(a.p, b.p, &sum.p));
    return sum;
}
static inline money money_subtract(money a, money b)
{
    money sum;
    BUG_UNLESS(!__builtin_sub_overflow(a.p, b.p, &sum.p));
    return sum;
}
static inline money money_negate(money a)
{
    return money_subtract(MONEY_NONE, a);
}
static inline bool money_is_zero(money a)
{
    return a.p == 0;
}
static inline bool money_is_owed(money a)
{
    return a.p > 0;
}
static inline money money_min(money a, money b)
{
    return a.p < b.p ? a : b;
}
static inline money money_max(money a, money b)
{
    return a.p > b.p ? a : b;
}

/* Digits with an optional point and one or two digits, at most MONEY_MOST, never signed. */
bool money_parse(const char *s, size_t n, money *result);
/* The same of what people type: "£" may stand before it, spaces anywhere, and commas before each
 * three digits of the pounds and nowhere else: "12,34" may mean 12.34 and is refused. */
bool money_typed(const char *typed, money *result);
/* Whether a text is written as an amount and is more than MONEY_MOST, so that who wrote it is told
 * just that: MONEY_TOO_MUCH takes the most there can be, as money_pounds has it. */
bool money_is_beyond(const char *s, size_t n);
#define MONEY_TOO_MUCH "That is too much: it can be %s at most"
/* "1234.56", "-3.00": for programs.  buffer holds MONEY_TEXT bytes; returned. */
char *money_text(money m, char *buffer);
/* "£1,234.56" in UTF-8; a negative amount keeps its minus in front of the sign (pages say it in
 * words). */
char *money_pounds(money m, char *buffer);
