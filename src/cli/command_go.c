/* command_go.c: upkeep go: the line goes on. */
#include "app/stop.h"
#include "cli/options.h"

#include <time.h>

static bool go_job(void *context, struct store *store, struct fail *fail)
{
    const struct options *o = context;
    return stop_go(store, o->by, time(NULL), fail);
}

static int run_go(int argc, char **argv)
{
    struct options o;
    struct fail f = { 0 };

    if (!options_read(&o, "b", 0, argc, argv)) return EXIT_WRONG_CALL;
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    bool fine = store_work(store, STORE_WRITING, go_job, &o, &f);
    store_close(store);
    return fine ? EXIT_DONE : (int)options_fail(&o, &f);
}

const struct command command_go = {
    .name = "go",
    .line = "lets the line go on after `upkeep stop`, or after a proof that failed",
    .help =
        "Usage: upkeep go [--db DATABASE] [--by NAME]\n\n"
        "Money may move in bulk again. Nothing is run by it: start `upkeep day` next, which goes\n"
        "on where it stopped.\n",
    .run = run_go,
};
