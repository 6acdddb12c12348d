/* bacs_file.h: Bacs Standard 18: payments and instructions in records of 80 and 100 or 106
 * characters.
 *
 * A file is VOL1, HDR1, HDR2, UHL1, then items, then EOF1, EOF2, UTL1.  "Daily" files have one
 * processing day for all (records of 100 characters), "multi" files a day in every item (106).  All
 * items of a day are followed by contra items on the sender's own account, so that debits and
 * credits of a day are equal.  Writer and reader hold one item at a time, whatever the size of the
 * file.  doc/bank-files.md has the positions and says which are not certain. */
#pragma once
#include "feed/account_check.h"
#include "feed/bacs_text.h"
#include "feed/feed.h"

enum {
    BACS_USER       = 6, /* digits of a service user number */
    BACS_SERIAL     = 6, /* characters of a submission's serial number */
    BACS_ITEMS_MOST = 2000000,
    BACS_DAYS_AHEAD = 31 /* a processing day is at most so many days after the file is made */
};
/* The most one item, and one contra, can say: 999,999,999.99. */
#define BACS_AMOUNT_MOST ((money){ INT64_C(99999999999) })

enum bacs_code {
    BACS_INSTRUCTION_NEW,    /* 0N: a Direct Debit instruction is lodged (AUDDIS) */
    BACS_INSTRUCTION_CANCEL, /* 0C: it is cancelled */
    BACS_DEBIT_FIRST,        /* 01: first collection under an instruction */
    BACS_DEBIT,              /* 17 */
    BACS_DEBIT_AGAIN,        /* 18: presented again */
    BACS_DEBIT_LAST,         /* 19 */
    BACS_CREDIT,             /* 99 */
    BACS_CODES
};
/* "0N" */
const char *bacs_code_text(enum bacs_code code);
bool bacs_code_is_debit(enum bacs_code code);
/* The two instructions: no money. */
bool bacs_code_is_instruction(enum bacs_code code);

/* A submission.  Texts of the Bacs set, no longer than their field. */
struct bacs_head {
    const char *serial; /* 6 characters, unique for the sender for some weeks */
    const char *user;   /* service user number */
    date made, processing;
    bool multi;
    int file_number;           /* 1 to 999 */
    struct bank_account ours;  /* the originating account */
    const char *name;          /* of that account */
    const char *contra_reason; /* narrative of the contra items: "MAINTENANCE 001" */
};

struct bacs_item {
    enum bacs_code code;
    struct bank_account account; /* who pays or is paid */
    const char *name, *reference;
    money amount;
    date processing; /* in daily files that of the file */
    int line;        /* when read */
};

/* Totals of a file, contra items included. */
struct bacs_totals {
    size_t items, contras, instructions; /* items: debits, credits and instructions, no contras */
    size_t debits, credits;              /* records */
    money debit, credit;
};

/* --- writing --- */

struct bacs_writer {
    FILE *to;
    struct bacs_head head;
    struct bacs_totals totals;
    date day; /* of the items at present */
    money day_debit, day_credit;
    bool any;
};

/* Writes the labels.  The texts of `head` must last until the end.  Refusals (code bacs_head_wrong)
 * name the field; FAIL_SYSTEM write_failed. */
bool bacs_write_begin(struct bacs_writer *w, FILE *to, const struct bacs_head *head,
                      struct fail *f);
/* An item.  In multi files the days do not go back.  Refusal bacs_item_wrong: nothing of the item
 * was written, and the writer can go on. */
bool bacs_write_item(struct bacs_writer *w, const struct bacs_item *item, struct fail *f);
/* Contra items of the last day and the trailers; flushes.  totals may be NULL. */
bool bacs_write_end(struct bacs_writer *w, struct bacs_totals *totals, struct fail *f);

/* --- reading --- */

/* Who is given what is read; none of the four may be NULL.  Texts last until the call returns. */
struct bacs_sink {
    void *context;
    void (*head)(void *context, const struct bacs_head *head); /* ours, name, contra_reason empty */
    bool (*item)(void *context, const struct bacs_item *item, struct fail *f);
    void (*contra)(void *context, const struct bacs_item *item);
    void (*fault)(void *context, const struct feed_fault *fault);
};

/* Reads a file with LF or CR LF ends.  A bad item is a fault with its line; it still counts for the
 * totals if its amount can be read.  Refusals (field "bacs"): not_bacs, bacs_label_wrong,
 * bacs_totals_wrong (trailer or contras do not agree, all items readable), too_many_faults,
 * too_many_lines, total_too_large; FAIL_SYSTEM read_failed. */
bool bacs_read(const struct feed_source *source, const struct bacs_sink *sink,
               struct bacs_totals *totals, struct fail *f);
