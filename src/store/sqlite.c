/* sqlite.c: the SQLite back end: one file in WAL mode, STRICT tables, every commit on disk. */
#include "base/bug.h"
#include "store/backend.h"
#include "store/sqlite_fail.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APPLICATION = 0x55706b70, WAIT_MS = 5000, SQL_TEXT = 16384, PRIVATE_FILE = 0600 };

struct link {
    sqlite3 *db;
    sqlite3_stmt **prepared; /* by slot */
};

static const char *const always[] = {
    "PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF", "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = FILE", /* what is sorted may be larger than memory */
};

static bool link_fail(const struct store *s, struct fail *f)
{
    const struct link *l = s->link;

    return sqlite_fail(sqlite_code(l->db), sqlite3_errmsg(l->db), s->name, f);
}

static bool link_exec(const struct store *s, const char *sql, struct fail *f)
{
    const struct link *l = s->link;

    return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK || link_fail(s, f);
}

static bool link_harden(const struct store *s, struct fail *f)
{
    static const struct {
        int option, value;
    } options[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },      { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },        { SQLITE_DBCONFIG_DQS_DML, 0 },
        { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 }, { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    };
    const struct link *l = s->link;

    sqlite3_busy_timeout(l->db, WAIT_MS);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (sqlite3_db_config(l->db, options[i].option, options[i].value, NULL) != SQLITE_OK)
            return link_fail(s, f);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (!link_exec(s, always[i], f)) return false;
    return s->mode != STORE_READ || link_exec(s, "PRAGMA query_only = ON", f);
}

static bool exists_fail(const struct store *s, struct fail *f)
{
    return file_fail(EEXIST, s->name, f);
}

/* In the transaction of the making: nobody else has made anything in the file. */
static bool schema_is_missing(const struct store *s, struct fail *f)
{
    const struct link *l = s->link;
    sqlite3_stmt *st     = NULL;

    if (sqlite3_prepare_v2(l->db, "SELECT 1 FROM sqlite_schema", -1, &st, NULL) != SQLITE_OK)
        return link_fail(s, f);
    int code = sqlite3_step(st);
    sqlite3_finalize(st);
    if (code == SQLITE_DONE) return true;
    return code == SQLITE_ROW ? exists_fail(s, f) : link_fail(s, f);
}

/* STRICT and WITHOUT ROWID are SQLite's own words, so they are added here and not in
 * sql/schema.sql: a table kept by paying parent is stored in the order of its key, so that a family
 * is together.  The mark that says whose the file is comes with the transaction: a making cut short
 * leaves a file that is nobody's, and the next making takes it. */
static bool schema_make(const struct store *s, struct fail *f)
{
    char text[SQL_TEXT];

    if (s->mode == STORE_FILL && !link_exec(s, "PRAGMA locking_mode = EXCLUSIVE", f)) return false;
    if (!link_exec(s, "PRAGMA journal_mode = WAL", f) || !link_exec(s, "BEGIN IMMEDIATE", f) ||
        !schema_is_missing(s, f))
        return false;
    snprintf(text, sizeof text, "PRAGMA application_id = %d", APPLICATION);
    if (!link_exec(s, text, f)) return false;
    for (size_t i = 0; i < s->set->schema_count; i++) {
        const char *sql = s->set->schema[i];
        bool is_table   = !strncmp(sql, "CREATE TABLE", strlen("CREATE TABLE"));
        int n           = snprintf(text, sizeof text, "%s%s", sql,
                         !is_table                        ? ""
                                   : strstr(sql, "PRIMARY KEY (pp") ? " STRICT, WITHOUT ROWID"
                                                                    : " STRICT");
        BUG_UNLESS(n > 0 && n < (int)sizeof text);
        if (!link_exec(s, text, f)) return false;
    }
    return true;
}

/* Another program's SQLite file must not be taken for ours. */
static bool application_check(const struct store *s, struct fail *f)
{
    const struct link *l = s->link;
    sqlite3_stmt *st     = NULL;
    int id               = 0;

    if (sqlite3_prepare_v2(l->db, "PRAGMA application_id", -1, &st, NULL) != SQLITE_OK)
        return link_fail(s, f);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW) id = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    if (code != SQLITE_ROW) return link_fail(s, f);
    if (id == APPLICATION) return true;
    return FAIL(f, FAIL_SYSTEM, "not_upkeep",
                "%s is not an Upkeep database. Check the name given by --db or UPKEEP_DB.",
                s->name);
}

