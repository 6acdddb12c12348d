/* own_again.h: a decision that a parent asks us to look at again, for their pages and for a
 * program of theirs. */
#pragma once
#include "app/asking.h"
#include "web/own.h"

struct own_again {
    struct own_view v;
    const struct sql_decision_list_row *decision;
    struct asking_again again;
    struct asking_limits limits;
};
/* The decision that holds for the arrangement that the path names, and until when it can be asked
 * about.  False: answered. */
bool own_again_open(struct request *r, struct own_again *p);
/* What the arrangement gets a week by that decision. */
money own_again_weekly(const struct own_again *p);
/* Asks for it, once for a key that may be NULL, in a transaction that it begins and the caller
 * ends. *event as of asking_again_ask. */
bool own_again_ask(struct request *r, struct own_again *p, const char *why, const char *late,
                   const char *key, int64_t *event, struct fail *f);
