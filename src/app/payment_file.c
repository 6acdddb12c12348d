/* payment_file.c: a file from its rows, the same bytes each time. */
#include "app/payment.h"

#include "feed/bacs_file.h"
#include "feed/pain.h"

#include <string.h>

enum { NARRATIVE = 24 };

/* A stream that hands everything on and hashes it. */
struct hashing {
    FILE *to;
    struct digest digest;
};

static ssize_t hashing_write(void *context, const char *bytes, size_t n)
{
    struct hashing *h = context;

    digest_bytes(&h->digest, bytes, n);
    return fwrite(bytes, 1, n, h->to) == n ? (ssize_t)n : -1;
}

static FILE *hashing_open(struct hashing *h, FILE *to)
{
    h->to = to;
    digest_begin(&h->digest);
    return fopencookie(h, "w", (cookie_io_functions_t){ .write = hashing_write });
}

struct writing {
    struct bacs_writer bacs;
    struct pain_writer pain;
    bool is_pain;
    int64_t batch;
    struct arena arena;
    struct fail *fail;
    bool failed;
};

static struct bank_account account_of(const char *sort_code, const char *number)
{
    struct bank_account a;
    snprintf(a.sort_code, sizeof a.sort_code, "%s", sort_code);
    snprintf(a.number, sizeof a.number, "%s", number);
    return a;
}

static enum bacs_code code_of(int64_t kind)
{
    switch (kind) {
    case PAYMENT_LODGE: return BACS_INSTRUCTION_NEW;
    case PAYMENT_CANCEL: return BACS_INSTRUCTION_CANCEL;
    case PAYMENT_FIRST: return BACS_DEBIT_FIRST;
    case PAYMENT_DEBIT: return BACS_DEBIT;
    case PAYMENT_AGAIN: return BACS_DEBIT_AGAIN;
    default: return BACS_CREDIT;
    }
}

static bool line_write(void *context, const struct sql_payment_of_batch_row *r, struct fail *fail)
{
    struct writing *w = context;
    char name[BACS_TEXT + 1];

    arena_reset(&w->arena);
    if (w->is_pain) {
        struct pain_payment p = {
            .end_to_end = payment_id(w->batch, r->pp, r->arrangement, &w->arena),
            .name       = r->name,
            .account    = account_of(r->sort_code, r->account),
            .amount     = r->amount,
            .remittance = r->reference,
        };
        return pain001_write_item(&w->pain, &p, fail);
    }
    bacs_text_clean(r->name, name, BACS_TEXT);
    struct bacs_item item = {
        .code       = code_of(r->kind),
        .account    = account_of(r->sort_code, r->account),
        .name       = name,
        .reference  = r->reference,
        .amount     = r->amount,
        .processing = r->processing,
    };
    return bacs_write_item(&w->bacs, &item, fail);
}

static bool rows_write(const struct setting *s, struct writing *w, struct fail *fail)
{
    return sql_payment_of_batch(s->store, &(struct sql_payment_of_batch_in){ .batch = w->batch },
                                line_write, w, fail);
}

static bool pain_file(const struct setting *s, struct writing *w, const struct sender *sender,
                      const struct sql_pay_batch_get_row *batch, FILE *to, struct fail *fail)
{
    char id[NARRATIVE];
    struct fail ignored   = { 0 };
    struct pain_head head = { .version   = PAIN_VERSION,
                              .id        = id,
                              .name      = sender->full,
                              .ours      = sender->account,
                              .made      = batch->made,
                              .execution = batch->processing,
                              .count     = (size_t)batch->number,
                              .sum       = batch->amount };

    snprintf(id, sizeof id, PAYMENT_PAIN_MARK "%06lld", (long long)w->batch);
    if (!pain001_write_begin(&w->pain, to, &head, fail)) return false;
    bool fine = rows_write(s, w, fail);
    return pain001_write_end(&w->pain, fine ? fail : &ignored) && fine;
}

static bool bacs_file(const struct setting *s, struct writing *w, const struct sender *sender,
                      const struct sql_pay_batch_get_row *batch, FILE *to, struct fail *fail)
{
    char serial[NARRATIVE], narrative[NARRATIVE];
    struct bacs_head head = { .serial        = serial,
                              .user          = sender->user,
                              .made          = batch->made,
                              .processing    = batch->processing,
                              .multi         = true,
                              .file_number   = 1,
                              .ours          = sender->account,
                              .name          = sender->name,
                              .contra_reason = narrative };

    snprintf(serial, sizeof serial, "%06lld", (long long)(w->batch % 1000000));
    snprintf(narrative, sizeof narrative, "UPKEEP %s %06lld",
             batch->kind == BATCH_PAYMENTS ? "CM" : "DD", (long long)(w->batch % 1000000));
    return bacs_write_begin(&w->bacs, to, &head, fail) && rows_write(s, w, fail) &&
           bacs_write_end(&w->bacs, NULL, fail);
}

bool batch_written(const struct setting *s, int64_t batch, const char *digest, struct fail *fail)
{
    bool inside                       = store_is_working(s->store);
    struct sql_pay_batch_digest_in in = { .id = batch, .digest = digest };
    bool fine;
    int tries = 0;

    do {
        fine = part_begin(s->store, inside, fail) && sql_pay_batch_digest(s->store, &in, fail) &&
               part_commit(s->store, inside, fail);
        part_undo(s->store, inside);
    } while (!fine && part_again(s->store, inside, fail, &tries));
    return fine;
}

bool batch_write(const struct setting *s, int64_t batch, FILE *to, char digest[DIGEST_TEXT],
                 struct fail *fail)
{
    struct writing w = { .batch = batch };
    struct hashing hashing;
    struct sql_pay_batch_get_row row;
    struct sender sender;
    unsigned char hash[DIGEST_BYTES];
    bool found;

    if (!sender_load(s->store, s->arena, &sender, fail) ||
        !sql_pay_batch_get(s->store, &(struct sql_pay_batch_get_in){ .id = batch }, s->arena, &row,
                           &found, fail))
        return false;
    if (!found || row.open || !sender.by_file)
        return REFUSE(fail, "batch_missing", "There is no finished file with the number %lld.",
                      (long long)batch);
    FILE *through = hashing_open(&hashing, to);
    if (!through) {
        digest_end(&hashing.digest, hash);
        return FAIL(fail, FAIL_SYSTEM, "write_failed", "The file could not be begun.");
    }
    w.is_pain  = !strcmp(row.format, "pain001");
    bool fine  = w.is_pain ? pain_file(s, &w, &sender, &row, through, fail)
                           : bacs_file(s, &w, &sender, &row, through, fail);
    bool ended = fclose(through) == 0 && fflush(to) == 0;
    digest_end(&hashing.digest, hash);
    arena_free(&w.arena);
    if (!fine) return false;
    if (!ended) return FAIL(fail, FAIL_SYSTEM, "write_failed", "The file could not be written.");
    digest_hex(hash, digest);
    return !*row.digest || !strcmp(row.digest, digest) ||
           FAIL(fail, FAIL_INTEGRITY, "file_differs",
                "The file just written is not the one that was written before: our account, name "
                "or user number has changed, or its rows have. Send nothing.");
}
