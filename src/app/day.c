/* day.c: the day's run. */
#include "app/day.h"

#include "app/chunk.h"
#include "app/payment.h"

enum { FAMILIES = 1000 };

/* One family's day: what happened is its event; nothing happened, no event. */
static bool family_day(struct chunk *c, struct family *f, bool pay_out)
{
    struct verb v;
    struct account_work work = { .pay_out = pay_out };

    chunk_open(c, f, "day", NULL, &v);
    account_bring_up(&v, &f->group, &work);
    if (work.changed) chunk_close(c, f, &v);
    chunk_look(c, f);
    return work.changed;
}

bool day_run(const struct setting *s, int64_t pp, bool *changed, struct fail *fail)
{
    struct chunk c;
    bool at_once;

    if (!sender_pays_at_once(s->store, &at_once, fail) ||
        !chunk_load(&c, s, (struct store_ints){ &pp, 1 }, fail))
        return false;
    if (!c.families[0].is_new && date_before(s->today, c.families[0].head.day))
        return REFUSE(fail, "day_before_last",
                      "This case was last changed on a later day than the one given; work on that "
                      "day or after it.");
    *changed = family_day(&c, &c.families[0], at_once);
    return chunk_write(&c, fail);
}

static bool day_chunk(const struct setting *s, int64_t *after, size_t *n, struct fail *fail)
{
    struct sql_family_due_row *due;
    struct chunk c;
    struct sql_family_due_in in = { .today = s->today, .after = *after, .most = FAMILIES };
    bool at_once;

    if (!sql_family_due(s->store, &in, s->arena, &due, n, fail) || *n == 0) return *n == 0;
    int64_t *pps = ARENA_MANY(s->arena, int64_t, *n);
    for (size_t i = 0; i < *n; i++)
        pps[i] = due[i].pp;
    if (!sender_pays_at_once(s->store, &at_once, fail) ||
        !chunk_load(&c, s, (struct store_ints){ pps, *n }, fail))
        return false;
    for (size_t i = 0; i < c.n; i++)
        family_day(&c, &c.families[i], at_once);
    *after = pps[*n - 1];
    return chunk_write(&c, fail);
}

bool day_run_all(const struct setting *s, day_progress *progress, void *context, struct fail *fail)
{
    struct arena arena                  = { .limit = (size_t)4 << 30 };
    struct setting one                  = *s;
    struct sql_family_due_count_row all = { 0 };
    int64_t after                       = 0;
    size_t n = 1, done = 0;
    bool found, fine;

    one.arena = &arena;
    fine = sql_family_due_count(s->store, &(struct sql_family_due_count_in){ .today = s->today },
                                &arena, &all, &found, fail);
    while (fine && n) {
        arena_reset(&arena);
        fine = store_begin(s->store, STORE_WRITING, fail) && day_chunk(&one, &after, &n, fail) &&
               store_commit(s->store, fail);
        store_rollback(s->store);
        done += n;
        if (progress) progress(context, done, (size_t)all.number);
    }
    arena_free(&arena);
    return fine;
}
