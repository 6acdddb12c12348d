/* test_life.c: random lives.  A seed makes a family with one to three receiving parents and up to
 * three and a half years of payments (on time, late, short, double, returned, booked days ago,
 * found in suspense), changes reported late, corrections of the past, reviews, revisions, default
 * decisions and their replacement, children who leave, come back or move between receiving parents,
 * changes of service and of the day of payment, days on which nobody ran the day; fees for
 * enforcement and their waiver, arrears of earlier schemes, money for certain debts, payments that
 * did not pass through the service, set-off with a family the other way round, refunds, and money
 * the service gives and asks back; some lives go through the changes of law of 2013 and 2014. After
 * each step the whole family must re-derive and every statement must end on the one balance; the
 * day run again must change nothing; what was known on a day must stay what it was; and who pays
 * all that is owed every day must never miss a payment. UPKEEP_SEED=n runs one life and tells its
 * steps. */
#include "app/apply.h"
#include "app/check.h"
#include "app/database.h"
#include "app/day.h"
#include "app/decide.h"
#include "app/fact.h"
#include "app/letter.h"
#include "app/receive.h"
#include "app/ruling.h"
#include "app/statement.h"
#include "app/used.h"
#include "fresh.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LIVES = 4, CHECK_EVERY = 6, MOST_ARRANGEMENTS = 3, SNAPSHOTS = 16 };

/* What the balance was at the end of a day, as known on it. */
struct snapshot {
    date day;
    money owed, held;
};

struct life {
    uint64_t seed, state;
    bool loud;
    struct store *store;
    struct arena arena;
    date start, today;
    date applied_from; /* the newest application's effective date */
    int64_t receiver;  /* the first receiving parent; in some lives a paying parent too: */
    int64_t other_pp;  /* their family the other way round; 0: none */
    int64_t pp, arrangement[MOST_ARRANGEMENTS], child[MOST_ARRANGEMENTS];
    int arrangements, receipts;
    int last_paid; /* number of the last payment not returned; 0: none */
    int64_t last_amount;
    int64_t suspense; /* a receipt nobody could be told for; 0: none */
    bool perfect;     /* pays all that is owed at the end of every day */
    bool missing;     /* a default decision stands */
    struct snapshot past[SNAPSHOTS];
    int taken;
};

static uint32_t roll(struct life *l, uint32_t n)
{
    l->state ^= l->state << 13;
    l->state ^= l->state >> 7;
    l->state ^= l->state << 17;
    return (uint32_t)(l->state >> 16) % n;
}

static struct setting now(struct life *l)
{
    return (struct setting){ l->store, &l->arena, l->today, "life" };
}

static void step_is_fine(struct life *l, const char *what, bool fine, const struct fail *f)
{
    char day[DATE_TEXT];

    if (l->loud)
        print_message("%s %s%s%s\n", date_text(l->today, day), what, fine ? "" : ": ",
                      fine ? "" : f->text);
    if (!fine && f->kind != FAIL_REFUSED)
        fail_msg("UPKEEP_SEED=%llu: %s: %s: %s", (unsigned long long)l->seed, what, f->code,
                 f->text);
    if (fine) {
        struct fail g = { 0 };
        if (!store_commit(l->store, &g)) fail_msg("%s", g.text);
    } else {
        store_rollback(l->store);
    }
}

static void tell_fault(void *context, int64_t pp, const char *sentence)
{
    (void)context;
    print_message("pp %lld: %s\n", (long long)pp, sentence);
}

/* Nothing goes back to a paying parent that did not come from them; what is held of each receipt,
 * or kept of it for payments to come, is never below zero; a debt of no instalment has the event
 * that made it. */
