/* scenario_card.c: a payment by card online in a scenario. */
#include "app/card.h"
#include "app/card_pay.h"
#include "app/scenario_play.h"

#include <stdio.h>
#include <string.h>

bool play_card(struct play *p, const struct play_step *s, struct fail *fail)
{
    static const char *const words[] = { [GATEWAY_OPEN]      = "started",
                                         [GATEWAY_PAID]      = "paid",
                                         [GATEWAY_REFUSED]   = "refused",
                                         [GATEWAY_CANCELLED] = "cancelled",
                                         [GATEWAY_EXPIRED]   = "expired" };
    struct setting setting           = play_setting(p);
    struct gateway_answer a          = { .amount       = s->amount,
                                         .has_taken_on = true,
                                         .taken_on     = setting.today };
    struct card_payment *list;
    int64_t payment;
    size_t n;

    while (strcmp(words[a.state], s->word) != 0)
        a.state++;
    if (!card_provider_set(setting.store, "Pretend Card Company", false, fail) ||
        !card_pay_ask(&setting, p->pp, s->amount, &payment, fail) ||
        !card_pay_list(setting.store, setting.arena, p->pp, &list, &n, fail))
        return false;
    snprintf(a.id, sizeof a.id, "scenario-%lld-%lld", (long long)p->pp, (long long)payment);
    snprintf(a.reference, sizeof a.reference, "%s", list[0].row.reference);
    return card_pay_said(&setting, p->pp, payment, &a, fail);
}
