/* own_home.c: what is due, paid and owed, what happens and what comes next; how the amount was
 * worked out. */
#include "web/own_told.h"

#include "app/card_pay.h"
#include "app/collect.h"
#include "app/decision_letter.h"
#include "app/prove.h"
#include "app/service.h"
#include "base/say.h"
#include "law/working_day.h"
#include "ledger/fee.h"
#include "web/apply_home.h"
#include "web/own_clocks.h"

#include <stdlib.h>
#include <string.h>

/* ---- money ---- */

/* What moved between this parent and us: above zero from a paying parent, to a receiving one. */
static money moved(const struct entry *e, int64_t reader)
{
    if (reader) {
        if (e->about.arrangement != reader) return MONEY_NONE;
        if (e->credit == ACCOUNT_BANK && account_is_receivers(e->debit)) return e->amount;
        if (e->debit == ACCOUNT_BANK && account_is_receivers(e->credit))
            return money_negate(e->amount);
        return MONEY_NONE;
    }
    if (e->credit == ACCOUNT_PP_CREDIT &&
        (e->reason == REASON_MATCH || e->reason == REASON_PASS_IN))
        return e->amount;
    return e->reason == REASON_RETURNED ? money_negate(e->amount) : MONEY_NONE;
}

static void paid_fill(const struct own_view *v, date today, struct view_own_side *s)
{
    for (size_t i = 0; i < v->c.g.entry_count; i++) {
        const struct entry *e = &v->c.g.entries[i];
        money m               = moved(e, v->side.reader);
        if (!m.p || date_before(today, e->about.day)) continue;
        s->paid = money_add(s->paid, m);
        if (m.p < 0) continue;
        s->paid_on  = s->has_paid ? date_max(s->paid_on, e->about.day) : e->about.day;
        s->has_paid = true;
    }
    s->has_paid &= s->paid.p > 0;
}

static bool money_fill(struct request *r, const struct own_view *v, struct view_own_side *s)
{
    struct statement_want want = {
        .pp = v->side.pp, .arrangement = v->side.reader, .to = r->today, .known_on = r->today
    };
    struct statement account;
    struct fail f = { 0 };

    if (!statement_of(&v->c.g, &want, r->arena, &account, &f)) {
        respond_fail(r, &f);
        return false;
    }
    s->owed = account.owed.p > 0 ? "owes" : account.owed.p < 0 ? "credit" : "none";
    s->sum  = account.owed.p < 0 ? money_negate(account.owed) : account.owed;
    if (s->pays && v->c.s.overdue.p > 0) s->overdue = v->c.s.overdue;
    s->has_overdue = s->overdue.p > 0;
    paid_fill(v, r->today, s);
    return true;
}

/* ---- the next payment ---- */

static void due_fill(struct request *r, const struct own_view *v, struct view_own_card *c)
{
    const struct group *g                    = &v->c.g;
    const struct sql_arrangement_list_row *a = group_arrangement(g, v->about);
    const struct sql_instalment_list_row *i = case_instalment_next(g, v->about, r->today, r->arena);

    if (i && date_same(i->due, r->today) && account_is_charged(g, i->id))
        i = case_instalment_next(g, v->about, date_add_days(r->today, 1), r->arena);
    if (!i) return;
    const struct law *law = law_at((enum jurisdiction)a->jurisdiction, i->due);
    c->has_due            = true;
    c->due                = i->amount;
    c->due_on             = i->due;
    c->direct             = group_service(g, v->about, i->due) == SERVICE_DIRECT_PAY;
    if (c->direct) return;
    c->fee   = c->pays ? collect_fee(g, i, i->amount)
                       : fee_receiver(i->amount, law->collection_fee_receiver);
    c->total = c->pays ? money_add(c->due, c->fee) : money_subtract(c->due, c->fee);
    c->expected =
        working_day_add(HOLIDAY_BACS, working_day_next(HOLIDAY_BACS, i->due), law->payout_lag_days);
}

/* ---- the next step ---- */

static bool step_set(struct view_own_card *c, const char *step, date on)
{
    c->step    = step;
    c->step_on = on;
    return true;
}

/* The next day on which everything is looked at again; none where nothing goes on. */
static void review_fill(const struct own_view *v, const struct law *law, date today,
                        struct view_own_card *c)
{
    date first = group_first_effective(&v->c.g);
    int n      = 1;

