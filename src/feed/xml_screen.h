/* xml_screen.h: looks at the bytes of an XML file before the parser does.
 *
 * A parser must read a whole tag, text or declaration before it can object to it, and some of its
 * checks take the square of a tag's length.  The screen knows just enough of XML to see where
 * markup begins and ends, and stops a file at the first byte that nobody sends: a DOCTYPE (so no
 * entity is ever declared), a NUL, a tag or a text of great length, bytes that do not begin as
 * UTF-8 XML. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { XML_SCREEN_TAG_MOST = 4096, XML_SCREEN_TEXT_MOST = 65536 };
#define XML_SCREEN_BYTES_MOST ((size_t)1 << 30)

/* Starts zeroed. */
struct xml_screen {
    int state;
    char quote;   /* the quotation mark that ends the attribute's value */
    char lead[8]; /* what follows "<!" */
    int lead_length;
    char last[2]; /* the two bytes before this one */
    size_t run;   /* bytes of the present tag or text */
    size_t total; /* bytes of the file so far */
    int line;     /* lines ended so far */
};

/* NULL if the next n bytes may go to the parser, else a sentence saying why not. */
const char *xml_screen_pass(struct xml_screen *screen, const char *bytes, size_t n);
