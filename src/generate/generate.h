/* generate.h: a caseload in the database: N arrangements, in chunks of whole families. */
#pragma once
#include "app/verb.h"
#include "people/family.h"

typedef void generate_progress(void *context, int64_t done, int64_t all); /* families */

/* Makes what is missing of the caseload (caseload_cut before).  A database that holds another one,
 * or cases of its own, is refused; a making that was cut off goes on where it stopped.  `digest` is
 * of the assumptions' text.  Begins and ends transactions; progress may be NULL. */
struct generate_order {
    struct caseload load;
    struct fingerprint digest;
    generate_progress *progress;
    void *context;
};
bool generate_all(struct store *store, const struct generate_order *order, struct fail *fail);

/* What generate_all left in a database: seed, years, last day and size, for caseload_cut.  Fails
 * with code "not_generated" when there is nothing, "assumptions_differ" when it was made from
 * others, "not_whole" when its making was cut off. */
bool generate_recall(struct store *store, const struct assumptions *a,
                     const struct fingerprint *digest, struct caseload *load, struct fail *fail);
