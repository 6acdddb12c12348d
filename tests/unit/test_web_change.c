/* test_web_change.c: a parent tells us what has changed and asks for a decision to be looked at
 * again; what it would do is shown before and changes nothing; the caseworker takes it up; it
 * counts from the day that the law says, by the day it was told. */
#include "own_world.h"

#include "app/asking.h"
#include "app/check.h"
#include "flow/clock_kind.h"

enum { MARCUS, DANA, PRIYA, ANN, PEOPLE };
static struct parent people[PEOPLE];
static int64_t pp;

static void ann_signs_in(void)
{
    struct parent *p = &people[ANN];
    struct fail f    = { 0 };
    const char *token;

    assert_true(account_add(
        store, &(struct account_new){ "ann", "caseworker", "long enough now", 0 }, NOW, &f));
    assert_true(session_start(store, &arena, "ann", NOW, &token, &f));
    p->cookies = arena_print(&arena, "session=%s", token);
    p->csrf    = token_for_forms(&arena, token);
}

static int open_world(void **state)
{
    (void)state;
    world_begin("tests/own/change.play", date_make(2026, 10, 10));
    people[MARCUS] = (struct parent){ .name = "Marcus", .role = "paying_parent" };
    people[DANA]   = (struct parent){ .name = "Dana", .role = "receiving_parent" };
    people[PRIYA]  = (struct parent){ .name = "Priya", .role = "receiving_parent" };
    pp             = person_of("Marcus");
    for (int i = MARCUS; i <= PRIYA; i++)
        sign_in(&people[i], person_of(people[i].name));
    ann_signs_in();
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    arena_reset(&arena);
    return 0;
}

/* ---- asking ---- */

/* The address of a page by a piece of a link to it. */
static const char *link_of(const struct parent *p, const char *page, const char *piece)
{
    struct request r = get(page, p->cookies);
    const char *text = out_string(&r.out), *at = strstr(text, piece);

    if (!at) fail_msg("%s has no link to %s at %s", p->name, piece, page);
    while (at[-1] != '"')
        at--;
    return arena_text(&arena, at, strcspn(at, "\""));
}

static const char *change_of(const struct parent *p, const char *kind)
{
    return link_of(p, "/home/change", arena_print(&arena, "/%s\"", kind));
}

static bool says(const struct request *r, const char *words)
{
    return strstr(out_string((struct out *)&r->out), words) != NULL;
}

#define SAYS(r, words)                                                                             \
    do {                                                                                           \
        if (!says(&(r), words))                                                                    \
            fail_msg("does not say \"%s\": %u %s", words, (r).status, out_string(&(r).out));       \
    } while (0)

static int64_t events(void)
{
    struct sql_event_last_row row;
    struct fail f = { 0 };
    bool found;

    assert_true(
        sql_event_last(store, &(struct sql_event_last_in){ .pp = pp }, &arena, &row, &found, &f));
    return row.seq;
}

static void group_now(struct group *g)
{
    struct fail f = { 0 };

    assert_true(group_load(store, &arena, pp, KNOWN_NOW, g, &f));
}

static void complain(void *context, int64_t of, const char *sentence)
{
    (void)context;
    fail_msg("%lld: %s", (long long)of, sentence);
}

static void all_holds(void)
{
    struct check_report report = { 0 };
    struct fail f              = { 0 };

    if (!check_group(store, &arena, pp, complain, NULL, &report, &f)) fail_msg("%s", f.text);
}

/* Sends what a preview shows: `fields`, with what it was seen as. */
static const char *tell(const struct parent *p, const char *path, const char *fields)
{
    struct request r = post(p, path, arena_print(&arena, "page=check&go=preview&%s", fields));
    const char *seen = strstr(out_string(&r.out), "name=\"seen\" value=\"");

    if (!seen) fail_msg("no preview: %u %s", r.status, out_string(&r.out));
    seen += strlen("name=\"seen\" value=\"");
    char *words = arena_text(&arena, seen, strcspn(seen, "\""));
    for (char *at = words; (at = strchr(at, ' '));)
        *at = '+';
    int64_t before = events();
    r = post(p, path, arena_print(&arena, "page=check&act=confirm&seen=%s&%s", words, fields));
    if (r.status != 303) fail_msg("not sent: %u %s", r.status, out_string(&r.out));
    assert_int_equal(events(), before + 1);
    return arena_text(&arena, r.location, strcspn(r.location, "?"));
}

