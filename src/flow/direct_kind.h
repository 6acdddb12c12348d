/* direct_kind.h: payments that did not pass through the service: of which kinds they may be to
 * count as voluntary payments (B-241) or to be set off (B-243). */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct direct_kind {
    const char *name, *words;
    bool voluntary;   /* accepted as a voluntary payment (VP00 reg 3) */
    bool for_home;    /* may be set off (MPA09 reg 6) */
    const char *mark; /* how well it is known, as marks of the law say */
};

extern const struct direct_kind direct_kind_table[];
extern const size_t direct_kind_count;

/* NULL when there is none of that name. */
const struct direct_kind *direct_kind_find(const char *name);
