/* clock.c: clocks follow what the record says. */
#include "app/clock.h"

#include "app/account.h"
#include "base/bug.h"
#include "letters.h"

#include <stdio.h>
#include <string.h>

bool clock_is_open(const struct sql_clock_live_row *row)
{
    return row->done_event == 0;
}

/* --- what waits by facts, decisions and money --- */

static void wait_add(struct clock_waits *w, enum clock_kind kind, int64_t subject, date started,
                     date due)
{
    w->at[w->n++] = (struct clock_wait){ kind, subject, started, due };
}

static bool was_decided(const struct group *g, const struct sql_arrangement_list_row *a)
{
    for (size_t i = 0; i < g->decision_count; i++)
        if (g->decisions[i].event >= a->event) return true;
    return false;
}

static void applications_wait(const struct group *g, date day, struct clock_waits *w)
{
    for (size_t i = 0; i < g->arrangement_count; i++) {
        const struct sql_arrangement_list_row *a = &g->arrangements[i];
        date then                                = date_max(day, a->effective_from);
        if (!was_decided(g, a) && !group_fact(g, FACT_STOPPED, a->id, then))
            wait_add(w, CLOCK_APPLICATION, a->id, a->applied_on, DATE_NEVER);
    }
}

/* A fact that is itself a wait while it is valid. */
static enum clock_kind fact_clock(const struct sql_fact_list_row *f)
{
    switch (fact_kind_find(f->kind)) {
    case FACT_DISPUTE: return CLOCK_DISPUTE;
    case FACT_HOLD: return CLOCK_HOLD;
    case FACT_DEFAULT_REPORT: return CLOCK_DIRECT_REPORT;
    default: return CLOCK_KINDS;
    }
}

static void facts_wait(const struct group *g, date day, struct clock_waits *w)
{
    int64_t decided = 0;

    for (size_t i = 0; i < g->decision_count; i++)
        if (g->decisions[i].event > decided) decided = g->decisions[i].event;
    for (size_t i = 0, undecided = 0; i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        enum clock_kind kind              = fact_clock(f);
        if (kind != CLOCK_KINDS && !date_before(day, f->valid_from) &&
            date_before(day, f->valid_to)) {
            bool ends = kind == CLOCK_HOLD && date_before(f->valid_to, DATE_OPEN);
            wait_add(w, kind, f->id, f->valid_from,
                     ends ? date_add_days(f->valid_to, -1) : DATE_NEVER);
        }
        if (decided && f->event > decided && !undecided &&
            fact_kind_counts(fact_kind_find(f->kind))) {
            wait_add(w, CLOCK_FACT, f->id, DATE_NEVER, DATE_NEVER);
            undecided = 1; /* one clock for all of them */
        }
    }
}

static const struct sql_missed_list_row *missed_of(const struct group *g, int64_t instalment)
{
    for (size_t i = 0; i < g->missed_count; i++)
        if (g->missed[i].instalment == instalment) return &g->missed[i];
    return NULL;
}

/* The oldest missed payment of an arrangement that is still not made; NULL when all are. */
static const struct sql_missed_list_row *missed_oldest(const struct group *g,
                                                       const struct outstanding *items,
                                                       int64_t arrangement)
{
    const struct sql_missed_list_row *oldest = NULL;

    for (size_t i = 0; i < items->n; i++) {
        const struct item *it = &items->at[i];
        if (it->arrangement != arrangement || it->kind != ITEM_MAINTENANCE ||
            it->cause != ITEM_INSTALMENT || item_outstanding(it).p == 0)
            continue;
        const struct sql_missed_list_row *m = missed_of(g, it->instalment);
        if (m && (!oldest || date_before(m->found_on, oldest->found_on) ||
                  (date_same(m->found_on, oldest->found_on) && m->instalment < oldest->instalment)))
            oldest = m;
    }
    return oldest;
}

static void money_waits(const struct group *g, date day, struct arena *arena, struct clock_waits *w)
{
    static const enum clock_kind missed[] = { CLOCK_MISSED_CONTACT, CLOCK_MISSED_LETTER,
                                              CLOCK_MISSED_OFFER, CLOCK_MISSED_POWER };
    struct outstanding items              = { 0 };
    struct balances b;

    if (g->missed_count) items = account_items(g, day, arena);
    for (size_t i = 0; i < g->arrangement_count && items.n; i++) {
        const struct sql_missed_list_row *m = missed_oldest(g, &items, g->arrangements[i].id);
        for (size_t k = 0; m && k < sizeof missed / sizeof *missed; k++)
            wait_add(w, missed[k], m->instalment, m->found_on, DATE_NEVER);
    }
    b = balance_fold(g->entries, g->entry_count, day, day, arena);
    if (b.group.account[ACCOUNT_PP_PAYABLE].p > 0)
        wait_add(w, CLOCK_REFUND, 0, DATE_NEVER, DATE_NEVER);
}

