/* bank_day.c: from instalments to lines. */
#include "generate/bank_day.h"

#include "app/receive.h"
#include "generate/bank.h"

#include <stdlib.h>
#include <string.h>

enum {
    LATEST         = 60, /* days after the due day on which a payment or its return may come */
    EARLIEST       = 3,  /* days before it */
    SUSPENSE_REACH = 120
};

/* A reading of instalments, family by family, and the lines found. */
struct gathering {
    const struct caseload *load;
    const struct bank_days *days;
    struct arena *arena; /* of the lines */
    struct arena family; /* of the family at hand */
    struct kin *now;
    int64_t pp;
    struct bank_found found;
    size_t room;
};

static bool in_days(const struct gathering *g, date day)
{
    return !date_before(day, g->days->from) && date_before(day, g->days->until);
}

static void line_keep(struct gathering *g, struct feed_line line)
{
    struct bank_found *f = &g->found;

    if (f->n == g->room) {
        size_t room = g->room ? g->room * 2 : 256;
        f->lines = arena_grow(g->arena, f->lines, f->n * sizeof *f->lines, room * sizeof *f->lines);
        f->pp    = arena_grow(g->arena, f->pp, f->n * sizeof *f->pp, room * sizeof *f->pp);
        g->room  = room;
    }
    const char **texts[] = { &line.reference,     &line.original,   &line.payer_name,
                             &line.payer_account, &line.remittance, &line.reason };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_text(g->arena, *texts[i], strlen(*texts[i]));
    f->pp[f->n]      = g->pp;
    f->lines[f->n++] = line;
}

static void payment_find(struct gathering *g, const struct bank_payment *p)
{
    struct feed_line line, back;
    bool unreadable = family_payment(g->load, g->now, p->due).unreadable;

    if (g->days->only_suspense && !unreadable) return;
    if (!bank_line(g->load, g->now, p, &g->family, &line)) return;
    if (in_days(g, line.booked)) line_keep(g, line);
    if (bank_return(g->load, g->now, p, &line, &g->family, &back) && in_days(g, back.booked))
        line_keep(g, back);
}

static bool row_take(void *context, const struct sql_generate_asked_row *r, struct fail *fail)
{
    struct gathering *g   = context;
    const char *number    = r->key && !strncmp(r->key, "generate/", 9) ? r->key + 9 : NULL;
    struct bank_payment p = {
        .reference   = r->ref,
        .arrangement = r->arrangement,
        .due         = r->due,
        .asked       = bank_asked((enum jurisdiction)r->jurisdiction, r->due, r->amount),
    };

    (void)fail;
    if (!number) return true; /* a case of another's making */
    if (g->pp != r->pp) {
        arena_reset(&g->family);
        g->now = family_make(g->load, strtoll(number, NULL, 10), &g->family);
        g->pp  = r->pp;
    }
    payment_find(g, &p);
    return true;
}

/* By day; within a day as found: by family and due day. */
static void lines_sort(struct gathering *g)
{
    size_t days = (size_t)date_days(g->days->from, g->days->until), at = 0;
    struct bank_found found = { ARENA_MANY(g->arena, struct feed_line, g->found.n + 1),
                                ARENA_MANY(g->arena, int64_t, g->found.n + 1), g->found.n };
    size_t *first           = ARENA_MANY(g->arena, size_t, days + 1);

    for (size_t i = 0; i < found.n; i++)
        first[date_days(g->days->from, g->found.lines[i].booked)]++;
    for (size_t d = 0; d < days; d++) {
        size_t n = first[d];
        first[d] = at;
        at += n;
    }
    for (size_t i = 0; i < found.n; i++) {
        size_t to       = first[date_days(g->days->from, g->found.lines[i].booked)]++;
        found.lines[to] = g->found.lines[i];
        found.pp[to]    = g->found.pp[i];
    }
    g->found = found;
}

