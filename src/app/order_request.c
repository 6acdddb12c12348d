/* order_request.c: what benefit offices are asked for. */
#include "app/order.h"

#include "app/account.h"
#include "app/letter.h"

#include <string.h>

const char *request_purpose_name(enum benefit_purpose purpose)
{
    return purpose == PURPOSE_MAINTENANCE ? "maintenance" : "arrears";
}

bool request_history(const struct setting *s, int64_t pp, int64_t known,
                     struct sql_benefit_request_list_row **rows, size_t *n, struct fail *fail)
{
    struct sql_benefit_request_list_in in = { .pps = { &pp, 1 }, .known = known };
    return sql_benefit_request_list(s->store, &in, s->arena, rows, n, fail);
}

/* Rows come in the order they hold: the last that has begun does. */
struct request_now request_of(const struct sql_benefit_request_list_row *rows, size_t n, date day)
{
    struct request_now now = { .row = NULL };

    for (size_t i = 0; i < n && !date_before(day, rows[i].starts); i++)
        now.row = rows[i].ended ? NULL : &rows[i];
    if (!now.row) return now;
    benefit_find(now.row->benefit, &now.benefit);
    now.request = (struct benefit_request){
        .purpose = strcmp(now.row->purpose, "arrears") ? PURPOSE_MAINTENANCE : PURPOSE_ARREARS,
        .week    = now.row->week,
        .fee     = now.row->fee,
        .amount  = now.row->amount,
    };
    return now;
}

bool request_read(const struct setting *s, int64_t pp, int64_t known, date day,
                  struct request_now *now, struct fail *fail)
{
    struct sql_benefit_request_list_row *rows;
    size_t n;

    *now = (struct request_now){ .row = NULL };
    if (!request_history(s, pp, known, &rows, &n, fail)) return false;
    *now = request_of(rows, n, day);
    return true;
}

/* --- setting --- */

/* What the record says of the case the law asks about (B-401, B-404, B-408). */
static struct benefit_case case_of(const struct group *g, const struct request_terms *t)
{
    const struct sql_decision_list_row *d = group_decision_at(g, t->from);

    return (struct benefit_case){
        .benefit     = t->benefit,
        .maintenance = t->purpose == PURPOSE_MAINTENANCE,
        .arrears     = t->purpose == PURPOSE_ARREARS,
        .liable      = d && d->weekly.p > 0,
        .flat_rate   = d && !strcmp(d->rate, "flat"),
        .half        = group_fact(g, FACT_PARTNER_ALSO_LIABLE, 0, t->from) != NULL,
        .earnings    = t->earnings,
    };
}

static bool request_check(const struct verb *v, const struct group *g,
                          const struct request_terms *t, const struct request_now *was,
                          struct fail *f)
{
    struct standing s = account_standing_of(g, v->today, v->today, v->arena);

    if (g->arrangement_count == 0)
        return REFUSE(f, "no_case", "That person pays no child maintenance here.");
    if (!t->reason || !*t->reason)
        return REFUSE(f, "reason_missing", "Say why, in a sentence both parents may read."),
               fail_field(f, "reason");
    if (date_before(t->from, law_scheme.opens))
        return REFUSE(f, "day_too_early", "That day is before the scheme opened."),
               fail_field(f, "from");
    if (t->ends && !was->row)
        return REFUSE(f, "no_such_request", "Nothing is asked of a benefit office on that day.");
    if (!t->ends && t->purpose == PURPOSE_ARREARS && s.owed.p <= 0)
        return REFUSE(f, "no_arrears", "Nothing is owed today."), fail_field(f, "purpose");
    return true;
}

static void about_write(struct verb *v, const struct sql_benefit_request_insert_in *in)
{
    struct out *o = &v->about;

    if (in->ended)
        out_print(o, "Nothing more is asked of the benefit office (%s) from ", in->benefit);
    else {
        out_print(o, "Benefit office asked for %s from %s: ", in->purpose, in->benefit);
        out_money(o, in->week);
        out_text(o, " a week, from ");
    }
    out_date(o, in->starts);
    out_print(o, " (%s)", in->reason);
}

static bool terms_fill(struct verb *v, const struct group *g, const struct request_terms *t,
                       struct sql_benefit_request_insert_in *in, struct fail *fail)
{
    struct benefit_case c = case_of(g, t);
    struct benefit_request r;

    if (!benefit_ask(order_law(g, t->from), &c, &r, fail) ||
        !letter_guard_order(v, g, t->purpose == PURPOSE_ARREARS, fail) ||
        !welfare_record(v, &t->welfare, fail))
        return false;
    in->benefit = benefit_name(t->benefit);
    in->purpose = request_purpose_name(t->purpose);
    in->week    = r.week;
    in->fee     = r.fee;
    in->amount  = r.amount;
    return true;
}

bool request_set(const struct setting *s, int64_t pp, const struct request_terms *t,
                 const char *key, struct fail *fail)
{
    struct verb v;
    struct group g;
    struct request_now was;
    bool done;

    if (!verb_open(s, pp, "benefit_request", key, &v, &done, fail) ||
        !group_load(s->store, s->arena, pp, v.seq, &g, fail) ||
        !request_read(s, pp, v.seq, t->from, &was, fail))
        return false;
    if (done) return REFUSE(fail, "done_before", "That was done before.");
    if (!request_check(&v, &g, t, &was, fail)) return false;
    struct sql_benefit_request_insert_in in = {
        .pp = pp, .event = v.seq, .starts = t->from, .ended = t->ends, .reason = t->reason
    };
    if (t->ends) {
        in.benefit = was.row->benefit;
        in.purpose = was.row->purpose;
    } else if (!terms_fill(&v, &g, t, &in, fail))
        return false;
    about_write(&v, &in);
    return sql_benefit_request_insert(s->store, &in, fail) && verb_close(&v, fail);
}
