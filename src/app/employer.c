/* employer.c: the list of employers and benefit offices who are waited for. */
#include "app/employer.h"

#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

enum { MONTH_CHARACTERS = sizeof "2026-11" - 1, ORDERS_MOST = 16, KEPT_MONTHS = 3 };

const char *employer_state_words(enum employer_state state)
{
    static const char *const words[EMPLOYER_STATES] = {
        [EMPLOYER_WAITING] = "waiting", [EMPLOYER_LATE] = "late", [EMPLOYER_SILENT] = "no schedule"
    };
    return words[state];
}

enum announced_state announced_state_of(const char *source, money amount, int64_t paid, date due,
                                        date today)
{
    if (paid) return ANNOUNCED_ARRIVED;
    if (amount.p == 0) return ANNOUNCED_NOTHING;
    return !strcmp(source, "employer") && date_before(due, today) ? ANNOUNCED_LATE
                                                                  : ANNOUNCED_WAITING;
}

const char *announced_state_words(enum announced_state state)
{
    static const char *const words[] = { [ANNOUNCED_ARRIVED] = "arrived",
                                         [ANNOUNCED_NOTHING] = "nothing deducted",
                                         [ANNOUNCED_WAITING] = "waiting",
                                         [ANNOUNCED_LATE]    = "late" };
    return words[state];
}

/* --- the list --- */

struct reading {
    const struct setting *s;
    struct employer_list *list;
    size_t room;
};

static void item_add(struct reading *r, struct employer_item item)
{
    struct employer_list *l = r->list;

    if (l->n == r->room) {
        size_t room = r->room ? 2 * r->room : 64;
        l->at       = arena_grow(r->s->arena, l->at, l->n * sizeof *l->at, room * sizeof *l->at);
        r->room     = room;
    }
    if (item.state != EMPLOYER_WAITING) item.late = date_days(item.due, r->s->today);
    l->number[item.state]++;
    l->amount[item.state] = money_add(l->amount[item.state], item.amount);
    l->at[l->n++]         = item;
}

static bool waiting_read(struct reading *r, struct fail *fail)
{
    struct sql_announced_waiting_row *rows;
    size_t n;

    if (!sql_announced_waiting(r->s->store, r->s->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        const struct sql_announced_waiting_row *w = &rows[i];
        enum announced_state state =
            announced_state_of(w->source, w->amount, 0, w->due, r->s->today);
        item_add(r, (struct employer_item){
                        .state  = state == ANNOUNCED_LATE ? EMPLOYER_LATE : EMPLOYER_WAITING,
                        .source = w->source,
                        .sender = w->sender,
                        .batch  = w->batch,
                        .due    = w->due,
                        .people = w->people,
                        .amount = w->amount,
                    });
    }
    return true;
}

/* One month, by employer. */
static bool silent_month(struct reading *r, date first, date due, const struct law *law,
                         struct fail *fail)
{
    char text[DATE_TEXT];
    struct sql_announced_silent_in in = {
        .month = arena_text(r->s->arena, date_text(first, text), MONTH_CHARACTERS),
        .first = first,
        .last  = date_add_days(date_add_months(first, 1), -1),
    };
    struct sql_announced_silent_row *rows;
    size_t n;

    if (!sql_announced_silent(r->s->store, &in, r->s->arena, &rows, &n, fail)) return false;
    for (size_t i = 0, end; i < n; i = end) {
        struct employer_item item = { .state  = EMPLOYER_SILENT,
                                      .source = "employer",
                                      .sender = rows[i].employer,
                                      .batch  = in.month,
                                      .due    = due };
        for (end = i; end < n && !strcmp(rows[end].employer, rows[i].employer); end++) {
            money month = earnings_rates(law, rows[end].weekly).of[PLAN_MONTHLY];
            item.amount = money_add(item.amount, month);
            item.people += end == i || rows[end].pp != rows[end - 1].pp;
        }
        item_add(r, item);
    }
    return true;
}

/* Months whose last day for the money has passed, the newest first. */
static bool silent_read(struct reading *r, int months, struct fail *fail)
{
    struct date_ymd today = date_split(r->s->today);
    date first            = date_make(today.year, today.month, 1);

    for (int seen = 0; seen < months;) {
        first = date_add_months(first, -1);
        if (date_before(first, law_scheme.opens)) return true;
        const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, first);
        date due              = earnings_pay_by(law, first);
        if (!date_before(due, r->s->today)) continue;
        if (!silent_month(r, first, due, law, fail)) return false;
        seen++;
    }
    return true;
}

