/* second.h: the second factor of an account: an app's codes (totp.h), and recovery codes on paper.
 * The app's secret is kept sealed (key.h); without the key the feature is off, and who has it
 * already gets in with a recovery code.  Codes are kept hashed. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "store/store.h"
#include "web/totp.h"

#include <stdint.h>

enum {
    SECOND_GRACE =
        14 * 24 * 60 * 60, /* seconds from an account's making until staff must have it */
    RECOVERY_CODES = 10
};

/* How an account stands. */
struct second {
    bool active;
    int64_t since, left; /* set up when; recovery codes left */
};
/* Whether somebody who works here (person 0) should have one by now; made_at: when the account was.
 */
bool second_is_overdue(int64_t person, bool has, int64_t made_at, int64_t now);
bool second_get(struct store *s, const char *account, struct second *second, struct fail *f);

/* Makes a secret, which counts for nothing until second_confirm.  Refused: no_key. */
bool second_start(struct store *s, const char *account, int64_t now, struct fail *f);
/* That secret; *found false when none waits or it cannot be opened. */
bool second_waiting(struct store *s, const char *account, unsigned char secret[TOTP_SECRET],
                    bool *found, struct fail *f);
/* The app shows the right code: its secret counts from now on, instead of any before; codes are the
 * recovery codes, shown once.  Refused: code_wrong. */
bool second_confirm(struct store *s, struct arena *a, const char *account, const char *typed,
                    int64_t now, const char *codes[RECOVERY_CODES], struct fail *f);
/* Takes a code of the app or a recovery code, each once.  Refused: code_wrong, no_key. */
bool second_check(struct store *s, const char *account, const char *typed, int64_t now,
                  struct fail *f);
/* New recovery codes instead of all that are left. */
bool second_codes(struct store *s, struct arena *a, const char *account,
                  const char *codes[RECOVERY_CODES], struct fail *f);
/* The account has no second factor any more. */
bool second_end(struct store *s, const char *account, struct fail *f);
