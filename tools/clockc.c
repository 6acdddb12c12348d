/* clockc: the kinds of waiting as C tables.  Usage: clockc OUTPUT_DIR LIST LAW...
 *
 * Reads law/clock/clocks.txt (its head says what a field means), refuses with file and line what is
 * not whole, and writes clock_data.h and clock_data.c.  LAW files say which rules there are. */
#include "base/date.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE_MOST  = 512,
    TEXT_MOST  = 2000,
    KINDS_MOST = 60,
    TERMS_MOST = 8,
    RULES_MOST = 400,
    DAYS_MOST  = 1000,
    HARM_MOST  = 9
};
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
    NOTE,
    FIELDS,
    DUE = FIELDS /* several */
};
static const char *const field_names[] = { "title",  "starts",    "ends",         "rule",
                                           "harm",   "who",       "action",       "link",
                                           "paying", "receiving", "paying-welsh", "receiving-welsh",
                                           "answer", "note",      "due" };
static const char *const roles[]       = { "caseworker", "decision_maker", "team_leader",
                                           "enforcement_officer" };
enum { NAMES = sizeof field_names / sizeof *field_names, ROLES = sizeof roles / sizeof *roles };

struct term {
    date from;
    int days, near;
    bool working;
};
struct kind {
    char name[40], text[FIELDS][TEXT_MOST];
    bool given[FIELDS];
    int line[FIELDS], at, term_count;
    struct term terms[TERMS_MOST];
};

static struct kind kinds[KINDS_MOST];
static char rules[RULES_MOST][16];
static int kind_count, rule_count, harm_days, faults, line_now;
static const char *file_now;

__attribute__((format(printf, 2, 3))) static void fault(int line, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: ", file_now, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    faults++;
}

static bool name_fits(const char *s)
{
    return *s && strlen(s) < sizeof kinds->name &&
           s[strspn(s, "abcdefghijklmnopqrstuvwxyz_")] == '\0';
}

/* --- reading --- */

static void kind_begin(const char *name)
{
    if (kind_count == KINDS_MOST) {
        fault(line_now, "there are more than %d kinds", KINDS_MOST);
        exit(1);
    }
    if (!name_fits(name)) fault(line_now, "a name is made of small letters and _");
    for (int i = 0; i < kind_count; i++)
        if (!strcmp(kinds[i].name, name)) fault(line_now, "the kind %s is there twice", name);
    struct kind *k = &kinds[kind_count++];
    snprintf(k->name, sizeof k->name, "%.39s", name);
    k->at = line_now;
}