static bool link_ready(const struct store *s, struct fail *f)
{
    if (mode_makes(s->mode)) return schema_make(s, f);
    return application_check(s, f) &&
           (s->mode == STORE_READ || link_exec(s, "PRAGMA journal_mode = WAL", f));
}

/* What a making that was cut short leaves: an empty file, or SQLite's with no mark in it. */
static bool file_is_left_over(const char *name)
{
    static const char magic[] = "SQLite format 3", no_mark[4];
    enum { HEADER = 100, MARK_AT = 68 };
    char header[HEADER];
    int fd = open(name, O_RDONLY | O_CLOEXEC);

    if (fd < 0) return false;
    ssize_t n = read(fd, header, sizeof header);
    close(fd);
    return n == 0 || (n == HEADER && !memcmp(header, magic, sizeof magic) &&
                      !memcmp(header + MARK_AT, no_mark, sizeof no_mark));
}

/* Takes the name for a new file, so that two makers cannot both have it. */
static bool file_take(const char *name, struct fail *f)
{
    int fd = open(name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, PRIVATE_FILE);

    if (fd < 0 && errno == EEXIST && file_is_left_over(name)) return true;
    if (fd < 0) return file_fail(errno, name, f);
    close(fd);
    return true;
}

static bool is_memory(const struct store *s)
{
    return !strcmp(s->name, ":memory:");
}

static void discard(const struct store *s)
{
    static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
    char name[sizeof s->name + 16];

    for (size_t i = 0; i < sizeof endings / sizeof *endings && !is_memory(s); i++) {
        snprintf(name, sizeof name, "%s%s", s->name, endings[i]);
        unlink(name);
    }
}

static void close_link(struct store *s)
{
    struct link *l = s->link;

    if (!l) return;
    for (int i = 0; i < s->set->slots && l->prepared; i++)
        sqlite3_finalize(l->prepared[i]);
    BUG_UNLESS(sqlite3_close(l->db) == SQLITE_OK);
    sqlite_hold_end(s);
    free(l->prepared);
    free(l);
    s->link = NULL;
}

