/* case_home.c: finding a case; what waits in the caseload. */
#include "app/debit.h"
#include "app/find.h"
#include "app/stop.h"
#include "web/case.h"
#include "web/case_view.h"

#include <string.h>

enum {
    ROWS           = 20,
    MISSED_DAYS    = 28,
    MISSED_SHOWN   = 10,
    MISSED_LATEST  = 200, /* payments in which those families are looked for */
    ASIDE_SHOWN    = 20,
    UNBOOKED_SHOWN = 20,
    LATE_DAYS      = 92
};

static money weekly_now(const struct group *g, date today)
{
    date day                              = date_max(today, group_first_effective(g));
    const struct sql_decision_list_row *d = group_decision_at(g, day);
    return d ? d->weekly : MONEY_NONE;
}

static bool row_fill(struct request *r, int64_t pp, struct view_case_row *row)
{
    struct opener who = request_opener(r);
    struct fail f     = { 0 };
    struct case_view v;
    enum door door;

    if (!door_find(r->store, r->arena, &who, pp, &door, &f)) return respond_fail(r, &f), false;
    if (!case_read(r, pp, &v)) return false;
    *row = (struct view_case_row){ .pp = pp, .ref = v.family.ref, .shut = door == DOOR_BARRED };
    if (row->shut) return true;
    *row = (struct view_case_row){
        .pp        = pp,
        .name      = v.family.name,
        .ref       = v.family.ref,
        .receivers = v.family.receivers,
        .weekly    = weekly_now(&v.g, r->today),
        .owed      = v.family.owed,
        .next      = case_next(r->arena, &v, r->today).text,
    };
    return true;
}

/* The families of a page of the list, and (found) of how many; 0 found: of all there are. */
static bool rows_find(struct request *r, const char *text, int64_t page, struct page_case_home *p,
                      int64_t **pps, size_t *n, struct fail *f)
{
    struct sql_find_cases_row *found;
    struct sql_find_all_row *all;
    struct sql_find_all_in in = { .first = (page - 1) * ROWS, .most = ROWS + 1 };
    size_t count, from = (size_t)((page - 1) * ROWS);

    *pps = ARENA_MANY(r->arena, int64_t, ROWS + 1);
    *n   = 0;
    if (!*text) {
        if (!sql_find_all(r->store, &in, r->arena, &all, &count, f)) return false;
        for (; *n < count; ++*n)
            (*pps)[*n] = all[*n].pp;
        return true;
    }
    if (!find_cases(r->store, r->arena, text, &found, &count, f)) return false;
    for (size_t i = from; i < count && *n <= ROWS; i++)
        (*pps)[(*n)++] = found[i].pp;
    p->found = (int64_t)count;
    p->most  = count == FIND_MOST;
    return true;
}

static bool rows_fill(struct request *r, const char *text, int64_t page, struct page_case_home *p)
{
    struct fail at = { 0 }, *f = &at;
    int64_t *pps;
    size_t n;

    if (!rows_find(r, text, page, p, &pps, &n, f)) {
        respond_fail(r, f);
        return false;
    }
    p->later = n > ROWS ? page + 1 : 0;
    if (n > ROWS) n = ROWS;
    struct view_case_row *rows = ARENA_MANY(r->arena, struct view_case_row, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!row_fill(r, pps[i], &rows[i])) return false;
    p->rows       = rows;
    p->rows_count = (int32_t)n;
    p->first      = (page - 1) * ROWS + 1;
    p->last       = (page - 1) * ROWS + (int64_t)n;
    p->earlier    = page > 1 ? page - 1 : 0;
    return true;
}

static bool missed_fill(struct request *r, struct page_case_home *p, struct fail *f)
{
    struct sql_find_missed_row *found;
    struct sql_find_suspense_row suspense;
    size_t n;
    bool one;

    p->since = date_add_days(r->today, -MISSED_DAYS);
    if (!sql_find_missed(r->store,
                         &(struct sql_find_missed_in){ .since = p->since, .latest = MISSED_LATEST },
                         r->arena, &found, &n, f) ||
        !sql_find_suspense(r->store, NULL, &suspense, &one, f))
        return false;
    struct view_missed_row *rows = ARENA_MANY(r->arena, struct view_missed_row, n + 1);
    for (size_t i = 0; i < n && i < MISSED_SHOWN; i++) {
        struct sql_person_get_row person;
        if (!sql_person_get(r->store, &(struct sql_person_get_in){ .id = found[i].pp }, r->arena,
                            &person, &one, f))
            return false;
        rows[i] = (struct view_missed_row){
            .pp     = found[i].pp,
            .name   = arena_print(r->arena, "%s %s", person.given, person.family),
            .found  = found[i].found,
            .number = found[i].number,
            .amount = found[i].amount,
        };
    }
    p->missed       = rows;
    p->missed_count = (int32_t)n;
    p->missed_more  = n > MISSED_SHOWN;
    if (p->missed_more) p->missed_count = MISSED_SHOWN;
    p->suspense = suspense.number;
    return true;
}

