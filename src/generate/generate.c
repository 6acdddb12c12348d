/* generate.c: family by family, then the money that nobody could place. */
#include "generate/generate.h"

#include "app/receive.h"
#include "generate/bank_day.h"
#include "generate/last_day.h"
#include "generate/live.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MARK "generated" /* in meta: what is made, and how far */

/* Families lived at once, whose memory is given back at once; parts of them in a transaction. */
enum { CHUNK = 96, PARTS = 5, TEXT = 300 };

/* What the mark says: the caseload, the number of families made, and up to which paying parent the
 * last day is done; whole when the suspense money is there too. */
struct mark {
    struct caseload load;
    struct fingerprint digest;
    int64_t families, done, after;
    bool whole;
};

static bool mark_write(struct store *store, const struct mark *m, struct fail *fail)
{
    char text[TEXT], day[DATE_TEXT], hex[DIGEST_TEXT];

    snprintf(text, sizeof text,
             "seed %llu years %d until %s families %lld last %d assumptions %s done %lld "
             "after %lld %s",
             (unsigned long long)m->load.seed, m->load.years, date_text(m->load.last, day),
             (long long)m->load.families, m->load.last_size, digest_hex(m->digest.bytes, hex),
             (long long)m->done, (long long)m->after, m->whole ? "whole" : "cut");
    return sql_meta_put(store, &(struct sql_meta_put_in){ .key = MARK, .value = text }, fail);
}

static bool mark_parse(const char *text, struct mark *m, char hex[DIGEST_TEXT])
{
    char day[DATE_TEXT], whole[8];
    unsigned long long seed;
    long long families, done, after;

    if (sscanf(text,
               "seed %llu years %d until %10s families %lld last %d assumptions %64s done %lld "
               "after %lld %7s",
               &seed, &m->load.years, day, &families, &m->load.last_size, hex, &done, &after,
               whole) != 9 ||
        !date_parse(day, strlen(day), &m->load.last))
        return false;
    m->load.seed     = seed;
    m->load.families = families;
    m->done          = done;
    m->after         = after;
    m->whole         = !strcmp(whole, "whole");
    return true;
}

static bool mark_read(struct store *store, struct mark *m, char hex[DIGEST_TEXT], bool *found,
                      struct fail *fail)
{
    struct arena arena = { 0 };
    struct sql_meta_get_row row;
    bool fine =
        sql_meta_get(store, &(struct sql_meta_get_in){ .key = MARK }, &arena, &row, found, fail);

    if (fine && *found && !mark_parse(row.value, m, hex))
        fine =
            FAIL(fail, FAIL_INTEGRITY, "mark_wrong", "The note of what was generated is damaged.");
    arena_free(&arena);
    return fine;
}

static bool assumptions_same(const struct fingerprint *digest, const char *hex)
{
    char text[DIGEST_TEXT];
    return !strcmp(digest_hex(digest->bytes, text), hex);
}

/* Whether the database may take this caseload, and how far it is. */
static bool generate_begin(struct store *store, const struct generate_order *o, struct mark *m,
                           struct fail *fail)
{
    struct mark before = { 0 };
    char hex[DIGEST_TEXT];
    struct sql_counter_next_row people;
    bool found, any;

    *m = (struct mark){ .load = o->load, .digest = o->digest };
    if (!mark_read(store, &before, hex, &found, fail)) return false;
    if (!found) {
        struct arena arena = { 0 };
        bool fine = sql_counter_next(store, &(struct sql_counter_next_in){ .name = "person" },
                                     &arena, &people, &any, fail);
        arena_free(&arena);
        if (!fine) return false;
        if (any && people.next > 1)
            return FAIL(fail, FAIL_INPUT, "not_empty",
                        "There are cases in this database already; name one that is new.");
        return true;
    }
    m->done  = before.done;
    m->after = before.after;
    m->whole = before.whole;
    if (before.load.seed == o->load.seed && before.load.years == o->load.years &&
        date_same(before.load.last, o->load.last) && before.load.families == o->load.families &&
        before.load.last_size == o->load.last_size && assumptions_same(&o->digest, hex))
        return true;
    return FAIL(fail, FAIL_INPUT, "other_caseload",
                "Another caseload was generated in this database; name one that is new.");
}

