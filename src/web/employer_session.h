/* employer_session.h: an employer who came in with an order's code.  No account: the same cookie, a
 * table of its own, the same times (session.h). */
#pragma once
#include "app/employer_code.h"
#include "web/request.h"
#include "web/session.h"

/* The session of a token, or none.  It ends when a new code takes the place of the one it
 * was opened with; that the order still holds is looked at with the page (employer_page.h). */
bool employer_session_find(struct store *s, struct arena *a, const char *token, int64_t now,
                           struct session *session, struct fail *f);
/* Notes the use of a session, if the last note is SESSION_TOUCH old; no such session: nothing. */
bool employer_session_touch(struct store *s, const char *token, int64_t now, struct fail *f);
/* Begins one for an employer, by the code of an order; *token is for the browser. */
bool employer_session_start(struct request *r, const char *employer, const struct employer_key *key,
                            const char **token, struct fail *f);
bool employer_session_end(struct store *s, const char *token, struct fail *f);
