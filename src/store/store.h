/* store.h: the database as the program sees it: open, work in a transaction, prove it intact, copy
 * it.
 *
 * Rows are read and written only through the functions that tools/sqlc makes from sql/ (sql.h);
 * there is no way to send SQL text.  A store is used by one thread at a time.  The
 * database is a SQLite file or a PostgreSQL server, as its name says. */
#pragma once
#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>

struct store;
struct store_set; /* a schema and its statements (statement.h); the program's own is sql_set */

enum store_mode {
    STORE_READ,   /* cannot write, whatever bug its user has */
    STORE_WRITE,  /* the database must exist */
    STORE_CREATE, /* makes a new one from sql/schema.sql and opens it to write; it must not exist */
    STORE_SPREAD, /* the same on a server with the Citus extension, spread over its machines */
    STORE_FILL    /* the same, marked unfinished until store_mark_remove: for move.h */
};
enum store_work { STORE_READING, STORE_WRITING };

/* Whether the name is a server's address (postgresql://...) and not a path. */
bool store_is_address(const char *name);
/* Opens the database called name (a path; ":memory:" with STORE_CREATE; or a server's address).
 * NULL with f filled when it is missing, locked, damaged, not Upkeep's, or made by a newer or an
 * older schema. STORE_CREATE fails with code "exists" if there is one, and leaves nothing behind
 * when it fails. */
struct store *store_open(const char *name, enum store_mode mode, struct fail *f);
/* The same with another schema, for tests. */
struct store *store_open_set(const struct store_set *set, const char *name, enum store_mode mode,
                             struct fail *f);
/* Rolls back what was not committed.  NULL is fine. */
void store_close(struct store *s);

/* One transaction at a time, never one inside another.  Writing takes the only writer's place at
 * once (it may wait five seconds, then fails with code "locked").  Statements that write need
 * STORE_WRITING; statements that read need no transaction, but see one state of the data only
 * inside one. */
bool store_begin(struct store *s, enum store_work work, struct fail *f);
/* All or nothing, on disk when it returns true.  False: nothing was committed, and the transaction
 * is over. After a statement has failed, whatever the reason, the transaction can only be rolled
 * back: commit and every further statement fail with code "failed_before". */
bool store_commit(struct store *s, struct fail *f);
/* Begins, does the job and commits; when a server says "again", "gone" or (once) "exists", rolls
 * back and begins anew, a bounded number of times.  So the job starts from nothing each time it is
 * called: it changes no memory that it would read the next time. */
typedef bool store_job(void *context, struct store *s, struct fail *f);
bool store_work(struct store *s, enum store_work work, store_job *job, void *context,
                struct fail *f);
/* Whether a failure may pass by itself, so that the work is worth doing anew: somebody else was at
 * the same rows or wrote the same key first ("again", "locked", "exists"), or the connection was
 * lost ("gone", "unknown": who does it anew finds out what came of the first time). */
bool store_is_passing(const struct fail *f);
/* The same as store_work for a transaction that the caller begins and ends itself, in a loop: after
 * one failed, and *tries counts (from 0), rolls back, waits a little, and says whether to do it
 * anew. */
bool store_try_again(struct store *s, const struct fail *f, int *tries);
/* From now on a server that is away, because it is started again or failed over, is waited for, up
 * to two minutes each time; the user of the store is told when the waiting begins and ends.  What
 * was going on is lost ("gone") and begun anew by the two above, more than once. */
typedef void store_notice(void *context, const char *sentence);
void store_be_patient(struct store *s, store_notice *tell, void *context);
/* The notice as a line on standard error. */
void store_notice_print(void *context, const char *sentence);
/* For work that begins its transaction itself: store_watch before, store_is_anew after (tries: how
 * often it was done).  True, after a short wait and rolled back: a writing transaction failed in a
 * way that store_work would try again, and none was committed, so all of it may be done anew. */
void store_watch(struct store *s);
bool store_is_anew(struct store *s, int tries);
/* Runs a job that does nothing but ask (sql_NAME_ask), and fetches the answers: a server is sent
 * all of it at once.  Once more, outside a transaction, when the connection was lost. */
bool store_together(struct store *s, store_job *job, void *context, struct fail *f);
/* Ends the transaction without its effects; nothing to do if there is none. */
void store_rollback(struct store *s);
bool store_is_working(const struct store *s);
/* Rows inserted, updated or deleted by the last `do`; 0 when ON CONFLICT DO NOTHING found the row
 * there. */
size_t store_changed(const struct store *s);

/* Reads everything and tells each fault of the file, its indexes and its references.  True when
 * there is none; otherwise FAIL_INTEGRITY "not_intact" (or what stopped the reading). */
typedef void store_complaint(void *context, const char *sentence);
bool store_integrity(struct store *s, store_complaint *tell, void *context, struct fail *f);
/* Copies the database as it is now to a new file at path, while others go on working.  The file is
 * there whole or not at all; one that exists already is refused with code "exists". */
bool store_backup_to(struct store *s, const char *path, struct fail *f);
/* Holds, until the store is closed or its process dies, what one run at a time does; `what` (from
 * 1) says which.  *held is false when another one, of this or another machine, is at it: nothing is
 * waited for.  A lock of the database server's, or on a file beside a SQLite file; no row says it,
 * so nothing is left of a run that was cut off. */
bool store_hold(struct store *s, int what, bool *held, struct fail *f);
/* For work over the whole caseload: more memory, fewer checkpoints.  Safety is the same. */
bool store_set_bulk(struct store *s, bool is_bulk, struct fail *f);

/* What a failure of the store may say in f->code, beside the ones above:
 *   exists         FAIL_INPUT      a row with this key is there already (or the file, see above)
 *   constraint     FAIL_INTEGRITY  the row breaks a reference, a check or a NOT NULL
 *   missing        FAIL_SYSTEM     no such database
 *   cannot_open    FAIL_SYSTEM     the file or its folder may not be used
 *   read_only      FAIL_SYSTEM     the file or the disk is write-protected
 *   locked         FAIL_SYSTEM     another program is writing
 *   disk_full      FAIL_SYSTEM     no room left
 *   disk_error     FAIL_SYSTEM     the disk did not do what it was asked
 *   again          FAIL_SYSTEM     someone changed the same rows meanwhile: begin again
 *   gone           FAIL_SYSTEM     the connection was lost; nothing was committed
 *   unknown        FAIL_SYSTEM     it was lost in a commit, and what came of it cannot be asked
 *   corrupt        FAIL_INTEGRITY  damaged, or not a database at all
 *   not_upkeep     FAIL_SYSTEM     a database, but not one of ours
 *   unfinished     FAIL_SYSTEM     a copy that `upkeep move` has not finished
 *   citus_missing  FAIL_SYSTEM     STORE_SPREAD without the extension
 *   schema_newer, schema_older, schema_other   FAIL_SYSTEM  made by another version
 *   bad_column     FAIL_INTEGRITY  a value of the wrong type, or NULL where none may be
 *   more_than_one  FAIL_INTEGRITY  a statement of verb `one` found two rows
 *   database       FAIL_SYSTEM     anything else, with the database's own words */
