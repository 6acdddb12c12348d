/* statement.h: the account line by line, for the paying parent or for one receiving parent, every
 * line with its cause; the last running figure is the one balance. */
#pragma once
#include "app/account.h"

struct statement_line {
    date day;             /* from which it counts */
    date known;           /* when the service wrote it */
    const char *sentence; /* what happened, in one sentence */
    const char *cause;    /* decision, instalment or receipt, and the rule */
    money change;         /* of what is owed; zero: it only says how money was used */
    money owed;           /* after the line */
    int64_t entry, decision, instalment, receipt; /* what it opens into; 0: none */
};
struct statement {
    struct statement_line *at;
    size_t n;
    money owed; /* the one balance on the same days: the last line agrees with it */
};

/* arrangement 0: the paying parent's statement of the whole group.  Otherwise the receiving
 * parent's of that arrangement: what was due to them, what was collected, what was sent; nothing
 * about other families or the paying parent's fees.  A figure that does not agree with the one
 * balance is an integrity failure, never printed. */
bool statement_make(struct store *store, struct arena *arena, int64_t pp, int64_t arrangement,
                    date as_at, date known_on, struct statement *statement, struct fail *fail);
