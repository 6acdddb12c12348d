/* test_account.c: a parent's way to an account of their own, without a socket. */
#include "app/apply.h"
#include "app/database.h"
#include "app/invite.h"
#include "fresh.h"
#include "web/account.h"
#include "web/address.h"
#include "web/code.h"
#include "web/dispatch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1795400000, DAY = 86400 };
#define PASSWORD "long enough now"
static struct arena arena;
static struct store *store;
static int64_t pp, rp, child_id;
static const char *staff; /* cookies */
static const char *visitor;
static const char *from = "192.0.2.1";
static int64_t now;

/* ---- a family, a caseworker, a browser ---- */

static date today(void)
{
    return date_make(2026, 11, 23);
}

static void family_make(void)
{
    struct setting s               = { store, &arena, today(), "tester" };
    struct applicant child         = { .given = "Ella", .family = "Webb" };
    struct application a           = { .paying         = { .given = "Marcus", .family = "Webb" },
                                       .receiving      = { .given = "Dana", .family = "Frost" },
                                       .children       = &child,
                                       .child_count    = 1,
                                       .jurisdiction   = JURISDICTION_GREAT_BRITAIN,
                                       .applied_on     = s.today,
                                       .effective_from = s.today,
                                       .service        = "collect_and_pay",
                                       .pay_interval   = "monthly",
                                       .pay_day        = 5,
                                       .said_by        = "receiving parent" };
    struct application_result made = { 0 };
    struct sql_group_people_row *people;
    struct fail f = { 0 };
    size_t n;

    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(application_make(&s, &a, NULL, &made, &f));
    assert_true(store_commit(store, &f));
    pp = made.pp;
    rp = made.rp;
    assert_true(sql_group_people(store, &(struct sql_group_people_in){ .pps = { &pp, 1 } }, &arena,
                                 &people, &n, &f));
    for (size_t i = 0; i < n; i++)
        if (people[i].id != pp && people[i].id != rp) child_id = people[i].id;
}

static int open_world(void **state)
{
    static char token[TOKEN_TEXT];
    struct fail f = { 0 };
    const char *session;

    (void)state;
    arena_reset(&arena);
    now   = NOW;
    store = database_open(ready_database(":memory:"), &f);
    if (!store) fail_msg("%s", f.text);
    assert_true(
        account_add(store, &(struct account_new){ "sam", "caseworker", PASSWORD, 0 }, NOW, &f));
    assert_true(session_start(store, &arena, "sam", NOW, &session, &f));
    staff   = session;
    visitor = token_new(token);
    family_make();
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    return 0;
}

static struct request ask(const char *method, const char *path, const char *fields,
                          const char *token, const char *cookie)
{
    struct request r = { .arena = &arena };
    struct arrival a = {
        .method       = method,
        .path         = path,
        .content_type = "application/x-www-form-urlencoded",
        .cookies      = arena_print(&arena, "%s=%s", cookie, token),
        .address      = from,
        .now          = now,
        .today        = today(),
        .fixed        = true,
        .read         = store,
        .write        = store,
    };

    if (fields) {
        a.body        = arena_print(&arena, "csrf=%s&%s", token_for_forms(&arena, token), fields);
        a.body_length = strlen(a.body);
    }
    dispatch(&r, &a);
    store_rollback(store);
    return r;
}

static const char *text_of(struct request r)
{
    return out_string(&r.out);
}

static struct request of_staff(const char *path, const char *fields)
{
    return ask(fields ? "POST" : "GET", path, fields, staff, "session");
}

static struct request of_visitor(const char *path, const char *fields)
{
    return ask(fields ? "POST" : "GET", path, fields, visitor, "visitor");
}

/* ---- invitations ---- */

static const char *ref_of(int64_t person)
{
    struct setting s = { store, &arena, today(), "test" };
    struct invitee who;
    struct fail f = { 0 };

    assert_true(invite_find(&s, pp, person, now, &who, &f));
    return arena_print(&arena, "%s", who.ref);
}

