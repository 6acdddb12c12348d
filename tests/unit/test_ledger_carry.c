/* test_ledger_carry.c: rows carried forward say of a group's money what all of its rows say.
 *
 * Seeded lives of a ledger: instalments with fees, payments that fill the oldest first, too short
 * or too much, money sent on, now and then a decision that takes some off.  UPKEEP_SEED runs one.
 */
#include "ledger/carry.h"
#include "ledger/outstanding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LIVES = 400, DAYS = 60, ARRANGEMENTS = 2 };

struct life {
    uint64_t seed, state;
    struct arena arena;
    struct entry_list all;
    int64_t instalment, receipt;
    date today;
};

static int64_t roll(struct life *l, int64_t sides)
{
    l->state = l->state * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((l->state >> 33) % (uint64_t)sides);
}

static struct entry_about about(const struct life *l, int64_t arrangement, int64_t instalment,
                                int64_t receipt)
{
    return (struct entry_about){ .arrangement = arrangement,
                                 .day         = l->today,
                                 .known       = l->today,
                                 .instalment  = instalment,
                                 .receipt     = receipt };
}

static struct outstanding items(struct life *l)
{
    return outstanding_fold(l->all.at, l->all.n, DATE_OPEN, DATE_OPEN, &l->arena);
}

/* Uses money for what is owed, oldest or newest first; what is left stays with the receipt. */
static void pay(struct life *l, money left, int64_t receipt)
{
    struct outstanding o = items(l);
    bool newest          = roll(l, 2) == 0;

    for (size_t k = 0; k < o.n && left.p > 0; k++) {
        size_t i                 = newest ? o.n - 1 - k : k;
        struct entry_parts parts = { 0 };
        money part               = money_min(left, item_outstanding(&o.at[i]));
        if (o.at[i].kind == ITEM_FEE)
            parts.fee = part;
        else
            parts.maintenance = part;
        entry_allocate(&l->all, parts, about(l, o.at[i].arrangement, o.at[i].instalment, receipt));
        left = money_subtract(left, part);
    }
}

static void send_on(struct life *l)
{
    struct balances b = balance_fold(l->all.at, l->all.n, DATE_OPEN, DATE_OPEN, &l->arena);

    for (size_t i = 0; i < b.n; i++)
        if (b.at[i].account[ACCOUNT_RP_PAYABLE].p > 0)
            entry_pay_out(&l->all, b.at[i].account[ACCOUNT_RP_PAYABLE],
                          about(l, b.at[i].arrangement, 0, 0));
}

/* Something happens to a debt that is partly paid: the payment is taken back, or a decision takes
 * off more than is open. */
static void undo(struct life *l)
{
    struct outstanding o = items(l);

    for (size_t i = 0; i < o.n; i++) {
        const struct item *t = &o.at[i];
        if (t->kind != ITEM_MAINTENANCE || t->paid.p == 0 || item_outstanding(t).p == 0) continue;
        if (roll(l, 2))
            entry_unallocate(&l->all, (struct entry_parts){ .maintenance = t->paid },
                             about(l, t->arrangement, t->instalment, l->receipt));
        else
            entry_adjust(&l->all, money_negate(money_add(item_outstanding(t), (money){ 1 })),
                         MONEY_NONE, about(l, t->arrangement, t->instalment, 0));
        return;
    }
}

static void day(struct life *l)
{
    l->today = date_add_days(l->today, 1);
    if (roll(l, 15) == 0) undo(l);
    if (roll(l, 30) == 0)
        entry_add(&l->all, REASON_OPENING, (money){ 500 }, about(l, 1, ++l->instalment, 0));
    for (int64_t a = 1; a <= ARRANGEMENTS; a++)
        if (roll(l, 7) == 0)
            entry_charge(&l->all, (money){ 1000 + roll(l, 50) }, (money){ roll(l, 200) },
                         about(l, a, ++l->instalment, 0));
    if (roll(l, 5) == 0) {
        money amount = { 1 + roll(l, 3000) };
        entry_receipt(&l->all, amount, about(l, 0, 0, ++l->receipt));
        entry_match(&l->all, amount, about(l, 0, 0, l->receipt));
        pay(l, amount, l->receipt);
    }
    if (roll(l, 12) == 0) {
        struct outstanding o = items(l);
        for (size_t i = 0; i < o.n; i++)
            if (o.at[i].kind == ITEM_MAINTENANCE && item_outstanding(&o.at[i]).p > 1) {
                entry_adjust(&l->all, (money){ -1 }, MONEY_NONE,
                             about(l, o.at[i].arrangement, o.at[i].instalment, 0));
                break;
            }
    }
    if (roll(l, 3)) send_on(l);
}

