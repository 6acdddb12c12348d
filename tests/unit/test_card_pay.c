/* test_card_pay.c: paying by card online, with the provider that is made up: each way it can end,
 * each place at which it can be cut off, and everything twice. */
#include "app/card.h"
#include "app/card_pay.h"
#include "app/check.h"
#include "card/simulated.h"
#include "own_world.h"

#include <sodium.h>

static struct parent marcus = { .name = "Marcus", .role = "paying_parent" };
static struct parent dana   = { .name = "Dana", .role = "receiving_parent" };
static struct simulated provider;
static int64_t now = 1776700000; /* 2026-04-20 */
static const char *ref;          /* of Marcus */
static int64_t pp;

static int64_t clock_now(void)
{
    return now;
}

static int open_world(void **state)
{
    struct sql_person_get_row row;
    struct fail f = { 0 };
    bool found;

    (void)state;
    world_begin("tests/own/safety.play", date_make(2026, 4, 20));
    pp = person_of("Marcus");
    sign_in(&marcus, pp);
    sign_in(&dana, person_of("Dana"));
    assert_true(
        sql_person_get(store, &(struct sql_person_get_in){ .id = pp }, &arena, &row, &found, &f));
    ref = row.ref;
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(card_provider_set(store, "Pretend Card Company", false, &f));
    assert_true(store_commit(store, &f));
    simulated_open(&provider, "https://pay.example", clock_now);
    provider.gateway.home = "https://upkeep.example";
    provider.gateway.key  = "a key for notices";
    gateway_set(&provider.gateway);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    gateway_set(NULL);
    simulated_close(&provider);
    store_close(store);
    store = NULL;
    arena_free(&arena);
    arena = (struct arena){ 0 };
    return 0;
}

/* ---- helpers ---- */

static const char *path_pay(void)
{
    return arena_print(&arena, "/home/pay/%s", ref);
}

static bool shows(const struct request *r, const char *text)
{
    struct request copy = *r;
    return strstr(out_string(&copy.out), text) != NULL;
}

static const char *seen_in(struct request *r)
{
    const char *at = strstr(out_string(&r->out), "name=\"seen\" value=\"");

    assert_non_null(at);
    at += strlen("name=\"seen\" value=\"");
    return arena_text(&arena, at, strcspn(at, "\""));
}

/* Looks, confirms; the answer to the confirmation. */
static struct request start(const char *amount)
{
    const char *fields = arena_print(&arena, "choice=other&amount=%s", amount);
    struct request r   = post(&marcus, path_pay(), arena_print(&arena, "act=check&%s", fields));

    assert_int_equal(r.status, 0);
    return post(&marcus, path_pay(),
                arena_print(&arena, "act=confirm&%s&seen=%s", fields, seen_in(&r)));
}

static struct card_payment newest(void)
{
    struct card_payment *list;
    struct fail f = { 0 };
    size_t n;

    assert_true(card_pay_list(store, &arena, pp, &list, &n, &f));
    assert_true(n > 0);
    return list[0];
}

static const char *path_one(void)
{
    return arena_print(&arena, "%s/%lld", path_pay(), (long long)newest().row.event);
}

static struct request look(void)
{
    return get(path_one(), marcus.cookies);
}

/* What came in from the parent in all, and how many receipts there are. */
static money received(int *count)
{
    struct group g;
    struct fail f = { 0 };
    money sum     = MONEY_NONE;

    *count = 0;
    assert_true(group_load(store, &arena, pp, KNOWN_NOW, &g, &f));
    for (size_t i = 0; i < g.entry_count; i++)
        if (g.entries[i].reason == REASON_RECEIPT) {
            sum = money_add(sum, g.entries[i].amount);
            ++*count;
        }
    return sum;
}

static void received_is(int64_t pence, int times)
{
    int count;

    assert_int_equal(received(&count).p, pence);
    assert_int_equal(count, times);
}

