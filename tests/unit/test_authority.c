/* test_authority.c: who may act for a parent: given, taken up, used within its bounds, ended,
 * over; and a child who applied in Scotland; through the web layer. */
#include "app/fact.h"
#include "app/invite.h"
#include "own_world.h"

static struct parent dana   = { .name = "Dana", .role = "receiving_parent" };
static struct parent marcus = { .name = "Marcus", .role = "paying_parent" };
static struct parent carol  = { .name = "Carol", .role = "caseworker" };
static int64_t pp;

static int open_world(void **state)
{
    (void)state;
    world_begin("tests/own/safety.play", date_make(2026, 4, 20));
    pp = person_of("Marcus");
    sign_in(&marcus, pp);
    sign_in(&dana, person_of("Dana"));
    sign_in(&carol, 0);
    return 0;
}

static const char *body(struct request r)
{
    return out_string(&r.out);
}

static bool shows(const struct parent *p, const char *path, const char *words)
{
    struct request r = get(path, p->cookies);
    return r.status != 404 && strstr(body(r), words) != NULL;
}

/* What stands beside a key of a summary list. */
static const char *beside(const char *text, const char *key)
{
    const char *at = strstr(text, key);

    if (!at) fail_msg("no %s in %s", key, text);
    at = strstr(at, "summary-list__value\">") + strlen("summary-list__value\">");
    return arena_text(&arena, at, strcspn(at, "<"));
}

static const char *const given = "name=Zoe+Advice&basis=adviser&scope=%s&months=3";

/* Dana lets somebody act for her; ref and code are hers to hand over. */
static void give(const char *scope, const char **ref, const char **code)
{
    struct request r = post(&dana, "/home/authority", arena_print(&arena, given, scope));

    assert_int_equal(r.status, 0);
    *ref  = beside(body(r), "Reference");
    *code = beside(body(r), "One-time code");
}

/* A browser without an account, with a token for forms. */
static struct parent visitor(void)
{
    struct parent p = { .name = "Nobody" };
    char *token     = token_new(arena_take(&arena, TOKEN_TEXT));

    p.cookies = arena_print(&arena, "visitor=%s", token);
    p.csrf    = token_for_forms(&arena, token);
    return p;
}

static struct request opens(const char *name, const char *ref, const char *code)
{
    struct parent p = visitor();

    return post(&p, "/activate",
                arena_print(&arena, "reference=%s&code=%s&name=%s&password=long+enough+now", ref,
                            code, name));
}

/* The account signed in, without the second step. */
static struct parent signed_in(const char *name)
{
    struct parent p = { .name = name };
    struct fail f   = { 0 };
    const char *token;

    assert_true(session_start(store, &arena, name, NOW, &token, &f));
    p.cookies = arena_print(&arena, "session=%s", token);
    p.csrf    = token_for_forms(&arena, token);
    return p;
}

static struct request turn(const struct parent *p, const char *ref)
{
    return post(p, "/acting", arena_print(&arena, "ref=%s", ref));
}

static const char *writes(const struct parent *p, char once)
{
    char *token      = arena_take(&arena, TOKEN_TEXT);
    struct request r = get("/home/messages", p->cookies);
    const char *at   = strstr(body(r), "/home/write/");

    if (!at) return arena_print(&arena, "%u", r.status);
    memset(token, once, TOKEN_TEXT - 1);
    r = post(p, arena_text(&arena, at, strcspn(at, "\"")),
             arena_print(&arena, "kind=question&words=From+Zoe&once=%s", token));
    return arena_print(&arena, "%u", r.status);
}

/* ---- what happens ---- */

static void it_is_taken_up_once_and_seen_by_the_person_alone(void **state)
{
    const char *ref, *code;

    (void)state;
    give("read", &ref, &code);
    assert_true(shows(&dana, "/home/authority", "Zoe Advice"));
    assert_true(shows(&dana, "/home/authority", "not used yet"));
    assert_false(shows(&marcus, "/home/authority", "Zoe Advice"));
    assert_true(
        shows(&carol, arena_print(&arena, "/case/%lld/authority", (long long)pp), "Zoe Advice"));
    /* Not with another code, not of another person; once. */
    assert_int_equal(opens("zoe", ref, "AAAA-AAAA-AAAA-AAAA").status, 422);
    assert_int_equal(opens("zoe", "P000000", code).status, 422);
    assert_int_equal(opens("zoe", ref, code).status, 303);
    assert_int_equal(opens("other", ref, code).status, 422);

    struct parent zoe = signed_in("zoe");
    assert_string_equal(get("/home", zoe.cookies).location, "/acting");
    assert_true(shows(&zoe, "/acting", ref));
    assert_int_equal(turn(&zoe, "P000000").status, 404);
    assert_int_equal(turn(&zoe, ref).status, 303);
    assert_true(shows(&zoe, "/home", "You act for Dana"));
    /* What Dana sees, and not what is hers alone, nor staff's, nor the other parent's. */
    assert_int_equal(get("/home/letters", zoe.cookies).status, 0);
    assert_int_equal(get("/home/looks", zoe.cookies).status, 403);
    assert_int_equal(get("/home/authority", zoe.cookies).status, 403);
    assert_int_equal(post(&zoe, "/home/authority", arena_print(&arena, given, "act")).status, 403);
    assert_int_equal(get(arena_print(&arena, "/case/%lld", (long long)pp), zoe.cookies).status,
                     403);
    assert_string_equal(writes(&zoe, 'a'), "403");
    /* Nor is a form shown that could not be sent. */
    struct request talks = get("/home/messages", zoe.cookies);
    const char *form     = strstr(body(talks), "/home/write/");
    assert_non_null(form);
    form = arena_text(&arena, form, strcspn(form, "\""));
    assert_int_equal(get(form, zoe.cookies).status, 403);
    /* Dana learns that Zoe looked; Marcus does not. */
    assert_true(shows(&dana, "/home/looks", "Somebody who acts for you"));
    assert_false(shows(&marcus, "/home/looks", "Somebody who acts for"));
}

