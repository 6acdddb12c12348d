/* command_simulate.c: upkeep simulate: others that the service speaks with, made up. */
#include "card/simulator.h"
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

static int wrong_call(const char *what)
{
    fprintf(stderr, "upkeep simulate: %s See `upkeep help simulate`.\n", what);
    return EXIT_WRONG_CALL;
}

static bool number_read(const char *text, long most, long *number)
{
    char *end;

    *number = strtol(text, &end, 10);
    return *text && !*end && *number >= 0 && *number <= most;
}

static int run_simulate(int argc, char **argv)
{
    enum { PORT_MOST = 65535, EXPIRES_MOST = 1000000 };
    static const struct option names[] = {
        { "port", required_argument, NULL, 'p' },
        { "page", required_argument, NULL, 'g' },
        { "secret", required_argument, NULL, 's' },
        { "notify", required_argument, NULL, 'n' },
        { "key", required_argument, NULL, 'k' },
        { "expires", required_argument, NULL, 'e' },
        { NULL, 0, NULL, 0 },
    };
    struct simulator_options o = { .secret = "pretend", .key = "pretend" };
    struct fail f              = { 0 };
    long port = 0, expires = 0;

    optind = 1;
    for (int c; (c = options_next(argc, argv, names)) != -1;) {
        switch (c) {
        case 'p':
            if (!number_read(optarg, PORT_MOST, &port)) return wrong_call("--port is a port.");
            break;
        case 'g': o.page = optarg; break;
        case 's': o.secret = optarg; break;
        case 'n': o.notify = optarg; break;
        case 'k': o.key = optarg; break;
        case 'e':
            if (!number_read(optarg, EXPIRES_MOST, &expires))
                return wrong_call("--expires is a number of seconds.");
            break;
        default: return EXIT_WRONG_CALL;
        }
    }
    if (optind + 1 != argc || strcmp(argv[optind], "card") != 0)
        return wrong_call("say whom: card.");
    o.port    = (uint16_t)port;
    o.expires = expires;
    if (simulator_run(&o, &f)) return EXIT_DONE;
    fprintf(stderr, "upkeep simulate: %s\n", f.text);
    return EXIT_WRONG_CALL;
}

const struct command command_simulate = {
    .name = "simulate",
    .line = "somebody the service speaks with, made up: a card provider",
    .help =
        "Usage: upkeep simulate card [--port PORT] [--page ORIGIN] [--secret KEY]\n"
        "                            [--notify ADDRESS] [--key KEY] [--expires SECONDS]\n\n"
        "Serves a card provider that is made up, on this machine alone, until it is told to stop:\n"
        "its API, the page on which a card is given (with the numbers it knows and what each\n"
        "does), a page on which it can be made to fail, and its file of what was taken. What it\n"
        "has is in memory.\n\n"
        "  --port     0 takes a free one and says which.\n"
        "  --page     the origin of its pages, when browsers reach it by another name.\n"
        "  --secret   the key of its API; pretend unless told.\n"
        "  --notify   sends a notice there, twice, whenever something became of a payment.\n"
        "  --key      what the notices are signed with; pretend unless told.\n"
        "  --expires  how long a payment can be finished; 90 minutes unless told.\n",
    .run = run_simulate,
};
