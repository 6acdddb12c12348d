/* tidy.c: the house rules a compiler cannot know, checked on every build.  Usage: tidy SRC
 *
 * Layers look down only (the table below); banned functions; no floating point below the faces; no
 * number but 0 and 1 typed in src/rule; functions and files of bearable length; no TODO. */
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FUNCTION_LINES = 70, FILE_LINES = 700, LINE_COLUMNS = 110, NAME = 512 };

/* Which folders a folder may include from, itself always. */
static const struct {
    const char *folder, *may;
} layers[] = {
    { "base", "" },
    { "law", "base" },
    { "rule", "base law" },
    { "ledger", "base law" },
    { "flow", "base law rule" },
    { "store", "base" },
    { "letter", "base" },
    { "feed", "base" },
    { "card", "base" },
    { "people", "base" },
    { "app", "base law rule ledger flow store letter feed card" },
    { "generate", "base law rule ledger flow store letter feed app people" },
    { "batch", "base law rule ledger flow store letter feed app" },
    { "web", "base law rule ledger flow store letter feed card app" },
    { "cli", "base law rule ledger flow store letter feed card app batch web people generate" },
};
static const char *const banned[] = { "strcpy(", "strcat(", "sprintf(",   "strtok(",
                                      "gets(",   "atoi(",   "localtime(", "gmtime(",
                                      "rand(",   "system(", "popen(",     "alloca(" };
/* Calls that only the files named may make: opening what is kept sealed, and reading facts before
 * they are sealed. */
static const struct {
    const char *call, *files;
} locked[] = { { "sealed_text(", "base/sealed.h base/sealed.c app/access.c app/fact.c" },
               { "sql_fact_list(", "app/group.c" },
               { "sql_fact_list_ask(", "app/group.c" },
               { "sql_fact_history(", "app/group.c" },
               { "sql_message_words(", "app/message.c" },
               { "sql_online_answers(", "app/online.c" } };
static int faults;

static void fault(const char *file, int line, const char *what, const char *detail)
{
    fprintf(stderr, "%s:%d: %s%s\n", file, line, what, detail);
    faults++;
}

static bool word_in(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list; (p = strstr(p, word)); p += n)
        if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n])) return true;
    return false;
}

/* call: a name with its "(". */
static bool is_called(const char *code, const char *call)
{
    const char *p = strstr(code, call);
    return p && (p == code || !(isalnum((unsigned char)p[-1]) || p[-1] == '_'));
}

static void check_include(const char *file, int line, const char *folder, const char *text)
{
    char target[NAME];
    const char *slash;

    if (sscanf(text, "#include \"%500[^\"]\"", target) != 1 || !(slash = strchr(target, '/')))
        return;
    target[slash - target] = '\0';
    if (!strcmp(target, folder)) return;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        if (!strcmp(layers[i].folder, folder) && !word_in(layers[i].may, target))
            fault(file, line, "a layer may only look down: this one may not include ", target);
}

/* Blanks comments and literals, so that the checks below see code only. */
static void strip(char *s, bool *in_comment)
{
    for (; *s; s++) {
        if (*in_comment) {
            if (s[0] == '*' && s[1] == '/') {
                *s++        = ' ';
                *in_comment = false;
            }
            *s = ' ';
        } else if (s[0] == '/' && s[1] == '*') {
            *s = ' ', s[1] = ' ';
            *in_comment = true;
        } else if (*s == '"' || *s == '\'') {
            char quote = *s;
            for (*s++ = ' '; *s && *s != quote; s++) {
                if (*s == '\\' && s[1]) *s++ = ' ';
                *s = ' ';
            }
            if (!*s) return;
            *s = ' ';
        }
    }
}

static void check_numbers(const char *file, int line, const char *s)
{
    for (; *s; s++) {
        if (!isdigit((unsigned char)*s)) continue;
        if (isalnum((unsigned char)s[-1]) || s[-1] == '_') {
            continue;
        }
        char *end;
        long value = strtol(s, &end, 0);
        if (value != 0 && value != 1)
            fault(file, line, "only 0 and 1 may be typed in a rule; the rest is law: ", s);
        s = end - 1;
    }
}

static void check_locked(const char *file, int line, const char *code)
{
    const char *name = strrchr(file, '/');

    while (name && name > file && name[-1] != '/')
        name--;
    for (size_t i = 0; i < sizeof locked / sizeof *locked; i++)
        if (is_called(code, locked[i].call) && !(name && word_in(locked[i].files, name)))
            fault(file, line,
                  "a sealed value is opened through app/access.h only: ", locked[i].call);
}

static void check_line(const char *file, int line, const char *folder, char *text, bool *in_comment)
{
    check_include(file, line, folder, text);
    if (strstr(text, "TODO") || strstr(text, "FIXME"))
        fault(file, line, "unfinished business belongs in an issue", "");
    if (strlen(text) > LINE_COLUMNS) fault(file, line, "line too long", "");
    bool preprocessor = text[0] == '#';
    strip(text, in_comment);
    for (size_t i = 0; i < sizeof banned / sizeof *banned; i++)
        if (is_called(text, banned[i])) fault(file, line, "banned function: ", banned[i]);
    check_locked(file, line, text);
    if (strcmp(folder, "web") && strcmp(folder, "cli") &&
        (word_in(text, "double") || word_in(text, "float")))
        fault(file, line, "no floating point below the faces", "");
    if (!strcmp(folder, "rule") && !preprocessor) check_numbers(file, line, text);
}

static void check_file(const char *file, const char *folder)
{
    char text[4096];
    bool in_comment = false;
    int line = 0, opened = 0;
    FILE *f = fopen(file, "r");

    if (!f) {
        fault(file, 0, "cannot be read", "");
        return;
    }
    while (text[0] = ' ', fgets(text + 1, sizeof text - 1, f)) {
        line++;
        text[strcspn(text, "\n")] = '\0';
        char *code                = text + 1;
        if (code[0] == '{') opened = line;
        if (code[0] == '}' && opened) {
            if (line - opened - 1 > FUNCTION_LINES)
                fault(file, opened, "function too long to be read at a glance", "");
            opened = 0;
        }
        check_line(file, line, folder, code, &in_comment);
    }
    fclose(f);
    if (line > FILE_LINES) fault(file, line, "file too long: split it by reason to change", "");
}

int main(int argc, char **argv)
{
    const char *root = argc > 1 ? argv[1] : "src";
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        char folder[NAME], file[NAME * 2 + 2];
        snprintf(folder, sizeof folder, "%s/%s", root, layers[i].folder);
        DIR *d = opendir(folder);
        if (!d) continue;
        for (struct dirent *e; (e = readdir(d));) {
            size_t n = strlen(e->d_name);
            if (n < 3 || e->d_name[n - 2] != '.' || !strchr("ch", e->d_name[n - 1])) continue;
            snprintf(file, sizeof file, "%s/%s", folder, e->d_name);
            check_file(file, layers[i].folder);
        }
        closedir(d);
    }
    if (faults) fprintf(stderr, "tidy: %d faults\n", faults);
    return faults ? 1 : 0;
}
