/* scenario_expect.c: what a scenario expects, looked up where a screen would look. */
#include "app/announced.h"
#include "app/check.h"
#include "app/decide.h"
#include "app/scenario_pay.h"
#include "app/scenario_play.h"
#include "app/statement.h"

#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

#define DIFFERS(...) FAIL(fail, FAIL_REFUSED, "", __VA_ARGS__)

static date day_of(const struct play_step *s, enum clause c, date otherwise)
{
    return s->clauses[c].given ? s->clauses[c].day : otherwise;
}

static const char *name_of(const struct play_step *s, enum clause c)
{
    return s->clauses[c].given ? s->clauses[c].text : NULL;
}

/* The family as it was known at the end of a day. */
static bool group_on(struct play *p, date known_on, struct group *g, struct fail *fail)
{
    int64_t known;

    if (!play_group(p, g, fail)) return false;
    return group_known_on(p->order.store, p->pp, known_on, &known, fail) &&
           group_load(p->order.store, &p->step, p->pp, known, g, fail);
}

static bool same_money(money expected, money found, const char *what, struct fail *fail)
{
    char a[MONEY_TEXT], b[MONEY_TEXT];

    return expected.p == found.p || DIFFERS("expected %s to be %s, but it is %s.", what,
                                            money_pounds(expected, a), money_pounds(found, b));
}

static bool same_count(int32_t expected, size_t found, const char *what, struct fail *fail)
{
    return (size_t)expected == found ||
           DIFFERS("expected %d %s, but there are %zu.", expected, what, found);
}

/* --- decisions --- */

static bool decision_in_force(struct play *p, const struct play_step *s, struct group *g,
                              const struct sql_decision_list_row **d, struct fail *fail)
{
    char day[DATE_TEXT];
    date on = day_of(s, CLAUSE_ON, p->today);

    if (!group_on(p, day_of(s, CLAUSE_KNOWN, p->today), g, fail)) return false;
    *d = group_decision_at(g, on);
    if (!*d && !s->clauses[CLAUSE_ON].given && g->decision_count)
        *d = &g->decisions[0]; /* decided, but still to begin */
    return *d || DIFFERS("no decision is in force on %s.", date_text(on, day));
}

static bool expect_decision(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct sql_decision_list_row *d;
    struct group g;
    char a[DATE_TEXT], b[DATE_TEXT];
    date from = s->clauses[CLAUSE_FROM].day;

    if (!decision_in_force(p, s, &g, &d, fail)) return false;
    return (!strcmp(d->kind, s->word) && date_same(d->effective_from, from)) ||
           DIFFERS("expected the decision \"%s\" from %s, but \"%s\" from %s is in force.", s->word,
                   date_text(from, a), d->kind, date_text(d->effective_from, b));
}

static bool expect_weekly(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct sql_decision_list_row *d;
    struct group g;
    int64_t arrangement;
    const char *to = name_of(s, CLAUSE_TO);

    if (!decision_in_force(p, s, &g, &d, fail)) return false;
    if (!to) return same_money(s->amount, d->weekly, "the weekly total", fail);
    return play_arrangement(p, &g, to, &arrangement, fail) &&
           same_money(s->amount, group_award(&g, d->id, arrangement),
                      arena_print(&p->step, "the weekly amount to %s", to), fail);
}

static bool expect_of_decision(struct play *p, const struct play_step *s, struct fail *fail)
{
    const struct sql_decision_list_row *d;
    struct group g;

    if (!decision_in_force(p, s, &g, &d, fail)) return false;
    if (s->kind == EXPECT_RATE)
        return !strcmp(d->rate, s->word) ||
               DIFFERS("expected the rate %s, but it is %s.", s->word, d->rate);
    if (s->kind == EXPECT_BASIS)
        return !strcmp(d->basis, s->word) ||
               DIFFERS("expected the income basis %s, but it is %s.", s->word, d->basis);
    if (!d->has_income) return DIFFERS("the decision rests on no income.");
    return same_money(s->amount, d->income, "the gross weekly income", fail);
}

