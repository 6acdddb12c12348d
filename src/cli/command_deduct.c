/* command_deduct.c: upkeep deduct: what an employer takes from one pay-day, and why (B-301 to
 * B-351). */
#include "app/order.h"
#include "base/arena.h"
#include "base/out.h"
#include "cli/clock.h"
#include "cli/options.h"
#include "law/law.h"
#include "ledger/deduction_steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ORDERS_MOST = 16, PERIODS_MOST = 52, LABEL_COLUMNS = 52 };

struct deduct_call {
    date day;
    bool has_net, json, charge, northern_ireland;
    struct earnings_pay pay;
    struct earnings_order orders[ORDERS_MOST];
    size_t n;
    enum plan_interval period;
    bool has_period;
    const char *database, *reference, *employer; /* the orders of a case on record */
};

/* One line of the answer. */
struct answer {
    struct out out;
    bool json;
    size_t steps;
    enum jurisdiction place;
};

/* --- the answer --- */

static void say(struct answer *a, enum rule_id rule, const char *label, money amount)
{
    char text[MONEY_TEXT];

    if (!a->json) {
        out_print(&a->out, "%-7s %-*s %14s\n", rule_table[rule].name, LABEL_COLUMNS, label,
                  money_pounds(amount, text));
        return;
    }
    out_text(&a->out, a->steps++ ? ",{" : "{");
    out_print(&a->out, "\"rule\":\"%s\",\"cite\":", rule_table[rule].name);
    out_json(&a->out, rule_cite(rule, a->place), strlen(rule_cite(rule, a->place)));
    out_text(&a->out, ",\"label\":");
    out_json(&a->out, label, strlen(label));
    out_print(&a->out, ",\"amount\":\"%s\"}", money_text(amount, text));
}

/* The steps of one order, by its number where there are several. */
static void order_steps(struct answer *a, const struct deduct_call *c, size_t i,
                        const struct deduction *d)
{
    struct deduction_steps s = deduction_steps_pay_day(c->pay, &c->orders[i], d);
    char label[128];

    for (size_t k = 0; k < s.n; k++) {
        if (c->n > 1)
            snprintf(label, sizeof label, "Order %zu: %s", i + 1, s.at[k].words);
        else
            snprintf(label, sizeof label, "%s", s.at[k].words);
        say(a, s.at[k].rule, label, s.at[k].amount);
    }
}

static void json_money(struct out *o, const char *key, money amount)
{
    char text[MONEY_TEXT];
    out_print(o, "\"%s\":\"%s\"", key, money_text(amount, text));
}

static void json_order(struct out *o, const struct earnings_order *order, const struct deduction *d)
{
    out_print(o, "{\"kind\":\"%s\",", earnings_order_name(order->kind));
    json_money(o, "normal", order->normal);
    json_money((out_text(o, ","), o), "protected", d->protect);
    json_money((out_text(o, ","), o), "available", d->available);
    json_money((out_text(o, ","), o), "deduct", d->taken);
    json_money((out_text(o, ","), o), "short_by", d->short_by);
    json_money((out_text(o, ","), o), "carry_forward", d->carried);
    json_money((out_text(o, ","), o), "charge", d->charge);
    out_text(o, "}");
}

static void answer_write(const struct deduct_call *c, const struct law *law, struct answer *a)
{
    struct deduction d[ORDERS_MOST];
    money left = c->pay.net;
    char words[DATE_WORDS];

    earnings_deduct(law, c->pay, c->orders, c->n, d);
    for (size_t i = 0; i < c->n; i++)
        left = money_subtract(left, money_add(d[i].taken, d[i].charge));
    if (a->json) {
        out_text(&a->out, "{\"pay_day\":\"");
        out_date(&a->out, c->day);
        out_text(&a->out, "\",");
        json_money(&a->out, "net", c->pay.net);
        out_print(&a->out, ",\"periods\":%d,\"orders\":[", c->pay.periods);
        for (size_t i = 0; i < c->n; i++) {
            out_text(&a->out, i ? "," : "");
            json_order(&a->out, &c->orders[i], &d[i]);
        }
        out_text(&a->out, "],");
        json_money(&a->out, "employee_gets", left);
        out_text(&a->out, ",\"arrives_by\":\"");
        out_date(&a->out, earnings_pay_by(law, c->day));
        out_text(&a->out, "\",\"steps\":[");
    }
    say(a, RULE_B_311, "net earnings of this pay-day", c->pay.net);
    for (size_t i = 0; i < c->n; i++)
        order_steps(a, c, i, &d[i]);
    say(a, RULE_B_332, "the employee gets, and is told each deduction", left);
    if (a->json)
        out_text(&a->out, "]}\n");
    else
        out_print(&a->out, "%-7s what is deducted must arrive by %s\n", rule_table[RULE_B_331].name,
                  date_words(earnings_pay_by(law, c->day), words));
}

