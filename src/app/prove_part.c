/* prove_part.c: the payment, the decision, the receipt and the fee behind a line.
 * Every text of a row here reaches parents, in Welsh too: every sentence here is said. */
#include "app/prove_part.h"

#include "app/collect.h"
#include "app/decide.h"
#include "base/bug.h"
#include "ledger/fee.h"

#include <string.h>

static const struct entry *line_entry(const struct proving *p)
{
    return &p->now.entries[p->row];
}

static const struct sql_instalment_list_row *instalment_of(const struct group *g, int64_t id)
{
    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].id == id) return &g->instalments[i];
    return NULL;
}

/* "20%" */
static const char *percent(struct proving *p, ratio r)
{
    enum { HUNDRED = 100 };
    int64_t tenths = r.d ? r.n * HUNDRED * 10 / r.d : 0;

    return tenths % 10 ? arena_print(p->arena, "%lld.%lld%%", (long long)tenths / 10,
                                     (long long)tenths % 10)
                       : arena_print(p->arena, "%lld%%", (long long)tenths / 10);
}

/* --- the payment it belongs to --- */

/* What was charged for an instalment, adjusted, and used for it, as the reader may see it. */
static void instalment_sums(struct proving *p, int64_t id)
{
    money due = MONEY_NONE, used = MONEY_NONE;

    for (size_t i = 0; i < p->now.entry_count; i++) {
        const struct entry *e = &p->now.entries[i];
        if (e->about.instalment != id) continue;
        if (e->debit == ACCOUNT_MAINTENANCE && e->credit == ACCOUNT_RP_DUE)
            due = money_add(due, e->amount);
        if (e->reason == REASON_DECREASE) due = money_subtract(due, e->amount);
        if (e->reason == REASON_COLLECTED) used = money_add(used, e->amount);
        if (e->reason == REASON_COLLECTED_RETURNED || e->reason == REASON_RELEASE_HELD)
            used = money_subtract(used, e->amount);
    }
    proof_row_add(p, "Maintenance charged for it, adjustments included", proof_pounds(p, due));
    proof_row_add(p, "Collected for it so far", proof_pounds(p, used));
}

void prove_instalment(struct proving *p)
{
    const struct sql_instalment_list_row *i = instalment_of(&p->then, p->proof->line.instalment);

    if (!i || !group_arrangement(&p->then, i->arrangement)) return;
    const struct sql_arrangement_list_row *a = group_arrangement(&p->then, i->arrangement);
    struct timeline t                        = group_timeline(&p->then, i->arrangement, p->arena);
    money accrued = accrual_part(t, a->effective_from, i->cover_from, i->cover_to);

    proof_part_add(p, "The payment it belongs to");
    proof_row_add(p, "Due", proof_day(p, i->due));
    proof_row_add(p, "Arrangement", a->ref);
    proof_row_add(p, "For the days",
                  arena_print(p->arena, "%s to %s, %d days", proof_day(p, i->cover_from),
                              proof_day(p, date_add_days(i->cover_to, -1)),
                              date_days(i->cover_from, i->cover_to)));
    proof_row_add(p, "Weekly maintenance when they began",
                  proof_pounds(p, timeline_weekly(t, i->cover_from)));
    proof_row_add(p, "What accrues in those days, a seventh of a week's each",
                  proof_pounds(p, accrued));
    proof_row_add(p, "Planned",
                  arena_print(p->arena,
                              "%s, planned on %s: the year's maintenance in equal parts "
                              "(B-201, B-202)",
                              proof_pounds(p, i->amount), proof_day(p, i->planned)));
    instalment_sums(p, i->id);
}

/* --- the decision --- */

/* The decision the line names, else the one its payment was worked out from. */
static int64_t decision_of(const struct proving *p)
{
    const struct sql_instalment_list_row *i = instalment_of(&p->then, p->proof->line.instalment);

    if (line_entry(p)->about.decision) return line_entry(p)->about.decision;
    const struct sql_decision_list_row *d = i ? group_decision_at(&p->then, i->due) : NULL;
    return d ? d->id : 0;
}

