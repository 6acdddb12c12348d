/* command_receive.c: upkeep receive: bank statements into the ledger. */
#include "app/receive.h"
#include "cli/options.h"
#include "feed/camt053.h"
#include "feed/statement_csv.h"

#include <stdio.h>
#include <string.h>

/* What came of a file so far. */
struct reading {
    struct setting setting;
    size_t what[RECEIVED_NOT_OURS + 1];
    size_t faults;
    const char *file;
};

static bool take_line(void *context, const struct feed_line *line, struct fail *f)
{
    struct reading *r = context;
    struct receipt_result result;

    arena_reset(r->setting.arena);
    if (!receipt_record(&r->setting, line, &result, f)) {
        if (f->kind != FAIL_REFUSED) return false;
        fprintf(stderr, "%s:%d: %s\n", r->file, line->line, f->text);
        return false;
    }
    r->what[result.what]++;
    return true;
}

static void take_fault(void *context, const struct feed_fault *fault)
{
    struct reading *r = context;
    fprintf(stderr, "%s:%d: %s\n", r->file, fault->line, fault->text);
    r->faults++;
}

static int receive_file(const struct options *o, struct store *store, const char *name)
{
    struct arena arena = { 0 };
    struct reading r   = { .setting = { store, &arena, o->today, "bank" }, .file = name };
    struct fail f      = { 0 };
    struct feed_summary summary;
    size_t n   = strlen(name);
    bool xml   = n > 4 && !strcmp(name + n - 4, ".xml");
    FILE *file = fopen(name, "rb");

    if (!file) {
        fprintf(stderr, "upkeep receive: %s cannot be opened.\n", name);
        return EXIT_WRONG_CALL;
    }
    struct feed_source source = { .file = file, .name = name, .account = "" };
    struct feed_sink sink     = { .context = &r, .line = take_line, .fault = take_fault };
    bool fine                 = store_begin(store, STORE_WRITING, &f) &&
                (xml ? feed_read_camt053(&source, &sink, &summary, &f)
                     : feed_read_statement_csv(&source, &sink, &summary, &f)) &&
                store_commit(store, &f);
    store_rollback(store);
    fclose(file);
    arena_free(&arena);
    if (!fine) {
        fprintf(stderr, "upkeep receive: %s: %s Nothing of it was booked.\n", name, f.text);
        return EXIT_WRONG_CALL;
    }
    printf("%s: %zu matched, %zu to suspense, %zu returned by the bank, %zu known before, %zu not "
           "receipts, %zu bad\n",
           name, r.what[RECEIVED_MATCHED], r.what[RECEIVED_SUSPENSE], r.what[RECEIVED_RETURNED],
           r.what[RECEIVED_BEFORE], r.what[RECEIVED_NOT_OURS], r.faults);
    return r.faults ? EXIT_SOME_REFUSED : EXIT_DONE;
}

static int run_receive(int argc, char **argv)
{
    struct options o;
    int status = EXIT_DONE;

    if (!options_read(&o, argc, argv)) return EXIT_WRONG_CALL;
    if (o.word_count == 0) {
        fprintf(stderr, "upkeep receive: name a bank statement: camt.053 (.xml) or CSV.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    for (int i = 0; i < o.word_count; i++) {
        int one = receive_file(&o, store, o.words[i]);
        status  = one > status ? one : status;
    }
    store_close(store);
    return status;
}

const struct command command_receive = {
    .name = "receive",
    .line = "books bank statements: camt.053 (.xml) or CSV",
    .help =
        "Usage: upkeep receive [--db DATABASE] [--today DATE] FILE...\n\n"
        "Records every line of a bank statement once: matched to a paying parent by reference or\n"
        "known account, else in suspense. The same file twice changes nothing. Bad lines are\n"
        "listed with their number and the good ones stand (exit status 1); a file that is bad as\n"
        "a whole books nothing (exit status 2).\n",
    .run = run_receive,
};
