/* account_page.h: somebody's own account: where it is signed in, its password, whom they know. */
#pragma once
#include "web/attempt.h"
#include "web/request.h"

handler account_show, account_know, account_password_show, account_password_do, account_leave;

/* The attempt of who is signed in. */
struct attempt account_attempt(const struct request *r);
/* Whether the password in a field of the form is theirs, before something is changed that somebody
 * else at an unlocked desk must not change.  False: the field says so, or the request is answered.
 */
bool account_asks(struct request *r, int field);
/* A new session instead of those that were ended, and its cookie. */
bool account_signed_anew(struct request *r, struct fail *f);
