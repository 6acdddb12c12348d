/* scenario_service.c: steps and expectations about the service of a case. */
#include "app/scenario_play.h"
#include "app/service_letter.h"

#include "base/bug.h"

#include <string.h>

#define DIFFERS(...) FAIL(fail, FAIL_REFUSED, "", __VA_ARGS__)

static const char *text_of(const struct play_step *s, enum clause c, const char *otherwise)
{
    return s->clauses[c].given ? s->clauses[c].text : otherwise;
}

static bool yes_of(const struct play_step *s, enum clause c, bool otherwise)
{
    return s->clauses[c].given ? !strcmp(s->clauses[c].text, "yes") : otherwise;
}

static bool role_of(const char *word, enum machine_role *role, struct fail *fail)
{
    static const struct {
        const char *word;
        enum machine_role role;
    } table[] = {
        { "receiving", ROLE_RECEIVING_PARENT },    { "paying", ROLE_PAYING_PARENT },
        { "child", ROLE_CHILD_IN_SCOTLAND },       { "caseworker", ROLE_CASEWORKER },
        { "decision_maker", ROLE_DECISION_MAKER }, { "service", ROLE_SERVICE },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i].word, word)) {
            *role = table[i].role;
            return true;
        }
    return FAIL(
        fail, FAIL_INPUT, "by_whom",
        "by is receiving, paying, child, caseworker, decision_maker or service, not \"%s\".", word);
}

/* "children; what is known; why": the three parts of a welfare record; one alone stands for all. */
struct welfare play_welfare(struct play *p, const struct play_step *s)
{
    struct welfare w    = { 0 };
    const char *part[3] = { "", "", "" };
    const char *text    = text_of(s, CLAUSE_WELFARE, "");
    int n               = 0;

    for (; *text && n < 3; n++) {
        size_t length = strcspn(text, ";");
        part[n]       = arena_text(&p->step, text, length);
        text += length + (text[length] == ';');
        text += strspn(text, " ");
    }
    w.children  = part[0];
    w.evidence  = n > 1 ? part[1] : part[0];
    w.reasoning = n > 2 ? part[2] : part[0];
    return w;
}

static bool direct_order_of(const struct play_step *s, int64_t arrangement, money paid,
                            struct direct_order *o, struct fail *fail)
{
    const char *by = s->clauses[CLAUSE_BY].text;

    *o = (struct direct_order){ .arrangement = arrangement,
                                .due         = s->clauses[CLAUSE_DUE].day,
                                .teller      = DIRECT_TELLERS,
                                .paid        = paid,
                                .has_paid_on = s->clauses[CLAUSE_ON].given,
                                .paid_on     = s->clauses[CLAUSE_ON].day,
                                .evidence    = text_of(s, CLAUSE_EVIDENCE, NULL) };
    for (int t = 0; t < DIRECT_TELLERS; t++)
        if (!strcmp(direct_teller_words[t], by) ||
            (t == TELLER_FOUND && !strcmp(by, "decision_maker")))
            o->teller = (enum direct_teller)t;
    return o->teller != DIRECT_TELLERS ||
           FAIL(fail, FAIL_INPUT, "by_whom",
                "what was paid is said by paying, receiving or decision_maker, not \"%s\".", by);
}

static bool do_choose(struct play *p, const struct play_step *s, struct verb *v, struct group *g,
                      int64_t arrangement, struct fail *fail)
{
    struct welfare welfare  = play_welfare(p, s);
    struct service_choice c = { .arrangement    = arrangement,
                                .receiving_asks = text_of(s, CLAUSE_RECEIVING, NULL),
                                .paying_asks    = text_of(s, CLAUSE_PAYING, NULL),
                                .will_not_pay   = s->clauses[CLAUSE_REFUSES].given,
                                .welfare        = &welfare,
                                .evidence =
                                    text_of(s, CLAUSE_REFUSES, text_of(s, CLAUSE_EVIDENCE, NULL)) };
    enum service chosen;

    return service_choose_for(v, g, &c, &chosen, fail);
}

static bool do_take(struct play *p, const struct play_step *s, struct verb *v, struct group *g,
                    int64_t arrangement, struct fail *fail)
{
    struct welfare welfare = play_welfare(p, s);
    struct direct_order report;
    bool unpaid            = s->kind == STEP_REPORT_UNPAID;
    struct service_order o = { .arrangement    = arrangement,
                               .reason         = text_of(s, CLAUSE_BECAUSE, NULL),
                               .evidence       = text_of(s, CLAUSE_EVIDENCE, NULL),
                               .welfare        = &welfare,
                               .receiving_asks = text_of(s, CLAUSE_RECEIVING, NULL),
                               .paying_asks    = text_of(s, CLAUSE_PAYING, NULL),
                               .likely         = yes_of(s, CLAUSE_LIKELY, false),
                               .not_pursued    = !yes_of(s, CLAUSE_PURSUE, true),
                               .report         = unpaid ? &report : NULL };
    int32_t event          = unpaid ? (int32_t)CASE_SERVICE_EVENT_REPORT_DEFAULT
                                    : machine_event_find(&machine_case_service, s->word);

    BUG_UNLESS(event != MACHINE_NOTHING);
    o.event = (enum case_service_event)event;
    return role_of(s->clauses[CLAUSE_BY].text, &o.asked_by, fail) &&
           (!unpaid ||
            direct_order_of(s, arrangement, s->clauses[CLAUSE_PAID].amount, &report, fail)) &&
           service_take(v, g, &o, fail);
}

