/* command_collect.c: upkeep collect: Direct Debit collections in a file. */
#include "app/debit.h"
#include "cli/batch_file.h"

#include <stdio.h>

static void print_result(const struct options *o, const struct debit_result *r)
{
    char sum[MONEY_TEXT];

    if (r->batch)
        printf("file %lld: %s to collect%s: %s\n", (long long)r->batch, money_text(r->amount, sum),
               r->cut_off ? ", of a run that was cut off; run again for the rest"
               : r->again ? ", made before"
                          : "",
               o->out);
    else
        printf("nothing to collect\n");
    printf("%zu instructions lodged, %zu ended, %zu notices given, %zu waiting for their notice\n",
           r->lodged, r->cancelled, r->notices, r->waiting);
    if (r->not_told)
        printf("%zu cannot be given notice and are not collected: no address\n", r->not_told);
}

static bool collect(const struct options *o, const struct setting *s, struct debit_result *r,
                    struct fail *fail)
{
    struct debit_run run = { .inside = false };

    if (!batch_begin(o, s, BATCH_COLLECTIONS, &run.only_again, fail)) return false;
    if (o->again) return batch_write_again(o, s, BATCH_COLLECTIONS, fail);
    return debit_collect(s, run, r, fail) && (!r->batch || batch_save(o, s, r->batch, fail));
}

static int run_collect(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    struct debit_result r;

    if (!options_read(&o, "tOG", 0, argc, argv)) return EXIT_WRONG_CALL;
    if (!o.out) {
        fprintf(stderr, "upkeep collect: name the file to write with --out.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    struct setting s = {
        .store = store, .arena = &arena, .today = o.today, .actor = "collections"
    };
    bool fine = collect(&o, &s, &r, &f);
    store_close(store);
    arena_free(&arena);
    if (!fine) return (int)options_fail(&o, &f);
    if (!o.again) print_result(&o, &r);
    return EXIT_DONE;
}

const struct command command_collect = {
    .name = "collect",
    .line = "sends Direct Debit instructions and collections in a Bacs file",
    .help =
        "Usage: upkeep collect [--db DATABASE] [--today DATE] --out FILE\n"
        "       upkeep collect [--db DATABASE] --again NUMBER --out FILE\n\n"
        "Lodges the instructions that paying parents have signed, gives notice of amounts that "
        "are\n"
        "new, and puts what falls due in two working days, and has had its notice, into a file.\n"
        "Run it each working day. Run again on the same day with nothing new it writes the same\n"
        "file. The collections are booked by the day's run of the day they are debited; the one\n"
        "line of the bank statement in which they arrive together is known by its reference and\n"
        "not booked again. What comes back unpaid comes with `upkeep advices`. The second form\n"
        "writes an earlier file again, the same bytes. A FILE that is there already is refused\n"
        "before anything is booked, unless it is the very file that would be written; of two runs\n"
        "at once the second is refused.\n",
    .run = run_collect,
};
