/* calculator_flow.h: which questions these answers lead to, in order.  One page each; nothing is
 * asked that the rule would not read. */
#pragma once
#include "base/arena.h"
#include "web/calculator_answers.h"

enum question {
    ASK_SIDE,
    ASK_CIRCUMSTANCE,
    ASK_BENEFIT,
    ASK_PARTNER,
    ASK_INCOME,
    ASK_AMOUNT,
    ASK_PENSION,
    ASK_RECEIVERS,
    ASK_CHILDREN,
    ASK_CARE,
    ASK_NIGHTS,
    ASK_OTHERS,
    ASK_ARRANGEMENTS,
    ASK_SPECIAL,
    ASK_GROUND,
};
struct ask {
    enum question question;
    int receiver, child; /* from 0 */
    enum ground ground;
    bool said;
    const char *path;
};
struct flow {
    const struct ask *asks;
    int count, unsaid; /* unsaid: the first not answered; count when there is none */
};

struct flow flow_make(struct arena *a, const struct answers *answers);
/* The place of a path among the questions that may be asked now (up to the first unanswered); -1.
 */
int flow_find(const struct flow *flow, const char *path);
/* Where to go on: the first unanswered question, or the check page. */
const char *flow_next(const struct flow *flow);
/* The question before, or the start page. */
const char *flow_back(const struct flow *flow, int at);
