/* ledger_random.h: numbers from a named seed, so that a failing run can be had again. */
#pragma once
#include <stdint.h>
#include <stdlib.h>

struct chance {
    uint64_t s;
};

/* The seed: UPKEEP_SEED if set, otherwise the one given. */
static inline struct chance chance_start(uint64_t seed)
{
    const char *given = getenv("UPKEEP_SEED");
    return (struct chance){ (given ? strtoull(given, NULL, 10) : seed) * 2 + 1 };
}

/* From 0 to below `below` (splitmix64). */
static inline int64_t chance_below(struct chance *c, int64_t below)
{
    uint64_t z = c->s += UINT64_C(0x9e3779b97f4a7c15);
    z          = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z          = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (int64_t)((z ^ (z >> 31)) % (uint64_t)below);
}
