/* order.c: the terms of orders to employers. */
#include "app/order.h"

#include "app/account.h"
#include "app/letter.h"
#include "app/notice.h"
#include "ledger/fee.h"

#include <stdlib.h>
#include <string.h>

enum { REFERENCE = 12 };

/* --- words --- */

static const struct {
    int32_t year;
    const char *name;
} schemes[SCHEMES] = {
    [SCHEME_1993] = { 1993, "1993" },
    [SCHEME_2003] = { 2003, "2003" },
    [SCHEME_2012] = { 2012, "2012" },
};

bool order_scheme_find(const char *year, enum order_scheme *scheme)
{
    for (enum order_scheme s = 0; s < SCHEMES; s++)
        if (!strcmp(schemes[s].name, year)) {
            *scheme = s;
            return true;
        }
    return false;
}

static enum order_scheme scheme_of(int64_t year)
{
    return year == schemes[SCHEME_1993].year   ? SCHEME_1993
           : year == schemes[SCHEME_2003].year ? SCHEME_2003
                                               : SCHEME_2012;
}

static const char *text_or(const char *text)
{
    return text ? text : "";
}

const struct law *order_law(const struct group *g, date day)
{
    enum jurisdiction place = g->arrangement_count
                                  ? (enum jurisdiction)g->arrangements[0].jurisdiction
                                  : JURISDICTION_GREAT_BRITAIN;
    return law_at(place, date_max(day, law_scheme.opens));
}

/* --- reading --- */

bool order_history(const struct setting *s, int64_t pp, int64_t known,
                   struct sql_earnings_order_list_row **rows, size_t *n, struct fail *fail)
{
    struct sql_earnings_order_list_in in = { .pps = { &pp, 1 }, .known = known };
    return sql_earnings_order_list(s->store, &in, s->arena, rows, n, fail);
}

static int by_made(const void *a, const void *b)
{
    const struct order *x = a, *y = b;

    if (!date_same(x->row->made, y->row->made))
        return date_before(x->row->made, y->row->made) ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static struct order order_of(const struct sql_earnings_order_list_row *row, const struct law *law)
{
    struct order o = {
        .row    = row,
        .number = row->id,
        .scheme = scheme_of(row->scheme),
        .forces = !strcmp(row->kind, "request"),
        .parts  = { row->maintenance, row->fee, row->arrears, row->fees },
        .period = PLAN_WEEKLY,
    };
    o.rates = earnings_rates(law, earnings_weekly(&o.parts));
    plan_interval_find(row->period, &o.period);
    return o;
}

/* Rows come by order, then day, then event: of one order the last that has begun holds. */
struct order_list order_list_of(const struct group *g,
                                const struct sql_earnings_order_list_row *rows, size_t n, date day,
                                struct arena *arena)
{
    struct order_list l = { .at = ARENA_MANY(arena, struct order, n + 1) };

    for (size_t i = 0; i < n; i++) {
        const struct sql_earnings_order_list_row *row = &rows[i];
        if (date_before(day, row->starts)) continue;
        if (l.n && l.at[l.n - 1].number == row->id) l.n--;
        l.at[l.n++] = order_of(row, order_law(g, day));
    }
    size_t kept = 0;
    for (size_t i = 0; i < l.n; i++)
        if (!l.at[i].row->ended) l.at[kept++] = l.at[i];
    l.n = kept;
    if (l.n) qsort(l.at, l.n, sizeof *l.at, by_made);
    return l;
}

bool order_read(const struct setting *s, const struct group *g, date day, struct order_list *l,
                struct fail *fail)
{
    struct sql_earnings_order_list_row *rows;
    size_t n;

    if (!order_history(s, g->pp, g->known, &rows, &n, fail)) return false;
    *l = order_list_of(g, rows, n, day, s->arena);
    return true;
}

const struct order *order_find(const struct order_list *l, int64_t number)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->at[i].number == number) return &l->at[i];
    return NULL;
}

struct earnings_order order_earnings(const struct order *o, enum plan_interval period,
                                     const struct law *law)
{
    struct earnings_order e = {
        .kind   = o->scheme == SCHEME_1993 ? ORDER_FIXED : ORDER_PROPORTION,
        .scheme = o->scheme,
        .made   = o->row->made,
        .normal = o->rates.of[period],
    };
    if (e.kind == ORDER_FIXED) e.protect = earnings_rates(law, o->row->protect).of[period];
    return e;
}

/* --- what there is to take --- */

