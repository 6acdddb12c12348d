/* postgres.c: the PostgreSQL back end: connections, transactions, and what became of them.
 *
 * Writing transactions are REPEATABLE READ: each sees one state, and of two that change the same
 * row the later is told "again".  Every verb writes the head of its family, so two verbs on one
 * family always meet on that row.  Rejected: SERIALIZABLE.  It remembers what was read, by page or
 * by table when that is much, and a chunk of a thousand families reads so much that chunks which
 * have nothing in common would refuse each other. */
#include "store/postgres.h"

#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OUTCOME_TRIES    = 50,
    OUTCOME_PAUSE_US = 200000,
    AWAY_TRIES       = 240,
    AWAY_PAUSE_US    = 500000,
    US               = 1000000,
    HOLD_KEY         = 1886548400
};

/* A plan is made once and kept: one over 16 partitions takes longer to make than to run (measured
 * on a small caseload: a fifth of the time when it is not made anew for the parameters).  One made
 * while a table was empty would read it from end to end for ever, so that is allowed to statements
 * without parameters only (is_whole).  So are hash and merge joins: a list of families would be
 * hashed and every partition read along its index from end to end (measured), where a nested loop
 * takes the list's members one by one and goes into the one partition that each is in. */
static const char session[] =
    "SET enable_hashjoin = off; SET enable_mergejoin = off;"
    "SET enable_seqscan = off; SET jit = off; SET lock_timeout = '10s';"
    "SET plan_cache_mode = force_generic_plan;"
    "SET client_min_messages = warning; SET bytea_output = hex; SET extra_float_digits = 1;"
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') = 'off'";

static void notice_ignore(void *context, const PGresult *result)
{
    (void)context, (void)result;
}

