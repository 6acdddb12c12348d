/* withdrawal.h: a receiving parent who withdraws, stops, goes over to Direct Pay or says that abuse
 * is over may not be free to (B-1005).  Where the table withdrawal of law/flow/safety.flow says so,
 * somebody first speaks with them in private: an alert (app/alert.h), which ends when they said
 * what they saw and did.  Asked by the pages of those who work here, not by the verbs. */
#pragma once
#include "app/alert.h"

struct withdrawal {
    bool first;    /* somebody has to speak with them in private before it takes effect */
    int64_t alert; /* that is open for it; 0: none yet */
};
/* How it stands with the receiving parent of an arrangement, today. */
bool withdrawal_look(const struct setting *s, const struct group *group, int64_t arrangement,
                     struct withdrawal *w, struct fail *fail);
/* The table alone: whether somebody of whom this is known is first spoken with in private. */
bool withdrawal_is_private(bool marked, bool alert_open, bool bad_news);
/* Calls somebody to speak with them, in a transaction that is open; asked: what they ask for. */
bool withdrawal_call(const struct setting *s, const struct group *group, int64_t arrangement,
                     const char *asked, int64_t *alert, struct fail *fail);