struct clock_waits clock_waits_of(const struct group *g, date day, struct arena *arena)
{
    enum { OF_ARRANGEMENT = 5, OF_FAMILY = 2 };
    size_t most          = g->arrangement_count * OF_ARRANGEMENT + g->fact_count + OF_FAMILY;
    struct clock_waits w = { .at = ARENA_MANY(arena, struct clock_wait, most) };

    applications_wait(g, day, &w);
    facts_wait(g, day, &w);
    money_waits(g, day, arena, &w);
    BUG_UNLESS(w.n <= most);
    return w;
}

/* --- one clock --- */

static void clock_begin(struct verb *v, struct group *g, const struct clock_wait *w)
{
    bool today                    = date_same(w->started, DATE_NEVER);
    date started                  = today ? v->today : w->started;
    struct clock_dates d          = date_same(w->due, DATE_NEVER)
                                        ? clock_dates_from(w->kind, started)
                                        : clock_dates_due(w->kind, started, w->due);
    struct sql_clock_live_row row = {
        .pp      = v->pp,
        .event   = v->seq,
        .kind    = clock_kind_table[w->kind].name,
        .subject = w->subject,
        .started = d.started,
        .near    = d.near,
        .due     = d.due,
        .place   = d.place,
        .owner   = g->owner_count ? g->owner->owner : "",
        .done_on = DATE_OPEN,
    };

    verb_add(v, DRAFT_CLOCK, &row);
    group_refresh(v, g);
}

static void clock_done(struct verb *v, const struct sql_clock_live_row *r)
{
    struct sql_clock_done_in in = { .pp         = v->pp,
                                    .event      = r->event,
                                    .kind       = r->kind,
                                    .subject    = r->subject,
                                    .done_event = v->seq,
                                    .done_on    = v->today };

    verb_add(v, DRAFT_CLOCK_DONE, &in);
}

static void clock_end(struct verb *v, struct group *g, const struct sql_clock_live_row *r)
{
    struct sql_clock_gone_in in = {
        .pp = v->pp, .event = r->event, .kind = r->kind, .subject = r->subject, .gone = v->seq
    };

    if (clock_is_open(r)) clock_done(v, r);
    verb_add(v, DRAFT_CLOCK_GONE, &in);
    group_refresh(v, g);
}

static const struct sql_clock_live_row *clock_of(const struct sql_clock_live_row *rows, size_t n,
                                                 enum clock_kind kind, int64_t subject)
{
    const char *name = clock_kind_table[kind].name;

    for (size_t i = 0; i < n; i++)
        if (rows[i].subject == subject && !strcmp(rows[i].kind, name)) return &rows[i];
    return NULL;
}

static bool is_waited(const struct clock_waits *w, const struct sql_clock_live_row *r)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->at[i].subject == r->subject &&
            !strcmp(clock_kind_table[w->at[i].kind].name, r->kind))
            return true;
    return false;
}

/* --- following --- */

/* Kinds that are not seen in a family's facts, decisions and money. */
static bool is_apart(enum clock_kind k)
{
    return k == CLOCK_INSTRUCTION || k == CLOCK_ANNOUNCED || k == CLOCK_LETTER_REFUSED ||
           k == CLOCK_LETTER_RETURNED || k == CLOCK_LETTER_KEPT || k == CLOCK_BREAK_GLASS ||
           k == CLOCK_SET_ASIDE || k == CLOCK_SUSPENSE || k == CLOCK_MESSAGE ||
           k == CLOCK_QUESTION || k == CLOCK_COMPLAINT || k == CLOCK_COMPLAINT_AFTER ||
           k == CLOCK_CHANGE_REPORT || k == CLOCK_CHANGE_EVIDENCE || k == CLOCK_RECONSIDERATION ||
           k == CLOCK_APPROVAL || k == CLOCK_ALERT || k == CLOCK_ALERT_WATCH ||
           k == CLOCK_PATTERN || k == CLOCK_SAMPLE_BEFORE || k == CLOCK_SAMPLE_AFTER ||
           k == CLOCK_SAMPLE_WRONG || k == CLOCK_ONLINE_APPLICATION || k == CLOCK_ONLINE_ASKED ||
           k == CLOCK_CARD_PAYMENT;
}

