/* test_pattern.c: what comes again and again: how it is counted and said, and, through the web
 * layer, that a person is called, answers with a reason, and no parent learns of it. */
#include "app/pattern.h"
#include "case_world.h"

static struct parent dana   = { .name = "Dana", .role = "receiving_parent" };
static struct parent marcus = { .name = "Marcus", .role = "paying_parent" };
static struct parent carol  = { .name = "Carol", .role = "caseworker" };
static struct parent olive  = { .name = "Olive", .role = "complaints_officer" };

static int open_world(void **state)
{
    (void)state;
    world_begin("tests/own/pattern.play", date_make(2025, 12, 6));
    pp = person_of("Marcus");
    sign_in(&marcus, pp);
    sign_in(&dana, person_of("Dana"));
    sign_in(&carol, 0);
    sign_in(&olive, 0);
    return 0;
}

/* ---- counting ---- */

static const struct pattern_term terms[] = { { { 0 }, 3, 12, 5, 30, false },
                                             { { 20000 }, 2, 6, -1, 0, true } };
static const struct pattern_rule rule    = {
       .name       = "test",
       .tells      = "{times} in {months}, {first} to {last}: {total}.",
       .item       = "{day} of {due}: {measure}, {amount}",
       .looks      = "{times} in {months}, {least} to {most}",
       .terms      = terms,
       .term_count = 2,
};

static size_t counted(const int32_t (*signs)[3], size_t n, int32_t after, int32_t day, bool finds)
{
    struct pattern_sign s[8], found[8];
    size_t number;

    for (size_t i = 0; i < n; i++)
        s[i] = (struct pattern_sign){ { signs[i][0] }, { signs[i][1] }, { 100 }, signs[i][2] };
    assert_int_equal(pattern_finds(&rule, s, n, (date){ after }, (date){ day }, found, &number),
                     finds);
    return number;
}

static void what_is_counted_lies_in_the_term(void **state)
{
    static const int32_t three[][3] = { { 1000, 990, 10 }, { 1030, 1020, 5 }, { 1060, 1050, 30 } };
    static const int32_t edges[][3] = { { 1000, 990, 4 }, { 1030, 1020, 31 }, { 1060, 1050, 30 } };

    (void)state;
    assert_int_equal(counted(three, 3, 0, 1060, true), 3);
    assert_int_equal(counted(three, 3, 1000, 1060, false), 2); /* counted already */
    assert_int_equal(counted(three, 3, 0, 1059, false), 2);    /* not yet */
    assert_int_equal(counted(three, 3, 0, 1364, true), 3);     /* 12 months before: 999 */
    assert_int_equal(counted(three, 3, 0, 1365, false), 2);
    assert_int_equal(counted(edges, 3, 0, 1060, false), 1);
}

static void terms_change_with_their_days(void **state)
{
    static const int32_t two[][3]   = { { 19990, 1, 999 }, { 19995, 1, 0 } };
    static const int32_t apart[][3] = { { 19990, 1, 999 }, { 20030, 1, 0 } };

    (void)state;
    assert_ptr_equal(pattern_term_at(&rule, (date){ 19999 }), &terms[0]);
    assert_ptr_equal(pattern_term_at(&rule, (date){ 20000 }), &terms[1]);
    assert_int_equal(counted(two, 2, 0, 20001, false), 1); /* both in September 2024 */
    assert_int_equal(counted(apart, 2, 0, 20031, true), 2);
}

static void signs_are_kept_and_said(void **state)
{
    static const struct pattern_sign signs[] = {
        { { 20000 }, { 19990 }, { 12345 }, 10 },
        { { 20031 }, { 20021 }, { 100000 }, 10 },
    };
    struct pattern_sign back[4];
    struct out o = { .arena = &arena };

    (void)state;
    pattern_signs_write(&o, signs, 2);
    assert_string_equal(out_string(&o), "2024-10-04 2024-09-24 12345 10; "
                                        "2024-11-04 2024-10-25 100000 10");
    assert_int_equal(pattern_signs_read(out_string(&o), back, 4), 2);
    assert_memory_equal(back, signs, sizeof signs);
    assert_int_equal(pattern_signs_read(out_string(&o), back, 1), 1);
    assert_int_equal(pattern_signs_read("", back, 4), 0);
    assert_int_equal(pattern_signs_read("2024-10-04 nonsense", back, 4), 0);
    assert_string_equal(pattern_tells(&rule, &terms[0], signs, 2, &arena),
                        "2 in 12, 4 October 2024 to 4 November 2024: £1,123.45.");
    assert_string_equal(pattern_item(&rule, &signs[1], &arena),
                        "4 November 2024 of 25 October 2024: 10, £1,000.00");
    assert_string_equal(pattern_looks(&rule, &terms[0], &arena), "3 in 12, 5 to 30");
}