/* The caseworker's page of what a parent's page shows. */
static const char *staff_path(const char *own)
{
    return arena_print(&arena, "/case/%lld/told/%s", (long long)pp, strrchr(own, '/') + 1);
}

static struct request ann_does(const char *path, const char *deed, const char *reason)
{
    struct request r =
        post(&people[ANN], path, arena_print(&arena, "deed=%s&reason=%s", deed, reason));
    const char *seen = strstr(out_string(&r.out), "name=\"seen\" value=\"");

    if (r.status || !seen) return r;
    return post(&people[ANN], path,
                arena_print(&arena, "deed=%s&reason=%s&act=confirm&seen=%d", deed, reason,
                            atoi(seen + strlen("name=\"seen\" value=\""))));
}

static enum clock_kind waits_for(const char *own)
{
    int64_t subject = strtoll(strrchr(own, '/') + 1, NULL, 10);
    struct group g;

    group_now(&g);
    for (size_t i = 0; i < g.clock_count; i++) {
        enum clock_kind k = clock_kind_find(g.clocks[i].kind);
        if (g.clocks[i].subject == subject &&
            (k == CLOCK_CHANGE_REPORT || k == CLOCK_CHANGE_EVIDENCE || k == CLOCK_RECONSIDERATION))
            return k;
    }
    return CLOCK_KINDS;
}

static const char *again_of(const struct parent *p)
{
    const char *worked = link_of(p, "/home", "/home/worked/");
    return arena_print(&arena, "/home/reconsider/%s", worked + strlen("/home/worked/"));
}

/* ---- the tests ---- */

static void one_question_is_on_each_page(void **state)
{
    const char *path = change_of(&people[DANA], "nights");
    struct request r = get(path, people[DANA].cookies);

    (void)state;
    SAYS(r, "Which one?");
    r = post(&people[DANA], path, "page=about");
    assert_int_equal(r.status, 422);
    SAYS(r, "Choose one of these");
    const char *at = strstr(out_string(&r.out), "name=\"about\" type=\"radio\" value=\"");
    const char *ella =
        arena_print(&arena, "%d", atoi(at + strlen("name=\"about\" type=\"radio\" value=\"")));
    r = post(&people[DANA], path, arena_print(&arena, "page=about&about=%s", ella));
    assert_int_equal(r.status, 0);
    SAYS(r, "How many nights");
    r = post(&people[DANA], path, arena_print(&arena, "page=value&about=%s&number=367", ella));
    assert_int_equal(r.status, 422);
    r = post(&people[DANA], path, arena_print(&arena, "page=value&about=%s&number=110", ella));
    SAYS(r, "Since when?");
    r = post(&people[DANA], path,
             arena_print(&arena,
                         "page=when&about=%s&number=110&happened-day=31&happened-month=2&"
                         "happened-year=2026",
                         ella));
    assert_int_equal(r.status, 422);
    const char *all = arena_print(&arena,
                                  "about=%s&number=110&happened-day=1&happened-month=9&"
                                  "happened-year=2026",
                                  ella);
    r               = post(&people[DANA], path, arena_print(&arena, "page=when&%s", all));
    SAYS(r, "Tell us more");
    r = post(&people[DANA], path, arena_print(&arena, "page=note&%s", all));
    SAYS(r, "Check your answers");
    SAYS(r, "1 September 2026");
    r = post(&people[DANA], path, arena_print(&arena, "page=check&go=value&%s", all));
    SAYS(r, "How many nights");
}