static void intact(void)
{
    struct setting s = { .store = store, .arena = &arena, .today = today, .actor = "test" };
    struct group g;
    struct fail f = { 0 };
    bool waits    = false;

    (void)s;
    assert_true(group_load(store, &arena, pp, KNOWN_NOW, &g, &f));
    for (size_t i = 0; i < g.clock_count; i++)
        waits |= !strcmp(g.clocks[i].kind, "card_payment");
    assert_int_equal(waits, card_pay_is_open(&(struct card_payment){ .state = newest().state }));
}

static struct simulated_payment *at_provider(void)
{
    assert_true(provider.n > 0);
    return simulated_find(&provider, provider.payments[provider.n - 1].id);
}

static struct setting setting(void)
{
    return (struct setting){ .store = store, .arena = &arena, .today = today, .actor = "test" };
}

/* ---- tests ---- */

static void a_payment_is_looked_at_made_and_booked_once(void **state)
{
    (void)state;
    struct request r = get("/home", marcus.cookies);
    assert_true(shows(&r, path_pay()));
    r = get(path_pay(), marcus.cookies);
    assert_true(shows(&r, "What is late: "));
    r = post(&marcus, path_pay(), "act=check&choice=other&amount=50");
    assert_true(shows(&r, "You are about to pay <strong>£50.00</strong>"));
    assert_true(shows(&r, "For the children, due on"));
    received_is(0, 0);
    r = start("50");
    assert_int_equal(r.status, 303);
    assert_true(gateway_leads(&provider.gateway, r.location));
    assert_int_equal(newest().state, CARD_PAYMENT_STATE_SENT);
    intact();
    r = look();
    assert_true(shows(&r, "A payment that is not finished"));
    r = get(arena_print(&arena, "%s/go", path_one()), marcus.cookies);
    assert_true(gateway_leads(&provider.gateway, r.location));
    received_is(0, 0);
    simulated_pay(&provider, at_provider(), CARD_PAYS);
    for (int times = 0; times < 3; times++) { /* reloaded, two tabs */
        r = look();
        assert_true(shows(&r, "You have paid £50.00"));
        assert_true(shows(&r, "For the children, due on"));
        received_is(5000, 1);
    }
    r = get(arena_print(&arena, "%s/go", path_one()), marcus.cookies);
    assert_string_equal(r.location, path_one());
    intact();
    r = get(arena_print(&arena, "/home/account/%s", ref), marcus.cookies);
    assert_true(shows(&r, "50.00"));
}

static void what_was_confirmed_twice_is_one_payment(void **state)
{
    (void)state;
    const char *fields = "choice=other&amount=60";
    struct request r   = post(&marcus, path_pay(), arena_print(&arena, "act=check&%s", fields));
    const char *all    = arena_print(&arena, "act=confirm&%s&seen=%s", fields, seen_in(&r));

    assert_int_equal(post(&marcus, path_pay(), all).status, 303);
    r = post(&marcus, path_pay(), all); /* back, and sent again */
    assert_int_equal(r.status, 0);
    assert_true(shows(&r, "You have started to pay £60.00"));
    assert_int_equal(provider.n, 1);
    simulated_pay(&provider, at_provider(), CARD_PAYS);
    look();
    r = post(&marcus, path_pay(), all); /* and after it was paid: it is shown anew */
    assert_true(shows(&r, "Something changed meanwhile"));
    assert_int_equal(provider.n, 1);
    received_is(6000, 1);
}

static void a_refused_card_takes_nothing_and_says_so_calmly(void **state)
{
    (void)state;
    start("20");
    simulated_pay(&provider, at_provider(), CARD_REFUSED);
    struct request r = look();
    assert_true(shows(&r, "No money was taken"));
    assert_true(shows(&r, "Try again"));
    assert_true(shows(&r, "nobody else is told"));
    received_is(0, 0);
    intact();
    assert_int_equal(start("20").status, 303); /* another can be started */
}

static void what_nobody_finishes_ends(void **state)
{
    (void)state;
    start("20");
    now += SIMULATED_EXPIRES + 1;
    look();
    assert_int_equal(newest().state, CARD_PAYMENT_STATE_EXPIRED);
    intact();
    start("21");
    struct request r = post(&marcus, path_one(), "act=cancel");
    assert_int_equal(r.status, 303);
    assert_int_equal(newest().state, CARD_PAYMENT_STATE_CANCELLED);
    assert_int_equal(at_provider()->state, GATEWAY_CANCELLED);
    start("22");
    simulated_pay(&provider, at_provider(), CARD_PAYS); /* paid just before it is cancelled */
    post(&marcus, path_one(), "act=cancel");
    assert_int_equal(newest().state, CARD_PAYMENT_STATE_PAID);
    received_is(2200, 1);
    intact();
}

