/* group_refresh.c: what a verb has added to its draft, taken into the group it works on.  New
 * arrays are made: rows that somebody still holds from before stay where they are. */
#include "app/group.h"

#include <stdlib.h>
#include <string.h>

/* --- rows taken out --- */

static bool is_ended(const struct draft *d, enum draft_table table, size_t from, int64_t id)
{
    for (size_t i = from; i < d->rows[table].n; i++) {
        const struct sql_fact_close_in *end = draft_at(d, table, i);
        if (end->id == id) return true;
    }
    return false;
}
_Static_assert(sizeof(struct sql_fact_close_in) == sizeof(struct sql_decision_close_in) &&
                   sizeof(struct sql_fact_close_in) == sizeof(struct sql_instalment_close_in),
               "the three ends have one form");

/* --- one table each --- */

/* How many rows of a table the group has not seen yet. */
static size_t unseen(const struct verb *v, const struct group *g, enum draft_table table)
{
    return v->draft.rows[table].n - g->seen[table];
}

static void refresh_people(const struct verb *v, struct group *g)
{
    size_t n = g->people_count, more = unseen(v, g, DRAFT_PERSON);

    if (!more) return;
    g->people =
        arena_grow(v->arena, g->people, n * sizeof *g->people, (n + more) * sizeof *g->people);
    for (size_t i = g->seen[DRAFT_PERSON]; i < v->draft.rows[DRAFT_PERSON].n; i++) {
        const struct sql_person_insert_in *in = draft_at(&v->draft, DRAFT_PERSON, i);
        g->people[g->people_count++]          = (struct sql_group_people_row){
                     .id       = in->id,
                     .ref      = in->ref,
                     .given    = in->given,
                     .family   = in->family,
                     .born     = in->born,
                     .has_born = in->has_born,
        };
    }
}

static void refresh_arrangements(const struct verb *v, struct group *g)
{
    size_t n = g->arrangement_count, more = unseen(v, g, DRAFT_ARRANGEMENT);

    if (!more) return;
    g->arrangements = arena_grow(v->arena, g->arrangements, n * sizeof *g->arrangements,
                                 (n + more) * sizeof *g->arrangements);
    for (size_t i = g->seen[DRAFT_ARRANGEMENT]; i < v->draft.rows[DRAFT_ARRANGEMENT].n; i++) {
        const struct sql_arrangement_list_row *in = draft_at(&v->draft, DRAFT_ARRANGEMENT, i);
        g->arrangements[g->arrangement_count++]   = *in;
    }
}

static void refresh_facts(const struct verb *v, struct group *g)
{
    struct sql_fact_list_row *rows;
    size_t n = 0, more = unseen(v, g, DRAFT_FACT);

    if (!more && !unseen(v, g, DRAFT_FACT_END)) return;
    rows = ARENA_MANY(v->arena, struct sql_fact_list_row, g->fact_count + more);
    for (size_t i = 0; i < g->fact_count; i++)
        if (!is_ended(&v->draft, DRAFT_FACT_END, g->seen[DRAFT_FACT_END], g->facts[i].id))
            rows[n++] = g->facts[i];
    size_t kept = n;
    for (size_t i = g->seen[DRAFT_FACT]; i < v->draft.rows[DRAFT_FACT].n; i++) {
        const struct sql_fact_list_row *in = draft_at(&v->draft, DRAFT_FACT, i);
        if (!is_ended(&v->draft, DRAFT_FACT_END, g->seen[DRAFT_FACT_END], in->id)) rows[n++] = *in;
    }
    g->facts      = rows;
    g->fact_count = n;
    group_seal(g, rows + kept, n - kept, v->arena);
}

