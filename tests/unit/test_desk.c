/* test_desk.c: the desk of those who work on cases, without a socket: what is said to which parent,
 * a case handed over, a caseload moved, what a second person must approve.  The family is that of
 * tests/own/canary.play, in which every protected thing is a word found nowhere else. */
#include "app/approval.h"
#include "app/door.h"
#include "own_world.h"

static int64_t pp;

/* ---- who works here ---- */

enum { ANN, CY, LEE, EVE, PEOPLE };
static struct parent people[PEOPLE] = { { .name = "Ann", .role = "caseworker" },
                                        { .name = "Cy", .role = "caseworker" },
                                        { .name = "Lee", .role = "team_leader" },
                                        { .name = "Eve", .role = "examiner" } };

static int64_t family_of(const char *name)
{
    struct sql_find_cases_row *cases;
    struct fail f = { 0 };
    size_t n;

    assert_true(find_cases(store, &arena, name, &cases, &n, &f));
    assert_int_equal(n, 1);
    return cases[0].pp;
}

static int open_world(void **state)
{
    (void)state;
    arena_reset(&arena);
    world_begin("tests/own/canary.play", date_make(2026, 10, 10));
    for (int i = 0; i < PEOPLE; i++)
        sign_in(&people[i], 0);
    pp = family_of("Marcus");
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    return 0;
}

/* ---- requests ---- */

static struct request seen(int who, const char *path)
{
    return get(path, people[who].cookies);
}

static struct request sent(int who, const char *path, const char *fields)
{
    return post(&people[who], path, fields);
}

static const char *case_path(const char *part)
{
    return arena_print(&arena, "/case/%lld%s", (long long)pp, part);
}

static const char *shown(int who, const char *path)
{
    struct request r = seen(who, path);

    if (r.status) fail_msg("%s: %s: %u", people[who].name, path, r.status);
    return out_string(&r.out);
}

#define SAYS(text, words)    assert_non_null(strstr((text), (words)))
#define SAYS_NO(text, words) assert_null(strstr((text), (words)))

/* ---- the page of a case ---- */

/* The card of a parent: from its title to the next card's or part's. */
static const char *card_of(const char *page, const char *title)
{
    const char *at = strstr(page, title);

    if (!at) fail_msg("no card of %s", title);
    const char *end = strstr(at, "summary-card__title");
    if (!end) end = strstr(at, "id=\"running\"");
    assert_non_null(end);
    return arena_text(&arena, at, (size_t)(end - at));
}

static void a_case_is_one_page(void **state)
{
    static const char *const parts[] = { "1. What is owed", "2. What is running", "3. What is due",
                                         "4. What is dangerous", "5. Who has this case" };
    const char *page                 = shown(ANN, case_path(""));

    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        SAYS(page, parts[i]);
    SAYS(page, "Zzholdreason");
    SAYS(page, "Zzdisputereason");
    SAYS(page, "Nobody yet.");
    SAYS(page, "accesskey=\"g\"");
    /* What is disputed or on hold nobody asks for on the telephone. */
    SAYS(card_of(page, "Marcus Zzmarcus, who pays"), "we do not ask you for it");
    SAYS(card_of(page, "Dana Zzdana, who receives"), "is paused");
}

static void a_receiving_parent_is_told_nothing_of_the_other(void **state)
{
    static const char *const kept[] = { "Marcus",    "Priya",   "Sami",     "36,521",
                                        "Zzmarcus",  "700.4",   "Zzpriya",  "Zzholdreason",
                                        "Zzdispute", "Zzstaff", "Zzpaying", "71717171" };
    const char *card = card_of(shown(ANN, case_path("")), "Dana Zzdana, who receives");

    (void)state;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        SAYS_NO(card, kept[i]);
    SAYS(card, "Ella");
}

