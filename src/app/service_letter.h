/* service_letter.h: what parents are sent about the service of their case. */
#pragma once
#include "app/letter.h"
#include "app/service.h"

/* The payment plan to the paying parent (N-01), and to the receiving parent how much to expect and
 * when (N-02), each if they have an address.  On Direct Pay the first carries the warning that
 * collection can start (B-112): given by being posted, and recorded with its day only then.
 * Without an address nothing goes, no warning is given, and the timeline says so.  occasion: a word
 * of the fact kind "warning". */
bool service_warn(struct verb *verb, struct group *group, int64_t arrangement, const char *occasion,
                  struct fail *fail);
/* The same as a verb of its own: the plan of an arrangement however it is paid. */
bool service_plan_letter(const struct setting *setting, int64_t pp, int64_t arrangement,
                         struct letter_result *result, struct fail *fail);
/* The plans of arrangements on Direct Pay after a yearly review: warned again. */
bool service_review(struct verb *verb, struct group *group, struct fail *fail);
/* The notices of a step that the letter service_notice says, to each parent with an address. */
bool service_notify(struct verb *verb, struct group *group, int64_t arrangement,
                    const struct machine_step *step, struct fail *fail);

/* The parents' own arrangement (B-101): no ledger, no fee, not collected. */
struct service_agreement {
    int64_t arrangement;
    money agreed;
    const char *every; /* a word of the fact kind "pay_interval" */
    date first;
    const char *other; /* what else they agreed; may be NULL */
    const char *reason;
};
/* Records it, with the calculator's figure where the facts give one, ends what accrues, and makes
 * the agreement that they can print and sign. */
bool service_agree(struct verb *verb, struct group *group,
                   const struct service_agreement *agreement, int64_t *letter, struct fail *fail);
