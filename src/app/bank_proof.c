/* bank_proof.c: bank = ledger, term by term. */
#include "app/bank_proof.h"

#include "app/payment.h"
#include "app/receive_work.h"
#include "ledger/entry.h"

#include <stdlib.h>
#include <string.h>

/* --- the terms --- */

static bool ledger_bank(struct store *store, struct arena *arena, struct bank_terms *t,
                        struct fail *fail)
{
    struct sql_night_totals_row *rows;
    money *bank = &t->ledger;
    size_t n;

    if (!sql_night_totals(store, arena, &rows, &n, fail)) return false;
    t->is_proved = n > 0;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].debit == ACCOUNT_BANK) *bank = money_add(*bank, rows[i].amount);
        if (rows[i].credit == ACCOUNT_BANK) *bank = money_subtract(*bank, rows[i].amount);
    }
    return true;
}

bool bank_terms_read(struct store *store, struct arena *arena, struct bank_terms *t,
                     struct fail *fail)
{
    struct sql_bank_statement_sums_row s;
    struct sql_night_bank_sums_row night;
    bool found;

    *t = (struct bank_terms){ .statements = 0 };
    if (!ledger_bank(store, arena, t, fail) ||
        !sql_bank_statement_sums(store, arena, &s, &found, fail) ||
        !sql_night_bank_sums(store, arena, &night, &found, fail))
        return false;
    t->statements  = s.number;
    t->moved       = s.moved;
    t->others      = s.others;
    t->faulty      = s.faulty;
    t->collections = s.collections;
    t->not_stated  = money_subtract(night.came, s.receipts);
    t->unseen      = money_subtract(night.paid, s.paid);
    t->left = (money){ t->ledger.p - (t->moved.p - t->others.p - t->faulty.p - t->collections.p +
                                      t->not_stated.p - t->unseen.p) };
    return true;
}

/* --- the proof --- */

/* A row of the ledger's bank account as receipts (came) or payments out (paid). */
static void terms_of(const struct sql_book_sums_row *row, money *came, money *paid)
{
    *came = *paid = MONEY_NONE;
    switch (row->reason) {
    case REASON_RECEIPT: *came = row->amount; break;
    case REASON_RETURNED:
    case REASON_RETURNED_UNMATCHED: *came = money_negate(row->amount); break;
    case REASON_PAY_OUT:
    case REASON_REFUND:
    case REASON_LEGACY_PAY_OUT:
    case REASON_REFUND_SENT:
    case REASON_REIMBURSED: *paid = row->amount; break;
    case REASON_REFUND_FAILED:
    case REASON_PAY_OUT_FAILED:
    case REASON_LEGACY_PAY_OUT_FAILED: *paid = money_negate(row->amount); break;
    default: break;
    }
}

static const char *pounds(const struct setting *s, money amount)
{
    return money_pounds(amount, arena_take(s->arena, MONEY_TEXT));
}

static bool statements_meet(const struct setting *s, struct fail *fail)
{
    struct sql_bank_statement_gaps_row *gaps;
    size_t n;

    if (!sql_bank_statement_gaps(s->store, s->arena, &gaps, &n, fail)) return false;
    return n == 0 ||
           FAIL(fail, FAIL_INTEGRITY, "statement_missing",
                "Statement %.60s of account %.60s begins with %s, but the one before it, %.60s, "
                "ended with %s: a statement is missing, or its record was changed.",
                gaps[0].id, gaps[0].account, pounds(s, gaps[0].opening), gaps[0].before,
                pounds(s, gaps[0].closing));
}

static bool statements_hold(const struct setting *s, struct fail *fail)
{
    struct sql_bank_statement_wrong_row *wrong;
    struct sql_bank_statement_unbooked_row *unbooked;
    size_t m, k;

    if (!statements_meet(s, fail) ||
        !sql_bank_statement_wrong(s->store, s->arena, &wrong, &m, fail) ||
        !sql_bank_statement_unbooked(s->store, s->arena, &unbooked, &k, fail))
        return false;
    if (m)
        return FAIL(fail, FAIL_INTEGRITY, "statement_differs",
                    "Statement %.60s of account %.60s: %s of its closing balance are in none of "
                    "its lines.",
                    wrong[0].id, wrong[0].account, pounds(s, wrong[0].amount));
    return k == 0 ||
           FAIL(fail, FAIL_INTEGRITY, "statement_unbooked",
                "The statements of account %.60s up to %.60s have %s of receipts that were never "
                "booked.",
                unbooked[0].account, unbooked[0].id, pounds(s, unbooked[0].amount));
}

