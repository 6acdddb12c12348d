/* draft.c: rows in memory. */
#include "app/draft.h"

#include "app/book.h"
#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 8 };

#define TABLE(name, statement, hash)                                                               \
    static bool write_##name(struct store *store, const void *rows, size_t n, struct fail *fail)   \
    {                                                                                              \
        return statement##_bulk(store, rows, n, fail);                                             \
    }                                                                                              \
    static void absorb_##name(const void *row, struct digest *d)                                   \
    {                                                                                              \
        hash##_of(row, d);                                                                         \
    }
TABLE(person, sql_person_insert, sql_digest_person)
TABLE(arrangement, sql_arrangement_insert, sql_digest_arrangement)
TABLE(fact, sql_fact_insert, sql_digest_fact)
TABLE(fact_end, sql_fact_close, sql_digest_fact_end)
TABLE(decision, sql_decision_insert, sql_digest_decision)
TABLE(decision_end, sql_decision_close, sql_digest_decision_end)
TABLE(award, sql_award_insert, sql_digest_award)
TABLE(instalment, sql_instalment_insert, sql_digest_instalment)
TABLE(instalment_end, sql_instalment_close, sql_digest_instalment_end)
TABLE(entry, sql_entry_insert, sql_digest_entry)
TABLE(receipt, sql_receipt_insert, sql_digest_receipt)
TABLE(receipt_match, sql_receipt_match_insert, sql_digest_receipt_match)
TABLE(missed, sql_missed_insert, sql_digest_missed)
TABLE(letter, sql_letter_insert, sql_digest_letter)
TABLE(payment, sql_payment_insert, sql_digest_payment)
TABLE(payment_back, sql_payment_back_insert, sql_digest_payment_back)
TABLE(instruction, sql_instruction_insert, sql_digest_instruction)
TABLE(debit_again, sql_debit_again_insert, sql_digest_debit_again)
TABLE(debit_notice, sql_debit_notice_insert, sql_digest_debit_notice)
TABLE(ruling, sql_ruling_insert, sql_digest_ruling)
TABLE(welfare, sql_welfare_insert, sql_digest_welfare)
TABLE(announced, sql_announced_insert, sql_digest_announced)
TABLE(announced_paid, sql_announced_paid_insert, sql_digest_announced_paid)
TABLE(step, sql_step_insert, sql_digest_step)
TABLE(direct_payment, sql_direct_payment_insert, sql_digest_direct_payment)
TABLE(clock, sql_clock_insert, sql_digest_clock)
TABLE(clock_done, sql_clock_done, sql_digest_clock_done)
TABLE(clock_gone, sql_clock_gone, sql_digest_clock_gone)
TABLE(pattern, sql_pattern_insert, sql_digest_pattern)
#undef TABLE

static bool write_reference(struct store *store, const void *rows, size_t n, struct fail *fail)
{
    return sql_person_reference_bulk(store, rows, n, fail);
}

static bool write_name_word(struct store *store, const void *rows, size_t n, struct fail *fail)
{
    return sql_name_word_insert_bulk(store, rows, n, fail);
}

/* The orders of sql/digest.sql, where rows may come in another one. */
#define BY(name, type, key)                                                                        \
    static int name(const void *a, const void *b)                                                  \
    {                                                                                              \
        const struct type *x = a, *y = b;                                                          \
        return x->key < y->key ? -1 : x->key > y->key;                                             \
    }
BY(by_person, sql_person_insert_in, id)
BY(by_arrangement, sql_arrangement_list_row, id)
BY(by_end, sql_fact_close_in, id)
BY(by_receipt, sql_receipt_match_insert_in, receipt)
BY(by_instalment, sql_missed_list_row, instalment)
#undef BY

static int by_announced(const void *a, const void *b)
{
    const struct sql_announced_paid_insert_in *x = a, *y = b;

    if (x->announced != y->announced) return x->announced < y->announced ? -1 : 1;
    return x->receipt < y->receipt ? -1 : x->receipt > y->receipt;
}

