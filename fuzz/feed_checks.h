/* feed_checks.h: what must hold of every line any reader hands on, and of lines written again. */
#pragma once
#include "base/bug.h"
#include "feed/feed.h"

#include <string.h>

static inline void check_text(const char *s)
{
    size_t n = strlen(s);
    BUG_UNLESS(feed_text_valid(s, n) && !strpbrk(s, "\r\n\t"));
    BUG_UNLESS(n == 0 || (s[0] != ' ' && s[n - 1] != ' '));
    BUG_UNLESS(n <= FEED_TEXT_MOST);
}

static inline void check_result(const struct feed_result *r)
{
    money in = MONEY_NONE, out = MONEY_NONE;

    for (size_t i = 0; i < r->summary.lines; i++) {
        const struct feed_line *l = &r->lines[i];
        BUG_UNLESS(money_is_owed(l->amount) && *l->reference && l->line > 0);
        BUG_UNLESS(l->returned || (!*l->original && !*l->reason));
        check_text(l->reference);
        check_text(l->original);
        check_text(l->end_to_end);
        check_text(l->payer_name);
        check_text(l->payer_account);
        check_text(l->remittance);
        *(l->credit ? &in : &out) = money_add(l->credit ? in : out, l->amount);
    }
    if (r->summary.faults == 0)
        BUG_UNLESS(in.p - out.p == r->summary.money_in.p - r->summary.money_out.p);
    for (size_t i = 0; i < r->summary.faults; i++)
        BUG_UNLESS(r->faults[i].line > 0 && *r->faults[i].text);
    BUG_UNLESS(!r->summary.balanced || r->summary.statements > 0);
}

static inline void check_same(const struct feed_line *a, const struct feed_line *b)
{
    BUG_UNLESS(!strcmp(a->reference, b->reference) && date_same(a->booked, b->booked));
    BUG_UNLESS(a->amount.p == b->amount.p && a->credit == b->credit && a->returned == b->returned);
    BUG_UNLESS(!strcmp(a->payer_name, b->payer_name));
    BUG_UNLESS(!strcmp(a->payer_account, b->payer_account));
    BUG_UNLESS(!strcmp(a->remittance, b->remittance));
}
