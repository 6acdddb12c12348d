/* scenario_step.c: the steps that write, each through the verb a screen would call. */
#include "app/apply.h"
#include "app/day.h"
#include "app/debit.h"
#include "app/decide.h"
#include "app/fact.h"
#include "app/letter.h"
#include "app/receive.h"
#include "app/scenario_feed.h"
#include "app/scenario_pay.h"
#include "app/scenario_play.h"

#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

bool play_verb(struct play *p, const char *name, struct verb *v, struct group *g, struct fail *fail)
{
    struct setting s = play_setting(p);
    bool done;

    if (p->pp == 0)
        return FAIL(fail, FAIL_INPUT, "family_missing",
                    "there is no family yet; begin with the step \"apply\".");
    const char *key = arena_print(&p->step, "play/%s/%zu", p->order.name, p->next + 1);
    if (!verb_open(&s, p->pp, name, key, v, &done, fail)) return false;
    BUG_UNLESS(!done); /* `played` is written in the same transaction */
    return group_load(v->store, v->arena, v->pp, v->seq, g, fail);
}

static date clause_day(const struct play_step *s, enum clause c, date otherwise)
{
    return s->clauses[c].given ? s->clauses[c].day : otherwise;
}

static const char *clause_text(const struct play_step *s, enum clause c, const char *otherwise)
{
    return s->clauses[c].given ? s->clauses[c].text : otherwise;
}

/* --- apply --- */

static bool applicant_of(const struct play *p, const struct scenario_person *who,
                         struct applicant *a, struct fail *fail)
{
    *a = (struct applicant){
        .given = who->given, .family = who->family, .has_born = who->has_born, .born = who->born
    };
    if (who->family) return true;
    const struct play_name *n = play_name_find(p, who->given, fail);
    if (!n) return false;
    if (n->kind != NAME_PERSON)
        return FAIL(fail, FAIL_INPUT, "not_a_person", "\"%s\" is not a person.", who->given);
    a->id = n->id;
    return true;
}

static bool jurisdiction_of(const char *word, enum jurisdiction *j, struct fail *fail)
{
    static const char *const words[JURISDICTIONS] = {
        [JURISDICTION_GREAT_BRITAIN]    = "great_britain",
        [JURISDICTION_NORTHERN_IRELAND] = "northern_ireland",
    };

    for (int i = 0; i < JURISDICTIONS; i++)
        if (!strcmp(words[i], word)) {
            *j = (enum jurisdiction)i;
            return true;
        }
    return FAIL(fail, FAIL_INPUT, "jurisdiction_wrong",
                "the jurisdiction is great_britain or northern_ireland, not \"%s\".", word);
}

static bool do_apply(struct play *p, const struct play_step *s, const char **result,
                     struct fail *fail)
{
    struct application a = {
        .applied_on     = clause_day(s, CLAUSE_APPLIED, p->today),
        .effective_from = s->clauses[CLAUSE_EFFECTIVE].day,
        .service        = clause_text(s, CLAUSE_SERVICE, "collect_and_pay"),
        .pay_interval   = clause_text(s, CLAUSE_PAYS, "monthly"),
        .pay_day        = s->clauses[CLAUSE_DAY].given ? s->clauses[CLAUSE_DAY].count : 1,
        .said_by        = clause_text(s, CLAUSE_SAID, "receiving parent"),
    };
    struct applicant *children = ARENA_MANY(&p->step, struct applicant, s->people_count);
    struct application_result r;
    struct setting setting = play_setting(p);
    struct out o           = { .arena = &p->step };

    for (size_t i = 0; i < s->people_count; i++) {
        const struct scenario_person *who = &s->people[i];
        struct applicant *to              = who->role == ROLE_PAYING      ? &a.paying
                                            : who->role == ROLE_RECEIVING ? &a.receiving
                                                                          : &children[a.child_count];
        a.child_count += who->role == ROLE_CHILD;
        if (!applicant_of(p, who, to, fail)) return false;
    }
    a.children = children;
    if (!jurisdiction_of(clause_text(s, CLAUSE_JURISDICTION, "great_britain"), &a.jurisdiction,
                         fail) ||
        !application_make(&setting, &a,
                          arena_print(&p->step, "play/%s/%zu", p->order.name, p->next + 1), &r,
                          fail))
        return false;
    out_print(&o, "%lld %lld %lld", (long long)r.pp, (long long)r.arrangement, (long long)r.rp);
    for (size_t i = 0; i < a.child_count; i++)
        out_print(&o, " %lld", (long long)r.children[i]);
    *result = out_string(&o);
    return true;
}