static int by_award(const void *a, const void *b)
{
    const struct sql_award_insert_in *x = a, *y = b;

    if (x->decision != y->decision) return x->decision < y->decision ? -1 : 1;
    return x->arrangement < y->arrangement ? -1 : x->arrangement > y->arrangement;
}

static int by_payment(const void *a, const void *b)
{
    const struct sql_payment_insert_in *x = a, *y = b;

    if (x->batch != y->batch) return x->batch < y->batch ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return x->arrangement < y->arrangement ? -1 : x->arrangement > y->arrangement;
}

/* Of clocks, by kind and subject; of their ends by event before. */
static int by_clock(const void *a, const void *b)
{
    const struct sql_clock_live_row *x = a, *y = b;
    int kind = strcmp(x->kind, y->kind);

    if (kind) return kind;
    return x->subject < y->subject ? -1 : x->subject > y->subject;
}

static int by_clock_done(const void *a, const void *b)
{
    const struct sql_clock_done_in *x = a, *y = b;
    int kind = strcmp(x->kind, y->kind);

    if (x->event != y->event) return x->event < y->event ? -1 : 1;
    if (kind) return kind;
    return x->subject < y->subject ? -1 : x->subject > y->subject;
}

static int by_clock_gone(const void *a, const void *b)
{
    const struct sql_clock_gone_in *x = a, *y = b;
    int kind = strcmp(x->kind, y->kind);

    if (x->event != y->event) return x->event < y->event ? -1 : 1;
    if (kind) return kind;
    return x->subject < y->subject ? -1 : x->subject > y->subject;
}

struct table {
    size_t size;
    bool (*write)(struct store *store, const void *rows, size_t n, struct fail *fail);
    void (*absorb)(const void *row, struct digest *d); /* NULL: not part of the digest */
    int (*order)(const void *a, const void *b);        /* NULL: rows come in it */
};

