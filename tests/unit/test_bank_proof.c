/* test_bank_proof.c: lines of a bank statement that are ours, term by term: the one sum in which
 * Direct Debit collections arrive, a file of payments going out ("UPKEEP CM"), what comes back; and
 * what no statement shows (bank_list.h). */
#include "app/bank_file.h"
#include "app/bank_list.h"
#include "app/card.h"
#include "app/database.h"
#include "app/day.h"
#include "app/payment.h"
#include "app/scenario_run.h"
#include "app/suspense.h"
#include "app/suspense_settle.h"
#include "feed/camt053_write.h"
#include "fresh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ACCOUNT "99000000000001"
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
#define IDLE FAMILY "days until 2025-03-03\n"
/* 84.00 a week: every four weeks 336.00 and the fee 67.20.  322.56 goes to the receiving parent. */
#define UNPAID                                                                                     \
    FAMILY "days until 2025-03-03\n"                                                               \
           "receive £403.20 from \"M WEBB\" account \"99-99-99 11112222\" reference Marcus\n"     \
           "day\n"
#define PAID UNPAID "pay\n"
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

/* A statement of one line, written by the bank and read; false: refused as a whole. */
static bool statement_take(const char *id, money opening, const struct feed_line *line,
                           struct bank_file file, struct bank_taking *t, struct fail *f)
{
    struct feed_statement statement = { .id = id, .account = ACCOUNT, .opening = opening };
    struct camt053_page page = { .statement = &statement, .day = today, .lines = line, .count = 1 };
    struct setting s         = { store, &arena, today, "bank" };
    char *bytes;
    size_t length;
    FILE *to = open_memstream(&bytes, &length);

    assert_true(feed_write_camt053(to, &page, f));
    fclose(to);
    file.xml    = true;
    file.source = (struct feed_source){ .bytes = bytes, .length = length };
    bool fine   = bank_file_record(&s, &file, t, f);
    free(bytes);
    return fine;
}

/* One line on the next statement of the account. */
static struct bank_taking state_line(struct feed_line line)
{
    char id[16];
    struct bank_taking t;
    struct fail f        = { 0 };
    const char **texts[] = { &line.original,   &line.reason,        &line.end_to_end,
                             &line.payer_name, &line.payer_account, &line.remittance };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!*texts[i]) *texts[i] = "";
    snprintf(id, sizeof id, "S%d", ++number);
    line.reference = id;
    line.booked    = today;
    if (!statement_take(id, balance, &line, (struct bank_file){ .fault = no_fault }, &t, &f))
        fail_msg("%s", f.text);
    balance.p += line.credit ? line.amount.p : -line.amount.p;
    return t;
}

static size_t faults;

static void keep_fault(void *context, int line, const char *sentence)
{
    (void)line;
    faults++;
    snprintf(context, 400, "%s", sentence);
}

/* A statement of one credit, as a bank of that name writes it; false: refused as a whole. */
static bool state(const char *id, money opening, struct feed_line line, char said[400])
{
    struct bank_file file = { .fault = keep_fault, .context = said };
    struct bank_taking t;
    struct fail f = { 0 };

    faults    = 0;
    *said     = '\0';
    bool fine = statement_take(id, opening, &line, file, &t, &f);
    if (!fine) snprintf(said, 400, "%s", f.text);
    return fine;
}

