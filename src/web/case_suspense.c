/* case_suspense.c: the work list of money nobody has been found for. */
#include "app/suspense.h"
#include "web/case.h"
#include "web/case_view.h"

enum { SHOWN = 25 };

static void ages_fill(struct request *r, const struct suspense *s, struct page_case_suspense *p)
{
    struct view_suspense_age_row *rows =
        ARENA_MANY(r->arena, struct view_suspense_age_row, SUSPENSE_AGES);

    for (enum suspense_age a = 0; a < SUSPENSE_AGES; a++)
        rows[a] = (struct view_suspense_age_row){
            .name   = suspense_age_name(a),
            .words  = suspense_age_words(r->arena, a, r->today),
            .number = (int64_t)s->number[a],
            .amount = s->amount[a],
        };
    p->ages       = rows;
    p->ages_count = SUSPENSE_AGES;
}

static void hints_fill(struct request *r, const struct suspense_item *i,
                       struct view_suspense_row *row)
{
    struct view_suspense_hint_row *hints =
        ARENA_MANY(r->arena, struct view_suspense_hint_row, SUSPENSE_HINTS);

    for (size_t k = 0; k < i->hint_count; k++)
        hints[k] = (struct view_suspense_hint_row){
            .name = i->hints[k].name,
            .ref  = i->hints[k].ref,
            .why  = i->hints[k].why,
            .link = arena_print(r->arena, "/case/%lld", (long long)i->hints[k].pp),
        };
    row->hints       = hints;
    row->hints_count = (int32_t)i->hint_count;
    row->many        = i->many;
}

/* Those from `first` on. */
static void rows_fill(struct request *r, const struct suspense *s, size_t first,
                      struct page_case_suspense *p)
{
    static const char *const colour[SUSPENSE_AGES] = { "green", "blue", "yellow", "red" };
    size_t left                                    = s->n > first ? s->n - first : 0;
    size_t n                                       = left < SHOWN ? left : SHOWN;
    struct view_suspense_row *rows = ARENA_MANY(r->arena, struct view_suspense_row, n + 1);

    for (size_t i = 0; i < n; i++) {
        const struct suspense_item *it = &s->at[first + i];
        rows[i]                        = (struct view_suspense_row){
                                   .id         = it->receipt->id,
                                   .booked     = it->receipt->booked,
                                   .amount     = it->receipt->amount,
                                   .age        = suspense_age_name(it->age),
                                   .colour     = colour[it->age],
                                   .days       = it->days,
                                   .payer      = *it->receipt->payer_name ? it->receipt->payer_name
                                                                          : "somebody the bank does not name",
                                   .remittance = it->receipt->remittance,
        };
        rows[i].is_payment = it->is_payment;
        rows[i].note       = it->note ? it->note : "";
        hints_fill(r, it, &rows[i]);
    }
    p->rows       = rows;
    p->rows_count = (int32_t)n;
    p->first      = (int64_t)first + 1;
    p->later      = left > n ? (int64_t)(first / SHOWN) + 2 : 0;
    p->earlier    = (int64_t)(first / SHOWN);
}

void case_suspense(struct request *r)
{
    size_t page  = form_has(&r->form, FORM_CASE_SUSPENSE_PAGE)
                       ? (size_t)form_count(&r->form, FORM_CASE_SUSPENSE_PAGE) - 1
                       : 0;
    size_t first = page * SHOWN;
    struct suspense s;
    struct fail f = { 0 };

    if (!suspense_list(r->store, r->arena, r->today, first, first + SHOWN, &s, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct page_case_suspense p = {
        .done =
            form_has(&r->form, FORM_CASE_SUSPENSE_DONE) ? "The payment was matched and used." : "",
        .number = (int64_t)s.n,
        .total  = s.total,
    };
    ages_fill(r, &s, &p);
    rows_fill(r, &s, first, &p);
    frame_of(r)->here = "bank";
    page_case_suspense(&r->out, frame_of(r), &p);
}
