/* test_bank_proof.c: lines of a bank statement that are ours, term by term: the one sum in which
 * Direct Debit collections arrive, a file of payments going out ("UPKEEP CM"), what comes back; and
 * what no statement shows (bank_list.h). */
#include "app/bank_file.h"
#include "app/bank_list.h"
#include "app/database.h"
#include "app/day.h"
#include "app/scenario_run.h"
#include "feed/camt053_write.h"
#include "fresh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FAMILY                                                                                     \
    "scenario: A bank\n"                                                                           \
    "sender \"01-02-03 12345678 Upkeep Service\"\n"                                                \
    "today 2025-02-17\n"                                                                           \
    "apply\n"                                                                                      \
    "  paying parent Marcus Webb\n"                                                                \
    "  receiving parent Dana Frost\n"                                                              \
    "  child Ella Webb born 2016-04-02\n"                                                          \
    "  effective 2025-03-03\n"                                                                     \
    "  pays four_weekly on day 1\n"                                                                \
    "fact bank_account \"20-00-00 00000010 Dana Frost\" of Dana from 2025-02-17\n"                 \
    "fact address \"1 Low Road, Leeds, LS1 1AA\" of Marcus from 2025-02-17\n"                      \
    "fact income_historic £36,500 from 2025-03-03 evidence \"HMRC figure\"\n"                     \
    "decide initial because \"income from HMRC\"\n"
/* 84.00 a week: every four weeks 336.00 and the fee 67.20.  322.56 goes to the receiving parent. */
#define PAID                                                                                       \
    FAMILY "days until 2025-03-03\n"                                                               \
           "receive £403.20 from \"M WEBB\" account \"99-99-99 11112222\" reference Marcus\n"     \
           "day\n"                                                                                 \
           "pay\n"
/* The first instalment comes by card, the second by Direct Debit. */
#define COLLECTED                                                                                  \
    FAMILY "instruction \"30-00-00 12345670 Marcus Webb\"\n"                                       \
           "collect\n"                                                                             \
           "days until 2025-03-03\n"                                                               \
           "receive £403.20 from \"M WEBB\" account \"99-99-99 11112222\" reference Marcus\n"     \
           "day\n"                                                                                 \
           "collect\n"                                                                             \
           "days until 2025-03-13\n"                                                               \
           "collect\n"                                                                             \
           "days until 2025-03-27\n"                                                               \
           "collect\n"                                                                             \
           "days until 2025-03-31\n"

static struct store *store;
static struct arena arena;
static date today;
static int number;
static money balance;

static void told(void *context, enum play_says what, const char *text)
{
    (void)context;
    if (what == PLAY_WRONG) fail_msg("%s", text);
}

static void begin(const char *text, date day)
{
    struct scenario scenario;
    struct fail f           = { 0 };
    struct play_order order = { .scenario = &scenario, .name = "bank", .tell = told };

    store = order.store = database_open(fresh_database(":memory:"), &f);
    assert_non_null(store);
    assert_true(scenario_parse("bank", text, strlen(text), &arena, &scenario, &f));
    struct play *play = play_open(&order, &f);
    assert_non_null(play);
    while (!play_is_over(play)) {
        assert_true(play_step(play, &f));
    }
    today = day;
    play_close(play);
    number  = 0;
    balance = MONEY_NONE;
}

static void end(void)
{
    store_close(store);
    arena_free(&arena);
}

/* Whatever went in and out, the night's proof holds, and the list adds up to its terms. */
static struct bank_terms proved(struct bank_list *list)
{
    struct setting s             = { store, &arena, today, "day" };
    struct bank_list_order order = { .today = today, .since = { INT32_MIN }, .most = 100 };
    struct bank_terms t;
    struct fail f = { 0 };

    if (!day_run_all(&s, NULL, NULL, &f)) fail_msg("%s", f.text);
    assert_true(bank_terms_read(store, &arena, &t, &f));
    assert_int_equal(t.left.p, 0);
    assert_true(bank_list_read(store, &arena, &order, list, &f));
    assert_true(list->proved);
    assert_int_equal(list->out.sum.p + list->out.rest.p, t.unseen.p);
    assert_int_equal(list->in.sum.p + list->in.rest.p, t.not_stated.p - t.collections.p);
    assert_int_equal(list->out.rest.p, 0);
    assert_int_equal(list->in.rest.p, 0);
    today = date_add_days(today, 1);
    return t;
}

static void no_fault(void *context, int line, const char *sentence)
{
    (void)context;
    fail_msg("line %d: %s", line, sentence);
}

/* One line on the next statement of the account. */
static struct bank_taking state_line(struct feed_line line)
{
    char id[16];
    struct feed_statement statement = { .account = "99000000000001", .opening = balance };
    struct camt053_page page        = {
               .statement = &statement, .day = today, .lines = &line, .count = 1
    };
    struct setting s = { store, &arena, today, "bank" };
    struct bank_taking t;
    struct fail f = { 0 };
    char *bytes;
    size_t length;
    FILE *to             = open_memstream(&bytes, &length);
    const char **texts[] = { &line.original,   &line.reason,        &line.end_to_end,
                             &line.payer_name, &line.payer_account, &line.remittance };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!*texts[i]) *texts[i] = "";
    snprintf(id, sizeof id, "S%d", ++number);
    statement.id   = id;
    line.reference = id;
    line.booked    = today;
    assert_true(feed_write_camt053(to, &page, &f));
    fclose(to);
    struct bank_file file = { .source = { .bytes = bytes, .length = length },
                              .xml    = true,
                              .fault  = no_fault };
    if (!bank_file_record(&s, &file, &t, &f)) fail_msg("%s", f.text);
    free(bytes);
    balance.p += line.credit ? line.amount.p : -line.amount.p;
    return t;
}