static void money_holds(struct life *l, int64_t pp, const char *what)
{
    struct group g;
    struct fail f;
    money in = MONEY_NONE, back = MONEY_NONE;

    assert_true(group_load(l->store, &l->arena, pp, KNOWN_NOW, &g, &f));
    for (size_t i = 0; i < g.entry_count; i++) {
        const struct entry *e = &g.entries[i];
        if (e->reason == REASON_MATCH || e->reason == REASON_PASS_IN) in = money_add(in, e->amount);
        if (e->reason == REASON_REFUND || e->reason == REASON_REIMBURSED)
            back = money_add(back, e->amount);
        if ((e->reason == REASON_ENFORCEMENT_FEE || e->reason == REASON_LEGACY_OPENING ||
             e->reason == REASON_LEGACY_STATE_OPENING || e->reason == REASON_REFUND_RETURNED) &&
            e->about.instalment != g.rows[i].event)
            fail_msg("UPKEEP_SEED=%llu: after %s: a debt without its cause",
                     (unsigned long long)l->seed, what);
    }
    if (back.p > in.p)
        fail_msg("UPKEEP_SEED=%llu: after %s: more was given back than was paid",
                 (unsigned long long)l->seed, what);
    for (int a = 0; a < 2; a++) {
        struct lots lots = lots_find(&g, a ? ACCOUNT_PP_AHEAD : ACCOUNT_PP_CREDIT, 0, &l->arena);
        for (size_t i = 0; i < lots.n; i++)
            if (lots.at[i].left.p < 0)
                fail_msg("UPKEEP_SEED=%llu: after %s: receipt %lld was used more than once",
                         (unsigned long long)l->seed, what, (long long)lots.at[i].receipt);
    }
}

/* The family the other way round, and that no money stays between the two. */
static void other_holds(struct life *l, const char *what)
{
    struct check_report r = { 0 };
    struct standing st;
    struct fail f;

    if (!check_group(l->store, &l->arena, l->other_pp, tell_fault, NULL, &r, &f) || r.faults)
        fail_msg("UPKEEP_SEED=%llu: after %s: %zu faults the other way round",
                 (unsigned long long)l->seed, what, r.faults);
    assert_true(account_standing(l->store, &l->arena, l->other_pp, l->today, l->today, &st, &f));
    if (st.balances.group.account[ACCOUNT_CLEARING].p)
        fail_msg("UPKEEP_SEED=%llu: after %s: money between two families",
                 (unsigned long long)l->seed, what);
    money_holds(l, l->other_pp, what);
}

static void everything_holds(struct life *l, const char *what)
{
    struct check_report r = { 0 };
    struct statement s;
    struct standing st;
    struct fail f;

    if (!check_group(l->store, &l->arena, l->pp, tell_fault, NULL, &r, &f) || r.faults)
        fail_msg("UPKEEP_SEED=%llu: after %s: %zu faults", (unsigned long long)l->seed, what,
                 r.faults);
    for (int i = -1; i < l->arrangements; i++)
        if (!statement_make(l->store, &l->arena, l->pp, i < 0 ? 0 : l->arrangement[i], l->today,
                            l->today, &s, &f))
            fail_msg("UPKEEP_SEED=%llu: after %s: %s", (unsigned long long)l->seed, what, f.text);
    if (!account_standing(l->store, &l->arena, l->pp, l->today, l->today, &st, &f))
        fail_msg("%s", f.text);
    if (st.balances.group.credit.p < 0)
        fail_msg("UPKEEP_SEED=%llu: after %s: credit below zero", (unsigned long long)l->seed,
                 what);
    money_holds(l, l->pp, what);
    if (l->other_pp) other_holds(l, what);
    for (int i = 0; i < l->taken && i < SNAPSHOTS; i++) {
        date day = l->past[i].day;
        assert_true(account_standing(l->store, &l->arena, l->pp, day, day, &st, &f));
        if (st.owed.p != l->past[i].owed.p || st.balances.group.credit.p != l->past[i].held.p)
            fail_msg("UPKEEP_SEED=%llu: after %s: what was known on a day has changed",
                     (unsigned long long)l->seed, what);
    }
}

