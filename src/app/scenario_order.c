/* scenario_order.c: what is to be deducted, in a scenario. */
#include "app/employer.h"
#include "app/employer_notice.h"
#include "app/order.h"
#include "app/scenario_play.h"

#include <string.h>

#define DIFFERS(...) FAIL(fail, FAIL_REFUSED, "", __VA_ARGS__)

static const char *given(const struct play_step *s, enum clause c)
{
    return s->clauses[c].given ? s->clauses[c].text : NULL;
}

static bool interval_of(const struct play_step *s, enum plan_interval *interval, struct fail *fail)
{
    const char *text = given(s, CLAUSE_PAYS);

    *interval = PLAN_WEEKLY;
    return !text || plan_interval_find(text, interval) ||
           FAIL(fail, FAIL_INPUT, "interval_wrong",
                "pays weekly, two_weekly, four_weekly or monthly, not \"%s\".", text);
}

static struct welfare welfare_of(const struct play_step *s)
{
    return (struct welfare){ given(s, CLAUSE_CHILDREN), given(s, CLAUSE_EVIDENCE),
                             given(s, CLAUSE_WELFARE) };
}

static bool do_earnings(struct play *p, const struct play_step *s, const char *key,
                        struct fail *fail)
{
    struct setting setting = play_setting(p);
    const char *kind       = given(s, CLAUSE_KIND);
    struct order_terms t   = {
          .number      = s->value ? s->count : 0,
          .ends        = !strcmp(s->word, "end"),
          .forces      = kind && !strcmp(kind, "forces"),
          .scheme      = SCHEME_2012,
          .employer    = given(s, CLAUSE_EMPLOYER),
          .employee    = given(s, CLAUSE_EMPLOYEE),
          .made        = s->clauses[CLAUSE_ON].given ? s->clauses[CLAUSE_ON].day : p->today,
          .from        = s->clauses[CLAUSE_FROM].day,
          .is_part     = s->clauses[CLAUSE_WEEKLY].given,
          .maintenance = s->clauses[CLAUSE_WEEKLY].amount,
          .arrears     = s->clauses[CLAUSE_ARREARS].amount,
          .fees        = s->clauses[CLAUSE_FEES].amount,
          .protect     = s->clauses[CLAUSE_PROTECT].amount,
          .reason      = given(s, CLAUSE_BECAUSE),
          .welfare     = welfare_of(s),
    };
    int64_t number;

    if (kind && !t.forces && !order_scheme_find(kind, &t.scheme))
        return FAIL(fail, FAIL_INPUT, "kind_wrong", "kind 1993, 2003, 2012 or forces, not \"%s\".",
                    kind);
    return interval_of(s, &t.period, fail) && order_set(&setting, p->pp, &t, key, &number, fail);
}

static bool do_benefit(struct play *p, const struct play_step *s, const char *key,
                       struct fail *fail)
{
    struct setting setting = play_setting(p);
    const char *kind = given(s, CLAUSE_KIND), *purpose = given(s, CLAUSE_FOR);
    struct request_terms t = {
        .ends    = !strcmp(s->word, "benefit_end"),
        .purpose = purpose && !strcmp(purpose, "arrears") ? PURPOSE_ARREARS : PURPOSE_MAINTENANCE,
        .from    = s->clauses[CLAUSE_FROM].day,
        .reason  = given(s, CLAUSE_BECAUSE),
        .welfare = welfare_of(s),
    };

    if (!t.ends && (!kind || !benefit_find(kind, &t.benefit)))
        return FAIL(fail, FAIL_INPUT, "kind_wrong",
                    "kind esa, jsa, universal_credit or older_benefit.");
    return request_set(&setting, p->pp, &t, key, fail);
}

static bool employer_says(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct clause_value *on = &s->clauses[CLAUSE_ON];
    struct setting setting        = play_setting(p);
    struct employer_notice n      = { .order        = s->count,
                                      .day          = on->given ? on->day : p->today,
                                      .new_employer = "" };

    return employer_says_find(s->word, &n.what) &&
           employer_notice_record(&setting, p->pp, s->clauses[CLAUSE_OF].text, &n, fail);
}

bool play_order(struct play *p, const struct play_step *s, struct fail *fail)
{
    if (s->kind == STEP_EMPLOYER_SAYS) return employer_says(p, s, fail);
    const char *key = arena_print(&p->step, "play/%s/%zu", p->order.name, p->next + 1);

    return (!strncmp(s->word, "benefit", strlen("benefit")) ? do_benefit : do_earnings)(p, s, key,
                                                                                        fail);
}