/* Clocks are made what the waits say; of kinds kept apart only if the waits have those too. */
static void follow_waits(struct verb *v, struct group *g, const struct clock_waits *w, bool all)
{
    const struct sql_clock_live_row *rows = g->clocks;
    size_t n                              = g->clock_count;

    for (size_t i = 0; i < n; i++)
        if ((all || !is_apart(clock_kind_find(rows[i].kind))) && !is_waited(w, &rows[i]))
            clock_end(v, g, &rows[i]);
    for (size_t i = 0; i < w->n; i++)
        if (!clock_of(rows, n, w->at[i].kind, w->at[i].subject)) clock_begin(v, g, &w->at[i]);
}

static void end_of(struct verb *v, struct group *g, enum clock_kind kind, int64_t subject)
{
    const struct sql_clock_live_row *r = clock_of(g->clocks, g->clock_count, kind, subject);
    if (r) clock_end(v, g, r);
}

static void follow_instructions(struct verb *v, struct group *g, const struct draft *done)
{
    for (size_t i = 0; i < done->rows[DRAFT_INSTRUCTION].n; i++) {
        const struct sql_instruction_insert_in *in = draft_at(done, DRAFT_INSTRUCTION, i);
        const struct sql_clock_live_row *rows      = g->clocks;
        for (size_t k = 0, n = g->clock_count; k < n; k++)
            if (clock_kind_find(rows[k].kind) == CLOCK_INSTRUCTION) clock_end(v, g, &rows[k]);
        if (!strcmp(in->state, "asked"))
            clock_begin(
                v, g, &(struct clock_wait){ CLOCK_INSTRUCTION, in->event, DATE_NEVER, DATE_NEVER });
    }
}

/* Decisions picked by the day's run. */
static void follow_samples(struct verb *v, struct group *g, const struct draft *done)
{
    for (size_t i = 0; i < done->rows[DRAFT_STEP].n; i++) {
        const struct sql_step_insert_in *in = draft_at(done, DRAFT_STEP, i);
        if (strcmp(in->machine, machine_sample.name) != 0) continue;
        bool before = machine_state_find(&machine_sample, in->became) == SAMPLE_STATE_BEFORE;
        clock_begin(v, g,
                    &(struct clock_wait){ before ? CLOCK_SAMPLE_BEFORE : CLOCK_SAMPLE_AFTER,
                                          in->subject, DATE_NEVER, DATE_NEVER });
    }
}

/* The rows of a chunk's verb that say more than facts and money do. */
static void follow_rows(struct verb *v, struct group *g, const struct draft *done)
{
    follow_instructions(v, g, done);
    for (size_t i = 0; i < done->rows[DRAFT_ANNOUNCED].n; i++) {
        const struct sql_announced_insert_in *in = draft_at(done, DRAFT_ANNOUNCED, i);
        if (in->amount.p > 0)
            clock_begin(v, g,
                        &(struct clock_wait){ CLOCK_ANNOUNCED, in->id, v->today,
                                              date_max(in->due, v->today) });
    }
    for (size_t i = 0; i < done->rows[DRAFT_ANNOUNCED_PAID].n; i++) {
        const struct sql_announced_paid_insert_in *in = draft_at(done, DRAFT_ANNOUNCED_PAID, i);
        end_of(v, g, CLOCK_ANNOUNCED, in->announced);
    }
    follow_samples(v, g, done);
    for (size_t i = 0; i < done->rows[DRAFT_PATTERN].n; i++)
        clock_begin(v, g, &(struct clock_wait){ CLOCK_PATTERN, v->seq, DATE_NEVER, DATE_NEVER });
    for (size_t i = 0; v->pp == SERVICE_PP && i < done->rows[DRAFT_RECEIPT].n; i++) {
        const struct sql_receipt_insert_in *in = draft_at(done, DRAFT_RECEIPT, i);
        if (in->amount.p > 0)
            clock_begin(v, g,
                        &(struct clock_wait){ CLOCK_SUSPENSE, in->id, DATE_NEVER, DATE_NEVER });
        if (in->returns) end_of(v, g, CLOCK_SUSPENSE, in->returns);
    }
    for (size_t i = 0; v->pp == SERVICE_PP && i < done->rows[DRAFT_RECEIPT_MATCH].n; i++) {
        const struct sql_receipt_match_insert_in *in = draft_at(done, DRAFT_RECEIPT_MATCH, i);
        end_of(v, g, CLOCK_SUSPENSE, in->receipt);
    }
}

