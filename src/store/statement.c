/* statement.c: the verbs: structs become cells on the way in, cells become structs on the way out.
 */
#include "store/statement.h"

#include "base/bug.h"
#include "store/backend.h"

#include <string.h>

enum { FIRST_ROWS = 16 };

static bool is_pointer(enum store_type type)
{
    return type == STORE_TEXT || type == STORE_BLOB;
}

static struct cell cell_number(int64_t n)
{
    return (struct cell){ .kind = CELL_NUMBER, .number = n };
}

/* A list, or the second of two that are zipped: sorted by the first, then by the second. */
static struct cell cell_list(const struct store_column *c, const void *in)
{
    const struct store_ints *list = (const void *)((const char *)in + c->offset);
    const struct store_ints *first =
        c->type == STORE_ZIPPED ? (const void *)((const char *)in + c->has_offset) : list;

    BUG_UNLESS(list->n == first->n);
    for (size_t i = 1; i < list->n; i++)
        BUG_UNLESS(first->at[i - 1] < first->at[i] ||
                   (first->at[i - 1] == first->at[i] && list->at[i - 1] <= list->at[i]));
    return (struct cell){ .kind   = CELL_LIST,
                          .at     = (const char *)list->at,
                          .n      = list->n,
                          .zipped = c->type == STORE_ZIPPED ? first->at : NULL };
}

/* The value of a struct's member; a NULL where none may be is a bug of the caller. */
static struct cell cell_from(const struct store_column *c, const void *in)
{
    const char *at = (const char *)in + c->offset;

    if (c->nullable && !is_pointer(c->type) && !*(const bool *)((const char *)in + c->has_offset))
        return (struct cell){ .kind = CELL_NULL };
    switch (c->type) {
    case STORE_INT: return cell_number(*(const int64_t *)(const void *)at);
    case STORE_DATE: return cell_number(((const date *)(const void *)at)->d);
    case STORE_MONEY: return cell_number(((const money *)(const void *)at)->p);
    case STORE_BOOL: return cell_number(*(const bool *)at ? 1 : 0);
    case STORE_TEXT: {
        const char *text = *(const char *const *)(const void *)at;
        BUG_UNLESS(text || c->nullable);
        if (!text) return (struct cell){ .kind = CELL_NULL };
        return (struct cell){ .kind = CELL_TEXT, .at = text, .n = strlen(text) };
    }
    case STORE_BLOB: {
        const struct blob *b = (const struct blob *)(const void *)at;
        BUG_UNLESS(b->at || c->nullable);
        if (!b->at) return (struct cell){ .kind = CELL_NULL };
        return (struct cell){ .kind = CELL_BLOB, .at = b->at, .n = b->n };
    }
    case STORE_TEXTS: {
        const struct store_texts *list = (const void *)at;
        return (struct cell){ .kind = CELL_TEXTS, .at = (const void *)list->at, .n = list->n };
    }
    case STORE_INTS:
    case STORE_ZIPPED: return cell_list(c, in);
    }
    BUG_UNLESS(false);
    return (struct cell){ .kind = CELL_NULL };
}

static bool cell_fits(const struct store_column *c, const struct cell *v)
{
    if (v->kind == CELL_NULL) return c->nullable;
    switch (c->type) {
    case STORE_INT:
    case STORE_MONEY: return v->kind == CELL_NUMBER;
    case STORE_DATE:
        return v->kind == CELL_NUMBER && v->number >= INT32_MIN && v->number <= INT32_MAX;
    case STORE_BOOL: return v->kind == CELL_NUMBER && (v->number == 0 || v->number == 1);
    case STORE_TEXT: return v->kind == CELL_TEXT;
    case STORE_BLOB: return v->kind == CELL_BLOB;
    case STORE_INTS:
    case STORE_TEXTS:
    case STORE_ZIPPED: break;
    }
    return false;
}

/* Text and blobs are copied into the arena, or point at the cell's bytes when there is none. */
static void cell_to(const struct store_column *c, const struct cell *v, struct arena *a, void *row)
{
    char *to         = (char *)row + c->offset;
    const char *text = v->at;

    if (v->kind == CELL_NULL) return;
    if (c->nullable && !is_pointer(c->type)) *(bool *)((char *)row + c->has_offset) = true;
    if (is_pointer(c->type) && a) text = arena_text(a, v->at, v->n);
    switch (c->type) {
    case STORE_INT: *(int64_t *)(void *)to = v->number; break;
    case STORE_DATE: ((date *)(void *)to)->d = (int32_t)v->number; break;
    case STORE_MONEY: ((money *)(void *)to)->p = v->number; break;
    case STORE_BOOL: *(bool *)to = v->number == 1; break;
    case STORE_TEXT: *(const char **)(void *)to = text; break;
    case STORE_BLOB: *(struct blob *)(void *)to = (struct blob){ text, v->n }; break;
    case STORE_INTS:
    case STORE_TEXTS:
    case STORE_ZIPPED: BUG_UNLESS(false);
    }
}

