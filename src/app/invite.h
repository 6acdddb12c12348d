/* invite.h: a parent's way to an account of their own, and that of a child who may apply in
 * Scotland.  A code is made for one person in one role; whoever has it and the person's
 * reference may open the account, once, until the code's last moment.  A later invitation of the
 * same person ends the one before.  Both steps are events of the family; codes are kept hashed
 * (web/code.h).  Nothing here says of a code why it does not open: what is not there, used, too old
 * or wrong is refused alike. */
#pragma once
#include "app/verb.h"

enum { INVITATION_DAYS = 28 };

enum invite_state {
    INVITE_NONE,    /* never asked, or asked and too late */
    INVITE_WAITING, /* a code is out */
    INVITE_ACCOUNT  /* there is an account */
};

/* Someone of a family who may be invited. */
struct invitee {
    const char *ref, *role; /* role NULL: neither a parent of this family nor a child old enough */
    int64_t until;          /* of the code that is out; seconds since 1970-01-01 UTC */
    enum invite_state state;
};
/* A person of a family, as at `now`.  Refused: no_such_person. */
bool invite_find(const struct setting *s, int64_t pp, int64_t person, int64_t now,
                 struct invitee *invitee, struct fail *fail);

/* Makes an invitation whose code has this hash: an event of the family.  Refused: no_such_person,
 * not_a_parent, has_account. */
bool invite_make(const struct setting *s, int64_t pp, int64_t person, struct blob code, int64_t now,
                 struct fail *fail);

/* An invitation that is out. */
struct invitation {
    int64_t pp, event, person;
    const char *role;
    struct blob code;
};
/* The invitation that is out for the person of a reference; *found false when there is none. */
bool invite_open(struct store *store, struct arena *arena, const char *ref, int64_t now,
                 struct invitation *invitation, bool *found, struct fail *fail);
/* It is used for an account: an event of the family.  Inside a transaction that is open since the
 * invitation was read. */
bool invite_use(const struct setting *s, const struct invitation *invitation, const char *account,
                struct fail *fail);
