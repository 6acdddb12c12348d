/* test_web_welsh.c: pages in Welsh: everything that can be reached is read with the Welsh cookie,
 * as each parent of tests/own/canary.play and as the public, and searched for English: the
 * sentences of the catalogue (page/welsh), and the small words no English sentence does without. */
#include "app/door.h"
#include "ledger/entry_welsh.h"
#include "own_world.h"
#include "web/said.h"
#include "welsh_seen.h"

enum { MARCUS, DANA, PRIYA, PETER, PUBLIC, PARENTS };
static struct parent parents[PARENTS] = { { .name = "Marcus", .role = "paying_parent" },
                                          { .name = "Dana", .role = "receiving_parent" },
                                          { .name = "Priya", .role = "receiving_parent" },
                                          { .name = "Peter", .role = "paying_parent" },
                                          { .name = "Public" } };
static bool is_known(const struct parent *p, const char *path)
{
    for (int i = 0; i < p->n; i++)
        if (!strcmp(p->paths[i], path)) return true;
    return false;
}

static void read_path(struct parent *p, const char *path)
{
    struct request r = get(path, p->cookies);

    assert_true(p->n < SEEN_MOST);
    page_check(p->name, path, &r);
    p->paths[p->n]  = path;
    p->text[p->n++] = r.type || r.location ? "" : out_string(&r.out);
}

static const char *unescaped(const char *s, size_t n)
{
    char *text = arena_text(&arena, s, n), *amp;

    while ((amp = strstr(text, "&amp;")))
        memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
    return text;
}

/* From a page on, each address of ours that a page has a link to. */
static void crawl(struct parent *p, const char *from)
{
    static const char mark[] = "href=\"/";

    if (!is_known(p, from)) read_path(p, from);
    for (int i = 0; i < p->n; i++)
        for (const char *at = p->text[i]; (at = strstr(at, mark));) {
            at += sizeof mark - 2;
            const char *path = unescaped(at, strcspn(at, "\"#"));
            if (strncmp(path, "/assets", 7) != 0 && strncmp(path, "/language", 9) != 0 &&
                strncmp(path, "/exit", 5) != 0 && !is_known(p, path))
                read_path(p, path);
        }
}

/* ---- parents ---- */

static struct request post_empty(const struct parent *p, const char *path, const char *fields)
{
    struct request r = post(p, path, fields);
    page_check(p->name, arena_print(&arena, "POST %s %s", path, fields), &r);
    return r;
}

/* Each form sent with nothing in it: what it says of that. */
static void forms_send(const struct parent *p)
{
    for (int i = 0; i < p->n; i++) {
        struct request r = { .arena = &arena };
        const char *path = arena_text(&arena, p->paths[i], strcspn(p->paths[i], "?"));
        unsigned others;
        const struct route *route = route_find(&r, "POST", path, &others);
        if (route && route->form) post_empty(p, path, "");
    }
}

/* One of each kind of change that may be told, as far as what it would do. */
static void changes_preview(struct parent *p)
{
    for (int i = 0; i < p->n; i++)
        if (!strncmp(p->paths[i], "/home/change/", 13)) {
            post_empty(p, p->paths[i], "page=value&go=when&amount=1&number=1&text=x");
            post_empty(p, p->paths[i],
                       "page=check&go=check&amount=20000&number=52&text=Zx&happened-day=1&"
                       "happened-month=10&happened-year=2026&note=Zx");
            post_empty(p, p->paths[i],
                       "page=check&go=preview&amount=20000&number=52&text=Zx&happened-day=1&"
                       "happened-month=10&happened-year=2026&note=Zx");
        }
}

