/* provider_ask.h: the talk with a provider (OpenID Connect Discovery 1.0 and Core 1.0, 3.1): what
 * it has at which address, which keys it signs with, and who came with a code.  What it has and its
 * keys are kept for an hour; a key that is not among them is looked for anew, every five seconds at
 * most.
 */
#pragma once
#include "web/later.h"
#include "web/provider_token.h"

enum { PROVIDER_KEPT = 60 * 60, PROVIDER_KEYS_ANEW = 5 /* seconds */ };

struct provider_ask {
    struct later later; /* run is provider_ask_run */
    struct arena *arena;
    const struct provider *provider;
    int64_t now;
    const char *code; /* NULL: only whether it answers, and where it has what */
    const char *verifier, *nonce, *redirect;
    /* What came of it. */
    bool good;
    struct fail fail;
    struct token_said said;
};
void provider_ask_run(struct later *later);

/* Where somebody is sent to sign in.  NULL when it has not been asked yet. */
struct provider_visit {
    const char *state, *nonce, *verifier, *redirect;
};
const char *provider_where(struct arena *a, const struct provider *p,
                           const struct provider_visit *visit);
/* Whether the answer may come without saying whose it is (RFC 9207), and if it says, rightly. */
bool provider_issuer_good(const struct provider *p, const char *said);
