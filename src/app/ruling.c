/* ruling.c: the table of rulings, and what they have in common. */
#include "app/ruling_work.h"

#include "app/fact.h"
#include "app/notice.h"
#include "app/stop.h"
#include "base/bug.h"

#include <string.h>

/* clang-format off */
static const struct {
    const char  *name, *words, *told;
    bool         arrangement; /* about one */
    bool         welfare;     /* a choice that touches children (B-001) */
    ruling_verb *make;
} rulings[RULING_KINDS] = {
    [RULING_ENFORCEMENT_FEE] = { "enforcement_fee", "Fee for an enforcement order",
        "Enforcement fee charged", false, false, ruling_enforcement_fee },
    [RULING_WAIVER] = { "waiver", "Waive an enforcement fee",
        "Enforcement fee waived", false, true, ruling_waiver },
    [RULING_LEGACY_DEBT] = { "legacy_debt", "Arrears of an earlier scheme, owed to a parent",
        "Arrears of an earlier scheme opened", true, false, ruling_legacy_debt },
    [RULING_LEGACY_STATE_DEBT] = { "legacy_state_debt",
        "Arrears of an earlier scheme, owed to the state",
        "Arrears of an earlier scheme opened for the state", true, false, ruling_legacy_debt },
    [RULING_VOLUNTARY_PAYMENT] = { "voluntary_payment", "Count a voluntary payment",
        "Voluntary payment counted", true, false, ruling_voluntary_payment },
    [RULING_PAYMENT_FOR_HOME] = { "payment_for_home", "Set off a payment for the home",
        "Payment for the home counted", true, true, ruling_payment_for_home },
    [RULING_SET_OFF] = { "set_off", "Set off what two parents owe each other",
        "Set off", true, true, ruling_set_off },
    [RULING_SET_OFF_END] = { "set_off_end", "End a set-off",
        "Set-off ended", true, true, ruling_set_off_end },
    [RULING_SPREAD] = { "spread", "Take an overpayment off payments to come, over time",
        "Overpayment to come off payments to come", true, true, ruling_spread },
    [RULING_SPREAD_END] = { "spread_end", "Stop taking an overpayment off payments",
        "No longer taken off payments to come", true, true, ruling_spread_end },
    [RULING_REFUND] = { "refund", "Refund the paying parent",
        "Refunded", false, false, ruling_refund },
    [RULING_REIMBURSEMENT] = { "reimbursement", "Repay what the receiving parent had too much",
        "Repaid by the service", true, true, ruling_reimbursement },
    [RULING_RECOVERY] = { "recovery", "Ask the receiving parent for money the service met",
        "Receiving parent asked to pay back", true, true, ruling_recovery },
    [RULING_RECEIVER_REPAID] = { "receiver_repaid", "The receiving parent paid money back",
        "Paid back by the receiving parent", true, false, ruling_receiver_repaid },
    [RULING_REDRESS] = { "redress", "Pay for a mistake of the service",
        "Redress", true, false, ruling_redress },
};
/* clang-format on */

const char *ruling_name(enum ruling_kind kind)
{
    BUG_UNLESS(kind < RULING_KINDS);
    return rulings[kind].name;
}

const char *ruling_words(enum ruling_kind kind)
{
    BUG_UNLESS(kind < RULING_KINDS);
    return rulings[kind].words;
}

bool ruling_needs_welfare(enum ruling_kind kind)
{
    BUG_UNLESS(kind < RULING_KINDS);
    return rulings[kind].welfare;
}

bool ruling_needs_arrangement(enum ruling_kind kind)
{
    BUG_UNLESS(kind < RULING_KINDS);
    return rulings[kind].arrangement;
}

bool ruling_find(const char *name, enum ruling_kind *kind)
{
    for (enum ruling_kind k = 0; k < RULING_KINDS; k++)
        if (!strcmp(rulings[k].name, name)) {
            *kind = k;
            return true;
        }
    return false;
}

/* --- what they share --- */

struct entry_about ruling_about(const struct ruling_work *w, int64_t arrangement,
                                int64_t instalment, int64_t receipt)
{
    return (struct entry_about){ .arrangement = arrangement,
                                 .day         = w->v.today,
                                 .known       = w->v.today,
                                 .instalment  = instalment,
                                 .receipt     = receipt };
}

const struct law *ruling_law(const struct ruling_work *w, date day)
{
    const struct sql_arrangement_list_row *a = group_arrangement(&w->g, w->order->arrangement);
    return law_at((enum jurisdiction)(a ? a : w->g.arrangements)->jurisdiction, day);
}

money ruling_balance(const struct ruling_work *w, int64_t arrangement, enum account account)
{
    struct balances b =
        balance_fold(w->g.entries, w->g.entry_count, w->v.today, w->v.today, w->v.arena);
    const struct balance *one = arrangement ? balance_find(&b, arrangement) : &b.group;
    return one ? one->account[account] : MONEY_NONE;
}

money ruling_amount(const struct ruling_work *w, money most)
{
    return w->order->amount.p > 0 ? money_min(w->order->amount, most) : most;
}

bool ruling_is_payable(const struct ruling_work *w, int64_t arrangement)
{
    const struct sql_decision_list_row *d = group_decision_at(&w->g, w->v.today);
    return d && group_award(&w->g, d->id, arrangement).p > 0;
}

