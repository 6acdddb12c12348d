/* chunk.c: reading, closing and writing many families. */
#include "app/chunk.h"

#include "app/look.h"
#include "app/payment.h"
#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

/* --- reading --- */

/* Which of them are set aside, and which days are still open. */
static bool load_days(struct chunk *c, struct store_ints pps, struct fail *fail)
{
    struct sql_aside_among_row *aside;
    struct sql_job_last_good_row good;
    size_t n, k = 0;
    bool found;

    if (!sender_pays_at_once(c->setting.store, &c->pays_at_once, fail) ||
        !sql_aside_among(c->setting.store, &(struct sql_aside_among_in){ .pps = pps },
                         c->setting.arena, &aside, &n, fail) ||
        !sql_job_last_good(c->setting.store, &(struct sql_job_last_good_in){ .name = "day" },
                           c->setting.arena, &good, &found, fail))
        return false;
    c->first_day = found ? date_add_days(good.day, 1) : DATE_NEVER;
    for (size_t i = 0; i < c->n; i++) {
        c->families[i].is_aside = k < n && aside[k].pp == c->families[i].head.pp;
        k += c->families[i].is_aside;
    }
    return true;
}

bool chunk_load(struct chunk *c, const struct setting *s, struct store_ints pps, struct fail *fail)
{
    struct sql_family_list_row *heads;
    struct group *groups = ARENA_MANY(s->arena, struct group, pps.n);
    size_t n, k = 0;

    *c         = (struct chunk){ .setting  = *s,
                                 .families = ARENA_MANY(s->arena, struct family, pps.n),
                                 .n        = pps.n };
    size_t own = pps.n && pps.at[0] == SERVICE_PP; /* nothing of the service itself is worked on */
    if (!sql_family_list(s->store, &(struct sql_family_list_in){ .pps = pps }, s->arena, &heads, &n,
                         fail) ||
        !group_load_open(s->store, s->arena, (struct store_ints){ pps.at + own, pps.n - own },
                         groups + own, fail))
        return false;
    for (size_t i = 0; i < pps.n; i++) {
        struct family *f   = &c->families[i];
        bool found         = k < n && heads[k].pp == pps.at[i];
        f->group           = groups[i];
        f->is_new          = !found;
        f->head            = found ? heads[k++]
                                   : (struct sql_family_list_row){ .pp = pps.at[i], .closed_on = DATE_NEVER };
        f->group.closed_on = f->head.closed_on;
    }
    return load_days(c, pps, fail);
}

struct family *chunk_family(const struct chunk *c, int64_t pp)
{
    size_t from = 0, to = c->n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (c->families[middle].head.pp < pp)
            from = middle + 1;
        else
            to = middle;
    }
    return from < c->n && c->families[from].head.pp == pp ? &c->families[from] : NULL;
}

/* --- one verb --- */

void chunk_open(const struct chunk *c, struct family *f, const char *name, const char *key,
                struct verb *v)
{
    BUG_UNLESS(f->head.seq == 0 || !date_before(c->setting.today, f->head.day));
    verb_begin(&c->setting, &f->head, name, key, v);
    f->group.known = v->seq;
    memset(f->group.seen, 0, sizeof f->group.seen);
}

void chunk_close(struct chunk *c, struct family *f, struct verb *v)
{
    struct arena *arena     = c->setting.arena;
    struct fingerprint rows = draft_fingerprint(&v->draft);

    if (c->event_count == c->event_room) {
        c->event_room = c->event_room ? c->event_room * 2 : c->n;
        c->events     = arena_grow(arena, c->events, c->event_count * sizeof *c->events,
                                   c->event_room * sizeof *c->events);
    }
    c->events[c->event_count++] = verb_event(v, &rows);
    draft_join(&c->draft, arena, &v->draft);
    f->head       = v->family;
    f->is_touched = true;
}

/* --- when to look again --- */

void chunk_look(const struct chunk *c, struct family *f)
{
    const struct group *g = &f->group;

    f->is_touched = true;
    f->head.look  = look_next(g, c->setting.today, c->setting.arena);
    if (!look_is_square(g->entries, g->entry_count, c->setting.arena)) return;
    f->head.closed_on         = c->setting.today;
    f->head.entry_closed      = f->head.entry_last;
    f->head.instalment_closed = look_instalments_done(g, c->setting.today);
}

/* --- writing --- */

static bool write_heads(struct chunk *c, struct fail *fail)
{
    struct sql_family_insert_in *new =
        ARENA_MANY(c->setting.arena, struct sql_family_insert_in, c->n);
    struct sql_family_update_in *changed =
        ARENA_MANY(c->setting.arena, struct sql_family_update_in, c->n);
    size_t news = 0, changes = 0;

    for (size_t i = 0; i < c->n; i++) {
        const struct family *f = &c->families[i];
        if (!f->is_touched || f->head.seq == 0) continue;
        if (f->is_new)
            new[news++] = family_new(&f->head);
        else
            changed[changes++] = family_changed(&f->head);
    }
    return sql_family_insert_bulk(c->setting.store, new, news, fail) &&
           sql_family_update_bulk(c->setting.store, changed, changes, fail);
}

bool chunk_write(struct chunk *c, struct fail *fail)
{
    return sql_event_insert_bulk(c->setting.store, c->events, c->event_count, fail) &&
           write_heads(c, fail) && draft_write(&c->draft, c->setting.store, fail);
}
