/* page.c: laying a document out on pages.
 *
 * The recipient's address stands where the window of a DL envelope shows it when the sheet is
 * folded in three.  A heading never ends a page, a paragraph is split only if it is longer than a
 * page, and a table that goes on repeats its head. */
#include "letter/page.h"

#include <string.h>

#include <pango/pangocairo.h>

#define FAMILY "Liberation Sans"
enum {
    LEFT          = PAGE_MM(25),
    RIGHT         = PAGE_WIDTH - PAGE_MM(20),
    TEXT_WIDTH    = RIGHT - LEFT,
    TOP           = PAGE_MM(20),
    BOTTOM        = PAGE_HEIGHT - PAGE_MM(24),
    FOOT          = PAGE_HEIGHT - PAGE_MM(16),
    NAME_TOP      = PAGE_MM(14),
    WINDOW_TOP    = PAGE_MM(40), /* the window: 95.4 by 26.8 mm, 24.6 mm from the left, 39.5 down */
    WINDOW_HEIGHT = PAGE_MM(26),
    WINDOW_WIDTH  = PAGE_MM(88),
    SIDE_LEFT     = PAGE_MM(128),
    BODY_TOP      = PAGE_MM(80),
    COLUMNS_MOST  = 8,
    CELL_PAD      = 5 * PAGE_POINT,
    CELL_GAP      = 12 * PAGE_POINT,
    HAIR          = PAGE_POINT / 2,
};

/* Sizes in points: ordinary print, large print. */
enum size { BODY, SMALL, TITLE, HEADING, FIGURE, NAME, SIZES };
static const int sizes[SIZES][2] = {
    [BODY] = { 11, 18 },    [SMALL] = { 9, 16 },   [TITLE] = { 21, 28 },
    [HEADING] = { 14, 22 }, [FIGURE] = { 38, 48 }, [NAME] = { 15, 20 }
};

struct maker {
    struct page_list *list;
    const struct letter_document *document;
    bool large;
    int y;
};

struct style {
    enum size size;
    bool bold;
    PangoAlignment align;
    int points; /* overrides size where not 0, in Pango units */
};

static struct page_step *step_add(struct maker *m, enum page_kind kind)
{
    struct page_list *l = m->list;
    if (l->count == l->room) {
        size_t room = l->room ? l->room * 2 : 128;
        l->steps =
            arena_grow(l->arena, l->steps, l->count * sizeof *l->steps, room * sizeof *l->steps);
        l->room = room;
    }
    struct page_step *s = &l->steps[l->count++];
    *s                  = (struct page_step){ .kind = kind };
    return s;
}

static void tag_begin(struct maker *m, const char *tag)
{
    step_add(m, PAGE_BEGIN)->tag = tag;
}
static void tag_end(struct maker *m, const char *tag)
{
    step_add(m, PAGE_END)->tag = tag;
}

static void box(struct maker *m, PangoRectangle r, enum page_ink ink)
{
    tag_begin(m, PAGE_ARTIFACT);
    struct page_step *s = step_add(m, PAGE_BOX);
    s->ink              = ink;
    s->x                = r.x;
    s->y                = r.y;
    s->width            = r.width;
    s->height           = r.height;
    tag_end(m, PAGE_ARTIFACT);
}

static int points(const struct maker *m, enum size size)
{
    return sizes[size][m->large] * PAGE_POINT;
}

static PangoLayout *text_make(const struct maker *m, const char *text, int width,
                              struct style style)
{
    struct page_list *l        = m->list;
    PangoLayout *layout        = pango_layout_new(l->context);
    PangoFontDescription *font = pango_font_description_new();

    if (l->layout_count == l->layout_room) {
        size_t room    = l->layout_room ? l->layout_room * 2 : 64;
        l->layouts     = arena_grow(l->arena, l->layouts, l->layout_count * sizeof *l->layouts,
                                    room * sizeof *l->layouts);
        l->layout_room = room;
    }
    l->layouts[l->layout_count++] = layout;