static int open_world(void **state)
{
    struct fail f        = { 0 };
    struct opener staff  = { "zzlooker", "caseworker", NOW };
    struct parent *other = &parents[PUBLIC];

    (void)state;
    world_begin("tests/own/canary.play", date_make(2026, 10, 10));
    for (int i = 0; i < PUBLIC; i++) {
        sign_in(&parents[i], person_of(parents[i].name));
        parents[i].cookies = arena_print(&arena, "%s; language=cy", parents[i].cookies);
    }
    const char *visitor = token_new(arena_take(&arena, TOKEN_TEXT));
    other->cookies      = arena_print(&arena, "visitor=%s; language=cy", visitor);
    other->csrf         = token_for_forms(&arena, visitor);
    assert_true(door_look(store, store, &staff, person_of("Marcus"), "/case/{}/facts", &f));
    return 0;
}

static void parents_read_welsh(void **state)
{
    (void)state;
    for (int i = 0; i < PUBLIC; i++) {
        crawl(&parents[i], "/home");
        crawl(&parents[i], "/account");
        forms_send(&parents[i]);
        changes_preview(&parents[i]);
        for (int k = 0; k < parents[i].n; k++)
            parents[i].paths[k] = "";
        parents[i].n = 0;
        crawl(&parents[i], "/home");
    }
    assert_true(welsh_pages > 100);
    assert_int_equal(welsh_faults, 0);
}

/* ---- the public ---- */

struct answer {
    const char *path, *fields;
};

/* A form shown, sent empty, and sent as it should be. */
static void answers_give(struct parent *p, const struct answer *answers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        read_path(p, answers[i].path);
        post_empty(p, answers[i].path, "");
        struct request r = post_empty(p, answers[i].path, answers[i].fields);
        for (int k = 0; k < r.cookie_count; k++)
            if (!strncmp(r.cookies[k], "application=", 12))
                p->cookies =
                    arena_print(&arena, "%s; %s", p->cookies,
                                arena_text(&arena, r.cookies[k], strcspn(r.cookies[k], ";")));
        if (r.location) read_path(p, r.location);
    }
}

static void the_public_reads_welsh(void **state)
{
    static const char *const plain[]  = { "/",        "/sign-in", "/activate",      "/employer",
                                          "/cookies", "/doing",   "/nothing/there", "/sign-in/code",
                                          "/home" };
    static const struct answer sums[] = {
        { "/calculator/side", "side=receiving" },
        { "/calculator/circumstances", "circumstance=none" },
        { "/calculator/benefits", "benefit=none" },
        { "/calculator/income", "income=historic" },
        { "/calculator/amount", "amount=45000" },
        { "/calculator/pension", "pension=1000" },
        { "/calculator/parents", "receivers=2" },
        { "/calculator/parent/1/children", "children=2" },
        { "/calculator/parent/1/care", "care=lesser" },
        { "/calculator/parent/1/child/1/nights", "band=band_2&nights=" },
        { "/calculator/parent/1/child/2/nights", "band=exact&nights=80" },
        { "/calculator/parent/2/children", "children=1" },
        { "/calculator/parent/2/care", "care=lesser" },
        { "/calculator/parent/2/child/1/nights", "band=band_0&nights=" },
        { "/calculator/other-children", "others=1" },
        { "/calculator/other-arrangements", "arrangements=1" },
        { "/calculator/special", "grounds=contact_costs&grounds=unearned_income" },
        { "/calculator/special/contact_costs", "amount=30" },
        { "/calculator/special/unearned_income", "amount=3000" },
        { "/calculator/check", "" },
        { "/calculator/result", "" },
        { "/calculator/code", "" },
    };
    static const struct answer application[] = {
        { "/apply/who", "applicant=receiving" },
        { "/apply/tasks", "" },
        { "/apply/name",
          "own_given=Rose&own_family=Wren&own_born-day=1&own_born-month=2&own_born-year="
          "1990" },
        { "/apply/nation", "own_nation=england" },
        { "/apply/nino", "own_nino=QQ123456C" },
        { "/apply/address", "own_address=3+Xylophone+Close%0D%0AZX2+3RR" },
        { "/apply/reach", "own_channel=telephone&own_phone=07700900123" },
        { "/apply/safe", "own_words=Uffish&own_hours=Beamish" },
        { "/apply/abuse", "abuse=yes" },
        { "/apply/other", "other_given=Walt&other_family=Wren" },
        { "/apply/find", "other_address=1+Zebrawood&other_work=Tulgey" },
        { "/apply/child/1",
          "given=Lily&family=Wren&born-day=1&born-month=2&born-year=2016&nights=104" },
        { "/apply/court", "court=order" },
        { "/apply/abroad", "abroad=no" },
        { "/apply/service", "service=collect_and_pay" },
        { "/apply/often", "often=monthly" },
        { "/apply/estimate", "estimate=" },
        { "/apply/words", "words=Zx" },
        { "/apply/tasks", "" },
        { "/apply/check", "agree=yes" },
        { "/apply/sent", "said=Zx" },
        { "/apply/return", "code=ABCD-EFGH" },
    };
    struct parent *p = &parents[PUBLIC];

    (void)state;
    welsh_faults = welsh_pages = 0;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        crawl(p, plain[i]);
    answers_give(p, sums, sizeof sums / sizeof *sums);
    answers_give(p, application, sizeof application / sizeof *application);
    forms_send(p);
    assert_true(welsh_pages > 100);
    assert_int_equal(welsh_faults, 0);
}

