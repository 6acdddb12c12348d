/* provider_token.h: what a provider says of somebody (OpenID Connect Core 1.0, 3.1.3.7), believed
 * only when every part of it holds.  No clock, no network, no store. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "web/provider.h"

#include <stdint.h>

enum {
    ID_TOKEN_MOST  = 16 * 1024,
    SUBJECT_MOST   = 255,
    ID_TOKEN_SLACK = 60,      /* seconds that its clock may be off */
    ID_TOKEN_AGE   = 10 * 60, /* seconds since it was made */
    RSA_LEAST      = 2048     /* bits */
};

struct token_asked {
    const struct provider *provider;
    const char *nonce; /* that we sent with the question */
    int64_t now;
};
/* Who it is, for the provider; and whether it says that one of our proofs was given (provider.h).
 */
struct token_said {
    const char *subject;
    bool proved;
};
/* Signed with RS256, PS256 or ES256 by a key of the set, and issuer, audience, authorized party,
 * time and nonce are as they must be.  keys: the provider's JWK set.  Refused: key_unknown (look
 * for a newer set), token_wrong, whose text says what for who runs the service. */
bool token_check(struct arena *a, const struct token_asked *asked, const char *token,
                 const char *keys, struct token_said *said, struct fail *f);
