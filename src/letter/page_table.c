/* page_table.c: laying a table out. */
#include "letter/page_flow.h"

enum {
    COLUMNS_MOST = 8,
    CELL_PAD     = 5 * PAGE_POINT,
    CELL_GAP     = 12 * PAGE_POINT,
    HAIR         = PAGE_POINT / 2
};

struct table {
    const struct letter_block *block;
    PangoLayout **heads, **cells;
    int x[COLUMNS_MOST], width[COLUMNS_MOST];
    size_t rows;
};

static struct page_style table_style(const struct table *t, size_t column, bool bold)
{
    return (struct page_style){ .bold  = bold,
                                .align = t->block->columns[column].figures ? PANGO_ALIGN_RIGHT
                                                                           : PANGO_ALIGN_LEFT };
}

static int text_width(PangoLayout *layout)
{
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    return width;
}

static int word_width(PangoLayout *layout)
{
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_width(layout, 0);
    int width = text_width(layout);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, -1);
    return width;
}

/* How wide each column would like to be: its widest cell, and its head or the head's longest word.
 */
static int table_wishes(struct table *t, bool whole_heads)
{
    size_t n = t->block->width;
    int sum  = 0;

    for (size_t i = 0; i < n; i++) {
        t->width[i] = whole_heads ? text_width(t->heads[i]) : word_width(t->heads[i]);
        for (size_t row = 0; row < t->rows; row++)
            if (!(t->block->total && row + 1 == t->rows && i == 0 && n > 1)) {
                int w       = text_width(t->cells[row * n + i]);
                t->width[i] = w > t->width[i] ? w : t->width[i];
            }
        sum += t->width[i];
    }
    return sum;
}

/* Figures, dates and the like get what they need; words share the rest by how much they say. */
static void table_widths(struct table *t)
{
    size_t n = t->block->width;
    int room = PAGE_TEXT_WIDTH - CELL_GAP * (int)(n - 1), sum = table_wishes(t, true), flexible = 0;

    if (sum > room) sum = table_wishes(t, false);
    for (size_t i = 0; i < n; i++)
        flexible += t->width[i] > PAGE_TEXT_WIDTH / 3 ? t->width[i] : 0;
    int fixed = sum - flexible;
    for (size_t i = 0; i < n; i++) {
        if (sum <= room)
            t->width[i] += (room - sum) / (int)n;
        else if (room <= fixed)
            t->width[i] = room / (int)n;
        else if (t->width[i] > PAGE_TEXT_WIDTH / 3)
            t->width[i] = (int)((int64_t)t->width[i] * (room - fixed) / flexible);
    }
    int x = PAGE_LEFT;
    for (size_t i = 0; i < n; x += t->width[i++] + CELL_GAP)
        t->x[i] = x;
}

/* Whether a row's first cell may run over the empty ones after it: the label of a total. */
static bool table_spans(const struct table *t, size_t row)
{
    return t->block->total && row + 1 == t->rows && t->block->width > 1;
}

static void table_make(struct page_maker *m, struct table *t)
{
    size_t n = t->block->width;

    BUG_UNLESS(n > 0 && n <= COLUMNS_MOST);
    t->rows  = t->block->count / n;
    t->heads = ARENA_MANY(m->list->arena, PangoLayout *, n);
    t->cells = ARENA_MANY(m->list->arena, PangoLayout *, n * t->rows + 1);
    for (size_t i = 0; i < n; i++)
        t->heads[i] = page_text_make(m, t->block->columns[i].head, -1, table_style(t, i, true));
    for (size_t k = 0; k < n * t->rows; k++)
        t->cells[k] =
            page_text_make(m, t->block->cells[k], -1, table_style(t, k % n, table_spans(t, k / n)));
    table_widths(t);
    for (size_t i = 0; i < n; i++)
        pango_layout_set_width(t->heads[i], t->width[i]);
    for (size_t k = 0; k < n * t->rows; k++) {
        bool label = table_spans(t, k / n) && k % n == 0;
        pango_layout_set_width(t->cells[k],
                               label ? t->x[n - 1] - PAGE_LEFT - CELL_GAP : t->width[k % n]);
    }
}

static int row_height(const struct table *t, PangoLayout *const *row)
{
    int most = 0;
    for (size_t i = 0; i < t->block->width; i++) {
        int h = page_text_height(row[i]);
        most  = h > most ? h : most;
    }
    return most + 2 * CELL_PAD;
}

enum row_kind { ROW_HEAD, ROW_REPEATED, ROW_BODY, ROW_TOTAL };

static void row_put(struct page_maker *m, const struct table *t, PangoLayout *const *row,
                    enum row_kind kind)
{
    int height = row_height(t, row);
    bool read  = kind != ROW_REPEATED; /* a head said again is not read again */

    if (read) page_tag_begin(m, "TR");
    for (size_t i = 0; i < t->block->width; i++) {
        bool head       = kind == ROW_HEAD || (kind == ROW_TOTAL && i == 0);
        const char *tag = !read ? PAGE_ARTIFACT : head ? "TH" : "TD";
        page_text_put(m, tag, row[i], (PangoRectangle){ .x = t->x[i], .y = m->y + CELL_PAD });
    }
    if (read) page_tag_end(m, "TR");
    m->y += height;
    bool strong = kind == ROW_HEAD || kind == ROW_REPEATED;
    page_box(m,
             (PangoRectangle){ PAGE_LEFT, m->y - (strong ? PAGE_POINT : HAIR), PAGE_TEXT_WIDTH,
                               strong ? PAGE_POINT : HAIR },
             strong || kind == ROW_TOTAL ? PAGE_BLACK : PAGE_LINE);
}

void page_table(struct page_maker *m, const struct letter_block *b)
{
    struct table t = { .block = b };

    table_make(m, &t);
    int heads = row_height(&t, t.heads);
    int start = heads + (t.rows ? row_height(&t, t.cells) : 0);
    page_tag_begin(m, "Table");
    if (b->text && *b->text) {
        PangoLayout *caption =
            page_text_make(m, b->text, PAGE_TEXT_WIDTH, (struct page_style){ .size = PRINT_BODY });
        if (!page_fits(m, start + page_text_height(caption))) page_next(m);
        m->y = page_text_put(m, "Caption", caption, (PangoRectangle){ .x = PAGE_LEFT, .y = m->y });
    }
    if (!page_fits(m, start)) page_next(m);
    row_put(m, &t, t.heads, ROW_HEAD);
    for (size_t row = 0; row < t.rows; row++) {
        PangoLayout *const *cells = &t.cells[row * b->width];
        /* The last row comes with the one before it, so that a total never stands alone. */
        int need = row_height(&t, cells);
        if (row + 2 == t.rows && b->total) need += row_height(&t, cells + b->width);
        if (!page_fits(m, need)) {
            page_next(m);
            row_put(m, &t, t.heads, ROW_REPEATED);
        }
        row_put(m, &t, cells, table_spans(&t, row) ? ROW_TOTAL : ROW_BODY);
    }
    page_tag_end(m, "Table");
    m->y += page_points(m, PRINT_BODY);
}
