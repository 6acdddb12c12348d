/* fact.h: the only writer of facts.  Every fact has two times: when it counts (valid) and when the
 * service believed it (known).  Nothing is edited: what was believed stays, closed by an event. */
#pragma once
#include "app/group.h"
#include "flow/change.h"

/* A fact to record.  from/to say when it counts; to DATE_OPEN means until the next fact of the same
 * kind and subject, or until further notice. */
struct fact_order {
    enum fact_kind kind;
    int64_t subject; /* as the kind says: 0 the paying parent, a child, an arrangement, a person */
    const char *value;
    date from, to;
    date happened_on;
    const char *said_by, *evidence;
};

/* Asserts a fact over [from, to): what was believed for those days is closed, the rest of it kept.
 * Refuses a value of the wrong form, a subject that is not of the family, an empty interval. */
bool fact_assert(struct verb *verb, struct group *group, const struct fact_order *order,
                 struct fail *fail);
/* Ends what is believed of a kind and subject from a day on; order->value is not read. */
bool fact_end(struct verb *verb, struct group *group, const struct fact_order *order,
              struct fail *fail);
/* Puts what is kept sealed in one kind into another, from order->from on: what was told and not
 * checked becomes what is believed.  With `to` FACT_KINDS it ends only.  order->value is not read.
 */
bool fact_adopt(struct verb *verb, struct group *group, const struct fact_order *order,
                enum fact_kind to, struct fail *fail);

/* A change as somebody reports it: the day from which it counts is worked out.
 * counts false: an income change under the tolerance; nothing is recorded but the event. */
struct change_report {
    enum fact_kind kind;
    int64_t subject;
    const char *value; /* NULL: the fact ends */
    date happened_on;
    const char *said_by, *evidence;
    const date *reported_on; /* NULL: today */
};
bool fact_report(struct verb *verb, struct group *group, const struct change_report *report,
                 struct change *change, struct fail *fail);