const char *prove_kind_words(const char *word, int64_t arrangement)
{
    enum decision_kind kind = decision_kind_find(word);

    if (arrangement && kind == DECISION_NEW_APPLICATION) return "";
    return kind == DECISION_KINDS ? word : decision_kind_table[kind].label;
}

bool prove_step_shows(const struct group *then, int64_t arrangement, const struct explain_line *l)
{
    if (!arrangement) return true;
    return then->arrangement_count == 1 &&
           (l->who.about == ABOUT_RECEIVER || l->who.about == ABOUT_CHILD);
}

static void decision_steps(struct proving *p, const struct decision_replay *r)
{
    size_t shown = 0;

    for (int32_t i = 0; i < r->explained.count; i++) {
        const struct explain_line *l = &r->explained.lines[i];
        if (!prove_step_shows(&p->then, p->arrangement, l)) continue;
        const char *text = arena_print(p->arena, "%.*s Where the law says so: %s",
                                       (int)l->label_length, l->label, l->cite);
        proof_row_add(p, l->rule, text);
        shown++;
    }
    if (p->arrangement && (int32_t)shown < r->explained.count)
        proof_row_add(p, "The rest of the working",
                      "It is about the other parent. Your decision notice says what the law lets "
                      "us tell you of it.");
}

bool prove_decision(struct proving *p, struct fail *fail)
{
    int64_t id = decision_of(p);
    struct decision_replay r;

    if (!id) return true;
    if (!decision_replay(p->store, p->arena, p->now.pp, id, &r, fail)) return false;
    const char *kind = prove_kind_words(r.decision->kind, p->arrangement);
    int64_t of       = p->arrangement ? p->arrangement : line_entry(p)->about.arrangement;

    proof_part_add(p, "The decision");
    proof_link_add(p, "Decision",
                   *kind ? arena_print(p->arena, "Decision %lld: %s", (long long)id, kind)
                         : arena_print(p->arena, "Decision %lld", (long long)id),
                   PROOF_DECISION, id);
    proof_row_add(p, "Counts from", proof_day(p, r.decision->effective_from));
    if (of)
        proof_row_add(p, "What it gives this receiving parent a week",
                      proof_pounds(p, group_award(&p->then, id, of)));
    if (!p->arrangement && !p->parent) proof_row_add(p, "Why it was made", r.decision->reason);
    decision_steps(p, &r);
    proof_agrees(p, r.agrees,
                 "Worked out again just now from the facts as they were known when it was made: "
                 "the same facts, the same pennies.",
                 "Worked out again just now, it does not come out the same.");
    return true;
}

/* --- the receipt --- */

static void receipt_bank_line(struct proving *p, const struct sql_receipt_list_row *r)
{
    static const char *const how[][2] = { { "reference", "the reference the payer wrote" },
                                          { "account", "the account it came from, known already" },
                                          { "returned", "the payment the bank took back" },
                                          { "online", "a payment online by card" } };
    const char *matched               = r->matched_by;

    for (size_t i = 0; i < sizeof how / sizeof *how; i++)
        if (!strcmp(how[i][0], matched)) matched = how[i][1];
    proof_row_add(p, "Amount", proof_pounds(p, r->amount));
    proof_row_add(p, "From", r->payer_name);
    if (*r->remittance) proof_row_add(p, "They wrote", r->remittance);
    proof_row_add(p, "Matched by", matched);
    proof_row_add(p, "The bank's reference", r->bank_ref);
}

/* Every row of the receipt that the reader's statement shows: how it was used. */
static void receipt_uses(struct proving *p, int64_t receipt)
{
    money left = MONEY_NONE;

    for (size_t i = 0; i < p->now.entry_count; i++) {
        const struct entry *e = &p->now.entries[i];
        if (e->about.receipt != receipt) continue;
        if (e->credit == ACCOUNT_PP_CREDIT) left = money_add(left, e->amount);
        if (e->debit == ACCOUNT_PP_CREDIT) left = money_subtract(left, e->amount);
        if (!statement_shows(e, p->arrangement)) continue;
        bool own = p->now.rows[i].id == p->proof->line.entry;
        proof_link_add(p, proof_pounds(p, e->amount),
                       arena_print(p->arena, "On %s: %s", proof_day(p, e->about.day),
                                   reason_sentence(e->reason)),
                       own ? PROOF_NO_LINK : PROOF_LINE, p->now.rows[i].id);
    }
    if (!p->arrangement) proof_row_add(p, "Not used yet", proof_pounds(p, left));
}