static struct entry_list carried(struct life *l, const struct entry *rows, size_t n, date on)
{
    struct entry_list list = { .arena = &l->arena };
    carry_forward(rows, n, on, &list);
    return list;
}

#define SAME(l, what)                                                                              \
    do {                                                                                           \
        if (!(what)) fail_msg("UPKEEP_SEED=%llu: not " #what, (unsigned long long)(l)->seed);      \
    } while (0)

static void same_balances(struct life *l, const struct entry_list *c)
{
    struct balances is  = balance_fold(l->all.at, l->all.n, DATE_OPEN, DATE_OPEN, &l->arena);
    struct balances has = balance_fold(c->at, c->n, DATE_OPEN, DATE_OPEN, &l->arena);

    SAME(l, is.group.owed.p == has.group.owed.p);
    SAME(l, is.group.credit.p == has.group.credit.p);
    SAME(l, is.group.to_get.p == has.group.to_get.p);
    for (size_t i = 0; i < is.n; i++) {
        const struct balance *b = balance_find(&has, is.at[i].arrangement);
        static const struct balance none;
        if (!b) b = &none;
        SAME(l, is.at[i].maintenance.p == b->maintenance.p);
        SAME(l, is.at[i].fee.p == b->fee.p);
        SAME(l, is.at[i].account[ACCOUNT_RP_PAYABLE].p == b->account[ACCOUNT_RP_PAYABLE].p);
        SAME(l, is.at[i].account[ACCOUNT_RP_DUE].p == b->account[ACCOUNT_RP_DUE].p);
    }
}

/* What is still owed is the same, item by item, and the latest instalment is known. */
static void same_items(struct life *l, const struct entry_list *c)
{
    struct outstanding is         = items(l);
    struct outstanding has        = outstanding_fold(c->at, c->n, DATE_OPEN, DATE_OPEN, &l->arena);
    date latest[ARRANGEMENTS + 1] = { { 0 }, { 0 }, { 0 } }, known[ARRANGEMENTS + 1] = { { 0 } };
    bool open[ARRANGEMENTS + 1] = { 0 };
    size_t k                    = 0;

    for (size_t i = 0; i < is.n; i++) {
        const struct item *t = &is.at[i];
        bool plan            = t->cause == ITEM_INSTALMENT;
        if (plan) latest[t->arrangement] = date_max(latest[t->arrangement], t->due);
        if (item_outstanding(t).p == 0) continue;
        open[t->arrangement] |= plan;
        while (k < has.n && item_outstanding(&has.at[k]).p == 0)
            k++;
        SAME(l, k < has.n);
        SAME(l, has.at[k].instalment == t->instalment && has.at[k].kind == t->kind);
        SAME(l, item_outstanding(&has.at[k]).p == item_outstanding(t).p);
        SAME(l, date_same(has.at[k].due, t->due) && has.at[k].cause == t->cause);
        k++;
    }
    for (size_t i = 0; i < has.n; i++)
        if (has.at[i].cause == ITEM_INSTALMENT)
            known[has.at[i].arrangement] = date_max(known[has.at[i].arrangement], has.at[i].due);
    for (int a = 1; a <= ARRANGEMENTS; a++)
        SAME(l, !open[a] || date_same(latest[a], known[a]));
}

static money held(const struct entry_list *rows, int64_t receipt)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < rows->n; i++) {
        const struct entry *e = &rows->at[i];
        if (e->about.receipt != receipt) continue;
        if (e->credit == ACCOUNT_PP_CREDIT) sum = money_add(sum, e->amount);
        if (e->debit == ACCOUNT_PP_CREDIT) sum = money_subtract(sum, e->amount);
    }
    return sum;
}

static bool same_rows(const struct entry_list *a, const struct entry_list *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++) {
        const struct entry *x = &a->at[i], *y = &b->at[i];
        if (x->debit != y->debit || x->credit != y->credit || x->amount.p != y->amount.p ||
            x->reason != y->reason || x->about.instalment != y->about.instalment ||
            x->about.arrangement != y->about.arrangement || !date_same(x->about.day, y->about.day))
            return false;
    }
    return true;
}