static bool expect_decisions(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct sql_decision_history_row *all;
    size_t n, replaced = 0;
    struct group g;

    if (!group_on(p, day_of(s, CLAUSE_KNOWN, p->today), &g, fail)) return false;
    if (s->kind == EXPECT_DECISIONS)
        return same_count(s->count, g.decision_count, "decisions in force over time", fail);
    if (!sql_decision_history(p->order.store, &(struct sql_decision_history_in){ .pp = p->pp },
                              &p->step, &all, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        replaced += all[i].known_to != KNOWN_OPEN;
    return same_count(s->count, replaced, "replaced decisions", fail);
}

/* --- money --- */

static bool expect_arrears(struct play *p, const struct play_step *s, const struct standing *st,
                           struct fail *fail)
{
    const char *aged = name_of(s, CLAUSE_AGED);

    if (!aged) return same_money(s->amount, st->ages.total, "the arrears", fail);
    for (int i = 0; i < AGE_BANDS; i++)
        if (!strcmp(age_words((enum age_band)i), aged))
            return same_money(s->amount, st->ages.band[i],
                              arena_print(&p->step, "the arrears aged %s", aged), fail);
    return DIFFERS("arrears are aged \"up to 30 days\", \"31 to 90 days\", \"91 to 365 days\" or "
                   "\"over 365 days\", not \"%s\".",
                   aged);
}

/* An account as the books have it, of the whole family or of one receiving parent. */
static bool expect_account(struct play *p, const struct play_step *s, const struct standing *st,
                           const struct group *g, struct fail *fail)
{
    const struct balance *b = &st->balances.group;
    const char *to          = name_of(s, CLAUSE_TO);
    int64_t arrangement;
    enum account a;

    if (to && !play_arrangement(p, g, to, &arrangement, fail)) return false;
    if (to) b = balance_find(&st->balances, arrangement);
    if (!account_find(s->word, &a)) return DIFFERS("there is no account \"%s\".", s->word);
    return same_money(s->amount, b ? b->account[a] : MONEY_NONE,
                      arena_print(&p->step, "the account %s", s->word), fail);
}

static bool expect_standing(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct standing st;
    struct group g;
    int64_t arrangement;
    const char *to = name_of(s, CLAUSE_TO);

    if (!play_group(p, &g, fail) ||
        !account_standing(p->order.store, &p->step, p->pp, day_of(s, CLAUSE_AT, p->today),
                          day_of(s, CLAUSE_KNOWN, p->today), &st, fail))
        return false;
    const struct balance *b = &st.balances.group;
    switch (s->kind) {
    case EXPECT_CREDIT:
        return same_money(s->amount, money_negate(st.owed), "the account's credit", fail);
    case EXPECT_HELD: return same_money(s->amount, b->credit, "the money held", fail);
    case EXPECT_FEES: return same_money(s->amount, b->fee, "the fees owed", fail);
    case EXPECT_ACCOUNT: return expect_account(p, s, &st, &g, fail);
    case EXPECT_OVERDUE: return same_money(s->amount, st.overdue, "what is overdue", fail);
    case EXPECT_ARREARS: return expect_arrears(p, s, &st, fail);
    default: break;
    }
    if (!to) return same_money(s->amount, st.owed, "the balance owed", fail);
    if (!play_arrangement(p, &g, to, &arrangement, fail)) return false;
    b = balance_find(&st.balances, arrangement);
    return same_money(s->amount, b ? b->maintenance : MONEY_NONE,
                      arena_print(&p->step, "the maintenance owed to %s", to), fail);
}

static bool expect_paid(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct group g;
    int64_t arrangement;
    money paid     = MONEY_NONE;
    const char *to = s->clauses[CLAUSE_TO].text;
    date at        = day_of(s, CLAUSE_AT, p->today);

    if (!group_on(p, day_of(s, CLAUSE_KNOWN, p->today), &g, fail) ||
        !play_arrangement(p, &g, to, &arrangement, fail))
        return false;
    for (size_t i = 0; i < g.entry_count; i++) {
        const struct entry *e = &g.entries[i];
        if (e->about.arrangement != arrangement || date_before(at, e->about.day)) continue;
        if (e->reason == REASON_PAY_OUT) paid = money_add(paid, e->amount);
        if (e->reason == REASON_PAY_OUT_FAILED) paid = money_subtract(paid, e->amount);
    }
    return same_money(s->amount, paid, arena_print(&p->step, "what was paid to %s", to), fail);
}

/* Only money that this scenario brought in. */
static bool expect_suspense(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct sql_receipt_suspense_row *rows;
    size_t n;
    money sum        = MONEY_NONE;
    const char *mine = arena_print(&p->step, "/play/%s/", p->order.name);

    if (!sql_receipt_suspense(p->order.store, &p->step, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        if (!strncmp(rows[i].bank_ref, mine, strlen(mine))) sum = money_add(sum, rows[i].amount);
    return same_money(s->amount, sum, "the money in suspense", fail);
}

static const struct sql_instalment_list_row *instalment_of(const struct group *g, int64_t id)
{
    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].id == id) return &g->instalments[i];
    return NULL;
}

static bool expect_missed(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct group g;
    struct sql_missed_list_row *rows;
    size_t n;
    int64_t arrangement = 0;
    char amount[MONEY_TEXT], day[DATE_TEXT];
    date due = s->clauses[CLAUSE_DUE].day;

    if (!play_group(p, &g, fail) ||
        (s->clauses[CLAUSE_TO].given &&
         !play_arrangement(p, &g, s->clauses[CLAUSE_TO].text, &arrangement, fail)) ||
        !sql_missed_list(p->order.store,
                         &(struct sql_missed_list_in){ .pps = { &p->pp, 1 }, .known = KNOWN_NOW },
                         &p->step, &rows, &n, fail))
        return false;
    if (s->kind == EXPECT_MISSES) return same_count(s->count, n, "missed payments", fail);
    for (size_t i = 0; i < n; i++) {
        const struct sql_instalment_list_row *r = instalment_of(&g, rows[i].instalment);
        if (r && date_same(r->due, due) && (!arrangement || r->arrangement == arrangement) &&
            rows[i].amount.p == s->amount.p)
            return true;
    }
    return DIFFERS("no payment of %s due on %s was found missed.", money_pounds(s->amount, amount),
                   date_text(due, day));
}

/* What an instalment comes to now: as planned, or as charged and adjusted since. */
static money instalment_amount(const struct group *g, const struct sql_instalment_list_row *r)
{
    money sum = r->amount;

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->about.instalment != r->id) continue;
        if (e->reason == REASON_INCREASE) sum = money_add(sum, e->amount);
        if (e->reason == REASON_DECREASE) sum = money_subtract(sum, e->amount);
    }
    return sum;
}

