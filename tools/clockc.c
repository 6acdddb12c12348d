/* clockc: the kinds of waiting as C tables.  Usage: clockc OUTPUT_DIR LIST LAW...
 *
 * Reads law/clock/clocks.txt (its head says what a field means), refuses with file and line what is
 * not whole, and writes clock_data.h and clock_data.c.  LAW files say which rules there are. */
#include "base/date.h"
#include "kindc.h"

enum { TERMS_MOST = 8, DAYS_MOST = 1000, HARM_MOST = 9 };
enum field {
    TITLE,
    STARTS,
    ENDS,
    RULE,
    HARM,
    WHO,
    ACTION,
    LINK,
    PAYING,
    RECEIVING,
    MUST, /* those before this one must be there */
    PAYING_WELSH = MUST,
    RECEIVING_WELSH,
    ANSWER,
    FIRST,
    NOTE,
    FIELDS,
    DUE = FIELDS /* several */
};
static const char *const field_names[] = { "title",  "starts",    "ends",         "rule",
                                           "harm",   "who",       "action",       "link",
                                           "paying", "receiving", "paying-welsh", "receiving-welsh",
                                           "answer", "first",     "note",         "due" };
static const char *const roles[]       = { "caseworker", "decision_maker", "team_leader",
                                           "enforcement_officer" };
enum { NAMES = sizeof field_names / sizeof *field_names, ROLES = sizeof roles / sizeof *roles };

struct term {
    date from;
    int days, near;
    bool working;
};
static struct terms {
    struct term at[TERMS_MOST];
    int n;
} terms[KINDS_MOST]; /* of each kind */
static int harm_days;

/* --- reading --- */

static void term_read(struct kind *kind, int field, const char *text)
{
    struct terms *k = &terms[kind - kinds];
    char day[16], unit[16], word[8], left[4] = "";
    struct term t = { .working = false };

    (void)field;
    if (k->n == TERMS_MOST) {
        fault(line_now, "a kind has at most %d terms", TERMS_MOST);
        return;
    }
    if (sscanf(text, "%15s %d %15s %7s %d %3s", day, &t.days, unit, word, &t.near, left) != 5 ||
        strcmp(word, "near") != 0) {
        fault(line_now, "due is: DATE DAYS calendar|working near DAYS");
        return;
    }
    if (!date_parse(day, strlen(day), &t.from)) fault(line_now, "no such day: %s", day);
    t.working = !strcmp(unit, "working");
    if (!t.working && strcmp(unit, "calendar") != 0)
        fault(line_now, "days are calendar or working, not %s", unit);
    if (t.days < 1 || t.days > DAYS_MOST) fault(line_now, "days are 1 to %d", DAYS_MOST);
    if (t.near < 0 || t.near >= t.days)
        fault(line_now, "near comes before due and after the start");
    if (k->n && !date_before(k->at[k->n - 1].from, t.from))
        fault(line_now, "terms are in order of their first days");
    k->at[k->n++] = t;
}

/* --- checking --- */

static bool role_is(const char *name)
{
    for (int i = 0; i < ROLES; i++)
        if (!strcmp(roles[i], name)) return true;
    return false;
}

/* What a parent is told: a dash, or both languages. */
static void words_check(const struct kind *k, enum field english, enum field welsh)
{
    bool silent = !strcmp(k->text[english], "-");

    if (!k->given[english]) return;
    if (silent && k->given[welsh])
        fault(k->line[welsh], "%s is a dash, and has a Welsh twin", field_names[english]);
    if (!silent && !k->given[welsh])
        fault(k->line[english], "%s has no Welsh twin", field_names[english]);
}

static void kind_check(const struct kind *k)
{
    for (int f = 0; f < MUST; f++)
        if (!k->given[f]) fault(k->at, "clock %s has no %s", k->name, field_names[f]);
    if (!terms[k - kinds].n) fault(k->at, "clock %s has no due", k->name);
    if (k->given[RULE] && !rule_is(k->text[RULE]))
        fault(k->line[RULE], "there is no rule %s in law/", k->text[RULE]);
    if (k->given[WHO] && !role_is(k->text[WHO]))
        fault(k->line[WHO], "nobody of the service is a \"%s\"", k->text[WHO]);
    if (k->given[HARM] && (strlen(k->text[HARM]) != 1 || !strchr("0123456789", *k->text[HARM])))
        fault(k->line[HARM], "harm is 0 to %d", HARM_MOST);
    if (k->given[LINK] && strcmp(k->text[LINK], "-") != 0 &&
        k->text[LINK][strspn(k->text[LINK], "abcdefghijklmnopqrstuvwxyz-")])
        fault(k->line[LINK], "link is a page of the case, or a dash");
    if (k->given[FIRST] && strcmp(k->text[FIRST], "yes") != 0)
        fault(k->line[FIRST], "first is yes, or left out");
    words_check(k, PAYING, PAYING_WELSH);
    words_check(k, RECEIVING, RECEIVING_WELSH);
}

