/* provider.h: who else may say that somebody is who they say they are (OpenID Connect), as a
 * settings file names them.  Read once, before any thread is started; doc/running.md describes the
 * file. */
#pragma once
#include "base/fail.h"

#include <stddef.h>

enum { PROVIDERS_MOST = 8, PROVIDER_PROOFS = 8, PROVIDER_FILE_MOST = 64 * 1024 };

enum provider_asks {
    ASKS_ALWAYS, /* our second step is asked of whoever has one */
    ASKS_ACR,    /* not when the provider says one of these classes of proof */
    ASKS_AMR     /* not when it says one of these ways was used */
};

struct provider {
    const char *id;           /* our short name for it: small letters, digits, hyphens */
    const char *name;         /* as people know it */
    const char *issuer;       /* https://... */
    const char *client;       /* what we are to it */
    const char *secret;       /* never shown, never logged */
    const char *certificates; /* a file of those to trust in place of the machine's, or NULL */
    bool staff, parents;      /* who may come in with it */
    bool secret_in_form;      /* how the secret is sent: in the form, not in a header */
    enum provider_asks asks;
    const char *proofs[PROVIDER_PROOFS + 1]; /* for ASKS_ACR and ASKS_AMR; ends with NULL */
};

/* Reads the file, which only its owner may read.  Refused: provider_file, which says the line. */
bool provider_load(const char *path, struct fail *f);
void provider_forget(void);
size_t provider_count(void);
const struct provider *provider_at(size_t i);
/* NULL when there is none of that id. */
const struct provider *provider_find(const char *id);
