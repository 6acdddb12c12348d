/* case_online.h: taking an online application into the record, by the page of a new one. */
#pragma once
#include "app/online.h"
#include "web/request.h"

/* Makes the request's form that of a new application, filled with what an online one says.  False:
 * answered. */
bool case_online_fill(struct request *r, int64_t number);
/* Whose law it is under, by where the applicant lives. */
bool case_online_jurisdiction(struct request *r, int64_t number, enum jurisdiction *j,
                              struct fail *f);
/* Answers with what would be recorded: the family as it is in the transaction that is open. */
void case_online_preview(struct request *r, int64_t pp, int64_t number);