static void the_telephone_says_what_the_own_page_says(void **state)
{
    struct parent dana = { .name = "Dana", .role = "receiving_parent" };

    (void)state;
    sign_in(&dana, person_of("Dana"));
    struct request r = get("/home", dana.cookies);
    const char *home = out_string(&r.out), *at = strstr(home, "Still to come to you: £");
    assert_non_null(at);
    at              = strchr(at, ':') + 2;
    const char *sum = arena_text(&arena, at, strcspn(at, "\n<"));
    SAYS(card_of(shown(ANN, case_path("")), "Dana Zzdana, who receives"), sum);
}

/* ---- who has it ---- */

static void a_case_is_handed_over_with_a_note(void **state)
{
    const char *path = case_path("/hand-over");

    (void)state;
    SAYS(shown(ANN, path), "Give this case to somebody");
    assert_int_equal(sent(ANN, path, "owner=ann").status, 303);
    struct request r = sent(ANN, path, "owner=cy&deputy=ann");
    assert_int_equal(r.status, 422);
    SAYS(out_string(&r.out), "what the next person must know");
    assert_int_equal(sent(ANN, path, "owner=eve&note=an+examiner+has+no+cases").status, 422);
    assert_int_equal(sent(ANN, path, "owner=cy&deputy=cy&note=one+and+the+same").status, 422);
    assert_int_equal(sent(ANN, path, "owner=cy&deputy=ann&note=She+likes+calls+before+noon").status,
                     303);
    SAYS(shown(ANN, case_path("")), "Handed over with: She likes calls before noon");
    SAYS(shown(ANN, case_path("/timeline")), "Handed over");
    assert_int_equal(seen(EVE, path).status, 403);
}

static void nobody_is_given_a_case_of_their_family(void **state)
{
    struct opener who = { "lee", "team_leader", NOW };
    struct fail f     = { 0 };

    (void)state;
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(door_bar(store, "cy", pp, "a cousin", &who, &f));
    assert_true(store_commit(store, &f));
    struct request r = sent(ANN, case_path("/hand-over"), "owner=cy");
    assert_int_equal(r.status, 422);
    SAYS(out_string(&r.out), "cy may not open this case.");
    assert_int_equal(sent(ANN, case_path("/hand-over"), "owner=ann&deputy=cy").status, 422);
    SAYS(shown(ANN, case_path("")), "1 person who works here is close to this family");
    /* Shared out, it stays where it is, and the other family goes. */
    r = sent(LEE, "/lead/move", "to=cy&note=Nobody+had+these");
    assert_string_equal(r.location, "/lead?moved=1");
}

static void a_team_leader_sees_and_moves_the_caseload(void **state)
{
    (void)state;
    assert_int_equal(seen(ANN, "/lead").status, 403);
    SAYS(shown(LEE, "/lead"), "2 cases have no owner");
    SAYS(shown(LEE, "/lead/move"), "Give cases that nobody has to somebody");
    assert_int_equal(sent(LEE, "/lead/move", "to=ann").status, 422);
    assert_int_equal(sent(LEE, "/lead/move", "to=eve&note=not+a+caseworker").status, 422);
    struct request r = sent(LEE, "/lead/move", "to=ann&note=Shared+out+on+Monday");
    assert_string_equal(r.location, "/lead?moved=2");
    SAYS(shown(LEE, "/lead?moved=2"), "Every case has an owner.");
    assert_int_equal(sent(ANN, "/lead/move", "from=ann&to=cy&note=I+am+away").status, 403);
    r = sent(LEE, "/lead/move", "from=ann&to=cy&number=1&note=Balance+of+the+team");
    assert_string_equal(r.location, "/lead?moved=1");
    SAYS(shown(LEE, "/lead"), "2 cases have an owner; half of them");
}

/* ---- a second person ---- */

#define REDRESS "arrangement=1&amount=150.00&reason=Letters+were+wrong&evidence=complaint+7"

static int64_t last_event(void)
{
    struct sql_event_last_row row;
    struct fail f = { 0 };
    bool found;

    assert_true(
        sql_event_last(store, &(struct sql_event_last_in){ .pp = pp }, &arena, &row, &found, &f));
    return row.seq;
}

