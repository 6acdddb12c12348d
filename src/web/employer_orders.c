/* employer_orders.c: an employer comes in with a code, sees its orders, and has a pay-day worked
 * out. */
#include "ledger/deduction_steps.h"

#include "base/say.h"
#include "web/attempt.h"
#include "web/case_deduction.h"
#include "web/employer_page.h"
#include "web/employer_session.h"

#include <string.h>

enum { SHOWN = 50, PAIRS = 10, REFERENCE = 12 };

static const char *const interval_names[PLAN_INTERVALS] = { "weekly", "two_weekly", "four_weekly",
                                                            "monthly" };

/* --- in and out --- */

static void enter_show(struct request *r)
{
    struct page_employer_enter p = { .employer = form_view(&r->form, FORM_EMPLOYER_ENTER_EMPLOYER),
                                     .code     = form_view(&r->form, FORM_EMPLOYER_ENTER_CODE) };

    p.code.value = "";
    page_employer_enter(&r->out, frame_with_form(r), &p);
}

void employer_enter(struct request *r)
{
    form_new(&r->form, r->arena, &form_employer_enter);
    enter_show(r);
}

/* Twelve digits as typed, without spaces and hyphens; NULL: it is no employer's reference. */
static const char *reference_plain(struct request *r, const char *typed)
{
    char *plain = arena_take(r->arena, strlen(typed) + 1);
    size_t n    = 0;

    for (; *typed; typed++)
        if (*typed != ' ' && *typed != '-') plain[n++] = *typed;
    if (n != REFERENCE || strspn(plain, "0123456789") != n) return NULL;
    return strncmp(plain, "50", 2) != 0 && strncmp(plain, "51", 2) != 0 ? NULL : plain;
}

/* The order that what was typed opens; attempts are counted for the reference, known or not. */
static bool enter_try(struct request *r, const struct employer_code *typed,
                      struct employer_key *key, struct fail *f)
{
    struct attempt who = {
        .kind = "employer", .subject = typed->employer, .address = r->address, .now = r->now
    };

    return attempt_begin(r->store, &who, f) &&
           employer_code_check(r->store, r->arena, typed, key, f) &&
           attempt_undo(r->store, &who, f) && attempt_pass(r->store, &who, f);
}

void employer_enter_do(struct request *r)
{
    struct employer_code typed = {
        .employer = reference_plain(r, form_text(&r->form, FORM_EMPLOYER_ENTER_EMPLOYER)),
        .code     = form_text(&r->form, FORM_EMPLOYER_ENTER_CODE),
    };
    const struct field_rule *rule = &form_employer_enter.fields[FORM_EMPLOYER_ENTER_EMPLOYER];
    struct fail f                 = { 0 };
    struct employer_key key;
    const char *token;

    if (!r->form.errors && !typed.employer)
        form_refuse(&r->form, FORM_EMPLOYER_ENTER_EMPLOYER, rule->wrong);
    if (!r->form.errors && !enter_try(r, &typed, &key, &f)) {
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, FORM_EMPLOYER_ENTER_CODE, case_sentence(r, &f));
    }
    if (r->form.errors) {
        enter_show(r);
        return;
    }
    if (!employer_session_start(r, typed.employer, &key, &token, &f)) {
        respond_fail(r, &f);
        return;
    }
    visitor_wipe(r->visitor.token);
    respond_cookie(r, "session", token);
    respond_cookie(r, "visitor", NULL);
    respond_redirect(r, "/employer/orders");
}

void employer_leave_do(struct request *r)
{
    struct fail f = { 0 };

    if (!employer_session_end(r->store, r->session.token, &f)) {
        respond_fail(r, &f);
        return;
    }
    respond_cookie(r, "session", NULL);
    r->wipe = true;
    respond_redirect(r, "/employer");
}

/* --- what every page reads --- */

bool employer_open(struct request *r, struct employer_view *v)
{
    struct fail f = { 0 };

    *v = (struct employer_view){ .s        = { .store = r->store,
                                               .arena = r->arena,
                                               .today = r->today,
                                               .actor = r->session.account },
                                 .employer = r->session.employer };
    if (!employee_read(&v->s, v->employer, &v->people, &f)) {
        respond_fail(r, &f);
        return false;
    }
    const struct employee *own = employee_find(&v->people, r->session.family);
    if (own && order_find(&own->orders, r->session.order)) return true;
    respond_cookie(r, "session", NULL);
    respond_redirect(r, "/employer");
    return false;
}

const struct employee *employer_open_employee(struct request *r, struct employer_view *v)
{
    if (!employer_open(r, v)) return NULL;
    const struct employee *e = employee_find(&v->people, case_number(r->params[0]));
    if (e && e->orders.n) {
        r->looked = e->pp;
        return e;
    }
    respond_missing(r);
    return NULL;
}

