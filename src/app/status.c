/* status.c: how the day's work stands. */
#include "app/status.h"

#include "app/day.h"

#include <string.h>

bool status_read(struct store *store, struct arena *arena, date today, struct status *s,
                 struct fail *fail)
{
    enum { UNBOOKED_SHOWN = 20 };
    struct sql_find_suspense_row suspense;
    struct sql_family_first_look_row look;
    bool found, is_run = false;

    *s = (struct status){ .next = today };
    if (!sql_job_list(store, arena, &s->jobs, &s->job_count, fail) ||
        !sql_aside_list(store, arena, &s->aside, &s->aside_count, fail) ||
        !bank_terms_read(store, arena, &s->bank, fail) ||
        !debit_unbooked_read(store, arena, UNBOOKED_SHOWN, &s->unbooked, fail) ||
        !sql_clock_counts(store, &(struct sql_clock_counts_in){ .today = today }, arena, &s->clocks,
                          &s->clock_count, fail) ||
        !sql_case_owner_days(store, &(struct sql_case_owner_days_in){ .today = today }, arena,
                             &s->owners, &found, fail) ||
        !stop_read(store, arena, &s->stop, fail) ||
        !sql_family_first_look(store, arena, &look, &found, fail) ||
        !sql_find_suspense(store, arena, &suspense, &found, fail))
        return false;
    s->suspense = suspense.number;
    for (size_t i = 0; i < s->job_count; i++) {
        const struct sql_job_list_row *j = &s->jobs[i];
        if (strcmp(j->name, DAY_JOB) != 0) continue;
        is_run       = true;
        s->has_day   = j->has_last_good;
        s->last_good = j->last_good;
        s->next      = strcmp(j->state, "finished") != 0 ? j->day : date_add_days(j->day, 1);
    }
    /* The first run begins where day_first begins it. */
    if (!is_run && look.has_day) s->next = date_min(look.day, today);
    return true;
}
