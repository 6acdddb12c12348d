/* debit_after.c: what comes after a file of collections: the money, and what did not come; and
 * instructions that begin, change and end. */
#include "app/debit.h"

#include "app/day.h"
#include "app/receive.h"
#include "feed/bacs_text.h"

#include <stdlib.h>
#include <string.h>

#define OUR_ACCOUNT "direct-debit"

enum { LINES = 4000 };

static const struct feed_statement statement = { .id = OUR_ACCOUNT, .account = OUR_ACCOUNT };

static const char *debit_reference(int64_t batch, int64_t pp, int64_t kind, struct arena *arena)
{
    return arena_print(arena, "DD %lld/%lld%s", (long long)batch, (long long)pp,
                       kind == PAYMENT_AGAIN ? " again" : "");
}

const char *debit_key(int64_t batch, int64_t pp, int64_t kind, struct arena *arena)
{
    return arena_print(arena, OUR_ACCOUNT "/%s", debit_reference(batch, pp, kind, arena));
}

/* --- the money --- */

/* How far a file is booked: after which family's line of which kind; what could not be. */
struct settling {
    int64_t batch, after, kind;
    size_t refused;
};

/* One that cannot be booked today (its case was changed on a later day) does not stop the others:
 * the file stays open, and the next run books what is left of it. */
static bool settle_some(const struct setting *s, struct settling *at, size_t *n, struct fail *fail)
{
    struct sql_payment_debits_row *rows;
    struct sql_payment_debits_in in = {
        .batch = at->batch, .after = at->after, .after_kind = at->kind, .most = LINES
    };

    if (!sql_payment_debits(s->store, &in, s->arena, &rows, n, fail) || *n == 0) return *n == 0;
    struct feed_line *lines        = ARENA_MANY(s->arena, struct feed_line, *n);
    struct receipt_result *results = ARENA_MANY(s->arena, struct receipt_result, *n);
    const char **refused           = ARENA_MANY(s->arena, const char *, *n);
    for (size_t i = 0; i < *n; i++)
        lines[i] = (struct feed_line){
            .statement     = &statement,
            .reference     = debit_reference(at->batch, rows[i].pp, rows[i].kind, s->arena),
            .booked        = rows[i].processing,
            .amount        = rows[i].amount,
            .credit        = true,
            .original      = "",
            .reason        = "",
            .end_to_end    = "",
            .payer_name    = rows[i].name,
            .payer_account = arena_print(s->arena, "%s%s", rows[i].sort_code, rows[i].account),
            .remittance    = rows[i].reference,
        };
    if (!receipt_record_credits(s, lines, *n, results, refused, fail)) return false;
    for (size_t i = 0; i < *n; i++)
        at->refused += refused[i] != NULL;
    at->after = rows[*n - 1].pp;
    at->kind  = rows[*n - 1].kind;
    return true;
}

static bool batch_settle(const struct setting *s, bool inside, int64_t batch, struct fail *fail)
{
    struct settling at = { .batch = batch }, before;
    size_t n;
    bool fine;
    int tries = 0;

    do {
        arena_reset(s->arena);
        before = at;
        fine   = part_begin(s->store, inside, fail) && settle_some(s, &at, &n, fail) &&
               (n || at.refused ||
                sql_pay_batch_settle(s->store, &(struct sql_pay_batch_settle_in){ .id = batch },
                                     fail)) &&
               part_commit(s->store, inside, fail);
        part_undo(s->store, inside);
        if (fine)
            tries = 0;
        else
            at = before;
    } while (fine ? n > 0 : part_again(s->store, inside, fail, &tries));
    return fine;
}

bool debit_settle(const struct setting *s, bool inside, struct fail *fail)
{
    struct arena kept = { 0 }, arena = { .limit = (size_t)4 << 30 };
    struct setting own = *s;
    struct sql_pay_batch_unsettled_row *rows;
    size_t n = 0;

    own.arena = &arena;
    bool fine =
        sql_pay_batch_unsettled(s->store, &(struct sql_pay_batch_unsettled_in){ .today = s->today },
                                &kept, &rows, &n, fail);
    for (size_t i = 0; fine && i < n; i++)
        fine = batch_settle(&own, inside, rows[i].id, fail);
    arena_free(&arena);
    arena_free(&kept);
    return fine;
}

bool debit_unbooked_read(struct store *store, struct arena *arena, int64_t most,
                         struct debit_unbooked *u, struct fail *fail)
{
    struct sql_job_last_good_row good;
    struct sql_debit_unbooked_sum_row sum;
    bool found;

    *u = (struct debit_unbooked){ 0 };
    if (!sql_job_last_good(store, &(struct sql_job_last_good_in){ .name = DAY_JOB }, arena, &good,
                           &found, fail))
        return false;
    if (!found) return true;
    if (!sql_debit_unbooked_sum(store, &(struct sql_debit_unbooked_sum_in){ .until = good.day },
                                arena, &sum, &found, fail) ||
        !sql_debit_unbooked(store,
                            &(struct sql_debit_unbooked_in){ .until = good.day, .most = most },
                            arena, &u->rows, &u->n, fail))
        return false;
    u->number = sum.number;
    u->amount = sum.amount;
    return true;
}