/* --- writing --- */

static void put_words(FILE *to, const struct kind *k, enum field english, enum field welsh)
{
    if (!strcmp(k->text[english], "-")) {
        fputs("{ NULL, NULL }", to);
        return;
    }
    fputs("{ ", to);
    put_text(to, k->text[english]);
    fputs(", ", to);
    put_text(to, k->text[welsh]);
    fputs(" }", to);
}

static void header_write(FILE *to)
{
    fputs("/* made by clockc */\n#pragma once\nenum clock_kind {\n", to);
    for (int i = 0; i < kind_count; i++) {
        fputs("    CLOCK_", to);
        put_upper(to, kinds[i].name);
        fputs(",\n", to);
    }
    fputs("    CLOCK_KINDS\n};\n", to);
}

static void kind_write(FILE *to, const struct kind *k)
{
    static const enum field texts[] = { TITLE, STARTS, ENDS, RULE };

    fputs("    { ", to);
    put_text(to, k->name);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fputs(", ", to);
        put_text(to, k->text[texts[i]]);
    }
    fprintf(to, ",\n      terms_%s, %d, %s, ", k->name, terms[k - kinds].n, k->text[HARM]);
    put_text(to, k->text[WHO]);
    fputs(", ", to);
    put_text(to, k->text[ANSWER]);
    fputs(",\n      ", to);
    put_text(to, k->text[ACTION]);
    fputs(", ", to);
    put_text(to, strcmp(k->text[LINK], "-") != 0 ? k->text[LINK] : "");
    fputs(",\n      ", to);
    put_words(to, k, PAYING, PAYING_WELSH);
    fputs(",\n      ", to);
    put_words(to, k, RECEIVING, RECEIVING_WELSH);
    fprintf(to, ", %s },\n", k->given[FIRST] ? "true" : "false");
}

static void tables_write(FILE *to)
{
    fputs("/* made by clockc */\n#include \"flow/clock_kind.h\"\n\n", to);
    for (int i = 0; i < kind_count; i++) {
        fprintf(to, "static const struct clock_term terms_%s[] = {", kinds[i].name);
        for (int t = 0; t < terms[i].n; t++) {
            const struct term *m = &terms[i].at[t];
            fprintf(to, " { { %d }, %d, %d, %s },", m->from.d, m->days, m->near,
                    m->working ? "true" : "false");
        }
        fputs(" };\n", to);
    }
    fputs("const struct clock_kind_entry clock_kind_table[CLOCK_KINDS] = {\n", to);
    for (int i = 0; i < kind_count; i++)
        kind_write(to, &kinds[i]);
    fprintf(to, "};\nconst int32_t clock_harm_days = %d;\n", harm_days);
}

static bool harm_read(const char *text)
{
    if (strncmp(text, "harm-days ", 10) != 0) return false;
    harm_days = atoi(text + 10);
    return true;
}

int main(int argc, char **argv)
{
    static const struct list_form form = { .word    = "clock",
                                           .fields  = field_names,
                                           .names   = NAMES,
                                           .single  = FIELDS,
                                           .several = term_read,
                                           .line    = harm_read,
                                           .lines   = "clock, harm-days" };

    if (argc < 4) return fputs("usage: clockc OUTPUT_DIR LIST LAW...\n", stderr), 2;
    if (!list_open(&form, argv + 2, argc - 2)) return 2;
    if (harm_days < 1) fault(line_now, "harm-days is missing, or not above 0");
    if (!kind_count) fault(line_now, "there is no clock in the list");
    for (int i = 0; i < kind_count; i++)
        kind_check(&kinds[i]);
    if (faults) return 1;
    return output_write(argv[1], "clock_data.h", header_write) &&
                   output_write(argv[1], "clock_data.c", tables_write)
               ? 0
               : 2;
}