/* The code as the caseworker's page shows it. */
static const char *invite(int64_t person)
{
    const char *path = arena_print(&arena, "/case/%lld/invite", (long long)pp);
    struct request r = of_staff(path, arena_print(&arena, "person=%lld", (long long)person));
    static const char mark[] = "Your one-time code</dt>";

    assert_int_equal(r.status, 0);
    const char *at = strstr(out_string(&r.out), mark);
    assert_non_null(at);
    at = strchr(at + strlen(mark), '>') + 1;
    return arena_print(&arena, "%.*s", (int)strcspn(at, "<"), at);
}

static struct request activate(const char *ref, const char *code, const char *name)
{
    return of_visitor(
        "/activate",
        arena_print(&arena, "reference=%s&code=%s&name=%s&password=" PASSWORD, ref, code, name));
}

static const char *error_of(const struct request *r)
{
    static const char mark[] = "govuk-error-summary__list";
    const char *at           = strstr(r->out.at ? r->out.at : "", mark);

    return at ? arena_print(&arena, "%.*s", 300, at) : "";
}

static void a_parent_opens_an_account_with_a_code(void **state)
{
    const char *path = arena_print(&arena, "/case/%lld/invite", (long long)pp);
    struct sql_account_get_row account;
    struct session who;
    struct fail f = { 0 };
    bool found;

    (void)state;
    assert_non_null(strstr(text_of(of_staff(path, NULL)), "Has no account and no code"));
    const char *code = invite(rp);
    assert_int_equal(strlen(code), 19);
    assert_null(strstr(text_of(of_staff(path, NULL)), code));
    struct request r = activate(ref_of(rp), code, "Dana.F");
    assert_int_equal(r.status, 303);
    assert_string_equal(r.location, "/home");
    assert_true(sql_account_get(store, &(struct sql_account_get_in){ .name = "dana.f" }, &arena,
                                &account, &found, &f));
    assert_true(found && !strcmp(account.role, "receiving_parent"));
    const char *token = arena_print(&arena, "%.*s", TOKEN_TEXT - 1, r.cookies[0] + 8);
    assert_true(session_find(store, &arena, token, now, &who, &f));
    assert_true(who.signed_in && who.person == rp);
    assert_int_equal(who.rights, role_rights("receiving_parent"));
    assert_non_null(strstr(text_of(of_staff(path, NULL)), "Has an account"));
    /* Once, and one account for one person. */
    assert_int_equal(activate(ref_of(rp), code, "dana2").status, 422);
    r = of_staff(path, arena_print(&arena, "person=%lld", (long long)rp));
    assert_non_null(strstr(error_of(&r), "has an account already"));
}

static void both_steps_are_events_of_the_family(void **state)
{
    struct sql_event_list_in in = { .pp = pp, .upto = KNOWN_NOW };
    struct sql_event_list_row *events;
    struct fingerprint rows;
    struct fail f = { 0 };
    size_t n;

    (void)state;
    activate(ref_of(pp), invite(pp), "marcus");
    assert_true(sql_event_list(store, &in, &arena, &events, &n, &f));
    assert_string_equal(events[n - 2].verb, "invite");
    assert_string_equal(events[n - 2].actor, "sam");
    assert_string_equal(events[n - 1].verb, "activate");
    assert_string_equal(events[n - 1].actor, ref_of(pp));
    assert_null(strstr(events[n - 1].about, "marcus"));
    for (size_t i = n - 2; i < n; i++) {
        assert_true(event_rows_fingerprint(store, pp, events[i].seq, &rows, &f));
        assert_memory_equal(rows.bytes, events[i].rows.at, sizeof rows.bytes);
        assert_memory_not_equal(events[i].rows.at, events[n - 3].rows.at, sizeof rows.bytes);
    }
}