static bool expect_instalment(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct group g;
    int64_t arrangement;
    char day[DATE_TEXT];
    date due = s->clauses[CLAUSE_DUE].day;

    if (!play_group(p, &g, fail) ||
        !play_arrangement(p, &g, name_of(s, CLAUSE_TO), &arrangement, fail))
        return false;
    date_text(due, day);
    for (size_t i = 0; i < g.instalment_count; i++)
        if (g.instalments[i].arrangement == arrangement && date_same(g.instalments[i].due, due))
            return same_money(s->amount, instalment_amount(&g, &g.instalments[i]),
                              arena_print(&p->step, "the instalment due on %s", day), fail);
    return DIFFERS("no instalment is due on %s.", day);
}

/* --- letters, statements and the rest --- */

static bool expect_result(const char *found, const char *expected, const char *what,
                          struct fail *fail)
{
    size_t n = strlen(expected);

    return (!strncmp(found, expected, n) && (!found[n] || found[n] == ' ')) ||
           DIFFERS("expected %s \"%s\", but it is \"%s\".", what, expected, found);
}

static bool expect_letter(struct play *p, const struct play_step *s, struct fail *fail)
{
    const char *whole = s->value ? arena_print(&p->step, "%s %s", s->word, s->value) : s->word;
    return expect_result(p->letter, whole, "the letter to be", fail);
}

