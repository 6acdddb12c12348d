/* bench_ledger.c: ledger rows a second, durable, in batches of about 8,190.
 * Usage: bench_ledger DATABASE [THOUSANDS-OF-ROWS]
 *
 * "upkeep": a payment's life in 8 rows (charge, fee, match, used for both, the receiving parent's
 * fee, sent on) is one event of a family: numbered, hashed, chained to the family's last event,
 * counted in the day's control totals, the family's head and books kept.  1,023 families make a
 * batch, which is one transaction on disk; "written" begins with families in memory, "read and
 * written" reads each family as the day's run does.  "peer": SQLite as a plain ledger, a row and
 * two kept balances for each transfer, the same batches, the same settings of the disk.  DATABASE
 * is a path, or postgresql://... (then without the peer); it is made anew. */
#include "app/account.h"
#include "app/chunk.h"
#include "app/database.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FAMILIES = 1023, ROWS = 8, SETS = 40, ACCOUNTS = 1000000, PENCE = 10000 };

static const date first_day = { 20727 };

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bool fine, const struct fail *f)
{
    if (fine) return;
    fprintf(stderr, "bench_ledger: %s\n", f->text);
    exit(2);
}

/* One payment, from the charge to the receiving parent's account. */
static void payment(struct chunk *c, struct family *f, int64_t receipt)
{
    struct entry_list list   = { .arena = c->setting.arena };
    struct entry_about about = { .arrangement = 1,
                                 .day         = c->setting.today,
                                 .known       = c->setting.today,
                                 .instalment  = receipt,
                                 .receipt     = receipt };
    struct verb v;

    chunk_open(c, f, "bench", NULL, &v);
    entry_charge(&list, (money){ PENCE }, (money){ PENCE / 5 }, about);
    entry_match(&list, (money){ PENCE + PENCE / 5 }, about);
    entry_allocate(&list, (struct entry_parts){ .maintenance = { PENCE }, .fee = { PENCE / 5 } },
                   about);
    entry_receiver_fee(&list, (money){ PENCE / 25 }, about);
    entry_pay_out(&list, (money){ PENCE - PENCE / 25 }, about);
    account_post(&v, &f->group, &list);
    chunk_close(c, f, &v);
    chunk_look(c, f);
}

static void families_new(struct chunk *c, int64_t first)
{
    for (int64_t i = 0; i < FAMILIES; i++) {
        struct family *f = &c->families[i];
        f->is_new        = true;
        f->head          = (struct sql_family_list_row){ .pp = first + i, .closed_on = DATE_NEVER };
        f->group         = (struct group){ .pp = first + i, .closed_on = DATE_NEVER };
    }
}

/* One batch: a payment in each of a set of families.  Returns the rows written. */
static long batch(struct setting *s, int64_t set, int64_t round, bool reads)
{
    struct arena *arena = s->arena;
    int64_t first       = set * FAMILIES + 1;
    struct chunk c      = { .setting = *s };
    struct fail f;

    arena_reset(arena);
    must(store_begin(s->store, STORE_WRITING, &f), &f);
    if (reads) {
        int64_t *pps = ARENA_MANY(arena, int64_t, FAMILIES);
        for (int64_t i = 0; i < FAMILIES; i++)
            pps[i] = first + i;
        must(chunk_load(&c, s, (struct store_ints){ pps, FAMILIES }, &f), &f);
    } else {
        c.families = ARENA_MANY(arena, struct family, FAMILIES);
        c.n        = FAMILIES;
        families_new(&c, first);
    }
    for (size_t i = 0; i < c.n; i++)
        payment(&c, &c.families[i], round + 1);
    must(chunk_write(&c, &f) && store_commit(s->store, &f), &f);
    return (long)FAMILIES * ROWS;
}

static void report(const char *name, long rows, double wall, double cpu)
{
    printf("%-24s %9ld rows  %8.2f s  %8.2f s processor  %9.0f rows/s  %9.0f rows/s of processor\n",
           name, rows, wall, cpu, (double)rows / wall, (double)rows / cpu);
}

