/* case_preview.h: what a decision would do, side by side with how things stand. */
#pragma once
#include "app/decide.h"
#include "web/case_view.h"

/* What is previewed: from which day, in words, and where its form leads (case_preview_of). */
struct preview_of {
    date from;
    const char *label, *action, *back;
};
/* Answers with the preview.  before: as read before the verb; after: the family as the verb left
 * it, in the transaction that is still open. */
void case_preview_show(struct request *r, const struct case_view *before, const struct verb *verb,
                       const struct group *after, const struct preview_of *of);