static bool expect_change(struct play *p, const struct play_step *s, struct fail *fail)
{
    char day[DATE_TEXT];
    const char *whole = s->word;

    if (s->clauses[CLAUSE_FROM].given)
        whole =
            arena_print(&p->step, "%s %s", s->word, date_text(s->clauses[CLAUSE_FROM].day, day));
    return expect_result(p->change, whole, "the change to be", fail);
}

static bool line_fits(const struct play_step *s, const struct statement_line *l)
{
    return (strstr(l->sentence.text[LETTER_ENGLISH], s->value) ||
            strstr(reason_sentence(l->reason), s->value) ||
            strstr(l->cause.text[LETTER_ENGLISH], s->value)) &&
           (!s->clauses[CLAUSE_CHANGE].given ||
            l->change.p == s->clauses[CLAUSE_CHANGE].amount.p) &&
           (!s->clauses[CLAUSE_OWED].given || l->owed.p == s->clauses[CLAUSE_OWED].amount.p);
}

static bool expect_statement(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct statement st;
    struct group g;
    int64_t arrangement = 0;
    const char *of      = name_of(s, CLAUSE_OF);

    if (!play_group(p, &g, fail) || (of && !play_arrangement(p, &g, of, &arrangement, fail)) ||
        !statement_make(p->order.store, &p->step, p->pp, arrangement,
                        day_of(s, CLAUSE_AT, p->today), day_of(s, CLAUSE_KNOWN, p->today), &st,
                        fail))
        return false;
    for (size_t i = 0; i < st.n; i++)
        if (line_fits(s, &st.at[i])) return true;
    return DIFFERS("none of the statement's %zu lines says that.", st.n);
}

static bool expect_fact(struct play *p, const struct play_step *s, struct fail *fail)
{
    struct group g;
    int64_t subject;
    const char *value;
    char day[DATE_TEXT];
    date on = day_of(s, CLAUSE_ON, p->today);

    if (!group_on(p, day_of(s, CLAUSE_KNOWN, p->today), &g, fail) ||
        !play_subject(p, &g, s->fact, name_of(s, CLAUSE_OF), &subject, fail))
        return false;
    const struct sql_fact_list_row *f = group_fact(&g, s->fact, subject, on);
    if (s->value && !strcmp(s->value, "none"))
        return !f ||
               DIFFERS("nothing was expected on %s, but it is %s.", date_text(on, day), f->value);
    if (!play_fact_value(p, s, &g, &value, fail)) return false;
    if (!f)
        return DIFFERS("expected %s on %s, but nothing is recorded.", value, date_text(on, day));
    return (group_sealed(&g, f).text ? sealed_equals(group_sealed(&g, f), value)
                                     : !strcmp(f->value, value)) ||
           DIFFERS("expected %s on %s, but it is %s.", value, date_text(on, day), f->value);
}

/* --- what employers and benefit offices announced --- */

static bool expect_file(struct play *p, const struct play_step *s, struct fail *fail)
{
    return strstr(p->received, s->value) != NULL ||
           DIFFERS("expected the file to be \"%s\", but it is \"%s\".", s->value, p->received);
}

/* What less was taken than asked, for a reason or for all. */
static bool shortfall_of(struct play *p, const char *reason, money *sum, struct fail *fail)
{
    struct setting setting = play_setting(p);
    struct announced_rows rows;

    *sum = MONEY_NONE;
    if (!announced_load(&setting, (struct store_ints){ &p->pp, 1 }, &rows, fail)) return false;
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_announced_list_row *r = &rows.at[i];
        if (r->has_asked && r->asked.p > r->amount.p && (!reason || !strcmp(reason, r->reason)))
            *sum = money_add(*sum, money_subtract(r->asked, r->amount));
    }
    return true;
}

