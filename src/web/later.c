/* later.c: one line of work, a few threads. */
#include "web/later.h"

#include "base/bug.h"

#include <pthread.h>
#include <stdatomic.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake  = PTHREAD_COND_INITIALIZER;
static pthread_t threads[LATER_THREADS];
static struct later *first, *last;
static int waiting;
static bool runs;
static atomic_bool stops;

static struct later *next_take(void)
{
    struct later *l;

    pthread_mutex_lock(&lock);
    while (!first && runs)
        pthread_cond_wait(&wake, &lock);
    l = first;
    if (l) {
        first = l->next;
        last  = first ? last : NULL;
        waiting--;
        l->refused = !runs;
    }
    pthread_mutex_unlock(&lock);
    return l;
}

static void *work(void *unused)
{
    for (struct later *l; (l = next_take());) {
        if (!l->refused) l->run(l);
        l->done(l->context);
    }
    return unused;
}

void later_start(void)
{
    runs = true;
    atomic_store(&stops, false);
    for (int i = 0; i < LATER_THREADS; i++)
        BUG_UNLESS(!pthread_create(&threads[i], NULL, work, NULL));
}

void later_stop(void)
{
    atomic_store(&stops, true);
    pthread_mutex_lock(&lock);
    runs = false;
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < LATER_THREADS; i++)
        pthread_join(threads[i], NULL);
}

void later_add(struct later *l)
{
    pthread_mutex_lock(&lock);
    bool taken = runs && waiting < LATER_MOST;
    l->refused = !taken;
    l->next    = NULL;
    if (taken) {
        if (last)
            last->next = l;
        else
            first = l;
        last = l;
        waiting++;
        pthread_cond_signal(&wake);
    }
    pthread_mutex_unlock(&lock);
    if (!taken) l->done(l->context);
}

bool later_stops(void)
{
    return atomic_load(&stops);
}
