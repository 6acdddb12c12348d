/* day.c: the day's run. */
#include "app/day.h"

#include "app/aside.h"
#include "app/chunk.h"
#include "app/clock.h"
#include "app/debit.h"
#include "app/employer.h"
#include "app/night.h"
#include "app/pattern.h"
#include "app/published.h"
#include "app/sample.h"
#include "app/stop.h"

#include <string.h>
#include <unistd.h>

enum { FAMILIES = 1000, PART = 20000, TRIES = 40, PAUSE_US = 20000 };

/* --- one family --- */

/* Whether the rows of a family that were read can be believed: none is missing or there twice, and
 * what is owed mirrors what is to be had. */
static bool family_holds(const struct chunk *c, const struct family *f, struct fail *fail)
{
    const struct group *g = &f->group;
    int64_t last          = f->head.entry_closed;
    struct balances b;

    for (size_t i = g->carried_count; i < g->entry_count; i++)
        if (g->rows[i].id != ++last)
            return FAIL(fail, FAIL_INTEGRITY, "ledger_row", "Ledger row %lld is missing.",
                        (long long)last);
    if (last != f->head.entry_last)
        return FAIL(fail, FAIL_INTEGRITY, "ledger_row",
                    "The case has %lld ledger rows, and should have %lld.", (long long)last,
                    (long long)f->head.entry_last);
    if (f->head.entry_closed && (int64_t)g->carried_count != f->head.carried)
        return FAIL(fail, FAIL_INTEGRITY, "ledger_row",
                    "The case has %zu rows carried forward, and should have %lld.",
                    g->carried_count, (long long)f->head.carried);
    b = balance_fold(g->entries, g->entry_count, DATE_OPEN, DATE_OPEN, c->setting.arena);
    for (size_t i = 0; i < b.n; i++)
        if (!balance_mirrors(&b.at[i]))
            return FAIL(fail, FAIL_INTEGRITY, "ledger_row",
                        "What arrangement %lld owes is not what its receiving parent is to get: a "
                        "ledger row was changed.",
                        (long long)b.at[i].arrangement);
    return true;
}

/* One family's day: what happened is its event; nothing happened, no event.  A day gone by is run
 * in the name of the run that did not come, whoever makes up for it. */
static bool family_day(struct chunk *c, struct family *f, date day)
{
    struct verb v;
    struct account_work work = { .pay_out = c->pays_at_once };
    struct setting setting   = c->setting;

    if (date_before(day, setting.today)) c->setting.actor = DAY_JOB;
    c->setting.today = day;
    chunk_open(c, f, "day", NULL, &v);
    account_bring_up(&v, &f->group, &work);
    if (clock_follow(&v, &f->group, &v.draft) && !work.changed) {
        out_text(&v.about, "What waited is over, or waits from today");
        work.changed = true;
    }
    if (work.changed) chunk_close(c, f, &v);
    chunk_look(c, f);
    c->setting = setting;
    return work.changed;
}

bool day_missed(struct chunk *c, struct family *f)
{
    bool changed = false;

    if (f->is_new || f->is_aside) return false;
    for (date d = date_max(c->first_day, date_max(f->head.look, f->head.day));
         date_before(d, c->setting.today); d = date_max(f->head.look, date_add_days(d, 1)))
        changed |= family_day(c, f, d);
    return changed;
}

static bool family_days(struct chunk *c, struct family *f)
{
    bool changed = day_missed(c, f);
    return family_day(c, f, c->setting.today) || changed;
}

/* Whether a verb changed a family since it was last looked at. */
static bool was_touched(const struct family *f)
{
    return !f->is_new && !date_before(f->head.day, f->head.look);
}

/* Whether the chunk found a missed payment of a family; those of one are together. */
static bool was_missed(const struct chunk *c, int64_t pp)
{
    const struct draft_rows *missed = &c->draft.rows[DRAFT_MISSED];

    if (!missed->n) return false;
    const struct sql_missed_list_row *last = draft_at(&c->draft, DRAFT_MISSED, missed->n - 1);
    return last->pp == pp;
}

bool day_run(const struct setting *s, int64_t pp, bool *changed, struct fail *fail)
{
    struct chunk c;

    if (!chunk_load(&c, s, (struct store_ints){ &pp, 1 }, fail)) return false;
    if (c.families[0].is_aside)
        return REFUSE(fail, "set_aside",
                      "This case is set aside from the day's run; see `upkeep set-aside`.");
    if (!c.families[0].is_new && date_before(s->today, c.families[0].head.day))
        return REFUSE(fail, "day_before_last",
                      "This case was last changed on a later day than the one given; work on that "
                      "day or after it.");
    struct store_ints touched = { &pp, was_touched(&c.families[0]) };
    *changed                  = family_days(&c, &c.families[0]);
    return chunk_write(&c, fail) &&
           pattern_look(s, touched, (struct store_ints){ &pp, was_missed(&c, pp) }, fail) &&
           sample_pick(s, touched, fail);
}

