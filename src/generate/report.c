/* report.c: measuring a caseload. */
#include "generate/report.h"

#include "law/law.h"
#include "ledger/entry.h"

#include <string.h>

enum {
    YEAR_MONTHS     = 12,
    QUARTER_MONTHS  = 3,
    YEAR_WEEKS      = 52,
    YOUNGEST        = 30,
    OLDEST          = 51,   /* aged 30 to 50: not yet 51 */
    LOW_INCOME_WEEK = 24107 /* pence: 12,570 pounds a year, to 365 days, for seven */
};

struct measuring {
    struct store *store;
    struct arena *arena;
    struct report *r;
    struct fail *fail;
};

static void put(struct measuring *m, enum measure which, int64_t part, int64_t whole)
{
    m->r->at[which] = (struct reached){ part, whole };
}

/* The last whole quarter by a day. */
static void quarter_of(struct report *r)
{
    struct date_ymd s = date_split(date_add_days(r->day, 1));
    int month         = s.month - (s.month - 1) % QUARTER_MONTHS;

    r->until = date_make(s.year, month, 1);
    r->from  = date_add_months(r->until, -QUARTER_MONTHS);
}

static bool measure_arrangements(struct measuring *m)
{
    struct sql_reach_arrangements_in in = { .day      = m->r->day,
                                            .from     = m->r->from,
                                            .until    = m->r->until,
                                            .year     = date_add_months(m->r->day, -YEAR_MONTHS),
                                            .open     = KNOWN_OPEN,
                                            .northern = JURISDICTION_NORTHERN_IRELAND };
    struct sql_reach_arrangements_row row;
    bool found;

    if (!sql_reach_arrangements(m->store, &in, m->arena, &row, &found, m->fail)) return false;
    put(m, MEASURE_DIRECT_PAY, row.direct, row.all_of_them);
    put(m, MEASURE_COLLECT_AND_PAY, row.collected, row.all_of_them);
    put(m, MEASURE_NOT_DECIDED, row.undecided, row.all_of_them);
    put(m, MEASURE_NORTHERN, row.northern, row.all_of_them);
    put(m, MEASURE_ABUSE, row.abuse, row.all_of_them - row.undecided);
    put(m, MEASURE_ARRANGEMENTS, row.all_of_them, row.payers);
    put(m, MEASURE_INTAKE, row.applied, row.payers);
    put(m, MEASURE_FROM_DIRECT, row.switched, row.direct);
    put(m, MEASURE_DUE_TO_PAY, 0, row.collected); /* the part comes with the quarter */
    return true;
}

static bool measure_children(struct measuring *m)
{
    struct sql_reach_children_row *rows;
    size_t n;

    if (!sql_reach_children(m->store,
                            &(struct sql_reach_children_in){ .day = m->r->day, .open = KNOWN_OPEN },
                            m->arena, &rows, &n, m->fail))
        return false;
    for (size_t i = 0; i < n; i++)
        put(m,
            !strcmp(rows[i].service, "direct_pay") ? MEASURE_CHILDREN_DIRECT
                                                   : MEASURE_CHILDREN_COLLECT,
            rows[i].children, rows[i].arrangements);
    return true;
}

static bool measure_payers(struct measuring *m)
{
    struct sql_reach_payers_in in = { .day    = m->r->day,
                                      .open   = KNOWN_OPEN,
                                      .thirty = date_add_months(m->r->day, -YOUNGEST * YEAR_MONTHS),
                                      .fifty  = date_add_months(m->r->day, -OLDEST * YEAR_MONTHS),
                                      .low    = { LOW_INCOME_WEEK } };
    struct sql_reach_payers_row row;
    bool found;

    if (!sql_reach_payers(m->store, &in, m->arena, &row, &found, m->fail)) return false;
    put(m, MEASURE_ONE_CHILD, row.one_child, row.one_child + row.more_children);
    put(m, MEASURE_ONE_ARRANGEMENT, row.one_arrangement, row.more_children);
    put(m, MEASURE_AGED, row.aged, row.payers);
    put(m, MEASURE_LOW_INCOME, row.low_income, row.known_income);
    put(m, MEASURE_ON_BENEFIT, row.benefit, row.payers);
    return true;
}

/* Ways of paying as the statistics group them. */
static int method_group(const char *method)
{
    if (!strcmp(method, "earnings")) return 0;
    return strcmp(method, "benefits") ? 2 : 1;
}

