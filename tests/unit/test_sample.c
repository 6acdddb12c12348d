/* test_sample.c: which decisions are picked is settled by their hashes; who made one does not look
 * at it; what its parents are told waits, on their own pages and on its way out; the rates add up.
 */
#include "app/check.h"
#include "app/day.h"
#include "app/post.h"
#include "app/sample.h"
#include "app/sample_rates.h"
#include "base/digest.h"
#include "case_world.h"

#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct fail f_ = { 0 }, *fail = &f_;                                                       \
        if (!(call)) fail_msg("%s: %s", f_.code, f_.text);                                         \
    } while (0)

static struct parent dana = { .name = "Dana", .role = "receiving_parent" };
static struct parent ann  = { .name = "Ann", .role = "caseworker" };
static struct parent olu  = { .name = "Olu", .role = "caseworker" };
static struct parent lee  = { .name = "Lee", .role = "team_leader" };
static struct parent eve  = { .name = "Eve", .role = "enforcement_officer" };

static int open_world(void **state)
{
    (void)state;
    world_begin("tests/own/sample.play", date_make(2026, 3, 2));
    pp = person_of("Marcus");
    sign_in(&dana, person_of("Dana"));
    sign_in(&ann, 0);
    sign_in(&olu, 0);
    sign_in(&lee, 0);
    sign_in(&eve, 0);
    return 0;
}

/* ---- the lot ---- */

static enum sample_state side_of_number(int32_t number, const char *seed,
                                        const struct sample_shares *shares)
{
    unsigned char bytes[DIGEST_BYTES];
    struct blob s = { seed, strlen(seed) }, h = { bytes, sizeof bytes };
    struct digest d;

    digest_begin(&d);
    digest_number(&d, 'n', number);
    digest_end(&d, bytes);
    return sample_side(&s, &h, shares);
}

static void the_shares_are_reached(void **state)
{
    enum { HASHES = 10000, BEFORE = 50, AFTER = 100, OFF = 75 };
    struct sample_shares shares = { BEFORE, AFTER };
    int32_t before = 0, after = 0, same = 0;

    (void)state;
    for (int32_t i = 0; i < HASHES; i++) {
        enum sample_state side = side_of_number(i, "the seed of 2 March 2026", &shares);
        before += side == SAMPLE_STATE_BEFORE;
        after += side == SAMPLE_STATE_AFTER;
        same += side == side_of_number(i, "another seed", &shares);
        assert_int_equal(side, side_of_number(i, "the seed of 2 March 2026", &shares));
    }
    /* Three standard deviations of 10,000 draws: 65 and 90. */
    assert_in_range(before, HASHES * BEFORE / 1000 - OFF, HASHES * BEFORE / 1000 + OFF);
    assert_in_range(after, HASHES * AFTER / 1000 - OFF - OFF / 5,
                    HASHES * AFTER / 1000 + OFF + OFF / 5);
    assert_in_range(same, HASHES / 2, HASHES - HASHES / 5); /* the seed says who */
    struct sample_shares all = { 0, 1000 }, none = { 0, 0 };
    assert_int_equal(side_of_number(1, "s", &all), SAMPLE_STATE_AFTER);
    assert_int_equal(side_of_number(1, "s", &none), SAMPLE_STATE_NONE);
}

/* ---- the record ---- */

static void begun(struct setting s, struct sample_shares shares, const char *code)
{
    struct fail f = { 0 };

    MUST(store_begin(store, STORE_WRITING, fail));
    assert_false(sample_begin(&s, shares, &f));
    assert_string_equal(f.code, code);
    store_rollback(store);
}

static size_t picked(void)
{
    struct sample *list;
    size_t n;

    MUST(sample_list(store, &arena, pp, &list, &n, fail));
    return n;
}

