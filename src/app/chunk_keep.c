/* chunk_keep.c: rows copied from a short-lived chunk to a longer-lived one. */
#include "app/chunk_keep.h"

enum { ROOM = 1 << 20, WORTH_CLOSING = 64 /* rows since the books were closed in memory */ };

/* --- rows --- */

#define KEEP(name, statement)                                                                      \
    static void keep_##name(void *row, struct arena *arena)                                        \
    {                                                                                              \
        statement##_keep(row, arena);                                                              \
    }
KEEP(person, sql_person_insert)
KEEP(arrangement, sql_arrangement_insert)
KEEP(fact, sql_fact_insert)
KEEP(fact_end, sql_fact_close)
KEEP(decision, sql_decision_insert)
KEEP(decision_end, sql_decision_close)
KEEP(award, sql_award_insert)
KEEP(instalment, sql_instalment_insert)
KEEP(instalment_end, sql_instalment_close)
KEEP(entry, sql_entry_insert)
KEEP(receipt, sql_receipt_insert)
KEEP(receipt_match, sql_receipt_match_insert)
KEEP(missed, sql_missed_insert)
KEEP(payment, sql_payment_insert)
KEEP(payment_back, sql_payment_back_insert)
KEEP(instruction, sql_instruction_insert)
KEEP(debit_notice, sql_debit_notice_insert)
KEEP(ruling, sql_ruling_insert)
KEEP(welfare, sql_welfare_insert)
KEEP(announced, sql_announced_insert)
KEEP(announced_paid, sql_announced_paid_insert)
KEEP(step, sql_step_insert)
KEEP(direct_payment, sql_direct_payment_insert)
KEEP(clock, sql_clock_insert)
KEEP(clock_done, sql_clock_done)
KEEP(clock_gone, sql_clock_gone)
KEEP(pattern, sql_pattern_insert)
KEEP(reference, sql_person_reference)
KEEP(name_word, sql_name_word_insert)
#undef KEEP

typedef void keep_row(void *row, struct arena *arena);
static keep_row *const keep[] = {
    [DRAFT_PERSON]         = keep_person,
    [DRAFT_ARRANGEMENT]    = keep_arrangement,
    [DRAFT_FACT]           = keep_fact,
    [DRAFT_FACT_END]       = keep_fact_end,
    [DRAFT_DECISION]       = keep_decision,
    [DRAFT_DECISION_END]   = keep_decision_end,
    [DRAFT_AWARD]          = keep_award,
    [DRAFT_INSTALMENT]     = keep_instalment,
    [DRAFT_INSTALMENT_END] = keep_instalment_end,
    [DRAFT_ENTRY]          = keep_entry,
    [DRAFT_RECEIPT]        = keep_receipt,
    [DRAFT_RECEIPT_MATCH]  = keep_receipt_match,
    [DRAFT_MISSED]         = keep_missed,
    [DRAFT_PAYMENT]        = keep_payment,
    [DRAFT_PAYMENT_BACK]   = keep_payment_back,
    [DRAFT_INSTRUCTION]    = keep_instruction,
    [DRAFT_DEBIT_NOTICE]   = keep_debit_notice,
    [DRAFT_RULING]         = keep_ruling,
    [DRAFT_WELFARE]        = keep_welfare,
    [DRAFT_ANNOUNCED]      = keep_announced,
    [DRAFT_ANNOUNCED_PAID] = keep_announced_paid,
    [DRAFT_STEP]           = keep_step,
    [DRAFT_DIRECT_PAYMENT] = keep_direct_payment,
    [DRAFT_CLOCK]          = keep_clock,
    [DRAFT_CLOCK_DONE]     = keep_clock_done,
    [DRAFT_CLOCK_GONE]     = keep_clock_gone,
    [DRAFT_PATTERN]        = keep_pattern,
    [DRAFT_REFERENCE]      = keep_reference,
    [DRAFT_NAME_WORD]      = keep_name_word,
};
_Static_assert(sizeof keep / sizeof *keep == DRAFT_TABLES, "a table that is not kept");

