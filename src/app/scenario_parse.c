/* scenario_parse.c: from text to words, from words to steps by the table of forms. */
#include "app/scenario_parse.h"

#include "base/bug.h"
#include "base/out.h"
#include "feed/feed.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct word {
    const char *text;
    bool quoted;
    int line;
};

struct parse {
    const char *file;
    struct arena *arena;
    struct scenario *scenario;
    struct word words[STEP_WORDS_MOST]; /* of the step being read */
    size_t n, at;
    size_t room;
    struct fail *fail;
};

__attribute__((format(printf, 3, 4))) static bool wrong(struct parse *p, int line,
                                                        const char *format, ...)
{
    char said[320];
    va_list args;

    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
    return FAIL(p->fail, FAIL_INPUT, "scenario_wrong", "%s:%d: %s", p->file, line, said);
}

static const struct word *word_at(const struct parse *p)
{
    return p->at < p->n ? &p->words[p->at] : NULL;
}

static int line_at(const struct parse *p)
{
    return p->words[p->at < p->n ? p->at : p->n - 1].line;
}

static bool word_is(const struct parse *p, const char *text)
{
    const struct word *w = word_at(p);
    return w && !w->quoted && !strcmp(w->text, text);
}

static bool word_skip(struct parse *p, const char *text)
{
    bool is = word_is(p, text);
    p->at += is;
    return is;
}

bool step_is_quiet(enum play_kind kind)
{
    return kind == STEP_TODAY || kind == STEP_FAMILY || kind == STEP_BY || kind == STEP_PREVIEW ||
           kind >= STEP_SHOW;
}

/* --- amounts, dates, counts --- */

bool scenario_amount(const char *s, money *amount)
{
    static const char pound[] = "\xc2\xa3";
    char digits[MONEY_TEXT];
    size_t n      = 0;
    bool negative = *s == '-';

    if (!strcmp(s, "nothing")) {
        *amount = MONEY_NONE;
        return true;
    }
    s += negative;
    if (!strncmp(s, pound, sizeof pound - 1)) s += sizeof pound - 1;
    for (; *s && n + 1 < sizeof digits; s++)
        if (*s != ',' || n == 0) digits[n++] = *s;
    if (*s || !money_parse(digits, n, amount)) return false;
    if (negative) *amount = money_negate(*amount);
    return true;
}

static bool parse_date(struct parse *p, date *day)
{
    const struct word *w = word_at(p);

    if (!w || !date_parse(w->text, strlen(w->text), day))
        return wrong(p, line_at(p), "here stands a date such as 2025-03-31, not %s.",
                     w ? w->text : "the end");
    p->at++;
    return true;
}

static bool parse_amount(struct parse *p, money *amount)
{
    const struct word *w = word_at(p);

    if (!w || !scenario_amount(w->text, amount))
        return wrong(p, line_at(p), "here stands an amount such as 1,234.56, not %s.",
                     w ? w->text : "the end");
    p->at++;
    return true;
}

/* "what is due" needs the ledger: the player looks it up. */
static bool parse_amount_or_due(struct parse *p, struct play_step *s)
{
    if (!word_skip(p, "what")) return parse_amount(p, &s->amount);
    s->what_is_due = word_skip(p, "is") && word_skip(p, "due");
    return s->what_is_due || wrong(p, s->line, "after \"receive what\" comes \"is due\".");
}

static bool parse_count(struct parse *p, int32_t *count)
{
    const struct word *w = word_at(p);
    size_t n             = w ? strspn(w->text, "0123456789") : 0;

    if (!w || n == 0 || n > 9 || w->text[n])
        return wrong(p, line_at(p), "here stands a whole number, not %s.", w ? w->text : "the end");
    *count = (int32_t)strtol(w->text, NULL, 10);
    p->at++;
    return true;
}

static bool parse_text(struct parse *p, const char *what, const char **text)
{
    const struct word *w = word_at(p);

    if (!w || !*w->text) return wrong(p, line_at(p), "%s is missing.", what);
    *text = w->text;
    p->at++;
    return true;
}

/* --- clauses --- */

