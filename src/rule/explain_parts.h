/* explain_parts.h: the sentences of explain_words.c in both languages, cut at their slots by
 * tools/explainc when the program is built. */
#pragma once
#include "rule/explain_words.h"

#include <stdint.h>

/* What can stand in braces in a sentence; explain.c says each. */
enum slot {
    SLOT_NONE,
    SLOT_BEFORE,
    SLOT_AFTER,
    SLOT_WHO,
    SLOT_GAP,
    SLOT_GROUND,
    SLOT_COUNT,
    SLOT_COUNTED,
    SLOT_OWN,
    SLOT_OWN_COUNTED,
    SLOT_OWN_PAYABLE,
    SLOT_NIGHTS,
    SLOT_AUTHORITY,
    SLOT_SHARE,
    SLOT_SHARE_BEFORE,
    SLOT_PART_OFF,
    SLOT_YEAR_DAYS,
    SLOT_WEEK_DAYS,
    SLOT_YEAR_WEEKS,
    SLOT_CHILDREN,
    SLOT_RATE_CHILDREN,
    SLOT_OTHERS,
    SLOT_ARRANGEMENT,
    SLOT_OVER,
    SLOT_BASIC_PERCENT,
    SLOT_PLUS_PERCENT,
    SLOT_REDUCED_PERCENT,
    SLOT_OTHERS_PERCENT,
    SLOT_TOLERANCE,
    SLOT_YIELD,
    SLOT_FLAT,
    SLOT_NIL,
    SLOT_FLAT_LIMIT,
    SLOT_BASIC_LIMIT,
    SLOT_UNEARNED_LIMIT,
    SLOT_ASSET_LIMIT,
    SLOT_EXTRA,
    SLOT_FIRST_NIGHTS,
    SLOT_LAST_NIGHTS,
    SLOT_AUTHORITY_FIRST,
    SLOT_AUTHORITY_LAST,
    SLOT_CONTRIBUTIONS,
    SLOT_BENEFIT_WEEKLY,
    SLOT_CIRCUMSTANCE,
    SLOT_BENEFIT,
    SLOT_IS_OVER,
    SLOT_IS_NOT_OVER,
    SLOTS
};
/* A piece of a sentence: text as it is, then a slot. */
struct explain_part {
    const char *text;
    uint8_t length;
    uint8_t slot; /* enum slot */
};
struct explain_sentence {
    const struct explain_part *parts;
    int32_t count;
};
/* A phrase: what stands before and after its number or name. */
struct explain_phrase {
    const char *before, *after;
    uint8_t before_length, after_length;
};
/* What is said in one language. */
struct explain_tongue {
    struct explain_sentence sentences[STEP_NOTES];
    struct explain_phrase phrases[EXPLAIN_PHRASES];
    const char *circumstances[CIRCUMSTANCES], *benefits[BENEFITS], *grounds[GROUNDS];
};
extern const struct explain_tongue explain_tongues[EXPLAIN_LANGUAGES];
