/* command_bank.c: upkeep bank: what we paid or received and no bank statement shows. */
#include "app/bank_list.h"
#include "base/out.h"
#include "cli/options.h"

#include <stdio.h>

enum { LINES_SHOWN = 1000 };

static void print_lines(const struct bank_lines *lines, const char *title, const char *rest)
{
    char day[DATE_TEXT], sum[MONEY_TEXT];

    printf("%s: %s\n", title, money_text(money_add(lines->sum, lines->rest), sum));
    for (size_t i = 0; i < lines->n; i++) {
        const struct bank_line *l = &lines->at[i];
        printf("  %s  %5d days  %14s  %s  %s%s%s\n", date_text(l->day, day), l->age,
               money_text(l->amount, sum), bank_line_name(l->kind), l->reference,
               *l->reference ? "  " : "", l->about);
    }
    if (lines->left) printf("  %zu more lines: --csv has all\n", lines->left);
    if (lines->rest.p) printf("  %s %s\n", money_text(lines->rest, sum), rest);
}

static void csv_lines(struct out *o, const struct bank_lines *lines, const char *side)
{
    for (size_t i = 0; i < lines->n; i++) {
        const struct bank_line *l = &lines->at[i];
        out_print(o, "%s,", side);
        out_csv(o, bank_line_name(l->kind));
        out_text(o, ",");
        out_date(o, l->day);
        out_print(o, ",%d,", l->age);
        out_money(o, l->amount);
        out_text(o, ",");
        out_csv(o, l->reference);
        out_text(o, ",");
        if (l->pp) out_print(o, "%lld", (long long)l->pp);
        out_text(o, ",");
        out_csv(o, l->about);
        out_text(o, "\n");
    }
}

static void print_csv(const struct bank_list *list, struct arena *arena)
{
    struct out o = { .arena = arena };

    out_text(&o, "side,what,day,days old,amount,reference,paying parent,about\n");
    csv_lines(&o, &list->out, "out");
    csv_lines(&o, &list->in, "in");
    fputs(out_string(&o), stdout);
}

static void print_list(const struct bank_list *list)
{
    static const char rest[] = "on statements of days that are not proved yet, or not told apart";

    if (!list->proved) {
        puts("No day was proved yet.");
        return;
    }
    print_lines(&list->out, "Paid out, and seen on no statement", rest);
    print_lines(&list->in, "Received, and on no statement", rest);
}

static int run_bank(int argc, char **argv)
{
    struct options o;
    struct arena arena = { .limit = (size_t)4 << 30 };
    struct fail f      = { 0 };
    struct bank_list list;

    if (!options_read(&o, "tc", 0, argc, argv)) return EXIT_WRONG_CALL;
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    struct bank_list_order order = { .today = o.today,
                                     .since = { INT32_MIN },
                                     .most  = o.csv ? SIZE_MAX / 2 : LINES_SHOWN };
    bool fine =
        store_begin(store, STORE_READING, &f) && bank_list_read(store, &arena, &order, &list, &f);
    if (fine && o.csv) print_csv(&list, &arena);
    if (fine && !o.csv) print_list(&list);
    store_close(store);
    arena_free(&arena);
    return fine ? EXIT_DONE : (int)options_fail(&o, &f);
}

const struct command command_bank = {
    .name = "bank",
    .line = "payments and receipts that no bank statement shows, line by line",
    .help =
        "Usage: upkeep bank [--db DATABASE] [--today DATE] [--csv]\n\n"
        "Lists what stands behind two terms of the night's proof (`upkeep status`), the oldest\n"
        "first, with reference, day, amount and age: files of payments and payments that no\n"
        "statement shows going out, payments that came back, files of collections whose sum has\n"
        "not arrived, collections that came back, receipts by hand or from files without "
        "balances.\n"
        "What is left of a term is said. --csv has every line, for a work list.\n",
    .run = run_bank,
};