static void what_does_not_open_is_answered_alike(void **state)
{
    (void)state;
    const char *code    = invite(rp);
    const char *other   = invite(pp);
    struct request none = activate("999999999", code, "dana");
    assert_int_equal(none.status, 422);
    assert_non_null(strstr(error_of(&none), "The reference or the code is not right"));
    struct request wrong[] = { activate(ref_of(rp), "2222-2222-2222-2222", "dana"),
                               activate(ref_of(rp), other, "dana"),
                               activate(ref_of(rp), "%C3%A9%00", "dana"),
                               activate(ref_of(child_id), code, "dana") };
    assert_int_equal(wrong[2].status, 400);
    for (int i = 0; i < 4; i++)
        if (i != 2) assert_string_equal(error_of(&wrong[i]), error_of(&none));
    now                 = NOW + (int64_t)INVITATION_DAYS * DAY;
    struct request late = activate(ref_of(rp), code, "dana");
    assert_string_equal(error_of(&late), error_of(&none));
    now--;
    from = "192.0.2.2";
    assert_int_equal(activate(ref_of(rp), code, "dana").status, 303);
    from = "192.0.2.1";
}

static void a_new_code_ends_the_one_before(void **state)
{
    (void)state;
    const char *first = invite(rp), *second;
    now++;
    second = invite(rp);
    assert_string_not_equal(first, second);
    assert_int_equal(activate(ref_of(rp), first, "dana").status, 422);
    assert_int_equal(activate(ref_of(rp), second, "dana").status, 303);
}

static void only_parents_of_the_family_are_invited(void **state)
{
    struct setting s              = { store, &arena, today(), "sam" };
    unsigned char hash[CODE_HASH] = { 0 };
    struct blob code              = { hash, sizeof hash };
    struct fail f                 = { 0 };

    (void)state;
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_false(invite_make(&s, pp, child_id, code, now, &f));
    assert_string_equal(f.code, "not_a_parent");
    assert_false(invite_make(&s, pp, 999999, code, now, &f));
    assert_string_equal(f.code, "no_such_person");
    store_rollback(store);
}

static void a_wrong_choice_leaves_the_code_as_it_was(void **state)
{
    (void)state;
    const char *code = invite(rp), *ref = ref_of(rp);
    for (int i = 0; i < 2 * ATTEMPTS_SUBJECT; i++) {
        struct request r = activate(ref, code, "sam");
        assert_non_null(strstr(error_of(&r), "There is an account called sam already"));
    }
    struct request r = activate(ref, code, "day");
    assert_non_null(strstr(error_of(&r), "Choose another name"));
    r = of_visitor("/activate",
                   arena_print(&arena, "reference=%s&code=%s&name=dana&password=short", ref, code));
    assert_non_null(strstr(error_of(&r), "at least 12 characters"));
    assert_null(strstr(out_string(&r.out), "short"));
    assert_int_equal(activate(ref, code, "dana").status, 303);
}

/* ---- one's own account ---- */

static bool is_signed_in(const char *token)
{
    struct session who;
    struct fail f = { 0 };

    assert_true(session_find(store, &arena, token, now, &who, &f));
    return who.signed_in;
}

static const char *session_of(const struct request *r)
{
    return arena_print(&arena, "%.*s", TOKEN_TEXT - 1, r->cookies[0] + strlen("session="));
}

static void a_new_password_asks_the_old_and_ends_other_sessions(void **state)
{
    struct attempt sam = { "account", "sam", "", NOW, 0 };
    struct fail f      = { 0 };
    const char *other;

    (void)state;
    assert_true(session_start(store, &arena, "sam", NOW, &other, &f));
    struct request r = of_staff("/account/password", "old=not+this+one&new=another+good+one");
    assert_non_null(strstr(error_of(&r), "This is not your password"));
    r = of_staff("/account/password", "old=long+enough+now&new=short");
    assert_non_null(strstr(error_of(&r), "at least 12 characters"));
    assert_true(is_signed_in(other) && is_signed_in(staff));
    assert_true(account_check(store, &sam, PASSWORD, &f));
    r = of_staff("/account/password", "old=long+enough+now&new=another+good+one");
    assert_string_equal(r.location, "/account?done=password");
    assert_false(is_signed_in(other));
    assert_false(is_signed_in(staff));
    assert_true(is_signed_in(session_of(&r)));
    assert_false(account_check(store, &sam, PASSWORD, &f));
    assert_true(account_check(store, &sam, "another good one", &f));
}

