/* options.h: what the commands that work on a database have in common. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "base/fail.h"
#include "cli/command.h"
#include "store/store.h"

struct options {
    const char *command;
    const char *database;    /* --db or UPKEEP_DB */
    date today;              /* --today; otherwise the machine's date */
    date as_at;              /* --as-at; otherwise today */
    date known_on;           /* --known-on; otherwise today */
    const char *arrangement; /* --for REF: a receiving parent's side */
    bool csv, quiet;
    char **words; /* what is left */
    int word_count;
};

/* Reads them; false after it has said what is wrong. */
bool options_read(struct options *o, int argc, char **argv);
/* Opens the database; NULL after it has said what is wrong. */
struct store *options_open(const struct options *o, enum store_mode mode);
/* Says what went wrong and gives the exit status for it. */
enum exit_status options_fail(const struct options *o, const struct fail *f);
/* The paying parent whose reference, or one of whose arrangements' references, a word is; 0 after
 * it has said that there is none.  *arrangement is set when it was an arrangement's. */
int64_t options_case(const struct options *o, struct store *store, struct arena *arena,
                     const char *word, int64_t *arrangement);
