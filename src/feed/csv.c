/* csv.c: bytes, cells, records. */
#include "feed/csv.h"

#include <string.h>
#include <strings.h>

enum { AT_END = -1, UNREADABLE = -2 };

static int byte_next(struct csv *c)
{
    if (c->next == c->have) {
        int n = feed_source_read(c->source, &c->at, c->chunk, CSV_CHUNK);
        if (n <= 0) return n < 0 ? UNREADABLE : AT_END;
        c->have = (size_t)n;
        c->next = 0;
    }
    unsigned char b = (unsigned char)c->chunk[c->next++];
    c->line += b == '\n';
    if (b == 0) c->problem = "There is a zero byte.";
    return b;
}

static bool byte_keep(struct csv *c, int b)
{
    if (c->used >= CSV_RECORD_MOST)
        return CSV_REFUSE(c->fail, "record_too_long",
                          "The record that begins on line %d is longer than %d bytes; a quotation "
                          "mark may be missing.",
                          c->began, CSV_RECORD_MOST);
    c->text[c->used++] = (char)b;
    return true;
}

static bool cell_end(struct csv *c)
{
    if (c->count < CSV_CELLS_MOST)
        c->count++;
    else
        c->problem = "There are too many cells.";
    if (!byte_keep(c, 0)) return false;
    if (c->count < CSV_CELLS_MOST) c->cells[c->count] = c->text + c->used;
    return true;
}

/* Reads on to the mark that closes a quoted cell; *b is the byte after it. */
static bool quoted_read(struct csv *c, int *b)
{
    int opened = c->line;

    for (;;) {
        *b = byte_next(c);
        if (*b == AT_END)
            return CSV_REFUSE(c->fail, "quote_open",
                              "The quotation mark on line %d is never closed.", opened);
        if (*b == UNREADABLE) return true;
        if (*b == '"' && (*b = byte_next(c)) != '"') return true;
        if (!byte_keep(c, *b)) return false;
    }
}

/* Reads one cell; *b is the byte that ended it: a comma, a line end or the end. */
static bool cell_read(struct csv *c, int *b)
{
    *b = byte_next(c);
    if (*b == '"') {
        if (!quoted_read(c, b)) return false;
        if (*b >= 0 && !strchr(",\r\n", *b)) c->problem = "There is text after a quoted cell.";
    }
    for (; *b >= 0 && *b != ',' && *b != '\n'; *b = byte_next(c)) {
        if (*b == '\r') {
            *b = byte_next(c);
            if (*b == '\n') break;
            c->problem = "There is a carriage return without a line feed.";
            if (*b < 0) break;
        }
        if (*b == '"' && !c->problem)
            c->problem = "There is a quotation mark inside a cell that does not begin with one.";
        if (!byte_keep(c, *b)) return false;
    }
    return cell_end(c);
}

static enum csv_found record_read(struct csv *c)
{
    int b;

    c->used    = 0;
    c->count   = 0;
    c->problem = NULL;
    c->began   = c->line;
    *c->cells  = c->text;
    do {
        if (!cell_read(c, &b)) return CSV_STOP;
    } while (b == ',');
    if (b == UNREADABLE) {
        FAIL(c->fail, FAIL_SYSTEM, "read_failed", "The file could not be read to its end.");
        return CSV_STOP;
    }
    return b == AT_END && c->count == 1 && !*c->cells[0] ? CSV_NO_MORE : CSV_RECORD;
}

static bool record_blank(const struct csv *c)
{
    return c->count == 1 && !*c->cells[0] && !c->problem;
}

/* --- the header --- */

static void mark_skip(struct csv *c)
{
    static const char mark[] = "\xEF\xBB\xBF";
    int n                    = feed_source_read(c->source, &c->at, c->chunk, CSV_CHUNK);

    c->have = n > 0 ? (size_t)n : 0;
    if (c->have >= strlen(mark) && !memcmp(c->chunk, mark, strlen(mark))) c->next = strlen(mark);
}

void csv_begin(struct csv *c, const struct feed_source *source, struct fail *fail)
{
    c->source = source;
    c->fail   = fail;
    c->line   = 1;
    mark_skip(c);
}

static bool column_unknown(const struct csv *c, size_t cell)
{
    char list[300];
    size_t used = 0;

    for (int i = 0; i < c->columns && used < sizeof list; i++)
        used +=
            (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", c->names[i]);
    return CSV_REFUSE(c->fail, "header_wrong", "Column %zu of the header is none of %s.", cell + 1,
                      list);
}

static bool column_place(struct csv *c, size_t cell)
{
    for (int i = 0; i < c->columns; i++) {
        if (strcasecmp(c->cells[cell], c->names[i]) != 0) continue;
        if (c->place[i] >= 0)
            return CSV_REFUSE(c->fail, "header_wrong", "The column %s is there twice.",
                              c->names[i]);
        c->place[i] = (int)cell;
        return true;
    }
    return column_unknown(c, cell);
}

bool csv_header(struct csv *c, const char *const *names, int count, int required)
{
    enum csv_found found = record_read(c);

    BUG_UNLESS(count <= CSV_CELLS_MOST);
    c->names   = names;
    c->columns = count;
    if (found == CSV_STOP) return false;
    if (found == CSV_NO_MORE || c->problem)
        return CSV_REFUSE(c->fail, "header_wrong", "The first line must name the columns. %s",
                          found == CSV_NO_MORE ? "The file is empty." : c->problem);
    for (int i = 0; i < count; i++)
        c->place[i] = -1;
    c->width = c->count;
    for (size_t i = 0; i < c->count; i++)
        if (!column_place(c, i)) return false;
    for (int i = 0; i < required; i++)
        if (c->place[i] < 0)
            return CSV_REFUSE(c->fail, "header_wrong", "The header has no column %s.", names[i]);
    return true;
}

enum csv_found csv_next(struct csv *c)
{
    enum csv_found found;

    do
        found = record_read(c);
    while (found == CSV_RECORD && record_blank(c));
    return found;
}

const char *csv_problem(const struct csv *c)
{
    if (c->problem) return c->problem;
    if (c->count != c->width) return "It does not have as many cells as the header.";
    for (size_t i = 0; i < c->count; i++) {
        size_t n = strlen(c->cells[i]);
        if (!feed_text_valid(c->cells[i], n)) return "There is a character that is not UTF-8 text.";
        if (n > FEED_TEXT_MOST) return "A cell is too long.";
    }
    return NULL;
}

const char *csv_cell(struct csv *c, int column)
{
    if (c->place[column] < 0) return "";
    char *s                         = (char *)c->cells[c->place[column]];
    s[feed_text_tidy(s, strlen(s))] = '\0';
    return s;
}

void csv_write_cell(FILE *to, const char *s, char after)
{
    bool quoted = strpbrk(s, ",\"\r\n") != NULL;

    if (quoted) fputc('"', to);
    for (; *s; s++) {
        if (*s == '"') fputc('"', to);
        fputc(*s, to);
    }
    if (quoted) fputc('"', to);
    fputc(after, to);
}