static void live(uint64_t seed)
{
    struct life l         = { .seed = seed, .state = seed * 2654435761u + 1, .today = { 20000 } };
    struct entry_list old = { 0 };
    size_t from           = 0;

    l.all.arena = &l.arena;
    for (int d = 0; d < DAYS; d++) {
        day(&l);
        if (roll(&l, 10)) continue;
        struct entry_list c = carried(&l, l.all.at, l.all.n, l.today);
        same_balances(&l, &c);
        same_items(&l, &c);
        for (int64_t r = 0; r <= l.receipt; r++)
            SAME(&l, held(&l.all, r).p == held(&c, r).p);
        /* to carry what was carried, and what came after, is to carry all */
        struct entry_list on = { .arena = &l.arena };
        for (size_t i = 0; i < old.n; i++)
            on.at = arena_grow(&l.arena, on.at, on.n * sizeof *on.at, (on.n + 1) * sizeof *on.at),
            on.at[on.n++] = old.at[i];
        for (size_t i = from; i < l.all.n; i++)
            on.at = arena_grow(&l.arena, on.at, on.n * sizeof *on.at, (on.n + 1) * sizeof *on.at),
            on.at[on.n++] = l.all.at[i];
        struct entry_list again = carried(&l, on.at, on.n, l.today);
        SAME(&l, same_rows(&again, &c));
        old  = c;
        from = l.all.n;
    }
    arena_free(&l.arena);
}

static void test_lives(void **state)
{
    const char *one = getenv("UPKEEP_SEED");

    (void)state;
    if (one)
        live(strtoull(one, NULL, 10));
    else
        for (uint64_t seed = 1; seed <= LIVES; seed++)
            live(seed);
}

/* Payments of two receiving parents' debts of one number stay apart, and what falls due later than
 * the day is not the latest. */
static void test_apart(void **state)
{
    struct life l            = { .today = { 20000 } };
    struct entry_parts parts = { .maintenance = { 10 } };

    (void)state;
    l.all.arena = &l.arena;
    for (int64_t a = 1; a <= ARRANGEMENTS; a++) {
        entry_charge(&l.all, (money){ 1000 }, MONEY_NONE, about(&l, a, 1, 0));
        entry_allocate(&l.all, parts, about(&l, a, 1, 1));
    }
    l.today = date_add_days(l.today, 7);
    entry_charge(&l.all, (money){ 1000 }, MONEY_NONE, about(&l, 1, 2, 0));
    entry_allocate(&l.all, (struct entry_parts){ .maintenance = { 1000 } }, about(&l, 1, 2, 2));
    struct entry_list c  = carried(&l, l.all.at, l.all.n, (date){ 20000 });
    struct outstanding o = outstanding_fold(c.at, c.n, DATE_OPEN, DATE_OPEN, &l.arena);
    assert_int_equal(o.n, ARRANGEMENTS);
    for (size_t i = 0; i < o.n; i++)
        assert_int_equal(item_outstanding(&o.at[i]).p, 990);
    arena_free(&l.arena);
}

/* All is paid and sent on: there is nothing to carry. */
static void test_square(void **state)
{
    struct life l = { .today = { 20000 } };

    (void)state;
    l.all.arena = &l.arena;
    entry_charge(&l.all, (money){ 1000 }, (money){ 200 }, about(&l, 1, 1, 0));
    struct balances b = balance_fold(l.all.at, l.all.n, DATE_OPEN, DATE_OPEN, &l.arena);
    assert_false(carry_is_square(&b));
    entry_match(&l.all, (money){ 1200 }, about(&l, 0, 0, 1));
    entry_receipt(&l.all, (money){ 1200 }, about(&l, 0, 0, 1));
    pay(&l, (money){ 1200 }, 1);
    send_on(&l);
    b = balance_fold(l.all.at, l.all.n, DATE_OPEN, DATE_OPEN, &l.arena);
    assert_true(carry_is_square(&b));
    assert_int_equal(carried(&l, l.all.at, l.all.n, l.today).n, 0);
    arena_free(&l.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lives),
        cmocka_unit_test(test_apart),
        cmocka_unit_test(test_square),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
