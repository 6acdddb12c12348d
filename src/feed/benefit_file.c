/* benefit_file.c: a record for each claimant and period, then one with the total. */
#include "feed/benefit_file.h"

#include "feed/csv.h"
#include "feed/employer.h"

#include <string.h>

enum column { RECORD, PAYMENT, REFERENCE, NINO, BENEFIT, FROM, TO, AMOUNT, REASON, COLUMNS };

static const char *const column_names[COLUMNS] = {
    [RECORD]    = "record",
    [PAYMENT]   = "payment reference",
    [REFERENCE] = "reference",
    [NINO]      = "national insurance number",
    [BENEFIT]   = "benefit",
    [FROM]      = "from",
    [TO]        = "to",
    [AMOUNT]    = "amount",
    [REASON]    = "reason",
};
static const char *const benefit_names[] = { "esa", "jsa", "universal_credit", "older_benefit" };
static const char *const reason_names[BENEFIT_REASONS] = {
    [BENEFIT_REASON_NONE]             = "",
    [BENEFIT_REASON_NO_ROOM]          = "no_room",
    [BENEFIT_REASON_OTHER_DEDUCTIONS] = "other_deductions",
    [BENEFIT_REASON_ENDED]            = "award_ended",
    [BENEFIT_REASON_UNKNOWN]          = "not_known",
    [BENEFIT_REASON_OTHER]            = "other",
};

struct reading {
    struct csv *csv;
    const struct benefit_sink *sink;
    struct benefit_summary *summary;
    struct fail *fail;
    struct feed_seen seen;
    size_t entries;
    money sum; /* of every amount that could be read */
    bool total;
    char nino[NINO_LENGTH + 1];
};

const char *benefit_reason_name(enum benefit_reason reason)
{
    return reason_names[reason];
}

static bool fault_report(struct reading *r, const char *why)
{
    if (++r->summary->faults > FEED_FAULTS_MOST)
        return CSV_REFUSE(r->fail, "too_many_faults",
                          "The file has more than %d faulty lines; the last is line %d.",
                          FEED_FAULTS_MOST, r->csv->began);
    r->sink->fault(r->sink->context, &(struct feed_fault){ .line = r->csv->began, .text = why });
    return true;
}

static bool reference_is(const char *s)
{
    return strlen(s) == EMPLOYER_REFERENCE && strspn(s, "0123456789") == EMPLOYER_REFERENCE;
}

static const char *who_read(struct reading *r, struct benefit_line *l)
{
    l->payment   = csv_cell(r->csv, PAYMENT);
    l->reference = csv_cell(r->csv, REFERENCE);
    l->nino      = "";
    if ((*l->reference && !reference_is(l->reference)) || !reference_is(l->payment))
        return "A reference has twelve digits.";
    if (*csv_cell(r->csv, NINO)) {
        if (!nino_read(csv_cell(r->csv, NINO), r->nino))
            return "A National Insurance number is two letters, six digits and A, B, C or D.";
        l->nino = r->nino;
    }
    if (!*l->reference && !*l->nino)
        return "There is no reference and no National Insurance number.";
    for (size_t i = 0; i < sizeof benefit_names / sizeof *benefit_names; i++)
        if (!strcmp(benefit_names[i], csv_cell(r->csv, BENEFIT))) l->benefit = benefit_names[i];
    return l->benefit ? NULL : "The benefit is esa, jsa, universal_credit or older_benefit.";
}

static const char *when_read(struct reading *r, struct benefit_line *l)
{
    const char *from = csv_cell(r->csv, FROM), *to = csv_cell(r->csv, TO);
    int reason = 0;

    if (!date_parse(from, strlen(from), &l->from) || !date_parse(to, strlen(to), &l->to))
        return "The period's days must exist and be written as 2026-11-22.";
    if (date_before(l->to, l->from)) return "The period ends before it begins.";
    l->to = date_add_days(l->to, 1);
    while (reason < BENEFIT_REASONS && strcmp(reason_names[reason], csv_cell(r->csv, REASON)))
        reason++;
    if (reason == BENEFIT_REASONS)
        return "The reason is none of no_room, other_deductions, award_ended, not_known, other.";
    l->reason = (enum benefit_reason)reason;
    if (money_is_zero(l->amount) && l->reason == BENEFIT_REASON_NONE)
        return "Nothing was deducted and there is no reason.";
    return NULL;
}

/* The line that had the same claimant, benefit and first day before; 0 when there is none. */
static int seen_before(struct reading *r, const struct benefit_line *l)
{
    char key[64], day[DATE_TEXT];

    snprintf(key, sizeof key, "%s/%s", *l->reference ? l->reference : l->nino,
             date_text(l->from, day));
    return feed_seen_add(&r->seen, l->benefit, key, l->line);
}