/* A chunk: its families in order, lived in memory. */
struct part {
    struct arena arena, scratch;
    struct chunk chunk;
    int64_t first, families;            /* the first one's number; how many */
    struct application_numbers numbers; /* the first, and when it is lived the next */
};

static bool part_live(struct part *p, const struct caseload *load, struct fail *fail)
{
    struct live_place place = { &p->chunk, &p->scratch, &p->numbers };
    bool fine               = true;

    arena_reset(&p->arena);
    p->chunk = (struct chunk){
        .pays_at_once = true,
        .setting      = { .arena = &p->arena },
        .families     = ARENA_MANY(&p->arena, struct family, p->families),
        .n            = (size_t)p->families,
    };
    for (int64_t i = 0; fine && i < p->families; i++) {
        struct family *home = &p->chunk.families[i];
        home->is_new        = true;
        home->head =
            (struct sql_family_list_row){ .pp = p->numbers.person++, .closed_on = DATE_NEVER };
        home->group = (struct group){ .pp = home->head.pp, .closed_on = DATE_NEVER };
        fine = live_family(&place, home, load, family_make(load, p->first + i, &p->arena), fail);
    }
    return fine;
}

static bool numbers_read(struct store *store, struct application_numbers *numbers,
                         struct fail *fail)
{
    struct arena arena                 = { 0 };
    struct sql_counter_next_row person = { 0 }, arrangement = { 0 };
    bool found;
    bool fine = sql_counter_next(store, &(struct sql_counter_next_in){ .name = "person" }, &arena,
                                 &person, &found, fail) &&
                sql_counter_next(store, &(struct sql_counter_next_in){ .name = "arrangement" },
                                 &arena, &arrangement, &found, fail);

    arena_free(&arena);
    *numbers = (struct application_numbers){ person.next, arrangement.next };
    return fine;
}

static bool part_write(struct store *store, struct part *p, int64_t which, struct mark *m,
                       struct fail *fail)
{
    struct sql_counter_put_in person      = { .name = "person", .next = p->numbers.person };
    struct sql_counter_put_in arrangement = { .name = "arrangement",
                                              .next = p->numbers.arrangement };

    p->chunk.setting.store = store;
    m->done                = p->first + p->families - 1;
    bool last              = m->done == m->load.families || which % PARTS == PARTS - 1;
    if ((store_is_working(store) || store_begin(store, STORE_WRITING, fail)) &&
        chunk_write(&p->chunk, fail) &&
        (!last ||
         (sql_counter_put(store, &person, fail) && sql_counter_put(store, &arrangement, fail) &&
          mark_write(store, m, fail) && store_commit(store, fail))))
        return true;
    store_rollback(store);
    return false;
}

/* --- several at once: parts are lived side by side and written in their order --- */

struct making {
    struct store *store;
    const struct generate_order *order;
    pthread_mutex_t lock;
    pthread_cond_t turned;
    int64_t taken;                      /* families taken so far */
    int64_t parts, turn;                /* parts taken; the one whose turn it is to be written */
    struct application_numbers numbers; /* of the next part */
    struct mark mark;
    bool failed;
    struct fail fail;
};

/* The next part to be lived; false when none is left.  Under the lock. */
static bool part_take(struct making *m, struct part *p, int64_t *which)
{
    const struct caseload *load = &m->order->load;

    if (m->failed || m->taken == load->families) return false;
    *which      = m->parts++;
    p->first    = m->taken + 1;
    p->families = load->families - m->taken < CHUNK ? load->families - m->taken : CHUNK;
    p->numbers  = m->numbers;
    for (int64_t i = 0; i < p->families; i++) {
        m->numbers.person += family_people(load, p->first + i);
        m->numbers.arrangement += family_size(load, p->first + i);
    }
    m->taken += p->families;
    return true;
}