static void remember(struct life *l)
{
    struct standing st;
    struct fail f;

    assert_true(account_standing(l->store, &l->arena, l->pp, l->today, l->today, &st, &f));
    l->past[l->taken++ % SNAPSHOTS] =
        (struct snapshot){ l->today, st.owed, st.balances.group.credit };
}

/* No demand may go for more than is owed, nor to who is in credit. */
static void demand_is_just(struct life *l)
{
    struct setting s = now(l);
    struct standing st;
    enum demand_refusal refusal;
    struct fail f;

    assert_true(account_standing(l->store, &l->arena, l->pp, l->today, l->today, &st, &f));
    assert_true(letter_guard(&s, l->pp, &refusal, &f));
    if (refusal == DEMAND_DOES_NOT_REDERIVE)
        fail_msg("UPKEEP_SEED=%llu: the figures do not re-derive", (unsigned long long)l->seed);
    if (refusal == DEMAND_MAY_GO &&
        (st.overdue.p > st.owed.p || st.balances.group.credit.p > 0 || st.overdue.p <= 0))
        fail_msg("UPKEEP_SEED=%llu: an unjust demand", (unsigned long long)l->seed);
}

static void begin(struct life *l)
{
    struct fail f;
    arena_reset(&l->arena);
    assert_true(store_begin(l->store, STORE_WRITING, &f));
}

static void apply(struct life *l)
{
    static const char *const intervals[] = { "monthly", "weekly", "two_weekly", "four_weekly" };
    struct applicant child               = { .given = "Child", .family = "One" };
    struct application a = { .paying         = { .id = l->pp, .given = "Pat", .family = "Payer" },
                             .receiving      = { .given = "Rae", .family = "Receiver" },
                             .children       = &child,
                             .child_count    = 1,
                             .applied_on     = l->today,
                             .effective_from = date_add_days(l->today, (int32_t)roll(l, 10)),
                             .service        = "collect_and_pay",
                             .pay_interval   = intervals[roll(l, 4)],
                             .pay_day        = 1 + (int32_t)roll(l, 28),
                             .said_by        = "applicant" };
    struct application_result r;
    struct setting s = now(l);
    struct fail f    = { 0 };

    begin(l);
    bool fine = application_make(&s, &a, NULL, &r, &f);
    if (fine) {
        l->receiver                     = l->arrangements ? l->receiver : r.rp;
        l->pp                           = r.pp;
        l->arrangement[l->arrangements] = r.arrangement;
        l->child[l->arrangements++]     = r.children[0];
        l->applied_from                 = a.effective_from;
        l->start = l->arrangements == 1 ? a.effective_from : date_min(l->start, a.effective_from);
    }
    step_is_fine(l, "apply", fine, &f);
}

struct deed {
    bool correct;
    enum fact_kind kind;
    int64_t subject;
    const char *value;
    date from;
    enum decision_kind decision;
    bool procedure; /* nothing to decide */
};

/* A fact and the decision it calls for, in one transaction. */
static void do_deed(struct life *l, const struct deed *d, const char *what)
{
    struct setting s = now(l);
    struct verb v;
    struct group g;
    struct change change = { .counts = true, .counts_from = d->from };
    struct fail f        = { 0 };
    bool done, fine;

    begin(l);
    fine = verb_open(&s, l->pp, what, NULL, &v, &done, &f) &&
           group_load(l->store, &l->arena, l->pp, v.seq, &g, &f);
    if (fine && d->correct) {
        struct fact_order o = { .kind        = d->kind,
                                .subject     = d->subject,
                                .value       = d->value,
                                .from        = d->from,
                                .to          = DATE_OPEN,
                                .happened_on = d->from };
        fine                = fact_assert(&v, &g, &o, &f);
    } else if (fine && (d->value || d->subject)) {
        struct change_report r = {
            d->kind, d->subject, d->value, d->from, "someone", "paper", NULL
        };
        fine = fact_report(&v, &g, &r, &change, &f);
    }
    if (fine && change.counts && !d->procedure) {
        struct decision_order o = {
            .kind = d->decision, .from = change.counts_from, .reason = what, .late = true
        };
        fine = decision_make(&v, &g, &o, &f);
    }
    fine = fine && verb_close(&v, &f);
    step_is_fine(l, what, fine, &f);
}

