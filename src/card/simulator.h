/* simulator.h: a made-up card provider as a server: the API that http.h speaks, the page on which
 * the payer gives a card, notices, and its file of what was taken. */
#pragma once
#include "base/fail.h"

#include <stdint.h>

struct simulator_options {
    uint16_t port;      /* on 127.0.0.1; 0: any that is free */
    const char *page;   /* the origin of its pages; NULL: http://127.0.0.1:PORT */
    const char *secret; /* the API's key */
    const char *notify; /* where notices go; NULL: it sends none */
    const char *key;    /* what they are signed with */
    int64_t expires;    /* seconds in which a payment can be finished; 0: as usual */
};
/* Serves until SIGINT or SIGTERM.  Says on standard error where it listens. */
bool simulator_run(const struct simulator_options *options, struct fail *f);