/* As the last day's run found them. */
static bool silent_kept(struct reading *r, struct fail *fail)
{
    struct sql_silent_list_row *rows;
    size_t n;

    if (!sql_silent_list(r->s->store, r->s->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        item_add(r, (struct employer_item){ .state  = EMPLOYER_SILENT,
                                            .source = "employer",
                                            .sender = rows[i].employer,
                                            .batch  = rows[i].month,
                                            .due    = rows[i].due,
                                            .people = rows[i].people,
                                            .amount = rows[i].amount });
    return true;
}

static int by_due(const void *a, const void *b)
{
    const struct employer_item *x = a, *y = b;

    if (!date_same(x->due, y->due)) return date_before(x->due, y->due) ? -1 : 1;
    int sender = strcmp(x->sender, y->sender);
    if (sender) return sender;
    return x->state < y->state ? -1 : x->state > y->state;
}

/* months 0: as they are kept. */
static bool list_read(const struct setting *s, int months, struct employer_list *l,
                      struct fail *fail)
{
    struct reading r = { .s = s, .list = l };

    *l = (struct employer_list){ .n = 0 };
    if (!waiting_read(&r, fail) ||
        !(months ? silent_read(&r, months, fail) : silent_kept(&r, fail)))
        return false;
    if (l->n) qsort(l->at, l->n, sizeof *l->at, by_due);
    return true;
}

bool employer_read(const struct setting *s, int months, struct employer_list *l, struct fail *fail)
{
    return list_read(s, months, l, fail);
}

bool employer_kept(const struct setting *s, struct employer_list *l, struct fail *fail)
{
    return list_read(s, 0, l, fail);
}

bool employer_keep(const struct setting *s, struct fail *fail)
{
    struct employer_list l = { .n = 0 };
    struct reading r       = { .s = s, .list = &l };

    if (!silent_read(&r, KEPT_MONTHS, fail)) return false;
    struct sql_silent_list_row *rows = ARENA_MANY(s->arena, struct sql_silent_list_row, l.n + 1);
    for (size_t i = 0; i < l.n; i++)
        rows[i] = (struct sql_silent_list_row){ .employer = l.at[i].sender,
                                                .month    = l.at[i].batch,
                                                .due      = l.at[i].due,
                                                .people   = l.at[i].people,
                                                .amount   = l.at[i].amount };
    return sql_silent_clear(s->store, fail) && sql_silent_insert_bulk(s->store, rows, l.n, fail);
}

/* --- whether the employer took the right amount --- */

bool employer_should(const struct order_list *orders, const struct sql_announced_list_row *line,
                     const struct law *law, money *should)
{
    struct earnings_order o[ORDERS_MOST];
    struct deduction d[ORDERS_MOST];
    enum plan_interval period;
    size_t n = 0;

    *should = MONEY_NONE;
    if (!line->has_net || !plan_interval_find(line->period, &period)) return false;
    for (size_t i = 0; i < orders->n && n < ORDERS_MOST; i++)
        if (!orders->at[i].forces && !strcmp(orders->at[i].row->employer, line->sender))
            o[n++] = order_earnings(&orders->at[i], period, law);
    if (n == 0) return false;
    earnings_deduct(law, (struct earnings_pay){ .net = line->net, .periods = 1 }, o, n, d);
    for (size_t i = 0; i < n; i++)
        *should = money_add(*should, d[i].taken);
    return true;
}
