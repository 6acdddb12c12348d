/* command_generate.c: upkeep generate: a believable caseload of any size. */
#include "app/database.h"
#include "cli/options.h"
#include "feed/camt053_write.h"
#include "feed/statement_csv.h"
#include "generate/bank_day.h"
#include "generate/generate.h"
#include "generate/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ARRANGEMENTS = 10000000, MOST_YEARS = 30, DIGITS = 18 };

struct generate_call {
    const char *database, *assumptions, *out;
    int64_t arrangements, years;
    uint64_t seed;
    bool has_arrangements, has_seed, has_until, quiet, report, json;
    date until;
    bool has_from, has_through;
    date from, through; /* --bank-file, --through */
    struct arena arena;
    struct assumptions a;
    struct fingerprint digest;
};

static int wrong(const char *sentence, const char *detail)
{
    fprintf(stderr, "upkeep generate: %s%s\n", sentence, detail);
    return EXIT_WRONG_CALL;
}

static int failed(const struct fail *f)
{
    wrong(f->text, "");
    return f->kind == FAIL_INTEGRITY ? EXIT_NOT_INTACT : EXIT_WRONG_CALL;
}

/* --- the call --- */

static const struct option names[] = {
    { "db", required_argument, NULL, 'd' },
    { "arrangements", required_argument, NULL, 'n' },
    { "seed", required_argument, NULL, 's' },
    { "years", required_argument, NULL, 'y' },
    { "until", required_argument, NULL, 'u' },
    { "assumptions", required_argument, NULL, 'a' },
    { "bank-file", required_argument, NULL, 'b' },
    { "through", required_argument, NULL, 't' },
    { "out", required_argument, NULL, 'o' },
    { "report", no_argument, NULL, 'r' },
    { "json", no_argument, NULL, 'j' },
    { "quiet", no_argument, NULL, 'q' },
    { NULL, 0, NULL, 0 },
};

static bool read_number(const char *name, const char *text, int64_t least, int64_t most,
                        int64_t *number)
{
    size_t n = strspn(text, "0123456789");
    *number  = n && n <= DIGITS && !text[n] ? strtoll(text, NULL, 10) : -1;
    if (*number >= least && *number <= most) return true;
    fprintf(stderr, "upkeep generate: --%s needs a whole number from %lld to %lld, not %s.\n", name,
            (long long)least, (long long)most, text);
    return false;
}

static bool read_day(const char *name, const char *text, date *day)
{
    if (date_parse(text, strlen(text), day)) return true;
    fprintf(stderr, "upkeep generate: --%s needs a date such as 2026-09-30, not %s.\n", name, text);
    return false;
}

static bool read_one(struct generate_call *c, int letter, const char *text)
{
    int64_t seed = 0;

    switch (letter) {
    case 'd': c->database = text; return true;
    case 'a': c->assumptions = text; return true;
    case 'o': c->out = text; return true;
    case 'q': c->quiet = true; return true;
    case 'r': c->report = true; return true;
    case 'j': c->json = true; return true;
    case 'n':
        c->has_arrangements = true;
        return read_number("arrangements", text, 1, MOST_ARRANGEMENTS, &c->arrangements);
    case 's':
        c->has_seed = read_number("seed", text, 0, INT64_MAX, &seed);
        c->seed     = (uint64_t)seed;
        return c->has_seed;
    case 'y': return read_number("years", text, 0, MOST_YEARS, &c->years);
    case 'u': c->has_until = true; return read_day("until", text, &c->until);
    case 'b': c->has_from = true; return read_day("bank-file", text, &c->from);
    case 't': c->has_through = true; return read_day("through", text, &c->through);
    default: return false;
    }
}

static bool read_call(struct generate_call *c, int argc, char **argv)
{
    c->database = getenv("UPKEEP_DB");
    optind      = 1;
    for (int letter; (letter = options_next(argc, argv, names)) != -1;)
        if (!read_one(c, letter, optarg)) return false;
    if (optind < argc) return wrong("one word too many: ", argv[optind]), false;
    if (!c->database || !*c->database)
        return wrong("name the database with --db or UPKEEP_DB.", ""), false;
    return true;
}

/* --- the assumptions --- */

static bool read_text(struct generate_call *c, struct span *text)
{
    enum { MOST = 1 << 20 };
    FILE *file = fopen(c->assumptions, "rb");
    char *at   = arena_take(&c->arena, MOST);

    if (!file) {
        fprintf(stderr, "upkeep generate: %s cannot be opened: %s.\n", c->assumptions,
                strerror(errno));
        return false;
    }
    *text = (struct span){ at, fread(at, 1, MOST, file) };
    fclose(file);
    return text->length < MOST || (wrong("too large for assumptions: ", c->assumptions), false);
}

