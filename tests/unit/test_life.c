/* test_life.c: random lives.  A seed makes a family with one to three receiving parents and
 * eighteen months of payments (on time, late, short, double, returned), changes reported late,
 * corrections of the past and reviews; after each step the whole family must re-derive, and every
 * statement must end on the one balance.  UPKEEP_SEED=n runs one life and tells its steps. */
#include "app/apply.h"
#include "app/check.h"
#include "app/database.h"
#include "app/day.h"
#include "app/decide.h"
#include "app/fact.h"
#include "app/receive.h"
#include "app/statement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LIVES = 4, DAYS = 540, CHECK_EVERY = 5, MOST_ARRANGEMENTS = 3 };

struct life {
    uint64_t seed, state;
    bool loud;
    struct store *store;
    struct arena arena;
    date start, today;
    int64_t pp, arrangement[MOST_ARRANGEMENTS], child[MOST_ARRANGEMENTS];
    int arrangements, receipts;
    int last_paid; /* number of the last payment not returned; 0: none */
    int64_t last_amount;
};

static uint32_t roll(struct life *l, uint32_t n)
{
    l->state ^= l->state << 13;
    l->state ^= l->state >> 7;
    l->state ^= l->state << 17;
    return (uint32_t)(l->state >> 16) % n;
}

static struct setting now(struct life *l)
{
    return (struct setting){ l->store, &l->arena, l->today, "life" };
}

static void step_is_fine(struct life *l, const char *what, bool fine, const struct fail *f)
{
    char day[DATE_TEXT];

    if (l->loud)
        print_message("%s %s%s%s\n", date_text(l->today, day), what, fine ? "" : ": ",
                      fine ? "" : f->text);
    if (!fine && f->kind != FAIL_REFUSED)
        fail_msg("UPKEEP_SEED=%llu: %s: %s: %s", (unsigned long long)l->seed, what, f->code,
                 f->text);
    if (fine) {
        struct fail g = { 0 };
        if (!store_commit(l->store, &g)) fail_msg("%s", g.text);
    } else {
        store_rollback(l->store);
    }
}

static void tell_fault(void *context, int64_t pp, const char *sentence)
{
    (void)context;
    print_message("pp %lld: %s\n", (long long)pp, sentence);
}

static void everything_holds(struct life *l, const char *what)
{
    struct check_report r = { 0 };
    struct statement s;
    struct standing st;
    struct fail f;

    if (!check_group(l->store, &l->arena, l->pp, tell_fault, NULL, &r, &f) || r.faults)
        fail_msg("UPKEEP_SEED=%llu: after %s: %zu faults", (unsigned long long)l->seed, what,
                 r.faults);
    for (int i = -1; i < l->arrangements; i++)
        if (!statement_make(l->store, &l->arena, l->pp, i < 0 ? 0 : l->arrangement[i], l->today,
                            l->today, &s, &f))
            fail_msg("UPKEEP_SEED=%llu: after %s: %s", (unsigned long long)l->seed, what, f.text);
    if (!account_standing(l->store, &l->arena, l->pp, l->today, l->today, &st, &f))
        fail_msg("%s", f.text);
    if (st.balances.group.credit.p < 0)
        fail_msg("UPKEEP_SEED=%llu: after %s: credit below zero", (unsigned long long)l->seed,
                 what);
}

static void begin(struct life *l)
{
    struct fail f;
    arena_reset(&l->arena);
    assert_true(store_begin(l->store, STORE_WRITING, &f));
}

static void apply(struct life *l)
{
    static const char *const intervals[] = { "monthly", "weekly", "two_weekly", "four_weekly" };
    struct applicant child               = { .given = "Child", .family = "One" };
    struct application a = { .paying         = { .id = l->pp, .given = "Pat", .family = "Payer" },
                             .receiving      = { .given = "Rae", .family = "Receiver" },
                             .children       = &child,
                             .child_count    = 1,
                             .applied_on     = l->today,
                             .effective_from = date_add_days(l->today, (int32_t)roll(l, 10)),
                             .service        = "collect_and_pay",
                             .pay_interval   = intervals[roll(l, 4)],
                             .pay_day        = 1 + (int32_t)roll(l, 28),
                             .said_by        = "applicant" };
    struct application_result r;
    struct setting s = now(l);
    struct fail f    = { 0 };

    begin(l);
    bool fine = application_make(&s, &a, NULL, &r, &f);
    if (fine) {
        l->pp                           = r.pp;
        l->arrangement[l->arrangements] = r.arrangement;
        l->child[l->arrangements++]     = r.children[0];
        l->start                        = l->arrangements == 1 ? a.effective_from : l->start;
    }
    step_is_fine(l, "apply", fine, &f);
}

