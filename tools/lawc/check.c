/* check.c: what a lawyer must not forget.  Every fault says what to do. */
#include "lawc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const source_kinds[]        = { "act",    "regulations", "draft_regulations",
                                                   "guide",  "answer",      "case_law",
                                                   "report", "practice",    "project",
                                                   NULL };
static const char *const rule_kinds[]          = { "calculation", "decision",   "money", "finding",
                                                   "recorded",    "background", NULL };
static const char *const nation_names[NATIONS] = { "gb", "ni" };

static bool listed(const char *const *list, const char *word)
{
    for (; *list; list++)
        if (!strcmp(*list, word)) return true;
    return false;
}

static void need(struct book *b, struct place at, const char *what, const char *name,
                 const char *field, const char *text)
{
    if (!text || !*text)
        book_fault(b, at, "%s %s has no %s; add the line \"%s ...\"", what, name, field, field);
}

static void check_mark(struct book *b, struct place at, const char *name, const char *mark)
{
    if (!mark || !*mark) {
        book_fault(b, at,
                   "%s has no mark; add \"mark\" with V (read), G (official guide), S "
                   "(secondary), R or U (not read)",
                   name);
        return;
    }
    for (const char *p = mark; *p; p++)
        if (!strchr("VGSRU", *p) || strchr(p + 1, *p)) {
            book_fault(b, at, "%s: mark %s; use the letters V, G, S, R, U, each once", name, mark);
            return;
        }
}

static void check_cite(struct book *b, struct place at, const char *name, struct cite *c)
{
    char key[80];

    if (!c->text || !*c->text) {
        book_fault(b, at, "%s has no citation; add \"cite SOURCE PROVISION\"", name);
        return;
    }
    size_t n = strcspn(c->text, " ");
    snprintf(key, sizeof key, "%.*s", (int)n, c->text);
    c->source    = -1;
    c->provision = c->text + n + strspn(c->text + n, " ");
    for (int i = 0; i < b->source_count; i++)
        if (!strcmp(b->sources[i].name, key)) c->source = i;
    if (c->source < 0)
        book_fault(b, c->at,
                   "%s cites %s, which is no source; add it to sources.law or correct the "
                   "key",
                   name, key);
}

static void check_sources(struct book *b)
{
    for (int i = 0; i < b->source_count; i++) {
        struct source *s = &b->sources[i];
        need(b, s->at, "source", s->name, "title", s->title);
        need(b, s->at, "source", s->name, "short", s->abbreviation);
        need(b, s->at, "source", s->name, "kind", s->kind);
        if (s->kind && *s->kind && !listed(source_kinds, s->kind))
            book_fault(
                b, s->at,
                "source %s: unknown kind %s; one of act, regulations, draft_regulations, guide, "
                "answer, case_law, report, practice, project",
                s->name, s->kind);
    }
}

static int rule_find(const struct book *b, const char *name)
{
    for (int i = 0; i < b->rule_count; i++)
        if (!strcmp(b->rules[i].name, name)) return i;
    return -1;
}

static void relate(struct book *b, struct rule *from, int to)
{
    if (from->related_count == RELATED_MOST)
        book_fault(b, from->at, "%s is related to more than %d others; raise RELATED_MOST",
                   from->name, RELATED_MOST);
    else
        from->related[from->related_count++] = to;
}

