/* gateway.h: whoever takes card payments for us, behind one small interface shaped like the public
 * API of GOV.UK Pay: create a payment, send the payer to its page, ask what became of it, cancel
 * it, give money back.  We are never told a card's number.
 *
 * Two implementations: over HTTPS (http.h), and one that is made up, in memory (simulated.h), which
 * `upkeep simulate card` also serves over HTTP.  Every call may be repeated: a payment is created
 * once for each `once`, a refund likewise. */
#pragma once
#include "base/date.h"
#include "base/fail.h"
#include "base/money.h"

#include <stdbool.h>

enum { GATEWAY_ID = 64, GATEWAY_LINK = 512 };

enum gateway_state {
    GATEWAY_OPEN, /* not finished */
    GATEWAY_PAID,
    GATEWAY_REFUSED,
    GATEWAY_CANCELLED,
    GATEWAY_EXPIRED
};

struct gateway_order {
    const char *once; /* the same for every attempt at the same payment */
    money amount;
    const char *reference;   /* is printed in the provider's file */
    const char *description; /* what the payer reads there */
    const char *back;        /* where the payer is sent afterwards */
};
/* What the provider says of a payment. */
struct gateway_answer {
    char id[GATEWAY_ID]; /* letters, digits, - and _ */
    enum gateway_state state;
    money amount;
    char reference[GATEWAY_ID];
    char next[GATEWAY_LINK]; /* the page on which it is paid; "" when it is not (any more) */
    bool has_taken_on;
    date taken_on; /* by the provider's clock, when it was paid */
};

/* Each call returns false with f filled.  FAIL_SYSTEM gateway_away: no answer; nothing is known,
 * try again.  FAIL_REFUSED gateway_refused: the provider does not do it.  FAIL_SYSTEM
 * gateway_strange: an answer that is none. */
struct gateway {
    void *context;
    bool (*create)(void *context, const struct gateway_order *order, struct gateway_answer *answer,
                   struct fail *f);
    bool (*look)(void *context, const char *id, struct gateway_answer *answer, struct fail *f);
    /* Refused when it is finished. */
    bool (*cancel)(void *context, const char *id, struct fail *f);
    /* once: as of an order.  Refused when there is not so much left of it. */
    bool (*refund)(void *context, const char *id, const char *once, money amount, struct fail *f);
    const char *page; /* the origin of its pages, "https://pay.example" */
    const char *home; /* our own address as the payer's browser has it, "https://upkeep.example" */
    const char *key;  /* what its notices are signed with; "" when it sends none */
};

/* The program's own gateway: set once, before any thread is started; NULL when there is none. */
const struct gateway *gateway_now(void);
void gateway_set(const struct gateway *gateway);
/* Whether a link leads to one of the provider's pages. */
bool gateway_leads(const struct gateway *gateway, const char *link);
/* The state with a word of the API's: the payment's status, and the code of one that failed. */
bool gateway_state_find(const char *status, const char *code, enum gateway_state *state);
