/* card_pay.c: payments by card that parents start online. */
#include "app/card_pay.h"

#include "app/card.h"
#include "app/step.h"
#include "app/used.h"
#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 200 };
static const struct machine *const m = &machine_card_payment;

bool card_pay_offered(struct store *store, struct arena *arena, bool *offered, struct fail *fail)
{
    const char *name = "";

    *offered = false;
    if (!gateway_now()) return true;
    if (!card_provider(store, arena, &name, fail)) return false;
    *offered = *name != '\0';
    return true;
}

/* ---- reading ---- */

static void payment_fill(struct card_payment *p, const struct sql_step_list_row *steps, size_t n)
{
    p->state   = CARD_PAYMENT_STATE_NONE;
    p->receipt = "";
    for (size_t i = 0; i < n; i++) {
        if (steps[i].subject != p->row.event || strcmp(steps[i].machine, m->name) != 0) continue;
        p->state = (enum card_payment_state)machine_state_find(m, steps[i].became);
        p->since = steps[i].day;
        if (p->state == CARD_PAYMENT_STATE_PAID) p->receipt = steps[i].evidence;
    }
}

bool card_pay_list(struct store *store, struct arena *arena, int64_t pp, struct card_payment **list,
                   size_t *n, struct fail *fail)
{
    struct sql_card_payment_list_row *rows;
    struct sql_step_list_row *steps = NULL;
    size_t count                    = 0;

    if (!sql_card_payment_list(store, &(struct sql_card_payment_list_in){ .pp = pp }, arena, &rows,
                               n, fail) ||
        (*n && !sql_step_list(store, &(struct sql_step_list_in){ .pp = pp, .known = KNOWN_NOW },
                              arena, &steps, &count, fail)))
        return false;
    *list = ARENA_MANY(arena, struct card_payment, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*list)[i] = (struct card_payment){ .row = rows[i] };
        payment_fill(&(*list)[i], steps, count);
    }
    return true;
}

const struct card_payment *card_pay_find(const struct card_payment *list, size_t n, int64_t payment)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].row.event == payment) return &list[i];
    return NULL;
}

bool card_pay_is_open(const struct card_payment *p)
{
    return !m->states[p->state].final;
}

const struct card_payment *card_pay_open(const struct card_payment *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (card_pay_is_open(&list[i])) return &list[i];
    return NULL;
}

bool card_pay_of_provider(struct store *store, struct arena *arena, const char *provider,
                          int64_t *pp, int64_t *payment, struct fail *fail)
{
    struct sql_card_by_provider_row row = { 0 };
    bool found;

    if (!sql_card_by_provider(store, &(struct sql_card_by_provider_in){ .provider = provider },
                              arena, &row, &found, fail))
        return false;
    *pp      = found ? row.pp : 0;
    *payment = found ? row.payment : 0;
    return true;
}

/* ---- asking ---- */

static bool amount_fits(const struct group *g, money amount, date today, struct fail *fail)
{
    enum jurisdiction where = g->arrangement_count
                                  ? (enum jurisdiction)g->arrangements[0].jurisdiction
                                  : JURISDICTION_GREAT_BRITAIN;
    const struct law *law   = law_at(where, today);
    char sum[MONEY_TEXT];

    if (amount.p < law->card_payment_least.p)
        REFUSE(fail, "amount_least", "The least that can be paid by card at a time is %s.",
               money_pounds(law->card_payment_least, sum));
    else if (amount.p > law->card_payment_most.p)
        REFUSE(fail, "amount_most",
               "The most that can be paid by card at a time is %s. Pay more in several payments, "
               "or by bank transfer.",
               money_pounds(law->card_payment_most, sum));
    else
        return true;
    return fail_field(fail, "amount");
}

static bool step_take(struct verb *v, int64_t payment, int32_t was, int32_t event,
                      const char *evidence, struct fail *fail)
{
    struct step_order o = {
        .machine  = m,
        .subject  = payment,
        .was      = was,
        .answer   = machine_take(m, was, event, 0),
        .by       = event == CARD_PAYMENT_EVENT_ASK ? ROLE_PAYING_PARENT : ROLE_SERVICE,
        .evidence = evidence,
    };
    return step_add(v, &o, fail);
}