static bool bind_person(struct play *p, const struct scenario_person *who, int64_t id,
                        struct fail *fail)
{
    if (!who->family && !who->as) return true;
    return play_name_bind(
        p,
        (struct play_name){
            .text = who->as ? who->as : who->given, .kind = NAME_PERSON, .id = id, .pp = p->pp },
        fail);
}

static bool recall_apply(struct play *p, const struct play_step *s, const char *result,
                         struct fail *fail)
{
    char *at;
    bool known = false;
    int64_t pp = strtoll(result, &at, 10), arrangement = strtoll(at, &at, 10);
    int64_t rp = strtoll(at, &at, 10);

    p->pp = pp;
    for (size_t i = 0; i < p->family_count; i++)
        known |= p->families[i] == pp;
    if (!known && p->family_count == PLAY_FAMILIES)
        return FAIL(fail, FAIL_INPUT, "families_too_many", "a scenario has at most %d families.",
                    PLAY_FAMILIES);
    if (!known) p->families[p->family_count++] = pp;
    for (size_t i = 0; i < s->people_count; i++) {
        const struct scenario_person *who = &s->people[i];
        int64_t id                        = who->role == ROLE_PAYING      ? pp
                                            : who->role == ROLE_RECEIVING ? rp
                                                                          : strtoll(at, &at, 10);
        if (!bind_person(p, who, id, fail)) return false;
    }
    if (!s->clauses[CLAUSE_CASE].given) return true;
    return play_name_bind(
        p,
        (struct play_name){
            .text = s->clauses[CLAUSE_CASE].text, .kind = NAME_CASE, .id = arrangement, .pp = pp },
        fail);
}

/* --- facts --- */

static bool fact_order_of(struct play *p, const struct play_step *s, const struct group *g,
                          struct fact_order *o, struct fail *fail)
{
    const struct clause_value *of = &s->clauses[CLAUSE_OF];

    *o = (struct fact_order){
        .kind        = s->fact,
        .from        = clause_day(s, CLAUSE_FROM, p->today),
        .to          = clause_day(s, CLAUSE_TO, DATE_OPEN),
        .happened_on = clause_day(s, CLAUSE_HAPPENED, clause_day(s, CLAUSE_FROM, p->today)),
        .said_by     = clause_text(s, CLAUSE_SAID, p->actor),
        .evidence    = clause_text(s, CLAUSE_EVIDENCE, ""),
    };
    return play_subject(p, g, s->fact, of->given ? of->text : NULL, &o->subject, fail);
}

static bool do_fact(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct verb v;
    struct group g;
    struct fact_order o;

    if (!play_verb(p,
                   s->kind == STEP_CORRECT ? "correct"
                   : s->kind == STEP_END   ? "end"
                                           : "fact",
                   &v, &g, fail) ||
        !fact_order_of(p, s, &g, &o, fail))
        return false;
    if (s->kind == STEP_END) return fact_end(&v, &g, &o, fail) && verb_close(&v, fail);
    return play_fact_value(p, s, &g, &o.value, fail) && fact_assert(&v, &g, &o, fail) &&
           verb_close(&v, fail);
}

/* A dispute or a hold is of every arrangement unless one is named. */
static bool do_stop(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct verb v;
    struct group g;
    struct play_step one = *s;

    one.fact = s->kind == STEP_HOLD ? FACT_HOLD : FACT_DISPUTE;
    if (!play_verb(p, s->kind == STEP_HOLD ? "hold" : "dispute", &v, &g, fail)) return false;
    size_t n = g.arrangement_count;
    for (size_t i = 0; i < n; i++) {
        struct fact_order o = { .kind = one.fact, .subject = g.arrangements[i].id };
        int64_t named;
        if (s->clauses[CLAUSE_OF].given) {
            if (!play_arrangement(p, &g, s->clauses[CLAUSE_OF].text, &named, fail)) return false;
            if (named != o.subject) continue;
        }
        o.value       = s->value;
        o.from        = clause_day(s, CLAUSE_FROM, p->today);
        o.to          = clause_day(s, CLAUSE_TO, DATE_OPEN);
        o.happened_on = o.from;
        o.said_by     = clause_text(s, CLAUSE_SAID, p->actor);
        if (!fact_assert(&v, &g, &o, fail)) return false;
    }
    return verb_close(&v, fail);
}

