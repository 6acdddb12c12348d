/* employer_notice.c: what employers say of their employees. */
#include "app/employer_notice.h"

#include <string.h>

enum { RECEIPT_BYTES = 6, RECEIPT_GROUP = 2, AHEAD_MONTHS = 12 };

static const char *const names[EMPLOYER_SAYS] = {
    [SAYS_NOT_EMPLOYED] = "not_employed", [SAYS_LEFT] = "left", [SAYS_STARTED] = "started"
};

const char *employer_says_name(enum employer_says what)
{
    return names[what];
}

bool employer_says_find(const char *name, enum employer_says *what)
{
    for (enum employer_says w = 0; w < EMPLOYER_SAYS; w++)
        if (!strcmp(names[w], name)) {
            *what = w;
            return true;
        }
    return false;
}

const struct sql_employer_notice_list_row *employer_notice_last(
    const struct sql_employer_notice_list_row *rows, size_t n, int64_t order)
{
    const struct sql_employer_notice_list_row *last = NULL;

    for (size_t i = 0; i < n; i++)
        if (rows[i].id == order) last = &rows[i];
    return last;
}

const char *employer_notice_receipt(const struct sql_employer_notice_list_row *row,
                                    struct arena *arena)
{
    const unsigned char *bytes = row->hash.at;
    struct out o               = { .arena = arena };

    for (size_t i = 0; i < RECEIPT_BYTES && i < row->hash.n; i++)
        out_print(&o, "%s%02X", i && i % RECEIPT_GROUP == 0 ? "-" : "", bytes[i]);
    return out_string(&o);
}

/* --- saying --- */

static bool day_check(const struct setting *s, const struct employer_notice *notice,
                      struct fail *fail)
{
    if (notice->what == SAYS_NOT_EMPLOYED) return true;
    if (!date_before(notice->day, law_scheme.opens) &&
        !date_before(date_add_months(s->today, AHEAD_MONTHS), notice->day))
        return true;
    return REFUSE(fail, "day_wrong", "That pay-day is too long ago, or more than a year ahead."),
           fail_field(fail, "day");
}

static bool is_said(const struct sql_employer_notice_list_row *last,
                    const struct employer_notice *notice)
{
    if (!last || strcmp(last->kind, names[notice->what]) != 0) return false;
    if (notice->what == SAYS_NOT_EMPLOYED) return true;
    return date_same(last->day, notice->day) && !strcmp(last->new_employer, notice->new_employer);
}

/* Where somebody works is nobody's but the caseworker's: the new employer is not on the timeline.
 */
static void about_write(struct verb *v, const char *employer, const struct employer_notice *notice)
{
    struct out *o = &v->about;

    out_print(o, "Employer %s says of order %lld: ", employer, (long long)notice->order);
    if (notice->what == SAYS_NOT_EMPLOYED) {
        out_text(o, "not employed there");
        return;
    }
    out_text(o,
             notice->what == SAYS_LEFT ? "left, the last pay-day " : "started, the first pay-day ");
    out_date(o, notice->day);
}

bool employer_notice_record(const struct setting *s, int64_t pp, const char *employer,
                            const struct employer_notice *notice, struct fail *fail)
{
    struct sql_employer_notice_list_in which = { .pp = pp };
    struct sql_employer_notice_list_row *rows;
    struct order_list orders;
    struct verb v;
    struct group g;
    size_t n;
    bool done;

    if (!day_check(s, notice, fail) ||
        !verb_open(s, pp, "employer_notice", NULL, &v, &done, fail) ||
        !group_load_record(s->store, s->arena, pp, v.seq, &g, fail) ||
        !employee_orders_read(s, &g, &orders, fail) ||
        !sql_employer_notice_list(s->store, &which, s->arena, &rows, &n, fail))
        return false;
    const struct order *o = order_find(&orders, notice->order);
    if (!o || strcmp(o->row->employer, employer) != 0)
        return REFUSE(fail, "no_such_order", "No order of that number holds.");
    if (is_said(employer_notice_last(rows, n, notice->order), notice)) return true;
    struct sql_employer_notice_insert_in in = {
        .pp           = pp,
        .event        = v.seq,
        .id           = notice->order,
        .employer     = employer,
        .kind         = names[notice->what],
        .day          = notice->what == SAYS_NOT_EMPLOYED ? s->today : notice->day,
        .new_employer = notice->what == SAYS_LEFT ? notice->new_employer : ""
    };
    about_write(&v, employer, notice);
    return sql_employer_notice_insert(s->store, &in, fail) && verb_close(&v, fail);
}

/* --- what waits --- */

bool employer_notice_open(const struct setting *s, const struct group *g, int64_t *order,
                          const char **says, struct fail *fail)
{
    struct sql_employer_notice_list_in in = { .pp = g->pp };
    struct sql_employer_notice_list_row *rows;
    struct order_list orders;
    char day[DATE_WORDS];
    size_t n;

    *order = 0;
    *says  = "";
    if (!sql_employer_notice_list(s->store, &in, s->arena, &rows, &n, fail)) return false;
    if (n == 0) return true;
    if (!employee_orders_read(s, g, &orders, fail)) return false;
    for (size_t i = 0; i < orders.n && !*order; i++) {
        const struct sql_employer_notice_list_row *r =
            employer_notice_last(rows, n, orders.at[i].number);
        if (!r || !strcmp(r->kind, names[SAYS_STARTED])) continue;
        *order = r->id;
        *says  = !strcmp(r->kind, names[SAYS_LEFT])
                     ? arena_print(s->arena,
                                   "Employer %s says that the employee of order %lld has left; the "
                                    "last pay-day was %s.",
                                   r->employer, (long long)r->id, date_words(r->day, day))
                     : arena_print(s->arena,
                                   "Employer %s says that the employee of order %lld does not work "
                                    "there.",
                                   r->employer, (long long)r->id);
    }
    return true;
}