static void term_read(struct kind *k, const char *text)
{
    char day[16], unit[16], word[8], left[4] = "";
    struct term t = { .working = false };

    if (k->term_count == TERMS_MOST) {
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
    if (k->term_count && !date_before(k->terms[k->term_count - 1].from, t.from))
        fault(line_now, "terms are in order of their first days");
    k->terms[k->term_count++] = t;
}

static int field_find(const char *name)
{
    for (int i = 0; i < NAMES; i++)
        if (!strcmp(field_names[i], name)) return i;
    return -1;
}

/* "name   text" under a kind; returns the field for the lines that go on. */
static int field_read(char *text)
{
    char *value    = text + strcspn(text, " ");
    struct kind *k = kind_count ? &kinds[kind_count - 1] : NULL;

    if (*value) *value++ = '\0';
    value += strspn(value, " ");
    int f = field_find(text);
    if (!k)
        fault(line_now, "a field stands under a kind");
    else if (f < 0)
        fault(line_now, "there is no field \"%s\"", text);
    else if (!*value)
        fault(line_now, "%s is empty", text);
    else if (f == DUE)
        term_read(k, value);
    else if (k->given[f])
        fault(line_now, "%s is there twice", text);
    else {
        k->given[f] = true;
        k->line[f]  = line_now;
        snprintf(k->text[f], TEXT_MOST, "%s", value);
        return f;
    }
    return -1;
}

static void line_goes_on(int f, const char *text)
{
    char *to = f >= 0 && f < FIELDS ? kinds[kind_count - 1].text[f] : NULL;

    if (!to)
        fault(line_now, "this line goes on from nothing");
    else if (strlen(to) + strlen(text) + 2 > TEXT_MOST)
        fault(line_now, "the text is too long");
    else
        strcat(strcat(to, " "), text);
}

static void list_read(FILE *from)
{
    char text[LINE_MOST];
    int field = -1;

    while (fgets(text, sizeof text, from)) {
        size_t indent = strspn(text, " ");
        line_now++;
        if (!strchr(text, '\n')) fault(line_now, "the line is too long or has no end");
        text[strcspn(text, "\n")] = '\0';
        if (text[indent] == '#' || text[indent] == '\0') continue;
        if (indent == 0 && !strncmp(text, "clock ", 6))
            kind_begin(text + 6), field = -1;
        else if (indent == 0 && !strncmp(text, "harm-days ", 10))
            harm_days = atoi(text + 10);
        else if (indent == 4)
            field = field_read(text + indent);
        else if (indent == 8)
            line_goes_on(field, text + indent);
        else
            fault(line_now, "a line begins with clock, harm-days, or 4 or 8 spaces");
    }
}

static bool rules_read(const char *file)
{
    char text[LINE_MOST];
    FILE *from = fopen(file, "r");

    if (!from) return perror(file), false;
    while (fgets(text, sizeof text, from))
        if (rule_count < RULES_MOST && sscanf(text, "rule %15s", rules[rule_count]) == 1)
            rule_count++;
    fclose(from);
    return true;
}

/* --- checking --- */

static bool rule_is(const char *name)
{
    for (int i = 0; i < rule_count; i++)
        if (!strcmp(rules[i], name)) return true;
    return false;
}

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
    if (!k->term_count) fault(k->at, "clock %s has no due", k->name);
    if (k->given[RULE] && !rule_is(k->text[RULE]))
        fault(k->line[RULE], "there is no rule %s in law/", k->text[RULE]);
    if (k->given[WHO] && !role_is(k->text[WHO]))
        fault(k->line[WHO], "nobody of the service is a \"%s\"", k->text[WHO]);
    if (k->given[HARM] && (strlen(k->text[HARM]) != 1 || !strchr("0123456789", *k->text[HARM])))
        fault(k->line[HARM], "harm is 0 to %d", HARM_MOST);
    if (k->given[LINK] && strcmp(k->text[LINK], "-") != 0 &&
        k->text[LINK][strspn(k->text[LINK], "abcdefghijklmnopqrstuvwxyz-")])
        fault(k->line[LINK], "link is a page of the case, or a dash");
    words_check(k, PAYING, PAYING_WELSH);
    words_check(k, RECEIVING, RECEIVING_WELSH);
}

/* --- writing --- */

static void put_upper(FILE *to, const char *s)
{
    for (; *s; s++)
        fputc(*s >= 'a' && *s <= 'z' ? *s - 'a' + 'A' : *s, to);
}

static void put_text(FILE *to, const char *s)
{
    fputc('"', to);
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') fputc('\\', to);
        fputc(*s, to);
    }
    fputc('"', to);
}

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
    fprintf(to, ",\n      terms_%s, %d, %s, ", k->name, k->term_count, k->text[HARM]);
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
    fputs(" },\n", to);
}

static void tables_write(FILE *to)
{
    fputs("/* made by clockc */\n#include \"flow/clock_kind.h\"\n\n", to);
    for (int i = 0; i < kind_count; i++) {
        fprintf(to, "static const struct clock_term terms_%s[] = {", kinds[i].name);
        for (int t = 0; t < kinds[i].term_count; t++) {
            const struct term *m = &kinds[i].terms[t];
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

static bool output_write(const char *dir, const char *name, void (*write)(FILE *to))
{
    char path[LINE_MOST];

    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *to = fopen(path, "w");
    if (!to) return perror(path), false;
    write(to);
    bool fine = !ferror(to);
    return fclose(to) == 0 && fine;
}

int main(int argc, char **argv)
{
    if (argc < 4) return fputs("usage: clockc OUTPUT_DIR LIST LAW...\n", stderr), 2;
    for (int i = 3; i < argc; i++)
        if (!rules_read(argv[i])) return 2;
    file_now   = argv[2];
    FILE *from = fopen(argv[2], "r");
    if (!from) return perror(argv[2]), 2;
    list_read(from);
    fclose(from);
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
