/* command_statement.c: upkeep statement: an account line by line. */
#include "app/statement.h"
#include "base/out.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

enum { WRAP = 76 };

/* Prints text wrapped at WRAP columns behind a margin. */
static void print_wrapped(const char *margin, const char *text)
{
    size_t column = 0;

    fputs(margin, stdout);
    while (*text) {
        size_t n = strcspn(text, " ");
        if (column && column + n > WRAP - strlen(margin)) {
            printf("\n%s", margin);
            column = 0;
        }
        printf("%s%.*s", column ? " " : "", (int)n, text);
        column += n + 1;
        text += n + (text[n] == ' ');
    }
    putchar('\n');
}

static void print_words(money owed, bool receiver)
{
    char text[MONEY_TEXT];

    if (receiver)
        printf("Still to come to the receiving parent: %s\n", money_pounds(owed, text));
    else if (owed.p < 0)
        printf("We owe the paying parent %s.\n", money_pounds(money_negate(owed), text));
    else
        printf("The paying parent owes %s.\n", money_pounds(owed, text));
}

static void print_statement(const struct statement *s, bool receiver)
{
    char day[DATE_TEXT], change[MONEY_TEXT], owed[MONEY_TEXT];

    printf("%-10s  %14s  %14s  %s\n", "Day", "Change", receiver ? "To come" : "Owed", "What");
    for (size_t i = 0; i < s->n; i++) {
        const struct statement_line *l = &s->at[i];
        printf("%-10s  %14s  %14s\n", date_text(l->day, day),
               l->change.p ? money_text(l->change, change) : "", money_text(l->owed, owed));
        print_wrapped("            ", l->sentence);
        print_wrapped("            ", l->cause);
    }
    putchar('\n');
    print_words(s->owed, receiver);
}

static void print_csv(const struct statement *s, struct arena *arena)
{
    struct out o = { .arena = arena };

    out_text(&o, "day,recorded,change,owed,what,cause,ledger row\n");
    for (size_t i = 0; i < s->n; i++) {
        const struct statement_line *l = &s->at[i];
        out_date(&o, l->day);
        out_text(&o, ",");
        out_date(&o, l->known);
        out_text(&o, ",");
        out_money(&o, l->change);
        out_text(&o, ",");
        out_money(&o, l->owed);
        out_text(&o, ",");
        out_csv(&o, l->sentence);
        out_text(&o, ",");
        out_csv(&o, l->cause);
        out_print(&o, ",%lld\n", (long long)l->entry);
    }
    fputs(out_string(&o), stdout);
}

/* The paying parent of the call's REF, and the arrangement of its --for (0 without); 0 after it has
 * said what is wrong. */
static int64_t read_case(const struct options *o, struct store *store, struct arena *arena,
                         int64_t *arrangement)
{
    int64_t pp = options_case(o, store, arena, o->words[0], arrangement), of;

    *arrangement = 0;
    if (!pp || !o->arrangement) return pp;
    of = options_case(o, store, arena, o->arrangement, arrangement);
    if (of == pp && *arrangement) return pp;
    if (of)
        fprintf(stderr, "upkeep statement: --for needs an arrangement of %s; %s is none.\n",
                o->words[0], o->arrangement);
    return 0;
}

static int run_statement(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    struct statement s;
    int status = EXIT_WRONG_CALL;
    int64_t pp, arrangement;

    if (!options_read(&o, "akfc", 1, argc, argv)) return EXIT_WRONG_CALL;
    if (o.word_count == 0) {
        fprintf(stderr, "upkeep statement: name a paying parent or an arrangement by reference.\n");
        return EXIT_WRONG_CALL;
    }
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    pp = read_case(&o, store, &arena, &arrangement);
    if (pp && statement_make(store, &arena, pp, arrangement, o.as_at, o.known_on, &s, &f)) {
        if (o.csv)
            print_csv(&s, &arena);
        else
            print_statement(&s, arrangement != 0);
        status = EXIT_DONE;
    } else if (pp) {
        status = options_fail(&o, &f);
    }
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_statement = {
    .name = "statement",
    .line = "an account line by line, each line with its cause",
    .help = "Usage: upkeep statement [--db DATABASE] [--for ARRANGEMENT] [--as-at DATE]\n"
            "                        [--known-on DATE] [--csv] REF\n\n"
            "Prints the account of the paying parent that REF names. With --for, the receiving\n"
            "parent's side of one arrangement: what was due to them, collected and sent.\n",
    .run  = run_statement,
};
