/* day.c: the day's run. */
#include "app/day.h"

bool day_run(const struct setting *s, int64_t pp, bool *changed, struct fail *fail)
{
    struct verb v;
    struct group g;
    bool done;
    struct account_work work = { .pay_out = true };

    *changed = false;
    if (!verb_open(s, pp, "day", NULL, &v, &done, fail) ||
        !group_load(v.store, v.arena, v.pp, v.seq, &g, fail))
        return false;
    account_bring_up(&v, &g, &work);
    *changed = work.changed;
    return !work.changed || verb_close(&v, fail);
}

static bool day_one(const struct setting *s, int64_t pp, struct fail *fail)
{
    bool changed;

    if (!store_begin(s->store, STORE_WRITING, fail)) return false;
    if (!day_run(s, pp, &changed, fail)) {
        store_rollback(s->store);
        return false;
    }
    if (!changed) {
        store_rollback(s->store);
        return true;
    }
    return store_commit(s->store, fail);
}

bool day_run_all(const struct setting *s, day_progress *progress, void *context, struct fail *fail)
{
    struct sql_group_list_row *groups;
    size_t n;
    struct arena family = { 0 };
    bool fine           = true;

    if (!sql_group_list(s->store, s->arena, &groups, &n, fail)) return false;
    for (size_t i = 0; i < n && fine; i++) {
        struct setting one = *s;
        one.arena          = &family;
        arena_reset(&family);
        fine = groups[i].pp == SERVICE_PP || day_one(&one, groups[i].pp, fail);
        if (progress) progress(context, i + 1, n);
    }
    arena_free(&family);
    return fine;
}
