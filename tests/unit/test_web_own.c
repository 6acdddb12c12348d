/* test_web_own.c: a parent's own pages: everything that can be reached from /home is read as each
 * parent of tests/own/canary.play, files too, pages in both languages, and searched for the words
 * that tests/own/canaries.txt keeps from them; every address of one is tried as every other. */
#include "app/card.h"
#include "app/card_pay.h"
#include "app/case_owner.h"
#include "app/door.h"
#include "app/online.h"
#include "card/simulated.h"
#include "letter/pdf.h"
#include "own_world.h"

/* ---- the parents ---- */

enum { MARCUS, DANA, PRIYA, PETER, PARENTS };
static struct parent parents[PARENTS] = { { .name = "Marcus", .role = "paying_parent" },
                                          { .name = "Dana", .role = "receiving_parent" },
                                          { .name = "Priya", .role = "receiving_parent" },
                                          { .name = "Peter", .role = "paying_parent" } };

/* The words of a PDF, its title among them. */
static const char *pdf_text(const struct request *r)
{
    char in[]  = "/tmp/upkeep-own-XXXXXX";
    int fd     = mkstemp(in);
    FILE *f    = fdopen(fd, "wb");
    char *text = arena_take(&arena, FILE_MOST);
    size_t n   = 0;

    assert_non_null(f);
    assert_int_equal(fwrite(r->out.at, 1, r->out.length, f), r->out.length);
    fclose(f);
    FILE *words = popen(arena_print(&arena, "pdftotext -q %s - && pdfinfo %s", in, in), "r");
    assert_non_null(words);
    n = fread(text, 1, FILE_MOST - 1, words);
    assert_int_equal(pclose(words), 0);
    text[n] = '\0';
    unlink(in);
    assert_true(n > 100);
    return text;
}

/* ---- reading everything ---- */

static bool is_known(const struct parent *p, const char *path)
{
    for (int i = 0; i < p->n; i++)
        if (!strcmp(p->paths[i], path)) return true;
    return false;
}

static void read_path(struct parent *p, const char *path)
{
    struct request r = get(path, p->cookies);

    if (r.status) fail_msg("%s: %s: %u", p->name, path, r.status);
    assert_true(p->n < SEEN_MOST);
    bool pdf             = r.type && !strcmp(r.type, "application/pdf");
    struct request welsh = get(path, arena_print(&arena, "%s; language=cy", p->cookies));
    const char *is =
        arena_print(&arena, "%s\n%s\n%s", r.file ? r.file : "",
                    pdf ? pdf_text(&r) : out_string(&r.out), r.type ? "" : out_string(&welsh.out));
    p->paths[p->n] = path;
    p->page[p->n]  = !r.type && !strstr(is, "data-letter=");
    p->text[p->n]  = is;
    p->n++;
}

static const char *unescaped(const char *s, size_t n)
{
    char *text = arena_text(&arena, s, n), *amp;

    while ((amp = strstr(text, "&amp;")))
        memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
    return text;
}

/* From /home on, each address that a page has a link to. */
static void crawl(struct parent *p)
{
    static const char mark[] = "href=\"";

    p->n = 0;
    read_path(p, "/home");
    for (int i = 0; i < p->n; i++)
        for (const char *at = p->text[i]; (at = strstr(at, mark));) {
            at += sizeof mark - 1;
            const char *path = unescaped(at, strcspn(at, "\""));
            if (!strncmp(path, "/home", 5) && !is_known(p, path)) read_path(p, path);
        }
}

/* One of each way of telling: straight through, kept sealed until it is checked, in own words. */
static void parents_tell(void)
{
    static const char day[] = "happened-day=1&happened-month=10&happened-year=2026";
    static const struct {
        int who;
        const char *kind, *fields, *seen;
    } told[] = { { DANA, "address", "text=7+Zzdananewroad", "straight" },
                 { MARCUS, "job", "text=Zzmarcusjob&note=Zzmarcusnote", "unknown" },
                 { PRIYA, "their_money", "note=Zzpriyatells", "unknown" } };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct parent *p = &parents[told[i].who];
        struct request r = get("/home/change", p->cookies);
        const char *end  = strstr(out_string(&r.out), arena_print(&arena, "/%s\"", told[i].kind));
        const char *path = end;
        assert_non_null(end);
        while (path[-1] != '"')
            path--;
        r = post(p, arena_text(&arena, path, strcspn(path, "\"")),
                 arena_print(&arena, "page=check&act=confirm&seen=%s&%s&%s", told[i].seen,
                             told[i].fields, day));
        assert_int_equal(r.status, 303);
    }
}

