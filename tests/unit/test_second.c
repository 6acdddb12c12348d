/* test_second.c: the second factor: the standard's own codes, what is sealed, codes that are taken
 * once, and signing in with it, without a socket. */
#include "app/database.h"
#include "fresh.h"
#include "web/account.h"
#include "web/code.h"
#include "web/dispatch.h"
#include "web/key.h"
#include "web/qr.h"
#include "web/second.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { NOW = 1795400010 };
#define PASSWORD "long enough now"
static struct arena arena;
static struct store *store;
static int64_t now;
static char visitor[TOKEN_TEXT];
static const unsigned char example[TOTP_SECRET + 1] = "12345678901234567890";

/* ---- codes ---- */

static void codes_are_those_of_the_standard(void **state)
{
    static const struct {
        int64_t at;
        const char *code;
    } cases[] = {
        { 59, "94287082" },         { 1111111109, "07081804" }, { 1111111111, "14050471" },
        { 1234567890, "89005924" }, { 2000000000, "69279037" }, { 20000000000, "65353130" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(totp_code(&arena, example, TOTP_SECRET, totp_step(cases[i].at), 8),
                            cases[i].code);
}

static void a_clock_may_be_one_step_off(void **state)
{
    (void)state;
    for (int64_t step = -3; step <= 3; step++) {
        const char *code =
            totp_code(&arena, example, TOTP_SECRET, totp_step(NOW) + step, TOTP_DIGITS);
        assert_int_equal(totp_find(example, code, NOW),
                         step < -1 || step > 1 ? 0 : totp_step(NOW) + step);
        assert_int_equal(totp_find(example, arena_print(&arena, " %.3s %s", code, code + 3), NOW) !=
                             0,
                         step >= -1 && step <= 1);
    }
    assert_int_equal(totp_find(example, "", NOW), 0);
    assert_int_equal(totp_find(example, "12345", NOW), 0);
    assert_int_equal(totp_find(example, "1234567", NOW), 0);
}

static void an_app_reads_the_secret(void **state)
{
    int size;

    (void)state;
    assert_string_equal(totp_words(&arena, example), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    const char *uri = totp_uri(&arena, example, "sam");
    assert_string_equal(uri, "otpauth://totp/Upkeep:sam?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&"
                             "issuer=Upkeep&algorithm=SHA1&digits=6&period=30");
    const char *path = qr_path(&arena, uri, &size);
    assert_non_null(path);
    assert_int_equal((size - 8 - 17) % 4, 0); /* a QR code's width is 17 + 4 n */
    assert_non_null(strstr(path, "M4 4h7v1h-7z"));
    assert_non_null(strstr(path, arena_print(&arena, "M%d 4h7v1h-7z", size - 11)));
}

/* ---- the key ---- */

static const char *key_file(const char *bytes, mode_t mode)
{
    char *name = arena_print(&arena, "/tmp/upkeep-key-%d", (int)getpid());
    FILE *file = fopen(name, "w");

    assert_non_null(file);
    fputs(bytes, file);
    fclose(file);
    chmod(name, mode);
    return name;
}

static bool load(const char *bytes, mode_t mode, struct fail *f)
{
    const char *name = key_file(bytes, mode);
    bool done        = key_load(name, f);

    unlink(name);
    return done;
}

static void what_is_sealed_opens_for_its_own_end_only(void **state)
{
    unsigned char plain[TOTP_SECRET];
    struct fail f = { 0 };

    (void)state;
    key_forget();
    assert_false(load("short", 0600, &f));
    assert_false(load("a key of thirty-two bytes or more", 0640, &f));
    assert_non_null(strstr(f.text, "Others may read"));
    assert_false(key_load("/nowhere/key", &f));
    assert_false(key_ready());
    assert_true(load("a key of thirty-two bytes or more", 0600, &f));
    struct blob seal = key_seal(&arena, "use", "sam", example, TOTP_SECRET);
    assert_true(key_open("use", "sam", seal, plain, TOTP_SECRET));
    assert_memory_equal(plain, example, TOTP_SECRET);
    assert_false(key_open("use", "kim", seal, plain, TOTP_SECRET));
    assert_false(key_open("other", "sam", seal, plain, TOTP_SECRET));
    assert_false(key_open("use", "sam", seal, plain, TOTP_SECRET - 1));
    assert_true(load("another key of thirty-two bytes, or more", 0600, &f));
    assert_false(key_open("use", "sam", seal, plain, TOTP_SECRET));
}

/* ---- an account with it ---- */

static int open_world(void **state)
{
    struct fail f = { 0 };

    (void)state;
    arena_reset(&arena);
    now   = NOW;
    store = database_open(ready_database(":memory:"), &f);
    if (!store) fail_msg("%s", f.text);
    assert_true(load("a key of thirty-two bytes or more", 0600, &f));
    assert_true(
        account_add(store, &(struct account_new){ "sam", "caseworker", PASSWORD, 0 }, NOW, &f));
    token_new(visitor);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    store_close(store);
    key_forget();
    return 0;
}

static struct request ask(const char *path, const char *fields, const char *session)
{
    struct request r = { .arena = &arena };
    struct arrival a = {
        .method       = fields ? "POST" : "GET",
        .path         = path,
        .content_type = "application/x-www-form-urlencoded",
        .cookies = arena_print(&arena, "visitor=%s; session=%s", visitor, session ? session : "x"),
        .address = "192.0.2.1",
        .now     = now,
        .today   = date_make(2026, 11, 23),
        .fixed   = true,
        .read    = store,
        .write   = store,
    };
    struct session who = { .signed_in = false };
    struct fail f      = { 0 };

    if (session) assert_true(session_find(store, &arena, session, now, &who, &f));
    if (fields) {
        a.body        = arena_print(&arena, "csrf=%s&%s",
                                    token_for_forms(&arena, who.signed_in ? session : visitor), fields);
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

static const char *session_of(const struct request *r)
{
    assert_true(r->cookie_count > 0);
    return arena_print(&arena, "%.*s", TOKEN_TEXT - 1, r->cookies[0] + strlen("session="));
}

static bool is_signed_in(const char *token)
{
    struct session who;
    struct fail f = { 0 };

    assert_true(session_find(store, &arena, token, now, &who, &f));
    return who.signed_in;
}

static struct request password(void)
{
    return ask("/sign-in", "name=sam&password=" PASSWORD "&next=/work", NULL);
}

/* The app of the secret that waits, or that counts. */
static unsigned char secret[TOTP_SECRET];
static const char *app(int64_t drift)
{
    return totp_code(&arena, secret, TOTP_SECRET, totp_step(now) + drift, TOTP_DIGITS);
}

/* Sets it up through the pages; returns the first recovery code. */
static const char *set_up(void)
{
    struct request r    = password();
    const char *session = session_of(&r);
    struct fail f       = { 0 };
    bool found;

    assert_string_equal(r.location, "/work");
    assert_int_equal(ask("/account/second", "act=start&password=wrong", session).status, 422);
    r = ask("/account/second", "act=start&password=" PASSWORD, session);
    assert_string_equal(r.location, "/account/app");
    assert_true(second_waiting(store, "sam", secret, &found, &f) && found);
    r = ask("/account/app", NULL, session);
    assert_non_null(strstr(out_string(&r.out), totp_words(&arena, secret)));
    r = ask("/account/app", arena_print(&arena, "code=%s", app(5)), session);
    assert_int_equal(r.status, 422);
    r = ask("/account/app", arena_print(&arena, "code=%s", app(0)), session);
    assert_int_equal(r.status, 0);
    assert_false(is_signed_in(session));
    const char *at = strstr(out_string(&r.out), "id=\"codes\">");
    assert_non_null(at);
    at = strstr(at, "<li>") + 4;
    return arena_print(&arena, "%.*s", CODE_LETTERS + 3, at);
}

static struct request code(const struct request *waits, const char *typed)
{
    return ask("/sign-in/code", arena_print(&arena, "code=%s&next=/work", typed),
               session_of(waits));
}

static void the_password_alone_opens_nothing(void **state)
{
    (void)state;
    set_up();
    now += TOTP_SECONDS;
    struct request r    = password();
    const char *waiting = session_of(&r);
    assert_string_equal(r.location, "/sign-in/code?next=%2Fwork");
    assert_false(is_signed_in(waiting));
    assert_string_equal(ask("/account", NULL, waiting).location, "/sign-in?next=/account");
    assert_string_equal(ask("/work", NULL, waiting).location, "/sign-in?next=/work");
    assert_int_equal(ask("/sign-in/code", NULL, waiting).status, 0);
    assert_int_equal(code(&r, app(4)).status, 422);
    struct request in = code(&r, app(0));
    assert_string_equal(in.location, "/work");
    assert_true(is_signed_in(session_of(&in)));
    assert_false(is_signed_in(waiting));
    /* The session that waited is gone; without one there is no second step. */
    assert_string_equal(ask("/sign-in/code", NULL, waiting).location, "/sign-in");
    assert_string_equal(ask("/sign-in/code", NULL, NULL).location, "/sign-in");
}

static void a_code_is_taken_once(void **state)
{
    (void)state;
    const char *paper = set_up();
    struct request r  = password();
    assert_int_equal(code(&r, app(0)).status, 422); /* it was shown when it was set up */
    now += 2 * TOTP_SECONDS;
    assert_int_equal(code(&r, app(0)).status, 303);
    r = password();
    assert_int_equal(code(&r, app(0)).status, 422);
    assert_int_equal(code(&r, app(-1)).status, 422); /* nor one before it */
    assert_int_equal(code(&r, paper).status, 303);
    r = password();
    assert_int_equal(code(&r, paper).status, 422);
}

static void recovery_codes_work_without_the_key(void **state)
{
    struct second second;
    struct fail f = { 0 };

    (void)state;
    const char *paper = set_up();
    key_forget();
    now += 2 * TOTP_SECONDS;
    struct request r = password(), in = code(&r, app(0));
    assert_non_null(strstr(out_string(&in.out), "without its key. Use a recovery code"));
    assert_int_equal(code(&r, paper).status, 303);
    assert_true(second_get(store, "sam", &second, &f));
    assert_true(second.active && second.left == RECOVERY_CODES - 1);
}

static void codes_are_not_guessed(void **state)
{
    struct request r;

    (void)state;
    set_up();
    now += 2 * TOTP_SECONDS;
    for (int i = 1; i < ATTEMPTS_SUBJECT; i++) { /* one failed while it was set up */
        r = password();                          /* being right here makes no room for more */
        assert_int_equal(code(&r, app(7)).status, 422);
    }
    struct request in = code(&r, app(0));
    assert_non_null(strstr(out_string(&in.out), "too many attempts"));
    assert_non_null(strstr(text_of(password()), "too many attempts"));
    now += ATTEMPT_SECONDS;
    r = password();
    assert_int_equal(code(&r, app(0)).status, 303);
}

static void waiting_for_the_code_ends(void **state)
{
    (void)state;
    set_up();
    now += 2 * TOTP_SECONDS;
    struct request r = password();
    now += SESSION_WAIT;
    assert_string_equal(code(&r, app(0)).location, "/sign-in");
}

static void staff_must_have_it_after_fourteen_days(void **state)
{
    (void)state;
    now += SECOND_GRACE - 1;
    struct request r    = password();
    const char *session = session_of(&r);
    assert_int_equal(ask("/work", NULL, session).status, 0);
    now += 1;
    assert_string_equal(ask("/work", NULL, session).location, "/account/second");
    r = ask("/account/second", NULL, session);
    assert_non_null(strstr(out_string(&r.out), "no other page opens"));
    key_forget(); /* off without a key, and said */
    assert_int_equal(ask("/work", NULL, session).status, 0);
    r = ask("/account/second", NULL, session);
    assert_non_null(strstr(out_string(&r.out), "without the key"));
}

static void staff_may_not_turn_it_off(void **state)
{
    (void)state;
    set_up();
    now += 2 * TOTP_SECONDS;
    struct request r = password();
    r                = code(&r, app(0));
    r                = ask("/account/second", "act=end&password=" PASSWORD, session_of(&r));
    assert_non_null(strstr(out_string(&r.out), "must have a second step"));
}

#define WITH(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_the_standard),
        cmocka_unit_test(a_clock_may_be_one_step_off),
        cmocka_unit_test(an_app_reads_the_secret),
        cmocka_unit_test(what_is_sealed_opens_for_its_own_end_only),
        WITH(the_password_alone_opens_nothing),
        WITH(a_code_is_taken_once),
        WITH(recovery_codes_work_without_the_key),
        WITH(codes_are_not_guessed),
        WITH(waiting_for_the_code_ends),
        WITH(staff_must_have_it_after_fourteen_days),
        WITH(staff_may_not_turn_it_off),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