/* What the build does not hold to the catalogue: the rule a line of a statement stands on. */
static void rules_of_lines_are_in_welsh(void **state)
{
    (void)state;
    for (int i = 0; i < REASON_COUNT; i++) {
        enum rule_id rule = rule_find(reason_cite((enum reason)i));
        assert_non_null(reason_sentence_welsh((enum reason)i));
        if (rule == RULE_NONE) continue;
        if (!said_find(&arena, rule_table[rule].title) ||
            !said_find(&arena, rule_table[rule].english))
            fail_msg("%s is not in Welsh", rule_table[rule].name);
    }
}

/* ---- the choice ---- */

static void a_link_chooses_the_language(void **state)
{
    struct request r = get("/help", NULL);

    (void)state;
    assert_non_null(strstr(out_string(&r.out), "<html lang=\"en\""));
    assert_non_null(strstr(out_string(&r.out), "href=\"/language/welsh?page=%2Fhelp\""));
    r = get("/language/welsh?page=%2Fhelp", NULL);
    assert_string_equal(r.location, "/help");
    assert_int_equal(strncmp(r.cookies[0], "language=cy;", 12), 0);
    r = get("/help", "language=cy");
    assert_non_null(strstr(out_string(&r.out), "<html lang=\"cy\""));
    assert_non_null(strstr(out_string(&r.out), "href=\"/language/english?page=%2Fhelp\""));
    r = get("/language/english?page=https%3A%2F%2Felsewhere.example", NULL);
    assert_string_equal(r.location, "/");
    assert_int_equal(get("/language/french", NULL).status, 404);
}

/* The page in the other language is the same one: what was asked for stays, where it is the page's.
 */
static void a_link_keeps_what_was_asked_for(void **state)
{
    const struct parent *dana = &parents[DANA];
    const char *account       = NULL;

    (void)state;
    for (int i = 0; i < dana->n; i++)
        if (!strncmp(dana->paths[i], "/home/account/", 14) && !strchr(dana->paths[i] + 14, '/') &&
            !strchr(dana->paths[i], '?'))
            account = dana->paths[i];
    assert_non_null(account);
    struct request r =
        get(arena_print(&arena, "%s?month=2026-09&large=no", account), dana->cookies);
    assert_non_null(strstr(out_string(&r.out), "%3Fmonth%3D2026-09%26large%3Dno\""));
    r = get(arena_print(&arena, "%s?month=%%22%%3E%%3Cb", account), dana->cookies);
    assert_null(strstr(out_string(&r.out), "\"><b"));
    assert_non_null(strstr(out_string(&r.out), "%3Fmonth%3D%2522%253E%253Cb\""));
    r = get(arena_print(&arena, "%s?month=2026-09&elsewhere=1", account), dana->cookies);
    assert_null(strstr(out_string(&r.out), "elsewhere%3D"));
    r = get("/language/welsh?page=%2Fhelp%3Fa%3D1%26b%3D2", NULL);
    assert_string_equal(r.location, "/help?a=1&b=2");
}

