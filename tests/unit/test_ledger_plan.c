/* test_ledger_plan.c: accrual, plans and changes of the weekly amount. */
#include "ledger/fee.h"
#include "ledger/plan.h"
#include "ledger_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { WEEKS = 52, ROWS = 24, SEED = 20261121 };

static int64_t absolute(int64_t v)
{
    return v < 0 ? -v : v;
}

static void accrual_is_a_seventh_a_day_rounded_once(void **state)
{
    struct liability rows[] = { { { 100 }, { 1000 } }, { { 107 }, { 500 } }, { { 121 }, { 0 } } };
    struct timeline t       = { rows, 3 };
    (void)state;
    assert_int_equal(timeline_weekly(t, (date){ 99 }).p, 0);
    assert_int_equal(timeline_weekly(t, (date){ 100 }).p, 1000);
    assert_int_equal(timeline_weekly(t, (date){ 107 }).p, 500);
    assert_int_equal(timeline_weekly(t, (date){ 9999 }).p, 0);
    assert_int_equal(accrual_rounded(t, (date){ 0 }, (date){ 9999 }).p, 2000);
    assert_int_equal(accrual_rounded(t, (date){ 106 }, (date){ 108 }).p, 214); /* 1500/7 = 214.29 */
    assert_int_equal(accrual_rounded(t, (date){ 108 }, (date){ 106 }).p, 0);
    assert_true(accrual_exact(t, (date){ 106 }, (date){ 108 }).n == 1500);
    assert_int_equal(accrual_rounded((struct timeline){ NULL, 0 }, (date){ 0 }, (date){ 7 }).p, 0);
}

static void timelines_are_checked(void **state)
{
    struct liability rows[] = { { { 100 }, { 1000 } }, { { 107 }, { 1000 } }, { { 121 }, { 0 } } };
    struct timeline t       = { rows, 3 };
    (void)state;
    assert_true(timeline_is_sound(t));
    assert_true(timeline_is_level(t, (date){ 100 }, (date){ 121 }));
    assert_false(timeline_is_level(t, (date){ 100 }, (date){ 122 }));
    assert_false(timeline_is_level(t, (date){ 99 }, (date){ 101 }));
    rows[1].from.d = 100;
    assert_false(timeline_is_sound(t));
    rows[1].from.d   = 107;
    rows[2].weekly.p = -1;
    assert_false(timeline_is_sound(t));
}

static void intervals_are_found_by_name(void **state)
{
    enum plan_interval found = PLAN_MONTHLY;
    (void)state;
    assert_true(plan_interval_find("four_weekly", &found));
    assert_int_equal(found, PLAN_FOUR_WEEKLY);
    assert_false(plan_interval_find("yearly", &found));
}

static void first_due_day_is_the_chosen_one(void **state)
{
    date wednesday = date_make(2025, 1, 29);
    (void)state;
    assert_int_equal(plan_first_due(PLAN_WEEKLY, 2, wednesday).d, wednesday.d);
    assert_int_equal(plan_first_due(PLAN_TWO_WEEKLY, 1, wednesday).d, wednesday.d + 6);
    assert_int_equal(plan_first_due(PLAN_MONTHLY, 31, wednesday).d, date_make(2025, 1, 31).d);
    assert_int_equal(plan_first_due(PLAN_MONTHLY, 28, wednesday).d, date_make(2025, 2, 28).d);
    assert_int_equal(plan_first_due(PLAN_MONTHLY, 30, date_make(2025, 1, 31)).d,
                     date_make(2025, 2, 28).d);
}

static struct plan_terms terms_of(date base, enum plan_interval interval)
{
    return (struct plan_terms){ .base            = base,
                                .from            = base,
                                .reference       = base,
                                .first_due       = base,
                                .interval        = interval,
                                .month_day       = date_split(base).day,
                                .reference_weeks = WEEKS };
}

static void covers_tile_the_plan_and_due_days_are_regular(void **state)
{
    date base            = date_make(2024, 1, 31);
    struct liability row = { base, { 10000 } };
    struct arena a       = { 0 };
    (void)state;
    for (enum plan_interval i = 0; i < PLAN_INTERVALS; i++) {
        struct plan_terms terms = terms_of(base, i);
        struct plan p           = plan_make(&terms, (struct timeline){ &row, 1 }, &a);
        date at                 = base;
        for (size_t k = 0; k < p.n; k++) {
            assert_int_equal(p.at[k].from.d, at.d);
            assert_true(date_before(p.at[k].from, p.at[k].to));
            assert_int_equal(p.at[k].number, (int)k + 1);
            at = p.at[k].to;
        }
        assert_int_equal(at.d, base.d + WEEKS * DATE_WEEK);
        assert_int_equal(plan_total(&p).p, 520000);
    }
    struct plan_terms monthly = terms_of(base, PLAN_MONTHLY);
    struct plan p             = plan_make(&monthly, (struct timeline){ &row, 1 }, &a);
    assert_int_equal(p.at[1].due.d, date_make(2024, 2, 29).d);
    assert_int_equal(p.at[2].due.d, date_make(2024, 3, 31).d);
    assert_int_equal(p.at[11].due.d, date_make(2024, 12, 31).d);
    arena_free(&a);
}

