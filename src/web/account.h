/* account.h: who may sign in, and their passwords (Argon2id, 64 MiB, two passes). */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "store/store.h"
#include "web/attempt.h"

#include <stdint.h>

enum {
    PASSWORD_LEAST    = 12,
    PASSWORD_MOST     = 128,
    ACCOUNT_NAME_MOST = 40,
    ACCOUNT_HASH      = 128 /* bytes of a password's hash, at most */
};

#define ROLE_OF_REPRESENTATIVE "representative"

/* Someone who may sign in.  person: whose own account it is, for the roles of parents and children;
 * 0 for someone who works here, and for a representative (app/authority.h). */
struct account_new {
    const char *name, *role, *password;
    int64_t person;
};
/* Adds an account.  Refused: account_name, account_role, account_person (a person is missing or too
 * much), password_short, password_long, exists. */
bool account_add(struct store *s, const struct account_new *account, int64_t now, struct fail *f);
/* The same in two: what is slow and needs no store, then the row, in the caller's transaction. */
bool account_prepare(const struct account_new *account, char hash[ACCOUNT_HASH], struct fail *f);
bool account_insert(struct store *s, const struct account_new *account, const char *hash,
                    int64_t now, struct fail *f);
/* A name as somebody typed it: without capitals. */
const char *account_name_typed(struct arena *a, const char *typed);
/* True when the account that `who` names and the password belong together and it is not closed.
 * Refused: sign_in_wrong (which of the two is never said), attempts_many.  An unknown name takes as
 * long as a known one and is answered alike.  Needs a store that may write; the caller says
 * attempt_pass when the person is in. */
bool account_check(struct store *s, const struct attempt *who, const char *password,
                   struct fail *f);
bool account_password_set(struct store *s, const char *name, const char *password, struct fail *f);
/* Closes an account and ends its sessions, or opens it again. */
bool account_active_set(struct store *s, const char *name, bool active, struct fail *f);
/* A random password of six groups of four letters, about 117 bits. */
const char *account_password_new(struct arena *a);