static bool read_assumptions(struct generate_call *c)
{
    struct span text = assumptions_builtin;
    struct fail f    = { 0 };
    struct digest d;

    if (c->assumptions && !read_text(c, &text)) return false;
    digest_begin(&d);
    digest_bytes(&d, text.at, text.length);
    digest_end(&d, c->digest.bytes);
    if (assumptions_read(c->assumptions ? c->assumptions : "data/caseload.assumptions", text,
                         &c->arena, &c->a, &f))
        return true;
    fprintf(stderr, "upkeep generate: %s\n", f.text);
    return false;
}

/* --- a caseload --- */

struct pace {
    time_t begun;
    bool quiet;
};

static void show_progress(void *context, int64_t done, int64_t all)
{
    const struct pace *p = context;
    double gone          = difftime(time(NULL), p->begun);

    if (p->quiet || !isatty(STDERR_FILENO)) return;
    fprintf(stderr, "\r%lld of %lld families, about %.0f s to go   %s", (long long)done,
            (long long)all, gone * (double)(all - done) / (double)done, done == all ? "\n" : "");
}

static int make(struct generate_call *c)
{
    struct fail f           = { 0 };
    struct pace pace        = { .begun = time(NULL), .quiet = c->quiet };
    struct generate_order o = {
        .load     = { .assumptions = &c->a,
                      .seed        = c->seed,
                      .last        = c->until,
                      .years       = (int32_t)c->years },
        .digest   = c->digest,
        .progress = show_progress,
        .context  = &pace,
    };

    if (!c->has_until) o.load.last = (date){ (int32_t)assumed_number(&c->a, ASSUME_LAST_DAY) };
    caseload_cut(&o.load, c->arrangements);
    struct store *store = database_open(c->database, &f);
    if (!store) return failed(&f);
    bool fine = store_set_bulk(store, true, &f) && generate_all(store, &o, &f);
    store_close(store);
    if (!fine) return failed(&f);
    printf("%lld arrangements in %lld families\n", (long long)c->arrangements,
           (long long)o.load.families);
    return EXIT_DONE;
}

/* --- a bank's file --- */

static bool write_lines(struct generate_call *c, const struct feed_statement *statement,
                        const struct bank_found *found, FILE *to, struct fail *f)
{
    size_t n                 = strlen(c->out);
    struct camt053_page page = {
        .statement = statement, .day = c->through, .lines = found->lines, .count = found->n
    };

    if (n > 4 && !strcmp(c->out + n - 4, ".csv"))
        return feed_write_statement_csv(to, found->lines, found->n, f);
    return feed_write_camt053(to, &page, f);
}

static int bank_file(struct generate_call *c)
{
    struct fail f = { 0 };
    struct caseload load;
    struct bank_found found = { 0 };
    struct feed_statement statement;
    struct store *store = store_open(c->database, STORE_READ, &f);

    if (!store) return failed(&f);
    if (!c->has_through) c->through = c->from;
    struct bank_days days = { .from = c->from, .until = date_add_days(c->through, 1) };
    bool fine             = generate_recall(store, &c->a, &c->digest, &load, &f) &&
                bank_days_find(store, &load, &days, &c->arena, &found, &f) &&
                bank_days_statement(store, &load, &days, &c->arena, &statement, &f);
    store_close(store);
    if (!fine) return failed(&f);
    FILE *to = fopen(c->out, "wb");
    if (!to) return wrong("cannot be written: ", c->out);
    fine = write_lines(c, &statement, &found, to, &f);
    if (fclose(to) != 0 || !fine) return fine ? wrong("cannot be written: ", c->out) : failed(&f);
    printf("%s: %zu lines\n", c->out, found.n);
    return EXIT_DONE;
}

/* --- target against reached --- */

/* Thousandths as a number with two places. */
static const char *places(int64_t thousandths, char text[32])
{
    int64_t n = (thousandths < 0 ? -thousandths : thousandths) / 10;
    snprintf(text, 32, "%s%lld.%02lld", thousandths < 0 && n ? "-" : "", (long long)n / 100,
             (long long)n % 100);
    return text;
}

static void print_text(const struct generate_call *c, const struct report *r)
{
    static const char *const kinds[] = { "", "published", "derived", "assumed" };
    char from[DATE_TEXT], until[DATE_TEXT], day[DATE_TEXT], figure[32], reached[32], away[32];
    int met = 0;

    printf("As at %s; the quarter from %s to %s.\n\n", date_text(r->day, day),
           date_text(r->from, from), date_text(date_add_days(r->until, -1), until));
    printf("%-58s %10s %10s %10s\n", "", "target", "reached", "away by");
    for (size_t i = 0; i < c->a.target_count; i++) {
        const struct target *t = &c->a.targets[i];
        int64_t value          = report_value(r, t);
        bool fine              = report_met(r, t);
        met += fine;
        printf("%-58s %10s %10s %10s%s\n", t->label, places(t->figure, figure),
               places(value, reached), places(value - t->figure, away), fine ? "" : "  *");
        printf("    %s\n    %s: %s\n", t->unit, kinds[t->source.kind], t->source.text);
    }
    printf("\n%d of %zu targets met; * is further away than its tolerance.\n", met,
           c->a.target_count);
}