bool postgres_exec(struct store *s, const char *sql, struct fail *f)
{
    struct link *l        = s->link;
    PGresult *result      = PQexec(l->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    bool done =
        status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || postgres_fail(s, result, f);

    PQclear(result);
    return done;
}

/* The name without what must not be shown: password and parameters. */
static void name_shown(const char *address, char *shown, size_t size)
{
    const char *host = strstr(address, "//"), *at = host ? strchr(host + 2, '@') : NULL;
    const char *colon = host ? strchr(host + 2, ':') : NULL;

    if (at && colon && colon < at)
        snprintf(shown, size, "%.*s%.*s", (int)(colon - address), address, (int)strcspn(at, "?"),
                 at);
    else
        snprintf(shown, size, "%.*s", (int)strcspn(address, "?"), address);
}

static bool connect_fail(const struct store *s, struct fail *f)
{
    const struct link *l = s->link;
    const char *said     = l->conn ? PQerrorMessage(l->conn) : "out of memory";
    bool is_missing      = strstr(said, "does not exist") && strstr(said, "database");

    return FAIL(f, FAIL_SYSTEM, is_missing ? "missing" : "cannot_open",
                is_missing
                    ? "There is no database at %.120s; make it with createdb, then run "
                      "`upkeep init`. (%.*s)"
                    : "The database at %.120s does not answer, or does not let us in. Is the "
                      "server running, and is the name right? (%.*s)",
                s->name, (int)strcspn(said, "\n"), said);
}

static bool hold_try(struct store *s, int what, bool *held, struct fail *f)
{
    struct link *l = s->link;
    char sql[64];

    snprintf(sql, sizeof sql, "SELECT pg_try_advisory_lock(%d)", HOLD_KEY + what);
    PGresult *result = PQexec(l->conn, sql);
    bool done        = PQresultStatus(result) == PGRES_TUPLES_OK || postgres_fail(s, result, f);
    *held            = done && *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    return done;
}

/* What was held is lost with its connection, when the server notices: then it is taken again,
 * unless somebody else was faster. */
static bool hold_again(struct store *s, struct fail *f)
{
    bool held = !s->hold;

    for (int i = 0; !held && i < OUTCOME_TRIES; i++) {
        if (i) usleep(OUTCOME_PAUSE_US);
        if (!hold_try(s, s->hold, &held, f)) return false;
    }
    return held || FAIL(f, FAIL_SYSTEM, "locked",
                        "The connection to %.180s was lost, and another run has begun meanwhile. "
                        "Run again when it has ended.",
                        s->name);
}

/* When the server of this connection began: its postmaster, and what it began anew after a crash of
 * one of its processes, which leaves the postmaster up: then it forgets its statistics, and numbers
 * of transactions that never reached the disk are given out again. */
static bool started_read(struct store *s, struct fail *f)
{
    struct link *l   = s->link;
    PGresult *result = PQexec(l->conn, "SELECT concat(pg_postmaster_start_time(), ' ', "
                                       "pg_stat_get_bgwriter_stat_reset_time())");
    bool done        = PQresultStatus(result) == PGRES_TUPLES_OK || postgres_fail(s, result, f);

    if (done) snprintf(l->started, sizeof l->started, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return done;
}

static bool link_connect(struct store *s, struct fail *f)
{
    struct link *l             = s->link;
    const char *const words[]  = { "connect_timeout", "application_name", "target_session_attrs",
                                   "dbname", NULL };
    const char *const values[] = { "10", "upkeep", s->mode == STORE_READ ? "any" : "read-write",
                                   l->address, NULL };

    PQfinish(l->conn);
    memset(l->prepared, 0, (size_t)s->set->slots * 2 * sizeof *l->prepared);
    l->is_whole_allowed = false;
    l->conn             = PQconnectdbParams(words, values, 1);
    if (PQstatus(l->conn) != CONNECTION_OK) return connect_fail(s, f);
    PQsetNoticeReceiver(l->conn, notice_ignore, NULL);
    if (PQserverVersion(l->conn) < 140000)
        return FAIL(f, FAIL_SYSTEM, "cannot_open",
                    "%.180s is served by a PostgreSQL older than 14; Upkeep needs 14 or newer.",
                    s->name);
    return postgres_exec(s, session, f) &&
           (s->mode != STORE_READ ||
            postgres_exec(s, "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", f)) &&
           started_read(s, f) && hold_again(s, f);
}

static void notice(const struct store *s, const char *what, int seconds)
{
    char text[400];

    snprintf(text, sizeof text, "%.180s %s %d s.", s->name, what, seconds);
    s->notice(s->notice_context, text);
}

/* Connects again; a patient store waits for a server that is away. */
static bool link_return(struct store *s, struct fail *f)
{
    for (int tries = 0;; tries++) {
        bool is_back = link_connect(s, f);
        bool is_away = !strcmp(f->code, "cannot_open") || !strcmp(f->code, "gone");
        if (is_back && tries) notice(s, "answers again, after", tries * AWAY_PAUSE_US / US);
        if (is_back || !s->notice || !is_away || tries == AWAY_TRIES) return is_back;
        if (tries == 0)
            notice(s, "does not answer; it is waited for, up to", AWAY_TRIES * AWAY_PAUSE_US / US);
        usleep(AWAY_PAUSE_US);
    }
}

bool postgres_alive(struct store *s, struct fail *f)
{
    const struct link *l = s->link;

    return PQstatus(l->conn) == CONNECTION_OK || link_return(s, f);
}

/* Whether our meta table is there; f is filled only when asking failed. */
static bool meta_exists(struct store *s, bool *found, struct fail *f)
{
    struct link *l   = s->link;
    PGresult *result = PQexec(l->conn, "SELECT to_regclass('meta') IS NOT NULL");
    bool done        = PQresultStatus(result) == PGRES_TUPLES_OK || postgres_fail(s, result, f);

    *found = done && *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    return done;
}

/* Whether what is there is a copy that a move left unfinished; a move that still goes on keeps a
 * lock. */
static bool fill_is_left(struct store *s, bool *is_left, struct fail *f)
{
    struct link *l   = s->link;
    PGresult *result = PQexec(l->conn, "SELECT pg_try_advisory_lock(1886548337), "
                                       "EXISTS (SELECT 1 FROM meta WHERE key = '" STORE_MARK "')");
    bool done        = PQresultStatus(result) == PGRES_TUPLES_OK || postgres_fail(s, result, f);

    if (done && *PQgetvalue(result, 0, 0) != 't')
        done = FAIL(f, FAIL_SYSTEM, "locked", "Another move to %.180s is going on.", s->name);
    *is_left = done && *PQgetvalue(result, 0, 1) == 't';
    PQclear(result);
    return done;
}

static bool link_make(struct store *s, bool found, struct fail *f)
{
    bool is_left = false;

    if (found && s->mode == STORE_FILL && !fill_is_left(s, &is_left, f)) return false;
    if (found && !is_left)
        return FAIL(f, FAIL_INPUT, "exists",
                    "There are tables in %.180s already. Name an empty database.", s->name);
    if (s->mode == STORE_FILL && !found &&
        !postgres_exec(s, "SELECT pg_advisory_lock(1886548337)", f))
        return false;
    return (!is_left || postgres_schema_drop(s, f)) && postgres_schema_make(s, f);
}

static bool link_ready(struct store *s, struct fail *f)
{
    bool found, makes = mode_makes(s->mode);

    if (makes && !postgres_exec(s, "BEGIN; SELECT pg_advisory_xact_lock(1886548336)", f))
        return false; /* one maker at a time */
    if (!meta_exists(s, &found, f)) return false;
    if (makes) return link_make(s, found, f);
    return found || FAIL(f, FAIL_SYSTEM, "not_upkeep",
                         "%.180s is not an Upkeep database. Check the name given by --db or "
                         "UPKEEP_DB, or make it ready with `upkeep init`.",
                         s->name);
}

static void close_link(struct store *s)
{
    struct link *l = s->link;

    if (!l) return;
    PQfinish(l->conn);
    free(l->address);
    free(l->prepared);
    free(l->in.at);
    free(l->out.at);
    free(l);
    s->link = NULL;
}

/* A server that answers, but only that it is starting, recovers after a crash, or stops, is there:
 * it is waited for.  What it says when it refuses has no code in the library, only words. */
static bool link_first(struct store *s, struct fail *f)
{
    static const char *const words[] = { "the database system is ", "closed the connection" };
    const struct link *l             = s->link;

    for (int tries = 0;; tries++) {
        if (link_connect(s, f)) return true;
        const char *said = l->conn ? PQerrorMessage(l->conn) : "";
        bool is_there =
            !strcmp(f->code, "gone") || strstr(said, words[0]) || strstr(said, words[1]);
        if (!is_there || tries == AWAY_TRIES) return false;
        usleep(AWAY_PAUSE_US);
    }
}

static bool open_link(struct store *s, struct fail *f)
{
    struct link *l = calloc(1, sizeof *l);

    BUG_UNLESS(l);
    s->link     = l;
    l->address  = strdup(s->name);
    l->prepared = calloc((size_t)s->set->slots * 2, sizeof *l->prepared);
    BUG_UNLESS(l->address && l->prepared);
    name_shown(l->address, s->name, sizeof s->name);
    if (link_first(s, f) && link_ready(s, f)) return true;
    close_link(s);
    return false;
}

static void discard(const struct store *s)
{
    (void)s; /* the transaction of the making took everything with it */
}

static void place_of(const struct link *l, char *place, size_t size)
{
    const char *host = PQhost(l->conn), *port = PQport(l->conn);

    snprintf(place, size, "%s:%s", host ? host : "", port ? port : "");
}

/* The transaction's number comes with its begin: after a lost connection it tells what became of
 * it. */
static bool begin_once(struct store *s, enum store_work work, struct fail *f)
{
    struct link *l = s->link;
    PGresult *result =
        PQexec(l->conn, work == STORE_WRITING
                            ? "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id()"
                            : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    ExecStatusType status = PQresultStatus(result);
    bool done             = status == (work == STORE_WRITING ? PGRES_TUPLES_OK : PGRES_COMMAND_OK);

    if (!done) postgres_fail(s, result, f);
    l->transaction[0] = '\0';
    place_of(l, l->place, sizeof l->place);
    if (done && work == STORE_WRITING)
        snprintf(l->transaction, sizeof l->transaction, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return done;
}

static bool begin(struct store *s, enum store_work work, struct fail *f)
{
    const struct link *l = s->link;

    if (!postgres_alive(s, f)) return false;
    if (begin_once(s, work, f)) return true;
    if (PQstatus(l->conn) == CONNECTION_OK) { /* refused: nothing may stay open */
        struct fail ignored;
        postgres_exec(s, "ROLLBACK", &ignored);
        return false;
    }
    return link_return(s, f) && begin_once(s, work, f); /* it was lost long before */
}

static void rollback(struct store *s)
{
    struct link *l = s->link;
    struct fail ignored;

    if (l && PQtransactionStatus(l->conn) != PQTRANS_IDLE) postgres_exec(s, "ROLLBACK", &ignored);
}

/* After the connection was lost in a commit: asks until the server knows.  True if it is done.
 * Another server may have given the number to another transaction, so it is not asked; so may one
 * that began anew meanwhile (started_read), unless it says that nothing of that number was
 * committed. */
static bool outcome_is_committed(struct store *s, struct fail *f)
{
    struct link *l = s->link;
    char number[sizeof l->transaction], place[sizeof l->place], began[sizeof l->started];
    const char *const values[] = { number };
    char said[16]              = "in progress";
    bool is_same               = false;

    memcpy(number, l->transaction, sizeof number);
    memcpy(began, l->started, sizeof began);
    for (int i = 0; i < OUTCOME_TRIES && !strcmp(said, "in progress"); i++) {
        if (i) usleep(OUTCOME_PAUSE_US);
        if (!postgres_alive(s, f)) {
            if (s->notice) break;
            continue;
        }
        place_of(l, place, sizeof place);
        if (strcmp(place, l->place) != 0) break;
        PGresult *result = PQexecParams(l->conn, "SELECT pg_xact_status($1::xid8)", 1, NULL, values,
                                        NULL, NULL, 0);
        if (PQresultStatus(result) == PGRES_TUPLES_OK) {
            is_same = !strcmp(l->started, began);
            snprintf(said, sizeof said, "%s", PQgetvalue(result, 0, 0));
        }
        PQclear(result);
    }
    if (is_same && !strcmp(said, "committed")) return true;
    if (!strcmp(said, "aborted")) return postgres_gone(s, f);
    return FAIL(f, FAIL_SYSTEM, "unknown",
                "The connection to %.180s was lost while committing, and the database does not "
                "answer what became of it. When it answers again, look whether the work is there "
                "before doing it again.",
                s->name);
}

static bool commit(struct store *s, struct fail *f)
{
    struct link *l      = s->link;
    PGresult *result    = PQexec(l->conn, "COMMIT");
    const char *said    = PQcmdStatus(result);
    bool done           = PQresultStatus(result) == PGRES_COMMAND_OK && !strcmp(said, "COMMIT");
    bool was_rolledback = PQresultStatus(result) == PGRES_COMMAND_OK && !done;

    if (was_rolledback)
        store_fail_before(s, f);
    else if (!done && PQstatus(l->conn) != CONNECTION_OK && l->transaction[0])
        done = outcome_is_committed(s, f);
    else if (!done)
        postgres_fail(s, result, f);
    PQclear(result);
    return done;
}

static bool backup(struct store *s, const char *path, struct fail *f)
{
    (void)path;
    return FAIL(f, FAIL_INPUT, "elsewhere",
                "Backups of %.120s are made with PostgreSQL's own tools: pg_dump -Fc for a copy, "
                "pg_basebackup and archived WAL for any moment (doc/several-machines.md). "
                "`upkeep move` copies it into a SQLite file and proves the copy.",
                s->name);
}

static bool bulk(struct store *s, bool is_bulk, struct fail *f)
{
    return postgres_alive(s, f) &&
           postgres_exec(s, is_bulk ? "SET work_mem = '64MB'" : "RESET work_mem", f);
}

static bool hold(struct store *s, int what, bool *held, struct fail *f)
{
    return postgres_alive(s, f) && hold_try(s, what, held, f);
}

const struct backend backend_postgres = {
    .open      = open_link,
    .close     = close_link,
    .discard   = discard,
    .begin     = begin,
    .commit    = commit,
    .rollback  = rollback,
    .run       = postgres_run,
    .run_bulk  = postgres_run_bulk,
    .ask       = postgres_ask,
    .answer    = postgres_answer,
    .integrity = postgres_integrity,
    .backup    = backup,
    .fill_end  = postgres_fill_end,
    .bulk      = bulk,
    .hold      = hold,
};
