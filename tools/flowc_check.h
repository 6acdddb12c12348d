/* flowc_check.h: what is read is made into bits, and what cannot be is told with file and line.
 * For tools/flowc.c only. */
#pragma once
#include "flowc_read.h"

static const char *const roles[] = {
    "receiving_parent", "paying_parent", "child_in_scotland", "caseworker", "decision_maker",
    "officer",          "court",         "employer",          "bank",       "benefit_office",
    "service"
};
enum { ROLES = sizeof roles / sizeof *roles };

static int role_find(const char *name)
{
    for (int i = 0; i < ROLES; i++)
        if (!strcmp(roles[i], name)) return i;
    return -1;
}

static uint32_t roles_read(const struct thing *t, enum field f)
{
    char *copy = copy_text(t->field[f].s ? t->field[f].s : ""), *rest = copy, *word;
    uint32_t set = 0;

    while ((word = take_word(&rest))) {
        int i = role_find(word);
        if (i < 0)
            fault(place_of(t, f), "there is no role \"%s\"", word);
        else
            set |= UINT32_C(1) << i;
    }
    free(copy);
    return set;
}

/* Fields that must be there, marks, rules. */
static void check_fields(const struct thing *t, const char *word)
{
    for (int k = 0; k < RECORDS; k++)
        for (int f = 0; !strcmp(records[k].word, word) && f < FIELDS; f++)
            if (records[k].must & UINT64_C(1) << f && !t->field[f].s)
                fault(t->at, "%s %s has no %s", word, t->name, field_names[f]);
    const char *mark = t->field[FIELD_MARK].s, *rule = t->field[FIELD_RULE].s;
    if (mark && mark[strspn(mark, "VGSRU")])
        fault(place_of(t, FIELD_MARK), "a mark is made of V, G, S, R and U");
    if (rule && !known_find(rule, true))
        fault(place_of(t, FIELD_RULE), "there is no rule %s in law/", rule);
}

static bool unit_is_time(const char *unit)
{
    return !strcmp(unit, "days") || !strcmp(unit, "weeks") || !strcmp(unit, "months") ||
           !strcmp(unit, "years");
}

static void check_clock(const struct machine *m, const struct thing *t)
{
    char *copy = copy_text(t->field[FIELD_CLOCK].s), *rest = copy, *name = take_word(&rest);
    const struct known *p = known_find(name, false);

    if (!p)
        fault(place_of(t, FIELD_CLOCK), "there is no parameter %s in law/", name);
    else if (!unit_is_time(p->unit))
        fault(place_of(t, FIELD_CLOCK), "%s is in %s; a clock is measured in time", name, p->unit);
    rest += strspn(rest, " ");
    if (strncmp(rest, "from ", 5))
        fault(place_of(t, FIELD_CLOCK), "say what the clock runs from: clock %s from ...", name);
    if (t->field[FIELD_THEN].s && thing_find(&m->part[PART_EVENT], t->field[FIELD_THEN].s) < 0)
        fault(place_of(t, FIELD_THEN), "there is no event \"%s\"", t->field[FIELD_THEN].s);
    free(copy);
}

/* No case forgotten: what is not final has a clock or a person; what is said to a parent is said in
 * both languages. */
static void check_state(const struct machine *m, const struct thing *t)
{
    static const enum field said[] = { FIELD_PAYING, FIELD_RECEIVING };
    bool final = text_is(t, FIELD_FINAL, "yes"), rest = text_is(t, FIELD_REST, "yes");
    bool minded = t->field[FIELD_CLOCK].s || t->field[FIELD_PERSON].s;

    for (enum field f = FIELD_START; f <= FIELD_REST; f++)
        if (t->field[f].s && !text_is(t, f, "yes"))
            fault(place_of(t, f), "%s is yes, or left out", field_names[f]);
    if (final && minded) fault(t->at, "state %s is final: nothing is left to mind", t->name);
    if (rest && (!text_is(t, FIELD_START, "yes") || minded))
        fault(t->at, "state %s: only a start without clock and person may rest", t->name);
    if (!final && !rest && !minded)
        fault(t->at, "state %s has neither a clock nor a person: cases would be forgotten in it",
              t->name);
    if (t->field[FIELD_CLOCK].s)
        check_clock(m, t);
    else if (t->field[FIELD_THEN].s)
        fault(place_of(t, FIELD_THEN), "then without a clock");
    if (t->field[FIELD_PERSON].s && role_find(t->field[FIELD_PERSON].s) < 0)
        fault(place_of(t, FIELD_PERSON), "there is no role \"%s\"", t->field[FIELD_PERSON].s);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!t->field[said[i]].s != !t->field[said[i] + 1].s)
            fault(place_of(t, t->field[said[i]].s ? said[i] : said[i] + 1),
                  "what %s parent is told must be there in English and in Welsh",
                  i ? "a receiving" : "a paying");
}