static const char *pounds(struct life *l, uint32_t least, uint32_t spread)
{
    static char text[8][24];
    static int at;
    at = (at + 1) % 8;
    snprintf(text[at], sizeof *text, "%u.%02u", least + roll(l, spread), roll(l, 100));
    return text[at];
}

static date past(struct life *l)
{
    int32_t span = date_days(l->start, l->today);
    return date_add_days(l->start, span > 0 ? (int32_t)roll(l, (uint32_t)span) : 0);
}

static struct feed_line bank_line(struct life *l, int64_t pence, bool back)
{
    static char ref[32], original[32];
    struct group g;
    struct fail f = { 0 };
    bool late     = roll(l, 5) == 0;

    assert_true(group_load(l->store, &l->arena, l->pp, KNOWN_OPEN - 1, &g, &f));
    snprintf(ref, sizeof ref, "R%d", ++l->receipts);
    snprintf(original, sizeof original, "R%d", l->last_paid);
    return (struct feed_line){ .reference = ref,
                               .booked   = date_add_days(l->today, late ? -(int32_t)roll(l, 9) : 0),
                               .amount   = { pence },
                               .credit   = !back,
                               .returned = back,
                               .original = back ? original : "",
                               .reason   = "",
                               .end_to_end    = "",
                               .payer_name    = "P PAYER",
                               .payer_account = "1",
                               .remittance    = group_person(&g, l->pp)->ref };
}

/* What some money is for. */
static struct fence some_fence(struct life *l)
{
    struct fence f = { .until = DATE_OPEN };

    if (roll(l, 8)) return f;
    f.purpose = (enum fence_purpose)(1 + roll(l, FENCE_PURPOSES - 1));
    if (roll(l, 2)) f.until = date_add_days(l->today, -(int32_t)roll(l, 100));
    if (roll(l, 3) == 0) f.arrangement = l->arrangement[roll(l, (uint32_t)l->arrangements)];
    return f;
}

static void bank(struct life *l, int64_t pence, bool back)
{
    struct fence fence = some_fence(l);
    struct setting s   = now(l);
    struct receipt_result r;
    struct fail f = { 0 };

    begin(l);
    struct feed_line line = bank_line(l, pence, back);
    bool fine             = receipt_record_for(&s, &line, &fence, &r, &f);
    l->last_paid          = back ? 0 : l->receipts;
    l->last_amount        = pence;
    step_is_fine(l, back ? "returned" : "paid", fine, &f);
}

/* Money whose reference nobody can read; later it is found whose it is. */
static void bank_suspense(struct life *l)
{
    struct setting s        = now(l);
    struct receipt_result r = { 0 };
    struct fail f           = { 0 };
    bool fine;

    begin(l);
    if (l->suspense) {
        fine        = receipt_match(&s, l->suspense, l->pp, &f);
        l->suspense = 0;
        step_is_fine(l, "found in suspense", fine, &f);
        return;
    }
    struct feed_line line = bank_line(l, 1 + roll(l, 40000), false);
    line.remittance       = "for my child";
    line.payer_account    = "";
    fine                  = receipt_record(&s, &line, &r, &f);
    l->suspense           = r.receipt;
    step_is_fine(l, "into suspense", fine, &f);
}

static void pay_something(struct life *l)
{
    struct standing st;
    struct fail f;

    assert_true(account_standing(l->store, &l->arena, l->pp, l->today, l->today, &st, &f));
    int64_t owed = st.owed.p > 0 ? st.owed.p : 0;
    switch (roll(l, 6)) {
    case 0:
    case 1: owed = owed; break;
    case 2: owed = owed / 2; break;
    case 3: owed = owed * 2 + 1000; break;
    case 4: owed = 1 + roll(l, 30000); break;
    default: owed = owed > 500 ? owed - 1 : 0; break;
    }
    if (owed > 0) bank(l, owed, false);
}