static void a_simple_change_goes_straight_through(void **state)
{
    struct parent *dana = &people[DANA];
    struct group g;

    (void)state;
    const char *path = change_of(dana, "address");
    const char *told = tell(dana, path,
                            "text=9+Secretroad%0D%0AZZ1+4QQ&happened-day=1&happened-month=10&"
                            "happened-year=2026");
    struct request r = get(told, dana->cookies);
    SAYS(r, "went straight through");
    assert_false(says(&r, "Secretroad"));
    assert_int_equal(waits_for(told), CLOCK_KINDS);
    group_now(&g);
    int64_t who = person_of("Dana");
    assert_non_null(group_fact(&g, FACT_ADDRESS, who, date_make(2026, 10, 1)));
    assert_null(group_fact(&g, FACT_ADDRESS, who, date_make(2026, 9, 30)));
    r = get(staff_path(told), people[ANN].cookies);
    SAYS(r, "Kept sealed");
    assert_false(says(&r, "Secretroad"));
    r = get(arena_print(&arena, "/case/%lld/timeline", (long long)pp), people[ANN].cookies);
    assert_false(says(&r, "Secretroad"));
    r = post(dana, change_of(dana, "email"), "page=value&text=nothing");
    assert_int_equal(r.status, 422);
    SAYS(r, "name@example.com");
    all_holds();
}

/* Both parents of an arrangement, before, while and after. */
static void nights_are_told_previewed_and_accepted(void **state)
{
    struct parent *marcus = &people[MARCUS];
    const char *path      = change_of(marcus, "nights");
    struct request r      = get(path, marcus->cookies);
    const char *mark      = "name=\"about\" type=\"radio\" value=\"";
    const char *at        = strstr(out_string(&r.out), mark);
    int child             = atoi(at + strlen(mark));
    struct group g;

    (void)state;
    const char *fields = arena_print(&arena,
                                     "about=%d&number=120&happened-day=1&happened-month=9&"
                                     "happened-year=2026&note=Privatenote",
                                     child);
    int64_t before     = events();
    r = post(marcus, path, arena_print(&arena, "page=check&go=preview&%s", fields));
    SAYS(r, "the amount changes from <strong>10 October 2026</strong>");
    SAYS(r, "Together");
    assert_int_equal(events(), before);
    r = post(marcus, path, arena_print(&arena, "page=check&act=confirm&seen=change+1&%s", fields));
    SAYS(r, "Something changed meanwhile");
    assert_int_equal(events(), before);
    const char *told = tell(marcus, path, fields);
    assert_int_equal(waits_for(told), CLOCK_CHANGE_REPORT);
    r = get("/home", marcus->cookies);
    SAYS(r, "You told us on 10 October 2026");
    SAYS(r, "We will decide by 23 October 2026");
    r = get("/home", people[DANA].cookies);
    assert_false(says(&r, "Privatenote") ||
                 says(&r, "told us on 10 October 2026: <a class=\"govuk-link\" href=\"/home/told"));
    assert_int_equal(get(told, people[DANA].cookies).status, 404);

    today = date_make(2026, 10, 20);
    r     = get(staff_path(told), people[ANN].cookies);
    SAYS(r, "Privatenote");
    r = ann_does(staff_path(told), "ask", "Send+the+court+order");
    assert_int_equal(r.status, 303);
    assert_int_equal(waits_for(told), CLOCK_CHANGE_EVIDENCE);
    r = get(told, marcus->cookies);
    SAYS(r, "Send the court order");
    r = post(marcus, told, "said=");
    assert_int_equal(r.status, 422);
    r = post(marcus, told, "said=I+have+none");
    assert_int_equal(r.status, 303);
    assert_int_equal(waits_for(told), CLOCK_CHANGE_REPORT);
    before = events();
    r      = post(&people[ANN], staff_path(told), "deed=accept&reason=Both+say+so");
    SAYS(r, "10 October 2026");
    assert_int_equal(events(), before);
    r = ann_does(staff_path(told), "accept", "Both+say+so");
    assert_int_equal(r.status, 303);
    assert_int_equal(waits_for(told), CLOCK_KINDS);
    group_now(&g);
    const struct sql_decision_list_row *d = group_decision_at(&g, today);
    assert_true(date_same(d->effective_from, date_make(2026, 10, 10)));
    r = get(told, marcus->cookies);
    SAYS(r, "We accepted this.");
    SAYS(r, "a week from 10 October 2026");
    r = get(link_of(marcus, "/home", "/home/worked/"), marcus->cookies);
    SAYS(r, "until 19 November 2026");
    before = events();
    r      = post(marcus, again_of(marcus), "why=");
    assert_int_equal(r.status, 422);
    r = post(marcus, again_of(marcus), "why=Wrong+nights");
    SAYS(r, "Before you send it");
    assert_int_equal(events(), before);
    r = ann_does(staff_path(told), "decline", "Too+late");
    assert_int_equal(r.status, 422);
    SAYS(r, "dealt with already");
    all_holds();
}

