/* direct.c: what was paid between the parents. */
#include "app/direct.h"

#include "app/account.h"
#include "app/alert.h"
#include "base/bug.h"

#include <string.h>

const char *const direct_teller_words[DIRECT_TELLERS] = {
    [TELLER_PAYING]    = "paying",
    [TELLER_RECEIVING] = "receiving",
    [TELLER_FOUND]     = "found",
};

/* Whether an instalment was to be paid directly. */
static bool is_direct(const struct group *g, const struct sql_instalment_list_row *r)
{
    return r->amount.p > 0 && group_service(g, r->arrangement, r->due) == SERVICE_DIRECT_PAY;
}

/* What an instalment is by now, and how much of it is on the account. */
static void due_money(const struct group *g, struct direct_due *d)
{
    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->about.instalment != d->instalment) continue;
        bool up = e->reason == REASON_INCREASE, down = e->reason == REASON_DECREASE;
        if (up) d->amount = money_add(d->amount, e->amount);
        if (down) d->amount = money_subtract(d->amount, e->amount);
        if (up || e->reason == REASON_TAKEN_OVER) d->carried = money_add(d->carried, e->amount);
        if (down || e->reason == REASON_TAKEN_BACK)
            d->carried = money_subtract(d->carried, e->amount);
    }
}

static enum direct_teller teller_of(const char *word)
{
    for (int t = 0; t < DIRECT_TELLERS; t++)
        if (!strcmp(direct_teller_words[t], word)) return (enum direct_teller)t;
    BUG_UNLESS(!"a teller nobody wrote");
    return TELLER_FOUND;
}

static void due_told(struct direct_list *l, const struct sql_direct_payment_list_row *row,
                     date told_on)
{
    for (size_t i = 0; i < l->n; i++)
        if (date_same(l->at[i].due, row->due))
            l->at[i].told[teller_of(row->teller)] =
                (struct direct_told){ .word        = { true, row->paid },
                                      .has_paid_on = row->has_paid_on,
                                      .paid_on     = row->paid_on,
                                      .told_on     = told_on,
                                      .evidence    = row->evidence };
}

/* The day of an event of the family. */
static date event_day(const struct sql_event_list_row *events, size_t n, int64_t seq)
{
    return seq > 0 && (size_t)seq <= n ? events[seq - 1].day : DATE_OPEN;
}

static void words_of_verb(const struct direct_question *q, struct direct_list *l)
{
    for (size_t i = 0; q->verb && i < q->verb->draft.rows[DRAFT_DIRECT_PAYMENT].n; i++) {
        const struct sql_direct_payment_insert_in *in =
            draft_at(&q->verb->draft, DRAFT_DIRECT_PAYMENT, i);
        struct sql_direct_payment_list_row row = { .due         = in->due,
                                                   .teller      = in->teller,
                                                   .paid        = in->paid,
                                                   .has_paid_on = in->has_paid_on,
                                                   .paid_on     = in->paid_on,
                                                   .evidence    = in->evidence };
        if (in->arrangement == q->arrangement) due_told(l, &row, q->verb->today);
    }
}

static bool words_read(const struct direct_question *q, struct direct_list *l, struct fail *fail)
{
    struct sql_direct_payment_list_in in = { .pp = q->group->pp, .known = q->group->known };
    struct sql_event_list_in upto        = { .pp = q->group->pp, .upto = q->group->known };
    struct sql_direct_payment_list_row *rows;
    struct sql_event_list_row *events;
    size_t n, event_count;

    if (!sql_direct_payment_list(q->store, &in, q->arena, &rows, &n, fail) ||
        !sql_event_list(q->store, &upto, q->arena, &events, &event_count, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].arrangement == q->arrangement)
            due_told(l, &rows[i], event_day(events, event_count, rows[i].event));
    words_of_verb(q, l);
    return true;
}

static void due_settle(struct direct_list *l, struct direct_due *d)
{
    const struct direct_told *when = d->told[TELLER_RECEIVING].has_paid_on
                                         ? &d->told[TELLER_RECEIVING]
                                         : &d->told[TELLER_PAYING];

    for (int t = 0; t < DIRECT_TELLERS; t++)
        d->asked |= d->told[t].word.said;
    d->outcome = direct_outcome(d->amount, d->told[TELLER_PAYING].word,
                                d->told[TELLER_RECEIVING].word, d->told[TELLER_FOUND].word);
    d->late    = when->has_paid_on && date_before(d->due, when->paid_on);
    if (!d->asked) return;
    l->unpaid = money_add(l->unpaid, d->outcome.unpaid);
    l->open   = money_add(l->open, d->outcome.open);
    if (d->outcome.unpaid.p > 0) l->failed = d->due;
}