    while (!date_before(today, date_add_months(first, n * law->review_months)))
        n++;
    c->has_review = true;
    c->review     = date_add_months(first, n * law->review_months);
}

static bool step_of_service(const struct own_view *v, const struct service_view *s, date today,
                            struct view_own_card *c)
{
    enum { WEEK = 7 };
    const struct sql_arrangement_list_row *a = group_arrangement(&v->c.g, v->about);
    const struct law *law                    = s->record.law;

    if (s->state == CASE_SERVICE_STATE_APPLIED)
        return step_set(c, "apply", date_add_days(a->applied_on, WEEK * law->first_payment_weeks));
    if (c->disputed) return step_set(c, "dispute", today);
    if (c->held) return step_set(c, "hold", today);
    if (s->state == CASE_SERVICE_STATE_DEFAULT && date_before(s->asked, DATE_OPEN)) {
        date end = date_add_days(s->asked, law->direct_pay_reply_days);
        return step_set(c, date_before(end, today) ? "finding" : "answers", end);
    }
    return false;
}

/* A fee that the paying parent owes is nothing to the receiving parent. */
static bool is_missed(const struct own_view *v, date today)
{
    for (size_t i = 0; i < v->c.s.items.n; i++) {
        const struct item *it = &v->c.s.items.at[i];
        if (it->arrangement == v->about && date_before(it->due, today) &&
            item_outstanding(it).p > 0 && (!v->side.reader || it->kind == ITEM_MAINTENANCE))
            return true;
    }
    return false;
}

static void step_fill(const struct own_view *v, const struct service_view *s, date today,
                      struct view_own_card *c)
{
    bool goes_on = s->state == CASE_SERVICE_STATE_DIRECT_PAY ||
                   s->state == CASE_SERVICE_STATE_COLLECT_AND_PAY ||
                   s->state == CASE_SERVICE_STATE_NIL;

    if (goes_on) review_fill(v, s->record.law, today, c);
    if (step_of_service(v, s, today, c)) return;
    if (c->waits)
        step_set(c, "decide", today);
    else if (is_missed(v, today))
        step_set(c, "missed", today);
    else if (c->has_due)
        step_set(c, "pay", c->due_on);
    else if (c->has_review)
        step_set(c, "review", c->review);
    else
        c->step = "";
}

/* ---- one arrangement ---- */

/* The decision from which the amount of today, or of its first day, comes; NULL before one. */
static const struct sql_decision_list_row *decision_of(const struct own_view *v, date today)
{
    const struct sql_arrangement_list_row *a = group_arrangement(&v->c.g, v->about);
    return group_decision_at(&v->c.g, date_max(today, a->effective_from));
}

/* First names, as the letters say them. */
static const char *children_of(const struct request *r, const struct own_view *v, date day)
{
    struct calculation c = group_calculation(&v->c.g, day, r->arena);

    return decision_children(&v->c.g, &c, v->about, r->frame.welsh ? LETTER_WELSH : LETTER_ENGLISH,
                             r->arena);
}

static bool card_fill(struct request *r, const struct own_view *v, struct view_own_card *c)
{
    const struct group *g                    = &v->c.g;
    const struct sql_arrangement_list_row *a = group_arrangement(g, v->about);
    const struct sql_decision_list_row *d    = decision_of(v, r->today);
    struct direct_question q                 = { r->store, r->arena, NULL, g, v->about, r->today };
    struct service_view s;
    struct fail f = { 0 };

    if (!service_look(&q, &s, &f)) {
        respond_fail(r, &f);
        return false;
    }
    *c = (struct view_own_card){
        .ref      = a->ref,
        .children = children_of(r, v, date_max(r->today, a->effective_from)),
        .decided  = d != NULL,
        .weekly   = d ? group_award(g, d->id, a->id) : MONEY_NONE,
        .from     = d ? d->effective_from : a->effective_from,
        .pays     = !v->side.reader,
        .service  = machine_case_service.states[s.state]
                       .says[v->side.reader ? TOLD_RECEIVING : TOLD_PAYING]
                            [r->frame.welsh ? MACHINE_WELSH : MACHINE_ENGLISH],
        .disputed = group_fact(g, FACT_DISPUTE, a->id, r->today) != NULL,
        .held     = group_fact(g, FACT_HOLD, a->id, r->today) != NULL,
        .waits    = case_waits(&v->c),
        .payments = s.direct.n > 0,
    };
    due_fill(r, v, c);
    step_fill(v, &s, r->today, c);
    own_clocks(r, v, c);
    return true;
}

