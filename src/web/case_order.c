/* case_order.c: setting, changing and ending what an employer is to deduct. */
#include "app/employer_people.h"
#include "web/case.h"
#include "web/case_deduction.h"

#include <string.h>

/* "new" is 0; else the order's number. */
static int64_t number_of(const struct request *r)
{
    return case_number(r->params[1]);
}

static bool is_end(const struct request *r)
{
    return r->params[2] && !strcmp(r->params[2], "end");
}

static const char *title_of(struct request *r)
{
    int64_t number = number_of(r);

    if (!number) return "Set what an employer is to deduct";
    return arena_print(r->arena, is_end(r) ? "End order %lld" : "Change order %lld",
                       (long long)number);
}

static const char *path_of(struct request *r)
{
    return arena_print(r->arena, "order/%s%s", r->params[1], is_end(r) ? "/end" : "");
}

static struct view_option *schemes_of(struct request *r, int32_t *n)
{
    static const char *const words[][2] = { { "2012", "Maintenance and its arrears, 2012 scheme" },
                                            { "2003", "Arrears of the 2003 scheme" },
                                            { "1993", "Arrears of the 1993 scheme" } };
    *n                                  = sizeof words / sizeof *words;
    return case_options(r, words, *n, form_text(&r->form, FORM_CASE_ORDER_SCHEME));
}

/* "Leave it empty for all ...: £84.00." */
static const char *most_words(struct request *r, const struct case_view *v)
{
    struct setting s = case_setting(r);
    struct order_list l;
    struct fail f = { 0 };
    date day = form_has(&r->form, FORM_CASE_ORDER_FROM) ? form_date(&r->form, FORM_CASE_ORDER_FROM)
                                                        : r->today;

    if (!order_read(&s, &v->g, day, &l, &f)) return "";
    return arena_print(
        r->arena, "Without its fee. Leave it empty for all that no order takes yet, %s from %s",
        case_pounds(r->arena, order_untaken(&v->g, &l, number_of(r), day).maintenance),
        case_day_words(r->arena, day));
}

static void order_show(struct request *r, struct case_view *v)
{
    const struct form *f     = &r->form;
    struct page_case_order p = {
        .c           = v->family,
        .title       = title_of(r),
        .action      = arena_print(r->arena, "/case/%lld/%s", (long long)v->g.pp, path_of(r)),
        .is_new      = number_of(r) == 0,
        .ends        = is_end(r),
        .now         = case_debit_beside(r, v->g.pp, "order", is_end(r)),
        .employer    = form_view(f, FORM_CASE_ORDER_EMPLOYER),
        .employee    = form_view(f, FORM_CASE_ORDER_EMPLOYEE),
        .kind        = form_view(f, FORM_CASE_ORDER_KIND),
        .scheme      = form_view(f, FORM_CASE_ORDER_SCHEME),
        .made        = form_view(f, FORM_CASE_ORDER_MADE),
        .from        = form_view(f, FORM_CASE_ORDER_FROM),
        .period      = form_view(f, FORM_CASE_ORDER_PERIOD),
        .maintenance = form_view(f, FORM_CASE_ORDER_MAINTENANCE),
        .most        = most_words(r, v),
        .arrears     = form_view(f, FORM_CASE_ORDER_ARREARS),
        .fees        = form_view(f, FORM_CASE_ORDER_FEES),
        .protect     = form_view(f, FORM_CASE_ORDER_PROTECT),
        .reason      = form_view(f, FORM_CASE_ORDER_REASON),
        .children    = form_view(f, FORM_CASE_ORDER_CHILDREN),
        .known       = form_view(f, FORM_CASE_ORDER_KNOWN),
        .reasoning   = form_view(f, FORM_CASE_ORDER_REASONING),
    };

    p.schemes = schemes_of(r, &p.schemes_count);
    p.periods = case_period_options(r, form_text(f, FORM_CASE_ORDER_PERIOD), &p.periods_count);
    page_case_order(&r->out, frame_with_form(r), &p);
}

/* The form of an order that holds, with what it is now. */
static void order_put(struct request *r, const struct order *o)
{
    struct form *f = &r->form;

    form_put_text(f, FORM_CASE_ORDER_EMPLOYEE, o->row->employee);
    form_put_text(f, FORM_CASE_ORDER_PERIOD, o->row->period);
    if (o->parts.arrears.p) form_put_money(f, FORM_CASE_ORDER_ARREARS, o->parts.arrears);
    if (o->parts.fees.p) form_put_money(f, FORM_CASE_ORDER_FEES, o->parts.fees);
}

void case_order(struct request *r)
{
    struct case_view v;
    struct setting s = case_setting(r);
    struct order_list l;
    struct fail f  = { 0 };
    int64_t number = number_of(r);

    if (!case_open(r, &v)) return;
    if (!order_read(&s, &v.g, r->today, &l, &f)) {
        respond_fail(r, &f);
        return;
    }
    const struct order *o = number ? order_find(&l, number) : NULL;
    if ((number && !o) || (!number && strcmp(r->params[1], "new"))) {
        respond_missing(r);
        return;
    }
    form_new(&r->form, r->arena, &form_case_order);
    form_put_text(&r->form, FORM_CASE_ORDER_KIND, "order");
    form_put_text(&r->form, FORM_CASE_ORDER_SCHEME, "2012");
    form_put_text(&r->form, FORM_CASE_ORDER_CHILDREN, case_children_all(&v.g, r->today, r->arena));
    form_put_date(&r->form, FORM_CASE_ORDER_MADE, r->today);
    form_put_date(&r->form, FORM_CASE_ORDER_FROM, r->today);
    if (o) order_put(r, o);
    order_show(r, &v);
}

