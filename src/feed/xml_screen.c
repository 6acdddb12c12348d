/* xml_screen.c: a state for each kind of markup, a limit for each state. */
#include "feed/xml_screen.h"

#include <string.h>

enum { BEFORE, TEXT, OPENED, TAG, VALUE, LEAD, COMMENT, CDATA, PROCESSING };

static const size_t limits[] = {
    [BEFORE] = XML_SCREEN_TAG_MOST,     [TEXT] = XML_SCREEN_TEXT_MOST,
    [OPENED] = XML_SCREEN_TAG_MOST,     [TAG] = XML_SCREEN_TAG_MOST,
    [VALUE] = XML_SCREEN_TAG_MOST,      [LEAD] = XML_SCREEN_TAG_MOST,
    [COMMENT] = XML_SCREEN_TEXT_MOST,   [CDATA] = XML_SCREEN_TEXT_MOST,
    [PROCESSING] = XML_SCREEN_TAG_MOST,
};

static void enter(struct xml_screen *s, int state)
{
    s->state = state;
    s->run   = 0;
    memset(s->last, 0, sizeof s->last);
}

/* After "<!" only a comment or a CDATA section may follow. */
static bool lead_pass(struct xml_screen *s, char c)
{
    static const char comment[] = "--", cdata[] = "[CDATA[";

    s->lead[s->lead_length++] = c;
    size_t n                  = (size_t)s->lead_length;
    if (n == strlen(comment) && !memcmp(s->lead, comment, n))
        enter(s, COMMENT);
    else if (n == strlen(cdata) && !memcmp(s->lead, cdata, n))
        enter(s, CDATA);
    else
        return (n < strlen(comment) && !memcmp(s->lead, comment, n)) ||
               (n < strlen(cdata) && !memcmp(s->lead, cdata, n));
    return true;
}

static const char *byte_pass(struct xml_screen *s, char c)
{
    switch (s->state) {
    case BEFORE:
        /* A byte order mark and white space may come before the first markup. */
        if (c == '<')
            enter(s, OPENED);
        else if (!strchr(" \t\r\n\xEF\xBB\xBF", c))
            return "The file does not begin as an XML file in UTF-8.";
        break;
    case TEXT:
        if (c == '<') enter(s, OPENED);
        break;
    case OPENED:
        s->lead_length = 0;
        enter(s, c == '!' ? LEAD : c == '?' ? PROCESSING : TAG);
        break;
    case TAG:
        if (c == '>')
            enter(s, TEXT);
        else if (c == '"' || c == '\'')
            s->quote = c, s->state = VALUE; /* the run goes on: it is one tag */
        break;
    case VALUE:
        if (c == s->quote) s->state = TAG;
        break;
    case LEAD:
        if (!lead_pass(s, c))
            return "The file has a document type declaration, which no such file needs.";
        return NULL; /* the lead is not part of what it introduces */
    case COMMENT:
        if (c == '>' && s->last[0] == '-' && s->last[1] == '-') enter(s, TEXT);
        break;
    case CDATA:
        if (c == '>' && s->last[0] == ']' && s->last[1] == ']') enter(s, TEXT);
        break;
    default: /* PROCESSING */
        if (c == '>' && s->last[1] == '?') enter(s, TEXT);
    }
    s->last[0] = s->last[1];
    s->last[1] = c;
    return NULL;
}

const char *xml_screen_pass(struct xml_screen *screen, const char *bytes, size_t n)
{
    screen->total += n;
    if (screen->total > XML_SCREEN_BYTES_MOST) return "The file is larger than a gigabyte.";
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '\0') return "The file has a zero byte, so it is not XML in UTF-8.";
        const char *why = byte_pass(screen, bytes[i]);
        if (why) return why;
        if (++screen->run > limits[screen->state])
            return "The file has a tag or a text far longer than anybody writes.";
        screen->line += bytes[i] == '\n';
    }
    return NULL;
}
