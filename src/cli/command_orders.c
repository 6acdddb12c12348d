/* command_orders.c: upkeep orders: what employers and benefit offices are to deduct: shown line by
 * line, previewed, set, changed, ended, and written out for them. */
#include "app/debit.h"
#include "app/employer_code.h"
#include "app/order.h"
#include "app/order_file.h"
#include "base/out.h"
#include "cli/clock.h"
#include "cli/options.h"
#include "ledger/deduction_steps.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_COLUMNS = 44 };

struct orders_call {
    struct options o;
    struct order_terms order;
    struct request_terms request;
    struct welfare welfare;
    bool confirm, is_request, is_code, has_from, has_made, writes;
};

/* --- reading the call --- */

static bool wrong(const char *what, const char *text)
{
    fprintf(stderr, "upkeep orders: %s%s%s; see `upkeep help orders`.\n", what,
            text ? ", not " : "", text ? text : "");
    return false;
}

static bool read_money(const char *name, const char *text, money *m)
{
    return options_money("orders", name, text, m);
}

static bool read_day(const char *name, const char *text, date *day)
{
    if (date_parse(text, strlen(text), day)) return true;
    fprintf(stderr, "upkeep orders: --%s needs a date such as 2026-11-22, not %s.\n", name, text);
    return false;
}

static bool read_terms(struct orders_call *c, int option, const char *text)
{
    struct order_terms *t = &c->order;

    switch (option) {
    case 'e': t->employer = text; return true;
    case 'E': t->employee = text; return true;
    case 'w': t->is_part = true; return read_money("weekly", text, &t->maintenance);
    case 'a': return read_money("arrears", text, &t->arrears);
    case 'f': return read_money("fees", text, &t->fees);
    case 'p': return read_money("protect", text, &t->protect);
    case 'i':
        return plan_interval_find(text, &t->period) ||
               wrong("--period is weekly, two_weekly, four_weekly or monthly", text);
    case 's':
        return order_scheme_find(text, &t->scheme) || wrong("--scheme is 1993, 2003 or 2012", text);
    case 'F': t->forces = true; return true;
    case 'b':
        return benefit_find(text, &c->request.benefit) ||
               wrong("--benefit is esa, jsa, universal_credit or older_benefit", text);
    case 'u':
        c->request.purpose = strcmp(text, "arrears") ? PURPOSE_MAINTENANCE : PURPOSE_ARREARS;
        return !strcmp(text, "arrears") || !strcmp(text, "maintenance") ||
               wrong("--for is maintenance or arrears", text);
    case 'n': c->request.earnings = true; return true;
    default: return false;
    }
}

static bool read_option(struct orders_call *c, int option, const char *text)
{
    switch (option) {
    case 'd': c->o.database = text; return true;
    case 't': return read_day("today", text, &c->o.today);
    case 'r': c->o.reference = text; return true;
    case 'm': c->has_made = true; return read_day("made", text, &c->order.made);
    case 'g': c->has_from = true; return read_day("from", text, &c->order.from);
    case 'R': c->order.reason = text; return true;
    case 'c': c->welfare.children = text; return true;
    case 'k': c->welfare.evidence = text; return true;
    case 'W': c->welfare.reasoning = text; return true;
    case 'B': c->o.by = text; return true;
    case 'y': c->confirm = true; return true;
    case 'O': c->o.out = text; return true;
    default: return read_terms(c, option, text);
    }
}

static const struct option option_names[] = {
    { "db", required_argument, NULL, 'd' },
    { "today", required_argument, NULL, 't' },
    { "case", required_argument, NULL, 'r' },
    { "employer", required_argument, NULL, 'e' },
    { "employee", required_argument, NULL, 'E' },
    { "made", required_argument, NULL, 'm' },
    { "from", required_argument, NULL, 'g' },
    { "weekly", required_argument, NULL, 'w' },
    { "arrears", required_argument, NULL, 'a' },
    { "fees", required_argument, NULL, 'f' },
    { "period", required_argument, NULL, 'i' },
    { "scheme", required_argument, NULL, 's' },
    { "protect", required_argument, NULL, 'p' },
    { "forces", no_argument, NULL, 'F' },
    { "benefit", required_argument, NULL, 'b' },
    { "for", required_argument, NULL, 'u' },
    { "earnings", no_argument, NULL, 'n' },
    { "reason", required_argument, NULL, 'R' },
    { "children", required_argument, NULL, 'c' },
    { "known", required_argument, NULL, 'k' },
    { "welfare", required_argument, NULL, 'W' },
    { "by", required_argument, NULL, 'B' },
    { "confirm", no_argument, NULL, 'y' },
    { "out", required_argument, NULL, 'O' },
    { NULL, 0, NULL, 0 },
};

