/* command_stop.c: upkeep stop: no money moves in bulk until `upkeep go`. */
#include "app/stop.h"
#include "cli/options.h"

#include <stdio.h>
#include <time.h>

static bool stop_job(void *context, struct store *store, struct fail *fail)
{
    const struct options *o = context;
    return stop_line(store, o->reason, o->by, time(NULL), fail);
}

static int run_stop(int argc, char **argv)
{
    struct options o;
    struct fail f = { 0 };

    if (!options_read(&o, "Rb", 0, argc, argv)) return EXIT_WRONG_CALL;
    if (!o.reason || !*o.reason) {
        fprintf(stderr, "upkeep stop: say why: --reason \"...\".\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    bool fine = store_work(store, STORE_WRITING, stop_job, &o, &f);
    store_close(store);
    return fine ? EXIT_DONE : (int)options_fail(&o, &f);
}

const struct command command_stop = {
    .name = "stop",
    .line = "stops the line: no money moves in bulk until `upkeep go`",
    .help = "Usage: upkeep stop [--db DATABASE] --reason TEXT [--by NAME]\n\n"
            "The day's run stops at its next chunk, and nothing that takes or pays money in bulk\n"
            "begins, until `upkeep go`. Who, when and why are kept, and shown by `upkeep status`\n"
            "and on the caseworkers' first page.\n",
    .run  = run_stop,
};
