/* flowc_read.h: the grammar of flow files (doc/services.md): records at the margin, their fields
 * indented by four, a deeper line continues a text.  For tools/flowc.c only. */
#pragma once
#include "flowc_model.h"

#define F(name) (UINT64_C(1) << FIELD_##name)

/* What each kind of record may hold, and what it must. */
static const struct record {
    const char *word;
    uint64_t may, must;
} records[] = {
    { "machine", F(TITLE) | F(ABOUT) | F(RULE) | F(ENGLISH) | F(WELSH),
      F(TITLE) | F(ABOUT) | F(RULE) | F(ENGLISH) | F(WELSH) },
    { "table", F(TITLE) | F(RULE) | F(MARK) | F(INPUT) | F(RESULT) | F(ROW),
      F(TITLE) | F(RULE) | F(MARK) | F(RESULT) },
    { "notice", F(TO) | F(WHEN) | F(HOLDS) | F(LETTER), F(TO) | F(WHEN) | F(HOLDS) | F(LETTER) },
    { "state",
      F(LABEL) | F(START) | F(FINAL) | F(REST) | F(CLOCK) | F(THEN) | F(PERSON) | F(PAYING) |
          F(PAYING_WELSH) | F(RECEIVING) | F(RECEIVING_WELSH),
      F(LABEL) },
    { "guard", F(SAYS) | F(RULE), F(SAYS) | F(RULE) },
    { "event", F(LABEL) | F(WHO) | F(WELFARE), F(LABEL) | F(WHO) },
    { "effect", F(LABEL), F(LABEL) },
    { "step", F(RULE) | F(MARK) | F(DOES) | F(NOTICE) | F(CHARGE) | F(NOTE), F(RULE) | F(MARK) },
};
enum { RECORDS = sizeof records / sizeof *records };
#undef F

struct reader {
    struct place at;
    struct machine *machine; /* the machine whose parts follow */
    struct table *table;     /* the table being filled */
    struct thing *thing;     /* the record being filled */
    const struct record *record;
    struct text *growing; /* the text a deeper line continues */
};

static bool name_is_plain(const char *s)
{
    return *s >= 'a' && *s <= 'z' && !s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")];
}

static bool notice_is_plain(const char *s)
{
    return s[0] == 'N' && s[1] == '-' && s[2] && !s[2 + strspn(s + 2, "0123456789abcdef")];
}

static void check_name(const struct reader *r, const char *name)
{
    bool notice = !strcmp(r->record->word, "notice");

    if (notice ? !notice_is_plain(name) : !name_is_plain(name))
        fault(r->at, "%s %s: %s", r->record->word, name,
              notice ? "a notice is named like N-11"
                     : "a name is small letters, digits and _, a letter first");
}

static struct thing *open_part(struct reader *r, enum part part, char *name)
{
    struct things *list = &r->machine->part[part];

    if (thing_find(list, name) >= 0)
        fault(r->at, "%s %s is there already; give it one place", part_names[part], name);
    if (list->n == NAMES_MOST) {
        fault(r->at, "more than %d %ss in one machine; divide it", NAMES_MOST, part_names[part]);
        return NULL;
    }
    return &list->at[list->n++];
}

static struct thing *open_step(struct reader *r)
{
    struct machine *m = r->machine;

    if (m->step_count == STEPS_MOST) {
        fault(r->at, "more than %d steps in one machine; divide it", STEPS_MOST);
        return NULL;
    }
    return &m->steps[m->step_count++].thing;
}

static struct thing *open_top(struct reader *r, const char *name)
{
    bool twice = false;

    if (!strcmp(r->record->word, "notice")) {
        for (int i = 0; i < notice_count; i++)
            twice |= !strcmp(notices[i].name, name);
        if (twice) fault(r->at, "notice %s is there already; give it one place", name);
        if (notice_count == NOTICES_MOST) abort();
        return &notices[notice_count++];
    }
    for (int i = 0; i < machine_count; i++)
        twice |= !strcmp(machines[i]->thing.name, name);
    for (int i = 0; i < table_count; i++)
        twice |= !strcmp(tables[i]->thing.name, name);
    if (twice) fault(r->at, "%s %s is there already; give it one name", r->record->word, name);
    if (!strcmp(r->record->word, "machine")) {
        if (machine_count == MACHINES_MOST) abort();
        r->machine = machines[machine_count++] = zeroed(sizeof **machines);
        return &r->machine->thing;
    }
    if (table_count == TABLES_MOST) abort();
    r->table = tables[table_count++] = zeroed(sizeof **tables);
    return &r->table->thing;
}