/* "set", "change 1", "end 1", "code 1", "request", "end-request"; nothing: they are shown. */
static bool read_words(struct orders_call *c)
{
    const char *verb = c->o.word_count ? c->o.words[0] : "";
    bool numbered    = !strcmp(verb, "change") || !strcmp(verb, "end") || !strcmp(verb, "code");
    int most         = numbered ? 2 : 1;

    c->order.ends   = !strcmp(verb, "end");
    c->is_code      = !strcmp(verb, "code");
    c->request.ends = !strcmp(verb, "end-request");
    c->is_request   = c->request.ends || !strcmp(verb, "request");
    c->writes       = numbered || c->is_request || !strcmp(verb, "set");
    if (*verb && !c->writes && strcmp(verb, "rates") && strcmp(verb, "requests"))
        return wrong("the word is set, change, end, code, request, end-request, rates or requests",
                     verb);
    if (c->o.word_count > most) return wrong("that is one word too many", c->o.words[most]);
    if (numbered) {
        const char *number = c->o.word_count > 1 ? c->o.words[1] : "";
        c->order.number    = strtoll(number, NULL, 10);
        if (c->order.number <= 0) return wrong("say which order, by its number", number);
    }
    return true;
}

static bool call_read(struct orders_call *c, int argc, char **argv)
{
    *c     = (struct orders_call){ .o     = { .command  = "orders",
                                              .database = getenv("UPKEEP_DB"),
                                              .today    = clock_today(),
                                              .by = getenv("LOGNAME") ? getenv("LOGNAME") : "operator" },
                                   .order = { .scheme = SCHEME_2012 } };
    optind = 1;
    for (int option; (option = options_next(argc, argv, option_names)) != -1;)
        if (!read_option(c, option, optarg)) return false;
    c->o.words      = argv + optind;
    c->o.word_count = argc - optind;
    if (!c->has_from) c->order.from = c->o.today;
    if (!c->has_made) c->order.made = date_min(c->order.from, c->o.today);
    if (!c->o.database) return wrong("name the database with --db or UPKEEP_DB", NULL);
    if (!read_words(c)) return false;
    c->order.welfare = c->request.welfare = c->welfare;
    c->request.from                       = c->order.from;
    c->request.reason                     = c->order.reason;
    return true;
}

/* --- showing --- */

static void print_steps(const struct deduction_steps *s)
{
    char text[MONEY_TEXT];

    for (size_t i = 0; i < s->n; i++)
        printf("    %-7s %-*s %14s\n", rule_table[s->at[i].rule].name, WORDS_COLUMNS,
               s->at[i].words, money_pounds(s->at[i].amount, text));
}

static void print_order(const struct order *o, const struct law *law)
{
    struct deduction_steps s = deduction_steps_rates(law, &o->parts);
    char made[DATE_TEXT], from[DATE_TEXT];

    printf("%s %lld to employer %s%s%s, made %s, from %s, scheme of %lld, paid %s\n",
           o->forces ? "Request" : "Order", (long long)o->number, o->row->employer,
           *o->row->employee ? ", employee " : "", o->row->employee, date_text(o->row->made, made),
           date_text(o->row->starts, from), (long long)o->row->scheme, o->row->period);
    print_steps(&s);
}

static bool show(const struct setting *s, int64_t pp, date day, struct fail *f)
{
    struct group g;
    struct order_list l;
    struct request_now now;
    char from[DATE_TEXT];

    if (!group_load(s->store, s->arena, pp, KNOWN_NOW, &g, f) || !order_read(s, &g, day, &l, f) ||
        !request_read(s, pp, KNOWN_NOW, day, &now, f))
        return false;
    for (size_t i = 0; i < l.n; i++)
        print_order(&l.at[i], order_law(&g, day));
    if (now.row) {
        struct deduction_steps steps = deduction_steps_request(now.benefit, &now.request);
        printf("Benefit office asked for %s from %s, from %s\n", now.row->purpose, now.row->benefit,
               date_text(now.row->starts, from));
        print_steps(&steps);
    }
    const char *why = order_review(&g, &l, day, s->arena);
    if (why) printf("B-340   Look at the orders again: %s\n", why);
    if (l.n == 0 && !now.row) puts("Nothing is to be deducted.");
    return true;
}

/* --- doing --- */

/* A new order has a code from the beginning; `code` makes another.  code is NULL when none is
 * made. */
struct made {
    int64_t pp, number;
    const char *code;
};
static bool code_make(const struct orders_call *c, const struct setting *s, struct made *m,
                      struct fail *f)
{
    if (!c->is_code && (c->is_request || c->order.number)) return true;
    m->code = employer_code_new(s->arena);
    return employer_code_set(s, m->pp, m->number, m->code, f);
}

static bool terms_set(struct orders_call *c, const struct setting *s, int64_t pp, int64_t *number,
                      struct fail *f)
{
    *number = c->order.number;
    if (c->is_code) return true;
    return c->is_request ? request_set(s, pp, &c->request, NULL, f)
                         : order_set(s, pp, &c->order, NULL, number, f);
}

