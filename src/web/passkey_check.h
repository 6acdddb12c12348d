/* passkey_check.h: what a browser says of a passkey (Web Authentication, level 2, sections 7.1 and
 * 7.2), believed only when every part of it holds.  No clock, no store.
 *
 * No attestation is asked for: which make of device holds the key is nobody's to choose here, so a
 * new passkey's first proof is the first time it signs in. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "store/statement.h"

#include <stdint.h>

enum {
    PASSKEY_ID_MOST    = 1023, /* bytes */
    PASSKEY_PART_MOST  = 4000, /* characters of what a browser sends, each part */
    PASSKEY_CODES_MOST = 3     /* ways of signing */
};

/* What must be in it. */
struct passkey_asked {
    const char *challenge; /* as it was given to the browser, a text */
    const char *origin;    /* "https://upkeep.example" */
    const char *rp;        /* "upkeep.example" */
};
/* What a browser sent, each in base64url. */
struct passkey_sent {
    const char *client_data, *authenticator_data;
    int64_t algorithm;     /* of a new one: COSE's number */
    const char *signature; /* of one that is used */
};
struct passkey_key {
    struct blob id, key;
    int64_t algorithm, counter;
};
/* A new passkey.  Refused: passkey_wrong, whose text says what. */
bool passkey_new_check(struct arena *a, const struct passkey_asked *asked,
                       const struct passkey_sent *sent, struct passkey_key *key, struct fail *f);
/* A passkey is used, by somebody it has verified; *counter is its new count.  Refused:
 * passkey_wrong, also for a count that goes back, which a copied key would show. */
bool passkey_use_check(struct arena *a, const struct passkey_asked *asked,
                       const struct passkey_sent *sent, const struct passkey_key *key,
                       int64_t *counter, struct fail *f);
/* Bytes of a text in base64url; at is NULL when it is none, or longer than PASSKEY_PART_MOST. */
struct blob passkey_bytes(struct arena *a, const char *text);
