/* bank.h: what a family's payments look like on the service's bank statement. */
#pragma once
#include "app/group.h"
#include "feed/feed.h"
#include "people/family.h"

/* The service's collection account in a caseload that is made up. */
extern const struct feed_statement bank_statement;

/* What a payment is for. */
enum bank_reason {
    BANK_INSTALMENT, /* what falls due for an arrangement on a day */
    BANK_OPENING,    /* what had fallen due for it before it was told, on that day (`due`) */
    BANK_ARREARS     /* arrears alone, in the month that begins with `due` */
};
struct bank_payment {
    const char *reference; /* the payer's, of twelve digits */
    enum bank_reason reason;
    int64_t arrangement; /* 0 for arrears */
    date due;
    money asked; /* of the payer, fees included */
};
/* The line as the bank would book it on its day; false if nothing is paid. */
bool bank_line(const struct caseload *load, const struct kin *f, const struct bank_payment *payment,
               struct arena *arena, struct feed_line *line);
/* The line by which the bank takes it back, if it does. */
bool bank_return(const struct caseload *load, const struct kin *f,
                 const struct bank_payment *payment, const struct feed_line *line,
                 struct arena *arena, struct feed_line *back);
/* What an instalment asks for: with the collection fee of the law on its due day. */
money bank_asked(enum jurisdiction jurisdiction, date due, money amount);
