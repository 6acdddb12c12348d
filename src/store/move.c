/* move.c: copies in pieces that each are committed; a mark in the copy, taken away last, keeps it
 * from being used before it is whole. */
#include "store/move.h"

#include "base/arena.h"
#include "base/bug.h"
#include "store/backend.h"

#include <string.h>

enum {
    PIECE_ROWS    = 4096,
    PIECE_BYTES   = 8 << 20,
    COMMIT_PIECES = 64,
    MOST_TABLES   = 256,
};

struct move {
    struct store *from, *to;
    move_progress *progress;
    void *context;
    struct move_table tables[MOST_TABLES]; /* what was read at the source */
};

/* --- reading: rows are counted and digested, and given to whoever writes them --- */

struct reader {
    struct sink sink;
    const struct store_table *table;
    struct digest digest;
    int64_t rows;
    struct writer *writer; /* NULL: only counted and digested */
};

struct writer {
    struct source source;
    struct store *to;
    const struct store_table *table;
    struct arena arena;
    struct cell *cells;
    int columns, pieces;
    size_t bytes;
};

static void writer_row(const struct source *source, size_t i, struct cell *cells)
{
    const struct writer *w = (const struct writer *)(const void *)source;

    memcpy(cells, w->cells + i * (size_t)w->columns, sizeof *cells * (size_t)w->columns);
}

static bool writer_flush(struct writer *w, struct fail *f)
{
    if (w->source.count == 0) return true;
    bool done = w->to->backend->run_bulk(w->to, w->table->lay, &w->source, f);

    w->source.count = 0;
    w->bytes        = 0;
    arena_reset(&w->arena);
    w->cells = ARENA_MANY(&w->arena, struct cell, (size_t)w->columns * PIECE_ROWS);
    if (!done || ++w->pieces % COMMIT_PIECES) return done;
    return store_commit(w->to, f) && store_begin(w->to, STORE_WRITING, f);
}

static bool writer_add(struct writer *w, const struct cell *cells, struct fail *f)
{
    struct cell *to = w->cells + w->source.count++ * (size_t)w->columns;

    for (int i = 0; i < w->columns; i++) {
        to[i] = cells[i];
        if (cells[i].kind != CELL_TEXT && cells[i].kind != CELL_BLOB) continue;
        to[i].at = arena_text(&w->arena, cells[i].at, cells[i].n);
        w->bytes += cells[i].n;
    }
    return (w->source.count < PIECE_ROWS && w->bytes < PIECE_BYTES) || writer_flush(w, f);
}

static bool reader_row(struct sink *sink, const struct cell *cells, struct fail *f)
{
    struct reader *r = (struct reader *)(void *)sink;

    store_absorb_cells(&r->digest, cells, r->table->all->outs);
    r->rows++;
    return !r->writer || writer_add(r->writer, cells, f);
}

/* Reads a table of a store; fills what it came to. */
static bool table_read(struct store *s, const struct store_table *table, struct writer *w,
                       struct move_table *found, struct fail *f)
{
    struct reader r = { .sink = { reader_row }, .table = table, .writer = w };
    unsigned char sum[DIGEST_BYTES];

    digest_begin(&r.digest);
    bool done = s->backend->run(s, table->all, NULL, &r.sink, f);
    digest_end(&r.digest, sum);
    *found = (struct move_table){ .name = table->name, .rows = r.rows };
    digest_hex(sum, found->digest);
    return done;
}

/* --- writing --- */

static bool table_copy(struct move *m, const struct store_table *table, struct move_table *found,
                       struct fail *f)
{
    struct writer w = {
        .source = { 0, writer_row }, .to = m->to, .table = table, .columns = table->all->outs
    };

    w.cells   = ARENA_MANY(&w.arena, struct cell, (size_t)w.columns * PIECE_ROWS);
    bool done = store_begin(m->to, STORE_WRITING, f) && table_read(m->from, table, &w, found, f) &&
                writer_flush(&w, f) && store_commit(m->to, f);
    store_rollback(m->to);
    arena_free(&w.arena);
    return done;
}

static bool table_prove(struct move *m, const struct store_table *table,
                        const struct move_table *want, struct fail *f)
{
    struct move_table got;

    if (!table_read(m->to, table, NULL, &got, f)) return false;
    if (got.rows == want->rows && !strcmp(got.digest, want->digest)) {
        if (m->progress) m->progress(m->context, want, true);
        return true;
    }
    return FAIL(f, FAIL_INTEGRITY, "copy_differs",
                "The copy of %s is not what was read: %lld rows with digest %.16s..., not %lld "
                "with %.16s... Do not use it; run the move again.",
                table->name, (long long)got.rows, got.digest, (long long)want->rows, want->digest);
}

static bool is_meta(const struct store_table *table)
{
    return !strcmp(table->name, "meta");
}

/* The copy says what it is only when it is whole: meta comes last, in one transaction. */
static bool meta_copy(struct move *m, const struct store_table *table, struct move_table *found,
                      struct fail *f)
{
    struct writer w = {
        .source = { 0, writer_row }, .to = m->to, .table = table, .columns = table->all->outs
    };

    w.cells   = ARENA_MANY(&w.arena, struct cell, (size_t)w.columns * PIECE_ROWS);
    bool done = store_begin(m->to, STORE_WRITING, f) && store_mark_remove(m->to, f) &&
                table_read(m->from, table, &w, found, f) && writer_flush(&w, f) &&
                store_commit(m->to, f);
    store_rollback(m->to);
    arena_free(&w.arena);
    return done;
}

static bool move_all(struct move *m, struct fail *f)
{
    const struct store_set *set = m->to->set;
    int meta                    = -1;

    BUG_UNLESS(set->table_count <= MOST_TABLES);
    for (int i = 0; i < set->table_count; i++) {
        if (is_meta(&set->tables[i])) {
            meta = i;
            continue;
        }
        if (!table_copy(m, &set->tables[i], &m->tables[i], f)) return false;
        if (m->progress) m->progress(m->context, &m->tables[i], false);
    }
    BUG_UNLESS(meta >= 0);
    if (!m->to->backend->fill_end(m->to, f)) return false;
    for (int i = 0; i < set->table_count; i++)
        if (i != meta && !table_prove(m, &set->tables[i], &m->tables[i], f)) return false;
    return meta_copy(m, &set->tables[meta], &m->tables[meta], f) &&
           table_prove(m, &set->tables[meta], &m->tables[meta], f);
}

bool store_move(const char *from, const char *to, move_progress *progress, void *context,
                struct fail *f)
{
    struct move m = { .progress = progress, .context = context };

    m.from = store_open(from, STORE_READ, f);
    if (!m.from) return false;
    m.to      = store_open(to, STORE_FILL, f);
    bool done = m.to && store_begin(m.from, STORE_READING, f) && move_all(&m, f);
    store_close(m.to);
    store_close(m.from);
    return done;
}
