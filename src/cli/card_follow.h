/* card_follow.h: what became of the payments by card that are not finished. */
#pragma once
#include "cli/options.h"

/* Asks the provider that UPKEEP_CARD names, and writes down what it says: done, some still wait, or
 * what went wrong.  Tells on standard error. */
int card_follow(const struct options *options);
/* The same before other work, which goes on whatever comes of it. */
void card_follow_before(const struct options *options);
