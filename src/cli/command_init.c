/* command_init.c: making an empty database. */
#include "app/database.h"
#include "cli/command.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int run_init(int argc, char **argv)
{
    const char *name          = getenv("UPKEEP_DB");
    struct fail fail          = { 0 };
    struct database_kind kind = { 0 };

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--db") && i + 1 < argc) {
            name = argv[++i];
        } else if (!strcmp(argv[i], "--distributed")) {
            kind.is_spread = true;
        } else if (!strcmp(argv[i], "--rehearsal")) {
            kind.is_rehearsal = true;
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
    if (!database_create(name, kind, &fail)) {
        fprintf(stderr, "upkeep init: %s\n", fail.text);
        return EXIT_WRONG_CALL;
    }
    fprintf(stderr, "upkeep init: %s is ready%s.\n", name,
            kind.is_rehearsal ? ", a rehearsal: any day can be worked in it" : "");
    return EXIT_DONE;
}

const struct command command_init = {
    .name = "init",
    .line = "make an empty database",
    .help =
        "Usage: upkeep init [--db DATABASE] [--distributed] [--rehearsal]\n\n"
        "Makes an empty database, ready for the first application.  DATABASE is a file, which\n"
        "is left alone and refused if it is there already, or an empty database of a\n"
        "PostgreSQL server (postgresql://USER@HOST/NAME).  --distributed: on a server with\n"
        "the Citus extension, tables are spread over its machines by paying parent.\n\n"
        "  --rehearsal   for trying out and teaching: days that have not come yet can be\n"
        "                worked in it, which the service's own database refuses. What it is, it\n"
        "                stays; its pages say so.\n",
    .run = run_init,
};