/* --- steps --- */

static int part_read(const struct machine *m, struct place at, enum part part, const char *name)
{
    int i = thing_find(&m->part[part], name);
    if (i < 0) fault(at, "there is no %s \"%s\" in this machine", part_names[part], name);
    return i;
}

/* step FROM... on EVENT [if GUARD... not GUARD...] to STATE */
static void read_step(struct machine *m, struct step *s)
{
    enum { AT_FROM, AT_EVENT, AT_IF, AT_TO, AT_END } where = AT_FROM;
    char *copy = copy_text(s->thing.name), *rest = copy, *word;
    bool not = false;

    s->event = s->to = -1;
    while ((word = take_word(&rest))) {
        bool on = !strcmp(word, "on"), to = !strcmp(word, "to"), is = !strcmp(word, "if");
        if (is && where == AT_IF && !s->needs && !s->bars) continue;
        if (on && where == AT_FROM && s->from) {
            where = AT_EVENT;
        } else if (to && where == AT_IF) {
            where = AT_TO;
        } else if (!strcmp(word, "not") && where == AT_IF) {
            not = true;
        } else if (where == AT_FROM) {
            int i = part_read(m, s->thing.at, PART_STATE, word);
            if (i >= 0) s->from |= UINT32_C(1) << i;
        } else if (where == AT_EVENT) {
            s->event = part_read(m, s->thing.at, PART_EVENT, word);
            where    = AT_IF;
        } else if (where == AT_IF) {
            int i        = part_read(m, s->thing.at, PART_GUARD, word);
            uint32_t bit = i >= 0 ? UINT32_C(1) << i : 0;
            *(not ? &s->bars : &s->needs) |= bit;
            not = false;
        } else if (where == AT_TO) {
            s->to = part_read(m, s->thing.at, PART_STATE, word);
            where = AT_END;
        } else {
            break;
        }
    }
    if (where != AT_END || word)
        fault(s->thing.at, "write: step STATE... on EVENT [if GUARD... not GUARD...] to STATE");
    else if (s->needs & s->bars)
        fault(s->thing.at, "a guard is asked for and forbidden at once: this step is never taken");
    free(copy);
}

static void read_step_lists(const struct machine *m, struct step *s)
{
    static const enum field lists[] = { FIELD_DOES, FIELD_NOTICE, FIELD_CHARGE };

    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        enum field f = lists[k];
        char *copy = copy_text(s->thing.field[f].s ? s->thing.field[f].s : ""), *rest = copy, *word;
        while ((word = take_word(&rest))) {
            bool found = false;
            if (f == FIELD_DOES) {
                int i = part_read(m, place_of(&s->thing, f), PART_EFFECT, word);
                if (i >= 0) s->does |= UINT32_C(1) << i;
            } else if (f == FIELD_NOTICE) {
                for (int i = 0; i < notice_count; i++)
                    found |= !strcmp(notices[i].name, word);
                if (!found) fault(place_of(&s->thing, f), "there is no notice %s", word);
            } else if (!known_find(word, false)) {
                fault(place_of(&s->thing, f), "there is no parameter %s in law/", word);
            }
        }
        free(copy);
    }
}