/* --- the call --- */

static bool wrong(const char *what, const char *text)
{
    fprintf(stderr, "upkeep deduct: %s%s%s; see `upkeep help deduct`.\n", what,
            text ? ", not " : "", text ? text : "");
    return false;
}

static bool read_money(const char *name, const char *text, money *m)
{
    return options_money("deduct", name, text, m);
}

/* --protect and --carried belong to the --rate before them. */
static struct earnings_order *order_last(struct deduct_call *c, const char *name)
{
    if (c->n == 0)
        fprintf(stderr, "upkeep deduct: --%s belongs to an order: give its --rate first.\n", name);
    return c->n ? &c->orders[c->n - 1] : NULL;
}

static bool read_rate(struct deduct_call *c, const char *text, bool weekly)
{
    struct earnings_order *o = &c->orders[c->n];

    if (c->n == ORDERS_MOST) return wrong("at most 16 orders can be worked out", text);
    *o        = (struct earnings_order){ .kind = ORDER_PROPORTION, .scheme = SCHEME_2012 };
    o->made.d = (int32_t)c->n++; /* as they are given, the oldest first */
    return read_money(weekly ? "weekly" : "rate", text, &o->normal);
}

static bool read_order(struct deduct_call *c, int option, const char *text)
{
    static const char *const names[] = { ['p'] = "protect", ['c'] = "carried", ['k'] = "kind" };
    struct earnings_order *o         = order_last(c, names[option]);

    if (!o) return false;
    if (option == 'c') return read_money(names[option], text, &o->brought);
    if (option == 'k')
        return earnings_order_find(text, &o->kind) ||
               wrong("--kind is percentage, fixed, priority, later or non_priority", text);
    if (o->kind == ORDER_PROPORTION) o->kind = ORDER_FIXED;
    return read_money(names[option], text, &o->protect);
}

static bool read_option(struct deduct_call *c, int option, const char *text)
{
    char *end;

    switch (option) {
    case 'n': c->has_net = true; return read_money("net", text, &c->pay.net);
    case 'r': return read_rate(c, text, false);
    case 'w':
        if (!c->has_period) return wrong("--weekly needs --period before it", text);
        if (!read_rate(c, text, true)) return false;
        c->orders[c->n - 1].normal =
            earnings_rates(law_at(JURISDICTION_GREAT_BRITAIN, c->day), c->orders[c->n - 1].normal)
                .of[c->period];
        return true;
    case 'p':
    case 'c':
    case 'k': return read_order(c, option, text);
    case 'i':
        c->has_period = true;
        return plan_interval_find(text, &c->period) ||
               wrong("--period is weekly, two_weekly, four_weekly or monthly", text);
    case 'm':
        c->pay.periods = (int32_t)strtol(text, &end, 10);
        return (!*end && c->pay.periods >= 1 && c->pay.periods <= PERIODS_MOST) ||
               wrong("--periods is a number from 1 to 52", text);
    case 'd':
        return (date_parse(text, strlen(text), &c->day) &&
                !date_before(c->day, law_scheme.opens)) ||
               wrong("--on is a day such as 2026-04-30, from 2012-12-10 on", text);
    case 'h': c->charge = true; return true;
    case 'j': c->json = true; return true;
    case 'N': c->northern_ireland = true; return true;
    case 'B': c->database = text; return true;
    case 'R': c->reference = text; return true;
    case 'E': c->employer = text; return true;
    default: return false;
    }
}

static const struct option option_names[] = {
    { "net", required_argument, NULL, 'n' },      { "rate", required_argument, NULL, 'r' },
    { "weekly", required_argument, NULL, 'w' },   { "period", required_argument, NULL, 'i' },
    { "protect", required_argument, NULL, 'p' },  { "carried", required_argument, NULL, 'c' },
    { "kind", required_argument, NULL, 'k' },     { "periods", required_argument, NULL, 'm' },
    { "on", required_argument, NULL, 'd' },       { "charge", no_argument, NULL, 'h' },
    { "json", no_argument, NULL, 'j' },           { "northern-ireland", no_argument, NULL, 'N' },
    { "db", required_argument, NULL, 'B' },       { "case", required_argument, NULL, 'R' },
    { "employer", required_argument, NULL, 'E' }, { NULL, 0, NULL, 0 },
};

/* --- the orders of a case --- */

