/* debit_letter.c: the letter that gives notice of what will be collected. */
#include "app/debit_work.h"
#include "app/letter.h"
#include "app/letter_data.h"
#include "feed/account_check.h"
#include "law/working_day.h"

#include <string.h>

enum { ENDING = 4 };

/* What fell due before notice can have run is collected with what follows. */
static void row_add(struct letter_debit_notice *d, struct letter_debit_notice_collection *rows,
                    date day, money amount)
{
    struct letter_debit_notice_collection *last =
        d->collection_count ? &rows[d->collection_count - 1] : NULL;

    if (last && date_same(last->day, day))
        last->taken = money_add(last->taken, amount);
    else
        rows[d->collection_count++] = (struct letter_debit_notice_collection){ day, amount };
}

bool debit_letter_add(struct verb *v, const struct group *g, const struct debit_letter *l,
                      struct fail *fail)
{
    struct setting s               = { v->store, v->arena, v->today, v->actor };
    struct outstanding items       = account_items(g, v->today, v->arena);
    struct sql_letter_insert_in in = { 0 };
    date first = date_max(working_day_next(HOLIDAY_BACS, l->notice->due_from), l->notice->earliest);
    struct letter_debit_notice_collection *rows =
        ARENA_MANY(v->arena, struct letter_debit_notice_collection, g->instalment_count + 1);
    struct letter_frozen f = {
        .kind  = LETTER_DEBIT_NOTICE,
        .debit = { .amount         = l->notice->amount,
                   .first          = first,
                   .collection     = rows,
                   .days           = l->days,
                   .account_name   = l->account_name,
                   .account_ending = l->account + strlen(l->account) - ENDING },
    };
    date from = l->notice->due_from;

    for (struct due due; due_next(g, &items, l->taken, from, &due);
         from = date_add_days(due.day, 1)) {
        if (due.amount.p != l->notice->amount.p) break;
        row_add(&f.debit, rows,
                date_max(working_day_next(HOLIDAY_BACS, due.day), l->notice->earliest), due.amount);
    }
    if (f.debit.collection_count) f.debit.amount = rows[0].taken;
    letter_head_fill(&s, g, &f, l->office);
    if (!letter_row(v, &f, NULL, *l->last + 1, &in, fail)) return false;
    verb_add(v, DRAFT_LETTER, &in);
    ++*l->last;
    return true;
}
