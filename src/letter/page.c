/* page.c: laying a document out on pages.
 *
 * The recipient's address stands where the window of a DL envelope shows it when the sheet is
 * folded in three.  A heading never ends a page, a paragraph is split only if it is longer than a
 * page, and a table that goes on repeats its head. */
#include "letter/page_flow.h"

#include <string.h>

#include <pango/pangocairo.h>

enum {
    FOOT          = PAGE_HEIGHT - PAGE_MM(16),
    NAME_TOP      = PAGE_MM(14),
    WINDOW_TOP    = PAGE_MM(40), /* the window: 95.4 by 26.8 mm, 24.6 mm from the left, 39.5 down */
    WINDOW_HEIGHT = PAGE_MM(26),
    WINDOW_WIDTH  = PAGE_MM(88),
    SIDE_LEFT     = PAGE_MM(128),
    BODY_TOP      = PAGE_MM(80),
};

/* ---- the frame of the first page ---- */

static void frame_office(struct page_maker *m)
{
    const struct letter_office *office = m->document->head->office;
    char *line                         = "";

    for (size_t i = 0; i < LETTER_OFFICE_LINES && office->address[i]; i++)
        line = arena_print(m->list->arena, "%s%s%s", line, i ? ", " : "", office->address[i]);
    PangoLayout *name =
        page_text_make(m, office->name.text[m->document->head->language], PAGE_TEXT_WIDTH,
                       (struct page_style){ .size = PRINT_NAME, .bold = true });
    int y = page_text_put(m, "P", name, (PangoRectangle){ .x = PAGE_LEFT, .y = NAME_TOP });
    PangoLayout *from =
        page_text_make(m, line, PAGE_TEXT_WIDTH, (struct page_style){ .size = PRINT_SMALL });
    y = page_text_put(m, "P", from, (PangoRectangle){ .x = PAGE_LEFT, .y = y + PAGE_POINT });
    page_box(m, (PangoRectangle){ PAGE_LEFT, y + 4 * PAGE_POINT, PAGE_TEXT_WIDTH, 2 * PAGE_POINT },
             PAGE_BLUE);
}

/* Sized so that all its lines show in the window, whatever the print. */
static void frame_address(struct page_maker *m)
{
    const struct letter_head *h                 = m->document->head;
    const char *lines[LETTER_ADDRESS_LINES + 1] = { h->recipient };
    int count = 1, y = WINDOW_TOP;

    while (count <= LETTER_ADDRESS_LINES && h->address[count - 1]) {
        lines[count] = h->address[count - 1];
        count++;
    }
    int most = WINDOW_HEIGHT * 10 / (count * 12), size = page_points(m, PRINT_BODY);
    struct page_style style = { .points = size < most ? size : most };
    for (int i = 0; i < count; i++)
        y = page_text_put(m, "P", page_text_make(m, lines[i], WINDOW_WIDTH, style),
                          (PangoRectangle){ .x = PAGE_LEFT, .y = y });
}

static int frame_fact(struct page_maker *m, enum letter_label label, const char *value, int y)
{
    int width = PAGE_RIGHT - SIDE_LEFT;
    if (!value || !*value) return y;
    PangoLayout *name = page_text_make(m, letter_label(label, m->document->head->language), width,
                                       (struct page_style){ .size = PRINT_SMALL });
    PangoLayout *fact = page_text_make(
        m, value, width, (struct page_style){ .bold = true, .points = page_points(m, PRINT_BODY) });
    size_t from = m->list->count;
    y           = page_text_put(m, "P", name, (PangoRectangle){ .x = SIDE_LEFT, .y = y });
    for (size_t i = from; i < m->list->count; i++)
        m->list->steps[i].ink = PAGE_GREY;
    y = page_text_put(m, "P", fact, (PangoRectangle){ .x = SIDE_LEFT, .y = y });
    return y + 3 * PAGE_POINT;
}

