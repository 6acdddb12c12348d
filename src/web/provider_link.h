/* provider_link.h: which account a provider's word opens, and browsers that were sent to one.
 *
 * An account is known to a provider by issuer and subject, never by a name or an e-mail address.
 * Nothing here makes an account or gives a role. */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "store/store.h"
#include "web/provider.h"

#include <stdint.h>

enum { PROVIDER_AWAY = 15 * 60 /* seconds to come back in */ };

/* Why a browser was sent. */
struct provider_start {
    const char *provider;
    const char *account; /* the account that is to be connected; "" for somebody who signs in */
    const char *next;    /* a path of our own to go to then, or "" */
};
/* Notes it under the token that the browser holds. */
bool provider_start_put(struct store *s, const char *token, const struct provider_start *start,
                        int64_t now, struct fail *f);
bool provider_start_find(struct store *s, struct arena *a, const char *token, int64_t now,
                         struct provider_start *start, bool *found, struct fail *f);
/* It is back, once: *taken false when it was already. */
bool provider_start_take(struct store *s, const char *token, bool *taken, struct fail *f);

/* The account of somebody; *found false when there is none. */
struct linked {
    const char *account;
    bool active, staff;
};
bool link_find(struct store *s, struct arena *a, const char *issuer, const char *subject,
               struct linked *linked, bool *found, struct fail *f);

/* What is connected to what, and who says so. */
struct link_new {
    const char *issuer, *subject, *account, *by;
    int64_t now;
};
/* Refused: account_name, linked_already, linked_elsewhere, link_subject. */
bool link_put(struct store *s, const struct link_new *link, struct fail *f);
/* The account's connection to the issuer ends, and with it every session of the account.  Refused:
 * not_linked. */
bool link_end(struct store *s, const struct link_new *link, struct fail *f);
