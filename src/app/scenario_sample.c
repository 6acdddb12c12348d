/* scenario_sample.c: decisions that somebody else looks at, in a scenario. */
#include "app/sample.h"
#include "app/scenario_play.h"

#include <string.h>

enum { OF_A_HUNDRED = 10 }; /* thousandths */

static int32_t share_of(const struct play_step *s, enum clause c)
{
    return s->clauses[c].given ? (int32_t)s->clauses[c].count * OF_A_HUNDRED : -1;
}

/* The oldest that waits. */
static bool look(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct setting setting      = play_setting(p);
    struct sample_answer answer = {
        .found      = (enum sample_event)machine_event_find(&machine_sample, s->word),
        .role       = s->clauses[CLAUSE_AS].text,
        .reason     = s->clauses[CLAUSE_BECAUSE].text,
        .has_should = s->clauses[CLAUSE_WEEKLY].given,
        .should     = s->clauses[CLAUSE_WEEKLY].amount,
    };

    return sample_take(&setting, p->pp, &answer, fail);
}

/* All that waits is right; where nothing was picked, nothing. */
static bool look_at_any(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct setting setting      = play_setting(p);
    struct sample_answer answer = { .found  = SAMPLE_EVENT_RIGHT,
                                    .role   = s->clauses[CLAUSE_AS].text,
                                    .reason = s->clauses[CLAUSE_BECAUSE].text };
    struct sample *list;
    size_t n;

    if (!sample_list(setting.store, setting.arena, p->pp, &list, &n, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        answer.event = list[i].row.event;
        if (sample_is_open(&list[i]) && !sample_take(&setting, p->pp, &answer, fail)) return false;
    }
    return true;
}

bool play_sample(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct setting setting      = play_setting(p);
    struct sample_shares shares = { share_of(s, CLAUSE_BEFORE), share_of(s, CLAUSE_AFTER) };

    if (s->kind == STEP_SAMPLE_BEGIN) return sample_begin(&setting, shares, fail);
    return !strcmp(s->word, "any") ? look_at_any(p, s, fail) : look(p, s, fail);
}

static bool expect_unsent(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct setting setting       = play_setting(p);
    const struct play_name *name = NULL;
    struct sql_letter_list_row *rows;
    struct sample_held held;
    int32_t found = 0;
    size_t n;

    if (s->clauses[CLAUSE_TO].given &&
        !(name = play_name_find(p, s->clauses[CLAUSE_TO].text, fail)))
        return false;
    if (!sample_holds(&setting, p->pp, &held, fail) ||
        !sql_letter_list(p->order.store,
                         &(struct sql_letter_list_in){ .pp = p->pp, .known = KNOWN_NOW }, &p->step,
                         &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        found += (!name || rows[i].person == name->id) && sample_holds_letter(&held, &rows[i]);
    return found == s->count ||
           FAIL(fail, FAIL_REFUSED, "",
                "expected %d letters to wait for a look at the decision; there are %d.", s->count,
                found);
}

bool play_expect_samples(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct clause_value *of = &s->clauses[CLAUSE_OF];
    struct sample *list;
    int32_t found = 0;
    size_t n;

    if (s->kind == EXPECT_UNSENT) return expect_unsent(p, s, fail);
    if (of->given && machine_state_find(&machine_sample, of->text) == MACHINE_NOTHING)
        return FAIL(fail, FAIL_INPUT, "no_state", "a sample is never \"%s\".", of->text);
    if (!sample_list(p->order.store, &p->step, p->pp, &list, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        found += !of->given || !strcmp(machine_sample.states[list[i].state].name, of->text);
    return found == s->count ||
           FAIL(fail, FAIL_REFUSED, "", "expected %d samples%s%s, but there are %d of %zu.",
                s->count, of->given ? " of " : "", of->given ? of->text : "", found, n);
}
