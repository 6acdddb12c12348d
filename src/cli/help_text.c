/* help_text.c: help folded to a terminal's width, so that its source may be as wide as code is. */
#include "cli/help_text.h"

#include <stdbool.h>
#include <string.h>

enum {
    WIDTH     = 80,
    HANG_MOST = 40,
    GAP       = 2,
    USAGE     = sizeof "Usage: " - 1,
    UPKEEP    = sizeof "upkeep " - 1
};

struct line {
    const char *at;
    size_t n, indent, hang; /* hang: the column under which the rest of it is folded */
};

/* Columns, not bytes: the bytes that continue a character take none. */
static size_t columns(const char *at, size_t n)
{
    size_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += ((unsigned char)at[i] & 0xC0u) != 0x80u;
    return sum;
}

/* "Usage: upkeep ...", or another way of calling below it. */
static bool is_usage(const char *at, size_t indent)
{
    return !strncmp(at, "Usage: ", USAGE) ||
           (indent == USAGE && !strncmp(at + indent, "upkeep ", UPKEEP));
}

/* Where an option's explanation begins, after two spaces or more; the indent where there is none.
 */
static size_t hang_of(const char *at, size_t n, size_t indent)
{
    if (is_usage(at, indent)) return USAGE + UPKEEP + strcspn(at + USAGE + UPKEEP, " \n") + 1;
    for (size_t i = indent; indent && i + GAP < n && i < HANG_MOST; i++)
        if (at[i] == ' ' && at[i + 1] == ' ') {
            while (i < n && at[i] == ' ')
                i++;
            return i < HANG_MOST ? i : indent + GAP;
        }
    return indent;
}

static struct line line_read(const char *at)
{
    struct line l = { .at = at, .n = strcspn(at, "\n") };

    l.indent = strspn(at, " ");
    l.hang   = hang_of(at, l.n, l.indent);
    return l;
}

/* Whether a line goes on where the one before had no more room for its first word. */
static bool runs_on(const struct line *before, size_t hang, const struct line *l)
{
    size_t word = strcspn(l->at + l->indent, " \n");

    return before->n && l->n && l->indent == hang && l->hang == l->indent &&
           !is_usage(l->at, l->indent) && columns(before->at, before->n) + 1 + word >= WIDTH;
}

/* Of a word; what stands in brackets is one. */
static size_t word_length(const char *at)
{
    size_t n = at[0] == '[' ? strcspn(at, "]\n") : 0;

    return n + strcspn(at + n, " \n");
}

/* The words of a text, from a column on, folded; returns the column after them. */
static size_t words_print(FILE *to, const char *at, const char *end, size_t column, size_t hang)
{
    while (at < end) {
        size_t n = word_length(at), wide = columns(at, n);
        if (column > hang && column + 1 + wide > WIDTH) {
            fprintf(to, "\n%*s", (int)hang, "");
            column = hang;
        } else if (column > hang) {
            fputc(' ', to);
            column++;
        }
        fwrite(at, 1, n, to);
        column += wide;
        at += n + strspn(at + n, " ");
    }
    return column;
}

void help_text_print(FILE *to, const char *help)
{
    struct line before = { .at = help };
    size_t hang = 0, column = 0;

    for (const char *at = help; *at;) {
        struct line l = line_read(at);
        if (runs_on(&before, hang, &l))
            column = words_print(to, at + l.indent, at + l.n, column, hang);
        else {
            if (at != help) fputc('\n', to);
            hang         = l.hang;
            bool is_wide = columns(at, l.n) > WIDTH;
            size_t kept  = is_wide ? hang : l.n;
            fwrite(at, 1, kept, to);
            column = columns(at, kept);
            if (is_wide) column = words_print(to, at + kept, at + l.n, column, hang);
        }
        before = l;
        at += l.n + (at[l.n] == '\n');
    }
    fputc('\n', to);
}
