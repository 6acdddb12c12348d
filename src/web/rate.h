/* rate.h: how often a program may ask: so many times in a minute.  In memory, for one server: a
 * second server counts its own. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum {
    RATE_TOKEN   = 600, /* requests in a minute with one token */
    RATE_NOBODY  = 60,  /* from one address without a good token */
    RATE_SECONDS = 60
};

/* Counts a request of a subject ("token 12", an address).  False: it was one too many, and *wait
 * seconds are to pass.  Many subjects at a time push out those that were silent longest. */
bool rate_take(const char *subject, int64_t now, int most, int64_t *wait);
