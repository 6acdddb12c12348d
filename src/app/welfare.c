/* welfare.c: the welfare record. */
#include "app/welfare.h"

bool welfare_record(struct verb *v, const struct welfare *w, struct fail *fail)
{
    if (!w || !w->children || !*w->children || !w->evidence || !*w->evidence || !w->reasoning ||
        !*w->reasoning)
        return REFUSE(fail, "welfare_missing",
                      "This is a discretion: name the children who may be affected, what is known "
                      "about them, and why it is done all the same (B-001).");
    struct sql_welfare_insert_in in = { .pp        = v->pp,
                                        .event     = v->seq,
                                        .children  = w->children,
                                        .evidence  = w->evidence,
                                        .reasoning = w->reasoning };
    verb_add(v, DRAFT_WELFARE, &in);
    return true;
}
