/* published.c: how the service does, kept by the day's run and read by anybody. */
#include "app/published.h"

#include "app/sample_rates.h"

#include <string.h>

const enum published_part published_part_of[CLOCK_KINDS] = {
    [CLOCK_APPLICATION]        = PUBLISHED_APPLICATIONS,
    [CLOCK_ONLINE_APPLICATION] = PUBLISHED_APPLICATIONS,
    [CLOCK_ONLINE_ASKED]       = PUBLISHED_APPLICATIONS,
    [CLOCK_FACT]               = PUBLISHED_CHANGES,
    [CLOCK_CHANGE_REPORT]      = PUBLISHED_CHANGES,
    [CLOCK_CHANGE_EVIDENCE]    = PUBLISHED_CHANGES,
    [CLOCK_RECONSIDERATION]    = PUBLISHED_CHANGES,
    [CLOCK_MISSED_CONTACT]     = PUBLISHED_MISSED,
    [CLOCK_MISSED_LETTER]      = PUBLISHED_MISSED,
    [CLOCK_MISSED_OFFER]       = PUBLISHED_MISSED,
    [CLOCK_MISSED_POWER]       = PUBLISHED_MISSED,
    [CLOCK_DIRECT_REPORT]      = PUBLISHED_MISSED,
    [CLOCK_DISPUTE]            = PUBLISHED_MONEY,
    [CLOCK_HOLD]               = PUBLISHED_MONEY,
    [CLOCK_SUSPENSE]           = PUBLISHED_MONEY,
    [CLOCK_INSTRUCTION]        = PUBLISHED_MONEY,
    [CLOCK_REFUND]             = PUBLISHED_MONEY,
    [CLOCK_ANNOUNCED]          = PUBLISHED_MONEY,
    [CLOCK_CARD_PAYMENT]       = PUBLISHED_MONEY,
    [CLOCK_LETTER_REFUSED]     = PUBLISHED_CONTACT,
    [CLOCK_LETTER_KEPT]        = PUBLISHED_CONTACT,
    [CLOCK_LETTER_RETURNED]    = PUBLISHED_CONTACT,
    [CLOCK_MESSAGE]            = PUBLISHED_CONTACT,
    [CLOCK_QUESTION]           = PUBLISHED_CONTACT,
    [CLOCK_COMPLAINT]          = PUBLISHED_CONTACT,
    [CLOCK_COMPLAINT_AFTER]    = PUBLISHED_CONTACT,
    [CLOCK_ALERT]              = PUBLISHED_SAFETY,
    [CLOCK_ALERT_WATCH]        = PUBLISHED_SAFETY,
    [CLOCK_PATTERN]            = PUBLISHED_SAFETY,
    [CLOCK_SET_ASIDE]          = PUBLISHED_CHECKS,
    [CLOCK_BREAK_GLASS]        = PUBLISHED_CHECKS,
    [CLOCK_APPROVAL]           = PUBLISHED_CHECKS,
    [CLOCK_SAMPLE_BEFORE]      = PUBLISHED_CHECKS,
    [CLOCK_SAMPLE_AFTER]       = PUBLISHED_CHECKS,
    [CLOCK_SAMPLE_WRONG]       = PUBLISHED_CHECKS,
};

const char *const published_part_names[PUBLISHED_PARTS] = {
    [PUBLISHED_APPLICATIONS] = "applications",
    [PUBLISHED_CHANGES]      = "changes",
    [PUBLISHED_MISSED]       = "missed",
    [PUBLISHED_MONEY]        = "money",
    [PUBLISHED_CONTACT]      = "contact",
    [PUBLISHED_SAFETY]       = "safety",
    [PUBLISHED_CHECKS]       = "checks",
};

