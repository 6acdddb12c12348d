/* command_token.c: upkeep token: what programs come in with. */
#include "cli/options.h"
#include "sql.h"
#include "web/moment.h"
#include "web/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAYS_USUAL = 90 };

struct call {
    const char *database, *verb, *account, *number, *name, *scopes;
    int64_t days, now;
    struct store *store;
    struct arena *arena;
    struct fail fail;
};

static int wrong_call(const char *what)
{
    fprintf(stderr, "upkeep token: %s See `upkeep help token`.\n", what);
    return EXIT_WRONG_CALL;
}

/* "case.read,money.read" */
static bool scopes_parse(struct call *call, uint32_t *scopes)
{
    *scopes = 0;
    for (const char *at = call->scopes; *at;) {
        size_t n         = strcspn(at, ", ");
        const char *name = arena_text(call->arena, at, n);
        enum scope s     = scope_find(name);
        if (s == SCOPES) return REFUSE(&call->fail, "token_scope", "There is no scope %s.", name);
        *scopes |= 1u << s;
        at += n + strspn(at + n, ", ");
    }
    return true;
}

static bool token_add(struct call *call)
{
    struct program_new new = { .account = call->account, .name = call->name, .days = call->days };
    const char *token;

    if (!scopes_parse(call, &new.scopes)) return false;
    bool done = store_begin(call->store, STORE_WRITING, &call->fail) &&
                program_add(call->store, call->arena, &new, call->now, &token, &call->fail) &&
                store_commit(call->store, &call->fail);
    store_rollback(call->store);
    if (done) printf("%s\n", token);
    return done;
}

static bool token_list(struct call *call)
{
    struct sql_program_list_all_row *rows;
    size_t n;

    if (!sql_program_list_all(call->store, call->arena, &rows, &n, &call->fail)) return false;
    for (size_t i = 0; i < n; i++) {
        const struct sql_program_list_all_row *t = &rows[i];
        if (call->account && strcmp(call->account, t->account)) continue;
        printf("%s\t%lld\t%s\t%s\t%s\t%s\t%s\n", t->account, (long long)t->number, t->name,
               t->scopes, moment_day(call->arena, t->ends_at),
               t->seen ? moment_words(call->arena, t->seen) : "never",
               t->ended                  ? "revoked"
               : t->ends_at <= call->now ? "ended"
                                         : "open");
    }
    return true;
}

static bool token_do(struct call *call)
{
    if (!strcmp(call->verb, "add")) return token_add(call);
    if (!strcmp(call->verb, "list")) return token_list(call);
    bool done = store_begin(call->store, STORE_WRITING, &call->fail) &&
                program_revoke(call->store, call->account, strtoll(call->number, NULL, 10),
                               call->now, &call->fail) &&
                store_commit(call->store, &call->fail);
    store_rollback(call->store);
    return done;
}

static bool verb_known(const struct call *c)
{
    if (!c->verb) return false;
    if (!strcmp(c->verb, "add")) return c->account && !c->number && c->name && c->scopes;
    if (!strcmp(c->verb, "list")) return !c->number && !c->name && !c->scopes;
    return !strcmp(c->verb, "revoke") && c->number && !c->name && !c->scopes &&
           strlen(c->number) < 10 && strspn(c->number, "0123456789") == strlen(c->number);
}

static int run_token(int argc, char **argv)
{
    static const struct option names[] = {
        { "db", required_argument, NULL, 'd' },
        { "name", required_argument, NULL, 'n' },
        { "scopes", required_argument, NULL, 's' },
        { "days", required_argument, NULL, 'y' },
        { NULL, 0, NULL, 0 },
    };
    struct arena arena = { 0 };
    struct call call   = { .database = getenv("UPKEEP_DB"),
                           .days     = DAYS_USUAL,
                           .now      = (int64_t)time(NULL),
                           .arena    = &arena };

    optind = 1;
    for (int c; (c = options_next(argc, argv, names)) != -1;) {
        if (c == 'd')
            call.database = optarg;
        else if (c == 'n')
            call.name = optarg;
        else if (c == 's')
            call.scopes = optarg;
        else if (c == 'y')
            call.days = strspn(optarg, "0123456789") == strlen(optarg) && strlen(optarg) < 9
                            ? strtoll(optarg, NULL, 10)
                            : 0;
        else
            return EXIT_WRONG_CALL;
    }
    call.verb    = optind < argc ? argv[optind++] : NULL;
    call.account = optind < argc ? argv[optind++] : NULL;
    call.number  = optind < argc ? argv[optind++] : NULL;
    if (optind < argc || !verb_known(&call))
        return wrong_call("say add ACCOUNT --name WORDS --scopes LIST, list, or revoke ACCOUNT "
                          "NUMBER.");
    if (!call.database) return wrong_call("name the database with --db or UPKEEP_DB.");
    call.store = store_open(call.database, STORE_WRITE, &call.fail);
    bool done  = call.store && token_do(&call);
    store_close(call.store);
    arena_free(&arena);
    if (!done) fprintf(stderr, "upkeep token: %s\n", call.fail.text);
    return done ? EXIT_DONE : EXIT_WRONG_CALL;
}

const struct command command_token = {
    .name = "token",
    .line = "what programs come in with over HTTP",
    .help = "Usage: upkeep token add ACCOUNT --name WORDS --scopes LIST [--days 90]\n"
            "                        [--db DATABASE]\n"
            "       upkeep token list [ACCOUNT]\n"
            "       upkeep token revoke ACCOUNT NUMBER\n\n"
            "add makes a token for a program and prints it once. It speaks for the account,\n"
            "opens what its scopes say and never more than the account may, and ends after\n"
            "that many days (at most 366). The database keeps its hash.\n\n"
            "Scopes, with commas between them: calculate, case.read, money.read, letter.read,\n"
            "work.read, events.read, fact.write, decision.write, money.write, own.read.\n\n"
            "list prints account, number, name, scopes, last day, last use and state.\n"
            "What a token opens and how: doc/api.md.\n",
    .run  = run_token,
};
