/* pattern.h: what comes again and again in a family's record and may be economic abuse, by the open
 * rules of law/safety/patterns.txt.  What is found decides nothing: it calls a person (B-1006,
 * doc/safety.md). */
#pragma once
#include "base/date.h"
#include "base/money.h"
#include "base/out.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From a day on: so often within so many months, with a measure of least to most. */
struct pattern_term {
    date from;
    int32_t times, months, least, most; /* least below 0: any measure */
    bool monthly;                       /* of each calendar month the first alone is counted */
};
struct pattern_rule {
    const char *name;
    const char *title, *signal, *looks, *why, *source, *tells, *item, *consider;
    const struct pattern_term *terms; /* by their first days */
    int32_t term_count;
};
extern const struct pattern_rule pattern_rules[];
extern const int32_t pattern_rule_count;

/* The rule with a name; NULL when there is none any more. */
const struct pattern_rule *pattern_rule_find(const char *name);
/* The term in force on a day; before the first, the first. */
const struct pattern_term *pattern_term_at(const struct pattern_rule *rule, date day);
/* The first day that any rule counts, as they stand on a day. */
date pattern_since(date day);

/* Something that happened: on which day, about what was due when, how much it was of. */
struct pattern_sign {
    date day, due;
    money amount;
    int64_t measure; /* as the signal says: days late, per cent short */
};
/* Whether enough of n signs (of the rule's signal, one person's, by day) came after `after` and by
 * `today`.  Those counted go to `counted`, which has room for n, and their number to *found. */
bool pattern_finds(const struct pattern_rule *rule, const struct pattern_sign *signs, size_t n,
                   date after, date today, struct pattern_sign *counted, size_t *found);

/* Signs as they are kept with what was found: "DAY DUE PENCE MEASURE; ...". */
void pattern_signs_write(struct out *out, const struct pattern_sign *signs, size_t n);
/* The same read; at most `most` of them. */
size_t pattern_signs_read(const char *text, struct pattern_sign *signs, size_t most);

/* A rule's text with its braces filled: what it looks for, with the numbers of a term; what it
 * tells of n signs; one of them. */
const char *pattern_looks(const struct pattern_rule *rule, const struct pattern_term *term,
                          struct arena *arena);
const char *pattern_tells(const struct pattern_rule *rule, const struct pattern_term *term,
                          const struct pattern_sign *signs, size_t n, struct arena *arena);
const char *pattern_item(const struct pattern_rule *rule, const struct pattern_sign *sign,
                         struct arena *arena);
