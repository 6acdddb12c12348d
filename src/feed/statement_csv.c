/* statement_csv.c: records of cells, then cells as a line. */
#include "feed/statement_csv.h"

#include <string.h>
#include <strings.h>

enum { RECORD_MOST = 65536, CELLS_MOST = 32, CHUNK = 65536 };

enum column { DATE, AMOUNT, REFERENCE, TYPE, NAME, ACCOUNT, REMITTANCE, ORIGINAL, COLUMNS };
enum { REQUIRED = TYPE + 1 };

static const char *const column_names[COLUMNS] = {
    [DATE]       = "date",
    [AMOUNT]     = "amount",
    [REFERENCE]  = "reference",
    [TYPE]       = "type",
    [NAME]       = "payer name",
    [ACCOUNT]    = "payer account",
    [REMITTANCE] = "remittance",
    [ORIGINAL]   = "original",
};

static const struct kind {
    const char *name;
    bool credit, returned;
} kinds[] = {
    { "credit", true, false },
    { "debit", false, false },
    { "credit returned", false, true },
    { "debit returned", true, true },
};

struct csv {
    const struct feed_source *source;
    const struct feed_sink *sink;
    struct feed_summary *summary;
    struct fail *fail;
    struct feed_statement statement;
    struct feed_seen seen;

    size_t at, have, next; /* the source; bytes in the chunk; the next of them */
    int line;              /* of the byte read next */
    char chunk[CHUNK];

    /* The record being read: its cells lie one after the other, each with a NUL. */
    char text[RECORD_MOST];
    size_t used;
    const char *cells[CELLS_MOST];
    size_t count;
    int began;           /* the line it began on */
    const char *problem; /* what is wrong with its form, or NULL */
    size_t entries;

    int place[COLUMNS]; /* which cell holds the column, -1 none */
    size_t width;       /* cells in the header */
};

#define CSV_REFUSE(c, code, ...)                                                                   \
    (REFUSE((c)->fail, code, __VA_ARGS__), fail_field((c)->fail, "csv"))

enum { AT_END = -1, UNREADABLE = -2 };