static void who_may_speak_does_so_under_their_own_name(void **state)
{
    const char *ref, *code;
    struct parent zoe = signed_in("zoe");

    (void)state;
    give("act", &ref, &code);
    struct request r =
        post(&zoe, "/acting/code", arena_print(&arena, "reference=%s&code=%s", ref, code));
    assert_int_equal(r.status, 303);
    assert_int_equal(turn(&zoe, ref).status, 303);
    assert_string_equal(writes(&zoe, 'b'), "303");
    r              = get("/home/messages", dana.cookies);
    const char *at = strstr(body(r), "/home/message/");
    assert_non_null(at);
    assert_true(shows(&dana, arena_text(&arena, at, strcspn(at, "\"")), "Who acts for you"));
    /* Where money goes, and how she is reached safely, she says herself. */
    r                = get("/home/change", zoe.cookies);
    const char *side = strstr(body(r), "/home/change/") + strlen("/home/change/");
    side             = arena_text(&arena, side, strcspn(side, "/"));
    assert_null(strstr(body(r), "/bank\""));
    assert_int_equal(get(arena_print(&arena, "/home/change/%s/bank", side), zoe.cookies).status,
                     404);
    assert_int_equal(get(arena_print(&arena, "/home/change/%s/phone", side), zoe.cookies).status,
                     0);
    assert_int_equal(get(arena_print(&arena, "/home/change/%s/bank", side), dana.cookies).status,
                     0);
}

static void it_ends_when_the_person_says_or_its_day_comes(void **state)
{
    const char *ref, *code;
    struct parent zoe = signed_in("zoe");
    date before       = today;

    (void)state;
    give("act", &ref, &code);
    assert_int_equal(opens("late", ref, code).status, 303);
    struct parent late = signed_in("late");
    assert_int_equal(turn(&late, ref).status, 303);
    assert_int_equal(get("/home", late.cookies).status, 0);
    today = date_add_months(before, 3);
    assert_string_equal(get("/home", late.cookies).location, "/acting");
    assert_true(shows(&dana, "/home/authority", "it ended on"));
    today = before;
    /* Numbers begin with the first ever given. */
    assert_int_equal(post(&dana, "/home/authority/end", "number=9&person=").status, 404);
    assert_int_equal(post(&marcus, "/home/authority/end", "number=2&person=").status, 404);
    assert_int_equal(turn(&zoe, ref).status, 303);
    assert_int_equal(post(&dana, "/home/authority/end", "number=2&person=").status, 303);
    assert_string_equal(writes(&zoe, 'c'), "403"); /* the first, to read, still stands */
    assert_int_equal(post(&dana, "/home/authority/end", "number=1&person=").status, 303);
    assert_string_equal(get("/home", zoe.cookies).location, "/acting");
    assert_int_equal(turn(&zoe, ref).status, 404);
    assert_int_equal(post(&dana, "/home/authority/end", "number=1&person=").status, 422);
}

static void staff_say_what_shows_it(void **state)
{
    const char *path = arena_print(&arena, "/case/%lld/authority", (long long)pp);
    const char *form = arena_print(
        &arena, "name=Sol+Solicitor&basis=solicitor&scope=act&months=12&person=%lld&evidence=",
        (long long)pp);

    (void)state;
    assert_int_equal(post(&carol, path, form).status, 422);
    struct request r = post(&carol, path, arena_print(&arena, "%sSigned+letter+of+2+April", form));
    assert_int_equal(r.status, 0);
    assert_int_equal(
        opens("sol", beside(body(r), "Reference"), beside(body(r), "One-time code")).status, 303);
    assert_true(shows(&marcus, "/home/authority", "Sol Solicitor"));
    assert_true(shows(&marcus, "/home/authority", "written down by us"));
    assert_false(shows(&marcus, "/home/authority", "Signed letter"));
    assert_false(shows(&dana, "/home/authority", "Sol Solicitor"));
    assert_int_equal(post(&carol, arena_print(&arena, "%s/end", path),
                          arena_print(&arena, "number=1&person=%lld", (long long)pp))
                         .status,
                     303);
    assert_true(shows(&marcus, "/home/authority", "it was ended"));
}

