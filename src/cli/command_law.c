/* command_law.c: upkeep law: what is in force, what changed, what was not read, what is tested. */
#include "cli/clock.h"
#include "cli/law_machine.h"
#include "cli/law_matrix.h"
#include "cli/law_show.h"
#include "cli/options.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum what {
    WHAT_DAY,
    WHAT_CHANGES,
    WHAT_UNVERIFIED,
    WHAT_DRAFTS,
    WHAT_RULE,
    WHAT_MATRIX,
    WHAT_MACHINE
};

struct wish {
    enum what what;
    enum jurisdiction jurisdiction;
    date day, to;
    enum rule_id rule;
    const char *dir, *machine;
    bool check;
};

static const char help[] =
    "Usage: upkeep law [--date DAY] [--jurisdiction gb|ni]\n"
    "       upkeep law --changes FROM TO [--jurisdiction gb|ni]\n"
    "       upkeep law --unverified [--date DAY] [--jurisdiction gb|ni]\n"
    "       upkeep law --rule A-62 [--jurisdiction gb|ni]\n"
    "       upkeep law --drafts\n"
    "       upkeep law --machine [NAME]\n"
    "       upkeep law --matrix [DIR] [--check]\n\n"
    "Shows the law the program works by: every value in force on a day (today if none is given)\n"
    "with its rule, citation and how well it is known; what changed after FROM up to and on TO;\n"
    "what was not read in its source; one rule or reading in full with its values through time;\n"
    "what is announced but not in force; the state machines and decision tables, or one of them "
    "in\n"
    "full: its states with their clocks, what may happen in each, what stands in the way and what\n"
    "follows; and for each rule the tests that exercise it, read from\n"
    "DIR/vector and DIR/scenario (DIR is tests if not given). With --check the matrix ends with\n"
    "status 1 if a rule the program applies has no test, and names each one.\n"
    "Days are YYYY-MM-DD. The law itself is written in law/*.law; see doc/law-format.md.\n";

static bool refuse(const char *what, const char *value)
{
    fprintf(stderr, "upkeep law: %s%s. See `upkeep help law`.\n", what, value);
    return false;
}

static bool day_read(const char *s, date *day)
{
    return date_parse(s, strlen(s), day) ||
           refuse("write a day as YYYY-MM-DD; this is not one: ", s);
}

static bool jurisdiction_read(const char *s, enum jurisdiction *j)
{
    if (strcmp(s, "gb") && strcmp(s, "ni")) return refuse("the jurisdiction is gb or ni, not ", s);
    *j = strcmp(s, "gb") ? JURISDICTION_NORTHERN_IRELAND : JURISDICTION_GREAT_BRITAIN;
    return true;
}

static bool option_read(int option, struct wish *w)
{
    switch (option) {
    case 'd': return day_read(optarg, &w->day);
    case 'c': w->what = WHAT_CHANGES; return day_read(optarg, &w->day);
    case 'u': w->what = WHAT_UNVERIFIED; return true;
    case 'f': w->what = WHAT_DRAFTS; return true;
    case 'j': return jurisdiction_read(optarg, &w->jurisdiction);
    case 'm': w->what = WHAT_MATRIX; return true;
    case 's': w->what = WHAT_MACHINE; return true;
    case 'k': w->check = true; return true;
    case 'r':
        w->what = WHAT_RULE;
        w->rule = rule_find(optarg);
        return w->rule != RULE_NONE || refuse("there is no rule ", optarg);
    default: return false;
    }
}

static bool wish_read(int argc, char **argv, struct wish *w)
{
    static const struct option options[] = {
        { "date", required_argument, NULL, 'd' },
        { "changes", required_argument, NULL, 'c' },
        { "unverified", no_argument, NULL, 'u' },
        { "drafts", no_argument, NULL, 'f' },
        { "jurisdiction", required_argument, NULL, 'j' },
        { "matrix", no_argument, NULL, 'm' },
        { "check", no_argument, NULL, 'k' },
        { "rule", required_argument, NULL, 'r' },
        { "machine", no_argument, NULL, 's' },
        { 0 },
    };
    int option;

    optind = 1;
    while ((option = options_next(argc, argv, options)) != -1)
        if (!option_read(option, w)) return false;
    if (w->what == WHAT_CHANGES) {
        if (optind >= argc) return refuse("--changes wants two days, FROM and TO", "");
        if (!day_read(argv[optind++], &w->to)) return false;
    }
    if (w->what == WHAT_MATRIX && optind < argc) w->dir = argv[optind++];
    if (w->what == WHAT_MACHINE && optind < argc) w->machine = argv[optind++];
    if (optind < argc) return refuse("this is one word too many: ", argv[optind]);
    return true;
}

static int show_matrix(const struct wish *w)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/vector", w->dir);
    if (access(path, R_OK | X_OK) != 0) {
        refuse("there are no vectors in ", path);
        return EXIT_WRONG_CALL;
    }
    return law_matrix_show(w->dir) || !w->check ? EXIT_DONE : EXIT_SOME_REFUSED;
}

static int show_machine(const struct wish *w)
{
    if (!w->machine) {
        law_machine_list();
    } else if (!law_machine_show(w->machine)) {
        refuse("there is no machine or table ", w->machine);
        return EXIT_WRONG_CALL;
    }
    return EXIT_DONE;
}

static int run(int argc, char **argv)
{
    struct wish w = { .day = clock_today(), .dir = "tests" };

    if (!wish_read(argc, argv, &w)) return EXIT_WRONG_CALL;
    switch (w.what) {
    case WHAT_DAY: return law_show_day(w.jurisdiction, w.day) ? EXIT_DONE : EXIT_WRONG_CALL;
    case WHAT_CHANGES: law_show_changes(w.jurisdiction, w.day, w.to); break;
    case WHAT_UNVERIFIED: law_show_unverified(w.jurisdiction, w.day); break;
    case WHAT_DRAFTS: law_show_drafts(); break;
    case WHAT_RULE: law_show_rule(w.jurisdiction, w.rule); break;
    case WHAT_MATRIX: return show_matrix(&w);
    case WHAT_MACHINE: return show_machine(&w);
    }
    return EXIT_DONE;
}

const struct command command_law = {
    .name = "law",
    .line = "the law in force on a day, its changes, sources and tests",
    .help = help,
    .run  = run,
};
