/* command_balance.c: upkeep balance: the one balance, as at a day, as known on a day. */
#include "app/account.h"
#include "app/caseload.h"
#include "cli/options.h"

#include <stdio.h>

static void print_owed(money owed)
{
    char text[MONEY_TEXT];

    if (owed.p < 0)
        printf("we owe the paying parent %s\n", money_pounds(money_negate(owed), text));
    else if (owed.p == 0)
        printf("nothing owed\n");
    else
        printf("owes %s\n", money_pounds(owed, text));
}

static void print_ages(const struct ages *ages)
{
    char text[MONEY_TEXT];

    for (int b = 0; b < AGE_BANDS; b++)
        if (ages->band[b].p)
            printf("  overdue %-18s %14s\n", age_words((enum age_band)b),
                   money_pounds(ages->band[b], text));
}

static void print_standing(const struct group *g, const struct standing *s)
{
    const struct sql_group_people_row *p = group_person(g, g->pp);
    char a[MONEY_TEXT], b[MONEY_TEXT];

    printf("%s  %s %s: ", p->ref, p->given, p->family);
    print_owed(s->owed);
    for (size_t i = 0; i < g->arrangement_count; i++) {
        const struct balance *at = balance_find(&s->balances, g->arrangements[i].id);
        if (at)
            printf("  arrangement %s: maintenance %s, collection fees %s\n", g->arrangements[i].ref,
                   money_pounds(at->maintenance, a), money_pounds(at->fee, b));
    }
    if (s->balances.group.credit.p)
        printf("  held for the paying parent %s\n", money_pounds(s->balances.group.credit, a));
    print_ages(&s->ages);
}

static void print_csv(const struct group *g, const struct standing *s)
{
    char a[MONEY_TEXT], b[MONEY_TEXT], c[MONEY_TEXT], d[MONEY_TEXT];

    printf("%s,%s,%s,%s,%s\n", group_person(g, g->pp)->ref, money_text(s->owed, a),
           money_text(s->balances.group.maintenance, b), money_text(s->balances.group.fee, c),
           money_text(s->balances.group.credit, d));
}

/* What it is when an account stands on its other side.  Money is received for no arrangement and
 * used for one: of one arrangement what is held is below zero whenever anything was paid. */
static const char *below_words(enum account a, bool of_one)
{
    if (a == ACCOUNT_RP_PAYABLE)
        return " (below zero: they have had so much too much; it comes out of their next money)";
    if (a != ACCOUNT_PP_CREDIT) return "";
    return of_one ? " (used for this arrangement; it came in above, for no arrangement)"
                  : " (below zero: paid on before it had come in)";
}

/* One line for each account that any row has touched: of the rows of one arrangement, or of none.
 */
static void print_accounts(const char *ref, const char *arrangement, const money *account, bool csv)
{
    char text[MONEY_TEXT];

    for (enum account a = 0; a < ACCOUNT_COUNT; a++) {
        if (account[a].p == 0) continue;
        if (csv)
            printf("%s,%s,%s,%s,%s\n", ref, arrangement, account_name(a),
                   account_is_debit(a) ? "debit" : "credit", money_text(account[a], text));
        else
            printf("  %-16s%14s  %s%s\n", account_name(a), money_pounds(account[a], text),
                   account_words(a), account[a].p < 0 ? below_words(a, *arrangement) : "");
    }
}

static void print_chart(const struct group *g, const struct standing *s, bool csv)
{
    const struct sql_group_people_row *p = group_person(g, g->pp);
    const char *ref                      = p ? p->ref : "service";
    const struct balances *b             = &s->balances;
    money rest[ACCOUNT_COUNT];

    for (enum account a = 0; a < ACCOUNT_COUNT; a++) {
        rest[a] = b->group.account[a];
        for (size_t i = 0; i < b->n; i++)
            rest[a] = money_subtract(rest[a], b->at[i].account[a]);
    }
    if (!csv) printf("%s\n", ref);
    print_accounts(ref, "", rest, csv);
    for (size_t i = 0; i < b->n; i++) {
        const char *of = group_arrangement(g, b->at[i].arrangement)->ref;
        if (!csv) printf(" arrangement %s\n", of);
        print_accounts(ref, of, b->at[i].account, csv);
    }
}

