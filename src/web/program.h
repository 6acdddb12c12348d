/* program.h: what a program shows instead of a session: a token that somebody with an account made
 * for it.  The program holds 256 random bits, the database their hash; it opens what its scopes say
 * and never more than the account itself may. */
#pragma once
#include "page.h"
#include "web/session.h"

enum {
    PROGRAM_NAME_MOST = 60,
    PROGRAM_DAYS_MOST = 366,
    PROGRAM_MOST      = 20, /* of one account, at a time */
    PROGRAM_TOUCH     = 60  /* `seen` is written at most this often, in seconds */
};
#define PROGRAM_PREFIX                                                                             \
    "upkeep_" /* so that one that was left lying about is known for what it is                     \
               */

/* What a token may be good for: each a bit in its scopes. */
enum scope {
    SCOPE_CALCULATE,
    SCOPE_CASE_READ,
    SCOPE_MONEY_READ,
    SCOPE_LETTER_READ,
    SCOPE_WORK_READ,
    SCOPE_EVENTS_READ,
    SCOPE_FACT_WRITE,
    SCOPE_DECISION_WRITE,
    SCOPE_MONEY_WRITE,
    SCOPE_OWN_READ,
    SCOPE_OWN_WRITE,
    SCOPES
};
struct scope_entry {
    const char *name;        /* case.read */
    enum page_access access; /* the kind of page an account must have the right to */
    const char *sentence;    /* for the person who gives it */
};
extern const struct scope_entry scope_table[SCOPES];
/* SCOPES for an unknown name. */
enum scope scope_find(const char *name);
/* "case.read money.read" */
const char *scope_words(struct arena *a, uint32_t scopes);

struct program_new {
    const char *account, *name; /* name: what it is for */
    uint32_t scopes;
    int64_t days; /* it is good for */
};
/* Makes a token; *token is shown once.  In the caller's transaction.  Refused: token_name,
 * token_scope (none, or more than the account's role may), token_days, tokens_many. */
bool program_add(struct store *s, struct arena *a, const struct program_new *new, int64_t now,
                 const char **token, struct fail *f);

struct program {
    int64_t number;
    const char *name;
    uint32_t scopes;
    int64_t seen;
};
/* The account a token speaks for, as a session; not signed in when the token is none, has ended or
 * was revoked, or its account is closed. */
bool program_find(struct store *s, struct arena *a, const char *token, int64_t now,
                  struct session *session, struct program *program, struct fail *f);
/* Notes its use, at most every PROGRAM_TOUCH seconds; needs a store that may write. */
bool program_touch(struct store *s, const struct program *program, const char *account, int64_t now,
                   struct fail *f);
/* Ends a token of an account.  In the caller's transaction.  Refused: no_such_token. */
bool program_revoke(struct store *s, const char *account, int64_t number, int64_t now,
                    struct fail *f);