static bool do_agree(const struct play_step *s, struct verb *v, struct group *g,
                     int64_t arrangement, struct fail *fail)
{
    struct service_agreement a = { .arrangement = arrangement,
                                   .agreed      = s->amount,
                                   .every       = s->clauses[CLAUSE_PAYS].text,
                                   .first       = s->clauses[CLAUSE_FROM].day,
                                   .other       = text_of(s, CLAUSE_ALSO, NULL),
                                   .reason      = text_of(s, CLAUSE_BECAUSE, NULL) };
    int64_t letter;

    return service_agree(v, g, &a, &letter, fail);
}

static bool do_tell(const struct play_step *s, struct verb *v, struct group *g, int64_t arrangement,
                    struct fail *fail)
{
    struct direct_order o;

    return direct_order_of(s, arrangement, s->amount, &o, fail) && service_tell(v, g, &o, fail);
}

bool play_service(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct verb v;
    struct group g;
    int64_t arrangement;
    bool fine;

    if (!play_verb(p, "service", &v, &g, fail) ||
        !play_arrangement(p, &g, text_of(s, CLAUSE_OF, NULL), &arrangement, fail))
        return false;
    switch (s->kind) {
    case STEP_CHOOSE: fine = do_choose(p, s, &v, &g, arrangement, fail); break;
    case STEP_TELL_PAID: fine = do_tell(s, &v, &g, arrangement, fail); break;
    case STEP_AGREE_THEMSELVES: fine = do_agree(s, &v, &g, arrangement, fail); break;
    case STEP_AGREE_ARREARS:
        fine = service_agree_arrears(&v, &g, arrangement, s->value, fail);
        break;
    default: fine = do_take(p, s, &v, &g, arrangement, fail); break;
    }
    return fine && verb_close(&v, fail);
}

bool play_letter_plan(struct play *p, const struct play_step *s, const char **result,
                      struct fail *fail)
{
    struct setting setting = play_setting(p);
    struct letter_result r = { 0 };
    struct group g;
    int64_t arrangement;

    if (!play_group(p, &g, fail) ||
        !play_arrangement(p, &g, text_of(s, CLAUSE_OF, NULL), &arrangement, fail) ||
        !service_plan_letter(&setting, p->pp, arrangement, &r, fail))
        return false;
    *result = r.sent ? "sent" : arena_print(&p->step, "refused %s", r.refused);
    return true;
}

/* --- expectations --- */

static bool expect_direct(const struct play_step *s, const struct service_view *v,
                          struct fail *fail)
{
    char day[DATE_TEXT], a[MONEY_TEXT], b[MONEY_TEXT];
    const struct clause_value *unpaid = &s->clauses[CLAUSE_UNPAID],
                              *open   = &s->clauses[CLAUSE_OPEN];

    date_text(s->clauses[CLAUSE_DUE].day, day);
    for (size_t i = 0; i < v->direct.n; i++) {
        const struct direct_outcome *o = &v->direct.at[i].outcome;
        if (!date_same(v->direct.at[i].due, s->clauses[CLAUSE_DUE].day)) continue;
        if (strcmp(direct_standing_words[o->standing], s->word))
            return DIFFERS("expected the payment due on %s to be %s, but it is %s.", day, s->word,
                           direct_standing_words[o->standing]);
        if ((unpaid->given && unpaid->amount.p != o->unpaid.p) ||
            (open->given && open->amount.p != o->open.p))
            return DIFFERS("of the payment due on %s %s is unpaid and %s open.", day,
                           money_pounds(o->unpaid, a), money_pounds(o->open, b));
        return true;
    }
    return DIFFERS("no payment was due directly on %s.", day);
}

bool play_expect_service(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct service_view v;
    struct group g;
    int64_t arrangement;

    if (!play_group(p, &g, fail) ||
        !play_arrangement(p, &g, text_of(s, CLAUSE_OF, NULL), &arrangement, fail))
        return false;
    date on                  = s->clauses[CLAUSE_ON].given ? s->clauses[CLAUSE_ON].day : p->today;
    struct direct_question q = { p->order.store, &p->step, NULL, &g, arrangement, on };
    if (!service_look(&q, &v, fail)) return false;
    if (s->kind == EXPECT_DIRECT) return expect_direct(s, &v, fail);
    const char *found = s->kind == EXPECT_SERVICE ? machine_case_service.states[v.state].name
                                                  : machine_unlikely_to_pay.states[v.enquiry].name;
    return !strcmp(found, s->word) || DIFFERS("expected %s, but it is %s.", s->word, found);
}