static int byte_next(struct csv *c)
{
    if (c->next == c->have) {
        int n = feed_source_read(c->source, &c->at, c->chunk, CHUNK);
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
    if (c->used >= RECORD_MOST)
        return CSV_REFUSE(c, "record_too_long",
                          "The record that begins on line %d is longer than %d bytes; a quotation "
                          "mark may be missing.",
                          c->began, RECORD_MOST);
    c->text[c->used++] = (char)b;
    return true;
}

static bool cell_end(struct csv *c)
{
    if (c->count < CELLS_MOST)
        c->count++;
    else
        c->problem = "There are too many cells.";
    if (!byte_keep(c, 0)) return false;
    if (c->count < CELLS_MOST) c->cells[c->count] = c->text + c->used;
    return true;
}

/* Reads on to the mark that closes a quoted cell; *b is the byte after it. */
static bool quoted_read(struct csv *c, int *b)
{
    int opened = c->line;

    for (;;) {
        *b = byte_next(c);
        if (*b == AT_END)
            return CSV_REFUSE(c, "quote_open", "The quotation mark on line %d is never closed.",
                              opened);
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

enum found { RECORD, NO_MORE, STOP };

static enum found record_read(struct csv *c)
{
    int b;

    c->used    = 0;
    c->count   = 0;
    c->problem = NULL;
    c->began   = c->line;
    *c->cells  = c->text;
    do {
        if (!cell_read(c, &b)) return STOP;
    } while (b == ',');
    if (b == UNREADABLE) {
        FAIL(c->fail, FAIL_SYSTEM, "read_failed", "The file could not be read to its end.");
        return STOP;
    }
    return b == AT_END && c->count == 1 && !*c->cells[0] ? NO_MORE : RECORD;
}

static bool record_blank(const struct csv *c)
{
    return c->count == 1 && !*c->cells[0] && !c->problem;
}

/* --- the header --- */

static bool column_place(struct csv *c, size_t cell)
{
    for (int i = 0; i < COLUMNS; i++) {
        if (strcasecmp(c->cells[cell], column_names[i]) != 0) continue;
        if (c->place[i] >= 0)
            return CSV_REFUSE(c, "header_wrong", "The column %s is there twice.", column_names[i]);
        c->place[i] = (int)cell;
        return true;
    }
    return CSV_REFUSE(
        c, "header_wrong",
        "Column %zu of the header is none of date, amount, reference, type, payer name, "
        "payer account, remittance, original.",
        cell + 1);
}

static bool header_read(struct csv *c)
{
    enum found found = record_read(c);

    if (found == STOP) return false;
    if (found == NO_MORE || c->problem)
        return CSV_REFUSE(c, "header_wrong", "The first line must name the columns. %s",
                          found == NO_MORE ? "The file is empty." : c->problem);
    for (int i = 0; i < COLUMNS; i++)
        c->place[i] = -1;
    c->width = c->count;
    for (size_t i = 0; i < c->count; i++)
        if (!column_place(c, i)) return false;
    for (int i = 0; i < REQUIRED; i++)
        if (c->place[i] < 0)
            return CSV_REFUSE(c, "header_wrong", "The header has no column %s.", column_names[i]);
    return true;
}

/* --- records --- */

/* The column's cell, tidied in place; "" if the file has no such column. */
static const char *cell(struct csv *c, enum column column)
{
    if (c->place[column] < 0) return "";
    char *s                         = (char *)c->cells[c->place[column]];
    s[feed_text_tidy(s, strlen(s))] = '\0';
    return s;
}

static bool line_values(struct csv *c, struct feed_line *line, char *why, size_t room)
{
    const char *day = cell(c, DATE), *amount = cell(c, AMOUNT), *type = cell(c, TYPE);
    const struct kind *kind = NULL;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcasecmp(kinds[i].name, type)) kind = &kinds[i];
    if (!date_parse(day, strlen(day), &line->booked))
        snprintf(why, room, "The date must be a day that exists, written as 2026-11-22.");
    else if (!money_parse(amount, strlen(amount), &line->amount))
        snprintf(why, room, "The amount must be pounds and pence without sign or commas.");
    else if (money_is_zero(line->amount))
        snprintf(why, room, "The amount is nothing.");
    else if (!kind)
        snprintf(why, room, "The type must be credit, debit, credit returned or debit returned.");
    else if (!*line->reference)
        snprintf(why, room, "There is no reference of the bank's own.");
    else {
        line->credit   = kind->credit;
        line->returned = kind->returned;
        return true;
    }
    return false;
}

static const char *form_problem(struct csv *c)
{
    if (c->problem) return c->problem;
    if (c->count != c->width) return "It does not have as many cells as the header.";
    for (size_t i = 0; i < c->count; i++) {
        size_t n = strlen(c->cells[i]);
        if (!feed_text_valid(c->cells[i], n)) return "There is a character that is not UTF-8 text.";
        if (n > FEED_TEXT_MOST) return "A cell is longer than any bank's.";
    }
    return NULL;
}

/* Fills the line from the record; false with a sentence in why. */
static bool line_read(struct csv *c, struct feed_line *line, char *why, size_t room)
{
    const char *problem = form_problem(c);

    if (problem) {
        snprintf(why, room, "%s", problem);
        return false;
    }
    *line = (struct feed_line){ .statement     = &c->statement,
                                .reference     = cell(c, REFERENCE),
                                .payer_name    = cell(c, NAME),
                                .payer_account = cell(c, ACCOUNT),
                                .remittance    = cell(c, REMITTANCE),
                                .original      = "",
                                .reason        = "",
                                .end_to_end    = "",
                                .line          = c->began };
    if (!line_values(c, line, why, room)) return false;
    if (line->returned) line->original = cell(c, ORIGINAL);
    int before = feed_seen_add(&c->seen, c->statement.account, line->reference, c->began);
    if (before == 0) return true;
    snprintf(why, room, "The reference was already used on line %d.", before);
    return false;
}

static bool fault_report(struct csv *c, const char *why)
{
    if (++c->summary->faults > FEED_FAULTS_MOST)
        return CSV_REFUSE(c, "too_many_faults",
                          "The file has more than %d faulty lines; the last is line %d.",
                          FEED_FAULTS_MOST, c->began);
    c->sink->fault(c->sink->context, &(struct feed_fault){ .line = c->began, .text = why });
    return true;
}

static bool record_take(struct csv *c)
{
    struct feed_line line;
    char why[200];

    if (++c->entries > FEED_LINES_MOST)
        return CSV_REFUSE(c, "too_many_lines", "The file has more than %d lines; send it in parts.",
                          FEED_LINES_MOST);
    if (!line_read(c, &line, why, sizeof why)) return fault_report(c, why);
    if (!c->sink->line(c->sink->context, &line, c->fail)) return false;
    money *sum = line.credit ? &c->summary->money_in : &c->summary->money_out;
    *sum       = money_add(*sum, line.amount);
    if (sum->p > MONEY_MOST.p * 1000)
        return CSV_REFUSE(c, "total_too_large", "The lines come to more than any bank holds.");
    c->summary->lines++;
    return true;
}

static void mark_skip(struct csv *c)
{
    static const char mark[] = "\xEF\xBB\xBF";
    int n                    = feed_source_read(c->source, &c->at, c->chunk, CHUNK);

    c->have = n > 0 ? (size_t)n : 0;
    if (c->have >= strlen(mark) && !memcmp(c->chunk, mark, strlen(mark))) c->next = strlen(mark);
}

static bool records_read(struct csv *c)
{
    enum found found;

    mark_skip(c);
    if (!header_read(c)) return false;
    c->summary->statements = 1;
    c->sink->statement(c->sink->context, &c->statement);
    while ((found = record_read(c)) == RECORD)
        if (!record_blank(c) && !record_take(c)) return false;
    return found == NO_MORE;
}

bool feed_read_statement_csv(const struct feed_source *source, const struct feed_sink *sink,
                             struct feed_summary *summary, struct fail *f)
{
    struct arena arena = { 0 };
    struct csv *c      = ARENA_NEW(&arena, struct csv);

    *summary     = (struct feed_summary){ 0 };
    c->source    = source;
    c->sink      = sink;
    c->summary   = summary;
    c->fail      = f;
    c->line      = 1;
    c->statement = (struct feed_statement){ .id      = source->name ? source->name : "",
                                            .account = source->account ? source->account : "" };
    bool ok      = records_read(c);
    feed_seen_free(&c->seen);
    arena_free(&arena);
    return ok;
}

/* --- writing --- */

static void write_cell(FILE *to, const char *s, char after)
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

static const char *kind_name(const struct feed_line *line)
{
    size_t i = 0;

    while (kinds[i].credit != line->credit || kinds[i].returned != line->returned)
        i++; /* the table has all four */
    return kinds[i].name;
}

bool feed_write_statement_csv(FILE *to, const struct feed_line *lines, size_t count, struct fail *f)
{
    char day[DATE_TEXT], amount[MONEY_TEXT];

    for (int i = 0; i < COLUMNS; i++)
        write_cell(to, column_names[i], i + 1 < COLUMNS ? ',' : '\n');
    for (size_t i = 0; i < count; i++) {
        const struct feed_line *l  = &lines[i];
        const char *cells[COLUMNS] = {
            [DATE]       = date_text(l->booked, day),
            [AMOUNT]     = money_text(l->amount, amount),
            [REFERENCE]  = l->reference,
            [TYPE]       = kind_name(l),
            [NAME]       = l->payer_name,
            [ACCOUNT]    = l->payer_account,
            [REMITTANCE] = l->remittance,
            [ORIGINAL]   = l->original,
        };
        for (int k = 0; k < COLUMNS; k++)
            write_cell(to, cells[k], k + 1 < COLUMNS ? ',' : '\n');
    }
    if (fflush(to) != 0 || ferror(to))
        return FAIL(f, FAIL_SYSTEM, "write_failed", "The file could not be written to its end.");
    return true;
}
