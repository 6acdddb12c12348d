/* case_fact.c: entering a fact, a reported change or an end. */
#include "web/case_fact.h"
#include "app/fact.h"
#include "app/withdrawal.h"
#include "web/case.h"
#include "web/case_change.h"
#include "web/case_view.h"

#include <stdlib.h>
#include <string.h>

/* ---- choosing a kind ---- */

static const struct {
    const char *title;
    enum fact_kind first, last;
} kind_groups[] = {
    { "Income", FACT_INCOME_HISTORIC, FACT_PENSION_CONTRIBUTIONS },
    { "Circumstances", FACT_CIRCUMSTANCE, FACT_OTHER_ARRANGEMENT_CHILDREN },
    { "Children and care", FACT_LIVES_WITH, FACT_EQUAL_CARE },
    { "Variations found met", FACT_VARIATION_FIRST, FACT_VARIATION_LAST },
    { "How it is paid", FACT_SERVICE, FACT_PAY_DAY },
    { "Stops and letters", FACT_DISPUTE, FACT_LARGE_PRINT },
    { "Numbers payments are known by", FACT_NINO, FACT_EMPLOYEE_REFERENCE },
    { "How to reach them, work, names and schools", FACT_PHONE, FACT_SAFE_HOURS },
};
enum { KIND_GROUPS = sizeof kind_groups / sizeof *kind_groups };

void case_fact_kinds(struct request *r)
{
    struct case_view v;

    if (!case_open(r, &v)) return;
    struct view_kind_group *groups = ARENA_MANY(r->arena, struct view_kind_group, KIND_GROUPS);
    for (int i = 0; i < KIND_GROUPS; i++) {
        struct view_kind_row *rows = ARENA_MANY(r->arena, struct view_kind_row, FACT_KINDS);
        groups[i]                  = (struct view_kind_group){ .title = kind_groups[i].title };
        for (int k = kind_groups[i].first; k <= (int)kind_groups[i].last; k++)
            rows[groups[i].kinds_count++] =
                (struct view_kind_row){ fact_kind_table[k].name, fact_kind_table[k].label };
        groups[i].kinds = rows;
    }
    struct page_case_fact_kinds p = { .c            = v.family,
                                      .groups       = groups,
                                      .groups_count = KIND_GROUPS };
    page_case_fact_kinds(&r->out, frame_of(r), &p);
}

/* ---- the form ---- */

struct options {
    struct view_option *at;
    int32_t n;
};

static void option_add(struct options *o, const char *value, const char *label, const char *chosen)
{
    o->at[o->n++] =
        (struct view_option){ .value = value, .label = label, .chosen = !strcmp(value, chosen) };
}

static const char *id_text(struct arena *a, int64_t id)
{
    return arena_print(a, "%lld", (long long)id);
}

static bool is_child(const struct group *g, int64_t person)
{
    for (size_t i = 0; i < g->fact_count; i++)
        if (g->facts[i].subject == person &&
            !strcmp(g->facts[i].kind, fact_kind_table[FACT_LIVES_WITH].name))
            return true;
    return false;
}

/* Whom a fact of the kind may be about. */
static struct options subjects_of(struct request *r, const struct group *g, enum fact_kind kind)
{
    struct options o = {
        ARENA_MANY(r->arena, struct view_option, g->people_count + g->arrangement_count + 1), 0
    };
    const char *chosen        = form_text(&r->form, FORM_CASE_FACT_SUBJECT);
    enum fact_subject subject = fact_kind_table[kind].subject;

    for (size_t i = 0; i < g->people_count; i++) {
        int64_t id = g->people[i].id;
        if ((subject == SUBJECT_CHILD && is_child(g, id)) ||
            (subject == SUBJECT_PERSON && !is_child(g, id)))
            option_add(&o, id_text(r->arena, id), case_name(g, id, r->arena), chosen);
    }
    for (size_t i = 0; subject == SUBJECT_ARRANGEMENT && i < g->arrangement_count; i++)
        option_add(&o, id_text(r->arena, g->arrangements[i].id),
                   arena_print(r->arena, "the arrangement with %s",
                               case_name(g, g->arrangements[i].rp, r->arena)),
                   chosen);
    return o;
}