static void open_record(struct reader *r, char *line)
{
    char *rest = line, *word = take_word(&rest);
    bool step = !strcmp(word, "step");

    rest += strspn(rest, " ");
    r->thing   = NULL;
    r->table   = NULL;
    r->growing = NULL;
    r->record  = NULL;
    for (int i = 0; i < RECORDS; i++)
        if (!strcmp(records[i].word, word)) r->record = &records[i];
    if (!r->record) {
        fault(r->at, "there is no record \"%s\"", word);
        return;
    }
    if (!*rest || (!step && strchr(rest, ' '))) {
        fault(r->at, "%s: give it one name", word);
        return;
    }
    if (!step) check_name(r, rest);
    int part = PARTS;
    for (int i = 0; i < PARTS; i++)
        if (!strcmp(part_names[i], word)) part = i;
    if ((part < PARTS || step) && !r->machine) {
        fault(r->at, "a %s belongs to a machine; begin with one", word);
        return;
    }
    r->thing = part < PARTS ? open_part(r, (enum part)part, rest)
               : step       ? open_step(r)
                            : open_top(r, rest);
    if (r->thing) *r->thing = (struct thing){ .at = r->at, .name = copy_text(rest) };
}

/* Where the text of a field goes: inputs and rows of a table may come several times. */
static struct text *field_text(struct reader *r, enum field f)
{
    if (f == FIELD_INPUT && r->table->input_count < INPUTS_MOST)
        return &r->table->input_text[r->table->input_count++];
    if (f == FIELD_ROW && r->table->row_count < ROWS_MOST)
        return &r->table->row_text[r->table->row_count++];
    if (f == FIELD_INPUT || f == FIELD_ROW) {
        fault(r->at, "a table has at most %d inputs and %d rows", INPUTS_MOST, ROWS_MOST);
        return NULL;
    }
    if (r->thing->field[f].s) fault(r->at, "%s is given twice", field_names[f]);
    return &r->thing->field[f];
}

static void open_field(struct reader *r, char *line)
{
    char *rest = line, *word = take_word(&rest);
    int f = 0;

    r->growing = NULL;
    if (!r->thing) {
        if (!r->record) fault(r->at, "an indented line before any record");
        return;
    }
    while (f < FIELDS && strcmp(field_names[f], word))
        f++;
    if (f == FIELDS || !(r->record->may & UINT64_C(1) << f)) {
        fault(r->at, "a %s has no field \"%s\"", r->record->word, word);
        return;
    }
    struct text *t = field_text(r, (enum field)f);
    if (!t) return;
    rest += strspn(rest, " ");
    if (!*rest && f != FIELD_WELSH)
        fault(r->at, "%s says nothing; write it or leave the line out", word);
    *t         = (struct text){ copy_text(rest), r->at.line };
    r->growing = t;
}

static void grow_field(struct reader *r, const char *more)
{
    if (!r->growing) return;
    size_t n   = strlen(r->growing->s) + strlen(more) + 2;
    char *both = zeroed(n);

    if (n > TEXT_MOST) fault(r->at, "a text is at most %d characters", TEXT_MOST);
    snprintf(both, n, "%s%s%s", r->growing->s, *r->growing->s ? " " : "", more);
    free(r->growing->s);
    r->growing->s = both;
}

static void read_line(struct reader *r, char *line)
{
    size_t n = strlen(line), indent = strspn(line, " ");

    while (n && line[n - 1] == ' ')
        line[--n] = '\0';
    if (!line[indent] || line[indent] == '#') return;
    if (strchr(line, '\t'))
        fault(r->at, "a tab; indent with spaces");
    else if (indent == 0)
        open_record(r, line);
    else if (indent == 4)
        open_field(r, line + indent);
    else if (indent > 4)
        grow_field(r, line + indent);
    else
        fault(r->at, "indent a field by four spaces");
}

static void read_flow(const char *file)
{
    char line[LINE_MOST];
    struct reader r = { .at = { file, 0 } };
    FILE *f         = fopen(file, "r");

    if (!f) {
        fault(r.at, "cannot be read");
        return;
    }
    while (fgets(line, sizeof line, f)) {
        r.at.line++;
        size_t n = strcspn(line, "\n");
        if (!line[n] && !feof(f)) {
            fault(r.at, "a line is at most %d characters", LINE_MOST - 2);
            break;
        }
        line[n] = '\0';
        read_line(&r, line);
    }
    fclose(f);
}

/* The names of rules and parameters of a law file, and the units of the latter. */
static void read_law(const char *file)
{
    char line[LINE_MOST], name[LINE_MOST];
    FILE *f             = fopen(file, "r");
    struct known *owner = NULL;

    if (!f) {
        fault((struct place){ file, 0 }, "cannot be read");
        return;
    }
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        bool rule                 = sscanf(line, "rule %s", name) == 1;
        if (rule || sscanf(line, "parameter %s", name) == 1) {
            if (known_count == KNOWN_MOST) abort();
            owner  = &knowns[known_count++];
            *owner = (struct known){ copy_text(name), rule ? NULL : copy_text("") };
        }
        if (owner && owner->unit && !strncmp(line, "    unit", 8)) {
            free(owner->unit);
            owner->unit = copy_text(line + 8 + strspn(line + 8, " "));
        }
    }
    fclose(f);
}
