/* case_deductions.c: what is to be deducted for a family, worked out for a pay-day, and what came
 * of it. */
#include "app/employer_notice.h"
#include "web/case.h"
#include "web/case_deduction.h"

#include <string.h>

enum { ORDERS_MOST = 16 };

struct deductions {
    struct request *r;
    struct case_view v;
    struct order_list orders;
    struct request_now now;
    struct page_case_deductions p;
};

static void cards_fill(struct deductions *d)
{
    struct view_deduction_card *cards =
        ARENA_MANY(d->r->arena, struct view_deduction_card, d->orders.n + 1);

    for (size_t i = 0; i < d->orders.n; i++)
        cards[d->p.cards_count++] = case_order_card(d->r, &d->v.g, &d->orders.at[i], d->r->today);
    if (d->now.row) cards[d->p.cards_count++] = case_request_card(d->r, &d->v.g, &d->now);
    d->p.cards       = cards;
    d->p.has_request = d->now.row != NULL;
}

/* --- a pay-day --- */

static void orders_fill(struct deductions *d)
{
    struct view_option *at = ARENA_MANY(d->r->arena, struct view_option, d->orders.n + 1);
    const char *chosen     = form_text(&d->r->form, FORM_CASE_DEDUCTIONS_ORDER);
    const char *period     = form_text(&d->r->form, FORM_CASE_DEDUCTIONS_PERIOD);

    for (size_t i = 0; i < d->orders.n; i++) {
        const struct order *o = &d->orders.at[i];
        const char *number    = arena_print(d->r->arena, "%lld", (long long)o->number);
        if (o->forces) continue;
        if (!*period && (!*chosen || !strcmp(chosen, number))) period = o->row->period;
        at[d->p.orders_count++] = (struct view_option){
            number, arena_print(d->r->arena, "Order %s to employer %s", number, o->row->employer),
            !strcmp(chosen, number)
        };
    }
    d->p.orders       = at;
    d->p.periods_list = case_period_options(d->r, period, &d->p.periods_list_count);
}

/* The orders to the same employer, in their order; `which` is the place of the one meant. */
static size_t pay_orders(const struct deductions *d, const struct order *meant,
                         enum plan_interval period, struct earnings_order *o, size_t *which)
{
    const struct law *law = order_law(&d->v.g, d->r->today);
    size_t n              = 0;

    for (size_t i = 0; i < d->orders.n && n < ORDERS_MOST; i++) {
        const struct order *one = &d->orders.at[i];
        if (one->forces || strcmp(one->row->employer, meant->row->employer)) continue;
        if (one == meant) *which = n;
        o[n++] = order_earnings(one, period, law);
    }
    return n;
}

static void pay_fill(struct deductions *d)
{
    struct form *f = &d->r->form;
    struct earnings_order o[ORDERS_MOST];
    struct deduction result[ORDERS_MOST];
    enum plan_interval period = PLAN_WEEKLY;
    size_t which              = 0;

    if (!form_has(f, FORM_CASE_DEDUCTIONS_NET) || !form_has(f, FORM_CASE_DEDUCTIONS_ORDER)) return;
    const struct order *meant = order_find(&d->orders, form_count(f, FORM_CASE_DEDUCTIONS_ORDER));
    if (!meant || meant->forces) return;
    struct earnings_pay pay = { form_money(f, FORM_CASE_DEDUCTIONS_NET),
                                form_has(f, FORM_CASE_DEDUCTIONS_PERIODS)
                                    ? (int32_t)form_count(f, FORM_CASE_DEDUCTIONS_PERIODS)
                                    : 1 };
    if (!plan_interval_find(form_text(f, FORM_CASE_DEDUCTIONS_PERIOD), &period))
        period = meant->period;
    size_t n = pay_orders(d, meant, period, o, &which);
    earnings_deduct(order_law(&d->v.g, d->r->today), pay, o, n, result);
    struct deduction_steps steps = deduction_steps_pay_day(pay, &o[which], &result[which]);
    d->p.pay                     = case_deduction_steps(d->r, &d->v.g, &steps, &d->p.pay_count);
    d->p.pay_title               = arena_print(d->r->arena, "Order %lld on a pay-day with %s net",
                                               (long long)meant->number, case_pounds(d->r->arena, pay.net));
}

/* --- what came --- */

static bool announced_fill(struct deductions *d, struct fail *f)
{
    struct setting s = case_setting(d->r);
    struct announced_rows rows;
    money missing = MONEY_NONE;

    if (!announced_load(&s, (struct store_ints){ &d->v.g.pp, 1 }, &rows, f)) return false;
    struct view_announced_row *at = ARENA_MANY(d->r->arena, struct view_announced_row, rows.n + 1);
    for (size_t i = rows.n; i > 0; i--) {
        const struct sql_announced_list_row *a = &rows.at[i - 1];
        struct view_announced_row row =
            case_announced_row(d->r, arena_print(d->r->arena, "%s %s", a->source, a->sender), a);
        struct order_list then;
        money should;
        if (!order_read(&s, &d->v.g, a->day, &then, f)) return false;
        if (employer_should(&then, a, order_law(&d->v.g, a->day), &should))
            row.should = case_pounds(d->r->arena, should);
        if (!strcmp(a->source, "employer"))
            row.link = arena_print(d->r->arena, "/employers/%s", a->sender);
        if (!a->paid) missing = money_add(missing, a->amount);
        at[d->p.announced_count++] = row;
    }
    d->p.announced = at;
    d->p.missing   = missing.p ? arena_print(d->r->arena, "%s was deducted and is not here yet.",
                                             case_pounds(d->r->arena, missing))
                               : "";
    return true;
}

