/* page_flow.c: putting text on pages one after the other. */
#include "letter/page_flow.h"

/* Sizes in points: ordinary print, large print. */
static const int sizes[PRINTS][2] = {
    [PRINT_BODY] = { 11, 18 },    [PRINT_SMALL] = { 9, 16 },   [PRINT_TITLE] = { 21, 28 },
    [PRINT_HEADING] = { 14, 22 }, [PRINT_FIGURE] = { 38, 48 }, [PRINT_NAME] = { 15, 20 }
};

struct page_step *page_step_add(struct page_maker *m, enum page_kind kind)
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

void page_tag_begin(struct page_maker *m, const char *tag)
{
    page_step_add(m, PAGE_BEGIN)->tag = tag;
}
void page_tag_end(struct page_maker *m, const char *tag)
{
    page_step_add(m, PAGE_END)->tag = tag;
}

void page_box(struct page_maker *m, PangoRectangle r, enum page_ink ink)
{
    page_tag_begin(m, PAGE_ARTIFACT);
    struct page_step *s = page_step_add(m, PAGE_BOX);
    s->ink              = ink;
    s->x                = r.x;
    s->y                = r.y;
    s->width            = r.width;
    s->height           = r.height;
    page_tag_end(m, PAGE_ARTIFACT);
}

int page_points(const struct page_maker *m, enum page_print size)
{
    return sizes[size][m->large] * PAGE_POINT;
}

PangoLayout *page_text_make(const struct page_maker *m, const char *text, int width,
                            struct page_style style)
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

    pango_font_description_set_family_static(font, PAGE_FAMILY);
    pango_font_description_set_size(font, style.points ? style.points : page_points(m, style.size));
    pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_width(layout, width);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, style.align);
    if (style.size == PRINT_BODY && !style.points) pango_layout_set_line_spacing(layout, 1.2F);
    return layout;
}

int page_text_height(PangoLayout *layout)
{
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    return height;
}

static struct page_step *text_step(struct page_maker *m, PangoLayout *layout, int x, int y)
{
    struct page_step *s = page_step_add(m, PAGE_TEXT);
    s->layout           = layout;
    s->last             = pango_layout_get_line_count(layout);
    s->x                = x;
    s->y                = y;
    return s;
}

int page_text_put(struct page_maker *m, const char *tag, PangoLayout *layout, PangoRectangle at)
{
    page_tag_begin(m, tag);
    text_step(m, layout, at.x, at.y);
    page_tag_end(m, tag);
    return at.y + page_text_height(layout);
}

void page_next(struct page_maker *m)
{
    page_step_add(m, PAGE_NEXT);
    m->list->pages++;
    m->y = PAGE_TOP;
}

bool page_fits(const struct page_maker *m, int height)
{
    return m->y + height <= PAGE_BOTTOM;
}

/* How many lines from `first` fit above the bottom (at least one), and their height. */
static int lines_fitting(const struct page_maker *m, PangoLayout *layout, int first, int *height)
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

void page_text_flow(struct page_maker *m, const char *tag, PangoLayout *layout, int x)
{
    int count = pango_layout_get_line_count(layout), height = page_text_height(layout);

    if (!page_fits(m, height) &&
        (height <= PAGE_BOTTOM - PAGE_TOP || m->y > (PAGE_TOP + PAGE_BOTTOM) / 2))
        page_next(m);
    for (int first = 0, last; first < count; first = last) {
        last = lines_fitting(m, layout, first, &height);
        page_tag_begin(m, tag);
        struct page_step *s = text_step(m, layout, x, m->y);
        s->first            = first;
        s->last             = last;
        page_tag_end(m, tag);
        m->y += height;
        if (last < count) page_next(m);
    }
}