/* An application of hers waits: its pages are hers. */
static void dana_applies(void)
{
    static const struct online_answer said[] = { { "own_given", "Zzdanaapplies" } };
    static const unsigned char hash[32]      = "a code";
    struct blob code                         = { hash, sizeof hash };
    struct setting s = { .store = store, .arena = &arena, .today = today, .actor = "applicant" };
    struct online_order o                  = { ONLINE_RECEIVING, said, 1, code };
    struct sql_application_home_put_in put = { .account = "dana", .code = code };
    struct fail f                          = { 0 };
    int64_t number;

    assert_true(store_begin(store, STORE_WRITING, &f) && online_send(&s, &o, &number, &f) &&
                sql_application_home_put(store, &put, &f) && store_commit(store, &f));
}

static struct simulated provider;
static int64_t clock_now(void)
{
    return NOW;
}

/* A payment by card that is paid: its page is one of the parent's. */
static void marcus_pays(void)
{
    struct setting s = {
        .store = store, .arena = &arena, .today = today, .actor = "parent:marcus"
    };
    int64_t payment, pp = person_of("Marcus");
    char next[GATEWAY_LINK];
    struct fail f = { 0 };

    simulated_open(&provider, "https://pay.example", clock_now);
    gateway_set(&provider.gateway);
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(card_provider_set(store, "Pretend Card Company", false, &f));
    assert_true(card_pay_ask(&s, pp, (money){ 100 }, &payment, &f));
    assert_true(store_commit(store, &f));
    assert_true(card_pay_follow(&s, &provider.gateway, pp, payment, next, &f));
    simulated_pay(&provider, &provider.payments[0], CARD_PAYS);
    assert_true(card_pay_follow(&s, &provider.gateway, pp, payment, next, &f));
}

static int open_world(void **state)
{
    struct fail f = { 0 };

    (void)state;
    world_begin("tests/own/canary.play", date_make(2026, 10, 10));
    for (int i = 0; i < PARENTS; i++)
        sign_in(&parents[i], person_of(parents[i].name));
    struct opener staff = { "zzlooker", "caseworker", NOW };
    assert_true(door_look(store, store, &staff, person_of("Marcus"), "/case/{}/facts", &f));
    parents_tell();
    dana_applies();
    marcus_pays();
    for (int i = 0; i < PARENTS; i++)
        crawl(&parents[i]);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    gateway_set(NULL);
    simulated_close(&provider);
    store_close(store);
    arena_free(&arena);
    return 0;
}

/* ---- the tests ---- */

static bool finds(const struct parent *p, const char *word, bool pages_only, const char **where)
{
    for (int i = 0; i < p->n; i++)
        if ((p->page[i] || !pages_only) && strstr(p->text[i], word)) {
            *where = p->paths[i];
            return true;
        }
    return false;
}

static void canary_check(const char *line)
{
    char word[60], rest[200] = "", who[40];
    bool page = !strncmp(line, "page ", 5);
    const char *where;
    int n = 0;

    assert_true(sscanf(page ? line + 5 : line, "%59s %199[^\n]", word, rest) >= 1);
    for (char *at = word; (at = strchr(at, '_'));)
        *at = ' ';
    for (int i = 0; i < PARENTS; i++) {
        struct parent *p = &parents[i];
        bool may = false, does = false, found = finds(p, word, page, &where);
        for (const char *at = rest; sscanf(at, "%39s%n", who, &n) == 1; at += n) {
            bool plus = who[0] == '+';
            if (strcasecmp(who + plus, p->name)) continue;
            may  = true;
            does = plus;
        }
        if (found && !may) fail_msg("%s can read \"%s\" at %s", p->name, word, where);
        if (does && !found) fail_msg("%s should read \"%s\" somewhere", p->name, word);
    }
}

