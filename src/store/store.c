/* store.c: opening, the version of the schema, transactions; the database itself is behind
 * backend.h. */
#include "store/store.h"

#include "base/bug.h"
#include "store/backend.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    NUMBER_TEXT   = 24,
    SLOT_READ     = 0,
    SLOT_WRITE    = 1,
    SLOT_REMOVE   = 2,
    WORK_TRIES    = 12,
    WORK_PAUSE_US = 5000
};

struct meta {
    const char *key, *value;
};

static const struct store_column meta_key[] = {
    { "key", STORE_TEXT, false, offsetof(struct meta, key), 0 },
    { "value", STORE_TEXT, false, offsetof(struct meta, value), 0 },
};
static const struct store_statement meta_read = {
    .name     = "meta_read",
    .sql      = "SELECT value FROM meta WHERE key = :key",
    .postgres = "SELECT value FROM meta WHERE key = $1",
    .slot     = SLOT_READ,
    .in       = meta_key,
    .ins      = 1,
    .out      = meta_key + 1,
    .outs     = 1,
    .row_size = sizeof(struct meta),
};
static const struct store_statement meta_write = {
    .name     = "meta_write",
    .sql      = "INSERT INTO meta (key, value) VALUES (:key, :value)",
    .postgres = "INSERT INTO meta (key, value) VALUES ($1, $2)",
    .slot     = SLOT_WRITE,
    .writes   = true,
    .in       = meta_key,
    .ins      = 2,
};

static const struct store_statement meta_remove = {
    .name     = "meta_remove",
    .sql      = "DELETE FROM meta WHERE key = :key",
    .postgres = "DELETE FROM meta WHERE key = $1",
    .slot     = SLOT_REMOVE,
    .writes   = true,
    .in       = meta_key,
    .ins      = 1,
};

bool store_fail_before(const struct store *s, struct fail *f)
{
    return FAIL(f, FAIL_SYSTEM, "failed_before",
                "An earlier step of this work on %s failed, so none of it was committed. "
                "Put right what was reported first, then run it again.",
                s->name);
}

/* Compares what the database says of its schema with what this program was built with. */
static bool version_check(struct store *s, const char *version, const char *print, struct fail *f)
{
    long found = strtol(version, NULL, 10);

    if (found > s->set->version)
        return FAIL(
            f, FAIL_SYSTEM, "schema_newer",
            "%s was made by a newer upkeep (schema %ld; this program knows %d). Use the newer "
            "program; this one would damage it.",
            s->name, found, s->set->version);
    if (found < s->set->version)
        return FAIL(
            f, FAIL_SYSTEM, "schema_older",
            "%s was made by an older upkeep (schema %ld; this program needs %d). Make a backup, "
            "bring it up to date (doc/storage.md, Migrations), or use the older program.",
            s->name, found, s->set->version);
    if (strcmp(print, s->set->fingerprint))
        return FAIL(
            f, FAIL_SYSTEM, "schema_other",
            "%s says schema %ld, but was made by a build whose tables differ from this one's. "
            "Use the build that made it, or make the database again.",
            s->name, found);
    return true;
}

static bool version_read(struct store *s, struct fail *f)
{
    struct arena a      = { .limit = 0 };
    struct meta version = { .value = NULL }, print = { .value = NULL };
    struct meta mark = { .value = NULL };
    bool found = false, also = false, left = false;

    bool done =
        store_one(s, &meta_read, &(struct meta){ .key = "schema_version" }, &a, &version, &found,
                  f) &&
        store_one(s, &meta_read, &(struct meta){ .key = "schema_print" }, &a, &print, &also, f);
    if (done && !found)
        done = store_one(s, &meta_read, &(struct meta){ .key = STORE_MARK }, &a, &mark, &left, f);
    if (done && left)
        done = FAIL(f, FAIL_SYSTEM, "unfinished",
                    "%s is a copy that was cut short. Run `upkeep move` again: it starts over.",
                    s->name);
    if (done && !(found && also))
        done = FAIL(f, FAIL_SYSTEM, "not_upkeep",
                    "%s does not say which schema it has: it is not an "
                    "Upkeep database, or its making was cut short.",
                    s->name);
    if (done) done = version_check(s, version.value, print.value, f);
    arena_free(&a);
    return done;
}

/* The back end has left the making transaction open. */
static bool version_write(struct store *s, struct fail *f)
{
    char version[NUMBER_TEXT];

    snprintf(version, sizeof version, "%d", s->set->version);
    s->is_working = s->is_writing = true;
    if (s->mode == STORE_FILL)
        return store_do(s, &meta_write, &(struct meta){ STORE_MARK, "move" }, f) &&
               store_commit(s, f);
    return store_do(s, &meta_write, &(struct meta){ "schema_version", version }, f) &&
           store_do(s, &meta_write, &(struct meta){ "schema_print", s->set->fingerprint }, f) &&
           store_commit(s, f);
}

bool store_is_address(const char *name)
{
    return !strncmp(name, "postgresql://", strlen("postgresql://")) ||
           !strncmp(name, "postgres://", strlen("postgres://"));
}

bool store_mark_remove(struct store *s, struct fail *f)
{
    return store_do(s, &meta_remove, &(struct meta){ .key = STORE_MARK }, f);
}

struct store *store_open_set(const struct store_set *set, const char *name, enum store_mode mode,
                             struct fail *f)
{
    struct store *s;