bool day_catch_up(const struct setting *s, int64_t pp, struct fail *fail)
{
    struct chunk c;

    return chunk_load(&c, s, (struct store_ints){ &pp, 1 }, fail) &&
           (!day_missed(&c, &c.families[0]) || chunk_write(&c, fail));
}

/* --- a chunk of families --- */

struct job day_job(const struct setting *s, int64_t now)
{
    return (struct job){ .setting = *s, .name = DAY_JOB, .now = now };
}

/* The families from the checkpoint on, `most` of them at the most, and their day. */
static bool chunk_run(struct day_worker *w, struct job_part *part, size_t most, size_t *n,
                      struct fail *fail)
{
    struct sql_family_due_row *due;
    struct chunk c;
    struct sql_family_due_in in = {
        .today = w->setting.today, .after = part->reached, .last = part->last, .most = (int64_t)most
    };

    if (!sql_family_due(w->setting.store, &in, w->setting.arena, &due, n, fail)) return false;
    part->reached = *n ? due[*n - 1].pp : part->last;
    if (*n == 0) return true;
    int64_t *pps = ARENA_MANY(w->setting.arena, int64_t, *n);
    for (size_t i = 0; i < *n; i++)
        pps[i] = due[i].pp;
    w->sign->chunk = pps[*n - 1];
    w->sign->pp    = *n == 1 ? pps[0] : 0;
    if (!chunk_load(&c, &w->setting, (struct store_ints){ pps, *n }, fail)) return false;
    int64_t *touched_pps      = ARENA_MANY(w->setting.arena, int64_t, c.n);
    int64_t *missed_pps       = ARENA_MANY(w->setting.arena, int64_t, c.n);
    struct store_ints touched = { touched_pps, 0 }, missed = { missed_pps, 0 };
    for (size_t i = 0; i < c.n; i++) {
        w->sign->pp = pps[i];
        if (!family_holds(&c, &c.families[i], fail)) return false;
        if (was_touched(&c.families[i])) touched_pps[touched.n++] = pps[i];
        family_days(&c, &c.families[i]);
        if (was_missed(&c, pps[i])) missed_pps[missed.n++] = pps[i];
    }
    w->sign->pp = *n == 1 ? pps[0] : 0;
    return chunk_write(&c, fail) && pattern_look(&w->setting, touched, missed, fail) &&
           sample_pick(&w->setting, touched, fail);
}

/* The same with its checkpoint, in one transaction; part is moved only if that was committed. */
static bool chunk_commit(struct day_worker *w, struct job_part *part, size_t most,
                         struct fail *fail)
{
    struct store *store  = w->setting.store;
    struct job_part next = *part;
    struct job job       = day_job(&w->setting, w->now());
    size_t n             = 0;

    arena_reset(w->setting.arena);
    w->sign->pp = w->sign->chunk = 0;
    bool fine = store_begin(store, STORE_WRITING, fail) && stop_check(store, fail) &&
                job_hold(&job, part, w->name, job.now + w->lease, fail) &&
                chunk_run(w, &next, most, &n, fail) && job_move(&job, &next, (int64_t)n, 0, fail) &&
                store_commit(store, fail);
    store_rollback(store);
    if (!fine) return false;
    w->sign->pp = w->sign->chunk = 0;
    *part                        = next;
    w->sign->done += (int64_t)n;
    return true;
}

/* The next family is set aside with what is wrong with it. */
static bool chunk_skip(struct day_worker *w, struct job_part *part, const struct fail *why,
                       struct fail *fail)
{
    struct store *store  = w->setting.store;
    struct job job       = day_job(&w->setting, w->now());
    struct job_part next = *part;

    next.reached = w->sign->pp;
    bool fine    = store_begin(store, STORE_WRITING, fail) &&
                job_hold(&job, part, w->name, job.now + w->lease, fail) &&
                aside_put(&w->setting, next.reached, why->text, fail) &&
                job_move(&job, &next, 1, 1, fail) && store_commit(store, fail);
    store_rollback(store);
    if (!fine) return false;
    *part = next;
    w->sign->done++;
    w->sign->aside++;
    return true;
}

/* --- a part --- */

/* Whether it is the families' own fault, and not the machine's. */
static bool is_of_family(const struct fail *f)
{
    return strcmp(f->code, STOPPED) != 0 &&
           (f->kind == FAIL_REFUSED || f->kind == FAIL_INPUT || f->kind == FAIL_INTEGRITY);
}