/* Whether they can pay by card: where something is or can be owed through us. */
static bool online_fill(struct request *r, struct view_own_side *s)
{
    struct fail f = { 0 };

    if (!s->pays || (s->direct && strcmp(s->owed, "owes") != 0)) return true;
    if (card_pay_offered(r->store, r->arena, &s->card, &f)) return true;
    respond_fail(r, &f);
    return false;
}

bool own_side_fill(struct request *r, struct own_view *v, struct view_own_side *s)
{
    size_t n                    = v->c.g.arrangement_count;
    struct view_own_card *cards = ARENA_MANY(r->arena, struct view_own_card, n);

    struct view_own_told_row *told;
    *s = (struct view_own_side){ .ref = v->side.ref, .pays = !v->side.reader, .cards = cards };
    if (!money_fill(r, v, s) || !own_asked(r, v, &s->ask_by, &s->ask_link) ||
        !own_told_rows(r, v, true, &told, &s->told_count))
        return false;
    s->told     = told;
    s->asks     = s->ask_link != NULL;
    s->ask_late = s->asks && date_before(s->ask_by, r->today);
    s->direct   = true;
    for (size_t i = 0; i < n; i++) {
        v->about = v->c.g.arrangements[i].id;
        if (v->side.reader && v->about != v->side.reader) continue;
        if (!card_fill(r, v, &cards[s->cards_count])) return false;
        s->direct &= group_service(&v->c.g, v->about, r->today) == SERVICE_DIRECT_PAY;
        s->cards_count++;
    }
    return online_fill(r, s);
}

static bool side_fill(struct request *r, const struct own_side *side, struct view_own_side *s)
{
    struct own_view v;
    return own_read(r, side, &v) && own_side_fill(r, &v, s);
}

/* ---- a child who applied in Scotland (A-3) ---- */

/* The arrangement whose child it is today; NULL when there is none. */
static const struct sql_arrangement_list_row *childs_arrangement(const struct group *g,
                                                                 int64_t child, date today)
{
    date day                          = date_max(today, group_first_effective(g));
    const struct sql_fact_list_row *f = group_fact(g, FACT_LIVES_WITH, child, day);

    return f ? group_arrangement(g, strtoll(f->value, NULL, 10)) : NULL;
}

/* What is asked for them, and whether it comes: as the receiving parent is told it, without what
 * either parent has, does or says. */
static void child_home(struct request *r)
{
    struct fail f = { 0 };
    struct sql_person_get_row person;
    struct own_view v;
    struct view_own_card c = { .ref = "" };
    bool found;

    if (!sql_person_get(r->store, &(struct sql_person_get_in){ .id = r->session.person }, r->arena,
                        &person, &found, &f)) {
        respond_fail(r, &f);
        return;
    }
    if (found && !own_read(r, &(struct own_side){ .pp = person.pp }, &v)) return;
    const struct sql_arrangement_list_row *a =
        found ? childs_arrangement(&v.c.g, r->session.person, r->today) : NULL;
    if (a) {
        v.side.reader = v.about = a->id;
        if (!card_fill(r, &v, &c)) return;
    }
    struct page_own_child p = { .any = a != NULL, .given = found ? person.given : "", .c = c };
    struct view_apply_home *applications;
    if (!apply_home_rows(r, &applications, &p.applications_count)) return;
    p.applications = applications;
    page_own_child(&r->out, own_frame(r, "home", NULL), &p);
}

void own_home(struct request *r)
{
    if (own_is_child(&r->session)) {
        child_home(r);
        return;
    }
    struct own_side *sides;
    size_t n;

    if (!own_sides(r, &sides, &n)) return;
    struct view_own_side *rows = ARENA_MANY(r->arena, struct view_own_side, n);
    for (size_t i = 0; i < n; i++)
        if (!side_fill(r, &sides[i], &rows[i])) return;
    struct page_own_home p = { .alone       = apply_home_is(r),
                               .sides       = rows,
                               .sides_count = (int32_t)n };
    struct view_apply_home *applications;
    if (!apply_home_rows(r, &applications, &p.applications_count)) return;
    p.applications = applications;
    page_own_home(&r->out, own_frame(r, "home", NULL), &p);
}

