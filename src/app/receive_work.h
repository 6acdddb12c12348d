/* receive_work.h: what recording (receive.c), taking back (receive_back.c) and matching what is in
 * suspense (receive_match.c) share; for those files and who names a statement's line as they do. */
#pragma once
#include "app/owner.h"
#include "app/receive.h"

#define FROM_SUSPENSE " (from suspense)" /* ends the reference of a family's copy of a receipt */

/* A line that came in and whose it is. */
struct arrived {
    const struct feed_line *line;
    struct receipt_result *result;
    const char **refused;
    const char *key;
    struct owner owner;
    const struct fence *fence; /* what it is for; NULL: nothing in particular */
    size_t order;              /* of its line */
};

/* "ACCOUNT/REFERENCE": a line of a statement is recorded once under it. */
const char *receipt_key(const struct feed_line *line, struct arena *arena);
/* Gives a receipt its number and adds it to the verb. */
void receipt_row_add(struct verb *verb, struct sql_receipt_insert_in *in);
/* What a receipt is for; NULL: nothing in particular. */
void receipt_fence_add(struct verb *verb, struct group *group, int64_t receipt,
                       const struct fence *fence);
/* A receipt that is in suspense; refuses (not_in_suspense) any other. */
bool receipt_in_suspense(const struct setting *setting, int64_t receipt,
                         struct sql_receipt_suspense_row *row, struct fail *fail);
/* A line by which the bank takes a payment back, whole. */
bool receipt_debit(const struct setting *setting, const struct feed_line *line,
                   struct receipt_result *result, struct fail *fail);
/* One payment for several families, recorded in suspense: each gets its part, as it was announced.
 * Where one of them cannot be worked on today all of it stays in suspense. */
bool receipt_share(const struct setting *setting, const struct arrived *arrived, struct fail *fail);
