/* command_day.c: upkeep day: the day's run for every family. */
#include "app/day.h"
#include "cli/options.h"

#include <stdio.h>
#include <unistd.h>

static void show_progress(void *context, size_t done, size_t all)
{
    (void)context;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%zu of %zu families%s", done, all, done == all ? "\n" : "");
}

static int run_day(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };

    if (!options_read(&o, "tq", 0, argc, argv)) return EXIT_WRONG_CALL;
    struct store *store = options_open(&o, STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    struct setting s = { .store = store, .arena = &arena, .today = o.today, .actor = "day" };
    bool fine        = store_set_bulk(store, true, &f) &&
                day_run_all(&s, o.quiet ? NULL : show_progress, NULL, &f);
    store_close(store);
    arena_free(&arena);
    return fine ? EXIT_DONE : (int)options_fail(&o, &f);
}

const struct command command_day = {
    .name = "day",
    .line = "the day's run: charge, collect, find what was missed, pay out",
    .help =
        "Usage: upkeep day [--db DATABASE] [--today DATE] [--quiet]\n\n"
        "Charges what falls due, uses what came in, finds what was missed and pays out, family by\n"
        "family. Cut off anywhere and started again it loses and doubles nothing.\n",
    .run = run_day,
};