static void a_receiving_parent_is_told_nothing_of_the_other(void **state)
{
    struct parent *dana = &people[DANA];
    struct request r    = get("/home/change", dana->cookies);

    (void)state;
    assert_false(says(&r, "/income\"") || says(&r, "/other_child\""));
    const char *base = change_of(dana, "nights");
    const char *own  = arena_text(&arena, base, strlen(base) - strlen("nights"));
    assert_int_equal(get(arena_print(&arena, "%sincome", own), dana->cookies).status, 404);
    assert_int_equal(
        post(dana, arena_print(&arena, "%sincome", own), "page=check&go=preview&amount=1").status,
        404);
    /* Of the other parent's money nothing is worked out. */
    r = post(dana, change_of(dana, "their_money"),
             "page=check&go=preview&happened-day=1&happened-month=9&happened-year=2026&note=They+"
             "earn+more");
    SAYS(r, "We do not know yet");
    assert_false(says(&r, "36,521") || says(&r, "Then</th>"));
    /* Their own amount alone, not what Priya gets. */
    r                = get(change_of(dana, "child_left"), dana->cookies);
    const char *mark = "name=\"about\" type=\"radio\" value=\"";
    const char *at   = strstr(out_string(&r.out), mark);
    r                = post(dana, change_of(dana, "child_left"),
                            arena_print(&arena,
                                        "page=check&go=preview&about=%d&happened-day=1&happened-month=10&"
                                                       "happened-year=2026",
                                        atoi(at + strlen(mark))));
    SAYS(r, "To you");
    assert_false(says(&r, "Together") || says(&r, "Sami") || says(&r, "Priya"));
}

static void income_under_the_tolerance_does_not_count(void **state)
{
    struct parent *marcus = &people[MARCUS];
    const char *path      = change_of(marcus, "income");
    const char *when      = "happened-day=1&happened-month=9&happened-year=2026";

    (void)state;
    struct request r =
        post(marcus, path, arena_print(&arena, "page=check&go=preview&amount=38,000&%s", when));
    SAYS(r, "less than 25%");
    const char *told = tell(marcus, path, arena_print(&arena, "amount=38,000&%s", when));
    r                = ann_does(staff_path(told), "accept", "Pay+slips");
    assert_int_equal(r.status, 422);
    SAYS(r, "under the tolerance");
    r = ann_does(staff_path(told), "decline", "It+is+under+25%25");
    assert_int_equal(r.status, 303);
    r = get(told, marcus->cookies);
    SAYS(r, "We did not accept this.");
    SAYS(r, "It is under 25%");
    /* In the future it has not happened. */
    r = post(marcus, path,
             "page=check&go=preview&amount=60000&happened-day=1&happened-month=12&"
             "happened-year=2026");
    assert_int_equal(r.status, 422);
    SAYS(r, "once it has happened");
    told = tell(marcus, path, arena_print(&arena, "amount=20000&%s", when));
    r    = ann_does(staff_path(told), "accept", "Pay+slips");
    assert_int_equal(r.status, 303);
    r = get(told, marcus->cookies);
    SAYS(r, "a week from 10 October 2026");
    /* A fall counts from the day it is reported, and not before. */
    all_holds();
}

static void a_bank_account_is_checked_before_it_is_used(void **state)
{
    struct parent *dana = &people[DANA];
    int64_t who         = person_of("Dana");
    struct group g;

    (void)state;
    const char *told = tell(dana, change_of(dana, "bank"), "text=20-00-00+55779911+Dana+Frost");
    struct request r = get(told, dana->cookies);
    assert_false(says(&r, "55779911"));
    group_now(&g);
    assert_null(group_fact(&g, FACT_BANK_ACCOUNT, who, today));
    assert_non_null(group_fact(&g, FACT_BANK_ACCOUNT_TOLD, who, today));
    r = ann_does(staff_path(told), "decline", "We+could+not+reach+you");
    assert_int_equal(r.status, 303);
    group_now(&g);
    assert_null(group_fact(&g, FACT_BANK_ACCOUNT_TOLD, who, today));
    told = tell(dana, change_of(dana, "bank"), "text=20-00-00+55779911+Dana+Frost");
    r    = get(staff_path(told), people[ANN].cookies);
    SAYS(r, "Kept sealed");
    assert_false(says(&r, "55779911"));
    r = ann_does(staff_path(told), "accept", "Rung+back");
    assert_int_equal(r.status, 303);
    group_now(&g);
    const struct sql_fact_list_row *f = group_fact(&g, FACT_BANK_ACCOUNT, who, today);
    assert_non_null(f);
    assert_non_null(group_sealed(&g, f).text);
    assert_null(group_fact(&g, FACT_BANK_ACCOUNT_TOLD, who, today));
    r = get(arena_print(&arena, "/case/%lld/timeline", (long long)pp), people[ANN].cookies);
    assert_false(says(&r, "55779911"));
    all_holds();
}