/* In the order of event_rows_fingerprint. */
static const struct table tables[] = {
    [DRAFT_PERSON]       = { sizeof(struct sql_person_insert_in), write_person, absorb_person,
                             by_person },
    [DRAFT_ARRANGEMENT]  = { sizeof(struct sql_arrangement_list_row), write_arrangement,
                             absorb_arrangement, by_arrangement },
    [DRAFT_FACT]         = { sizeof(struct sql_fact_list_row), write_fact, absorb_fact, NULL },
    [DRAFT_FACT_END]     = { sizeof(struct sql_fact_close_in), write_fact_end, absorb_fact_end,
                             by_end },
    [DRAFT_DECISION]     = { sizeof(struct sql_decision_list_row), write_decision, absorb_decision,
                             NULL },
    [DRAFT_DECISION_END] = { sizeof(struct sql_decision_close_in), write_decision_end,
                             absorb_decision_end, by_end },
    [DRAFT_AWARD] = { sizeof(struct sql_award_insert_in), write_award, absorb_award, by_award },
    [DRAFT_INSTALMENT]     = { sizeof(struct sql_instalment_insert_in), write_instalment,
                               absorb_instalment, NULL },
    [DRAFT_INSTALMENT_END] = { sizeof(struct sql_instalment_close_in), write_instalment_end,
                               absorb_instalment_end, by_end },
    [DRAFT_ENTRY]          = { sizeof(struct sql_entry_list_row), write_entry, absorb_entry, NULL },
    [DRAFT_RECEIPT] = { sizeof(struct sql_receipt_insert_in), write_receipt, absorb_receipt, NULL },
    [DRAFT_RECEIPT_MATCH] = { sizeof(struct sql_receipt_match_insert_in), write_receipt_match,
                              absorb_receipt_match, by_receipt },
    [DRAFT_MISSED]        = { sizeof(struct sql_missed_list_row), write_missed, absorb_missed,
                              by_instalment },
    [DRAFT_LETTER]  = { sizeof(struct sql_letter_insert_in), write_letter, absorb_letter, NULL },
    [DRAFT_PAYMENT] = { sizeof(struct sql_payment_insert_in), write_payment, absorb_payment,
                        by_payment },
    [DRAFT_PAYMENT_BACK] = { sizeof(struct sql_payment_back_insert_in), write_payment_back,
                             absorb_payment_back, NULL },
    [DRAFT_INSTRUCTION]  = { sizeof(struct sql_instruction_insert_in), write_instruction,
                             absorb_instruction, NULL },
    [DRAFT_DEBIT_AGAIN]  = { sizeof(struct sql_debit_again_insert_in), write_debit_again,
                             absorb_debit_again, NULL },
    [DRAFT_DEBIT_NOTICE] = { sizeof(struct sql_debit_notice_insert_in), write_debit_notice,
                             absorb_debit_notice, NULL },
    [DRAFT_RULING]  = { sizeof(struct sql_ruling_insert_in), write_ruling, absorb_ruling, NULL },
    [DRAFT_WELFARE] = { sizeof(struct sql_welfare_insert_in), write_welfare, absorb_welfare, NULL },
    [DRAFT_ANNOUNCED] = { sizeof(struct sql_announced_insert_in), write_announced, absorb_announced,
                          NULL },
    [DRAFT_ANNOUNCED_PAID] = { sizeof(struct sql_announced_paid_insert_in), write_announced_paid,
                               absorb_announced_paid, by_announced },
    [DRAFT_STEP]           = { sizeof(struct sql_step_insert_in), write_step, absorb_step, NULL },
    [DRAFT_DIRECT_PAYMENT] = { sizeof(struct sql_direct_payment_insert_in), write_direct_payment,
                               absorb_direct_payment, NULL },
    [DRAFT_CLOCK]      = { sizeof(struct sql_clock_live_row), write_clock, absorb_clock, by_clock },
    [DRAFT_CLOCK_DONE] = { sizeof(struct sql_clock_done_in), write_clock_done, absorb_clock_done,
                           by_clock_done },
    [DRAFT_CLOCK_GONE] = { sizeof(struct sql_clock_gone_in), write_clock_gone, absorb_clock_gone,
                           by_clock_gone },
    [DRAFT_PATTERN] = { sizeof(struct sql_pattern_insert_in), write_pattern, absorb_pattern, NULL },
    [DRAFT_REFERENCE] = { sizeof(struct sql_person_reference_in), write_reference, NULL, NULL },
    [DRAFT_NAME_WORD] = { sizeof(struct sql_name_word_insert_in), write_name_word, NULL, NULL },
};
_Static_assert(sizeof tables / sizeof *tables == DRAFT_TABLES, "a table without a writer");
_Static_assert(sizeof(struct sql_fact_close_in) == sizeof(struct sql_decision_close_in) &&
                   sizeof(struct sql_fact_close_in) == sizeof(struct sql_instalment_close_in),
               "the three ends have one form");

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

void draft_join(struct draft *d, struct arena *arena, const struct draft *other)
{
    for (enum draft_table t = 0; t < DRAFT_TABLES; t++)
        for (size_t i = 0; i < other->rows[t].n; i++)
            draft_add(d, arena, t, draft_at(other, t, i));
}

struct fingerprint draft_fingerprint(struct draft *d)
{
    struct fingerprint value;
    struct digest digest;

    digest_begin(&digest);
    for (enum draft_table t = 0; t < DRAFT_TABLES; t++) {
        struct draft_rows *r = &d->rows[t];
        if (r->n > 1 && tables[t].order) qsort(r->at, r->n, tables[t].size, tables[t].order);
        for (size_t i = 0; i < r->n && tables[t].absorb; i++)
            tables[t].absorb(draft_at(d, t, i), &digest);
    }
    digest_end(&digest, value.bytes);
    return value;
}

bool draft_write(const struct draft *d, struct store *store, struct fail *fail)
{
    for (size_t t = 0; t < DRAFT_TABLES; t++)
        if (d->rows[t].n && !tables[t].write(store, d->rows[t].at, d->rows[t].n, fail))
            return false;
    return d->rows[DRAFT_ENTRY].n == 0 ||
           book_add(store, d->rows[DRAFT_ENTRY].at, d->rows[DRAFT_ENTRY].n, fail);
}