    s = calloc(1, sizeof *s);
    BUG_UNLESS(s);
    s->backend = store_is_address(name) ? &backend_postgres : &backend_sqlite;
    s->set     = set;
    s->mode    = mode;
    if (strlen(name) == 0 || strlen(name) >= sizeof s->name) {
        FAIL(f, FAIL_INPUT, "cannot_open", "The database needs a name of 1 to %zu bytes.",
             sizeof s->name - 1);
        free(s);
        return NULL;
    }
    memcpy(s->name, name, strlen(name) + 1);
    bool is_open = s->backend->open(s, f);
    if (is_open && (mode_makes(mode) ? version_write(s, f) : version_read(s, f))) return s;
    store_rollback(s);
    s->backend->close(s);
    if (is_open && mode_makes(mode)) s->backend->discard(s);
    free(s);
    return NULL;
}

struct store *store_open(const char *name, enum store_mode mode, struct fail *f)
{
    return store_open_set(&sql_set, name, mode, f);
}

void store_close(struct store *s)
{
    if (!s) return;
    store_rollback(s);
    s->backend->close(s);
    free(s);
}

bool store_begin(struct store *s, enum store_work work, struct fail *f)
{
    BUG_UNLESS(!s->is_working);
    BUG_UNLESS(work == STORE_READING || s->mode != STORE_READ);
    if (!s->backend->begin(s, work, f)) return false;
    s->is_working = true;
    s->is_writing = work == STORE_WRITING;
    s->has_failed = false;
    return true;
}

bool store_commit(struct store *s, struct fail *f)
{
    BUG_UNLESS(s->is_working);
    if (s->has_failed) {
        store_rollback(s);
        return store_fail_before(s, f);
    }
    bool is_done = s->backend->commit(s, f);
    if (is_done && s->is_writing) s->has_committed = true;
    if (!is_done) store_lose(s, f);
    s->is_working = s->is_writing = false;
    return is_done;
}

void store_rollback(struct store *s)
{
    if (s->is_working) s->backend->rollback(s);
    s->is_working = s->is_writing = s->has_failed = false;
}

static bool is_passing(const char *code)
{
    static const char *const codes[] = { "again", "locked", "exists", "gone", "unknown" };

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (!strcmp(code, codes[i])) return true;
    return false;
}

bool store_is_passing(const struct fail *f)
{
    return is_passing(f->code);
}

/* "exists" may mean that someone else was quicker by a moment: what they wrote is seen the next
 * time, so it is told only if it comes twice; so is a connection lost, unless it is waited for.
 * What came of a commit cannot be asked here. */
static bool is_worth_trying(const struct store *s, int tries, const char *code)
{
    if (!store_is_address(s->name) || tries == WORK_TRIES || !is_passing(code)) return false;
    bool is_once = !strcmp(code, "exists") || (!strcmp(code, "gone") && !s->notice);
    return strcmp(code, "unknown") != 0 && (tries == 1 || !is_once);
}

bool store_lose(struct store *s, const struct fail *f)
{
    if (s->is_writing) snprintf(s->lost, sizeof s->lost, "%.23s", f->code);
    return false;
}

static void work_pause(int tries)
{
    usleep((useconds_t)tries * WORK_PAUSE_US + (useconds_t)getpid() % WORK_PAUSE_US);
}

bool store_try_again(struct store *s, const struct fail *f, int *tries)
{
    bool is_later = !strcmp(f->code, "failed_before"); /* the first failure counts */

    store_rollback(s);
    if (!is_worth_trying(s, ++*tries, is_later ? s->lost : f->code)) return false;
    work_pause(*tries);
    return true;
}

void store_be_patient(struct store *s, store_notice *tell, void *context)
{
    s->notice         = tell;
    s->notice_context = context;
}

void store_notice_print(void *context, const char *sentence)
{
    (void)context;
    fprintf(stderr, "\n%s\n", sentence);
}

void store_watch(struct store *s)
{
    *s->lost         = '\0';
    s->has_committed = false;
}

bool store_is_anew(struct store *s, int tries)
{
    if (s->has_committed || !is_worth_trying(s, tries, s->lost)) return false;
    store_rollback(s);
    work_pause(tries);
    return true;
}

bool store_work(struct store *s, enum store_work work, store_job *job, void *context,
                struct fail *f)
{
    for (int tries = 0;;) {
        if (store_begin(s, work, f) && job(context, s, f) && store_commit(s, f)) return true;
        if (!store_try_again(s, f, &tries)) return false;
    }
}

static bool together_once(struct store *s, store_job *job, void *context, struct fail *f)
{
    struct fail unanswered = { 0 };

    BUG_UNLESS(!s->is_asking);
    s->is_asking  = true;
    bool asked    = job(context, s, f);
    bool answered = s->backend->answer(s, asked ? f : &unanswered);
    s->is_asking  = false;
    if (!answered) s->has_failed = s->is_working;
    if (asked && !answered) store_lose(s, f);
    return asked && answered;
}

bool store_together(struct store *s, store_job *job, void *context, struct fail *f)
{
    return together_once(s, job, context, f) ||
           (!s->is_working && !strcmp(f->code, "gone") && together_once(s, job, context, f));
}

bool store_is_working(const struct store *s)
{
    return s->is_working;
}

size_t store_changed(const struct store *s)
{
    return s->changed;
}

bool store_integrity(struct store *s, store_complaint *tell, void *context, struct fail *f)
{
    return s->backend->integrity(s, tell, context, f);
}

bool store_backup_to(struct store *s, const char *path, struct fail *f)
{
    BUG_UNLESS(!s->is_writing);
    return s->backend->backup(s, path, f);
}

bool store_hold(struct store *s, int what, bool *held, struct fail *f)
{
    BUG_UNLESS(!s->is_working && !s->hold && what > 0);
    if (!s->backend->hold(s, what, held, f)) return false;
    if (*held) s->hold = what;
    return true;
}

bool store_set_bulk(struct store *s, bool is_bulk, struct fail *f)
{
    BUG_UNLESS(!s->is_working && s->mode != STORE_READ);
    return s->backend->bulk(s, is_bulk, f);
}
