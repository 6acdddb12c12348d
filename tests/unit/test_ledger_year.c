/* test_ledger_year.c: random years of two receiving parents, through plan, rows, allocation and
 * balance together: instalments, late and odd payments, backdated changes, returned payments. */
#include "ledger/allocate.h"
#include "ledger/balance.h"
#include "ledger/fee.h"
#include "ledger/outstanding.h"
#include "ledger/plan.h"
#include "ledger_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { SEED = 20261123, LEGS = 2, WEEKS = 52, RUNS = 60 };

static const ratio payer = { 20, 100 }, receiver = { 4, 100 };
static const date start = { 20000 };

struct leg {
    struct plan plan;
    struct liability rows[WEEKS];
    size_t n_rows;
    money fee_taken; /* from the receiving parent, in all */
};

struct year {
    struct arena arena;
    struct chance chance;
    struct leg legs[LEGS];
    struct entry_list rows;
    date day;
    int64_t receipt;
};

static struct entry_about about(const struct year *y, size_t leg)
{
    return (struct entry_about){ .arrangement = (int64_t)leg + 1, .day = y->day, .known = y->day };
}

static struct balances fold(struct year *y)
{
    return balance_fold(y->rows.at, y->rows.n, y->day, y->day, &y->arena);
}

static money held_for(struct year *y, size_t leg)
{
    struct balances b       = fold(y);
    const struct balance *r = balance_find(&b, (int64_t)leg + 1);
    return r ? r->account[ACCOUNT_RP_PAYABLE] : MONEY_NONE;
}

static struct outstanding open_items(struct year *y)
{
    return outstanding_fold(y->rows.at, y->rows.n, y->day, y->day, &y->arena);
}

static void charge(struct year *y, size_t leg, size_t week)
{
    struct instalment *i  = &y->legs[leg].plan.at[week];
    struct entry_about on = about(y, leg);
    i->charged            = true;
    on.instalment         = i->number;
    entry_charge(&y->rows, i->amount, fee_payer(i->amount, payer), on);
}

/* What one receipt was used for. */
struct use {
    struct allocated got;
    const struct item *items;
    money collected[LEGS];
};

static struct entry_parts parts_of(const struct item *i, money amount)
{
    return (struct entry_parts){ .maintenance = i->kind == ITEM_FEE ? MONEY_NONE : amount,
                                 .fee         = i->kind == ITEM_FEE ? amount : MONEY_NONE };
}

static struct entry_about about_item(const struct year *y, const struct item *i)
{
    struct entry_about on = about(y, (size_t)i->arrangement - 1);
    on.instalment         = i->instalment;
    return on;
}

static struct use use_held(struct year *y)
{
    struct outstanding o      = open_items(y);
    struct allocate_request r = {
        .money = fold(y).group.credit, .day = y->day, .items = o.at, .n = o.n
    };
    struct allocate_order order = allocate_order_at(law_at(JURISDICTION_GREAT_BRITAIN, y->day));
    struct use u                = { .got = allocate(&order, &r, &y->arena), .items = o.at };
    for (size_t k = 0; k < u.got.n; k++) {
        const struct allocation *p = &u.got.at[k];
        const struct item *i       = &o.at[p->item];
        money *c                   = &u.collected[i->arrangement - 1];
        if (p->ahead) continue;
        *c = money_add(*c, parts_of(i, p->amount).maintenance);
        entry_allocate(&y->rows, parts_of(i, p->amount), about_item(y, i));
    }
    for (size_t leg = 0; leg < LEGS; leg++) {
        money fee              = fee_receiver(u.collected[leg], receiver);
        y->legs[leg].fee_taken = money_add(y->legs[leg].fee_taken, fee);
        entry_receiver_fee(&y->rows, fee, about(y, leg));
    }
    return u;
}

static void pay_out(struct year *y)
{
    for (size_t leg = 0; leg < LEGS; leg++)
        entry_pay_out(&y->rows, money_max(held_for(y, leg), MONEY_NONE), about(y, leg));
}

/* The payment just used comes back from the bank. */
static void give_back(struct year *y, money amount, const struct use *u)
{
    money held[LEGS];
    for (size_t leg = 0; leg < LEGS; leg++)
        held[leg] = held_for(y, leg);
    for (size_t k = 0; k < u->got.n; k++) {
        const struct item *i = &u->items[u->got.at[k].item];
        if (!u->got.at[k].ahead)
            entry_unallocate(&y->rows, parts_of(i, u->got.at[k].amount), about_item(y, i));
    }
    for (size_t leg = 0; leg < LEGS; leg++) {
        money fee              = fee_receiver(u->collected[leg], receiver);
        y->legs[leg].fee_taken = money_subtract(y->legs[leg].fee_taken, fee);
        entry_receiver_back(&y->rows, held[leg], u->collected[leg], fee, about(y, leg));
    }
    entry_return(&y->rows, amount, about(y, 0));
}

static void receive(struct year *y)
{
    money amount          = { chance_below(&y->chance, 60000) };
    struct entry_about on = { .day = y->day, .known = y->day };
    entry_receipt(&y->rows, amount, on);
    entry_match(&y->rows, amount, on);
    struct use u = use_held(y);
    if (chance_below(&y->chance, 2)) pay_out(y);
    if (!chance_below(&y->chance, 8)) give_back(y, amount, &u);
}