static int decision_order_of(const void *a, const void *b)
{
    const struct sql_decision_list_row *x = a, *y = b;

    if (!date_same(x->effective_from, y->effective_from))
        return date_before(x->effective_from, y->effective_from) ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static void refresh_decisions(const struct verb *v, struct group *g)
{
    struct sql_decision_list_row *rows;
    size_t n = 0, more = unseen(v, g, DRAFT_DECISION);

    if (!more && !unseen(v, g, DRAFT_DECISION_END)) return;
    rows = ARENA_MANY(v->arena, struct sql_decision_list_row, g->decision_count + more);
    for (size_t i = 0; i < g->decision_count; i++)
        if (!is_ended(&v->draft, DRAFT_DECISION_END, g->seen[DRAFT_DECISION_END],
                      g->decisions[i].id))
            rows[n++] = g->decisions[i];
    for (size_t i = g->seen[DRAFT_DECISION]; i < v->draft.rows[DRAFT_DECISION].n; i++) {
        const struct sql_decision_list_row *in = draft_at(&v->draft, DRAFT_DECISION, i);
        if (!is_ended(&v->draft, DRAFT_DECISION_END, g->seen[DRAFT_DECISION_END], in->id))
            rows[n++] = *in;
    }
    qsort(rows, n, sizeof *rows, decision_order_of);
    g->decisions      = rows;
    g->decision_count = n;
}

static int award_order_of(const void *a, const void *b)
{
    const struct sql_award_list_row *x = a, *y = b;

    if (x->decision != y->decision) return x->decision < y->decision ? -1 : 1;
    return x->arrangement < y->arrangement ? -1 : x->arrangement > y->arrangement;
}

static void refresh_awards(const struct verb *v, struct group *g)
{
    size_t n = g->award_count, more = unseen(v, g, DRAFT_AWARD);

    if (!more) return;
    g->awards =
        arena_grow(v->arena, g->awards, n * sizeof *g->awards, (n + more) * sizeof *g->awards);
    for (size_t i = g->seen[DRAFT_AWARD]; i < v->draft.rows[DRAFT_AWARD].n; i++) {
        const struct sql_award_insert_in *in = draft_at(&v->draft, DRAFT_AWARD, i);
        g->awards[g->award_count++] = (struct sql_award_list_row){ .decision    = in->decision,
                                                                   .arrangement = in->arrangement,
                                                                   .weekly      = in->weekly };
    }
    qsort(g->awards, g->award_count, sizeof *g->awards, award_order_of);
}

static void refresh_instalments(const struct verb *v, struct group *g)
{
    struct sql_instalment_list_row *rows;
    size_t n = 0, more = unseen(v, g, DRAFT_INSTALMENT), ended = g->seen[DRAFT_INSTALMENT_END];

    if (!more && !unseen(v, g, DRAFT_INSTALMENT_END)) return;
    rows = ARENA_MANY(v->arena, struct sql_instalment_list_row, g->instalment_count + more);
    for (size_t i = 0; i < g->instalment_count; i++)
        if (!is_ended(&v->draft, DRAFT_INSTALMENT_END, ended, g->instalments[i].id))
            rows[n++] = g->instalments[i];
    for (size_t i = g->seen[DRAFT_INSTALMENT]; i < v->draft.rows[DRAFT_INSTALMENT].n; i++) {
        const struct sql_instalment_insert_in *in = draft_at(&v->draft, DRAFT_INSTALMENT, i);
        if (is_ended(&v->draft, DRAFT_INSTALMENT_END, ended, in->id)) continue;
        rows[n++] = (struct sql_instalment_list_row){
            .id          = in->id,
            .event       = in->event,
            .planned     = in->planned,
            .arrangement = in->arrangement,
            .plan_from   = in->plan_from,
            .due         = in->due,
            .cover_from  = in->cover_from,
            .cover_to    = in->cover_to,
            .amount      = in->amount,
        };
    }
    group_order_instalments(rows, n);
    g->instalments      = rows;
    g->instalment_count = n;
}

static void refresh_entries(const struct verb *v, struct group *g)
{
    size_t n = g->entry_count, more = unseen(v, g, DRAFT_ENTRY);

    if (!more) return;
    g->rows = arena_grow(v->arena, g->rows, n * sizeof *g->rows, (n + more) * sizeof *g->rows);
    g->entries =
        arena_grow(v->arena, g->entries, n * sizeof *g->entries, (n + more) * sizeof *g->entries);
    for (size_t i = g->seen[DRAFT_ENTRY]; i < v->draft.rows[DRAFT_ENTRY].n; i++) {
        const struct sql_entry_list_row *in = draft_at(&v->draft, DRAFT_ENTRY, i);
        g->rows[g->entry_count]             = *in;
        g->entries[g->entry_count++]        = group_entry(in);
    }
}

static void refresh_missed(const struct verb *v, struct group *g)
{
    size_t n = g->missed_count, more = unseen(v, g, DRAFT_MISSED);

    if (!more) return;
    g->missed =
        arena_grow(v->arena, g->missed, n * sizeof *g->missed, (n + more) * sizeof *g->missed);
    for (size_t i = g->seen[DRAFT_MISSED]; i < v->draft.rows[DRAFT_MISSED].n; i++) {
        const struct sql_missed_list_row *in = draft_at(&v->draft, DRAFT_MISSED, i);
        g->missed[g->missed_count++]         = *in;
    }
}

static bool clock_is_gone(const struct verb *v, const struct group *g,
                          const struct sql_clock_live_row *r)
{
    for (size_t i = g->seen[DRAFT_CLOCK_GONE]; i < v->draft.rows[DRAFT_CLOCK_GONE].n; i++) {
        const struct sql_clock_gone_in *in = draft_at(&v->draft, DRAFT_CLOCK_GONE, i);
        if (in->event == r->event && in->subject == r->subject && !strcmp(in->kind, r->kind))
            return true;
    }
    return false;
}

static void clock_take_done(const struct verb *v, const struct group *g,
                            struct sql_clock_live_row *r)
{
    for (size_t i = g->seen[DRAFT_CLOCK_DONE]; i < v->draft.rows[DRAFT_CLOCK_DONE].n; i++) {
        const struct sql_clock_done_in *in = draft_at(&v->draft, DRAFT_CLOCK_DONE, i);
        if (in->event != r->event || in->subject != r->subject || strcmp(in->kind, r->kind) != 0)
            continue;
        r->done_event = in->done_event;
        r->done_on    = in->done_on;
    }
}

static void refresh_clocks(const struct verb *v, struct group *g)
{
    struct sql_clock_live_row *rows;
    size_t n = 0, more = unseen(v, g, DRAFT_CLOCK);

    if (!more && !unseen(v, g, DRAFT_CLOCK_DONE) && !unseen(v, g, DRAFT_CLOCK_GONE)) return;
    rows = ARENA_MANY(v->arena, struct sql_clock_live_row, g->clock_count + more);
    for (size_t i = 0; i < g->clock_count; i++)
        rows[n++] = g->clocks[i];
    for (size_t i = g->seen[DRAFT_CLOCK]; i < v->draft.rows[DRAFT_CLOCK].n; i++)
        rows[n++] = *(const struct sql_clock_live_row *)draft_at(&v->draft, DRAFT_CLOCK, i);
    g->clock_count = 0;
    for (size_t i = 0; i < n; i++) {
        if (clock_is_gone(v, g, &rows[i])) continue;
        clock_take_done(v, g, &rows[i]);
        rows[g->clock_count++] = rows[i];
    }
    g->clocks = rows;
}

void group_refresh(const struct verb *v, struct group *g)
{
    refresh_people(v, g);
    refresh_arrangements(v, g);
    refresh_facts(v, g);
    refresh_decisions(v, g);
    refresh_awards(v, g);
    refresh_instalments(v, g);
    refresh_entries(v, g);
    refresh_missed(v, g);
    refresh_clocks(v, g);
    for (size_t t = 0; t < DRAFT_TABLES; t++)
        g->seen[t] = v->draft.rows[t].n;
}