static bool do_report(struct play *p, const struct play_step *s, const char **result,
                      struct fail *fail)
{
    struct verb v;
    struct group g;
    struct change change;
    char day[DATE_TEXT];
    const struct clause_value *of = &s->clauses[CLAUSE_OF];
    bool ends                     = s->value && !strcmp(s->value, "ends");
    struct change_report r        = {
               .kind        = s->fact,
               .happened_on = clause_day(s, CLAUSE_HAPPENED, p->today),
               .said_by     = clause_text(s, CLAUSE_SAID, "paying parent"),
               .evidence    = clause_text(s, CLAUSE_EVIDENCE, ""),
    };

    if (!play_verb(p, "report", &v, &g, fail) ||
        !play_subject(p, &g, s->fact, of->given ? of->text : NULL, &r.subject, fail) ||
        (!ends && !play_fact_value(p, s, &g, &r.value, fail)) ||
        !fact_report(&v, &g, &r, &change, fail) || !verb_close(&v, fail))
        return false;
    *result = change.counts ? arena_print(&p->step, "counts %s", date_text(change.counts_from, day))
                            : "ignored";
    return true;
}

/* --- decisions --- */

static date decision_day(const struct play *p, const struct play_step *s, const struct group *g)
{
    date first = DATE_OPEN, last = p->today;

    for (size_t i = 0; i < g->arrangement_count; i++) {
        first = date_min(first, g->arrangements[i].effective_from);
        last  = g->arrangements[i].effective_from;
    }
    if (s->clauses[CLAUSE_FROM].given) return s->clauses[CLAUSE_FROM].day;
    if (s->decision == DECISION_NEW_APPLICATION) return last;
    if (g->arrangement_count &&
        (s->decision == DECISION_INITIAL || s->decision == DECISION_DEFAULT ||
         s->decision == DECISION_REPLACEMENT))
        return first;
    return p->today;
}

struct decision_order play_decision_order(struct play *p, const struct play_step *s,
                                          const struct group *g)
{
    const struct clause_value *late = &s->clauses[CLAUSE_LATE];
    struct decision_order order     = { .kind   = s->decision,
                                        .from   = decision_day(p, s, g),
                                        .reason = clause_text(s, CLAUSE_BECAUSE, "preview"),
                                        .late   = late->given };
    if (late->given)
        order.reason = arena_print(&p->step, "%s (allowed late: %s)", order.reason, late->text);
    return order;
}

static bool do_decide(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct verb v;
    struct group g;

    if (!play_verb(p, "decide", &v, &g, fail)) return false;
    struct decision_order order = play_decision_order(p, s, &g);
    return decision_make(&v, &g, &order, fail) && verb_close(&v, fail);
}

/* --- days and letters --- */

static bool do_days(struct play *p, date until, struct fail *fail)
{
    struct setting s   = play_setting(p);
    struct arena arena = { 0 };
    bool fine          = true, changed;

    s.arena = &arena;
    s.actor = "day";
    if (date_before(until, p->today))
        return FAIL(fail, FAIL_INPUT, "day_past", "that day is past already.");
    for (; fine && !date_before(until, s.today); s.today = date_add_days(s.today, 1)) {
        fine = debit_settle(&s, true, fail);
        for (size_t i = 0; fine && i < p->family_count; i++) {
            arena_reset(&arena);
            fine = day_run(&s, p->families[i], &changed, fail);
        }
    }
    arena_free(&arena);
    return fine;
}

static bool do_letter(struct play *p, const struct play_step *s, const char **result,
                      struct fail *fail)
{
    struct setting setting = play_setting(p);
    struct letter_result r = { 0 };

