/* report.h: what a caseload reached of what is published, from the database alone. */
#pragma once
#include "app/verb.h"
#include "people/assumptions.h"

/* A measure as a fraction; of 0 when there is nothing to measure. */
struct reached {
    int64_t part, whole;
};
struct report {
    date day, from, until; /* the day it is as at; the last whole quarter by it */
    struct reached at[MEASURES];
};
bool report_make(struct store *store, date day, struct report *report, struct fail *fail);
/* In thousandths of the target's unit: of a percentage, of a pound, or of one. */
int64_t report_value(const struct report *report, const struct target *target);
/* Whether it is within the target's tolerance. */
bool report_met(const struct report *report, const struct target *target);