static void a_slow_card_is_paid_when_the_provider_says_so(void **state)
{
    (void)state;
    start("20");
    simulated_pay(&provider, at_provider(), CARD_PAYS_LATE);
    struct request r = look();
    assert_true(shows(&r, "look again"));
    received_is(0, 0);
    post(&marcus, path_one(), "act=cancel"); /* it is too late for that */
    assert_int_equal(newest().state, CARD_PAYMENT_STATE_SENT);
    now += SIMULATED_LATE;
    r = look();
    assert_true(shows(&r, "You have paid £20.00"));
    received_is(2000, 1);
}

static void nothing_is_lost_while_the_provider_is_away(void **state)
{
    struct setting s = setting();
    struct fail f    = { 0 };
    size_t looked, waiting;

    (void)state;
    provider.away_until = now + 10;
    struct request r    = start("20");
    assert_string_equal(r.location, path_one());
    assert_int_equal(newest().state, CARD_PAYMENT_STATE_ASKED);
    intact();
    r = look();
    assert_true(shows(&r, "We cannot reach the card provider just now"));
    assert_false(card_pay_follow_all(&s, &provider.gateway, &looked, &waiting, &f));
    assert_string_equal(f.code, "gateway_away");
    now += 10;
    r = get(arena_print(&arena, "%s/go", path_one()), marcus.cookies);
    assert_true(gateway_leads(&provider.gateway, r.location));
    simulated_pay(&provider, at_provider(), CARD_PAYS);
    assert_true(card_pay_follow_all(&s, &provider.gateway, &looked, &waiting, &f));
    assert_int_equal(looked, 1);
    assert_int_equal(waiting, 0);
    received_is(2000, 1);
    assert_true(card_pay_follow_all(&s, &provider.gateway, &looked, &waiting, &f));
    assert_int_equal(looked, 0);
    intact();
}

/* As when the program dies between the provider's doing and our writing it down. */
static void an_answer_that_was_lost_is_asked_for_again(void **state)
{
    (void)state;
    provider.loses = true;
    start("20");
    assert_int_equal(newest().state, CARD_PAYMENT_STATE_ASKED);
    assert_int_equal(provider.n, 1);
    simulated_pay(&provider, at_provider(), CARD_PAYS);
    provider.loses = true;
    look();
    received_is(0, 0);
    struct request r = look();
    assert_true(shows(&r, "You have paid £20.00"));
    assert_int_equal(provider.n, 1);
    received_is(2000, 1);
    intact();
}

static struct request notice(const char *body, const char *key)
{
    crypto_auth_hmacsha256_state hash;
    unsigned char is[crypto_auth_hmacsha256_BYTES];
    char hex[sizeof is * 2 + 1];

    crypto_auth_hmacsha256_init(&hash, (const unsigned char *)key, strlen(key));
    crypto_auth_hmacsha256_update(&hash, (const unsigned char *)body, strlen(body));
    crypto_auth_hmacsha256_final(&hash, is);
    sodium_bin2hex(hex, sizeof hex, is, sizeof is);
    return ask((struct arrival){ .method       = "POST",
                                 .path         = "/card/notice",
                                 .content_type = "application/json",
                                 .body         = body,
                                 .body_length  = strlen(body),
                                 .signature    = hex },
               NULL);
}