static void nobody_reads_what_is_kept_from_them(void **state)
{
    const char *text = file_text("tests/own/canaries.txt");
    int n            = 0;

    (void)state;
    for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
        if (*text == '#' || *text == '\n') continue;
        canary_check(arena_text(&arena, text, strcspn(text, "\n")));
        n++;
    }
    assert_true(n > 40);
    for (int i = 0; i < PARENTS; i++) {
        const char *where;
        if (finds(&parents[i], "zzlooker", false, &where))
            fail_msg("%s can read who looked at %s", parents[i].name, where);
    }
}

/* What is not reached is not searched: every way in to own pages is, by somebody. */
static void every_own_page_is_read(void **state)
{
    (void)state;
    for (int i = 0; i < route_count; i++) {
        bool read = routes[i].access != ACCESS_OWN || routes[i].method != METHOD_GET ||
                    !strcmp(routes[i].path, "/acting"); /* a representative's: test_authority */
        for (int k = 0; k < PARENTS && !read; k++)
            for (int j = 0; j < parents[k].n && !read; j++) {
                struct request r = { .arena = &arena };
                unsigned ways;
                const char *path =
                    arena_text(&arena, parents[k].paths[j], strcspn(parents[k].paths[j], "?"));
                read = route_find(&r, "GET", path, &ways) == &routes[i];
            }
        if (!read) fail_msg("%s is not reached from /home by anybody", routes[i].path);
    }
}

static bool reaches(const struct parent *p, const char *path)
{
    for (int i = 0; i < p->n; i++)
        if (!strncmp(p->paths[i], path, strlen(path)) && strchr("?", p->paths[i][strlen(path)]))
            return true;
    return false;
}

static void the_addresses_of_others_are_not_there(void **state)
{
    int tried = 0;

    (void)state;
    for (int i = 0; i < PARENTS; i++)
        for (int k = 0; k < PARENTS; k++)
            for (int j = 0; j < parents[k].n; j++) {
                const char *path =
                    arena_text(&arena, parents[k].paths[j], strcspn(parents[k].paths[j], "?"));
                if (i == k || reaches(&parents[i], path)) continue;
                struct request r = get(path, parents[i].cookies);
                if (r.status != 404) fail_msg("%s at %s: %u", parents[i].name, path, r.status);
                tried++;
            }
    assert_true(tried > 100);
}

static void staff_and_others_are_refused(void **state)
{
    static const char *const roles[] = { "caseworker", "team_leader", "administrator", "auditor",
                                         "statistician" };
    struct fail f                    = { 0 };
    const char *token;

    (void)state;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const char *name = arena_print(&arena, "staff%zu", i);
        assert_true(account_add(
            store, &(struct account_new){ name, roles[i], "long enough now", 0 }, NOW, &f));
        assert_true(session_start(store, &arena, name, NOW, &token, &f));
        for (int j = 0; j < parents[DANA].n; j++)
            assert_int_equal(
                get(parents[DANA].paths[j], arena_print(&arena, "session=%s", token)).status, 403);
    }
    for (int j = 0; j < parents[DANA].n; j++)
        assert_int_equal(get(parents[DANA].paths[j], NULL).status, 303);
    for (int i = 0; i < PARENTS; i++) {
        assert_int_equal(get("/work", parents[i].cookies).status, 403);
        assert_int_equal(get("/case/1", parents[i].cookies).status, 403);
    }
}

/* A child's or representative's account has the right to own pages, and no family to see yet. */
static void other_roles_of_a_person_see_nothing(void **state)
{
    struct parent child = { .name = "Child", .role = "child_in_scotland" };

    (void)state;
    sign_in(&child, person_of("Dana"));
    struct request r = get("/home", child.cookies);
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(out_string(&r.out), "nothing to show"));
    for (int j = 0; j < parents[DANA].n; j++)
        if (strcspn(parents[DANA].paths[j], "0123456789") < strlen(parents[DANA].paths[j]))
            assert_int_equal(get(parents[DANA].paths[j], child.cookies).status, 404);
}

static const char *path_of(const struct parent *p, const char *begins)
{
    for (int i = 0; i < p->n; i++)
        if (!strncmp(p->paths[i], begins, strlen(begins))) return p->paths[i];
    fail_msg("%s has no %s", p->name, begins);
    return NULL;
}

static int64_t events_of_marcus(void)
{
    struct sql_event_last_row row;
    struct fail f = { 0 };
    bool found;

    assert_true(sql_event_last(store, &(struct sql_event_last_in){ .pp = person_of("Marcus") },
                               &arena, &row, &found, &f));
    return row.seq;
}

