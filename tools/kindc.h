/* kindc.h: what the compilers of lists of kinds share (clockc, changec): a text file of blocks,
 *
 *     WORD NAME
 *         field   text
 *             which goes on
 *
 * read into kinds with numbered fields, with faults by file and line.  For tools only. */
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 512, TEXT_MOST = 2000, KINDS_MOST = 60, FIELDS_MOST = 24, RULES_MOST = 400 };

struct kind {
    char name[40], text[FIELDS_MOST][TEXT_MOST];
    bool given[FIELDS_MOST];
    int line[FIELDS_MOST], at;
};
/* What a list is made of. */
struct list_form {
    const char *word;          /* begins a kind */
    const char *const *fields; /* names, in the order of a kind's */
    int names;
    int single; /* the first of them are texts, given once; of the others `several` is told */
    void (*several)(struct kind *k, int field, const char *text);
    bool (*line)(const char *text); /* takes another line without indent; false: it is none */
    const char *lines;              /* what a line may begin with, for the fault */
};

static struct kind kinds[KINDS_MOST];
static char rules[RULES_MOST][16];
static int kind_count, rule_count, faults, line_now;
static const char *file_now;
static const struct list_form *form_now;

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

static int field_find(const char *name)
{
    for (int i = 0; i < form_now->names; i++)
        if (!strcmp(form_now->fields[i], name)) return i;
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
    else if (f >= form_now->single)
        form_now->several(k, f, value);
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
    char *to = f >= 0 && f < form_now->single ? kinds[kind_count - 1].text[f] : NULL;

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
    size_t word = strlen(form_now->word);
    int field   = -1;

    while (fgets(text, sizeof text, from)) {
        size_t indent = strspn(text, " ");
        line_now++;
        if (!strchr(text, '\n')) fault(line_now, "the line is too long or has no end");
        text[strcspn(text, "\n")] = '\0';
        if (text[indent] == '#' || text[indent] == '\0') continue;
        if (indent == 0 && !strncmp(text, form_now->word, word) && text[word] == ' ')
            kind_begin(text + word + 1), field = -1;
        else if (indent == 0 && form_now->line(text))
            field = -1;
        else if (indent == 4)
            field = field_read(text + indent);
        else if (indent == 8)
            line_goes_on(field, text + indent);
        else
            fault(line_now, "a line begins with %s, or 4 or 8 spaces", form_now->lines);
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

/* Reads the rules of law files and the list; false: a file cannot be read. */
static bool list_open(const struct list_form *form, char **files, int n)
{
    form_now = form;
    for (int i = 1; i < n; i++)
        if (!rules_read(files[i])) return false;
    file_now   = files[0];
    FILE *from = fopen(files[0], "r");
    if (!from) return perror(files[0]), false;
    list_read(from);
    fclose(from);
    return true;
}

__attribute__((unused)) static bool rule_is(const char *name)
{
    for (int i = 0; i < rule_count; i++)
        if (!strcmp(rules[i], name)) return true;
    return false;
}

__attribute__((unused)) static void put_upper(FILE *to, const char *s)
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
