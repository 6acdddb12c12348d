/* sample_rates.c: rates of the sample, from the record. */
#include "app/sample_rates.h"

#include "app/sample.h"

#include <stdio.h>
#include <string.h>

int64_t sample_looked(const struct sample_month *m)
{
    return m->right + m->unclear + m->wrong;
}

char *sample_percent(int64_t part, int64_t whole, char text[SAMPLE_PERCENT])
{
    enum { TENTHS = 1000, TEN = 10 };

    if (whole == 0) {
        snprintf(text, SAMPLE_PERCENT, "-");
        return text;
    }
    int64_t tenths = (part * TENTHS * 2 + whole) / (whole * 2);
    snprintf(text, SAMPLE_PERCENT, "%lld.%lld%%", (long long)(tenths / TEN),
             (long long)(tenths % TEN));
    return text;
}

static date month_of(date day)
{
    struct date_ymd p = date_split(day);
    return date_make(p.year, p.month, 1);
}

static struct sample_month *month_find(struct sample_rates *r, date day)
{
    date first = month_of(day);

    for (size_t i = 0; i < r->n; i++)
        if (date_same(r->months[i].first, first)) return &r->months[i];
    return &r->all; /* never: the statements have no other days */
}

static void found_add(struct sample_month *m, const struct sql_sample_found_row *row)
{
    switch (machine_state_find(&machine_sample, row->found)) {
    case SAMPLE_STATE_RIGHT: m->right += row->number; break;
    case SAMPLE_STATE_UNCLEAR: m->unclear += row->number; break;
    case SAMPLE_STATE_WRONG: m->wrong += row->number; break;
    default: break; /* nobody has looked */
    }
    if (machine_state_find(&machine_sample, row->side) == SAMPLE_STATE_BEFORE)
        m->before += row->number;
    else
        m->after += row->number;
    m->weekly = money_add(m->weekly, row->weekly);
    m->error  = money_add(m->error, row->error);
}

static date months_first(date today)
{
    return date_add_months(month_of(today), 1 - SAMPLE_MONTHS);
}

bool sample_found_read(struct store *store, struct arena *arena, date today,
                       struct sample_month *all, struct fail *fail)
{
    struct sql_sample_found_in in = { months_first(today), today };
    struct sql_sample_found_row *found;
    size_t n;

    *all = (struct sample_month){ .first = in.since };
    if (!sql_sample_found(store, &in, arena, &found, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        found_add(all, &found[i]);
    return true;
}

static bool days_read(struct store *store, struct arena *arena, date today, struct sample_rates *r,
                      struct fail *fail)
{
    struct sql_sample_decided_row *decided;
    struct sql_sample_found_row *found;
    size_t n, m;

    if (!sql_sample_decided(store, &(struct sql_sample_decided_in){ r->since, today }, arena,
                            &decided, &n, fail) ||
        !sql_sample_found(store, &(struct sql_sample_found_in){ r->since, today }, arena, &found,
                          &m, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        month_find(r, decided[i].day)->decided += decided[i].number;
        r->all.decided += decided[i].number;
    }
    for (size_t i = 0; i < m; i++) {
        found_add(month_find(r, found[i].day), &found[i]);
        found_add(&r->all, &found[i]);
    }
    return true;
}

bool sample_rates_read(struct store *store, struct arena *arena, date today, struct sample_rates *r,
                       struct fail *fail)
{
    struct sql_sampling_list_row *begun;
    date first = months_first(today);
    size_t n;

    *r = (struct sample_rates){ .since = first };
    if (!sql_sampling_list(store, &(struct sql_sampling_list_in){ .pp = SERVICE_PP }, arena, &begun,
                           &n, fail))
        return false;
    if (!n || date_before(today, begun->day)) return true;
    struct sample_shares shares = sample_shares_on(&begun[n - 1], today);
    r->is_begun                 = true;
    r->before_share             = shares.before;
    r->after_share              = shares.after;
    r->since                    = date_max(first, begun->day);
    for (date m = month_of(today); !date_before(m, month_of(r->since)); m = date_add_months(m, -1))
        r->months[r->n++].first = m;
    return days_read(store, arena, today, r, fail);
}