static struct options choices_of(struct request *r, const struct group *g, enum fact_kind kind)
{
    const char *chosen = form_text(&r->form, FORM_CASE_FACT_VALUE);
    const char *word =
        fact_kind_table[kind].value == VALUE_CHOICE ? fact_kind_table[kind].choices : "";
    struct options o = {
        ARENA_MANY(r->arena, struct view_option, strlen(word) + g->arrangement_count + 2), 0
    };

    while (*word) {
        size_t n         = strcspn(word, " ");
        const char *text = arena_text(r->arena, word, n);
        option_add(&o, text, case_plain(r->arena, text), chosen);
        word += n + strspn(word + n, " ");
    }
    for (size_t i = 0; kind == FACT_LIVES_WITH && i < g->arrangement_count; i++)
        option_add(&o, id_text(r->arena, g->arrangements[i].id),
                   case_name(g, g->arrangements[i].rp, r->arena), chosen);
    return o;
}

static const char *now_words(struct request *r, const struct case_view *v, enum fact_kind kind)
{
    struct out o = { .arena = r->arena };

    for (size_t i = 0; i < v->g.fact_count; i++) {
        const struct sql_fact_list_row *f = &v->g.facts[i];
        if (strcmp(f->kind, fact_kind_table[kind].name) || date_before(r->today, f->valid_from) ||
            !date_before(r->today, f->valid_to))
            continue;
        struct view_fact_row row = case_fact_row(v, f, r->arena);
        out_print(&o, "%s%s%s%s, from %s", o.length ? "; " : "Recorded now: ", row.about,
                  *row.about ? ": " : "", row.value, row.from);
    }
    if (!o.length) return "Nothing is recorded for today.";
    out_text(&o, ".");
    return out_string(&o);
}

static const char *starts_words(enum fact_kind kind)
{
    switch (fact_kind_table[kind].starts) {
    case EFFECT_HAPPENED: return "It counts from the day it happened (A-106)";
    case EFFECT_REPORTED: return "It counts from today, the day it is reported (A-106)";
    case EFFECT_INCOME:
        return "It counts if it differs by the tolerance or more from the income in use (A-104)";
    case EFFECT_NONE: break;
    }
    return "It counts from the day it happened";
}

static const char *hint_words(enum fact_kind kind, struct arena *a)
{
    const struct fact_kind_entry *k = &fact_kind_table[kind];

    if (kind == FACT_ADDRESS) return "One line of the address on each line";
    if (kind == FACT_NINO) return "Like QQ123456C";
    if (kind == FACT_PHONE) return "Like 01632 960 001";
    if (kind == FACT_EMAIL) return "Like name@example.com";
    if (kind == FACT_EMPLOYER_REFERENCE || kind == FACT_EMPLOYEE_REFERENCE) return "Twelve digits";
    if (kind == FACT_SAFE_HOURS)
        return "Such as weekdays 9am to 3pm. Said in other words, no text message or e-mail is "
               "sent";
    if (kind == FACT_SAFE_WORDS) return "What to say and what never to say, as they told us";
    if (k->value == VALUE_COUNT) return arena_print(a, "From %d to %d", k->least, k->most);
    if (k->value == VALUE_VARIATION || k->value == VALUE_MONEY) return "Such as 12.50";
    if (k->value == VALUE_TEXT) return "In plain words";
    if (k->value == VALUE_ACCOUNT) return "Like 01-02-03 12345678 Nicola Carer";
    return "";
}

static void form_show(struct request *r, const struct case_view *v, enum fact_kind kind)
{
    const struct fact_kind_entry *k = &fact_kind_table[kind];
    struct options subjects         = subjects_of(r, &v->g, kind);
    struct options choices          = choices_of(r, &v->g, kind);

    struct page_case_fact_form p = {
        .c              = v->family,
        .kind           = k->name,
        .label          = k->label,
        .hint           = hint_words(kind, r->arena),
        .now            = now_words(r, v, kind),
        .how            = form_view(&r->form, FORM_CASE_FACT_HOW),
        .subject        = form_view(&r->form, FORM_CASE_FACT_SUBJECT),
        .subjects       = subjects.at,
        .subjects_count = subjects.n,
        .value          = form_view(&r->form, FORM_CASE_FACT_VALUE),
        .choices        = choices.at,
        .choices_count  = choices.n,
        .money          = k->value == VALUE_MONEY || k->value == VALUE_VARIATION,
        .unit           = form_view(&r->form, FORM_CASE_FACT_UNIT),
        .variation      = k->value == VALUE_VARIATION,
        .yes            = k->value == VALUE_YES,
        .lines          = k->value == VALUE_TEXT,
        .count          = k->value == VALUE_COUNT,
        .happened       = form_view(&r->form, FORM_CASE_FACT_HAPPENED),
        .from           = form_view(&r->form, FORM_CASE_FACT_FROM),
        .last           = form_view(&r->form, FORM_CASE_FACT_LAST),
        .said_by        = form_view(&r->form, FORM_CASE_FACT_SAID_BY),
        .evidence       = form_view(&r->form, FORM_CASE_FACT_EVIDENCE),
        .starts         = starts_words(kind),
        .days           = form_is(&r->form, FORM_CASE_FACT_HOW, "exact") || r->form.errors,
    };
    page_case_fact_form(&r->out, frame_with_form(r), &p);
}

