/* draft.c: rows in memory. */
#include "app/draft.h"

#include "base/bug.h"

#include <string.h>

enum { FIRST_ROOM = 8 };

#define WRITER(name, statement)                                                                    \
    static bool name(struct store *store, const void *rows, size_t n, struct fail *fail)           \
    {                                                                                              \
        const struct statement##_in *row = rows;                                                   \
        for (size_t i = 0; i < n; i++)                                                             \
            if (!statement(store, &row[i], fail)) return false;                                    \
        return true;                                                                               \
    }
WRITER(write_person, sql_person_insert)
WRITER(write_arrangement, sql_arrangement_insert)
WRITER(write_fact, sql_fact_insert)
WRITER(write_fact_end, sql_fact_close)
WRITER(write_decision, sql_decision_insert)
WRITER(write_decision_end, sql_decision_close)
WRITER(write_award, sql_award_insert)
WRITER(write_instalment, sql_instalment_insert)
WRITER(write_instalment_end, sql_instalment_close)
WRITER(write_entry, sql_entry_insert)
WRITER(write_receipt, sql_receipt_insert)
WRITER(write_receipt_match, sql_receipt_match_insert)
WRITER(write_missed, sql_missed_insert)
#undef WRITER

struct table {
    size_t size;
    bool (*write)(struct store *store, const void *rows, size_t n, struct fail *fail);
};

static const struct table tables[] = {
    [DRAFT_PERSON]         = { sizeof(struct sql_person_insert_in), write_person },
    [DRAFT_ARRANGEMENT]    = { sizeof(struct sql_arrangement_insert_in), write_arrangement },
    [DRAFT_FACT]           = { sizeof(struct sql_fact_insert_in), write_fact },
    [DRAFT_FACT_END]       = { sizeof(struct sql_fact_close_in), write_fact_end },
    [DRAFT_DECISION]       = { sizeof(struct sql_decision_insert_in), write_decision },
    [DRAFT_DECISION_END]   = { sizeof(struct sql_decision_close_in), write_decision_end },
    [DRAFT_AWARD]          = { sizeof(struct sql_award_insert_in), write_award },
    [DRAFT_INSTALMENT]     = { sizeof(struct sql_instalment_insert_in), write_instalment },
    [DRAFT_INSTALMENT_END] = { sizeof(struct sql_instalment_close_in), write_instalment_end },
    [DRAFT_ENTRY]          = { sizeof(struct sql_entry_insert_in), write_entry },
    [DRAFT_RECEIPT]        = { sizeof(struct sql_receipt_insert_in), write_receipt },
    [DRAFT_RECEIPT_MATCH]  = { sizeof(struct sql_receipt_match_insert_in), write_receipt_match },
    [DRAFT_MISSED]         = { sizeof(struct sql_missed_insert_in), write_missed },
};
_Static_assert(sizeof tables / sizeof *tables == DRAFT_TABLES, "a table without a writer");

void draft_add(struct draft *d, struct arena *arena, enum draft_table table, const void *row)
{
    struct draft_rows *r = &d->rows[table];
    size_t size          = tables[table].size;

    if (r->n == r->room) {
        r->room = r->room ? r->room * 2 : FIRST_ROOM;
        r->at   = arena_grow(arena, r->at, r->n * size, r->room * size);
    }
    memcpy((char *)r->at + r->n++ * size, row, size);
}

const void *draft_at(const struct draft *d, enum draft_table table, size_t i)
{
    BUG_UNLESS(i < d->rows[table].n);
    return (const char *)d->rows[table].at + i * tables[table].size;
}

bool draft_write(const struct draft *d, struct store *store, struct fail *fail)
{
    for (size_t t = 0; t < DRAFT_TABLES; t++)
        if (d->rows[t].n && !tables[t].write(store, d->rows[t].at, d->rows[t].n, fail))
            return false;
    return true;
}
