/* draw.h: chance that can be had again: numbers that follow from a seed, whose they are and what
 * they are for, and from nothing else.  So any family can be made alone, in any order and on any
 * machine, and a draw added in one place changes no other.  Integers only. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct draw {
    uint64_t state;
};

/* The draws of one thing: of family `number` of a seed, for a purpose (`stream`), at a place or day
 * (`at`; 0 where there is only one). */
struct draw draw_start(uint64_t seed, int64_t number, int32_t stream, int64_t at);
/* The next 64 bits. */
uint64_t draw_word(struct draw *d);
/* The next number of 0 to n - 1; n is at least 1. */
int64_t draw_below(struct draw *d, int64_t n);
/* True in `part` of `whole` cases. */
bool draw_chance(struct draw *d, int64_t part, int64_t whole);