static bool act(struct orders_call *c, const struct setting *s, int64_t pp, struct fail *f)
{
    struct debit_beside beside = { c->is_request ? "request" : "order",
                                   c->is_request ? c->request.ends : c->order.ends };
    const char *debit = "";
    struct made made  = { .pp = pp };
    bool fine = (c->is_code || debit_beside_read(s->store, s->arena, pp, beside, &debit, f)) &&
                store_begin(s->store, STORE_WRITING, f) && terms_set(c, s, pp, &made.number, f) &&
                code_make(c, s, &made, f) && show(s, pp, c->order.from, f) &&
                (!c->confirm || store_commit(s->store, f));

    store_rollback(s->store);
    if (fine && made.code && c->confirm)
        printf("Code of order %lld, shown this once; for its letter to the employer: %s\n",
               (long long)made.number, made.code);
    if (fine && *debit) puts(debit);
    if (fine) puts(c->confirm ? "Recorded." : "Nothing was recorded: say --confirm to record it.");
    return fine;
}

static bool write_file(const struct orders_call *c, const struct setting *s, struct fail *f)
{
    bool requests = !strcmp(c->o.words[0], "requests");
    FILE *to      = c->o.out ? fopen(c->o.out, "wb") : stdout;

    if (!to)
        return FAIL(f, FAIL_SYSTEM, "write_failed", "%s cannot be written: %s.", c->o.out,
                    strerror(errno));
    bool fine =
        requests ? order_requests_write(s, to, f) : order_rates_write(s, c->order.employer, to, f);
    if (to != stdout && fclose(to) != 0 && fine)
        fine =
            FAIL(f, FAIL_SYSTEM, "write_failed", "%s could not be written to its end.", c->o.out);
    return fine;
}

static int run(struct orders_call *c, struct store *store, struct arena *arena)
{
    struct setting s = { .store = store, .arena = arena, .today = c->o.today, .actor = c->o.by };
    struct fail f    = { 0 };
    bool file        = c->o.word_count && !c->writes;
    int64_t arrangement, pp = 0;

    if (!file && !c->o.reference)
        return wrong("name the paying parent with --case", NULL), EXIT_WRONG_CALL;
    if (!file && !(pp = options_case(&c->o, store, arena, c->o.reference, &arrangement)))
        return EXIT_WRONG_CALL;
    bool fine = file        ? write_file(c, &s, &f)
                : c->writes ? act(c, &s, pp, &f)
                            : show(&s, pp, c->has_from ? c->order.from : c->o.today, &f);
    return fine ? EXIT_DONE : options_fail(&c->o, &f);
}

static int run_orders(int argc, char **argv)
{
    struct orders_call c;
    struct arena arena = { 0 };

    if (!call_read(&c, argc, argv)) return EXIT_WRONG_CALL;
    struct store *store = options_open(&c.o, c.writes ? STORE_WRITE : STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    int status = run(&c, store, &arena);
    store_close(store);
    arena_free(&arena);
    return status;
}

const struct command command_orders = {
    .name = "orders",
    .line = "what employers and benefit offices are to deduct: set, explained, written out",
    .help =
        "Usage: upkeep orders --case REF [--from DATE]              shows, line by line\n"
        "       upkeep orders --case REF set --employer REF [TERMS] a new order\n"
        "       upkeep orders --case REF change N [TERMS]; end N    from a day on\n"
        "       upkeep orders --case REF code N                     a new code for the employer\n"
        "       upkeep orders --case REF request --benefit KIND --for maintenance|arrears\n"
        "       upkeep orders --case REF end-request\n"
        "       upkeep orders rates [--employer REF] [--out FILE]   file for employers\n"
        "       upkeep orders requests [--out FILE]                 file for offices\n\n"
        "Without --confirm nothing is recorded: what would be is shown, each line with its rule.\n"
        "Amounts only: an order is made, served and pursued elsewhere.\n\n"
        "  --from DATE        from when it holds (today); --made DATE: when the order was made\n"
        "  --employee REF     the employee's reference; --period WORD: how they are paid\n"
        "  --weekly AMOUNT    only so much of the maintenance due a week (all no order takes yet)\n"
        "  --arrears AMOUNT   set to be paid a week; --fees AMOUNT: of fees\n"
        "  --scheme YEAR      2012, or arrears of 1993 (with --protect AMOUNT) or 2003\n"
        "  --forces           a request to the forces, whose pay is no earnings\n"
        "  --earnings         universal credit with earned income\n"
        "  --reason TEXT      why, in words both parents may read\n"
        "  --children TEXT    the children it may touch; --known TEXT: what is known of them;\n"
        "                     --welfare TEXT: why it is done all the same\n"
        "  --today DATE, --by NAME, --db DATABASE\n",
    .run = run_orders,
};
