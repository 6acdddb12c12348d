/* case_patterns.c: what comes again and again in a family, and what a person who looked says of it
 * (app/pattern.h). */
#include "app/pattern.h"
#include "law/law.h"
#include "web/case.h"
#include "web/case_change.h"
#include "web/case_view.h"

#include <string.h>

static const char *const said[][2] = { { "answered", "It was written down." } };

/* The name of a source in words; what the rule says of it goes on after its key. */
static const char *source_words(struct request *r, const char *source)
{
    size_t n = strcspn(source, " ");

    for (int i = 0; i < source_count; i++)
        if (strlen(source_table[i].name) == n && !strncmp(source_table[i].name, source, n))
            return arena_print(r->arena, "%s:%s", source_table[i].abbreviation, source + n);
    return source;
}

static void rule_fill(struct request *r, const struct pattern *p, struct view_pattern_row *row)
{
    const struct pattern_term *term = pattern_term_at(p->rule, p->row.day);
    const char **items              = ARENA_MANY(r->arena, const char *, p->sign_count + 1);

    for (size_t i = 0; i < p->sign_count; i++)
        items[i] = pattern_item(p->rule, &p->signs[i], r->arena);
    row->title       = p->rule->title;
    row->tells       = pattern_tells(p->rule, term, p->signs, p->sign_count, r->arena);
    row->looks       = pattern_looks(p->rule, term, r->arena);
    row->why         = p->rule->why;
    row->source      = source_words(r, p->rule->source);
    row->consider    = p->rule->consider;
    row->items       = items;
    row->items_count = (int32_t)p->sign_count;
}

static struct view_pattern_row row_of(struct request *r, const struct case_view *v,
                                      const struct pattern *p)
{
    struct view_pattern_row row = {
        .event    = p->row.event,
        .about    = case_name(&v->g, p->row.person, r->arena),
        .title    = case_plain(r->arena, p->row.rule),
        .rule     = p->row.rule,
        .state    = machine_pattern.states[p->state].label,
        .open     = pattern_is_open(p),
        .day      = p->row.day,
        .tells    = "This rule is no longer among the rules.",
        .looks    = "",
        .why      = "",
        .source   = "",
        .consider = "",
        .reason   = p->answer ? p->answer->reason : "",
    };

    if (p->answer) row.answered_on = p->answer->day;
    if (p->rule) rule_fill(r, p, &row);
    return row;
}

static bool list_read(struct request *r, int64_t pp, struct pattern **list, size_t *n)
{
    struct fail f = { 0 };

    if (pattern_list(r->store, r->arena, pp, list, n, &f)) return true;
    respond_fail(r, &f);
    return false;
}

void case_patterns(struct request *r)
{
    struct pattern *list;
    struct case_view v;
    size_t n;

    if (!case_open(r, &v) || !list_read(r, v.g.pp, &list, &n)) return;
    struct view_pattern_row *rows = ARENA_MANY(r->arena, struct view_pattern_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(r, &v, &list[i]);
    v.family.done               = case_said(r, said, sizeof said / sizeof *said);
    struct page_case_patterns p = { .c = v.family, .rows = rows, .rows_count = (int32_t)n };
    page_case_patterns(&r->out, frame_of(r), &p);
}

static void pattern_page(struct request *r)
{
    struct pattern *list;
    struct case_view v;
    size_t n;

    if (!case_open(r, &v) || !list_read(r, v.g.pp, &list, &n)) return;
    const struct pattern *found = pattern_of(list, n, case_number(r->params[1]));
    if (!found) {
        respond_missing(r);
        return;
    }
    struct page_case_pattern p = {
        .c      = v.family,
        .a      = row_of(r, &v, found),
        .part   = arena_print(r->arena, "pattern/%lld", (long long)found->row.event),
        .event  = form_view(&r->form, FORM_CASE_PATTERN_EVENT),
        .reason = form_view(&r->form, FORM_CASE_PATTERN_REASON),
    };
    page_case_pattern(&r->out, frame_with_form(r), &p);
}

void case_pattern(struct request *r)
{
    form_new(&r->form, r->arena, &form_case_pattern);
    pattern_page(r);
}

void case_pattern_do(struct request *r)
{
    struct setting s             = case_setting(r);
    struct pattern_answer answer = { .pattern = case_number(r->params[1]) };
    struct fail f                = { 0 };

    if (!r->form.errors) {
        answer.event = (enum pattern_event)machine_event_find(
            &machine_pattern, form_text(&r->form, FORM_CASE_PATTERN_EVENT));
        answer.reason = case_lines(r->arena, form_text(&r->form, FORM_CASE_PATTERN_REASON));
        bool done     = store_begin(r->store, STORE_WRITING, &f) &&
                    pattern_take(&s, case_number(r->params[0]), &answer, &f) &&
                    store_commit(r->store, &f);
        if (case_answered(r, done, &f,
                          arena_print(r->arena, "/case/%s/patterns?done=answered", r->params[0])))
            return;
        form_refuse(&r->form,
                    !strcmp(f.field, "reason") ? FORM_CASE_PATTERN_REASON : FORM_CASE_PATTERN_EVENT,
                    case_sentence(r, &f));
    }
    pattern_page(r);
}
