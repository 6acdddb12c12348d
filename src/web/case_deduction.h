/* case_deduction.h: what the pages about deductions from pay and benefits share. */
#pragma once
#include "app/employer.h"
#include "ledger/deduction_steps.h"
#include "web/case_change.h"

/* The lines of an explanation, with what each rule cites. */
struct view_step_row *case_deduction_steps(struct request *r, const struct group *g,
                                           const struct deduction_steps *steps, int32_t *n);
/* An order, and what a benefit office is asked for, each with every line of its arithmetic. */
struct view_deduction_card case_order_card(struct request *r, const struct group *g,
                                           const struct order *o, date day);
struct view_deduction_card case_request_card(struct request *r, const struct group *g,
                                             const struct request_now *now);
/* How a pay period and a benefit are chosen. */
struct view_option *case_period_options(struct request *r, const char *chosen, int32_t *n);
struct view_option *case_benefit_options(struct request *r, const char *chosen, int32_t *n);
/* What becomes of a Direct Debit beside an "order" or a "request"; "" without one. */
const char *case_debit_beside(struct request *r, int64_t pp, const char *what, bool ends);
/* One announced deduction; who: the first column's name. */
struct view_announced_row case_announced_row(struct request *r, const char *who,
                                             const struct sql_announced_list_row *a);

/* What setting, changing or ending one of them would do. */
struct case_deduction_change {
    const char *label, *path; /* path: of its form, below the case's own */
    date from;
    struct view_change_row row;
    bool has_card; /* something is deducted or asked for then */
    struct view_deduction_card card;
};
void case_deduction_preview(struct request *r, const struct case_view *before,
                            const struct case_deduction_change *c);
