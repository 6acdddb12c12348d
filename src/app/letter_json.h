/* letter_json.h: the parts of letter data that every letter is frozen and thawed with; for
 * app/letter_data*.c only. */
#pragma once
#include "app/letter_data.h"

#include <jansson.h>

json_t *letter_json_text(const char *s);
json_t *letter_json_date(date d);
json_t *letter_json_words(struct letter_words w);

/* Reads one object; `fine` goes false at the first member that is not as it was written. */
struct letter_thawing {
    struct arena *arena;
    bool fine;
};
const char *letter_thaw_text(struct letter_thawing *t, const json_t *o, const char *key);
money letter_thaw_money(struct letter_thawing *t, const json_t *o, const char *key);
bool letter_thaw_flag(struct letter_thawing *t, const json_t *o, const char *key);
date letter_thaw_date(struct letter_thawing *t, const json_t *o, const char *key);
struct letter_words letter_thaw_words(struct letter_thawing *t, const json_t *o, const char *key);

/* A letter's own data, into root and out of it; a letter that is never kept has none, and reading
 * one is an error. */
void letter_members_freeze(json_t *root, const struct letter_frozen *f);
void letter_members_thaw(struct letter_thawing *t, const json_t *root, struct letter_frozen *f);