bool direct_read(const struct direct_question *q, struct direct_list *l, struct fail *fail)
{
    const struct group *g = q->group;

    *l = (struct direct_list){ .at = ARENA_MANY(q->arena, struct direct_due, g->instalment_count) };
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (r->arrangement != q->arrangement || !date_before(r->due, q->day) || !is_direct(g, r))
            continue;
        l->at[l->n] =
            (struct direct_due){ .instalment = r->id, .due = r->due, .amount = r->amount };
        due_money(g, &l->at[l->n++]);
    }
    if (!words_read(q, l, fail)) return false;
    for (size_t i = 0; i < l->n; i++)
        due_settle(l, &l->at[i]);
    return true;
}

const char *direct_next(const struct direct_due *d)
{
    bool paying = d->told[TELLER_PAYING].word.said, receiving = d->told[TELLER_RECEIVING].word.said;

    if (d->outcome.standing == DIRECT_FOUND || (d->asked && d->outcome.open.p == 0)) return "";
    if (!paying && !receiving) return "ask both parents";
    if (!paying) return "ask the paying parent";
    if (!receiving) return "ask the receiving parent";
    return "they differ: ask for evidence, then find";
}

static int64_t teller_person(const struct group *g, const struct direct_order *o)
{
    return o->teller == TELLER_RECEIVING ? group_arrangement(g, o->arrangement)->rp : g->pp;
}

bool direct_tell(struct verb *v, const struct group *g, const struct direct_order *o,
                 struct fail *fail)
{
    bool found = false;
    char words[DATE_WORDS];

    for (size_t i = 0; i < g->instalment_count; i++)
        found |= g->instalments[i].arrangement == o->arrangement &&
                 date_same(g->instalments[i].due, o->due) && is_direct(g, &g->instalments[i]);
    if (!found || !date_before(o->due, v->today))
        return REFUSE(
                   fail, "nothing_due",
                   "No payment was due directly on %s; choose the day of a payment that is past.",
                   date_words(o->due, words)),
               fail_field(fail, "due");
    if (o->paid.p < 0)
        return REFUSE(fail, "paid_wrong", "What was paid is nothing or more."),
               fail_field(fail, "paid");
    if (o->has_paid_on && date_before(v->today, o->paid_on))
        return REFUSE(fail, "paid_later", "The day it was paid is still to come."),
               fail_field(fail, "paid_on");
    if (o->teller == TELLER_FOUND && (!o->evidence || !*o->evidence))
        return REFUSE(fail, "evidence_missing",
                      "Say what shows it: a finding rests on evidence (B-114)."),
               fail_field(fail, "evidence");
    struct sql_direct_payment_insert_in in = {
        .pp          = v->pp,
        .event       = v->seq,
        .id          = (int64_t)v->draft.rows[DRAFT_DIRECT_PAYMENT].n + 1,
        .arrangement = o->arrangement,
        .due         = o->due,
        .teller      = direct_teller_words[o->teller],
        .paid        = o->paid,
        .has_paid_on = o->has_paid_on,
        .paid_on     = o->paid_on,
        .evidence    = o->evidence ? o->evidence : "",
    };
    verb_add(v, DRAFT_DIRECT_PAYMENT, &in);
    if (v->about.length) out_text(&v->about, "; ");
    out_print(&v->about, "%s: ",
              o->teller == TELLER_FOUND       ? "Found"
              : o->teller == TELLER_RECEIVING ? "The receiving parent says"
                                              : "The paying parent says");
    out_money(&v->about, o->paid);
    out_text(&v->about, " was paid of what was due ");
    out_date(&v->about, o->due);
    return !actor_is_parent(v->actor) || alert_hear(v, teller_person(g, o), ALERT_PAYMENT,
                                                    (const char *[]){ in.evidence, NULL }, fail);
}

bool direct_carry(struct verb *v, struct group *g, int64_t arrangement, money *carried,
                  struct fail *fail)
{
    struct direct_list l;
    struct entry_list rows   = { .arena = v->arena };
    struct direct_question q = { v->store, v->arena, v, g, arrangement, v->today };

    *carried = MONEY_NONE;
    if (!direct_read(&q, &l, fail)) return false;
    for (size_t i = 0; i < l.n; i++) {
        const struct direct_due *d            = &l.at[i];
        const struct sql_decision_list_row *c = group_decision_at(g, d->due);
        struct entry_about about              = { .arrangement = arrangement,
                                                  .day         = v->today,
                                                  .known       = v->today,
                                                  .instalment  = d->instalment,
                                                  .decision    = c ? c->id : 0 };
        if (!d->asked) continue;
        money more = money_subtract(d->outcome.unpaid, d->carried);
        entry_add(&rows, more.p > 0 ? REASON_TAKEN_OVER : REASON_TAKEN_BACK,
                  more.p > 0 ? more : money_negate(more), about);
        *carried = money_add(*carried, more);
    }
    account_post(v, g, &rows);
    return true;
}
