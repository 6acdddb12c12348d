/* owner.h: whose money is it (B-220): by the twelve-digit reference of a paying parent or an
 * arrangement, then by National Insurance number, then by employee's reference, then by what an
 * employer or a benefit office announced, then by a bank account that was one paying parent's
 * before. */
#pragma once
#include "app/verb.h"
#include "feed/feed.h"

enum { REFERENCE_DIGITS = 12 };

struct owner {
    int64_t pp;      /* 0: nobody can be told */
    const char *how; /* "reference", "number", "employee", "schedule", "account", or "" */
    /* One payment for several families: what was announced, a row for each deduction; pp is 0. */
    const struct sql_announced_by_sender_row *shares;
    size_t share_count;
};

/* Of many lines: each question is asked of the database once for all of them. */
bool owner_of_lines(const struct setting *setting, const struct feed_line *lines, size_t n,
                    struct owner *owners, struct fail *fail);
/* The next run of exactly twelve digits (spaces and hyphens inside are let pass); NULL at the end.
 */
const char *owner_next_reference(const char *text, char found[REFERENCE_DIGITS + 1]);
