/* command_suspense.c: upkeep suspense: the work list of money nobody has been found for. */
#include "app/suspense.h"
#include "app/suspense_settle.h"
#include "base/out.h"
#include "cli/options.h"

#include <stdio.h>

enum { HINTED = 200 };

static void print_ages(const struct suspense *s, struct arena *arena, date today)
{
    char pounds[MONEY_TEXT];

    for (int a = 0; a < SUSPENSE_AGES; a++)
        printf("%-8s %-28s %6zu %16s\n", suspense_age_name((enum suspense_age)a),
               suspense_age_words(arena, (enum suspense_age)a, today), s->number[a],
               money_pounds(s->amount[a], pounds));
    printf("%-8s %-28s %6zu %16s\n", "all", "", s->n, money_pounds(s->total, pounds));
}

static void print_item(const struct suspense_item *i)
{
    char day[DATE_TEXT], pounds[MONEY_TEXT];

    printf("\n%s  %14s  %-8s %d working days  receipt %lld\n", date_text(i->receipt->booked, day),
           money_pounds(i->receipt->amount, pounds), suspense_age_name(i->age), i->days,
           (long long)i->receipt->id);
    printf("    from %s; they wrote: %s\n",
           *i->receipt->payer_name ? i->receipt->payer_name : "nobody the bank names",
           *i->receipt->remittance ? i->receipt->remittance : "nothing");
    if (i->note) printf("    %s\n", i->note);
    if (i->is_payment)
        printf("    upkeep suspense --receipt %lld --came-back NUMBER\n",
               (long long)i->receipt->id);
    for (size_t k = 0; k < i->hint_count; k++)
        printf("    may be from %s %s: %s\n", i->hints[k].ref, i->hints[k].name, i->hints[k].why);
    if (i->many) puts("    there are more who fit as well");
}

static void print_csv(const struct suspense *s, struct arena *arena)
{
    struct out o = { .arena = arena };

    out_text(&o, "receipt,booked,amount,age,working days,payer,wrote,may be from\n");
    for (size_t i = 0; i < s->n; i++) {
        const struct suspense_item *it = &s->at[i];
        out_print(&o, "%lld,", (long long)it->receipt->id);
        out_date(&o, it->receipt->booked);
        out_text(&o, ",");
        out_money(&o, it->receipt->amount);
        out_print(&o, ",%s,%d,", suspense_age_name(it->age), it->days);
        out_csv(&o, it->receipt->payer_name);
        out_text(&o, ",");
        out_csv(&o, it->receipt->remittance);
        out_text(&o, ",");
        for (size_t k = 0; k < it->hint_count; k++)
            out_print(&o, "%s%s", k ? " " : "", it->hints[k].ref);
        out_text(&o, "\n");
    }
    fputs(out_string(&o), stdout);
}

static bool settle_job(void *context, struct store *store, struct fail *fail)
{
    const struct options *o = context;
    struct arena arena      = { 0 };
    struct setting s        = { store, &arena, o->today, o->by };
    bool fine               = suspense_settle_payment(&s, o->receipt, o->came_back, fail);

    arena_free(&arena);
    return fine;
}

static int settle(struct options *o)
{
    struct fail f       = { 0 };
    struct store *store = options_open(o, STORE_WRITE);

    if (!store) return EXIT_WRONG_CALL;
    bool fine = store_work(store, STORE_WRITING, settle_job, o, &f);
    store_close(store);
    if (!fine) return options_fail(o, &f);
    printf("receipt %lld is no longer in suspense: payment %s came back\n", (long long)o->receipt,
           o->came_back);
    return EXIT_DONE;
}

static int run_suspense(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    struct suspense s;

    if (!options_read(&o, "tcEZb", 0, argc, argv)) return EXIT_WRONG_CALL;
    if (!o.receipt != !o.came_back) {
        fprintf(stderr, "upkeep suspense: --receipt N and --came-back NUMBER go together.\n");
        return EXIT_WRONG_CALL;
    }
    if (o.receipt) return settle(&o);
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    int status = EXIT_DONE;
    if (!suspense_list(store, &arena, o.today, 0, HINTED, &s, &f))
        status = options_fail(&o, &f);
    else if (o.csv)
        print_csv(&s, &arena);
    else {
        print_ages(&s, &arena, o.today);
        for (size_t i = 0; i < s.n; i++)
            print_item(&s.at[i]);
    }
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_suspense = {
    .name = "suspense",
    .line = "money nobody has been found for: how long it has waited, whose it may be",
    .help = "Usage: upkeep suspense [--db DATABASE] [--today DATE] [--csv]\n"
            "       upkeep suspense [--db DATABASE] [--today DATE] --receipt N\n"
            "                       --came-back NUMBER [--by NAME]\n\n"
            "Lists what came in and could not be matched, the oldest first: number and value by\n"
            "age in working days (the bounds are law: `upkeep law`, suspense_ages), and for each\n"
            "payment at most three paying parents it may be from, and why (doc/suspense.md).\n"
            "Only a person matches it.\n\n"
            "Money that the bank says is a payment of ours come back is no parent's. Where it\n"
            "cannot be told which payment, the list names those it may be; --came-back says it\n"
            "(P12-1001-7): the money leaves suspense, is payable again, and the payee is held.\n",
    .run  = run_suspense,
};
