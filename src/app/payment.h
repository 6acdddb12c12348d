/* payment.h: files of payments and collections: what goes into them, written once and the same each
 * time after (B-212, B-235).
 *
 * Without a service user number the installation pays in another way and the day's run books what
 * it hands on at once.  With one, money for receiving parents stays with the service until it
 * leaves in a file: rows first, in chunks, each a transaction; then the file from the rows.  Cut
 * off anywhere, it goes on where it stopped. */
#pragma once
#include "app/group.h"
#include "feed/account_check.h"

struct chunk;

/* A line of a file.  The numbers are stored. */
enum payment_kind {
    PAYMENT_OUT    = 1, /* to a receiving parent */
    PAYMENT_LODGE  = 2, /* a Direct Debit instruction lodged */
    PAYMENT_CANCEL = 3,
    PAYMENT_FIRST  = 4, /* the first collection under it */
    PAYMENT_DEBIT  = 5,
    PAYMENT_REFUND = 6, /* to the paying parent */
    PAYMENT_AGAIN  = 7  /* a collection that came back unpaid, once more */
};
/* What a payment out is: to an arrangement's receiving parent, or (0) to the paying parent. */
enum payment_kind payment_kind_of(int64_t arrangement);
bool payment_is_collection(int64_t kind);
enum { BATCH_PAYMENTS = 1, BATCH_COLLECTIONS = 2 };

/* Who sends: kept in the database, set by the operator. */
struct sender {
    bool by_file;     /* a service user number is set */
    const char *user; /* service user number */
    struct bank_account account;
    const char *name; /* of the account, in the Bacs character set */
    const char *full; /* the same as it was given, at most 70 characters */
};
bool sender_load(struct store *store, struct arena *arena, struct sender *sender,
                 struct fail *fail);
/* From now on payments leave by file.  account: "01-02-03 12345678 NAME".  Refuses what Bacs would.
 * In the caller's transaction. */
bool sender_set(struct store *store, const char *user, const char *account, struct fail *fail);
/* Whether the day's run hands money on by itself. */
bool sender_pays_at_once(struct store *store, bool *at_once, struct fail *fail);

/* The account of a person on a day, as the facts have it; false if there is none, or none that can
 * be paid to: *why says so in one sentence. */
struct payee {
    struct bank_account account;
    const char *name;      /* as the fact has it */
    const char *reference; /* roll number, or NULL */
};
bool payee_of(const struct group *group, int64_t person, date day,
              const struct account_tables *tables, struct payee *payee, const char **why,
              struct arena *arena);

/* A part of a run is a transaction of its own, unless all is inside the caller's. */
bool part_begin(struct store *store, bool inside, struct fail *fail);
bool part_commit(struct store *store, bool inside, struct fail *fail);
void part_undo(struct store *store, bool inside);
/* Whether a part that failed is done anew (store_try_again). */
bool part_again(struct store *store, bool inside, const struct fail *fail, int *tries);
/* "01-02-03 12345678 NAME" in its parts; the name is where it stands. */
bool account_text_read(const char *text, struct bank_account *account, const char **name,
                       struct fail *fail);

/* What a run is given, and whom it tells of payees kept back. */
struct pay_run {
    bool inside;                         /* all of it in the transaction that the caller began */
    const struct account_tables *tables; /* NULL: accounts are not checked */
    const char *format;                  /* "bacs" or "pain001" */
    int64_t most;                        /* families in one transaction; 0: 1000 */
    bool only_again;                     /* nothing new may be booked: see batch_is_there */
    void (*kept_back)(void *context, const char *reference, money amount, const char *why);
    void *context;
};
struct pay_result {
    int64_t batch; /* 0: there was nothing to send */
    bool again;    /* the file was made before; nothing was booked */
    bool cut_off;  /* it is what a run that was cut off had got to: run again for the rest */
    size_t number, kept;
    money amount, kept_amount;
};

/* Puts everything payable into a file and books it as sent, one line for each payee: to receiving
 * parents what was collected for them, arrears of earlier schemes and redress; to paying parents
 * what was decided to go back to them.  When nothing is payable, the file made earlier on the same
 * day, again, unless it was made in another format: refused (format_made).  Begins and ends its
 * transactions. */