static void frame_first_page(struct page_maker *m)
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
    y += page_points(m, PRINT_BODY);
    m->y       = y > BODY_TOP ? y : BODY_TOP;
    char *dear = arena_print(m->list->arena, "%s %s", letter_label(LETTER_LABEL_DEAR, h->language),
                             h->recipient);
    page_text_flow(
        m, "P", page_text_make(m, dear, PAGE_TEXT_WIDTH, (struct page_style){ .size = PRINT_BODY }),
        PAGE_LEFT);
    m->y += page_points(m, PRINT_BODY) / 2;
    page_text_flow(m, "H1",
                   page_text_make(m, m->document->title, PAGE_TEXT_WIDTH,
                                  (struct page_style){ .size = PRINT_TITLE, .bold = true }),
                   PAGE_LEFT);
}

/* ---- blocks ---- */

static void block_heading(struct page_maker *m, const struct letter_block *b)
{
    PangoLayout *layout = page_text_make(
        m, b->text, PAGE_TEXT_WIDTH, (struct page_style){ .size = PRINT_HEADING, .bold = true });
    int space = page_points(m, PRINT_BODY);
    /* A heading stays with at least four lines of what it is the heading of; over a table, with its
     * caption, its head and the first row. */
    bool table = b + 1 < m->document->blocks + m->document->count && b[1].kind == LETTER_TABLE;
    if (!page_fits(m, space + page_text_height(layout) +
                          page_points(m, PRINT_BODY) * (table ? 10 : 6)))
        page_next(m);
    else
        m->y += space;
    page_text_flow(m, "H2", layout, PAGE_LEFT);
    m->y += page_points(m, PRINT_BODY) / 4;
}

static void block_paragraph(struct page_maker *m, const struct letter_block *b)
{
    page_text_flow(
        m, "P",
        page_text_make(m, b->text, PAGE_TEXT_WIDTH, (struct page_style){ .size = PRINT_BODY }),
        PAGE_LEFT);
    m->y += page_points(m, PRINT_BODY) * 6 / 10;
}

static void block_amount(struct page_maker *m, const struct letter_block *b)
{
    int pad = 14 * PAGE_POINT, bar = 6 * PAGE_POINT, width = PAGE_TEXT_WIDTH - 2 * pad - bar;
    PangoLayout *caption =
        page_text_make(m, b->text, width, (struct page_style){ .size = PRINT_BODY });
    PangoLayout *figure = page_text_make(m, b->figure, width,
                                         (struct page_style){ .size = PRINT_FIGURE, .bold = true });
    int height          = page_text_height(caption) + page_text_height(figure) + 2 * pad;

    m->y += page_points(m, PRINT_BODY) * 8 / 10;
    if (!page_fits(m, height)) page_next(m);
    page_box(m, (PangoRectangle){ PAGE_LEFT, m->y, PAGE_TEXT_WIDTH, height }, PAGE_PALE);
    page_box(m, (PangoRectangle){ PAGE_LEFT, m->y, bar, height }, PAGE_BLUE);
    int y = page_text_put(m, "P", caption,
                          (PangoRectangle){ .x = PAGE_LEFT + bar + pad, .y = m->y + pad });
    page_text_put(m, "P", figure, (PangoRectangle){ .x = PAGE_LEFT + bar + pad, .y = y });
    m->y += height + page_points(m, PRINT_BODY) / 2;
}

static void block_list(struct page_maker *m, const struct letter_block *b)
{
    int indent = page_points(m, PRINT_BODY) * 3 / 2;

    page_tag_begin(m, "L");
    for (size_t i = 0; i < b->count; i++) {
        PangoLayout *bullet = page_text_make(m, "•", -1, (struct page_style){ .size = PRINT_BODY });
        PangoLayout *item   = page_text_make(m, b->cells[i], PAGE_TEXT_WIDTH - indent,
                                             (struct page_style){ .size = PRINT_BODY });
        if (!page_fits(m, page_text_height(item)) &&
            page_text_height(item) <= PAGE_BOTTOM - PAGE_TOP)
            page_next(m);
        page_tag_begin(m, "LI");
        page_text_put(m, "Lbl", bullet, (PangoRectangle){ .x = PAGE_LEFT + indent / 3, .y = m->y });
        page_text_flow(m, "LBody", item, PAGE_LEFT + indent);
        page_tag_end(m, "LI");
        m->y += page_points(m, PRINT_BODY) * 4 / 10;
    }
    page_tag_end(m, "L");
    m->y += page_points(m, PRINT_BODY) * 2 / 10;
}