static const char *number(int64_t n)
{
    static char text[8][24];
    static int at;
    at = (at + 1) % 8;
    snprintf(text[at], sizeof *text, "%lld", (long long)n);
    return text[at];
}

/* Children leave, come back, and move between receiving parents. */
static void a_child_moves(struct life *l)
{
    int i             = (int)roll(l, (uint32_t)l->arrangements);
    int to            = (int)roll(l, (uint32_t)l->arrangements);
    const char *where = number(l->arrangement[to]);
    struct deed d     = { .kind     = FACT_LIVES_WITH,
                          .subject  = l->child[i],
                          .from     = past(l),
                          .decision = DECISION_CHANGE };

    switch (roll(l, 4)) {
    case 0: do_deed(l, &d, "a child leaves"); break;
    case 1:
        d.value   = where;
        d.correct = true;
        do_deed(l, &d, "where a child lives is corrected");
        break;
    default:
        d.value = where;
        do_deed(l, &d, "a child moves");
        break;
    }
}

/* How and to whom is paid; from today, a day to come, or a day gone by. */
static void payment_changes(struct life *l)
{
    static const char *const intervals[] = { "monthly", "weekly", "two_weekly", "four_weekly" };
    int i                                = (int)roll(l, (uint32_t)l->arrangements);
    struct deed d                        = { .correct   = true,
                                             .subject   = l->arrangement[i],
                                             .procedure = true,
                                             .from      = date_add_days(l->today, (int32_t)roll(l, 80) - 20) };

    switch (roll(l, 3)) {
    case 0:
        d.kind  = FACT_SERVICE;
        d.value = roll(l, 2) ? "direct_pay" : "collect_and_pay";
        do_deed(l, &d, "service");
        break;
    case 1:
        d.kind  = FACT_PAY_INTERVAL;
        d.value = intervals[roll(l, 4)];
        do_deed(l, &d, "interval");
        break;
    default:
        d.kind  = FACT_PAY_DAY;
        d.value = number(1 + roll(l, 31));
        do_deed(l, &d, "day of payment");
        break;
    }
}

static void decided_otherwise(struct life *l)
{
    struct deed d = { .from = l->start, .decision = DECISION_REVISION };

    switch (roll(l, 3)) {
    case 0:
        d.correct  = true;
        d.kind     = FACT_INCOME_HISTORIC;
        d.value    = pounds(l, 3000, 90000);
        d.decision = DECISION_REVISION;
        do_deed(l, &d, "revision");
        break;
    case 1:
        d.decision = l->missing ? DECISION_REPLACEMENT : DECISION_DEFAULT;
        l->missing = !l->missing;
        do_deed(l, &d, l->missing ? "default" : "replacement");
        break;
    default:
        d.from     = past(l);
        d.decision = DECISION_CORRECTION;
        do_deed(l, &d, "decided again");
        break;
    }
}

/* --- decisions about money --- */

/* The first receiving parent pays this paying parent for another child. */
static void the_other_way_round(struct life *l)
{
    struct applicant child = { .given = "Child", .family = "Two" };
    struct application a   = { .paying         = { .id = l->receiver },
                               .receiving      = { .id = l->pp },
                               .children       = &child,
                               .child_count    = 1,
                               .applied_on     = l->today,
                               .effective_from = l->today,
                               .service        = "collect_and_pay",
                               .pay_interval   = "weekly",
                               .pay_day        = 1 + (int32_t)roll(l, 7),
                               .said_by        = "applicant" };
    struct application_result r;
    struct setting s = now(l);
    struct fail f    = { 0 };
    int64_t pp       = l->pp;

    begin(l);
    bool fine = application_make(&s, &a, NULL, &r, &f);
    step_is_fine(l, "apply the other way round", fine, &f);
    if (!fine) return;
    l->other_pp   = r.pp;
    l->pp         = r.pp; /* the deed is theirs */
    struct deed d = { true,     FACT_INCOME_HISTORIC, 0,    pounds(l, 5000, 60000),
                      l->today, DECISION_INITIAL,     false };
    do_deed(l, &d, "first decision the other way round");
    l->pp = pp;
}

