/* case_change.h: what every preview is made of (page/case_change.html): how things stand now and
 * then, and the form that does it with what was typed before. */
#pragma once
#include "web/case_view.h"

struct view_change_row case_change_row(const char *what, const char *before, const char *after);

/* How a preview begins and ends. */
struct case_preview {
    const char *changed; /* somebody was first: the sentence for it, or "" */
    const char *action, *back;
    const struct view_hidden_field *fields;
    int32_t fields_count;
    int64_t seen;
};
/* stale: the person confirmed another preview, and the case has changed since.  action, back: paths
 * below the case's own.  Every field of the request's form is sent again, but `act` and `seen`. */
struct case_preview case_preview_of(struct request *r, const struct case_view *before, bool stale,
                                    const char *action, const char *back);
/* Whether the form in r asks for what was previewed on this very state of the case. */
bool case_preview_is_confirmed(struct request *r, const struct case_view *now, int act_field,
                               int seen_field);
