/* case_employers.c: who is waited for, and one employer's or benefit office's deductions. */
#include "web/case.h"
#include "web/case_deduction.h"

#include <string.h>

enum { SHOWN = 100 };

static const char *late_words(struct arena *a, int32_t days)
{
    if (days == 0) return "";
    return days == 1 ? "1 day late" : arena_print(a, "%d days late", days);
}

/* "September 2026" of "2026-09"; what is no month as it is. */
static const char *month_words(struct arena *a, const char *batch)
{
    const char *text = arena_print(a, "%s-01", batch);
    date first;

    return date_parse(text, strlen(text), &first) ? case_day_words(a, first) + 2 : batch;
}

void case_employers(struct request *r)
{
    static const char *const colours[EMPLOYER_STATES] = { "yellow", "red", "purple" };
    struct setting s                                  = case_setting(r);
    struct fail f                                     = { 0 };
    struct employer_list l;

    if (!employer_kept(&s, &l, &f)) {
        respond_fail(r, &f);
        return;
    }
    size_t n                       = l.n < SHOWN ? l.n : SHOWN;
    struct view_employer_row *rows = ARENA_MANY(r->arena, struct view_employer_row, n + 1);
    struct view_employer_total *total =
        ARENA_MANY(r->arena, struct view_employer_total, EMPLOYER_STATES);
    for (enum employer_state k = 0; k < EMPLOYER_STATES; k++)
        total[k] = (struct view_employer_total){ employer_state_words(k), (int64_t)l.number[k],
                                                 l.amount[k] };
    for (size_t i = 0; i < n; i++) {
        const struct employer_item *it = &l.at[i];
        rows[i]                        = (struct view_employer_row){
                                   .sender = it->sender,
                                   .link   = arena_print(r->arena, "/employers/%s", it->sender),
                                   .source = !strcmp(it->source, "employer") ? "employer" : "benefit office",
                                   .batch  = month_words(r->arena, it->batch),
                                   .due    = it->due,
                                   .late   = late_words(r->arena, it->late),
                                   .people = it->people,
                                   .amount = it->amount,
                                   .state  = employer_state_words(it->state),
                                   .colour = colours[it->state],
        };
    }
    struct page_case_employers p = { .totals       = total,
                                     .totals_count = EMPLOYER_STATES,
                                     .rows         = rows,
                                     .rows_count   = (int32_t)n,
                                     .left         = (int64_t)(l.n - n) };
    frame_of(r)->here            = "bank";
    page_case_employers(&r->out, frame_of(r), &p);
}

/* The row as the list of one family has it, as far as it is shown. */
static struct sql_announced_list_row as_listed(const struct sql_announced_of_sender_row *a)
{
    return (struct sql_announced_list_row){
        .pp        = a->pp,
        .source    = a->source,
        .period    = a->period,
        .day       = a->day,
        .has_asked = a->has_asked,
        .asked     = a->asked,
        .amount    = a->amount,
        .reason    = a->reason,
        .due       = a->due,
        .paid      = a->paid,
    };
}

static bool row_fill(struct request *r, const struct sql_announced_of_sender_row *a,
                     struct view_announced_row *row, struct fail *f)
{
    struct sql_announced_list_row listed = as_listed(a);
    struct sql_person_get_row person;
    bool found;

    if (!sql_person_get(r->store, &(struct sql_person_get_in){ .id = a->pp }, r->arena, &person,
                        &found, f))
        return false;
    *row = case_announced_row(
        r, found ? arena_print(r->arena, "%s %s", person.given, person.family) : "", &listed);
    row->link = arena_print(r->arena, "/case/%lld/deductions", (long long)a->pp);
    return true;
}

void case_employer(struct request *r)
{
    struct fail f                        = { 0 };
    struct sql_announced_of_sender_in in = { .sender = r->params[0], .most = SHOWN + 1 };
    struct sql_announced_of_sender_row *found;
    size_t n;

    if (!sql_announced_of_sender(r->store, &in, r->arena, &found, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct page_case_employer p     = { .sender = r->params[0],
                                        .kind   = n && strcmp(found[0].source, "employer")
                                                      ? "Benefit office, payment"
                                                      : "Employer",
                                        .more   = n > SHOWN };
    size_t shown                    = n < SHOWN ? n : SHOWN;
    struct view_announced_row *rows = ARENA_MANY(r->arena, struct view_announced_row, shown + 1);
    for (size_t i = 0; i < shown; i++)
        if (!row_fill(r, &found[i], &rows[i], &f)) {
            respond_fail(r, &f);
            return;
        }
    p.announced       = rows;
    p.announced_count = (int32_t)shown;
    frame_of(r)->here = "bank";
    page_case_employer(&r->out, frame_of(r), &p);
}
