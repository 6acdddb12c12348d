/* direct.h: payments between the parents (Direct Pay).  The service does not see them: it asks both
 * parents, and keeps what each says beside what was found (B-114).  Nothing is assumed. */
#pragma once
#include "app/group.h"
#include "flow/service.h"

enum direct_teller { TELLER_PAYING, TELLER_RECEIVING, TELLER_FOUND, DIRECT_TELLERS };
extern const char *const direct_teller_words[DIRECT_TELLERS]; /* names for files and forms */

/* What somebody says about one payment, the last time they said it. */
struct direct_told {
    struct direct_word word;
    bool has_paid_on;
    date paid_on;
    date told_on;
    const char *evidence; /* "" when none */
};
/* A payment that fell due to be paid directly. */
struct direct_due {
    int64_t instalment;
    date due;
    money amount; /* as decided by now */
    struct direct_told told[DIRECT_TELLERS];
    struct direct_outcome outcome;
    bool asked;    /* somebody has spoken of it */
    bool late;     /* paid after its day, as the receiving parent says, else the paying parent */
    money carried; /* on the account by now */
};
struct direct_list {
    struct direct_due *at; /* by due day */
    size_t n;
    money unpaid, open; /* of the payments somebody has spoken of */
    date failed;        /* due day of the newest with something unpaid */
};
/* Which arrangement is looked at, when; verb: NULL, or the one whose own words count too. */
struct direct_question {
    struct store *store;
    struct arena *arena;
    const struct verb *verb;
    const struct group *group;
    int64_t arrangement;
    date day;
};
/* The payments that were due directly before the day. */
bool direct_read(const struct direct_question *question, struct direct_list *list,
                 struct fail *fail);

/* Who is to be asked next about a payment: a sentence; "" when it is settled.  Nobody's silence is
 * taken for an answer. */
const char *direct_next(const struct direct_due *due);

/* What is said about one payment. */
struct direct_order {
    int64_t arrangement;
    date due;
    enum direct_teller teller;
    money paid;
    bool has_paid_on;
    date paid_on;
    const char *evidence; /* TELLER_FOUND must have some */
};
/* Records a word about a payment.  Refuses a day on which nothing was due directly. */
bool direct_tell(struct verb *verb, const struct group *group, const struct direct_order *order,
                 struct fail *fail);
/* Brings the account in line with what is shown unpaid by now, where the service collects: what is
 * open is never asked for.  No collection fee of the paying parent is for days before collection
 * (B-131, edge case 6). */
bool direct_carry(struct verb *verb, struct group *group, int64_t arrangement, money *carried,
                  struct fail *fail);