static void check_settles(struct book *b, int index)
{
    struct rule *u = &b->rules[index];
    char *list     = text_copy(u->settles ? u->settles : ""), *save;

    for (char *w = strtok_r(list, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        int to = rule_find(b, w);
        if (to < 0 || b->rules[to].is_reading) {
            book_fault(b, u->at,
                       "reading %s settles %s, which is no rule; add it to rules.law or "
                       "correct the name",
                       u->name, w);
            continue;
        }
        relate(b, u, to);
        relate(b, &b->rules[to], index);
    }
}

static void check_rules(struct book *b)
{
    for (int i = 0; i < b->rule_count; i++) {
        struct rule *u   = &b->rules[i];
        const char *what = u->is_reading ? "reading" : "rule";
        need(b, u->at, what, u->name, "title", u->title);
        need(b, u->at, what, u->name, "english", u->english);
        if (!u->welsh)
            book_fault(b, u->at,
                       "%s %s has no place for Welsh; add the line \"welsh\", empty until it "
                       "is translated",
                       what, u->name);
        check_mark(b, u->at, u->name, u->mark);
        check_cite(b, u->at, u->name, &u->cite);
        if (u->cite_ni.text) check_cite(b, u->at, u->name, &u->cite_ni);
        if (u->is_reading) {
            need(b, u->at, what, u->name, "settles", u->settles);
            check_settles(b, i);
        } else if (u->settles)
            book_fault(b, u->at, "rule %s: only a reading settles anything; remove the line",
                       u->name);
        if (!u->is_reading && !u->is_draft) {
            need(b, u->at, what, u->name, "kind", u->kind);
            if (u->kind && *u->kind && !listed(rule_kinds, u->kind))
                book_fault(b, u->at,
                           "rule %s: unknown kind %s; one of calculation, decision, money, "
                           "finding, recorded, background",
                           u->name, u->kind);
        }
    }
}

static void check_value(struct book *b, struct parameter *p, struct value *v)
{
    char name[160], day[DATE_TEXT];

    snprintf(name, sizeof name, "parameter %s: the value from %s", p->name,
             v->has_date ? date_text(v->from, day) : "an unknown day");
    check_cite(b, v->at, name, &v->cite);
    check_mark(b, v->at, name, v->mark);
    if (v->cite_ni.text) check_cite(b, v->at, name, &v->cite_ni);
    if (v->mark_ni) check_mark(b, v->at, name, v->mark_ni);
    if (p->type != TYPE_NONE) value_check(b, p, v);
}

static void check_order(struct book *b, const struct parameter *p, enum nation nation)
{
    const struct value *last = NULL;
    char day[DATE_TEXT], before[DATE_TEXT];

    for (int i = 0; i < p->value_count; i++) {
        const struct value *v = p->values[i];
        if (!v->holds[nation] || !v->has_date) continue;
        if (!last && !p->draft && date_before(b->scheme.start, v->from))
            book_fault(b, v->at,
                       "parameter %s has a hole: no %s value from %s, when the scheme opened, "
                       "to %s; add one (\"none\" if there was no such law)",
                       p->name, nation_names[nation], date_text(b->scheme.start, before),
                       date_text(v->from, day));
        if (last && !date_before(last->from, v->from))
            book_fault(b, v->at,
                       "parameter %s: %s does not come after %s; put the values in order of "
                       "date",
                       p->name, date_text(v->from, day), date_text(last->from, before));
        last = v;
    }
    if (!last && !p->draft)
        book_fault(b, p->at, "parameter %s has no %s value; add one from %s", p->name,
                   nation_names[nation], date_text(b->scheme.start, day));
}

static int labels_count(const char *s)
{
    int n = 1;
    for (; *s; s++)
        n += *s == ';';
    return n;
}

static void check_shape(struct book *b, struct parameter *p)
{
    static const struct {
        const char *name;
        enum type type;
    } units[] = { { "pounds", TYPE_MONEY },        { "pounds a week", TYPE_MONEY },
                  { "pounds a year", TYPE_MONEY }, { "percent", TYPE_RATIO },
                  { "fraction", TYPE_RATIO },      { "days", TYPE_INTEGER },
                  { "weeks", TYPE_INTEGER },       { "months", TYPE_INTEGER },
                  { "years", TYPE_INTEGER },       { "nights", TYPE_INTEGER },
                  { "children", TYPE_INTEGER },    { "rank", TYPE_INTEGER },
                  { "times", TYPE_INTEGER },       { "yes or no", TYPE_BOOL } };

    for (size_t i = 0; p->unit && i < sizeof units / sizeof *units; i++)
        if (!strcmp(units[i].name, p->unit)) p->type = units[i].type;
    if (p->unit && *p->unit && p->type == TYPE_NONE)
        book_fault(b, p->at,
                   "parameter %s: unknown unit %s; one of pounds, pounds a week, pounds a "
                   "year, percent, fraction, days, weeks, months, years, nights, children, "
                   "rank, yes or no",
                   p->name, p->unit);
    p->row_count = p->column_count = 1;
    p->is_array                    = p->each != NULL;
    p->is_table                    = p->rows || p->columns;
    if (p->is_table && (p->is_array || !p->rows || !p->columns))
        book_fault(b, p->at, "parameter %s: give either each, or both rows and columns", p->name);
    if (p->is_array)
        p->column_count = labels_count(p->each);
    else if (p->rows && p->columns) {
        p->row_count    = labels_count(p->rows);
        p->column_count = labels_count(p->columns);
    }
    if (p->row_count * p->column_count > CELLS_MOST)
        book_fault(b, p->at, "parameter %s: more than %d cells; raise CELLS_MOST", p->name,
                   CELLS_MOST);
}

static void check_parameters(struct book *b)
{
    for (int i = 0; i < b->parameter_count; i++) {
        struct parameter *p = &b->parameters[i];
        need(b, p->at, "parameter", p->name, "label", p->label);
        need(b, p->at, "parameter", p->name, "unit", p->unit);
        need(b, p->at, "parameter", p->name, "rule", p->rule);
        p->rule_index = p->rule ? rule_find(b, p->rule) : -1;
        if (p->rule && *p->rule && p->rule_index < 0)
            book_fault(b, p->at,
                       "parameter %s names rule %s, which is not defined; add it to rules.law "
                       "or correct the name",
                       p->name, p->rule);
        else if (p->rule_index >= 0 && !p->draft && b->rules[p->rule_index].is_draft)
            book_fault(b, p->at,
                       "parameter %s is in force but names the draft rule %s; name a rule in "
                       "force",
                       p->name, p->rule);
        check_shape(b, p);
        for (int k = 0; k < p->value_count; k++)
            check_value(b, p, p->values[k]);
        if (p->draft && !p->value_count)
            book_fault(b, p->at,
                       "parameter %s has no value; a draft without figures needs no "
                       "parameter",
                       p->name);
        for (int n = 0; n < NATIONS; n++)
            check_order(b, p, (enum nation)n);
    }
}

static void check_scheme(struct book *b)
{
    struct scheme *k = &b->scheme;

    if (!k->name) {
        book_fault(b, (struct place){ "law", 0 },
                   "no scheme record; add one with the day it opens");
        return;
    }
    need(b, k->at, "scheme", k->name, "title", k->title);
    check_mark(b, k->at, k->name, k->mark);
    check_cite(b, k->at, k->name, &k->cite);
    if (!k->opens || !date_parse(k->opens, strlen(k->opens), &k->start))
        book_fault(b, k->at, "scheme %s: opens must be a date, YYYY-MM-DD", k->name);
}

void book_check(struct book *b)
{
    check_scheme(b);
    check_sources(b);
    check_rules(b);
    check_parameters(b);
    for (int i = 0; i < b->draft_count; i++) {
        struct draft *d = &b->drafts[i];
        need(b, d->at, "draft", d->name, "title", d->title);
        need(b, d->at, "draft", d->name, "status", d->status);
        check_mark(b, d->at, d->name, d->mark);
        check_cite(b, d->at, d->name, &d->cite);
    }
}

const struct value *parameter_at(const struct parameter *p, enum nation nation, date day)
{
    const struct value *found = NULL;
    for (int i = 0; i < p->value_count; i++)
        if (p->values[i]->holds[nation] && !date_before(day, p->values[i]->from))
            found = p->values[i];
    return found;
}
