/* main.c: one executable with subcommands.  Data goes to standard output, messages to standard
 * error. */
#include "cli/clock.h"
#include "cli/command.h"
#include "cli/help_text.h"

#include <stdio.h>
#include <string.h>

#define UPKEEP_VERSION "0.1.0"

#define COMMAND(name) extern const struct command command_##name;
#include "commands.h"
#undef COMMAND

static int run_help(int argc, char **argv);

static const struct command command_help = {
    .name = "help",
    .line = "this list, or one command in full: upkeep help NAME",
    .help = "Usage: upkeep help [NAME]\n",
    .run  = run_help,
};
static const struct command *const commands[] = {
    &command_help,
#define COMMAND(name) &command_##name,
#include "commands.h"
#undef COMMAND
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct command *command_find(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (!strcmp(commands[i]->name, name)) return commands[i];
    return NULL;
}

static void list_commands(FILE *to)
{
    fprintf(to, "Upkeep: a statutory child maintenance service in one program.\n\n"
                "Usage: upkeep COMMAND [ARGUMENTS]\n\n");
    for (int i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-10s %s\n", commands[i]->name, commands[i]->line);
    fprintf(
        to,
        "\n`upkeep help NAME` tells all about one. The database is named by --db or UPKEEP_DB.\n"
        "Exit status: 0 done; 1 done, but some records were refused; 2 the call or the input\n"
        "was wrong and nothing was changed; 3 an integrity check failed.\n");
}

static int no_command(const char *name)
{
    fprintf(stderr, "upkeep: there is no command %s. `upkeep help` lists them.\n", name);
    return EXIT_WRONG_CALL;
}

static int run_help(int argc, char **argv)
{
    const struct command *c = argc > 1 ? command_find(argv[1]) : NULL;

    if (argc > 1 && !c) return no_command(argv[1]);
    if (argc > 2) {
        fprintf(stderr, "upkeep help: %s is one word too many.\n", argv[2]);
        return EXIT_WRONG_CALL;
    }
    if (c)
        help_text_print(stdout, c->help);
    else
        list_commands(stdout);
    return EXIT_DONE;
}

/* What was printed has arrived, or the call has failed: a full disk must not pass for done. */
static int run_command(const struct command *c, int argc, char **argv)
{
    int status = c->run(argc, argv);

    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    fprintf(stderr, "upkeep %s: standard output cannot be written.\n", c->name);
    return status == EXIT_NOT_INTACT ? status : EXIT_WRONG_CALL;
}

int main(int argc, char **argv)
{
    clock_start();
    if (argc < 2) {
        list_commands(stderr);
        return EXIT_WRONG_CALL;
    }
    if (argc == 2 && !strcmp(argv[1], "--version")) {
        puts("upkeep " UPKEEP_VERSION);
        return EXIT_DONE;
    }
    if (argc == 2 && !strcmp(argv[1], "--help")) return run_command(&command_help, 1, argv);
    const struct command *c = command_find(argv[1]);
    if (!c) return no_command(argv[1]);
    if (argc == 3 && !strcmp(argv[2], "--help")) {
        help_text_print(stdout, c->help);
        return EXIT_DONE;
    }
    return run_command(c, argc - 1, argv + 1);
}
