/* law_show.c: values, rules and drafts laid out for reading. */
#include "cli/law_show.h"

#include "law/draft.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    WIDTH_LEAST = 80,
    WIDTH_MOST  = 100,
    WIDTH_PIPE  = 96,
    CELL        = 80,
    LABELS      = 16,
    INDENT      = 4,
    CELL_LEAST  = 8,
    CITE_AT     = 34
};

static const char *const jurisdiction_words[JURISDICTIONS] = { "Great Britain",
                                                               "Northern Ireland" };
static const char *const kind_words[RULE_KINDS]            = {
               [RULE_KIND_CALCULATION] = "applied in every calculation",
               [RULE_KIND_DECISION]    = "applied to decisions over time",
               [RULE_KIND_MONEY]       = "applied to money over time",
               [RULE_KIND_FINDING]     = "settled by a person or another body, then recorded as a fact",
               [RULE_KIND_RECORDED]    = "kept with its values; no part of the program applies it yet",
               [RULE_KIND_BACKGROUND]  = "for reading only",
               [RULE_KIND_READING]     = "a reading: settles what the law leaves open",
               [RULE_KIND_DRAFT]       = "announced, NOT IN FORCE",
};

int law_width(void)
{
    struct winsize w;

    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) || !w.ws_col)
        return WIDTH_PIPE;
    return w.ws_col < WIDTH_LEAST ? WIDTH_LEAST : w.ws_col > WIDTH_MOST ? WIDTH_MOST : w.ws_col;
}

/* Columns that n bytes of UTF-8 take. */
static int columns(const char *s, size_t n)
{
    int c = 0;
    for (size_t i = 0; i < n; i++)
        c += ((unsigned char)s[i] & 0xc0) != 0x80;
    return c;
}

void law_wrap(const char *text, int at, int indent)
{
    int width  = law_width();
    bool first = true;

    while (*text) {
        size_t n = strcspn(text, " ");
        int c    = columns(text, n);
        if (!first && at + 1 + c > width) {
            printf("\n%*s", indent, "");
            at    = indent;
            first = true;
        }
        printf("%s%.*s", first ? "" : " ", (int)n, text);
        at += c + !first;
        first = false;
        text += n + strspn(text + n, " ");
    }
    putchar('\n');
}

static void put_right(const char *s, int width)
{
    printf("%*s%s", width - columns(s, strlen(s)), "", s);
}
static void put_left(const char *s, int width)
{
    printf("%s%*s", s, width - columns(s, strlen(s)), "");
}

/* One cell as a person writes it: "£3,000.00", "17.0%", "30 days". */
static void cell_words(const char *unit, const char *text, size_t n, char *to)
{
    static const struct {
        const char *many, *one;
    } counts[] = { { "days", "day" },   { "weeks", "week" },    { "months", "month" },
                   { "years", "year" }, { "nights", "nights" }, { "children", "child" } };
    char pounds[MONEY_TEXT + 4];
    money m;

    if (!strncmp(unit, "pounds", 6) && money_parse(text, n, &m)) {
        snprintf(to, CELL, "%s%s", money_pounds(m, pounds), unit + 6);
        return;
    }
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (!strcmp(unit, counts[i].many)) {
            bool one = n == 1 && *text == '1';
            snprintf(to, CELL, "%.*s %s", (int)n, text, one ? counts[i].one : counts[i].many);
            return;
        }
    snprintf(to, CELL, "%.*s", (int)n, text);
}

/* Cuts a list at ';' into parts without leading spaces; returns how many. */
static int labels_cut(const char *list, char parts[LABELS][CELL])
{
    int n = 0;
    while (list && *list && n < LABELS) {
        list += strspn(list, " ");
        size_t k = strcspn(list, ";");
        snprintf(parts[n++], CELL, "%.*s", (int)k, list);
        list += k + (list[k] == ';');
    }
    return n;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}
static int cell_width(const char *head)
{
    return larger(columns(head, strlen(head)), CELL_LEAST) + 2;
}

