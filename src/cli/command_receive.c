/* command_receive.c: upkeep receive: bank statements into the ledger. */
#include "app/bank_file.h"
#include "cli/options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void print_fault(void *context, int line, const char *sentence)
{
    fprintf(stderr, "%s:%d: %s\n", (const char *)context, line, sentence);
}

static int receive_file(const struct options *o, struct store *store, char *name)
{
    struct fail f    = { 0 };
    struct setting s = { .store = store, .today = o->today, .actor = "bank" };
    struct bank_taking t;
    size_t n   = strlen(name);
    FILE *file = fopen(name, "rb");

    if (!file) {
        fprintf(stderr, "upkeep receive: %s cannot be opened: %s.\n", name, strerror(errno));
        return EXIT_WRONG_CALL;
    }
    struct bank_file bank = {
        .source  = { .file = file, .name = name, .account = "" },
        .xml     = n > 4 && !strcmp(name + n - 4, ".xml"),
        .fault   = print_fault,
        .context = name,
    };
    bool fine = bank_file_record(&s, &bank, &t, &f);
    fclose(file);
    if (!fine) {
        fprintf(stderr, "upkeep receive: %s: %s Nothing of it was booked.\n", name, f.text);
        return EXIT_WRONG_CALL;
    }
    printf("%s: %zu matched, %zu to suspense, %zu returned by the bank, %zu known before, %zu not "
           "receipts, %zu bad\n",
           name, t.number[RECEIVED_MATCHED], t.number[RECEIVED_SUSPENSE],
           t.number[RECEIVED_RETURNED], t.number[RECEIVED_BEFORE], t.number[RECEIVED_NOT_OURS],
           t.faults);
    return t.faults ? EXIT_SOME_REFUSED : EXIT_DONE;
}

static int run_receive(int argc, char **argv)
{
    struct options o;
    int status = EXIT_DONE, refused = 0;

    if (!options_read(&o, "t", argc, argc, argv)) return EXIT_WRONG_CALL;
    if (o.word_count == 0) {
        fprintf(stderr, "upkeep receive: name a bank statement: camt.053 (.xml) or CSV.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    for (int i = 0; i < o.word_count; i++) {
        int one = receive_file(&o, store, o.words[i]);
        refused += one == EXIT_WRONG_CALL;
        if (one != EXIT_DONE) status = EXIT_SOME_REFUSED;
    }
    store_close(store);
    return refused == o.word_count ? EXIT_WRONG_CALL : status;
}

const struct command command_receive = {
    .name = "receive",
    .line = "books bank statements: camt.053 (.xml) or CSV",
    .help =
        "Usage: upkeep receive [--db DATABASE] [--today DATE] FILE...\n\n"
        "Records every line of a bank statement once: matched to a paying parent by reference or\n"
        "known account, else in suspense. The same file twice changes nothing. Bad lines are\n"
        "listed with their number and the good ones stand (exit status 1); of a file that is bad\n"
        "as a whole nothing is booked (exit status 2, or 1 when another file was booked).\n",
    .run = run_receive,
};
