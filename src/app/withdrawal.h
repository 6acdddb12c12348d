/* withdrawal.h: a receiving parent who withdraws, stops, goes over to Direct Pay, makes an
 * arrangement of their own or says that abuse is over may not be free to (B-1005).  Where the table
 * withdrawal of law/flow/safety.flow says so, somebody first speaks with them in private: an alert
 * (app/alert.h), which ends when they said what they saw and did.  Asked by the pages of those who
 * work here, not by the verbs. */
#pragma once
#include "app/alert.h"

/* What the receiving parent of an arrangement asks for. */
struct withdrawal_wish {
    int64_t arrangement;
    const char *what; /* for who speaks with them */
    bool unfree;      /* they do not say, asked alone, that they want it and feel safe */
};
struct withdrawal {
    bool first;    /* somebody has to speak with them in private before it takes effect */
    int64_t alert; /* that is open for it; 0: none yet */
};
/* How it stands with the receiving parent, today. */
bool withdrawal_look(const struct setting *s, const struct group *group,
                     const struct withdrawal_wish *wish, struct withdrawal *w, struct fail *fail);
/* The table alone: whether somebody of whom this is known is first spoken with in private. */
struct withdrawal_signs {
    bool marked, alert_open, bad_news, unfree;
};
bool withdrawal_is_private(const struct withdrawal_signs *signs);
/* Calls somebody to speak with them, in a transaction that is open. */
bool withdrawal_call(const struct setting *s, const struct group *group,
                     const struct withdrawal_wish *wish, int64_t *alert, struct fail *fail);