/* Where domestic abuse was told to us somebody may be made to let another act. */
static void where_abuse_is_known_nothing_sealed_is_told(void **state)
{
    struct fact_order o = { .kind        = FACT_ABUSE,
                            .value       = "yes",
                            .from        = today,
                            .to          = DATE_OPEN,
                            .happened_on = today,
                            .said_by     = "Dana",
                            .evidence    = "" };
    struct setting s    = { store, &arena, today, "test" };
    const char *ref, *code;
    struct fail f = { 0 };
    struct verb v;
    struct group g;
    bool done;

    (void)state;
    give("read", &ref, &code);
    assert_int_equal(opens("ivy", ref, code).status, 303);
    struct parent ivy = signed_in("ivy");
    assert_int_equal(turn(&ivy, ref).status, 303);
    assert_string_equal(writes(&dana, 'd'), "303");
    struct request r = get("/home/messages", ivy.cookies);
    const char *talk = strstr(body(r), "/home/message/");
    assert_non_null(talk);
    talk = arena_text(&arena, talk, strcspn(talk, "\""));
    assert_true(shows(&ivy, talk, "From Zoe"));
    assert_true(store_begin(store, STORE_WRITING, &f));
    if (!verb_open(&s, pp, "fact", NULL, &v, &done, &f) ||
        !group_load(store, &arena, pp, v.seq, &g, &f))
        fail_msg("%s", f.text);
    o.subject = g.arrangements[0].id;
    if (!fact_assert(&v, &g, &o, &f) || !verb_close(&v, &f) || !store_commit(store, &f))
        fail_msg("%s", f.text);
    assert_false(shows(&ivy, talk, "From Zoe"));
    assert_true(shows(&ivy, talk, "Kept for the person themselves"));
    assert_true(shows(&dana, talk, "From Zoe"));
}

static void a_child_of_twelve_sees_what_comes_for_them_and_no_more(void **state)
{
    struct parent ella = { .name = "Ella", .role = "child_in_scotland" };
    int64_t child      = person_of("Ella");
    struct setting s   = { store, &arena, today, "test" };
    struct fail f      = { 0 };
    struct invitee who;

    (void)state;
    assert_true(invite_find(&s, pp, child, NOW, &who, &f));
    assert_null(who.role); /* ten years old */
    s.today = date_make(2028, 4, 1);
    assert_true(invite_find(&s, pp, child, NOW, &who, &f));
    assert_null(who.role);
    s.today = date_make(2028, 4, 2);
    assert_true(invite_find(&s, pp, child, NOW, &who, &f));
    assert_string_equal(who.role, "child_in_scotland");

    sign_in(&ella, child);
    assert_true(shows(&ella, "/home", "Hello Ella"));
    assert_true(shows(&ella, "/home", "a week since"));
    assert_true(shows(&ella, "/home", "0800 1111"));
    assert_false(shows(&ella, "/home", "36,500"));
    struct request r = get("/home", dana.cookies);
    const char *path = strstr(body(r), "/home/worked/");
    assert_non_null(path);
    path = arena_text(&arena, path, strcspn(path, "\""));
    assert_int_equal(get(path, dana.cookies).status, 0);
    assert_int_equal(get(path, ella.cookies).status, 404);
    static const char *const parents_only[] = {
        "/home/looks",  "/home/letters",   "/home/messages",
        "/home/change", "/home/complaint", "/home/authority"
    };
    for (size_t i = 0; i < sizeof parents_only / sizeof *parents_only; i++) {
        assert_int_equal(get(parents_only[i], ella.cookies).status, 404);
        assert_false(shows(&ella, "/home", parents_only[i]));
        assert_false(shows(&ella, "/account", parents_only[i]));
    }
    assert_true(shows(&ella, "/account", "child in Scotland"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_taken_up_once_and_seen_by_the_person_alone),
        cmocka_unit_test(who_may_speak_does_so_under_their_own_name),
        cmocka_unit_test(it_ends_when_the_person_says_or_its_day_comes),
        cmocka_unit_test(staff_say_what_shows_it),
        cmocka_unit_test(where_abuse_is_known_nothing_sealed_is_told),
        cmocka_unit_test(a_child_of_twelve_sees_what_comes_for_them_and_no_more),
    };

    return cmocka_run_group_tests(tests, open_world, world_close);
}
