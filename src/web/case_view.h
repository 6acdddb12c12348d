/* case_view.h: a family as the caseworker's pages show it: read once, put into words.
 *
 * Everything a page says about money comes from the record layer (app/account.h, app/statement.h);
 * here it only gets words. */
#pragma once
#include "app/account.h"
#include "web/request.h"

/* A family read for a page, as it stands now. */
struct case_view {
    struct group g;
    struct standing s;
    struct sql_event_list_row *events; /* of seq 1, 2, … */
    size_t event_count;
    struct group decided;      /* the facts as the newest decision knew them, and nothing else */
    struct view_family family; /* what stands at the top */
};

/* Reads the family that the path's first {} names.  False: the request is answered. */
bool case_open(struct request *r, struct case_view *v);
/* The same for a family by number. */
bool case_read(struct request *r, int64_t pp, struct case_view *v);
/* The whole number in a part of the path; 0 when it is none. */
int64_t case_number(const char *part);
/* Who asks, when, where: for the verbs of the record layer. */
struct setting case_setting(struct request *r);

/* What should be done next on a case, and where; link "" when nothing waits. */
struct next_step {
    const char *text, *link, *label;
};
struct next_step case_next(struct arena *a, const struct case_view *v, date today);
/* Whether something recorded since the newest decision waits to be decided. */
bool case_waits(const struct case_view *v);

/* What pages show, for whoever else answers with it (api_*.c).  False: answered. */
bool case_found_fill(struct request *r, struct page_case_home *p);
bool case_summary_fill(struct request *r, const struct case_view *v, struct page_case_summary *p);
bool work_list_fill(struct request *r, struct page_work_list *p);
struct decision_replay;
bool case_decision_fill(struct request *r, const struct case_view *v,
                        const struct decision_replay *d, struct view_decision_shown *p);
bool case_history(struct request *r, int64_t pp, struct sql_decision_history_row **all, size_t *n);

/* Words.  Texts live in the arena. */
const char *case_pounds(struct arena *a, money m);
const char *case_day_words(struct arena *a, date d);
/* "owes £1.00", "we owe them £1.00", "nothing owed". */
const char *case_owed(struct arena *a, money owed);
/* "£1.00 more", "£1.00 less", "no change" */
const char *case_change(struct arena *a, money change);
const char *case_name(const struct group *g, int64_t person, struct arena *a);
/* The receiving parent of an arrangement. */
const char *case_receiver(const struct group *g, int64_t arrangement, struct arena *a);
/* A word of a table with its underscores as spaces. */
const char *case_plain(struct arena *a, const char *word);
/* The line of an event, with its days and amounts written as a page writes them. */
const char *case_about(const struct group *g, const char *about, struct arena *a);
/* What is chosen from: pairs of a value and its words, in their order. */
struct view_option *case_options(struct request *r, const char *const (*words)[2], int32_t n,
                                 const char *chosen);
/* The sentence of a redirect's ?done=WORD, of pairs of a word and its sentence; "" of none. */
const char *case_said(const struct request *r, const char *const (*words)[2], size_t n);
/* Line ends as browsers send them are CR LF; the record keeps LF. */
const char *case_lines(struct arena *a, const char *typed);
/* A copy of a refusal's sentence, for form_refuse. */
const char *case_sentence(struct request *r, const struct fail *f);
/* A family on a list over families, for who reads it: its paying parent's reference and name ("":
 * the service's own).  shut: the door is barred to them, and no more than the reference may be
 * said. */
struct listed_family {
    const char *ref, *name;
    bool shut;
};
bool case_listed(struct request *r, int64_t pp, struct listed_family *l, struct fail *f);
/* After a verb in a transaction that is committed if it is done, and rolled back here if not: leads
 * on, or fails.  False: it was refused, and the form is to be shown again. */
bool case_answered(struct request *r, bool done, const struct fail *f, const char *where);

/* A fact as a row of a table; subject 0 of a kind about the payer gives no `about`. */
struct view_fact_row case_fact_row(const struct case_view *v, const struct sql_fact_list_row *f,
                                   struct arena *a);
/* What arrangement's children live with it on a day, by name. */
const char *case_children(const struct group *g, int64_t arrangement, date day, struct arena *a);
/* The same of every arrangement. */
const char *case_children_all(const struct group *g, date day, struct arena *a);
/* "£320.00 (£266.67 and the fee) on 5 December 2026": what is to be paid, fee included where we
 * collect. */
const char *case_payment(const struct group *g, const struct sql_instalment_list_row *i,
                         struct arena *a);
/* The next instalment due on or after a day, planned or, of an arrangement whose first day is still
 * to come, the first it will have; NULL when there is none.  arrangement 0: of any. */
const struct sql_instalment_list_row *case_instalment_next(const struct group *g,
                                                           int64_t arrangement, date day,
                                                           struct arena *a);

/* The two dates of the form case_days, today where none is given; the sentence for the banner, ""
 * when both are today. */
const char *case_days(struct request *r, date *as_at, date *known_on);

struct explained;
/* The lines of an explanation for the page. */
void case_steps(struct arena *a, const struct explained *explained, struct view_step_row **rows,
                int32_t *n);
