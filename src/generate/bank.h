/* bank.h: what a family's payments look like on the service's bank statement. */
#pragma once
#include "app/group.h"
#include "feed/feed.h"
#include "people/family.h"

/* The service's collection account in a caseload that is made up. */
extern const struct feed_statement bank_statement;

/* One payment: of what falls due on a day (`due`; what the payer is asked for, fees included), or,
 * with due the first of a month and `arrears`, of arrears. */
struct bank_payment {
    const char *reference; /* the payer's, of twelve digits */
    date due;
    bool arrears;
    money asked;
};
/* The line as the bank would book it on its day; false if nothing is paid. */
bool bank_line(const struct caseload *load, const struct family *f,
               const struct bank_payment *payment, struct arena *arena, struct feed_line *line);
/* The line by which the bank takes it back, if it does. */
bool bank_return(const struct caseload *load, const struct family *f, date due,
                 const struct feed_line *line, struct arena *arena, struct feed_line *back);
/* What an instalment asks for: with the collection fee of the law on its due day. */
money bank_asked(enum jurisdiction jurisdiction, date due, money amount);
