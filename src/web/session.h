/* session.h: who is signed in.  The browser holds 256 random bits; the database holds their hash,
 * so a copy of it opens no session. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "store/store.h"

#include <stdint.h>

enum {
    TOKEN_BYTES   = 32,
    TOKEN_TEXT    = 2 * TOKEN_BYTES + 1,
    SESSION_IDLE  = 30 * 60,      /* seconds without use */
    SESSION_MOST  = 10 * 60 * 60, /* seconds from signing in */
    SESSION_WAIT  = 10 * 60,      /* seconds from the password to the second factor */
    SESSION_TOUCH = 60            /* `seen` is written at most this often */
};

struct session {
    bool signed_in;
    bool waits;   /* the password was given, the second factor not yet: not signed in */
    bool overdue; /* must set up a second factor before anything else (second.h) */
    const char *account, *role;
    int64_t person; /* whose own account it is, or for whom a representative acts on a page (own.c);
                       0: someone who works here */
    int64_t acts_for;  /* of a representative: the person they turned to (acting.h); 0: nobody */
    uint32_t rights;   /* bits 1 << enum page_access */
    const char *token; /* as the browser holds it */
    /* Of an employer without an account: its twelve digits, and the order whose code it came with;
     * NULL for everyone with an account. */
    const char *employer;
    int64_t family, order;
};

/* A new random token as text; buffer holds TOKEN_TEXT bytes; returned. */
char *token_new(char *buffer);
/* A token for one end, derived from the browser's secret one, which it does not tell. */
const char *token_for(struct arena *a, const char *token, const char *use);
/* The one that proves a form is ours. */
const char *token_for_forms(struct arena *a, const char *token);
/* Compares without telling by time where they differ; both texts. */
bool token_same(const char *a, const char *b);

/* The session this token opens at `now`, or none (not signed in, timed out, account closed).  A
 * failure of the store is false. */
bool session_find(struct store *s, struct arena *a, const char *token, int64_t now,
                  struct session *session, struct fail *f);
/* Notes the use of a session, if the last note is SESSION_TOUCH old; needs a store that may write.
 */
bool session_touch(struct store *s, const char *token, int64_t now, struct fail *f);
bool session_start(struct store *s, struct arena *a, const char *account, int64_t now,
                   const char **token, struct fail *f);
/* The same of who must still give the second factor: it opens nothing but that. */
bool session_wait(struct store *s, struct arena *a, const char *account, int64_t now,
                  const char **token, struct fail *f);
/* A representative turns to a person, or to nobody (0). */
bool session_act(struct store *s, const char *token, int64_t person, struct fail *f);
bool session_end(struct store *s, const char *token, struct fail *f);
/* As a token is kept: its hash, in the arena. */
struct blob session_token_kept(struct arena *a, const char *token);
bool session_end_all(struct store *s, const char *account, struct fail *f);

/* A session that may still be used. */
struct session_open {
    int64_t started, seen;
    bool is_this;
};
/* Those of the account that is signed in, the newest first. */
bool session_list(struct store *s, struct arena *a, const struct session *session, int64_t now,
                  struct session_open **open, size_t *n, struct fail *f);

/* The rights of a role by law/flow/access.flow: bits 1 << enum page_access; 0 for an unknown role.
 */
uint32_t role_rights(const char *role);