static void measure(struct setting *s, const char *name, long rows, bool reads)
{
    long done   = 0;
    double wall = -seconds(CLOCK_MONOTONIC), cpu = -seconds(CLOCK_PROCESS_CPUTIME_ID);

    for (int64_t i = 0; done < rows; i++) {
        if (reads) s->today = date_add_days(first_day, (int32_t)(i / SETS) + 1);
        done += batch(s, reads ? i % SETS : i, reads ? i / SETS + 1 : 0, reads);
    }
    report(name, done, wall + seconds(CLOCK_MONOTONIC), cpu + seconds(CLOCK_PROCESS_CPUTIME_ID));
}

static void sql(sqlite3 *db, const char *text)
{
    char *said = NULL;
    if (sqlite3_exec(db, text, NULL, NULL, &said) == SQLITE_OK) return;
    fprintf(stderr, "bench_ledger: %s\n", said);
    exit(2);
}

static void peer_step(sqlite3_stmt *st, const int64_t *values, int n)
{
    for (int i = 0; i < n; i++)
        sqlite3_bind_int64(st, i + 1, values[i]);
    if (sqlite3_step(st) != SQLITE_DONE) exit(2);
    sqlite3_reset(st);
}

/* The plain ledger. */
static void peer(const char *path, long rows)
{
    uint64_t random = 1;
    sqlite3 *db;
    sqlite3_stmt *insert, *debit, *credit;

    unlink(path);
    if (sqlite3_open(path, &db) != SQLITE_OK) exit(2);
    sql(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144;"
            "CREATE TABLE transfer (id INTEGER PRIMARY KEY, dr INT, cr INT, amount INT, day INT, "
            "code INT);"
            "CREATE TABLE account (id INTEGER PRIMARY KEY, dr INT NOT NULL, cr INT NOT NULL);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)"
            "INSERT INTO account SELECT i, 0, 0 FROM n;");
    sqlite3_prepare_v2(db, "INSERT INTO transfer VALUES (?, ?, ?, ?, ?, ?)", -1, &insert, NULL);
    sqlite3_prepare_v2(db, "UPDATE account SET dr = dr + ?2 WHERE id = ?1", -1, &debit, NULL);
    sqlite3_prepare_v2(db, "UPDATE account SET cr = cr + ?2 WHERE id = ?1", -1, &credit, NULL);
    double wall = -seconds(CLOCK_MONOTONIC), cpu = -seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (long id = 0; id < rows;) {
        sql(db, "BEGIN IMMEDIATE");
        for (long end = id + FAMILIES * ROWS; id < end; id++) {
            random       = random * 6364136223846793005u + 1442695040888963407u;
            int64_t from = 1 + (int64_t)(random >> 33) % ACCOUNTS;
            int64_t to   = 1 + (int64_t)(random >> 13 & 0x7fffffff) % ACCOUNTS;
            peer_step(insert, (int64_t[]){ id, from, to, PENCE, first_day.d, 1 }, 6);
            peer_step(debit, (int64_t[]){ from, PENCE }, 2);
            peer_step(credit, (int64_t[]){ to, PENCE }, 2);
        }
        sql(db, "COMMIT");
    }
    report("peer: SQLite, balances", rows, wall + seconds(CLOCK_MONOTONIC),
           cpu + seconds(CLOCK_PROCESS_CPUTIME_ID));
    sqlite3_finalize(insert);
    sqlite3_finalize(debit);
    sqlite3_finalize(credit);
    sqlite3_close(db);
}

int main(int argc, char **argv)
{
    struct arena arena = { 0 };
    struct setting s   = { .arena = &arena, .today = first_day, .actor = "bench" };
    long rows          = (argc > 2 ? strtol(argv[2], NULL, 10) : 1000) * 1000;
    char name[4096];
    struct fail f;

    if (argc < 2) return fprintf(stderr, "bench_ledger DATABASE [THOUSANDS-OF-ROWS]\n"), 2;
    unlink(argv[1]);
    s.store = store_open(argv[1], STORE_CREATE, &f);
    must(s.store != NULL, &f);
    must(store_set_bulk(s.store, true, &f), &f);
    measure(&s, "upkeep: written", rows, false);
    measure(&s, "upkeep: read and written", rows, true);
    store_close(s.store);
    snprintf(name, sizeof name, "%s.peer", argv[1]);
    if (!strstr(argv[1], "://")) peer(name, rows);
    arena_free(&arena);
    return 0;
}
