/* postgres_run.c: statements: prepared once for a connection, everything binary, rows to the sink.
 */
#include "store/postgres.h"

#include "base/bug.h"

#include <stdio.h>
#include <string.h>

enum { BINARY = 1, NAME_TEXT = 32, FETCH_TEXT = 64, FETCH = 2000, CURSOR_TEXT = 8192 };

bool postgres_prepare(struct store *s, const char *name, const char *sql, int count,
                      const unsigned *types, struct fail *f)
{
    struct link *l   = s->link;
    PGresult *result = PQprepare(l->conn, name, sql, count, types);
    bool done        = PQresultStatus(result) == PGRES_COMMAND_OK || postgres_fail(s, result, f);

    PQclear(result);
    return done;
}

static bool statement_prepare(struct store *s, const struct store_statement *st, struct fail *f)
{
    struct link *l = s->link;
    unsigned types[STORE_COLUMNS];
    char name[NAME_TEXT];

    BUG_UNLESS(st->slot >= 0 && st->slot < s->set->slots && st->postgres);
    if (l->prepared[st->slot]) return true;
    for (int i = 0; i < st->ins; i++)
        types[i] = column_oid(&st->in[i]);
    snprintf(name, sizeof name, "s%d", st->slot);
    l->prepared[st->slot] = postgres_prepare(s, name, st->postgres, st->ins, types, f);
    return l->prepared[st->slot];
}

void parameters_put(struct link *l, const struct store_statement *st, const struct cell *in,
                    struct parameters *p)
{
    size_t from[STORE_COLUMNS];

    l->in.n = 0;
    for (int i = 0; i < st->ins; i++) {
        from[i] = l->in.n;
        bytes_cell(&l->in, &in[i]);
    }
    for (int i = 0; i < st->ins; i++) {
        size_t end    = i + 1 < st->ins ? from[i + 1] : l->in.n;
        p->values[i]  = in[i].kind == CELL_NULL ? NULL : l->in.at + from[i] + sizeof(int32_t);
        p->lengths[i] = (int)(end - from[i] - sizeof(int32_t));
        p->formats[i] = BINARY;
    }
}

/* Whether tables may be read from end to end: by statements that take nothing, for they mean all.
 */
bool postgres_whole(struct store *s, bool is_allowed, struct fail *f)
{
    struct link *l = s->link;

    if (l->is_whole_allowed == is_allowed) return true;
    l->is_whole_allowed = is_allowed;
    return postgres_exec(
        s,
        is_allowed
            ? "SET enable_seqscan = on; SET enable_hashjoin = on; SET enable_mergejoin = on"
            : "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off",
        f);
}

static bool rows_give(const struct store_statement *st, const PGresult *result, struct sink *sink,
                      struct fail *f)
{
    struct cell cells[STORE_COLUMNS];
    int count = PQntuples(result);

    BUG_UNLESS(PQnfields(result) == st->outs && (sink || count == 0));
    for (int r = 0; r < count; r++) {
        for (int i = 0; i < st->outs; i++)
            if (!value_read(result, r, i, &cells[i]))
                return FAIL(f, FAIL_INTEGRITY, "bad_column",
                            "The database gave a value (column %d of %s) that cannot be there. "
                            "Stop, keep a copy of the database and run `upkeep check`.",
                            i + 1, st->name);
        if (!sink->row(sink, cells, f)) return false;
    }
    return true;
}

bool postgres_take(struct store *s, const struct store_statement *st, PGresult *result,
                   struct sink *sink, struct fail *f)
{
    ExecStatusType status = PQresultStatus(result);
    bool done             = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

    if (!done)
        postgres_fail(s, result, f);
    else if (status == PGRES_TUPLES_OK)
        done = rows_give(st, result, sink, f);
    if (done && st->writes) {
        const char *tuples = PQcmdTuples(result);
        s->changed         = 0;
        for (; *tuples >= '0' && *tuples <= '9'; tuples++)
            s->changed = s->changed * 10 + (size_t)(*tuples - '0');
    }
    PQclear(result);
    return done;
}

static PGresult *statement_send(struct link *l, const struct store_statement *st,
                                const struct parameters *p)
{
    char name[NAME_TEXT];

    snprintf(name, sizeof name, "s%d", st->slot);
    return PQexecPrepared(l->conn, name, st->ins, p->values, p->lengths, p->formats, BINARY);
}

static bool cursor_read(struct store *s, const struct store_statement *st, const char *cursor,
                        struct sink *sink, struct fail *f)
{
    struct link *l = s->link;
    char text[FETCH_TEXT];
    int count = FETCH;

    snprintf(text, sizeof text, "FETCH %d FROM %s", FETCH, cursor);
    while (count == FETCH) {
        PGresult *result = PQexecParams(l->conn, text, 0, NULL, NULL, NULL, NULL, BINARY);
        count            = PQntuples(result);
        if (!postgres_take(s, st, result, sink, f)) return false;
    }
    return true;
}

/* Rows of a statement that may give more than memory holds.  Outside a transaction the cursor lasts
 * beyond its own (WITH HOLD), so that the visitor may begin others. */
static bool statement_stream(struct store *s, const struct store_statement *st,
                             const struct parameters *p, struct sink *sink, struct fail *f)
{
    struct link *l = s->link;
    char text[CURSOR_TEXT], cursor[NAME_TEXT];
    unsigned types[STORE_COLUMNS];
    struct fail ignored;

    snprintf(cursor, sizeof cursor, "c%u", l->cursors++);
    int n = snprintf(text, sizeof text, "DECLARE %s BINARY NO SCROLL CURSOR %s FOR %s", cursor,
                     s->is_working ? "" : "WITH HOLD", st->postgres);
    BUG_UNLESS(n > 0 && n < (int)sizeof text);
    for (int i = 0; i < st->ins; i++)
        types[i] = column_oid(&st->in[i]);
    PGresult *result =
        PQexecParams(l->conn, text, st->ins, types, p->values, p->lengths, p->formats, BINARY);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK || postgres_fail(s, result, f);
    PQclear(result);
    if (!done) return false;
    done = cursor_read(s, st, cursor, sink, f);
    snprintf(text, sizeof text, "CLOSE %s", cursor);
    if (PQtransactionStatus(l->conn) != PQTRANS_INERROR &&
        !postgres_exec(s, text, done ? f : &ignored))
        return false;
    return done;
}

/* Once: a failure outside a transaction because the connection was lost may be tried again. */
static bool run_once(struct store *s, const struct store_statement *st, const struct cell *in,
                     struct sink *sink, struct fail *f)
{
    struct link *l = s->link;
    struct parameters p;

    if (!postgres_whole(s, st->is_whole && !st->writes, f)) return false;
    parameters_put(l, st, in, &p);
    if (st->is_streamed) return statement_stream(s, st, &p, sink, f);
    return statement_prepare(s, st, f) && postgres_take(s, st, statement_send(l, st, &p), sink, f);
}

bool postgres_run(struct store *s, const struct store_statement *st, const struct cell *in,
                  struct sink *sink, struct fail *f)
{
    struct link *l = s->link;

    if (s->is_working || PQstatus(l->conn) != CONNECTION_OK) {
        if (!s->is_working && !postgres_alive(s, f)) return false;
        return run_once(s, st, in, sink, f);
    }
    if (run_once(s, st, in, sink, f)) return true;
    /* Nothing reached the sink of a statement whose connection had gone before it was sent. */
    if (strcmp(f->code, "gone") != 0 || st->is_streamed) return false;
    return postgres_alive(s, f) && run_once(s, st, in, sink, f);
}