bool bank_days_find(struct store *store, const struct caseload *load, const struct bank_days *days,
                    struct arena *arena, struct bank_found *found, struct fail *fail)
{
    struct gathering g              = { .load = load, .days = days, .arena = arena };
    struct sql_generate_asked_in in = { .from  = date_add_days(days->from, -LATEST),
                                        .until = date_add_days(days->until, EARLIEST),
                                        .open  = KNOWN_OPEN };
    bool fine                       = sql_generate_asked(store, &in, row_take, &g, fail);

    lines_sort(&g);
    arena_free(&g.family);
    *found = g.found;
    return fine;
}

/* --- the statement --- */

#define NUMBERED "GENERATED "

/* The day up to which an account's statements were read; unchanged where none was. */
static bool days_read(struct store *store, struct arena *arena, date *until, money *closing,
                      struct fail *fail)
{
    struct sql_bank_statement_last_in in = { .account = bank_statement.account };
    struct sql_bank_statement_last_row row;
    size_t mark = sizeof NUMBERED - 1;
    bool found;
    date last;

    if (!sql_bank_statement_last(store, &in, arena, &row, &found, fail)) return false;
    if (!found || strncmp(row.id, NUMBERED, mark) != 0 ||
        !date_parse(row.id + mark, strlen(row.id + mark), &last))
        return true;
    *until   = date_add_days(last, 1);
    *closing = row.closing;
    return true;
}

bool bank_days_statement(struct store *store, const struct caseload *load,
                         const struct bank_days *days, struct arena *arena,
                         struct feed_statement *statement, struct fail *fail)
{
    struct bank_days between = { .from = date_add_days(load->last, 1), .until = days->from };
    struct bank_found found  = { 0 };
    char day[DATE_TEXT];

    *statement              = bank_statement;
    statement->has_balances = true;
    statement->id =
        arena_print(arena, NUMBERED "%s", date_text(date_add_days(days->until, -1), day));
    if (!days_read(store, arena, &between.from, &statement->opening, fail)) return false;
    if (date_before(between.from, between.until) &&
        !bank_days_find(store, load, &between, arena, &found, fail))
        return false;
    for (size_t i = 0; i < found.n; i++)
        statement->opening.p +=
            found.lines[i].credit ? found.lines[i].amount.p : -found.lines[i].amount.p;
    return true;
}

/* --- money that nobody could place --- */

/* Some of it is placed on the last day. */
static bool suspense_place(const struct setting *s, const struct caseload *load, int64_t pp,
                           int64_t receipt, struct fail *fail)
{
    enum { STREAM = 200 };
    struct draw d = draw_start(load->seed, receipt, STREAM, 0);

    return !assumed_chance(load->assumptions, ASSUME_MATCHED, &d) ||
           receipt_match(s, receipt, pp, fail);
}

bool suspense_make(struct store *store, const struct caseload *load, struct fail *fail)
{
    struct arena arena = { 0 }, step = { 0 };
    struct bank_days days = { .from          = date_add_days(load->last, -SUSPENSE_REACH),
                              .until         = date_add_days(load->last, 1),
                              .only_suspense = true };
    struct setting s      = { .store = store, .arena = &step };
    struct receipt_result *r;
    struct bank_found found;
    bool fine = bank_days_find(store, load, &days, &arena, &found, fail);

    r = ARENA_MANY(&arena, struct receipt_result, found.n + 1);
    for (size_t i = 0; fine && i < found.n; i++) {
        arena_reset(&step);
        s.today = found.lines[i].booked;
        s.actor = "bank";
        fine    = receipt_record(&s, &found.lines[i], &r[i], fail);
    }
    for (size_t i = 0; fine && i < found.n; i++) {
        arena_reset(&step);
        s.today = load->last;
        s.actor = "generated caseworker";
        fine    = suspense_place(&s, load, found.pp[i], r[i].receipt, fail);
    }
    arena_free(&step);
    arena_free(&arena);
    return fine;
}