static bool balance_one(const struct options *o, struct store *store, struct arena *arena,
                        int64_t pp, struct fail *f)
{
    struct group g;
    int64_t known;

    if (!group_known_on(store, pp, o->known_on, &known, f) ||
        !group_load(store, arena, pp, known, &g, f))
        return false;
    if (g.arrangement_count == 0 && !o->accounts) return true;
    struct standing s = account_standing_of(&g, o->as_at, o->known_on, arena);
    if (o->accounts)
        print_chart(&g, &s, o->csv);
    else if (o->csv)
        print_csv(&g, &s);
    else
        print_standing(&g, &s);
    return true;
}

static bool balance_all(const struct options *o, struct store *store, struct fail *f)
{
    enum { PAGE = 1000 };
    struct arena page = { 0 }, family = { 0 };
    struct sql_family_page_in from = { .after = o->accounts ? SERVICE_PP - 1 : SERVICE_PP,
                                       .most  = PAGE };
    struct sql_family_page_row *families;
    size_t n  = PAGE;
    bool fine = true;

    while (fine && n == PAGE) {
        arena_reset(&page);
        fine = sql_family_page(store, &from, &page, &families, &n, f);
        for (size_t i = 0; fine && i < n; i++) {
            from.after = families[i].pp;
            arena_reset(&family);
            fine = balance_one(o, store, &family, families[i].pp, f);
        }
    }
    arena_free(&family);
    arena_free(&page);
    return fine;
}

/* The paying parents that the call's words name; NULL after it has said which word names none. */
static const int64_t *balance_cases(const struct options *o, struct store *store,
                                    struct arena *arena)
{
    int64_t *pps = ARENA_MANY(arena, int64_t, o->word_count + 1), arrangement;

    for (int i = 0; i < o->word_count; i++)
        if (!(pps[i] = options_case(o, store, arena, o->words[i], &arrangement))) return NULL;
    return pps;
}

static bool balance_some(const struct options *o, struct store *store, const int64_t *pps,
                         struct fail *f)
{
    struct arena family = { 0 };
    bool fine           = true;

    for (int i = 0; fine && i < o->word_count; i++) {
        arena_reset(&family);
        fine = balance_one(o, store, &family, pps[i], f);
    }
    arena_free(&family);
    return fine;
}

/* What all cases come to: the accounts, and how old the arrears are. */
static bool balance_total(const struct options *o, struct store *store, struct fail *f)
{
    struct caseload c;

    if (!caseload_read(store, o->whole, o->as_at, &c, f)) return false;
    if (!o->csv)
        printf("%zu families, %zu owe something; %zu ledger rows read\n", c.families, c.owing,
               c.rows);
    for (enum account a = 0; a < ACCOUNT_COUNT; a++)
        if (!o->whole && (a == ACCOUNT_BANK || a == ACCOUNT_FEE_INCOME)) c.account[a] = MONEY_NONE;
    print_accounts("all", "", c.account, o->csv);
    if (!o->csv) print_ages(&c.ages);
    return true;
}

static int run_balance(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    int status         = EXIT_WRONG_CALL;

    if (!options_read(&o, "akcASW", argc, argc, argv)) return EXIT_WRONG_CALL;
    if (o.total && o.word_count) {
        fputs("upkeep balance: --total is of all cases; leave the reference out.\n", stderr);
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    const int64_t *pps = balance_cases(&o, store, &arena);
    if (pps) {
        if (o.csv && !o.total)
            puts(o.accounts ? "reference,arrangement,account,side,balance"
                            : "reference,owed,maintenance,fees,held");
        bool fine = o.total        ? balance_total(&o, store, &f)
                    : o.word_count ? balance_some(&o, store, pps, &f)
                                   : balance_all(&o, store, &f);
        status    = fine ? EXIT_DONE : (int)options_fail(&o, &f);
    }
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_balance = {
    .name = "balance",
    .line = "the one balance of a paying parent, as at a day, as known on a day",
    .help =
        "Usage: upkeep balance [--db DATABASE] [--as-at DATE] [--known-on DATE] [--accounts]\n"
        "                      [--csv] [REF...]\n"
        "       upkeep balance --total [--whole] [--db DATABASE] [--as-at DATE] [--csv]\n\n"
        "Prints what each paying parent owes, or is owed. REF is the reference of a person or an\n"
        "arrangement; without one, every paying parent is listed. --as-at counts what fell due\n"
        "and was paid up to that day; --known-on leaves out what was only recorded later.\n"
        "--accounts prints every account that is not at nothing, by arrangement; its chart is\n"
        "`upkeep export accounts`.\n\n"
        "--total adds up all cases: what is owed and held, and how old the arrears are. It reads\n"
        "what is not yet paid and passed on; with --whole every ledger row, and prints the\n"
        "accounts in which money ends too.\n",
    .run = run_balance,
};
