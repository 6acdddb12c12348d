/* xml_walk.c: libxml2's reader behind the screen. */
#include "feed/xml_walk.h"

#include <libxml/xmlreader.h>
#include <string.h>

enum { ATTRIBUTES_MOST = 32, WORDS_MOST = 100000 };

int xml_walk_line(struct xml_walk *w)
{
    enum { LINE_KEPT = 65535 };
    long line = xmlGetLineNo(xmlTextReaderCurrentNode(w->reader));
    if (line <= 0 || line >= LINE_KEPT) line = xmlTextReaderGetParserLineNumber(w->reader);
    return (int)line;
}

const char *xml_walk_name(struct xml_walk *w)
{
    return (const char *)xmlTextReaderConstLocalName(w->reader);
}

const char *xml_walk_space(struct xml_walk *w)
{
    return (const char *)xmlTextReaderConstNamespaceUri(w->reader);
}

const char *xml_walk_value(struct xml_walk *w)
{
    return (const char *)xmlTextReaderConstValue(w->reader);
}

const char *xml_walk_attribute(struct xml_walk *w, const char *name, size_t most,
                               struct arena *arena)
{
    xmlChar *value = xmlTextReaderGetAttribute(w->reader, (const xmlChar *)name);

    if (!value) return NULL;
    const char *copy =
        arena_text(arena, (const char *)value, strnlen((const char *)value, most + 1));
    xmlFree(value);
    return copy;
}

/* ISO 8859-1 as UTF-8, in place: the buffer has twice the room. */
static int western_widen(char *buffer, int n)
{
    int extra = 0;

    for (int i = 0; i < n; i++)
        extra += (unsigned char)buffer[i] >= 0x80;
    for (int from = n - 1, to = n + extra - 1; from < to; from--) {
        unsigned char c = (unsigned char)buffer[from];
        if (c >= 0x80) buffer[to--] = (char)(0x80 | (c & 0x3F));
        buffer[to--] = (char)(c >= 0x80 ? 0xC0 | c >> 6 : c);
    }
    return n + extra;
}

/* Looks at the first bytes, until the declaration is past.  Only ASCII stands for markup in either
 * encoding, so the screen sees the same. */
static void western_find(struct xml_walk *w, const char *buffer, int n)
{
    static const char name[] = "ISO-8859-1";

    for (int i = 0; i < n && w->declared < sizeof w->declaration; i++) {
        w->declaration[w->declared++] = buffer[i];
        if (buffer[i] != '>') continue;
        for (size_t j = 0; j + sizeof name <= w->declared; j++)
            w->is_western |= !strncasecmp(w->declaration + j, name, sizeof name - 1);
        w->declared = sizeof w->declaration;
    }
}

static int walk_bytes(void *context, char *buffer, int room)
{
    struct xml_walk *w = context;

    BUG_UNLESS(!w->western || room > 1); /* the parser asks for four bytes at least */
    int n = feed_source_read(w->source, &w->at, buffer, w->western ? room / 2 : room);
    if (n > 0 && w->western) western_find(w, buffer, n);
    if (n > 0 && w->is_western) n = western_widen(buffer, n);

    if (w->refused) return -1;
    if (n < 0) {
        w->refused = true;
        FAIL(w->fail, FAIL_SYSTEM, "read_failed", "The file could not be read to its end.");
        return -1;
    }
    const char *why = xml_screen_pass(&w->screen, buffer, (size_t)n);
    if (!why) return n;
    XML_REFUSE(w, "xml_hostile", "%s (Line %d.)", why, w->screen.line + 1);
    return -1;
}

/* The library calls a file that ends inside an element one with too much at its end. */
static bool cut_off(struct xml_walk *w, const xmlError *error)
{
    if (error->code != XML_ERR_DOCUMENT_EMPTY && error->code != XML_ERR_DOCUMENT_END) return false;
    if (w->at == 0)
        XML_REFUSE(w, "file_empty", "The file is empty.");
    else if (!w->has_begun || w->open > 0)
        XML_REFUSE(w, "xml_cut_off",
                   "The file ends too soon, on line %d: a part of it is missing. Have it sent "
                   "again.",
                   error->line);
    return w->refused;
}

