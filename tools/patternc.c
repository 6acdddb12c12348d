/* patternc: patterns over the record, as a C table.  Usage: patternc OUTPUT_DIR LIST SQL SOURCES
 *
 * Reads law/safety/patterns.txt (its head says what a field means), refuses with file and line what
 * is not whole, and writes pattern_data.c.  SQL says which signals there are: each 'NAME' AS
 * signal. SOURCES says which sources. */
#include "base/date.h"
#include "kindc.h"

enum { TERMS_MOST = 8, NAMES_MOST = 200, TIMES_MOST = 100, MONTHS_MOST = 60 };
enum field {
    TITLE,
    SIGNAL,
    LOOKS,
    WHY,
    SOURCE,
    TELLS,
    ITEM,
    CONSIDER,
    SINGLE,
    TERM = SINGLE,
    NAMES
};
static const char *const field_names[] = { "title", "signal", "looks",    "why", "source",
                                           "tells", "item",   "consider", "term" };
/* What may stand in braces in a field. */
static const char *const braces[NAMES] = {
    [LOOKS] = " {times} {months} {least} {most} ",
    [TELLS] = " {times} {months} {first} {last} {total} ",
    [ITEM]  = " {day} {due} {amount} {measure} ",
};

struct term {
    date from;
    int times, months, least, most;
    bool monthly;
};
static struct {
    struct term at[TERMS_MOST];
    int n;
} terms[KINDS_MOST];
struct names {
    char at[NAMES_MOST][40];
    int n;
};
static struct names signals, sources;

/* --- reading --- */

static bool line_none(const char *text)
{
    (void)text;
    return false;
}

static void term_read(struct kind *k, int field, const char *text)
{
    int i = (int)(k - kinds), rest = 0;
    struct term t = { .least = -1 };
    char day[16];

    (void)field;
    if (terms[i].n == TERMS_MOST) {
        fault(line_now, "a pattern has at most %d terms", TERMS_MOST);
        return;
    }
    int n     = sscanf(text, "%15s %d times in %d months%n between %d and %d%n", day, &t.times,
                       &t.months, &rest, &t.least, &t.most, &rest);
    t.monthly = n < 3;
    if (t.monthly)
        n = sscanf(text, "%15s %d of %d months%n between %d and %d%n", day, &t.times, &t.months,
                   &rest, &t.least, &t.most, &rest);
    if ((n != 3 && n != 5) || !rest || text[rest]) {
        fault(line_now, "term is: DATE N times in (or: N of) N months [between N and N]");
        return;
    }
    if (!date_parse(day, strlen(day), &t.from)) fault(line_now, "no such day: %s", day);
    if (t.times < 2 || t.times > TIMES_MOST) fault(line_now, "times are 2 to %d", TIMES_MOST);
    if (t.months < 1 || t.months > MONTHS_MOST) fault(line_now, "months are 1 to %d", MONTHS_MOST);
    if (n == 5 && (t.least < 0 || t.most < t.least)) fault(line_now, "the least is above the most");
    if (terms[i].n && !date_before(terms[i].at[terms[i].n - 1].from, t.from))
        fault(line_now, "terms are in order of their first days");
    terms[i].at[terms[i].n++] = t;
}

static void name_add(struct names *names, const char *name, size_t length)
{
    if (names->n < NAMES_MOST)
        snprintf(names->at[names->n++], sizeof *names->at, "%.*s", (int)length, name);
}

/* The names of a file: each between `before` and what is none of a name's letters, where `after`
 * follows that. */
static bool names_read(const char *file, const char *before, const char *after, struct names *names)
{
    char text[LINE_MOST];
    FILE *from = fopen(file, "r");

    if (!from) return perror(file), false;
    while (fgets(text, sizeof text, from))
        for (const char *at = text; (at = strstr(at, before));) {
            at += strlen(before);
            size_t n =
                strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
            if (n && !strncmp(at + n, after, strlen(after))) name_add(names, at, n);
        }
    fclose(from);
    return true;
}

/* --- checking --- */

static bool is_name(const struct names *names, const char *name, size_t length)
{
    for (int i = 0; i < names->n; i++)
        if (strlen(names->at[i]) == length && !strncmp(names->at[i], name, length)) return true;
    return false;
}

static void braces_check(const struct kind *k, int field)
{
    for (const char *at = k->text[field]; (at = strchr(at, '{')); at++) {
        char word[40];
        size_t n = strcspn(at, "}");
        snprintf(word, sizeof word, " %.*s} ", (int)(n < 30 ? n : 30), at);
        if (!braces[field] || !strstr(braces[field], word))
            fault(k->line[field], "%s knows no%s", field_names[field], word);
    }
}

static void kind_check(const struct kind *k)
{
    for (int f = 0; f < SINGLE; f++) {
        if (!k->given[f]) fault(k->at, "pattern %s has no %s", k->name, field_names[f]);
        braces_check(k, f);
    }
    if (!terms[k - kinds].n) fault(k->at, "pattern %s has no term", k->name);
    if (k->given[SIGNAL] && !is_name(&signals, k->text[SIGNAL], strlen(k->text[SIGNAL])))
        fault(k->line[SIGNAL], "no statement finds the signal \"%s\"", k->text[SIGNAL]);
    if (k->given[SOURCE] && !is_name(&sources, k->text[SOURCE], strcspn(k->text[SOURCE], " ")))
        fault(k->line[SOURCE], "there is no such source in law/");
}

/* --- writing --- */

static void terms_write(FILE *to, int i)
{
    fprintf(to, "static const struct pattern_term terms_%s[] = {", kinds[i].name);
    for (int t = 0; t < terms[i].n; t++) {
        const struct term *m = &terms[i].at[t];
        fprintf(to, " { { %d }, %d, %d, %d, %d, %s },", m->from.d, m->times, m->months, m->least,
                m->most, m->monthly ? "true" : "false");
    }
    fputs(" };\n", to);
}

static void tables_write(FILE *to)
{
    fputs("/* made by patternc */\n#include \"flow/pattern.h\"\n\n", to);
    for (int i = 0; i < kind_count; i++)
        terms_write(to, i);
    fputs("const struct pattern_rule pattern_rules[] = {\n", to);
    for (int i = 0; i < kind_count; i++) {
        fprintf(to, "    { \"%s\"", kinds[i].name);
        for (int f = 0; f < SINGLE; f++) {
            fputs(",\n      ", to);
            put_text(to, kinds[i].text[f]);
        }
        fprintf(to, ",\n      terms_%s, %d },\n", kinds[i].name, terms[i].n);
    }
    fprintf(to, "};\nconst int32_t pattern_rule_count = %d;\n", kind_count);
}

int main(int argc, char **argv)
{
    static const struct list_form form = { .word    = "pattern",
                                           .fields  = field_names,
                                           .names   = NAMES,
                                           .single  = SINGLE,
                                           .several = term_read,
                                           .line    = line_none,
                                           .lines   = "pattern" };

    if (argc != 5) return fputs("usage: patternc OUTPUT_DIR LIST SQL SOURCES\n", stderr), 2;
    if (!names_read(argv[3], "'", "' AS signal", &signals) ||
        !names_read(argv[4], "source ", "\n", &sources) || !list_open(&form, argv + 2, 1))
        return 2;
    if (!kind_count) fault(line_now, "there is no pattern in the list");
    for (int i = 0; i < kind_count; i++)
        kind_check(&kinds[i]);
    if (faults) return 1;
    return output_write(argv[1], "pattern_data.c", tables_write) ? 0 : 2;
}