static void picking_again_picks_nothing(void **state)
{
    struct setting s = { store, &arena, today, "day" };
    bool changed;

    (void)state;
    assert_int_equal(picked(), 1);
    MUST(store_begin(store, STORE_WRITING, fail) && day_run(&s, pp, &changed, fail) &&
         sample_pick(&s, (struct store_ints){ &pp, 1 }, fail) && store_commit(store, fail));
    assert_int_equal(picked(), 1);
    begun(s, (struct sample_shares){ 900, 200 }, "shares_wrong");
    begun(s, (struct sample_shares){ 1001, -1 }, "shares_wrong");
}

static const char *found_by_check;

static void complain(void *context, int64_t whose, const char *sentence)
{
    (void)context, (void)whose;
    found_by_check = arena_text(&arena, sentence, strlen(sentence));
}

static void tell_fault(void *context, const char *sentence)
{
    complain(context, 0, sentence);
}

/* A seed begun the same day comes after the pick: the check then works it out by the new shares. */
static void a_pick_that_is_not_due_is_found(void **state)
{
    struct setting s           = { store, &arena, today, "ops" };
    struct check_report report = { 0 };

    (void)state;
    found_by_check = "";
    MUST(check_group(store, &arena, pp, complain, NULL, &report, fail));
    assert_string_equal(found_by_check, "");
    MUST(store_begin(store, STORE_WRITING, fail) &&
         sample_begin(&s, (struct sample_shares){ 0, 0 }, fail) &&
         check_group(store, &arena, pp, complain, NULL, &report, fail));
    store_rollback(store);
    assert_true(has(found_by_check, "is not to be picked so"));
}

/* Decided after the run of the day; the next day's was finished, and should have picked it. */
static void a_pick_that_is_missing_is_found(void **state)
{
    struct sql_job_start_in job  = { .name = DAY_JOB, .day = date_add_days(today, 1) };
    struct sql_job_end_in finish = { .name = DAY_JOB, .day = job.day, .state = "finished" };
    int64_t ivan                 = person_of("Ivan");

    (void)state;
    found_by_check = "";
    MUST(store_begin(store, STORE_WRITING, fail) &&
         sample_check(store, &arena, ivan, tell_fault, NULL, fail));
    assert_string_equal(found_by_check, "");
    finish.note = "";
    MUST(sql_job_start(store, &job, fail) && sql_job_end(store, &finish, fail) &&
         sample_check(store, &arena, ivan, tell_fault, NULL, fail));
    store_rollback(store);
    assert_true(has(found_by_check, "should have been picked"));
}

/* ---- letters ---- */

static size_t waiting;

static void kept(void *context, const char *reference, int64_t letter, const char *because)
{
    (void)context, (void)reference, (void)letter;
    fail_msg("kept back: %s", because);
}

static bool file(void *context, const char *name, const char *bytes, size_t n, struct fail *fail)
{
    (void)context, (void)name, (void)bytes, (void)n, (void)fail;
    return true;
}

static bool before_list(void *context, struct fail *fail)
{
    (void)context, (void)fail;
    return true;
}

static size_t letters_out(void)
{
    struct setting s    = { store, &arena, today, "post" };
    struct post_run run = { NULL, kept, file, before_list };
    struct post_result r;

    MUST(post_out(&s, &run, &r, fail));
    waiting = r.sampled;
    return r.written;
}

static void letters_wait_and_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(letters_out(), 0);
    assert_int_equal(waiting, 3);
    assert_false(has(shown(&dana, "/home/letters"), "/home/letter/"));
    assert_true(has(shown(&dana, "/home"), "a week")); /* the amount is there */
    assert_int_equal(get("/home/letters", olu.cookies).status, 403);
    assert_true(
        has(shown(&olu, case_path("/letters")), "Somebody else looks at the decision first"));
    assert_true(has(shown(&olu, case_path("")), "Notices wait"));
}

/* ---- looking ---- */