static void walk_error(void *context, xmlErrorPtr error)
{
    struct xml_walk *w = context;

    if (w->refused || error->level < XML_ERR_ERROR) return;
    if (cut_off(w, error)) return;
    int n = error->message ? (int)strcspn(error->message, "\n") : 0;
    XML_REFUSE(w, "xml_broken", "The XML is broken on line %d: %.*s.", error->line,
               n > 200 ? 200 : n, error->message ? error->message : "");
}

/* libxml2 compares each attribute with all before it, and keeps every name it meets in a table that
 * slows down long before it is full.  The first element that goes beyond custom ends the reading.
 */
static bool element_bearable(struct xml_walk *w)
{
    /* not xmlTextReaderCurrentDoc, which makes the document the caller's to free */
    const xmlDoc *doc = xmlTextReaderCurrentNode(w->reader)->doc;

    if (xmlTextReaderAttributeCount(w->reader) > ATTRIBUTES_MOST)
        return XML_REFUSE(w, "xml_hostile", "On line %d an element has more than %d attributes.",
                          xml_walk_line(w), ATTRIBUTES_MOST);
    if (doc && doc->dict && xmlDictSize(doc->dict) > WORDS_MOST)
        return XML_REFUSE(w, "xml_hostile", "By line %d there are more than %d different names.",
                          xml_walk_line(w), WORDS_MOST);
    return true;
}

static bool walk_element(struct xml_walk *w, int depth)
{
    bool empty = xmlTextReaderIsEmptyElement(w->reader) == 1;

    w->has_begun = true;
    w->open += !empty;
    return element_bearable(w) && w->begin(w->context, depth) &&
           (!empty || w->end(w->context, depth));
}

static bool walk_node(struct xml_walk *w)
{
    int depth = xmlTextReaderDepth(w->reader);

    if (depth < 0 || depth > XML_DEPTH_MOST)
        return XML_REFUSE(w, "xml_hostile", "On line %d elements are more than %d deep.",
                          xml_walk_line(w), XML_DEPTH_MOST);
    switch (xmlTextReaderNodeType(w->reader)) {
    case XML_READER_TYPE_ELEMENT: return walk_element(w, depth);
    case XML_READER_TYPE_END_ELEMENT: w->open--; return w->end(w->context, depth);
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE: return w->text(w->context, depth);
    case XML_READER_TYPE_COMMENT:
    case XML_READER_TYPE_PROCESSING_INSTRUCTION: return true;
    default:
        return XML_REFUSE(w, "xml_hostile",
                          "On line %d there is a reference or a declaration that no such file "
                          "needs.",
                          xml_walk_line(w));
    }
}

static bool walk_all(struct xml_walk *w)
{
    int more;

    while ((more = xmlTextReaderRead(w->reader)) == 1 && !w->refused)
        if (!walk_node(w)) return false;
    if (w->refused) return false;
    return more == 0 || XML_REFUSE(w, "xml_broken", "The XML is broken.");
}

bool xml_walk_run(struct xml_walk *w)
{
    /* UTF-8 whatever the file declares: another encoding could hide markup from the screen. */
    const int options = XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT;
    bool ok           = false;

    w->reader = xmlReaderForIO(walk_bytes, NULL, w, NULL, NULL, options);
    if (w->reader) {
        xmlTextReaderSetStructuredErrorHandler(w->reader, walk_error, w);
        ok = walk_all(w);
        xmlFreeTextReader(w->reader);
        w->reader = NULL;
    } else if (!w->refused) {
        FAIL(w->fail, FAIL_SYSTEM, "read_failed",
             "The file could not be opened for reading as XML.");
    }
    return ok;
}
