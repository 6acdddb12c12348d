/* options.h: what the commands that work on a database have in common. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/money.h"
#include "cli/command.h"
#include "store/store.h"

#include <getopt.h>
#include <stdio.h>

struct options {
    const char *command;
    const char *database;                      /* --db or UPKEEP_DB */
    date today;                                /* --today; otherwise the machine's date */
    date as_at;                                /* --as-at; otherwise today */
    date known_on;                             /* --known-on; otherwise today */
    date until;                                /* --until; otherwise open */
    const char *reference;                     /* --case REF */
    date from;                                 /* --from; otherwise day 0 */
    const char *format;                        /* --format; NULL without */
    bool welsh;                                /* --language welsh */
    int64_t line;                              /* --prove LINE; 0 without */
    const char *out, *user, *account, *tables; /* --out, --user, --account, --account-tables */
    const char *arrangement;                   /* --for REF: a receiving parent's side */
    const char *reason;                        /* --reason TEXT */
    const char *back;                          /* --return REF */
    const char *by;            /* --by NAME; otherwise who is signed in at the machine */
    int workers, chunk, lease; /* 0: not given */
    int again;                 /* --again FILE NUMBER; 0: not given */
    bool csv, quiet, accounts, anonymous, json, total, whole;
    bool employer, benefit, card; /* the files are such */
    const char *provider;         /* --card-provider NAME */
    bool is_new;                  /* --new: it is another than before */
    int64_t receipt;              /* --receipt NUMBER; 0: not given */
    const char *came_back;        /* --came-back: the number of a payment of ours */
    char **words;                 /* what is left */
    int word_count;
};

/* getopt_long, one call after another, which says in our own words what is wrong; then it is '?'.
 */
int options_next(int argc, char **argv, const struct option *names);
/* Reads --db and those that `takes` has letters for: t today, a as-at, k known-on, f for, c csv,
 * q quiet, A accounts, S total, W whole, u until, r case, n anonymous, F from, T to (as --as-at), o
 * format, l language, p prove, w workers, C chunk, L lease, R reason, B return, b by, j json, e
 * employer, D benefit, K card, V card-provider, O out, U user, M account, X account-tables, G
 * again.  At most `words` words may be left.  False after it has said what is wrong.
 */
bool options_read(struct options *o, const char *takes, int words, int argc, char **argv);
/* Opens the database, to write only on a day that has come (clock_allows; --today and --until);
 * NULL after it has said what is wrong. */
struct store *options_open(const struct options *o, enum store_mode mode);
/* The amount of an option --name; false after it has said what is wrong. */
bool options_money(const char *command, const char *name, const char *text, money *m);
/* Opens a file that was sent; NULL after it has said what is wrong (a folder is none). */
FILE *options_file(const struct options *o, const char *name);
/* Says what went wrong and gives the exit status for it. */
enum exit_status options_fail(const struct options *o, const struct fail *f);
/* The paying parent whose reference, or one of whose arrangements' references, a word is; 0 after
 * it has said that there is none, or that it is another person's.  *arrangement is set when it was
 * an arrangement's, else 0. */
int64_t options_case(const struct options *o, struct store *store, struct arena *arena,
                     const char *word, int64_t *arrangement);
