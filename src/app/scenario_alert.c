/* scenario_alert.c: risks of harm, and patterns that may be abuse, in a scenario. */
#include "app/alert.h"
#include "app/pattern.h"
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

/* The oldest that nobody has looked at. */
static bool pattern_answer(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct setting setting       = play_setting(p);
    struct pattern_answer answer = {
        .event  = (enum pattern_event)machine_event_find(&machine_pattern, s->word),
        .reason = s->value,
    };
    struct pattern *list;
    size_t n;

    if (!pattern_list(setting.store, setting.arena, p->pp, &list, &n, fail)) return false;
    for (size_t i = n; i > 0 && !answer.pattern; i--)
        if (pattern_is_open(&list[i - 1])) answer.pattern = list[i - 1].row.event;
    return pattern_take(&setting, p->pp, &answer, fail);
}

bool play_alert(struct play *p, const struct play_step *s, struct fail *fail)
{
    if (s->kind == STEP_PATTERN) return pattern_answer(p, s, fail);
    return s->kind == STEP_NOTICE ? notice(p, s, fail) : answer(p, s, fail);
}

bool play_expect_patterns(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct clause_value *of = &s->clauses[CLAUSE_OF];
    struct pattern *list;
    int32_t found = 0;
    size_t n;

    if (of->given && !pattern_rule_find(of->text))
        return FAIL(fail, FAIL_INPUT, "no_pattern", "there is no pattern \"%s\".", of->text);
    if (!pattern_list(p->order.store, &p->step, p->pp, &list, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        found += !of->given || !strcmp(list[i].row.rule, of->text);
    return found == s->count ||
           FAIL(fail, FAIL_REFUSED, "", "expected %d patterns%s%s, but there are %d%s%s.", s->count,
                of->given ? " of " : "", of->given ? of->text : "", found, n ? "; the last: " : "",
                n ? list[0].row.facts : "");
}