/* A step after one that takes all it could take. */
static void check_shadow(const struct machine *m, int k)
{
    const struct step *s = &m->steps[k];

    for (int i = 0; i < k; i++) {
        const struct step *a = &m->steps[i];
        if (a->event == s->event && !(s->from & ~a->from) && !(a->needs & ~s->needs) &&
            !(a->bars & ~s->bars)) {
            fault(s->thing.at, "never taken: the step on line %d is always taken before it",
                  a->thing.at.line);
            return;
        }
    }
}

static void check_used(const struct machine *m, enum part part, uint32_t used)
{
    for (int i = 0; i < m->part[part].n; i++)
        if (!(used & UINT32_C(1) << i))
            fault(m->part[part].at[i].at, "%s %s is used by no step", part_names[part],
                  m->part[part].at[i].name);
}

/* Every state can be come to from the start and, unless it is final, left. */
static void check_graph(const struct machine *m)
{
    uint32_t reached = UINT32_C(1) << m->start, before = 0, left = 0;

    while (reached != before) {
        before = reached;
        for (int i = 0; i < m->step_count; i++)
            if (m->steps[i].from & reached) reached |= UINT32_C(1) << m->steps[i].to;
    }
    for (int i = 0; i < m->step_count; i++)
        for (int k = 0; k < m->part[PART_STATE].n; k++)
            if (m->steps[i].from & UINT32_C(1) << k && m->steps[i].to != k)
                left |= UINT32_C(1) << k;
    for (int i = 0; i < m->part[PART_STATE].n; i++) {
        const struct thing *t = &m->part[PART_STATE].at[i];
        bool final            = text_is(t, FIELD_FINAL, "yes");
        if (!(reached & UINT32_C(1) << i)) fault(t->at, "state %s cannot be reached", t->name);
        if (final && left & UINT32_C(1) << i)
            fault(t->at, "state %s is final, but a step leaves it", t->name);
        if (!final && !(left & UINT32_C(1) << i))
            fault(t->at, "state %s cannot be left; say that it is final, or give it a step",
                  t->name);
    }
}

static void check_machine(struct machine *m)
{
    uint32_t events = 0, guards = 0, effects = 0;
    int before = faults;

    check_fields(&m->thing, "machine");
    m->start = -1;
    for (int p = 0; p < PARTS; p++)
        for (int i = 0; i < m->part[p].n; i++) {
            struct thing *t = &m->part[p].at[i];
            check_fields(t, part_names[p]);
            if (p == PART_STATE) check_state(m, t);
            if (p == PART_EVENT) roles_read(t, FIELD_WHO);
            if (p == PART_EVENT && t->field[FIELD_WELFARE].s && !text_is(t, FIELD_WELFARE, "yes"))
                fault(place_of(t, FIELD_WELFARE), "welfare is yes, or left out");
            if (p != PART_STATE || !text_is(t, FIELD_START, "yes")) continue;
            if (m->start >= 0) fault(t->at, "a second start");
            m->start = i;
        }
    if (m->start < 0) fault(m->thing.at, "machine %s has no start", m->thing.name);
    for (int i = 0; i < m->step_count; i++) {
        struct step *s = &m->steps[i];
        check_fields(&s->thing, "step");
        read_step(m, s);
        read_step_lists(m, s);
        if (s->event >= 0) events |= UINT32_C(1) << s->event;
        guards |= s->needs | s->bars;
        effects |= s->does;
    }
    if (faults > before) return;
    for (int i = 0; i < m->step_count; i++)
        check_shadow(m, i);
    check_used(m, PART_EVENT, events);
    check_used(m, PART_GUARD, guards);
    check_used(m, PART_EFFECT, effects);
    check_graph(m);
}

/* --- tables --- */

static int value_find(const struct input *in, const char *word)
{
    for (int i = 0; i < in->value_count; i++)
        if (!strcmp(in->values[i], word)) return i;
    return -1;
}