static bool aside_row(struct request *r, const struct sql_aside_list_row *a,
                      struct view_aside_row *row, struct fail *f)
{
    struct sql_person_get_row person;
    bool found;

    if (!sql_person_get(r->store, &(struct sql_person_get_in){ .id = a->pp }, r->arena, &person,
                        &found, f))
        return false;
    *row = (struct view_aside_row){ .pp     = a->pp,
                                    .name   = arena_print(r->arena, "Case %lld", (long long)a->pp),
                                    .since  = a->since,
                                    .reason = a->reason };
    if (!found) return true;
    row->name      = arena_print(r->arena, "%s %s", person.given, person.family);
    row->reference = person.ref;
    return true;
}

/* Employers whose announced money is late. */
static bool late_fill(struct request *r, struct page_case_home *p, struct fail *f)
{
    struct sql_announced_late_in in = { date_add_days(r->today, -LATE_DAYS), r->today };
    struct sql_announced_late_row late;
    bool found;

    if (!sql_announced_late(r->store, &in, r->arena, &late, &found, f)) return false;
    p->late        = late.months;
    p->late_amount = late.amount;
    p->late_since  = in.since;
    return true;
}

/* Whether the line is stopped, and the cases that the day's run leaves out. */
static bool trouble_fill(struct request *r, struct page_case_home *p, struct fail *f)
{
    struct sql_aside_list_row *aside;
    struct stop stop;
    size_t n;

    if (!stop_read(r->store, r->arena, &stop, f) ||
        !sql_aside_list(r->store, r->arena, &aside, &n, f))
        return false;
    struct view_aside_row *rows = ARENA_MANY(r->arena, struct view_aside_row, n + 1);
    for (size_t i = 0; i < n && i < ASIDE_SHOWN; i++)
        if (!aside_row(r, &aside[i], &rows[i], f)) return false;
    p->stopped     = stop.is_stopped ? stop.reason : "";
    p->stopped_by  = stop.is_stopped ? stop.by : "";
    p->aside       = rows;
    p->aside_count = (int32_t)(n < ASIDE_SHOWN ? n : ASIDE_SHOWN);
    p->aside_more  = n > ASIDE_SHOWN ? (int64_t)n - ASIDE_SHOWN : 0;
    return true;
}

/* Collections that the run left over. */
static bool unbooked_fill(struct request *r, struct page_case_home *p, struct fail *f)
{
    struct debit_unbooked u;

    if (!debit_unbooked_read(r->store, r->arena, UNBOOKED_SHOWN, &u, f)) return false;
    struct view_unbooked_row *rows = ARENA_MANY(r->arena, struct view_unbooked_row, u.n + 1);
    for (size_t i = 0; i < u.n; i++)
        rows[i] = (struct view_unbooked_row){
            .pp        = u.rows[i].pp,
            .name      = arena_print(r->arena, "%s %s", u.rows[i].given, u.rows[i].family),
            .reference = u.rows[i].ref,
            .day       = u.rows[i].processing,
            .amount    = u.rows[i].amount,
            .changed   = u.rows[i].changed,
        };
    p->unbooked        = rows;
    p->unbooked_count  = (int32_t)u.n;
    p->unbooked_number = u.number;
    p->unbooked_amount = u.amount;
    p->unbooked_more   = u.number - (int64_t)u.n;
    return true;
}

bool case_found_fill(struct request *r, struct page_case_home *p)
{
    const char *text = form_text(&r->form, FORM_CASE_FIND_Q);
    int64_t page =
        form_has(&r->form, FORM_CASE_FIND_PAGE) ? form_count(&r->form, FORM_CASE_FIND_PAGE) : 1;

    return rows_fill(r, r->form.values[FORM_CASE_FIND_Q].error ? "" : text, page, p);
}

void case_home(struct request *r)
{
    struct fail f           = { 0 };
    struct page_case_home p = { .q = form_view(&r->form, FORM_CASE_FIND_Q) };

    frame_of(r)->here = "work";
    if (!case_found_fill(r, &p)) return;
    if (!missed_fill(r, &p, &f) || !late_fill(r, &p, &f) || !trouble_fill(r, &p, &f) ||
        !unbooked_fill(r, &p, &f)) {
        respond_fail(r, &f);
        return;
    }
    page_case_home(&r->out, frame_with_form(r), &p);
}

/* The one case that is meant, or the list of those that may be. */
void case_go(struct request *r)
{
    const char *text = form_text(&r->form, FORM_CASE_GO_WHO);
    struct fail f    = { 0 };
    struct sql_find_cases_row *found;
    size_t n;

    if (!*text || r->form.errors) {
        respond_redirect(r, "/work");
        return;
    }
    if (!find_cases(r->store, r->arena, text, &found, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    if (n == 1) {
        respond_redirect(r, arena_print(r->arena, "/case/%lld", (long long)found[0].pp));
        return;
    }
    form_new(&r->form, r->arena, &form_case_find);
    form_put_text(&r->form, FORM_CASE_FIND_Q, text);
    case_home(r);
}