static void notices_are_signed_and_may_come_twice(void **state)
{
    (void)state;
    start("20");
    const char *body = arena_print(&arena, "{\"resource_id\":\"%s\"}", at_provider()->id);
    assert_int_equal(notice(body, provider.gateway.key).status, 200); /* too early */
    received_is(0, 0);
    simulated_pay(&provider, at_provider(), CARD_PAYS);
    assert_int_equal(notice(body, "another key").status, 401);
    received_is(0, 0);
    assert_int_equal(notice(body, provider.gateway.key).status, 200);
    assert_int_equal(notice(body, provider.gateway.key).status, 200);
    received_is(2000, 1);
    assert_int_equal(notice("{\"resource_id\":\"nobody\"}", provider.gateway.key).status, 200);
    assert_int_equal(notice("no JSON", provider.gateway.key).status, 200);
    provider.away_until = now + 5;
    start("21");
    now += 5;
    look();
    provider.away_until = now + 5;
    body                = arena_print(&arena, "{\"resource_id\":\"%s\"}", at_provider()->id);
    assert_int_equal(notice(body, provider.gateway.key).status, 503);
    now += 5;
}

/* A line of the provider's file. */
static struct received_line {
    struct feed_statement statement;
    struct feed_line line;
} line_of(const struct simulated_payment *p, date day, const char *remittance)
{
    struct received_line l = { .statement = { .id = "file" } };
    struct fail f          = { 0 };

    assert_true(card_account(store, &arena, &l.statement.account, &f));
    l.line = (struct feed_line){ .reference     = p->id,
                                 .booked        = day,
                                 .amount        = p->amount,
                                 .credit        = true,
                                 .original      = "",
                                 .reason        = "",
                                 .end_to_end    = "",
                                 .payer_name    = "A CARDHOLDER",
                                 .payer_account = "",
                                 .remittance    = remittance };
    return l;
}

static bool file_read(struct received_line l, struct receipt_result *result, struct fail *f)
{
    struct setting s = setting();

    l.line.statement = &l.statement;
    bool fine = store_begin(store, STORE_WRITING, f) && receipt_record(&s, &l.line, result, f) &&
                store_commit(store, f);
    store_rollback(store);
    return fine;
}

static void the_providers_file_shows_the_same_payment(void **state)
{
    struct receipt_result result;
    struct fail f = { 0 };

    (void)state;
    start("20");
    simulated_pay(&provider, at_provider(), CARD_PAYS);
    look();
    today                  = date_add_days(today, 2);
    struct received_line l = line_of(at_provider(), today, at_provider()->reference);
    assert_true(file_read(l, &result, &f)); /* another day, another name: the same */
    assert_int_equal(result.what, RECEIVED_BEFORE);
    received_is(2000, 1);
    l.line.amount.p++;
    assert_false(file_read(l, &result, &f));
    assert_string_equal(f.code, "line_refused");
}

static void the_file_may_come_first(void **state)
{
    static const char *const known[] = { "by its reference", "" };
    struct receipt_result result;
    struct fail f = { 0 };

    (void)state;
    for (int i = 0; i < 2; i++) {
        start("20");
        simulated_pay(&provider, at_provider(), CARD_PAYS);
        assert_true(
            file_read(line_of(at_provider(), today, *known[i] ? at_provider()->reference : "?"),
                      &result, &f));
        assert_int_equal(result.what, *known[i] ? RECEIVED_MATCHED : RECEIVED_SUSPENSE);
        struct request r = look();
        assert_true(shows(&r, "You have paid £20.00"));
        assert_int_equal(newest().state, CARD_PAYMENT_STATE_PAID);
        intact();
        look();
    }
    struct group g;
    money paid = MONEY_NONE;
    assert_true(group_load(store, &arena, pp, KNOWN_NOW, &g, &f));
    for (size_t i = 0; i < g.entry_count; i++)
        if (g.entries[i].reason == REASON_MATCH || g.entries[i].reason == REASON_PASS_IN)
            paid = money_add(paid, g.entries[i].amount);
    assert_int_equal(paid.p, 4000);
}

static void amounts_have_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *fields, *says;
    } wrong[] = {
        { "act=check&choice=other&amount=0.99", "The least that can be paid by card" },
        { "act=check&choice=other&amount=5000.01", "The most that can be paid by card" },
        { "act=check&choice=other", "Enter how much you want to pay" },
        { "act=check", "Choose how much you want to pay" },
        { "act=check&choice=other&amount=-5", "Enter an amount in pounds" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct request r = post(&marcus, path_pay(), wrong[i].fields);
        assert_int_equal(r.status, 422);
        if (!shows(&r, wrong[i].says)) fail_msg("%s", wrong[i].fields);
    }
    struct request r = post(&marcus, path_pay(), "act=check&choice=other&amount=5000");
    assert_true(shows(&r, "Kept for your next payments"));
    assert_int_equal(provider.n, 0);
}