/* The rest is written by the pages that know what goes with it. */
bool case_fact_is_offered(enum fact_kind kind)
{
    bool listed = kind <= FACT_LANGUAGE && kind != FACT_STOPPED;

    for (int i = 0; i < KIND_GROUPS; i++)
        listed |= kind >= kind_groups[i].first && kind <= kind_groups[i].last;
    return listed;
}

static bool kind_open(struct request *r, struct case_view *v, enum fact_kind *kind)
{
    *kind = fact_kind_find(r->params[1]);
    if (case_fact_is_offered(*kind)) return case_open(r, v);
    respond_missing(r);
    return false;
}

void case_fact_form(struct request *r)
{
    struct case_view v;
    enum fact_kind kind;

    if (!kind_open(r, &v, &kind)) return;
    form_new(&r->form, r->arena, &form_case_fact);
    form_put_text(&r->form, FORM_CASE_FACT_HOW, v.g.decision_count ? "reported" : "exact");
    form_show(r, &v, kind);
}

/* ---- recording ---- */

/* An amount as the record keeps it; what is none as it was typed. */
static const char *amount_text(struct arena *a, const char *typed)
{
    money m;
    return money_typed(typed, &m) ? money_text(m, arena_take(a, MONEY_TEXT)) : typed;
}

static const char *value_of_form(struct request *r, enum fact_kind kind)
{
    const char *typed = form_text(&r->form, FORM_CASE_FACT_VALUE);

    switch (fact_kind_table[kind].value) {
    case VALUE_MONEY: return amount_text(r->arena, typed);
    case VALUE_YES: return "yes";
    case VALUE_TEXT: return case_lines(r->arena, typed);
    case VALUE_VARIATION:
        return arena_print(r->arena, "%s %s", form_text(&r->form, FORM_CASE_FACT_UNIT),
                           amount_text(r->arena, typed));
    case VALUE_COUNT:
    case VALUE_ACCOUNT:
    case VALUE_CHOICE: break;
    }
    return typed;
}

/* What the form lacks that its declaration cannot say. */
void case_fact_check(struct request *r, enum fact_kind kind)
{
    bool ends = form_is(&r->form, FORM_CASE_FACT_HOW, "ends");

    if (!ends && fact_kind_table[kind].value != VALUE_YES &&
        !form_has(&r->form, FORM_CASE_FACT_VALUE))
        form_refuse(&r->form, FORM_CASE_FACT_VALUE, "Enter the value");
    if (!ends && fact_kind_table[kind].value == VALUE_VARIATION &&
        !form_has(&r->form, FORM_CASE_FACT_UNIT))
        form_refuse(&r->form, FORM_CASE_FACT_UNIT, "Choose what the amount is");
    if (form_is(&r->form, FORM_CASE_FACT_HOW, "exact") && !form_has(&r->form, FORM_CASE_FACT_FROM))
        form_refuse(&r->form, FORM_CASE_FACT_FROM, "Enter the first day it counts");
}

/* The field a refusal is about. */
static int field_of(const char *code)
{
    static const struct {
        const char *code;
        int field;
    } table[] = { { "subject_wrong", FORM_CASE_FACT_SUBJECT },
                  { "interval_empty", FORM_CASE_FACT_LAST },
                  { "fact_missing", FORM_CASE_FACT_HAPPENED },
                  { "not_yet", FORM_CASE_FACT_HAPPENED },
                  { "day_before_last", FORM_CASE_FACT_HOW } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i].code, code)) return table[i].field;
    return FORM_CASE_FACT_VALUE;
}

