/* approval.h: what harms a parent or costs money is asked for, kept with what it would do, and done
 * only when a second person approves it (machine approval, B-1003).
 *
 * Asking, and every answer, is an event of the family.  An approval does the act in the name of
 * whoever asked, in the same transaction and just before its own event.  If it would by then do
 * anything else than was shown it is refused (still_true), and must be asked for again. */
#pragma once
#include "app/approval_act.h"

/* Keeps it, with what it would do (effect: of the act done and rolled back).  What the same person
 * asked for before of the same act, and nobody answered, is overtaken.  Refused: why_missing,
 * asked_before. */
bool approval_ask(const struct setting *setting, int64_t pp, const struct approval_act *act,
                  const struct approval_effect *effect, const char *why, int64_t *ask,
                  struct fail *fail);

/* An answer of setting->actor to what was asked; ask 0: the newest that waits. */
struct approval_answer {
    int64_t ask;
    enum approval_event event; /* approve, refuse, withdraw, or overtake */
    const char *role;          /* of the actor */
    const char *reason;        /* NULL or "" only for approve and overtake */
};
/* Refused: no_such_ask, answered_before, reason_missing; another, right_role, still_true (the
 * guards of the machine).  After still_true nothing is changed: the caller rolls back, and says
 * overtake. */
bool approval_answer(const struct setting *setting, int64_t pp,
                     const struct approval_answer *answer, struct fail *fail);
/* Does an act where the law's table lets one person, else asks (ask: its event; 0: done).  In the
 * caller's transaction, in which nothing was written yet: to look what it would do, it is begun
 * anew. */
bool approval_do(const struct setting *setting, int64_t pp, const struct approval_act *act,
                 const char *why, int64_t *ask, struct fail *fail);
