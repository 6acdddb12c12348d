/* page.h: a document laid out on A4 pages: what is drawn where, and under which tag.
 *
 * Lengths are Pango units (1024 to a point) from the top left corner of the page; whole numbers, so
 * a page is the same on every machine that has the typeface. */
#pragma once
#include "letter/document.h"

#include <pango/pango.h>

enum {
    PAGE_POINT  = PANGO_SCALE,
    PAGE_WIDTH  = 609562, /* 210 mm */
    PAGE_HEIGHT = 862095, /* 297 mm */
};
#define PAGE_MM(n) ((n)*PAGE_POINT * 720 / 254)

enum page_ink { PAGE_BLACK, PAGE_GREY, PAGE_BLUE, PAGE_PALE, PAGE_LINE, PAGE_INKS };
enum page_kind {
    PAGE_BEGIN, /* a tag begins */
    PAGE_END,   /* and ends */
    PAGE_TEXT,  /* lines `first` up to `last` of a layout, the top of the first at x, y */
    PAGE_BOX,   /* a filled rectangle */
    PAGE_NEXT,  /* the page is done */
};

struct page_step {
    enum page_kind kind;
    enum page_ink ink;
    const char *tag;
    PangoLayout *layout;
    int first, last;
    int x, y, width, height;
};

struct page_list {
    struct arena *arena;
    PangoContext *context;
    struct page_step *steps;
    size_t count, room;
    PangoLayout **layouts; /* all made, shown or not */
    size_t layout_count, layout_room;
    int pages;
};

/* The tag of what is not read out (rules, page numbers); the seal turns it into an artifact. */
#define PAGE_ARTIFACT "NonStruct"

/* Lays the document out.  Layouts belong to the list: give them back with page_release, also after
 * a failure (the typeface missing, a text that is not UTF-8). */
bool page_compose(const struct letter_document *document, struct arena *arena,
                  struct page_list *result, struct fail *fail);
void page_release(struct page_list *list);
