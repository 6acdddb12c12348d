/* scenario_ruling.c: decisions about money in a scenario. */
#include "app/ruling.h"
#include "app/scenario_play.h"

#include <stdlib.h>
#include <string.h>

static const char *given(const struct play_step *s, enum clause c)
{
    return s->clauses[c].given ? s->clauses[c].text : NULL;
}

/* The number of what the ruling is about: a payment or an earlier ruling. */
static bool refers_of(struct play *p, const struct play_step *s, int64_t *refers, struct fail *fail)
{
    const char *text          = given(s, CLAUSE_ABOUT);
    const struct play_name *n = text ? play_name_find(p, text, fail) : NULL;

    *refers = n ? n->id : 0;
    return n || !text;
}

bool play_ruling_order(struct play *p, const struct play_step *s, struct ruling_order *o,
                       struct fail *fail)
{
    struct group g;

    *o = (struct ruling_order){
        .word              = given(s, CLAUSE_KIND),
        .amount            = s->value ? s->amount : MONEY_NONE,
        .weekly            = s->clauses[CLAUSE_WEEKLY].amount,
        .day               = s->clauses[CLAUSE_ON].given ? s->clauses[CLAUSE_ON].day : p->today,
        .basis             = given(s, CLAUSE_BASIS),
        .reason            = given(s, CLAUSE_BECAUSE),
        .evidence          = given(s, CLAUSE_EVIDENCE),
        .welfare_children  = given(s, CLAUSE_CHILDREN),
        .welfare_reasoning = given(s, CLAUSE_WELFARE),
    };
    return ruling_find(s->word, &o->kind) && play_group(p, &g, fail) &&
           refers_of(p, s, &o->refers, fail) &&
           (!ruling_needs_arrangement(o->kind) ||
            play_arrangement(p, &g, given(s, CLAUSE_OF), &o->arrangement, fail));
}

bool play_ruling(struct play *p, const struct play_step *s, const char **result, struct fail *fail)
{
    struct setting setting = play_setting(p);
    struct ruling_order o;
    struct ruling_result r;

    if (!play_ruling_order(p, s, &o, fail)) return false;
    const char *key = arena_print(&p->step, "play/%s/%zu", p->order.name, p->next + 1);
    if (!ruling_make(&setting, p->pp, &o, key, &r, fail)) return false;
    *result = arena_print(&p->step, "ruling %lld %lld", (long long)r.event, (long long)r.counted.p);
    return true;
}

bool play_ruling_recall(struct play *p, const struct play_step *s, const char *result,
                        struct fail *fail)
{
    const char *at = strchr(result, ' ');

    if (!s->clauses[CLAUSE_AS].given) return true;
    return play_name_bind(p,
                          (struct play_name){ .text      = s->clauses[CLAUSE_AS].text,
                                              .kind      = NAME_RULING,
                                              .id        = at ? strtoll(at, NULL, 10) : 0,
                                              .pp        = p->pp,
                                              .reference = "" },
                          fail);
}
