/* command_receive.c: upkeep receive: bank statements into the ledger. */
#include "app/bank_file.h"
#include "app/card.h"
#include "app/employer_file.h"
#include "app/suspense_settle.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

static void print_fault(void *context, int line, const char *sentence)
{
    fprintf(stderr, "%s:%d: %s\n", (const char *)context, line, sentence);
}

static void print_remark(void *context, int line, const char *sentence)
{
    fprintf(stderr, "%s:%d: to ask about: %s\n", (const char *)context, line, sentence);
}

/* account: whose statement a CSV file is: "" our bank account's, else the card provider's. */
static int receive_file(const struct options *o, struct store *store, char *name,
                        const char *account)
{
    struct fail f    = { 0 };
    struct setting s = { .store = store, .today = o->today, .actor = "bank" };
    struct bank_taking t;
    size_t n   = strlen(name);
    FILE *file = options_file(o, name);

    if (!file) return EXIT_WRONG_CALL;
    struct bank_file bank = {
        .source  = { .file = file, .name = name, .account = account },
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
    printf("%s: %zu matched, %zu to suspense, %zu returned by the %s, %zu known before, %zu not "
           "receipts, %zu bad\n",
           name, t.number[RECEIVED_MATCHED], t.number[RECEIVED_SUSPENSE],
           t.number[RECEIVED_RETURNED], o->card ? "card provider" : "bank",
           t.number[RECEIVED_BEFORE], t.number[RECEIVED_NOT_OURS], t.faults);
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
        .remark  = print_remark,
        .context = name,
    };
    bool fine = employer_file_record(&s, &in, &t, &f);
    fclose(file);
    if (!fine) {
        fprintf(stderr, "upkeep receive: %s: %s Nothing of it was recorded.\n", name, f.text);
        return EXIT_WRONG_CALL;
    }
    printf("%s: %zu announced (%s), %zu of them short, %zu known before, %zu bad", name,
           t.number[ANNOUNCED_NEW], money_text(t.amount[ANNOUNCED_NEW], sum), t.short_count,
           t.number[ANNOUNCED_BEFORE], t.faults);
    if (t.remarks) printf(", %zu to ask about", t.remarks);
    printf("%s\n", t.agreed ? "" : "; the control total could not be compared");
    return t.faults ? EXIT_SOME_REFUSED : EXIT_DONE;
}

struct provider_order {
    const struct options *options;
    size_t settled; /* answer: payouts that were in suspense */
};

static bool provider_job(void *context, struct store *store, struct fail *fail)
{
    struct provider_order *p = context;
    const struct options *o  = p->options;
    struct arena arena       = { 0 };
    struct setting s         = { store, &arena, o->today, "operator" };
    bool fine                = card_provider_set(store, o->provider, o->is_new, fail) &&
                suspense_settle_payouts(&s, &p->settled, fail);

    arena_free(&arena);
    return fine;
}

static int provider_set(const struct options *o)
{
    struct provider_order order = { .options = o };
    struct fail f               = { 0 };
    struct store *store         = options_open(o, STORE_WRITE);

    if (!store) return EXIT_WRONG_CALL;
    bool fine = store_work(store, STORE_WRITING, provider_job, &order, &f);
    store_close(store);
    if (!fine) return (int)options_fail(o, &f);
    printf("Money in from %s is from now on what the card provider pays out: no receipt. Read its "
           "own file with --card.\n%s",
           o->provider,
           o->is_new ? "It is another provider than before.\n"
                     : "It is the provider there was, if there was one: what was read of it stays "
                       "known. Another one is named with --new.\n");
    if (order.settled)
        printf("%zu payouts of that name, read before, were taken out of suspense.\n",
               order.settled);
    return EXIT_DONE;
}

static int run_receive(int argc, char **argv)
{
    struct options o;
    struct arena arena  = { 0 };
    struct fail f       = { 0 };
    const char *account = "";
    int status = EXIT_DONE, refused = 0;

    if (!options_read(&o, "teDKVN", argc, argc, argv)) return EXIT_WRONG_CALL;
    if (o.provider && !o.word_count) return provider_set(&o);
    if (o.word_count == 0) {
        fprintf(stderr, "upkeep receive: name a bank statement: camt.053 (.xml) or CSV.\n");
        return EXIT_WRONG_CALL;
    }
    if (o.employer + o.benefit + o.card + (o.provider != NULL) > 1) {
        fprintf(stderr,
                "upkeep receive: --employer, --benefit or --card, not both; --card-provider "
                "is a call of its own.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    if (o.card && !card_account(store, &arena, &account, &f)) {
        store_close(store);
        return options_fail(&o, &f);
    }
    for (int i = 0; i < o.word_count; i++) {
        int one = o.employer || o.benefit ? announced_file(&o, store, o.words[i])
                                          : receive_file(&o, store, o.words[i], account);
        refused += one == EXIT_WRONG_CALL;
        if (one != EXIT_DONE) status = EXIT_SOME_REFUSED;
    }
    store_close(store);
    arena_free(&arena);
    return refused == o.word_count ? EXIT_WRONG_CALL : status;
}

const struct command command_receive = {
    .name = "receive",
    .line = "books bank statements; records employers' and benefit offices' files",
    .help =
        "Usage: upkeep receive [--db DATABASE] [--today DATE] [--employer | --benefit | --card]\n"
        "                      FILE...\n"
        "       upkeep receive [--db DATABASE] --card-provider NAME [--new]\n\n"
        "Records every line of a bank statement once: matched to a paying parent by reference or\n"
        "known account, else in suspense. The same file twice changes nothing. Bad lines are\n"
        "listed with their number and the good ones stand (exit status 1); of a file that is bad\n"
        "as a whole nothing is booked (exit status 2, or 1 when another file was booked).\n\n"
        "  --employer  the files are employers' payment schedules (.xml, or CSV)\n"
        "  --benefit   the files are a benefit office's (CSV)\n"
        "  --card      the files are the card provider's: payments taken by card (CSV)\n\n"
        "What was deducted is kept on each family's record as announced; the ledger waits for the\n"
        "bank payment (doc/employer-files.md). What was taken by card is booked from the "
        "provider's\n"
        "file; what the provider pays out to the bank, from an account of the name given by\n"
        "--card-provider, is then no receipt (doc/bank-files.md). That name can be corrected: it "
        "is\n"
        "the same provider, and what was read of it stays known. --new says that it is another.\n",
    .run = run_receive,
};