/* ---- how it was worked out ---- */

static void steps_fill(struct request *r, const struct own_view *v, const struct group *then,
                       const struct explained *explained, struct page_own_worked *p)
{
    struct view_step_row *all, *rows = ARENA_MANY(r->arena, struct view_step_row, explained->count);
    int32_t n;

    case_steps(r->arena, explained, &all, &n);
    for (int32_t i = 0; i < n; i++) {
        if (!prove_step_shows(then, v->side.reader, &explained->lines[i])) continue;
        rows[p->steps_count]         = all[i];
        rows[p->steps_count++].label = own_words(v, all[i].label, r->arena);
    }
    p->steps = rows;
    p->left  = p->steps_count < n;
}

static void proof_fill(struct request *r, const struct own_view *v, const struct decision_replay *d,
                       struct page_own_worked *p)
{
    enum { PAIRS = 5, DIGEST_SHOWN = 8 };
    struct view_pair *at    = ARENA_MANY(r->arena, struct view_pair, PAIRS);
    struct out digest       = { .arena = r->arena };
    const unsigned char *by = d->decision->facts.at;
    enum decision_kind kind = decision_kind_find(d->decision->kind);
    const char *words       = prove_kind_words(d->decision->kind, v->side.reader);
    int32_t n               = 0;

    for (size_t i = 0; i < DIGEST_SHOWN && i < d->decision->facts.n; i++)
        out_print(&digest, "%02x", by[i]);
    if (kind != DECISION_KINDS && *words) {
        at[n++] = (struct view_pair){ .label = SAY("Kind of decision"), .text = words };
        at[n++] = (struct view_pair){ .label = SAY("Rule for the kind"),
                                      .text  = decision_kind_table[kind].rule };
    }
    at[n++] = (struct view_pair){ .label = SAY("Law as it stood from"),
                                  .text  = case_day_words(r->arena, d->decision->law_from) };
    at[n++] =
        (struct view_pair){ .label = SAY("Program's rules, version"), .text = d->decision->engine };
    at[n++]  = (struct view_pair){ .label = SAY("Seal of the facts"), .text = out_string(&digest) };
    p->proof = at;
    p->proof_count = n;
}

/* Until when they can ask for the decision to be looked at again. */
static bool until_fill(struct request *r, const struct own_view *v,
                       const struct sql_decision_list_row *d, struct page_own_worked *p)
{
    struct asking_again again = { .person = own_person(v), .decision = d->id };
    struct setting s          = case_setting(r);
    struct asking_limits l;
    struct fail f = { 0 };

    if (!asking_limits_of(&s, &v->c.g, &again, &l, &f)) return respond_fail(r, &f), false;
    p->until      = l.in_time;
    p->until_late = l.late;
    p->when       = l.open ? "asked" : l.why ? "closed" : l.is_late ? "late" : "open";
    return true;
}

void own_worked(struct request *r)
{
    struct own_view v;
    struct group then;
    struct decision_replay d;
    struct fail f = { 0 };

    if (!own_open_arrangement(r, &v)) return;
    const struct sql_decision_list_row *now = decision_of(&v, r->today);
    if (!now) {
        respond_missing(r);
        return;
    }
    if (!decision_replay(r->store, r->arena, v.side.pp, now->id, &d, &f) ||
        !group_load(r->store, r->arena, v.side.pp, d.decision->event, &then, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct page_own_worked p = {
        .ref      = r->params[0],
        .children = children_of(r, &v, date_max(r->today, now->effective_from)),
        .pays     = !v.side.reader,
        .weekly   = group_award(&then, now->id, v.about),
        .from     = now->effective_from,
        .agrees   = d.agrees,
    };
    if (!until_fill(r, &v, now, &p)) return;
    steps_fill(r, &v, &then, &d.explained, &p);
    proof_fill(r, &v, &d, &p);
    page_own_worked(&r->out, own_frame(r, "home", "/home"), &p);
}
