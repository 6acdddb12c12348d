/* name.h: names as they are looked for: "O’Brien", "obrien" and "SIÂN", "sian" are the same. */
#pragma once
#include "base/arena.h"

/* The words of a text in small letters, without accents and apostrophes, each once, at most `most`
 * of them; words belong to the arena.  None of a text that is not UTF-8. */
size_t name_words(struct arena *arena, const char *text, const char **words, size_t most);
