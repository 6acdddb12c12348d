/* test_ledger_allocate.c: sharing money between debts, missed instalments and their age. */
#include "ledger/age.h"
#include "ledger/allocate.h"
#include "ledger/fence.h"
#include "ledger/share.h"
#include "ledger_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { ITEMS = 24, SEED = 20261122, TODAY = 20000 };

static struct allocate_order usual(void)
{
    return allocate_order_at(law_at(JURISDICTION_GREAT_BRITAIN, (date){ TODAY }));
}

static void shares_add_up(void **state)
{
    struct chance c = chance_start(SEED);
    (void)state;
    for (int run = 0; run < 20000; run++) {
        money weight[8], share[8];
        size_t n    = 1 + (size_t)chance_below(&c, 8);
        int64_t sum = 0, given = 0;
        for (size_t i = 0; i < n; i++)
            sum += weight[i].p = chance_below(&c, 1 + chance_below(&c, 100000));
        money total = { sum ? chance_below(&c, sum + 1) : 0 };
        share_pro_rata(total, weight, n, share);
        for (size_t i = 0; i < n; i++) {
            given += share[i].p;
            assert_true(share[i].p >= 0 && share[i].p <= weight[i].p);
            if (sum) assert_true(llabs(share[i].p * sum - total.p * weight[i].p) < sum);
        }
        assert_int_equal(given, total.p);
        share_pro_rata_first(total, weight, n, share);
        for (size_t i = 0; i < n; i++) {
            given -= share[i].p;
            assert_true(share[i].p >= 0 && share[i].p <= weight[i].p);
        }
        assert_int_equal(given, 0);
    }
}

static struct item random_item(struct chance *c)
{
    struct item i = { .arrangement = 1 + chance_below(c, 3),
                      .kind        = (enum item_kind)chance_below(c, ITEM_KINDS),
                      .cause       = chance_below(c, 4) ? ITEM_INSTALMENT : ITEM_BACKDATED,
                      .due         = { TODAY - 60 + (int32_t)chance_below(c, 10) * 7 },
                      .charged     = { chance_below(c, 20000) },
                      .fenced      = chance_below(c, 5) == 0 };
    i.notified    = i.due;
    i.instalment  = i.due.d;
    i.adjusted.p  = chance_below(c, 3) ? 0 : chance_below(c, 10000) - i.charged.p / 2;
    i.paid.p      = chance_below(c, 3) ? 0 : chance_below(c, 20000);
    if (i.kind == ITEM_ENFORCEMENT || i.kind == ITEM_REPAY) i.arrangement = 0;
    return i;
}

/* Never more than the money, never more than an item; posted, reserved and left over are all of it;
 * enforcement only when nothing else that is due is open. */
static void check_allocated(const struct allocate_request *r, const struct allocated *got)
{
    money open[ITEMS], used = MONEY_NONE, reserved = MONEY_NONE;
    bool enforced = false;
    for (size_t i = 0; i < r->n; i++)
        open[i] = item_outstanding(&r->items[i]);
    for (size_t k = 0; k < got->n; k++) {
        const struct allocation *p = &got->at[k];
        const struct item *i       = &r->items[p->item];
        assert_true(p->amount.p > 0);
        assert_int_equal(p->ahead, date_before(r->day, i->due));
        open[p->item] = money_subtract(open[p->item], p->amount);
        assert_true(open[p->item].p >= 0);
        if (p->ahead)
            reserved = money_add(reserved, p->amount);
        else
            used = money_add(used, p->amount);
        enforced = enforced || i->kind == ITEM_ENFORCEMENT;
    }
    assert_int_equal(used.p, got->used.p);
    assert_int_equal(reserved.p, got->reserved.p);
    assert_int_equal(used.p + reserved.p + got->remainder.p, r->money.p);
    assert_true(got->remainder.p >= 0);
    for (size_t i = 0; i < r->n; i++)
        if ((enforced || got->remainder.p) && r->items[i].kind != ITEM_ENFORCEMENT &&
            !date_before(r->day, r->items[i].due))
            assert_int_equal(open[i].p, 0);
}

