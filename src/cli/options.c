/* options.c: reading common options and opening the database. */
#include "cli/options.h"

#include "cli/clock.h"
#include "sql.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NUMBER_MOST = 1000000 };

static bool read_date(const struct options *o, const char *name, const char *text, date *d)
{
    if (date_parse(text, strlen(text), d)) return true;
    fprintf(stderr, "upkeep %s: --%s needs a date such as 2026-11-22, not %s.\n", o->command, name,
            text);
    return false;
}

static bool read_language(struct options *o, const char *text)
{
    o->welsh = !strcmp(text, "welsh") || !strcmp(text, "cy");
    if (o->welsh || !strcmp(text, "english") || !strcmp(text, "en")) return true;
    fprintf(stderr, "upkeep %s: --language is english or welsh, not %s.\n", o->command, text);
    return false;
}

/* what: "a line", "a receipt". */
static bool read_number_of(const struct options *o, const char *name, const char *what,
                           const char *text, int64_t *number)
{
    size_t n = strspn(text, "0123456789");

    *number = n && n < 18 && !text[n] ? strtoll(text, NULL, 10) : 0;
    if (*number) return true;
    fprintf(stderr, "upkeep %s: --%s needs the number of %s, not %s.\n", o->command, name, what,
            text);
    return false;
}

static bool read_number(const struct options *o, const char *name, const char *text, int *number)
{
    char *end;
    long n = strtol(text, &end, 10);

    if (end != text && *end == '\0' && n > 0 && n <= NUMBER_MOST) {
        *number = (int)n;
        return true;
    }
    fprintf(stderr, "upkeep %s: --%s needs a whole number from 1 to %d, not %s.\n", o->command,
            name, NUMBER_MOST, text);
    return false;
}

static bool read_option(struct options *o, int c, const char *text)
{
    switch (c) {
    case 'd': o->database = text; return true;
    case 't': return read_date(o, "today", text, &o->today);
    case 'a': return read_date(o, "as-at", text, &o->as_at);
    case 'k': return read_date(o, "known-on", text, &o->known_on);
    case 'f': o->arrangement = text; return true;
    case 'c': o->csv = true; return true;
    case 'q': o->quiet = true; return true;
    case 'e': o->employer = true; return true;
    case 'D': o->benefit = true; return true;
    case 'K': o->card = true; return true;
    case 'N': o->is_new = true; return true;
    case 'V': o->provider = text; return true;
    case 'A': o->accounts = true; return true;
    case 'S': o->total = true; return true;
    case 'W': o->whole = true; return true;
    case 'u': return read_date(o, "until", text, &o->until);
    case 'r': o->reference = text; return true;
    case 'F': return read_date(o, "from", text, &o->from);
    case 'T': return read_date(o, "to", text, &o->as_at);
    case 'o': o->format = text; return true;
    case 'l': return read_language(o, text);
    case 'p': return read_number_of(o, "prove", "a line", text, &o->line);
    case 'n': o->anonymous = true; return true;
    case 'O': o->out = text; return true;
    case 'U': o->user = text; return true;
    case 'M': o->account = text; return true;
    case 'X': o->tables = text; return true;
    case 'w': return read_number(o, "workers", text, &o->workers);
    case 'C': return read_number(o, "chunk", text, &o->chunk);
    case 'L': return read_number(o, "lease", text, &o->lease);
    case 'G': return read_number(o, "again", text, &o->again);
    case 'E': return read_number_of(o, "receipt", "a receipt", text, &o->receipt);
    case 'Z': o->came_back = text; return true;
    case 'R': o->reason = text; return true;
    case 'B': o->back = text; return true;
    case 'b': o->by = text; return true;
    case 'j': o->json = true; return true;
    default: return false;
    }
}

int options_next(int argc, char **argv, const struct option *names)
{
    opterr   = 0;
    int c    = getopt_long(argc, argv, ":", names, NULL);
    char *at = argv[optind - 1];

    if (c == ':')
        fprintf(stderr, "upkeep %s: %s needs a value; see `upkeep help %s`.\n", argv[0], at,
                argv[0]);
    if (c == '?' && !strncmp(at, "--", 2))
        fprintf(stderr, "upkeep %s: %s is not understood; see `upkeep help %s`.\n", argv[0], at,
                argv[0]);
    else if (c == '?')
        fprintf(stderr, "upkeep %s: -%c is not understood; see `upkeep help %s`.\n", argv[0],
                optopt, argv[0]);
    return c == ':' ? '?' : c;
}

static const struct option option_names[] = {
    { "db", required_argument, NULL, 'd' },
    { "today", required_argument, NULL, 't' },
    { "as-at", required_argument, NULL, 'a' },
    { "known-on", required_argument, NULL, 'k' },
    { "for", required_argument, NULL, 'f' },
    { "csv", no_argument, NULL, 'c' },
    { "quiet", no_argument, NULL, 'q' },
    { "accounts", no_argument, NULL, 'A' },
    { "total", no_argument, NULL, 'S' },
    { "whole", no_argument, NULL, 'W' },
    { "until", required_argument, NULL, 'u' },
    { "case", required_argument, NULL, 'r' },
    { "anonymous", no_argument, NULL, 'n' },
    { "from", required_argument, NULL, 'F' },
    { "to", required_argument, NULL, 'T' },
    { "format", required_argument, NULL, 'o' },
    { "language", required_argument, NULL, 'l' },
    { "prove", required_argument, NULL, 'p' },
    { "workers", required_argument, NULL, 'w' },
    { "chunk", required_argument, NULL, 'C' },
    { "lease", required_argument, NULL, 'L' },
    { "again", required_argument, NULL, 'G' },
    { "reason", required_argument, NULL, 'R' },
    { "return", required_argument, NULL, 'B' },
    { "by", required_argument, NULL, 'b' },
    { "json", no_argument, NULL, 'j' },
    { "employer", no_argument, NULL, 'e' },
    { "benefit", no_argument, NULL, 'D' },
    { "card", no_argument, NULL, 'K' },
    { "card-provider", required_argument, NULL, 'V' },
    { "new", no_argument, NULL, 'N' },
    { "receipt", required_argument, NULL, 'E' },
    { "came-back", required_argument, NULL, 'Z' },
    { "out", required_argument, NULL, 'O' },
    { "user", required_argument, NULL, 'U' },
    { "account", required_argument, NULL, 'M' },
    { "account-tables", required_argument, NULL, 'X' },
    { NULL, 0, NULL, 0 },
};