bool card_pay_ask(const struct setting *s, int64_t pp, money amount, int64_t *payment,
                  struct fail *fail)
{
    struct card_payment *list;
    struct group g;
    struct verb v;
    bool done;
    size_t n;

    if (!verb_open(s, pp, "card", NULL, &v, &done, fail) ||
        !group_load(s->store, s->arena, pp, v.seq, &g, fail) ||
        !amount_fits(&g, amount, s->today, fail) ||
        !card_pay_list(s->store, s->arena, pp, &list, &n, fail))
        return false;
    if (card_pay_open(list, n))
        return REFUSE(
            fail, "payment_open",
            "You have started a payment that is not finished. Finish or cancel it first.");
    struct sql_card_payment_insert_in in = {
        .pp        = pp,
        .event     = v.seq,
        .person    = pp,
        .reference = arena_print(s->arena, "%sC%lld", group_person(&g, pp)->ref, (long long)v.seq),
        .amount    = amount,
        .day       = s->today,
    };
    *payment = v.seq;
    out_text(&v.about, "A payment by card was started: ");
    out_money(&v.about, amount);
    return sql_card_payment_insert(s->store, &in, fail) &&
           step_take(&v, v.seq, m->start, CARD_PAYMENT_EVENT_ASK, "", fail) && verb_close(&v, fail);
}

/* ---- what it is used for ---- */

static const char *what_of(enum item_kind kind)
{
    return kind == ITEM_MAINTENANCE || kind == ITEM_LEGACY ? "maintenance"
           : kind == ITEM_FEE                              ? "fee"
                                                           : "other";
}

static void use_fill(const struct group *g, const struct use *u, struct card_use *to)
{
    *to = (struct card_use){ u->arrangement, what_of(u->kind), false, DATE_NEVER, u->amount };
    for (size_t i = 0; u->instalment && i < g->instalment_count && !to->has_due; i++)
        if (g->instalments[i].id == u->instalment) {
            to->has_due = true;
            to->due     = g->instalments[i].due;
        }
}

void card_pay_uses(const struct group *g, int64_t receipt, struct arena *arena,
                   struct card_use **uses, size_t *n)
{
    struct uses all  = used_all(g, arena);
    struct lots lots = lots_find(g, ACCOUNT_PP_CREDIT, 0, arena);

    *uses = ARENA_MANY(arena, struct card_use, all.n + lots.n + 1);
    *n    = 0;
    for (size_t i = 0; i < all.n; i++)
        if (all.at[i].receipt == receipt && !all.at[i].ahead)
            use_fill(g, &all.at[i], &(*uses)[(*n)++]);
    for (size_t i = 0; i < lots.n; i++)
        if (lots.at[i].receipt == receipt && lots.at[i].left.p > 0)
            (*uses)[(*n)++] = (struct card_use){ .what = "kept", .amount = lots.at[i].left };
}

/* ---- the ledger ---- */

/* The line that the provider's file will have of it. */
static bool receipt_put(const struct setting *s, int64_t pp, const struct gateway_answer *a,
                        struct receipt_result *result, struct fail *fail)
{
    struct feed_statement statement = { .id = "online" };
    struct sql_person_get_row payer = { 0 };
    bool found;

    if (!card_account(s->store, s->arena, &statement.account, fail) ||
        !sql_person_get(s->store, &(struct sql_person_get_in){ .id = pp }, s->arena, &payer, &found,
                        fail))
        return false;
    BUG_UNLESS(found);
    struct feed_line line = {
        .statement     = &statement,
        .reference     = a->id,
        .booked        = a->has_taken_on ? date_min(a->taken_on, s->today) : s->today,
        .amount        = a->amount,
        .credit        = true,
        .original      = "",
        .reason        = "",
        .end_to_end    = "",
        .payer_name    = arena_print(s->arena, "%s %s", payer.given, payer.family),
        .payer_account = "",
        .remittance    = a->reference,
    };
    return receipt_record_online(s, &line, pp, result, fail);
}

