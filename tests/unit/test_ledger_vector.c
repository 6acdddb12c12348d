/* test_ledger_vector.c: runs the worked examples of tests/vector/money.txt. */
#include "base/out.h"
#include "ledger/allocate.h"
#include "ledger/fee.h"
#include "ledger/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LINE = 512, ITEMS = 32, WEEKS = 52 };

static const char *const kinds[ITEM_KINDS] = { "maintenance", "fee",          "legacy",
                                               "enforcement", "legacy_state", "repay" };

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

static money read_money(const char *s)
{
    money m;
    bool minus = *s == '-';
    assert_true(money_parse(s + minus, strlen(s) - minus, &m));
    return minus ? money_negate(m) : m;
}

static date read_date(const char *s)
{
    date d;
    assert_true(date_parse(s, strlen(s), &d));
    return d;
}

static money money_of(const char *line, const char *key)
{
    char buffer[LINE];
    const char *s = value_of(line, key, buffer);
    return s ? read_money(s) : MONEY_NONE;
}

static ratio ratio_of(const char *line, const char *key)
{
    char buffer[LINE];
    ratio r;
    assert_int_equal(sscanf(value_of(line, key, buffer), "%d/%d", &r.n, &r.d), 2);
    return r;
}

static void put_money(struct out *o, money m)
{
    char text[MONEY_TEXT];
    out_text(o, money_text(m, text));
}

static void do_fee(const char *line, struct out *o)
{
    money m    = money_of(line, "line");
    money fee  = fee_payer(m, ratio_of(line, "payer")),
          take = fee_receiver(m, ratio_of(line, "receiver"));
    out_text(o, "fee ");
    put_money(o, fee);
    out_text(o, ", pays ");
    put_money(o, money_add(m, fee));
    out_text(o, ", receiver's fee ");
    put_money(o, take);
    out_text(o, ", gets ");
    put_money(o, money_subtract(m, take));
    out_text(o, "\n");
}

static struct plan make_plan(const char *line, struct timeline t, struct arena *a)
{
    char buffer[LINE];
    date from               = read_date(value_of(line, "from", buffer));
    struct plan_terms terms = { .base            = from,
                                .from            = from,
                                .reference       = from,
                                .first_due       = from,
                                .month_day       = 1,
                                .reference_weeks = WEEKS };
    assert_true(plan_interval_find(value_of(line, "every", buffer), &terms.interval));
    return plan_make(&terms, t, a);
}

/* "11 of 36.40, last 36.40; in all 436.80" for the instalments from `first`. */
static void put_plan(struct out *o, const struct plan *p, size_t first)
{
    for (size_t i = first; i + 1 < p->n; i++)
        assert_int_equal(p->at[i].amount.p, p->at[first].amount.p);
    out_print(o, "%d of ", (int)(p->n - first - 1));
    put_money(o, p->at[first].amount);
    out_text(o, ", last ");
    put_money(o, p->at[p->n - 1].amount);
    out_text(o, "; in all ");
    put_money(o, plan_total(p));
    out_text(o, "\n");
}

static void do_plan(const char *line, struct out *o)
{
    char buffer[LINE];
    struct liability was = { read_date(value_of(line, "from", buffer)), money_of(line, "weekly") };
    struct plan p        = make_plan(line, (struct timeline){ &was, 1 }, o->arena);
    out_print(o, "%d instalments: ", (int)p.n);
    put_plan(o, &p, 0);
}

static void do_change(const char *line, struct out *o)
{
    char buffer[LINE];
    struct liability row[2] = { { read_date(value_of(line, "from", buffer)),
                                  money_of(line, "weekly") } };
    struct timeline was     = { row, 1 }, now;
    struct plan p           = make_plan(line, was, o->arena);
    money *change = ARENA_MANY(o->arena, money, p.n), sum = MONEY_NONE;
    size_t charged = (size_t)atol(value_of(line, "charged", buffer)), touched = 0;

    for (size_t i = 0; i < charged; i++)
        p.at[i].charged = true;
    assert_non_null(value_of(line, "new", buffer));
    buffer[DATE_TEXT - 1] = '\0';
    struct liability next = { read_date(buffer), read_money(buffer + DATE_TEXT) };
    if (date_same(next.from, row[0].from)) {
        now = (struct timeline){ &next, 1 };
    } else {
        row[1] = next;
        now    = (struct timeline){ row, 2 };
    }
    plan_remake(&p, was, now, change);
    for (size_t i = 0; i < p.n; i++) {
        sum = money_add(sum, change[i]);
        touched += !money_is_zero(change[i]);
    }
    out_text(o, "charged adjusted by ");
    put_money(o, sum);
    out_print(o, " over %d instalments; %d to come: ", (int)touched, (int)(p.n - charged));
    put_plan(o, &p, charged);
}