static void it_is_for_the_paying_parent_alone(void **state)
{
    (void)state;
    start("20");
    const char *one = path_one();
    assert_int_equal(get(path_pay(), dana.cookies).status, 404);
    assert_int_equal(get(one, dana.cookies).status, 404);
    assert_int_equal(post(&dana, path_pay(), "act=check&choice=overdue").status, 404);
    assert_int_equal(get(arena_print(&arena, "%s/999", path_pay()), marcus.cookies).status, 404);
    struct request r = get("/home", dana.cookies);
    assert_false(shows(&r, "/home/pay/"));
    r = get(arena_print(&arena, "/paid/%s/%lld", ref, (long long)newest().row.event), NULL);
    assert_true(shows(&r, one)); /* whoever comes back is not known yet, and shown nothing */
    assert_false(shows(&r, "20.00"));
    gateway_set(NULL);
    r = get("/home", marcus.cookies);
    assert_false(shows(&r, "/home/pay/"));
    r = get(path_pay(), marcus.cookies);
    assert_true(shows(&r, "is not open just now"));
    r = look();
    assert_true(shows(&r, "We cannot reach the card provider"));
}

static void money_goes_back_once(void **state)
{
    struct gateway *w = &provider.gateway;
    struct fail f     = { 0 };

    (void)state;
    start("20");
    assert_false(w->refund(w->context, at_provider()->id, "r1", (money){ 100 }, &f));
    simulated_pay(&provider, at_provider(), CARD_PAYS);
    assert_true(w->refund(w->context, at_provider()->id, "r1", (money){ 2000 }, &f));
    assert_true(w->refund(w->context, at_provider()->id, "r1", (money){ 2000 }, &f));
    assert_int_equal(at_provider()->refunded.p, 2000);
    assert_false(w->refund(w->context, at_provider()->id, "r2", (money){ 1 }, &f));
}

static void words_of_the_api_are_told_apart(void **state)
{
    enum gateway_state is;

    (void)state;
    assert_true(gateway_state_find("failed", "P0010", &is) && is == GATEWAY_REFUSED);
    assert_true(gateway_state_find("failed", "P0020", &is) && is == GATEWAY_EXPIRED);
    assert_true(gateway_state_find("failed", "P0030", &is) && is == GATEWAY_CANCELLED);
    assert_true(gateway_state_find("submitted", "", &is) && is == GATEWAY_OPEN);
    assert_false(gateway_state_find("magic", "", &is));
    assert_true(gateway_leads(&provider.gateway, "https://pay.example/x"));
    assert_false(gateway_leads(&provider.gateway, "https://pay.example.evil/x"));
    assert_false(gateway_leads(&provider.gateway, "https://pay.example/x\r\nSet-Cookie: a"));
    assert_false(gateway_leads(&provider.gateway, "https://evil.example/"));
}

#define CARD_TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CARD_TEST(a_payment_is_looked_at_made_and_booked_once),
        CARD_TEST(what_was_confirmed_twice_is_one_payment),
        CARD_TEST(a_refused_card_takes_nothing_and_says_so_calmly),
        CARD_TEST(what_nobody_finishes_ends),
        CARD_TEST(a_slow_card_is_paid_when_the_provider_says_so),
        CARD_TEST(nothing_is_lost_while_the_provider_is_away),
        CARD_TEST(an_answer_that_was_lost_is_asked_for_again),
        CARD_TEST(notices_are_signed_and_may_come_twice),
        CARD_TEST(the_providers_file_shows_the_same_payment),
        CARD_TEST(the_file_may_come_first),
        CARD_TEST(amounts_have_bounds),
        CARD_TEST(it_is_for_the_paying_parent_alone),
        CARD_TEST(money_goes_back_once),
        CARD_TEST(words_of_the_api_are_told_apart),
    };

    return cmocka_run_group_tests_name("card payments", tests, NULL, NULL);
}
