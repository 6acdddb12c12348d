/* totp.h: one-time codes of an authenticator app (RFC 6238: SHA-1, 30 seconds, 6 digits). */
#pragma once
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TOTP_SECRET  = 20, /* bytes of a secret: as many as SHA-1 gives */
    TOTP_SECONDS = 30,
    TOTP_DIGITS  = 6,
    TOTP_DRIFT   = 1 /* steps a clock may be off, either way */
};

/* The step a moment is in. */
int64_t totp_step(int64_t now);
/* The code of a step: `digits` digits (6 in use, 8 in the standard's own examples). */
const char *totp_code(struct arena *a, const unsigned char *secret, size_t n, int64_t step,
                      int digits);
/* The newest step near `now` whose code was typed (spaces are nothing); 0: none. */
int64_t totp_find(const unsigned char secret[TOTP_SECRET], const char *typed, int64_t now);
/* A secret as people type it (base 32, groups of four), and as an app reads it from a picture. */
const char *totp_words(struct arena *a, const unsigned char secret[TOTP_SECRET]);
const char *totp_uri(struct arena *a, const unsigned char secret[TOTP_SECRET], const char *account);
