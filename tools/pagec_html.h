/* pagec_html.h: where in the HTML a template stands.  Literal text is fed through; at each value
 * the compiler asks which escape the place needs, or why none is safe. */
#pragma once
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum html_state {
    HTML_TEXT,
    HTML_TAG_NAME,
    HTML_TAG,       /* inside a tag, between attributes */
    HTML_ATTRIBUTE, /* in an attribute's name */
    HTML_EQUALS,    /* after the = */
    HTML_DOUBLE,    /* in a value quoted with " */
    HTML_SINGLE,    /* in a value quoted with ' */
    HTML_COMMENT,
    HTML_DECLARATION,
    HTML_SCRIPT, /* the text of script and style */
};
enum { HTML_DEPTH = 64, HTML_NAME = 32, HTML_PREFIX = 64 };

struct html {
    enum html_state state;
    int depth;
    char open[HTML_DEPTH][HTML_NAME]; /* elements not closed yet */
    char tag[HTML_NAME], attribute[HTML_NAME];
    char prefix[HTML_PREFIX]; /* how the attribute's value begins in the template */
    size_t prefix_length;
    bool closing, slash, dynamic; /* dynamic: a value has been put into the attribute */
    bool at_space;                /* the last character written was white space */
    const char *wrong;            /* set when the literal text cannot be followed */
    char wrong_text[160];
};
enum html_place { PLACE_NONE, PLACE_TEXT, PLACE_ATTRIBUTE, PLACE_URL_PART, PLACE_URL_WHOLE };

static bool html_listed(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list; n && (p = strcasestr(p, word)); p += n)
        if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n])) return true;
    return false;
}

static void html_refuse(struct html *h, const char *format, const char *what)
{
    if (h->wrong) return;
    snprintf(h->wrong_text, sizeof h->wrong_text, format, what);
    h->wrong = h->wrong_text;
}

static bool html_url(const struct html *h)
{
    return html_listed("href src action formaction", h->attribute);
}

/* A literal address must be one of ours, or plainly https, mail or telephone. */
static void html_check_prefix(struct html *h)
{
    static const char *const good[] = { "#", "?", "/", "https://", "mailto:", "tel:" };

    if (!html_url(h) || !h->prefix_length) return;
    h->prefix[h->prefix_length] = '\0';
    if (!strncmp(h->prefix, "//", 2)) {
        html_refuse(h, "an address may not begin with //: %s", h->prefix);
        return;
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!strncasecmp(h->prefix, good[i], strlen(good[i]))) return;
    html_refuse(h, "an address must begin with / # ? https:// mailto: or tel:, not: %s", h->prefix);
}

static void html_tag_end(struct html *h)
{
    static const char *const empty =
        "area base br col embed hr img input link meta source track wbr";
    bool is_void = html_listed(empty, h->tag);

    h->state = HTML_TEXT;
    if (h->closing) {
        if (!h->depth || strcmp(h->open[h->depth - 1], h->tag))
            html_refuse(h, "</%s> closes nothing that is open here", h->tag);
        else
            h->depth--;
        return;
    }
    if (is_void || h->slash) {
        bool drawing = false;
        for (int i = 0; i < h->depth; i++)
            drawing |= !strcmp(h->open[i], "svg");
        if (!is_void && !drawing) html_refuse(h, "<%s/> does not close itself in HTML", h->tag);
        return;
    }
    if (h->depth == HTML_DEPTH) {
        html_refuse(h, "elements are nested too deeply at <%s>", h->tag);
        return;
    }
    memcpy(h->open[h->depth++], h->tag, HTML_NAME);
    if (!strcmp(h->tag, "script") || !strcmp(h->tag, "style")) h->state = HTML_SCRIPT;
}

static void html_name(struct html *h, char *name, char c)
{
    size_t n = strlen(name);
    if (n + 1 < HTML_NAME)
        name[n] = (char)tolower((unsigned char)c), name[n + 1] = '\0';
    else
        html_refuse(h, "the name is too long: %s", name);
}

static void html_text(struct html *h, const char *s)
{
    if (*s != '<') return;
    if (!strncmp(s, "<!--", 4)) {
        h->state         = HTML_COMMENT;
        h->prefix_length = 0;
    } else if (s[1] == '!') {
        h->state = HTML_DECLARATION;
    } else if (isalpha((unsigned char)s[1]) || s[1] == '/') {
        h->state   = HTML_TAG_NAME;
        h->tag[0]  = '\0';
        h->closing = s[1] == '/';
        h->slash   = false;
    } else {
        html_refuse(h, "write &lt; for a %s that starts no tag", "<");
    }
}

static void html_tag(struct html *h, char c)
{
    if (c == '>') {
        html_tag_end(h);
    } else if (c == '/') {
        h->slash = true;
    } else if (!isspace((unsigned char)c)) {
        h->state        = HTML_ATTRIBUTE;
        h->attribute[0] = '\0';
        html_name(h, h->attribute, c);
    }
}

static void html_value(struct html *h, char c, char quote)
{
    if (c == quote) {
        if (!h->dynamic) html_check_prefix(h);
        h->state = HTML_TAG;
    } else if (!h->dynamic && h->prefix_length + 1 < HTML_PREFIX) {
        h->prefix[h->prefix_length++] = c;
    }
}

