/* database.h: making a database ready for work: the counters of people and arrangements.
 *
 * A database is the service's own, or a rehearsal: made for trying out, teaching and tests, with
 * stories or a caseload that is made up.  It is one or the other from its making on.  Only in a
 * rehearsal may a day be worked that has not come yet (the faces ask: cli/clock.h). */
#pragma once
#include "base/fail.h"
#include "store/store.h"

struct database_kind {
    bool is_rehearsal;
    bool is_spread; /* its tables spread over machines; needs a server with the Citus extension */
};

/* Makes a new database at a path, ready for the first application.  Fails with code "exists" if
 * there is one. */
bool database_create(const char *name, struct database_kind kind, struct fail *fail);
/* Opens a rehearsal to write, made first if it is missing (":memory:" always is).  NULL: fail; the
 * service's own database is refused with code "not_rehearsal". */
struct store *database_open(const char *name, struct fail *fail);
/* Whether a database is a rehearsal. */
bool database_is_rehearsal(struct store *store, bool *is, struct fail *fail);
