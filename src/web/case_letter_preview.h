/* case_letter_preview.h: a letter before it is sent: what would be printed, in both languages. */
#pragma once
#include "web/case_view.h"

struct letter_preview {
    const char *part;  /* of the case's address, to which the form goes that sends it */
    const char *label; /* of the button */
    const char *back;  /* of the case's address, without sending */
    int act, seen;     /* the fields of the form that every preview has */
};
/* Whether the form was sent from the preview of this very state of the case. */
bool case_letter_confirmed(struct request *r, const struct case_view *v,
                           const struct letter_preview *p);
/* Shows every letter that the verb made that has run in the open transaction, and rolls it back.
 * v: the case before it.  False: it made none; nothing is answered or rolled back. */
bool case_letter_preview(struct request *r, const struct case_view *v,
                         const struct letter_preview *p);