static void a_decision_is_looked_at_again(void **state)
{
    struct parent *priya = &people[PRIYA];
    const char *path     = again_of(priya);
    struct group g;

    (void)state;
    struct request r = get(path, priya->cookies);
    SAYS(r, "ended on 31 July 2026");
    SAYS(r, "until 1 August 2027");
    r = post(priya, path, "why=Wrong+nights");
    assert_int_equal(r.status, 422);
    SAYS(r, "say why it is late");
    r = post(priya, path, "why=Wrong+nights&late=In+hospital&act=confirm");
    assert_int_equal(r.status, 303);
    const char *told = arena_text(&arena, r.location, strcspn(r.location, "?"));
    assert_int_equal(waits_for(told), CLOCK_RECONSIDERATION);
    r = post(priya, path, "why=Again&late=Again&act=confirm");
    assert_int_equal(r.status, 422);
    r = get(again_of(&people[MARCUS]), people[MARCUS].cookies);
    assert_false(says(&r, "You asked us on") || says(&r, "hospital"));
    r = get(staff_path(told), people[ANN].cookies);
    SAYS(r, "In hospital");
    r = ann_does(staff_path(told), "accept", "x");
    assert_int_equal(r.status, 422);
    r = ann_does(staff_path(told), "allow", "The+nights+were+wrong");
    assert_int_equal(r.status, 303);
    group_now(&g);
    const struct sql_decision_list_row *d = group_decision_at(&g, date_make(2026, 7, 5));
    assert_string_equal(d->kind, "revision");
    r = get(told, priya->cookies);
    SAYS(r, "there is a new decision");
    SAYS(r, "appeal to the First-tier Tribunal by 10 November 2026");
    r = get(staff_path(told), people[ANN].cookies);
    SAYS(r, arena_print(&arena, "decision/%lld", (long long)d->id));
    all_holds();
}

static void after_thirteen_months_it_says_what_can_be_done(void **state)
{
    struct parent *priya = &people[PRIYA];
    const char *path     = again_of(priya);

    (void)state;
    today            = date_make(2027, 8, 2);
    struct request r = get(path, priya->cookies);
    SAYS(r, "What can still be done");
    r = post(priya, path, "why=Wrong&late=Ill&act=confirm");
    assert_int_equal(r.status, 422);
    SAYS(r, "more than 13 months old");
}

static void a_refused_one_stands_with_its_reason(void **state)
{
    struct parent *dana = &people[DANA];
    const char *path    = again_of(dana);

    (void)state;
    struct request r = post(dana, path, "why=Too+little&late=No+letter+came&act=confirm");
    assert_int_equal(r.status, 303);
    const char *told = arena_text(&arena, r.location, strcspn(r.location, "?"));
    r                = ann_does(staff_path(told), "refuse", "The+facts+were+right");
    assert_int_equal(r.status, 303);
    r = get(told, dana->cookies);
    SAYS(r, "the decision stands");
    SAYS(r, "The facts were right");
    SAYS(r, "10 November 2026");
    all_holds();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_question_is_on_each_page),
        TEST(a_simple_change_goes_straight_through),
        TEST(nights_are_told_previewed_and_accepted),
        TEST(a_receiving_parent_is_told_nothing_of_the_other),
        TEST(income_under_the_tolerance_does_not_count),
        TEST(a_bank_account_is_checked_before_it_is_used),
        TEST(a_decision_is_looked_at_again),
        TEST(after_thirteen_months_it_says_what_can_be_done),
        TEST(a_refused_one_stands_with_its_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