bool card_pay_try(const struct setting *s, int64_t pp, money amount, struct card_use **uses,
                  size_t *n, struct fail *fail)
{
    struct gateway_answer a = { .id = "to-be-paid", .reference = "", .amount = amount };
    struct receipt_result r;
    struct group g;

    if (!group_load_record(s->store, s->arena, pp, KNOWN_NOW, &g, fail) ||
        !amount_fits(&g, amount, s->today, fail) || !receipt_put(s, pp, &a, &r, fail) ||
        !group_load(s->store, s->arena, pp, KNOWN_NOW, &g, fail))
        return false;
    card_pay_uses(&g, r.receipt, s->arena, uses, n);
    return true;
}

/* ---- what the provider says ---- */

static const enum card_payment_event happened[] = {
    [GATEWAY_PAID]      = CARD_PAYMENT_EVENT_PAY,
    [GATEWAY_REFUSED]   = CARD_PAYMENT_EVENT_REFUSE,
    [GATEWAY_CANCELLED] = CARD_PAYMENT_EVENT_CANCEL,
    [GATEWAY_EXPIRED]   = CARD_PAYMENT_EVENT_EXPIRE,
};

static bool payment_read(const struct setting *s, int64_t pp, int64_t payment,
                         struct card_payment *p, struct fail *fail)
{
    const struct card_payment *found;
    struct card_payment *list;
    size_t n;

    if (!card_pay_list(s->store, s->arena, pp, &list, &n, fail)) return false;
    found = card_pay_find(list, n, payment);
    if (!found) return REFUSE(fail, "no_payment", "There is no such payment.");
    *p = *found;
    return true;
}

/* One step, one event. */
static bool step_write(const struct setting *s, int64_t pp, struct card_payment *p, int32_t event,
                       const struct gateway_answer *a, const char *evidence, struct fail *fail)
{
    struct verb v;
    bool done;

    if (!verb_open(s, pp, "card", NULL, &v, &done, fail)) return false;
    struct sql_card_sent_insert_in sent = {
        .pp = pp, .event = v.seq, .payment = p->row.event, .provider = a->id
    };
    out_text(&v.about, "Card payment of ");
    out_money(&v.about, p->row.amount);
    out_print(&v.about, ": %s", m->events[event].label);
    if (!step_take(&v, p->row.event, (int32_t)p->state, event, evidence, fail) ||
        (event == CARD_PAYMENT_EVENT_SEND && !sql_card_sent_insert(s->store, &sent, fail)))
        return false;
    return verb_close(&v, fail) && payment_read(s, pp, p->row.event, p, fail);
}

/* What was said of a payment as it stands by now; somebody else may have written it already. */
static bool answer_write(const struct setting *s, int64_t pp, struct card_payment *p,
                         const struct gateway_answer *a, struct fail *fail)
{
    struct receipt_result r = { 0 };

    if (!payment_read(s, pp, p->row.event, p, fail)) return false;
    if (!card_pay_is_open(p)) return true;
    if (p->state == CARD_PAYMENT_STATE_ASKED && *a->id &&
        !step_write(s, pp, p, CARD_PAYMENT_EVENT_SEND, a, "", fail))
        return false;
    if (a->state == GATEWAY_OPEN) return true;
    if (a->state == GATEWAY_PAID && !receipt_put(s, pp, a, &r, fail)) return false;
    if (r.what == RECEIVED_BEFORE && r.pp == SERVICE_PP) { /* the file had it, and could not tell */
        if (!receipt_match(s, r.receipt, pp, fail)) return false;
    }
    return step_write(
        s, pp, p, (int32_t)happened[a->state], a,
        a->state == GATEWAY_PAID ? arena_print(s->arena, "%lld", (long long)r.receipt) : "", fail);
}

bool card_pay_said(const struct setting *s, int64_t pp, int64_t payment,
                   const struct gateway_answer *a, struct fail *fail)
{
    struct card_payment p = { .row = { .event = payment } };
    return answer_write(s, pp, &p, a, fail);
}

