/* visitor.c: one table of fixed size, one lock. */
#include "web/visitor.h"

#include "base/bug.h"
#include "web/session.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

struct place {
    char token[TOKEN_TEXT];
    int64_t seen;
    struct answers answers;
};
static struct place places[VISITORS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct place *find(const char *token)
{
    for (int i = 0; *token && i < VISITORS; i++)
        if (places[i].token[0] == token[0] && token_same(places[i].token, token)) return &places[i];
    return NULL;
}

static void wipe(struct place *p)
{
    sodium_memzero(p, sizeof *p);
}

bool visitor_load(const char *token, int64_t now, struct answers *answers)
{
    pthread_mutex_lock(&lock);
    struct place *p = find(token);
    bool found      = p && now - p->seen < VISITOR_IDLE;
    if (found) {
        *answers = p->answers;
        p->seen  = now;
    } else if (p) {
        wipe(p);
    }
    pthread_mutex_unlock(&lock);
    return found;
}

void visitor_save(const char *token, int64_t now, const struct answers *answers)
{
    BUG_UNLESS(strlen(token) == TOKEN_TEXT - 1);
    pthread_mutex_lock(&lock);
    struct place *p = find(token), *oldest = &places[0];
    for (int i = 0; i < VISITORS; i++) {
        if (places[i].token[0] && now - places[i].seen >= VISITOR_IDLE) wipe(&places[i]);
        if (places[i].seen < oldest->seen) oldest = &places[i];
    }
    p = p && p->token[0] ? p : oldest;
    memcpy(p->token, token, TOKEN_TEXT);
    p->seen    = now;
    p->answers = *answers;
    pthread_mutex_unlock(&lock);
}

void visitor_wipe(const char *token)
{
    pthread_mutex_lock(&lock);
    struct place *p = find(token);
    if (p) wipe(p);
    pthread_mutex_unlock(&lock);
}
