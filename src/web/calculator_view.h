/* calculator_view.h: what several of the calculator's pages show. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "page.h"

/* The bands of nights of the law on a day. */
const struct view_night_band *bands_view(struct arena *a, date today, int32_t *count);