    pango_font_description_set_family_static(font, FAMILY);
    pango_font_description_set_size(font, style.points ? style.points : points(m, style.size));
    pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_width(layout, width);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, style.align);
    if (style.size == BODY && !style.points) pango_layout_set_line_spacing(layout, 1.2F);
    return layout;
}

static int text_height(PangoLayout *layout)
{
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    return height;
}

static struct page_step *text_step(struct maker *m, PangoLayout *layout, int x, int y)
{
    struct page_step *s = step_add(m, PAGE_TEXT);
    s->layout           = layout;
    s->last             = pango_layout_get_line_count(layout);
    s->x                = x;
    s->y                = y;
    return s;
}

/* One tagged piece of text at a place of its own; returns where it ends. */
static int text_put(struct maker *m, const char *tag, PangoLayout *layout, PangoRectangle at)
{
    tag_begin(m, tag);
    text_step(m, layout, at.x, at.y);
    tag_end(m, tag);
    return at.y + text_height(layout);
}

static void page_next(struct maker *m)
{
    step_add(m, PAGE_NEXT);
    m->list->pages++;
    m->y = TOP;
}

static bool page_fits(const struct maker *m, int height)
{
    return m->y + height <= BOTTOM;
}

/* How many lines from `first` fit above the bottom (at least one), and their height. */
static int lines_fitting(const struct maker *m, PangoLayout *layout, int first, int *height)
{
    int count = pango_layout_get_line_count(layout), n = 0, from = 0;

    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    *height               = 0;
    do {
        int top, bottom;
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        if (n == first) from = top;
        if (n > first && !page_fits(m, bottom - from)) break;
        if (n >= first) *height = bottom - from;
        n++;
    } while (n < count && pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return n;
}

/* Text in the flow: on this page if it fits, else on the next, else over several. */
static void text_flow(struct maker *m, const char *tag, PangoLayout *layout, int x)
{
    int count = pango_layout_get_line_count(layout), height = text_height(layout);

    if (!page_fits(m, height) && (height <= BOTTOM - TOP || m->y > (TOP + BOTTOM) / 2))
        page_next(m);
    for (int first = 0, last; first < count; first = last) {
        last = lines_fitting(m, layout, first, &height);
        tag_begin(m, tag);
        struct page_step *s = text_step(m, layout, x, m->y);
        s->first            = first;
        s->last             = last;
        tag_end(m, tag);
        m->y += height;
        if (last < count) page_next(m);
    }
}

/* ---- the frame of the first page ---- */

static void frame_office(struct maker *m)
{
    const struct letter_office *office = m->document->head->office;
    char *line                         = "";

    for (size_t i = 0; i < LETTER_OFFICE_LINES && office->address[i]; i++)
        line = arena_print(m->list->arena, "%s%s%s", line, i ? ", " : "", office->address[i]);
    PangoLayout *name = text_make(m, office->name.text[m->document->head->language], TEXT_WIDTH,
                                  (struct style){ .size = NAME, .bold = true });
    int y             = text_put(m, "P", name, (PangoRectangle){ .x = LEFT, .y = NAME_TOP });
    PangoLayout *from = text_make(m, line, TEXT_WIDTH, (struct style){ .size = SMALL });
    y                 = text_put(m, "P", from, (PangoRectangle){ .x = LEFT, .y = y + PAGE_POINT });
    box(m, (PangoRectangle){ LEFT, y + 4 * PAGE_POINT, TEXT_WIDTH, 2 * PAGE_POINT }, PAGE_BLUE);
}

/* Sized so that all its lines show in the window, whatever the print. */
static void frame_address(struct maker *m)
{
    const struct letter_head *h                 = m->document->head;
    const char *lines[LETTER_ADDRESS_LINES + 1] = { h->recipient };
    int count = 1, y = WINDOW_TOP;

    while (count <= LETTER_ADDRESS_LINES && h->address[count - 1]) {
        lines[count] = h->address[count - 1];
        count++;
    }
    int most = WINDOW_HEIGHT * 10 / (count * 12), size = points(m, BODY);
    struct style style = { .points = size < most ? size : most };
    for (int i = 0; i < count; i++)
        y = text_put(m, "P", text_make(m, lines[i], WINDOW_WIDTH, style),
                     (PangoRectangle){ .x = LEFT, .y = y });
}

static int frame_fact(struct maker *m, enum letter_label label, const char *value, int y)
{
    int width = RIGHT - SIDE_LEFT;
    if (!value || !*value) return y;
    PangoLayout *name = text_make(m, letter_label(label, m->document->head->language), width,
                                  (struct style){ .size = SMALL });
    PangoLayout *fact =
        text_make(m, value, width, (struct style){ .bold = true, .points = points(m, BODY) });
    size_t from = m->list->count;
    y           = text_put(m, "P", name, (PangoRectangle){ .x = SIDE_LEFT, .y = y });
    for (size_t i = from; i < m->list->count; i++)
        m->list->steps[i].ink = PAGE_GREY;
    y = text_put(m, "P", fact, (PangoRectangle){ .x = SIDE_LEFT, .y = y });
    return y + 3 * PAGE_POINT;
}

static void frame_first_page(struct maker *m)
{
    const struct letter_head *h = m->document->head;
    char day[DATE_WORDS];
    int y = WINDOW_TOP;

    frame_office(m);
    frame_address(m);
    y = frame_fact(m, LETTER_LABEL_DATE, letter_date_words(h->sent, h->language, day), y);
    y = frame_fact(m, LETTER_LABEL_REFERENCE, h->reference, y);
    y = frame_fact(m, LETTER_LABEL_TELEPHONE, h->office->telephone, y);
    y = frame_fact(m, LETTER_LABEL_WEB, h->office->web, y);
    y += points(m, BODY);
    m->y       = y > BODY_TOP ? y : BODY_TOP;
    char *dear = arena_print(m->list->arena, "%s %s", letter_label(LETTER_LABEL_DEAR, h->language),
                             h->recipient);
    text_flow(m, "P", text_make(m, dear, TEXT_WIDTH, (struct style){ .size = BODY }), LEFT);
    m->y += points(m, BODY) / 2;
    text_flow(
        m, "H1",
        text_make(m, m->document->title, TEXT_WIDTH, (struct style){ .size = TITLE, .bold = true }),
        LEFT);
}

/* ---- blocks ---- */

static void block_heading(struct maker *m, const struct letter_block *b)
{
    PangoLayout *layout =
        text_make(m, b->text, TEXT_WIDTH, (struct style){ .size = HEADING, .bold = true });
    int space = points(m, BODY);
    /* A heading stays with at least four lines of what it is the heading of. */
    if (!page_fits(m, space + text_height(layout) + points(m, BODY) * 6))
        page_next(m);
    else
        m->y += space;
    text_flow(m, "H2", layout, LEFT);
    m->y += points(m, BODY) / 4;
}

static void block_paragraph(struct maker *m, const struct letter_block *b)
{
    text_flow(m, "P", text_make(m, b->text, TEXT_WIDTH, (struct style){ .size = BODY }), LEFT);
    m->y += points(m, BODY) * 6 / 10;
}

static void block_amount(struct maker *m, const struct letter_block *b)
{
    int pad = 14 * PAGE_POINT, bar = 6 * PAGE_POINT, width = TEXT_WIDTH - 2 * pad - bar;
    PangoLayout *caption = text_make(m, b->text, width, (struct style){ .size = BODY });
    PangoLayout *figure =
        text_make(m, b->figure, width, (struct style){ .size = FIGURE, .bold = true });
    int height = text_height(caption) + text_height(figure) + 2 * pad;

    m->y += points(m, BODY) * 8 / 10;
    if (!page_fits(m, height)) page_next(m);
    box(m, (PangoRectangle){ LEFT, m->y, TEXT_WIDTH, height }, PAGE_PALE);
    box(m, (PangoRectangle){ LEFT, m->y, bar, height }, PAGE_BLUE);
    int y = text_put(m, "P", caption, (PangoRectangle){ .x = LEFT + bar + pad, .y = m->y + pad });
    text_put(m, "P", figure, (PangoRectangle){ .x = LEFT + bar + pad, .y = y });
    m->y += height + points(m, BODY) / 2;
}

static void block_list(struct maker *m, const struct letter_block *b)
{
    int indent = points(m, BODY) * 3 / 2;

    tag_begin(m, "L");
    for (size_t i = 0; i < b->count; i++) {
        PangoLayout *bullet = text_make(m, "•", -1, (struct style){ .size = BODY });
        PangoLayout *item =
            text_make(m, b->cells[i], TEXT_WIDTH - indent, (struct style){ .size = BODY });
        if (!page_fits(m, text_height(item)) && text_height(item) <= BOTTOM - TOP) page_next(m);
        tag_begin(m, "LI");
        text_put(m, "Lbl", bullet, (PangoRectangle){ .x = LEFT + indent / 3, .y = m->y });
        text_flow(m, "LBody", item, LEFT + indent);
        tag_end(m, "LI");
        m->y += points(m, BODY) * 4 / 10;
    }
    tag_end(m, "L");
    m->y += points(m, BODY) * 2 / 10;
}

/* ---- tables ---- */

struct table {
    const struct letter_block *block;
    PangoLayout **heads, **cells;
    int x[COLUMNS_MOST], width[COLUMNS_MOST];
    size_t rows;
};

static struct style table_style(const struct table *t, size_t column, bool bold)
{
    return (struct style){ .bold  = bold,
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
    int room = TEXT_WIDTH - CELL_GAP * (int)(n - 1), sum = table_wishes(t, true), flexible = 0;

    if (sum > room) sum = table_wishes(t, false);
    for (size_t i = 0; i < n; i++)
        flexible += t->width[i] > TEXT_WIDTH / 3 ? t->width[i] : 0;
    int fixed = sum - flexible;
    for (size_t i = 0; i < n; i++) {
        if (sum <= room)
            t->width[i] += (room - sum) / (int)n;
        else if (room <= fixed)
            t->width[i] = room / (int)n;
        else if (t->width[i] > TEXT_WIDTH / 3)
            t->width[i] = (int)((int64_t)t->width[i] * (room - fixed) / flexible);
    }
    int x = LEFT;
    for (size_t i = 0; i < n; x += t->width[i++] + CELL_GAP)
        t->x[i] = x;
}

/* Whether a row's first cell may run over the empty ones after it: the label of a total. */
static bool table_spans(const struct table *t, size_t row)
{
    return t->block->total && row + 1 == t->rows && t->block->width > 1;
}

static void table_make(struct maker *m, struct table *t)
{
    size_t n = t->block->width;

    BUG_UNLESS(n > 0 && n <= COLUMNS_MOST);
    t->rows  = t->block->count / n;
    t->heads = ARENA_MANY(m->list->arena, PangoLayout *, n);
    t->cells = ARENA_MANY(m->list->arena, PangoLayout *, n * t->rows + 1);
    for (size_t i = 0; i < n; i++)
        t->heads[i] = text_make(m, t->block->columns[i].head, -1, table_style(t, i, true));
    for (size_t k = 0; k < n * t->rows; k++)
        t->cells[k] =
            text_make(m, t->block->cells[k], -1, table_style(t, k % n, table_spans(t, k / n)));
    table_widths(t);
    for (size_t i = 0; i < n; i++)
        pango_layout_set_width(t->heads[i], t->width[i]);
    for (size_t k = 0; k < n * t->rows; k++) {
        bool label = table_spans(t, k / n) && k % n == 0;
        pango_layout_set_width(t->cells[k],
                               label ? t->x[n - 1] - LEFT - CELL_GAP : t->width[k % n]);
    }
}

static int row_height(const struct table *t, PangoLayout *const *row)
{
    int most = 0;
    for (size_t i = 0; i < t->block->width; i++) {
        int h = text_height(row[i]);
        most  = h > most ? h : most;
    }
    return most + 2 * CELL_PAD;
}

enum row_kind { ROW_HEAD, ROW_REPEATED, ROW_BODY, ROW_TOTAL };

static void row_put(struct maker *m, const struct table *t, PangoLayout *const *row,
                    enum row_kind kind)
{
    int height = row_height(t, row);
    bool read  = kind != ROW_REPEATED; /* a head said again is not read again */

    if (read) tag_begin(m, "TR");
    for (size_t i = 0; i < t->block->width; i++) {
        bool head       = kind == ROW_HEAD || (kind == ROW_TOTAL && i == 0);
        const char *tag = !read ? PAGE_ARTIFACT : head ? "TH" : "TD";
        text_put(m, tag, row[i], (PangoRectangle){ .x = t->x[i], .y = m->y + CELL_PAD });
    }
    if (read) tag_end(m, "TR");
    m->y += height;
    bool strong = kind == ROW_HEAD || kind == ROW_REPEATED;
    box(m,
        (PangoRectangle){ LEFT, m->y - (strong ? PAGE_POINT : HAIR), TEXT_WIDTH,
                          strong ? PAGE_POINT : HAIR },
        strong || kind == ROW_TOTAL ? PAGE_BLACK : PAGE_LINE);
}

static void block_table(struct maker *m, const struct letter_block *b)
{
    struct table t = { .block = b };

    table_make(m, &t);
    int heads = row_height(&t, t.heads);
    int start = heads + (t.rows ? row_height(&t, t.cells) : 0);
    tag_begin(m, "Table");
    if (b->text && *b->text) {
        PangoLayout *caption = text_make(m, b->text, TEXT_WIDTH, (struct style){ .size = BODY });
        if (!page_fits(m, start + text_height(caption))) page_next(m);
        m->y = text_put(m, "Caption", caption, (PangoRectangle){ .x = LEFT, .y = m->y });
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
    tag_end(m, "Table");
    m->y += points(m, BODY);
}

static void signature(struct maker *m)
{
    const struct letter_head *h = m->document->head;
    struct style plain = { .size = BODY }, bold = { .size = BODY, .bold = true };
    PangoLayout *name = text_make(m, h->owner, TEXT_WIDTH, bold);
    PangoLayout *role =
        text_make(m, letter_label(LETTER_LABEL_SIGNED, h->language), TEXT_WIDTH, plain);

    m->y += points(m, BODY);
    if (!page_fits(m, text_height(name) + text_height(role))) page_next(m);
    text_flow(m, "P", name, LEFT);
    text_flow(m, "P", role, LEFT);
}

/* Page numbers come last, when their number is known: before each PAGE_NEXT of the list. */
static void footers(struct maker *m)
{
    const struct letter_head *h = m->document->head;
    struct page_list body       = *m->list;
    int page                    = 0;
    struct style right          = { .size = SMALL, .align = PANGO_ALIGN_RIGHT };

    m->list->steps = NULL;
    m->list->count = m->list->room = 0;
    for (size_t i = 0; i < body.count; i++) {
        if (body.steps[i].kind == PAGE_NEXT) {
            PangoRectangle at = { .x = LEFT, .y = FOOT };
            size_t from       = m->list->count;
            char *number = arena_print(body.arena, letter_label(LETTER_LABEL_PAGE, h->language),
                                       ++page, body.pages);
            text_put(m, PAGE_ARTIFACT,
                     text_make(m, h->reference, TEXT_WIDTH / 2, (struct style){ .size = SMALL }),
                     at);
            text_put(m, PAGE_ARTIFACT, text_make(m, number, TEXT_WIDTH, right), at);
            for (size_t k = from; k < m->list->count; k++)
                m->list->steps[k].ink = PAGE_GREY;
        }
        *step_add(m, PAGE_NEXT) = body.steps[i];
    }
}

static bool utf8(const char *s)
{
    return !s || g_utf8_validate(s, -1, NULL);
}

static bool texts_are_utf8(const struct letter_document *d)
{
    const struct letter_head *h = d->head;
    bool good = utf8(d->title) && utf8(h->recipient) && utf8(h->reference) && utf8(h->owner) &&
                utf8(h->office->telephone) && utf8(h->office->web) &&
                utf8(h->office->name.text[h->language]);
    for (size_t i = 0; i < LETTER_ADDRESS_LINES && h->address[i]; i++)
        good = good && utf8(h->address[i]);
    for (size_t i = 0; i < LETTER_OFFICE_LINES && h->office->address[i]; i++)
        good = good && utf8(h->office->address[i]);
    for (size_t i = 0; i < d->count; i++) {
        const struct letter_block *b = &d->blocks[i];
        good                         = good && utf8(b->text) && utf8(b->figure);
        for (size_t k = 0; k < b->count; k++)
            good = good && utf8(b->cells[k]);
    }
    return good;
}

/* A context on this thread's font map, which keeps its fonts from letter to letter. */
static bool context_open(struct page_list *list, enum letter_language language, struct fail *fail)
{
    PangoFontMap *map             = pango_cairo_font_map_get_default();
    PangoFontDescription *wanted  = pango_font_description_new();
    cairo_font_options_t *options = cairo_font_options_create();

    list->context = pango_font_map_create_context(map);
    pango_cairo_context_set_resolution(list->context, 72);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(list->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(list->context, FALSE);
    pango_context_set_language(list->context,
                               pango_language_from_string(letter_language_tag(language)));
    pango_font_description_set_family_static(wanted, FAMILY);
    pango_font_description_set_size(wanted, 11 * PANGO_SCALE);
    PangoFont *font           = pango_context_load_font(list->context, wanted);
    PangoFontDescription *got = font ? pango_font_describe(font) : NULL;
    bool same                 = got && !strcmp(pango_font_description_get_family(got), FAMILY);
    pango_font_description_free(wanted);
    if (got) pango_font_description_free(got);
    if (font) g_object_unref(font);
    return same || FAIL(fail, FAIL_SYSTEM, "letter_typeface",
                        "The typeface " FAMILY " is not installed (package fonts-liberation2).");
}

static void block_put(struct maker *m, const struct letter_block *b)
{
    switch (b->kind) {
    case LETTER_HEADING: block_heading(m, b); break;
    case LETTER_PARAGRAPH: block_paragraph(m, b); break;
    case LETTER_LIST: block_list(m, b); break;
    case LETTER_AMOUNT: block_amount(m, b); break;
    case LETTER_TABLE: block_table(m, b); break;
    }
}

bool page_compose(const struct letter_document *document, struct arena *arena,
                  struct page_list *result, struct fail *fail)
{
    struct maker m = { .list = result, .document = document, .large = document->head->large };

    *result = (struct page_list){ .arena = arena };
    if (!texts_are_utf8(document))
        return FAIL(fail, FAIL_INPUT, "letter_text", "A text in the letter is not UTF-8.");
    if (!context_open(result, document->head->language, fail)) return false;
    tag_begin(&m, "Document");
    frame_first_page(&m);
    for (size_t i = 0; i < document->count; i++)
        block_put(&m, &document->blocks[i]);
    signature(&m);
    tag_end(&m, "Document");
    page_next(&m);
    footers(&m);
    return true;
}

void page_release(struct page_list *list)
{
    for (size_t i = 0; i < list->layout_count; i++)
        g_object_unref(list->layouts[i]);
    if (list->context) g_object_unref(list->context);
    *list = (struct page_list){ 0 };
}
