/* test_collection.c: runs the worked examples of tests/vector/collection.txt, and the properties
 * that deductions have whatever the amounts. */
#include "base/out.h"
#include "law/draft.h"
#include "ledger/benefit.h"
#include "ledger/earnings.h"
#include "ledger/fee.h"
#include "ledger_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LINE = 512, ORDERS = 8, CASES = 44 };

/* The text after "key=" in the line, up to a blank or the end; NULL if there is none. */
static const char *value_of(const char *line, const char *key, char *buffer)
{
    size_t n = strlen(key);
    for (const char *p = line; (p = strstr(p, key)); p += n)
        if (p > line && p[-1] == ' ' && p[n] == '=') {
            size_t length = strcspn(p + n + 1, " \n");
            memcpy(buffer, p + n + 1, length);
            buffer[length] = '\0';
            return buffer;
        }
    return NULL;
}

static money money_of(const char *line, const char *key)
{
    char buffer[LINE];
    money m       = MONEY_NONE;
    const char *s = value_of(line, key, buffer);
    if (s) assert_true(money_parse(s, strlen(s), &m));
    return m;
}

static bool yes(const char *line, const char *key)
{
    char buffer[LINE];
    const char *s = value_of(line, key, buffer);
    return s && !strcmp(s, "yes");
}

static date date_of(const char *line, const char *key)
{
    char buffer[LINE];
    date d;
    const char *s = value_of(line, key, buffer);
    assert_non_null(s);
    assert_true(date_parse(s, strlen(s), &d));
    return d;
}

static enum jurisdiction place_of(const char *line)
{
    char buffer[LINE];
    const char *s = value_of(line, "in", buffer);
    return s && !strcmp(s, "ni") ? JURISDICTION_NORTHERN_IRELAND : JURISDICTION_GREAT_BRITAIN;
}

static const struct law *law_of(const char *line)
{
    return law_at(place_of(line), date_of(line, "on"));
}

static void put(struct out *o, const char *words, money m)
{
    out_text(o, words);
    out_money(o, m);
}

static void put_if_any(struct out *o, const char *words, money m)
{
    if (!money_is_zero(m)) put(o, words, m);
}

/* --- earnings --- */

static struct earnings_order order_of(const char *line, const char *kind)
{
    char buffer[LINE];
    struct earnings_order o = { .scheme          = SCHEME_2012,
                                .normal          = money_of(line, "normal"),
                                .protect         = money_of(line, "protect"),
                                .brought         = money_of(line, "brought"),
                                .brought_protect = money_of(line, "protect_more"),
                                .charge          = yes(line, "charge") };
    assert_true(earnings_order_find(kind, &o.kind));
    if (value_of(line, "scheme", buffer) && !strcmp(buffer, "2003")) o.scheme = SCHEME_2003;
    if (value_of(line, "made", buffer)) o.made = date_of(line, "made");
    return o;
}

static struct earnings_pay pay_of(const char *line)
{
    char buffer[LINE];
    const char *periods = value_of(line, "periods", buffer);
    return (struct earnings_pay){ money_of(line, "net"),
                                  periods ? (int32_t)strtol(periods, NULL, 10) : 1 };
}

static void do_deduct(const char *line, struct out *o)
{
    char buffer[LINE];
    struct earnings_order order = order_of(line, value_of(line, "order", buffer));
    struct earnings_pay pay     = pay_of(line);
    struct deduction d;

    earnings_deduct(law_of(line), pay, &order, 1, &d);
    put(o, "protected ", d.protect);
    put(o, ", available ", d.available);
    put(o, ", deduct ", d.taken);
    put_if_any(o, ", charge ", d.charge);
    put_if_any(o, ", short by ", d.short_by);
    put(o, ", employee gets ", money_subtract(money_subtract(pay.net, d.taken), d.charge));
    put_if_any(o, ", carry forward ", d.carried);
    put_if_any(o, ", protect ", d.carried_protect);
    out_text(o, money_is_zero(d.carried_protect) ? "\n" : " more\n");
}

static void do_several(const char *line, const struct earnings_order *orders, size_t n,
                       struct out *o)
{
    struct earnings_pay pay = pay_of(line);
    struct deduction d[ORDERS];
    money left = pay.net;

