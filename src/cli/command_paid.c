/* command_paid.c: upkeep paid: payments between the parents (Direct Pay): what each says, what was
 * found, and who is to be asked. */
#include "app/direct.h"
#include "app/service.h"
#include "cli/clock.h"
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct paid_call {
    struct options o;
    struct direct_order order;
    bool tells, has_due, has_paid;
};

static bool wrong(const char *what)
{
    fprintf(stderr, "upkeep paid: %s; see `upkeep help paid`.\n", what);
    return false;
}

static bool read_teller(struct paid_call *c)
{
    for (int t = 0; c->o.word_count && t < DIRECT_TELLERS; t++)
        if (!strcmp(direct_teller_words[t], c->o.words[0])) {
            c->order.teller = (enum direct_teller)t;
            c->tells        = true;
            return c->o.word_count == 1 || wrong("one word says who says it");
        }
    return c->o.word_count == 0 || wrong("who says it is paying, receiving or found");
}

static const struct option option_names[] = {
    { "db", required_argument, NULL, 'd' },
    { "today", required_argument, NULL, 't' },
    { "case", required_argument, NULL, 'r' },
    { "due", required_argument, NULL, 'u' },
    { "paid", required_argument, NULL, 'p' },
    { "on", required_argument, NULL, 'o' },
    { "evidence", required_argument, NULL, 'e' },
    { "by", required_argument, NULL, 'b' },
    { NULL, 0, NULL, 0 },
};

static bool read_day(const char *text, date *day)
{
    return date_parse(text, strlen(text), day) || wrong("a day is such as 2026-11-22");
}

static bool read_option(struct paid_call *c, int option, const char *text)
{
    switch (option) {
    case 'd': c->o.database = text; return true;
    case 't': return read_day(text, &c->o.today);
    case 'r': c->o.reference = text; return true;
    case 'u': c->has_due = true; return read_day(text, &c->order.due);
    case 'p': c->has_paid = true; return options_money("paid", "paid", text, &c->order.paid);
    case 'o': c->order.has_paid_on = true; return read_day(text, &c->order.paid_on);
    case 'e': c->order.evidence = text; return true;
    case 'b': c->o.by = text; return true;
    default: return false;
    }
}

static bool call_read(struct paid_call *c, int argc, char **argv)
{
    *c     = (struct paid_call){ .o = { .command  = "paid",
                                        .database = getenv("UPKEEP_DB"),
                                        .today    = clock_today(),
                                        .by = getenv("LOGNAME") ? getenv("LOGNAME") : "operator" } };
    optind = 1;
    for (int option; (option = options_next(argc, argv, option_names)) != -1;)
        if (!read_option(c, option, optarg)) return false;
    c->o.words      = argv + optind;
    c->o.word_count = argc - optind;
    if (!read_teller(c)) return false;
    if (!c->o.database) return wrong("name the database with --db or UPKEEP_DB");
    if (!c->o.reference) return wrong("name the arrangement with --case");
    if (!c->tells && (c->has_due || c->has_paid)) return wrong("say who says it");
    return !c->tells || (c->has_due && c->has_paid) || wrong("say --due DATE and --paid AMOUNT");
}

/* --- showing --- */

static void print_told(const struct direct_told *t)
{
    char amount[MONEY_TEXT];
    printf(" %12s", t->word.said ? money_pounds(t->word.paid, amount) : "-");
}

static bool show(const struct setting *s, const struct group *g, int64_t arrangement,
                 struct fail *f)
{
    static const char *const words[] = { [DIRECT_UNKNOWN]   = "unknown",
                                         [DIRECT_CONFIRMED] = "confirmed",
                                         [DIRECT_DISPUTED]  = "disputed",
                                         [DIRECT_FOUND]     = "found" };
    struct direct_question q         = { s->store, s->arena, NULL, g, arrangement, s->today };
    struct direct_list l;
    char due[DATE_TEXT], amount[MONEY_TEXT];

    if (!direct_read(&q, &l, f)) return false;
    printf("%-10s %12s %12s %12s %12s  %-9s %12s %12s\n", "due", "amount", "paying", "receiving",
           "found", "so", "unpaid", "open");
    for (size_t i = 0; i < l.n; i++) {
        const struct direct_due *d = &l.at[i];
        printf("%-10s %12s", date_text(d->due, due), money_pounds(d->amount, amount));
        for (int t = 0; t < DIRECT_TELLERS; t++)
            print_told(&d->told[t]);
        printf("  %-9s %12s", words[d->outcome.standing], money_pounds(d->outcome.unpaid, amount));
        printf(" %12s%s%s\n", money_pounds(d->outcome.open, amount), *direct_next(d) ? "  " : "",
               direct_next(d));
    }
    return true;
}

/* --- doing --- */

static bool tell(const struct setting *s, int64_t pp, const struct direct_order *o, struct fail *f)
{
    struct verb v;
    struct group g;
    bool done;
    bool fine = store_begin(s->store, STORE_WRITING, f) &&
                verb_open(s, pp, "service", NULL, &v, &done, f) &&
                group_load(s->store, s->arena, pp, v.seq, &g, f) && service_tell(&v, &g, o, f) &&
                verb_close(&v, f) && store_commit(s->store, f);

    store_rollback(s->store);
    return fine;
}

static int run(struct paid_call *c, const struct setting *s)
{
    struct fail f = { 0 };
    struct group g;
    int64_t pp = options_case(&c->o, s->store, s->arena, c->o.reference, &c->order.arrangement);

    if (!pp) return EXIT_WRONG_CALL;
    if (!group_load(s->store, s->arena, pp, KNOWN_NOW, &g, &f)) return options_fail(&c->o, &f);
    if (!c->order.arrangement && g.arrangement_count == 1)
        c->order.arrangement = g.arrangements[0].id;
    if (!c->order.arrangement)
        return wrong("that paying parent has several arrangements: give one's reference"),
               EXIT_WRONG_CALL;
    if ((c->tells && !tell(s, pp, &c->order, &f)) ||
        !group_load(s->store, s->arena, pp, KNOWN_NOW, &g, &f) ||
        !show(s, &g, c->order.arrangement, &f))
        return options_fail(&c->o, &f);
    return EXIT_DONE;
}

static int run_paid(int argc, char **argv)
{
    struct paid_call c;
    struct arena arena = { 0 };

    if (!call_read(&c, argc, argv)) return EXIT_WRONG_CALL;
    struct store *store = options_open(&c.o, c.tells ? STORE_WRITE : STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    struct setting s = { .store = store, .arena = &arena, .today = c.o.today, .actor = c.o.by };
    int status       = run(&c, &s);
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_paid = {
    .name = "paid",
    .line = "payments between the parents: what each says was paid, who is to be asked",
    .help =
        "Usage: upkeep paid --case REF                           lists each payment\n"
        "       upkeep paid --case REF paying|receiving --due DATE --paid AMOUNT [--on DATE]\n"
        "       upkeep paid --case REF found --due DATE --paid AMOUNT --evidence TEXT\n\n"
        "Payments that fell due to be paid directly (Direct Pay). The service does not see them:\n"
        "each parent is asked, and what they say is kept, beside what a decision maker found with\n"
        "evidence. A payment is confirmed, disputed, found or unknown; nobody's silence is taken\n"
        "for an answer, and only what is shown unpaid can come onto an account.\n\n"
        "  --case REF       the arrangement, or its paying parent where there is one arrangement\n"
        "  --evidence TEXT  such as a bank statement of that month\n"
        "  --today DATE, --by NAME, --db DATABASE\n",
    .run = run_paid,
};
