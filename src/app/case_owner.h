/* case_owner.h: who has a family, and who stands in.  (app/owner.h is about whose money a bank line
 * is.) */
#pragma once
#include "app/verb.h"

enum { HAND_OVER_NOTE_LEAST = 10 };

/* A family goes to an owner and a deputy (NULL: none), who must be accounts of people who work on
 * cases.  The note says what the next one must know; a first owner needs none. */
bool case_owner_set(const struct setting *s, int64_t pp, const char *owner, const char *deputy,
                    const char *note, struct fail *fail);
/* Families of somebody, or of nobody yet (from: ""), go to another, those that changed hands last
 * first; a transaction for each.  A case that the new owner may not open stays.  most: 0 is all of
 * them.  *families counts them. */
struct case_owner_moving {
    const char *from, *owner, *note;
    int64_t most;
};
bool case_owner_move(const struct setting *s, const struct case_owner_moving *moving,
                     int64_t *families, struct fail *fail);