struct rate_parts order_due(const struct group *g, date day)
{
    const struct sql_decision_list_row *d = group_decision_at(g, day);
    struct rate_parts due                 = { MONEY_NONE, MONEY_NONE, MONEY_NONE, MONEY_NONE };

    for (size_t i = 0; d && i < g->arrangement_count; i++) {
        const struct sql_arrangement_list_row *a = &g->arrangements[i];
        money weekly                             = group_award(g, d->id, a->id);
        if (group_service(g, a->id, day) != SERVICE_COLLECT_AND_PAY) continue;
        ratio rate      = order_law(g, day)->collection_fee_payer;
        due.maintenance = money_add(due.maintenance, weekly);
        due.fee         = money_add(due.fee, fee_payer(weekly, rate));
    }
    return due;
}

struct rate_parts order_untaken(const struct group *g, const struct order_list *l, int64_t except,
                                date day)
{
    struct rate_parts rest = order_due(g, day);

    for (size_t i = 0; i < l->n; i++) {
        if (l->at[i].number == except) continue;
        rest.maintenance = money_subtract(rest.maintenance, l->at[i].parts.maintenance);
        rest.fee         = money_subtract(rest.fee, l->at[i].parts.fee);
    }
    rest.maintenance = money_max(rest.maintenance, MONEY_NONE);
    rest.fee         = money_max(rest.fee, MONEY_NONE);
    return rest;
}

/* What is owed for the past: of maintenance, or under an earlier scheme. */
static money arrears_of(const struct group *g, enum order_scheme scheme, date day,
                        struct arena *arena)
{
    struct standing s   = account_standing_of(g, day, day, arena);
    const money *amount = s.balances.group.account;

    if (scheme == SCHEME_2012) return amount[ACCOUNT_MAINTENANCE];
    return money_add(amount[ACCOUNT_LEGACY], amount[ACCOUNT_LEGACY_STATE]);
}

static money fees_of(const struct group *g, date day, struct arena *arena)
{
    struct standing s   = account_standing_of(g, day, day, arena);
    const money *amount = s.balances.group.account;

    return money_add(amount[ACCOUNT_PP_FEE], amount[ACCOUNT_ENFORCEMENT_FEE]);
}

const char *order_review(const struct group *g, const struct order_list *l, date day,
                         struct arena *arena)
{
    money due = order_due(g, day).maintenance;
    char was[MONEY_TEXT], is[MONEY_TEXT];

    for (size_t i = 0; i < l->n; i++) {
        const struct order *o = &l->at[i];
        if (o->parts.maintenance.p > 0 && o->row->due.p != due.p)
            return arena_print(arena, "Order %lld was set when %s a week was due; now %s is.",
                               (long long)o->number, money_pounds(o->row->due, was),
                               money_pounds(due, is));
        if (o->parts.arrears.p > 0 && arrears_of(g, o->scheme, day, arena).p <= 0)
            return arena_print(arena, "Order %lld takes arrears, and there are none any more.",
                               (long long)o->number);
        if (o->parts.fees.p > 0 && fees_of(g, day, arena).p <= 0)
            return arena_print(arena, "Order %lld takes fees, and none are owed any more.",
                               (long long)o->number);
    }
    return NULL;
}

/* --- setting --- */

struct order_work {
    struct verb v;
    struct group g;
    struct order_list before; /* that hold on the day the new terms begin */
    const struct order_terms *terms;
    struct order_terms whole; /* with what a change leaves as it was */
    const struct order *was;  /* the order that is changed; NULL: a new one */
    struct sql_earnings_order_insert_in in;
};

static bool digits_are(const char *text)
{
    return strlen(text) == REFERENCE && strspn(text, "0123456789") == REFERENCE;
}

static bool who_check(const struct order_terms *t, struct fail *f)
{
    const char *employer = text_or(t->employer), *employee = text_or(t->employee);

    if (!digits_are(employer) || employer[0] != '5' || (employer[1] != '0' && employer[1] != '1'))
        return REFUSE(f, "employer_wrong",
                      "An employer's reference has twelve digits and begins with 50, an agent's "
                      "with 51."),
               fail_field(f, "employer");
    if (*employee && !digits_are(employee))
        return REFUSE(f, "employee_wrong", "An employee's reference has twelve digits."),
               fail_field(f, "employee");
    return true;
}

