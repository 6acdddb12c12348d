/* scenario_told.c: what parents tell us on their own pages, and what is not accepted of it. */
#include "app/asking.h"
#include "app/scenario_play.h"

#include <string.h>

static bool tell(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct clause_value *of      = &s->clauses[CLAUSE_OF];
    const struct clause_value *because = &s->clauses[CLAUSE_BECAUSE];
    const struct clause_value *said    = &s->clauses[CLAUSE_SAID];
    const struct clause_value *since   = &s->clauses[CLAUSE_HAPPENED];
    bool paying                        = !strcmp(s->clauses[CLAUSE_BY].text, "paying");
    struct setting setting             = play_setting(p);
    struct asking_change c             = {
                    .kind        = change_kind_find(s->value),
                    .person      = p->pp,
                    .role        = paying ? ROLE_PAYING_PARENT : ROLE_RECEIVING_PARENT,
                    .value       = said->given ? said->text : NULL,
                    .happened_on = since->given ? since->day : p->today,
                    .note        = because->given ? because->text : "",
    };
    struct group g;
    int64_t event;

    if (!c.kind)
        return FAIL(fail, FAIL_INPUT, "no_change", "nobody tells a change \"%s\".", s->value);
    if (!play_group(p, &g, fail)) return false;
    if (!paying) {
        if (!play_arrangement(p, &g, of->given ? of->text : NULL, &c.subject, fail)) return false;
        c.person = group_arrangement(&g, c.subject)->rp;
    }
    return asking_tell(&setting, p->pp, NULL, &c, &event, fail);
}

/* The oldest that waits. */
static bool decline(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct setting setting     = play_setting(p);
    const struct asking *waits = NULL;
    struct asking *list;
    struct group g;
    size_t n;

    if (!play_group(p, &g, fail) || !asking_list(setting.store, setting.arena, &g, &list, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (asking_is_open(&list[i])) waits = &list[i];
    if (!waits) return REFUSE(fail, "nothing_waits", "Nothing that was told waits.");
    return asking_step(&setting, p->pp, waits,
                       waits->kind ? (int32_t)CHANGE_REPORT_EVENT_DECLINE
                                   : (int32_t)RECONSIDERATION_EVENT_REFUSE,
                       s->clauses[CLAUSE_BECAUSE].text, fail);
}

bool play_told(struct play *p, const struct play_step *s, struct fail *fail)
{
    return s->kind == STEP_TELL_CHANGE ? tell(p, s, fail) : decline(p, s, fail);
}
