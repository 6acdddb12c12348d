/* said.h: the program's own sentences in Welsh, by their English.  The catalogue is page/welsh;
 * pagec puts those that are looked up while the program runs into a table. */
#pragma once
#include "base/out.h"

#include <stdint.h>

struct said_entry {
    const char *english, *welsh;
};
/* In the order of the English. */
extern const struct said_entry said_table[];
extern const int32_t said_count;

/* The Welsh for a sentence; the sentence itself when there is none.  A sentence that was filled in
 * (%s, %d, {name} in the catalogue) is known by its pattern; what fills it goes over as it is, days
 * and sentences of the catalogue in Welsh. */
const char *said(struct arena *a, const char *english);
/* The same; NULL when there is none. */
const char *said_find(struct arena *a, const char *english);