/* Alerts in the service's own chain: of online applications. */
static void follow_alerts(struct verb *v, struct group *g, const struct draft *done)
{
    for (size_t i = 0; i < done->rows[DRAFT_STEP].n; i++) {
        const struct sql_step_insert_in *in = draft_at(done, DRAFT_STEP, i);
        end_of(v, g, CLOCK_ALERT, in->subject);
        end_of(v, g, CLOCK_ALERT_WATCH, in->subject);
        int32_t became = machine_state_find(&machine_alert, in->became);
        if (became == ALERT_STATE_RAISED || became == ALERT_STATE_WATCHED)
            clock_begin(v, g,
                        &(struct clock_wait){ became == ALERT_STATE_RAISED ? CLOCK_ALERT
                                                                           : CLOCK_ALERT_WATCH,
                                              in->subject, DATE_NEVER, DATE_NEVER });
    }
}

/* An online application that this verb took a step with waits for something else now, or for
 * nothing. */
static bool follow_online(struct verb *v, struct group *g, struct fail *fail)
{
    static const enum clock_kind kinds[] = { CLOCK_ONLINE_APPLICATION, CLOCK_ONLINE_ASKED };
    struct sql_online_step_of_in in      = { .pp = v->pp, .event = v->seq };
    struct sql_online_step_of_row step;
    bool found;

    if (!sql_online_step_of(v->store, &in, v->arena, &step, &found, fail)) return false;
    if (!found) return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        end_of(v, g, kinds[i], step.application);
    if (!strcmp(step.became, "sent") || !strcmp(step.became, "withdrawing"))
        clock_begin(v, g,
                    &(struct clock_wait){ CLOCK_ONLINE_APPLICATION, step.application, DATE_NEVER,
                                          DATE_NEVER });
    if (!strcmp(step.became, "asked"))
        clock_begin(
            v, g,
            &(struct clock_wait){ CLOCK_ONLINE_ASKED, step.application, DATE_NEVER, DATE_NEVER });
    return true;
}

_Static_assert(LETTER_NAMES <= 64, "struct verb has a bit for each kind of letter");

/* What was done by this verb that clocks may be waiting for: the verb itself, letters it sent. */
static void follow_answers(struct verb *v, struct group *g)
{
    for (size_t i = 0; i < g->clock_count; i++) {
        enum clock_kind kind = clock_kind_find(g->clocks[i].kind);
        if (kind == CLOCK_KINDS || !clock_is_open(&g->clocks[i]) || g->clocks[i].event == v->seq)
            continue;
        bool answered = clock_kind_answered(kind, v->name);
        for (int k = 0; k < LETTER_NAMES; k++)
            if (v->letters >> k & 1)
                answered |= clock_kind_answered(
                    kind, arena_print(v->arena, "letter:%s", letter_templates[k].name));
        if (answered) clock_done(v, &g->clocks[i]);
    }
    group_refresh(v, g);
}

static size_t clock_rows(const struct verb *v)
{
    return v->draft.rows[DRAFT_CLOCK].n + v->draft.rows[DRAFT_CLOCK_DONE].n +
           v->draft.rows[DRAFT_CLOCK_GONE].n;
}

bool clock_follow(struct verb *v, struct group *g, const struct draft *done)
{
    if (v->clocks_followed) return false;
    v->clocks_followed = true;
    group_refresh(v, g);
    follow_rows(v, g, done);
    if (v->pp != SERVICE_PP) {
        struct clock_waits w = clock_waits_of(g, v->today, v->arena);
        follow_waits(v, g, &w, false);
    }
    follow_answers(v, g);
    return clock_rows(v) > 0;
}

/* All that waits, the kinds kept apart too. */
static bool waits_read(struct store *store, const struct group *g, date day, struct arena *arena,
                       struct clock_waits *w, struct fail *fail)
{
    struct sql_clock_record_row *rows;
    struct clock_waits all = { 0 };
    size_t n;