static bool account_came(const struct setting *s, const char *account, date day, money *came,
                         struct fail *fail)
{
    const char *prefix = arena_print(s->arena, "%s/", account);
    struct sql_receipts_of_account_row row;
    bool found;

    if (!sql_receipts_of_account(
            s->store,
            &(struct sql_receipts_of_account_in){
                .from = day, .to = day, .prefix = prefix, .length = (int64_t)strlen(prefix) },
            s->arena, &row, &found, fail))
        return false;
    *came = row.amount;
    return true;
}

/* What files brought is there as receipts, account by account and day by day. */
static bool files_hold(const struct setting *s, date from, struct fail *fail)
{
    struct sql_bank_booked_list_row *rows;
    char day[DATE_TEXT];
    money came;
    size_t n;

    if (!sql_bank_booked_list(s->store,
                              &(struct sql_bank_booked_list_in){ .from = from, .to = s->today },
                              s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!account_came(s, rows[i].account, rows[i].day, &came, fail)) return false;
        if (came.p != rows[i].amount.p)
            return FAIL(fail, FAIL_INTEGRITY, "account_differs",
                        "The files read on %s brought %s for account %.60s, its receipts of that "
                        "day are %s.",
                        date_text(rows[i].day, day), pounds(s, rows[i].amount), rows[i].account,
                        pounds(s, came));
    }
    return true;
}

static bool night_bank_write(const struct setting *s, const struct sql_book_sums_row *sums,
                             size_t n, struct fail *fail)
{
    for (size_t i = 0; i < n; i++) {
        struct sql_night_bank_add_in in = { .day = sums[i].day };
        money came;
        terms_of(&sums[i], &came, &in.paid);
        if (in.paid.p && !sql_night_bank_add(s->store, &in, fail)) return false;
    }
    return true;
}

bool bank_prove(const struct setting *s, date from, struct fail *fail)
{
    struct sql_receipts_came_row *rows;
    struct sql_book_sums_row *sums;
    int64_t booked = 0, came = 0;
    money in, out;
    size_t n, m;

    if (!statements_hold(s, fail) || !files_hold(s, from, fail) ||
        !sql_receipts_came(s->store, &(struct sql_receipts_came_in){ .from = from, .to = s->today },
                           s->arena, &rows, &n, fail) ||
        !sql_book_sums(s->store, &(struct sql_book_sums_in){ .from = from, .to = s->today },
                       s->arena, &sums, &m, fail) ||
        !sql_night_bank_clear(
            s->store, &(struct sql_night_bank_clear_in){ .from = from, .to = s->today }, fail))
        return false;
    for (size_t i = 0; i < m; i++) {
        terms_of(&sums[i], &in, &out);
        booked += in.p;
    }
    for (size_t i = 0; i < n; i++) {
        struct sql_night_bank_add_in add = { .day = rows[i].day, .came = rows[i].amount };
        came += rows[i].amount.p;
        if (!sql_night_bank_add(s->store, &add, fail)) return false;
    }
    if (booked != came)
        return FAIL(fail, FAIL_INTEGRITY, "bank_differs",
                    "The ledger has %s come in at the bank since the last proof, less what was "
                    "taken back, the receipts are %s.",
                    pounds(s, (money){ booked }), pounds(s, (money){ came }));
    return night_bank_write(s, sums, m, fail);
}

bool bank_prove_whole(const struct setting *s, struct fail *fail)
{
    struct bank_terms t;

    return bank_terms_read(s->store, s->arena, &t, fail) &&
           (t.left.p == 0 ||
            FAIL(fail, FAIL_INTEGRITY, "bank_left",
                 "The ledger's bank account is %s; of it %s are explained by no statement, receipt "
                 "or payment.",
                 pounds(s, t.ledger), pounds(s, t.left)));
}

