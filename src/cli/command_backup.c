/* command_backup.c: upkeep backup: a copy while others go on working. */
#include "cli/options.h"

#include <stdio.h>

static int run_backup(int argc, char **argv)
{
    struct options o;
    struct fail f = { 0 };

    if (!options_read(&o, "", 1, argc, argv)) return EXIT_WRONG_CALL;
    if (o.word_count == 0) {
        fprintf(stderr, "upkeep backup: name the file to write.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    int status = store_backup_to(store, o.words[0], &f) ? EXIT_DONE : (int)options_fail(&o, &f);
    store_close(store);
    if (status == EXIT_DONE) fprintf(stderr, "upkeep backup: %s is written.\n", o.words[0]);
    return status;
}

const struct command command_backup = {
    .name = "backup",
    .line = "a copy of the database, while others go on working",
    .help = "Usage: upkeep backup [--db DATABASE] FILE\n\n"
            "Writes the database as it is now to FILE, which is there whole or not at all. A file\n"
            "that is there already is refused. FILE is a database: prove it with `upkeep check`.\n",
    .run  = run_backup,
};
