/* command_check.c: upkeep check: the whole database proved. */
#include "app/check.h"
#include "cli/options.h"

#include <stdio.h>

static void print_fault(void *context, int64_t pp, const char *sentence)
{
    (void)context;
    if (pp)
        printf("paying parent %lld: %s\n", (long long)pp, sentence);
    else
        printf("the whole: %s\n", sentence);
}

static int run_check(int argc, char **argv)
{
    struct options o;
    struct check_report r;
    struct fail f = { 0 };

    if (!options_read(&o, "", 0, argc, argv)) return EXIT_WRONG_CALL;
    struct store *store = store_open(o.database, STORE_READ, &f);
    if (!store) return options_fail(&o, &f);
    bool fine = check_all(store, print_fault, NULL, &r, &f);
    store_close(store);
    if (!fine) {
        options_fail(&o, &f); /* what cannot even be read through is not intact */
        return EXIT_NOT_INTACT;
    }
    printf("%zu families, %zu events, %zu decisions worked out again, %zu ledger rows: ",
           r.families, r.events, r.decisions, r.entries);
    if (r.faults == 0)
        puts("all of it holds.");
    else
        printf("%zu faults.\n", r.faults);
    return r.faults ? EXIT_NOT_INTACT : EXIT_DONE;
}

const struct command command_check = {
    .name = "check",
    .line = "proves the whole database: file, event chain, overlaps, decisions, ledger",
    .help =
        "Usage: upkeep check [--db DATABASE]\n\n"
        "Reads everything and proves it: the file itself, the chain of events over the rows each\n"
        "wrote, facts and decisions that overlap, every decision worked out again to the penny,\n"
        "every plan and ledger row, the trial balance. Changes nothing. Exit status 3 when\n"
        "anything does not hold, with one line for each fault.\n",
    .run = run_check,
};
