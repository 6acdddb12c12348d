/* command_serve.c: upkeep serve. */
#include "card/http.h"
#include "cli/clock.h"
#include "cli/options.h"
#include "web/key.h"
#include "web/place.h"
#include "web/provider.h"
#include "web/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int wrong_call(const char *what)
{
    fprintf(stderr, "upkeep serve: %s See `upkeep help serve`.\n", what);
    return EXIT_WRONG_CALL;
}

/* Whether the pages may work on that day; a database that cannot be opened is the server's to say.
 */
static bool today_allowed(const struct server_options *o, struct fail *f)
{
    struct fail ignored;
    struct store *store = o->has_today ? store_open(o->database, STORE_READ, &ignored) : NULL;
    bool fine           = !o->has_today || clock_allows(store, o->today, f);

    store_close(store);
    return fine;
}

static int run_serve(int argc, char **argv)
{
    static const struct option names[] = {
        { "db", required_argument, NULL, 'd' },
        { "listen", required_argument, NULL, 'l' },
        { "today", required_argument, NULL, 't' },
        { "secure", no_argument, NULL, 's' },
        { "create", no_argument, NULL, 'c' },
        { "log", no_argument, NULL, 'v' },
        { "key", required_argument, NULL, 'k' },
        { "address", required_argument, NULL, 'a' },
        { "providers", required_argument, NULL, 'p' },
        { "card", required_argument, NULL, 'C' },
        { NULL, 0, NULL, 0 },
    };
    struct server_options o = { .database = getenv("UPKEEP_DB"),
                                .listen   = "127.0.0.1:8000",
                                .clock    = clock_today };
    const char *key = getenv("UPKEEP_KEY"), *address = NULL, *providers = NULL;
    const char *card = getenv("UPKEEP_CARD");
    struct fail f    = { 0 };

    optind = 1;
    for (int c; (c = options_next(argc, argv, names)) != -1;) {
        switch (c) {
        case 'd': o.database = optarg; break;
        case 'l': o.listen = optarg; break;
        case 'c': o.create = true; break;
        case 's': o.secure = true; break;
        case 'v': o.log = true; break;
        case 'k': key = optarg; break;
        case 'a': address = optarg; break;
        case 'p': providers = optarg; break;
        case 'C': card = optarg; break;
        case 't':
            o.has_today = date_parse(optarg, strlen(optarg), &o.today);
            if (!o.has_today) return wrong_call("--today needs a date such as 2026-11-22.");
            break;
        default: return EXIT_WRONG_CALL;
        }
    }
    if (optind < argc) return wrong_call("there is a word too many.");
    if (!o.database) return wrong_call("name the database with --db or UPKEEP_DB.");
    if (providers && !address)
        return wrong_call("--providers needs --address, to which they send people back.");
    if ((!key || key_load(key, &f)) && (!address || place_set(address, &f)) &&
        (!providers || provider_load(providers, &f)) && (!card || http_gateway_load(card, &f)) &&
        today_allowed(&o, &f) && server_run(&o, &f))
        return EXIT_DONE;
    fprintf(stderr, "upkeep serve: %s\n", f.text);
    return EXIT_WRONG_CALL;
}

const struct command command_serve = {
    .name = "serve",
    .line = "the web pages: the public calculator and the caseworkers' desk",
    .help =
        "Usage: upkeep serve [--db DATABASE] [--listen ADDRESS:PORT] [--create] [--today DATE]\n"
        "                    [--secure] [--log] [--key FILE] [--address URL]\n"
        "                    [--providers FILE] [--card FILE]\n\n"
        "Serves the pages until it is told to stop (SIGINT, SIGTERM).\n\n"
        "  --create   makes the database if there is none.\n"
        "  --listen   where; 127.0.0.1:8000 unless told. Port 0 takes a free one and says which.\n"
        "  --today    works as if it were this day, for demonstrations and tests; every page says "
        "so.\n"
        "             A day that has not come yet only in a rehearsal (upkeep init --rehearsal).\n"
        "  --secure   browsers reach it through TLS (a proxy in front): cookies are marked for "
        "it.\n"
        "  --key      the file with the key that secrets are sealed with, or UPKEEP_KEY names it:\n"
        "             32 random bytes that only you may read. Without it there is no second step\n"
        "             when signing in (doc/access.md).\n"
        "  --address  the address that browsers use, such as https://upkeep.example.\n"
        "  --providers  a file that names those with whom people may sign in too (OpenID "
        "Connect):\n"
        "             doc/running.md. It has their secrets: only you may read it.\n"
        "  --card     the file with the settings of the card provider (doc/card.md), or "
        "UPKEEP_CARD "
        "names\n"
        "             it. Without it nobody can pay by card online.\n"
        "  --log      one JSON line for each request on standard error, without addresses or "
        "names.\n",
    .run = run_serve,
};
