/* chunk.c: reading, closing and writing many families. */
#include "app/chunk.h"

#include "app/account.h"
#include "app/clock.h"
#include "app/look.h"
#include "app/payment.h"
#include "base/bug.h"
#include "ledger/carry.h"

#include <stdlib.h>
#include <string.h>

enum { WORTH_CLOSING = 24 }; /* ledger rows since the books were closed */

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
                         groups + own, fail) ||
        (own && !group_load_clocks(s->store, s->arena, groups, fail)))
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
    struct arena *arena = c->setting.arena;
    struct fingerprint rows;

    clock_follow(v, &f->group, &v->draft);
    rows = draft_fingerprint(&v->draft);

    if (c->event_count == c->event_room) {
        c->event_room = c->event_room ? c->event_room * 2 : c->n;
        c->events     = arena_grow(arena, c->events, c->event_count * sizeof *c->events,
                                   c->event_room * sizeof *c->events);
    }
    c->events[c->event_count++] = verb_event(v, &rows);
    draft_join(&c->draft, arena, &v->draft);
    f->head       = v->family;
    f->head.holds = true;
    f->is_touched = true;
}

/* --- when to look again --- */

/* What is kept for payments to come (B-240) is measured by instalments long gone; what waits to be
 * paid out, by the receipts it came with (B-235). */
static bool books_can_close(const struct balances *b)
{
    return b->group.account[ACCOUNT_PP_AHEAD].p == 0 && !account_holds_payable(b);
}

static void books_close(const struct chunk *c, struct family *f)
{
    const struct group *g = &f->group;

    f->is_closed = true;
    f->carried   = (struct entry_list){ .arena = c->setting.arena };
    carry_forward(g->entries, g->entry_count, c->setting.today, &f->carried);
    f->head.closed_on         = c->setting.today;
    f->head.entry_closed      = f->head.entry_last;
    f->head.instalment_closed = look_instalments_done(g, c->setting.today);
}

void chunk_close_books(const struct chunk *c, struct family *f)
{
    struct group *g           = &f->group;
    struct arena *arena       = c->setting.arena;
    struct entry_list carried = { .arena = arena };
    struct balances b = balance_fold(g->entries, g->entry_count, DATE_OPEN, DATE_OPEN, arena);

    if (!books_can_close(&b)) return;
    carry_forward(g->entries, g->entry_count, c->setting.today, &carried);
    g->rows        = ARENA_MANY(arena, struct sql_entry_list_row, carried.n);
    g->entries     = carried.at;
    g->entry_count = g->carried_count = carried.n;
    g->closed_on                      = c->setting.today;
}

void chunk_look(const struct chunk *c, struct family *f)
{
    const struct group *g = &f->group;
    struct balances b =
        balance_fold(g->entries, g->entry_count, DATE_OPEN, DATE_OPEN, c->setting.arena);
    int64_t more = f->head.entry_last - f->head.entry_closed;

    f->is_touched = true;
    f->head.look  = look_next(g, c->setting.today, c->setting.arena);
    f->head.holds = account_holds_payable(&b);
    if (more > 0 && books_can_close(&b) && (more >= WORTH_CLOSING || carry_is_square(&b)))
        books_close(c, f);
}

/* --- writing --- */

static struct sql_carried_insert_in carried_row(int64_t pp, int64_t id, const struct entry *e)
{
    return (struct sql_carried_insert_in){
        .pp          = pp,
        .id          = id,
        .known       = e->about.known,
        .day         = e->about.day,
        .debit       = e->debit,
        .credit      = e->credit,
        .arrangement = e->about.arrangement,
        .amount      = e->amount,
        .reason      = e->reason,
        .instalment  = e->about.instalment,
        .receipt     = e->about.receipt,
    };
}

/* What was carried forward, in the place of what was before; the heads count it. */
static bool write_carried(struct chunk *c, struct fail *fail)
{
    struct arena *arena = c->setting.arena;
    int64_t *old        = ARENA_MANY(arena, int64_t, c->n);
    size_t n = 0, olds = 0, all = 0;

    for (size_t i = 0; i < c->n; i++)
        n += c->families[i].carried.n;
    struct sql_carried_insert_in *rows = ARENA_MANY(arena, struct sql_carried_insert_in, n);
    for (size_t i = 0; i < c->n; i++) {
        struct family *f = &c->families[i];
        if (!f->is_closed) continue;
        if (f->head.carried) old[olds++] = f->head.pp;
        f->head.carried = (int64_t)f->carried.n;
        for (size_t k = 0; k < f->carried.n; k++)
            rows[all++] = carried_row(f->head.pp, (int64_t)k + 1, &f->carried.at[k]);
    }
    return (olds == 0 ||
            sql_carried_delete(c->setting.store,
                               &(struct sql_carried_delete_in){ .pps = { old, olds } }, fail)) &&
           sql_carried_insert_bulk(c->setting.store, rows, n, fail);
}

static bool write_heads(struct chunk *c, struct fail *fail)
{
    struct arena *arena                 = c->setting.arena;
    struct sql_family_list_row *new     = ARENA_MANY(arena, struct sql_family_list_row, c->n);
    struct sql_family_list_row *changed = ARENA_MANY(arena, struct sql_family_list_row, c->n);
    size_t news = 0, changes = 0;

    for (size_t i = 0; i < c->n; i++) {
        const struct family *f = &c->families[i];
        if (!f->is_touched || f->head.seq == 0) continue;
        if (f->is_new)
            new[news++] = f->head;
        else
            changed[changes++] = f->head;
    }
    return sql_family_insert_bulk(c->setting.store, new, news, fail) &&
           sql_family_update_bulk(c->setting.store, changed, changes, fail);
}

bool chunk_write(struct chunk *c, struct fail *fail)
{
    return sql_event_insert_bulk(c->setting.store, c->events, c->event_count, fail) &&
           write_carried(c, fail) && write_heads(c, fail) &&
           draft_write(&c->draft, c->setting.store, fail);
}
