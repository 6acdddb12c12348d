/* name.h: words as they are looked for in names and heard in messages: "O’Brien" and "obrien",
 * "SIÂN" and "sian" are the same. */
#pragma once
#include "base/arena.h"

#include <stdbool.h>

/* The words of a text in their order, in small letters, without accents and apostrophes; *n of
 * them, from the arena.  None of a text that is not UTF-8. */
const char **text_words(struct arena *arena, const char *text, size_t *n);
/* The same of a name, each once, at most `most`. */
size_t name_words(struct arena *arena, const char *text, const char **words, size_t most);
/* After a text: behind every word that begins with it. */
#define NAME_BEHIND "\xF4\x8F\xBF\xBF"
/* Whether a word is one of n words. */
bool words_have(const char *const *words, size_t n, const char *word);
