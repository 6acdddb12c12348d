/* database.h: making a database ready for work: the counters of people and arrangements. */
#pragma once
#include "base/fail.h"
#include "store/store.h"

/* Makes a new database at a path, ready for the first application.  Fails with code "exists" if
 * there is one. */
bool database_create(const char *name, struct fail *fail);
/* The same, its tables spread over machines; needs a server with the Citus extension. */
bool database_spread(const char *name, struct fail *fail);
/* Starts the counters if nothing has: for a database just made, or one whose making was cut off. */
bool database_prepare(struct store *store, struct fail *fail);
/* Opens a database to write, made first if it is missing (":memory:" always is).  NULL: fail. */
struct store *database_open(const char *name, struct fail *fail);