    earnings_deduct(law_of(line), pay, orders, n, d);
    /* in the order in which they were taken: what was taken before grows, and of several before
     * which nothing else was taken only the last took anything */
    bool shown[ORDERS] = { false };
    for (size_t k = 0; k < n; k++) {
        size_t next = n;
        for (size_t i = 0; i < n; i++)
            if (!shown[i] && (next == n || d[i].before.p < d[next].before.p)) next = i;
        shown[next] = true;
        out_print(o, "%s %zu: ", k ? "then" : "first", next + 1);
        put(o, "deduct ", d[next].taken);
        put(o, " of ", d[next].sought);
        put(o, ", available ", d[next].available);
        put_if_any(o, ", charge ", d[next].charge);
        out_text(o, "\n");
        left = money_subtract(left, money_add(d[next].taken, d[next].charge));
    }
    put(o, "employee gets ", left);
    out_text(o, "\n");
}

static void do_rates(const char *line, struct out *o)
{
    struct rate_parts parts  = { money_of(line, "maintenance"), money_of(line, "fee"),
                                 money_of(line, "arrears"), money_of(line, "fees") };
    struct deduction_rates r = earnings_rates(law_of(line), earnings_weekly(&parts));

    put(o, "a week ", r.of[PLAN_WEEKLY]);
    put(o, ", two weeks ", r.of[PLAN_TWO_WEEKLY]);
    put(o, ", four weeks ", r.of[PLAN_FOUR_WEEKLY]);
    put(o, ", a month ", r.of[PLAN_MONTHLY]);
    out_text(o, "\n");
}

static void do_net(const char *line, struct out *o)
{
    char buffer[LINE];
    struct pay_item items[PAY_KINDS];
    size_t n = 0;

    for (int k = 0; k < PAY_KINDS; k++)
        if (value_of(line, earnings_kind_name((enum pay_kind)k), buffer))
            items[n++] = (struct pay_item){ (enum pay_kind)k,
                                            money_of(line, earnings_kind_name((enum pay_kind)k)) };
    assert_true(n > 0);
    put(o, "net ",
        earnings_net(items, n,
                     (struct pay_taken){ money_of(line, "tax"), money_of(line, "insurance"),
                                         money_of(line, "pension_contributions") }));
    out_text(o, "\n");
}

static void do_day(const char *line, struct out *o)
{
    bool arrives = strstr(line, " arrives ") != NULL;

    out_text(o, arrives ? "by " : "complies from ");
    out_date(o, arrives ? earnings_pay_by(law_of(line), date_of(line, "deducted"))
                        : earnings_first_day(law_of(line), date_of(line, "served")));
    out_text(o, "\n");
}

static void do_fee(const char *line, struct out *o)
{
    const struct law *law = law_of(line);
    money m = money_of(line, "line"), fee = fee_payer(m, law->collection_fee_payer),
          take = fee_receiver(m, law->collection_fee_receiver);

    put(o, "payer's fee ", fee);
    put(o, ", pays ", money_add(m, fee));
    put(o, ", receiver's fee ", take);
    put(o, ", gets ", money_subtract(m, take));
    out_text(o, "\n");
}

/* --- benefits --- */

static enum paid_benefit benefit_of(const char *line)
{
    char buffer[LINE];
    enum paid_benefit b;
    assert_true(benefit_find(value_of(line, "benefit", buffer), &b));
    return b;
}

static void do_ask(const char *line, struct out *o)
{
    char buffer[LINE];
    const char *purpose   = value_of(line, "for", buffer);
    bool both             = !strcmp(purpose, "both");
    struct benefit_case c = { .benefit     = benefit_of(line),
                              .maintenance = both || !strcmp(purpose, "maintenance"),
                              .arrears     = both || !strcmp(purpose, "arrears"),
                              .liable      = yes(line, "liable"),
                              .flat_rate   = yes(line, "flat"),
                              .half        = yes(line, "half"),
                              .elsewhere   = yes(line, "elsewhere"),
                              .earnings    = yes(line, "earnings") };
    struct benefit_request r;
    struct fail f;

    if (!benefit_ask(law_of(line), &c, &r, &f)) {
        assert_int_equal(f.kind, FAIL_REFUSED);
        out_print(o, "refused %s\n", f.code);
        return;
    }
    put(o, "a week ", r.week);
    put(o, ", of it fee ", r.fee);
    put(o, "; asked ", r.amount);
    out_text(o, benefit_is_monthly(c.benefit) ? " a month\n" : " a week\n");
}