static void report_because(struct verb *v, enum fact_kind kind, const struct change *c, bool ends)
{
    enum fact_effect effect = ends ? fact_kind_table[kind].ends : fact_kind_table[kind].starts;
    char words[DATE_WORDS];

    if (!c->counts) return;
    out_print(&v->about, ". It counts from %s, because ", date_words(c->counts_from, words));
    if (c->had_duty)
        out_text(&v->about, "a rise that had to be reported counts from the day it happened");
    else if (effect == EFFECT_HAPPENED || effect == EFFECT_NONE)
        out_text(&v->about, "such a change counts from the day it happened");
    else if (date_same(c->counts_from, v->today))
        out_text(&v->about, "such a change counts from the day it is reported");
    else if (date_before(v->today, c->counts_from))
        out_text(&v->about, "a change that is expected counts from the day it is expected");
    else if (fact_kind_table[kind].ends == EFFECT_HAPPENED)
        out_text(&v->about, "a child who is no longer counted is so from the day it happened");
    else
        out_text(&v->about, "it belongs to an application that is not decided yet");
    if (*c->cite) out_print(&v->about, " (%s)", c->cite);
}

static int64_t subject_chosen(const struct request *r)
{
    return form_has(&r->form, FORM_CASE_FACT_SUBJECT) ? form_count(&r->form, FORM_CASE_FACT_SUBJECT)
                                                      : 0;
}

bool case_fact_run(struct request *r, const struct case_fact_once *once, enum fact_kind kind,
                   struct verb *v, struct fail *f)
{
    const struct form *form = &r->form;
    bool ends               = form_is(form, FORM_CASE_FACT_HOW, "ends"),
         dated              = form_is(form, FORM_CASE_FACT_HOW, "exact");
    struct setting s        = case_setting(r);
    struct group g;
    date happened               = form_has(form, FORM_CASE_FACT_HAPPENED)
                                      ? form_date(form, FORM_CASE_FACT_HAPPENED)
                                      : r->today;
    const char *value           = value_of_form(r, kind);
    int64_t subject             = subject_chosen(r);
    struct change_report report = { kind,
                                    subject,
                                    ends ? NULL : value,
                                    happened,
                                    form_text(form, FORM_CASE_FACT_SAID_BY),
                                    form_text(form, FORM_CASE_FACT_EVIDENCE),
                                    NULL };
    struct change change;

    if (!verb_open(&s, once->pp, dated ? "fact" : "report", once->key, v, once->done, f))
        return false;
    if (*once->done) return true;
    if (!group_load(v->store, v->arena, v->pp, v->seq, &g, f)) return false;
    if (!dated) {
        if (!fact_report(v, &g, &report, &change, f)) return false;
        report_because(v, kind, &change, ends);
        return verb_close(v, f);
    }
    struct fact_order order = { kind,
                                subject,
                                value,
                                form_date(form, FORM_CASE_FACT_FROM),
                                form_has(form, FORM_CASE_FACT_LAST)
                                    ? date_add_days(form_date(form, FORM_CASE_FACT_LAST), 1)
                                    : DATE_OPEN,
                                happened,
                                report.said_by,
                                report.evidence };
    return fact_assert(v, &g, &order, f) && verb_close(v, f);
}

void case_fact_do(struct request *r)
{
    struct case_view v;
    struct verb verb = { .seq = 0 };
    enum fact_kind kind;
    struct fail f = { 0 };
    bool before;

    if (!kind_open(r, &v, &kind)) return;
    if (!r->form.errors) case_fact_check(r, kind);
    struct withdrawal_wish wish = { .arrangement = subject_chosen(r),
                                    .what        = "To be no longer marked" };
    if (!r->form.errors && kind == FACT_ABUSE && form_is(&r->form, FORM_CASE_FACT_HOW, "ends") &&
        group_arrangement(&v.g, wish.arrangement) && case_private_first(r, &v, &wish))
        return;
    if (!r->form.errors) {
        struct case_fact_once once = { .pp = v.g.pp, .done = &before };
        bool done                  = store_begin(r->store, STORE_WRITING, &f) &&
                    case_fact_run(r, &once, kind, &verb, &f) && store_commit(r->store, &f);
        if (case_answered(r, done, &f,
                          arena_print(r->arena, "/case/%lld/facts?done=%lld", (long long)v.g.pp,
                                      (long long)verb.seq)))
            return;
        form_refuse(&r->form, field_of(f.code), case_sentence(r, &f));
    }
    form_show(r, &v, kind);
}
