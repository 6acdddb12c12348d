/* draw.c: SplitMix64 over a key made of seed, family, purpose and place. */
#include "people/draw.h"

#include "base/bug.h"

#define STEP UINT64_C(0x9e3779b97f4a7c15)

/* A bijection of 64 bits in which every bit of the result hangs on every bit given. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct draw draw_start(uint64_t seed, int64_t number, int32_t stream, int64_t at)
{
    uint64_t key = mix(seed + STEP);

    key = mix(key + (uint64_t)number * STEP);
    key = mix(key + ((uint64_t)stream + 1) * STEP);
    return (struct draw){ mix(key + (uint64_t)at * STEP) };
}

uint64_t draw_word(struct draw *d)
{
    d->state += STEP;
    return mix(d->state);
}

int64_t draw_below(struct draw *d, int64_t n)
{
    BUG_UNLESS(n > 0);
    return (int64_t)((unsigned __int128)draw_word(d) * (uint64_t)n >> 64);
}

bool draw_chance(struct draw *d, int64_t part, int64_t whole)
{
    return draw_below(d, whole) < part;
}