static void do_take(const char *line, struct out *o)
{
    money award = money_of(line, "award"), want = money_of(line, "want"), take;

    if (strstr(line, " credit ")) {
        struct universal_credit month = { award, money_of(line, "allowance"),
                                          money_of(line, "higher") };
        take                          = benefit_take_universal_credit(law_of(line), &month, want);
    } else {
        take = benefit_take(law_of(line), benefit_of(line), award, want);
    }
    put(o, "take ", take);
    put(o, ", leaves ", money_subtract(award, take));
    out_text(o, "\n");
}

/* --- values of the law --- */

/* The cell of a value with several, by its name with _ for blanks; all of it without a name. */
static void put_cell(struct out *o, const struct law_parameter *p, const char *text,
                     const char *cell)
{
    char name[LINE];
    const char *names = p->each;

    while (cell) {
        assert_non_null(names);
        names += strspn(names, " ;");
        size_t n = strcspn(names, ";");
        assert_true(n > 0 && n < sizeof name);
        memcpy(name, names, n);
        name[n] = '\0';
        for (char *s = name; *s; s++)
            if (*s == ' ') *s = '_';
        if (!strcmp(name, cell)) break;
        names += n;
        text += strcspn(text, " ");
        text += strspn(text, " ");
    }
    out_bytes(o, text, cell ? strcspn(text, " ") : strlen(text));
    out_text(o, "\n");
}

static void do_law(const char *line, struct out *o)
{
    char name[LINE], buffer[LINE];

    assert_int_equal(sscanf(line, "%*s law %s", name), 1);
    for (int32_t i = 0; i < parameter_count; i++) {
        const struct law_parameter *p = &parameter_table[i];
        if (strcmp(p->name, name)) continue;
        const struct law_value *v = law_value_at(p, place_of(line), date_of(line, "on"));
        assert_true(v && v->in_force);
        put_cell(o, p, v->text, value_of(line, "cell", buffer));
    }
}

static void do_draft(const char *line, struct out *o)
{
    char draft[LINE], name[LINE];

    assert_int_equal(sscanf(line, "%*s draft %s %s", draft, name), 2);
    for (const struct law_draft *d = draft_table; d->name; d++)
        for (const struct law_parameter *p = d->parameters; p->name; p++)
            if (!strcmp(d->name, draft) && !strcmp(p->name, name))
                out_print(o, "%s\n", p->values[JURISDICTION_GREAT_BRITAIN][0].text);
}

/* --- the file --- */

static const struct {
    const char *word;
    void (*run)(const char *line, struct out *o);
} runs[] = {
    { "deduct", do_deduct }, { "rates", do_rates }, { "net", do_net },     { "arrives", do_day },
    { "serves", do_day },    { "fee", do_fee },     { "ask", do_ask },     { "take", do_take },
    { "credit", do_take },   { "law", do_law },     { "draft", do_draft },
};

struct book {
    char head[LINE], expected[4 * LINE];
    struct earnings_order orders[ORDERS];
    size_t n, used, cases;
    bool sourced, seen[CASES + 1];
};

static void run_case(struct book *b)
{
    struct arena a = { 0 };
    struct out o   = { .arena = &a };
    char id[16], word[32];
    int number;

    assert_int_equal(sscanf(b->head, "%15s %31s", id, word), 2);
    if (!b->sourced) print_error("%s: it has no source\n", id);
    assert_true(b->sourced);
    if (sscanf(id, "C-%d", &number) == 1) {
        assert_true(number >= 1 && number <= CASES);
        b->seen[number] = true;
    }
    b->cases++;
    if (!strcmp(word, "none:")) return;
    bool known = !strcmp(word, "several");
    if (known) do_several(b->head, b->orders, b->n, &o);
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        if (!strcmp(runs[i].word, word)) {
            runs[i].run(b->head, &o);
            known = true;
        }
    assert_true(known);
    if (strcmp(out_string(&o), b->expected)) print_error("%s", b->head);
    assert_string_equal(out_string(&o), b->expected);
    arena_free(&a);
}