/* Who gets letters in Welsh begins in Welsh; a language chosen before stays. */
static void signing_in_takes_the_language_of_letters(void **state)
{
    static const char form[]   = "name=dana&password=long+enough+now";
    struct parent *dana        = &parents[DANA];
    const char *visitor        = token_new(arena_take(&arena, TOKEN_TEXT));
    struct parent browser      = { .cookies = arena_print(&arena, "visitor=%s", visitor),
                                   .csrf    = token_for_forms(&arena, visitor) };
    const struct parent chosen = { .cookies =
                                       arena_print(&arena, "visitor=%s; language=en", visitor),
                                   .csrf = browser.csrf };
    const char *ask            = NULL;

    (void)state;
    struct request r = post(&browser, "/sign-in", form);
    assert_int_equal(r.status, 303);
    for (int i = 0; i < r.cookie_count; i++)
        assert_true(strncmp(r.cookies[i], "language=", 9) != 0);
    for (int i = 0; i < dana->n; i++)
        if (strstr(dana->paths[i], "/language") && strstr(dana->paths[i], "/home/change/"))
            ask = dana->paths[i];
    assert_non_null(ask);
    r = post(dana, ask, "page=check&act=confirm&seen=straight&pick=welsh");
    assert_int_equal(r.status, 303);
    r = post(&browser, "/sign-in", form);
    assert_int_equal(strncmp(r.cookies[r.cookie_count - 1], "language=cy;", 12), 0);
    r = post(&chosen, "/sign-in", form);
    assert_int_equal(r.status, 303);
    for (int i = 0; i < r.cookie_count; i++)
        assert_true(strncmp(r.cookies[i], "language=", 9) != 0);
}

/* Those who work here have English pages, and no link. */
static void staff_pages_are_english(void **state)
{
    struct fail f = { 0 };
    const char *token;

    (void)state;
    assert_true(account_add(
        store, &(struct account_new){ "ann", "caseworker", "long enough now", 0 }, NOW, &f));
    assert_true(session_start(store, &arena, "ann", NOW, &token, &f));
    const char *cookies = arena_print(&arena, "session=%s; language=cy", token);
    struct request r    = get("/work", cookies);
    assert_non_null(strstr(out_string(&r.out), "<html lang=\"en\""));
    assert_null(strstr(out_string(&r.out), "/language/"));
    r = get("/account", cookies);
    assert_non_null(strstr(out_string(&r.out), "<html lang=\"en\""));
}

/* The test finds English where there is some. */
static void english_is_found(void **state)
{
    (void)state;
    struct request r = get("/help", NULL);
    assert_non_null(english_in(out_string(&r.out)));
    assert_non_null(english_in("<p>Mae <b>Nothing has been sent yet.</b></p>"));
    assert_null(english_in("<p>Mae <a lang=\"en\" href=\"/\">the other one</a></p>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parents_read_welsh),
        cmocka_unit_test(the_public_reads_welsh),
        cmocka_unit_test(rules_of_lines_are_in_welsh),
        cmocka_unit_test(a_link_chooses_the_language),
        cmocka_unit_test(a_link_keeps_what_was_asked_for),
        cmocka_unit_test(signing_in_takes_the_language_of_letters),
        cmocka_unit_test(staff_pages_are_english),
        cmocka_unit_test(english_is_found),
    };
    return cmocka_run_group_tests_name("welsh", tests, open_world, world_close);
}