bool pay_out(const struct setting *setting, const struct pay_run *run, struct pay_result *result,
             struct fail *fail);
/* Where the file is to go there is one already.  Refuses (file_there) one that no run of today can
 * have written; else a run may write the same bytes again, but must book nothing new
 * (batch_nothing_new).  digest: of the bytes that are there; name: of the file, for the sentence.
 */
struct batch_there {
    int64_t kind;
    const char *name, *digest;
};
bool batch_is_there(const struct setting *setting, const struct batch_there *there,
                    struct fail *fail);
/* Refuses (file_there) a chunk of bookings when only_again. */
bool batch_nothing_new(bool only_again, const struct chunk *chunk, struct fail *fail);
/* A file of a kind that was made and has something in it, to be written once more. */
bool batch_find(const struct setting *setting, int64_t kind, int64_t batch,
                struct sql_pay_batch_get_row *row, struct fail *fail);
/* Writes a file that was made, and tells its digest.  One that differs from what was written before
 * is FAIL_INTEGRITY file_differs. */
bool batch_write(const struct setting *setting, int64_t batch, FILE *to, char digest[DIGEST_TEXT],
                 struct fail *fail);
/* The file is where it is sent from: its first writing's digest is kept.  Until then a run writes
 * it again before it makes another, on whatever day. */
bool batch_written(const struct setting *setting, int64_t batch, const char *digest,
                   struct fail *fail);
/* Closes a batch with the sum of its rows. */
bool batch_close(const struct setting *setting, bool inside, int64_t batch,
                 struct sql_payment_sums_row *sums, struct fail *fail);
/* A new batch of a kind.  *last: the newest that has something in it, 0 without any.  If a run was
 * cut off its batch is closed with what it had got to.  One with something in it that was never
 * written comes first: it is *last, and *batch is 0. */
bool batch_open(const struct setting *setting, bool inside,
                const struct sql_pay_batch_insert_in *in, int64_t *batch, int64_t *last,
                struct fail *fail);
/* Refuses (batch_closed) when another run has closed a batch that is being put together. */
bool batch_hold(const struct setting *setting, int64_t batch, struct fail *fail);

/* A payment of ours came back, or was never made: the money is payable again and the payee is held
 * until a person looks (B-235).  *before: it was known to have come back, nothing changed.
 * Refused (returned_before) if another line of a statement showed it: that may be money come twice.
 * In the caller's transaction. */
struct payment_return {
    int64_t pp, batch, arrangement;
    money amount;        /* that came back: all of it, or it is refused (amount_differs) */
    const char *line;    /* receipt_key of the statement's line that shows it; NULL: none does */
    date day;            /* on which the money came back */
    const char *told_by; /* "ARUCS", "pain.002", "statement" */
    const char *reason;  /* the bank's, in words */
};
bool payment_come_back(const struct setting *setting, const struct payment_return *back,
                       bool *before, struct fail *fail);
/* Our payments of an amount, sent by a day, whose reference is in a text: those that a line of a
 * statement may mean by which one comes back without our id. */
struct payment_alike {
    money amount;
    const char *text;
    date until;
};
bool payment_list_alike(const struct setting *setting, const struct payment_alike *alike,
                        struct sql_payment_sent_alike_row **rows, size_t *n, struct fail *fail);
/* The one of them that a line (receipt_key) of a day shows, if it can be told: it was told before;
 * or a report told of it within a fortnight of the line; or it is the only one that nobody told of.
 * NULL: it cannot. */
const struct sql_payment_sent_alike_row *payment_choose(
    const struct sql_payment_sent_alike_row *rows, size_t n, const char *line, date day);
/* Begins, before its number, the name of a file of payments on a statement (Bacs), and of a
 * pain.001 message and its batch. */
#define PAYMENT_BACS_MARK "UPKEEP CM "
#define PAYMENT_PAIN_MARK "UPKEEP-"

/* The payment that an id of ours names, "P12-1001-7": batch, paying parent, arrangement (0: to the
 * paying parent). */
bool payment_id_read(const char *id, int64_t *batch, int64_t *pp, int64_t *arrangement);
const char *payment_id(int64_t batch, int64_t pp, int64_t arrangement, struct arena *arena);
