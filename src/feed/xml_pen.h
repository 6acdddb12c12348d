/* xml_pen.h: writing XML for a bank: elements in order, escaped by libxml2; a mistake anywhere is
 * remembered until the end, so that the calls read as the file. */
#pragma once
#include "base/date.h"
#include "base/fail.h"
#include "base/money.h"

#include <stdio.h>

struct xml_pen {
    void *to; /* an xmlTextWriter */
    FILE *file;
    bool failed;
};

/* Begins the document with its root element; space NULL for none.  False with f filled. */
bool xml_pen_start(struct xml_pen *p, FILE *to, const char *root, const char *space,
                   struct fail *f);
/* Ends every element and flushes; FAIL_SYSTEM write_failed if anything went wrong on the way. */
bool xml_pen_finish(struct xml_pen *p, struct fail *f);

void xml_pen_begin(struct xml_pen *p, const char *name);
void xml_pen_end(struct xml_pen *p, int elements);
void xml_pen_attribute(struct xml_pen *p, const char *name, const char *value);
void xml_pen_text(struct xml_pen *p, const char *text);
/* An element of text; nothing at all if the text is empty. */
void xml_pen_leaf(struct xml_pen *p, const char *name, const char *text);
void xml_pen_leaf_date(struct xml_pen *p, const char *name, date day);