static void signature(struct page_maker *m)
{
    const struct letter_head *h = m->document->head;
    struct page_style plain = { .size = PRINT_BODY }, bold = { .size = PRINT_BODY, .bold = true };
    PangoLayout *name = page_text_make(m, h->owner, PAGE_TEXT_WIDTH, bold);
    PangoLayout *role =
        page_text_make(m, letter_label(LETTER_LABEL_SIGNED, h->language), PAGE_TEXT_WIDTH, plain);

    m->y += page_points(m, PRINT_BODY);
    if (!page_fits(m, page_text_height(name) + page_text_height(role))) page_next(m);
    page_text_flow(m, "P", name, PAGE_LEFT);
    page_text_flow(m, "P", role, PAGE_LEFT);
}

/* Page numbers come last, when their number is known: before each PAGE_NEXT of the list. */
static void footers(struct page_maker *m)
{
    const struct letter_head *h = m->document->head;
    struct page_list body       = *m->list;
    int page                    = 0;
    struct page_style right     = { .size = PRINT_SMALL, .align = PANGO_ALIGN_RIGHT };

    m->list->steps = NULL;
    m->list->count = m->list->room = 0;
    for (size_t i = 0; i < body.count; i++) {
        if (body.steps[i].kind == PAGE_NEXT) {
            PangoRectangle at = { .x = PAGE_LEFT, .y = FOOT };
            size_t from       = m->list->count;
            char *number = arena_print(body.arena, letter_label(LETTER_LABEL_PAGE, h->language),
                                       ++page, body.pages);
            page_text_put(m, PAGE_ARTIFACT,
                          page_text_make(m, h->reference, PAGE_TEXT_WIDTH / 2,
                                         (struct page_style){ .size = PRINT_SMALL }),
                          at);
            page_text_put(m, PAGE_ARTIFACT, page_text_make(m, number, PAGE_TEXT_WIDTH, right), at);
            for (size_t k = from; k < m->list->count; k++)
                m->list->steps[k].ink = PAGE_GREY;
        }
        *page_step_add(m, PAGE_NEXT) = body.steps[i];
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
    pango_font_description_set_family_static(wanted, PAGE_FAMILY);
    pango_font_description_set_size(wanted, 11 * PANGO_SCALE);
    PangoFont *font           = pango_context_load_font(list->context, wanted);
    PangoFontDescription *got = font ? pango_font_describe(font) : NULL;
    bool same                 = got && !strcmp(pango_font_description_get_family(got), PAGE_FAMILY);
    pango_font_description_free(wanted);
    if (got) pango_font_description_free(got);
    if (font) g_object_unref(font);
    return same ||
           FAIL(fail, FAIL_SYSTEM, "letter_typeface",
                "The typeface " PAGE_FAMILY " is not installed (package fonts-liberation2).");
}

static void block_put(struct page_maker *m, const struct letter_block *b)
{
    switch (b->kind) {
    case LETTER_HEADING: block_heading(m, b); break;
    case LETTER_PARAGRAPH: block_paragraph(m, b); break;
    case LETTER_LIST: block_list(m, b); break;
    case LETTER_AMOUNT: block_amount(m, b); break;
    case LETTER_TABLE: page_table(m, b); break;
    }
}

bool page_compose(const struct letter_document *document, struct arena *arena,
                  struct page_list *result, struct fail *fail)
{
    struct page_maker m = { .list = result, .document = document, .large = document->head->large };

    *result = (struct page_list){ .arena = arena };
    if (!texts_are_utf8(document))
        return FAIL(fail, FAIL_INPUT, "letter_text", "A text in the letter is not UTF-8.");
    if (!context_open(result, document->head->language, fail)) return false;
    page_tag_begin(&m, "Document");
    frame_first_page(&m);
    for (size_t i = 0; i < document->count; i++)
        block_put(&m, &document->blocks[i]);
    signature(&m);
    page_tag_end(&m, "Document");
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
