/* postgres.h: what the files of the PostgreSQL back end share.  Private to src/store. */
#pragma once
#include "store/backend.h"

#include <libpq-fe.h>

/* Bytes that grow; the only memory the back end takes itself, kept for the connection's life. */
struct bytes {
    char *at;
    size_t n, room;
};

/* A statement on its way. */
struct asked {
    const struct store_statement *st;
    struct sink *sink;
    bool prepares; /* it was prepared on the way, which has an answer of its own */
};

struct link {
    PGconn *conn;
    char *address;                   /* the whole name, password and all, to connect again */
    bool *prepared;                  /* by slot: the statement; by slot + slots: for many rows */
    bool *lists;                     /* by slot: whether lists were prepared with it */
    struct bytes in, out;            /* parameters on their way; rows on their way by COPY */
    char transaction[24];            /* the number of the one open, to ask what became of it */
    char place[160];                 /* host and port on which it was begun */
    char started[96];                /* when its server began, and began anew after a crash */
    struct asked asked[STORE_ASKED]; /* statements that were sent, in that order */
    int asked_count;
    unsigned cursors;      /* how many are open, for their names */
    bool is_whole_allowed; /* whether tables may be read from end to end just now */
};

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_INT8S = 1016 };

/* postgres.c */
/* Runs SQL without parameters; false with f filled. */
bool postgres_exec(struct store *s, const char *sql, struct fail *f);
/* Connects again if the connection is known to be lost. */
bool postgres_alive(struct store *s, struct fail *f);

/* postgres_schema.c */
/* Makes the tables, in the transaction that is open: in hash partitions, or spread over machines
 * (STORE_SPREAD), or without indexes and references (STORE_FILL), which postgres_fill_end makes. */
bool postgres_schema_make(struct store *s, struct fail *f);
bool postgres_schema_drop(struct store *s, struct fail *f);
bool postgres_fill_end(struct store *s, struct fail *f);
/* postgres_integrity.c */
bool postgres_integrity(struct store *s, store_complaint *tell, void *context, struct fail *f);

/* postgres_value.c: values as PostgreSQL's binary format has them. */
void bytes_add(struct bytes *b, const void *at, size_t n);
void bytes_int16(struct bytes *b, int value);
void bytes_int32(struct bytes *b, int64_t value);
void bytes_int64(struct bytes *b, int64_t value);
/* Length and bytes, as COPY, arrays and parameters have them; -1 for NULL. */
void bytes_cell(struct bytes *b, const struct cell *v);
/* The begin of an array of n values; each follows by bytes_cell. */
void bytes_array(struct bytes *b, unsigned oid, size_t n);
unsigned column_oid(const struct store_column *c);
unsigned column_array_oid(const struct store_column *c);
/* One value of a result.  False for a type no column has. */
bool value_read(const PGresult *result, int row, int column, struct cell *v);

/* postgres_run.c */
bool postgres_run(struct store *s, const struct store_statement *st, const struct cell *in,
                  struct sink *sink, struct fail *f);
/* Prepares sql under the name, with these types. */
bool postgres_prepare(struct store *s, const char *name, const char *sql, int count,
                      const unsigned *types, struct fail *f);
/* Parameters as the library takes them; they lie in the link. */
struct parameters {
    const char *values[STORE_COLUMNS];
    int lengths[STORE_COLUMNS], formats[STORE_COLUMNS];
};
void parameters_put(struct link *l, const struct store_statement *st, const struct cell *in,
                    struct parameters *p);
/* Gives the rows of a result, which it clears, to the sink. */
bool postgres_take(struct store *s, const struct store_statement *st, PGresult *result,
                   struct sink *sink, struct fail *f);
/* Lets tables be read from end to end, or not. */
bool postgres_whole(struct store *s, bool is_allowed, struct fail *f);
/* postgres_ask.c: statements sent one after another without waiting (libpq's pipeline). */
bool postgres_ask(struct store *s, const struct store_statement *st, const struct cell *in,
                  struct sink *sink, struct fail *f);
bool postgres_answer(struct store *s, struct fail *f);
/* postgres_bulk.c */
bool postgres_run_bulk(struct store *s, const struct store_statement *st,
                       const struct source *source, struct fail *f);

/* postgres_fail.c */
/* Fills f from what the server said, or from the connection when it said nothing; returns false. */
bool postgres_fail(const struct store *s, const PGresult *result, struct fail *f);
/* "The connection to ... was lost"; nothing of the transaction was committed. */
bool postgres_gone(const struct store *s, struct fail *f);
