/* command.h: a subcommand of upkeep.  The table in main.c is the one list: dispatch and help read
 * it. */
#pragma once

enum exit_status { EXIT_DONE = 0, EXIT_SOME_REFUSED = 1, EXIT_WRONG_CALL = 2, EXIT_NOT_INTACT = 3 };

struct command {
    const char *name;
    const char *line;                  /* one line for `upkeep help` */
    const char *help;                  /* the whole text for `upkeep help NAME` */
    int (*run)(int argc, char **argv); /* argv[0] is the subcommand's name */
};

/* Each src/cli/command_NAME.c defines `const struct command command_NAME`; build/gen/commands.h
 * lists them by name (tools/commands.mk), so that dispatch and help cannot drift from the files. */