/* Asks for redress; the address of what was asked. */
static const char *redress_ask(int who)
{
    int64_t seen     = last_event();
    const char *path = case_path("/ruling/redress");
    struct request r = sent(who, path, REDRESS "&act=preview");

    SAYS(out_string(&r.out), "More than £100.00 needs a second person");
    r = sent(who, path, arena_print(&arena, REDRESS "&act=confirm&seen=%lld", (long long)seen));
    assert_string_equal(r.location, case_path("/approvals?done=asked"));
    SAYS_NO(shown(who, case_path("/rulings")), "Letters were wrong");
    return case_path(arena_print(&arena, "/approval/%lld", (long long)last_event()));
}

static void what_costs_is_done_by_two(void **state)
{
    const char *path = redress_ask(ANN);

    (void)state;
    SAYS(shown(ANN, "/approvals"), "You asked for it");
    SAYS(shown(CY, "/approvals"), "A team leader must look");
    SAYS(shown(LEE, "/approvals"), "Look and answer");
    SAYS(shown(ANN, case_path("")), "waits to be approved, asked by ann");
    struct request r = sent(ANN, path, "answer=approve");
    assert_int_equal(r.status, 422);
    SAYS(out_string(&r.out), "somebody else must look");
    assert_int_equal(sent(CY, path, "answer=approve").status, 422);
    assert_int_equal(sent(LEE, path, "answer=refuse").status, 422);
    assert_int_equal(sent(LEE, path, "answer=withdraw&reason=not+mine+to+take").status, 422);
    SAYS(shown(LEE, path), "£150.00: The service paid the receiving parent");
    r = sent(LEE, path, "answer=approve");
    assert_string_equal(r.location, case_path("/approvals?done=approve"));
    SAYS(shown(ANN, case_path("/rulings")), "Letters were wrong");
    SAYS(shown(ANN, case_path("/approvals")), "Approved and done");
    /* Not twice. */
    assert_int_equal(sent(LEE, path, "answer=approve").status, 303);
    assert_string_equal(seen(LEE, path).location, case_path("/approvals"));
    SAYS(shown(LEE, "/approvals"), "Nothing waits for a second person.");
}

#define SMALL "arrangement=1&amount=60.00&reason=A+letter+was+late&evidence=a+call"

/* Each is within what one person decides; two are not, whoever decides them. */
static void small_acts_are_added_up(void **state)
{
    const char *path = case_path("/ruling/redress");
    int64_t seen     = last_event();

    (void)state;
    struct request r = sent(ANN, path, SMALL "&act=preview");
    SAYS_NO(out_string(&r.out), "needs a second person");
    r = sent(ANN, path, arena_print(&arena, SMALL "&act=confirm&seen=%lld", (long long)seen));
    assert_string_equal(r.location, case_path("/rulings"));
    seen = last_event();
    r    = sent(CY, path, SMALL "&act=preview");
    SAYS(out_string(&r.out), "in this family by anybody, £60.00 in the last 30 days. More than "
                             "£100.00 needs a second person");
    r = sent(CY, path, arena_print(&arena, SMALL "&act=confirm&seen=%lld", (long long)seen));
    assert_string_equal(r.location, case_path("/approvals?done=asked"));
    path = case_path(arena_print(&arena, "/approval/%lld", (long long)last_event()));
    SAYS(shown(LEE, path), "by anybody: £60.00 in the last 30 days");
    r = sent(LEE, path, "answer=approve");
    assert_string_equal(r.location, case_path("/approvals?done=approve"));
}

static void what_was_asked_is_refused_or_taken_back(void **state)
{
    const char *path = redress_ask(ANN);

    (void)state;
    struct request r = sent(LEE, path, "answer=refuse&reason=One+complaint%2C+one+redress");
    assert_string_equal(r.location, case_path("/approvals?done=refuse"));
    SAYS(shown(ANN, case_path("/approvals")), "One complaint, one redress");
    path = redress_ask(ANN);
    r    = sent(ANN, path, "answer=withdraw&reason=it+is+settled");
    assert_string_equal(r.location, case_path("/approvals?done=withdraw"));
    SAYS_NO(shown(ANN, case_path("/rulings")), "Letters were wrong");
}