static bool expect_announced(struct play *p, const struct play_step *s, struct fail *fail)
{
    money found;

    if (s->kind == EXPECT_SHORTFALL)
        return shortfall_of(p, name_of(s, CLAUSE_BECAUSE), &found, fail) &&
               same_money(s->amount, found, "what was deducted too little", fail);
    return announced_open(p->order.store, &p->step, p->pp, &found, fail) &&
           same_money(s->amount, found, "the money announced and not here yet", fail);
}

struct complaints {
    struct arena *arena;
    const char *first;
};

static void complaint_keep(void *context, int64_t pp, const char *sentence)
{
    struct complaints *c = context;

    (void)pp;
    if (!c->first) c->first = arena_text(c->arena, sentence, strlen(sentence));
}

static bool expect_check(struct play *p, struct fail *fail)
{
    struct check_report report = { 0 };
    struct complaints c        = { .arena = &p->step };

    for (size_t i = 0; i < p->family_count; i++)
        if (!check_group(p->order.store, &p->step, p->families[i], complaint_keep, &c, &report,
                         fail))
            return false;
    return report.faults == 0 ||
           DIFFERS("the check finds %zu faults, the first: %s", report.faults, c.first);
}

bool play_expect(struct play *p, const struct play_step *s, struct fail *fail)
{
    switch (s->kind) {
    case EXPECT_WEEKLY: return expect_weekly(p, s, fail);
    case EXPECT_RATE:
    case EXPECT_BASIS:
    case EXPECT_INCOME: return expect_of_decision(p, s, fail);
    case EXPECT_DECISION: return expect_decision(p, s, fail);
    case EXPECT_DECISIONS:
    case EXPECT_REPLACED: return expect_decisions(p, s, fail);
    case EXPECT_OWED:
    case EXPECT_CREDIT:
    case EXPECT_HELD:
    case EXPECT_FEES:
    case EXPECT_ACCOUNT:
    case EXPECT_OVERDUE:
    case EXPECT_ARREARS: return expect_standing(p, s, fail);
    case EXPECT_PAID: return expect_paid(p, s, fail);
    case EXPECT_SUSPENSE: return expect_suspense(p, s, fail);
    case EXPECT_MISSED:
    case EXPECT_MISSES: return expect_missed(p, s, fail);
    case EXPECT_INSTALMENT: return expect_instalment(p, s, fail);
    case EXPECT_LETTER: return expect_letter(p, s, fail);
    case EXPECT_STATEMENT: return expect_statement(p, s, fail);
    case EXPECT_FILE: return expect_file(p, s, fail);
    case EXPECT_ANNOUNCED:
    case EXPECT_SHORTFALL: return expect_announced(p, s, fail);
    case EXPECT_RECEIVED: return expect_result(p->received, s->word, "the payment to be", fail);
    case EXPECT_CHANGE: return expect_change(p, s, fail);
    case EXPECT_FACT: return expect_fact(p, s, fail);
    case EXPECT_SERVICE:
    case EXPECT_ENQUIRY:
    case EXPECT_DIRECT: return play_expect_service(p, s, fail);
    case EXPECT_SENT:
    case EXPECT_KEPT:
    case EXPECT_INSTRUCTION:
    case EXPECT_ADVICE: return play_pay_expect(p, s, fail);
    case EXPECT_NORMAL:
    case EXPECT_DEDUCTION:
    case EXPECT_REQUEST:
    case EXPECT_REVIEW:
    case EXPECT_EMPLOYER: return play_order_expect(p, s, fail);
    case EXPECT_COMPLAINT:
    case EXPECT_LETTERS:
    case EXPECT_CLOCKS: return play_expect_message(p, s, fail);
    case EXPECT_APPROVAL: return play_approval_expect(p, s, fail);
    case EXPECT_PATTERNS: return play_expect_patterns(p, s, fail);
    case EXPECT_SAMPLES:
    case EXPECT_UNSENT: return play_expect_samples(p, s, fail);
    case EXPECT_CHECK: return expect_check(p, fail);
    default: break;
    }
    BUG_UNLESS(false);
    return false;
}