struct deed {
    bool correct;
    enum fact_kind kind;
    int64_t subject;
    const char *value;
    date from;
    enum decision_kind decision;
};

/* A fact and the decision it calls for, in one transaction. */
static void do_deed(struct life *l, const struct deed *d, const char *what)
{
    struct setting s = now(l);
    struct verb v;
    struct group g;
    struct change change = { .counts = true, .counts_from = d->from };
    struct fail f        = { 0 };
    bool done, fine;

    begin(l);
    fine = verb_open(&s, l->pp, what, NULL, &v, &done, &f) &&
           group_load(l->store, &l->arena, l->pp, v.seq, &g, &f);
    if (fine && d->correct) {
        struct fact_order o = { .kind        = d->kind,
                                .subject     = d->subject,
                                .value       = d->value,
                                .from        = d->from,
                                .to          = DATE_OPEN,
                                .happened_on = d->from };
        fine                = fact_assert(&v, &g, &o, &f);
    } else if (fine && d->value) {
        struct change_report r = { d->kind, d->subject, d->value, d->from, "someone", "paper" };
        fine                   = fact_report(&v, &g, &r, &change, &f);
    }
    if (fine && change.counts) {
        struct decision_order o = { .kind   = d->decision,
                                    .from   = change.counts_from,
                                    .reason = what };
        fine                    = decision_make(&v, &g, &o, &f);
    }
    fine = fine && verb_close(&v, &f);
    step_is_fine(l, what, fine, &f);
}

static const char *pounds(struct life *l, uint32_t least, uint32_t spread)
{
    static char text[8][24];
    static int at;
    at = (at + 1) % 8;
    snprintf(text[at], sizeof *text, "%u.%02u", least + roll(l, spread), roll(l, 100));
    return text[at];
}

static date past(struct life *l)
{
    int32_t span = date_days(l->start, l->today);
    return date_add_days(l->start, span > 0 ? (int32_t)roll(l, (uint32_t)span) : 0);
}

static void bank(struct life *l, int64_t pence, bool back)
{
    struct setting s = now(l);
    struct receipt_result r;
    struct fail f = { 0 };
    struct group g;
    char ref[32], original[32];

    begin(l);
    assert_true(group_load(l->store, &l->arena, l->pp, KNOWN_OPEN - 1, &g, &f));
    snprintf(ref, sizeof ref, "R%d", ++l->receipts);
    snprintf(original, sizeof original, "R%d", l->last_paid);
    struct feed_line line = { .reference     = ref,
                              .booked        = l->today,
                              .amount        = { pence },
                              .credit        = !back,
                              .returned      = back,
                              .original      = back ? original : "",
                              .reason        = "",
                              .end_to_end    = "",
                              .payer_name    = "P PAYER",
                              .payer_account = "1",
                              .remittance    = group_person(&g, l->pp)->ref };
    bool fine             = receipt_record(&s, &line, &r, &f);
    l->last_paid          = back ? 0 : l->receipts;
    l->last_amount        = pence;
    step_is_fine(l, back ? "returned" : "paid", fine, &f);
}

static void pay_something(struct life *l)
{
    struct standing st;
    struct fail f;

    assert_true(account_standing(l->store, &l->arena, l->pp, l->today, l->today, &st, &f));
    int64_t owed = st.owed.p > 0 ? st.owed.p : 0;
    switch (roll(l, 6)) {
    case 0:
    case 1: owed = owed; break;
    case 2: owed = owed / 2; break;
    case 3: owed = owed * 2 + 1000; break;
    case 4: owed = 1 + roll(l, 30000); break;
    default: owed = owed > 500 ? owed - 1 : 0; break;
    }
    if (owed > 0) bank(l, owed, false);
}

