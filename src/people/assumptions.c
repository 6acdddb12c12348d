/* assumptions.c: reading the assumptions strictly. */
#include "people/assumptions.h"

#include "base/bug.h"

#include <string.h>

const struct assumption_form assumption_table[ASSUMPTIONS] = {
#define ASSUMPTION(constant, name, kind, words)                                                    \
    [ASSUME_##constant] = { name, ASSUMED_##kind, words },
    ASSUMPTION_TABLE
#undef ASSUMPTION
};

const char *const measure_names[MEASURES] = {
#define MEASURE(constant, name) [MEASURE_##constant] = name,
    MEASURE_TABLE
#undef MEASURE
};

enum { ROWS_MOST = 400, WORDS_A_LINE = 64, NUMBER_DIGITS = 12, THOUSANDTHS = 3 };

static const char *const kind_words[] = { "number", "weights", "curve", "words", "day", "target" };
enum { KIND_TARGET = ASSUMED_DAY + 1, KINDS };

/* The text being read: the record begun, and its rows so far. */
struct reading {
    const char *name;
    struct arena *arena;
    struct assumptions *a;
    struct fail *fail;
    int line;
    struct span words[WORDS_A_LINE];
    size_t word_count;
    const char *rest;      /* of the line, from its second word on */
    struct assumed *now;   /* the assumption begun, or NULL */
    struct target *target; /* the target begun, or NULL */
    const struct assumption_form *form;
    struct assumption_row rows[ROWS_MOST];
    const char *texts[ROWS_MOST];
    bool has_figure, has_tolerance;
};

#define WRONG(r, ...) wrong((r), (r)->line, arena_print((r)->arena, __VA_ARGS__))

static bool wrong(struct reading *r, int line, const char *sentence)
{
    return FAIL(r->fail, FAIL_INPUT, "assumptions_wrong", "%s:%d: %s", r->name, line, sentence);
}

static const char *word(struct reading *r, size_t i)
{
    return i < r->word_count ? arena_text(r->arena, r->words[i].at, r->words[i].length) : "";
}

/* Whole digits, or with a point and at most `places` digits after it; scaled by 10 to places. */
static bool number_parse(struct span s, int places, int64_t *value)
{
    int after = -1;

    *value = 0;
    if (s.length == 0 || s.length > NUMBER_DIGITS) return false;
    for (size_t i = 0; i < s.length; i++) {
        if (s.at[i] == '.' && after < 0 && i && i + 1 < s.length && places) {
            after = 0;
            continue;
        }
        if (s.at[i] < '0' || s.at[i] > '9' || (after >= 0 && after++ >= places)) return false;
        *value = *value * 10 + (s.at[i] - '0');
    }
    for (int i = after < 0 ? 0 : after; i < places; i++)
        *value *= 10;
    return true;
}

/* The place of a word in a list parted by spaces; -1: not there. */
static int64_t list_place(const char *list, struct span s)
{
    for (int64_t i = 0; *list; i++) {
        size_t n = strcspn(list, " ");
        if (n == s.length && !memcmp(list, s.at, n)) return i;
        list += n + strspn(list + n, " ");
    }
    return -1;
}

static int64_t list_length(const char *list)
{
    int64_t n = *list != '\0';
    for (; *list; list++)
        n += *list == ' ';
    return n;
}

/* --- the end of a record --- */

static bool curve_check(struct reading *r)
{
    const struct assumed *v = r->now;

    if (v->n < 2 || r->rows[0].at != 0 || r->rows[v->n - 1].at != PER_MILLE)
        return wrong(r, v->line, "a curve begins at 0 and ends at 1000 (per mille of cases)");
    for (size_t i = 1; i < v->n; i++)
        if (r->rows[i].at <= r->rows[i - 1].at || r->rows[i].value < r->rows[i - 1].value)
            return wrong(r, v->line, "the points of a curve rise, and its values do not fall");
    return true;
}

static bool weights_check(struct reading *r)
{
    struct assumed *v = r->now;

    for (size_t i = 0; i < v->n; i++) {
        v->total += r->rows[i].value;
        for (size_t k = i; k > 0 && r->rows[k].at < r->rows[k - 1].at; k--) {
            struct assumption_row row = r->rows[k];
            r->rows[k]                = r->rows[k - 1];
            r->rows[k - 1]            = row;
        }
    }
    if ((int64_t)v->n != list_length(r->form->words))
        return wrong(
            r, v->line,
            arena_print(r->arena, "%s wants a row for each of: %s", r->form->name, r->form->words));
    return v->total > 0 || wrong(r, v->line, "the weights are all nothing");
}

static bool record_check(struct reading *r)
{
    struct assumed *v = r->now;

    switch (r->form->kind) {
    case ASSUMED_CURVE: return curve_check(r);
    case ASSUMED_WEIGHTS: return weights_check(r);
    case ASSUMED_WORDS: return v->n > 0 || wrong(r, v->line, "there are no words");
    case ASSUMED_NUMBER:
    case ASSUMED_DAY: break;
    }
    return v->n == 1 || wrong(r, v->line, "there is no value");
}

static bool target_check(struct reading *r)
{
    const struct target *t = r->target;

    if (!t->label || !t->unit || !r->has_figure || !r->has_tolerance)
        return wrong(r, t->line, "a target has a label, a unit, a figure and a tolerance");
    return t->source.kind != SOURCE_NONE || wrong(r, t->line, "it does not say its source");
}

static bool record_end(struct reading *r)
{
    struct target *t  = r->target;
    struct assumed *v = r->now;

    if (t && !target_check(r)) return false;
    r->target = NULL;
    r->now    = NULL;
    if (!v) return true;
    r->now = v;
    if (!record_check(r)) return false;
    if (v->source.kind == SOURCE_NONE) return wrong(r, v->line, "it does not say its source");
    if (r->form->kind == ASSUMED_WORDS) {
        v->words = ARENA_MANY(r->arena, const char *, v->n);
        memcpy(v->words, r->texts, v->n * sizeof *v->words);
    } else {
        struct assumption_row *rows = ARENA_MANY(r->arena, struct assumption_row, v->n);
        memcpy(rows, r->rows, v->n * sizeof *rows);
        v->rows = rows;
    }
    r->now = NULL;
    return true;
}

/* --- the first line of a record --- */

static bool target_begin(struct reading *r)
{
    struct assumptions *a = r->a;
    int measure           = 0;

    if (r->word_count != 2) return WRONG(r, "a target has one name");
    while (measure < MEASURES && strcmp(measure_names[measure], word(r, 1)) != 0)
        measure++;
    if (measure == MEASURES) return WRONG(r, "%s is nothing that is measured", word(r, 1));
    for (size_t i = 0; i < a->target_count; i++)
        if ((int)a->targets[i].measure == measure)
            return WRONG(r, "target %s is given twice", word(r, 1));
    if (a->target_count == TARGETS_MOST) return WRONG(r, "too many targets");
    r->target          = &a->targets[a->target_count++];
    r->target->measure = (enum measure)measure;
    r->target->line    = r->line;
    r->has_figure      = false;
    r->has_tolerance   = false;
    return true;
}

static bool record_begin(struct reading *r)
{
    int kind = 0, which = 0;
    const char *unit;

    if (!record_end(r)) return false;
    while (kind < KINDS && strcmp(kind_words[kind], word(r, 0)) != 0)
        kind++;
    if (kind == KINDS) return WRONG(r, "%s is no kind of record", word(r, 0));
    if (kind == KIND_TARGET) return target_begin(r);
    while (which < ASSUMPTIONS && strcmp(assumption_table[which].name, word(r, 1)) != 0)
        which++;
    if (which == ASSUMPTIONS) return WRONG(r, "there is no assumption \"%s\"", word(r, 1));
    r->form = &assumption_table[which];
    r->now  = &r->a->at[which];
    unit    = kind == ASSUMED_WEIGHTS ? "" : r->form->words;
    if ((int)r->form->kind != kind)
        return WRONG(r, "%s is %s, not %s", r->form->name, kind_words[r->form->kind],
                     kind_words[kind]);
    if (strcmp(unit, word(r, 2)) != 0 || r->word_count > 3)
        return WRONG(r, "the unit of %s is \"%s\"", r->form->name, unit);
    if (r->now->line)
        return WRONG(r, "%s is given twice, first on line %d", r->form->name, r->now->line);
    r->now->line = r->line;
    return true;
}

/* --- the lines under it --- */

static bool source_read(struct reading *r, struct source *source)
{
    static const char *const words[] = { "", "published", "derived", "assumed" };

    if (source->kind != SOURCE_NONE) return WRONG(r, "the source is given twice");
    for (int i = SOURCE_PUBLISHED; i <= SOURCE_ASSUMED; i++)
        if (!strcmp(words[i], word(r, 1))) source->kind = (enum source_kind)i;
    if (source->kind == SOURCE_NONE)
        return WRONG(r, "a source is published, derived or assumed, not \"%s\"", word(r, 1));
    if (r->word_count < 3 && source->kind != SOURCE_ASSUMED)
        return WRONG(r, "name the series, its period and who published it");
    source->text = r->word_count < 3 ? "" : r->words[2].at;
    source->text = arena_text(r->arena, source->text, strlen(source->text));
    return true;
}

static bool target_line(struct reading *r)
{
    struct target *t = r->target;
    bool figure      = !strcmp(word(r, 0), "figure");
    const char *rest = arena_text(r->arena, r->rest, strlen(r->rest));

    if (!strcmp(word(r, 0), "label") && !t->label) return t->label = rest, true;
    if (!strcmp(word(r, 0), "unit") && !t->unit) return t->unit = rest, true;
    if (!figure && strcmp(word(r, 0), "tolerance") != 0)
        return WRONG(r, "\"%s\" is not a line of a target, or is given twice", word(r, 0));
    if (*(figure ? &r->has_figure : &r->has_tolerance))
        return WRONG(r, "%s is given twice", word(r, 0));
    *(figure ? &r->has_figure : &r->has_tolerance) = true;
    return (r->word_count == 2 &&
            number_parse(r->words[1], THOUSANDTHS, figure ? &t->figure : &t->tolerance)) ||
           WRONG(r, "give a number with at most three places, not \"%s\"", r->rest);
}

static bool value_line(struct reading *r)
{
    struct assumed *v = r->now;
    date day;

    if (strcmp(word(r, 0), "value") != 0 || r->word_count != 2 || v->n)
        return WRONG(r, "%s has one line \"value\" with one value", r->form->name);
    v->n = 1;
    if (r->form->kind == ASSUMED_NUMBER)
        return number_parse(r->words[1], 0, &v->total) ||
               WRONG(r, "give a whole number, not \"%s\"", word(r, 1));
    if (!date_parse(r->words[1].at, r->words[1].length, &day))
        return WRONG(r, "give a day such as 2026-10-31, not \"%s\"", word(r, 1));
    v->total = day.d;
    return true;
}

static bool words_line(struct reading *r)
{
    if (strcmp(word(r, 0), "words") != 0) return WRONG(r, "%s has lines \"words\"", r->form->name);
    for (size_t i = 1; i < r->word_count; i++) {
        if (r->now->n == ROWS_MOST) return WRONG(r, "too many words");
        char *text = arena_text(r->arena, r->words[i].at, r->words[i].length);
        for (char *c = text; *c; c++)
            *c = *c == '_' ? ' ' : *c;
        r->texts[r->now->n++] = text;
    }
    return true;
}

static bool row_line(struct reading *r)
{
    struct assumed *v = r->now;
    bool curve        = r->form->kind == ASSUMED_CURVE;

    if (v->n == ROWS_MOST) return WRONG(r, "too many rows");
    struct assumption_row *row = &r->rows[v->n++];
    if (r->word_count != 2 || !number_parse(r->words[1], 0, &row->value))
        return WRONG(r, "a row is a %s and a whole number", curve ? "point" : "word");
    if (curve)
        return number_parse(r->words[0], 0, &row->at) ||
               WRONG(r, "a point of a curve is a whole number, not \"%s\"", word(r, 0));
    row->at = list_place(r->form->words, r->words[0]);
    if (row->at < 0) return WRONG(r, "\"%s\" is none of: %s", word(r, 0), r->form->words);
    for (size_t i = 0; i + 1 < v->n; i++)
        if (r->rows[i].at == row->at) return WRONG(r, "%s is given twice", word(r, 0));
    return true;
}

static bool line_under(struct reading *r)
{
    if (!r->now && !r->target) return WRONG(r, "this line belongs to no record");
    if (!strcmp(word(r, 0), "note")) return true;
    if (!strcmp(word(r, 0), "source"))
        return source_read(r, r->now ? &r->now->source : &r->target->source);
    if (r->target) return target_line(r);
    switch (r->form->kind) {
    case ASSUMED_NUMBER:
    case ASSUMED_DAY: return value_line(r);
    case ASSUMED_WORDS: return words_line(r);
    case ASSUMED_WEIGHTS:
    case ASSUMED_CURVE: break;
    }
    return row_line(r);
}

/* --- the whole --- */

static bool line_read(struct reading *r, char *text)
{
    bool under = *text == ' ' || *text == '\t';
    char *at   = text;

    r->word_count = 0;
    r->rest       = "";
    while (*(at += strspn(at, " \t"))) {
        if (r->word_count == WORDS_A_LINE) return WRONG(r, "the line has too many words");
        r->words[r->word_count++] = (struct span){ at, strcspn(at, " \t") };
        if (r->word_count == 2) r->rest = at;
        at += strcspn(at, " \t");
    }
    if (r->word_count == 0 || *r->words[0].at == '#') return true;
    return under ? line_under(r) : record_begin(r);
}

bool assumptions_read(const char *name, struct span text, struct arena *arena,
                      struct assumptions *result, struct fail *fail)
{
    struct reading *r = ARENA_NEW(arena, struct reading);

    *result = (struct assumptions){ 0 };
    *r      = (struct reading){ .name = name, .arena = arena, .a = result, .fail = fail };
    for (size_t at = 0; at < text.length;) {
        const char *end = memchr(text.at + at, '\n', text.length - at);
        size_t n        = end ? (size_t)(end - text.at) - at : text.length - at;
        r->line++;
        if (memchr(text.at + at, '\0', n)) return WRONG(r, "this is not a text");
        if (!line_read(r, arena_text(arena, text.at + at, n))) return false;
        at += n + 1;
    }
    if (!record_end(r)) return false;
    for (int i = 0; i < ASSUMPTIONS; i++)
        if (!result->at[i].line)
            return wrong(r, r->line,
                         arena_print(arena, "the %s %s is missing",
                                     kind_words[assumption_table[i].kind],
                                     assumption_table[i].name));
    return true;
}

/* --- drawing --- */

int64_t assumed_number(const struct assumptions *a, enum assumption which)
{
    return a->at[which].total;
}

int32_t assumed_row(const struct assumptions *a, enum assumption which, struct draw *d)
{
    const struct assumed *v = &a->at[which];
    int64_t left            = draw_below(d, v->total);

    for (size_t i = 0; i < v->n; i++) {
        if (left < v->rows[i].value) return (int32_t)v->rows[i].at;
        left -= v->rows[i].value;
    }
    BUG_UNLESS(false);
    return 0;
}

int64_t assumed_curve(const struct assumptions *a, enum assumption which, struct draw *d)
{
    enum { FINE = 1000 }; /* parts of a thousandth */
    const struct assumption_row *row = a->at[which].rows;
    int64_t at                       = draw_below(d, PER_MILLE * FINE);

    while (at >= row[1].at * FINE)
        row++;
    return row->value +
           (row[1].value - row->value) * (at - row->at * FINE) / ((row[1].at - row->at) * FINE);
}

const char *assumed_word(const struct assumptions *a, enum assumption which, struct draw *d)
{
    const struct assumed *v = &a->at[which];
    return v->words[draw_below(d, (int64_t)v->n)];
}

bool assumed_chance(const struct assumptions *a, enum assumption which, struct draw *d)
{
    return draw_chance(d, assumed_number(a, which), PER_MILLE);
}