static bool cells_check(const struct store_statement *st, const struct cell *cells, struct fail *f)
{
    for (int i = 0; i < st->outs && st->out; i++)
        if (!cell_fits(&st->out[i], &cells[i]))
            return FAIL(f, FAIL_INTEGRITY, "bad_column",
                        "The database holds a value in %s (read by %s) that cannot be there. "
                        "Stop, keep a copy of the database and run `upkeep check`.",
                        st->out[i].name, st->name);
    return true;
}

static void cells_to_row(const struct store_statement *st, const struct cell *cells,
                         struct arena *a, void *row)
{
    memset(row, 0, st->row_size);
    for (int i = 0; i < st->outs; i++)
        cell_to(&st->out[i], &cells[i], a, row);
}

typedef bool backend_run(struct store *s, const struct store_statement *st, const struct cell *in,
                         struct sink *sink, struct fail *f);

static bool store_run_by(backend_run *run, struct store *s, const struct store_statement *st,
                         const void *in, struct sink *sink, struct fail *f)
{
    struct cell cells[STORE_COLUMNS];

    BUG_UNLESS(st->ins <= STORE_COLUMNS && st->outs <= STORE_COLUMNS);
    BUG_UNLESS(st->ins == 0 || in);
    BUG_UNLESS(!st->writes || (s->is_working && s->is_writing));
    if (s->has_failed) return store_fail_before(s, f);
    for (int i = 0; i < st->ins; i++)
        cells[i] = cell_from(&st->in[i], in);
    if (run(s, st, cells, sink, f)) return true;
    s->has_failed = s->is_working;
    return store_lose(s, f);
}

static bool store_run(struct store *s, const struct store_statement *st, const void *in,
                      struct sink *sink, struct fail *f)
{
    BUG_UNLESS(!s->is_asking);
    return store_run_by(s->backend->run, s, st, in, sink, f);
}

bool store_do(struct store *s, const struct store_statement *st, const void *in, struct fail *f)
{
    return store_run(s, st, in, NULL, f);
}

struct bulk_source {
    struct source source;
    const struct store_statement *st;
    const char *rows;
};

static void bulk_row(const struct source *source, size_t i, struct cell *cells)
{
    const struct bulk_source *bulk = (const struct bulk_source *)(const void *)source;

    for (int c = 0; c < bulk->st->ins; c++)
        cells[c] = cell_from(&bulk->st->in[c], bulk->rows + i * bulk->st->in_size);
}

bool store_bulk(struct store *s, const struct store_statement *st, const void *rows, size_t count,
                struct fail *f)
{
    struct bulk_source bulk = { { count, bulk_row }, st, rows };

    BUG_UNLESS(st->ins > 0 && st->ins <= STORE_COLUMNS && s->is_working && s->is_writing);
    if (s->has_failed) return store_fail_before(s, f);
    s->changed = 0;
    if (count == 0 || s->backend->run_bulk(s, st, &bulk.source, f)) return true;
    s->has_failed = true;
    return store_lose(s, f);
}

struct one_sink {
    struct sink sink;
    const struct store_statement *st;
    struct arena *arena;
    void *row;
    bool found;
};

static bool one_row(struct sink *sink, const struct cell *cells, struct fail *f)
{
    struct one_sink *one = (struct one_sink *)(void *)sink;

    if (one->found)
        return FAIL(f, FAIL_INTEGRITY, "more_than_one",
                    "The database holds two rows where %s expects one at most. Run `upkeep check`.",
                    one->st->name);
    if (!cells_check(one->st, cells, f)) return false;
    cells_to_row(one->st, cells, one->arena, one->row);
    one->found = true;
    return true;
}

/* Whether a row holds text or bytes, which need somewhere to live. */
static bool row_needs_arena(const struct store_statement *st)
{
    for (int i = 0; i < st->outs; i++)
        if (st->out[i].type == STORE_TEXT || st->out[i].type == STORE_BLOB) return true;
    return false;
}

bool store_one(struct store *s, const struct store_statement *st, const void *in, struct arena *a,
               void *row, bool *found, struct fail *f)
{
    struct one_sink one = { { one_row }, st, a, row, false };

    BUG_UNLESS(a || !row_needs_arena(st));
    memset(row, 0, st->row_size);
    if (!store_run(s, st, in, &one.sink, f)) return false;
    *found = one.found;
    return true;
}

struct many_sink {
    struct sink sink;
    const struct store_statement *st;
    struct arena *arena;
    struct store_rows *rows;
    size_t room;
};

