/* rate.c: one table of fixed size, a few places for each subject, one lock. */
#include "web/rate.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum { PLACES = 8192, WAYS = 4 };

struct place {
    unsigned char subject[16]; /* its hash; the table keeps no address */
    int64_t since;
    int number;
};
static struct place places[PLACES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The place of a subject: its own, or that which was begun the longest ago. */
static struct place *place_of(const unsigned char hash[16])
{
    uint32_t first;
    struct place *oldest;

    memcpy(&first, hash, sizeof first);
    first  = first % (PLACES / WAYS) * WAYS;
    oldest = &places[first];
    for (uint32_t i = first; i < first + WAYS; i++) {
        if (!memcmp(places[i].subject, hash, sizeof places[i].subject)) return &places[i];
        if (places[i].since < oldest->since) oldest = &places[i];
    }
    *oldest = (struct place){ .number = 0 };
    memcpy(oldest->subject, hash, sizeof oldest->subject);
    return oldest;
}

bool rate_take(const char *subject, int64_t now, int most, int64_t *wait)
{
    unsigned char hash[16];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)subject, strlen(subject), NULL, 0);
    pthread_mutex_lock(&lock);
    struct place *p = place_of(hash);
    if (now - p->since >= RATE_SECONDS || now < p->since) {
        p->since  = now;
        p->number = 0;
    }
    bool may = p->number < most;
    p->number += may;
    *wait = p->since + RATE_SECONDS - now;
    pthread_mutex_unlock(&lock);
    return may;
}
