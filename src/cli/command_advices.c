/* command_advices.c: upkeep advices: what Bacs and the bank say of our files. */
#include "app/advices.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

static void print_fault(void *context, int line, const char *sentence)
{
    fprintf(stderr, "%s:%d: %s\n", (const char *)context, line, sentence);
}

static int take_file(const struct options *o, struct store *store, char *name)
{
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    struct setting s   = { .store = store, .arena = &arena, .today = o->today, .actor = "bank" };
    struct advices_taking t;
    char sum[MONEY_TEXT];
    FILE *file = options_file(o, name);

    if (!file) return EXIT_WRONG_CALL;
    struct advices_file from = { .source  = { .file = file, .name = name, .account = "" },
                                 .fault   = print_fault,
                                 .context = name };
    bool fine                = advices_record(&s, &from, &t, &f);
    fclose(file);
    arena_free(&arena);
    if (!fine) {
        fprintf(stderr, "upkeep advices: %s: %s Nothing of it was recorded.\n", name, f.text);
        return EXIT_WRONG_CALL;
    }
    printf("%s: %zu payments and %zu collections came back, %s; %zu instructions ended, %zu "
           "changed; %zu known before, %zu for a person or bad\n",
           name, t.payments_back, t.collections_back, money_text(t.amount, sum),
           t.instructions_ended, t.instructions_changed, t.known, t.faults);
    return t.faults ? EXIT_SOME_REFUSED : EXIT_DONE;
}

static int run_advices(int argc, char **argv)
{
    struct options o;
    int status = EXIT_DONE, refused = 0;

    if (!options_read(&o, "t", argc, argc, argv)) return EXIT_WRONG_CALL;
    if (o.word_count == 0) {
        fprintf(stderr, "upkeep advices: name a report: AUDDIS, ADDACS, ARUDD, ARUCS or "
                        "pain.002.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    for (int i = 0; i < o.word_count; i++) {
        int one = take_file(&o, store, o.words[i]);
        refused += one == EXIT_WRONG_CALL;
        if (one != EXIT_DONE) status = EXIT_SOME_REFUSED;
    }
    store_close(store);
    return refused == o.word_count ? EXIT_WRONG_CALL : status;
}

const struct command command_advices = {
    .name = "advices",
    .line = "takes what banks say of payments and collections: Bacs reports, pain.002",
    .help =
        "Usage: upkeep advices [--db DATABASE] [--today DATE] FILE...\n\n"
        "Reads the reports AUDDIS, ADDACS, ARUDD and ARUCS of Bacs and the status report "
        "pain.002.\n"
        "A payment that came back is payable again and its payee is held; a collection that was\n"
        "not paid is taken back and counts as missed from its own day; an instruction that the\n"
        "bank ended or moved is ended or moved. The same report twice changes nothing. What needs\n"
        "a person, and bad lines, are listed with their number (exit status 1); of a report that "
        "is\n"
        "bad as a whole nothing is recorded (exit status 2).\n",
    .run = run_advices,
};
