/* command_receive.c: upkeep receive: bank statements into the ledger. */
#include "app/bank_file.h"
#include "app/employer_file.h"
#include "cli/options.h"

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
    FILE *file = options_file(o, name);

    if (!file) return EXIT_WRONG_CALL;
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

static int announced_file(const struct options *o, struct store *store, char *name)
{
    struct fail f    = { 0 };
    struct setting s = { .store = store,
                         .today = o->today,
                         .actor = o->benefit ? "benefit office" : "employer" };
    struct announced_taking t;
    char sum[MONEY_TEXT];
    size_t n   = strlen(name);
    bool xml   = n > 4 && !strcmp(name + n - 4, ".xml");
    FILE *file = options_file(o, name);

    if (!file) return EXIT_WRONG_CALL;
    struct employer_file in = {
        .source  = { .file = file, .name = name },
        .format  = o->benefit ? EMPLOYER_BENEFIT
                   : xml      ? EMPLOYER_XML
                              : EMPLOYER_CSV,
        .fault   = print_fault,
        .context = name,
    };
    bool fine = employer_file_record(&s, &in, &t, &f);
    fclose(file);
    if (!fine) {
        fprintf(stderr, "upkeep receive: %s: %s Nothing of it was recorded.\n", name, f.text);
        return EXIT_WRONG_CALL;
    }
    printf("%s: %zu announced (%s), %zu of them short, %zu known before, %zu bad%s\n", name,
           t.number[ANNOUNCED_NEW], money_text(t.amount[ANNOUNCED_NEW], sum), t.short_count,
           t.number[ANNOUNCED_BEFORE], t.faults,
           t.agreed ? "" : "; the control total could not be compared");
    return t.faults ? EXIT_SOME_REFUSED : EXIT_DONE;
}

static int run_receive(int argc, char **argv)
{
    struct options o;
    int status = EXIT_DONE, refused = 0;

    if (!options_read(&o, "teD", argc, argc, argv)) return EXIT_WRONG_CALL;
    if (o.word_count == 0) {
        fprintf(stderr, "upkeep receive: name a bank statement: camt.053 (.xml) or CSV.\n");
        return EXIT_WRONG_CALL;
    }
    if (o.employer && o.benefit) {
        fprintf(stderr, "upkeep receive: --employer or --benefit, not both.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    for (int i = 0; i < o.word_count; i++) {
        int one = o.employer || o.benefit ? announced_file(&o, store, o.words[i])
                                          : receive_file(&o, store, o.words[i]);
        refused += one == EXIT_WRONG_CALL;
        if (one != EXIT_DONE) status = EXIT_SOME_REFUSED;
    }
    store_close(store);
    return refused == o.word_count ? EXIT_WRONG_CALL : status;
}

const struct command command_receive = {
    .name = "receive",
    .line = "books bank statements; records employers' and benefit offices' files",
    .help =
        "Usage: upkeep receive [--db DATABASE] [--today DATE] [--employer | --benefit] FILE...\n\n"
        "Records every line of a bank statement once: matched to a paying parent by reference or\n"
        "known account, else in suspense. The same file twice changes nothing. Bad lines are\n"
        "listed with their number and the good ones stand (exit status 1); of a file that is bad\n"
        "as a whole nothing is booked (exit status 2, or 1 when another file was booked).\n\n"
        "  --employer  the files are employers' payment schedules (.xml, or CSV)\n"
        "  --benefit   the files are a benefit office's (CSV)\n\n"
        "What was deducted is kept on each family's record as announced; the ledger waits for the\n"
        "bank payment (doc/employer-files.md).\n",
    .run = run_receive,
};
