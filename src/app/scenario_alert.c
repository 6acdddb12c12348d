/* scenario_alert.c: risks of harm in a scenario. */
#include "app/alert.h"
#include "app/scenario_play.h"

#include <string.h>

static bool notice(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct clause_value *of = &s->clauses[CLAUSE_OF];
    struct setting setting        = play_setting(p);
    struct alert_noticed noticed  = { .person = p->pp, .source = ALERT_NOTICED, .note = s->value };
    int64_t alert;
    const struct play_name *name;

    if (!alert_risk_find(s->word, &noticed.risk))
        return FAIL(fail, FAIL_INPUT, "no_risk", "there is no risk \"%s\".", s->word);
    if (of->given) {
        if (!(name = play_name_find(p, of->text, fail))) return false;
        noticed.person = name->id;
    }
    return alert_record(&setting, p->pp, &noticed, &alert, fail);
}

/* The oldest that is open. */
static bool answer(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct setting setting = play_setting(p);
    struct alert_look look = {
        .event = (enum alert_event)machine_event_find(&machine_alert, s->word),
        .seen  = s->value,
        .done  = s->clauses[CLAUSE_BECAUSE].text,
    };
    struct alert *list;
    size_t n;

    if (!alert_list(setting.store, setting.arena, p->pp, &list, &n, fail)) return false;
    for (size_t i = n; i > 0; i--)
        if (alert_is_open(&list[i - 1])) look.alert = list[i - 1].row.event;
    return alert_take(&setting, p->pp, &look, fail);
}

bool play_alert(struct play *p, const struct play_step *s, struct fail *fail)
{
    return s->kind == STEP_NOTICE ? notice(p, s, fail) : answer(p, s, fail);
}