bool prove_receipt(struct proving *p, struct fail *fail)
{
    int64_t id                    = line_entry(p)->about.receipt;
    struct sql_receipt_list_in in = { .pp = p->now.pp, .known = KNOWN_OPEN - 1 };
    struct sql_receipt_list_row *rows;
    size_t n;

    if (!id) return true;
    if (!sql_receipt_list(p->store, &in, p->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].id != id) continue;
        proof_part_add(p, p->arrangement ? "The other parent's payment, as far as it is yours"
                                         : "The receipt and how it was used");
        proof_link_add(p, "Receipt", arena_print(p->arena, "%lld", (long long)id), PROOF_RECEIPT,
                       id);
        proof_row_add(p, "Booked by the bank", proof_day(p, rows[i].booked));
        if (!p->arrangement) receipt_bank_line(p, &rows[i]);
        receipt_uses(p, id);
    }
    return true;
}

/* --- the fee --- */

/* The days of an instalment on which a fee is taken, and the rate. */
static int32_t fee_days(const struct group *g, const struct sql_instalment_list_row *i, ratio *rate)
{
    enum jurisdiction place = (enum jurisdiction)group_arrangement(g, i->arrangement)->jurisdiction;
    int32_t days            = 0;

    *rate = (ratio){ 0, 1 };
    for (date d = i->cover_from; date_before(d, i->cover_to); d = date_add_days(d, 1)) {
        ratio today = law_at(place, d)->collection_fee_payer;
        if (today.n == 0 || group_service(g, i->arrangement, d) != SERVICE_COLLECT_AND_PAY)
            continue;
        *rate = today;
        days++;
    }
    return days;
}

static money signed_fee(const struct entry *e)
{
    if (e->reason == REASON_FEE || e->reason == REASON_FEE_INCREASE) return e->amount;
    return e->reason == REASON_FEE_DECREASE ? money_negate(e->amount) : MONEY_NONE;
}

static money signed_due(const struct entry *e)
{
    if (e->reason == REASON_CHARGE || e->reason == REASON_OPENING || e->reason == REASON_INCREASE)
        return e->amount;
    return e->reason == REASON_DECREASE ? money_negate(e->amount) : MONEY_NONE;
}

/* The paying parent's fee on a payment: on what it came to just then (a fee's row follows its
 * charge's), less the fee already on it. */
static void payer_fee(struct proving *p)
{
    const struct entry *own                 = line_entry(p);
    const struct sql_instalment_list_row *i = instalment_of(&p->then, own->about.instalment);
    money due = MONEY_NONE, before = MONEY_NONE;
    ratio rate;

    if (!i) return;
    for (size_t k = 0; k < p->then.entry_count; k++) {
        const struct entry *e = &p->then.entries[k];
        if (e->about.instalment != i->id || p->then.rows[k].id >= p->proof->line.entry) continue;
        due    = money_add(due, signed_due(e));
        before = money_add(before, signed_fee(e));
    }
    int32_t days = fee_days(&p->then, i, &rate), all = date_days(i->cover_from, i->cover_to);
    money fee = collect_fee(&p->then, i, due);
    proof_part_add(p, "The fee, worked out");
    proof_row_add(p, "Maintenance of this payment", proof_pounds(p, due));
    proof_row_add(p, "Rate", percent(p, rate));
    proof_row_add(p, "Days of it on which we collect",
                  arena_print(p->arena, "%d of %d", days, all));
    proof_row_add(p, "Fee on it, rounded to the nearest penny",
                  arena_print(p->arena, "%s × %s%s = %s", proof_pounds(p, due), percent(p, rate),
                              days == all ? "" : arena_print(p->arena, " × %d ÷ %d", days, all),
                              proof_pounds(p, fee)));
    if (before.p) proof_row_add(p, "Less the fee charged before", proof_pounds(p, before));
    proof_agrees(p, money_subtract(fee, before).p == signed_fee(own).p,
                 "That is the amount of this line.", "That is not the amount of this line.");
}

