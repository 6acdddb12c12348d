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

static bool is_waived(const struct sql_ruling_list_row *rows, size_t n, int64_t event)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].kind, ruling_name(RULING_WAIVER)) && rows[i].refers == event)
            return true;
    return false;
}

/* The fees that still stand, in the order they were charged; returns how many. */
static size_t fees_standing(const struct sql_ruling_list_row *rows, size_t n,
                            const struct sql_ruling_list_row **fees)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        if (is_fee(&rows[i]) && !is_waived(rows, n, rows[i].event)) fees[count++] = &rows[i];
    return count;
}

static struct waiver_fee waiver_fee_of(const struct sql_ruling_list_row *r)
{
    struct waiver_fee f = { .made_on = r->day };

    BUG_UNLESS(fee_kind_find(r->word, &f.kind));
    return f;
}

/* One of the fees that stand, beside the others. */
static struct waiver_case case_of(const struct sql_ruling_list_row **fees, size_t n, size_t which,
                                  const struct law *law, struct arena *arena)
{
    struct waiver_fee *others = ARENA_MANY(arena, struct waiver_fee, n);
    struct waiver_case c      = { .law = law, .fee = waiver_fee_of(fees[which]), .others = others };

    for (size_t i = 0; i < n; i++)
        if (i != which) others[c.n++] = waiver_fee_of(fees[i]);
    return c;
}

bool ruling_fees_read(struct store *store, struct arena *arena, const struct group *g,
                      struct ruling_fee **list, size_t *n, struct fail *fail)
{
    struct sql_ruling_list_in in = { .pp = g->pp, .known = g->known };
    struct sql_ruling_list_row *rows;
    struct fail ignored = { 0 };
    size_t count;

    if (!sql_ruling_list(store, &in, arena, &rows, &count, fail)) return false;
    const struct sql_ruling_list_row **fees =
        ARENA_MANY(arena, const struct sql_ruling_list_row *, count + 1);
    *n    = fees_standing(rows, count, fees);
    *list = ARENA_MANY(arena, struct ruling_fee, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct law *law =
            law_at((enum jurisdiction)g->arrangements->jurisdiction, fees[i]->day);
        struct waiver_case c = case_of(fees, *n, i, law, arena);
        (*list)[i].row       = fees[i];
        for (enum waiver_ground w = 0; w < WAIVER_GROUNDS; w++)
            (*list)[i].grounds[w] = waiver_check(w, &c, &ignored);
    }
    return true;
}

bool ruling_waiver(struct ruling_work *w, struct fail *fail)
{
    const struct sql_ruling_list_row **fees =
        ARENA_MANY(w->v.arena, const struct sql_ruling_list_row *, w->before_count + 1);
    size_t n = fees_standing(w->before, w->before_count, fees), which = n;
    enum waiver_ground ground;

    for (size_t i = 0; i < n; i++) /* the one referred to, or the latest */
        if (w->order->refers == 0 || fees[i]->event == w->order->refers) which = i;
    if (which == n)
        return REFUSE(fail, "no_such_fee", "There is no such enforcement fee that still stands.");
    if (!w->order->word || !waiver_find(w->order->word, &ground))
        return REFUSE(fail, "ground_unknown",
                      "Choose a ground: W1A, W2, W3, W4A, W4B, W4C, W5 or W6.");
    const struct sql_ruling_list_row *fee = fees[which];
    struct waiver_case c = case_of(fees, n, which, ruling_law(w, fee->day), w->v.arena);
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