static void keep_rows(struct keeping *k)
{
    struct arena *arena = k->kept->setting.arena;
    struct draft *to = &k->kept->draft, *from = &k->work.draft;
    size_t first[DRAFT_TABLES];

    for (enum draft_table t = 0; t < DRAFT_TABLES; t++)
        first[t] = to->rows[t].n;
    draft_join(to, arena, from);
    for (enum draft_table t = 0; t < DRAFT_TABLES; t++)
        for (size_t i = first[t]; i < to->rows[t].n; i++)
            keep[t]((void *)draft_at(to, t, i), arena);
    *from = (struct draft){ 0 };
}

/* --- events --- */

static void keep_events(struct keeping *k)
{
    struct chunk *to = k->kept, *from = &k->work;
    struct arena *arena = to->setting.arena;
    size_t n            = to->event_count + from->event_count;

    if (n > to->event_room) {
        to->events     = arena_grow(arena, to->events, to->event_count * sizeof *to->events,
                                    n * 2 * sizeof *to->events);
        to->event_room = n * 2;
    }
    for (size_t i = 0; i < from->event_count; i++) {
        struct sql_event_insert_in *e = &to->events[to->event_count++];
        *e                            = from->events[i];
        sql_event_insert_keep(e, arena);
    }
    from->events      = NULL;
    from->event_count = 0;
    from->event_room  = 0;
    if (from->families->head.hash.n)
        from->families->head.hash = to->events[to->event_count - 1].hash;
}

/* --- the family --- */

struct keeping keeping_begin(struct chunk *kept, struct family *family, struct arena *arena)
{
    struct keeping k = { .kept = kept, .work = *kept, .most = ROOM };

    k.work.setting.arena = arena;
    k.work.families      = family;
    k.work.n             = 1;
    k.work.draft         = (struct draft){ 0 };
    k.work.events        = NULL;
    k.work.event_count   = 0;
    k.work.event_room    = 0;
    for (enum draft_table t = 0; t < DRAFT_TABLES; t++)
        k.begun[t] = kept->draft.rows[t].n;
    return k;
}

/* The group anew, of all that was written. */
static void group_again(struct keeping *k)
{
    struct group *g  = &k->work.families->group;
    struct verb past = { .arena = k->work.setting.arena };

    for (enum draft_table t = 0; t < DRAFT_TABLES; t++) {
        struct draft_rows *all = &k->kept->draft.rows[t], *own = &past.draft.rows[t];
        own->n = own->room = all->n - k->begun[t];
        if (own->n) own->at = (void *)draft_at(&k->kept->draft, t, k->begun[t]);
    }
    *g = (struct group){ .pp = g->pp, .known = g->known, .closed_on = DATE_NEVER };
    group_refresh(&past, g);
}

/* The arena emptied, the group made anew. */
static void begin_again(struct keeping *k)
{
    struct arena *arena = k->work.setting.arena;

    keep_rows(k);
    keep_events(k);
    arena_reset(arena);
    group_again(k);
    k->most = 2 * arena->used + ROOM;
}

void keeping_tidy(struct keeping *k)
{
    if (k->work.setting.arena->used > k->most) begin_again(k);
}

void keeping_close_books(struct keeping *k)
{
    struct group *g = &k->work.families->group;

    if (g->entry_count >= g->carried_count + WORTH_CLOSING)
        chunk_close_books(&k->work, k->work.families);
}

void keeping_open_books(struct keeping *k)
{
    if (!date_same(k->work.families->group.closed_on, DATE_NEVER)) begin_again(k);
}

static void keep_carried(struct family *f, struct arena *arena)
{
    struct entry_list *l = &f->carried;

    *l = (struct entry_list){ .arena = arena,
                              .at    = arena_grow(arena, l->at, l->n * sizeof *l->at,
                                                  l->n * sizeof *l->at),
                              .n     = l->n,
                              .room  = l->n };
}

void keeping_end(struct keeping *k)
{
    keep_rows(k);
    keep_events(k);
    keep_carried(k->work.families, k->kept->setting.arena);
    k->work.families->group = (struct group){ .pp = k->work.families->head.pp };
    arena_reset(k->work.setting.arena);
}
