/* debit_work.h: what the parts of collecting by Direct Debit share; for app/debit*.c only. */
#pragma once
#include "app/account.h"
#include "app/office.h"
#include "app/taken.h"

/* The instalments that fall due on one day: what they come to with their fees, and the part that
 * is not paid yet. */
struct due {
    date day;
    money amount, open;
};
/* The next day from `from` on which something falls due that is collected; false if none is.  What
 * orders and requests in force on its day take is left out (taken NULL: there are none). */
bool due_next(const struct group *group, const struct outstanding *items, const struct taken *taken,
              date from, struct due *due);
/* Whether something that fell due in [from, until) was left to them altogether: a notice given
 * before says nothing of what comes after. */
bool due_was_left(const struct group *group, const struct taken *taken, date from, date until);

/* A notice to be posted (B-212). */
struct debit_letter {
    const struct sql_debit_notice_insert_in *notice;
    const char *account_name, *account; /* of the instruction */
    int32_t days;                       /* of notice */
    const struct office *office;
    const struct taken *taken;
    int64_t *last; /* number of the family's newest letter; goes up by one */
};
/* Adds the letter to the verb's draft: what will be taken and when, as far as the plan goes.  The
 * group has its people, and the paying parent an address. */
bool debit_letter_add(struct verb *verb, const struct group *group,
                      const struct debit_letter *letter, struct fail *fail);