static void allocation_keeps_its_promises(void **state)
{
    struct chance c = chance_start(SEED + 1);
    struct arena a  = { 0 };
    (void)state;
    for (int run = 0; run < 5000; run++) {
        struct item items[ITEMS];
        struct allocate_order order = usual();
        struct allocate_request r   = { .money  = { chance_below(&c, 200000) },
                                        .day    = { TODAY },
                                        .fenced = chance_below(&c, 3) == 0,
                                        .items  = items,
                                        .n      = (size_t)chance_below(&c, ITEMS) };
        for (size_t i = 0; i < r.n; i++)
            items[i] = random_item(&c);
        size_t x = (size_t)chance_below(&c, 5), y = (size_t)chance_below(&c, 5);
        enum allocate_step step    = order.step[x];
        order.step[x]              = order.step[y];
        order.step[y]              = step;
        order.largest_remainder    = chance_below(&c, 2);
        order.fee_with_maintenance = chance_below(&c, 2);
        order.pro_rata[chance_below(&c, ALLOCATE_STEPS)] ^= 1;
        struct allocated one = allocate(&order, &r, &a), two = allocate(&order, &r, &a);
        check_allocated(&r, &one);
        assert_int_equal(one.n, two.n);
        for (size_t k = 0; k < one.n; k++)
            assert_true(one.at[k].item == two.at[k].item &&
                        one.at[k].amount.p == two.at[k].amount.p);
        arena_reset(&a);
    }
    arena_free(&a);
}

/* What the payment is used for does not hang on the order in which debts are listed. */
static void order_of_the_list_does_not_matter(void **state)
{
    struct chance c = chance_start(SEED + 2);
    struct arena a  = { 0 };
    (void)state;
    for (int run = 0; run < 1000; run++) {
        struct item items[ITEMS], back[ITEMS];
        money sum[ITEMS]          = { 0 };
        struct allocate_request r = {
            .money = { chance_below(&c, 100000) }, .day = { TODAY }, .items = items, .n = ITEMS
        };
        for (size_t i = 0; i < ITEMS; i++) {
            items[i]            = random_item(&c);
            items[i].instalment = (int64_t)i; /* no two alike */
            back[ITEMS - 1 - i] = items[i];
        }
        struct allocate_order order = usual();
        struct allocated one        = allocate(&order, &r, &a);
        r.items                     = back;
        struct allocated two        = allocate(&order, &r, &a);
        for (size_t k = 0; k < one.n; k++)
            sum[one.at[k].item] = money_add(sum[one.at[k].item], one.at[k].amount);
        for (size_t k = 0; k < two.n; k++) {
            size_t i = ITEMS - 1 - two.at[k].item;
            sum[i]   = money_subtract(sum[i], two.at[k].amount);
        }
        for (size_t i = 0; i < ITEMS; i++)
            assert_int_equal(sum[i].p, 0);
        arena_reset(&a);
    }
    arena_free(&a);
}

static void steps_left_out_are_not_taken(void **state)
{
    struct arena a   = { 0 };
    struct item item = { .kind = ITEM_ENFORCEMENT, .due = { TODAY }, .charged = { 5000 } };
    struct allocate_order none = { .step = { ALLOCATE_FENCED }, .n = 1, .window_days = 5 };
    struct allocate_request r  = { .money = { 100 }, .day = { TODAY }, .items = &item, .n = 1 };
    struct allocated got       = allocate(&none, &r, &a);
    (void)state;
    assert_int_equal(got.n, 0);
    assert_int_equal(got.remainder.p, 100);
    arena_free(&a);
}

/* B-229: no value of law can move enforcement fees from the end. */
static void enforcement_is_last_whatever_the_law_says(void **state)
{
    struct chance c = chance_start(SEED + 3);
    (void)state;
    for (int run = 0; run < 2000; run++) {
        struct law law = *law_at(JURISDICTION_GREAT_BRITAIN, (date){ TODAY });
        for (int i = 0; i < 5; i++)
            law.allocation_rank[i] = (int32_t)chance_below(&c, 7);
        struct allocate_order o = allocate_order_at(&law);
        assert_true(o.n >= 1 && o.n < ALLOCATE_STEPS);
        for (size_t i = 0; i < o.n; i++)
            assert_int_equal(o.step[i] == ALLOCATE_ENFORCEMENT, i + 1 == o.n);
    }
    struct allocate_order o               = usual();
    static const enum allocate_step now[] = { ALLOCATE_ONGOING,      ALLOCATE_ARREARS,
                                              ALLOCATE_LEGACY,       ALLOCATE_FEES,
                                              ALLOCATE_LEGACY_STATE, ALLOCATE_ENFORCEMENT };
    assert_int_equal(o.n, sizeof now / sizeof *now);
    assert_memory_equal(o.step, now, sizeof now);
}

