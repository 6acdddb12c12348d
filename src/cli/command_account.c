/* command_account.c: upkeep account: who may sign in to the web pages. */
#include "app/door.h"
#include "app/invite.h"
#include "cli/clock.h"
#include "cli/options.h"
#include "sql.h"
#include "web/account.h"
#include "web/code.h"
#include "web/invite_page.h"
#include "web/moment.h"
#include "web/provider_link.h"
#include "web/second.h"
#include "web/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct call {
    const char *database, *role, *verb, *name, *ref, *subject, *why, *person;
    date today;
    bool generate;
    struct store *store;
    struct arena *arena;
    struct fail fail;
};

static int wrong_call(const char *what)
{
    fprintf(stderr, "upkeep account: %s See `upkeep help account`.\n", what);
    return EXIT_WRONG_CALL;
}

/* The password: made here and shown once, or one line of standard input. */
static bool password_get(struct call *call, const char **password)
{
    char line[PASSWORD_MOST * 2];
    size_t n;

    if (call->generate) {
        *password = account_password_new(call->arena);
        return true;
    }
    if (isatty(STDIN_FILENO)) fprintf(stderr, "Password (it will be seen; --generate makes one): ");
    if (!fgets(line, sizeof line, stdin))
        return FAIL(&call->fail, FAIL_INPUT, "password",
                    "Give the password on standard input, or say --generate.");
    n         = strcspn(line, "\r\n");
    *password = arena_text(call->arena, line, n);
    return true;
}

static bool is_locked(const struct sql_account_list_row *row)
{
    return row->failures >= ATTEMPTS_SUBJECT && row->since + ATTEMPT_SECONDS > (int64_t)time(NULL);
}

static bool account_list(struct call *call)
{
    struct sql_account_list_row *rows;
    size_t count;

    if (!sql_account_list(call->store, call->arena, &rows, &count, &call->fail)) return false;
    for (size_t i = 0; i < count; i++)
        printf("%s\t%s\t%s\n", rows[i].name, rows[i].role,
               !rows[i].active       ? "closed"
               : is_locked(&rows[i]) ? "locked"
                                     : "open");
    return true;
}

static bool person_find(struct call *call, const char *ref, int64_t *person)
{
    const struct sql_person_by_ref_in by_ref = { .ref = ref };
    struct sql_person_by_ref_row row;
    bool found;

    if (!sql_person_by_ref(call->store, &by_ref, call->arena, &row, &found, &call->fail))
        return false;
    *person = found ? row.id : 0;
    return found || FAIL(&call->fail, FAIL_INPUT, "no_such_reference",
                         "There is no person of the reference %s.", ref);
}

static bool account_make(struct call *call, const char *password)
{
    struct account_new new = { .name = call->name, .role = call->role, .password = password };

    return (!call->person || person_find(call, call->person, &new.person)) &&
           account_add(call->store, &new, (int64_t)time(NULL), &call->fail);
}

/* Bars an account from the cases of a person, or lifts that. */
static bool account_bar(struct call *call)
{
    struct opener said_by = { .account = "administrator",
                              .role    = "administrator",
                              .now     = (int64_t)time(NULL) };
    int64_t person;

    if (!person_find(call, call->ref, &person)) return false;
    bool done = store_begin(call->store, STORE_WRITING, &call->fail) &&
                (*call->verb == 'b'
                     ? door_bar(call->store, call->name, person, call->why, &said_by, &call->fail)
                     : door_lift(call->store, call->name, person, &call->fail)) &&
                store_commit(call->store, &call->fail);
    store_rollback(call->store);
    return done;
}

