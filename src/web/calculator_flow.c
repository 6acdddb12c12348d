/* calculator_flow.c: the questions in order. */
#include "web/calculator_flow.h"

#include <stdio.h>
#include <string.h>

enum { ASKS = 12 + ANSWER_RECEIVERS * (2 + ANSWER_CHILDREN) + GROUNDS };

struct making {
    struct arena *arena;
    struct ask *asks;
    int count;
};

static void add(struct making *m, struct ask ask)
{
    BUG_UNLESS(m->count < ASKS);
    m->asks[m->count++] = ask;
}

static void add_plain(struct making *m, enum question question, bool said, const char *path)
{
    add(m, (struct ask){ .question = question, .said = said, .path = path });
}

static void add_income(struct making *m, const struct answers *a)
{
    add_plain(m, ASK_CIRCUMSTANCE, a->circumstance_said, "/calculator/circumstances");
    if (a->circumstance != CIRCUMSTANCE_NONE) return;
    add_plain(m, ASK_BENEFIT, a->benefit_said, "/calculator/benefits");
    if (a->benefit == BENEFIT_OWN_OR_PARTNER)
        add_plain(m, ASK_PARTNER, a->partner_said, "/calculator/partner");
    if (a->benefit != BENEFIT_NONE) return;
    add_plain(m, ASK_INCOME, a->income != INCOME_UNSAID, "/calculator/income");
    add_plain(m, ASK_AMOUNT, a->amount_said, "/calculator/amount");
    if (a->income != INCOME_WEEKLY)
        add_plain(m, ASK_PENSION, a->pension_said, "/calculator/pension");
}

static void add_receiver(struct making *m, const struct answer_receiver *r, int n)
{
    add(m, (struct ask){ .question = ASK_CHILDREN,
                         .receiver = n,
                         .said     = r->children > 0,
                         .path = arena_print(m->arena, "/calculator/parent/%d/children", n + 1) });
    add(m, (struct ask){ .question = ASK_CARE,
                         .receiver = n,
                         .said     = r->care_said,
                         .path     = arena_print(m->arena, "/calculator/parent/%d/care", n + 1) });
    for (int i = 0; i < r->children && !r->equal_care; i++)
        add(m, (struct ask){ .question = ASK_NIGHTS,
                             .receiver = n,
                             .child    = i,
                             .said     = r->child[i].said,
                             .path = arena_print(m->arena, "/calculator/parent/%d/child/%d/nights",
                                                 n + 1, i + 1) });
}

struct flow flow_make(struct arena *a, const struct answers *answers)
{
    struct making m  = { .arena = a, .asks = ARENA_MANY(a, struct ask, ASKS) };
    struct flow flow = { .asks = m.asks };

    add_plain(&m, ASK_SIDE, answers->side != SIDE_NONE, "/calculator/side");
    add_income(&m, answers);
    add_plain(&m, ASK_RECEIVERS, answers->receivers > 0, "/calculator/parents");
    for (int i = 0; i < answers->receivers; i++)
        add_receiver(&m, &answers->receiver[i], i);
    add_plain(&m, ASK_OTHERS, answers->others_said, "/calculator/other-children");
    add_plain(&m, ASK_ARRANGEMENTS, answers->arrangements_said, "/calculator/other-arrangements");
    add_plain(&m, ASK_SPECIAL, answers->special_said, "/calculator/special");
    for (int g = 0; g < GROUNDS; g++)
        if (answers->special >> g & 1)
            add(&m,
                (struct ask){ .question = ASK_GROUND,
                              .ground   = (enum ground)g,
                              .said     = answers->ground_said[g],
                              .path = arena_print(a, "/calculator/special/%s", ground_words[g]) });
    flow.count = m.count;
    while (flow.unsaid < flow.count && flow.asks[flow.unsaid].said)
        flow.unsaid++;
    return flow;
}

int flow_find(const struct flow *flow, const char *path)
{
    for (int i = 0; i < flow->count && i <= flow->unsaid; i++)
        if (!strcmp(flow->asks[i].path, path)) return i;
    return -1;
}

const char *flow_next(const struct flow *flow)
{
    return flow->unsaid < flow->count ? flow->asks[flow->unsaid].path : "/calculator/check";
}

const char *flow_back(const struct flow *flow, int at)
{
    return at > 0 ? flow->asks[at - 1].path : "/calculator";
}
