/* command_employers.c: upkeep employers: who is waited for. */
#include "app/employer.h"
#include "base/out.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

enum { MONTHS = 12 };

static void print_list(const struct employer_list *l)
{
    char due[DATE_TEXT], pounds[MONEY_TEXT];

    for (size_t i = 0; i < l->n; i++) {
        const struct employer_item *it = &l->at[i];
        printf("%-11s %s  %-8s %-7s by %s  %4lld people %16s", employer_state_words(it->state),
               it->sender, it->source, *it->batch ? it->batch : "-", date_text(it->due, due),
               (long long)it->people, money_pounds(it->amount, pounds));
        if (it->late) printf("  %d days late", it->late);
        puts("");
    }
    for (enum employer_state s = 0; s < EMPLOYER_STATES; s++)
        printf("%-11s %zu, %s\n", employer_state_words(s), l->number[s],
               money_pounds(l->amount[s], pounds));
}

static void print_csv(const struct employer_list *l, struct arena *arena)
{
    struct out o = { .arena = arena };

    out_text(&o, "state,from,reference,month,by,days late,people,amount\n");
    for (size_t i = 0; i < l->n; i++) {
        const struct employer_item *it = &l->at[i];
        out_print(&o, "%s,%s,%s,%s,", employer_state_words(it->state), it->source, it->sender,
                  it->batch);
        out_date(&o, it->due);
        out_print(&o, ",%d,%lld,", it->late, (long long)it->people);
        out_money(&o, it->amount);
        out_text(&o, "\n");
    }
    fputs(out_string(&o), stdout);
}

static int run_employers(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    struct employer_list l;

    if (!options_read(&o, "tc", 0, argc, argv)) return EXIT_WRONG_CALL;
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    struct setting s = { .store = store, .arena = &arena, .today = o.today };
    int status       = EXIT_DONE;
    if (!employer_read(&s, MONTHS, &l, &f))
        status = options_fail(&o, &f);
    else if (o.csv)
        print_csv(&l, &arena);
    else
        print_list(&l);
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_employers = {
    .name = "employers",
    .line = "employers and benefit offices who are waited for: announced, late, silent",
    .help =
        "Usage: upkeep employers [--db DATABASE] [--today DATE] [--csv]\n\n"
        "Lists what was announced and has not arrived, by employer and month (or benefit office\n"
        "and file), what is longest due first. late: the money did not arrive by the 19th of the\n"
        "month after the deduction. no schedule: an order held all of a month and the employer\n"
        "announced nothing about it, the last twelve months; the amount is a month's normal\n"
        "deduction. Nothing is written.\n",
    .run = run_employers,
};
