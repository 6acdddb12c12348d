/* case_online_known.h: for who takes an online application up, and for nobody else. */
#pragma once
#include "app/online.h"
#include "web/request.h"

/* People of an application who are known already (app/known.h), in other families than `but`. */
bool case_online_known(struct request *r, const struct online *o, int64_t but,
                       struct view_online_known **rows, int32_t *n, struct fail *f);
