/* sample_rates.h: what was found in decisions that somebody else looked at, month by month, and how
 * often the rules for patterns called somebody (doc/samples.md). */
#pragma once
#include "app/verb.h"

enum { SAMPLE_MONTHS = 12 };

/* Of what was decided in a month.  What one event decided is one decision. */
struct sample_month {
    date first; /* of the month */
    int64_t decided, before, after;
    int64_t right, unclear, wrong;
    money weekly; /* what those looked at give a week in all */
    money error;  /* by how much of it too much or too little: absolute amounts added up */
};
int64_t sample_looked(const struct sample_month *month);

struct sample_rates {
    bool is_begun;
    date since;           /* the first day counted: of sampling, or of the months */
    int32_t before_share; /* thousandths, as of today */
    int32_t after_share;
    struct sample_month months[SAMPLE_MONTHS]; /* the newest first */
    size_t n;
    struct sample_month all;
};
/* What was picked and found of the decisions of the last months up to today's, all together;
 * `decided` is not counted.  Reads the picks alone. */
bool sample_found_read(struct store *store, struct arena *arena, date today,
                       struct sample_month *all, struct fail *fail);
/* The last months up to today's, over all families: reads every event since then. */
bool sample_rates_read(struct store *store, struct arena *arena, date today,
                       struct sample_rates *rates, struct fail *fail);

/* "6.5%", of nothing "-"; text holds SAMPLE_PERCENT bytes; returned. */
enum { SAMPLE_PERCENT = 24 };
char *sample_percent(int64_t part, int64_t whole, char text[SAMPLE_PERCENT]);