/* Takes away a file that a move left unfinished, unless it is being written just now. */
static void fill_again(const struct store *s)
{
    static const char looking[] = "SELECT 1 FROM meta WHERE key = '" STORE_MARK "'";
    sqlite3 *db                 = NULL;
    sqlite3_stmt *st            = NULL;
    bool is_left = sqlite3_open_v2(s->name, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                   sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
                   sqlite3_prepare_v2(db, looking, -1, &st, NULL) == SQLITE_OK &&
                   sqlite3_step(st) == SQLITE_ROW;

    sqlite3_finalize(st);
    sqlite3_close(db);
    if (is_left) discard(s);
}

static bool link_try(struct store *s, const char *name, int flags, struct fail *f)
{
    struct link *l = s->link;

    if (sqlite3_open_v2(name, &l->db, flags, NULL) != SQLITE_OK) return link_fail(s, f);
    return link_harden(s, f) && link_ready(s, f);
}

static bool is_folder(const char *name)
{
    struct stat about;

    return stat(name, &about) == 0 && S_ISDIR(about.st_mode);
}

/* Whether the log beside the file holds anything, which only who may write can put in order. */
static bool log_is_left(const struct store *s)
{
    char name[sizeof s->name + 16];
    struct stat about;

    snprintf(name, sizeof name, "%s-wal", s->name);
    return stat(name, &about) == 0 && about.st_size > 0;
}

/* The file as it stands, as the address that SQLite reads without a lock or a log. */
static bool standing_name(const struct store *s, char *to, size_t room)
{
    static const char plain[] = "/._-", hex[] = "0123456789abcdef";
    char path[PATH_MAX];
    size_t n = (size_t)snprintf(to, room, "file:");

    if (!realpath(s->name, path)) return false;
    for (const unsigned char *p = (const void *)path; *p && n + sizeof "%00" < room; p++) {
        if (isalnum(*p) || strchr(plain, *p)) {
            to[n++] = (char)*p;
            continue;
        }
        to[n++] = '%';
        to[n++] = hex[*p >> 4];
        to[n++] = hex[*p & 15];
    }
    return (size_t)snprintf(to + n, room - n, "?immutable=1") < room - n;
}

/* SQLite opens its log to read, too, and makes it where it is not there.  Who may read the file and
 * may not write beside it reads the file alone, when there is no log. */
static bool link_try_standing(struct store *s, int flags, struct fail *f)
{
    struct link *l = s->link;
    char name[3 * PATH_MAX + 32];

    if (s->mode != STORE_READ || access(s->name, R_OK) != 0 ||
        (strcmp(f->code, "read_only") != 0 && strcmp(f->code, "cannot_open") != 0))
        return false;
    if (log_is_left(s))
        return FAIL(f, FAIL_SYSTEM, "read_only",
                    "%.180s cannot be read where nothing may be written: its last changes are in "
                    "the log beside it. Read it with the right to write there, or read a copy made "
                    "by `upkeep backup`.",
                    s->name);
    sqlite3_close(l->db);
    l->db = NULL;
    return standing_name(s, name, sizeof name) && link_try(s, name, flags | SQLITE_OPEN_URI, f);
}

static bool open_link(struct store *s, struct fail *f)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (s->mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);

    if (s->mode == STORE_SPREAD)
        return FAIL(f, FAIL_INPUT, "cannot_open",
                    "%.180s is a file, and a file is on one machine: name a server "
                    "(postgresql://...).",
                    s->name);
    if (s->mode == STORE_FILL && access(s->name, F_OK) == 0) fill_again(s);
    if (!mode_makes(s->mode) && access(s->name, F_OK) != 0) return file_fail(errno, s->name, f);
    if (!is_memory(s) && is_folder(s->name)) return file_fail(EISDIR, s->name, f);
    if (mode_makes(s->mode) && !is_memory(s) && !file_take(s->name, f)) return false;
    struct link *l = calloc(1, sizeof *l);
    BUG_UNLESS(l);
    l->prepared = calloc((size_t)s->set->slots, sizeof *l->prepared);
    BUG_UNLESS(l->prepared);
    s->link = l;
    if (link_try(s, s->name, flags, f) || link_try_standing(s, flags, f)) return true;
    close_link(s);
    if (mode_makes(s->mode) && strcmp(f->code, "exists") != 0 && strcmp(f->code, "locked") != 0)
        discard(s); /* unless it is another maker's */
    return false;
}

static bool begin(struct store *s, enum store_work work, struct fail *f)
{
    return link_exec(s, work == STORE_WRITING ? "BEGIN IMMEDIATE" : "BEGIN", f);
}

static void rollback(struct store *s)
{
    const struct link *l = s->link;

    /* SQLite has rolled back by itself after a full disk and the like. */
    if (l && !sqlite3_get_autocommit(l->db)) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
}

static bool commit(struct store *s, struct fail *f)
{
    if (link_exec(s, "COMMIT", f)) return true;
    rollback(s);
    return false;
}

static bool statement_prepare(const struct store *s, const struct store_statement *st,
                              sqlite3_stmt **prepared, struct fail *f)
{
    struct link *l = s->link;

    BUG_UNLESS(st->slot >= 0 && st->slot < s->set->slots);
    *prepared = l->prepared[st->slot];
    if (*prepared) return true;
    if (sqlite3_prepare_v3(l->db, st->sql, -1, SQLITE_PREPARE_PERSISTENT, prepared, NULL) !=
        SQLITE_OK)
        return link_fail(s, f);
    BUG_UNLESS(sqlite3_bind_parameter_count(*prepared) <= st->ins);
    BUG_UNLESS(sqlite3_column_count(*prepared) == st->outs);
    l->prepared[st->slot] = *prepared;
    return true;
}

/* A list goes in as a JSON array, which json_each reads; two zipped as an array of pairs. */
static int list_bind(sqlite3_stmt *p, int i, const struct cell *v)
{
    enum { NUMBER = 20, PAIR = 2 * NUMBER + sizeof ",[,]" };
    const int64_t *at = (const void *)v->at;
    char *text = sqlite3_malloc64((v->n + 1) * PAIR), *to = text;

    if (!text) return SQLITE_NOMEM;
    *to++ = '[';
    for (size_t n = 0; n < v->n; n++) {
        if (n) *to++ = ',';
        if (v->zipped)
            to += snprintf(to, PAIR, "[%lld,%lld]", (long long)v->zipped[n], (long long)at[n]);
        else
            to += snprintf(to, PAIR, "%lld", (long long)at[n]);
    }
    *to++ = ']';
    return sqlite3_bind_text64(p, i, text, (sqlite3_uint64)(to - text), sqlite3_free, SQLITE_UTF8);
}