/* Ring-fenced money goes only to what it is for, and never to enforcement fees. */
static void a_fence_holds_what_it_is_for(void **state)
{
    (void)state;
    for (enum fence_purpose p = 0; p < FENCE_PURPOSES; p++) {
        enum fence_purpose found;
        struct fence f = { p, { TODAY - 100 }, { TODAY - 10 }, 2 };
        struct item i  = { .arrangement = 2, .due = { TODAY - 50 } };
        assert_true(fence_find(fence_name(p), &found) && found == p);
        assert_true(strlen(fence_words(p)) > 0);
        for (i.kind = 0; i.kind < ITEM_KINDS; i.kind++) {
            bool any = fence_holds(&f, &i, (date){ TODAY });
            assert_false(any && i.kind == ITEM_ENFORCEMENT);
            assert_false(any && p == FENCE_NONE);
            assert_false(any && p == FENCE_CSA_ORDER && i.kind == ITEM_MAINTENANCE);
            i.arrangement = 3;
            assert_false(fence_holds(&f, &i, (date){ TODAY }));
            i.arrangement = 2;
            i.due.d       = TODAY - 10;
            assert_false(fence_holds(&f, &i, (date){ TODAY }));
            i.due.d = TODAY - 100;
            assert_int_equal(fence_holds(&f, &i, (date){ TODAY }), any);
            i.due.d = TODAY - 101;
            assert_false(fence_holds(&f, &i, (date){ TODAY }));
            i.due.d = TODAY - 50;
        }
    }
    assert_false(fence_find("pocket_money", &(enum fence_purpose){ 0 }));
}

/* Without an arrangement it is for all of them; nothing is held before it is due. */
static void a_fence_may_be_for_every_parent(void **state)
{
    struct fence f = { FENCE_SALE, { TODAY - 100 }, { TODAY + 100 }, 0 };
    struct item i  = { .due = { TODAY } };
    (void)state;
    for (i.arrangement = 1; i.arrangement < 4; i.arrangement++) {
        assert_true(fence_holds(&f, &i, (date){ TODAY }));
        assert_false(fence_holds(&f, &i, (date){ TODAY - 1 }));
    }
}

/* More debts on one line than there are kinds: all are paid, and with too little money the ones
 * that were listed first. */
static void a_line_may_hold_more_debts_than_kinds(void **state)
{
    enum { MANY = ITEM_KINDS + 3, EACH = 100 };
    struct arena a              = { 0 };
    struct allocate_order order = usual();
    struct item items[MANY];
    struct allocate_request r = { .day = { TODAY }, .items = items, .n = MANY };
    (void)state;
    for (size_t i = 0; i < MANY; i++)
        items[i] = (struct item){
            .arrangement = 1, .instalment = 1, .due = { TODAY - 7 }, .charged = { EACH }
        };
    for (int64_t paid = 0; paid <= MANY; paid++) {
        r.money              = (money){ paid * EACH };
        struct allocated got = allocate(&order, &r, &a);
        int64_t first        = 0;
        for (size_t k = 0; k < got.n; k++)
            if (got.at[k].item < ITEM_KINDS) first += got.at[k].amount.p;
        assert_int_equal(got.used.p, paid * EACH);
        assert_int_equal(got.remainder.p, 0);
        assert_int_equal(first, EACH * (paid < ITEM_KINDS ? paid : ITEM_KINDS));
    }
    arena_free(&a);
}

static void step_names_go_both_ways(void **state)
{
    enum allocate_step found;
    (void)state;
    for (enum allocate_step s = 0; s < ALLOCATE_STEPS; s++) {
        assert_true(allocate_step_find(allocate_step_name(s), &found));
        assert_int_equal(found, s);
    }
    assert_false(allocate_step_find("lottery", &found));
}

static void excess_is_never_more_than_was_paid(void **state)
{
    struct item over = { .charged = { 1000 }, .adjusted = { -1500 }, .paid = { 600 } };
    struct item some = { .charged = { 1000 }, .adjusted = { -500 }, .paid = { 600 } };
    struct item none = { .charged = { 1000 }, .paid = { 600 } };
    (void)state;
    assert_int_equal(item_excess(&over).p, 600);
    assert_int_equal(item_outstanding(&over).p, 0);
    assert_int_equal(item_excess(&some).p, 100);
    assert_int_equal(item_excess(&none).p, 0);
    assert_int_equal(item_outstanding(&none).p, 400);
}

