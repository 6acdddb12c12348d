/* test_pattern.c: of what comes again and again a person is called, who answers with a reason, and
 * no parent learns of it. */
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
        cmocka_unit_test(a_person_is_called_and_answers),
    };

    return cmocka_run_group_tests(tests, open_world, world_close);
}