static void print_json(struct generate_call *c, const struct report *r)
{
    static const char *const kinds[] = { "", "published", "derived", "assumed" };
    struct out o                     = { .arena = &c->arena };
    char text[32];

    out_text(&o, "{\"day\":\"");
    out_date(&o, r->day);
    out_text(&o, "\",\"targets\":[");
    for (size_t i = 0; i < c->a.target_count; i++) {
        const struct target *t = &c->a.targets[i];
        out_print(&o, "%s\n{\"name\":\"%s\",\"label\":", i ? "," : "", measure_names[t->measure]);
        out_json(&o, t->label, strlen(t->label));
        out_text(&o, ",\"unit\":");
        out_json(&o, t->unit, strlen(t->unit));
        out_print(&o, ",\"target\":%s", places(t->figure, text));
        out_print(&o, ",\"tolerance\":%s", places(t->tolerance, text));
        out_print(&o, ",\"reached\":%s", places(report_value(r, t), text));
        out_print(&o,
                  ",\"met\":%s,\"basis\":\"%s\",\"source\":", report_met(r, t) ? "true" : "false",
                  kinds[t->source.kind]);
        out_json(&o, t->source.text, strlen(t->source.text));
        out_text(&o, "}");
    }
    out_text(&o, "]}\n");
    fputs(out_string(&o), stdout);
}

static int report(struct generate_call *c)
{
    struct fail f = { 0 };
    struct caseload load;
    struct report r;
    struct store *store = store_open(c->database, STORE_READ, &f);

    if (!store) return failed(&f);
    bool fine = generate_recall(store, &c->a, &c->digest, &load, &f) &&
                report_make(store, c->has_until ? c->until : load.last, &r, &f);
    store_close(store);
    if (!fine) return failed(&f);
    if (c->json)
        print_json(c, &r);
    else
        print_text(c, &r);
    return EXIT_DONE;
}

static int run_call(struct generate_call *c)
{
    if (c->has_from && c->has_arrangements)
        return wrong("--bank-file is about a database that is made already; leave --arrangements.",
                     "");
    if (c->has_from && !c->out) return wrong("name the bank's file with --out (.xml or .csv).", "");
    if (c->has_through && (!c->has_from || date_before(c->through, c->from)))
        return wrong("--through is the last day of a --bank-file.", "");
    if (c->report && (c->has_from || c->has_arrangements))
        return wrong("--report is about a database that is made already; ask for it alone.", "");
    if (c->json && !c->report) return wrong("--json is for --report.", "");
    if (c->has_from) return bank_file(c);
    if (c->report) return report(c);
    if (!c->has_arrangements || !c->has_seed)
        return wrong("say how many --arrangements, and a --seed.", "");
    return make(c);
}

static int run_generate(int argc, char **argv)
{
    struct generate_call c = { .years = 1 };
    int status             = EXIT_WRONG_CALL;

    if (read_call(&c, argc, argv) && read_assumptions(&c)) status = run_call(&c);
    arena_free(&c.arena);
    return status;
}

const struct command command_generate = {
    .name = "generate",
    .line = "makes a believable caseload of any size, the same from the same seed",
    .help =
        "Usage: upkeep generate --arrangements N --seed S [--years Y] [--until DATE]\n"
        "           [--assumptions FILE] [--db DATABASE] [--quiet]\n"
        "       upkeep generate --report [--json] [--until DATE] [--assumptions FILE]\n"
        "       upkeep generate --bank-file DAY [--through DAY] --out FILE [--assumptions FILE]\n"
        "\n"
        "Makes N arrangements in a new database: families, incomes, services, methods, payers who\n"
        "pay, pay late, pay short and do not pay, lived to DATE through the verbs that the "
        "screens\n"
        "call. Cases older than Y years (1) begin in the year before that. The same N, S, Y, DATE\n"
        "and assumptions make the same records on any machine. Cut off, it goes on where it was.\n"
        "\n"
        "--report holds the caseload against published figures: target, reached, how far away, "
        "source.\n"
        "\n"
        "--bank-file writes what the bank would send of one day (or of DAY through DAY): "
        "camt.053,\n"
        "or CSV when FILE ends in .csv, for upkeep receive.\n"
        "\n"
        "The assumptions, each with its source, and the published figures they are held against\n"
        "are in data/caseload.assumptions; FILE takes their place. doc/generate.md tells more.\n",
    .run = run_generate,
};