static void the_sum_of_collections_is_known_and_not_booked_again(void **state)
{
    struct bank_list list;

    (void)state;
    begin(COLLECTED, date_make(2025, 3, 31));
    struct bank_terms t = proved(&list);
    assert_int_equal(list.in.n, 2);
    assert_int_equal(list.in.at[0].kind, BANK_RECEIPT);
    assert_int_equal(list.in.at[0].age, 28);
    assert_int_equal(list.in.at[1].kind, BANK_COLLECTION);
    assert_int_equal(list.in.at[1].age, 0);
    const char *name = list.in.at[1].reference;
    money sum        = list.in.at[1].amount;
    assert_int_equal(sum.p, 40320);
    assert_int_equal(t.not_stated.p, 2 * sum.p);
    struct feed_line line = {
        .amount = sum, .credit = true, .payer_name = "UPKEEP", .remittance = name
    };
    assert_int_equal(state_line(line).number[RECEIVED_BEFORE], 1);
    t = proved(&list);
    assert_int_equal(t.collections.p, sum.p);
    assert_int_equal(t.moved.p, sum.p);
    assert_int_equal(list.in.n, 1); /* what came by card */
    /* Once more, by another line: nobody's money. */
    assert_int_equal(state_line(line).number[RECEIVED_BEFORE], 1);
    t = proved(&list);
    assert_int_equal(t.collections.p, sum.p);
    assert_int_equal(t.others.p, sum.p);
    /* Another amount is no file of ours: it came in, and waits for somebody. */
    line.amount = (money){ 40000 };
    assert_int_equal(state_line(line).number[RECEIVED_SUSPENSE], 1);
    t = proved(&list);
    assert_int_equal(t.ledger.p, 2 * sum.p + 40000);
    end();
}

static void a_file_of_payments_is_seen_going_out(void **state)
{
    struct bank_list list;

    (void)state;
    begin(PAID, date_make(2025, 3, 3));
    struct bank_terms t = proved(&list);
    assert_int_equal(t.unseen.p, 32256);
    assert_int_equal(list.out.n, 1);
    assert_int_equal(list.out.at[0].kind, BANK_FILE);
    const char *name      = list.out.at[0].reference;
    struct feed_line line = { .amount = { 32255 }, .payer_name = "UPKEEP", .remittance = name };
    /* A penny less is not that file. */
    assert_int_equal(state_line(line).number[RECEIVED_NOT_OURS], 1);
    t = proved(&list);
    assert_int_equal(t.unseen.p, 32256);
    assert_int_equal(t.others.p, -32255);
    line.amount = (money){ 32256 };
    assert_int_equal(state_line(line).number[RECEIVED_NOT_OURS], 1);
    t = proved(&list);
    assert_int_equal(t.unseen.p, 0);
    assert_int_equal(list.out.n, 0);
    assert_int_equal(state_line(line).number[RECEIVED_NOT_OURS], 1);
    t = proved(&list);
    assert_int_equal(t.unseen.p, 0);
    assert_int_equal(t.others.p, -32255 - 32256);
    end();
}

static void a_payment_that_a_statement_returns_is_payable_again(void **state)
{
    struct bank_list list;
    struct sql_bank_list_payments_row *rows;
    struct fail f = { 0 };
    size_t n;

    (void)state;
    begin(PAID, date_make(2025, 3, 3));
    struct bank_terms t = proved(&list);
    const char *name    = list.out.at[0].reference;
    int64_t batch       = strtoll(strrchr(name, ' '), NULL, 10);
    assert_true(sql_bank_list_payments(store, &(struct sql_bank_list_payments_in){ batch, 1 },
                                       &arena, &rows, &n, &f));
    assert_int_equal(n, 1);
    state_line(
        (struct feed_line){ .amount = { 32256 }, .payer_name = "UPKEEP", .remittance = name });
    struct feed_line back = { .amount   = { 32256 },
                              .credit   = true,
                              .returned = true,
                              .reason   = "AC04",
                              .original = arena_print(&arena, "P%lld-%lld-%lld", (long long)batch,
                                                      (long long)rows[0].pp,
                                                      (long long)rows[0].arrangement) };
    assert_int_equal(state_line(back).number[RECEIVED_RETURNED], 1);
    t = proved(&list);
    assert_int_equal(t.unseen.p, 0);
    assert_int_equal(t.ledger.p, 40320);
    assert_int_equal(t.moved.p, 0);
    assert_int_equal(list.out.n, 0);
    end();
}

static void a_receipt_taken_back_leaves_its_statement_at_nothing(void **state)
{
    struct bank_list list;

    (void)state;
    begin(FAMILY "days until 2025-03-03\n", date_make(2025, 3, 3));
    struct feed_line line = {
        .amount = { 40320 }, .credit = true, .payer_name = "M WEBB", .remittance = "wages"
    };
    assert_int_equal(state_line(line).number[RECEIVED_SUSPENSE], 1);
    struct bank_terms t = proved(&list);
    assert_int_equal(t.ledger.p, 40320);
    assert_int_equal(t.not_stated.p, 0);
    line.credit   = false;
    line.returned = true;
    line.original = "S1";
    assert_int_equal(state_line(line).number[RECEIVED_RETURNED], 1);
    t = proved(&list);
    assert_int_equal(t.ledger.p, 0);
    assert_int_equal(t.moved.p, 0);
    assert_int_equal(t.others.p, 0);
    assert_int_equal(list.in.n, 0);
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sum_of_collections_is_known_and_not_booked_again),
        cmocka_unit_test(a_file_of_payments_is_seen_going_out),
        cmocka_unit_test(a_payment_that_a_statement_returns_is_payable_again),
        cmocka_unit_test(a_receipt_taken_back_leaves_its_statement_at_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