/* The same for texts, in quotes. */
static int texts_bind(sqlite3_stmt *p, int i, const struct cell *v)
{
    enum { ESCAPED = 6 }; /* \u0000 */
    const char *const *at = (const void *)v->at;
    size_t room           = sizeof "[]";

    for (size_t n = 0; n < v->n; n++)
        room += ESCAPED * strlen(at[n]) + sizeof "\"\",";
    char *text = sqlite3_malloc64(room), *to = text;
    if (!text) return SQLITE_NOMEM;
    *to++ = '[';
    for (size_t n = 0; n < v->n; n++) {
        if (n) *to++ = ',';
        *to++ = '"';
        for (const unsigned char *c = (const void *)at[n]; *c; c++) {
            if (*c == '"' || *c == '\\' || *c < ' ')
                to += snprintf(to, ESCAPED + 1, "\\u%04x", *c);
            else
                *to++ = (char)*c;
        }
        *to++ = '"';
    }
    *to++ = ']';
    return sqlite3_bind_text64(p, i, text, (sqlite3_uint64)(to - text), sqlite3_free, SQLITE_UTF8);
}

static int cell_bind(sqlite3_stmt *p, int i, const struct cell *v)
{
    switch (v->kind) {
    case CELL_NULL: return sqlite3_bind_null(p, i);
    case CELL_NUMBER: return sqlite3_bind_int64(p, i, v->number);
    case CELL_TEXT: return sqlite3_bind_text64(p, i, v->at, v->n, SQLITE_STATIC, SQLITE_UTF8);
    case CELL_BLOB: return sqlite3_bind_blob64(p, i, v->at, v->n, SQLITE_STATIC);
    case CELL_LIST: return list_bind(p, i, v);
    case CELL_TEXTS: return texts_bind(p, i, v);
    }
    return SQLITE_MISUSE;
}

/* Binds every parameter; the first of two zipped lists is in the second and has none. */
static int cells_bind(sqlite3_stmt *p, const struct cell *cells)
{
    int code = SQLITE_OK, count = sqlite3_bind_parameter_count(p);

    for (int i = 0; i < count && code == SQLITE_OK; i++)
        code = cell_bind(p, i + 1, &cells[i]);
    return code;
}

/* False for a kind of value the schema cannot hold. */
static bool cell_read(sqlite3_stmt *p, int i, struct cell *v)
{
    switch (sqlite3_column_type(p, i)) {
    case SQLITE_NULL: *v = (struct cell){ .kind = CELL_NULL }; return true;
    case SQLITE_INTEGER:
        *v = (struct cell){ .kind = CELL_NUMBER, .number = sqlite3_column_int64(p, i) };
        return true;
    case SQLITE_TEXT:
        *v   = (struct cell){ .kind = CELL_TEXT, .at = (const char *)sqlite3_column_text(p, i) };
        v->n = (size_t)sqlite3_column_bytes(p, i);
        return v->at != NULL;
    case SQLITE_BLOB:
        *v   = (struct cell){ .kind = CELL_BLOB, .at = sqlite3_column_blob(p, i) };
        v->n = (size_t)sqlite3_column_bytes(p, i);
        if (v->n == 0) v->at = "";
        return v->at != NULL;
    default: return false;
    }
}

static bool row_give(const struct store_statement *st, sqlite3_stmt *p, struct sink *sink,
                     struct fail *f)
{
    struct cell cells[STORE_COLUMNS];

    for (int i = 0; i < st->outs; i++)
        if (!cell_read(p, i, &cells[i]))
            return FAIL(f, FAIL_INTEGRITY, "bad_column",
                        "The database holds a value (column %d of %s) that cannot be there. "
                        "Stop, keep a copy of the database and run `upkeep check`.",
                        i + 1, st->name);
    return sink->row(sink, cells, f);
}

static bool run(struct store *s, const struct store_statement *st, const struct cell *in,
                struct sink *sink, struct fail *f)
{
    const struct link *l = s->link;
    sqlite3_stmt *p;
    bool done = true;