/* The cells of an array or a table under their names. */
static void put_cells(const struct law_parameter *p, const char *text, int indent)
{
    char rows[LABELS][CELL], heads[LABELS][CELL], cell[CELL];
    int row_count = labels_cut(p->rows, rows), wide = 0, row = 0;
    int count        = labels_cut(p->columns ? p->columns : p->each, heads);
    const char *bare = strncmp(p->unit, "pounds", 6) ? "" : "pounds";
    for (int i = 0; i < row_count; i++)
        wide = larger(wide, columns(rows[i], strlen(rows[i])) + 3);
    int room = (law_width() - indent - wide) / count - 2;

    printf("%*s", indent + wide, "");
    for (int i = 0; i < count; i++) {
        heads[i][room > 0 ? room : 0] = '\0';
        put_right(heads[i], cell_width(heads[i]));
    }
    printf("\n%*s", indent, "");
    if (row_count) put_left(rows[row++], wide);
    for (int i = 0; *text; text += strspn(text, " ")) {
        size_t n = strcspn(text, " ");
        if (*text == '|') {
            printf("\n%*s", indent, "");
            put_left(rows[row++], wide);
            i = 0;
        } else {
            cell_words(bare, text, n, cell);
            put_right(cell, cell_width(heads[i++]));
        }
        text += n;
    }
    putchar('\n');
}

static bool is_single(const struct law_parameter *p)
{
    return !p->each && !p->rows;
}

static void put_source(const struct law_source *s, const char *provision, int at, int indent)
{
    char cite[CELL * 4];
    snprintf(cite, sizeof cite, "%s %s", s->abbreviation, provision);
    law_wrap(cite, at, indent);
}

/* "    A-42  V   since 2013-11-25  CSA 1991 Sch 1 para 4(1)". */
static void put_origin(const struct law_parameter *p, const struct law_value *v)
{
    char day[DATE_TEXT], line[CELL];

    snprintf(line, sizeof line, "    %-6s %-4s %s", rule_table[p->rule].name, v->mark,
             v->has_date ? "since " : "NOT IN FORCE");
    if (v->has_date) strncat(line, date_text(v->from, day), sizeof line - strlen(line) - 1);
    printf("%-*s", CITE_AT, line);
    put_source(v->source, v->provision, CITE_AT, CITE_AT);
}

static void value_words(const struct law_parameter *p, const struct law_value *v, char *to)
{
    if (v->in_force)
        cell_words(p->unit, v->text, strlen(v->text), to);
    else
        snprintf(to, CELL, "not in force");
}

static void put_value(const struct law_parameter *p, const struct law_value *v)
{
    char words[CELL];

    if (is_single(p) || !v->in_force) {
        value_words(p, v, words);
        fputs(p->label, stdout);
        int left = law_width() - columns(p->label, strlen(p->label));
        if (left < columns(words, strlen(words)) + 2) {
            putchar('\n');
            left = law_width();
        }
        put_right(words, left);
        putchar('\n');
    } else {
        puts(p->label);
        put_cells(p, v->text, INDENT);
    }
    put_origin(p, v);
}

static void put_rule_line(char mark)
{
    for (int i = 0; i < law_width(); i++)
        putchar(mark);
    putchar('\n');
}

static void put_marks(void)
{
    law_wrap(
        "Marks: V the provision was read, G an official guide, S a secondary source; R, U: some "
        "part was not read (upkeep law --unverified).",
        0, 0);
}

bool law_show_day(enum jurisdiction j, date day)
{
    const struct law *law = law_at(j, day);
    char words[DATE_WORDS], start[DATE_WORDS];

    if (!law) {
        fprintf(stderr, "upkeep law: on %s there was no 2012 scheme; it opened on %s.\n",
                date_words(day, words), date_words(law_scheme.opens, start));
        return false;
    }
    printf("The law of %s on %s\n", jurisdiction_words[j], date_words(day, words));
    printf("Unchanged since %s (epoch %d, digest %016llx)\n", date_words(law->from, start),
           law->epoch, (unsigned long long)law->digest);
    put_rule_line('-');
    for (int32_t i = 0; i < parameter_count; i++) {
        const struct law_value *v = law_value_at(&parameter_table[i], j, day);
        if (v) put_value(&parameter_table[i], v);
    }
    put_rule_line('-');
    put_marks();
    return true;
}

