/* job.c: jobs of a day. */
#include "app/job.h"

#include <stdio.h>

static bool parts_make(const struct job *j, int64_t size, struct fail *fail)
{
    struct sql_family_bounds_row *bounds;
    size_t n;

    if (!sql_family_bounds(
            j->setting.store,
            &(struct sql_family_bounds_in){ .today = j->setting.today, .size = size },
            j->setting.arena, &bounds, &n, fail))
        return false;
    struct sql_job_part_insert_in *parts =
        ARENA_MANY(j->setting.arena, struct sql_job_part_insert_in, n + 1);
    for (size_t i = 0; i < n; i++)
        parts[i] = (struct sql_job_part_insert_in){ .name    = j->name,
                                                    .day     = j->setting.today,
                                                    .part    = (int64_t)i + 1,
                                                    .reached = i ? bounds[i - 1].last : 0,
                                                    .last    = bounds[i].last,
                                                    .worker  = "" };
    return sql_job_part_insert_bulk(j->setting.store, parts, n, fail);
}

bool job_begin(const struct job *j, int64_t size, bool *is_new, struct fail *fail)
{
    struct store *store         = j->setting.store;
    struct sql_job_start_in in  = { .name = j->name, .day = j->setting.today, .started = j->now };
    struct sql_job_again_in two = { .name = j->name, .day = j->setting.today, .started = j->now };
    struct sql_job_part_clear_in old = { .name = j->name, .day = j->setting.today };
    struct sql_job_size_in total     = { .name = j->name, .day = j->setting.today };
    struct sql_family_due_count_row due;
    bool found;

    if (!sql_job_start(store, &in, fail)) return false;
    *is_new = store_changed(store) == 1;
    if (!*is_new) {
        if (!sql_job_again(store, &two, fail)) return false;
        *is_new = store_changed(store) == 1;
    }
    if (!*is_new) return true;
    if (!sql_family_due_count(store, &(struct sql_family_due_count_in){ .today = in.day },
                              j->setting.arena, &due, &found, fail))
        return false;
    total.total = due.number;
    return sql_job_size(store, &total, fail) && sql_job_part_clear(store, &old, fail) &&
           parts_make(j, size, fail);
}

bool job_claim(const struct job *j, const char *worker, int64_t until, struct job_part *part,
               bool *found, struct fail *fail)
{
    struct sql_job_part_claim_in in = {
        .name = j->name, .day = j->setting.today, .worker = worker, .until = until, .now = j->now
    };
    struct sql_job_part_claim_row row;

    if (!sql_job_part_claim(j->setting.store, &in, j->setting.arena, &row, found, fail))
        return false;
    if (*found) *part = (struct job_part){ row.part, row.reached, row.last };
    return true;
}

bool job_hold(const struct job *j, const struct job_part *part, const char *worker, int64_t until,
              struct fail *fail)
{
    struct sql_job_part_hold_in in = { .name    = j->name,
                                       .day     = j->setting.today,
                                       .part    = part->part,
                                       .worker  = worker,
                                       .until   = until,
                                       .reached = part->reached };

    return sql_job_part_hold(j->setting.store, &in, fail) &&
           (store_changed(j->setting.store) == 1 ||
            FAIL(fail, FAIL_SYSTEM, LEASE_LOST, "Another worker has taken this part over."));
}

bool job_move(const struct job *j, struct job_part *part, int64_t done, int64_t aside,
              struct fail *fail)
{
    struct sql_job_part_move_in in = { .name    = j->name,
                                       .day     = j->setting.today,
                                       .part    = part->part,
                                       .reached = part->reached,
                                       .done    = done,
                                       .aside   = aside };
    return sql_job_part_move(j->setting.store, &in, fail);
}

bool job_free(const struct job *j, const char *worker, struct fail *fail)
{
    return sql_job_part_free(j->setting.store,
                             &(struct sql_job_part_free_in){
                                 .name = j->name, .day = j->setting.today, .worker = worker },
                             fail);
}

bool job_left(const struct job *j, size_t *parts, struct fail *fail)
{
    struct sql_job_part_list_row *rows;

    return sql_job_part_list(
        j->setting.store,
        &(struct sql_job_part_list_in){ .name = j->name, .day = j->setting.today },
        j->setting.arena, &rows, parts, fail);
}

bool job_day_open(const struct setting *s, const char *name, struct fail *fail)
{
    struct sql_job_last_good_row last;
    char day[DATE_TEXT], given[DATE_TEXT];
    bool found;

    return sql_job_last_good(s->store, &(struct sql_job_last_good_in){ .name = name }, s->arena,
                             &last, &found, fail) &&
           (!found || !date_before(s->today, last.day) ||
            REFUSE(fail, "day_gone_by",
                   "%s is before %s, the last day that was run, and a finished day is not added "
                   "to. Give that day or a later one.",
                   date_text(s->today, given), date_text(last.day, day)));
}

static bool job_end(const struct job *j, const char *state, const char *note, struct fail *fail)
{
    struct sql_job_end_in in = {
        .name = j->name, .day = j->setting.today, .state = state, .finished = j->now, .note = note
    };
    struct sql_job_part_clear_in old = { .name = j->name, .day = j->setting.today };

    return sql_job_end(j->setting.store, &in, fail) &&
           (store_changed(j->setting.store) == 0 ||
            sql_job_part_clear(j->setting.store, &old, fail));
}

bool job_finish(const struct job *j, struct fail *fail)
{
    return job_end(j, "finished", "", fail);
}

bool job_finish_run(const struct job *j, date first, struct fail *fail)
{
    char note[64], day[DATE_TEXT];

    snprintf(note, sizeof note, "a run over all days from %s", date_text(first, day));
    return job_end(j, "finished", note, fail);
}

bool job_break(const struct job *j, const char *why, struct fail *fail)
{
    return job_end(j, "broken", why, fail);
}
