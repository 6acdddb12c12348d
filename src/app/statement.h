/* statement.h: the account line by line, for the paying parent or for one receiving parent, every
 * line with its cause; the last running figure is the one balance.  Page, PDF, CSV, JSON and text
 * are made of these lines (statement_file.h). */
#pragma once
#include "app/account.h"
#include "letter/document.h"

struct statement_line {
    date day;                     /* from which it counts */
    date known;                   /* when the service wrote it */
    enum reason reason;           /* of the ledger row */
    struct letter_words sentence; /* what happened, in one sentence */
    struct letter_words cause;    /* decision, instalment or receipt, and the rule */
    money amount;                 /* what moved */
    money change;                 /* of what is owed; zero: it only says how money was used */
    money owed;                   /* after the line */
    const char *arrangement;      /* its reference; "" for a line of the whole family */
    int64_t entry, event, decision, instalment, receipt; /* 0: none */
};
/* What falls due next through the service, after the statement's last day. */
struct statement_next {
    date due;     /* DATE_OPEN: nothing is planned */
    money amount; /* maintenance */
    money fee;    /* added for the paying parent, taken off for the receiving parent */
};
struct statement {
    int64_t pp, arrangement; /* arrangement 0: the paying parent's */
    date from, to, known_on; /* from: the first line's day at the earliest */
    struct statement_line *at;
    size_t n;
    money opening; /* before the first line */
    money owed;    /* the one balance at the end: the last line agrees with it */
    struct statement_next next;
    /* Whose it is: their own name, reference and arrangement's reference ("" for the payer's). */
    const char *name, *reference, *arrangement_ref;
    int64_t person;
};

struct statement_want {
    int64_t pp;
    int64_t arrangement; /* 0: the paying parent's statement of the whole group */
    date from;           /* lines of earlier days are in the opening balance; 0 or before: all */
    date to, known_on;
};

/* The paying parent's statement, or that of the receiving parent of one arrangement: what was due
 * to them, what was collected, what was sent; nothing about other families or the paying parent's
 * fees and credit.  A figure that does not agree with the one balance is an integrity failure,
 * never printed. */
bool statement_read(struct store *store, struct arena *arena, const struct statement_want *want,
                    struct statement *statement, struct fail *fail);
/* The same of a family already read as known on want->known_on; its rows are left as they are. */
bool statement_of(const struct group *group, const struct statement_want *want, struct arena *arena,
                  struct statement *statement, struct fail *fail);
/* The same without a first day. */
bool statement_make(struct store *store, struct arena *arena, int64_t pp, int64_t arrangement,
                    date as_at, date known_on, struct statement *statement, struct fail *fail);
/* Whether a row stands on a statement: arrangement 0 for the paying parent's. */
bool statement_shows(const struct entry *entry, int64_t arrangement);
/* The line of a ledger row; NULL when the statement has none. */
const struct statement_line *statement_line_of(const struct statement *statement, int64_t entry);
