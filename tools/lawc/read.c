/* read.c: the grammar of law files (doc/law-format.md).  Indentation is four spaces a level:
 * records at 0, their fields and values at 4, what belongs to a value at 8; a deeper line continues
 * a text. */
#include "lawc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 1024, STEP = 4, WORD_MOST = 64 };
enum record {
    RECORD_NONE,
    RECORD_BAD,
    RECORD_SCHEME,
    RECORD_SOURCE,
    RECORD_RULE,
    RECORD_PARAMETER,
    RECORD_DRAFT
};

struct field { /* one field a record may have, and where its text goes */
    const char *name;
    char **text;
    struct cite *cite; /* instead of text */
};
struct reader {
    struct book *book;
    struct place at;
    bool in_draft; /* the file lies under draft/ */
    char *draft;   /* the draft whose records follow */
    enum record record;
    void *subject;       /* the record being filled */
    struct value *value; /* the value being filled, or NULL */
    char **growing;      /* the text a deeper line continues */
    int growing_indent;
};

void book_fault(struct book *b, struct place at, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: ", at.file, at.line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    b->faults++;
}

char *text_copy(const char *s)
{
    char *copy = strdup(s);
    if (!copy) abort();
    return copy;
}

/* Splits off the first word; returns what follows it, without leading spaces. */
static char *word_split(char *s)
{
    char *rest = s + strcspn(s, " ");
    if (*rest) *rest++ = '\0';
    return rest + strspn(rest, " ");
}

static bool name_is_plain(const char *s)
{
    return *s >= 'a' && *s <= 'z' && !s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")];
}

static bool rule_name_is_good(const char *s, const char *letters)
{
    return *s && strchr(letters, *s) && s[1] == '-' && s[2] && strlen(s) < 12 &&
           !s[2 + strspn(s + 2, "0123456789abcdefghijklmnopqrstuvwxyz")];
}

static void *room(struct reader *r, const char *what, int count, int most)
{
    if (count < most) return r;
    book_fault(r->book, r->at, "more than %d %s; raise the limit in tools/lawc/lawc.h", most, what);
    return NULL;
}

static void open_rule(struct reader *r, const char *kind, char *name)
{
    struct book *b = r->book;
    bool reading   = !strcmp(kind, "reading");

    if (!rule_name_is_good(name, reading ? "R" : "AB"))
        book_fault(b, r->at, "%s %s: the name must look like %s", kind, name,
                   reading ? "R-3" : "A-62 or B-131");
    for (int i = 0; i < b->rule_count; i++)
        if (!strcmp(b->rules[i].name, name))
            book_fault(b, r->at, "%s %s is already defined at %s:%d; give it one place", kind, name,
                       b->rules[i].at.file, b->rules[i].at.line);
    if (!room(r, "rules", b->rule_count, RULES_MOST)) return;
    struct rule *rule = &b->rules[b->rule_count++];
    *rule             = (struct rule){
                    .at = r->at, .name = text_copy(name), .is_reading = reading, .is_draft = r->in_draft
    };
    r->record  = RECORD_RULE;
    r->subject = rule;
}

static void open_parameter(struct reader *r, char *name)
{
    struct book *b = r->book;

    if (!name_is_plain(name))
        book_fault(b, r->at, "parameter %s: a name is small letters, digits and _, a letter first",
                   name);
    for (int i = 0; i < b->parameter_count; i++)
        if (!strcmp(b->parameters[i].name, name) && b->parameters[i].draft == r->draft)
            book_fault(b, r->at,
                       "parameter %s is already defined at %s:%d; add the new value there", name,
                       b->parameters[i].at.file, b->parameters[i].at.line);
    if (!room(r, "parameters", b->parameter_count, PARAMETERS_MOST)) return;
    struct parameter *p = &b->parameters[b->parameter_count++];
    *p         = (struct parameter){ .at = r->at, .name = text_copy(name), .draft = r->draft };
    r->record  = RECORD_PARAMETER;
    r->subject = p;
}

static void open_source(struct reader *r, char *name)
{
    struct book *b = r->book;

    for (int i = 0; i < b->source_count; i++)
        if (!strcmp(b->sources[i].name, name))
            book_fault(b, r->at, "source %s is already defined at %s:%d; give it one place", name,
                       b->sources[i].at.file, b->sources[i].at.line);
    if (!room(r, "sources", b->source_count, SOURCES_MOST)) return;
    b->sources[b->source_count] = (struct source){ .at = r->at, .name = text_copy(name) };
    r->subject                  = &b->sources[b->source_count++];
    r->record                   = RECORD_SOURCE;
}