    if (!sql_clock_record(store, &(struct sql_clock_record_in){ .pp = g->pp }, arena, &rows, &n,
                          fail))
        return false;
    *w = (struct clock_waits){ 0 };
    if (g->pp != SERVICE_PP) all = clock_waits_of(g, day, arena);
    w->at = ARENA_MANY(arena, struct clock_wait, all.n + n + 1);
    for (size_t i = 0; i < all.n; i++)
        w->at[w->n++] = all.at[i];
    for (size_t i = 0; i < n; i++)
        wait_add(w, clock_kind_find(rows[i].kind), rows[i].subject, DATE_NEVER,
                 rows[i].has_due ? rows[i].due : DATE_NEVER);
    return true;
}

bool clock_follow_written(struct verb *v, struct fail *fail)
{
    struct group g = { .pp = v->pp };
    struct verb w  = *v; /* the same event, with a draft of its own */
    struct clock_waits waits;

    w.draft = (struct draft){ 0 };
    if (v->pp == SERVICE_PP) {
        if (!group_load_clocks(v->store, v->arena, &g, fail)) return false;
        follow_rows(&w, &g, &v->draft);
        follow_alerts(&w, &g, &v->draft);
        if (!follow_online(&w, &g, fail)) return false;
    } else {
        if (!group_load(v->store, v->arena, v->pp, KNOWN_NOW, &g, fail) ||
            !waits_read(v->store, &g, v->today, v->arena, &waits, fail))
            return false;
        follow_waits(&w, &g, &waits, true);
        follow_answers(&w, &g);
    }
    return draft_write(&w.draft, v->store, fail);
}

/* --- without a verb of their own --- */

bool clock_aside(const struct setting *s, int64_t pp, int64_t number, struct fail *fail)
{
    struct group g = { .pp = pp };

    if (!group_load_clocks(s->store, s->arena, &g, fail)) return false;
    struct clock_dates d          = clock_dates_from(CLOCK_SET_ASIDE, s->today);
    struct sql_clock_live_row row = {
        .pp      = pp,
        .kind    = clock_kind_table[CLOCK_SET_ASIDE].name,
        .subject = number,
        .started = d.started,
        .near    = d.near,
        .due     = d.due,
        .place   = d.place,
        .owner   = g.owner_count ? g.owner->owner : "",
        .done_on = DATE_OPEN,
    };
    return sql_clock_insert(s->store, &row, fail);
}

bool clock_answer(const struct setting *s, int64_t pp, const char *kind, int64_t subject,
                  const char *note, struct fail *fail)
{
    enum clock_kind k = clock_kind_find(kind);
    struct group g    = { .pp = pp };
    struct verb v;
    bool known;

    if (k == CLOCK_KINDS || !clock_kind_answered(k, "by_hand"))
        return REFUSE(
            fail, "not_by_hand",
            "This ends by itself when what it waits for is done; it cannot be ticked off.");
    if (!note || !*note)
        return REFUSE(fail, "note_missing", "Say what was done and what came of it."),
               fail_field(fail, "note");
    if (!verb_open(s, pp, "answer", NULL, &v, &known, fail) ||
        !group_load_clocks(s->store, s->arena, &g, fail))
        return false;
    const struct sql_clock_live_row *r = clock_of(g.clocks, g.clock_count, k, subject);
    if (!r || !clock_is_open(r)) return REFUSE(fail, "not_waiting", "That does not wait any more.");
    clock_done(&v, r);
    out_print(&v.about, "%s: %s", clock_kind_table[k].title, note);
    return verb_close(&v, fail);
}

/* --- proof --- */

bool clock_check(struct store *store, const struct group *g, date day, struct arena *arena,
                 clock_fault *tell, void *context, struct fail *fail)
{
    struct clock_waits w;
    char text[200];

    if (!waits_read(store, g, day, arena, &w, fail)) return false;
    for (size_t i = 0; i < g->clock_count; i++) {
        const struct sql_clock_live_row *r = &g->clocks[i];
        if (is_waited(&w, r)) continue;
        snprintf(text, sizeof text, "The clock %.60s of %lld runs, and nothing waits.", r->kind,
                 (long long)r->subject);
        tell(context, text);
    }
    for (size_t i = 0; i < w.n; i++) {
        if (clock_of(g->clocks, g->clock_count, w.at[i].kind, w.at[i].subject)) continue;
        snprintf(text, sizeof text, "%.80s (%lld) waits, and has no clock.",
                 clock_kind_table[w.at[i].kind].title, (long long)w.at[i].subject);
        tell(context, text);
    }
    return true;
}