const char *employer_path(struct request *r, const struct employee *e)
{
    return arena_print(r->arena, "/employer/employee/%lld", (long long)e->pp);
}

const char *employer_period_words(enum plan_interval period)
{
    static const char *const words[PLAN_INTERVALS] = { [PLAN_WEEKLY]      = SAY("every week"),
                                                       [PLAN_TWO_WEEKLY]  = SAY("every two weeks"),
                                                       [PLAN_FOUR_WEEKLY] = SAY("every four weeks"),
                                                       [PLAN_MONTHLY]     = SAY("every month") };
    return words[period];
}

const struct sql_employer_notice_list_row *employer_last_said(struct request *r,
                                                              const struct employer_view *v,
                                                              const struct employee *e, bool *fine)
{
    struct sql_employer_notice_list_in in = { .pp = e->pp };
    struct sql_employer_notice_list_row *rows;
    struct fail f = { 0 };
    size_t n;

    *fine = sql_employer_notice_list(r->store, &in, r->arena, &rows, &n, &f);
    if (!*fine) {
        respond_fail(r, &f);
        return NULL;
    }
    for (size_t i = n; i > 0; i--)
        if (!strcmp(rows[i - 1].employer, v->employer) && order_find(&e->orders, rows[i - 1].id))
            return &rows[i - 1];
    return NULL;
}

const char *employer_said_words(struct request *r, const struct sql_employer_notice_list_row *row)
{
    const char *day = case_day_words(r->arena, row->day);
    const char *what =
        !strcmp(row->kind, "left")
            ? arena_print(r->arena, SAY("they have left, the last pay-day is %s"), day)
        : !strcmp(row->kind, "started")
            ? arena_print(r->arena, SAY("they have started, the first pay-day is %s"), day)
            : SAY("they do not work for you");
    return arena_print(r->arena, SAY("You told us on %s: %s."), case_day_words(r->arena, row->said),
                       what);
}

/* --- the orders --- */

struct pairs {
    struct view_pair *at;
    int32_t n;
};

static void pair_add(struct pairs *p, const char *label, const char *text)
{
    BUG_UNLESS(p->n < PAIRS);
    if (*text) p->at[p->n++] = (struct view_pair){ .label = label, .text = text, .link = "" };
}

static const char *kept_words(struct request *r, const struct employee *e)
{
    const struct order *o = &e->orders.at[0];
    ratio share           = e->law->protected_proportion;

    if (o->forces) return SAY("as the forces decide");
    if (o->scheme == SCHEME_1993)
        return arena_print(r->arena, SAY("%s a week"), case_pounds(r->arena, o->row->protect));
    return arena_print(r->arena, SAY("%lld%% of net earnings"),
                       (long long)(share.n * 100 / share.d));
}

/* The first day of the amounts that are still to come; else "". */
static const char *begins_words(struct request *r, const struct employee *e)
{
    date first = e->orders.at[0].row->starts;

    for (size_t i = 1; i < e->orders.n; i++)
        first = date_max(first, e->orders.at[i].row->starts);
    return case_day_words(r->arena, first);
}

static struct pairs pairs_of(struct request *r, const struct employee *e)
{
    struct arena *a = r->arena;
    struct pairs p  = { .at = ARENA_MANY(a, struct view_pair, PAIRS) };

    pair_add(&p, SAY("Employee's reference"), e->reference);
    pair_add(&p, SAY("National Insurance number"), e->nino);
    if (e->orders.n > 1)
        pair_add(&p, SAY("Orders"), arena_print(a, SAY("%zu, added up here"), e->orders.n));
    pair_add(&p, SAY("How they are paid"), employer_period_words(employee_period(e)));
    pair_add(&p, SAY("Deduct a week"), case_pounds(a, employee_normal(e, PLAN_WEEKLY)));
    pair_add(&p, SAY("For two weeks"), case_pounds(a, employee_normal(e, PLAN_TWO_WEEKLY)));
    pair_add(&p, SAY("For four weeks"), case_pounds(a, employee_normal(e, PLAN_FOUR_WEEKLY)));
    pair_add(&p, SAY("A month"), case_pounds(a, employee_normal(e, PLAN_MONTHLY)));
    pair_add(&p, SAY("The employee keeps at least"), kept_words(r, e));
    pair_add(&p, SAY("From"), begins_words(r, e));
    return p;
}