    if (!statement_prepare(s, st, &p, f)) return false;
    BUG_UNLESS(!sqlite3_stmt_busy(p)); /* a visitor must not run the statement it visits */
    int code = cells_bind(p, in);
    if (code == SQLITE_OK)
        while (done && (code = sqlite3_step(p)) == SQLITE_ROW) {
            BUG_UNLESS(sink);
            done = row_give(st, p, sink, f);
        }
    if (done && code != SQLITE_DONE)
        done = link_fail(s, f);
    else if (done && st->writes)
        s->changed = (size_t)sqlite3_changes64(l->db);
    sqlite3_reset(p);
    sqlite3_clear_bindings(p);
    return done;
}

/* Nothing is on its way: a statement that was asked has run. */
static bool answer(struct store *s, struct fail *f)
{
    (void)s, (void)f;
    return true;
}

static bool run_bulk(struct store *s, const struct store_statement *st, const struct source *source,
                     struct fail *f)
{
    const struct link *l = s->link;
    struct cell cells[STORE_COLUMNS];
    sqlite3_stmt *p;
    int code = SQLITE_DONE;

    if (!statement_prepare(s, st, &p, f)) return false;
    BUG_UNLESS(!sqlite3_stmt_busy(p));
    for (size_t r = 0; r < source->count && code == SQLITE_DONE; r++) {
        source->row(source, r, cells);
        code = cells_bind(p, cells);
        if (code == SQLITE_OK) code = sqlite3_step(p);
        if (code == SQLITE_DONE) {
            s->changed += (size_t)sqlite3_changes64(l->db);
            code = sqlite3_reset(p) == SQLITE_OK ? SQLITE_DONE : SQLITE_ERROR;
        }
    }
    bool done = code == SQLITE_DONE || link_fail(s, f);
    sqlite3_reset(p);
    sqlite3_clear_bindings(p);
    return done;
}

/* Tells every row of a check that is not "ok"; counts them. */
static bool check_run(const struct store *s, const char *sql, store_complaint *tell, void *context,
                      size_t *count, struct fail *f)
{
    const struct link *l = s->link;
    sqlite3_stmt *p      = NULL;
    int code;

    if (sqlite3_prepare_v2(l->db, sql, -1, &p, NULL) != SQLITE_OK) return link_fail(s, f);
    while ((code = sqlite3_step(p)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(p, 0);
        if (text && !strcmp(text, "ok")) continue;
        ++*count;
        tell(context, text ? text : "a fault that cannot be described");
    }
    sqlite3_finalize(p);
    return code == SQLITE_DONE || link_fail(s, f);
}

static bool integrity(struct store *s, store_complaint *tell, void *context, struct fail *f)
{
    size_t count = 0;

    if (!check_run(s, "PRAGMA integrity_check", tell, context, &count, f) ||
        !check_run(s,
                   "SELECT 'a row of ' || \"table\" || ' refers to a row of ' || \"parent\" || "
                   "' that is not there' FROM pragma_foreign_key_check",
                   tell, context, &count, f))
        return false;
    if (count == 0) return true;
    return FAIL(f, FAIL_INTEGRITY, "not_intact",
                "%s has %zu faults. Stop using it, keep a copy, and restore the last good backup.",
                s->name, count);
}

static bool bulk(struct store *s, bool is_bulk, struct fail *f)
{
    return link_exec(s, is_bulk ? "PRAGMA cache_size = -65536" : "PRAGMA cache_size = -16384", f) &&
           link_exec(s,
                     is_bulk ? "PRAGMA wal_autocheckpoint = 20000"
                             : "PRAGMA wal_autocheckpoint = 1000",
                     f);
}

static bool backup(struct store *s, const char *path, struct fail *f)
{
    const struct link *l = s->link;

    return sqlite_backup(l->db, path, f);
}

static bool fill_end(struct store *s, struct fail *f)
{
    (void)s, (void)f; /* nothing was left */
    return true;
}

const struct backend backend_sqlite = {
    .open      = open_link,
    .close     = close_link,
    .discard   = discard,
    .begin     = begin,
    .commit    = commit,
    .rollback  = rollback,
    .run       = run,
    .run_bulk  = run_bulk,
    .ask       = run,
    .answer    = answer,
    .integrity = integrity,
    .backup    = backup,
    .fill_end  = fill_end,
    .bulk      = bulk,
    .hold      = sqlite_hold,
};