    if (p->pp == 0) return FAIL(fail, FAIL_INPUT, "family_missing", "there is no family yet.");
    if (!strcmp(s->word, "arrears") ? !letter_arrears(&setting, p->pp, &r, fail)
                                    : !letter_refund(&setting, p->pp, &r, fail))
        return false;
    *result = r.sent ? "sent" : arena_print(&p->step, "refused %s", r.refused);
    return true;
}

/* --- all of them --- */

bool play_do(struct play *p, const struct play_step *s, const char **result, struct fail *fail)
{
    switch (s->kind) {
    case STEP_APPLY: return do_apply(p, s, result, fail);
    case STEP_FACT:
    case STEP_CORRECT:
    case STEP_END: return do_fact(p, s, fail);
    case STEP_DISPUTE:
    case STEP_HOLD: return do_stop(p, s, fail);
    case STEP_REPORT: return do_report(p, s, result, fail);
    case STEP_DECIDE: return do_decide(p, s, fail);
    case STEP_RECEIVE:
    case STEP_RECEIVE_FILE:
    case STEP_RECEIVE_EMPLOYER:
    case STEP_RECEIVE_BENEFIT:
    case STEP_RETURN:
    case STEP_MATCH: return play_feed(p, s, result, fail);
    case STEP_DAY: return do_days(p, p->today, fail);
    case STEP_DAYS: return do_days(p, s->day, fail);
    case STEP_CHOOSE:
    case STEP_TAKE:
    case STEP_REPORT_UNPAID:
    case STEP_TELL_PAID:
    case STEP_AGREE_THEMSELVES:
    case STEP_AGREE_ARREARS: return play_service(p, s, fail);
    case STEP_LETTER:
        if (!strcmp(s->word, "plan")) return play_letter_plan(p, s, result, fail);
        return do_letter(p, s, result, fail);
    case STEP_SENDER:
    case STEP_PAY:
    case STEP_INSTRUCTION:
    case STEP_CANCEL_INSTRUCTION:
    case STEP_COLLECT_AGAIN:
    case STEP_COLLECT:
    case STEP_ADVICE: return play_pay(p, s, result, fail);
    case STEP_RULING: return play_ruling(p, s, result, fail);
    case STEP_EMPLOYER_SAYS:
    case STEP_ORDER: return play_order(p, s, fail);
    case STEP_MESSAGE: return play_message(p, s, fail);
    case STEP_COMPLAINT: return play_complaint(p, s, fail);
    case STEP_TELL_CHANGE:
    case STEP_DECLINE_CHANGE: return play_told(p, s, fail);
    case STEP_NOTICE:
    case STEP_PATTERN:
    case STEP_ALERT: return play_alert(p, s, fail);
    case STEP_SAMPLE_BEGIN:
    case STEP_SAMPLE: return play_sample(p, s, fail);
    case STEP_CARD: return play_card(p, s, fail);
    case STEP_ASK_RULING:
    case STEP_ASK_UNLIKELY:
    case STEP_ASK_DEMAND:
    case STEP_APPROVE:
    case STEP_REFUSE:
    case STEP_WITHDRAW: return play_approval(p, s, fail);
    default: break;
    }
    BUG_UNLESS(false);
    return false;
}

bool play_recall(struct play *p, const struct play_step *s, const char *result, struct fail *fail)
{
    result = arena_text(&p->life, result, strlen(result));
    switch (s->kind) {
    case STEP_APPLY: return recall_apply(p, s, result, fail);
    case STEP_RETURN:
    case STEP_RECEIVE: p->received = result; return play_feed_recall(p, s, result, fail);
    case STEP_RECEIVE_EMPLOYER:
    case STEP_RECEIVE_BENEFIT:
    case STEP_RECEIVE_FILE: p->received = result; return true;
    case STEP_LETTER: p->letter = result; return true;
    case STEP_PAY:
    case STEP_COLLECT: p->sent = result; return true;
    case STEP_ADVICE: p->advice = result; return true;
    case STEP_RULING: return play_ruling_recall(p, s, result, fail);
    case STEP_REPORT: p->change = result; return true;
    case STEP_DAYS: p->today = s->day; return true;
    default: return true;
    }
}