static bool payment_take(struct reading *r)
{
    struct benefit_line l = { .line = r->csv->began };
    const char *amount    = csv_cell(r->csv, AMOUNT);
    char again[80];

    if (r->total) return fault_report(r, "It comes after the total.");
    if (++r->entries > FEED_LINES_MOST)
        return CSV_REFUSE(r->fail, "too_many_lines",
                          "The file has more than %d lines; send it in parts.", FEED_LINES_MOST);
    if (!money_parse(amount, strlen(amount), &l.amount)) {
        r->summary->agreed = false;
        return fault_report(r, "The amount must be pounds and pence without sign or commas.");
    }
    r->sum = money_add(r->sum, l.amount);
    if (r->sum.p > MONEY_MOST.p * 1000)
        return CSV_REFUSE(r->fail, "total_too_large", "The deductions come to more than there is.");
    const char *why = who_read(r, &l);
    if (!why) why = when_read(r, &l);
    if (!why) {
        int before = seen_before(r, &l);
        snprintf(again, sizeof again, "The claimant and period were already on line %d.", before);
        if (before) why = again;
    }
    if (why) return fault_report(r, why);
    r->summary->lines++;
    r->summary->deducted = money_add(r->summary->deducted, l.amount);
    return r->sink->line(r->sink->context, &l, r->fail);
}

static bool total_take(struct reading *r)
{
    const char *text = csv_cell(r->csv, AMOUNT);
    char a[MONEY_TEXT], b[MONEY_TEXT];
    money stated;

    if (r->total)
        return CSV_REFUSE(r->fail, "total_wrong", "Line %d: there is a second total.",
                          r->csv->began);
    if (!money_parse(text, strlen(text), &stated))
        return CSV_REFUSE(r->fail, "total_wrong",
                          "Line %d: the total must be pounds and pence without sign or commas.",
                          r->csv->began);
    if (r->summary->agreed && stated.p != r->sum.p)
        return CSV_REFUSE(r->fail, "total_mismatch",
                          "Line %d: the deductions come to %s, but the total says %s.",
                          r->csv->began, money_text(r->sum, a), money_text(stated, b));
    r->total = true;
    return true;
}

static bool record_take(struct reading *r)
{
    const char *problem = csv_problem(r->csv);

    if (!problem && !strcmp(csv_cell(r->csv, RECORD), "payment")) return payment_take(r);
    if (!problem && !strcmp(csv_cell(r->csv, RECORD), "total")) return total_take(r);
    r->summary->agreed = false;
    return fault_report(r, problem ? problem : "The record is neither payment nor total.");
}

static bool records_read(struct reading *r)
{
    enum csv_found found;

    if (!csv_header(r->csv, column_names, COLUMNS, COLUMNS)) return false;
    while ((found = csv_next(r->csv)) == CSV_RECORD)
        if (!record_take(r)) return false;
    if (found == CSV_STOP) return false;
    return r->total ||
           CSV_REFUSE(r->fail, "total_missing", "The file has no total; it may have been cut off.");
}

bool benefit_read_csv(const struct feed_source *source, const struct benefit_sink *sink,
                      struct benefit_summary *summary, struct fail *f)
{
    struct arena arena = { 0 };
    struct reading r   = {
          .csv = ARENA_NEW(&arena, struct csv), .sink = sink, .summary = summary, .fail = f
    };

    *summary = (struct benefit_summary){ .agreed = true };
    csv_begin(r.csv, source, f);
    bool ok = records_read(&r);
    feed_seen_free(&r.seen);
    arena_free(&arena);
    return ok;
}

/* --- writing --- */

static void write_record(FILE *to, const char *const *cells)
{
    for (int k = 0; k < COLUMNS; k++)
        csv_write_cell(to, cells[k], k + 1 < COLUMNS ? ',' : '\n');
}

bool benefit_write_csv(FILE *to, const struct benefit_line *lines, size_t count, struct fail *f)
{
    char from[DATE_TEXT], last[DATE_TEXT], amount[MONEY_TEXT];
    money sum = MONEY_NONE;

    write_record(to, column_names);
    for (size_t i = 0; i < count; i++) {
        const struct benefit_line *l = &lines[i];
        const char *cells[COLUMNS]   = { "payment",
                                         l->payment,
                                         l->reference,
                                         l->nino,
                                         l->benefit,
                                         date_text(l->from, from),
                                         date_text(date_add_days(l->to, -1), last),
                                         money_text(l->amount, amount),
                                         benefit_reason_name(l->reason) };
        write_record(to, cells);
        sum = money_add(sum, l->amount);
    }
    write_record(to, (const char *const[COLUMNS]){ "total", "", "", "", "", "", "",
                                                   money_text(sum, amount), "" });
    if (fflush(to) != 0 || ferror(to))
        return FAIL(f, FAIL_SYSTEM, "write_failed", "The file could not be written to its end.");
    return true;
}