static void open_draft(struct reader *r, char *name)
{
    struct book *b = r->book;

    if (!r->in_draft)
        book_fault(b, r->at,
                   "draft %s: announced law lives in law/draft/, where nothing in force "
                   "can read it; move it there",
                   name);
    if (!room(r, "drafts", b->draft_count, DRAFTS_MOST)) return;
    struct draft *d = &b->drafts[b->draft_count++];
    *d              = (struct draft){ .at = r->at, .name = text_copy(name) };
    r->draft        = d->name;
    r->subject      = d;
    r->record       = RECORD_DRAFT;
}

static void open_record(struct reader *r, char *text)
{
    char *name = word_split(text);

    r->record  = RECORD_BAD;
    r->value   = NULL;
    r->growing = NULL;
    if (!*name || strchr(name, ' ')) {
        book_fault(r->book, r->at, "%s must be followed by one name", text);
        return;
    }
    if (r->in_draft && !r->draft && strcmp(text, "draft"))
        book_fault(r->book, r->at,
                   "a file in draft/ begins with a draft record that says what was "
                   "announced, where and when");
    if (!strcmp(text, "source"))
        open_source(r, name);
    else if (!strcmp(text, "rule") || !strcmp(text, "reading"))
        open_rule(r, text, name);
    else if (!strcmp(text, "parameter"))
        open_parameter(r, name);
    else if (!strcmp(text, "draft"))
        open_draft(r, name);
    else if (!strcmp(text, "scheme")) {
        if (r->book->scheme.name)
            book_fault(r->book, r->at, "scheme %s: there is one scheme, defined at %s:%d", name,
                       r->book->scheme.at.file, r->book->scheme.at.line);
        r->book->scheme = (struct scheme){ .at = r->at, .name = text_copy(name) };
        r->record       = RECORD_SCHEME;
        r->subject      = &r->book->scheme;
    } else
        book_fault(r->book, r->at,
                   "unknown record %s; one of scheme, source, parameter, rule, reading, draft",
                   text);
}

/* The fields of the record being read; the last has no name. */
static void fields_list(const struct reader *r, struct field *list)
{
    struct scheme *k    = r->subject;
    struct source *s    = r->subject;
    struct rule *u      = r->subject;
    struct parameter *p = r->subject;
    struct draft *d     = r->subject;
    int n               = 0;

#define TEXT(word, member)                                                                         \
    list[n++] = (struct field)                                                                     \
    {                                                                                              \
        word, &(member), NULL                                                                      \
    }
#define CITE(word, member)                                                                         \
    list[n++] = (struct field)                                                                     \
    {                                                                                              \
        word, &(member).text, &(member)                                                            \
    }
    switch (r->record) {
    case RECORD_NONE:
    case RECORD_BAD: break;
    case RECORD_SCHEME:
        TEXT("title", k->title), TEXT("opens", k->opens), CITE("cite", k->cite);
        TEXT("mark", k->mark);
        break;
    case RECORD_SOURCE:
        TEXT("title", s->title), TEXT("short", s->abbreviation), TEXT("kind", s->kind);
        TEXT("web", s->web);
        break;
    case RECORD_RULE:
        TEXT("title", u->title), TEXT("kind", u->kind), TEXT("mark", u->mark);
        TEXT("english", u->english), TEXT("welsh", u->welsh), CITE("cite", u->cite);
        CITE("cite-ni", u->cite_ni), TEXT("settles", u->settles);
        break;
    case RECORD_PARAMETER:
        TEXT("label", p->label), TEXT("unit", p->unit), TEXT("rule", p->rule);
        TEXT("each", p->each), TEXT("rows", p->rows), TEXT("columns", p->columns);
        break;
    case RECORD_DRAFT:
        TEXT("title", d->title), TEXT("status", d->status), CITE("cite", d->cite);
        TEXT("mark", d->mark);
        break;
    }
    list[n] = (struct field){ 0 };
}

static void value_fields_list(struct value *v, struct field *list)
{
    int n = 0;
    CITE("cite", v->cite), CITE("cite-ni", v->cite_ni), TEXT("mark", v->mark);
    TEXT("mark-ni", v->mark_ni), TEXT("note", v->note);
    list[n] = (struct field){ 0 };
}
#undef TEXT
#undef CITE

