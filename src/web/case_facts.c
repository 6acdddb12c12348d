/* case_facts.c: what is believed, as at a day and as known on a day; what was ever believed. */
#include "web/case.h"
#include "web/case_view.h"

#include <string.h>

/* The days asked for, today where none is given; a day not understood is left to the form. */
static void days_take(struct request *r, date *as_at, date *known_on)
{
    if (!form_has(&r->form, FORM_CASE_DAYS_AS_AT)) {
        if (!r->form.values[FORM_CASE_DAYS_AS_AT].error)
            form_put_date(&r->form, FORM_CASE_DAYS_AS_AT, r->today);
        *as_at = r->today;
    } else {
        *as_at = form_date(&r->form, FORM_CASE_DAYS_AS_AT);
    }
    if (!form_has(&r->form, FORM_CASE_DAYS_KNOWN_ON)) {
        if (!r->form.values[FORM_CASE_DAYS_KNOWN_ON].error)
            form_put_date(&r->form, FORM_CASE_DAYS_KNOWN_ON, r->today);
        *known_on = r->today;
    } else {
        *known_on = form_date(&r->form, FORM_CASE_DAYS_KNOWN_ON);
    }
}

const char *case_days(struct request *r, date *as_at, date *known_on)
{
    days_take(r, as_at, known_on);
    if (date_same(*as_at, r->today) && date_same(*known_on, r->today)) return "";
    return arena_print(r->arena, "It shows %s as it was known on %s.",
                       case_day_words(r->arena, *as_at), case_day_words(r->arena, *known_on));
}

static const char *said_by_event(struct request *r, const struct case_view *v)
{
    if (!form_has(&r->form, FORM_CASE_DAYS_DONE)) return "";
    int64_t seq = form_count(&r->form, FORM_CASE_DAYS_DONE);
    return seq > 0 && (size_t)seq <= v->event_count
               ? case_about(&v->g, v->events[seq - 1].about, r->arena)
               : "";
}

void case_facts(struct request *r)
{
    struct case_view v;
    struct group then;
    struct fail f = { 0 };
    date as_at, known_on;
    int64_t known;

    if (!case_open(r, &v)) return;
    v.family.frozen = case_days(r, &as_at, &known_on);
    v.family.done   = said_by_event(r, &v);
    if (!group_known_on(r->store, v.g.pp, known_on, &known, &f) ||
        !group_load(r->store, r->arena, v.g.pp, known, &then, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct view_fact_row *rows = ARENA_MANY(r->arena, struct view_fact_row, then.fact_count + 1);
    int32_t n                  = 0;
    for (int kind = 0; kind < FACT_KINDS; kind++)
        for (size_t i = 0; i < then.fact_count; i++)
            if (!strcmp(then.facts[i].kind, fact_kind_table[kind].name) &&
                date_before(as_at, then.facts[i].valid_to))
                rows[n++] = case_fact_row(&v, &then.facts[i], r->arena);
    struct page_case_facts p = { .c          = v.family,
                                 .as_at      = form_view(&r->form, FORM_CASE_DAYS_AS_AT),
                                 .known_on   = form_view(&r->form, FORM_CASE_DAYS_KNOWN_ON),
                                 .rows       = rows,
                                 .rows_count = n };
    page_case_facts(&r->out, frame_with_form(r), &p);
}

void case_fact_history(struct request *r)
{
    struct case_view v;
    struct fail f = { 0 };
    struct group ever;

    if (!case_open(r, &v)) return;
    if (!group_load_history(r->store, r->arena, v.g.pp, &ever, &f)) {
        respond_fail(r, &f);
        return;
    }
    size_t n                   = ever.fact_count;
    struct view_fact_row *rows = ARENA_MANY(r->arena, struct view_fact_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        size_t ended  = (size_t)ever.facts[i].known_to;
        rows[i]       = case_fact_row(&v, &ever.facts[i], r->arena);
        rows[i].until = ever.facts[i].known_to == KNOWN_OPEN ? "and still"
                        : ended && ended <= v.event_count
                            ? arena_print(r->arena, "until %s",
                                          case_day_words(r->arena, v.events[ended - 1].day))
                            : "";
    }
    struct page_case_fact_history p = { .c = v.family, .rows = rows, .rows_count = (int32_t)n };
    page_case_fact_history(&r->out, frame_of(r), &p);
}