static void put_change(const struct law_parameter *p, const struct law_value *old,
                       const struct law_value *new)
{
    char was[CELL], is[CELL];

    printf("  %s\n", p->label);
    if (is_single(p)) {
        value_words(p, old, was);
        value_words(p, new, is);
        printf("      %s  ->  %s\n", was, is);
    } else {
        puts("      before");
        if (old->in_force)
            put_cells(p, old->text, INDENT * 2);
        else
            puts("        not in force");
        puts("      after");
        if (new->in_force)
            put_cells(p, new->text, INDENT * 2);
        else
            puts("        not in force");
    }
    printf("      %-6s %-4s ", rule_table[p->rule].name, new->mark);
    put_source(new->source, new->provision, 18, 18);
    if (*new->note) {
        printf("      ");
        law_wrap(new->note, 6, 6);
    }
}

/* The changes that took effect on one day. */
static void put_changes_on(enum jurisdiction j, date day)
{
    for (int32_t i = 0; i < parameter_count; i++) {
        const struct law_parameter *p = &parameter_table[i];
        const struct law_value *old   = law_value_at(p, j, date_add_days(day, -1));
        const struct law_value *new   = law_value_at(p, j, day);
        if (old && new &&old != new) put_change(p, old, new);
    }
}

void law_show_changes(enum jurisdiction j, date from, date to)
{
    const struct law_epochs *e = &law_epochs[j];
    char a[DATE_WORDS], b[DATE_WORDS];
    int days = 0;

    printf("The law of %s from %s to %s: what changed\n", jurisdiction_words[j],
           date_words(from, a), date_words(to, b));
    put_rule_line('-');
    for (int32_t i = 0; i < e->count; i++) {
        if (!date_before(from, e->starts[i]) || date_before(to, e->starts[i])) continue;
        days++;
        printf("%s\n", date_words(e->starts[i], a));
        if (date_same(e->starts[i], law_scheme.opens))
            printf("  The scheme opened; every value began (upkeep law --date %s).\n",
                   date_text(law_scheme.opens, b));
        else
            put_changes_on(j, e->starts[i]);
    }
    if (!days) puts("Nothing changed.");
}

static void put_rule_short(const struct law_rule *r)
{
    printf("  %-6s %-4s %s\n%*s", r->name, r->mark, r->title, 14, "");
    put_source(r->source, r->provision, 14, 14);
}

void law_show_unverified(enum jurisdiction j, date day)
{
    char words[DATE_WORDS];
    int values = 0, rules = 0, readings = 0;

    printf("The law of %s on %s: what was not read in its source\n", jurisdiction_words[j],
           date_words(day, words));
    puts("\nVALUES");
    put_rule_line('-');
    for (int32_t i = 0; i < parameter_count; i++) {
        const struct law_value *v = law_value_at(&parameter_table[i], j, day);
        if (!v || !law_mark_unverified(v->mark)) continue;
        put_value(&parameter_table[i], v);
        if (*v->note) {
            printf("    ");
            law_wrap(v->note, INDENT, INDENT);
        }
        values++;
    }
    puts("\nRULES");
    put_rule_line('-');
    for (int i = RULE_NONE + 1; i < RULES; i++)
        if (rule_table[i].kind != RULE_KIND_READING && law_mark_unverified(rule_table[i].mark)) {
            put_rule_short(&rule_table[i]);
            rules++;
        }
    puts("\nREADINGS settled by this project, where the law leaves it open");
    put_rule_line('-');
    for (int i = RULE_NONE + 1; i < RULES; i++)
        if (rule_table[i].kind == RULE_KIND_READING) {
            printf("  %-6s %s\n", rule_table[i].name, rule_table[i].title);
            readings++;
        }
    printf("\n%d values, %d rules and %d readings to check before they are relied on.\n", values,
           rules, readings);
}

