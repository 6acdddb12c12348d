/* deduction_write.h: what we send: the rates of an order to an employer, a request to a benefit
 * office (doc/employer-files.md).  Amounts only; the order itself is another document. */
#pragma once
#include "feed/employer.h"

/* One employee's order. */
struct employer_rates {
    const char *employer, *employee, *nino;
    date made, from;     /* of the order; the rates hold from this pay-day on */
    money of[PERIODS];   /* for each pay period */
    const char *protect; /* "60%" */
};
bool employer_rates_write(FILE *to, const struct employer_rates *rates, size_t count,
                          struct fail *f);

struct benefit_request_line {
    const char *reference, *nino, *benefit;
    const char *purpose; /* "maintenance" or "arrears" */
    date from;
    money week, amount; /* a week's; for the benefit's own period */
    const char *period; /* "weekly" or "monthly" */
};
bool benefit_request_write(FILE *to, const struct benefit_request_line *lines, size_t count,
                           struct fail *f);