static void read_values(struct place at, struct input *in, char *rest)
{
    char *word;

    while ((word = take_word(&rest))) {
        if (!name_is_plain(word)) fault(at, "\"%s\" is no name for a value", word);
        if (value_find(in, word) >= 0) fault(at, "%s is there twice", word);
        if (in->value_count == VALUES_MOST) {
            fault(at, "at most %d values", VALUES_MOST);
            return;
        }
        in->values[in->value_count++] = copy_text(word);
    }
    if (in->value_count < 2) fault(at, "give at least two values to choose from");
}

static void read_cell(struct place at, const struct input *in, char *cell, uint32_t *fits)
{
    char *word;

    while ((word = take_word(&cell))) {
        int i = value_find(in, word);
        if (!strcmp(word, "-"))
            *fits |= (UINT32_C(1) << in->value_count) - 1;
        else if (i < 0)
            fault(at, "\"%s\" is no value of %s", word, in->name);
        else
            *fits |= UINT32_C(1) << i;
    }
    if (!*fits) fault(at, "the cell of %s is empty; write - for any", in->name);
}

static void read_row(struct table *t, int k)
{
    struct place at = { t->thing.at.file, t->row_text[k].line };
    char *rest      = t->row_text[k].s, *cell;
    struct row *row = &t->rows[k];
    int i           = 0;

    *row = (struct row){ .line = at.line };
    while ((cell = strsep(&rest, "|"))) {
        if (i < t->input_count) {
            read_cell(at, &t->inputs[i], cell, &row->fits[i]);
        } else if (i == t->input_count) {
            char *word  = take_word(&cell);
            row->result = word ? value_find(&t->result, word) : -1;
            if (row->result < 0) fault(at, "\"%s\" is no result of this table", word ? word : "");
        }
        i++;
    }
    if (i != t->input_count + 1)
        fault(at, "%d cells; one for each of %d inputs and the result are wanted", i,
              t->input_count);
}

/* Every case has a row and every row a case that no row before it takes. */
static void check_cases(const struct table *t)
{
    int values[INPUTS_MOST] = { 0 };
    bool used[ROWS_MOST]    = { false };

    for (int i = 0; i < t->input_count;) {
        int k = 0;
        for (; k < t->row_count; k++) {
            bool fits = true;
            for (int n = 0; n < t->input_count; n++)
                fits &= (t->rows[k].fits[n] >> values[n] & 1) != 0;
            if (fits) break;
        }
        if (k < t->row_count) {
            used[k] = true;
        } else {
            char words[LINE_MOST] = "";
            for (int n = 0; n < t->input_count; n++)
                snprintf(words + strlen(words), sizeof words - strlen(words), " %s",
                         t->inputs[n].values[values[n]]);
            fault(t->thing.at, "table %s has no row for:%s", t->thing.name, words);
            return;
        }
        for (i = 0; i < t->input_count && ++values[i] == t->inputs[i].value_count; i++)
            values[i] = 0;
    }
    for (int k = 0; k < t->row_count; k++)
        if (!used[k])
            fault((struct place){ t->thing.at.file, t->rows[k].line },
                  "never used: the rows before it take every case of it");
}

static void check_table(struct table *t)
{
    int before = faults;

    check_fields(&t->thing, "table");
    for (int i = 0; i < t->input_count; i++) {
        char *rest        = t->input_text[i].s;
        t->inputs[i].name = copy_text(take_word(&rest));
        read_values((struct place){ t->thing.at.file, t->input_text[i].line }, &t->inputs[i], rest);
    }
    if (t->thing.field[FIELD_RESULT].s)
        read_values(place_of(&t->thing, FIELD_RESULT), &t->result, t->thing.field[FIELD_RESULT].s);
    for (int i = 0; i < t->row_count && faults == before; i++)
        read_row(t, i);
    if (!t->input_count) fault(t->thing.at, "table %s has no input", t->thing.name);
    if (faults == before) check_cases(t);
}

static void check_all(void)
{
    for (int i = 0; i < notice_count; i++) {
        check_fields(&notices[i], "notice");
        roles_read(&notices[i], FIELD_TO);
    }
    for (int i = 0; i < machine_count; i++)
        check_machine(machines[i]);
    for (int i = 0; i < table_count; i++)
        check_table(tables[i]);
}