static void html_step(struct html *h, const char *s)
{
    char c = *s;

    switch (h->state) {
    case HTML_TEXT: html_text(h, s); break;
    case HTML_TAG_NAME:
        if (isspace((unsigned char)c))
            h->state = HTML_TAG;
        else if (c == '>')
            html_tag_end(h);
        else if (c != '/')
            html_name(h, h->tag, c);
        else if (h->tag[0])
            h->slash = true;
        break;
    case HTML_TAG: html_tag(h, c); break;
    case HTML_ATTRIBUTE:
        if (c == '=')
            h->state = HTML_EQUALS;
        else if (isspace((unsigned char)c) || c == '>' || c == '/')
            h->state = HTML_TAG, html_tag(h, c);
        else
            html_name(h, h->attribute, c);
        break;
    case HTML_EQUALS:
        h->state         = c == '"' ? HTML_DOUBLE : HTML_SINGLE;
        h->prefix_length = 0;
        h->dynamic       = false;
        if (c != '"' && c != '\'') html_refuse(h, "the value of %s must be quoted", h->attribute);
        break;
    case HTML_DOUBLE: html_value(h, c, '"'); break;
    case HTML_SINGLE: html_value(h, c, '\''); break;
    case HTML_COMMENT:
        if (c == '>' && h->prefix_length >= 2) h->state = HTML_TEXT;
        h->prefix_length = c == '-' ? h->prefix_length + 1 : 0;
        break;
    case HTML_DECLARATION:
        if (c == '>') h->state = HTML_TEXT;
        break;
    case HTML_SCRIPT:
        if (c == '<' && s[1] == '/' &&
            !strncasecmp(s + 2, h->open[h->depth - 1], strlen(h->open[h->depth - 1])))
            h->state = HTML_TEXT, html_text(h, s);
        break;
    }
}

/* White space between words and attributes is one character on the wire. */
static bool html_squeezes(const struct html *h)
{
    for (int i = 0; i < h->depth; i++)
        if (html_listed("pre textarea script style", h->open[i])) return false;
    return h->state == HTML_TEXT || h->state == HTML_TAG;
}

/* Feeds n bytes of literal text; what is to be sent goes to `to`. */
static void html_feed(struct html *h, const char *s, size_t n, FILE *to)
{
    for (size_t i = 0; i < n && !h->wrong; i++) {
        bool space = isspace((unsigned char)s[i]) != 0, squeeze = html_squeezes(h);

        html_step(h, s + i);
        if (squeeze && space && h->at_space) continue;
        char c = s[i];
        if (squeeze && space) c = memchr(s + i, '\n', strspn(s + i, " \t\n")) ? '\n' : ' ';
        fputc(c, to);
        h->at_space = space;
    }
}

/* The escape a value needs here; PLACE_NONE with h->wrong set where no value may stand. */
static enum html_place html_place(struct html *h)
{
    h->at_space = false;
    switch (h->state) {
    case HTML_TEXT: return PLACE_TEXT;
    case HTML_EQUALS:
        html_refuse(h, "a value in an attribute without quotes: %s", h->attribute);
        break;
    case HTML_TAG_NAME:
    case HTML_TAG:
    case HTML_ATTRIBUTE: html_refuse(h, "a value inside the tag <%s>", h->tag); break;
    case HTML_COMMENT: html_refuse(h, "a value inside a %s", "comment"); break;
    case HTML_DECLARATION: html_refuse(h, "a value inside a %s", "declaration"); break;
    case HTML_SCRIPT: html_refuse(h, "a value inside <%s>", h->open[h->depth - 1]); break;
    case HTML_DOUBLE:
    case HTML_SINGLE:
        if (!strncmp(h->attribute, "on", 2) ||
            html_listed("style srcdoc srcset ping data background poster xlink:href http-equiv",
                        h->attribute)) {
            html_refuse(h, "a value in the attribute %s can never be made safe", h->attribute);
            break;
        }
        if (!html_url(h)) {
            h->dynamic = true;
            return PLACE_ATTRIBUTE;
        }
        bool whole = !h->dynamic && !h->prefix_length;
        if (!h->dynamic) html_check_prefix(h);
        if (!h->dynamic &&
            !strncasecmp(h->prefix, "https://", h->prefix_length < 8 ? h->prefix_length : 8) &&
            h->prefix_length && h->prefix[0] == 'h' &&
            !memchr(h->prefix + 8, '/', h->prefix_length > 8 ? h->prefix_length - 8 : 0))
            html_refuse(h, "a value may not choose the host: %s", h->prefix);
        h->dynamic = true;
        return whole ? PLACE_URL_WHOLE : PLACE_URL_PART;
    }
    return PLACE_NONE;
}

/* Whether two ways through a template stand at the same place. */
static bool html_same(const struct html *a, const struct html *b)
{
    if (a->state != b->state || a->depth != b->depth) return false;
    for (int i = 0; i < a->depth; i++)
        if (strcmp(a->open[i], b->open[i])) return false;
    if (a->state == HTML_TEXT) return true;
    if (strcmp(a->tag, b->tag) || a->closing != b->closing) return false;
    if (a->state == HTML_TAG) return true;
    if (strcmp(a->attribute, b->attribute)) return false;
    return !html_url(a) ||
           (a->dynamic == b->dynamic && (a->prefix_length > 0) == (b->prefix_length > 0));
}
