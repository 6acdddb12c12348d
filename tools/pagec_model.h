/* pagec_model.h: what the templates declare: structs, pages, partials, forms; and their C types. */
#pragma once
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORDS = 1024, FIELDS = 96, SAYINGS = 24, CHOICES = 64 };
/* KIND_WORDS: an English text of the program's own, said in the reader's language. */
enum kind { KIND_TEXT, KIND_WORDS, KIND_MONEY, KIND_DATE, KIND_INT, KIND_BOOL, KIND_RECORD, KINDS };
static const char *const kind_words[KINDS] = {
    "text", "words", "money", "date", "int", "bool", ""
};
static const char *const kind_c[KINDS] = { "const char *", "const char *", "money ", "date ",
                                           "int64_t ",     "bool ",        "" };
enum sort { SORT_STRUCT, SORT_PAGE, SORT_PARTIAL, SORT_LAYOUT, SORT_FORM };
/* Who may see a page.  The order is the order of enum page_access. */
static const char *const access_words[] = {
    "public", "account", "own",   "case",  "caseworker",
    "office", "lead",    "audit", "admin", "employer",
};
/* Whose pages are in both languages. */
static const char access_in_welsh[] = "public account own employer";
enum { ACCESSES = sizeof access_words / sizeof *access_words };

struct record;
struct type {
    enum kind kind;
    bool list;
    const struct record *record;
};
struct field {
    const char *name, *type_name;
    struct type type;
    bool optional;
    int line;
};
struct input { /* a field of a form */
    const char *name, *kind, *missing, *wrong, *choices[CHOICES];
    bool optional;
    int line, choice_count;
    long long least, most;
};
struct saying {
    const char *name, *text;
};
struct record {
    enum sort sort;
    const char *name, *file, *body, *body_end; /* the template's text */
    int line, body_line, access;               /* access -1: not declared */
    struct field fields[FIELDS];
    struct input inputs[FIELDS];
    struct saying sayings[SAYINGS];
    int field_count, input_count, saying_count;
    bool wraps, written, in_welsh;
};

static struct record *records[RECORDS];
static int record_count;

static _Noreturn __attribute__((format(printf, 3, 4))) void stop(const char *file, int line,
                                                                 const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void *take(size_t n)
{
    void *p = calloc(1, n);
    if (!p) exit(3);
    return p;
}
static char *copy(const char *s, size_t n)
{
    char *p = take(n + 1);
    memcpy(p, s, n);
    return p;
}

static struct record *record_find(enum sort sort, const char *name)
{
    for (int i = 0; i < record_count; i++)
        if (records[i]->sort == sort && !strcmp(records[i]->name, name)) return records[i];
    return NULL;
}

/* The words of a declaration line or a call.  A quoted word keeps its quote as the first byte. */
struct words {
    const char *word[FIELDS];
    int count;
};
static struct words words_split(const char *file, int line, const char *s, size_t n)
{
    struct words w  = { .count = 0 };
    const char *end = s + n;

    while (s < end) {
        if (isspace((unsigned char)*s)) {
            s++;
            continue;
        }
        const char *from = s;
        while (s < end && !isspace((unsigned char)*s)) {
            if (*s == '"') {
                const char *close = memchr(s + 1, '"', (size_t)(end - s - 1));
                if (!close) stop(file, line, "a quotation mark is not closed");
                s = close;
            }
            s++;
        }
        if (w.count == FIELDS) stop(file, line, "too many words here");
        w.word[w.count++] = copy(from, (size_t)(s - from));
    }
    return w;
}
static const char *unquote(const char *file, int line, const char *word)
{
    size_t n = word ? strlen(word) : 0;
    if (n < 2 || word[0] != '"' || word[n - 1] != '"')
        stop(file, line, "a text in quotation marks is needed here");
    return copy(word + 1, n - 2);
}
static void name_check(const char *file, int line, const char *name)
{
    static const char *const taken[] = {
        "auto",   "break",    "case",   "char",   "const",    "continue", "default", "do",
        "double", "else",     "enum",   "extern", "float",    "for",      "frame",   "goto",
        "if",     "inline",   "int",    "long",   "register", "restrict", "return",  "short",
        "signed", "sizeof",   "static", "struct", "switch",   "typedef",  "union",   "unsigned",
        "void",   "volatile", "while",  "bool",   "true",     "false",    "rights"
    };

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (!strcmp(taken[i], name) && strcmp(name, "frame"))
            stop(file, line, "this name has a meaning of its own already: %s", name);
    for (const char *p = name; *p; p++)
        if (!(islower((unsigned char)*p) || *p == '_' || (p > name && isdigit((unsigned char)*p))))
            stop(file, line, "a name is made of small letters, digits and _: %s", name);
}

static void field_read(struct record *r, int line, const struct words *w)
{
    struct field *f = &r->fields[r->field_count];
    int i           = 1;

    if (r->field_count == FIELDS || w->count < 2)
        stop(r->file, line, "a field is declared as NAME TYPE: %s", w->word[0]);
    name_check(r->file, line, w->word[0]);
    for (int j = 0; j < r->field_count; j++)
        if (!strcmp(r->fields[j].name, w->word[0]))
            stop(r->file, line, "the field %s is declared twice", w->word[0]);
    f->name = w->word[0];
    f->line = line;
    if (!strcmp(w->word[i], "list")) f->type.list = true, i++;
    f->type_name = i < w->count ? w->word[i++] : "";
    if (i < w->count && !strcmp(w->word[i], "optional")) f->optional = true, i++;
    if (i != w->count) stop(r->file, line, "not understood after the type: %s", w->word[i]);
    r->field_count++;
}

static void field_resolve(struct record *r, struct field *f)
{
    for (int k = 0; k < KIND_RECORD; k++)
        if (!strcmp(kind_words[k], f->type_name)) {
            f->type.kind = (enum kind)k;
            return;
        }
    f->type.kind   = KIND_RECORD;
    f->type.record = record_find(SORT_STRUCT, f->type_name);
    if (!f->type.record)
        stop(r->file, f->line,
             "there is no type %s; use text, words, money, date, int, bool, a struct, or list of "
             "one",
             f->type_name);
}

static long long number_read(const char *file, int line, const char *word)
{
    char *end;
    long long n = word ? strtoll(word, &end, 10) : 0;
    if (!word || *end) stop(file, line, "a whole number is needed here");
    return n;
}

/* The words that begin a new part of a form's field. */
static bool input_word(const char *word)
{
    static const char *const parts[] = { "optional", "least", "most", "of", "missing", "wrong" };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strcmp(parts[i], word)) return true;
    return false;
}

