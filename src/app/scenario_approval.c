/* scenario_approval.c: what is asked of a second person in a scenario, and the answers. */
#include "app/approval.h"
#include "app/scenario_play.h"

#include <string.h>

static const char *given(const struct play_step *s, enum clause c)
{
    return s->clauses[c].given ? s->clauses[c].text : NULL;
}

static bool act_of(struct play *p, const struct play_step *s, struct approval_act *act,
                   struct fail *fail)
{
    struct welfare welfare = play_welfare(p, s);
    struct service_order o = { .reason   = given(s, CLAUSE_BECAUSE),
                               .evidence = given(s, CLAUSE_EVIDENCE),
                               .welfare  = &welfare };
    struct ruling_order ruling;
    struct group g;

    if (s->kind == STEP_ASK_RULING) {
        if (!play_ruling_order(p, s, &ruling, fail)) return false;
        *act = approval_act_of_ruling(&p->step, &ruling);
        return true;
    }
    if (s->kind == STEP_ASK_DEMAND) {
        *act = approval_act_of_demand();
        return true;
    }
    if (!play_group(p, &g, fail) ||
        !play_arrangement(p, &g, given(s, CLAUSE_OF), &o.arrangement, fail))
        return false;
    *act = approval_act_of_finding(&p->step, &o);
    return true;
}

bool play_approval(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct setting setting   = play_setting(p);
    struct approval_answer a = { .event  = s->kind == STEP_APPROVE  ? APPROVAL_EVENT_APPROVE
                                           : s->kind == STEP_REFUSE ? APPROVAL_EVENT_REFUSE
                                                                    : APPROVAL_EVENT_WITHDRAW,
                                 .role   = given(s, CLAUSE_AS) ? given(s, CLAUSE_AS) : "",
                                 .reason = given(s, CLAUSE_BECAUSE) };
    struct approval_act act;
    int64_t ask;

    if (p->pp == 0) return FAIL(fail, FAIL_INPUT, "family_missing", "there is no family yet.");
    if (s->kind == STEP_APPROVE || s->kind == STEP_REFUSE || s->kind == STEP_WITHDRAW)
        return approval_answer(&setting, p->pp, &a, fail);
    return act_of(p, s, &act, fail) &&
           approval_do(&setting, p->pp, &act, given(s, CLAUSE_BECAUSE), &ask, fail);
}

bool play_approval_expect(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct sql_approval_list_row *rows;
    const char *state = "needless";
    size_t n;

    if (!sql_approval_list(p->order.store, &(struct sql_approval_list_in){ .pp = p->pp }, &p->step,
                           &rows, &n, fail))
        return false;
    if (n) state = rows[n - 1].state ? rows[n - 1].state : "asked";
    return !strcmp(state, s->word) ||
           FAIL(fail, FAIL_REFUSED, "", "expected what was asked to be %s; it is %s.", s->word,
                state);
}