static void only_another_looks(void **state)
{
    const char *path = link_in(shown(&olu, case_path("/samples")), case_path("/sample/"));

    (void)state;
    assert_true(has(shown(&ann, "/samples"), "Whoever made the decision cannot look at it"));
    assert_true(has(shown(&olu, "/samples"), "Wait for a look"));
    assert_true(has(shown(&olu, "/work-list"), "to be looked at before the parents are told"));
    assert_true(has(shown(&ann, path), "Whoever made the decision cannot look at it"));
    assert_false(has(shown(&ann, path), "name=\"found\""));
    assert_true(has(shown(&eve, path), "Your role may not look"));
    assert_int_equal(get(path, dana.cookies).status, 403);
    assert_int_equal(get("/lead/status", olu.cookies).status, 403);
    assert_int_equal(get(case_path("/sample/999"), olu.cookies).status, 404);
    assert_int_equal(get(case_path("/sample/0"), olu.cookies).status, 404);
    const char *one = shown(&olu, path);
    assert_true(has(one, "Agrees") && has(one, "How it was worked out"));
    assert_true(has(one, "Letter to Dana Frost") && has(one, "Letter to Marcus Webb"));
    const char *found = "found=right&should=&reason=Zzreason";
    struct request r  = post(&ann, path, found);
    assert_int_equal(r.status, 422);
    assert_true(has(out_string(&r.out), "somebody else must"));
    assert_int_equal(post(&eve, path, found).status, 422);
    assert_int_equal(post(&olu, path, "found=right&should=&reason=").status, 422);
    r = post(&olu, path, "found=not_right&should=&reason=Zzreason");
    assert_int_equal(r.status, 422);
    assert_true(has(out_string(&r.out), "Say what it should give a week"));
    assert_int_equal(picked(), 1);
}

static struct sample_rates rates(void)
{
    struct sample_rates r;

    MUST(sample_rates_read(store, &arena, today, &r, fail));
    return r;
}

static void wrong_has_its_money(void **state)
{
    const char *path = link_in(shown(&lee, "/samples"), case_path("/sample/"));
    char text[SAMPLE_PERCENT];

    (void)state;
    struct sample_rates none = rates();
    assert_int_equal(none.all.before, 1);
    assert_int_equal(sample_looked(&none.all), 0);
    struct request r = post(&lee, path, "found=not_right&should=74.00&reason=Zzreason");
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, case_path("/decide?kind=revision"));
    struct sample_rates all = rates();
    assert_int_equal(all.all.decided, 2);
    assert_int_equal(all.all.wrong, 1);
    assert_int_equal(all.all.weekly.p, 8400);
    assert_int_equal(all.all.error.p, 1000);
    assert_int_equal(all.months[0].wrong, 1);
    assert_string_equal(sample_percent(all.all.error.p, all.all.weekly.p, text), "11.9%");
    assert_string_equal(sample_percent(0, 0, text), "-");
    const char *page = shown(&lee, "/lead/status");
    assert_true(has(page, "100.0%") && has(page, "11.9%") && has(page, "£10.00"));
    assert_true(has(shown(&ann, case_path("/samples")), "Zzreason"));
    assert_true(has(shown(&lee, "/samples"), "No decision waits to be looked at."));
    assert_true(has(shown(&ann, "/work-list"), "Decision found wrong, not decided anew"));
    assert_int_equal(post(&lee, path, "found=right&should=&reason=Zzreason").status, 422);
    /* Its notices wait for the new decision, and no longer than its clock. */
    assert_int_equal(letters_out(), 0);
    assert_int_equal(waiting, 3);
    today = date_make(2026, 3, 6);
    assert_int_equal(letters_out(), 3);
    assert_true(has(shown(&dana, "/home/letters"), "/home/letter/"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shares_are_reached),
        cmocka_unit_test(picking_again_picks_nothing),
        cmocka_unit_test(a_pick_that_is_not_due_is_found),
        cmocka_unit_test(a_pick_that_is_missing_is_found),
        cmocka_unit_test(letters_wait_and_nothing_else),
        cmocka_unit_test(only_another_looks),
        cmocka_unit_test(wrong_has_its_money),
    };

    return cmocka_run_group_tests(tests, open_world, world_close);
}
