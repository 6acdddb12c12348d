/* xml_pen.c: libxml2's writer. */
#include "feed/xml_pen.h"

#include <libxml/xmlwriter.h>

static const xmlChar *x(const char *s)
{
    return (const xmlChar *)s;
}

static bool failed(struct fail *f)
{
    return FAIL(f, FAIL_SYSTEM, "write_failed", "The file could not be written to its end.");
}

bool xml_pen_start(struct xml_pen *p, FILE *to, const char *root, const char *space, struct fail *f)
{
    xmlOutputBuffer *bytes = xmlOutputBufferCreateFile(to, NULL);

    *p = (struct xml_pen){ .to = bytes ? xmlNewTextWriter(bytes) : NULL, .file = to };
    if (!p->to) {
        if (bytes) xmlOutputBufferClose(bytes);
        return failed(f);
    }
    p->failed |= xmlTextWriterSetIndent(p->to, 1) < 0;
    p->failed |= xmlTextWriterStartDocument(p->to, NULL, "UTF-8", NULL) < 0;
    xml_pen_begin(p, root);
    if (space) xml_pen_attribute(p, "xmlns", space);
    return true;
}

bool xml_pen_finish(struct xml_pen *p, struct fail *f)
{
    p->failed |= xmlTextWriterEndDocument(p->to) < 0 || xmlTextWriterFlush(p->to) < 0;
    xmlFreeTextWriter(p->to);
    p->to = NULL;
    return (!p->failed && fflush(p->file) == 0 && !ferror(p->file)) || failed(f);
}

void xml_pen_begin(struct xml_pen *p, const char *name)
{
    p->failed |= xmlTextWriterStartElement(p->to, x(name)) < 0;
}

void xml_pen_end(struct xml_pen *p, int elements)
{
    while (elements-- > 0)
        p->failed |= xmlTextWriterEndElement(p->to) < 0;
}

void xml_pen_attribute(struct xml_pen *p, const char *name, const char *value)
{
    p->failed |= xmlTextWriterWriteAttribute(p->to, x(name), x(value)) < 0;
}

void xml_pen_text(struct xml_pen *p, const char *text)
{
    p->failed |= xmlTextWriterWriteString(p->to, x(text)) < 0;
}

void xml_pen_leaf(struct xml_pen *p, const char *name, const char *text)
{
    if (*text) p->failed |= xmlTextWriterWriteElement(p->to, x(name), x(text)) < 0;
}

void xml_pen_leaf_date(struct xml_pen *p, const char *name, date day)
{
    char text[DATE_TEXT];
    xml_pen_leaf(p, name, date_text(day, text));
}
