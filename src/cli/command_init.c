/* command_init.c: making an empty database. */
#include "app/database.h"
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int run_init(int argc, char **argv)
{
    const char *name = getenv("UPKEEP_DB");
    struct fail fail = { 0 };

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--db") && i + 1 < argc) {
            name = argv[++i];
        } else {
            fprintf(stderr, "upkeep init: %s is not understood; see `upkeep help init`.\n",
                    argv[i]);
            return EXIT_WRONG_CALL;
        }
    }
    if (!name || !*name) {
        fputs("upkeep init: name the database with --db or UPKEEP_DB.\n", stderr);
        return EXIT_WRONG_CALL;
    }
    if (!database_create(name, &fail)) {
        fprintf(stderr, "upkeep init: %s\n", fail.text);
        return EXIT_WRONG_CALL;
    }
    fprintf(stderr, "upkeep init: %s is ready.\n", name);
    return EXIT_DONE;
}

const struct command command_init = {
    .name = "init",
    .line = "make an empty database",
    .help = "Usage: upkeep init [--db FILE]\n\n"
            "Makes an empty database, ready for the first application.  A file that is there\n"
            "already is left alone and refused.\n",
    .run  = run_init,
};
