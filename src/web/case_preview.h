/* case_preview.h: what a decision would do, side by side with how things stand. */
#pragma once
#include "app/decide.h"
#include "web/case_view.h"

/* Answers with the preview.  before: as read before the verb; after: the family as the verb left
 * it, in the transaction that is still open. */
void case_preview_show(struct request *r, const struct case_view *before, const struct verb *verb,
                       const struct group *after);