static void set_field(struct reader *r, const struct field *list, char *text, int indent)
{
    char *rest = word_split(text);

    r->growing = NULL;
    for (const struct field *f = list; f->name; f++) {
        if (strcmp(f->name, text)) continue;
        if (*f->text) book_fault(r->book, r->at, "%s is given twice; keep one", text);
        *f->text = text_copy(rest);
        if (f->cite) f->cite->at = r->at;
        r->growing        = f->text;
        r->growing_indent = indent;
        return;
    }
    char known[256] = "";
    for (const struct field *f = list; f->name; f++) {
        strncat(known, f == list ? "" : ", ", sizeof known - strlen(known) - 1);
        strncat(known, f->name, sizeof known - strlen(known) - 1);
    }
    book_fault(r->book, r->at, "unknown field %s; here one of: %s", text, known);
}

/* "gb 2013-11-25 7.00" under a parameter; uk stands for both. */
static bool open_value(struct reader *r, const char *text)
{
    bool gb = !strncmp(text, "gb ", 3), ni = !strncmp(text, "ni ", 3),
         uk             = !strncmp(text, "uk ", 3);
    struct parameter *p = r->subject;

    if (r->record != RECORD_PARAMETER || !(gb || ni || uk)) return false;
    r->growing = NULL;
    if (!room(r, "values of one parameter", p->value_count, VALUES_MOST)) return true;
    struct value *v = calloc(1, sizeof *v);
    char *day       = text_copy(text + 3 + strspn(text + 3, " "));
    if (!v) abort();
    v->at               = r->at;
    v->holds[NATION_GB] = gb || uk;
    v->holds[NATION_NI] = ni || uk;
    v->text             = word_split(day);
    v->has_date         = date_parse(day, strlen(day), &v->from);
    if (!v->has_date && !(p->draft && !strcmp(day, "unknown")))
        book_fault(r->book, r->at, "parameter %s: %s is not a date; write YYYY-MM-DD%s", p->name,
                   day, p->draft ? ", or unknown for a draft" : "");
    if (!*v->text)
        book_fault(r->book, r->at, "parameter %s: a date without a value; write the value after it",
                   p->name);
    p->values[p->value_count++] = v;
    r->value                    = v;
    r->growing                  = &v->text;
    r->growing_indent           = STEP * 2; /* a value's own fields stand there: see read_line */
    return true;
}

static void grow(struct reader *r, const char *text)
{
    size_t have = strlen(*r->growing);
    char *grown = malloc(have + strlen(text) + 2);
    if (!grown) abort();
    memcpy(grown, *r->growing, have);
    grown[have] = ' ';
    memcpy(grown + have + (have > 0), text, strlen(text) + 1);
    *r->growing = grown;
}

static void read_line(struct reader *r, char *line)
{
    int indent = (int)strspn(line, " ");
    char *text = line + indent;
    struct field list[16];

    if (indent == 0) {
        open_record(r, text);
        return;
    }
    if (r->record == RECORD_BAD) return;
    if (r->record == RECORD_NONE) {
        book_fault(r->book, r->at,
                   "an indented line before the first record; begin with one at the "
                   "left edge");
        return;
    }
    if (r->growing && indent > r->growing_indent) {
        grow(r, text);
    } else if (indent == STEP) {
        r->value = NULL;
        if (open_value(r, text)) return;
        fields_list(r, list);
        set_field(r, list, text, STEP);
    } else if (indent == STEP * 2 && r->value) {
        value_fields_list(r->value, list);
        set_field(r, list, text, STEP * 2);
    } else
        book_fault(r->book, r->at,
                   "indented by %d spaces; fields stand at 4, what belongs to a value "
                   "at 8, a continued text deeper than its field",
                   indent);
}

void book_read(struct book *b, const char *file)
{
    char line[LINE_MOST];
    struct reader r = { .book = b, .at = { file, 0 }, .in_draft = strstr(file, "draft/") != NULL };
    FILE *f         = fopen(file, "r");

    if (!f) {
        book_fault(b, r.at, "cannot be read");
        return;
    }
    while (fgets(line, sizeof line, f)) {
        size_t n = strlen(line);
        r.at.line++;
        if (n == sizeof line - 1 && line[n - 1] != '\n') {
            book_fault(b, r.at, "line longer than %d characters; continue it on an indented line",
                       LINE_MOST - 2);
            break;
        }
        while (n && (line[n - 1] == '\n' || line[n - 1] == ' '))
            line[--n] = '\0';
        if (strchr(line, '\t') || strchr(line, '\r'))
            book_fault(b, r.at,
                       "a tab or carriage return; indent with spaces and end lines plainly");
        else if (n && line[strspn(line, " ")] != '#')
            read_line(&r, line);
    }
    fclose(f);
}