/* --- doing it --- */

static money money_or_none(const struct request *r, int field)
{
    return form_has(&r->form, field) ? form_money(&r->form, field) : MONEY_NONE;
}

static bool order_run(struct request *r, struct case_view *v, struct fail *fail)
{
    const struct form *f = &r->form;
    struct setting s     = case_setting(r);
    struct order_terms t = {
        .number      = number_of(r),
        .ends        = is_end(r),
        .forces      = form_is(f, FORM_CASE_ORDER_KIND, "request"),
        .scheme      = SCHEME_2012,
        .employer    = form_text(f, FORM_CASE_ORDER_EMPLOYER),
        .employee    = form_text(f, FORM_CASE_ORDER_EMPLOYEE),
        .from        = form_date(f, FORM_CASE_ORDER_FROM),
        .is_part     = form_has(f, FORM_CASE_ORDER_MAINTENANCE),
        .maintenance = money_or_none(r, FORM_CASE_ORDER_MAINTENANCE),
        .arrears     = money_or_none(r, FORM_CASE_ORDER_ARREARS),
        .fees        = money_or_none(r, FORM_CASE_ORDER_FEES),
        .protect     = money_or_none(r, FORM_CASE_ORDER_PROTECT),
        .reason      = form_text(f, FORM_CASE_ORDER_REASON),
        .welfare = { form_text(f, FORM_CASE_ORDER_CHILDREN), form_text(f, FORM_CASE_ORDER_KNOWN),
                     form_text(f, FORM_CASE_ORDER_REASONING) },
    };
    int64_t number;

    t.made = form_has(f, FORM_CASE_ORDER_MADE) ? form_date(f, FORM_CASE_ORDER_MADE) : t.from;
    order_scheme_find(form_text(f, FORM_CASE_ORDER_SCHEME), &t.scheme);
    plan_interval_find(form_text(f, FORM_CASE_ORDER_PERIOD), &t.period);
    return order_set(&s, v->g.pp, &t, NULL, &number, fail);
}

static int field_of(const struct fail *f)
{
    static const struct case_field fields[] = {
        { "employer", FORM_CASE_ORDER_EMPLOYER },
        { "employee", FORM_CASE_ORDER_EMPLOYEE },
        { "from", FORM_CASE_ORDER_FROM },
        { "made", FORM_CASE_ORDER_MADE },
        { "maintenance", FORM_CASE_ORDER_MAINTENANCE },
        { "arrears", FORM_CASE_ORDER_ARREARS },
        { "fees", FORM_CASE_ORDER_FEES },
        { "protect", FORM_CASE_ORDER_PROTECT },
    };

    if (!strcmp(f->code, "welfare_missing")) return FORM_CASE_ORDER_CHILDREN;
    return case_field_find(fields, sizeof fields / sizeof *fields, f->field,
                           FORM_CASE_ORDER_REASON);
}

/* What an order takes a week, by number; "nothing" when none of that number holds. */
static const char *weekly_words(struct request *r, const struct order_list *l, int64_t number)
{
    const struct order *o = order_find(l, number);
    return o ? arena_print(r->arena, "%s a week", case_pounds(r->arena, earnings_weekly(&o->parts)))
             : "nothing";
}

/* The order the verb wrote: the changed one, or the newest. */
static int64_t number_written(const struct request *r, const struct order_list *l)
{
    int64_t number = number_of(r);

    for (size_t i = 0; !number_of(r) && i < l->n; i++)
        if (l->at[i].number > number) number = l->at[i].number;
    return number;
}

static void order_preview(struct request *r, struct case_view *before)
{
    struct setting s  = case_setting(r);
    struct group then = before->g;
    struct case_view after;
    struct order_list was, is;
    struct fail f = { 0 };
    date from     = form_date(&r->form, FORM_CASE_ORDER_FROM);

    if (!case_read(r, before->g.pp, &after)) return;
    then.known = (int64_t)before->event_count; /* without what the verb just wrote */
    if (!order_read(&s, &then, from, &was, &f) || !order_read(&s, &after.g, from, &is, &f)) {
        respond_fail(r, &f);
        return;
    }
    int64_t number                 = number_written(r, &is);
    const struct order *o          = order_find(&is, number);
    struct case_deduction_change c = {
        .label    = title_of(r),
        .path     = path_of(r),
        .from     = from,
        .row      = case_change_row(arena_print(r->arena, "Order %lld deducts", (long long)number),
                                    weekly_words(r, &was, number), weekly_words(r, &is, number)),
        .has_card = o != NULL,
    };
    if (o) c.card = case_order_card(r, &after.g, o, from);
    case_deduction_preview(r, before, &c);
}

/* A new order needs a code for its employer. */
static const char *order_done(struct request *r, const struct case_view *v)
{
    struct setting s = case_setting(r);
    struct order_list l;
    struct fail f = { 0 };

    if (number_of(r) || !employee_orders_read(&s, &v->g, &l, &f) || !l.n)
        return "deductions?done=set";
    return arena_print(r->arena, "order/%lld/code", (long long)number_written(r, &l));
}

void case_order_do(struct request *r)
{
    static const struct case_change change = {
        .run     = order_run,
        .show    = order_show,
        .preview = order_preview,
        .done_at = order_done,
        .field   = field_of,
    };
    struct case_view v;

    if (case_open(r, &v)) case_change_do(r, &v, &change);
}
