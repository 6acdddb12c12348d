/* flowc_model.h: what flowc holds in memory.  For tools/flowc.c only. */
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE_MOST     = 1024,
    MACHINES_MOST = 64,
    NAMES_MOST    = 32, /* states, guards, events, effects: bits of a word each */
    STEPS_MOST    = 200,
    LIST_MOST     = 8,
    TABLES_MOST   = 64,
    INPUTS_MOST   = 6,
    VALUES_MOST   = 16,
    ROWS_MOST     = 100,
    NOTICES_MOST  = 200,
    KNOWN_MOST    = 800,
    TEXT_MOST     = 4000
};

struct place {
    const char *file;
    int line;
};
/* One named thing with its fields; which of them it may have is the reader's table. */
enum field {
    FIELD_TITLE,
    FIELD_ABOUT,
    FIELD_RULE,
    FIELD_MARK,
    FIELD_ENGLISH,
    FIELD_WELSH,
    FIELD_SAYS,
    FIELD_LABEL,
    FIELD_WHO,
    FIELD_WELFARE,
    FIELD_START,
    FIELD_FINAL,
    FIELD_REST,
    FIELD_CLOCK,
    FIELD_THEN,
    FIELD_PERSON,
    FIELD_PAYING,
    FIELD_PAYING_WELSH,
    FIELD_RECEIVING,
    FIELD_RECEIVING_WELSH,
    FIELD_DOES,
    FIELD_NOTICE,
    FIELD_CHARGE,
    FIELD_NOTE,
    FIELD_TO,
    FIELD_WHEN,
    FIELD_HOLDS,
    FIELD_LETTER,
    FIELD_RESULT,
    FIELD_INPUT, /* several */
    FIELD_ROW,   /* several */
    FIELDS
};
static const char *const field_names[FIELDS] = {
    "title",  "about",  "rule",         "mark",      "english",
    "welsh",  "says",   "label",        "who",       "welfare",
    "start",  "final",  "rest",         "clock",     "then",
    "person", "paying", "paying-welsh", "receiving", "receiving-welsh",
    "does",   "notice", "charge",       "note",      "to",
    "when",   "holds",  "letter",       "result",    "input",
    "row",
};
struct text {
    char *s; /* NULL: not given */
    int line;
};
struct thing {
    struct place at;
    char *name;
    struct text field[FIELDS];
};
struct things {
    struct thing at[NAMES_MOST];
    int n;
};
struct step {
    struct thing thing; /* its name is the whole line */
    uint32_t from, needs, bars, does;
    int event, to;
};
enum part { PART_STATE, PART_GUARD, PART_EVENT, PART_EFFECT, PARTS };
static const char *const part_names[PARTS] = { "state", "guard", "event", "effect" };
struct machine {
    struct thing thing;
    struct things part[PARTS];
    struct step steps[STEPS_MOST];
    int step_count, start;
};
struct input {
    char *name;
    char *values[VALUES_MOST];
    int value_count;
};
struct row {
    uint32_t fits[INPUTS_MOST];
    int result, line;
};
struct table {
    struct thing thing;
    struct input inputs[INPUTS_MOST];
    struct text input_text[INPUTS_MOST], row_text[ROWS_MOST];
    struct input result;
    struct row rows[ROWS_MOST];
    int input_count, row_count;
};
/* A rule or parameter of the law, to be referred to. */
struct known {
    char *name, *unit; /* unit NULL: a rule */
};

static struct machine *machines[MACHINES_MOST];
static struct table *tables[TABLES_MOST];
static struct thing notices[NOTICES_MOST];
static struct known knowns[KNOWN_MOST];
static int machine_count, table_count, notice_count, known_count, faults;

__attribute__((format(printf, 2, 3))) static void fault(struct place at, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: ", at.file, at.line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    faults++;
}

static char *copy_text(const char *s)
{
    char *copy = strdup(s);
    if (!copy) abort();
    return copy;
}

static void *zeroed(size_t n)
{
    void *p = calloc(1, n);
    if (!p) abort();
    return p;
}

/* Takes the first word off *s; NULL when there is none.  Writes into the text. */
static char *take_word(char **s)
{
    char *word = *s + strspn(*s, " ");
    size_t n   = strcspn(word, " ");

    if (!n) return NULL;
    *s = word + n;
    if (**s) *(*s)++ = '\0';
    return word;
}

static int thing_find(const struct things *list, const char *name)
{
    for (int i = 0; i < list->n; i++)
        if (!strcmp(list->at[i].name, name)) return i;
    return -1;
}

static const struct known *known_find(const char *name, bool rule)
{
    for (int i = 0; i < known_count; i++)
        if ((knowns[i].unit == NULL) == rule && !strcmp(knowns[i].name, name)) return &knowns[i];
    return NULL;
}

static bool text_is(const struct thing *t, enum field f, const char *word)
{
    return t->field[f].s && !strcmp(t->field[f].s, word);
}

static struct place place_of(const struct thing *t, enum field f)
{
    return (struct place){ t->at.file, t->field[f].line ? t->field[f].line : t->at.line };
}
