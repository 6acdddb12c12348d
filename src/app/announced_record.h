/* announced_record.h: deductions that a file announces, recorded many at a time (B-335): whose they
 * are, which are known already, and one event for each new one. */
#pragma once
#include "app/verb.h"

/* One deduction, whatever the file.  Texts are never NULL. */
struct announcement {
    const char *source;           /* "employer", "benefit" */
    const char *sender, *batch;   /* as in table announced */
    const char *reference, *nino; /* whose: one of the two is there */
    const char *period;
    date day, due;
    bool has_asked, has_net;
    money asked, net, amount;
    const char *reason;
};
enum announced { ANNOUNCED_NEW, ANNOUNCED_BEFORE, ANNOUNCED_KINDS };
struct announced_result {
    enum announced what; /* BEFORE: it was recorded already, and changes nothing */
    int64_t pp;          /* whose it is; 0: nobody's that is known */
    const char *refused; /* NULL, or why it was not recorded */
    const char *remark;  /* NULL, or what somebody should ask the sender, though it was recorded */
};

/* Records deductions in the caller's transaction, results[i] of each: families are read and written
 * once, whatever the number of their lines.  One that is refused hinders no other.  The setting's
 * arena holds what is written until then. */
bool announced_record(const struct setting *setting, const struct announcement *announcements,
                      size_t n, struct announced_result *results, struct fail *fail);
