/* announced.c: announced deductions. */
#include "app/announced.h"

#include <string.h>

bool announced_load(const struct setting *s, struct store_ints pps, struct announced_rows *rows,
                    struct fail *fail)
{
    return sql_announced_list(s->store, &(struct sql_announced_list_in){ .pps = pps }, s->arena,
                              &rows->at, &rows->n, fail);
}

bool announced_open(struct store *store, struct arena *arena, int64_t pp, money *amount,
                    struct fail *fail)
{
    struct announced_rows rows;

    *amount = MONEY_NONE;
    if (!announced_load(&(struct setting){ .store = store, .arena = arena },
                        (struct store_ints){ &pp, 1 }, &rows, fail))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!rows.at[i].paid) *amount = money_add(*amount, rows.at[i].amount);
    return true;
}

/* --- the money comes --- */

static void paid_write(struct verb *v, struct sql_announced_list_row *row, int64_t receipt)
{
    struct sql_announced_paid_insert_in in = {
        .pp = v->pp, .announced = row->id, .receipt = receipt, .event = v->seq
    };

    verb_add(v, DRAFT_ANNOUNCED_PAID, &in);
    row->paid = receipt;
}

static bool same_batch(const struct sql_announced_list_row *a,
                       const struct sql_announced_list_row *b)
{
    return !strcmp(a->source, b->source) && !strcmp(a->sender, b->sender) &&
           !strcmp(a->batch, b->batch);
}

static bool row_is_open(const struct sql_announced_list_row *a, int64_t pp)
{
    return a->pp == pp && !a->paid && a->amount.p > 0;
}

/* What a batch's open deductions of the family come to. */
static money batch_sum(const struct announced_rows *rows, const struct sql_announced_list_row *of)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < rows->n; i++)
        if (row_is_open(&rows->at[i], of->pp) && same_batch(of, &rows->at[i]))
            sum = money_add(sum, rows->at[i].amount);
    return sum;
}

void announced_settle(struct verb *v, const struct announced_rows *rows, int64_t receipt,
                      money amount)
{
    for (size_t i = 0; i < rows->n; i++)
        if (row_is_open(&rows->at[i], v->pp) && rows->at[i].amount.p == amount.p) {
            paid_write(v, &rows->at[i], receipt);
            return;
        }
    for (size_t i = 0; i < rows->n; i++) {
        struct sql_announced_list_row first = rows->at[i];
        if (!row_is_open(&first, v->pp) || batch_sum(rows, &first).p != amount.p) continue;
        for (size_t k = 0; k < rows->n; k++)
            if (row_is_open(&rows->at[k], v->pp) && same_batch(&first, &rows->at[k]))
                paid_write(v, &rows->at[k], receipt);
        return;
    }
}
