/* case_card.c: payments by card that the parent started online, as staff see them. */
#include "app/card_pay.h"
#include "web/case.h"
#include "web/case_view.h"

static struct view_card_try_row row_of(struct request *r, const struct case_view *v,
                                       const struct card_payment *p)
{
    static const char *const colours[] = {
        [CARD_PAYMENT_STATE_NONE] = "grey",    [CARD_PAYMENT_STATE_ASKED] = "yellow",
        [CARD_PAYMENT_STATE_SENT] = "yellow",  [CARD_PAYMENT_STATE_PAID] = "green",
        [CARD_PAYMENT_STATE_REFUSED] = "red",  [CARD_PAYMENT_STATE_CANCELLED] = "grey",
        [CARD_PAYMENT_STATE_EXPIRED] = "grey",
    };

    return (struct view_card_try_row){
        .day      = p->row.day,
        .amount   = p->row.amount,
        .number   = p->row.reference,
        .provider = p->row.provider ? p->row.provider : "",
        .state    = machine_card_payment.states[p->state].label,
        .colour   = colours[p->state],
        .since    = p->since,
        .receipt  = *p->receipt ? arena_print(r->arena, "/case/%lld/receipt/%s", (long long)v->g.pp,
                                              p->receipt)
                                : "",
    };
}

void case_card(struct request *r)
{
    struct card_payment *list;
    struct case_view v;
    struct fail f = { 0 };
    size_t n;

    if (!case_open(r, &v)) return;
    if (!card_pay_list(r->store, r->arena, v.g.pp, &list, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct view_card_try_row *rows = ARENA_MANY(r->arena, struct view_card_try_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(r, &v, &list[i]);
    struct page_case_card page = { .c          = v.family,
                                   .rows       = rows,
                                   .rows_count = (int32_t)n,
                                   .asks       = gateway_now() && card_pay_open(list, n) };
    page_case_card(&r->out, frame_of(r), &page);
}

void case_card_do(struct request *r)
{
    int64_t pp       = case_number(r->params[0]);
    struct setting s = case_setting(r);
    struct card_payment *list;
    struct fail f = { 0 };
    char next[GATEWAY_LINK];
    size_t n;

    if (!card_pay_list(r->store, r->arena, pp, &list, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    const struct card_payment *open = card_pay_open(list, n);
    if (open && gateway_now() &&
        !card_pay_follow(&s, gateway_now(), pp, open->row.event, next, &f)) {
        respond_refused(r, 503, "The card provider does not answer",
                        "Nothing was changed. Try again in some minutes; it is also asked by "
                        "itself.");
        return;
    }
    respond_redirect(r, arena_print(r->arena, "/case/%lld/card", (long long)pp));
}
