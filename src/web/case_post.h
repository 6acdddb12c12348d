/* case_post.h: where a letter is, in words for those who work here. */
#pragma once
#include <stdbool.h>

/* Of a state of law/flow/post.flow, by its name. */
const char *case_post_label(const char *state);
bool case_post_is_back(const char *state);
/* What a kind of letter is called. */
const char *case_letter_kind(const char *kind);