static void something_happens(struct life *l)
{
    int i = (int)roll(l, (uint32_t)l->arrangements);
    char nights[8];
    struct deed d = { .from = past(l) };

    snprintf(nights, sizeof nights, "%u", roll(l, 200));
    switch (roll(l, 9)) {
    case 0:
        d = (struct deed){ .kind     = FACT_NIGHTS,
                           .subject  = l->child[i],
                           .value    = nights,
                           .from     = past(l),
                           .decision = DECISION_CHANGE };
        do_deed(l, &d, "nights reported");
        break;
    case 1:
        d = (struct deed){ true, FACT_NIGHTS, l->child[i], nights, past(l), DECISION_CORRECTION };
        do_deed(l, &d, "nights corrected");
        break;
    case 2:
        d = (struct deed){ true,    FACT_INCOME_HISTORIC, 0, pounds(l, 3000, 90000),
                           past(l), DECISION_CORRECTION };
        do_deed(l, &d, "income corrected");
        break;
    case 3:
        d = (struct deed){ .kind     = FACT_INCOME_CURRENT,
                           .value    = pounds(l, 2000, 80000),
                           .from     = past(l),
                           .decision = DECISION_CHANGE };
        do_deed(l, &d, "income reported");
        break;
    case 4:
        d = (struct deed){ .kind     = FACT_BENEFIT,
                           .value    = roll(l, 2) ? "own" : "none",
                           .from     = past(l),
                           .decision = DECISION_CHANGE };
        do_deed(l, &d, "benefit");
        break;
    case 5:
        d = (struct deed){ .kind     = FACT_OTHER_CHILDREN,
                           .value    = roll(l, 2) ? "1" : "3",
                           .from     = past(l),
                           .decision = DECISION_CHANGE };
        do_deed(l, &d, "other children");
        break;
    case 6:
        if (l->last_paid) bank(l, l->last_amount, true);
        break;
    default: pay_something(l); break;
    }
}

static void live(uint64_t seed, bool loud)
{
    struct life l = { .seed = seed, .state = seed * 0x9E3779B97F4A7C15u + 1, .loud = loud };
    struct fail f;

    l.store = database_open(":memory:", &f);
    assert_non_null(l.store);
    l.today    = date_make(2024, 1 + (int)roll(&l, 12), 1 + (int)roll(&l, 28));
    int wanted = 1 + (int)roll(&l, MOST_ARRANGEMENTS);
    apply(&l);
    l.today       = date_add_days(l.today, (int32_t)roll(&l, 60));
    struct deed d = { true,    FACT_INCOME_HISTORIC, 0, pounds(&l, 5000, 60000),
                      l.start, DECISION_INITIAL };
    do_deed(&l, &d, "first decision");
    for (int day = 0; day < DAYS; day++) {
        struct setting s = now(&l);
        arena_reset(&l.arena);
        if (!day_run_all(&s, NULL, NULL, &f))
            fail_msg("UPKEEP_SEED=%llu: day: %s", (unsigned long long)seed, f.text);
        if (l.arrangements < wanted && roll(&l, 40) == 0) {
            apply(&l);
            d       = (struct deed){ .from     = date_add_days(l.today, 10),
                                     .decision = DECISION_NEW_APPLICATION };
            l.today = date_add_days(l.today, 10);
            do_deed(&l, &d, "new application");
            everything_holds(&l, "new application");
            continue;
        }
        if (roll(&l, 6) == 0) {
            something_happens(&l);
            if (roll(&l, CHECK_EVERY) == 0) everything_holds(&l, "a step");
        }
        l.today = date_add_days(l.today, 1);
    }
    everything_holds(&l, "all of it");
    store_close(l.store);
    arena_free(&l.arena);
}

static void random_lives_keep_every_promise(void **state)
{
    const char *one = getenv("UPKEEP_SEED");

    (void)state;
    if (one) {
        live(strtoull(one, NULL, 10), true);
        return;
    }
    for (uint64_t seed = 1; seed <= LIVES; seed++)
        live(seed, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(random_lives_keep_every_promise) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
