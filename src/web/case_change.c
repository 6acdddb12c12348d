/* case_change.c: the parts of a preview. */
#include "web/case_change.h"

#include <string.h>

struct view_change_row case_change_row(const char *what, const char *before, const char *after)
{
    return (struct view_change_row){ what, before, after, !strcmp(before, after) };
}

struct hidden {
    struct arena *arena;
    struct view_hidden_field *at;
    int32_t n;
};

static void hidden_add(struct hidden *h, const char *name, const char *value)
{
    if (value && *value) h->at[h->n++] = (struct view_hidden_field){ name, value };
}

/* A date is three fields. */
static void hidden_date(struct hidden *h, const char *name, const struct field_value *v)
{
    hidden_add(h, arena_print(h->arena, "%s-day", name), v->day);
    hidden_add(h, arena_print(h->arena, "%s-month", name), v->month);
    hidden_add(h, arena_print(h->arena, "%s-year", name), v->year);
}

struct case_preview case_preview_of(struct request *r, const struct case_view *before, bool stale,
                                    const char *action, const char *back)
{
    enum { PARTS = 3 };
    const struct form_rule *rule = r->form.rule;
    struct hidden h              = { r->arena, NULL, 0 };

    h.at = ARENA_MANY(r->arena, struct view_hidden_field, PARTS * rule->field_count);
    for (int32_t i = 0; i < rule->field_count; i++) {
        const struct field_rule *f = &rule->fields[i];
        if (!strcmp(f->name, "act") || !strcmp(f->name, "seen")) continue;
        if (f->kind == FIELD_DATE)
            hidden_date(&h, f->name, &r->form.values[i]);
        else
            hidden_add(&h, f->name, r->form.values[i].text);
    }
    return (struct case_preview){
        .changed = stale ? "Somebody changed this case after you were shown the preview. This is "
                           "what it would do now. Look again before you do it."
                         : "",
        .action  = arena_print(r->arena, "/case/%lld/%s", (long long)before->g.pp, action),
        .back    = arena_print(r->arena, "/case/%lld/%s", (long long)before->g.pp, back),
        .fields  = h.at,
        .fields_count = h.n,
        .seen         = (int64_t)before->event_count,
    };
}

bool case_preview_is_confirmed(struct request *r, const struct case_view *now, int act_field,
                               int seen_field)
{
    return form_is(&r->form, act_field, "confirm") && form_has(&r->form, seen_field) &&
           form_count(&r->form, seen_field) == (int64_t)now->event_count;
}