static void what_would_do_something_else_is_not_done(void **state)
{
    struct setting s           = { store, &arena, date_make(2026, 10, 10), "ann" };
    struct ruling_order o      = { .kind        = RULING_REDRESS,
                                   .arrangement = 1,
                                   .amount      = { 15000 },
                                   .day         = s.today,
                                   .reason      = "Letters were wrong",
                                   .evidence    = "complaint 7" };
    struct approval_act a      = approval_act_of_ruling(&arena, &o);
    struct approval_effect was = { .amount = { 15000 }, .text = "£150.00: what it did then" };
    struct fail f              = { 0 };
    int64_t asked;

    (void)state;
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(approval_ask(&s, pp, &a, &was, o.reason, &asked, &f));
    assert_true(store_commit(store, &f));
    const char *path = case_path(arena_print(&arena, "/approval/%lld", (long long)asked));
    struct request r = sent(LEE, path, "answer=approve");
    assert_string_equal(r.location, case_path("/approvals?done=overtaken"));
    SAYS(shown(ANN, case_path("/approvals?done=overtaken")), "It must be asked for again.");
    SAYS_NO(shown(ANN, case_path("/rulings")), "Letters were wrong");
    assert_string_equal(seen(LEE, path).location, case_path("/approvals"));
}

/* ---- to a case at once ---- */

/* What the list of cases says to a text that is looked for. */
static void names_are_found_as_people_type_them(void **state)
{
    static const char *const found[]   = { "Marcus+Zzmarcus",  "zzMARCUS+marc", "ella+we",
                                           "Zzd%C3%A1n%C3%A1", "priya+Zzpriya", "%20SAMI-anand%20" };
    static const char *const missing[] = { "arcus", "Ella+Zzdana", "zzmarcus+zzdana", "%25",
                                           "%27" };

    (void)state;
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        const char *page = shown(ANN, arena_print(&arena, "/work?q=%s", found[i]));
        SAYS(page, "Cases that match: 1 to 1 of 1");
        SAYS(page, "Zzmarcus");
    }
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        SAYS(shown(ANN, arena_print(&arena, "/work?q=%s", missing[i])), "No case matches");
    SAYS(shown(ANN, "/work"), "All cases: 1 to");
}

static void go_opens_the_one_that_is_meant(void **state)
{
    struct sql_person_get_row payer;
    struct fail f = { 0 };
    bool found;

    (void)state;
    assert_true(
        sql_person_get(store, &(struct sql_person_get_in){ .id = pp }, &arena, &payer, &found, &f));
    assert_string_equal(seen(ANN, arena_print(&arena, "/go?who=%s", payer.ref)).location,
                        case_path(""));
    assert_string_equal(seen(ANN, "/go?who=Zzdana").location, case_path(""));
    assert_string_equal(seen(ANN, "/go?who=").location, "/work");
    SAYS(shown(ANN, "/go?who=nobody"), "No case matches");
    SAYS(shown(ANN, "/go?who=zz"), "Cases that match");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_case_is_one_page, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_receiving_parent_is_told_nothing_of_the_other, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(the_telephone_says_what_the_own_page_says, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_case_is_handed_over_with_a_note, open_world, close_world),
        cmocka_unit_test_setup_teardown(nobody_is_given_a_case_of_their_family, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_team_leader_sees_and_moves_the_caseload, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(what_costs_is_done_by_two, open_world, close_world),
        cmocka_unit_test_setup_teardown(small_acts_are_added_up, open_world, close_world),
        cmocka_unit_test_setup_teardown(what_was_asked_is_refused_or_taken_back, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(what_would_do_something_else_is_not_done, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(names_are_found_as_people_type_them, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(go_opens_the_one_that_is_meant, open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
