/* book.h: control totals: what a writing of ledger rows adds up to is written with it, so that rows
 * lost, changed or doubled later are found at a cost in proportion to what was written. */
#pragma once
#include "base/fail.h"
#include "sql.h"

/* Writes the totals of rows, by the day they were recorded and their reason. */
bool book_add(struct store *store, const struct sql_entry_list_row *rows, size_t n,
              struct fail *fail);
