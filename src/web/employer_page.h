/* employer_page.h: the pages of an employer without an account (role employer).  They show a name,
 * an employee's reference and number, and amounts; nothing of a receiving parent, a child, what an
 * order is made of, or another employer. */
#pragma once
#include "app/employer_notice.h"
#include "web/case_view.h"

handler employer_enter, employer_enter_do, employer_leave_do;
handler employer_orders, employer_employee;
handler employer_says, employer_says_do, employer_said;
handler employer_schedule, employer_schedule_do, employer_file, employer_file_do;

/* What an employer's page is made from. */
struct employer_view {
    struct setting s;
    const char *employer; /* twelve digits */
    struct employee_list people;
};
/* Reads it.  False, and answered: the order of the code has ended. */
bool employer_open(struct request *r, struct employer_view *v);
/* The same, with the employee that the path's first {} names, of those with an order. */
const struct employee *employer_open_employee(struct request *r, struct employer_view *v);
/* Where that employee's page is. */
const char *employer_path(struct request *r, const struct employee *e);
/* "Every week" of a pay period. */
const char *employer_period_words(enum plan_interval period);
/* What was said last of an employee's orders; NULL: nothing, or the store failed (answered then by
 * *fine false). */
const struct sql_employer_notice_list_row *employer_last_said(struct request *r,
                                                              const struct employer_view *v,
                                                              const struct employee *e, bool *fine);
/* "You told us on 2 March 2026: they have left, last pay-day 27 February 2026." */
const char *employer_said_words(struct request *r, const struct sql_employer_notice_list_row *row);