static bool history_fill(struct deductions *d, struct fail *f)
{
    struct setting s = case_setting(d->r);
    struct sql_earnings_order_list_row *orders;
    struct sql_benefit_request_list_row *requests;
    size_t n, m;

    if (!order_history(&s, d->v.g.pp, d->v.g.known, &orders, &n, f) ||
        !request_history(&s, d->v.g.pp, d->v.g.known, &requests, &m, f))
        return false;
    struct view_terms_row *rows = ARENA_MANY(d->r->arena, struct view_terms_row, n + m + 1);
    for (size_t i = 0; i < n; i++) {
        const struct sql_earnings_order_list_row *o = &orders[i];
        struct rate_parts parts    = { o->maintenance, o->fee, o->arrears, o->fees };
        rows[d->p.history_count++] = (struct view_terms_row){
            o->starts,
            arena_print(d->r->arena, "Order %lld to employer %s%s", (long long)o->id, o->employer,
                        o->ended ? " ended" : ""),
            o->ended ? "" : case_pounds(d->r->arena, earnings_weekly(&parts)), o->reason
        };
    }
    for (size_t i = 0; i < m; i++)
        rows[d->p.history_count++] = (struct view_terms_row){
            requests[i].starts,
            arena_print(d->r->arena, "Benefit office, %s%s",
                        case_plain(d->r->arena, requests[i].benefit),
                        requests[i].ended ? ": no longer" : ""),
            requests[i].ended ? "" : case_pounds(d->r->arena, requests[i].week), requests[i].reason
        };
    d->p.history = rows;
    return true;
}

/* --- what employers said --- */

static const char *said_words(struct arena *a, const struct sql_employer_notice_list_row *e)
{
    const char *day = strcmp(e->kind, "not_employed") ? case_day_words(a, e->day) : "";

    return arena_print(a, "Employer %s, order %lld: %s%s%s", e->employer, (long long)e->id,
                       case_plain(a, e->kind), *day ? ", pay-day " : "", day);
}

static bool said_fill(struct deductions *d, struct fail *f)
{
    struct sql_employer_notice_list_in in = { .pp = d->v.g.pp };
    struct arena *a                       = d->r->arena;
    struct sql_employer_notice_list_row *rows;
    size_t n;

    if (!sql_employer_notice_list(d->r->store, &in, a, &rows, &n, f)) return false;
    struct view_employer_said_row *at = ARENA_MANY(a, struct view_employer_said_row, n + 1);
    for (size_t i = n; i > 0; i--)
        at[d->p.said_count++] = (struct view_employer_said_row){
            .said         = rows[i - 1].said,
            .what         = said_words(a, &rows[i - 1]),
            .new_employer = rows[i - 1].new_employer,
            .receipt      = employer_notice_receipt(&rows[i - 1], a),
        };
    d->p.said = at;
    return true;
}

void case_deductions(struct request *r)
{
    struct deductions d = { .r = r };
    struct setting s    = case_setting(r);
    struct fail f       = { 0 };

    if (!case_open(r, &d.v)) return;
    if (!order_read(&s, &d.v.g, r->today, &d.orders, &f) ||
        !request_read(&s, d.v.g.pp, d.v.g.known, r->today, &d.now, &f)) {
        respond_fail(r, &f);
        return;
    }
    d.v.family.done = form_has(&r->form, FORM_CASE_DEDUCTIONS_DONE) ? "What is to be deducted was "
                                                                      "set."
                                                                    : "";
    const char *review = order_review(&d.v.g, &d.orders, r->today, r->arena);
    d.p                = (struct page_case_deductions){
                       .c         = d.v.family,
                       .review    = review ? review : "",
                       .order     = form_view(&r->form, FORM_CASE_DEDUCTIONS_ORDER),
                       .net       = form_view(&r->form, FORM_CASE_DEDUCTIONS_NET),
                       .period    = form_view(&r->form, FORM_CASE_DEDUCTIONS_PERIOD),
                       .periods   = form_view(&r->form, FORM_CASE_DEDUCTIONS_PERIODS),
                       .pay_title = "",
    };
    cards_fill(&d);
    orders_fill(&d);
    pay_fill(&d);
    if (announced_fill(&d, &f) && said_fill(&d, &f) && history_fill(&d, &f))
        page_case_deductions(&r->out, frame_with_form(r), &d.p);
    else
        respond_fail(r, &f);
}
