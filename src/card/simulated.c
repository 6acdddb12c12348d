/* simulated.c: payments in memory. */
#include "card/simulated.h"

#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60, LINK_ROOM = 80 };

/* The first four are the numbers that GOV.UK Pay's own tests use. */
const struct simulated_number simulated_numbers[CARD_CARDS] = {
    [CARD_PAYS]      = { "4444333322221111", "pays", CARD_PAYS },
    [CARD_PAYS_LATE] = { "4242424242424242", "pays, and takes a while to say so", CARD_PAYS_LATE },
    [CARD_REFUSED]   = { "4000000000000002", "is refused", CARD_REFUSED },
    [CARD_EXPIRED]   = { "4000000000000069", "is out of date: refused", CARD_EXPIRED },
};

bool simulated_card_find(const char *number, enum simulated_card *card)
{
    char digits[GATEWAY_ID];
    size_t n = 0;

    for (; *number && n + 1 < sizeof digits; number++)
        if (*number != ' ') digits[n++] = *number;
    digits[n] = '\0';
    for (size_t i = 0; i < CARD_CARDS; i++)
        if (!strcmp(simulated_numbers[i].number, digits))
            return *card = simulated_numbers[i].card, true;
    return false;
}

/* What time alone does to it. */
static void settle(const struct simulated *s, struct simulated_payment *p)
{
    if (p->state != GATEWAY_OPEN) return;
    if (p->paid_at && s->now() >= p->paid_at) {
        p->state    = GATEWAY_PAID;
        p->taken_on = (date){ (int32_t)(p->paid_at / DAY_SECONDS) };
    } else if (!p->paid_at && s->now() >= p->made + s->expires)
        p->state = GATEWAY_EXPIRED;
}

struct simulated_payment *simulated_find(struct simulated *s, const char *id)
{
    for (size_t i = 0; i < s->n; i++)
        if (!strcmp(s->payments[i].id, id)) return settle(s, &s->payments[i]), &s->payments[i];
    return NULL;
}

void simulated_pay(struct simulated *s, struct simulated_payment *p, enum simulated_card card)
{
    settle(s, p);
    if (p->state != GATEWAY_OPEN || p->paid_at) return;
    if (card == CARD_PAYS || card == CARD_PAYS_LATE) {
        p->paid_at = s->now() + (card == CARD_PAYS_LATE ? SIMULATED_LATE : 0);
        settle(s, p);
    } else
        p->state = GATEWAY_REFUSED;
}

void simulated_leave(struct simulated_payment *p)
{
    if (p->state == GATEWAY_OPEN && !p->paid_at) p->state = GATEWAY_CANCELLED;
}

/* ---- the interface ---- */

static bool away(struct simulated *s, struct fail *f)
{
    if (s->now() < s->away_until)
        return FAIL(f, FAIL_SYSTEM, "gateway_away", "The card provider does not answer.");
    return true;
}

/* The call was done; whether its answer arrives. */
static bool arrives(struct simulated *s, struct fail *f)
{
    bool lost = s->loses;

    s->loses = false;
    return !lost || FAIL(f, FAIL_SYSTEM, "gateway_away", "The card provider's answer was lost.");
}

static void answer_of(const struct simulated *s, const struct simulated_payment *p,
                      struct gateway_answer *a)
{
    *a = (struct gateway_answer){ .state = p->state, .amount = p->amount };
    memcpy(a->id, p->id, sizeof a->id);
    memcpy(a->reference, p->reference, sizeof a->reference);
    a->has_taken_on = p->state == GATEWAY_PAID;
    a->taken_on     = p->taken_on;
    if (p->state == GATEWAY_OPEN)
        snprintf(a->next, sizeof a->next, "%.*s/pay/%s", (int)(GATEWAY_LINK - LINK_ROOM), s->page,
                 p->id);
}

static struct simulated_payment *payment_new(struct simulated *s, const struct gateway_order *o)
{
    struct simulated_payment *p = &s->payments[s->n++];

    *p = (struct simulated_payment){ .amount = o->amount, .made = s->now() };
    snprintf(p->id, sizeof p->id, "sim%010lld%05zu", (long long)p->made, s->n);
    snprintf(p->once, sizeof p->once, "%s", o->once);
    snprintf(p->reference, sizeof p->reference, "%s", o->reference);
    snprintf(p->description, sizeof p->description, "%s", o->description);
    snprintf(p->back, sizeof p->back, "%s", o->back);
    return p;
}

static bool create(void *context, const struct gateway_order *o, struct gateway_answer *a,
                   struct fail *f)
{
    struct simulated *s         = context;
    struct simulated_payment *p = NULL;

    if (!away(s, f)) return false;
    for (size_t i = 0; i < s->n && !p; i++)
        if (!strcmp(s->payments[i].once, o->once)) p = &s->payments[i];
    if (!p && s->n == SIMULATED_MOST)
        return REFUSE(f, "gateway_refused", "The provider takes no more payments.");
    if (!p) p = payment_new(s, o);
    settle(s, p);
    answer_of(s, p, a);
    return arrives(s, f);
}

static bool look(void *context, const char *id, struct gateway_answer *a, struct fail *f)
{
    struct simulated *s = context;

    if (!away(s, f)) return false;
    const struct simulated_payment *p = simulated_find(s, id);
    if (!p) return REFUSE(f, "gateway_refused", "The provider knows no such payment.");
    answer_of(s, p, a);
    return arrives(s, f);
}

static bool cancel(void *context, const char *id, struct fail *f)
{
    struct simulated *s = context;

    if (!away(s, f)) return false;
    struct simulated_payment *p = simulated_find(s, id);
    if (!p || p->state != GATEWAY_OPEN || p->paid_at)
        return REFUSE(f, "gateway_refused", "The payment is finished already.");
    simulated_leave(p);
    return arrives(s, f);
}

static bool refund(void *context, const char *id, const char *once, money amount, struct fail *f)
{
    struct simulated *s = context;

    if (!away(s, f)) return false;
    struct simulated_payment *p = simulated_find(s, id);
    if (!p || p->state != GATEWAY_PAID)
        return REFUSE(f, "gateway_refused", "There is no such payment to give back.");
    if (strcmp(p->refund, once) != 0) {
        if (money_subtract(p->amount, p->refunded).p < amount.p)
            return REFUSE(f, "gateway_refused", "There is not so much left of it.");
        p->refunded = money_add(p->refunded, amount);
        snprintf(p->refund, sizeof p->refund, "%s", once);
    }
    return arrives(s, f);
}

void simulated_open(struct simulated *s, const char *page, int64_t (*now)(void))
{
    *s = (struct simulated){ .now = now, .expires = SIMULATED_EXPIRES };
    snprintf(s->page, sizeof s->page, "%s", page);
    s->payments = calloc(SIMULATED_MOST, sizeof *s->payments);
    BUG_UNLESS(s->payments);
    s->gateway = (struct gateway){ .context = s,
                                   .create  = create,
                                   .look    = look,
                                   .cancel  = cancel,
                                   .refund  = refund,
                                   .page    = s->page,
                                   .home    = "",
                                   .key     = "" };
}

void simulated_close(struct simulated *s)
{
    free(s->payments);
    *s = (struct simulated){ 0 };
}
