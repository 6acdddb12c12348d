/* authority.h: who may act for a parent (doc/access.md).
 *
 * A parent, or a caseworker who has seen what shows it, gives somebody an authority: what they may
 * do, until which day.  It is taken up with a one-time code by an account of the role
 * representative, which has no case of its own and may hold authorities of many people.  The person
 * sees each of theirs and ends it when they like.  Giving, taking up and ending are events of the
 * family; codes are kept hashed (web/code.h). */
#pragma once
#include "app/verb.h"

enum {
    AUTHORITY_MONTHS    = 12, /* the longest; it can be given again */
    AUTHORITY_CODE_DAYS = 28
};

/* What a representative is to the person. */
enum authority_basis {
    AUTHORITY_FAMILY,
    AUTHORITY_ADVISER,
    AUTHORITY_SOLICITOR,
    AUTHORITY_ATTORNEY, /* by a power of attorney, or a court's order */
    AUTHORITY_APPOINTEE,
    AUTHORITY_BASES
};
extern const char *const authority_basis_words[AUTHORITY_BASES];  /* in the database, in forms */
extern const char *const authority_basis_labels[AUTHORITY_BASES]; /* for a page */

enum authority_scope {
    AUTHORITY_READ, /* see what the person sees */
    AUTHORITY_ACT,  /* and tell us what the person could tell us */
    AUTHORITY_SCOPES
};
extern const char *const authority_scope_words[AUTHORITY_SCOPES];

struct authority_order {
    int64_t person;
    const char *name; /* of the representative */
    enum authority_basis basis;
    enum authority_scope scope;
    int64_t months;       /* how long, from today */
    struct blob code;     /* hash of the one-time code */
    const char *evidence; /* what a caseworker saw; NULL where the person gives it */
    int64_t now;          /* seconds since 1970-01-01 UTC */
};
/* Gives an authority: an event of the family.  Refused: no_such_person (not a parent of this
 * family), months_wrong, evidence_missing. */
bool authority_give(const struct setting *s, int64_t pp, const struct authority_order *order,
                    struct fail *fail);

enum authority_state {
    AUTHORITY_OUT,  /* its code is not used yet */
    AUTHORITY_LIVE, /* somebody acts by it */
    AUTHORITY_LATE, /* its code was never used */
    AUTHORITY_OVER, /* its last day is past */
    AUTHORITY_ENDED
};
struct authority {
    struct sql_authority_list_row row;
    enum authority_basis basis;
    enum authority_scope scope;
    enum authority_state state;
};
/* All that a person ever gave, the newest first, as on a day and at a moment. */
bool authority_list(const struct setting *s, int64_t person, int64_t now, struct authority **list,
                    size_t *n, struct fail *fail);
/* The same of the person of a reference; none where there is no such person. */
bool authority_list_of(const struct setting *s, const char *ref, int64_t now,
                       struct authority **list, size_t *n, struct fail *fail);

/* Takes one up for an account, in the caller's transaction: an event of the family.  Refused:
 * authority_gone (it is not out any more). */
bool authority_take(const struct setting *s, const struct authority *authority, const char *account,
                    struct fail *fail);
/* Ends one: an event of the family.  Refused: authority_gone (over, or ended before). */
bool authority_end(const struct setting *s, const struct authority *authority, struct fail *fail);

/* For whom an account acts on a day. */
struct acting {
    int64_t pp, person; /* pp: the family in which it was given */
    const char *ref, *given, *family;
    enum authority_scope scope;
    date until;
};
bool authority_acting(const struct setting *s, const char *account, struct acting **list, size_t *n,
                      struct fail *fail);
