/* test_ledger_year.c: random years of two receiving parents, through plan, rows, allocation and
 * balance together: instalments, late and odd payments, backdated changes, returned payments. */
#include "ledger/allocate.h"
#include "ledger/balance.h"
#include "ledger/fee.h"
#include "ledger/plan.h"
#include "ledger_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { SEED = 20261123, LEGS = 2, WEEKS = 52, ITEMS = 2 * LEGS * WEEKS, RUNS = 60 };

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
    struct item items[ITEMS]; /* leg, week, maintenance or fee */
    struct entry_list rows;
    date day;
    int64_t receipt;
};

static struct item *item_of(struct year *y, size_t leg, size_t week, enum item_kind kind)
{
    return &y->items[(leg * WEEKS + week) * 2 + (kind == ITEM_FEE)];
}

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

static void charge(struct year *y, size_t leg, size_t week)
{
    struct instalment *i = &y->legs[leg].plan.at[week];
    money fee            = fee_payer(i->amount, payer);
    i->charged           = true;
    for (enum item_kind k = ITEM_MAINTENANCE; k <= ITEM_FEE; k++)
        *item_of(y, leg, week, k) = (struct item){ .arrangement = (int64_t)leg + 1,
                                                   .instalment  = (int64_t)week + 1,
                                                   .kind        = k,
                                                   .due         = i->due,
                                                   .charged     = k == ITEM_FEE ? fee : i->amount };
    entry_charge(&y->rows, i->amount, fee, about(y, leg));
}

/* Uses what is held; undo: the parts used for each leg are kept there. */
static void use(struct year *y, money part[LEGS][ITEM_KINDS], struct allocated *got)
{
    struct allocate_request r = {
        .money = fold(y).group.credit, .day = y->day, .items = y->items, .n = ITEMS
    };
    *got = allocate(&allocate_default, &r, &y->arena);
    for (size_t k = 0; k < got->n; k++) {
        const struct allocation *p = &got->at[k];
        struct item *i             = &y->items[p->item];
        size_t leg                 = (size_t)i->arrangement - 1;
        if (p->ahead) continue;
        i->paid            = money_add(i->paid, p->amount);
        part[leg][i->kind] = money_add(part[leg][i->kind], p->amount);
        entry_allocate(&y->rows,
                       (struct entry_parts){
                           .maintenance = i->kind == ITEM_FEE ? MONEY_NONE : p->amount,
                           .fee         = i->kind == ITEM_FEE ? p->amount : MONEY_NONE,
                       },
                       about(y, leg));
    }
    for (size_t leg = 0; leg < LEGS; leg++) {
        money fee              = fee_receiver(part[leg][ITEM_MAINTENANCE], receiver);
        y->legs[leg].fee_taken = money_add(y->legs[leg].fee_taken, fee);
        entry_receiver_fee(&y->rows, fee, about(y, leg));
    }
}

static void pay_out(struct year *y)
{
    for (size_t leg = 0; leg < LEGS; leg++)
        entry_pay_out(&y->rows, money_max(held_for(y, leg), MONEY_NONE), about(y, leg));
}

/* The payment just used comes back from the bank. */
static void give_back(struct year *y, money amount, money part[LEGS][ITEM_KINDS],
                      const struct allocated *got)
{
    for (size_t leg = 0; leg < LEGS; leg++) {
        money held = held_for(y, leg), fee = fee_receiver(part[leg][ITEM_MAINTENANCE], receiver);
        entry_unallocate(&y->rows,
                         (struct entry_parts){ .maintenance = part[leg][ITEM_MAINTENANCE],
                                               .fee         = part[leg][ITEM_FEE] },
                         about(y, leg));
        entry_receiver_back(&y->rows, held, part[leg][ITEM_MAINTENANCE], fee, about(y, leg));
        y->legs[leg].fee_taken = money_subtract(y->legs[leg].fee_taken, fee);
    }
    for (size_t k = 0; k < got->n; k++)
        if (!got->at[k].ahead) {
            struct item *i = &y->items[got->at[k].item];
            i->paid        = money_subtract(i->paid, got->at[k].amount);
        }
    entry_return(&y->rows, amount, about(y, 0));
}

static void receive(struct year *y)
{
    money part[LEGS][ITEM_KINDS] = { 0 };
    struct allocated got;
    money amount = { chance_below(&y->chance, 60000) };
    entry_receipt(&y->rows, amount, (struct entry_about){ .day = y->day, .known = y->day });
    entry_match(&y->rows, amount, (struct entry_about){ .day = y->day, .known = y->day });
    use(y, part, &got);
    if (chance_below(&y->chance, 2)) pay_out(y);
    if (!chance_below(&y->chance, 8)) give_back(y, amount, part, &got);
}

static void release(struct year *y, size_t leg, size_t week)
{
    struct item *m = item_of(y, leg, week, ITEM_MAINTENANCE), *f = item_of(y, leg, week, ITEM_FEE);
    struct entry_parts excess = { .maintenance = item_excess(m), .fee = item_excess(f) };
    struct leg *l             = &y->legs[leg];
    money back                = fee_receiver_back(excess.maintenance, l->fee_taken, receiver);
    assert_true(excess.maintenance.p <= m->paid.p && excess.fee.p <= f->paid.p);
    entry_release(&y->rows, excess, back, about(y, leg));
    l->fee_taken = money_subtract(l->fee_taken, back);
    m->paid      = money_subtract(m->paid, excess.maintenance);
    f->paid      = money_subtract(f->paid, excess.fee);
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
        struct item *m = item_of(y, leg, w, ITEM_MAINTENANCE), *f = item_of(y, leg, w, ITEM_FEE);
        money now   = instalment_due(&l->plan.at[w]);
        money fee   = fee_payer_change(money_subtract(now, change[w]), now, payer);
        m->adjusted = money_add(m->adjusted, change[w]);
        f->adjusted = money_add(f->adjusted, fee);
        entry_adjust(&y->rows, change[w], fee, about(y, leg));
        release(y, leg, w);
    }
}

/* The books say what the items say, the mirror holds, and money is where it came from. */
static void check(struct year *y)
{
    struct balances b = fold(y);
    for (size_t leg = 0; leg < b.n; leg++) {
        money owed = MONEY_NONE, fee = MONEY_NONE;
        for (size_t w = 0; w < WEEKS; w++) {
            owed = money_add(owed, item_outstanding(item_of(y, leg, w, ITEM_MAINTENANCE)));
            fee  = money_add(fee, item_outstanding(item_of(y, leg, w, ITEM_FEE)));
        }
        assert_int_equal(b.at[leg].maintenance.p, owed.p);
        assert_int_equal(b.at[leg].fee.p, fee.p);
        assert_true(balance_mirrors(&b.at[leg]));
        assert_true(y->legs[leg].fee_taken.p >= 0);
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
    for (size_t leg = 0; leg < LEGS; leg++) {
        struct timeline now = { y.legs[leg].rows, y.legs[leg].n_rows };
        money sum           = MONEY_NONE;
        for (size_t w = 0; w < WEEKS; w++) {
            struct item *m = item_of(&y, leg, w, ITEM_MAINTENANCE);
            sum            = money_add(sum, money_add(m->charged, m->adjusted));
        }
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