static bool measure_quarter(struct measuring *m)
{
    struct sql_reach_quarter_in in = { .from      = m->r->from,
                                       .until     = m->r->until,
                                       .open      = KNOWN_OPEN,
                                       .day       = m->r->day,
                                       .charge    = REASON_CHARGE,
                                       .opening   = REASON_OPENING,
                                       .increase  = REASON_INCREASE,
                                       .decrease  = REASON_DECREASE,
                                       .collected = REASON_COLLECTED,
                                       .returned  = REASON_COLLECTED_RETURNED,
                                       .released  = REASON_RELEASE_HELD };
    struct sql_reach_quarter_row *rows, all = { 0 };
    int64_t payers[QUARTER_MONTHS] = { 0 }, nothing[QUARTER_MONTHS] = { 0 };
    size_t n;

    if (!sql_reach_quarter(m->store, &in, m->arena, &rows, &n, m->fail)) return false;
    for (size_t i = 0; i < n; i++) {
        int group = method_group(rows[i].method);
        payers[group] += rows[i].payers;
        nothing[group] += rows[i].paid_none;
        all.payers += rows[i].payers;
        all.paid_none += rows[i].paid_none;
        all.paid_some += rows[i].paid_some;
        all.paid_over += rows[i].paid_over;
        all.due  = money_add(all.due, rows[i].due);
        all.paid = money_add(all.paid, rows[i].paid);
    }
    m->r->at[MEASURE_DUE_TO_PAY].part = all.payers;
    put(m, MEASURE_PAID_NOTHING, all.paid_none, all.payers);
    put(m, MEASURE_PAID_SOME, all.paid_some, all.payers);
    put(m, MEASURE_PAID_OVER, all.paid_over, all.payers);
    put(m, MEASURE_PAID_OF_DUE, all.paid.p, all.due.p);
    put(m, MEASURE_DUE_A_PAYER, all.due.p, all.payers);
    put(m, MEASURE_METHOD_EARNINGS, payers[0], all.payers);
    put(m, MEASURE_METHOD_BENEFITS, payers[1], all.payers);
    put(m, MEASURE_METHOD_OTHER, payers[2], all.payers);
    put(m, MEASURE_NOTHING_EARNINGS, nothing[0], all.paid_none);
    put(m, MEASURE_NOTHING_BENEFITS, nothing[1], all.paid_none);
    put(m, MEASURE_NOTHING_OTHER, nothing[2], all.paid_none);
    return true;
}

static bool measure_money(struct measuring *m)
{
    struct sql_reach_weekly_row weekly;
    struct sql_reach_owed_row owed;
    struct sql_reach_due_row due;
    bool found;

    if (!sql_reach_weekly(m->store,
                          &(struct sql_reach_weekly_in){ .day = m->r->day, .open = KNOWN_OPEN },
                          m->arena, &weekly, &found, m->fail) ||
        !sql_reach_owed(m->store, &(struct sql_reach_owed_in){ .account = ACCOUNT_MAINTENANCE },
                        m->arena, &owed, &found, m->fail) ||
        !sql_reach_due(m->store, &(struct sql_reach_due_in){ .day = m->r->day, .open = KNOWN_OPEN },
                       m->arena, &due, &found, m->fail))
        return false;
    put(m, MEASURE_ARRANGED, weekly.weekly.p * YEAR_WEEKS, weekly.arrangements);
    put(m, MEASURE_OWED_OF_DUE, owed.owed.p, due.due.p);
    return true;
}

bool report_make(struct store *store, date day, struct report *r, struct fail *fail)
{
    struct arena arena = { 0 };
    struct measuring m = { .store = store, .arena = &arena, .r = r, .fail = fail };

    *r = (struct report){ .day = day };
    quarter_of(r);
    bool fine = measure_arrangements(&m) && measure_children(&m) && measure_payers(&m) &&
                measure_quarter(&m) && measure_money(&m);
    arena_free(&arena);
    return fine;
}

int64_t report_value(const struct report *r, const struct target *t)
{
    enum { THOUSAND = 1000, HUNDRED = 100 };
    const struct reached *x = &r->at[t->measure];
    int64_t scale           = THOUSAND;

    if (x->whole == 0) return 0;
    if (!strncmp(t->unit, "per cent", strlen("per cent"))) scale *= HUNDRED;
    if (!strcmp(t->unit, "pounds")) scale /= HUNDRED;
    return (int64_t)((__int128)x->part * scale / x->whole);
}

bool report_met(const struct report *r, const struct target *t)
{
    int64_t away = report_value(r, t) - t->figure;
    return r->at[t->measure].whole != 0 && away <= t->tolerance && -away <= t->tolerance;
}
