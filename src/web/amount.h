/* amount.h: an exact amount of an explanation as a page writes it. */
#pragma once
#include "base/arena.h"

/* "31200.00" as "£31,200.00"; what follows the digits stays.  A text that does not begin with a
 * digit, and NULL, come back as they are.  Lives in the arena. */
const char *amount_words(struct arena *a, const char *text);
