/* employer_code.h: the one-time code of an order, by which an employer without an account opens
 * its orders (law/flow/access.flow, role employer).
 *
 * It stands in the order's letter once and is kept as a hash.  It works as often as it is typed
 * until the order ends or a new code takes its place.  78 random bits; attempts are counted by who
 * asks (web/attempt.h). */
#pragma once
#include "app/verb.h"

/* A new code: four groups of four letters and digits, none easily mistaken for another. */
const char *employer_code_new(struct arena *arena);
/* Gives an order of a family this code; the one before it ends.  One event.  Refused: no_such_order
 * (none of that number holds on or after the setting's day). */
bool employer_code_set(const struct setting *setting, int64_t pp, int64_t order, const char *code,
                       struct fail *fail);
/* When the code of an order was made; false: it has none. */
bool employer_code_made(const struct sql_employer_code_days_row *rows, size_t n, int64_t order,
                        date *made);

/* What somebody typed: twelve digits; the code with or without its hyphens. */
struct employer_code {
    const char *employer, *code;
};
/* The order that a code opens; code: the event that made it. */
struct employer_key {
    int64_t pp, order, code;
};
/* Refused: code_wrong, whichever of the two is wrong. */
bool employer_code_check(struct store *store, struct arena *arena,
                         const struct employer_code *typed, struct employer_key *key,
                         struct fail *fail);
