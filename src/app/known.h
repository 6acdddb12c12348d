/* known.h: whether people in an online application are in the record already, or in another one:
 * somebody who applies twice, both parents for the same children, a family that has a case.  Told
 * to who takes the application up and to nobody else (doc/apply.md). */
#pragma once
#include "app/online.h"

/* At most so many are found; where there are more, the search by name has them. */
enum { KNOWN_MOST = 50 };

struct known {
    int64_t application; /* another online application; 0: of the record */
    int64_t pp;          /* the family; 0 where it is an application */
    const char *ref;     /* the person's reference, or the application's */
    const char *name;    /* as it stands there */
    bool same_born;      /* else a date of birth is missing on one side */
    date born;
    int32_t state; /* of an application */
};
/* Who has a word of the first and one of the last name in common with somebody in the application,
 * and no other date of birth; those with the same one first.  The list is the arena's. */
bool known_find(struct store *store, struct arena *arena, const struct online *online,
                struct known **list, size_t *n, struct fail *fail);