/* Invites a parent: their reference, the code and its last day, to be put in a letter. */
static bool account_invite(struct call *call)
{
    unsigned char hash[CODE_HASH];
    struct setting s = { call->store, call->arena, call->today, "administrator" };
    struct sql_person_get_row row;
    struct invitee who;
    int64_t person, now = (int64_t)time(NULL);
    bool found;

    if (!clock_allows(call->store, call->today, &call->fail) ||
        !person_find(call, call->name, &person) ||
        !sql_person_get(call->store, &(struct sql_person_get_in){ .id = person }, call->arena, &row,
                        &found, &call->fail))
        return false;
    const char *code = code_new(call->arena);
    code_hash(code, INVITATION_USE, arena_print(call->arena, "%lld", (long long)person), hash);
    bool done =
        store_begin(call->store, STORE_WRITING, &call->fail) &&
        invite_make(&s, row.pp, person, (struct blob){ hash, CODE_HASH }, now, &call->fail) &&
        invite_find(&s, row.pp, person, now, &who, &call->fail) &&
        store_commit(call->store, &call->fail);
    store_rollback(call->store);
    if (done)
        printf("reference\t%s\ncode\t%s\nuntil\t%s\n", who.ref, code,
               moment_day(call->arena, who.until));
    return done;
}

static bool passkeys_forget(struct call *call)
{
    struct sql_passkey_forget_in in = { .account = call->name };
    bool done                       = store_begin(call->store, STORE_WRITING, &call->fail) &&
                sql_passkey_forget(call->store, &in, &call->fail) &&
                store_commit(call->store, &call->fail);

    store_rollback(call->store);
    return done;
}

/* Takes away a second factor that was lost, and passkeys: they may have been on the same device. */
static bool second_reset(struct call *call)
{
    struct sql_account_get_in in = { .name = call->name };
    struct sql_account_get_row row;
    bool found;

    if (!sql_account_get(call->store, &in, call->arena, &row, &found, &call->fail)) return false;
    if (!found)
        return REFUSE(&call->fail, "account_name", "There is no account called %s.", call->name);
    return second_end(call->store, call->name, &call->fail) && passkeys_forget(call) &&
           session_end_all(call->store, call->name, &call->fail);
}

/* Every connection with a sign-in provider there is or was. */
static bool link_list(struct call *call)
{
    struct sql_account_link_list_row *rows;
    size_t count;

    if (!sql_account_link_list(call->store, call->arena, &rows, &count, &call->fail)) return false;
    for (size_t i = 0; i < count; i++) {
        const struct sql_account_link_list_row *row = &rows[i];
        printf("%s\t%s\t%s\tconnected %s by %s", row->account, row->issuer, row->subject,
               moment_words(call->arena, row->made_at), row->made_by);
        if (row->ended)
            printf("\tended %s by %s", moment_words(call->arena, row->ended), row->ended_by);
        printf("\n");
    }
    return true;
}

/* Connects an account with a sign-in provider, or ends that. */
static bool account_link(struct call *call)
{
    struct link_new link = { .issuer  = call->ref,
                             .subject = call->subject,
                             .account = call->name,
                             .by      = "administrator",
                             .now     = (int64_t)time(NULL) };

    return *call->verb == 'l' ? link_put(call->store, &link, &call->fail)
                              : link_end(call->store, &link, &call->fail);
}

static bool account_do(struct call *call)
{
    const char *password = NULL;
    bool adds = !strcmp(call->verb, "add"), sets = !strcmp(call->verb, "password");

    if (!strcmp(call->verb, "list")) return account_list(call);
    if (!strcmp(call->verb, "reset")) return second_reset(call);
    if (!strcmp(call->verb, "links")) return link_list(call);
    if (!strcmp(call->verb, "link") || !strcmp(call->verb, "unlink")) return account_link(call);
    if (!strcmp(call->verb, "invite")) return account_invite(call);
    if (!strcmp(call->verb, "bar") || !strcmp(call->verb, "lift")) return account_bar(call);
    if (!strcmp(call->verb, "close") || !strcmp(call->verb, "open"))
        return account_active_set(call->store, call->name, *call->verb == 'o', &call->fail);
    if ((adds || sets) && !password_get(call, &password)) return false;
    if (adds && !account_make(call, password)) return false;
    if (sets && !account_password_set(call->store, call->name, password, &call->fail)) return false;
    if (call->generate) printf("%s\n", password);
    return true;
}

static bool verb_known(const struct call *call)
{
    static const struct {
        const char *name;
        int words; /* that follow it */
    } verbs[] = { { "add", 1 },   { "password", 1 }, { "close", 1 },  { "open", 1 },
                  { "list", 0 },  { "bar", 2 },      { "lift", 2 },   { "invite", 1 },
                  { "reset", 1 }, { "link", 3 },     { "unlink", 2 }, { "links", 0 } };

    for (size_t i = 0; call->verb && i < sizeof verbs / sizeof *verbs; i++)
        if (!strcmp(verbs[i].name, call->verb))
            return (call->name != NULL) + (call->ref != NULL) + (call->subject != NULL) ==
                   verbs[i].words;
    return false;
}