static bool day_check(const struct order_work *w, struct fail *f)
{
    const struct order_terms *t = w->terms;

    if (date_before(t->from, law_scheme.opens))
        return REFUSE(f, "day_too_early", "That day is before the scheme opened."),
               fail_field(f, "from");
    if (w->was && date_before(t->from, w->was->row->starts))
        return REFUSE(f, "day_too_early",
                      "The terms that are to be changed begin later than that day."),
               fail_field(f, "from");
    if (!t->ends && date_before(t->from, t->made))
        return REFUSE(f, "made_later", "An order deducts nothing before the day it is made."),
               fail_field(f, "made");
    return true;
}

static bool amounts_check(struct order_work *w, struct fail *f)
{
    const struct order_terms *t = w->terms;
    struct rate_parts rest      = order_untaken(&w->g, &w->before, t->number, t->from);
    char most[MONEY_TEXT];

    if (t->maintenance.p < 0 || t->arrears.p < 0 || t->fees.p < 0 || t->protect.p < 0)
        return REFUSE(f, "amount_wrong", "An amount cannot be below zero."),
               fail_field(f, "maintenance");
    if (t->scheme != SCHEME_2012 && t->is_part && t->maintenance.p > 0)
        return REFUSE(f, "earlier_scheme",
                      "An order of an earlier scheme takes arrears of that scheme alone (B-231)."),
               fail_field(f, "maintenance");
    if (t->is_part && t->maintenance.p > rest.maintenance.p)
        return REFUSE(f, "beyond_due",
                      "Of the maintenance due on that day no order takes %s a week yet; no more "
                      "can be asked for.",
                      money_pounds(rest.maintenance, most)),
               fail_field(f, "maintenance");
    if (t->scheme == SCHEME_1993 && t->protect.p == 0)
        return REFUSE(f, "protect_missing",
                      "An order of the 1993 scheme protects a fixed amount: say how much a week."),
               fail_field(f, "protect");
    return true;
}

static bool debts_check(const struct order_work *w, struct fail *f)
{
    const struct order_terms *t = w->terms;

    if (t->arrears.p > 0 && arrears_of(&w->g, t->scheme, w->v.today, w->v.arena).p <= 0)
        return REFUSE(f, "no_arrears", "No arrears of that scheme are owed today."),
               fail_field(f, "arrears");
    if (t->fees.p > 0 && fees_of(&w->g, w->v.today, w->v.arena).p <= 0)
        return REFUSE(f, "no_fees", "No fees are owed today."), fail_field(f, "fees");
    return true;
}

/* Maintenance and its fee: all that no order takes, or the part that was named. */
static void ongoing_fill(struct order_work *w)
{
    const struct order_terms *t = w->terms;
    struct rate_parts rest      = order_untaken(&w->g, &w->before, t->number, t->from);

    if (t->scheme != SCHEME_2012) return;
    w->in.maintenance = t->is_part ? t->maintenance : rest.maintenance;
    w->in.fee         = t->is_part && t->maintenance.p < rest.maintenance.p
                            ? fee_payer(t->maintenance, order_law(&w->g, t->from)->collection_fee_payer)
                            : rest.fee;
}

static bool terms_fill(struct order_work *w, struct fail *f)
{
    static const char *const periods[PLAN_INTERVALS] = { "weekly", "two_weekly", "four_weekly",
                                                         "monthly" };
    const struct order_terms *t                      = w->terms;

    w->in.kind     = t->forces ? "request" : "order";
    w->in.scheme   = schemes[t->scheme].year;
    w->in.employer = t->employer;
    w->in.employee = text_or(t->employee);
    w->in.made     = t->made;
    w->in.due      = order_due(&w->g, t->from).maintenance;
    w->in.arrears  = t->arrears;
    w->in.fees     = t->fees;
    w->in.protect  = t->scheme == SCHEME_1993 ? t->protect : MONEY_NONE;
    w->in.period   = periods[t->period];
    ongoing_fill(w);
    if (money_add(money_add(w->in.maintenance, w->in.arrears), w->in.fees).p > 0) return true;
    return REFUSE(f, "nothing_asked",
                  "That order would take nothing: no maintenance is left to take on that day, and "
                  "no arrears or fees are set to be paid."),
           fail_field(f, "arrears");
}

/* An order that ends keeps its terms; they count no more. */
static void end_fill(struct order_work *w)
{
    const struct sql_earnings_order_list_row *r = w->was->row;

    w->in.kind     = r->kind;
    w->in.scheme   = r->scheme;
    w->in.employer = r->employer;
    w->in.employee = r->employee;
    w->in.made     = r->made;
    w->in.period   = r->period;
    w->in.ended    = true;
}