void employer_orders(struct request *r)
{
    struct employer_view v;

    if (!employer_open(r, &v)) return;
    struct page_employer_orders p = { .employer = v.employer, .number = (int64_t)v.people.holding };
    struct view_employer_card *cards = ARENA_MANY(r->arena, struct view_employer_card, SHOWN);
    for (size_t i = 0; i < v.people.n && p.cards_count < SHOWN; i++) {
        const struct employee *e = &v.people.at[i];
        bool fine;
        if (!e->orders.n) continue;
        const struct sql_employer_notice_list_row *said = employer_last_said(r, &v, e, &fine);
        if (!fine) return;
        struct pairs pairs     = pairs_of(r, e);
        cards[p.cards_count++] = (struct view_employer_card){
            .name        = e->name,
            .link        = employer_path(r, e),
            .pairs       = pairs.at,
            .pairs_count = pairs.n,
            .said        = said ? employer_said_words(r, said) : "",
        };
    }
    p.cards = cards;
    p.left  = p.number - p.cards_count;
    page_employer_orders(&r->out, frame_of(r), &p);
}

/* --- a pay-day --- */

static struct view_step_row *steps_of(struct request *r, const struct employee *e,
                                      const struct deduction_steps *s, int32_t *n)
{
    struct view_step_row *rows = ARENA_MANY(r->arena, struct view_step_row, s->n + 1);

    for (size_t i = 0; i < s->n; i++) {
        char *words = arena_text(r->arena, s->at[i].words, strlen(s->at[i].words));
        if (*words >= 'a' && *words <= 'z') *words = (char)(*words - 'a' + 'A');
        rows[i] = (struct view_step_row){ .rule   = rule_table[s->at[i].rule].name,
                                          .cite   = rule_cite(s->at[i].rule, e->place),
                                          .label  = words,
                                          .amount = case_pounds(r->arena, s->at[i].amount) };
    }
    *n = (int32_t)s->n;
    return rows;
}

static void pay_fill(struct request *r, const struct employee *e, struct page_employer_employee *p)
{
    const struct form *f    = &r->form;
    struct employee_pay pay = { .pay    = { .periods = 1 },
                                .period = employee_period(e),
                                .charge = form_ticked(f, FORM_EMPLOYER_PAY_CHARGE, "yes") };
    struct earnings_order o[EMPLOYEE_ORDERS];
    struct deduction d[EMPLOYEE_ORDERS];
    money sum = MONEY_NONE;

    plan_interval_find(form_text(f, FORM_EMPLOYER_PAY_PERIOD), &pay.period);
    p->periods_list = case_period_options(r, interval_names[pay.period], &p->periods_list_count);
    if (f->errors || !form_has(f, FORM_EMPLOYER_PAY_NET)) return;
    pay.pay.net = form_money(f, FORM_EMPLOYER_PAY_NET);
    if (form_has(f, FORM_EMPLOYER_PAY_PERIODS))
        pay.pay.periods = (int32_t)form_count(f, FORM_EMPLOYER_PAY_PERIODS);
    size_t n                        = employee_deduct(e, &pay, o, d);
    struct view_employer_steps *day = ARENA_MANY(r->arena, struct view_employer_steps, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct deduction_steps steps = deduction_steps_pay_day(pay.pay, &o[i], &d[i]);
        day[i].caption =
            arena_print(r->arena, SAY("Order made %s"), case_day_words(r->arena, o[i].made));
        day[i].steps = steps_of(r, e, &steps, &day[i].steps_count);
        sum          = money_add(sum, d[i].taken);
    }
    p->days       = day;
    p->days_count = (int32_t)n;
    p->total      = arena_print(r->arena, SAY("Deduct %s from %s net"), case_pounds(r->arena, sum),
                                case_pounds(r->arena, pay.pay.net));
}

void employer_employee(struct request *r)
{
    struct employer_view v;
    const struct employee *e = employer_open_employee(r, &v);
    bool fine;

    if (!e) return;
    const struct sql_employer_notice_list_row *said = employer_last_said(r, &v, e, &fine);
    if (!fine) return;
    struct pairs pairs              = pairs_of(r, e);
    struct page_employer_employee p = {
        .employer    = v.employer,
        .name        = e->name,
        .path        = employer_path(r, e),
        .said        = said ? employer_said_words(r, said) : "",
        .pairs       = pairs.at,
        .pairs_count = pairs.n,
        .net         = form_view(&r->form, FORM_EMPLOYER_PAY_NET),
        .period      = form_view(&r->form, FORM_EMPLOYER_PAY_PERIOD),
        .periods     = form_view(&r->form, FORM_EMPLOYER_PAY_PERIODS),
        .charge      = form_view(&r->form, FORM_EMPLOYER_PAY_CHARGE),
        .total       = "",
    };
    pay_fill(r, e, &p);
    frame_of(r)->back = "/employer/orders";
    page_employer_employee(&r->out, frame_with_form(r), &p);
}
