/* generate.c: family by family, then the money that nobody could place. */
#include "generate/generate.h"

#include "app/receive.h"
#include "generate/bank_day.h"
#include "generate/live.h"

#include <stdio.h>
#include <string.h>

#define MARK "generated" /* in meta: what is made, and how far */

enum { CHUNK = 64, TEXT = 300 };

/* What the mark says: the caseload, and the number of families made; whole when the suspense money
 * is there too. */
struct mark {
    struct caseload load;
    struct fingerprint digest;
    int64_t families, done;
    bool whole;
};

static bool mark_write(struct store *store, const struct mark *m, struct fail *fail)
{
    char text[TEXT], day[DATE_TEXT], hex[DIGEST_TEXT];

    snprintf(text, sizeof text,
             "seed %llu years %d until %s families %lld last %d assumptions %s done %lld %s",
             (unsigned long long)m->load.seed, m->load.years, date_text(m->load.last, day),
             (long long)m->load.families, m->load.last_size, digest_hex(m->digest.bytes, hex),
             (long long)m->done, m->whole ? "whole" : "cut");
    return sql_meta_put(store, &(struct sql_meta_put_in){ .key = MARK, .value = text }, fail);
}

static bool mark_parse(const char *text, struct mark *m, char hex[DIGEST_TEXT])
{
    char day[DATE_TEXT], whole[8];
    unsigned long long seed;
    long long families, done;

    if (sscanf(text,
               "seed %llu years %d until %10s families %lld last %d assumptions %64s done %lld %7s",
               &seed, &m->load.years, day, &families, &m->load.last_size, hex, &done, whole) != 8 ||
        !date_parse(day, strlen(day), &m->load.last))
        return false;
    m->load.seed     = seed;
    m->load.families = families;
    m->done          = done;
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
    m->whole = before.whole;
    if (before.load.seed == o->load.seed && before.load.years == o->load.years &&
        date_same(before.load.last, o->load.last) && before.load.families == o->load.families &&
        before.load.last_size == o->load.last_size && assumptions_same(&o->digest, hex))
        return true;
    return FAIL(fail, FAIL_INPUT, "other_caseload",
                "Another caseload was generated in this database; name one that is new.");
}

/* A chunk of families in one transaction. */
static bool chunk_make(struct store *store, struct mark *m, struct fail *fail)
{
    struct arena life = { 0 };
    bool fine         = store_begin(store, STORE_WRITING, fail);

    for (int i = 0; fine && i < CHUNK && m->done < m->load.families; i++) {
        struct setting s = { .store = store, .arena = &life };
        arena_reset(&life);
        const struct family *f = family_make(&m->load, m->done + 1, &life);
        fine                   = live_family(&s, &m->load, f, fail);
        m->done++;
    }
    arena_free(&life);
    fine = fine && mark_write(store, m, fail) && store_commit(store, fail);
    if (!fine) store_rollback(store);
    return fine;
}

bool generate_all(struct store *store, const struct generate_order *o, struct fail *fail)
{
    struct mark m;

    if (!generate_begin(store, o, &m, fail)) return false;
    while (m.done < m.load.families) {
        if (!chunk_make(store, &m, fail)) return false;
        if (o->progress) o->progress(o->context, m.done, m.load.families);
    }
    if (m.whole) return true;
    m.whole   = true;
    bool fine = store_begin(store, STORE_WRITING, fail) && suspense_make(store, &m.load, fail) &&
                mark_write(store, &m, fail) && store_commit(store, fail);
    if (!fine) store_rollback(store);
    return fine;
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