static int run_account(int argc, char **argv)
{
    static const struct option names[] = {
        { "db", required_argument, NULL, 'd' },
        { "role", required_argument, NULL, 'r' },
        { "generate", no_argument, NULL, 'g' },
        { "why", required_argument, NULL, 'w' },
        { "person", required_argument, NULL, 'p' },
        { "today", required_argument, NULL, 't' },
        { NULL, 0, NULL, 0 },
    };
    struct arena arena = { 0 };
    struct call call   = { .database = getenv("UPKEEP_DB"),
                           .role     = "caseworker",
                           .today    = clock_today(),
                           .arena    = &arena };

    optind = 1;
    for (int c; (c = options_next(argc, argv, names)) != -1;) {
        if (c == 'd')
            call.database = optarg;
        else if (c == 'r')
            call.role = optarg;
        else if (c == 'w')
            call.why = optarg;
        else if (c == 'p')
            call.person = optarg;
        else if (c == 'g')
            call.generate = true;
        else if (c == 't' && !date_parse(optarg, strlen(optarg), &call.today))
            return wrong_call("--today needs a date such as 2026-11-22.");
        else if (c != 't')
            return EXIT_WRONG_CALL;
    }
    call.verb    = optind < argc ? argv[optind++] : NULL;
    call.name    = optind < argc ? argv[optind++] : NULL;
    call.ref     = optind < argc ? argv[optind++] : NULL;
    call.subject = optind < argc ? argv[optind++] : NULL;
    if (optind < argc || !verb_known(&call))
        return wrong_call("say add NAME, password NAME, close NAME, open NAME, list, bar NAME REF, "
                          "reset NAME, lift NAME REF, invite REF, link NAME ISSUER SUBJECT, "
                          "unlink NAME ISSUER or links.");
    if (!call.database) return wrong_call("name the database with --db or UPKEEP_DB.");
    call.store = store_open(call.database, STORE_WRITE, &call.fail);
    bool done  = call.store && account_do(&call);
    store_close(call.store);
    arena_free(&arena);
    if (!done) fprintf(stderr, "upkeep account: %s\n", call.fail.text);
    return done ? EXIT_DONE : EXIT_WRONG_CALL;
}

const struct command command_account = {
    .name = "account",
    .line = "who may sign in to the web pages",
    .help =
        "Usage: upkeep account add NAME [--role caseworker] [--person REF] [--generate]\n"
        "                          [--db DATABASE]\n"
        "       upkeep account password NAME [--generate]\n"
        "       upkeep account close NAME | open NAME | reset NAME | list\n"
        "       upkeep account bar NAME REF --why WORDS | lift NAME REF\n"
        "       upkeep account invite REF [--today DATE]\n"
        "       upkeep account link NAME ISSUER SUBJECT | unlink NAME ISSUER | links\n\n"
        "Roles: caseworker, team_leader, enforcement_officer, complaints_officer, examiner,\n"
        "statistician, auditor, administrator; and of people with a case of their own, whose\n"
        "reference --person gives: receiving_parent, paying_parent, child_in_scotland,\n"
        "representative. Who may use which page: doc/access.md. A barred account may not open the\n"
        "cases of the person REF: a relative, a neighbour.\n\n"
        "invite makes a one-time code for the parent REF, prints it once, and keeps it for 28 "
        "days:\n"
        "with it they open their own account at /activate. It is an event of the family.\n\n"
        "reset takes a lost second factor away, with its recovery codes and all passkeys.\n\n"
        "link lets somebody in whom a sign-in provider (upkeep serve --providers) knows by that\n"
        "subject; unlink ends it and every session of the account; links lists those there are "
        "and\n"
        "were, with who made and ended them.\n\n"
        "The password is the first line of standard input; --generate makes one and prints it "
        "once.\n"
        "A new password and closing an account end every session of it.\n",
    .run = run_account,
};