/* The orders that hold on the pay-day, to one employer. */
static bool orders_take(struct deduct_call *c, const struct order_list *l, const struct law *law)
{
    const char *employer = c->employer ? c->employer : l->n ? l->at[0].row->employer : "";

    for (size_t i = 0; i < l->n && c->n < ORDERS_MOST; i++) {
        const struct order *o = &l->at[i];
        if (strcmp(o->row->employer, employer)) {
            if (!c->employer)
                return wrong("there are orders to several employers: name one with --employer",
                             NULL);
            continue;
        }
        c->orders[c->n++] = order_earnings(o, c->has_period ? c->period : o->period, law);
    }
    return c->n > 0 || wrong("no order to that employer holds on that day", NULL);
}

static bool orders_read(struct deduct_call *c)
{
    struct options o   = { .command = "deduct", .database = c->database };
    struct arena arena = { 0 };
    struct fail f      = { 0 };
    struct group g;
    struct order_list l;
    int64_t arrangement, pp;

    if (!o.database) o.database = getenv("UPKEEP_DB");
    if (!o.database) return wrong("--case needs a database: --db or UPKEEP_DB", NULL);
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return false;
    struct setting s = { .store = store, .arena = &arena };
    pp               = options_case(&o, store, &arena, c->reference, &arrangement);
    bool read        = pp && group_load_record(store, &arena, pp, KNOWN_NOW, &g, &f) &&
                order_read(&s, &g, c->day, &l, &f);
    if (pp && !read) options_fail(&o, &f);
    bool fine = read && orders_take(c, &l, order_law(&g, c->day));
    store_close(store);
    arena_free(&arena);
    return fine;
}

static bool call_read(struct deduct_call *c, int argc, char **argv)
{
    *c     = (struct deduct_call){ .day = clock_today(), .pay = { .periods = 1 } };
    optind = 1;
    for (int option; (option = options_next(argc, argv, option_names)) != -1;)
        if (!read_option(c, option, optarg)) return false;
    if (optind < argc) return wrong("every figure has a name such as --net", argv[optind]);
    if (c->reference && c->n) return wrong("--case or --rate, not both", c->reference);
    if (c->reference && !orders_read(c)) return false;
    for (size_t i = 0; i < c->n; i++)
        c->orders[i].charge = c->charge;
    if (c->has_net && c->n > 0) return true;
    fprintf(stderr, "upkeep deduct: give --net and at least one --rate, such as\n"
                    "  upkeep deduct --net 1200.00 --rate 150.00\n");
    return false;
}

static int run_deduct(int argc, char **argv)
{
    struct deduct_call c;
    struct arena arena = { 0 };

    if (!call_read(&c, argc, argv)) return EXIT_WRONG_CALL;
    struct answer a = { .out   = { .arena = &arena },
                        .json  = c.json,
                        .place = c.northern_ireland ? JURISDICTION_NORTHERN_IRELAND
                                                    : JURISDICTION_GREAT_BRITAIN };
    answer_write(&c, law_at(a.place, c.day), &a);
    fputs(out_string(&a.out), stdout);
    arena_free(&arena);
    return EXIT_DONE;
}

const struct command command_deduct = {
    .name = "deduct",
    .line = "what an employer deducts from one pay-day, and why",
    .help =
        "Usage: upkeep deduct --net AMOUNT --rate AMOUNT [--rate AMOUNT]... [OPTIONS]\n\n"
        "Says what to deduct from one pay-day under orders for child maintenance, with the rule\n"
        "for each figure. No database is needed, unless the orders are those on record for a "
        "case.\n\n"
        "  --net AMOUNT      net earnings: pay less tax, National Insurance and pension\n"
        "  --rate AMOUNT     the order's normal deduction for the pay period; once for each\n"
        "                    order, the oldest first\n"
        "  --weekly AMOUNT   instead of --rate, after --period: the order's weekly amount\n"
        "  --period WORD     weekly, two_weekly, four_weekly or monthly\n"
        "  --periods N       pay periods paid together, for holiday pay in advance\n"
        "  --on DATE         the pay-day (today)\n"
        "  --charge          take the employer's charge for each deduction too\n"
        "  --json            one JSON object instead of lines to read\n"
        "  --northern-ireland\n\n"
        "  --case REF        instead of --rate: the orders on record for that paying parent\n"
        "  --employer REF    with --case: those to this employer\n"
        "  --db DATABASE     with --case\n\n"
        "After the --rate of an order that is not of this scheme:\n"
        "  --protect AMOUNT  a fixed amount is protected (orders of the 1993 scheme)\n"
        "  --carried AMOUNT  what earlier pay-days left undeducted\n"
        "  --kind WORD       priority, non_priority or later: orders of others on the same pay\n\n"
        "    upkeep deduct --net 1200.00 --rate 150.00 --on 2026-04-30\n",
    .run = run_deduct,
};
