/* ruling_fee.c: fees for enforcement, their waiver, and arrears of the earlier schemes. */
#include "app/ruling_work.h"

#include "base/bug.h"
#include "flow/waiver.h"

#include <string.h>

/* --- charging (B-132, B-133) --- */

/* The fee of an order made on a day; zero: none. */
static money fee_of(const struct law *law, enum fee_kind kind)
{
    if (kind == FEE_EARNINGS_CHOSEN)
        return law->voluntary_order_fee ? law->enforcement_fee[FEE_EARNINGS] : MONEY_NONE;
    return law->enforcement_fee[kind];
}

bool ruling_enforcement_fee(struct ruling_work *w, struct fail *fail)
{
    const struct ruling_order *o = w->order;
    const char *evidence         = o->evidence ? o->evidence : "";
    enum fee_kind kind;

    if (!o->word || !fee_kind_find(o->word, &kind))
        return REFUSE(fail, "order_unknown",
                      "Say what was made: earnings, earnings_chosen, armed_forces, regular, "
                      "lump_sum or liability.");
    if (w->g.decision_count == 0)
        return REFUSE(fail, "no_maintenance",
                      "There is no decision of this scheme; fees are only for its maintenance.");
    if (!*evidence)
        return REFUSE(fail, "evidence_missing",
                      "Give the order's reference, so that it bears its fee once only.");
    for (size_t i = 0; i < w->before_count; i++)
        if (!strcmp(w->before[i].kind, ruling_name(RULING_ENFORCEMENT_FEE)) &&
            !strcmp(w->before[i].word, o->word) && !strcmp(w->before[i].evidence, evidence))
            return REFUSE(fail, "fee_charged_before", "The fee for %s was charged before.",
                          evidence);
    w->counted = fee_of(ruling_law(w, o->day), kind);
    if (w->counted.p == 0)
        return REFUSE(fail, "no_fee",
                      kind == FEE_EARNINGS_CHOSEN
                          ? "Who chose to pay by deduction from earnings is charged no fee for it."
                          : "An order made on that day bears no fee.");
    entry_add(&w->list, REASON_ENFORCEMENT_FEE, w->counted, ruling_about(w, 0, w->v.seq, 0));
    return true;
}

/* --- waiving (B-134) --- */

static const enum reason waived[WAIVER_GROUNDS] = {
    [WAIVER_1A] = REASON_WAIVED_CLOSURE, [WAIVER_2] = REASON_WAIVED_SEVERAL,
    [WAIVER_3] = REASON_WAIVED_AGAIN,    [WAIVER_4A] = REASON_WAIVED_FAILED,
    [WAIVER_4B] = REASON_WAIVED_FAILED,  [WAIVER_4C] = REASON_WAIVED_FAILED,
    [WAIVER_5] = REASON_WAIVED_FORCES,   [WAIVER_6] = REASON_WAIVED_OTHER,
};

static bool is_fee(const struct sql_ruling_list_row *r)
{
    return !strcmp(r->kind, ruling_name(RULING_ENFORCEMENT_FEE));
}

static bool is_waived(const struct ruling_work *w, int64_t event)
{
    for (size_t i = 0; i < w->before_count; i++)
        if (!strcmp(w->before[i].kind, ruling_name(RULING_WAIVER)) && w->before[i].refers == event)
            return true;
    return false;
}

/* The fee meant: the one referred to, or the latest not waived. */
static const struct sql_ruling_list_row *fee_meant(const struct ruling_work *w)
{
    const struct sql_ruling_list_row *fee = NULL;

    for (size_t i = 0; i < w->before_count; i++)
        if (is_fee(&w->before[i]) && !is_waived(w, w->before[i].event) &&
            (w->order->refers == 0 || w->before[i].event == w->order->refers))
            fee = &w->before[i];
    return fee;
}

static struct waiver_fee waiver_fee_of(const struct sql_ruling_list_row *r)
{
    struct waiver_fee f = { .made_on = r->day };

    BUG_UNLESS(fee_kind_find(r->word, &f.kind));
    return f;
}

bool ruling_waiver(struct ruling_work *w, struct fail *fail)
{
    const struct sql_ruling_list_row *fee = fee_meant(w);
    struct waiver_fee *others = ARENA_MANY(w->v.arena, struct waiver_fee, w->before_count + 1);
    enum waiver_ground ground;
    size_t n = 0;

    if (!w->order->word || !waiver_find(w->order->word, &ground))
        return REFUSE(fail, "ground_unknown",
                      "Choose a ground: W1A, W2, W3, W4A, W4B, W4C, W5 or W6.");
    if (!fee)
        return REFUSE(fail, "no_such_fee", "There is no such enforcement fee that still stands.");
    for (size_t i = 0; i < w->before_count; i++)
        if (is_fee(&w->before[i]) && w->before[i].event != fee->event &&
            !is_waived(w, w->before[i].event))
            others[n++] = waiver_fee_of(&w->before[i]);
    struct waiver_case c = {
        .law = ruling_law(w, fee->day), .fee = waiver_fee_of(fee), .others = others, .n = n
    };
    if (!waiver_check(ground, &c, fail)) return false;
    w->counted = fee->counted;
    w->refers  = fee->event;
    entry_add(&w->list, waived[ground], w->counted, ruling_about(w, 0, fee->event, 0));
    return true;
}

/* --- arrears of the earlier schemes (B-231) --- */

bool ruling_legacy_debt(struct ruling_work *w, struct fail *fail)
{
    const struct ruling_order *o = w->order;
    bool state                   = o->kind == RULING_LEGACY_STATE_DEBT;

    if (!o->word || (strcmp(o->word, "1993") != 0 && strcmp(o->word, "2003") != 0))
        return REFUSE(fail, "scheme_unknown", "Say which scheme they are of: 1993 or 2003.");
    if (o->amount.p <= 0) return REFUSE(fail, "amount_missing", "Say how much is owed.");
    w->counted = o->amount;
    entry_add(&w->list, state ? REASON_LEGACY_STATE_OPENING : REASON_LEGACY_OPENING, o->amount,
              ruling_about(w, o->arrangement, w->v.seq, 0));
    return true;
}
