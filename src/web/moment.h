/* moment.h: a moment of the clock in words. */
#pragma once
#include "base/arena.h"
#include "base/date.h"

#include <stdint.h>

/* "22 November 2026, 14:05" (UTC) and "22 November 2026". */
const char *moment_words(struct arena *a, int64_t at);
const char *moment_day(struct arena *a, int64_t at);
/* Its day (UTC). */
date moment_date(int64_t at);
