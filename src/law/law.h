/* law.h: what was the law on a day, which rule says so, and how each value came to be.
 *
 * All of it is constant and generated from law/ by tools/lawc: struct law (one member for each
 * parameter), enum jurisdiction and enum rule_id are in law_data.h. */
#pragma once
#include "law_data.h"

struct law_source {
    const char *name;         /* its key in the law files: "CSA1991" */
    const char *title;        /* in full */
    const char *abbreviation; /* for citations: "CSA 1991" */
    const char *kind;         /* act, regulations, guide, answer, report, practice, project */
    const char *web;          /* or NULL */
};
enum rule_kind {
    RULE_KIND_NONE,
    RULE_KIND_CALCULATION, /* applied by assess: wants a test vector */
    RULE_KIND_DECISION,    /* applied over time: wants a scenario */
    RULE_KIND_MONEY,       /* likewise */
    RULE_KIND_FINDING,     /* settled by a person or another body, then recorded as a fact */
    RULE_KIND_RECORDED,    /* kept with its values; applied by no part of the program yet */
    RULE_KIND_BACKGROUND,  /* for reading only */
    RULE_KIND_READING,     /* settles what the law leaves open: wants a test vector */
    RULE_KIND_DRAFT,       /* announced, not in force */
    RULE_KINDS
};
/* mark: how well it is known.  V the provision was read, G an official guide, S a secondary source,
 * R and U not read: some part of it must be checked against the text before it is relied on. */
struct law_rule {
    enum rule_kind kind;
    const char *name; /* "A-62", "R-3" */
    const char *title, *mark;
    const struct law_source *source;
    const char *provision;
    const struct law_source *source_ni; /* NULL: as in Great Britain, by the twin provision */
    const char *provision_ni;
    const char *cite;            /* source and provision: "CSA 1991 Sch 1 para 7(4)" */
    const char *cite_ni;         /* or NULL, as source_ni */
    const char *english;         /* one sentence for a parent */
    const char *welsh;           /* the same, or empty until it is translated */
    const enum rule_id *related; /* rule: its readings; reading: what it settles.  May be NULL;
                                    ends with RULE_NONE */
    const char *file;
    int32_t line;
};
struct law_value {
    date from;
    bool has_date;    /* false only in a draft: the day is not known */
    bool in_force;    /* false: there was no such law from this day on */
    const char *text; /* as written: "7.00", "12% 16% 19%", rows parted by | */
    const struct law_source *source;
    const char *provision, *mark, *note; /* note may be empty */
    const char *file;
    int32_t line;
};
struct law_parameter {
    const char *name; /* the member of struct law */
    const char *label, *unit;
    const char *each, *rows, *columns; /* names of the cells, parted by ';', or NULL */
    enum rule_id rule;
    const struct law_value *values[JURISDICTIONS]; /* oldest first */
    int32_t value_count[JURISDICTIONS];
};
struct law_scheme {
    const char *name, *title, *mark;
    const struct law_source *source;
    const char *provision;
    date opens;
};
struct law_epochs {
    const struct law *laws; /* oldest first */
    const date *starts;     /* laws[i].from, packed for the search */
    int32_t count;
};

extern const struct law_source source_table[];
extern const int32_t source_count;
extern const struct law_rule rule_table[RULES]; /* by enum rule_id; [RULE_NONE] is empty */
extern const struct law_parameter parameter_table[];
extern const int32_t parameter_count;
extern const struct law_epochs law_epochs[JURISDICTIONS];
extern const struct law_scheme law_scheme;

/* All that is in force on a day.  NULL before the scheme opened (law_scheme.opens, 2012-12-10),
 * never NULL from that day on.  The result is constant and may be kept.  A search through about ten
 * starts, the newest first: today's law is found by one comparison. */
const struct law *law_at(enum jurisdiction jurisdiction, date day);

/* "A-62" gives RULE_A_62 (case of the letter does not matter); RULE_NONE if there is no such rule.
 */
enum rule_id rule_find(const char *name);
/* True if some part of what the mark stands for has not been read (R or U in it). */
bool law_mark_unverified(const char *mark);
/* "CSA 1991 Sch 1 para 7(4)", for a letter or the JSON reply. */
const char *rule_cite(enum rule_id rule, enum jurisdiction jurisdiction);

/* The value of a parameter in force on a day; NULL before its first. */
const struct law_value *law_value_at(const struct law_parameter *p, enum jurisdiction jurisdiction,
                                     date day);