/* The days between the end of the 52 weeks and the review are part of the next plan. */
static void years_add_up_without_a_gap(void **state)
{
    date base            = date_make(2021, 3, 1);
    struct liability row = { base, { 8333 } };
    struct timeline t    = { &row, 1 };
    struct arena a       = { 0 };
    money sum            = MONEY_NONE;
    date from            = base;
    (void)state;
    for (int year = 0; year < 8; year++) {
        struct plan_terms terms = terms_of(base, PLAN_MONTHLY);
        terms.from              = from;
        terms.reference         = date_add_months(base, 12 * year);
        struct plan p           = plan_make(&terms, t, &a);
        sum                     = money_add(sum, plan_total(&p));
        from                    = p.to;
        assert_int_equal(sum.p, accrual_rounded(t, base, from).p);
    }
    arena_free(&a);
}

/* A change known beforehand: equal before it, its own instalment in the middle, equal after it. */
static void a_change_ahead_keeps_the_instalments_before_it(void **state)
{
    date base               = date_make(2025, 1, 6);
    struct liability rows[] = { { base, { 7000 } }, { { base.d + 73 }, { 1400 } } };
    struct timeline was = { rows, 1 }, now = { rows, 2 };
    struct plan_terms terms = terms_of(base, PLAN_WEEKLY);
    struct arena a          = { 0 };
    struct plan p           = plan_make(&terms, was, &a);
    money *change           = ARENA_MANY(&a, money, p.n);
    (void)state;
    plan_remake(&p, was, now, change);
    for (size_t i = 0; i < p.n; i++)
        assert_int_equal(p.at[i].amount.p, i < 10 ? 7000 : i == 10 ? 3 * 1000 + 4 * 200 : 1400);
    arena_free(&a);
}

/* A tiny new liability: the first month was charged for 30.33 days and covers 30; none goes below
 * zero and the sum is right. */
static void no_instalment_goes_below_zero(void **state)
{
    date base               = date_make(2025, 1, 1);
    struct liability rows[] = { { base, { 10000 } } }, low[] = { { base, { 1 } } };
    struct liability later[] = { { base, { 10000 } }, { { base.d + 340 }, { 2 } } };
    struct timeline was = { rows, 1 }, now = { low, 1 }, end = { later, 2 };
    struct plan_terms terms = terms_of(base, PLAN_MONTHLY);
    struct arena a          = { 0 };
    (void)state;
    for (size_t charged = 0; charged <= 12; charged++)
        for (int k = 0; k < 2; k++) {
            struct plan p = plan_make(&terms, was, &a);
            money *change = ARENA_MANY(&a, money, p.n);
            for (size_t i = 0; i < charged; i++)
                p.at[i].charged = true;
            plan_remake(&p, was, k ? end : now, change);
            assert_int_equal(plan_total(&p).p, accrual_rounded(k ? end : now, base, p.to).p);
            for (size_t i = 0; i < p.n; i++)
                assert_true(p.at[i].amount.p >= 0 && instalment_due(&p.at[i]).p >= 0);
        }
    arena_free(&a);
}

/* A timeline with the amount from `day` on, to the end of time or to the old row `until`. */
static size_t overwrite(struct liability *rows, size_t n, date day, money weekly)
{
    size_t keep = 0;
    while (keep < n && date_before(rows[keep].from, day))
        keep++;
    rows[keep] = (struct liability){ day, weekly };
    return keep + 1;
}

static int64_t highest(const struct liability *rows, size_t n)
{
    int64_t most = 0;
    for (size_t i = 0; i < n; i++)
        most = rows[i].weekly.p > most ? rows[i].weekly.p : most;
    return most;
}

struct story {
    struct plan p;
    struct liability rows[ROWS], before[ROWS];
    size_t n;
    money booked; /* charges and adjustments as the ledger would have them */
    int64_t most; /* the highest weekly amount there ever was */
};

