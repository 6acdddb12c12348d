/* form.c: decoding forms and checking them against their declaration. */
#include "web/form.h"

#include <string.h>
#include <strings.h>

enum { MOST_TEXT = 20000, DATE_PART = 4, MONEY_DIGITS = 12 };

struct pair {
    const char *name, *value;
};
struct reading {
    struct form *form;
    struct fail *fail;
    bool lenient;
    uint8_t *seen; /* for each field: 1 given; dates: bits 1 2 4 */
};

void form_new(struct form *form, struct arena *a, const struct form_rule *rule)
{
    *form        = (struct form){ .rule = rule, .arena = a, .csrf = "" };
    form->values = ARENA_MANY(a, struct field_value, rule->field_count + 1);
    for (int i = 0; i < rule->field_count; i++)
        form->values[i] =
            (struct field_value){ .text = "", .day = "", .month = "", .year = "", .type = "" };
}

/* ---- decoding ---- */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static char *decode(struct arena *a, const char *s, size_t n, struct fail *f)
{
    char *text  = arena_take(a, n + 1);
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        char c = s[i] == '+' ? ' ' : s[i];
        if (s[i] == '%') {
            int high = i + 2 < n ? hex_value(s[i + 1]) : -1;
            int low  = high >= 0 ? hex_value(s[i + 2]) : -1;
            if (low < 0) {
                FAIL(f, FAIL_INPUT, "form_broken", "The form did not arrive whole.");
                return NULL;
            }
            c = (char)(high * 16 + low);
            i += 2;
        }
        text[used++] = c;
    }
    if (!text_is_sound(text, used)) {
        FAIL(f, FAIL_INPUT, "form_text", "The form has characters that cannot be text.");
        return NULL;
    }
    text[used] = '\0';
    return text;
}

static char *trim(char *s)
{
    size_t n = strlen(s);
    while (n && strchr(" \t\r\n", s[n - 1]))
        s[--n] = '\0';
    return s + strspn(s, " \t\r\n");
}

/* Which field a name means; part is 0, or 1 2 4 for the day, month and year of a date. */
static int field_named(const struct form_rule *rule, const char *name, int *part)
{
    static const char *const ends[] = { "-day", "-month", "-year" };

    for (int i = 0; i < rule->field_count; i++) {
        const struct field_rule *r = &rule->fields[i];
        size_t n                   = strlen(r->name);
        *part                      = 0;
        if (r->kind != FIELD_DATE && !strcmp(r->name, name)) return i;
        for (int k = 0; r->kind == FIELD_DATE && k < 3; k++)
            if (!strncmp(r->name, name, n) && !strcmp(name + n, ends[k])) {
                *part = 1 << k;
                return i;
            }
    }
    return -1;
}

static bool tick_take(struct reading *r, int field, const char *value)
{
    const struct field_rule *rule = &r->form->rule->fields[field];

    for (int i = 0; i < rule->choice_count; i++)
        if (!strcmp(rule->choices[i], value)) {
            r->form->values[field].ticks |= UINT64_C(1) << i;
            r->form->values[field].given = true;
            return true;
        }
    return FAIL(r->fail, FAIL_INPUT, "form_choice",
                "The form has an answer that the page does not offer.");
}

static bool pair_take(struct reading *r, struct pair p)
{
    struct form *form = r->form;
    int part, field = field_named(form->rule, p.name, &part);

    if (!strcmp(p.name, "csrf")) {
        form->csrf = p.value;
        return true;
    }
    if (field < 0 && r->lenient) form->unknown = p.name;
    if (field < 0)
        return r->lenient || FAIL(r->fail, FAIL_INPUT, "form_field",
                                  "The form has a field that the page does not have.");
    struct field_value *v = &form->values[field];
    if (form->rule->fields[field].kind == FIELD_TICKS) return tick_take(r, field, p.value);
    uint8_t bit = part ? (uint8_t)part : 1;
    if (r->seen[field] & bit)
        return FAIL(r->fail, FAIL_INPUT, "form_twice", "The form has the same field twice.");
    r->seen[field] |= bit;
    *(part == 1 ? &v->day : part == 2 ? &v->month : part == 4 ? &v->year : &v->text) = p.value;
    v->given |= *p.value != '\0';
    return true;
}

static bool pairs_read(struct reading *r, const char *text, size_t length)
{
    const char *end = text + length;
    int pairs       = 0;

    for (const char *at = text; at < end;) {
        const char *stop   = memchr(at, '&', (size_t)(end - at));
        stop               = stop ? stop : end;
        const char *equals = memchr(at, '=', (size_t)(stop - at));
        equals             = equals ? equals : stop;
        if (++pairs > FORM_PAIRS)
            return FAIL(r->fail, FAIL_INPUT, "form_long", "The form has too many fields.");
        if (stop > at) {
            size_t value_length = equals < stop ? (size_t)(stop - equals) - 1 : 0;
            char *name          = decode(r->form->arena, at, (size_t)(equals - at), r->fail);
            char *value         = name ? decode(r->form->arena, equals < stop ? equals + 1 : stop,
                                                value_length, r->fail)
                                       : NULL;
            if (!value || !pair_take(r, (struct pair){ name, trim(value) })) return false;
        }
        at = stop + 1;
    }
    return true;
}

