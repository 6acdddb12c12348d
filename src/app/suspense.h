/* suspense.h: the work list of money that came in and nobody has been found for (B-220): how long
 * it has waited, and whose it may be. */
#pragma once
#include "app/group.h"

/* How long, in working days after the bank booked it; the bounds are law's (suspense_ages). */
enum suspense_age { SUSPENSE_NEW, SUSPENSE_IN_HAND, SUSPENSE_LATE, SUSPENSE_OLD, SUSPENSE_AGES };

enum { SUSPENSE_HINTS = 3 };
/* A paying parent the money may be from, and why, in words that tell nothing else of them. */
struct suspense_hint {
    int64_t pp;
    const char *ref, *name, *why;
};
struct suspense_item {
    const struct sql_receipt_suspense_row *receipt;
    bool is_payment;  /* of ours, that came back */
    const char *note; /* what is known of it otherwise, and what to do; NULL: nothing */
    int32_t days;     /* working days */
    enum suspense_age age;
    struct suspense_hint hints[SUSPENSE_HINTS];
    size_t hint_count;
    bool many; /* more people than can be told */
};
struct suspense {
    struct suspense_item *at; /* the oldest first */
    size_t n;
    money total, amount[SUSPENSE_AGES];
    size_t number[SUSPENSE_AGES];
};

/* What is in suspense now, aged as at today.  Hints are looked for on the items from `first` up to
 * before `end`: each costs some look-ups. */
bool suspense_list(struct store *store, struct arena *arena, date today, size_t first, size_t end,
                   struct suspense *suspense, struct fail *fail);
/* "0 to 2 working days", "more than 30 working days". */
const char *suspense_age_words(struct arena *arena, enum suspense_age age, date today);
/* "new", "in hand", "late", "old". */
const char *suspense_age_name(enum suspense_age age);
