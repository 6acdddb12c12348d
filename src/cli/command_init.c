/* command_init.c: making an empty database. */
#include "app/database.h"
#include "cli/command.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int run_init(int argc, char **argv)
{
    const char *name = getenv("UPKEEP_DB");
    struct fail fail = { 0 };
    bool spread      = false;

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--db") && i + 1 < argc) {
            name = argv[++i];
        } else if (!strcmp(argv[i], "--distributed")) {
            spread = true;
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
    if (!(spread ? database_spread(name, &fail) : database_create(name, &fail))) {
        fprintf(stderr, "upkeep init: %s\n", fail.text);
        return EXIT_WRONG_CALL;
    }
    fprintf(stderr, "upkeep init: %s is ready.\n", name);
    return EXIT_DONE;
}

const struct command command_init = {
    .name = "init",
    .line = "make an empty database",
    .help = "Usage: upkeep init [--db DATABASE] [--distributed]\n\n"
            "Makes an empty database, ready for the first application.  DATABASE is a file, which\n"
            "is left alone and refused if it is there already, or an empty database of a\n"
            "PostgreSQL server (postgresql://USER@HOST/NAME).  --distributed: on a server with\n"
            "the Citus extension, tables are spread over its machines by paying parent.\n",
    .run  = run_init,
};
