/* case_desk.h: the parts of a case's page: what each parent can be told, what runs, what is
 * dangerous.
 */
#pragma once
#include "web/case_view.h"

/* Fills `sides`, `running` and `dangers`.  False: the request is answered. */
bool case_desk_fill(struct request *r, const struct case_view *v, struct page_case_summary *p);
