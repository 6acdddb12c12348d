/* backend.h: what a database has to do for the store.  Private to src/store.  Values cross as
 * cells, so a back end knows nothing of structs, dates or money. */
#pragma once
#include "store/statement.h"

enum cell_kind { CELL_NULL, CELL_NUMBER, CELL_TEXT, CELL_BLOB, CELL_LIST, CELL_TEXTS };

struct cell {
    enum cell_kind kind;
    int64_t number;
    const char *at;        /* text (not always NUL-terminated), blob, or a list's values */
    size_t n;              /* bytes; of a list, values */
    const int64_t *zipped; /* of a second list: the first, else NULL */
};

/* Receives each row; the cells live until it returns.  False stops, with f filled. */
struct sink {
    bool (*row)(struct sink *sink, const struct cell *cells, struct fail *f);
};

/* Rows to be written one after another with the same statement. */
struct source {
    size_t count;
    void (*row)(const struct source *source, size_t i, struct cell *cells);
};

struct backend;

struct store {
    const struct backend *backend;
    const struct store_set *set;
    void *link; /* the back end's connection */
    enum store_mode mode;
    bool is_working, is_writing, has_failed, is_asking;
    size_t changed;
    store_notice *notice; /* of a patient store; else NULL */
    void *notice_context;
    char lost[24]; /* code of the last failure of a writing transaction since store_watch */
    bool has_committed;
    int hold;       /* what is held (store_hold); 0: nothing */
    int hold_file;  /* of the SQLite back end */
    char name[512]; /* for messages */
};

struct backend {
    /* Fills s->link.  When it makes a database (mode_makes) it also makes the schema, in the
     * transaction it leaves open; STORE_FILL takes one that was left unfinished away first. */
    bool (*open)(struct store *s, struct fail *f);
    void (*close)(struct store *s);
    /* Removes what open made, after a close, when the making failed. */
    void (*discard)(const struct store *s);
    bool (*begin)(struct store *s, enum store_work work, struct fail *f);
    bool (*commit)(struct store *s, struct fail *f); /* false: rolled back */
    void (*rollback)(struct store *s);
    /* Runs to the end; sink is NULL when no rows are expected.  Sets s->changed if it writes. */
    bool (*run)(struct store *s, const struct store_statement *st, const struct cell *in,
                struct sink *sink, struct fail *f);
    /* The same for every row of the source; s->changed is the sum. */
    bool (*run_bulk)(struct store *s, const struct store_statement *st, const struct source *source,
                     struct fail *f);
    /* Begins a statement that reads: its rows come by the end of `answer`, when sink and st must
     * still be there; `answer` is called whether asking failed or not.  Neither tries again. */
    bool (*ask)(struct store *s, const struct store_statement *st, const struct cell *in,
                struct sink *sink, struct fail *f);
    bool (*answer)(struct store *s, struct fail *f);
    bool (*integrity)(struct store *s, store_complaint *tell, void *context, struct fail *f);
    bool (*backup)(struct store *s, const char *path, struct fail *f);
    /* What STORE_FILL leaves for when the rows are there: indexes, references. */
    bool (*fill_end)(struct store *s, struct fail *f);
    bool (*bulk)(struct store *s, bool is_bulk, struct fail *f);
    /* See store_hold; let go at the close. */
    bool (*hold)(struct store *s, int what, bool *held, struct fail *f);
};

extern const struct backend backend_sqlite, backend_postgres;

static inline bool mode_makes(enum store_mode mode)
{
    return mode >= STORE_CREATE;
}

/* The mark of a database that STORE_FILL made: a row of meta. */
#define STORE_MARK "unfinished"
/* In a transaction: the database may be used. */
bool store_mark_remove(struct store *s, struct fail *f);
/* statement.h's digest of one row. */
void store_absorb_cells(struct digest *d, const struct cell *cells, int count);

/* Notes what a writing transaction failed with; returns false. */
bool store_lose(struct store *s, const struct fail *f);
/* Fills f with "failed_before"; returns false. */
bool store_fail_before(const struct store *s, struct fail *f);