/* --- what did not come --- */

bool debit_come_back(const struct setting *s, const struct debit_return *back, bool *before,
                     struct fail *fail)
{
    struct sql_payment_by_reference_row *rows;
    struct receipt_result result;
    size_t n;

    if (!sql_payment_by_reference(
            s->store,
            &(struct sql_payment_by_reference_in){ .reference  = back->reference,
                                                   .processing = back->processing },
            s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!payment_is_collection(rows[i].kind) || rows[i].amount.p != back->amount.p) continue;
        const char *reference = debit_reference(rows[i].batch, rows[i].pp, rows[i].kind, s->arena);
        struct feed_line line = { .statement     = &statement,
                                  .reference     = arena_print(s->arena, "%s back", reference),
                                  .booked        = back->day,
                                  .amount        = back->amount,
                                  .returned      = true,
                                  .original      = reference,
                                  .reason        = back->reason,
                                  .end_to_end    = "",
                                  .payer_name    = "",
                                  .payer_account = "",
                                  .remittance    = back->reason };
        if (!receipt_record(s, &line, &result, fail)) return false;
        *before = result.what == RECEIVED_BEFORE;
        return true;
    }
    return REFUSE(fail, "collection_missing",
                  "No collection of ours has that reference, day and amount.");
}

bool debit_is_ours(struct store *store, struct arena *arena, const char *remittance, money amount,
                   int64_t *batch, struct fail *fail)
{
    static const char mark[] = "UPKEEP DD ";
    const char *at           = strstr(remittance, mark);
    struct sql_pay_batch_get_row row;
    bool found;

    *batch = 0;
    if (!at) return true;
    int64_t named = strtoll(at + sizeof mark - 1, NULL, 10);
    if (!sql_pay_batch_get(store, &(struct sql_pay_batch_get_in){ .id = named }, arena, &row,
                           &found, fail))
        return false;
    if (found && row.kind == BATCH_COLLECTIONS && !row.open && row.amount.p == amount.p)
        *batch = named;
    return true;
}

/* --- instructions --- */

static void instruction_add(struct verb *v, const struct instruction *i, const char *state,
                            const char *why)
{
    struct sql_instruction_insert_in in = {
        .pp        = v->pp,
        .event     = v->seq,
        .day       = i->day,
        .state     = state,
        .sort_code = arena_text(v->arena, i->account.sort_code, SORT_CODE_DIGITS),
        .account   = arena_text(v->arena, i->account.number, ACCOUNT_DIGITS),
        .name      = i->name,
        .why       = why,
    };
    verb_add(v, DRAFT_INSTRUCTION, &in);
}

bool instruction_ask(const struct setting *s, int64_t pp, const char *account, struct fail *fail)
{
    struct instruction i = { .day = s->today };
    struct verb v;
    bool done;
    char clean[BACS_TEXT + 1];

    if (!account_text_read(account, &i.account, &i.name, fail)) return false;
    if (bacs_text_clean(i.name, clean, BACS_TEXT) == 0)
        return REFUSE(fail, "account_wrong", "The account's name has no letter that Bacs knows."),
               fail_field(fail, "name");
    if (!verb_open(s, pp, "instruction", NULL, &v, &done, fail)) return false;
    instruction_add(&v, &i, "asked", "");
    out_text(&v.about, "Direct Debit instruction signed");
    return verb_close(&v, fail);
}

bool instruction_end(const struct setting *s, int64_t pp, const char *why, const char *key,
                     bool *changed, struct fail *fail)
{
    struct instruction i;
    struct verb v;
    bool done;

    *changed = false;
    if (!verb_open(s, pp, "instruction", key, &v, &done, fail)) return false;
    if (done) return true;
    if (!instruction_load(s->store, s->arena, pp, &i, fail)) return false;
    if (i.state == INSTRUCTION_NONE || i.state == INSTRUCTION_CANCELLED) return true;
    i.day = s->today;
    instruction_add(&v, &i, "cancelled", why);
    out_print(&v.about, "Direct Debit instruction ended: %s", why);
    *changed = true;
    return verb_close(&v, fail);
}

bool instruction_move(const struct setting *s, int64_t pp, const struct bank_account *account,
                      const char *key, bool *changed, struct fail *fail)
{
    struct instruction i;
    struct verb v;
    bool done;

    *changed = false;
    if (!verb_open(s, pp, "instruction", key, &v, &done, fail)) return false;
    if (done) return true;
    if (!instruction_load(s->store, s->arena, pp, &i, fail)) return false;
    if (i.state == INSTRUCTION_NONE)
        return REFUSE(fail, "instruction_missing", "There is no Direct Debit instruction.");
    if (account) i.account = *account;
    if (i.state == INSTRUCTION_CANCELLED) i.day = s->today;
    instruction_add(&v, &i, i.state == INSTRUCTION_ASKED ? "asked" : "lodged", "");
    out_text(&v.about, account ? "The Direct Debit moved to another account"
                               : "The Direct Debit instruction holds again");
    *changed = true;
    return verb_close(&v, fail);
}
