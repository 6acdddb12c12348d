/* apply_home.h: applications online at the home of whoever has an account: what they began or sent
 * while they were signed in, and what they put there with its code.  An account's, not a person's:
 * who acts for somebody sees none (doc/apply.md). */
#pragma once
#include "web/apply_draft.h"

/* The list with the form for a code, what it takes, and taking one off again. */
handler apply_home, apply_home_do, apply_home_out;

/* Whether who asks has a home of their own: signed in, as themselves. */
bool apply_home_is(const struct request *r);
/* Puts one there, by the hash of its code, in a transaction that is open; nothing where
 * !apply_home_is. */
bool apply_home_put(struct request *r, struct blob code, struct fail *f);
/* Those to show: being filled in, waiting, and for a while those that came to an end.  False:
 * answered. */
bool apply_home_rows(struct request *r, struct view_apply_home **rows, int32_t *n);
/* Whether an application that was sent is at their home. */
bool apply_home_has(struct request *r, int64_t number, bool *has, struct fail *f);
/* Whether a case it became, by its arrangement's reference, is one of theirs.  False: answered. */
bool apply_home_mine(struct request *r, const char *arrangement, bool *mine);
