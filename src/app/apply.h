/* apply.h: an application opens an arrangement between a paying and a receiving parent (A-3,
 * */
#pragma once
#include "app/group.h"

/* Somebody in an application: known already (id) or new (id 0 and the rest). */
struct applicant {
    int64_t id;
    const char *given, *family;
    bool has_born;
    date born;
};

struct application {
    struct applicant paying, receiving;
    const struct applicant *children;
    size_t child_count;
    enum jurisdiction jurisdiction;
    date applied_on, effective_from;
    const char *service;      /* a word of the fact kind "service" */
    const char *pay_interval; /* a word of the fact kind "pay_interval" */
    int32_t pay_day;          /* day of the month, or of the week from Monday, 1 */
    const char *said_by;
};

struct application_result {
    int64_t pp, arrangement, rp;
    int64_t *children; /* their persons, in the order given; the arena's */
};

/* Opens the arrangement: people, arrangement and first facts, one event of the paying parent's
 * family.  Refuses what cannot be an application, with the field meant in fail->field. */
bool application_make(const struct setting *setting, const struct application *application,
                      const char *key, struct application_result *result, struct fail *fail);

/* The next numbers of people and arrangements, taken from the counters beforehand. */
struct application_numbers {
    int64_t person, arrangement;
};
/* The same within a verb on a family in memory; result->pp is the verb's family.  numbers NULL:
 * from the counters. */
bool application_write(struct verb *verb, struct group *group,
                       const struct application *application, struct application_numbers *numbers,
                       struct application_result *result, struct fail *fail);
