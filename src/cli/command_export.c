/* command_export.c: upkeep export: the ledger for other people's programs. */
#include "app/journal.h"
#include "base/out.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

static bool write_piece(void *context, const char *text, size_t n)
{
    FILE *to = context;
    return fwrite(text, 1, n, to) == n;
}

static int export_journal(const struct options *o)
{
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    int64_t arrangement;
    struct store *store = options_open(o, STORE_READ);

    if (!store) return EXIT_WRONG_CALL;
    struct journal j = {
        .until = o->until, .anonymous = o->anonymous, .sink = write_piece, .context = stdout
    };
    int status = EXIT_WRONG_CALL;
    if (!o->reference || (j.pp = options_case(o, store, &arena, o->reference, &arrangement)))
        status = journal_export(store, &j, &f) ? EXIT_DONE : (int)options_fail(o, &f);
    store_close(store);
    arena_free(&arena);
    return status;
}

static void print_account(struct out *o, enum account a, bool csv)
{
    const char *side = account_is_debit(a) ? "debit" : "credit";

    if (!csv) {
        out_print(o, "%-16s %-12s %-7s %-11s %-6s %s\n", account_name(a),
                  account_type_name(account_type(a)), side, account_owner_name(account_owner(a)),
                  account_cite(a), account_words(a));
        return;
    }
    out_print(o, "%s,%s,%s,%s,%s,", account_name(a), account_type_name(account_type(a)), side,
              account_owner_name(account_owner(a)), account_cite(a));
    out_csv(o, account_words(a));
    out_text(o, "\n");
}

static int export_accounts(bool csv)
{
    struct arena arena = { 0 };
    struct out out     = { .arena = &arena };

    if (csv)
        out_text(&out, "account,type,side,money,rule,meaning\n");
    else
        out_print(&out, "%-16s %-12s %-7s %-11s %-6s %s\n", "Account", "Kind", "Side",
                  "Whose money", "Rule", "What it is");
    for (enum account a = 0; a < ACCOUNT_COUNT; a++)
        print_account(&out, a, csv);
    fputs(out_string(&out), stdout);
    arena_free(&arena);
    return EXIT_DONE;
}

/* The chart is in the program: no database is asked. */
static int run_accounts(int argc, char **argv)
{
    static const struct option names[] = { { "csv", no_argument, NULL, 'c' },
                                           { NULL, 0, NULL, 0 } };
    bool csv                           = false;

    optind = 1;
    for (int c; (c = options_next(argc, argv, names)) != -1; csv = true)
        if (c == '?') return EXIT_WRONG_CALL;
    if (optind < argc) {
        fprintf(stderr, "upkeep export: %s is one word too many.\n", argv[optind]);
        return EXIT_WRONG_CALL;
    }
    return export_accounts(csv);
}

static int run_export(int argc, char **argv)
{
    struct options o;
    const char *what = argc > 1 ? argv[1] : "";

    if (strcmp(what, "accounts") != 0 && strcmp(what, "journal") != 0) {
        fprintf(stderr,
                "upkeep export: %s%ssay what: `upkeep export journal` or `upkeep export "
                "accounts`.\n",
                what, *what ? " is nothing to export; " : "");
        return EXIT_WRONG_CALL;
    }
    argv[1] = argv[0]; /* what follows reads like a command of its own */
    if (!strcmp(what, "accounts")) return run_accounts(argc - 1, argv + 1);
    return options_read(&o, "urn", 0, argc - 1, argv + 1) ? export_journal(&o) : EXIT_WRONG_CALL;
}

const struct command command_export = {
    .name = "export",
    .line = "the ledger as a plain-text accounting journal; the chart of accounts",
    .help =
        "Usage: upkeep export journal [--db DATABASE] [--until DATE] [--case REF] [--anonymous]\n"
        "       upkeep export accounts [--csv]\n\n"
        "journal prints the whole ledger, or one family's, as a journal that hledger reads\n"
        "(doc/journal.md). --until leaves out rows that count from a later day; --anonymous\n"
        "writes running numbers for references.\n"
        "accounts prints the chart of accounts: each account's kind, normal side, whose money\n"
        "it is, the rule that calls for it and what it is.\n",
    .run = run_export,
};