/* Charges some instalments, then changes the amount from a random day; checks the books. */
static void story_step(struct story *s, struct chance *c, struct arena *a)
{
    struct plan *p = &s->p;
    money *change  = ARENA_MANY(a, money, p->n);
    size_t n_was   = s->n;
    int64_t go     = chance_below(c, 4);
    for (size_t i = 0; i < p->n && go; i++)
        if (!p->at[i].charged) {
            p->at[i].charged = true;
            s->booked        = money_add(s->booked, p->at[i].amount);
            go--;
        }
    memcpy(s->before, s->rows, sizeof s->rows);
    date day            = { p->from.d - 40 + (int32_t)chance_below(c, 420) };
    money weekly        = { chance_below(c, 4) ? chance_below(c, 30000) : chance_below(c, 3) };
    s->n                = overwrite(s->rows, s->n, day, weekly);
    struct timeline was = { s->before, n_was }, now = { s->rows, s->n };
    s->most = s->most > highest(s->rows, s->n) ? s->most : highest(s->rows, s->n);
    plan_remake(p, was, now, change);
    for (size_t i = 0; i < p->n; i++) {
        assert_true(p->at[i].charged || money_is_zero(change[i]));
        assert_true(instalment_due(&p->at[i]).p >= 0);
        s->booked = money_add(s->booked, change[i]);
    }
    assert_int_equal(plan_total(p).p, accrual_part(now, p->base, p->from, p->to).p);
}

/* Whatever the order of charges and backdated changes, at every boundary what is asked differs from
 * what accrued by at most one day of the highest amount there was and a penny an instalment, and
 * at the end not at all. */
static void random_changes_reach_the_exact_accrual(void **state)
{
    struct chance c = chance_start(SEED);
    struct arena a  = { 0 };
    int64_t worst   = 0;
    (void)state;
    for (int run = 0; run < 3000; run++) {
        date base = { 18000 + (int32_t)chance_below(&c, 3000) };
        struct plan_terms terms =
            terms_of(base, (enum plan_interval)chance_below(&c, PLAN_INTERVALS));
        struct story s = { .rows = { { { base.d - 100 }, { chance_below(&c, 30000) } } }, .n = 1 };
        terms.base     = (date){ base.d - 100 };
        s.most         = s.rows[0].weekly.p;
        s.p            = plan_make(&terms, (struct timeline){ s.rows, 1 }, &a);
        for (int step = 0; step < 12; step++)
            story_step(&s, &c, &a);
        struct timeline now = { s.rows, s.n };
        money sum           = MONEY_NONE;
        for (size_t i = 0; i < s.p.n; i++) {
            sum          = money_add(sum, instalment_due(&s.p.at[i]));
            int64_t away = absolute(sum.p - accrual_part(now, s.p.base, base, s.p.at[i].to).p);
            assert_true(away <= s.most / DATE_WEEK + (int64_t)s.p.n);
            worst    = s.most && away * DATE_WEEK * 100 / s.most > worst
                           ? away * DATE_WEEK * 100 / s.most
                           : worst;
            s.booked = money_add(s.booked, s.p.at[i].charged ? MONEY_NONE : s.p.at[i].amount);
        }
        assert_int_equal(sum.p, accrual_part(now, s.p.base, base, s.p.to).p);
        assert_int_equal(s.booked.p, sum.p);
        arena_reset(&a);
    }
    print_message("evenness: at most %d hundredths of a day away\n", (int)worst);
    arena_free(&a);
}

/* With everything charged, a series of changes adjusts each instalment as one change would. */
static void adjustments_telescope(void **state)
{
    struct chance c = chance_start(SEED + 1);
    struct arena a  = { 0 };
    (void)state;
    for (int run = 0; run < 500; run++) {
        date base               = { 19000 };
        struct plan_terms terms = terms_of(base, PLAN_WEEKLY);
        struct liability first = { base, { 20000 } }, rows[ROWS] = { first }, before[ROWS];
        size_t n      = 1;
        struct plan p = plan_make(&terms, (struct timeline){ &first, 1 }, &a);
        struct plan q = plan_make(&terms, (struct timeline){ &first, 1 }, &a);
        money *change = ARENA_MANY(&a, money, p.n);
        for (size_t i = 0; i < p.n; i++)
            p.at[i].charged = q.at[i].charged = true;
        for (int step = 0; step < 8; step++) {
            size_t was = n;
            memcpy(before, rows, sizeof rows);
            n = overwrite(rows, n, (date){ base.d + (int32_t)chance_below(&c, 364) },
                          (money){ 1000 + chance_below(&c, 30000) });
            plan_remake(&p, (struct timeline){ before, was }, (struct timeline){ rows, n }, change);
        }
        plan_remake(&q, (struct timeline){ &first, 1 }, (struct timeline){ rows, n }, change);
        for (size_t i = 0; i < p.n; i++)
            assert_int_equal(p.at[i].adjusted.p, q.at[i].adjusted.p);
        arena_reset(&a);
    }
    arena_free(&a);
}