/* Each is told what waits in their own arrangement, and who has the case. */
static void what_waits_is_told_to_whom_it_concerns(void **state)
{
    static const char hold[]    = "Part of your case is on hold",
                      late[]    = "We are arranging how the late payment will be made.",
                      dispute[] = "A figure in your case is being looked at again";
    struct setting s            = { store, &arena, date_make(2026, 10, 10), "lead" };
    struct fail f               = { 0 };

    (void)state;
    assert_true(account_add(
        store, &(struct account_new){ "dilys", "caseworker", "long enough now", 0 }, NOW, &f));
    struct request one = get("/home", parents[DANA].cookies),
                   two = get("/home", parents[PRIYA].cookies),
                   pay = get("/home", parents[MARCUS].cookies);
    const char *dana = out_string(&one.out), *priya = out_string(&two.out),
               *marcus = out_string(&pay.out);
    assert_true(strstr(dana, hold) && strstr(dana, late) && !strstr(dana, dispute));
    assert_null(strstr(marcus, "Tell us if something went wrong")); /* the notice was sent since */
    assert_true(strstr(priya, dispute) && !strstr(priya, hold) && !strstr(priya, late));
    assert_true(strstr(marcus, hold) && strstr(marcus, dispute) && !strstr(marcus, late));
    assert_true(strstr(marcus, "You can ask us for a way to pay") &&
                strstr(marcus, "We are late: we were to act"));
    assert_non_null(strstr(dana, "Nobody by name yet"));
    assert_true(store_begin(store, STORE_WRITING, &f) &&
                case_owner_set(&s, person_of("Marcus"), "dilys", NULL, NULL, &f) &&
                store_commit(store, &f));
    one = get("/home", parents[DANA].cookies);
    assert_non_null(strstr(out_string(&one.out), "dilys, since"));
}

/* Everything is previewed, and nothing is sent by it; what is sent is what was previewed. */
static void what_was_paid_is_told_after_it_was_shown(void **state)
{
    struct parent *priya = &parents[PRIYA], *marcus = &parents[MARCUS];
    const char *path = path_of(priya, "/home/payments/");
    int64_t before   = events_of_marcus();

    (void)state;
    struct request r = post(priya, path, "due=2026-09-03&paid=0&evidence=Zznewevidence");
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(out_string(&r.out), "nothing was paid"));
    assert_non_null(strstr(out_string(&r.out), "In a letter: that payments may not"));
    assert_int_equal(events_of_marcus(), before);
    r = post(priya, path, "due=2026-09-03&paid=0&act=confirm&seen=tell");
    assert_non_null(strstr(out_string(&r.out), "Something changed meanwhile"));
    assert_int_equal(events_of_marcus(), before);
    r = post(priya, path, "due=2026-09-03&paid=0&evidence=Zznewevidence&act=confirm&seen=report");
    assert_int_equal(r.status, 303);
    assert_int_equal(events_of_marcus(), before + 1);
    r = get(path, marcus->cookies);
    assert_non_null(strstr(out_string(&r.out), "nothing was paid"));
    assert_null(strstr(out_string(&r.out), "Zznewevidence"));
    for (int i = 0; i < PARENTS; i++)
        crawl(&parents[i]);
    nobody_reads_what_is_kept_from_them(state);
    const char *where;
    if (finds(marcus, "Zznewevidence", false, &where)) fail_msg("evidence shows at %s", where);
    if (finds(marcus, "parent:priya", false, &where))
        fail_msg("an account's name shows at %s", where);
    r = post(marcus, path, "due=2026-09-04&paid=0");
    assert_int_equal(r.status, 422);
    r = post(&parents[DANA], path, "due=2026-09-03&paid=0");
    assert_int_equal(r.status, 404);
    r = post(&parents[PETER], path, "due=2026-09-03&paid=0");
    assert_int_equal(r.status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_reads_what_is_kept_from_them),
        cmocka_unit_test(every_own_page_is_read),
        cmocka_unit_test(the_addresses_of_others_are_not_there),
        cmocka_unit_test(staff_and_others_are_refused),
        cmocka_unit_test(other_roles_of_a_person_see_nothing),
        cmocka_unit_test(what_waits_is_told_to_whom_it_concerns),
        cmocka_unit_test(what_was_paid_is_told_after_it_was_shown),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
