/* pagec_welsh.h: the Welsh catalogue (gettext's PO format), and the sentences looked up in it.
 *
 * A template is written in English.  Its Welsh body is the same body with each sentence replaced,
 * and goes through the same compiler, so that nothing the catalogue says escapes its checks. */
#pragma once
#include "pagec_model.h"

enum { ENTRIES = 8192, PLACED = 24 };

struct entry {
    const char *context, *english, *welsh, *file;
    int line;
    bool same;       /* flagged `same`: the word is the same in both languages */
    bool used;       /* some template or source says it */
    bool at_runtime; /* it is looked up while the program runs */
};
static struct entry entries[ENTRIES];
static int entry_count;
static bool has_welsh; /* a catalogue was given */
static int welsh_missing;

/* ---- reading ---- */

static char *text_unescape(const char *file, int line, const char *s)
{
    char *text = copy(s, strlen(s)), *to = text;

    for (; *s; s++) {
        if (*s != '\\') {
            *to++ = *s;
        } else if (*++s == 'n') {
            *to++ = '\n';
        } else if (*s == '"' || *s == '\\' || !strcmp(file + strlen(file) - 2, ".c")) {
            *to++ = *s;
        } else {
            stop(file, line, "only \\n, \\\" and \\\\ are understood in a catalogue");
        }
    }
    *to = '\0';
    return text;
}

/* The text between the first and the last quotation mark of a line. */
static const char *po_quoted(const char *file, int line, const char *s)
{
    size_t n = strlen(s);

    while (n && isspace((unsigned char)s[n - 1]))
        n--;
    if (n < 2 || s[0] != '"' || s[n - 1] != '"')
        stop(file, line, "a text in quotation marks is needed here");
    return text_unescape(file, line, copy(s + 1, n - 2));
}

static struct entry *entry_find(const char *context, const char *english)
{
    for (int i = 0; i < entry_count; i++)
        if (!strcmp(entries[i].english, english) && !strcmp(entries[i].context, context))
            return &entries[i];
    return NULL;
}

static bool has_letters(const char *s, size_t n);

static void entry_add(const struct entry *e)
{
    if (!*e->english) return; /* the head of the file */
    if (!*e->welsh) stop(e->file, e->line, "there is no Welsh here yet");
    if (!e->same && has_letters(e->english, strlen(e->english)) && !strcmp(e->english, e->welsh))
        stop(e->file, e->line, "the Welsh is the English; flag it `#, same` if that is right");
    if (entry_find(e->context, e->english))
        stop(e->file, e->line, "this is in the catalogue twice: %s", e->english);
    if (entry_count == ENTRIES) stop(e->file, e->line, "the catalogue is too long");
    entries[entry_count++] = *e;
}

static const char *joined(const char *a, const char *b)
{
    char *text = take(strlen(a) + strlen(b) + 1);
    strcat(strcpy(text, a), b);
    return text;
}

/* One line of the catalogue; `field` is what a quoted line that follows goes on with. */
static void po_line(struct entry *e, const char ***field, const char *s)
{
    static const char *const words[] = { "msgctxt ", "msgid ", "msgstr " };
    const char **fields[]            = { &e->context, &e->english, &e->welsh };

    if (*s == '"') {
        if (!*field) stop(e->file, e->line, "a text that belongs to nothing");
        **field = joined(**field, po_quoted(e->file, e->line, s));
        return;
    }
    for (int i = 0; i < 3; i++)
        if (!strncmp(s, words[i], strlen(words[i]))) {
            *field  = fields[i];
            **field = po_quoted(e->file, e->line, s + strlen(words[i]));
            return;
        }
    stop(e->file, e->line, "not understood in a catalogue: %s", s);
}

static void po_flags(struct entry *e, const char *s)
{
    if (strncmp(s, "#,", 2) != 0) return;
    if (strstr(s, "fuzzy")) stop(e->file, e->line, "a fuzzy sentence is not a translation");
    e->same |= strstr(s, "same") != NULL;
    /* Said by something the build does not read: a rule's title, a fact's name. */
    e->used |= strstr(s, "runtime") != NULL;
}

static void catalogue_read(const char *file, char *text)
{
    struct entry e     = { "", "", "", file, 0, false, false, false };
    const char **field = NULL;
    int line           = 1;

    has_welsh = true;
    for (char *at = text, *next; at; at = next, line++) {
        if ((next = strchr(at, '\n'))) *next++ = '\0';
        bool flags  = *at == '#',
             begins = flags || !strncmp(at, "msgid", 5) || !*at || !strncmp(at, "msgctxt", 7);
        if (field == &e.welsh && begins) {
            entry_add(&e);
            e     = (struct entry){ "", "", "", file, line, false, false, false };
            field = NULL;
        }
        e.line = field == &e.welsh || field == &e.english ? e.line : line;
        if (flags)
            po_flags(&e, at);
        else if (*at)
            po_line(&e, &field, at);
    }
    if (field == &e.welsh) entry_add(&e);
}

/* ---- looking up ---- */

static bool has_letters(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '&') {
            while (i < n && s[i] != ';')
                i++;
        } else if (isalpha((unsigned char)s[i])) {
            return true;
        }
    }
    return false;
}

static void po_write(FILE *to, const char *keyword, const char *s)
{
    fprintf(to, "%s \"", keyword);
    for (; *s; s++)
        if (*s == '\n')
            fputs("\\n", to);
        else
            fprintf(to, *s == '"' || *s == '\\' ? "\\%c" : "%c", *s);
    fputs("\"\n", to);
}

/* The Welsh for a sentence; NULL, and the build fails in the end, when there is none.  A sentence
 * with the template's name as msgctxt goes before one without. */
static struct entry *welsh_find(const char *file, int line, const char *context,
                                const char *english)
{
    static const char *told[ENTRIES];
    struct entry *e = *context ? entry_find(context, english) : NULL;

    if (!e) e = entry_find("", english);
    if (e) {
        e->used = true;
        return e;
    }
    for (int i = 0; i < welsh_missing; i++)
        if (!strcmp(told[i], english)) return NULL;
    if (welsh_missing == ENTRIES) exit(1);
    told[welsh_missing++] = copy(english, strlen(english));
    fprintf(stderr, "#: %s:%d: no Welsh in page/welsh for\n", file, line);
    po_write(stderr, "msgid", english);
    fputs("msgstr \"\"\n\n", stderr);
    return NULL;
}

/* Sentences that reach people without standing in a template: looked up while the program runs. */
static void welsh_say(const char *file, int line, const char *english)
{
    struct entry *e = welsh_find(file, line, "", english);
    if (e) e->at_runtime = true;
}

static void welsh_end(void)
{
    int unused = 0;

    for (int i = 0; i < entry_count; i++)
        if (!entries[i].used) {
            fprintf(stderr, "%s:%d: nothing says this any more: %s\n", entries[i].file,
                    entries[i].line, entries[i].english);
            unused++;
        }
    if (welsh_missing || unused) {
        fprintf(stderr, "%d sentences without Welsh, %d in the catalogue that nothing says\n",
                welsh_missing, unused);
        exit(1);
    }
}