static void about_write(struct order_work *w)
{
    struct rate_parts p = { w->in.maintenance, w->in.fee, w->in.arrears, w->in.fees };
    struct out *o       = &w->v.about;

    out_print(o, "%s %lld to an employer %s ", w->terms->forces ? "Request" : "Order",
              (long long)w->in.id,
              w->in.ended ? "ends on"
              : w->was    ? "changed from"
                          : "set from");
    out_date(o, w->in.starts);
    if (!w->in.ended) {
        out_text(o, ": ");
        out_money(o, earnings_weekly(&p));
        out_text(o, " a week");
    }
    out_print(o, " (%s)", w->in.reason);
}

/* The demand guard stands before an order that is new or takes more than before (B-701). */
static bool guard_check(struct order_work *w, struct fail *f)
{
    struct rate_parts p = { w->in.maintenance, w->in.fee, w->in.arrears, w->in.fees };
    money debts = money_add(p.arrears, p.fees), before = MONEY_NONE;
    bool more = !w->was || earnings_weekly(&p).p > earnings_weekly(&w->was->parts).p;

    if (w->was) before = money_add(w->was->parts.arrears, w->was->parts.fees);
    return !more || letter_guard_order(&w->v, &w->g, debts.p > before.p, f);
}

static bool order_check(struct order_work *w, struct fail *f)
{
    const struct order_terms *t = w->terms;

    if (w->g.arrangement_count == 0)
        return REFUSE(f, "no_case", "That person pays no child maintenance here.");
    if (!*text_or(t->reason))
        return REFUSE(f, "reason_missing", "Say why, in a sentence both parents may read."),
               fail_field(f, "reason");
    if (t->number && !w->was)
        return REFUSE(f, "no_such_order", "No order of that number holds on that day.");
    if (t->ends && !t->number) return REFUSE(f, "no_such_order", "Say which order ends.");
    if (!day_check(w, f)) return false;
    if (t->ends) return true;
    return who_check(t, f) && amounts_check(w, f) && debts_check(w, f);
}

/* The number after the last. */
static bool number_next(const struct setting *s, int64_t pp, int64_t *number, struct fail *fail)
{
    struct sql_earnings_order_list_row *rows;
    size_t n;

    if (!order_history(s, pp, KNOWN_NOW, &rows, &n, fail)) return false;
    *number = n ? rows[n - 1].id + 1 : 1;
    return true;
}

/* An order stays one order: to that employer, of that day and scheme. */
static void whole_fill(struct order_work *w)
{
    const struct sql_earnings_order_list_row *r = w->was->row;

    w->whole          = *w->terms;
    w->whole.employer = r->employer;
    w->whole.made     = r->made;
    w->whole.scheme   = w->was->scheme;
    w->whole.forces   = w->was->forces;
    if (!*text_or(w->whole.employee)) w->whole.employee = r->employee;
    w->terms = &w->whole;
}

static bool order_open(const struct setting *s, int64_t pp, const char *key, struct order_work *w,
                       struct fail *fail)
{
    bool done;

    if (!verb_open(s, pp, "earnings_order", key, &w->v, &done, fail) ||
        !group_load(s->store, s->arena, pp, w->v.seq, &w->g, fail) ||
        !order_read(s, &w->g, w->terms->from, &w->before, fail))
        return false;
    w->was = order_find(&w->before, w->terms->number);
    if (w->was) whole_fill(w);
    return !done || REFUSE(fail, "done_before", "That was done before.");
}

bool order_set(const struct setting *s, int64_t pp, const struct order_terms *t, const char *key,
               int64_t *number, struct fail *fail)
{
    struct order_work w = { .terms = t };

    if (!order_open(s, pp, key, &w, fail) || !order_check(&w, fail)) return false;
    *number = t->number;
    if (!*number && !number_next(s, pp, number, fail)) return false;
    w.in = (struct sql_earnings_order_insert_in){
        .pp = pp, .event = w.v.seq, .id = *number, .starts = t->from, .reason = t->reason
    };
    if (t->ends)
        end_fill(&w);
    else if (!terms_fill(&w, fail) || !guard_check(&w, fail) ||
             !welfare_record(&w.v, &t->welfare, fail))
        return false;
    about_write(&w);
    return sql_earnings_order_insert(s->store, &w.in, fail) &&
           notice_order(&w.v, &w.g, &w.in, w.was == NULL, fail) && verb_close(&w.v, fail);
}