static bool parse_clause(struct parse *p, const struct step_form *form, struct play_step *s)
{
    if (word_is(p, "as") && p->at + 1 < p->n && !strcmp(p->words[p->at + 1].text, "at")) p->at++;
    if (word_is(p, "on") && p->at + 1 < p->n && !strcmp(p->words[p->at + 1].text, "day")) p->at++;
    const struct word *w        = word_at(p);
    const struct clause_form *c = w->quoted ? NULL : step_clause(form, w->text);
    const char *words[CLAUSES];
    size_t n = 0;

    if (!c) {
        for (size_t i = 0; i < STEP_CLAUSES && form->clauses[i].clause; i++)
            words[n++] = clause_words[form->clauses[i].clause];
        const char *near = word_nearest(w->text, words, n);
        return wrong(p, w->line, "\"%s\" cannot be said in the step \"%s\"%s%s%s.", w->text,
                     form->head, near ? "; did you mean \"" : "", near ? near : "",
                     near ? "\"?" : "");
    }
    struct clause_value *v = &s->clauses[c->clause];
    if (v->given) return wrong(p, w->line, "\"%s\" is said twice.", w->text);
    p->at++;
    v->given = true;
    if (c->clause == CLAUSE_KNOWN) word_skip(p, "on");
    if (c->clause == CLAUSE_SAID) word_skip(p, "by");
    if (c->clause == CLAUSE_LATE) word_skip(p, "because");
    if (c->clause == CLAUSE_RECEIVING || c->clause == CLAUSE_PAYING) word_skip(p, "parent");
    v->text = word_at(p) ? word_at(p)->text : "";
    switch (c->type) {
    case CLAUSE_IS_DATE: return parse_date(p, &v->day);
    case CLAUSE_IS_AMOUNT: return parse_amount(p, &v->amount);
    case CLAUSE_IS_COUNT: return parse_count(p, &v->count);
    case CLAUSE_IS_NAME: return parse_text(p, "A name", &v->text);
    case CLAUSE_IS_TEXT: return parse_text(p, "The text", &v->text);
    }
    return false;
}

static bool parse_required(struct parse *p, const struct step_form *form, const struct play_step *s)
{
    for (size_t i = 0; i < STEP_CLAUSES && form->clauses[i].clause; i++)
        if (form->clauses[i].required && !s->clauses[form->clauses[i].clause].given)
            return wrong(p, s->line, "the step \"%s\" needs \"%s\".", form->head,
                         clause_words[form->clauses[i].clause]);
    return true;
}

/* --- the first word and the value --- */

static bool parse_choice(struct parse *p, const struct step_form *form, const struct word *w)
{
    const char *words[16];
    size_t n = 0;

    if (!w->quoted && fact_choice_index(form->choices, w->text) >= 0) return true;
    for (const char *at = form->choices; *at && n < sizeof words / sizeof *words;) {
        size_t length = strcspn(at, " ");
        words[n++]    = arena_text(p->arena, at, length);
        at += length + strspn(at + length, " ");
    }
    const char *near = word_nearest(w->text, words, n);
    return wrong(p, w->line, "after \"%s\" comes one of: %s; not \"%s\"%s%s%s.", form->head,
                 form->choices, w->text, near ? " (did you mean \"" : "", near ? near : "",
                 near ? "\"?)" : "");
}

