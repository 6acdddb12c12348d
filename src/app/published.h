/* published.h: how the service does, as anybody may read it: what waits and is late, how long cases
 * stay with one person, what was found in decisions that somebody looked at.  Kept at the end of
 * each day's run, so that reading it costs the same in a town and in a country (doc/clocks.md). */
#pragma once
#include "app/verb.h"
#include "flow/clock_kind.h"

/* Parts of the work; every kind of clock is of one. */
enum published_part {
    PUBLISHED_NONE,
    PUBLISHED_APPLICATIONS,
    PUBLISHED_CHANGES,
    PUBLISHED_MISSED,
    PUBLISHED_MONEY,
    PUBLISHED_CONTACT,
    PUBLISHED_SAFETY,
    PUBLISHED_CHECKS,
    PUBLISHED_PARTS
};
extern const enum published_part published_part_of[CLOCK_KINDS];
extern const char *const published_part_names[PUBLISHED_PARTS]; /* NULL: of PUBLISHED_NONE */

struct published_wait {
    int64_t open, near, late;
};

enum published_figure {
    PUBLISHED_FAMILIES, /* that somebody has */
    PUBLISHED_DAYS,     /* that they have been with them, all together */
    PUBLISHED_PICKED,   /* decisions of the last twelve months, by the lot */
    PUBLISHED_LOOKED,
    PUBLISHED_UNCLEAR,
    PUBLISHED_WRONG,
    PUBLISHED_WEEKLY, /* pence a week of those looked at */
    PUBLISHED_ERROR,  /* pence a week by which they were wrong, without signs */
    PUBLISHED_FIGURES
};

struct published {
    bool is_there; /* a day's run has kept something */
    date day;      /* as of its end */
    struct published_wait waits[PUBLISHED_PARTS];
    int64_t figures[PUBLISHED_FIGURES];
};

/* Keeps how the service does as of today; inside the caller's transaction. */
bool published_keep(const struct setting *setting, struct fail *fail);
bool published_read(struct store *store, struct arena *arena, struct published *published,
                    struct fail *fail);
