/* receive.h: money that comes in: recorded once, matched, or kept in suspense until it is (B-220,
 * B-221). */
#pragma once
#include "app/chunk.h"
#include "feed/feed.h"
#include "ledger/fence.h"

/* £10,000,000.00: more than any payment by a parent, as on the page of a payment by hand. */
#define RECEIPT_MOST ((money){ INT64_C(1000000000) })

/* What became of one line of a bank statement. */
enum received {
    RECEIVED_MATCHED,  /* booked to a paying parent and used */
    RECEIVED_SUSPENSE, /* booked, nobody's yet */
    RECEIVED_RETURNED, /* an earlier receipt was taken back by the bank */
    RECEIVED_BEFORE,   /* the same line was recorded earlier: nothing changed */
    RECEIVED_NOT_OURS  /* money going out, or between our own accounts (card.h): not a receipt */
};
struct receipt_result {
    enum received what;
    int64_t pp, receipt; /* 0 in suspense */
    bool is_payment;     /* returned, or returned before: it is a payment of ours that came back */
    money amount;
};

/* Records one line: in the caller's transaction, one event (more when suspense is matched or one
 * payment is for several families). Matching order (B-220): owner.h; else suspense. */
bool receipt_record(const struct setting *setting, const struct feed_line *line,
                    struct receipt_result *result, struct fail *fail);
/* The same for many lines that are all credits: each family is read and written once.  refused[i]
 * is NULL, or says why line i was not recorded; the others are. */
bool receipt_record_credits(const struct setting *setting, const struct feed_line *lines, size_t n,
                            struct receipt_result *results, const char **refused,
                            struct fail *fail);
/* Money of which it is known whose it is, by a payment they made online (RECEIPT_ONLINE): the line
 * that a file shows of it later, or showed before, is the same if its number and amount are,
 * whatever day and name stand there.  Refused: line_refused. */
#define RECEIPT_ONLINE "online"
bool receipt_record_online(const struct setting *setting, const struct feed_line *line, int64_t pp,
                           struct receipt_result *result, struct fail *fail);
/* The same for money that came for certain debts: it is used for them first (B-230, step 0). */
bool receipt_record_for(const struct setting *setting, const struct feed_line *line,
                        const struct fence *fence, struct receipt_result *result,
                        struct fail *fail);
/* Takes a receipt out of suspense for a family, which has to take it up in the same transaction. */
bool receipt_pass_on(const struct setting *setting, int64_t receipt, int64_t pp, money *amount,
                     struct fail *fail);
/* The same on a family in memory that the line is known to be of (how: "reference" or "account"),
 * and that has not recorded it: its number.  And a line by which the bank takes one back, whole. */
int64_t receipt_take(struct chunk *chunk, struct family *family, const struct feed_line *line,
                     const char *how);
void receipt_take_returned(struct chunk *chunk, struct family *family, int64_t receipt,
                           const struct feed_line *line);
/* A caseworker finds that a suspense receipt is a paying parent's. */
bool receipt_match(const struct setting *setting, int64_t receipt, int64_t pp, struct fail *fail);
/* Money in suspense that may be a paying parent's: their name, or one of their references written
 * nearly right, is in it.  The demand guard asks. */
bool receipt_maybe(struct store *store, struct arena *arena, const struct group *group,
                   money *amount, struct fail *fail);
