/* statement_csv.c: a record of cells as a line of a statement. */
#include "feed/statement_csv.h"

#include "feed/csv.h"

#include <string.h>
#include <strings.h>

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

struct reading {
    struct csv *csv;
    const struct feed_sink *sink;
    struct feed_summary *summary;
    struct feed_statement statement;
    struct feed_seen seen;
    size_t entries;
};

/* --- records --- */

static bool line_values(struct reading *c, struct feed_line *line, char *why, size_t room)
{
    const char *day = csv_cell(c->csv, DATE), *amount = csv_cell(c->csv, AMOUNT),
               *type        = csv_cell(c->csv, TYPE);
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
        snprintf(why, room, "There is no reference to know it by.");
    else {
        line->credit   = kind->credit;
        line->returned = kind->returned;
        return true;
    }
    return false;
}

/* Fills the line from the record; false with a sentence in why. */
static bool line_read(struct reading *c, struct feed_line *line, char *why, size_t room)
{
    const char *problem = csv_problem(c->csv);

    if (problem) {
        snprintf(why, room, "%s", problem);
        return false;
    }
    *line = (struct feed_line){ .statement     = &c->statement,
                                .reference     = csv_cell(c->csv, REFERENCE),
                                .payer_name    = csv_cell(c->csv, NAME),
                                .payer_account = csv_cell(c->csv, ACCOUNT),
                                .remittance    = csv_cell(c->csv, REMITTANCE),
                                .original      = "",
                                .reason        = "",
                                .end_to_end    = "",
                                .line          = c->csv->began };
    if (!line_values(c, line, why, room)) return false;
    if (line->returned) line->original = csv_cell(c->csv, ORIGINAL);
    int before = feed_seen_add(&c->seen, c->statement.account, line->reference, c->csv->began);
    if (before == 0) return true;
    snprintf(why, room, "The reference was already used on line %d.", before);
    return false;
}

static bool fault_report(struct reading *c, const char *why)
{
    if (++c->summary->faults > FEED_FAULTS_MOST)
        return CSV_REFUSE(c->csv->fail, "too_many_faults",
                          "The file has more than %d faulty lines; the last is line %d.",
                          FEED_FAULTS_MOST, c->csv->began);
    c->sink->fault(c->sink->context, &(struct feed_fault){ .line = c->csv->began, .text = why });
    return true;
}

static bool record_take(struct reading *c)
{
    struct feed_line line;
    char why[200];

    if (++c->entries > FEED_LINES_MOST)
        return CSV_REFUSE(c->csv->fail, "too_many_lines",
                          "The file has more than %d lines; send it in parts.", FEED_LINES_MOST);
    if (!line_read(c, &line, why, sizeof why)) return fault_report(c, why);
    if (!c->sink->line(c->sink->context, &line, c->csv->fail)) return false;
    money *sum = line.credit ? &c->summary->money_in : &c->summary->money_out;
    *sum       = money_add(*sum, line.amount);
    if (sum->p > MONEY_MOST.p * 1000)
        return CSV_REFUSE(c->csv->fail, "total_too_large",
                          "The lines come to more than any bank holds.");
    c->summary->lines++;
    return true;
}

static bool records_read(struct reading *c)
{
    enum csv_found found;

    if (!csv_header(c->csv, column_names, COLUMNS, REQUIRED)) return false;
    c->summary->statements = 1;
    c->sink->statement(c->sink->context, &c->statement);
    while ((found = csv_next(c->csv)) == CSV_RECORD)
        if (!record_take(c)) return false;
    return found == CSV_NO_MORE;
}

bool feed_read_statement_csv(const struct feed_source *source, const struct feed_sink *sink,
                             struct feed_summary *summary, struct fail *f)
{
    struct arena arena = { 0 };
    struct reading c   = { .csv       = ARENA_NEW(&arena, struct csv),
                           .sink      = sink,
                           .summary   = summary,
                           .statement = { .id      = source->name ? source->name : "",
                                          .account = source->account ? source->account : "" } };

    *summary = (struct feed_summary){ 0 };
    csv_begin(c.csv, source, f);
    bool ok = records_read(&c);
    feed_seen_free(&c.seen);
    arena_free(&arena);
    return ok;
}

/* --- writing --- */

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
        csv_write_cell(to, column_names[i], i + 1 < COLUMNS ? ',' : '\n');
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
            csv_write_cell(to, cells[k], k + 1 < COLUMNS ? ',' : '\n');
    }
    if (fflush(to) != 0 || ferror(to))
        return FAIL(f, FAIL_SYSTEM, "write_failed", "The file could not be written to its end.");
    return true;
}