static void take_line(struct book *b, const char *line)
{
    char kind[LINE];

    if (line[0] == '#' || line[0] == '\n') return;
    if (line[0] == '=') {
        b->used +=
            (size_t)snprintf(b->expected + b->used, sizeof b->expected - b->used, "%s", line + 2);
    } else if (sscanf(line, "order %s", kind) == 1) {
        assert_true(b->n < ORDERS);
        b->orders[b->n++] = order_of(line, kind);
    } else if (!strncmp(line, "source: ", 8)) {
        b->sourced = true;
    } else {
        if (b->head[0]) run_case(b);
        snprintf(b->head, sizeof b->head, "%s", line);
        b->expected[0] = '\0';
        b->n = b->used = 0;
        b->sourced     = false;
    }
}

static void worked_examples(void **state)
{
    static struct book b;
    char line[LINE];
    FILE *f = fopen("tests/vector/collection.txt", "r");

    (void)state;
    assert_non_null(f);
    while (fgets(line, sizeof line, f))
        take_line(&b, line);
    fclose(f);
    run_case(&b);
    assert_true(b.cases > 90);
    for (int i = 1; i <= CASES; i++) {
        if (!b.seen[i]) print_error("C-%03d is not in tests/vector/collection.txt\n", i);
        assert_true(b.seen[i]);
    }
}

/* --- properties --- */

static const struct law *any_law(struct chance *c)
{
    static const int years[] = { 2012, 2014, 2019, 2025, 2026 };
    return law_at((enum jurisdiction)chance_below(c, JURISDICTIONS),
                  date_make(years[chance_below(c, 5)], 12, 31));
}

static struct earnings_order any_order(struct chance *c, bool ours)
{
    return (struct earnings_order){
        .kind            = ours ? ORDER_PROPORTION : (enum order_kind)chance_below(c, ORDER_KINDS),
        .scheme          = (enum order_scheme)chance_below(c, SCHEMES),
        .made            = { (int32_t)chance_below(c, 5) },
        .normal          = { chance_below(c, 60000) },
        .protect         = { chance_below(c, 100000) },
        .brought         = { chance_below(c, 2) * chance_below(c, 10000) },
        .brought_protect = { chance_below(c, 2) * chance_below(c, 10000) },
        .charge          = chance_below(c, 2),
    };
}

/* Whatever the orders: nothing below zero, the employee keeps what each order protects, 60% where
 * an order for child maintenance took anything, and charges are at most a pound each. */
static void protected_earnings_stay(void **state)
{
    struct chance c = chance_start(301);
    (void)state;

    for (int round = 0; round < 200000; round++) {
        const struct law *law = any_law(&c);
        struct earnings_order orders[ORDERS];
        struct deduction d[ORDERS];
        struct earnings_pay pay = { { chance_below(&c, 150000) },
                                    (int32_t)chance_below(&c, 4) + 1 };
        size_t n                = (size_t)chance_below(&c, ORDERS) + 1;
        bool ours               = chance_below(&c, 2);
        int64_t taken = 0, charges = 0;

        for (size_t i = 0; i < n; i++)
            orders[i] = any_order(&c, ours);
        earnings_deduct(law, pay, orders, n, d);
        for (size_t i = 0; i < n; i++) {
            int64_t left = pay.net.p - d[i].before.p - d[i].taken.p;
            assert_true(d[i].taken.p >= 0 && d[i].short_by.p >= 0 && d[i].carried.p >= 0);
            assert_true(d[i].taken.p + d[i].short_by.p == d[i].sought.p);
            assert_true(d[i].carried.p == 0 || d[i].carried.p == d[i].short_by.p);
            assert_true(d[i].taken.p == 0 || left >= d[i].protect.p);
            if (orders[i].kind == ORDER_PROPORTION && d[i].taken.p)
                assert_true(left * 100 >= pay.net.p * 60);
            assert_true(d[i].charge.p >= 0 && d[i].charge.p <= 100);
            taken += d[i].taken.p;
            charges += d[i].charge.p;
        }
        assert_true(taken + charges <= pay.net.p);
        if (ours) assert_true(taken * 100 <= pay.net.p * 40);
    }
}

/* More pay never lowers a deduction, nor do more pay periods; the order in which orders are listed
 * does not matter when their days differ. */
