/* command_status.c: upkeep status: each job, the line, what is set aside, what is in suspense. */
#include "app/status.h"
#include "cli/options.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOMENT = 32 };

static const char *moment(int64_t at, char text[MOMENT])
{
    time_t t = (time_t)at;
    struct tm c;

    strftime(text, MOMENT, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &c));
    return text;
}

static void print_jobs(const struct status *s)
{
    char day[DATE_TEXT], good[DATE_TEXT], at[MOMENT];

    if (s->job_count == 0) puts("No day was run yet.");
    for (size_t i = 0; i < s->job_count; i++) {
        const struct sql_job_list_row *j = &s->jobs[i];
        printf("%s: last good %s; %s %s: %lld of %lld families, %lld set aside, since %s", j->name,
               j->has_last_good ? date_text(j->last_good, good) : "never", j->state,
               date_text(j->day, day), (long long)j->done, (long long)j->total, (long long)j->aside,
               moment(j->started, at));
        if (j->has_finished) printf(", until %s", moment(j->finished, at));
        printf("%s%s\n", *j->note ? ": " : "", j->note);
    }
}

/* A term that is taken off or (adds) added: below nothing it is the other way round. */
static void print_term(bool adds, money amount, const char *what)
{
    char text[MONEY_TEXT];
    bool below = amount.p < 0;

    printf("  %c %s %s\n", adds == below ? '-' : '+',
           money_pounds(below ? money_negate(amount) : amount, text), what);
}

static void print_bank(const struct bank_terms *b)
{
    char ledger[MONEY_TEXT], moved[MONEY_TEXT];

    if (!b->is_proved) {
        puts("The ledger was not held against the bank yet: upkeep day does it each night.");
        return;
    }
    printf("At the bank by the ledger: %s\n  = %s moved on %lld statement%s\n",
           money_pounds(b->ledger, ledger), money_pounds(b->moved, moved), (long long)b->statements,
           b->statements == 1 ? "" : "s");
    print_term(false, b->others, "on statements and not booked");
    print_term(false, b->faulty, "on lines at fault");
    print_term(false, b->collections, "collections that arrived as one sum");
    /* Between a file and the night that proves it, statements have receipts the ledger's days do
     * not. */
    print_term(true, b->not_stated,
               b->not_stated.p < 0
                   ? "on statements, and of days not proved yet (upkeep day proves them)"
                   : "received, and on no statement with balances");
    print_term(false, b->unseen, "paid out and not yet seen at the bank");
    print_term(true, b->left, "explained by nothing");
}

static json_t *bank_json(const struct bank_terms *b)
{
    return json_pack("{sI sI sI sI sI sI sI sI sI}", "ledger", (json_int_t)b->ledger.p,
                     "statements", (json_int_t)b->statements, "moved", (json_int_t)b->moved.p,
                     "not_booked", (json_int_t)b->others.p, "at_fault", (json_int_t)b->faulty.p,
                     "collections", (json_int_t)b->collections.p, "on_no_statement",
                     (json_int_t)b->not_stated.p, "paid_unseen", (json_int_t)b->unseen.p, "left",
                     (json_int_t)b->left.p);
}

/* What the run left over books itself; this says why it waits. */
static void print_unbooked(const struct debit_unbooked *u)
{
    char amount[MONEY_TEXT], day[DATE_TEXT], changed[DATE_TEXT];

    printf("Collections not booked: %lld, %s\n", (long long)u->number,
           money_pounds(u->amount, amount));
    for (size_t i = 0; i < u->n; i++) {
        const struct sql_debit_unbooked_row *r = &u->rows[i];
        printf("  %s %s %s, file %lld of %s, %s: the case was changed on %s; the run of that day "
               "books it\n",
               r->ref, r->given, r->family, (long long)r->batch, date_text(r->processing, day),
               money_pounds(r->amount, amount), date_text(r->changed, changed));
    }
}

static json_t *unbooked_json(const struct debit_unbooked *u)
{
    char day[DATE_TEXT], changed[DATE_TEXT];
    json_t *rows = json_array();

    for (size_t i = 0; i < u->n; i++)
        json_array_append_new(rows, json_pack("{ss sI ss sI ss}", "paying_parent", u->rows[i].ref,
                                              "file", (json_int_t)u->rows[i].batch, "processing",
                                              date_text(u->rows[i].processing, day), "amount",
                                              (json_int_t)u->rows[i].amount.p, "case_changed",
                                              date_text(u->rows[i].changed, changed)));
    return json_pack("{sI sI so}", "number", (json_int_t)u->number, "amount",
                     (json_int_t)u->amount.p, "oldest", rows);
}

static void print_clocks(const struct status *s)
{
    for (size_t i = 0; i < s->clock_count; i++)
        printf("Waits: %s %lld open, %lld near, %lld late\n", s->clocks[i].kind,
               (long long)s->clocks[i].open, (long long)s->clocks[i].near,
               (long long)s->clocks[i].breached);
    if (s->owners.families)
        printf("Families with an owner: %lld, %lld days with the same one on average\n",
               (long long)s->owners.families, (long long)(s->owners.days / s->owners.families));
}