/* A chunk that fails for a family's sake is gone through family by family.  If it is not known what
 * became of the last one, job_hold finds out: the checkpoint has moved. */
static bool part_work(struct day_worker *w, struct job_part *part, struct fail *fail)
{
    struct fail why;

    for (int tries = 0; part->reached < part->last;) {
        size_t most = part->reached < w->sign->careful ? 1 : w->most;
        if (chunk_commit(w, part, most, &why)) {
            tries = 0;
        } else if (store_is_passing(&why) && ++tries < TRIES) {
            usleep((useconds_t)tries * PAUSE_US + (useconds_t)getpid() % PAUSE_US);
        } else if (is_of_family(&why) && w->sign->pp && most == 1) {
            if (!chunk_skip(w, part, &why, fail)) return false;
            tries = 0;
        } else if (is_of_family(&why) && w->sign->chunk && most > 1) {
            w->sign->careful = w->sign->chunk;
        } else {
            *fail = why;
            return false;
        }
    }
    return true;
}

static bool part_claim(struct day_worker *w, struct job_part *part, bool *found, struct fail *fail)
{
    struct job job = day_job(&w->setting, w->now());

    for (int tries = 1;; tries++) {
        arena_reset(w->setting.arena);
        bool fine = store_begin(w->setting.store, STORE_WRITING, fail) &&
                    job_claim(&job, w->name, job.now + w->lease, part, found, fail) &&
                    store_commit(w->setting.store, fail);
        store_rollback(w->setting.store);
        if (fine || !store_is_passing(fail) || tries == TRIES) return fine;
        usleep((useconds_t)tries * PAUSE_US);
    }
}

bool day_work(struct day_worker *worker, struct fail *fail)
{
    struct arena arena  = { .limit = (size_t)4 << 30 };
    struct day_worker w = *worker;
    struct job_part part;
    bool found = true, fine = true;

    w.setting.arena = &arena;
    while (fine && found) {
        fine = part_claim(&w, &part, &found, fail);
        if (fine && found) fine = part_work(&w, &part, fail) || !strcmp(fail->code, LEASE_LOST);
    }
    arena_free(&arena);
    return fine;
}

/* --- the days --- */

bool day_first(const struct setting *s, date until, date *first, struct fail *fail)
{
    struct sql_job_open_row open;
    struct sql_job_last_good_row good;
    struct sql_family_first_look_row look;
    bool found, is_good;

    if (!sql_job_open(s->store, &(struct sql_job_open_in){ .name = DAY_JOB }, s->arena, &open,
                      &found, fail) ||
        !sql_job_last_good(s->store, &(struct sql_job_last_good_in){ .name = DAY_JOB }, s->arena,
                           &good, &is_good, fail) ||
        !sql_family_first_look(s->store, s->arena, &look, &found, fail))
        return false;
    if (is_good && date_before(until, good.day))
        return REFUSE(fail, "day_gone_by",
                      "The day's run has gone up to a later day already; a day gone by cannot be "
                      "run again.");
    *first = open.has_day   ? open.day
             : is_good      ? date_min(date_add_days(good.day, 1), until)
             : look.has_day ? look.day
                            : until;
    *first = date_min(*first, until);
    return true;
}

bool day_bury(const struct job *job, const char *worker, int64_t pp, const char *reason,
              struct fail *fail)
{
    struct store *store = job->setting.store;
    bool fine           = store_begin(store, STORE_WRITING, fail) &&
                (pp == 0 || aside_put(&job->setting, pp, reason, fail)) &&
                job_free(job, worker, fail) && store_commit(store, fail);

    store_rollback(store);
    return fine;
}

static int64_t no_time(void)
{
    return 0;
}

bool day_run_all(const struct setting *s, day_progress *progress, void *context, struct fail *fail)
{
    struct arena arena   = { 0 };
    struct setting own   = { s->store, &arena, s->today, s->actor };
    struct job job       = day_job(&own, 0);
    struct day_sign sign = { 0 };
    struct day_worker w  = { own, "this", no_time, 1, FAMILIES, &sign };
    bool is_new;

    bool fine = debit_settle(&own, false, fail) && store_begin(s->store, STORE_WRITING, fail) &&
                job_begin(&job, PART, &is_new, fail) && job_free(&job, w.name, fail) &&
                store_commit(s->store, fail) && day_work(&w, fail) &&
                store_begin(s->store, STORE_WRITING, fail) && night_prove(&own, fail) &&
                employer_keep(&own, fail) && published_keep(&own, fail) && job_finish(&job, fail) &&
                store_commit(s->store, fail);
    store_rollback(s->store);
    if (fine && progress) progress(context, (size_t)sign.done, (size_t)sign.done);
    arena_free(&arena);
    return fine;
}
