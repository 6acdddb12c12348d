/* page_flow.h: putting text on pages one after the other; for letter/page*.c only. */
#pragma once
#include "letter/page.h"

#define PAGE_FAMILY "Liberation Sans"
/* Where text may stand. */
enum {
    PAGE_LEFT       = PAGE_MM(25),
    PAGE_RIGHT      = PAGE_WIDTH - PAGE_MM(20),
    PAGE_TEXT_WIDTH = PAGE_RIGHT - PAGE_LEFT,
    PAGE_TOP        = PAGE_MM(20),
    PAGE_BOTTOM     = PAGE_HEIGHT - PAGE_MM(24),
};
enum page_print {
    PRINT_BODY,
    PRINT_SMALL,
    PRINT_TITLE,
    PRINT_HEADING,
    PRINT_FIGURE,
    PRINT_NAME,
    PRINTS
};

struct page_maker {
    struct page_list *list;
    const struct letter_document *document;
    bool large;
    int y; /* where the next text begins */
};

struct page_style {
    enum page_print size;
    bool bold;
    PangoAlignment align;
    int points; /* overrides size where not 0, in Pango units */
};

struct page_step *page_step_add(struct page_maker *m, enum page_kind kind);
void page_tag_begin(struct page_maker *m, const char *tag);
void page_tag_end(struct page_maker *m, const char *tag);
/* A filled rectangle that is not read out. */
void page_box(struct page_maker *m, PangoRectangle r, enum page_ink ink);

/* The size of a print on this document, in Pango units. */
int page_points(const struct page_maker *m, enum page_print size);
/* A text laid out as wide as `width` (-1: on one line); it belongs to the list. */
PangoLayout *page_text_make(const struct page_maker *m, const char *text, int width,
                            struct page_style style);
int page_text_height(PangoLayout *layout);
/* One tagged piece of text at a place of its own; returns where it ends. */
int page_text_put(struct page_maker *m, const char *tag, PangoLayout *layout, PangoRectangle at);
/* Text in the flow: on this page if it fits, else on the next, else over several. */
void page_text_flow(struct page_maker *m, const char *tag, PangoLayout *layout, int x);

void page_next(struct page_maker *m);
/* Whether so much still fits on this page. */
bool page_fits(const struct page_maker *m, int height);

/* page_table.c: a table; one that goes on repeats its head on the next page. */
void page_table(struct page_maker *m, const struct letter_block *b);
