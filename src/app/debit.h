/* debit.h: Direct Debit: instructions, advance notice, collections by file, and what comes of them
 * (B-212, B-221). */
#pragma once
#include "app/payment.h"

/* How an instruction stands. */
enum instruction_state {
    INSTRUCTION_NONE,
    INSTRUCTION_ASKED,  /* the parent has signed; it goes out with the next file */
    INSTRUCTION_LODGED, /* the bank has it */
    INSTRUCTION_CANCELLED,
    INSTRUCTION_ENDING /* nothing is collected any more; the bank hears of it with the next file */
};
/* "asked": for files and databases. */
const char *instruction_word(enum instruction_state state);
struct instruction {
    enum instruction_state state;
    date day; /* since when */
    struct bank_account account;
    const char *name, *why;
};
bool instruction_load(struct store *store, struct arena *arena, int64_t pp,
                      struct instruction *instruction, struct fail *fail);
/* A paying parent has signed an instruction on the account "01-02-03 12345678 NAME".  In the
 * caller's transaction, as the two below. */
bool instruction_ask(const struct setting *setting, int64_t pp, const char *account,
                     struct fail *fail);
/* The paying parent tells us, or we decide, that it ends: cancelled at the bank with the next file
 * (0C) if it was lodged.  Refuses without a reason, or if there is none. */
bool instruction_cancel(const struct setting *setting, int64_t pp, const char *why,
                        struct fail *fail);
/* The newest collection, which came back unpaid for want of money, is presented once more with the
 * next file, the same amount (18).  Refuses what the scheme does not allow, and says why. */
bool debit_again(const struct setting *setting, int64_t pp, const char *why, struct fail *fail);
/* The newest collection of a family, and whether it came back: *why is the bank's reason, NULL if
 * it did not; *line NULL without any. */
struct debit_last {
    const struct sql_payment_list_row *line;
    const char *why;
    int32_t times; /* how often it has been presented again */
    date first;    /* the day it was first presented */
    bool pending;  /* it will be presented again with the next file */
};
bool debit_last_read(struct store *store, struct arena *arena, int64_t pp, struct debit_last *last,
                     struct fail *fail);
/* What will be collected next under the instruction, as things stand. */
struct debit_next {
    bool known; /* something falls due */
    date due, day;
    money amount;
    bool taken; /* an order or a request takes maintenance: that is left out */
    bool told;  /* notice was posted for it, on `told_on` */
    date told_on;
};
bool debit_next_read(struct store *store, struct arena *arena, const struct group *group,
                     date today, struct debit_next *next, struct fail *fail);
/* Beforehand, of an order to an employer or a request to a benefit office ("order", "request"):
 * what becomes of collecting by Direct Debit; "" when no instruction holds.  ends: nothing more is
 * to be deducted. */
struct debit_beside {
    const char *what;
    bool ends;
};
bool debit_beside_read(struct store *store, struct arena *arena, int64_t pp,
                       struct debit_beside beside, const char **words, struct fail *fail);
/* A collection's receipt, as its bank reference has it. */
const char *debit_key(int64_t batch, int64_t pp, int64_t kind, struct arena *arena);
/* It ends, or its account changes (account not NULL; a lodged one goes on).  key: of the step, so
 * that it happens once only.  *changed: false if it was so already. */
bool instruction_end(const struct setting *setting, int64_t pp, const char *why, const char *key,
                     bool *changed, struct fail *fail);
bool instruction_move(const struct setting *setting, int64_t pp, const struct bank_account *account,
                      const char *key, bool *changed, struct fail *fail);

struct debit_result {
    int64_t batch;       /* 0: nothing to send */
    bool again, cut_off; /* see struct pay_result */
    size_t lodged, cancelled, notices, collections,
        waiting;     /* waiting: kept until notice has run */
    size_t not_told; /* families whose notice cannot be posted: nothing is collected */
    money amount;
};
/* Lodges what was asked for, gives notice of new amounts, and puts what falls due two working days
 * from today into a file; when there is nothing new, the file made earlier today, again. */
struct debit_run {
    bool inside;     /* all of it in the transaction that the caller began */
    bool only_again; /* nothing new may be booked: see batch_is_there */
};
bool debit_collect(const struct setting *setting, struct debit_run run, struct debit_result *result,
                   struct fail *fail);
/* Books the collections of files whose processing day has come as received; the day's run begins
 * with it.  inside: both are part of the transaction that the caller began, else they begin and end
 * their own. */
bool debit_settle(const struct setting *setting, bool inside, struct fail *fail);
/* Collections that the last run could not book as received, because their cases were changed on a
 * later day; each run tries again. */
struct debit_unbooked {
    struct sql_debit_unbooked_row *rows; /* the oldest, no more than asked for */
    size_t n;
    int64_t number; /* all of them */
    money amount;
};
bool debit_unbooked_read(struct store *store, struct arena *arena, int64_t most,
                         struct debit_unbooked *unbooked, struct fail *fail);
/* An unpaid collection: taken back as returned on `day` (B-221).  *before: known already.  In the
 * caller's transaction; the collection must be booked. */
struct debit_return {
    const char *reference; /* of the instruction: the paying parent's */
    date processing, day;
    money amount;
    const char *reason;
};
bool debit_come_back(const struct setting *setting, const struct debit_return *back, bool *before,
                     struct fail *fail);
/* The file of ours, booked one by one, whose sum a credit on our bank statement is: its remittance
 * has the file's name ("UPKEEP DD 000012") and its amount is the file's.  *batch: 0 if none is. */
bool debit_is_ours(struct store *store, struct arena *arena, const char *remittance, money amount,
                   int64_t *batch, struct fail *fail);