/* Whatever is paid beyond what is due goes back to the credit. */
static void release(struct year *y)
{
    struct outstanding o = open_items(y);
    for (size_t k = 0; k < o.n; k++) {
        const struct item *i    = &o.at[k];
        struct leg *l           = &y->legs[i->arrangement - 1];
        struct entry_parts part = parts_of(i, item_excess(i));
        money back              = fee_receiver_back(part.maintenance, l->fee_taken, receiver);
        assert_true(item_excess(i).p <= i->paid.p);
        entry_release(&y->rows, part, back, about_item(y, i));
        l->fee_taken = money_subtract(l->fee_taken, back);
    }
}

/* A decision changes the amount from a day of the year that may be past. */
static void decide(struct year *y, size_t leg)
{
    struct leg *l = &y->legs[leg];
    struct liability was[WEEKS];
    size_t n_was = l->n_rows, keep = 0;
    date from     = { start.d + (int32_t)chance_below(&y->chance, y->day.d - start.d + 7) };
    money *change = ARENA_MANY(&y->arena, money, WEEKS);
    memcpy(was, l->rows, sizeof was);
    while (keep < l->n_rows && date_before(l->rows[keep].from, from))
        keep++;
    l->rows[keep] = (struct liability){ from, { chance_below(&y->chance, 20000) } };
    l->n_rows     = keep + 1;
    plan_remake(&l->plan, (struct timeline){ was, n_was }, (struct timeline){ l->rows, l->n_rows },
                change);
    for (size_t w = 0; w < l->plan.n && l->plan.at[w].charged; w++) {
        struct entry_about on = about(y, leg);
        money due             = instalment_due(&l->plan.at[w]);
        on.instalment         = l->plan.at[w].number;
        entry_adjust(
            &y->rows, change[w],
            money_subtract(fee_payer(due, payer), fee_payer(money_subtract(due, change[w]), payer)),
            on);
    }
    release(y);
}

/* The books say what the items say, the mirror holds, and money is where it came from. */
static void check(struct year *y)
{
    struct balances b    = fold(y);
    struct outstanding o = open_items(y);
    money owed[LEGS] = { 0 }, fee[LEGS] = { 0 };
    for (size_t k = 0; k < o.n; k++) {
        const struct item *i    = &o.at[k];
        money *sum              = i->kind == ITEM_FEE ? fee : owed;
        sum[i->arrangement - 1] = money_add(sum[i->arrangement - 1], item_outstanding(i));
        assert_int_equal(item_excess(i).p, 0);
        assert_true(i->charged.p > 0 && i->paid.p >= 0);
    }
    for (size_t leg = 0; leg < b.n; leg++) {
        size_t at = (size_t)b.at[leg].arrangement - 1;
        assert_int_equal(b.at[leg].maintenance.p, owed[at].p);
        assert_int_equal(b.at[leg].fee.p, fee[at].p);
        assert_true(balance_mirrors(&b.at[leg]));
        assert_true(y->legs[at].fee_taken.p >= 0);
    }
    const money *c = b.group.account;
    assert_true(b.group.credit.p >= 0);
    assert_int_equal(c[ACCOUNT_SUSPENSE].p, 0);
    /* Everything at the bank or advanced is somebody's: the parents' or, as fees collected, the
     * state's. */
    assert_int_equal(c[ACCOUNT_BANK].p + c[ACCOUNT_ADVANCE].p,
                     c[ACCOUNT_PP_CREDIT].p + c[ACCOUNT_RP_PAYABLE].p + c[ACCOUNT_FEE_INCOME].p -
                         c[ACCOUNT_PP_FEE].p);
}

static void run_year(uint64_t seed)
{
    static struct year y;
    memset(&y, 0, sizeof y);
    y.chance     = chance_start(seed);
    y.rows.arena = &y.arena;
    for (size_t leg = 0; leg < LEGS; leg++) {
        struct plan_terms terms = { .base            = start,
                                    .from            = start,
                                    .reference       = start,
                                    .first_due       = start,
                                    .reference_weeks = WEEKS };
        y.legs[leg].rows[0]     = (struct liability){ start, { chance_below(&y.chance, 20000) } };
        y.legs[leg].n_rows      = 1;
        y.legs[leg].plan = plan_make(&terms, (struct timeline){ y.legs[leg].rows, 1 }, &y.arena);
    }
    for (size_t week = 0; week < WEEKS; week++) {
        y.day = date_add_days(start, (int32_t)week * DATE_WEEK);
        for (size_t leg = 0; leg < LEGS; leg++)
            charge(&y, leg, week);
        y.day = date_add_days(y.day, (int32_t)chance_below(&y.chance, DATE_WEEK));
        if (chance_below(&y.chance, 4)) receive(&y);
        if (!chance_below(&y.chance, 6)) decide(&y, (size_t)chance_below(&y.chance, LEGS));
        check(&y);
    }
    struct outstanding o = open_items(&y);
    for (size_t leg = 0; leg < LEGS; leg++) {
        struct timeline now = { y.legs[leg].rows, y.legs[leg].n_rows };
        money sum           = MONEY_NONE;
        for (size_t k = 0; k < o.n; k++)
            if (o.at[k].arrangement == (int64_t)leg + 1 && o.at[k].kind == ITEM_MAINTENANCE)
                sum = money_add(sum, money_add(o.at[k].charged, o.at[k].adjusted));
        assert_int_equal(sum.p, accrual_rounded(now, start, y.legs[leg].plan.to).p);
    }
    arena_free(&y.arena);
}

static void random_years_stay_in_balance(void **state)
{
    (void)state;
    for (uint64_t run = 0; run < RUNS; run++)
        run_year(SEED + run);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(random_years_stay_in_balance) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