static void deductions_are_monotone(void **state)
{
    struct chance c = chance_start(302);
    (void)state;

    for (int round = 0; round < 100000; round++) {
        const struct law *law     = any_law(&c);
        struct earnings_order one = any_order(&c, true), pair[2], turned[2];
        struct earnings_pay pay = { { chance_below(&c, 150000) }, 1 }, more = pay, longer = pay;
        struct deduction a, b, d, two[2], other[2];

        more.net.p += chance_below(&c, 50000);
        longer.periods += (int32_t)chance_below(&c, 5);
        earnings_deduct(law, pay, &one, 1, &a);
        earnings_deduct(law, more, &one, 1, &b);
        earnings_deduct(law, longer, &one, 1, &d);
        assert_true(b.taken.p >= a.taken.p && d.taken.p >= a.taken.p);
        for (int i = 0; i < 2; i++) {
            pair[i]        = any_order(&c, false);
            pair[i].made.d = i;
            turned[1 - i]  = pair[i];
        }
        earnings_deduct(law, pay, pair, 2, two);
        earnings_deduct(law, pay, turned, 2, other);
        assert_memory_equal(&two[0].taken, &other[1].taken, sizeof two[0].taken);
        assert_memory_equal(&two[1].taken, &other[0].taken, sizeof two[0].taken);
        assert_memory_equal(&two[1].charge, &other[0].charge, sizeof two[0].charge);
    }
}

/* Undeducted money is never lost where it is carried forward: over any run of pay-days what was
 * taken and what is still carried make up what was sought. */
static void carried_money_adds_up(void **state)
{
    struct chance c       = chance_start(303);
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, date_make(2026, 4, 30));
    (void)state;

    for (int round = 0; round < 2000; round++) {
        struct earnings_order o = { .kind    = ORDER_FIXED,
                                    .normal  = { chance_below(&c, 5000) },
                                    .protect = { chance_below(&c, 20000) } };
        int64_t taken           = 0;
        for (int day = 1; day <= 52; day++) {
            struct deduction d;
            earnings_deduct(law, (struct earnings_pay){ { chance_below(&c, 30000) }, 1 }, &o, 1,
                            &d);
            taken += d.taken.p;
            o.brought         = d.carried;
            o.brought_protect = d.carried_protect;
            assert_true(taken + d.carried.p == o.normal.p * day);
        }
    }
}

static void rates_agree(void **state)
{
    struct chance c       = chance_start(304);
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, date_make(2026, 4, 30));
    (void)state;

    for (int round = 0; round < 10000; round++) {
        money week               = { chance_below(&c, 100000) };
        struct deduction_rates r = earnings_rates(law, week);
        assert_true(r.of[PLAN_FOUR_WEEKLY].p * 13 == week.p * 52);
        int64_t off = r.of[PLAN_MONTHLY].p * 12 - week.p * 52;
        assert_true(off >= -6 && off <= 6);
    }
}

static void a_claimant_keeps_the_floor(void **state)
{
    struct chance c = chance_start(305);
    (void)state;

    for (int round = 0; round < 100000; round++) {
        const struct law *law         = any_law(&c);
        money want                    = { chance_below(&c, 8000) };
        enum paid_benefit b           = (enum paid_benefit)chance_below(&c, PAID_BENEFITS);
        int64_t floor                 = b == PAID_UNIVERSAL_CREDIT ? 1 : 10;
        struct universal_credit month = { { chance_below(&c, 8000) },
                                          { chance_below(&c, 60000) },
                                          { chance_below(&c, 10000) } };
        money take                    = benefit_take(law, b, month.award, want);
        assert_true(take.p >= 0 && take.p <= want.p);
        assert_true(take.p == 0 || month.award.p - take.p >= floor);
        take = benefit_take_universal_credit(law, &month, want);
        assert_true(take.p >= 0 && take.p <= want.p);
        assert_true(take.p == 0 || month.award.p - take.p >= 1);
        if (!law->universal_credit_uplift)
            assert_true(take.p == 0 || (take.p + month.higher.p) * 4 <= month.allowance.p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_examples),
        cmocka_unit_test(protected_earnings_stay),
        cmocka_unit_test(deductions_are_monotone),
        cmocka_unit_test(carried_money_adds_up),
        cmocka_unit_test(rates_agree),
        cmocka_unit_test(a_claimant_keeps_the_floor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
