/* plain.c: a document as plain text. */
#include "letter/plain.h"

#include <string.h>

enum { COLUMNS = 76, INDENT = 2 };

/* Characters, not bytes, so that accented Welsh lines are as long as they look. */
static size_t plain_width(const char *s, size_t n)
{
    size_t width = 0;
    for (size_t i = 0; i < n; i++)
        width += ((unsigned char)s[i] & 0xc0) != 0x80;
    return width;
}

/* Writes words, breaking lines at COLUMNS; lines after the first start with `indent` spaces. */
static void plain_wrap(struct out *o, const char *s, size_t used, size_t indent)
{
    bool fresh = true;

    while (*s) {
        size_t n     = strcspn(s, " ");
        size_t width = plain_width(s, n);
        if (!fresh && used + 1 + width > COLUMNS) {
            out_print(o, "\n%*s", (int)indent, "");
            used  = indent;
            fresh = true;
        }
        if (!fresh) {
            out_text(o, " ");
            used++;
        }
        out_bytes(o, s, n);
        used += width;
        fresh = false;
        s += n + strspn(s + n, " ");
    }
    out_text(o, "\n");
}

static void plain_underline(struct out *o, const char *s, const char *with)
{
    plain_wrap(o, s, 0, 0);
    size_t n = plain_width(s, strlen(s));
    for (size_t i = 0; i < (n < COLUMNS ? n : COLUMNS); i++)
        out_text(o, with);
    out_text(o, "\n");
}

/* Each row reads by itself ("Due on: 6 October 2026; Not paid: £48.00"), as a voice needs it. */
static void plain_table(struct out *o, const struct letter_block *b)
{
    if (b->text && *b->text) plain_wrap(o, b->text, 0, 0);
    for (size_t row = 0; row < b->count / b->width; row++) {
        struct out line = { .arena = o->arena };
        bool last       = b->total && row + 1 == b->count / b->width;
        size_t said     = 0;
        for (size_t i = 0; i < b->width; i++) {
            const char *cell = b->cells[row * b->width + i];
            if (!*cell) continue;
            out_text(&line, said++ ? "; " : "");
            if (last)
                out_text(&line, cell);
            else
                out_print(&line, "%s: %s", b->columns[i].head, cell);
        }
        out_text(o, "- ");
        plain_wrap(o, out_string(&line), INDENT, INDENT);
    }
}

static void plain_block(struct out *o, const struct letter_block *b)
{
    switch (b->kind) {
    case LETTER_HEADING: plain_underline(o, b->text, "-"); break;
    case LETTER_PARAGRAPH: plain_wrap(o, b->text, 0, 0); break;
    case LETTER_AMOUNT:
        plain_wrap(o, b->text, 0, 0);
        out_print(o, "%s\n", b->figure);
        break;
    case LETTER_LIST:
        for (size_t i = 0; i < b->count; i++) {
            out_text(o, "* ");
            plain_wrap(o, b->cells[i], INDENT, INDENT);
        }
        break;
    case LETTER_TABLE: plain_table(o, b); break;
    }
    out_text(o, "\n");
}

static void plain_labelled(struct out *o, enum letter_label label, enum letter_language language,
                           const char *value)
{
    if (value && *value) out_print(o, "%s: %s\n", letter_label(label, language), value);
}

void letter_plain(const struct letter_document *document, struct out *out)
{
    const struct letter_head *h   = document->head;
    enum letter_language language = h->language;
    char day[DATE_WORDS];

    out_print(out, "%s\n", h->office->name.text[language]);
    for (size_t i = 0; i < LETTER_OFFICE_LINES && h->office->address[i]; i++)
        out_print(out, "%s\n", h->office->address[i]);
    out_print(out, "\n%s\n", h->recipient);
    for (size_t i = 0; i < LETTER_ADDRESS_LINES && h->address[i]; i++)
        out_print(out, "%s\n", h->address[i]);
    out_text(out, "\n");
    plain_labelled(out, LETTER_LABEL_DATE, language, letter_date_words(h->sent, language, day));
    plain_labelled(out, LETTER_LABEL_REFERENCE, language, h->reference);
    plain_labelled(out, LETTER_LABEL_TELEPHONE, language, h->office->telephone);
    plain_labelled(out, LETTER_LABEL_WEB, language, h->office->web);
    out_print(out, "\n%s %s\n\n", letter_label(LETTER_LABEL_DEAR, language), h->recipient);
    plain_underline(out, document->title, "=");
    out_text(out, "\n");
    for (size_t i = 0; i < document->count; i++)
        plain_block(out, &document->blocks[i]);
    out_print(out, "%s\n%s\n", h->owner, letter_label(LETTER_LABEL_SIGNED, language));
}