/* --- what a file brings --- */

bool bank_booked_record(const struct setting *s, const char *account, money booked, money stated,
                        struct fail *fail)
{
    struct sql_bank_booked_get_row row;
    bool found;

    if (!sql_bank_booked_get(
            s->store, &(struct sql_bank_booked_get_in){ .account = account, .day = s->today },
            s->arena, &row, &found, fail))
        return false;
    /* The first file of the day also finds what was recorded of the account without one. */
    if (!found && !account_came(s, account, s->today, &booked, fail)) return false;
    if (found && !booked.p && !stated.p) return true;
    return sql_bank_booked_add(
        s->store,
        &(struct sql_bank_booked_add_in){
            .account = account, .day = s->today, .amount = booked, .stated = stated },
        fail);
}

/* The file that a debit says it is the sum of, as Bacs names it or as pain.001; 0: none. */
static int64_t file_named(const struct feed_line *line)
{
    static const char *const marks[] = { PAYMENT_BACS_MARK, PAYMENT_PAIN_MARK };
    const char *texts[]              = { line->end_to_end, line->remittance };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
            const char *at = strstr(texts[i], marks[k]);
            if (at) return strtoll(at + strlen(marks[k]), NULL, 10);
        }
    return 0;
}

/* Which payment, or file of them (pp 0), a debit names, if it is of that amount. */
static bool payment_named(const struct setting *s, const struct feed_line *line,
                          struct sql_payment_seen_get_in *id, bool *found, struct fail *fail)
{
    struct sql_payment_get_row payment;
    struct sql_pay_batch_get_row file;

    *found = false;
    *id    = (struct sql_payment_seen_get_in){ .batch = 0 };
    if (payment_id_read(line->end_to_end, &id->batch, &id->pp, &id->arrangement)) {
        struct sql_payment_get_in in = { .pp          = id->pp,
                                         .batch       = id->batch,
                                         .kind        = payment_kind_of(id->arrangement),
                                         .arrangement = id->arrangement };
        if (!sql_payment_get(s->store, &in, s->arena, &payment, found, fail)) return false;
        *found = *found && payment.amount.p == line->amount.p;
        return true;
    }
    *id = (struct sql_payment_seen_get_in){ .batch = file_named(line) };
    if (!id->batch) return true;
    if (!sql_pay_batch_get(s->store, &(struct sql_pay_batch_get_in){ .id = id->batch }, s->arena,
                           &file, found, fail))
        return false;
    *found = *found && file.kind == BATCH_PAYMENTS && !file.open && file.amount.p == line->amount.p;
    return true;
}

/* Once only; ours: on this line and no other. */
static bool seen_put(const struct setting *s, const struct feed_line *line,
                     const struct sql_payment_seen_get_in *id, bool *ours, struct fail *fail)
{
    const char *key = receipt_key(line, s->arena);
    struct sql_payment_seen_get_row row;
    bool found;
    struct sql_payment_seen_put_in put = {
        .batch = id->batch, .pp = id->pp, .arrangement = id->arrangement, .back = false, .line = key
    };

    if (!sql_payment_seen_put(s->store, &put, fail) ||
        !sql_payment_seen_get(s->store, id, s->arena, &row, &found, fail))
        return false;
    *ours = found && !strcmp(row.line, key);
    return true;
}

bool bank_collection_seen(const struct setting *s, const struct feed_line *line, int64_t batch,
                          bool *ours, struct fail *fail)
{
    return seen_put(s, line, &(struct sql_payment_seen_get_in){ .batch = batch }, ours, fail);
}

bool bank_payment_seen(const struct setting *s, const struct feed_line *line, bool *ours,
                       struct fail *fail)
{
    struct sql_payment_seen_get_in id;
    bool found;

    *ours = false;
    if (!payment_named(s, line, &id, &found, fail)) return false;
    return !found || seen_put(s, line, &id, ours, fail);
}