static void another_interval_keeps_days_and_money(void **state)
{
    struct arena a          = { 0 };
    struct liability rows[] = { { date_make(2025, 1, 6), { 7000 } } };
    struct timeline t       = { rows, 1 };
    struct plan_terms terms = terms_of(date_make(2025, 1, 6), PLAN_WEEKLY);
    struct plan p           = plan_make(&terms, t, &a);
    money total             = plan_total(&p);
    money adjustment[WEEKS + 1];
    (void)state;
    terms.interval  = PLAN_MONTHLY;
    terms.month_day = 20;
    terms.first_due = date_make(2025, 3, 20);
    plan_reschedule(&p, 10, &terms, t, &a);
    assert_int_equal(plan_total(&p).p, total.p);
    assert_int_equal(p.n, 10 + 10); /* 20 March to 20 December */
    assert_int_equal(p.at[10].from.d, p.at[9].to.d);
    assert_int_equal(p.at[p.n - 1].to.d, p.to.d);
    for (size_t i = 10; i < p.n; i++)
        assert_int_equal(date_split(p.at[i].due).day, 20);
    /* A change over both kinds of cover: 80.00 a week from the first day. */
    struct liability more[] = { { date_make(2025, 1, 6), { 8000 } } };
    plan_remake(&p, t, (struct timeline){ more, 1 }, adjustment);
    assert_int_equal(plan_total(&p).p, WEEKS * 8000);
    assert_int_equal(plan_next_due(PLAN_WEEKLY, 1, date_make(2025, 3, 3)).d,
                     date_make(2025, 3, 10).d);
    assert_int_equal(plan_next_due(PLAN_MONTHLY, 31, date_make(2025, 1, 31)).d,
                     date_make(2025, 2, 28).d);
    arena_free(&a);
}

/* Money that stands in instalments although nothing accrues there, or the other way about. */
static void another_interval_moves_what_no_accrual_explains(void **state)
{
    struct arena a          = { 0 };
    struct liability rows[] = { { date_make(2025, 1, 6), { 7000 } },
                                { date_make(2025, 7, 7), { 9000 } } };
    struct liability ended  = { date_make(2025, 1, 6), { 0 } };
    struct plan_terms terms = terms_of(date_make(2025, 1, 6), PLAN_FOUR_WEEKLY);
    struct plan p           = plan_make(&terms, (struct timeline){ rows, 2 }, &a);
    money total             = plan_total(&p);
    (void)state;
    terms.interval = PLAN_WEEKLY;
    plan_reschedule(&p, 0, &terms, (struct timeline){ &ended, 1 }, &a);
    assert_int_equal(plan_total(&p).p, total.p);
    assert_int_equal(p.at[0].amount.p, total.p);
    for (size_t i = 0; i < p.n; i++)
        p.at[i].amount = MONEY_NONE;
    plan_reschedule(&p, 0, &terms, (struct timeline){ rows, 2 }, &a);
    assert_int_equal(plan_total(&p).p, 0);
    arena_free(&a);
}

static void fee_follows_the_line(void **state)
{
    ratio payer = { 20, 100 }, receiver = { 4, 100 };
    (void)state;
    assert_int_equal(fee_payer((money){ 5001 }, payer).p, 1000);
    assert_int_equal(fee_payer((money){ 2 }, payer).p, 0);
    assert_int_equal(fee_payer((money){ 3 }, payer).p, 1);
    assert_int_equal(fee_receiver_back((money){ 10000 }, (money){ 400 }, receiver).p, 400);
    assert_int_equal(fee_receiver_back((money){ 24 }, (money){ 0 }, receiver).p, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accrual_is_a_seventh_a_day_rounded_once),
        cmocka_unit_test(timelines_are_checked),
        cmocka_unit_test(intervals_are_found_by_name),
        cmocka_unit_test(first_due_day_is_the_chosen_one),
        cmocka_unit_test(covers_tile_the_plan_and_due_days_are_regular),
        cmocka_unit_test(years_add_up_without_a_gap),
        cmocka_unit_test(a_change_ahead_keeps_the_instalments_before_it),
        cmocka_unit_test(no_instalment_goes_below_zero),
        cmocka_unit_test(random_changes_reach_the_exact_accrual),
        cmocka_unit_test(adjustments_telescope),
        cmocka_unit_test(another_interval_keeps_days_and_money),
        cmocka_unit_test(another_interval_moves_what_no_accrual_explains),
        cmocka_unit_test(fee_follows_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