static void an_open_desk_does_not_give_the_password_away(void **state)
{
    struct request r = { .status = 0 };

    (void)state;
    for (int i = 0; i <= ATTEMPTS_SUBJECT; i++)
        r = of_staff("/account/password", i < ATTEMPTS_SUBJECT
                                              ? "old=guess&new=another+good+one"
                                              : "old=long+enough+now&new=another+good+one");
    assert_non_null(strstr(error_of(&r), "too many attempts"));
}

static void one_signs_out_everywhere(void **state)
{
    struct fail f = { 0 };
    const char *other;

    (void)state;
    now += 60;
    assert_true(session_start(store, &arena, "sam", now, &other, &f));
    const char *page = text_of(of_staff("/account", NULL));
    const char *here = strstr(page, "<strong>Here</strong>"), *there = strstr(page, "Elsewhere");
    assert_true(here && there && there < here); /* the newest first */
    struct request r = of_staff("/account/leave", "");
    assert_string_equal(r.location, "/sign-in");
    assert_true(r.wipe && !is_signed_in(other) && !is_signed_in(staff));
}

/* ---- attempts ---- */

static void codes_are_not_guessed(void **state)
{
    (void)state;
    const char *code = invite(rp), *ref = ref_of(rp);
    struct request r;
    for (int i = 0; i < ATTEMPTS_SUBJECT; i++)
        activate(ref, "2222-2222-2222-2222", "dana");
    from = "192.0.2.77"; /* from elsewhere too */
    r    = activate(ref, code, "dana");
    assert_non_null(strstr(error_of(&r), "too many attempts"));
    now += ATTEMPT_SECONDS;
    assert_int_equal(activate(ref, code, "dana").status, 303);
    from = "192.0.2.1";
}

static void one_address_does_not_try_everybody(void **state)
{
    struct request r = { .status = 0 };

    (void)state;
    const char *code = invite(rp), *ref = ref_of(rp);
    from = "198.51.100.9";
    for (int i = 0; i < ATTEMPTS_ADDRESS / 2; i++) {
        activate(arena_print(&arena, "9999%d", i), code, "dana");
        r = of_visitor("/sign-in", arena_print(&arena, "name=n%d&password=%s&next=", i, "x"));
        assert_null(strstr(error_of(&r), "too many"));
    }
    r = activate(ref, code, "dana");
    assert_non_null(strstr(error_of(&r), "too many attempts"));
    r = of_visitor("/sign-in", "name=sam&password=" PASSWORD "&next=");
    assert_non_null(strstr(error_of(&r), "too many attempts"));
    from = "198.51.100.10";
    assert_int_equal(activate(ref, code, "dana").status, 303);
    from = "192.0.2.1";
}

static void addresses_are_counted_as_customers_have_them(void **state)
{
    (void)state;
    assert_string_equal(address_counted(&arena, "192.0.2.1", 9), "192.0.2.1");
    assert_string_equal(address_counted(&arena, "::ffff:192.0.2.1", 16), "192.0.2.1");
    assert_string_equal(address_counted(&arena, "2001:db8:1:2:3:4:5:6", 20), "2001:db8:1:2::");
    assert_string_equal(address_counted(&arena, "not one", 7), "");
    assert_string_equal(address_forwarded(&arena, "10.9.8.7, 192.0.2.1"), "192.0.2.1");
    assert_string_equal(address_forwarded(&arena, "192.0.2.1"), "192.0.2.1");
    assert_string_equal(address_forwarded(&arena, "192.0.2.1, unknown"), "");
    assert_string_equal(address_forwarded(&arena, NULL), "");
}

#define WITH(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_parent_opens_an_account_with_a_code),
        WITH(both_steps_are_events_of_the_family),
        WITH(what_does_not_open_is_answered_alike),
        WITH(a_new_code_ends_the_one_before),
        WITH(only_parents_of_the_family_are_invited),
        WITH(a_wrong_choice_leaves_the_code_as_it_was),
        WITH(a_new_password_asks_the_old_and_ends_other_sessions),
        WITH(an_open_desk_does_not_give_the_password_away),
        WITH(one_signs_out_everywhere),
        WITH(codes_are_not_guessed),
        WITH(one_address_does_not_try_everybody),
        cmocka_unit_test(addresses_are_counted_as_customers_have_them),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