static json_t *clocks_json(const struct status *s)
{
    json_t *rows = json_object();

    for (size_t i = 0; i < s->clock_count; i++)
        json_object_set_new(rows, s->clocks[i].kind,
                            json_pack("{sI sI sI}", "open", (json_int_t)s->clocks[i].open, "near",
                                      (json_int_t)s->clocks[i].near, "late",
                                      (json_int_t)s->clocks[i].breached));
    return rows;
}

static void print_status(const struct status *s)
{
    char day[DATE_TEXT], at[MOMENT];

    print_jobs(s);
    printf("Next: %s\n", date_text(s->next, day));
    if (s->stop.is_stopped)
        printf("STOPPED by %s at %s: %s.\n", s->stop.by, moment(s->stop.at, at), s->stop.reason);
    else
        puts("The line is going.");
    printf("Set aside: %zu\n", s->aside_count);
    for (size_t i = 0; i < s->aside_count; i++)
        printf("  paying parent %lld since %s: %s\n", (long long)s->aside[i].pp,
               date_text(s->aside[i].since, day), s->aside[i].reason);
    printf("In suspense: %lld\n", (long long)s->suspense);
    print_clocks(s);
    print_unbooked(&s->unbooked);
    print_bank(&s->bank);
}

static json_t *job_json(const struct sql_job_list_row *j)
{
    char day[DATE_TEXT], good[DATE_TEXT], at[MOMENT], end[MOMENT];

    return json_pack("{ss ss ss? ss ss ss? sI sI sI ss}", "name", j->name, "state", j->state,
                     "last_good", j->has_last_good ? date_text(j->last_good, good) : NULL, "day",
                     date_text(j->day, day), "started", moment(j->started, at), "finished",
                     j->has_finished ? moment(j->finished, end) : NULL, "done", (json_int_t)j->done,
                     "total", (json_int_t)j->total, "aside", (json_int_t)j->aside, "note", j->note);
}

static void print_json(const struct status *s)
{
    char day[DATE_TEXT], at[MOMENT];
    json_t *jobs = json_array(), *aside = json_array();

    for (size_t i = 0; i < s->job_count; i++)
        json_array_append_new(jobs, job_json(&s->jobs[i]));
    for (size_t i = 0; i < s->aside_count; i++)
        json_array_append_new(aside, json_pack("{sI ss ss ss}", "paying_parent",
                                               (json_int_t)s->aside[i].pp, "since",
                                               date_text(s->aside[i].since, day), "by",
                                               s->aside[i].said_by, "reason", s->aside[i].reason));
    json_t *stop = s->stop.is_stopped ? json_pack("{ss ss ss}", "by", s->stop.by, "at",
                                                  moment(s->stop.at, at), "reason", s->stop.reason)
                                      : json_null();
    json_t *all  = json_pack(
         "{so ss so so sI so so so so}", "jobs", jobs, "next", date_text(s->next, day), "stopped",
         stop, "set_aside", aside, "suspense", (json_int_t)s->suspense, "collections_not_booked",
         unbooked_json(&s->unbooked), "bank", bank_json(&s->bank), "waits", clocks_json(s), "owners",
         json_pack("{sI sI}", "families", (json_int_t)s->owners.families, "days",
                   (json_int_t)s->owners.days));
    json_dumpf(all, stdout, JSON_INDENT(2));
    puts("");
    json_decref(all);
}

static int run_status(int argc, char **argv)
{
    struct options o;
    struct arena arena = { 0 };
    struct status s;
    struct fail f = { 0 };

    if (!options_read(&o, "tj", 0, argc, argv)) return EXIT_WRONG_CALL;
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    bool fine =
        store_begin(store, STORE_READING, &f) && status_read(store, &arena, o.today, &s, &f);
    if (fine && o.json) print_json(&s);
    if (fine && !o.json) print_status(&s);
    store_close(store);
    arena_free(&arena);
    return fine ? EXIT_DONE : (int)options_fail(&o, &f);
}

const struct command command_status = {
    .name = "status",
    .line = "how the day's work stands: jobs, the line, cases set aside, what waits and is late",
    .help =
        "Usage: upkeep status [--db DATABASE] [--json]\n\n"
        "Each job with its last good day, how far it is and since when, and the day it runs next;\n"
        "whether the line is stopped, by whom and why; the cases that are set aside; how many\n"
        "payments are in suspense; how many things of each kind wait, are near and are late, and\n"
        "how long cases have been with the same owner; collections that the last run could not\n"
        "book, because their cases were changed on a later day; the bank's proof, term by term\n"
        "(`upkeep bank` lists what stands behind two of them). Times are UTC.\n",
    .run = run_status,
};
