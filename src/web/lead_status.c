/* lead_status.c: what was found in decisions that somebody else looked at, and how often rules
 * called somebody; for team leaders. */
#include "app/sample_rates.h"
#include "flow/machine.h"
#include "flow/pattern.h"
#include "web/case.h"
#include "web/case_view.h"

#include <string.h>

static const char *percent(struct request *r, int64_t part, int64_t whole)
{
    char text[SAMPLE_PERCENT];
    return arena_print(r->arena, "%s", sample_percent(part, whole, text));
}

static struct view_sample_month_row month_row(struct request *r, const struct sample_month *m)
{
    int64_t looked  = sample_looked(m);
    const char *day = case_day_words(r->arena, m->first);

    return (struct view_sample_month_row){
        .name    = strchr(day, ' ') ? strchr(day, ' ') + 1 : day, /* without its day */
        .decided = m->decided,
        .before  = m->before,
        .after   = m->after,
        .looked  = looked,
        .right   = m->right,
        .unclear = m->unclear,
        .wrong   = m->wrong,
        .rate    = percent(r, m->wrong, looked),
        .weekly  = m->weekly,
        .error   = m->error,
        .share   = percent(r, m->error.p, m->weekly.p),
    };
}

static void samples_fill(struct request *r, const struct sample_rates *s,
                         struct page_lead_status *p)
{
    enum { WHOLE = 1000 };
    struct view_sample_month_row *rows =
        ARENA_MANY(r->arena, struct view_sample_month_row, s->n + 1);

    for (size_t i = 0; i < s->n; i++)
        rows[i] = month_row(r, &s->months[i]);
    p->begun  = s->is_begun;
    p->since  = s->since;
    p->shares = arena_print(r->arena, "%s of all decisions before the parents are told, %s after",
                            percent(r, s->before_share, WHOLE), percent(r, s->after_share, WHOLE));
    p->months = rows;
    p->months_count = (int32_t)s->n;
    p->all          = month_row(r, &s->all);
}

static void rate_add(struct view_pattern_rate_row *row, const struct sql_pattern_rates_row *found)
{
    row->found += found->number;
    switch (machine_state_find(&machine_pattern, found->became)) {
    case PATTERN_STATE_NOTHING: row->nothing += found->number; break;
    case PATTERN_STATE_CALLED: row->call += found->number; break;
    case PATTERN_STATE_CONSIDERED: row->consider += found->number; break;
    default: return; /* nobody has looked */
    }
    row->looked += found->number;
}

static bool patterns_fill(struct request *r, date since, struct page_lead_status *p, struct fail *f)
{
    struct sql_pattern_rates_row *found;
    size_t n;

    if (!sql_pattern_rates(r->store, &(struct sql_pattern_rates_in){ .since = since }, r->arena,
                           &found, &n, f))
        return false;
    struct view_pattern_rate_row *rows = ARENA_MANY(r->arena, struct view_pattern_rate_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct pattern_rule *rule = pattern_rule_find(found[i].rule);
        if (!i || strcmp(found[i].rule, found[i - 1].rule) != 0)
            rows[p->patterns_count++] =
                (struct view_pattern_rate_row){ .title = rule ? rule->title : found[i].rule,
                                                .rule  = found[i].rule };
        rate_add(&rows[p->patterns_count - 1], &found[i]);
    }
    p->patterns = rows;
    p->from     = since;
    return true;
}

void lead_status(struct request *r)
{
    struct page_lead_status p = { .begun = false };
    struct sample_rates rates;
    struct fail f = { 0 };

    if (!sample_rates_read(r->store, r->arena, r->today, &rates, &f) ||
        !patterns_fill(r, date_add_months(r->today, -SAMPLE_MONTHS), &p, &f)) {
        respond_fail(r, &f);
        return;
    }
    samples_fill(r, &rates, &p);
    frame_of(r)->here = "lead";
    page_lead_status(&r->out, frame_of(r), &p);
}
