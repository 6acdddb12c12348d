/* command_move.c: upkeep move: a database copied to another place and the copy proved. */
#include "cli/options.h"
#include "store/move.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

struct moving {
    bool quiet, shows;
    int64_t rows;
    int proved;
};

static void progress(void *context, const struct move_table *t, bool is_proved)
{
    struct moving *m = context;

    if (!is_proved) {
        m->rows += t->rows;
        if (m->shows) fprintf(stderr, "copied %s: %" PRId64 " rows\n", t->name, t->rows);
        return;
    }
    m->proved++;
    if (!m->quiet) printf("%-24s %12" PRId64 " rows  sha256 %s\n", t->name, t->rows, t->digest);
}

static int run_move(int argc, char **argv)
{
    static const struct option names[] = { { "quiet", no_argument, NULL, 'q' }, { 0 } };
    struct moving m                    = { .shows = isatty(STDERR_FILENO) };
    struct fail f                      = { 0 };

    for (int c; (c = options_next(argc, argv, names)) != -1; m.quiet = true)
        if (c == '?') return EXIT_WRONG_CALL;
    argc -= optind;
    argv += optind;
    if (argc != 2) {
        fputs("upkeep move: name the database and the place for its copy; see `upkeep help "
              "move`.\n",
              stderr);
        return EXIT_WRONG_CALL;
    }
    bool fine = store_move(argv[0], argv[1], progress, &m, &f);
    fflush(stdout); /* the sentence comes after the list, wherever both go */
    if (!fine) {
        fprintf(stderr, "upkeep move: %s\n", f.text);
        return f.kind == FAIL_INTEGRITY ? EXIT_NOT_INTACT : EXIT_WRONG_CALL;
    }
    fprintf(stderr,
            "\nupkeep move: %d tables, %" PRId64 " rows: the copy is the same, row by row. "
            "`upkeep check` works it all out again.\n",
            m.proved, m.rows);
    return EXIT_DONE;
}

const struct command command_move = {
    .name = "move",
    .line = "copy a database from SQLite to PostgreSQL or back, and prove the copy",
    .help = "Usage: upkeep move [--quiet] FROM TO\n\n"
            "Copies the database FROM, as it is now, to TO: each a file or a server's address\n"
            "(postgresql://...). TO must be a new file or a database without tables. Then it\n"
            "reads the copy back and compares the number of rows and a digest of every table,\n"
            "which it prints. Until all are the same, no program opens TO; a move that was cut\n"
            "short is run again and starts over. FROM is not changed, but what is written to it\n"
            "meanwhile is not in the copy: stop the service first if you mean to go over to TO.\n",
    .run  = run_move,
};
