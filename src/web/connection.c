/* connection.c: the list of open connections, the newest first, and the thread that walks it. */
#include "web/connection.h"

#include "base/bug.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

struct connection {
    struct connection *next, **link;
    int fd;
    time_t since; /* monotonic; 0: a whole request is being answered */
    bool is_closing;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake;
static struct connection *open_ones;
static pthread_t reaper;
static int limit, crowd, count;
static bool stopping;

static struct timespec clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now;
}

/* Closes the one that has been without a whole request for longest. */
static void oldest_close(void)
{
    struct connection *oldest = NULL;

    for (struct connection *k = open_ones; k; k = k->next)
        if (k->since && !k->is_closing && (!oldest || k->since <= oldest->since)) oldest = k;
    if (!oldest) return;
    oldest->is_closing = true;
    shutdown(oldest->fd, SHUT_RDWR);
}

void connection_notify(void *context, struct MHD_Connection *c, void **state,
                       enum MHD_ConnectionNotificationCode code)
{
    struct connection *k = *state;

    (void)context;
    pthread_mutex_lock(&lock);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        if (++count > crowd) oldest_close();
        k = calloc(1, sizeof *k);
        BUG_UNLESS(k);
        k->fd    = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        k->since = clock_now().tv_sec;
        k->next  = open_ones;
        k->link  = &open_ones;
        if (k->next) k->next->link = &k->next;
        open_ones = k;
        *state    = k;
    } else if (k) {
        count--;
        *k->link = k->next;
        if (k->next) k->next->link = k->link;
        free(k);
        *state = NULL;
    }
    pthread_mutex_unlock(&lock);
}

static void since_set(struct connection *k, time_t since)
{
    if (!k) return;
    pthread_mutex_lock(&lock);
    k->since = since;
    pthread_mutex_unlock(&lock);
}

void connection_served(struct connection *k)
{
    since_set(k, 0);
}

void connection_idle(struct connection *k)
{
    since_set(k, clock_now().tv_sec);
}

void connection_extend(struct connection *k, int seconds)
{
    since_set(k, clock_now().tv_sec + seconds);
}

static void *reap(void *unused)
{
    pthread_mutex_lock(&lock);
    while (!stopping) {
        struct timespec now = clock_now();
        for (struct connection *k = open_ones; k; k = k->next)
            if (k->since && now.tv_sec - k->since >= limit) shutdown(k->fd, SHUT_RDWR);
        now.tv_sec++;
        pthread_cond_timedwait(&wake, &lock, &now);
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

void connection_reaper_start(int deadline, int most)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&wake, &attributes);
    limit    = deadline;
    crowd    = most;
    stopping = false;
    BUG_UNLESS(!pthread_create(&reaper, NULL, reap, NULL));
}

void connection_reaper_stop(void)
{
    pthread_mutex_lock(&lock);
    stopping = true;
    pthread_cond_signal(&wake);
    pthread_mutex_unlock(&lock);
    pthread_join(reaper, NULL);
}
