/* book.c: control totals. */
#include "app/book.h"

#include "base/arena.h"

#include <stdlib.h>

static int by_day_and_reason(const void *a, const void *b)
{
    const struct sql_book_insert_in *x = a, *y = b;

    if (!date_same(x->day, y->day)) return date_before(x->day, y->day) ? -1 : 1;
    return x->reason < y->reason ? -1 : x->reason > y->reason;
}

bool book_add(struct store *store, const struct sql_entry_list_row *rows, size_t n,
              struct fail *fail)
{
    struct arena arena           = { 0 };
    struct sql_book_insert_in *b = ARENA_MANY(&arena, struct sql_book_insert_in, n + 1);
    size_t count                 = 0;

    for (size_t i = 0; i < n; i++)
        b[i] = (struct sql_book_insert_in){ .pp     = rows[0].pp,
                                            .event  = rows[0].event,
                                            .day    = rows[i].recorded,
                                            .reason = rows[i].reason,
                                            .debit  = rows[i].debit,
                                            .credit = rows[i].credit,
                                            .number = 1,
                                            .amount = rows[i].amount };
    qsort(b, n, sizeof *b, by_day_and_reason);
    for (size_t i = 0; i < n; i++) {
        if (count == 0 || by_day_and_reason(&b[count - 1], &b[i]) != 0) {
            b[count++] = b[i];
            continue;
        }
        b[count - 1].number++;
        b[count - 1].amount = money_add(b[count - 1].amount, b[i].amount);
    }
    bool fine = sql_book_insert_bulk(store, b, count, fail);
    arena_free(&arena);
    return fine;
}
