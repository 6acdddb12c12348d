/* hear.h: words of danger in what parents write, by the open rules of law/safety/words.txt.  What
 * is heard decides nothing: it calls a person (B-1004, doc/safety.md). */
#pragma once
#include "flow_data.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A phrase: words in small letters; word~ also its longer forms; .. none to three words. */
struct hear_rule {
    const char *name, *title;
    enum alert_does_risk risk;
    const char *const *phrases;
    int32_t phrase_count;
};
extern const struct hear_rule hear_rules[];
extern const int32_t hear_rule_count;

/* Whether the n words of a text (text_words of base/name.h) have a phrase of the rule. */
bool hear_rule_hears(const struct hear_rule *rule, const char *const *words, size_t n);
/* The rule with a name of a given length; NULL when there is none any more. */
const struct hear_rule *hear_rule_find(const char *name, size_t length);