static void *make_parts(void *context)
{
    struct making *m = context;
    struct part p    = { 0 };
    struct fail fail = { 0 };
    int64_t which;

    pthread_mutex_lock(&m->lock);
    while (part_take(m, &p, &which)) {
        pthread_mutex_unlock(&m->lock);
        bool fine = part_live(&p, &m->order->load, &fail);
        pthread_mutex_lock(&m->lock);
        while (m->turn != which && !m->failed)
            pthread_cond_wait(&m->turned, &m->lock);
        if (m->failed) break;
        pthread_mutex_unlock(&m->lock); /* nobody else has this turn */
        fine = fine && part_write(m->store, &p, which, &m->mark, &fail);
        if (fine && m->order->progress)
            m->order->progress(m->order->context, m->mark.done, m->order->load.families);
        pthread_mutex_lock(&m->lock);
        m->turn++;
        if (!fine) m->fail = fail;
        m->failed |= !fine;
        pthread_cond_broadcast(&m->turned);
    }
    pthread_mutex_unlock(&m->lock);
    arena_free(&p.arena);
    arena_free(&p.scratch);
    return NULL;
}

static bool make_all(struct making *m, struct fail *fail)
{
    enum { WORKERS = 4 };
    pthread_t workers[WORKERS];
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int n = 0, most = cores < 1 ? 1 : cores > WORKERS ? WORKERS : (int)cores;

    pthread_mutex_init(&m->lock, NULL);
    pthread_cond_init(&m->turned, NULL);
    while (n < most - 1 && pthread_create(&workers[n], NULL, make_parts, m) == 0)
        n++;
    make_parts(m);
    for (int i = 0; i < n; i++)
        pthread_join(workers[i], NULL);
    pthread_cond_destroy(&m->turned);
    pthread_mutex_destroy(&m->lock);
    if (m->failed) *fail = m->fail;
    return !m->failed;
}

/* The last day, some families in a transaction; then the money that nobody could place. */
static bool make_last_day(struct store *store, struct mark *m, struct fail *fail)
{
    bool all = false, fine = true;

    while (fine && !m->whole) {
        fine = store_begin(store, STORE_WRITING, fail) &&
               last_day_make(store, &m->load, &m->after, &all, fail) &&
               (!all || suspense_make(store, &m->load, fail));
        m->whole = all;
        fine     = fine && mark_write(store, m, fail) && store_commit(store, fail);
    }
    if (!fine) store_rollback(store);
    return fine;
}

bool generate_all(struct store *store, const struct generate_order *o, struct fail *fail)
{
    struct making making = { .store = store, .order = o };

    if (!generate_begin(store, o, &making.mark, fail) ||
        !numbers_read(store, &making.numbers, fail))
        return false;
    making.taken = making.mark.done;
    return make_all(&making, fail) && make_last_day(store, &making.mark, fail);
}

bool generate_recall(struct store *store, const struct assumptions *a,
                     const struct fingerprint *digest, struct caseload *load, struct fail *fail)
{
    struct mark m = { 0 };
    char hex[DIGEST_TEXT];
    bool found;

    if (!mark_read(store, &m, hex, &found, fail)) return false;
    if (!found)
        return FAIL(fail, FAIL_INPUT, "not_generated",
                    "This database was not made by upkeep generate.");
    if (!m.whole)
        return FAIL(fail, FAIL_INPUT, "not_whole",
                    "Its making was cut off; run upkeep generate as before to go on.");
    if (!assumptions_same(digest, hex))
        return FAIL(fail, FAIL_INPUT, "assumptions_differ",
                    "It was made from other assumptions; name the same file with --assumptions.");
    *load             = m.load;
    load->assumptions = a;
    return true;
}
