/* lawc.h: the law files as read, shared by the reader, the checker and the writer of lawc. */
#pragma once
#include "base/date.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SOURCES_MOST    = 160,
    RULES_MOST      = 600,
    PARAMETERS_MOST = 300,
    VALUES_MOST     = 32,
    CELLS_MOST      = 32
};
enum { DRAFTS_MOST = 40, LABELS_MOST = 16, RELATED_MOST = 16 };
enum nation { NATION_GB, NATION_NI, NATIONS };
enum type { TYPE_NONE, TYPE_MONEY, TYPE_RATIO, TYPE_INTEGER, TYPE_BOOL };

struct place { /* where something was written, for messages */
    const char *file;
    int line;
};
struct cite { /* "CSA91 Sch 1 para 7(4)": a source's key and the provision in it */
    char *text;
    int source; /* index, -1 until checked */
    const char *provision;
    struct place at;
};
struct source {
    struct place at;
    char *name, *title, *abbreviation, *kind, *web;
};
struct rule {
    struct place at;
    bool is_reading, is_draft;
    char *name, *title, *kind, *mark, *english, *welsh, *settles;
    struct cite cite, cite_ni;
    int related[RELATED_MOST], related_count;
};
struct cell {
    int64_t n, d; /* pence, a count, 0 or 1: d is 1; a ratio: n/d */
};
struct value {
    struct place at;
    bool holds[NATIONS]; /* the nations it was written for */
    bool has_date;       /* false: a draft without a known day */
    date from;
    char *text, *mark, *mark_ni, *note;
    struct cite cite, cite_ni;
    struct cell cells[CELLS_MOST];
    int cell_count;
    bool in_force; /* false: the law had no such thing then ("none") */
};
struct parameter {
    struct place at;
    char *name, *label, *unit, *rule, *each, *rows, *columns, *draft;
    enum type type;
    int rule_index, row_count, column_count; /* 1 and 1 for a single value */
    bool is_array, is_table;
    struct value *values[VALUES_MOST];
    int value_count;
};
struct draft {
    struct place at;
    char *name, *title, *status, *mark;
    struct cite cite;
};
struct scheme {
    struct place at;
    char *name, *title, *opens, *mark;
    struct cite cite;
    date start;
};
struct book { /* all of law/ */
    struct source sources[SOURCES_MOST];
    struct rule rules[RULES_MOST];
    struct parameter parameters[PARAMETERS_MOST];
    struct draft drafts[DRAFTS_MOST];
    struct scheme scheme;
    int source_count, rule_count, parameter_count, draft_count, faults;
};

/* Tells what is wrong and what to do, as FILE:LINE: MESSAGE, and counts it. */
void book_fault(struct book *b, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Reads one file into the book; a file under draft/ may hold only draft law. */
void book_read(struct book *b, const char *file);
/* Resolves names, reads every value by its unit and finds what is missing or out of order. */
void book_check(struct book *b);
/* Reads the value text of v by the unit, rows and columns of p. */
void value_check(struct book *b, struct parameter *p, struct value *v);
/* Writes law_data.h and law_data.c into the folder; the same book gives the same bytes. */
bool book_write(const struct book *b, const char *folder);
/* The parameter's value in a nation on a day; NULL before its first. */
const struct value *parameter_at(const struct parameter *p, enum nation nation, date day);
/* Memory of the tool: never given back, the tool is short-lived. */
char *text_copy(const char *s);