static struct feed_line credit(const char *reference, int64_t pence, const char *account)
{
    return (struct feed_line){ .reference     = reference,
                               .booked        = date_make(2025, 3, 3),
                               .amount        = { pence },
                               .credit        = true,
                               .original      = "",
                               .reason        = "",
                               .end_to_end    = "",
                               .payer_name    = "M WEBB",
                               .payer_account = account,
                               .remittance    = "wages" };
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

/* PAID, and four weeks later once more. */
#define PAID_TWICE                                                                                 \
    PAID "days until 2025-03-31\n"                                                                 \
         "receive £403.20 from \"M WEBB\" account \"99-99-99 11112222\" reference Marcus\n"       \
         "day\n"                                                                                   \
         "pay\n"

/* The i-th file's one payment: its id and its reference. */
static const char *paid_id(size_t i, const char **reference)
{
    struct bank_list list;
    struct sql_bank_list_payments_row *rows;
    struct fail f = { 0 };
    size_t n;

    proved(&list);
    int64_t batch = strtoll(strrchr(list.out.at[i].reference, ' '), NULL, 10);
    assert_true(sql_bank_list_payments(store, &(struct sql_bank_list_payments_in){ batch, 1 },
                                       &arena, &rows, &n, &f));
    assert_int_equal(n, 1);
    *reference = rows[0].reference;
    return payment_id(batch, rows[0].pp, rows[0].arrangement, &arena);
}

/* A payment comes back whole, and on one line: anything else is at fault, and hidden in no term. */
static void another_amount_than_was_paid_does_not_come_back(void **test)
{
    struct bank_list list;
    struct feed_line back = credit("R1", 500000, "");
    const char *ours;
    char said[400];

    (void)test;
    begin(PAID, date_make(2025, 3, 3));
    back.returned = true;
    back.original = paid_id(0, &ours);
    assert_true(state("S1", MONEY_NONE, back, said));
    assert_int_equal(faults, 1);
    assert_string_equal(said, arena_print(&arena,
                                          "Our payment %s was of £322.56, but £5,000.00 of it is "
                                          "said to have come back. Nothing was booked; ask the "
                                          "bank.",
                                          back.original));
    struct bank_terms t = proved(&list);
    assert_int_equal(t.faulty.p, 500000);
    assert_int_equal(t.unseen.p, 32256);
    assert_int_equal(t.ledger.p, 40320 - 32256);
    back.amount    = (money){ 32256 };
    back.reference = "R2";
    for (int again = 0; again < 2; again++) {
        assert_true(state("S2", (money){ 500000 }, back, said));
        assert_int_equal(faults, 0);
        t = proved(&list);
        assert_int_equal(t.unseen.p, 32256); /* the file itself was not seen going out */
        assert_int_equal(t.ledger.p, 40320);
    }
    /* Also once it is back another amount is at fault, and the right one on another line. */
    back.reference = "R3";
    assert_true(state("S3", (money){ 532256 }, back, said));
    assert_int_equal(faults, 1);
    assert_non_null(strstr(said, "Another line of a statement showed before that our payment"));
    back.amount = (money){ 100 };
    assert_true(state("S4", (money){ 564512 }, back, said));
    assert_int_equal(faults, 1);
    t = proved(&list);
    assert_int_equal(t.faulty.p, 500000 + 32256 + 100);
    assert_int_equal(t.unseen.p, 32256);
    assert_int_equal(t.ledger.p, 40320);
    end();
}

/* A report tells of it first: it leaves the list when a statement shows it; a file without balances
 * shows nothing. */
static void a_payment_that_a_report_returned_is_seen_on_a_statement(void **test)
{
    struct bank_list list;
    struct setting s           = { .actor = "payments" };
    struct payment_return told = { .amount = { 32256 }, .told_by = "ARUCS", .reason = "closed" };
    struct feed_line back      = credit("R1", 32256, "");
    struct fail f              = { 0 };
    const char *ours;
    char said[400];
    bool before;

    (void)test;
    begin(PAID, date_make(2025, 3, 3));
    back.returned = true;
    back.original = paid_id(0, &ours);
    s.store       = store;
    s.arena       = &arena;
    s.today = told.day = today;
    assert_true(payment_id_read(back.original, &told.batch, &told.pp, &told.arrangement));
    assert_true(store_begin(store, STORE_WRITING, &f) &&
                payment_come_back(&s, &told, &before, &f) && store_commit(store, &f));
    assert_false(before);
    assert_int_equal(proved(&list).unseen.p, 0);
    assert_int_equal(list.out.n, 2);
    assert_int_equal(list.out.at[1].kind, BANK_BACK);
    assert_true(state("S1", MONEY_NONE, back, said));
    assert_int_equal(faults, 0);
    struct bank_terms t = proved(&list);
    assert_int_equal(t.unseen.p, 32256); /* the bank has not shown it going out */
    assert_int_equal(list.out.n, 1);
    end();
}

/* Our own Bacs payments carry the arrangement's reference: it does not make a payment that comes
 * back one by the paying parent. */
static void a_payment_that_comes_back_without_our_id_is_told_by_its_text(void **test)
{
    struct bank_list list;
    struct feed_line back = credit("R1", 32256, "20000000000010");
    char said[400];

    (void)test;
    begin(PAID, date_make(2025, 3, 3));
    paid_id(0, &back.remittance);
    back.returned   = true;
    back.payer_name = "DANA FROST";
    for (int again = 0; again < 2; again++) {
        assert_true(state("S1", MONEY_NONE, back, said));
        assert_string_equal(said, "");
        struct bank_terms t = proved(&list);
        assert_int_equal(t.ledger.p, 40320);
        assert_int_equal(t.others.p, 0);
        assert_int_equal(t.not_stated.p, 40320); /* what came by hand */
    }
    /* A second one finds none that is still out: suspense, and nobody's. */
    back.reference = "R2";
    assert_true(state("S2", (money){ 32256 }, back, said));
    struct setting s = { store, &arena, today, "sam" };
    struct suspense in_suspense;
    struct fail f = { 0 };
    assert_true(suspense_list(store, &arena, today, 0, 9, &in_suspense, &f));
    assert_int_equal(in_suspense.n, 1);
    assert_int_equal(in_suspense.at[0].hint_count, 0);
    assert_true(in_suspense.at[0].is_payment);
    assert_non_null(strstr(in_suspense.at[0].note, "We sent none of that amount and reference"));
    assert_false(suspense_settle_payment(&s, in_suspense.at[0].receipt->id, "nonsense", &f));
    assert_string_equal(f.code, "payment_missing");
    proved(&list);
    end();
}

static void a_returned_payment_that_may_be_several_waits_for_a_person(void **test)
{
    struct bank_list list;
    struct feed_line back = credit("R1", 32256, "");
    struct suspense waits;
    struct fail f = { 0 };
    char said[400];

    (void)test;
    begin(PAID_TWICE, date_make(2025, 3, 31));
    const char *id = paid_id(1, &back.remittance);
    back.returned  = true;
    back.booked    = today;
    for (int again = 0; again < 2; again++)
        assert_true(state("S1", MONEY_NONE, back, said));
    proved(&list);
    assert_true(suspense_list(store, &arena, today, 0, 9, &waits, &f));
    assert_int_equal(waits.n, 1);
    assert_string_equal(waits.at[0].note,
                        arena_print(&arena,
                                    "The bank says that it is a payment of ours that came back, "
                                    "and not which. Of that amount and reference we sent %s of 31 "
                                    "March 2025, %s of 3 March 2025. Ask the bank, and give the "
                                    "number of the payment.",
                                    id, paid_id(0, &back.remittance)));
    struct setting s = { store, &arena, today, "sam" };
    int64_t receipt  = waits.at[0].receipt->id;
    assert_true(store_begin(store, STORE_WRITING, &f));
    if (!suspense_settle_payment(&s, receipt, id, &f)) fail_msg("%s", f.text);
    assert_true(store_commit(store, &f));
    struct bank_terms t = proved(&list);
    assert_int_equal(t.ledger.p, 2 * 40320 - 32256);
    assert_true(suspense_list(store, &arena, today, 0, 9, &waits, &f));
    assert_int_equal(waits.n, 0);
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_false(suspense_settle_payment(&s, receipt, id, &f));
    assert_string_equal(f.code, "not_in_suspense");
    store_rollback(store);
    /* The statement read once more changes nothing. */
    assert_true(state("S1", MONEY_NONE, back, said));
    assert_int_equal(proved(&list).ledger.p, t.ledger.p);
    end();
}

/* A bank may book a pain.001 as one sum, and names it by the message's id. */
static void a_pain_file_booked_as_one_sum_is_seen_going_out(void **test)
{
    struct bank_list list;
    struct pay_run run = { .format = "pain001" };
    struct pay_result r;
    struct fail f = { 0 };

    (void)test;
    begin(UNPAID, date_make(2025, 3, 3));
    struct setting s = { store, &arena, today, "payments" };
    if (!pay_out(&s, &run, &r, &f)) fail_msg("%s", f.text);
    assert_int_equal(r.amount.p, 32256);
    const char *id = arena_print(&arena, "UPKEEP-%06lld", (long long)r.batch);
    /* Made again in another format it would be another file. */
    run.format = "bacs";
    assert_false(pay_out(&s, &run, &r, &f));
    assert_string_equal(f.code, "format_made");
    assert_int_equal(proved(&list).unseen.p, 32256);
    struct feed_line line = { .amount = { 32255 }, .payer_name = "", .remittance = id };
    state_line(line); /* a penny less is not that file */
    assert_int_equal(proved(&list).unseen.p, 32256);
    line.amount     = (money){ 32256 };
    line.remittance = "MAINTENANCE";
    line.end_to_end = id;
    state_line(line);
    struct bank_terms t = proved(&list);
    assert_int_equal(t.unseen.p, 0);
    assert_int_equal(t.others.p, -32255);
    assert_int_equal(list.out.n, 0);
    line.end_to_end = "";
    line.remittance = id;
    state_line(line); /* once only */
    assert_int_equal(proved(&list).others.p, -32255 - 32256);
    end();
}

static void a_receipt_taken_back_leaves_its_statement_at_nothing(void **state)
{
    struct bank_list list;

    (void)state;
    begin(IDLE, date_make(2025, 3, 3));
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

/* --- a reference used again, a line stated twice, statements out of order --- */

static void a_reference_used_for_another_payment_is_a_fault(void **test)
{
    struct bank_list list;
    char said[400];

    (void)test;
    begin(IDLE, date_make(2025, 3, 3));
    assert_true(state("S1", MONEY_NONE, credit("A1", 10000, "99999911112222"), said));
    assert_int_equal(faults, 0);
    proved(&list);
    assert_true(state("S2", (money){ 10000 }, credit("A1", 25000, "99999911112222"), said));
    assert_int_equal(faults, 1);
    assert_string_equal(said, "The reference A1 was used before for another payment: £100.00 "
                              "booked on 3 March 2025; this one is £250.00 on 3 March 2025. It was "
                              "not booked. Ask the bank; then read the file again with this "
                              "payment's own reference, or book it by hand.");
    struct bank_terms t = proved(&list);
    assert_int_equal(t.faulty.p, 25000);
    assert_int_equal(t.ledger.p, 10000);
    /* Another day; another payer. */
    struct feed_line line = credit("A1", 10000, "99999911112222");
    line.booked           = date_make(2025, 3, 4);
    assert_true(state("S3", (money){ 35000 }, line, said));
    assert_int_equal(faults, 1);
    assert_true(state("S4", (money){ 45000 }, credit("A1", 10000, "99999933334444"), said));
    assert_int_equal(faults, 1);
    assert_non_null(strstr(said, "from another payer"));
    /* The same payment: its account as an IBAN. */
    assert_true(state("S5", (money){ 55000 }, credit("A1", 10000, "GB33BUKB99999911112222"), said));
    assert_int_equal(faults, 0);
    t = proved(&list);
    assert_int_equal(t.faulty.p, 45000);
    /* Mended by the bank: the statement is read again, and what was at fault is booked. */
    assert_true(state("S2", (money){ 10000 }, credit("A2", 25000, "99999911112222"), said));
    t = proved(&list);
    assert_int_equal(t.faulty.p, 20000);
    assert_int_equal(t.ledger.p, 35000);
    end();
}

static void a_receipt_is_stated_once(void **test)
{
    struct bank_list list;
    char said[400];

    (void)test;
    begin(IDLE, date_make(2025, 3, 3));
    for (int again = 0; again < 2; again++) {
        assert_true(state("S1", MONEY_NONE, credit("A1", 10000, ""), said));
        struct bank_terms t = proved(&list);
        assert_int_equal(t.not_stated.p, 0);
        assert_int_equal(t.others.p, again ? 10000 : 0);
        /* Another statement claims the same money, and is read twice. */
        for (int twice = 0; twice < 2; twice++)
            assert_true(state("S2", (money){ 10000 }, credit("A1", 10000, ""), said));
        t = proved(&list);
        assert_int_equal(t.ledger.p, 10000);
        assert_int_equal(t.moved.p, 20000);
        assert_int_equal(t.others.p, 10000);
        assert_int_equal(t.not_stated.p, 0);
    }
    end();
}

static void a_statement_out_of_order_is_refused(void **test)
{
    struct bank_list list;
    char said[400];

    (void)test;
    begin(IDLE, date_make(2025, 3, 3));
    assert_true(state("S1", MONEY_NONE, credit("A1", 10000, ""), said));
    assert_false(state("S3", (money){ 15000 }, credit("A3", 700, ""), said));
    assert_string_equal(said, "Statement S3 of account 99000000000001 begins with £150.00, but the "
                              "last one read, S1, closed with £100.00. The statement that begins "
                              "with £100.00 is probably missing: read that one first, then this "
                              "one.");
    assert_int_equal(proved(&list).ledger.p, 10000);
    assert_true(state("S2", (money){ 10000 }, credit("A2", 5000, ""), said));
    assert_true(state("S3", (money){ 15000 }, credit("A3", 700, ""), said));
    proved(&list);
    end();
}

static void an_older_statement_is_put_before_the_first(void **test)
{
    struct bank_list list;
    char said[400];

    (void)test;
    begin(FAMILY "days until 2025-03-03\n", date_make(2025, 3, 3));
    assert_true(state("S5", (money){ 50000 }, credit("A5", 10000, ""), said));
    proved(&list);
    assert_false(state("S3", (money){ 20000 }, credit("A3", 5000, ""), said));
    assert_non_null(strstr(said, "but the last one read, S5, closed with £600.00."));
    assert_non_null(strstr(said, "If it is older than the first one read: those that close with "
                                 "£500.00, where that one begins, come first."));
    assert_int_equal(proved(&list).ledger.p, 10000);
    assert_true(state("S4", (money){ 25000 }, credit("A4", 25000, ""), said));
    struct bank_terms t = proved(&list);
    assert_int_equal(t.ledger.p, 35000);
    assert_int_equal(t.moved.p, 35000);
    for (int again = 0; again < 2; again++)
        assert_true(state("S3", (money){ 20000 }, credit("A3", 5000, ""), said));
    assert_true(state("S6", (money){ 60000 }, credit("A6", 700, ""), said));
    t = proved(&list);
    assert_int_equal(t.statements, 4);
    assert_int_equal(t.ledger.p, 40700);
    assert_int_equal(t.moved.p, 40700);
    assert_int_equal(t.not_stated.p, 0);
    end();
}

/* A first statement that began with nothing has none before it that could be told from others. */
static void a_statement_that_ends_with_nothing_is_not_an_older_one(void **test)
{
    struct feed_line out = credit("A3", 5000, "");
    char said[400];

    (void)test;
    begin(FAMILY "days until 2025-03-03\n", date_make(2025, 3, 3));
    assert_true(state("S1", MONEY_NONE, credit("A1", 10000, ""), said));
    out.credit = false;
    assert_false(state("S3", (money){ 5000 }, out, said));
    assert_null(strstr(said, "older"));
    end();
}

static void a_number_used_again_is_another_statement_or_refused(void **test)
{
    struct bank_list list;
    char said[400];

    (void)test;
    begin(FAMILY "days until 2025-03-03\n", date_make(2025, 3, 3));
    assert_true(state("1", (money){ 50000 }, credit("A1", 10000, ""), said));
    assert_true(state("2", (money){ 60000 }, credit("A2", 5000, ""), said));
    proved(&list);
    /* Corrected by the bank; or it would be the one before the first. */
    assert_false(state("2", (money){ 60000 }, credit("A2", 4000, ""), said));
    assert_string_equal(said,
                        "Statement 2 of account 99000000000001 was read before: then it went from "
                        "£600.00 to £650.00, now from £600.00 to £640.00. If the bank corrected "
                        "it, ask for an entry on its next statement instead; another statement of "
                        "that number must begin where the last one read closed.");
    assert_false(state("2", (money){ 49000 }, credit("A9", 1000, ""), said));
    struct bank_terms t = proved(&list);
    assert_int_equal(t.ledger.p, 15000);
    assert_int_equal(t.statements, 2);
    /* A new year: the numbers begin anew, twice; each read again changes nothing. */
    for (int again = 0; again < 2; again++) {
        assert_true(state("1", (money){ 65000 }, credit("B1", 700, ""), said));
        assert_true(state("1", (money){ 65700 }, credit("C1", 30, ""), said));
        assert_true(state("2", (money){ 60000 }, credit("A2", 5000, ""), said));
        assert_int_equal(faults, 0);
        t = proved(&list);
        assert_int_equal(t.statements, 4);
        assert_int_equal(t.ledger.p, 15730);
        assert_int_equal(t.moved.p, 15730);
        assert_int_equal(t.others.p, 0);
    }
    end();
}

/* A CSV file has no balances, and its references are held against those recorded all the same. */
static bool read_csv(const char *rows, char said[400])
{
    char *bytes =
        arena_print(&arena, "date,amount,reference,type,payer name,payer account\n%s", rows);
    struct bank_file file = { .source  = { .bytes   = bytes,
                                           .length  = strlen(bytes),
                                           .name    = "a.csv",
                                           .account = "99000000000001" },
                              .fault   = keep_fault,
                              .context = said };
    struct setting s      = { store, &arena, today, "bank" };
    struct bank_taking t;
    struct fail f = { 0 };

    faults = 0;
    *said  = '\0';
    return bank_file_record(&s, &file, &t, &f);
}

static void a_reference_used_again_in_a_csv_file_is_a_fault(void **test)
{
    struct bank_list list;
    char said[400];

    (void)test;
    begin(FAMILY "days until 2025-03-03\n", date_make(2025, 3, 3));
    assert_true(read_csv("2025-03-03,100.00,A1,credit,M WEBB,99999911112222\n", said));
    assert_int_equal(faults, 0);
    assert_true(read_csv("2025-03-03,250.00,A1,credit,M WEBB,99999911112222\n", said));
    assert_int_equal(faults, 1);
    assert_string_equal(said, "The reference A1 was used before for another payment: £100.00 "
                              "booked on 3 March 2025; this one is £250.00 on 3 March 2025. It was "
                              "not booked. Ask the bank; then read the file again with this "
                              "payment's own reference, or book it by hand.");
    assert_true(read_csv("2025-03-03,100.00,A1,credit,M WEBB,99999933334444\n", said));
    assert_int_equal(faults, 1);
    assert_non_null(strstr(said, "from another payer"));
    assert_true(read_csv("2025-03-02,100.00,A1,credit,M WEBB,99999911112222\n", said));
    assert_int_equal(faults, 1);
    assert_int_equal(proved(&list).ledger.p, 10000);
    /* The same payment once more is known; one with a reference of its own is booked. */
    assert_true(read_csv("2025-03-03,100.00,A1,credit,M WEBB,99999911112222\n"
                         "2025-03-03,250.00,A2,credit,M WEBB,99999911112222\n",
                         said));
    assert_int_equal(faults, 0);
    assert_int_equal(proved(&list).ledger.p, 35000);
    end();
}

/* A payout of the card provider is on the statement and booked to nobody: the proof holds. */
static void a_payout_by_card_is_no_receipt(void **test)
{
    struct bank_list list;
    struct feed_line payout = credit("P1", 3890, "");
    struct fail f           = { 0 };
    char said[400];

    (void)test;
    begin(FAMILY "days until 2025-03-03\n", date_make(2025, 3, 3));
    assert_true(store_begin(store, STORE_WRITING, &f) &&
                card_provider_set(store, "Cards R Us Ltd", false, &f) && store_commit(store, &f));
    payout.payer_name = "CARDS-R-US LTD.";
    assert_true(state("S1", MONEY_NONE, payout, said));
    assert_int_equal(faults, 0);
    struct bank_terms t = proved(&list);
    assert_int_equal(t.moved.p, 3890);
    assert_int_equal(t.others.p, 3890);
    payout.payer_name = "CARDS R US"; /* another name is another's money */
    payout.reference  = "P2";
    assert_true(state("S2", (money){ 3890 }, payout, said));
    t = proved(&list);
    assert_int_equal(t.others.p, 3890);
    end();
}

/* A row that is not of a reading: the third statement after the first. */
static void a_missing_statement_is_found(void **test)
{
    struct sql_bank_statement_put_in gap = {
        .account = ACCOUNT, .id = "S3", .opening = { 15000 }, .closing = { 15000 }
    };
    struct setting s = { 0 };
    struct fail f    = { 0 };
    char said[400];

    (void)test;
    begin(IDLE, date_make(2025, 3, 3));
    assert_true(state("S1", MONEY_NONE, credit("A1", 10000, ""), said));
    s       = (struct setting){ store, &arena, today, "day" };
    gap.day = today;
    assert_true(store_begin(store, STORE_WRITING, &f));
    assert_true(sql_bank_statement_put(store, &gap, &f));
    assert_true(store_commit(store, &f));
    assert_false(bank_prove(&s, today, &f));
    assert_non_null(strstr(f.text, "S3 of account 99000000000001 begins with £150.00, but the one "
                                   "before it, S1, ended with £100.00: a statement is missing"));
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sum_of_collections_is_known_and_not_booked_again),
        cmocka_unit_test(a_file_of_payments_is_seen_going_out),
        cmocka_unit_test(a_payment_that_a_statement_returns_is_payable_again),
        cmocka_unit_test(another_amount_than_was_paid_does_not_come_back),
        cmocka_unit_test(a_payment_that_a_report_returned_is_seen_on_a_statement),
        cmocka_unit_test(a_payment_that_comes_back_without_our_id_is_told_by_its_text),
        cmocka_unit_test(a_returned_payment_that_may_be_several_waits_for_a_person),
        cmocka_unit_test(a_pain_file_booked_as_one_sum_is_seen_going_out),
        cmocka_unit_test(a_receipt_taken_back_leaves_its_statement_at_nothing),
        cmocka_unit_test(a_reference_used_for_another_payment_is_a_fault),
        cmocka_unit_test(a_receipt_is_stated_once),
        cmocka_unit_test(a_statement_out_of_order_is_refused),
        cmocka_unit_test(an_older_statement_is_put_before_the_first),
        cmocka_unit_test(a_statement_that_ends_with_nothing_is_not_an_older_one),
        cmocka_unit_test(a_number_used_again_is_another_statement_or_refused),
        cmocka_unit_test(a_reference_used_again_in_a_csv_file_is_a_fault),
        cmocka_unit_test(a_payout_by_card_is_no_receipt),
        cmocka_unit_test(a_missing_statement_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
