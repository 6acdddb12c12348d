/* draft.h: the rows a verb adds, kept in memory until the verb is closed.
 *
 * A verb works on a family in memory and writes once, at its end: one family by verb_close, a
 * thousand families table by table (chunk.h).  A row added here takes the next number of its kind,
 * and shows in the group after group_refresh.  Nothing here touches the database but draft_write.
 *
 * Strings in a row are not copied: they live as long as the arena of the verb. */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include "sql.h"

enum draft_table {
    DRAFT_PERSON,
    DRAFT_ARRANGEMENT,
    DRAFT_FACT,
    DRAFT_FACT_END,
    DRAFT_DECISION,
    DRAFT_DECISION_END,
    DRAFT_AWARD,
    DRAFT_INSTALMENT,
    DRAFT_INSTALMENT_END,
    DRAFT_ENTRY,
    DRAFT_RECEIPT,
    DRAFT_RECEIPT_MATCH,
    DRAFT_MISSED,
    DRAFT_LETTER,
    DRAFT_PAYMENT,
    DRAFT_PAYMENT_BACK,
    DRAFT_INSTRUCTION,
    DRAFT_DEBIT_AGAIN,
    DRAFT_DEBIT_NOTICE,
    DRAFT_RULING,
    DRAFT_WELFARE,
    DRAFT_ANNOUNCED,
    DRAFT_ANNOUNCED_PAID,
    DRAFT_STEP,
    DRAFT_DIRECT_PAYMENT,
    DRAFT_CLOCK,
    DRAFT_CLOCK_DONE,
    DRAFT_CLOCK_GONE,
    DRAFT_PATTERN,
    DRAFT_REFERENCE, /* who a new reference names; found by itself, not part of an event */
    DRAFT_NAME_WORD, /* what somebody new is found by; the same */
    DRAFT_TABLES
};

/* Rows of one table: structs sql_NAME_in of the statement that writes them. */
struct draft_rows {
    void *at;
    size_t n, room;
};

struct draft {
    struct draft_rows rows[DRAFT_TABLES];
};

/* A SHA-256 value. */
struct fingerprint {
    unsigned char bytes[DIGEST_BYTES];
};

/* Adds a copy of a row. */
void draft_add(struct draft *draft, struct arena *arena, enum draft_table table, const void *row);
/* The rows [from, n) of a table are the new ones to a reader who has seen `from`. */
const void *draft_at(const struct draft *draft, enum draft_table table, size_t i);
/* Adds all rows of another draft. */
void draft_join(struct draft *draft, struct arena *arena, const struct draft *other);
/* The digest of the rows as they will stand in the database (event_rows_fingerprint reads the same
 * there).  Puts rows into the order in which the digest takes them. */
struct fingerprint draft_fingerprint(struct draft *draft);
/* Writes every row, table by table. */
bool draft_write(const struct draft *draft, struct store *store, struct fail *fail);
