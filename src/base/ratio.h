/* ratio.h: a rate as the law states it: 17.0% is 170/1000, one seventh is 1/7. */
#pragma once
#include <stdint.h>

typedef struct {
    int32_t n, d; /* d is positive */
} ratio;