/* NAME KIND [optional] [least N] [most N] [of A B C] missing "…" wrong "…" */
static void input_read(struct record *r, int line, const struct words *w)
{
    static const char *const kinds[] = {
        "text", "money", "date", "count", "choice", "ticks", "file"
    };
    struct input *in = &r->inputs[r->input_count];
    bool known       = false;
    int i;

    if (r->input_count == FIELDS || w->count < 2)
        stop(r->file, line, "a form's field is declared as NAME KIND …");
    name_check(r->file, line, w->word[0]);
    *in = (struct input){
        .name = w->word[0], .kind = w->word[1], .line = line, .least = -1, .most = -1
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        known |= !strcmp(kinds[k], in->kind);
    if (!known)
        stop(r->file, line,
             "a form's field is text, money, date, count, choice, ticks or file, not %s", in->kind);
    for (i = 2; i < w->count; i++) {
        const char *word = w->word[i], *next = i + 1 < w->count ? w->word[i + 1] : NULL;
        if (!strcmp(word, "optional"))
            in->optional = true;
        else if (!strcmp(word, "least"))
            in->least = number_read(r->file, line, next), i++;
        else if (!strcmp(word, "most"))
            in->most = number_read(r->file, line, next), i++;
        else if (!strcmp(word, "missing"))
            in->missing = unquote(r->file, line, next), i++;
        else if (!strcmp(word, "wrong"))
            in->wrong = unquote(r->file, line, next), i++;
        else if (!strcmp(word, "of"))
            while (i + 1 < w->count && !input_word(w->word[i + 1]) &&
                   in->choice_count + 1 < CHOICES)
                in->choices[in->choice_count++] = w->word[++i];
        else
            stop(r->file, line, "not understood in a form's field: %s", word);
    }
    bool chosen = !strcmp(in->kind, "choice") || !strcmp(in->kind, "ticks");
    if (chosen != (in->choice_count > 0))
        stop(r->file, line, "%s: a choice needs `of` with its values, and nothing else may have it",
             in->name);
    if (!in->optional && !in->missing)
        stop(r->file, line, "%s: what is the person told when it is missing?", in->name);
    if (!chosen && !in->wrong)
        stop(r->file, line, "%s: what is the person told when it is wrong?", in->name);
    if (!strcmp(in->kind, "text") && in->most < 0)
        stop(r->file, line, "%s: a text needs a most length", in->name);
    r->input_count++;
}

static void line_read(struct record *r, int line, const struct words *w)
{
    if (!w->count) return;
    if (r->sort == SORT_PAGE && !strcmp(w->word[0], "access")) {
        for (int i = 0; i < ACCESSES; i++)
            if (w->count == 2 && !strcmp(access_words[i], w->word[1])) r->access = i;
        if (r->access < 0) stop(r->file, line, "access is one of: public, caseworker");
    } else if (r->sort == SORT_FORM && !strcmp(w->word[0], "say")) {
        if (w->count != 3 || r->saying_count == SAYINGS)
            stop(r->file, line, "a sentence is declared as: say NAME \"…\"");
        name_check(r->file, line, w->word[1]);
        r->sayings[r->saying_count++] =
            (struct saying){ w->word[1], unquote(r->file, line, w->word[2]) };
    } else if (r->sort == SORT_FORM) {
        input_read(r, line, w);
    } else {
        field_read(r, line, w);
    }
}

/* Reads {{SORT NAME, lines, }}; s is after the {{, end at the }}. */
static struct record *record_read(enum sort sort, const char *file, int line, const char *s,
                                  const char *end)
{
    struct record *r = take(sizeof *r);
    bool first       = true;

    r->sort = sort, r->file = file, r->line = line, r->access = -1;
    while (s < end) {
        const char *stop_at = memchr(s, '\n', (size_t)(end - s));
        if (!stop_at) stop_at = end;
        struct words w = words_split(file, line, s, (size_t)(stop_at - s));
        if (first) {
            if (w.count != 2) stop(file, line, "a declaration begins with its sort and its name");
            name_check(file, line, w.word[1]);
            r->name = w.word[1];
        } else {
            line_read(r, line, &w);
        }
        first = false;
        line++;
        s = stop_at + 1;
    }
    if (record_find(sort, r->name)) stop(file, r->line, "%s is declared twice", r->name);
    if (record_count == RECORDS) stop(file, r->line, "too many declarations");
    return records[record_count++] = r;
}
