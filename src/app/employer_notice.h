/* employer_notice.h: what an employer says of the employee of an order: not employed here, left,
 * started (B-333, B-334, B-343).  An event of the family; the order itself is ended by a person,
 * who may know that it is a mistake. */
#pragma once
#include "app/employer_people.h"

enum employer_says { SAYS_NOT_EMPLOYED, SAYS_LEFT, SAYS_STARTED, EMPLOYER_SAYS };
struct employer_notice {
    int64_t order;
    enum employer_says what;
    date day;                 /* left: the last pay-day; started: the first */
    const char *new_employer; /* left: as far as it is known, else "" */
};
/* "not_employed", "left", "started". */
const char *employer_says_name(enum employer_says what);
bool employer_says_find(const char *name, enum employer_says *what);

/* Records it for an employer, unless it is just what was said last of that order.  Refused:
 * no_such_order (to that employer), day_wrong. */
bool employer_notice_record(const struct setting *setting, int64_t pp, const char *employer,
                            const struct employer_notice *notice, struct fail *fail);
/* What was said last of an order; NULL: nothing. */
const struct sql_employer_notice_list_row *employer_notice_last(
    const struct sql_employer_notice_list_row *rows, size_t n, int64_t order);
/* The receipt's number: the beginning of the event's hash, which the family's chain proves. */
const char *employer_notice_receipt(const struct sql_employer_notice_list_row *row,
                                    struct arena *arena);
/* What waits for a person: an order that holds, whose employee is said to be gone.  *order is 0
 * when nothing does; *says is a sentence. */
bool employer_notice_open(const struct setting *setting, const struct group *group, int64_t *order,
                          const char **says, struct fail *fail);
