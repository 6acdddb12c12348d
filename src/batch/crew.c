/* crew.c: the days, in order. */
#include "batch/crew.h"

#include "app/debit.h"
#include "app/employer.h"
#include "app/night.h"
#include "app/published.h"
#include "app/stop.h"
#include "base/bug.h"
#include "batch/watch.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PART_CHUNKS = 20, WAIT_US = 200000, TRIES = 100, AWAY_TRIES = 600 };

/* One day that is being run.  The store is open only between the phases in which children work:
 * a connection does not survive a fork. */
struct day {
    const struct crew *crew;
    struct watch *watch;
    struct setting setting;
    struct arena arena;
    struct crew_report *report;
    int64_t total; /* families */
    size_t left;   /* parts not done */
    date until, next;
    struct fail why;
};

static bool day_reach(struct day *d, struct fail *fail)
{
    arena_reset(&d->arena);
    d->setting.arena = &d->arena;
    d->setting.store = store_open(d->crew->database, STORE_WRITE, fail);
    return d->setting.store != NULL;
}

static void day_leave(struct day *d)
{
    store_close(d->setting.store);
    d->setting.store = NULL;
}

typedef bool act(struct day *d, struct fail *fail);

/* One short transaction of the parent's own, tried again while somebody else is in the way. */
static bool day_do(struct day *d, act *do_it, struct fail *fail)
{
    for (int tries = 0;; tries++) {
        bool fine = day_reach(d, fail) && store_begin(d->setting.store, STORE_WRITING, fail) &&
                    do_it(d, fail) && store_commit(d->setting.store, fail);
        day_leave(d);
        bool is_away = !strcmp(fail->code, "cannot_open");
        if (fine || !(is_away || store_is_passing(fail)) || tries == (is_away ? AWAY_TRIES : TRIES))
            return fine;
        if (tries == 0 && is_away)
            fprintf(stderr, "\nThe database does not answer; it is waited for.\n");
        usleep(WAIT_US);
    }
}

/* --- what a day consists of --- */

/* The list of families that have something to look at, in parts; or the one somebody else has made
 * today, which is then shared. */
static bool list_families(struct day *d, struct fail *fail)
{
    struct job job = day_job(&d->setting, watch_now());
    struct sql_job_get_row now;
    bool is_new, found;

    if (!stop_check(d->setting.store, fail) ||
        !debit_settle(&d->setting, store_is_working(d->setting.store), fail) ||
        !job_begin(&job, (int64_t)d->crew->most * PART_CHUNKS, &is_new, fail) ||
        !watch_free_dead(&job, fail) || !job_left(&job, &d->left, fail) ||
        !sql_job_get(d->setting.store,
                     &(struct sql_job_get_in){ .name = job.name, .day = job.setting.today },
                     &d->arena, &now, &found, fail))
        return false;
    d->total = found ? now.total : 0;
    return true;
}

static bool parts_left(struct day *d, struct fail *fail)
{
    struct job job = day_job(&d->setting, watch_now());

    return watch_free_dead(&job, fail) && job_left(&job, &d->left, fail);
}

/* Each family: plan what is to come, charge what falls due, allocate what came in, find what was
 * missed, pay out (account_bring_up), all of it written with its checkpoint, chunk by chunk.  Parts
 * that somebody else holds are waited for, and taken over when their lease has run out. */
static bool work_families(struct day *d, struct fail *fail)
{
    for (int64_t total = d->total; d->left;) {
        if (!watch_day(d->watch, d->setting.today, total, fail) || !day_do(d, parts_left, fail))
            return false;
        if (d->left) usleep(WAIT_US);
    }
    return true;
}

/* Bank, ledger and cases agree, or the line is stopped and says where they do not. */
static bool prove(struct day *d, struct fail *fail)
{
    return night_prove(&d->setting, fail);
}

static bool stop_for_proof(struct day *d, struct fail *fail)
{
    struct job job = day_job(&d->setting, watch_now());
    char day[DATE_TEXT], why[SAID];

    snprintf(why, sizeof why, "The proof of %s does not hold. %.320s",
             date_text(d->setting.today, day), d->why.text);
    return (stop_line(d->setting.store, why, "day", watch_now(), fail) ||
            fail->kind == FAIL_REFUSED) &&
           job_break(&job, why, fail);
}

static bool finish(struct day *d, struct fail *fail)
{
    struct job job = day_job(&d->setting, watch_now());
    return employer_keep(&d->setting, fail) && published_keep(&d->setting, fail) &&
           (date_same(d->report->first, d->setting.today)
                ? job_finish(&job, fail)
                : job_finish_run(&job, d->report->first, fail));
}

static bool day_whole(struct day *d, struct fail *fail)
{
    struct fail other;

    if (!day_do(d, list_families, fail) || !work_families(d, fail)) return false;
    if (day_do(d, prove, fail)) return day_do(d, finish, fail);
    d->why = *fail;
    if (fail->kind == FAIL_INTEGRITY && !day_do(d, stop_for_proof, &other)) *fail = other;
    return false;
}

/* --- the days --- */

static bool first_day(struct day *d, struct fail *fail)
{
    return stop_check(d->setting.store, fail) &&
           day_first(&d->setting, d->setting.today, &d->report->first, fail);
}

/* The next day of the run: what lies between has no family that anything is due for, and no file of
 * collections whose day it is. */
static bool next_day(struct day *d, struct fail *fail)
{
    struct store *store                        = d->setting.store;
    struct sql_pay_batch_unsettled_in settling = { .today = d->until };
    struct sql_family_first_look_row look;
    struct sql_pay_batch_unsettled_row *files;
    bool found;
    size_t n;

    d->next = date_add_days(d->setting.today, 1);
    if (!sql_family_first_look(store, &d->arena, &look, &found, fail) ||
        !sql_pay_batch_unsettled(store, &settling, &d->arena, &files, &n, fail))
        return false;
    if (n == 0 && date_before(d->next, d->until))
        d->next =
            found && look.has_day ? date_max(d->next, date_min(look.day, d->until)) : d->until;
    return true;
}

static void tell_day(const struct day *d, size_t families, size_t aside)
{
    size_t now, now_aside;
    char day[DATE_TEXT];

    if (!d->crew->lines) return;
    watch_count(d->watch, &now, &now_aside);
    fprintf(stderr, "%s: %zu families, %zu set aside\n", date_text(d->setting.today, day),
            now - families, now_aside - aside);
}

bool crew_run(const struct crew *crew, date until, struct crew_report *r, struct fail *fail)
{
    struct watch watch;
    struct day d = {
        .crew = crew, .watch = &watch, .setting = { .today = until, .actor = "day" }, .report = r
    };

    *r = (struct crew_report){ 0 };
    if (!watch_open(&watch, crew, fail)) return false;
    watch.until = d.until = until;
    bool fine             = day_do(&d, first_day, fail);
    for (date day = r->first; fine && !date_before(until, day);) {
        size_t families, aside;
        d.setting.today = day;
        watch_count(&watch, &families, &aside);
        fine    = day_whole(&d, fail) && day_do(&d, next_day, fail);
        r->last = day;
        if (fine) tell_day(&d, families, aside);
        if (fine) r->days += (size_t)(d.next.d - day.d);
        day = d.next;
    }
    watch_count(&watch, &r->families, &r->aside);
    watch_close(&watch);
    arena_free(&d.arena);
    return fine;
}
