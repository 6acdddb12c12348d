/* provider_fetch.h: one question to a provider over HTTPS: its certificate is checked, no other
 * protocol is spoken, no redirect is followed, and its answer has a most and a time. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "web/provider.h"

#include <stdint.h>

enum {
    FETCH_CONNECT = 5,          /* seconds until it must have answered the telephone */
    FETCH_SECONDS = 10,         /* and said everything */
    FETCH_MOST    = 256 * 1024, /* bytes of an answer */
    FETCH_ADDRESS = 1000        /* and of an address it names */
};

struct fetch {
    const struct provider *provider;
    const char *url;
    const char *form; /* posted; NULL: asked for */
    bool with_secret; /* it is told the client and the secret, in a header */
};
/* The answer, in the arena.  Refused: provider_silent, provider_wrong, in words for who signs in;
 * what was wrong goes to standard error, without what was sent or said. */
bool provider_fetch(struct arena *a, const struct fetch *fetch, const char **answer,
                    struct fail *f);
/* What is wrong with a provider: a line for who runs the service, a refusal for who signs in. */
bool provider_fault(const struct provider *provider, const char *what, struct fail *f);