/* The receiving parent's fee: on what the same event collected for them, or let them keep, out of
 * the same receipt. */
static void receiver_fee(struct proving *p)
{
    const struct entry *own                  = line_entry(p);
    const struct sql_arrangement_list_row *a = group_arrangement(&p->then, own->about.arrangement);
    money collected                          = MONEY_NONE;

    for (size_t k = 0; k < p->then.entry_count; k++) {
        const struct entry *e = &p->then.entries[k];
        if (p->then.rows[k].event != p->proof->line.event ||
            e->about.arrangement != own->about.arrangement ||
            e->about.receipt != own->about.receipt || p->then.rows[k].id >= p->proof->line.entry)
            continue;
        if (e->reason == REASON_COLLECTED || e->reason == REASON_AHEAD_SPREAD_HELD)
            collected = money_add(collected, e->amount);
        if (e->reason == REASON_RECEIVER_FEE) collected = MONEY_NONE;
    }
    ratio rate =
        law_at((enum jurisdiction)a->jurisdiction, own->about.known)->collection_fee_receiver;
    money fee = fee_receiver(collected, rate);
    proof_part_add(p, "The fee, worked out");
    proof_row_add(p, "Collected, or left to them, from this payment", proof_pounds(p, collected));
    proof_row_add(p, "Fee on it, rounded to the nearest penny",
                  arena_print(p->arena, "%s × %s = %s", proof_pounds(p, collected),
                              percent(p, rate), proof_pounds(p, fee)));
    proof_row_add(p, "Left for the receiving parent",
                  proof_pounds(p, money_subtract(collected, fee)));
    proof_agrees(p, fee.p == own->amount.p, "That is the amount of this line.",
                 "That is not the amount of this line.");
}

void prove_fee(struct proving *p)
{
    enum reason r = line_entry(p)->reason;

    if (r == REASON_FEE || r == REASON_FEE_INCREASE || r == REASON_FEE_DECREASE) payer_fee(p);
    if (r == REASON_RECEIVER_FEE) receiver_fee(p);
}

/* --- what a payment to the receiving parent is made of --- */

static money held_change(const struct entry *e, enum account held)
{
    return e->credit == held ? e->amount : e->debit == held ? money_negate(e->amount) : MONEY_NONE;
}

void prove_pay_out(struct proving *p)
{
    const struct entry *own = line_entry(p);
    enum account held       = own->debit;
    money sum               = MONEY_NONE;
    size_t from             = 0;

    if (own->credit != ACCOUNT_BANK || !p->arrangement || !account_is_receivers(held)) return;
    for (size_t k = 0; k < p->then.entry_count; k++) {
        const struct entry *e = &p->then.entries[k];
        if (e->about.arrangement == own->about.arrangement && e->reason == own->reason &&
            p->then.rows[k].id < p->proof->line.entry)
            from = k + 1;
    }
    proof_part_add(p, "What it is made of");
    for (size_t k = 0; k < p->then.entry_count; k++) {
        const struct entry *e = &p->then.entries[k];
        money change          = held_change(e, held);
        if (e->about.arrangement != own->about.arrangement || change.p == 0 ||
            p->then.rows[k].id >= p->proof->line.entry)
            continue;
        sum = money_add(sum, change);
        if (k < from) continue;
        proof_link_add(p, proof_pounds(p, change), reason_sentence(e->reason), PROOF_LINE,
                       p->then.rows[k].id);
    }
    proof_agrees(p, sum.p == own->amount.p, "All that was held for you at that moment was sent.",
                 "What was sent is not all that was held at that moment.");
}
