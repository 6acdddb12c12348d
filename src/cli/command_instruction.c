/* command_instruction.c: upkeep instruction: a case's Direct Debit. */
#include "app/debit.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

struct work {
    const struct options *o;
    struct arena *arena;
    const char *what; /* "show", "sign", "cancel", "again" */
    int64_t pp;
};

static bool job(void *context, struct store *store, struct fail *fail)
{
    const struct work *w = context;
    struct setting s     = { store, w->arena, w->o->today, w->o->by };
    const char *text     = w->o->reason ? w->o->reason : "";

    if (!strcmp(w->what, "cancel")) return instruction_cancel(&s, w->pp, text, fail);
    if (!strcmp(w->what, "again")) return debit_again(&s, w->pp, text, fail);
    return instruction_ask(&s, w->pp, w->o->account ? w->o->account : "", fail);
}

static bool show(struct store *store, const struct work *w, struct fail *fail)
{
    struct instruction i;
    struct debit_last last;
    char day[DATE_TEXT], amount[MONEY_TEXT];

    if (!instruction_load(store, w->arena, w->pp, &i, fail) ||
        !debit_last_read(store, w->arena, w->pp, &last, fail))
        return false;
    printf("instruction %s", instruction_word(i.state));
    if (i.state != INSTRUCTION_NONE)
        printf(" since %s, account ending %s %s%s%s", date_text(i.day, day),
               i.account.number + ACCOUNT_SHOWN_FROM, i.name, *i.why ? ": " : "", i.why);
    printf("\n");
    if (last.line)
        printf("last collection %s on %s%s%s%s\n", money_text(last.line->amount, amount),
               date_text(last.line->processing, day), last.why ? ", came back unpaid: " : "",
               last.why ? last.why : "", last.pending ? "; to be presented again" : "");
    return true;
}

static int run_instruction(int argc, char **argv)
{
    static const char *const words[] = { "show", "sign", "cancel", "again" };
    struct options o;
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    struct work w      = { .o = &o, .arena = &arena };
    int64_t arrangement;

    if (!options_read(&o, "trRbM", 1, argc, argv)) return EXIT_WRONG_CALL;
    for (size_t i = 0; o.word_count && i < sizeof words / sizeof *words; i++)
        if (!strcmp(o.words[0], words[i])) w.what = words[i];
    if (!w.what || !o.reference) {
        fprintf(stderr, "upkeep instruction: show, sign, cancel or again, with --case REF.\n");
        return EXIT_WRONG_CALL;
    }
    bool reads          = !strcmp(w.what, "show");
    struct store *store = options_open(&o, reads ? STORE_READ : STORE_WRITE);
    if (!store) return EXIT_WRONG_CALL;
    w.pp = options_case(&o, store, &arena, o.reference, &arrangement);
    bool fine =
        w.pp && (reads ? show(store, &w, &f) : store_work(store, STORE_WRITING, job, &w, &f));
    int status = fine ? EXIT_DONE : w.pp ? (int)options_fail(&o, &f) : EXIT_WRONG_CALL;
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_instruction = {
    .name = "instruction",
    .line = "a case's Direct Debit: shows it, signs or cancels it, presents a collection again",
    .help =
        "Usage: upkeep instruction show --case REF [--db DATABASE]\n"
        "       upkeep instruction sign --case REF --account \"01-02-03 12345678 NAME\"\n"
        "       upkeep instruction cancel --case REF --reason TEXT\n"
        "       upkeep instruction again --case REF --reason TEXT\n\n"
        "What is signed or cancelled goes to the bank with the next file of `upkeep collect`.\n"
        "again: the last collection, which came back unpaid for want of money, is presented once\n"
        "more with the next file, the same amount. Each takes [--today DATE] [--by NAME].\n",
    .run = run_instruction,
};
