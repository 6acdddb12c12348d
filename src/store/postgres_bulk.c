/* postgres_bulk.c: many rows with few messages: COPY for new rows, one statement with lists for
 * changes and for a handful of new rows. */
#include "store/postgres.h"

#include "base/bug.h"

#include <stdio.h>
#include <string.h>

/* COPY takes two answers of the server and cannot be mixed with other work: from this many rows on
 * it is faster all the same. */
enum { COPY_FROM = 64, COPY_BUFFER = 65536, NAME_TEXT = 32, BINARY = 1, LIST_ROWS = 20000 };

static size_t changed_of(const PGresult *result)
{
    size_t n = 0;

    for (const char *at = PQcmdTuples((PGresult *)(uintptr_t)result); *at >= '0' && *at <= '9';
         at++)
        n = n * 10 + (size_t)(*at - '0');
    return n;
}

/* --- COPY --- */

static bool copy_rows(struct link *l, const struct store_statement *st, const struct source *source)
{
    static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; /* signature, flags, extension */
    struct cell cells[STORE_COLUMNS];

    l->out.n = 0;
    bytes_add(&l->out, head, sizeof head); /* its last byte is the NUL of the string */
    for (size_t r = 0; r < source->count; r++) {
        source->row(source, r, cells);
        bytes_int16(&l->out, st->ins);
        for (int i = 0; i < st->ins; i++)
            bytes_cell(&l->out, &cells[i]);
        if (l->out.n < COPY_BUFFER) continue;
        if (PQputCopyData(l->conn, l->out.at, (int)l->out.n) != 1) return false;
        l->out.n = 0;
    }
    bytes_int16(&l->out, -1);
    return PQputCopyData(l->conn, l->out.at, (int)l->out.n) == 1;
}

/* The end of a COPY: the last result that says something, and nothing left to read. */
static bool copy_end(struct store *s, bool is_sent, struct fail *f)
{
    struct link *l = s->link;
    bool done      = is_sent && PQputCopyEnd(l->conn, NULL) == 1;

    if (!done) return postgres_fail(s, NULL, f);
    for (PGresult *result; (result = PQgetResult(l->conn));) {
        if (PQresultStatus(result) == PGRES_COMMAND_OK)
            s->changed += changed_of(result);
        else if (done)
            done = postgres_fail(s, result, f);
        PQclear(result);
    }
    return done;
}

static bool copy_run(struct store *s, const struct store_statement *st, const struct source *source,
                     struct fail *f)
{
    struct link *l   = s->link;
    PGresult *result = PQexec(l->conn, st->postgres_copy);
    bool is_ready    = PQresultStatus(result) == PGRES_COPY_IN || postgres_fail(s, result, f);

    PQclear(result);
    return is_ready && copy_end(s, copy_rows(l, st, source), f);
}

/* --- lists --- */

static bool lists_prepare(struct store *s, const struct store_statement *st, struct fail *f)
{
    struct link *l = s->link;
    int slot       = st->slot + s->set->slots;
    unsigned types[STORE_COLUMNS];
    char name[NAME_TEXT];

    if (l->prepared[slot]) return true;
    for (int i = 0; i < st->ins; i++)
        types[i] = column_array_oid(&st->in[i]);
    snprintf(name, sizeof name, "m%d", st->slot);
    l->prepared[slot] = postgres_prepare(s, name, st->postgres_many, st->ins, types, f);
    return l->prepared[slot];
}

/* The lists of rows [from, upto), one for each column. */
static void lists_put(struct link *l, const struct store_statement *st, const struct source *source,
                      size_t from, size_t upto, size_t *begins)
{
    struct cell cells[STORE_COLUMNS];

    l->in.n = 0;
    for (int i = 0; i < st->ins; i++) {
        unsigned oid = column_oid(&st->in[i]);
        begins[i]    = l->in.n;
        bytes_array(&l->in, oid, upto - from);
        for (size_t r = from; r < upto; r++) {
            source->row(source, r, cells);
            bytes_cell(&l->in, &cells[i]);
        }
    }
    begins[st->ins] = l->in.n;
}

static bool lists_run(struct store *s, const struct store_statement *st,
                      const struct source *source, size_t from, size_t upto, struct fail *f)
{
    struct link *l = s->link;
    size_t begins[STORE_COLUMNS + 1];
    const char *values[STORE_COLUMNS];
    int lengths[STORE_COLUMNS], formats[STORE_COLUMNS];
    char name[NAME_TEXT];

    if (!lists_prepare(s, st, f)) return false;
    lists_put(l, st, source, from, upto, begins);
    for (int i = 0; i < st->ins; i++) {
        values[i]  = l->in.at + begins[i];
        lengths[i] = (int)(begins[i + 1] - begins[i]);
        formats[i] = BINARY;
    }
    snprintf(name, sizeof name, "m%d", st->slot);
    PGresult *result = PQexecPrepared(l->conn, name, st->ins, values, lengths, formats, BINARY);
    bool done        = PQresultStatus(result) == PGRES_COMMAND_OK || postgres_fail(s, result, f);
    if (done) s->changed += changed_of(result);
    PQclear(result);
    return done;
}

/* One by one, for a statement that is not marked bulk or a single row. */
static bool single_run(struct store *s, const struct store_statement *st,
                       const struct source *source, struct fail *f)
{
    struct cell cells[STORE_COLUMNS];
    size_t changed = 0;

    for (size_t r = 0; r < source->count; r++) {
        source->row(source, r, cells);
        if (!postgres_run(s, st, cells, NULL, f)) return false;
        changed += s->changed;
    }
    s->changed = changed;
    return true;
}

bool postgres_run_bulk(struct store *s, const struct store_statement *st,
                       const struct source *source, struct fail *f)
{
    if (source->count == 1 || !st->postgres_many) return single_run(s, st, source, f);
    if (st->postgres_copy && source->count >= COPY_FROM) return copy_run(s, st, source, f);
    for (size_t from = 0; from < source->count; from += LIST_ROWS) {
        size_t upto = source->count - from > LIST_ROWS ? from + LIST_ROWS : source->count;
        if (!lists_run(s, st, source, from, upto, f)) return false;
    }
    return true;
}
