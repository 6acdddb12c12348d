/* own_paid.h: what a parent says was paid directly, for their pages and for a program of theirs. */
#pragma once
#include "app/service.h"
#include "web/own.h"

/* What telling us comes to. */
enum own_deed { DEED_TELL, DEED_REPORT, DEED_SETTLE, OWN_DEEDS };
extern const char *const own_deed_words[OWN_DEEDS]; /* tell, report, settle */

struct own_paid {
    struct own_view v;
    struct service_view s;
    enum direct_teller self, other;
    const struct direct_due *due; /* the payment spoken of */
    struct direct_order order;
    enum own_deed deed;
    enum case_service_state became;
    const char *told; /* what the other parent is told of their service; NULL: it stays as it is */
};

/* The arrangement that the path names, and its payments in s.direct.  False: answered. */
bool own_paid_open(struct request *r, struct own_paid *p);
/* Tells what r->form, a form_own_paid, says, in a transaction that is open, under a key that may be
 * NULL; *done: it was told before under it, and nothing may be written. */
bool own_paid_tell(struct request *r, struct own_paid *p, const char *key, bool *done,
                   struct fail *f);