static void put_history(enum jurisdiction j, const struct law_parameter *p)
{
    char day[DATE_TEXT], words[CELL];

    printf("\n  %s  (%s, %s)\n", p->label, p->name, p->unit);
    for (int32_t i = 0; i < p->value_count[j]; i++) {
        const struct law_value *v = &p->values[j][i];
        printf("    from %s", date_text(v->from, day));
        if (is_single(p) || !v->in_force) {
            value_words(p, v, words);
            printf("  %s\n", words);
        } else {
            putchar('\n');
            put_cells(p, v->text, INDENT * 2);
        }
        printf("        %-4s ", v->mark);
        put_source(v->source, v->provision, 13, 13);
        if (*v->note) {
            printf("%*s", 13, "");
            law_wrap(v->note, 13, 13);
        }
        printf("%*s%s:%d\n", 13, "", v->file, v->line);
    }
}

static void put_named(const char *name, const char *text)
{
    printf("%-11s ", name);
    law_wrap(text, 12, 12);
}

void law_show_rule(enum jurisdiction j, enum rule_id rule)
{
    const struct law_rule *r = &rule_table[rule];
    char line[CELL * 4];

    printf("%s  %s\n", r->name, r->title);
    put_rule_line('-');
    put_named("provision", rule_cite(rule, j));
    put_named("source", r->source->title);
    if (r->source->web) put_named("", r->source->web);
    snprintf(line, sizeof line, "%s (%s)", r->mark,
             r->kind == RULE_KIND_READING ? "settled by this project: a lawyer should confirm it"
             : law_mark_unverified(r->mark)
                 ? "some part of it was not read: check before relying on it"
                 : "read");
    put_named("mark", line);
    put_named("kind", kind_words[r->kind]);
    put_named("English", r->english);
    put_named("Welsh", *r->welsh ? r->welsh : "(not translated yet)");
    for (const enum rule_id *k = r->related; k && *k != RULE_NONE; k++) {
        snprintf(line, sizeof line, "%s  %s", rule_table[*k].name, rule_table[*k].title);
        put_named(k == r->related ? r->kind == RULE_KIND_READING ? "settles" : "readings" : "",
                  line);
    }
    snprintf(line, sizeof line, "%s:%d", r->file, r->line);
    put_named("written in", line);
    bool any = false;
    for (int32_t i = 0; i < parameter_count; i++)
        if (parameter_table[i].rule == rule) {
            if (!any) printf("\nValues in %s\n", jurisdiction_words[j]);
            any = true;
            put_history(j, &parameter_table[i]);
        }
}

static void put_draft(const struct law_draft *d)
{
    char words[CELL], line[CELL * 4];

    printf("\nNOT IN FORCE  %s\n", d->title);
    printf("    ");
    law_wrap(d->status, INDENT, INDENT);
    printf("    %-4s ", d->mark);
    put_source(d->source, d->provision, 9, 9);
    for (const struct law_rule *r = d->rules; r->name; r++) {
        snprintf(line, sizeof line, "%-6s %s", r->name, r->english);
        printf("    ");
        law_wrap(line, INDENT, INDENT + 6);
    }
    for (const struct law_parameter *p = d->parameters; p->name; p++)
        for (int j = 0; j < JURISDICTIONS; j++)
            for (int32_t i = 0; i < p->value_count[j]; i++) {
                value_words(p, &p->values[j][i], words);
                printf("    NOT IN FORCE  %s: %s\n", p->label, words);
            }
}

void law_show_drafts(void)
{
    puts("Announced law, NOT IN FORCE. No calculation, decision or fee reads any of it.");
    put_rule_line('-');
    for (const struct law_draft *d = draft_table; d->name; d++)
        put_draft(d);
}
