/* feed.h: what banks send, in one shape whatever the format.
 *
 * A reader (camt053.h, statement_csv.h) takes a source and hands each line to a sink as soon as it
 * has been read, so a file of any size needs the same memory.  Two kinds of wrong: a bad entry is a
 * fault (its line, one sentence) and the good ones stand; a bad file is a refusal, and then NOTHING
 * the sink was given counts.  So write inside a transaction and roll back when the reader returns
 * false. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/money.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Limits on what comes from outside; each is far above what banks send. */
enum {
    FEED_STATEMENTS_MOST = 1000,    /* in one file */
    FEED_LINES_MOST      = 1000000, /* in one file, good or bad */
    FEED_FAULTS_MOST     = 1000,    /* after so many the whole file is refused */
    FEED_BATCH_MOST      = 10000,   /* payments in one batched entry */
    FEED_TEXT_MOST       = 2000     /* bytes of one text, such as a remittance */
};

/* One account's statement.  Texts are never NULL; "" means that the file does not say. */
struct feed_statement {
    const char *id;      /* the bank's, or the source's name */
    const char *account; /* ours: IBAN, or sort code and account number, as the file writes it */
    bool has_balances;
    money opening, closing; /* negative when overdrawn */
};

/* One movement of money.  Texts are UTF-8 on one line, trimmed, never NULL, and last until the sink
 * returns. */
struct feed_line {
    const struct feed_statement *statement;
    /* The bank's id of the movement, unique within the account.  When the bank gives none that is:
     * "ENTRY/n" for the n-th payment of a batch, "STATEMENT/n" for an entry numbered by statement.
     */
    const char *reference;
    date booked;
    money amount;           /* always more than nothing */
    bool credit;            /* true: money came in; false: money went out */
    bool returned;          /* a return or reversal of an earlier movement the other way (B-221) */
    const char *original;   /* if returned: the earlier one's end-to-end id or reference, or "" */
    const char *reason;     /* if returned: the bank's reason code (AC04, MD01 ...), or "" */
    const char *end_to_end; /* of a debit without, that is a batch: the id of ours that it books */
    /* The other party: who paid a credit, who was paid by a debit; of a return, the party of the
     * earlier movement.  The account is as the file writes it. */
    const char *payer_name, *payer_account;
    const char *remittance; /* the payer's reference text (B-220) */
    int line;               /* in the file, from 1 */
};

struct feed_fault {
    int line;
    const char *text; /* one sentence; names no payer */
};

/* Who is given what is read; none of the three may be NULL.  A statement comes before its lines.
 * `line` returns false with f filled to stop the reading. */
struct feed_sink {
    void *context;
    void (*statement)(void *context, const struct feed_statement *statement);
    bool (*line)(void *context, const struct feed_line *line, struct fail *f);
    void (*fault)(void *context, const struct feed_fault *fault);
};

/* Bytes in memory, or (bytes NULL) an open file, read from where it is to its end. */
struct feed_source {
    const char *bytes;
    size_t length;
    FILE *file;
    /* For formats that do not say: the statement's id and our account.  May be NULL. */
    const char *name, *account;
};

/* Totals of a reading.  money_in and money_out count every entry whose amount could be read, good
 * or bad, and a batch as one entry.  `balanced`: opening + in - out = closing was checked and
 * holds; false if the format has no balances or an entry's amount could not be read (a plain
 * mismatch is a refusal instead). */
struct feed_summary {
    size_t statements, lines, faults, pending; /* pending: not booked yet, left out */
    money money_in, money_out;
    bool balanced;
};

/* A reader.  False with f filled: the source is refused as a whole. */
typedef bool feed_reader(const struct feed_source *source, const struct feed_sink *sink,
                         struct feed_summary *summary, struct fail *f);

/* A whole file at once, for callers that know it to be small. */
struct feed_result {
    struct feed_statement *statements;
    struct feed_line *lines;
    struct feed_fault *faults;
    struct feed_summary summary; /* how many of each */
};

/* Reads everything into the arena.  After a refusal only the faults found so far are of use. */
bool feed_gather(feed_reader *read, const struct feed_source *source, struct arena *arena,
                 struct feed_result *result, struct fail *f);

/* --- for the readers --- */

/* The next bytes of a source: how many were put into `to`, 0 at the end, -1 if reading failed.
 * *at is the position in bytes held in memory. */
int feed_source_read(const struct feed_source *source, size_t *at, char *to, int room);
/* Strict UTF-8 without control characters other than tab and line ends. */
bool feed_text_valid(const char *s, size_t n);
/* Trims and turns every run of white space into one space, in place; returns the new length. */
size_t feed_text_tidy(char *s, size_t n);

/* The references seen so far, by 64-bit hash: 16 bytes each. */
struct feed_seen {
    struct arena arena;
    struct feed_seen_slot {
        uint64_t hash;
        int line;
    } * slots;
    size_t room, used;
};
/* 0 if the account's reference is new; otherwise the line that used it first. */
int feed_seen_add(struct feed_seen *seen, const char *account, const char *reference, int line);
void feed_seen_free(struct feed_seen *seen);
