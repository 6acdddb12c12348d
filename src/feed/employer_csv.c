/* employer_csv.c: payment schedules as CSV: a record for each employee and pay period, then one
 * with the total. */
#include "feed/csv.h"
#include "feed/employer_line.h"

#include <string.h>

enum { RECORD = SCHEDULE_TEXTS, COLUMNS };
enum { REQUIRED = TEXT_NET };

/* The texts stand first, so that a column's number is its text's. */
static const char *const column_names[COLUMNS] = {
    [TEXT_EMPLOYER] = "employer reference",
    [TEXT_MONTH]    = "month",
    [TEXT_EMPLOYEE] = "employee reference",
    [TEXT_NINO]     = "national insurance number",
    [TEXT_PAY_DATE] = "pay date",
    [TEXT_PERIOD]   = "period",
    [TEXT_NET]      = "net pay",
    [TEXT_NORMAL]   = "normal deduction",
    [TEXT_DEDUCTED] = "deducted",
    [TEXT_REASON]   = "reason",
    [RECORD]        = "record",
};

static bool header_complete(struct csv *c, struct fail *f)
{
    static const int needed[] = { RECORD, TEXT_NORMAL, TEXT_DEDUCTED, TEXT_REASON };

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (c->place[needed[i]] < 0)
            return CSV_REFUSE(f, "header_wrong", "The header has no column %s.",
                              column_names[needed[i]]);
    return true;
}

/* A record whose form is wrong has no cells that could be trusted. */
static struct schedule_texts record_texts(struct csv *c)
{
    struct schedule_texts t = { .line = c->began, .problem = csv_problem(c) };

    for (int i = 0; i < SCHEDULE_TEXTS; i++)
        t.at[i] = t.problem ? "" : csv_cell(c, i);
    return t;
}

static bool record_take(struct schedule_reading *r, struct csv *c)
{
    struct schedule_texts t = record_texts(c);
    const char *kind        = t.problem ? "" : csv_cell(c, RECORD);

    if (t.problem) {
        r->mute |= r->open;
        return schedule_fault(r, t.line, t.problem);
    }
    if (!strcmp(kind, "total")) {
        if (!r->open && !schedule_open(r, t.at[TEXT_EMPLOYER], t.at[TEXT_MONTH], t.line))
            return false;
        if (!schedule_is(r, &t))
            return SCHEDULE_REFUSE(r, "total_missing",
                                   "Line %d: the total is of another employer or month than the "
                                   "schedule.",
                                   t.line);
        return schedule_close(r, t.at[TEXT_DEDUCTED], t.line);
    }
    if (strcmp(kind, "payment") != 0) {
        r->mute |= r->open;
        return schedule_fault(r, t.line, "The record is neither payment nor total.");
    }
    if (!r->open && !schedule_open(r, t.at[TEXT_EMPLOYER], t.at[TEXT_MONTH], t.line)) return false;
    return schedule_take(r, &t);
}

static bool records_read(struct schedule_reading *r, struct csv *c)
{
    enum csv_found found;

    if (!csv_header(c, column_names, COLUMNS, REQUIRED) || !header_complete(c, r->fail))
        return false;
    while ((found = csv_next(c)) == CSV_RECORD)
        if (!record_take(r, c)) return false;
    return found == CSV_NO_MORE && schedule_finish(r);
}

bool employer_read_csv(const struct feed_source *source, const struct schedule_sink *sink,
                       struct schedule_summary *summary, struct fail *f)
{
    struct arena arena        = { 0 };
    struct csv *c             = ARENA_NEW(&arena, struct csv);
    struct schedule_reading r = { .sink = sink, .summary = summary, .fail = f, .format = "csv" };

    *summary = (struct schedule_summary){ .agreed = true };
    csv_begin(c, source, f);
    bool ok = records_read(&r, c);
    feed_seen_free(&r.seen);
    arena_free(&arena);
    return ok;
}

/* --- writing --- */

/* A date's year and month. */
static const char *month_text(date month, char *buffer)
{
    date_text(month, buffer);
    buffer[strlen("2026-11")] = '\0';
    return buffer;
}

static void write_record(FILE *to, const char *const *cells)
{
    for (int k = 0; k < COLUMNS; k++)
        csv_write_cell(to, cells[k], k + 1 < COLUMNS ? ',' : '\n');
}

bool employer_write_csv(FILE *to, const struct schedule *schedule,
                        const struct schedule_line *lines, size_t count, struct fail *f)
{
    char month[DATE_TEXT], day[DATE_TEXT], net[MONEY_TEXT], normal[MONEY_TEXT], taken[MONEY_TEXT];
    money sum = MONEY_NONE;

    write_record(to, column_names);
    month_text(schedule->month, month);
    for (size_t i = 0; i < count; i++) {
        const struct schedule_line *l = &lines[i];
        const char *cells[COLUMNS]    = {
               [TEXT_EMPLOYER] = schedule->employer,
               [TEXT_MONTH]    = month,
               [TEXT_EMPLOYEE] = l->employee,
               [TEXT_NINO]     = l->nino,
               [TEXT_PAY_DATE] = date_text(l->pay_date, day),
               [TEXT_PERIOD]   = pay_period_name(l->period),
               [TEXT_NET]      = l->has_net ? money_text(l->net, net) : "",
               [TEXT_NORMAL]   = money_text(l->normal, normal),
               [TEXT_DEDUCTED] = money_text(l->deducted, taken),
               [TEXT_REASON]   = short_reason_name(l->reason),
               [RECORD]        = "payment",
        };
        write_record(to, cells);
        sum = money_add(sum, l->deducted);
    }
    const char *total[COLUMNS] = { schedule->employer,     month, "",     "", "", "", "", "",
                                   money_text(sum, taken), "",    "total" };
    write_record(to, total);
    if (fflush(to) != 0 || ferror(to))
        return FAIL(f, FAIL_SYSTEM, "write_failed", "The file could not be written to its end.");
    return true;
}