static bool answer_keep(const struct setting *s, int64_t pp, struct card_payment *p,
                        const struct gateway_answer *a, struct fail *fail)
{
    bool fine = store_begin(s->store, STORE_WRITING, fail) &&
                card_pay_said(s, pp, p->row.event, a, fail) && store_commit(s->store, fail);

    store_rollback(s->store);
    return fine;
}

/* What the provider says of it, or of what it makes now. */
static bool provider_ask(const struct setting *s, const struct gateway *w,
                         const struct card_payment *p, struct gateway_answer *a, struct fail *fail)
{
    struct gateway_order o = {
        .once        = p->row.reference,
        .amount      = p->row.amount,
        .reference   = p->row.reference,
        .description = arena_print(s->arena, "Payment %s", p->row.reference),
        .back        = arena_print(s->arena, "%s/paid/%.12s/%lld", w->home, p->row.reference,
                                   (long long)p->row.event),
    };

    if (p->row.provider) return w->look(w->context, p->row.provider, a, fail);
    if (w->create(w->context, &o, a, fail)) return true;
    if (fail->kind != FAIL_REFUSED) return false;
    *a = (struct gateway_answer){ .state = GATEWAY_CANCELLED, .amount = p->row.amount };
    snprintf(a->reference, sizeof a->reference, "%s", p->row.reference);
    *fail = (struct fail){ 0 };
    return true;
}

bool card_pay_follow(const struct setting *setting, const struct gateway *w, int64_t pp,
                     int64_t payment, char next[GATEWAY_LINK], struct fail *fail)
{
    struct setting s = *setting;
    struct gateway_answer a;
    struct card_payment p;

    s.actor = "card";
    *next   = '\0';
    if (!payment_read(&s, pp, payment, &p, fail)) return false;
    if (!card_pay_is_open(&p)) return true;
    if (!provider_ask(&s, w, &p, &a, fail)) return false;
    if (a.amount.p != p.row.amount.p || strcmp(a.reference, p.row.reference) != 0)
        return FAIL(fail, FAIL_SYSTEM, "gateway_strange",
                    "The card provider answered with another payment.");
    memcpy(next, a.next, GATEWAY_LINK);
    return answer_keep(&s, pp, &p, &a, fail);
}

bool card_pay_cancel(const struct setting *s, const struct gateway *w, int64_t pp, int64_t payment,
                     struct fail *fail)
{
    struct card_payment p;
    char next[GATEWAY_LINK];

    if (!card_pay_follow(s, w, pp, payment, next, fail) || !payment_read(s, pp, payment, &p, fail))
        return false;
    if (!card_pay_is_open(&p)) return true;
    if (!w->cancel(w->context, p.row.provider, fail)) {
        if (fail->kind != FAIL_REFUSED) return false;
        *fail = (struct fail){ 0 }; /* it is finished, or about to be */
    }
    return card_pay_follow(s, w, pp, payment, next, fail);
}

bool card_pay_follow_all(const struct setting *s, const struct gateway *w, size_t *looked,
                         size_t *waiting, struct fail *fail)
{
    struct sql_card_waiting_in in = { .most = CHUNK };
    struct sql_card_waiting_row *rows;
    size_t n = 0;

    *looked = *waiting = 0;
    do {
        if (!sql_card_waiting(s->store, &in, s->arena, &rows, &n, fail)) return false;
        for (size_t i = 0; i < n; i++) {
            char next[GATEWAY_LINK];
            in.after_pp = rows[i].pp;
            in.after    = rows[i].payment;
            ++*looked;
            if (card_pay_follow(s, w, rows[i].pp, rows[i].payment, next, fail)) {
                *waiting += *next != '\0';
                continue;
            }
            ++*waiting;
            if (fail->kind == FAIL_INTEGRITY || !strcmp(fail->code, "gateway_away")) return false;
            *fail = (struct fail){ 0 }; /* one case; its clock tells a person */
        }
    } while (n == CHUNK);
    return true;
}