static void every_rule_says_what_it_has(void **state)
{
    (void)state;
    for (int32_t i = 0; i < pattern_rule_count; i++) {
        const struct pattern_rule *r = &pattern_rules[i];
        assert_ptr_equal(pattern_rule_find(r->name), r);
        assert_false(has(pattern_looks(r, r->terms, &arena), "{"));
        assert_false(has(pattern_tells(r, r->terms, NULL, 0, &arena), "{"));
    }
    assert_null(pattern_rule_find("gloom"));
}

/* ---- on pages ---- */

static const char *const own_pages[] = { "/home", "/home/messages", "/home/looks", "/home/letters",
                                         "/home/account" };
enum { OWN_PAGES = sizeof own_pages / sizeof *own_pages };

static void no_parent_is_told(void)
{
    const struct parent *both[] = { &dana, &marcus };

    for (int p = 0; p < 2; p++)
        for (int i = 0; i < OWN_PAGES; i++) {
            struct request r = get(own_pages[i], both[p]->cookies);
            assert_false(has(out_string(&r.out), "attern"));
            assert_false(has(out_string(&r.out), "again and again"));
            assert_false(has(out_string(&r.out), "Zzreason"));
            assert_false(has(out_string(&r.out), "whoever has the case"));
        }
    for (int p = 0; p < 2; p++)
        assert_int_equal(get(case_path("/patterns"), both[p]->cookies).status, 403);
}

static void a_person_is_called_and_answers(void **state)
{
    (void)state;
    no_parent_is_told();
    assert_true(has(shown(&carol, "/work-list"), "Something comes again and again"));
    const char *page = shown(&carol, case_path(""));
    const char *path = link_in(page, case_path("/pattern/"));
    const char *one  = shown(&carol, path);
    assert_true(has(one, "Paid late, again and again: Marcus"));
    assert_true(has(one, "In 8 of 12 months a payment came late and in full"));
    assert_true(has(one, "Due on 5 April 2025, made on 13 April 2025: 8 days late"));
    assert_true(has(one, "Lords, 8 Feb 2021"));
    assert_false(has(shown(&carol, case_path("/timeline")), "late, again"));
    assert_int_equal(get(case_path("/patterns"), olive.cookies).status, 403);
    assert_int_equal(get(case_path("/pattern/999"), carol.cookies).status, 404);
    /* A reason is compulsory; twice is refused. */
    assert_int_equal(post(&carol, path, "event=nothing&reason=").status, 422);
    assert_int_equal(post(&carol, path, "event=find&reason=Zzreason").status, 422);
    assert_int_equal(post(&carol, path, "event=consider&reason=Zzreason").status, 303);
    assert_int_equal(post(&carol, path, "event=nothing&reason=Zzreason").status, 422);
    const char *all = shown(&carol, case_path("/patterns?done=answered"));
    assert_true(has(all, "A marker was considered") && has(all, "Zzreason"));
    assert_false(has(shown(&carol, "/work-list"), "href=\"/case/1/patterns"));
    assert_false(has(shown(&carol, case_path("/timeline")), "Zzreason"));
    no_parent_is_told();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_counted_lies_in_the_term),
        cmocka_unit_test(terms_change_with_their_days),
        cmocka_unit_test(signs_are_kept_and_said),
        cmocka_unit_test(every_rule_says_what_it_has),
        cmocka_unit_test(a_person_is_called_and_answers),
    };

    return cmocka_run_group_tests(tests, open_world, world_close);
}
