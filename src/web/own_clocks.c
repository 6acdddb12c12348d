/* own_clocks.c: what waits, in the words a parent may read (law/clock), and who has their case. */
#include "web/own_clocks.h"

#include "app/clock.h"

#include <string.h>

/* The arrangement a clock is about; 0: none, it is the paying parent's. */
static int64_t arrangement_of(const struct group *g, const struct sql_clock_live_row *w)
{
    switch (clock_kind_find(w->kind)) {
    case CLOCK_APPLICATION: return w->subject;
    case CLOCK_MISSED_CONTACT:
    case CLOCK_MISSED_LETTER:
    case CLOCK_MISSED_OFFER:
    case CLOCK_MISSED_POWER:
        for (size_t i = 0; i < g->instalment_count; i++)
            if (g->instalments[i].id == w->subject) return g->instalments[i].arrangement;
        return 0;
    case CLOCK_DISPUTE:
    case CLOCK_HOLD:
    case CLOCK_DIRECT_REPORT:
        for (size_t i = 0; i < g->fact_count; i++)
            if (g->facts[i].id == w->subject) return g->facts[i].subject;
        return 0;
    default: return 0;
    }
}

/* The words for the reader; NULL: they are told nothing of it. */
static const char *words_of(const struct request *r, const struct own_view *v,
                            const struct sql_clock_live_row *w)
{
    enum clock_kind kind = clock_kind_find(w->kind);

    if (kind == CLOCK_KINDS || !clock_is_open(w)) return NULL;
    int64_t arrangement = arrangement_of(&v->c.g, w);
    /* A paying parent has one list for each arrangement; what is of none stands in the first. */
    if (arrangement ? arrangement != v->about
                    : !v->side.reader && v->about != v->c.g.arrangements[0].id)
        return NULL;
    const struct clock_kind_entry *e = &clock_kind_table[kind];
    const struct clock_words *words  = v->side.reader ? &e->receiving : &e->paying;
    return r->frame.welsh ? words->welsh : words->english;
}

static bool is_said(const struct view_own_wait *rows, int32_t n, const char *words)
{
    for (int32_t i = 0; i < n; i++)
        if (!strcmp(rows[i].words, words)) return true;
    return false;
}

void own_clocks(struct request *r, const struct own_view *v, struct view_own_card *c)
{
    const struct group *g      = &v->c.g;
    struct view_own_wait *rows = ARENA_MANY(r->arena, struct view_own_wait, g->clock_count + 1);

    for (size_t i = 0; i < g->clock_count; i++) {
        const char *words = words_of(r, v, &g->clocks[i]);
        if (!words || is_said(rows, c->waits_for_count, words)) continue;
        rows[c->waits_for_count++] = (struct view_own_wait){
            .words = words,
            .due   = g->clocks[i].due,
            .late  = date_before(g->clocks[i].due, r->today),
        };
    }
    c->waits_for = rows;
    if (!g->owner_count || !*g->owner->owner) return;
    c->owner  = g->owner->owner;
    c->deputy = g->owner->deputy;
    c->since  = g->owner->day;
}
