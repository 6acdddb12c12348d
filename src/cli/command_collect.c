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

static int run_collect(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    struct debit_result r;

    if (!options_read(&o, "tO", 0, argc, argv)) return EXIT_WRONG_CALL;
    if (!o.out) {
        fprintf(stderr, "upkeep collect: name the file to write with --out.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    struct setting s = {
        .store = store, .arena = &arena, .today = o.today, .actor = "collections"
    };
    bool fine = debit_collect(&s, false, &r, &f) && (!r.batch || batch_save(&o, &s, r.batch, &f));
    store_close(store);
    arena_free(&arena);
    if (!fine) return (int)options_fail(&o, &f);
    print_result(&o, &r);
    return EXIT_DONE;
}

const struct command command_collect = {
    .name = "collect",
    .line = "sends Direct Debit instructions and collections in a Bacs file",
    .help =
        "Usage: upkeep collect [--db DATABASE] [--today DATE] --out FILE\n\n"
        "Lodges the instructions that paying parents have signed, gives notice of amounts that "
        "are\n"
        "new, and puts what falls due in two working days, and has had its notice, into a file.\n"
        "Run it each working day. Run again on the same day with nothing new it writes the same\n"
        "file. The collections are booked by the day's run of the day they are debited; the one\n"
        "line of the bank statement in which they arrive together is known by its reference and\n"
        "not booked again. What comes back unpaid comes with `upkeep advices`.\n",
    .run = run_collect,
};