static void an_instalment_is_missed_the_day_after(void **state)
{
    struct item i = { .due = { TODAY }, .charged = { 1000 }, .paid = { 999 } };
    (void)state;
    assert_false(item_is_missed(&i, (date){ TODAY }));
    assert_true(item_is_missed(&i, (date){ TODAY + 1 }));
    i.paid.p = 1000;
    assert_false(item_is_missed(&i, (date){ TODAY + 1 }));
    i.paid.p = 0;
    i.cause  = ITEM_BACKDATED;
    assert_false(item_is_missed(&i, (date){ TODAY + 1 }));
}

static void arrears_age_in_bands(void **state)
{
    static const struct {
        int32_t days;
        enum age_band band;
    } cases[] = { { 1, AGE_TO_30 },   { 30, AGE_TO_30 },   { 31, AGE_TO_90 },    { 90, AGE_TO_90 },
                  { 91, AGE_TO_365 }, { 365, AGE_TO_365 }, { 366, AGE_OVER_365 } };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(age_band_of(cases[i].days), cases[i].band);
    assert_string_equal(age_words(AGE_TO_90), "31 to 90 days");

    struct item items[] = {
        { .due = { TODAY - 31 }, .charged = { 100 } },
        { .due      = { TODAY - 400 },
          .notified = { TODAY - 10 },
          .cause    = ITEM_BACKDATED,
          .charged  = { 40 } },
        { .due = { TODAY - 400 }, .charged = { 7 }, .kind = ITEM_LEGACY },
        { .due = { TODAY - 400 }, .charged = { 7 }, .kind = ITEM_FEE },
        { .due = { TODAY - 500 }, .charged = { 7 }, .paid = { 7 } },
        { .due = { TODAY }, .charged = { 1000 } },
    };
    struct ages got = age_fold(items, sizeof items / sizeof *items, (date){ TODAY });
    assert_int_equal(got.band[AGE_TO_30].p, 40);
    assert_int_equal(got.band[AGE_TO_90].p, 100);
    assert_int_equal(got.band[AGE_TO_365].p, 0);
    assert_int_equal(got.band[AGE_OVER_365].p, 7);
    assert_int_equal(got.total.p, 147);
    assert_int_equal(got.oldest.d, TODAY - 400);
    assert_int_equal(age_fold(items, 0, (date){ TODAY }).oldest.d, DATE_OPEN.d);
}

static void nothing_is_paid_before_it_is_due(void **state)
{
    struct arena a      = { 0 };
    struct item later   = { .arrangement = 1, .instalment = 1, .due = { 200 }, .charged = { 100 } };
    struct item items[] = { later, later, later, later, later };
    struct allocate_request r = {
        .money = { 5000 }, .day = { 100 }, .fenced = true, .items = items, .n = 5
    };
    (void)state;
    items[1].kind               = ITEM_FEE;
    items[2].kind               = ITEM_LEGACY;
    items[3].kind               = ITEM_ENFORCEMENT;
    items[4].fenced             = true;
    struct allocate_order order = { .step = { ALLOCATE_FENCED, ALLOCATE_ONGOING, ALLOCATE_ARREARS,
                                              ALLOCATE_LEGACY, ALLOCATE_FEES,
                                              ALLOCATE_ENFORCEMENT },
                                    .n    = 6,
                                    .window_days = 5 };
    struct allocated used       = allocate(&order, &r, &a);
    assert_int_equal(used.used.p, 0);
    assert_int_equal(used.remainder.p, 5000);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_paid_before_it_is_due),
        cmocka_unit_test(shares_add_up),
        cmocka_unit_test(allocation_keeps_its_promises),
        cmocka_unit_test(order_of_the_list_does_not_matter),
        cmocka_unit_test(steps_left_out_are_not_taken),
        cmocka_unit_test(enforcement_is_last_whatever_the_law_says),
        cmocka_unit_test(a_fence_holds_what_it_is_for),
        cmocka_unit_test(a_fence_may_be_for_every_parent),
        cmocka_unit_test(a_line_may_hold_more_debts_than_kinds),
        cmocka_unit_test(step_names_go_both_ways),
        cmocka_unit_test(excess_is_never_more_than_was_paid),
        cmocka_unit_test(an_instalment_is_missed_the_day_after),
        cmocka_unit_test(arrears_age_in_bands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