static bool many_row(struct sink *sink, const struct cell *cells, struct fail *f)
{
    struct many_sink *many = (struct many_sink *)(void *)sink;
    size_t size            = many->st->row_size;

    if (!cells_check(many->st, cells, f)) return false;
    if (many->rows->count == many->room) {
        many->room = many->room ? many->room * 2 : FIRST_ROWS;
        many->rows->at =
            arena_grow(many->arena, many->rows->at, many->rows->count * size, many->room * size);
    }
    cells_to_row(many->st, cells, many->arena, (char *)many->rows->at + many->rows->count * size);
    many->rows->count++;
    return true;
}

bool store_many(struct store *s, const struct store_statement *st, const void *in, struct arena *a,
                struct store_rows *rows, struct fail *f)
{
    struct many_sink many = { .sink = { many_row }, .st = st, .arena = a, .rows = rows };

    BUG_UNLESS(a);
    *rows = (struct store_rows){ .count = 0 };
    return store_run(s, st, in, &many.sink, f);
}

bool store_ask(struct store *s, const struct store_statement *st, const void *in, struct arena *a,
               struct store_rows *rows, struct fail *f)
{
    struct many_sink *many = ARENA_NEW(a, struct many_sink);

    BUG_UNLESS(s->is_asking && !st->writes && !st->is_streamed && !st->is_whole);
    *rows = (struct store_rows){ .count = 0 };
    *many = (struct many_sink){ .sink = { many_row }, .st = st, .arena = a, .rows = rows };
    return store_run_by(s->backend->ask, s, st, in, &many->sink, f);
}

struct each_sink {
    struct sink sink;
    const struct store_statement *st;
    const struct store_visitor *visitor;
    void *row;
};

static bool each_row(struct sink *sink, const struct cell *cells, struct fail *f)
{
    struct each_sink *each = (struct each_sink *)(void *)sink;

    if (!cells_check(each->st, cells, f)) return false;
    cells_to_row(each->st, cells, NULL, each->row);
    return each->visitor->visit(each->visitor->context, each->row, f);
}

bool store_each(struct store *s, const struct store_statement *st, const void *in,
                const struct store_visitor *visitor, struct fail *f)
{
    _Alignas(max_align_t) char row[STORE_COLUMNS * 2 * sizeof(int64_t)];
    struct each_sink each = { { each_row }, st, visitor, row };

    BUG_UNLESS(st->row_size <= sizeof row);
    return store_run(s, st, in, &each.sink, f);
}

struct hash_sink {
    struct sink sink;
    const struct store_statement *st;
    struct digest *digest;
    size_t rows;
};

void store_absorb_cells(struct digest *d, const struct cell *cells, int count)
{
    digest_number(d, 'r', count);
    for (int i = 0; i < count; i++)
        switch (cells[i].kind) {
        case CELL_NULL: digest_value(d, 'n', NULL, 0); break;
        case CELL_NUMBER: digest_number(d, 'i', cells[i].number); break;
        case CELL_TEXT: digest_value(d, 't', cells[i].at, cells[i].n); break;
        case CELL_BLOB: digest_value(d, 'b', cells[i].at, cells[i].n); break;
        case CELL_TEXTS:
        case CELL_LIST: BUG_UNLESS(false);
        }
}

void store_absorb(const struct store_column *columns, int count, const void *in, struct digest *d)
{
    struct cell cells[STORE_COLUMNS];

    BUG_UNLESS(count <= STORE_COLUMNS);
    for (int i = 0; i < count; i++)
        cells[i] = cell_from(&columns[i], in);
    store_absorb_cells(d, cells, count);
}

void store_keep(const struct store_statement *st, void *in, struct arena *a)
{
    for (int i = 0; i < st->ins; i++) {
        void *at = (char *)in + st->in[i].offset;
        if (st->in[i].type == STORE_TEXT) {
            const char **text = at;
            if (*text) *text = arena_text(a, *text, strlen(*text));
        } else if (st->in[i].type == STORE_BLOB) {
            struct blob *blob = at;
            if (blob->at) blob->at = arena_text(a, blob->at, blob->n);
        }
    }
}

static bool hash_row(struct sink *sink, const struct cell *cells, struct fail *f)
{
    struct hash_sink *hash = (struct hash_sink *)(void *)sink;

    if (!cells_check(hash->st, cells, f)) return false;
    store_absorb_cells(hash->digest, cells, hash->st->outs);
    hash->rows++;
    return true;
}

bool store_hash(struct store *s, const struct store_statement *st, const void *in, struct digest *d,
                size_t *rows, struct fail *f)
{
    struct hash_sink hash = { { hash_row }, st, d, 0 };

    if (!store_run(s, st, in, &hash.sink, f)) return false;
    *rows = hash.rows;
    return true;
}
