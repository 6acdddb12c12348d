/* sign_in.h: signing in and out. */
#pragma once
#include "web/request.h"

handler sign_in_show, sign_in_do, sign_out_do;

/* Signs somebody in who has given all that is asked: the session, its cookie, and on to `next` (a
 * path of our own) or, "", to where their work begins. */
void sign_in_end(struct request *r, const char *name, const char *next);
/* The same of somebody whose password was right: to the second factor first, if they have one. */
void sign_in_begin(struct request *r, const char *name, const char *next);
