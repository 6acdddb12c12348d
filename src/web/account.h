/* account.h: people who work here and their passwords (Argon2id, 64 MiB, two passes). */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "store/store.h"

#include <stdint.h>

enum {
    PASSWORD_LEAST    = 12,
    PASSWORD_MOST     = 128,
    ACCOUNT_NAME_MOST = 40,
    FAILURES_MOST     = 5,
    LOCK_SECONDS      = 15 * 60
};

/* Someone who may sign in.  person: whose own account it is, for the roles of parents, children and
 * representatives; 0 for someone who works here. */
struct account_new {
    const char *name, *role, *password;
    int64_t person;
};
/* Adds an account.  Refused: account_name, account_role, account_person (a person is missing or too
 * much), password_short, password_long, exists. */
bool account_add(struct store *s, const struct account_new *account, int64_t now, struct fail *f);
/* True when name and password belong together and the account may sign in now.  Refused:
 * sign_in_wrong (which of the two is never said) and sign_in_locked, after FAILURES_MOST wrong
 * passwords in a row, for LOCK_SECONDS.  An unknown name takes as long as a known one and is
 * answered alike.  Needs a store that may write. */
bool account_check(struct store *s, const char *name, const char *password, int64_t now,
                   struct fail *f);
bool account_password_set(struct store *s, const char *name, const char *password, struct fail *f);
/* Closes an account and ends its sessions, or opens it again. */
bool account_active_set(struct store *s, const char *name, bool active, struct fail *f);
/* A random password of six groups of four letters, about 117 bits. */
const char *account_password_new(struct arena *a);
