/* case_bank_open.c: what we paid or received and no bank statement shows. */
#include "app/bank_list.h"
#include "web/case.h"
#include "web/case_view.h"

#include <ctype.h>

enum { SHOWN = 200, DAYS = 92 };

static const char *capital(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text, strlen(text));
    copy[0]    = (char)toupper((unsigned char)copy[0]);
    return copy;
}

static struct view_bank_open_side side_fill(struct request *r, const struct bank_lines *lines)
{
    struct view_bank_open_row *rows = ARENA_MANY(r->arena, struct view_bank_open_row, lines->n + 1);

    for (size_t i = 0; i < lines->n; i++) {
        const struct bank_line *l = &lines->at[i];
        rows[i]                   = (struct view_bank_open_row){
                              .what      = capital(r->arena, bank_line_name(l->kind)),
                              .day       = l->day,
                              .age       = l->age,
                              .amount    = l->amount,
                              .reference = l->reference,
                              .link      = l->pp ? arena_print(r->arena, "/case/%lld", (long long)l->pp) : "",
                              .about     = l->about,
        };
    }
    return (struct view_bank_open_side){ .total      = money_add(lines->sum, lines->rest),
                                         .rows       = rows,
                                         .rows_count = (int32_t)lines->n,
                                         .left       = (int64_t)lines->left,
                                         .rest       = lines->rest,
                                         .has_rest   = lines->rest.p != 0 };
}

void case_bank_open(struct request *r)
{
    struct bank_list list;
    struct fail f                = { 0 };
    struct bank_list_order order = { .today = r->today,
                                     .since = date_add_days(r->today, -DAYS),
                                     .most  = SHOWN };

    if (!bank_list_read(r->store, r->arena, &order, &list, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct view_bank_open_side sides[] = { side_fill(r, &list.out), side_fill(r, &list.in) };
    sides[0].title                     = "Paid out";
    sides[0].explained = "Files and payments that no statement shows going out, and payments that "
                         "came back, as another than a statement told.";
    sides[1].title     = "Received";
    sides[1].explained =
        "Direct Debit collections whose sum has not arrived, collections that came "
        "back, and receipts recorded by hand or from files without balances.";
    struct page_case_bank_open p = {
        .proved = list.proved, .sides = sides, .sides_count = 2, .since = order.since
    };
    frame_of(r)->here = "bank";
    frame_of(r)->back = "/bank";
    page_case_bank_open(&r->out, frame_of(r), &p);
}