/* --- what is expected --- */

static bool same_money(money expected, money found, const char *what, struct fail *fail)
{
    char e[MONEY_TEXT], f[MONEY_TEXT];

    return expected.p == found.p || DIFFERS("expected %s to be %s, but it is %s.", what,
                                            money_text(expected, e), money_text(found, f));
}

struct looked {
    struct group g;
    struct order_list orders;
    date day;
};

static bool look(struct play *p, const struct play_step *s, struct looked *l, struct fail *fail)
{
    struct setting setting = play_setting(p);

    l->day = s->clauses[CLAUSE_ON].given ? s->clauses[CLAUSE_ON].day : p->today;
    return play_group(p, &l->g, fail) && order_read(&setting, &l->g, l->day, &l->orders, fail);
}

static const struct order *order_meant(const struct looked *l, const struct play_step *s)
{
    if (s->clauses[CLAUSE_ORDER].given)
        return order_find(&l->orders, s->clauses[CLAUSE_ORDER].count);
    return l->orders.n ? &l->orders.at[0] : NULL;
}

static bool expect_normal(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct looked l;
    enum plan_interval period;

    if (!look(p, s, &l, fail) || !interval_of(s, &period, fail)) return false;
    const struct order *o = order_meant(&l, s);
    return same_money(s->amount, o ? o->rates.of[period] : MONEY_NONE, "the normal deduction",
                      fail);
}

static bool expect_deduction(struct play *p, const struct play_step *s, struct fail *fail)
{
    enum { MOST = 16 };
    struct earnings_order e[MOST];
    struct deduction d[MOST] = { 0 };
    struct looked l;
    enum plan_interval period;
    size_t n = 0, which = MOST;

    if (!look(p, s, &l, fail) || !interval_of(s, &period, fail)) return false;
    const struct order *o = order_meant(&l, s);
    const struct law *law = order_law(&l.g, l.day);
    for (size_t i = 0; o && i < l.orders.n && n < MOST; i++) {
        if (strcmp(l.orders.at[i].row->employer, o->row->employer)) continue;
        if (&l.orders.at[i] == o) which = n;
        e[n++] = order_earnings(&l.orders.at[i], period, law);
    }
    if (which == MOST) return DIFFERS("no such order holds on that day.");
    struct earnings_pay pay = { s->clauses[CLAUSE_NET].amount,
                                s->clauses[CLAUSE_PERIODS].given ? s->clauses[CLAUSE_PERIODS].count
                                                                 : 1 };
    earnings_deduct(law, pay, e, n, d);
    return same_money(s->amount, d[which].taken, "the deduction", fail);
}

static bool expect_request(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct setting setting = play_setting(p);
    struct looked l;
    struct request_now now;

    return look(p, s, &l, fail) && request_read(&setting, p->pp, l.g.known, l.day, &now, fail) &&
           same_money(s->amount, now.row ? now.request.amount : MONEY_NONE, "what is asked for",
                      fail);
}

static bool expect_review(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct looked l;

    if (!look(p, s, &l, fail)) return false;
    const char *why = order_review(&l.g, &l.orders, l.day, &p->step);
    if (!strcmp(s->value, "none")) return !why || DIFFERS("no review was expected, but: %s", why);
    return (why && strstr(why, s->value)) || DIFFERS("the review says: %s", why ? why : "nothing");
}

static bool expect_employer(struct play *p, const struct play_step *s, struct fail *fail)
{
    static const char *const states[EMPLOYER_STATES] = { "waiting", "late", "silent" };
    enum { MONTHS = 12 };
    struct setting setting = play_setting(p);
    const char *who        = s->clauses[CLAUSE_OF].text;
    struct employer_list l;
    money sum = MONEY_NONE;

    if (!employer_read(&setting, MONTHS, &l, fail)) return false;
    for (size_t i = 0; i < l.n; i++)
        if (!strcmp(states[l.at[i].state], s->word) && !strcmp(l.at[i].sender, who))
            sum = money_add(sum, l.at[i].amount);
    return same_money(s->amount, sum, "what is waited for", fail);
}

bool play_order_expect(struct play *p, const struct play_step *s, struct fail *fail)
{
    switch (s->kind) {
    case EXPECT_NORMAL: return expect_normal(p, s, fail);
    case EXPECT_DEDUCTION: return expect_deduction(p, s, fail);
    case EXPECT_REQUEST: return expect_request(p, s, fail);
    case EXPECT_REVIEW: return expect_review(p, s, fail);
    default: return expect_employer(p, s, fail);
    }
}