static bool parse_fact_word(struct parse *p, struct play_step *s, const struct word *w)
{
    const char *names[FACT_KINDS];

    s->fact = fact_kind_find(w->text);
    if (s->fact != FACT_KINDS) return true;
    for (int i = 0; i < FACT_KINDS; i++)
        names[i] = fact_kind_table[i].name;
    const char *near = word_nearest(w->text, names, FACT_KINDS);
    return wrong(p, w->line, "there is no kind of fact \"%s\"%s%s%s.", w->text,
                 near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static bool parse_decision_word(struct parse *p, struct play_step *s, const struct word *w)
{
    const char *names[DECISION_KINDS];

    s->decision = decision_kind_find(w->text);
    if (s->decision != DECISION_KINDS) return true;
    for (int i = 0; i < DECISION_KINDS; i++)
        names[i] = decision_kind_table[i].name;
    const char *near = word_nearest(w->text, names, DECISION_KINDS);
    return wrong(p, w->line, "there is no kind of decision \"%s\"%s%s%s.", w->text,
                 near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static bool parse_rate_word(struct parse *p, const struct word *w)
{
    for (int i = 0; i < RATES; i++)
        if (!strcmp(rate_words[i], w->text)) return true;
    if (!strcmp(w->text, "ended")) return true;
    const char *near = word_nearest(w->text, rate_words, RATES);
    return wrong(p, w->line, "there is no rate \"%s\"%s%s%s.", w->text,
                 near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static bool parse_basis_word(struct parse *p, const struct word *w)
{
    for (int i = 0; i < INCOME_BASES; i++)
        if (!strcmp(income_basis_words[i], w->text)) return true;
    const char *near = word_nearest(w->text, income_basis_words, INCOME_BASES);
    return wrong(p, w->line, "there is no income basis \"%s\"%s%s%s.", w->text,
                 near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static bool parse_word(struct parse *p, const struct step_form *form, struct play_step *s)
{
    const struct word *w = word_at(p);
    bool fine            = false;

    if (form->word == WORD_NONE) return true;
    if (!w) return wrong(p, s->line, "the step \"%s\" is not finished.", form->head);
    switch (form->word) {
    case WORD_FACT: fine = parse_fact_word(p, s, w); break;
    case WORD_DECISION: fine = parse_decision_word(p, s, w); break;
    case WORD_CHOICE: fine = parse_choice(p, form, w); break;
    case WORD_RATE: fine = parse_rate_word(p, w); break;
    case WORD_BASIS: fine = parse_basis_word(p, w); break;
    case WORD_NONE: break;
    }
    s->word = w->text;
    p->at++;
    return fine;
}

/* The value of a fact: two words for a variation ("weekly 12.50"), else one; none before a clause.
 */
static const char *fact_words(struct parse *p, const struct step_form *form,
                              const struct play_step *s)
{
    const struct word *w = word_at(p);

    if (!w || (!w->quoted && step_clause(form, w->text))) return NULL;
    p->at++;
    if (fact_kind_table[s->fact].value != VALUE_VARIATION || w->quoted ||
        !strcmp(w->text, "ends") || !strcmp(w->text, "none") || !word_at(p))
        return w->text;
    return arena_print(p->arena, "%s %s", w->text, p->words[p->at++].text);
}

static bool parse_value(struct parse *p, const struct step_form *form, struct play_step *s)
{
    const struct word *w = word_at(p);

    if (form->value_optional && (!w || (!w->quoted && step_clause(form, w->text)))) return true;
    if (form->value != STEP_NO_VALUE) s->value = w ? w->text : NULL;
    switch (form->value) {
    case STEP_NO_VALUE: return true;
    case STEP_AMOUNT: return parse_amount(p, &s->amount);
    case STEP_AMOUNT_OR_DUE: return parse_amount_or_due(p, s);
    case STEP_COUNT: return parse_count(p, &s->count);
    case STEP_DATE: return parse_date(p, &s->day);
    case STEP_NAME: return parse_text(p, "A name", &s->value);
    case STEP_TEXT: return parse_text(p, "The text", &s->value);
    case STEP_FACT_VALUE: break;
    }
    s->value = fact_words(p, form, s);
    return true;
}

/* --- applications --- */

static bool person_begins(const struct parse *p)
{
    return word_is(p, "paying") || word_is(p, "receiving") || word_is(p, "child");
}

static bool name_goes_on(const struct parse *p, const struct step_form *form)
{
    const struct word *w = word_at(p);

    return w && (w->quoted || (!person_begins(p) && strcmp(w->text, "as") &&
                               strcmp(w->text, "born") && !step_clause(form, w->text)));
}

/* The first word is the first name, the rest the last name; quotation marks keep words together. */
static bool parse_name(struct parse *p, const struct step_form *form, struct scenario_person *who)
{
    struct out o = { .arena = p->arena };
    size_t many  = 0;

    for (; name_goes_on(p, form); p->at++, many++) {
        if (many == 0) who->given = word_at(p)->text;
        if (many > 1) out_text(&o, " ");
        if (many > 0) out_text(&o, word_at(p)->text);
    }
    if (many > 1) who->family = out_string(&o);
    return many > 0 || wrong(p, line_at(p), "the name is missing.");
}

static bool parse_person(struct parse *p, const struct step_form *form, struct play_step *s)
{
    struct scenario_person *who = &s->people[s->people_count];

    *who = (struct scenario_person){ .role = word_is(p, "paying")      ? ROLE_PAYING
                                             : word_is(p, "receiving") ? ROLE_RECEIVING
                                                                       : ROLE_CHILD };
    for (size_t i = 0; who->role != ROLE_CHILD && i < s->people_count; i++)
        if (s->people[i].role == who->role)
            return wrong(p, line_at(p),
                         "an application has one %s parent; a second receiving "
                         "parent applies in a step of their own.",
                         word_at(p)->text);
    p->at++;
    if (who->role != ROLE_CHILD && !word_skip(p, "parent"))
        return wrong(p, line_at(p), "after \"paying\" and \"receiving\" comes \"parent\".");
    if (!parse_name(p, form, who)) return false;
    for (;;) {
        if (word_skip(p, "born")) {
            who->has_born = true;
            if (!parse_date(p, &who->born)) return false;
        } else if (word_skip(p, "as")) {
            if (!parse_text(p, "A name", &who->as)) return false;
        } else {
            break;
        }
    }
    s->people_count++;
    return true;
}

static bool parse_application(struct parse *p, const struct step_form *form, struct play_step *s)
{
    int paying = 0, receiving = 0, children = 0;

    s->people = ARENA_MANY(p->arena, struct scenario_person, p->n);
    while (word_at(p))
        if (person_begins(p) ? !parse_person(p, form, s) : !parse_clause(p, form, s)) return false;
    for (size_t i = 0; i < s->people_count; i++) {
        paying += s->people[i].role == ROLE_PAYING;
        receiving += s->people[i].role == ROLE_RECEIVING;
        children += s->people[i].role == ROLE_CHILD;
    }
    if (!paying || !receiving)
        return wrong(p, s->line, "an application names a paying parent and a receiving parent.");
    return children || wrong(p, s->line, "an application names at least one child.");
}

/* --- steps --- */

/* The form whose words begin the step; the longest wins. */
static bool form_find(struct parse *p, enum play_kind *kind)
{
    const char *heads[PLAY_KINDS];
    size_t best = 0, n = 0;
    const char *first = p->words[0].text, *second = p->n > 1 ? p->words[1].text : "";
    const char *both = arena_print(p->arena, "%s %s", first, second);

    for (int i = 0; i < PLAY_KINDS; i++) {
        const char *head = step_form_table[i].head;
        size_t many      = strchr(head, ' ') ? 2 : 1;
        heads[n++]       = head;
        if (many > best && !p->words[0].quoted && !strcmp(head, many == 2 ? both : first)) {
            *kind = (enum play_kind)i;
            best  = many;
        }
    }
    p->at = best;
    if (best) return true;
    const char *near = word_nearest(both, heads, n);
    if (!near) near = word_nearest(first, heads, n);
    return wrong(p, p->words[0].line, "there is no step \"%s\"%s%s%s.",
                 !strcmp(first, "expect") ? both : first, near ? "; did you mean \"" : "",
                 near ? near : "", near ? "\"?" : "");
}

static const char *step_text(struct parse *p)
{
    struct out o = { .arena = p->arena };

    for (size_t i = 0; i < p->n; i++)
        out_print(&o, p->words[i].quoted ? "%s\"%s\"" : "%s%s", i ? " " : "", p->words[i].text);
    return out_string(&o);
}

static bool title_read(struct parse *p)
{
    struct out o = { .arena = p->arena };

    if (strcmp(p->words[0].text, "scenario:") && strcmp(p->words[0].text, "scenario"))
        return wrong(p, p->words[0].line, "a scenario begins with a line \"scenario: its title\".");
    for (size_t i = 1; i < p->n; i++)
        out_print(&o, "%s%s", i > 1 ? " " : "", p->words[i].text);
    p->scenario->title = out_string(&o);
    return o.length || wrong(p, p->words[0].line, "the scenario has no title.");
}

static bool step_add(struct parse *p)
{
    struct scenario *sc = p->scenario;

    if (p->n == 0) return true;
    if (!sc->title) return title_read(p);
    if (sc->count == SCENARIO_STEPS_MOST)
        return wrong(p, p->words[0].line, "a scenario has at most %d steps.", SCENARIO_STEPS_MOST);
    if (sc->count == p->room) {
        size_t more = p->room ? 2 * p->room : 32;
        sc->steps =
            arena_grow(p->arena, sc->steps, p->room * sizeof *sc->steps, more * sizeof *sc->steps);
        p->room = more;
    }
    struct play_step *s = &sc->steps[sc->count];
    *s                  = (struct play_step){ .line     = p->words[0].line,
                                              .text     = step_text(p),
                                              .fact     = FACT_KINDS,
                                              .decision = DECISION_KINDS };
    if (!form_find(p, &s->kind)) return false;
    const struct step_form *form = &step_form_table[s->kind];
    if (s->kind == STEP_APPLY ? !parse_application(p, form, s)
                              : !parse_word(p, form, s) || !parse_value(p, form, s))
        return false;
    while (word_at(p))
        if (!parse_clause(p, form, s)) return false;
    if (s->kind == EXPECT_REFUSED && (sc->count == 0 || sc->steps[sc->count - 1].kind >= STEP_SHOW))
        return wrong(p, s->line, "\"expect refused\" comes right after the step that is refused.");
    sc->expectations += s->kind >= EXPECT_REFUSED;
    sc->count++;
    return parse_required(p, form, s);
}

/* --- words --- */

static bool word_add(struct parse *p, const char *from, const char *to, bool quoted, int line)
{
    if (p->n == STEP_WORDS_MOST)
        return wrong(p, line, "a step has at most %d words.", STEP_WORDS_MOST);
    p->words[p->n++] =
        (struct word){ arena_text(p->arena, from, (size_t)(to - from)), quoted, line };
    return true;
}

static bool line_read(struct parse *p, const char *at, const char *end, int line)
{
    while (at < end) {
        const char *from = at;
        if (*at == ' ' || *at == '\t') {
            at++;
            continue;
        }
        if (*at == '#') return true;
        if (*at == '"') {
            from = ++at;
            while (at < end && *at != '"')
                at++;
            if (at == end) return wrong(p, line, "the quotation mark is never closed.");
            if (!word_add(p, from, at++, true, line)) return false;
            continue;
        }
        while (at < end && *at != ' ' && *at != '\t')
            at++;
        if (!word_add(p, from, at, false, line)) return false;
    }
    return true;
}

bool scenario_parse(const char *file, const char *text, size_t length, struct arena *arena,
                    struct scenario *scenario, struct fail *fail)
{
    struct parse p  = { .file = file, .arena = arena, .scenario = scenario, .fail = fail };
    const char *end = text + length;
    int line        = 0;

    *scenario = (struct scenario){ .file = file };
    if (length > SCENARIO_BYTES_MOST)
        return wrong(&p, 1, "a scenario has at most %d bytes.", SCENARIO_BYTES_MOST);
    if (!feed_text_valid(text, length)) return wrong(&p, 1, "this is not plain text in UTF-8.");
    for (const char *at = text, *next; at < end; at = next + 1) {
        next             = memchr(at, '\n', (size_t)(end - at));
        next             = next ? next : end;
        const char *stop = next > at && next[-1] == '\r' ? next - 1 : next;
        line++;
        if (stop == at || *at == '#') continue;
        if (*at != ' ' && *at != '\t') { /* a line that begins at the margin begins a step */
            if (!step_add(&p)) return false;
            p.n = p.at = 0;
        }
        size_t before = p.n;
        if (!line_read(&p, at, stop, line)) return false;
        if (before == 0 && p.n > 0 && (*at == ' ' || *at == '\t'))
            return wrong(&p, line, "the first step must begin at the margin.");
    }
    if (!step_add(&p)) return false;
    return scenario->title ||
           wrong(&p, 1, "a scenario begins with a line \"scenario: its title\".");
}
