/* statement.h: what tools/sqlc turns a statement of sql/ into, and the five verbs that run one.
 *
 * Only generated code uses this: everyone else calls the typed functions of sql.h.  A statement is
 * a const table of names, types and offsets, so the generated code is data and a back end knows
 * nothing of structs.
 *
 * Dates are stored as INTEGER days since 1970-01-01 and money as INTEGER pence, bool as 0 or 1.
 * Rejected: ISO text and `date` columns.  Integers are the same in every database, compare and
 * index as they are, take a third of the room (over a million arrangements the date columns are
 * most of the ledger), and cannot hold a date that does not exist.  Readable forms are for views
 * and pages. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/money.h"
#include "store/store.h"

struct blob {
    const void *at; /* NULL stands for SQL's NULL; an empty blob has any other address */
    size_t n;
};

/* A list for `IN (:list)`, in any order. */
struct store_texts {
    const char *const *at;
    size_t n;
};

/* A list for `IN (:list)`, in ascending order. */
struct store_ints {
    const int64_t *at;
    size_t n;
};

enum store_type {
    STORE_INT,
    STORE_DATE,
    STORE_MONEY,
    STORE_BOOL,
    STORE_TEXT,
    STORE_BLOB,
    STORE_INTS,
    STORE_TEXTS,
    STORE_ZIPPED /* the second list of `IN (:first, :this)`; has_offset is the first's */
};

struct store_column {
    const char *name;
    enum store_type type;
    bool nullable;
    size_t offset;     /* of the member in the struct */
    size_t has_offset; /* of has_NAME, for a nullable one that is neither text nor blob */
};

enum {
    STORE_OWN_SLOTS = 3, /* of the store itself */
    STORE_COLUMNS   = 64,
    STORE_ASKED     = 16 /* as many may be on their way */
};

struct store_statement {
    const char *name, *sql;
    const char *postgres;      /* the same as PostgreSQL takes it */
    const char *postgres_many; /* of one marked bulk: with a list for each parameter */
    const char *postgres_copy; /* of a plain INSERT marked bulk */
    int slot;                  /* in the connection's list of prepared statements */
    bool writes, is_streamed;  /* is_streamed: more rows may come than memory holds */
    bool is_whole;             /* takes no parameters, so it reads tables from end to end */
    int ins, outs;
    const struct store_column *in;  /* in the order the parameters first appear in sql */
    const struct store_column *out; /* in the result's order; NULL for a hash of all */
    size_t row_size, in_size;
};

/* Reading all of a table in the order of its key, and writing one row, every column. */
struct store_table {
    const char *name;
    const struct store_statement *all, *lay;
};

struct store_set {
    const char *const *schema; /* CREATE statements in portable SQL */
    size_t schema_count;
    int version;             /* `-- version N` of the schema file */
    const char *fingerprint; /* of the schema without comments and white space */
    int slots;
    const struct store_statement *const *statements;
    int statement_count;
    const struct store_table *tables; /* each after those it refers to */
    int table_count;
};

extern const struct store_set sql_set;

struct store_rows {
    void *at;
    size_t count;
};

/* Called for each row; the row and what it points at live until it returns.  False stops, with f
 * filled. */
typedef bool store_visit(void *context, const void *row, struct fail *f);
struct store_visitor {
    store_visit *visit;
    void *context;
};

/* No rows come back; store_changed tells how many were changed. */
bool store_do(struct store *s, const struct store_statement *st, const void *in, struct fail *f);
/* The same statement for `count` structs of st->in_size bytes at rows.  store_changed is the sum.
 */
bool store_bulk(struct store *s, const struct store_statement *st, const void *rows, size_t count,
                struct fail *f);
/* At most one row; *row is all zero when none was found.  a may be NULL for a row of numbers. */
bool store_one(struct store *s, const struct store_statement *st, const void *in, struct arena *a,
               void *row, bool *found, struct fail *f);
/* All rows, in the arena. */
bool store_many(struct store *s, const struct store_statement *st, const void *in, struct arena *a,
                struct store_rows *rows, struct fail *f);
/* The same, inside the job of store_together only: *rows holds when that has returned true. */
bool store_ask(struct store *s, const struct store_statement *st, const void *in, struct arena *a,
               struct store_rows *rows, struct fail *f);
/* Row by row, nothing copied.  The visitor may run other statements, but not this one. */
bool store_each(struct store *s, const struct store_statement *st, const void *in,
                const struct store_visitor *visitor, struct fail *f);
/* Adds every column of every row to d: for a row 'r' and the number of columns, for a column its
 * kind
 * ('i' number, 't' text, 'b' blob, 'n' NULL), its length and its bytes (digest.h).  Two databases
 * with the same values give the same digest. */
bool store_hash(struct store *s, const struct store_statement *st, const void *in, struct digest *d,
                size_t *rows, struct fail *f);
/* Adds to d what store_hash would add for a row with the values of these columns. */
void store_absorb(const struct store_column *columns, int count, const void *in, struct digest *d);
/* Copies the texts and bytes a struct of st->in_size bytes points at, so that it lives as long as
 * the arena. */
void store_keep(const struct store_statement *st, void *in, struct arena *a);
