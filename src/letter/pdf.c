/* pdf.c: drawing the pages with cairo, then sealing them. */
#include "letter/pdf.h"

#include "letter/page.h"
#include "letter/seal.h"

#include <stdio.h>

#include <cairo-pdf.h>
#include <hb.h>
#include <pango/pangocairo.h>

#define POINTS(n) pango_units_to_double(n)

static cairo_status_t pdf_write(void *closure, const unsigned char *data, unsigned int length)
{
    out_bytes(closure, (const char *)data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void pdf_ink(cairo_t *cr, enum page_ink ink)
{
    switch (ink) {
    case PAGE_GREY: cairo_set_source_rgb(cr, 0.31, 0.35, 0.37); break; /* 7:1 on white */
    case PAGE_BLUE: cairo_set_source_rgb(cr, 0.11, 0.44, 0.72); break;
    case PAGE_PALE: cairo_set_source_rgb(cr, 0.94, 0.96, 0.98); break;
    case PAGE_LINE: cairo_set_source_rgb(cr, 0.69, 0.71, 0.72); break;
    case PAGE_BLACK:
    case PAGE_INKS: cairo_set_source_rgb(cr, 0.04, 0.05, 0.05); break;
    }
}

/* Pango empties the space at which it broke a line; put back, copied text keeps its words apart. */
static void pdf_space(PangoGlyphItem *run, const char *text)
{
    PangoItem *item       = run->item;
    PangoGlyphString *set = run->glyphs;
    hb_codepoint_t space;

    if (set->num_glyphs && text[item->offset + item->length - 1] == ' ' &&
        set->glyphs[set->num_glyphs - 1].glyph == PANGO_GLYPH_EMPTY &&
        hb_font_get_nominal_glyph(pango_font_get_hb_font(item->analysis.font), ' ', &space))
        set->glyphs[set->num_glyphs - 1].glyph = space;
}

static void pdf_line(cairo_t *cr, PangoLayout *layout, PangoLayoutLine *line, PangoRectangle at)
{
    const char *text = pango_layout_get_text(layout);

    for (GSList *l = line->runs; l; l = l->next) {
        PangoGlyphItem *run = l->data;
        if (!l->next) pdf_space(run, text);
        cairo_move_to(cr, POINTS(at.x), POINTS(at.y));
        pango_cairo_show_glyph_item(cr, text, run);
        at.x += pango_glyph_string_get_width(run->glyphs);
    }
}

static void pdf_lines(cairo_t *cr, const struct page_step *s)
{
    PangoLayoutIter *iter = pango_layout_get_iter(s->layout);
    int n = 0, from = 0;

    do {
        if (n >= s->first && n < s->last) {
            PangoRectangle logical;
            int top, bottom;
            pango_layout_iter_get_line_yrange(iter, &top, &bottom);
            pango_layout_iter_get_line_extents(iter, NULL, &logical);
            if (n == s->first) from = top;
            int baseline      = s->y + pango_layout_iter_get_baseline(iter) - from;
            PangoRectangle at = { .x = s->x + logical.x, .y = baseline };
            pdf_line(cr, s->layout, pango_layout_iter_get_line(iter), at);
        }
        n++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

static void pdf_step(cairo_t *cr, const struct page_step *s)
{
    switch (s->kind) {
    case PAGE_BEGIN: cairo_tag_begin(cr, s->tag, NULL); break;
    case PAGE_END: cairo_tag_end(cr, s->tag); break;
    case PAGE_NEXT: cairo_show_page(cr); break;
    case PAGE_TEXT:
        pdf_ink(cr, s->ink);
        pdf_lines(cr, s);
        break;
    case PAGE_BOX:
        pdf_ink(cr, s->ink);
        cairo_rectangle(cr, POINTS(s->x), POINTS(s->y), POINTS(s->width), POINTS(s->height));
        cairo_fill(cr);
        break;
    }
}

static void pdf_metadata(cairo_surface_t *surface, const struct letter_document *document)
{
    const struct letter_head *h = document->head;
    char day[DATE_TEXT], stamp[DATE_TEXT + 16];

    snprintf(stamp, sizeof stamp, "%sT00:00:00Z", date_text(h->sent, day));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, document->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
                                   h->office->name.text[h->language]);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, stamp);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, stamp);
}

bool letter_pdf(const struct letter_document *document, struct out *out, struct fail *fail)
{
    struct page_list list = { 0 };
    struct out drawn      = { .arena = out->arena };

    if (!page_compose(document, out->arena, &list, fail)) {
        page_release(&list);
        return false;
    }
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        pdf_write, &drawn, POINTS(PAGE_WIDTH), POINTS(PAGE_HEIGHT));
    pdf_metadata(surface, document);
    cairo_t *cr = cairo_create(surface);
    for (size_t i = 0; i < list.count; i++)
        pdf_step(cr, &list.steps[i]);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_status(cr);
    if (status == CAIRO_STATUS_SUCCESS || status == CAIRO_STATUS_SURFACE_FINISHED)
        status = cairo_surface_status(surface);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    page_release(&list);
    if (status != CAIRO_STATUS_SUCCESS)
        return FAIL(fail, FAIL_SYSTEM, "letter_draw", "The letter could not be drawn: %s.",
                    cairo_status_to_string(status));
    return seal_pdf(&drawn, document, out, fail);
}