enum { OPTIONS = sizeof option_names / sizeof *option_names };

bool options_read(struct options *o, const char *takes, int words, int argc, char **argv)
{
    struct option names[OPTIONS] = { option_names[0] };

    for (int i = 1, n = 1; option_names[i].name; i++)
        if (strchr(takes, option_names[i].val)) names[n++] = option_names[i];
    *o       = (struct options){ .command = argv[0], .database = getenv("UPKEEP_DB") };
    o->today = o->as_at = o->known_on = clock_today();
    o->until                          = DATE_OPEN;
    o->by                             = getenv("LOGNAME") ? getenv("LOGNAME") : "operator";
    optind                            = 1;
    for (int c; (c = options_next(argc, argv, names)) != -1;)
        if (!read_option(o, c, optarg)) return false;
    o->words      = argv + optind;
    o->word_count = argc - optind;
    if (o->word_count > words) {
        fprintf(stderr, "upkeep %s: %s is one word too many; see `upkeep help %s`.\n", o->command,
                o->words[words], o->command);
        return false;
    }
    if (o->database && *o->database) return true;
    fprintf(stderr, "upkeep %s: name the database with --db or UPKEEP_DB.\n", o->command);
    return false;
}

enum exit_status options_fail(const struct options *o, const struct fail *f)
{
    fprintf(stderr, "upkeep %s: %s\n", o->command, f->text);
    return f->kind == FAIL_INTEGRITY ? EXIT_NOT_INTACT : EXIT_WRONG_CALL;
}

struct store *options_open(const struct options *o, enum store_mode mode)
{
    struct fail f;
    struct store *s = store_open(o->database, mode, &f);
    bool has_until  = !date_same(o->until, DATE_OPEN);

    if (s) store_be_patient(s, store_notice_print, NULL);

    if (s && (mode == STORE_READ ||
              (clock_allows(s, o->today, &f) && (!has_until || clock_allows(s, o->until, &f)))))
        return s;
    store_close(s);
    options_fail(o, &f);
    return NULL;
}

FILE *options_file(const struct options *o, const char *name)
{
    struct stat about;
    FILE *file = fopen(name, "rb");

    if (file && fstat(fileno(file), &about) == 0 && S_ISDIR(about.st_mode)) {
        fprintf(stderr, "upkeep %s: %s is a folder; name the files in it.\n", o->command, name);
        fclose(file);
        return NULL;
    }
    if (!file)
        fprintf(stderr, "upkeep %s: %s cannot be opened: %s.\n", o->command, name, strerror(errno));
    return file;
}

int64_t options_case(const struct options *o, struct store *store, struct arena *arena,
                     const char *word, int64_t *arrangement)
{
    struct sql_arrangement_by_ref_row a;
    struct sql_person_by_ref_row p;
    struct sql_arrangement_list_row *own;
    size_t count = 0;
    struct fail f;
    bool found, also = false;

    *arrangement = 0;
    if (!sql_arrangement_by_ref(store, &(struct sql_arrangement_by_ref_in){ .ref = word }, arena,
                                &a, &found, &f) ||
        (!found && !sql_person_by_ref(store, &(struct sql_person_by_ref_in){ .ref = word }, arena,
                                      &p, &also, &f)) ||
        (also &&
         !sql_arrangement_list(
             store, &(struct sql_arrangement_list_in){ .pps = { &p.id, 1 }, .known = INT64_MAX },
             arena, &own, &count, &f))) {
        options_fail(o, &f);
        return 0;
    }
    if (found) *arrangement = a.id;
    if (!found && !also)
        fprintf(stderr, "upkeep %s: no person or arrangement has the reference %s.\n", o->command,
                word);
    else if (!found && count == 0)
        fprintf(stderr,
                "upkeep %s: %s is the reference of somebody who is no paying parent; name the "
                "arrangement or its paying parent.\n",
                o->command, word);
    return found ? a.pp : count > 0 ? p.id : 0;
}

bool options_money(const char *command, const char *name, const char *text, money *m)
{
    char most[MONEY_TEXT];

    if (money_parse(text, strlen(text), m)) return true;
    if (money_is_beyond(text, strlen(text)))
        fprintf(stderr, "upkeep %s: --%s: " MONEY_TOO_MUCH ".\n", command, name,
                money_pounds(MONEY_MOST, most));
    else
        fprintf(stderr,
                "upkeep %s: --%s needs pounds and pence such as 150.00, not %s; see `upkeep help "
                "%s`.\n",
                command, name, text, command);
    return false;
}
