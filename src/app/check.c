/* check.c: nothing is believed that cannot be proved again. */
#include "app/check.h"

#include "app/account.h"
#include "app/clock.h"
#include "app/decide.h"
#include "app/evidence.h"
#include "app/night.h"
#include "app/person.h"
#include "app/post.h"
#include "app/sample.h"
#include "base/bug.h"
#include "ledger/carry.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* One check going on: where its faults go. */
struct checking {
    struct store *store;
    struct arena *arena;
    int64_t pp;
    check_complaint *tell;
    void *context;
    struct check_report *report;
};

__attribute__((format(printf, 2, 3))) static void fault(struct checking *c, const char *format, ...)
{
    char text[300];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    c->report->faults++;
    if (c->tell) c->tell(c->context, c->pp, text);
}

/* --- the chain --- */

static bool check_chain(struct checking *c, struct fail *fail)
{
    struct sql_event_list_row *events;
    size_t n;
    struct fingerprint previous = { { 0 } }, rows, hash;

    if (!sql_event_list(c->store, &(struct sql_event_list_in){ .pp = c->pp, .upto = KNOWN_OPEN },
                        c->arena, &events, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct sql_event_list_row *e = &events[i];
        if (e->seq != (int64_t)i + 1)
            fault(c, "Event %lld is missing from the chain.", (long long)i + 1);
        if (i && date_before(e->day, events[i - 1].day))
            fault(c, "Event %lld has an earlier day than the one before.", (long long)e->seq);
        if (!event_rows_fingerprint(c->store, c->pp, e->seq, &rows, fail)) return false;
        if (e->rows.n != sizeof rows.bytes || memcmp(e->rows.at, rows.bytes, sizeof rows.bytes))
            fault(c, "What event %lld (%s) wrote was changed afterwards.", (long long)e->seq,
                  e->verb);
        hash = event_fingerprint(&previous, c->pp, e);
        if (e->hash.n != sizeof hash.bytes || memcmp(e->hash.at, hash.bytes, sizeof hash.bytes))
            fault(c, "Event %lld (%s) does not follow from the one before: the chain is broken.",
                  (long long)e->seq, e->verb);
        previous = hash;
    }
    c->report->events += n;
    return true;
}

/* Ends that no event made. */
static bool check_ends(struct checking *c, int64_t upto, struct fail *fail)
{
    struct sql_known_wrong_in in = { .pp = c->pp, .upto = upto, .open = KNOWN_OPEN };
    struct sql_known_wrong_row *rows;
    size_t n;

    if (!sql_known_wrong(c->store, &in, c->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++)
        fault(c, "The %s %lld begins or ends at an event that never was.", rows[i].kind,
              (long long)rows[i].id);
    return true;
}

/* References by which the family, its people or its receipts could not be found. */
static bool check_references(struct checking *c, struct fail *fail)
{
    struct sql_reference_wrong_row *rows;
    size_t n;

    if (!sql_reference_wrong(c->store, &(struct sql_reference_wrong_in){ .pp = c->pp }, c->arena,
                             &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        fault(c, "The reference %s does not lead to what bears it.", rows[i].ref);
    return true;
}

/* Files whose bytes are gone or are others. */
static bool check_files(struct checking *c, struct fail *fail)
{
    struct sql_evidence_list_row *rows;
    size_t n;

    if (!sql_evidence_list(c->store, &(struct sql_evidence_list_in){ .pp = c->pp }, c->arena, &rows,
                           &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct arena one = { 0 }; /* a file at a time */
        struct evidence_bytes file;
        bool found = false;
        bool fine  = evidence_get(c->store, &one, c->pp, rows[i].event, &file, &found, fail);

        arena_free(&one);
        if (!fine && fail->kind != FAIL_INTEGRITY) return false;
        if (!fine || !found)
            fault(c, "The file of event %lld is not the one that was given.",
                  (long long)rows[i].event);
        *fail = (struct fail){ .kind = FAIL_NONE };
    }
    return true;
}

/* --- overlaps --- */

static void check_overlaps(struct checking *c, const struct group *g)
{
    for (size_t i = 0; i < g->fact_count; i++)
        for (size_t k = i + 1; k < g->fact_count; k++) {
            const struct sql_fact_list_row *a = &g->facts[i], *b = &g->facts[k];
            if (a->subject == b->subject && !strcmp(a->kind, b->kind) &&
                date_before(a->valid_from, b->valid_to) && date_before(b->valid_from, a->valid_to))
                fault(c, "Facts %lld and %lld (%s) overlap.", (long long)a->id, (long long)b->id,
                      a->kind);
        }
    for (size_t i = 1; i < g->decision_count; i++)
        if (date_same(g->decisions[i].effective_from, g->decisions[i - 1].effective_from))
            fault(c, "Decisions %lld and %lld take effect on the same day.",
                  (long long)g->decisions[i - 1].id, (long long)g->decisions[i].id);
}

/* --- decisions --- */

static bool check_decisions(struct checking *c, struct fail *fail)
{
    struct sql_decision_history_row *all;
    size_t n;

    if (!sql_decision_history(c->store, &(struct sql_decision_history_in){ .pp = c->pp }, c->arena,
                              &all, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct decision_replay r;
        if (!decision_replay(c->store, c->arena, c->pp, all[i].id, &r, fail)) return false;
        if (!r.agrees)
            fault(c, "Decision %lld does not come out the same when it is worked out again.",
                  (long long)all[i].id);
    }
    c->report->decisions += n;
    return true;
}

/* Whether the decision in force on a day gives everybody what the facts of the day say. */
static bool day_is_decided(struct checking *c, const struct group *g, date day)
{
    const struct sql_decision_list_row *d = group_decision_at(g, day);

    if (!d) return true;
    struct calculation calc = group_calculation(g, day, c->arena);
    struct fail ignored;
    struct award award = award_new(c->arena, &calc.input.facts);
    if (calc.input.facts.receiver_count > 0) {
        if (!assess_check(&calc.input.facts, day, &ignored)) {
            fault(c, "The facts on day %d cannot be assessed, but a decision is in force.", day.d);
            return false;
        }
        assess(&calc.input.facts, calc.law, c->arena, &award);
    }
    bool same = award.weekly_total.p == d->weekly.p;
    for (int32_t i = 0; i < calc.input.facts.receiver_count; i++)
        same &= award.weekly[i].p == group_award(g, d->id, calc.arrangements[i]).p;
    if (!same)
        fault(c,
              "The facts have changed since decision %lld: a new decision is waiting to be made.",
              (long long)d->id);
    return same;
}

/* What the facts say, now and on each day on which one of them began or ended, must be what the
 * decision in force then says: nothing waits to be decided. */
static void check_current(struct checking *c, const struct group *g, date day)
{
    bool fine = day_is_decided(c, g, day);

    for (size_t i = 0; i < g->fact_count && fine; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        if (!fact_kind_counts(fact_kind_find(f->kind))) continue;
        if (date_before(f->valid_from, day)) fine = day_is_decided(c, g, f->valid_from);
        if (fine && date_before(f->valid_to, day)) fine = day_is_decided(c, g, f->valid_to);
    }
}

/* --- money --- */

/* Instalments cover the days of each arrangement without gap or overlap, and what was charged and
 * adjusted over each finished plan is what the decisions say, to the penny (A-93, B-201). */
static void check_plan(struct checking *c, const struct group *g,
                       const struct sql_arrangement_list_row *a, date from)
{
    struct timeline t = group_timeline(g, a->id, c->arena);
    date at = from, last = from;
    money sum = MONEY_NONE;

    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (r->arrangement != a->id || !date_same(r->plan_from, from)) continue;
        if (!date_same(r->cover_from, at))
            fault(c, "Instalment %lld does not begin where the one before ends.", (long long)r->id);
        at   = r->cover_to;
        last = date_max(last, r->cover_to);
        sum  = money_add(sum, r->amount);
        for (size_t k = 0; k < g->entry_count; k++) {
            const struct entry *e = &g->entries[k];
            if (e->about.instalment != r->id) continue;
            if (e->reason == REASON_INCREASE) sum = money_add(sum, e->amount);
            if (e->reason == REASON_DECREASE) sum = money_subtract(sum, e->amount);
            if ((e->reason == REASON_CHARGE || e->reason == REASON_OPENING) &&
                e->amount.p != r->amount.p)
                fault(c, "Instalment %lld was charged with another amount than planned.",
                      (long long)r->id);
        }
    }
    if (sum.p != accrual_part(t, a->effective_from, from, last).p)
        fault(c, "The plan from day %d of arrangement %s does not add up to what accrues.", from.d,
              a->ref);
}

static void check_plans(struct checking *c, const struct group *g)
{
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        bool new                                = true;
        for (size_t k = 0; k < i; k++)
            new &= g->instalments[k].arrangement != r->arrangement ||
                   !date_same(g->instalments[k].plan_from, r->plan_from);
        const struct sql_arrangement_list_row *a = group_arrangement(g, r->arrangement);
        if (!a)
            fault(c, "Instalment %lld is of no arrangement.", (long long)r->id);
        else if (new)
            check_plan(c, g, a, r->plan_from);
    }
}

static void check_entries(struct checking *c, const struct group *g)
{
    struct outstanding items = account_items(g, DATE_OPEN, c->arena);

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct sql_entry_list_row *e = &g->rows[i];
        if (e->reason < 0 || e->reason >= REASON_COUNT ||
            reason_debit((enum reason)e->reason) != (enum account)e->debit ||
            reason_credit((enum reason)e->reason) != (enum account)e->credit)
            fault(c, "Ledger row %lld moves between the wrong accounts.", (long long)e->id);
    }
    for (size_t i = 0; i < items.n; i++)
        if (items.at[i].charged.p < 0 || items.at[i].paid.p < 0 || item_excess(&items.at[i]).p > 0)
            fault(c, "Instalment %lld has more paid than is due.",
                  (long long)items.at[i].instalment);
    struct balances b = balance_fold(g->entries, g->entry_count, DATE_OPEN, DATE_OPEN, c->arena);
    for (size_t i = 0; i < b.n; i++)
        if (!balance_mirrors(&b.at[i]))
            fault(c,
                  "What arrangement %lld owes is not what its receiving parent is to get: a ledger "
                  "row is missing.",
                  (long long)b.at[i].arrangement);
    c->report->entries += g->entry_count;
}

static bool same_entry(const struct entry *e, const struct sql_carried_list_row *r)
{
    return r->debit == (int64_t)e->debit && r->credit == (int64_t)e->credit &&
           r->reason == (int64_t)e->reason && r->amount.p == e->amount.p &&
           r->arrangement == e->about.arrangement && r->instalment == e->about.instalment &&
           r->receipt == e->about.receipt && date_same(r->day, e->about.day) &&
           date_same(r->known, e->about.known);
}

/* What was carried forward is what the first `closed` ledger rows come to. */
static bool check_carried(struct checking *c, const struct group *g, size_t closed,
                          const struct sql_family_list_row *head, struct fail *fail)
{
    struct entry_list list = { .arena = c->arena };
    struct sql_carried_list_row *rows;
    size_t n, same = 0;

    carry_forward(g->entries, closed, head->closed_on, &list);
    if (!sql_carried_list(c->store, &(struct sql_carried_list_in){ { &c->pp, 1 } }, c->arena, &rows,
                          &n, fail))
        return false;
    while (same < n && same < list.n && same_entry(&list.at[same], &rows[same]))
        same++;
    if (n != list.n || same < n || head->carried != (int64_t)n)
        fault(c, "What was carried forward of the family's money is not what its ledger rows say.");
    return true;
}

/* The family's head is what its rows say, and so is what it says was carried forward. */
static bool check_head(struct checking *c, const struct group *g, bool found,
                       const struct sql_event_last_row *last, struct fail *fail)
{
    struct sql_family_list_row *head;
    size_t n, closed = 0;

    if (!sql_family_list(c->store, &(struct sql_family_list_in){ .pps = { &c->pp, 1 } }, c->arena,
                         &head, &n, fail))
        return false;
    if (n != (size_t)found) {
        fault(c, "The family's head is missing, or has no event.");
        return true;
    }
    if (n == 0) return true;
    if (head->seq != last->seq || head->hash.n != last->hash.n ||
        memcmp(head->hash.at, last->hash.at, last->hash.n) || !date_same(head->day, last->day))
        fault(c, "The family's head is not its last event.");
    for (size_t i = 0; i < g->entry_count; i++) {
        closed += g->rows[i].id <= head->entry_closed;
        if (g->rows[i].id > head->entry_last)
            fault(c, "Ledger row %lld is not counted in the family's head.",
                  (long long)g->rows[i].id);
    }
    struct balances b = balance_fold(g->entries, g->entry_count, DATE_OPEN, DATE_OPEN, c->arena);
    if (!head->holds && account_holds_payable(&b))
        fault(c, "The family's head says that nothing waits to be paid out, and something does.");
    return head->entry_closed == 0 || check_carried(c, g, closed, head, fail);
}

static void told_wrong(void *context, const char *sentence)
{
    fault(context, "%s", sentence);
}

bool check_group(struct store *store, struct arena *arena, int64_t pp, check_complaint *tell,
                 void *context, struct check_report *report, struct fail *fail)
{
    struct checking c = { store, arena, pp, tell, context, report };
    struct sql_event_last_row last;
    struct group g;
    bool found;
    size_t before = report->faults;

    report->families++;
    if (!sql_event_last(store, &(struct sql_event_last_in){ .pp = pp }, arena, &last, &found,
                        fail) ||
        !check_chain(&c, fail) || !check_ends(&c, found ? last.seq : 0, fail) ||
        !check_references(&c, fail) || !check_files(&c, fail))
        return false;
    if (report->faults > before)
        return true; /* the rest would be worked out from rows that are not to be believed */
    if (!group_load(store, arena, pp, found ? last.seq : 0, &g, fail)) return false;
    if (!check_head(&c, &g, found, &last, fail)) return false;
    check_entries(&c, &g);
    if (found && !clock_check(store, &g, last.day, arena, told_wrong, &c, fail)) return false;
    if (pp == SERVICE_PP) return true;
    if (!person_check(store, &g, arena, told_wrong, &c, fail) ||
        !post_check(store, arena, pp, told_wrong, &c, fail) ||
        !sample_check(store, arena, pp, told_wrong, &c, fail))
        return false;
    check_overlaps(&c, &g);
    check_plans(&c, &g);
    if (found) check_current(&c, &g, last.day);
    return check_decisions(&c, fail);
}

/* --- the whole --- */

/* Suspense, clearing and bank over the whole book (the trial balance): pairs always balance, so
 * what can be wrong is a group's own money not adding up to the bank's, or money left in clearing.
 */
static bool check_book(struct checking *c, struct fail *fail)
{
    struct sql_entry_sums_row *rows;
    size_t n;
    int64_t side[ACCOUNT_COUNT] = { 0 };

    if (!sql_entry_sums(c->store, c->arena, &rows, &n, fail)) return false;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].debit < 0 || rows[i].debit >= ACCOUNT_COUNT || rows[i].credit < 0 ||
            rows[i].credit >= ACCOUNT_COUNT) {
            fault(c, "There are ledger rows on accounts that do not exist.");
            return true;
        }
        side[rows[i].debit] += rows[i].amount.p;
        side[rows[i].credit] -= rows[i].amount.p;
    }
    if (side[ACCOUNT_CLEARING])
        fault(c, "The clearing account is not empty: money was moved between families by half.");
    if (side[ACCOUNT_SUSPENSE] > 0) fault(c, "More was taken out of suspense than ever came in.");
    return true;
}

static void integrity_fault(void *context, const char *sentence)
{
    fault(context, "%s", sentence);
}

bool check_all(struct store *store, check_complaint *tell, void *context,
               struct check_report *report, struct fail *fail)
{
    struct arena arena = { 0 }, family = { 0 };
    struct checking c = { store, &arena, SERVICE_PP, tell, context, report };
    struct sql_group_list_row *groups;
    size_t n = 0;

    *report   = (struct check_report){ 0 };
    bool fine = store_integrity(store, integrity_fault, &c, fail) ||
                (fail->kind == FAIL_INTEGRITY && report->faults > 0);
    fine = fine && check_book(&c, fail) &&
           night_check(store, &arena, tell, context, &report->faults, fail) &&
           sql_group_list(store, &arena, &groups, &n, fail);
    for (size_t i = 0; i < n && fine; i++) {
        arena_reset(&family);
        fine = check_group(store, &family, groups[i].pp, tell, context, report, fail);
    }
    arena_free(&family);
    arena_free(&arena);
    return fine;
}
