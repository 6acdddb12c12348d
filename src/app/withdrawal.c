/* withdrawal.c: whether somebody who withdraws is free to. */
#include "app/withdrawal.h"

#include "flow_data.h"
#include "law/law.h"
#include "letters.h"

#include <string.h>

/* Whether a letter with bad news went to the paying parent since a day. */
static bool news_read(const struct setting *s, const struct group *g, date since, bool *recent,
                      struct fail *fail)
{
    static const enum letter_name bad[] = { LETTER_ARREARS_NOTICE, LETTER_DECISION_NOTICE,
                                            LETTER_SERVICE_NOTICE };
    struct sql_letter_list_row *rows;
    size_t n;

    *recent = false;
    if (!sql_letter_list(s->store, &(struct sql_letter_list_in){ .pp = g->pp, .known = KNOWN_NOW },
                         s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
            *recent |= rows[i].person == g->pp && !rows[i].refused &&
                       !date_before(rows[i].day, since) &&
                       !strcmp(rows[i].kind, letter_templates[bad[k]].name);
    return true;
}

/* They were spoken with, and nothing was left to do, since a day. */
static bool is_spoken(const struct alert *a, date since)
{
    return a->source == ALERT_WITHDRAWAL && a->state == ALERT_STATE_ANSWERED &&
           !date_before(a->steps[a->step_count - 1].day, since);
}

bool withdrawal_is_private(const struct withdrawal_signs *s)
{
    const int32_t values[WITHDRAWAL_INPUTS] = {
        [WITHDRAWAL_MARKER] = s->marked ? WITHDRAWAL_MARKER_MARKED : WITHDRAWAL_MARKER_UNMARKED,
        [WITHDRAWAL_ALERT]  = s->alert_open ? WITHDRAWAL_ALERT_OPEN : WITHDRAWAL_ALERT_NONE,
        [WITHDRAWAL_NEWS]   = s->bad_news ? WITHDRAWAL_NEWS_RECENT : WITHDRAWAL_NEWS_NONE,
        [WITHDRAWAL_SAYS]   = s->unfree ? WITHDRAWAL_SAYS_UNFREE : WITHDRAWAL_SAYS_FREE,
    };
    return machine_table_result(&machine_table_withdrawal, values) == WITHDRAWAL_RESULT_PRIVATE;
}

bool withdrawal_look(const struct setting *s, const struct group *g,
                     const struct withdrawal_wish *wish, struct withdrawal *w, struct fail *fail)
{
    const struct sql_arrangement_list_row *a = group_arrangement(g, wish->arrangement);
    const struct law *law                    = law_at((enum jurisdiction)a->jurisdiction, s->today);
    struct withdrawal_signs signs = { .marked = group_fact(g, FACT_ABUSE, wish->arrangement,
                                                           s->today) != NULL };
    bool spoken                   = false;
    struct alert *list;
    size_t n;

    *w = (struct withdrawal){ .first = false };
    if (!alert_list(s->store, s->arena, g->pp, &list, &n, fail) ||
        !news_read(s, g, date_add_days(s->today, -law->withdrawal_news_days), &signs.bad_news,
                   fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        signs.alert_open |= alert_is_open(&list[i]);
        if (list[i].row.person != a->rp || list[i].source != ALERT_WITHDRAWAL) continue;
        if (alert_is_open(&list[i])) w->alert = list[i].row.event;
        spoken |= is_spoken(&list[i], date_add_days(s->today, -law->private_call_days));
    }
    bool wanted  = withdrawal_is_private(&signs);
    signs.unfree = wish->unfree;
    /* A talk answers for the signs, not for what they say now. */
    w->first = w->alert || (wanted && !spoken) || (wish->unfree && withdrawal_is_private(&signs));
    return true;
}

bool withdrawal_call(const struct setting *s, const struct group *g,
                     const struct withdrawal_wish *wish, int64_t *alert, struct fail *fail)
{
    const struct alert_noticed noticed = {
        .person = group_arrangement(g, wish->arrangement)->rp,
        .risk   = ALERT_DOES_RISK_PRESSURE,
        .source = ALERT_WITHDRAWAL,
        .note =
            wish->unfree
                ? arena_print(s->arena,
                              "%s. They do not say, asked alone, that they want it and feel safe.",
                              wish->what)
                : wish->what,
    };

    return alert_record(s, g->pp, &noticed, alert, fail);
}