bool ruling_fact(struct ruling_work *w, enum fact_kind kind, int64_t arrangement, money value,
                 bool holds, struct fail *fail)
{
    char text[MONEY_TEXT];
    struct fact_order o = { .kind        = kind,
                            .subject     = arrangement,
                            .value       = arena_print(w->v.arena, "%s", money_text(value, text)),
                            .from        = w->v.today,
                            .to          = DATE_OPEN,
                            .happened_on = w->v.today,
                            .said_by     = w->v.actor,
                            .evidence    = w->order->reason };
    if (holds) return fact_assert(&w->v, &w->g, &o, fail);
    return !group_fact(&w->g, kind, arrangement, w->v.today) || fact_end(&w->v, &w->g, &o, fail);
}

void ruling_pair(struct ruling_work *w, enum reason first, enum reason second, money amount,
                 struct entry_about about)
{
    entry_add(&w->list, first, amount, about);
    entry_add(&w->list, second, amount, about);
}

/* --- making one --- */

static const char *text_or(const char *text)
{
    return text ? text : "";
}

static bool order_check(const struct ruling_work *w, struct fail *fail)
{
    const struct ruling_order *o = w->order;

    if (w->g.arrangement_count == 0)
        return REFUSE(fail, "no_case", "That person pays no child maintenance here.");
    if (rulings[o->kind].arrangement && !group_arrangement(&w->g, o->arrangement))
        return REFUSE(fail, "arrangement_missing", "Say which receiving parent it is about.");
    if (!*text_or(o->reason))
        return REFUSE(fail, "reason_missing", "Say why, in a sentence both parents may read.");
    if (o->amount.p < 0 || o->weekly.p < 0)
        return REFUSE(fail, "amount_wrong", "An amount cannot be below zero.");
    if (date_before(w->v.today, o->day))
        return REFUSE(fail, "day_to_come", "That day is still to come.");
    if (date_before(o->day, law_scheme.opens) && o->kind != RULING_LEGACY_DEBT &&
        o->kind != RULING_LEGACY_STATE_DEBT)
        return REFUSE(fail, "day_too_early", "That day is before the scheme opened.");
    if (rulings[o->kind].welfare &&
        (!*text_or(o->welfare_children) || !*text_or(o->welfare_reasoning)))
        return REFUSE(fail, "welfare_missing",
                      "This is a choice: write down which children it may touch and how their "
                      "welfare was thought of.");
    return true;
}

bool ruling_open(const struct setting *s, int64_t pp, const struct ruling_order *o, const char *key,
                 struct ruling_work *w, struct fail *fail)
{
    bool done;

    *w = (struct ruling_work){ .order = o, .list = { .arena = s->arena } };
    if (!verb_open(s, pp, rulings[o->kind].name, key, &w->v, &done, fail) ||
        !group_load(w->v.store, w->v.arena, pp, w->v.seq, &w->g, fail) ||
        !sql_ruling_list(s->store, &(struct sql_ruling_list_in){ .pp = pp, .known = w->v.seq },
                         s->arena, &w->before, &w->before_count, fail))
        return false;
    return !done || REFUSE(fail, "done_before", "That was done before.");
}

static void write_rows(struct ruling_work *w)
{
    const struct ruling_order *o   = w->order;
    struct sql_ruling_insert_in in = {
        .pp          = w->v.pp,
        .event       = w->v.seq,
        .kind        = rulings[o->kind].name,
        .word        = text_or(o->word),
        .arrangement = o->arrangement,
        .amount      = o->amount,
        .counted     = w->counted,
        .weekly      = o->weekly,
        .day         = o->day,
        .basis       = text_or(o->basis),
        .reason      = o->reason,
        .evidence    = text_or(o->evidence),
        .refers      = w->refers,
        .other_pp    = w->other_pp,
    };
    verb_add(&w->v, DRAFT_RULING, &in);
    if (!*text_or(o->welfare_reasoning)) return;
    struct sql_welfare_insert_in welfare = { .pp        = w->v.pp,
                                             .event     = w->v.seq,
                                             .children  = text_or(o->welfare_children),
                                             .evidence  = text_or(o->evidence),
                                             .reasoning = o->welfare_reasoning };
    verb_add(&w->v, DRAFT_WELFARE, &welfare);
}

bool ruling_close(struct ruling_work *w, struct fail *fail)
{
    struct account_work work = { .pay_out = false };

    out_print(&w->v.about, "%s: ", rulings[w->order->kind].told);
    out_money(&w->v.about, w->counted);
    if (w->order->amount.p > w->counted.p) {
        out_text(&w->v.about, " of ");
        out_money(&w->v.about, w->order->amount);
    }
    out_print(&w->v.about, " (%s)", w->order->reason);
    write_rows(w);
    account_post(&w->v, &w->g, &w->list);
    account_bring_up(&w->v, &w->g, &work);
    bool set_off = w->order->kind == RULING_SET_OFF || w->order->kind == RULING_SET_OFF_END;
    return (!set_off || notice_set_off(w, fail)) && verb_close(&w->v, fail);
}

bool ruling_make(const struct setting *s, int64_t pp, const struct ruling_order *o, const char *key,
                 struct ruling_result *result, struct fail *fail)
{
    struct ruling_work w;
    struct account_work work = { .pay_out = false };

    bool sends = o->kind == RULING_REFUND || o->kind == RULING_REIMBURSEMENT;

    BUG_UNLESS(o->kind < RULING_KINDS);
    if (sends && s->store && !stop_check(s->store, fail)) return false;
    if (!ruling_open(s, pp, o, key, &w, fail) || !order_check(&w, fail)) return false;
    account_bring_up(&w.v, &w.g, &work);
    if (!rulings[o->kind].make(&w, fail)) return false;
    *result = (struct ruling_result){
        .event       = w.v.seq,
        .counted     = w.counted,
        .not_counted = money_max(money_subtract(o->amount, w.counted), MONEY_NONE),
    };
    return ruling_close(&w, fail);
}