static const char *const figure_names[PUBLISHED_FIGURES] = {
    [PUBLISHED_FAMILIES] = "families", [PUBLISHED_DAYS] = "days",
    [PUBLISHED_PICKED] = "picked",     [PUBLISHED_LOOKED] = "looked",
    [PUBLISHED_UNCLEAR] = "unclear",   [PUBLISHED_WRONG] = "wrong",
    [PUBLISHED_WEEKLY] = "weekly",     [PUBLISHED_ERROR] = "error",
};

static bool waits_keep(const struct setting *s, struct fail *fail)
{
    struct sql_published_waits_row rows[PUBLISHED_PARTS];
    struct sql_clock_counts_row *counts;
    size_t n;

    if (!sql_clock_counts(s->store, &(struct sql_clock_counts_in){ s->today }, s->arena, &counts,
                          &n, fail))
        return false;
    for (int p = 0; p < PUBLISHED_PARTS; p++)
        rows[p] =
            (struct sql_published_waits_row){ .part = published_part_names[p], .day = s->today };
    for (size_t i = 0; i < n; i++) {
        enum clock_kind kind = clock_kind_find(counts[i].kind);
        struct sql_published_waits_row *row =
            &rows[kind < CLOCK_KINDS ? published_part_of[kind] : PUBLISHED_NONE];
        row->open += counts[i].open;
        row->near += counts[i].near;
        row->late += counts[i].breached;
    }
    return sql_published_waits_clear(s->store, fail) &&
           sql_published_waits_insert_bulk(s->store, rows + 1, PUBLISHED_PARTS - 1, fail);
}

static bool figures_keep(const struct setting *s, struct fail *fail)
{
    struct sql_published_figures_row rows[PUBLISHED_FIGURES];
    struct sql_case_owner_days_row owners;
    struct sample_month found;
    bool is_there;

    if (!sql_case_owner_days(s->store, &(struct sql_case_owner_days_in){ s->today }, s->arena,
                             &owners, &is_there, fail) ||
        !sample_found_read(s->store, s->arena, s->today, &found, fail))
        return false;
    const int64_t numbers[PUBLISHED_FIGURES] = {
        [PUBLISHED_FAMILIES] = owners.families,
        [PUBLISHED_DAYS]     = owners.days,
        [PUBLISHED_PICKED]   = found.before + found.after,
        [PUBLISHED_LOOKED]   = sample_looked(&found),
        [PUBLISHED_UNCLEAR]  = found.unclear,
        [PUBLISHED_WRONG]    = found.wrong,
        [PUBLISHED_WEEKLY]   = found.weekly.p,
        [PUBLISHED_ERROR]    = found.error.p,
    };
    for (int f = 0; f < PUBLISHED_FIGURES; f++)
        rows[f] = (struct sql_published_figures_row){ figure_names[f], s->today, numbers[f] };
    return sql_published_figures_clear(s->store, fail) &&
           sql_published_figures_insert_bulk(s->store, rows, PUBLISHED_FIGURES, fail);
}

bool published_keep(const struct setting *s, struct fail *fail)
{
    return waits_keep(s, fail) && figures_keep(s, fail);
}

static int named(const char *const *names, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (names[i] && !strcmp(names[i], name)) return i;
    return n;
}

bool published_read(struct store *store, struct arena *arena, struct published *p,
                    struct fail *fail)
{
    struct sql_published_waits_row *waits;
    struct sql_published_figures_row *figures;
    size_t n, m;

    *p = (struct published){ .is_there = false };
    if (!sql_published_waits(store, arena, &waits, &n, fail) ||
        !sql_published_figures(store, arena, &figures, &m, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        int part = named(published_part_names, PUBLISHED_PARTS, waits[i].part);
        if (part == PUBLISHED_PARTS) continue;
        p->is_there    = true;
        p->day         = waits[i].day;
        p->waits[part] = (struct published_wait){ waits[i].open, waits[i].near, waits[i].late };
    }
    for (size_t i = 0; i < m; i++) {
        int figure = named(figure_names, PUBLISHED_FIGURES, figures[i].name);
        if (figure < PUBLISHED_FIGURES) p->figures[figure] = figures[i].number;
    }
    return true;
}
