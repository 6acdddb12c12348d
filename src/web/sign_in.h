/* sign_in.h: signing in and out, and the account's own page. */
#pragma once
#include "web/request.h"

handler sign_in_show, sign_in_do, sign_out_do, account_show, account_know;

/* Signs somebody in whose password was right: the session, its cookie, and on to `next` (a path of
 * our own) or, "", to where their work begins. */
void sign_in_begin(struct request *r, const char *name, const char *next);