static const char *pick(struct life *l, const char *const *list, uint32_t n)
{
    return list[roll(l, n)];
}
#define PICK(l, ...)                                                                               \
    pick((l), (const char *const[]){ __VA_ARGS__ },                                                \
         sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static const char *ruling_word(struct life *l, enum ruling_kind kind)
{
    switch (kind) {
    case RULING_ENFORCEMENT_FEE:
        return PICK(l, "earnings", "regular", "lump_sum", "liability", "armed_forces",
                    "earnings_chosen");
    case RULING_WAIVER: return PICK(l, "W1A", "W2", "W3", "W4A", "W4B", "W4C", "W5", "W6");
    case RULING_LEGACY_DEBT:
    case RULING_LEGACY_STATE_DEBT: return PICK(l, "1993", "2003");
    default: return PICK(l, "cash", "transfer", "mortgage", "rent", "gas", "repairs");
    }
}

static size_t rulings_made[RULING_KINDS];

static void money_is_decided(struct life *l)
{
    struct setting s = now(l);
    struct ruling_result r;
    struct fail f         = { 0 };
    enum ruling_kind kind = (enum ruling_kind)roll(l, RULING_KINDS);
    struct ruling_order o = {
        .kind              = kind,
        .word              = ruling_word(l, kind),
        .arrangement       = l->arrangement[roll(l, (uint32_t)l->arrangements)],
        .amount            = { roll(l, 2) ? roll(l, 60000) : 0 },
        .weekly            = { roll(l, 3) ? roll(l, 3000) : 0 },
        .day               = roll(l, 2) ? l->today : past(l),
        .basis             = PICK(l, "agreed", "proved", "service_erred"),
        .reason            = "a life",
        .evidence          = number(l->receipts),
        .refers            = kind == RULING_RECEIVER_REPAID ? l->suspense : 0,
        .welfare_children  = "the child",
        .welfare_reasoning = "thought of",
    };

    begin(l);
    bool fine = ruling_make(&s, l->pp, &o, NULL, &r, &f);
    rulings_made[kind] += fine;
    if (fine && kind == RULING_RECEIVER_REPAID) l->suspense = 0;
    step_is_fine(l, ruling_name(kind), fine, &f);
}

static void circumstances_change(struct life *l)
{
    int i         = (int)roll(l, (uint32_t)l->arrangements);
    struct deed d = { .from = past(l), .decision = DECISION_CHANGE };

    d.correct = roll(l, 3) == 0;
    switch (roll(l, 5)) {
    case 0:
        d.kind    = FACT_NIGHTS;
        d.subject = l->child[i];
        d.value   = number(roll(l, 200));
        break;
    case 1:
        d.kind  = d.correct ? FACT_INCOME_HISTORIC : FACT_INCOME_CURRENT;
        d.value = pounds(l, 2000, 80000);
        break;
    case 2:
        d.kind  = FACT_BENEFIT;
        d.value = roll(l, 2) ? "own" : "none";
        break;
    case 3:
        d.kind  = FACT_OTHER_CHILDREN;
        d.value = number(roll(l, 4));
        break;
    default:
        d.kind  = FACT_VARIATION_FIRST + GROUND_CONTACT_COSTS;
        d.value = roll(l, 2) ? "weekly 30.00" : "weekly 45.50";
        break;
    }
    if (d.correct) d.decision = DECISION_CORRECTION;
    do_deed(l, &d, fact_kind_table[d.kind].name);
}

static void something_happens(struct life *l)
{
    switch (roll(l, 17)) {
    case 0:
    case 1:
    case 2:
    case 3: circumstances_change(l); break;
    case 4: a_child_moves(l); break;
    case 5: payment_changes(l); break;
    case 6: decided_otherwise(l); break;
    case 7:
        if (l->last_paid && !l->perfect) bank(l, l->last_amount, true);
        break;
    case 8: bank_suspense(l); break;
    case 9:
    case 10:
    case 11:
        if (!l->perfect) money_is_decided(l);
        break;
    case 12:
        if (!l->perfect && !l->other_pp && roll(l, 6) == 0) the_other_way_round(l);
        break;
    default:
        if (!l->perfect) pay_something(l);
        break;
    }
}

static int64_t event_count(struct life *l)
{
    struct sql_event_last_row last;
    bool found;
    struct fail f;

    assert_true(sql_event_last(l->store, &(struct sql_event_last_in){ .pp = l->pp }, &l->arena,
                               &last, &found, &f));
    return last.seq;
}

/* What a day adds to the family, worked out on a group and written nowhere. */
static struct fingerprint day_on(struct life *l, const struct sql_family_list_row *head,
                                 struct group *g)
{
    struct setting s         = now(l);
    struct account_work work = { .pay_out = true };
    struct verb v;

    verb_begin(&s, head, "day", NULL, &v);
    account_bring_up(&v, g, &work);
    return draft_fingerprint(&v.draft);
}

static size_t closed_days; /* on which there was something closed to leave out */

/* The day comes out the same whether what is closed is read or not. */
static void closed_is_enough(struct life *l)
{
    struct sql_family_list_row *head;
    struct store_ints pps = { &l->pp, 1 };
    struct group whole, open;
    struct fail f;
    size_t n;

    assert_true(
        sql_family_list(l->store, &(struct sql_family_list_in){ pps }, &l->arena, &head, &n, &f) &&
        group_load(l->store, &l->arena, l->pp, KNOWN_NOW, &whole, &f) &&
        group_load_open(l->store, &l->arena, pps, &open, &f));
    if (n == 0 || date_before(l->today, head->day)) return;
    open.closed_on = head->closed_on;
    closed_days += open.entry_count < whole.entry_count;
    struct fingerprint a = day_on(l, head, &whole), b = day_on(l, head, &open);
    if (memcmp(&a, &b, sizeof a))
        fail_msg("UPKEEP_SEED=%llu: another day without what is closed",
                 (unsigned long long)l->seed);
}

static void run_day(struct life *l)
{
    struct setting s = now(l);
    struct fail f;

    arena_reset(&l->arena);
    closed_is_enough(l);
    if (!day_run_all(&s, NULL, NULL, &f))
        fail_msg("UPKEEP_SEED=%llu: day: %s", (unsigned long long)l->seed, f.text);
    if (roll(l, 30)) return;
    int64_t before = event_count(l);
    if (!day_run_all(&s, NULL, NULL, &f) || event_count(l) != before)
        fail_msg("UPKEEP_SEED=%llu: the day run again changed something",
                 (unsigned long long)l->seed);
}

static void second_application(struct life *l)
{
    apply(l);
    struct deed d = { .from = l->applied_from, .decision = DECISION_NEW_APPLICATION };
    l->today      = date_add_days(l->today, 10);
    do_deed(l, &d, "new application");
    everything_holds(l, "new application");
}

/* What the calendar brings: the yearly review, and the changes of law. */
static void the_calendar(struct life *l)
{
    const struct law *law = law_at(JURISDICTION_GREAT_BRITAIN, l->today);
    struct deed d         = { .from = l->today, .decision = DECISION_LAW_CHANGE };
    int n                 = 12;

    if (date_same(law->from, l->today) && date_before(l->start, l->today))
        do_deed(l, &d, "law change");
    while (date_before(date_add_months(l->start, n), l->today))
        n += 12;
    if (!date_same(date_add_months(l->start, n), l->today)) return;
    d = (struct deed){ true,     FACT_INCOME_HISTORIC,   0,    pounds(l, 3000, 90000),
                       l->today, DECISION_ANNUAL_REVIEW, false };
    do_deed(l, &d, "review");
}

static void pay_everything(struct life *l)
{
    struct standing st;
    struct sql_missed_list_row *missed;
    size_t n;
    struct fail f;

    assert_true(account_standing(l->store, &l->arena, l->pp, l->today, l->today, &st, &f));
    if (st.owed.p > 0) {
        bank(l, st.owed.p, false);
        l->last_paid = 0;
    }
    assert_true(sql_missed_list(l->store, &(struct sql_missed_list_in){ { &l->pp, 1 }, KNOWN_NOW },
                                &l->arena, &missed, &n, &f));
    if (n)
        fail_msg("UPKEEP_SEED=%llu: missed although all was paid every day",
                 (unsigned long long)l->seed);
}

static void a_day(struct life *l, int wanted)
{
    bool ran = l->perfect || roll(l, 8);
    if (ran) run_day(l);
    the_calendar(l);
    if (l->arrangements < wanted && roll(l, 40) == 0 && !l->perfect) {
        second_application(l);
        return;
    }
    if (roll(l, 7) == 0) {
        something_happens(l);
        if (roll(l, CHECK_EVERY) == 0) everything_holds(l, "a step");
    }
    if (l->perfect) pay_everything(l);
    if (roll(l, 40) == 0) demand_is_just(l);
    if (roll(l, 40) == 0 && ran) remember(l); /* a day is what it was once it was run */
    l->today = date_add_days(l->today, !l->perfect && roll(l, 60) == 0 ? 40 : 1);
}

static volatile uint64_t living;

/* A bug stops the program: which life it was has to be said before. */
static void say_seed(int signal_number)
{
    fprintf(stderr, "UPKEEP_SEED=%llu build/san/unit/test_life runs this life again\n",
            (unsigned long long)living);
    signal(signal_number, SIG_DFL);
}

static void live(uint64_t seed, bool loud)
{
    living        = seed;
    struct life l = { .seed = seed, .state = seed * 0x9E3779B97F4A7C15u + 1, .loud = loud };
    struct fail f;

    l.store = database_open(ready_database(":memory:"), &f);
    assert_non_null(l.store);
    l.perfect = seed % 3 == 0;
    l.today = date_make(seed % 4 == 1 ? 2013 : 2024, 1 + (int)roll(&l, 12), 1 + (int)roll(&l, 28));
    int wanted = 1 + (int)roll(&l, MOST_ARRANGEMENTS);
    int days   = seed % 5 == 0 ? 1250 : 540;
    date end   = date_add_days(l.today, days);
    apply(&l);
    if (roll(&l, 2) && wanted > 1) apply(&l); /* both before the first decision */
    l.today       = date_add_days(l.today, (int32_t)roll(&l, 60));
    struct deed d = { true,    FACT_INCOME_HISTORIC, 0,    pounds(&l, 5000, 60000),
                      l.start, DECISION_INITIAL,     false };
    if (roll(&l, 3) == 0) {
        d         = (struct deed){ .from = l.start, .decision = DECISION_DEFAULT };
        l.missing = true;
    }
    do_deed(&l, &d, "first decision");
    while (date_before(l.today, end))
        a_day(&l, wanted);
    everything_holds(&l, "all of it");
    store_close(l.store);
    arena_free(&l.arena);
}

static void random_lives_keep_every_promise(void **state)
{
    const char *one = getenv("UPKEEP_SEED"), *many = getenv("UPKEEP_LIVES");

    (void)state;
    if (one) {
        live(strtoull(one, NULL, 10), true);
        return;
    }
    signal(SIGABRT, say_seed);
    for (uint64_t seed = 1; seed <= (many ? strtoull(many, NULL, 10) : LIVES); seed++)
        live(seed, false);
    if (many)
        for (enum ruling_kind k = 0; k < RULING_KINDS; k++)
            print_message("%s %zu\n", ruling_name(k), rulings_made[k]);
    assert_true(closed_days > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(random_lives_keep_every_promise) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
