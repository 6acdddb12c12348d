/* feed.c: numbers for what happened. */
#include "web/feed.h"

#include "app/verb.h"
#include "sql.h"

#include <stdatomic.h>
#include <time.h>

enum { REST = 20 };
static const int64_t SECOND = 1000000000;

static int64_t nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

static bool runs_insert(struct store *write, const struct sql_feed_fresh_row *row, int *left,
                        struct fail *f)
{
    for (int64_t first = row->last + 1; first <= row->seq && *left > 0;
         first += FEED_RUN, --*left) {
        struct sql_feed_insert_in in = { .pp    = row->pp,
                                         .first = first,
                                         .last  = first + FEED_RUN - 1 < row->seq
                                                      ? first + FEED_RUN - 1
                                                      : row->seq };
        if (!counter_next(write, "feed", &in.number, f) || !sql_feed_insert(write, &in, f))
            return false;
    }
    return true;
}

bool feed_number(struct store *read, struct store *write, struct fail *f)
{
    static atomic_llong next;
    int64_t began  = nanoseconds();
    struct arena a = { 0 };
    struct sql_feed_fresh_row *rows;
    size_t n  = 0;
    int left  = FEED_TAKE;
    bool done = true;

    if (began < atomic_load(&next)) return true;
    done = sql_feed_fresh(read, &(struct sql_feed_fresh_in){ .most = FEED_TAKE }, &a, &rows, &n, f);
    store_rollback(read);
    if (done && n) {
        done = store_begin(write, STORE_WRITING, f);
        for (size_t i = 0; done && i < n; i++)
            done = runs_insert(write, &rows[i], &left, f);
        done = done && store_commit(write, f);
        store_rollback(write);
    }
    arena_free(&a);
    if (n == 0) atomic_store(&next, nanoseconds() + REST * (nanoseconds() - began));
    return done;
}
