/* simulated.h: a card provider that is made up: payments in memory, and cards whose numbers say
 * what becomes of them.  For tests, rehearsals and demonstrations; `upkeep simulate card` serves
 * it. */
#pragma once
#include "card/gateway.h"

#include <stddef.h>
#include <stdint.h>

enum { SIMULATED_MOST = 10000 };

/* What becomes of a payment with a card. */
enum simulated_card {
    CARD_PAYS,
    CARD_PAYS_LATE, /* SIMULATED_LATE seconds pass before the provider says so */
    CARD_REFUSED,
    CARD_EXPIRED,
    CARD_CARDS
};
enum { SIMULATED_LATE = 20, SIMULATED_EXPIRES = 90 * 60 };
struct simulated_number {
    const char *number, *does; /* does: a few words for its page */
    enum simulated_card card;
};
extern const struct simulated_number simulated_numbers[CARD_CARDS];
/* The card with a number, spaces left out; false when it is none of them. */
bool simulated_card_find(const char *number, enum simulated_card *card);

struct simulated_payment {
    char id[GATEWAY_ID], once[GATEWAY_ID], reference[GATEWAY_ID], refund[GATEWAY_ID];
    char description[256], back[GATEWAY_LINK];
    money amount, refunded;
    enum gateway_state state;
    int64_t made, paid_at; /* seconds; paid_at 0: no card was given */
    date taken_on;
};
struct simulated {
    struct gateway gateway; /* its context is this */
    char page[GATEWAY_LINK];
    int64_t (*now)(void); /* seconds since 1970-01-01 UTC */
    int64_t expires;      /* seconds in which a payment can be finished */
    int64_t away_until;   /* no call is answered before */
    bool loses;           /* the next call is done, and its answer lost */
    struct simulated_payment *payments;
    size_t n;
};

/* A provider whose pages are at `page`; at most SIMULATED_MOST payments. */
void simulated_open(struct simulated *s, const char *page, int64_t (*now)(void));
void simulated_close(struct simulated *s);
/* A payment by its number, as it is now; NULL when there is none. */
struct simulated_payment *simulated_find(struct simulated *s, const char *id);
/* The payer gives a card, or cancels on the provider's page.  Nothing happens to a payment that is
 * finished, or for which a card was given. */
void simulated_pay(struct simulated *s, struct simulated_payment *p, enum simulated_card card);
void simulated_leave(struct simulated_payment *p);
