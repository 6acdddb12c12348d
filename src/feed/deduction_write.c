/* deduction_write.c: CSV with a header. */
#include "feed/deduction_write.h"

#include "feed/csv.h"

static void write_cells(FILE *to, const char *const *cells, int count)
{
    for (int k = 0; k < count; k++)
        csv_write_cell(to, cells[k], k + 1 < count ? ',' : '\n');
}

static bool write_end(FILE *to, struct fail *f)
{
    if (fflush(to) != 0 || ferror(to))
        return FAIL(f, FAIL_SYSTEM, "write_failed", "The file could not be written to its end.");
    return true;
}

bool employer_rates_write(FILE *to, const struct employer_rates *rates, size_t count,
                          struct fail *f)
{
    static const char *const names[] = { "employer reference",
                                         "employee reference",
                                         "national insurance number",
                                         "made",
                                         "from",
                                         "a week",
                                         "two weeks",
                                         "four weeks",
                                         "a month",
                                         "protected" };
    enum { COLUMNS = sizeof names / sizeof *names };
    char amount[PERIODS][MONEY_TEXT], made[DATE_TEXT], from[DATE_TEXT];

    write_cells(to, names, COLUMNS);
    for (size_t i = 0; i < count; i++) {
        const struct employer_rates *r = &rates[i];
        for (int p = 0; p < PERIODS; p++)
            money_text(r->of[p], amount[p]);
        const char *cells[COLUMNS] = { r->employer,
                                       r->employee,
                                       r->nino,
                                       date_text(r->made, made),
                                       date_text(r->from, from),
                                       amount[PERIOD_WEEKLY],
                                       amount[PERIOD_TWO_WEEKLY],
                                       amount[PERIOD_FOUR_WEEKLY],
                                       amount[PERIOD_MONTHLY],
                                       r->protect };
        write_cells(to, cells, COLUMNS);
    }
    return write_end(to, f);
}

bool benefit_request_write(FILE *to, const struct benefit_request_line *lines, size_t count,
                           struct fail *f)
{
    static const char *const names[] = { "reference", "national insurance number",
                                         "benefit",   "purpose",
                                         "from",      "a week",
                                         "amount",    "period" };
    enum { COLUMNS = sizeof names / sizeof *names };
    char week[MONEY_TEXT], amount[MONEY_TEXT], from[DATE_TEXT];

    write_cells(to, names, COLUMNS);
    for (size_t i = 0; i < count; i++) {
        const struct benefit_request_line *l = &lines[i];
        const char *cells[COLUMNS]           = { l->reference,
                                                 l->nino,
                                                 l->benefit,
                                                 l->purpose,
                                                 date_text(l->from, from),
                                                 money_text(l->week, week),
                                                 money_text(l->amount, amount),
                                                 l->period };
        write_cells(to, cells, COLUMNS);
    }
    return write_end(to, f);
}