/* ---- checking ---- */

static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += (*s & 0xc0) != 0x80;
    return n;
}

static bool within(const struct field_rule *rule, int64_t n)
{
    return (rule->least < 0 || n >= rule->least) && (rule->most < 0 || n <= rule->most);
}

static bool digits_read(const char *s, size_t most, int64_t *n)
{
    size_t length = strspn(s, "0123456789");

    if (!length || s[length] || length > most) return false;
    for (*n = 0; *s; s++)
        *n = *n * 10 + (*s - '0');
    return true;
}

static bool month_read(const char *s, int64_t *n)
{
    static const char *const names[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec" };

    for (int i = 0; i < 12; i++)
        if (strlen(s) >= 3 && strlen(s) <= 9 && !strncasecmp(s, names[i], 3)) {
            *n = i + 1;
            return true;
        }
    return digits_read(s, DATE_PART, n);
}

static bool date_typed(struct field_value *v)
{
    int64_t day, month, year;

    if (!digits_read(v->day, DATE_PART, &day) || !month_read(v->month, &month) ||
        !digits_read(v->year, DATE_PART, &year) || strlen(v->year) != DATE_PART ||
        !date_exists((int)year, (int)month, (int)day))
        return false;
    v->day_value = date_make((int)year, (int)month, (int)day);
    return true;
}

static bool choice_known(const struct field_rule *rule, const char *word)
{
    for (int i = 0; i < rule->choice_count; i++)
        if (!strcmp(rule->choices[i], word)) return true;
    return false;
}

static bool value_good(const struct field_rule *rule, struct field_value *v)
{
    switch (rule->kind) {
    case FIELD_TEXT:
        return within(rule, (int64_t)characters(v->text)) && strlen(v->text) <= MOST_TEXT;
    case FIELD_MONEY:
        return money_typed(v->text, &v->amount) &&
               (rule->least < 0 || v->amount.p >= rule->least * 100) &&
               (rule->most < 0 || v->amount.p <= rule->most * 100);
    case FIELD_DATE: return date_typed(v);
    case FIELD_COUNT: return digits_read(v->text, 12, &v->count) && within(rule, v->count);
    case FIELD_CHOICE: return choice_known(rule, v->text);
    case FIELD_TICKS: return true;
    case FIELD_FILE: return v->bytes && within(rule, (int64_t)v->length);
    }
    return false;
}

/* An amount that is one, and more than the field takes. */
static bool is_too_much(const struct field_rule *rule, const struct field_value *v)
{
    money m;
    const char *s = v->text;

    if (rule->kind != FIELD_MONEY) return false;
    if (money_typed(s, &m)) return rule->most >= 0 && m.p > rule->most * 100;
    if (!strncmp(s, "£", sizeof "£" - 1)) s += sizeof "£" - 1;
    size_t whole = strspn(s, "0123456789, "), pence = 0;
    if (s[whole] == '.') pence = 1 + strspn(s + whole + 1, "0123456789");
    return whole > MONEY_DIGITS && pence != 1 && pence <= sizeof ".00" - 1 && !s[whole + pence];
}

static const char *too_much(const struct form *form, const struct field_rule *rule)
{
    money most = rule->most < 0 ? MONEY_MOST : (money){ rule->most * 100 };

    if (MONEY_MOST.p < most.p) most = MONEY_MOST;
    return arena_print(form->arena, MONEY_TOO_MUCH,
                       money_pounds(most, arena_take(form->arena, MONEY_TEXT)));
}

static void fields_check(struct form *form)
{
    for (int i = 0; i < form->rule->field_count; i++) {
        const struct field_rule *rule = &form->rule->fields[i];
        struct field_value *v         = &form->values[i];
        if (v->given) v->good = value_good(rule, v);
        if (!v->given && rule->required)
            form_refuse(form, i, rule->missing);
        else if (v->given && !v->good && is_too_much(rule, v))
            form_refuse(form, i, too_much(form, rule));
        else if (v->given && !v->good)
            form_refuse(form, i, *rule->wrong ? rule->wrong : rule->missing);
    }
}

bool form_read(struct form *form, const char *text, size_t length, bool lenient, struct fail *f)
{
    struct reading r = { .form = form, .fail = f, .lenient = lenient };

    if (length > FORM_BYTES) return FAIL(f, FAIL_INPUT, "form_long", "The form is too long.");
    r.seen = arena_take(form->arena, (size_t)form->rule->field_count + 1);
    if (!pairs_read(&r, text, length)) return false;
    fields_check(form);
    return true;
}

/* ---- typed access ---- */

static struct field_value *value_of(const struct form *form, int field)
{
    BUG_UNLESS(field >= 0 && field < form->rule->field_count);
    return &form->values[field];
}

static struct field_value *value_as(const struct form *form, int field, enum field_kind kind)
{
    struct field_value *v = value_of(form, field);
    BUG_UNLESS(form->rule->fields[field].kind == kind);
    return v;
}

const char *form_text(const struct form *form, int field)
{
    return value_of(form, field)->text;
}

bool form_has(const struct form *form, int field)
{
    const struct field_value *v = value_of(form, field);
    return v->given && v->good;
}

money form_money(const struct form *form, int field)
{
    return value_as(form, field, FIELD_MONEY)->amount;
}

date form_date(const struct form *form, int field)
{
    return value_as(form, field, FIELD_DATE)->day_value;
}

int64_t form_count(const struct form *form, int field)
{
    return value_as(form, field, FIELD_COUNT)->count;
}

bool form_is(const struct form *form, int field, const char *choice)
{
    const struct field_value *v = value_as(form, field, FIELD_CHOICE);
    BUG_UNLESS(choice_known(&form->rule->fields[field], choice));
    return v->good && !strcmp(v->text, choice);
}

static int choice_index(const struct form *form, int field, const char *choice)
{
    const struct field_rule *rule = &form->rule->fields[field];
    for (int i = 0; i < rule->choice_count; i++)
        if (!strcmp(rule->choices[i], choice)) return i;
    bug_report("the form does not offer this choice", __FILE__, __LINE__);
    return -1;
}

bool form_ticked(const struct form *form, int field, const char *choice)
{
    return value_as(form, field, FIELD_TICKS)->ticks >> choice_index(form, field, choice) & 1;
}

/* ---- filling ---- */

void form_put_text(struct form *form, int field, const char *text)
{
    struct field_value *v = value_of(form, field);
    v->text               = text ? text : "";
    v->given              = *v->text != '\0';
    v->good               = v->given;
}

void form_put_money(struct form *form, int field, money amount)
{
    struct field_value *v = value_as(form, field, FIELD_MONEY);
    char *buffer          = arena_take(form->arena, MONEY_TEXT);
    form_put_text(form, field, money_text(amount, buffer));
    v->amount = amount;
}

void form_put_date(struct form *form, int field, date day)
{
    struct field_value *v = value_as(form, field, FIELD_DATE);
    struct date_ymd s     = date_split(day);
    v->day                = arena_print(form->arena, "%d", s.day);
    v->month              = arena_print(form->arena, "%d", s.month);
    v->year               = arena_print(form->arena, "%d", s.year);
    v->day_value          = day;
    v->given = v->good = true;
}

void form_put_count(struct form *form, int field, int64_t count)
{
    form_put_text(form, field, arena_print(form->arena, "%lld", (long long)count));
    value_as(form, field, FIELD_COUNT)->count = count;
}

void form_put_tick(struct form *form, int field, const char *choice)
{
    struct field_value *v = value_as(form, field, FIELD_TICKS);
    v->ticks |= UINT64_C(1) << choice_index(form, field, choice);
    v->given = v->good = true;
}

void form_refuse(struct form *form, int field, const char *sentence)
{
    struct field_value *v = value_of(form, field);
    if (v->error) return;
    v->error = sentence;
    form->errors++;
}

/* ---- showing ---- */

struct view_field form_view(const struct form *form, int field)
{
    const struct field_value *v   = value_of(form, field);
    const struct field_rule *rule = &form->rule->fields[field];
    struct view_field view        = { .name  = rule->name,
                                      .value = v->text,
                                      .day   = v->day,
                                      .month = v->month,
                                      .year  = v->year,
                                      .error = v->error };

    if (rule->kind == FIELD_TICKS) {
        const char **ticked = ARENA_MANY(form->arena, const char *, rule->choice_count + 1);
        for (int i = 0; i < rule->choice_count; i++)
            if (v->ticks >> i & 1) ticked[view.ticks_count++] = rule->choices[i];
        view.ticks = ticked;
    }
    return view;
}

/* The element the summary's link goes to: the field, a date's first part, or the whole question
 * with its answers (which of them are shown, a page decides). */
static const char *anchor(const struct form *form, int field)
{
    const struct field_rule *rule = &form->rule->fields[field];
    return rule->kind == FIELD_DATE ? arena_print(form->arena, "%s-day", rule->name) : rule->name;
}

void form_problems(const struct form *form, struct page_frame *frame)
{
    struct view_problem *list = ARENA_MANY(form->arena, struct view_problem, form->errors + 2);
    int32_t n                 = 0;

    for (int i = 0; i < form->rule->field_count; i++)
        if (form->values[i].error)
            list[n++] =
                (struct view_problem){ .text = form->values[i].error, .anchor = anchor(form, i) };
    if (form->unknown)
        list[n++] = (struct view_problem){
            .text   = arena_print(form->arena,
                                  "The address has \"%.40s\", which this page does not "
                                    "know; it was left out",
                                  form->unknown),
            .anchor = "main-content",
        };
    frame->problems       = list;
    frame->problems_count = n;
    frame->error          = n > 0;
}
