/* command_day.c: upkeep day: the days that were not run yet, for every family. */
#include "batch/crew.h"
#include "cli/card_follow.h"
#include "cli/clock.h"
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEASE = 60, FAMILIES = 1000, ASIDE_MOST = 100, WORKERS_MOST = 64 };

static void tell(const struct crew_report *r, bool is_all)
{
    char first[DATE_TEXT], last[DATE_TEXT];

    fprintf(stderr, "%s%s%s: %zu %s, %zu families, %zu set aside%s\n", date_text(r->first, first),
            date_same(r->first, r->last) ? "" : " to ",
            date_same(r->first, r->last) ? "" : date_text(r->last, last), r->days,
            r->days == 1 ? "day" : "days", r->families, r->aside,
            is_all ? "; bank, ledger and cases agree" : "; not finished");
}

static int run_day(int argc, char **argv)
{
    struct options o;
    struct crew_report r = { 0 };
    struct fail f        = { 0 };

    if (!options_read(&o, "tquwCL", 0, argc, argv)) return EXIT_WRONG_CALL;
    struct store *store = options_open(&o, STORE_READ);
    if (!store) return EXIT_WRONG_CALL;
    date until = date_same(o.until, DATE_OPEN) ? o.today : o.until;
    bool come  = clock_allows(store, until, &f);
    store_close(store);
    if (!come) return (int)options_fail(&o, &f);
    if (getenv("UPKEEP_CARD") && date_same(until, o.today)) card_follow_before(&o);
    bool is_server   = !strncmp(o.database, "postgres", strlen("postgres"));
    struct crew crew = {
        .database   = o.database,
        .workers    = is_server && o.workers ? o.workers : 1,
        .lease      = o.lease ? o.lease : LEASE,
        .most       = (size_t)(o.chunk ? o.chunk : FAMILIES),
        .aside_most = ASIDE_MOST,
        .show       = !o.quiet && isatty(STDERR_FILENO),
        .lines      = !o.quiet && !isatty(STDERR_FILENO),
    };
    if (crew.workers > WORKERS_MOST) crew.workers = WORKERS_MOST;
    bool fine  = crew_run(&crew, until, &r, &f);
    bool began = r.first.d != 0; /* not refused before the first day was known */
    if (began && (!o.quiet || r.aside || (!fine && r.families))) tell(&r, fine);
    if (!fine) return options_fail(&o, &f);
    return r.aside ? EXIT_SOME_REFUSED : EXIT_DONE;
}

const struct command command_day = {
    .name = "day",
    .line = "the day's run: charge, collect, find what was missed, pay out, prove",
    .help =
        "Usage: upkeep day [--db DATABASE] [--until DATE] [--workers N] [--chunk N] [--lease "
        "SECONDS]\n"
        "                  [--quiet]\n\n"
        "Runs every day that was not run yet, up to --until (today), each as that day: plans,\n"
        "charges what falls due, allocates what came in, finds what was missed, pays out, and "
        "proves\n"
        "that bank, ledger and cases agree. Cut off anywhere and started again it loses and "
        "doubles\n"
        "nothing; two at once share the work. Each day's line, on a terminal its progress, goes "
        "to\n"
        "standard error, but with --quiet. A case it fails at is set aside with its reason and\n"
        "the rest goes on (exit status 1; `upkeep set-aside` lists them).\n\n"
        "  --workers N   processes that share a day, on PostgreSQL (1)\n"
        "  --chunk N     families in one transaction (1000)\n"
        "  --lease N     seconds after which the work of a silent worker is taken over (60)\n",
    .run = run_day,
};
