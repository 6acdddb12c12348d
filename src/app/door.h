/* door.h: who of those who work here may open which family's record, and who looked (B-1002).
 *
 * A role says what kind of page somebody may use (law/flow/access.flow).  The door says whose: an
 * account is barred from the cases of people it is close to.  Where there is no time to find
 * someone else a barred case is opened with a reason; that is an event of the case, ends by itself,
 * and someone else looks at it afterwards.  Everything read is written down. */
#pragma once
#include "app/verb.h"

enum {
    DOOR_REASON_LEAST = 20,      /* characters of a reason */
    DOOR_GLASS        = 60 * 60, /* seconds a barred case stays open */
    DOOR_QUARTER      = 15 * 60  /* seconds in which reading a page again is the same look */
};

/* Who asks, and when (seconds since 1970-01-01 UTC). */
struct opener {
    const char *account, *role;
    int64_t now;
};

enum door {
    DOOR_OPEN,
    DOOR_GLASS_OPEN, /* barred, and open for a while with a reason */
    DOOR_BARRED
};

/* Whether an opener may read a family: the paying parent, receiving parents and children in it. */
bool door_find(struct store *store, struct arena *arena, const struct opener *who, int64_t pp,
               enum door *door, struct fail *fail);

/* Bars an account from the cases of a person, or lifts that.  In the caller's transaction.
 * Refused: reason_missing, not_barred. */
bool door_bar(struct store *store, const char *account, int64_t person, const char *why,
              const struct opener *said_by, struct fail *fail);
bool door_lift(struct store *store, const char *account, int64_t person, struct fail *fail);

/* Opens a barred case for DOOR_GLASS seconds: an event of the family.  Refused: not_barred,
 * reason_short. */
bool door_break(const struct setting *s, int64_t pp, const struct opener *who, const char *why,
                struct fail *fail);
/* What someone else found about that: an event of the family.  Refused: no_such_glass, own_glass,
 * reviewed_before, finding_missing. */
bool door_review(const struct setting *s, int64_t pp, int64_t glass, const struct opener *who,
                 bool fair, const char *finding, struct fail *fail);

/* Writes down that a page of a family was read, unless it is written already for this quarter of an
 * hour: `read` may be a store that cannot write. */
bool door_look(struct store *read, struct store *write, const struct opener *who, int64_t pp,
               const char *page, struct fail *fail);