static void do_share(const char *line, struct out *o)
{
    char buffer[LINE];
    money weight[ITEMS], share[ITEMS];
    size_t n = 0;
    assert_non_null(value_of(line, "of", buffer));
    for (char *s = strtok(buffer, ","); s; s = strtok(NULL, ","))
        weight[n++] = read_money(s);
    share_pro_rata(money_of(line, "total"), weight, n, share);
    for (size_t i = 0; i < n; i++) {
        out_text(o, i ? " " : "");
        put_money(o, share[i]);
    }
    out_text(o, "\n");
}

static struct item read_item(const char *line)
{
    char kind[LINE], buffer[LINE];
    long arrangement;
    struct item i = { 0 };
    assert_int_equal(sscanf(line, "debt %ld %s", &arrangement, kind), 2);
    while (strcmp(kinds[i.kind], kind)) {
        i.kind++;
        assert_true(i.kind < ITEM_KINDS);
    }
    i.arrangement = arrangement;
    i.due = i.notified = read_date(value_of(line, "due", buffer));
    i.charged          = money_of(line, "charged");
    i.adjusted         = money_of(line, "adjusted");
    i.paid             = money_of(line, "paid");
    i.fenced           = strstr(line, " fenced") != NULL;
    i.cause            = strstr(line, " backdated") ? ITEM_BACKDATED : ITEM_INSTALMENT;
    return i;
}

static void do_allocate(const char *line, const struct item *items, size_t n, struct out *o)
{
    char buffer[LINE], text[DATE_TEXT];
    date day                        = read_date(value_of(line, "day", buffer));
    struct allocate_order order     = allocate_order_at(law_at(JURISDICTION_GREAT_BRITAIN, day));
    struct allocate_request request = { .money  = money_of(line, "money"),
                                        .day    = day,
                                        .fenced = strstr(line, " fenced") != NULL,
                                        .items  = items,
                                        .n      = n };
    if (strstr(line, " oldest_first")) memset(order.pro_rata, 0, sizeof order.pro_rata);
    if (strstr(line, " lowest_case")) order.largest_remainder = false;
    if (strstr(line, " fees_apart")) order.fee_with_maintenance = false;
    if (value_of(line, "window", buffer)) order.window_days = (int32_t)strtol(buffer, NULL, 10);
    if (value_of(line, "order", buffer)) {
        order.n = 0;
        for (char *s = strtok(buffer, ","); s; s = strtok(NULL, ","))
            assert_true(allocate_step_find(s, &order.step[order.n++]));
    }
    struct allocated r = allocate(&order, &request, o->arena);
    for (size_t i = 0; i < r.n; i++) {
        const struct item *t = &items[r.at[i].item];
        out_print(o, "%s: %d %s %s ", allocate_step_name(r.at[i].step), (int)t->arrangement,
                  kinds[t->kind], date_text(t->due, text));
        put_money(o, r.at[i].amount);
        out_text(o, r.at[i].ahead ? " kept\n" : "\n");
    }
    out_text(o, "left ");
    put_money(o, r.remainder);
    out_text(o, "\n");
}

static void run_case(const char *line, const struct item *items, size_t n, const char *expected)
{
    struct arena a = { 0 };
    struct out o   = { .arena = &a };
    if (!strncmp(line, "fee ", 4))
        do_fee(line, &o);
    else if (!strncmp(line, "plan ", 5))
        do_plan(line, &o);
    else if (!strncmp(line, "change ", 7))
        do_change(line, &o);
    else if (!strncmp(line, "share ", 6))
        do_share(line, &o);
    else if (!strncmp(line, "allocate ", 9))
        do_allocate(line, items, n, &o);
    if (strcmp(out_string(&o), expected)) print_error("%s", line);
    assert_string_equal(out_string(&o), expected);
    arena_free(&a);
}

static void worked_examples(void **state)
{
    FILE *f = fopen("tests/vector/money.txt", "r");
    char line[LINE], head[LINE] = "", expected[8 * LINE] = "";
    struct item items[ITEMS];
    size_t n = 0, cases = 0, used = 0;
    bool more = true;
    (void)state;
    assert_non_null(f);
    while (more) {
        more = fgets(line, sizeof line, f) != NULL;
        if (more && (line[0] == '#' || line[0] == '\n')) continue;
        if (more && line[0] == '=') {
            used += (size_t)snprintf(expected + used, sizeof expected - used, "%s", line + 2);
        } else if (more && !strncmp(line, "debt ", 5)) {
            assert_true(n < ITEMS);
            items[n++] = read_item(line);
        } else {
            if (head[0]) {
                run_case(head, items, n, expected);
                cases++;
            }
            if (more) memcpy(head, line, sizeof head);
            expected[0] = '\0';
            n = used = 0;
        }
    }
    fclose(f);
    assert_true(cases > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(worked_examples) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
