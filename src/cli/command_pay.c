/* command_pay.c: upkeep pay: money for receiving parents leaves in a file. */
#include "cli/batch_file.h"

#include <stdio.h>
#include <string.h>

static void print_kept(void *context, const char *reference, money amount, const char *why)
{
    char text[MONEY_TEXT];
    (void)context;
    fprintf(stderr, "kept back: %s  %s  %s\n", reference, money_text(amount, text), why);
}

static void print_result(const struct options *o, const struct pay_result *r)
{
    char sum[MONEY_TEXT], kept[MONEY_TEXT];

    if (r->batch)
        printf("file %lld: %zu payments, %s%s: %s\n", (long long)r->batch, r->number,
               money_text(r->amount, sum),
               r->cut_off ? ", of a run that was cut off; run again for the rest"
               : r->again ? ", made before"
                          : "",
               o->out);
    else
        printf("nothing to pay\n");
    if (r->kept) printf("%zu kept back, %s\n", r->kept, money_text(r->kept_amount, kept));
}

static bool pay(const struct options *o, const struct setting *s, struct pay_result *r,
                struct fail *fail)
{
    struct account_tables *tables;
    struct pay_run run = { .format    = o->format ? o->format : "bacs",
                           .most      = o->chunk,
                           .kept_back = print_kept };

    if (strcmp(run.format, "bacs") != 0 && strcmp(run.format, "pain001") != 0)
        return FAIL(fail, FAIL_INPUT, "format_wrong", "--format is bacs or pain001, not %s.",
                    run.format);
    if (!batch_tables(o, s->arena, &tables, fail) ||
        !batch_begin(o, s, BATCH_PAYMENTS, &run.only_again, fail))
        return false;
    if (o->again) return batch_write_again(o, s, BATCH_PAYMENTS, fail);
    run.tables = tables;
    return pay_out(s, &run, r, fail) && (!r->batch || batch_save(o, s, r->batch, fail));
}

static int run_pay(int argc, char **argv)
{
    struct options o;
    struct arena arena  = { 0 };
    struct fail f       = { 0 };
    struct pay_result r = { .batch = 0 };

    if (!options_read(&o, "toOUMXCG", 0, argc, argv)) return EXIT_WRONG_CALL;
    bool setting = (o.user || o.account) && !o.again;
    if (!setting && !o.out) {
        fprintf(stderr, "upkeep pay: name the file to write with --out.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    struct setting s = { .store = store, .arena = &arena, .today = o.today, .actor = "payments" };
    bool fine        = (!setting || batch_sender(&o, store, &f)) && (!o.out || pay(&o, &s, &r, &f));
    store_close(store);
    arena_free(&arena);
    if (!fine) return (int)options_fail(&o, &f);
    if (o.out && !o.again) print_result(&o, &r);
    return r.kept ? EXIT_SOME_REFUSED : EXIT_DONE;
}

const struct command command_pay = {
    .name = "pay",
    .line = "sends what is held for receiving parents in a file: Bacs or pain.001",
    .help =
        "Usage: upkeep pay [--db DATABASE] [--today DATE] --user NUMBER --account ACCOUNT\n"
        "       upkeep pay [--db DATABASE] [--today DATE] [--format bacs|pain001]\n"
        "                  [--account-tables FILE] [--chunk N] --out FILE\n"
        "       upkeep pay [--db DATABASE] --again NUMBER --out FILE\n\n"
        "The first form sets the Bacs service user number and our account, written\n"
        "\"01-02-03 12345678 NAME\"; from then on the day's run hands nothing on by itself. The\n"
        "second puts everything payable into a file, books it as sent, and writes the file; run\n"
        "again on the same day with nothing new to pay it writes the same file, never a second\n"
        "payment, and never in the other format. A payee who is held or has no good account is "
        "kept back and listed, and the "
        "money\n"
        "stays theirs (exit status 1). --account-tables names the published tables of the modulus\n"
        "check; without them accounts are not checked. --chunk: families in one transaction "
        "(1000).\n"
        "The third writes an earlier file again, the same bytes. A FILE that is there already is\n"
        "refused before anything is booked, unless it is the very file that would be written; of\n"
        "two runs at once the second is refused.\n",
    .run = run_pay,
};
