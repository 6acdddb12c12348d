/* case_alerts.h: risks of harm on pages of staff. */
#pragma once
#include "app/alert.h"
#include "web/request.h"

/* An alert in words; about: whom.  pp: its family, or SERVICE_PP for an online application's. */
struct view_alert_row case_alert_row(struct request *r, int64_t pp, const char *about,
                                     const struct alert *a);
/* What the form case_alert says was seen and done, in a transaction of its own.  True: answered, by
 * going to `where`, with the word of what was chosen, or by a failure; false: the form says why
 * not.
 */
bool case_alert_answer(struct request *r, int64_t pp, int64_t alert, const char *where);
