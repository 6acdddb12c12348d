/* test_people.c: the assumptions are read strictly; a family follows from seed and number alone, in
 * whatever order it is made; what is drawn has the shares that were asked for. */
#include "base/out.h"
#include "people/family.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { FAMILIES = 20000 };

static struct arena arena;
static struct assumptions assumptions;

static struct caseload load_of(uint64_t seed)
{
    struct caseload load = { .assumptions = &assumptions, .seed = seed, .years = 1 };
    load.last            = (date){ (int32_t)assumed_number(&assumptions, ASSUME_LAST_DAY) };
    caseload_cut(&load, FAMILIES * 2);
    return load;
}

/* Everything of a family in one text. */
static const char *family_text(const struct caseload *load, int64_t number, struct arena *to)
{
    const struct kin *f = family_make(load, number, to);
    struct out o        = { .arena = to };

    out_print(&o, "%s %s %d %s %s %d%d%d%d%d%d r%d s%d b%d m%d e%d %lld %lld o%d", f->paying.given,
              f->paying.family, f->paying.born.d, f->address, f->account, f->male,
              f->northern_ireland, f->welsh, f->abuse, f->prisoner, f->on_benefit, f->region,
              f->service, f->began, f->method, f->ended, (long long)f->income,
              (long long)f->pension, f->other_children);
    for (int i = 0; i < f->household_count; i++) {
        const struct household *h = &f->households[i];
        out_print(&o, "\n %s %s %d applied %d from %d decided %d %d/%d %s", h->receiving.given,
                  h->receiving.family, h->receiving.born.d, h->applied.d, h->effective.d,
                  h->decided.d, h->frequency, h->pay_day, h->address);
        for (int k = 0; k < h->child_count; k++)
            out_print(&o, "\n  %s %s %d %d", h->children[k].given, h->children[k].family,
                      h->children[k].born.d, h->nights[k]);
    }
    for (size_t i = 0; i < f->change_count; i++)
        out_print(&o, "\n %d: %d %lld %d.%d", f->changes[i].day.d, f->changes[i].kind,
                  (long long)f->changes[i].value, f->changes[i].household, f->changes[i].child);
    for (int day = 0; day < 200; day += 7) {
        struct family_payment p = family_payment(load, f, date_add_days(load->last, -day));
        out_print(&o, "\n %d%d %d %d %d", p.pays, p.unreadable, p.delay, p.part, p.returned);
    }
    return out_string(&o);
}

static void test_alone(void **state)
{
    (void)state;
    struct caseload load = load_of(7), other = load_of(8);
    struct arena one = { 0 }, two = { 0 };
    size_t differ = 0;

    /* forwards, backwards, and alone: the same; of another seed: not */
    for (int64_t n = 1; n <= 300; n++) {
        const char *first = family_text(&load, n, &one);
        for (int64_t before = n + 3; before > n; before--)
            family_text(&load, before, &two);
        assert_string_equal(first, family_text(&load, n, &two));
        differ += strcmp(first, family_text(&other, n, &two)) != 0;
        arena_reset(&one);
        arena_reset(&two);
    }
    assert_int_equal(differ, 300);
    arena_free(&one);
    arena_free(&two);
}

static void test_believable(void **state)
{
    (void)state;
    struct caseload load = load_of(3);
    struct arena one     = { 0 };
    int direct = 0, several = 0, male = 0, single = 0, welsh = 0;

    for (int64_t n = 1; n <= FAMILIES; n++) {
        arena_reset(&one);
        const struct kin *f = family_make(&load, n, &one);
        direct += f->service == FAMILY_DIRECT_PAY;
        several += f->household_count > 1;
        male += f->male;
        welsh += f->welsh;
        int children = 0;
        assert_in_range(f->household_count, 1, HOUSEHOLDS_MOST);
        for (int i = 0; i < f->household_count; i++) {
            const struct household *h = &f->households[i];
            assert_false(date_before(h->effective, h->applied));
            assert_false(date_before(load.last, h->applied));
            assert_false(date_before(h->decided, h->applied));
            children += h->child_count;
            for (int k = 0; k < h->child_count; k++) {
                assert_true(date_before(h->children[k].born, h->applied));
                assert_true(date_before(f->paying.born, h->children[k].born));
                assert_true(date_before(h->receiving.born, h->children[k].born));
                assert_true(date_before(load.last, date_add_months(h->children[k].born, 20 * 12)));
                assert_in_range(h->nights[k], 0, 182);
            }
        }
        single += children == 1;
        for (size_t i = 1; i < f->change_count; i++)
            assert_false(date_before(f->changes[i].day, f->changes[i - 1].day));
    }
    /* shares within four standard errors of what the file says */
    assert_in_range(direct * 1000 / FAMILIES, 627 - 14, 627 + 14);
    assert_in_range(several * 1000 / FAMILIES, 70 - 8, 70 + 8);
    assert_in_range(male * 1000 / FAMILIES, 930 - 8, 930 + 8);
    assert_in_range(single * 1000 / FAMILIES, 500, 650);
    assert_in_range(welsh, 1, FAMILIES / 100);
    arena_free(&one);
}

static void test_cut(void **state)
{
    (void)state;
    struct caseload load = load_of(5);

    for (int64_t want = 1; want < 3000; want += 271) {
        int64_t sum = 0;
        caseload_cut(&load, want);
        for (int64_t n = 1; n <= load.families; n++)
            sum += family_size(&load, n);
        assert_int_equal(sum, want);
    }
}

static void test_draws(void **state)
{
    (void)state;
    struct draw a = draw_start(1, 2, 3, 4), b = draw_start(1, 2, 3, 4), c = draw_start(1, 2, 3, 5);
    int64_t sum = 0, low = 0;

    for (int i = 0; i < 100; i++) {
        uint64_t x = draw_word(&a);
        assert_true(x == draw_word(&b));
        assert_true(x != draw_word(&c));
    }
    for (int i = 0; i < 100000; i++) {
        int64_t n = draw_below(&a, 10);
        assert_in_range(n, 0, 9);
        sum += n;
        low += draw_chance(&a, 1, 4);
    }
    assert_in_range(sum, 450000 - 4000, 450000 + 4000);
    assert_in_range(low, 25000 - 600, 25000 + 600);
    /* the first numbers of a known key: another machine has the same */
    a = draw_start(20261122, 1, 0, 0);
    assert_true(draw_word(&a) == UINT64_C(0xd1f491aac9ad2353));
}

static void test_curve(void **state)
{
    (void)state;
    struct draw d = draw_start(9, 9, 9, 9);
    int poor      = 0;

    for (int i = 0; i < 100000; i++) {
        int64_t x = assumed_curve(&assumptions, ASSUME_INCOME_DIRECT, &d);
        assert_in_range(x, 500, 150000);
        poor += x < 12570;
    }
    assert_in_range(poor, 16000 - 600, 16000 + 600);
}

static int group_begin(void **state)
{
    struct fail f = { 0 };
    (void)state;
    return assumptions_read("data/caseload.assumptions", assumptions_builtin, &arena, &assumptions,
                            &f)
               ? 0
               : -1;
}

static int group_end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws),      cmocka_unit_test(test_curve),
        cmocka_unit_test(test_alone),      cmocka_unit_test(test_cut),
        cmocka_unit_test(test_believable),
    };
    return cmocka_run_group_tests(tests, group_begin, group_end);
}
