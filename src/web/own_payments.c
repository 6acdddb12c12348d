/* own_payments.c: payments between the parents, as one of them tells of them.  What the other
 * parent will be told is shown before anything is sent: the deed itself, done in a transaction and
 * rolled back. */
#include "web/own_paid.h"

#include "base/say.h"
#include "web/case_change.h"

#include <string.h>

const char *const own_deed_words[OWN_DEEDS] = {
    [DEED_TELL] = "tell", [DEED_REPORT] = "report", [DEED_SETTLE] = "settle"
};

bool own_paid_open(struct request *r, struct own_paid *p)
{
    struct fail f = { 0 };

    *p = (struct own_paid){ .due = NULL };
    if (!own_open_arrangement(r, &p->v)) return false;
    p->self                  = p->v.side.reader ? TELLER_RECEIVING : TELLER_PAYING;
    p->other                 = p->v.side.reader ? TELLER_PAYING : TELLER_RECEIVING;
    struct direct_question q = { r->store, r->arena, NULL, &p->v.c.g, p->v.about, r->today };
    if (service_look(&q, &p->s, &f)) return true;
    respond_fail(r, &f);
    return false;
}

/* What somebody says, as the other parent reads it: never what shows it. */
static const char *said_words(struct arena *a, bool said, money paid, const date *on)
{
    if (!said) return SAY("nothing yet");
    const char *words =
        paid.p ? arena_print(a, SAY("%s was paid"), case_pounds(a, paid)) : SAY("nothing was paid");
    return on ? arena_print(a, SAY("%s, on %s"), words, case_day_words(a, *on)) : words;
}

static const char *told_words(struct arena *a, const struct direct_told *t)
{
    return said_words(a, t->word.said, t->word.paid, t->has_paid_on ? &t->paid_on : NULL);
}

/* ---- the page ---- */

static void rows_fill(struct request *r, const struct own_paid *p, struct page_own_payments *page)
{
    struct view_own_direct_row *rows =
        ARENA_MANY(r->arena, struct view_own_direct_row, p->s.direct.n);
    struct view_option *dues = ARENA_MANY(r->arena, struct view_option, p->s.direct.n);
    const char *chosen       = form_text(&r->form, FORM_OWN_PAID_DUE);

    for (size_t i = p->s.direct.n; i > 0; i--) {
        const struct direct_due *d     = &p->s.direct.at[i - 1];
        const struct direct_told *self = &d->told[p->self], *other = &d->told[p->other];
        const char *value        = date_text(d->due, arena_take(r->arena, DATE_TEXT));
        rows[page->rows_count++] = (struct view_own_direct_row){
            .due      = d->due,
            .amount   = d->amount,
            .yours    = told_words(r->arena, self),
            .theirs   = told_words(r->arena, other),
            .standing = direct_standing_words[d->outcome.standing],
            .agree    = other->word.said && !self->word.said,
            .said     = other->word.paid,
        };
        dues[page->dues_count++] =
            (struct view_option){ .value  = value,
                                  .label  = arena_print(r->arena, SAY("%s due %s"),
                                                        case_pounds(r->arena, d->amount),
                                                        case_day_words(r->arena, d->due)),
                                  .chosen = !strcmp(value, chosen) };
    }
    page->rows = rows;
    page->dues = dues;
}

static void page_show(struct request *r, const struct own_paid *p, bool done)
{
    struct page_own_payments page = {
        .ref      = r->params[0],
        .path     = arena_print(r->arena, "/home/payments/%s", r->params[0]),
        .send     = arena_print(r->arena, "/home/write/%s?kind=payment", p->v.side.ref),
        .pays     = p->self == TELLER_PAYING,
        .done     = done,
        .due      = form_view(&r->form, FORM_OWN_PAID_DUE),
        .paid     = form_view(&r->form, FORM_OWN_PAID_PAID),
        .paid_on  = form_view(&r->form, FORM_OWN_PAID_PAID_ON),
        .evidence = form_view(&r->form, FORM_OWN_PAID_EVIDENCE),
    };

    rows_fill(r, p, &page);
    page_own_payments(&r->out, own_frame(r, "home", "/home"), &page);
}

void own_payments(struct request *r)
{
    bool done = form_has(&r->form, FORM_OWN_SAID_DONE);
    struct own_paid p;

    if (!own_paid_open(r, &p)) return;
    form_new(&r->form, r->arena, &form_own_paid);
    page_show(r, &p, done);
}

/* ---- telling ---- */

static bool order_read(struct request *r, struct own_paid *p, struct fail *f)
{
    const char *due = form_text(&r->form, FORM_OWN_PAID_DUE);
    date day;

    if (date_parse(due, strlen(due), &day))
        for (size_t i = 0; i < p->s.direct.n; i++)
            if (date_same(p->s.direct.at[i].due, day)) p->due = &p->s.direct.at[i];
    if (!p->due)
        return REFUSE(f, "nothing_due", "Choose the payment from the list."), fail_field(f, "due");
    p->order = (struct direct_order){ .arrangement = p->v.about,
                                      .due         = day,
                                      .teller      = p->self,
                                      .paid        = form_money(&r->form, FORM_OWN_PAID_PAID),
                                      .has_paid_on = form_has(&r->form, FORM_OWN_PAID_PAID_ON),
                                      .evidence    = form_text(&r->form, FORM_OWN_PAID_EVIDENCE) };
    if (p->order.has_paid_on) p->order.paid_on = form_date(&r->form, FORM_OWN_PAID_PAID_ON);
    return true;
}

/* A receiving parent who says for the first time that not all of a payment came reports it. */
static bool is_report(const struct own_paid *p)
{
    const struct direct_word *was = &p->due->told[TELLER_RECEIVING].word;
    bool goes_on =
        p->s.state == CASE_SERVICE_STATE_DIRECT_PAY || p->s.state == CASE_SERVICE_STATE_DEFAULT;

    return p->self == TELLER_RECEIVING && goes_on && p->order.paid.p < p->due->amount.p &&
           (!was->said || was->paid.p >= p->due->amount.p);
}

static struct service_order step_of(const struct own_paid *p, enum case_service_event event)
{
    return (struct service_order){
        .arrangement = p->v.about,
        .event       = event,
        .asked_by    = p->self == TELLER_PAYING ? ROLE_PAYING_PARENT : ROLE_RECEIVING_PARENT,
        .reason      = "As told on the parent's own page.",
        .evidence    = p->order.evidence,
        .report      = event == CASE_SERVICE_EVENT_REPORT_DEFAULT ? &p->order : NULL,
    };
}

/* Where nothing that was reported is open any more, the report is closed with it. */
static bool settle(struct verb *v, struct group *g, struct own_paid *p, struct fail *f)
{
    struct direct_question q    = { v->store, v->arena, v, g, p->v.about, v->today };
    struct service_order settle = step_of(p, CASE_SERVICE_EVENT_PAID_UP);
    struct service_view now;

    if (p->s.state != CASE_SERVICE_STATE_DEFAULT) return true;
    if (!service_look(&q, &now, f)) return false;
    if (!(now.holds & UINT32_C(1) << CASE_SERVICE_GUARD_NOTHING_UNPAID)) return true;
    p->deed = DEED_SETTLE;
    return service_take(v, g, &settle, f);
}

static bool tell(struct verb *v, struct group *g, struct own_paid *p, struct fail *f)
{
    struct service_order report = step_of(p, CASE_SERVICE_EVENT_REPORT_DEFAULT);

    if (is_report(p)) {
        p->deed = DEED_REPORT;
        return service_take(v, g, &report, f);
    }
    p->deed = DEED_TELL;
    return service_tell(v, g, &p->order, f) && settle(v, g, p, f);
}

bool own_paid_tell(struct request *r, struct own_paid *p, const char *key, bool *done,
                   struct fail *f)
{
    struct setting s = case_setting(r);
    struct verb v;
    struct group g;

    s.actor = own_actor(r);
    if (!order_read(r, p, f) || !verb_open(&s, p->v.side.pp, "service", key, &v, done, f))
        return false;
    if (*done) return true;
    if (!group_load(v.store, v.arena, v.pp, v.seq, &g, f) || !tell(&v, &g, p, f)) return false;
    p->became = service_state_at(&g, p->v.about, r->today, r->arena);
    if (p->became != p->s.state)
        p->told = machine_case_service.states[p->became]
                      .says[p->other == TELLER_RECEIVING ? TOLD_RECEIVING : TOLD_PAYING]
                           [r->frame.welsh ? MACHINE_WELSH : MACHINE_ENGLISH];
    return verb_close(&v, f);
}

/* ---- before it is sent ---- */

static void preview_show(struct request *r, const struct own_paid *p)
{
    const struct direct_order *o          = &p->order;
    bool pays                             = p->self == TELLER_PAYING;
    struct page_own_payments_preview page = {
        .path     = arena_print(r->arena, "/home/payments/%s", r->params[0]),
        .pays     = pays,
        .due      = o->due,
        .amount   = p->due->amount,
        .words    = said_words(r->arena, true, o->paid, o->has_paid_on ? &o->paid_on : NULL),
        .deed     = own_deed_words[p->deed],
        .changed  = form_is(&r->form, FORM_OWN_PAID_ACT, "confirm"),
        .evidence = *o->evidence != 0,
        .reply_by = date_add_days(r->today, p->s.record.law->direct_pay_reply_days),
        .state    = p->told,
    };

    page.fields = case_hidden(r, "act seen", &page.fields_count);
    page_own_payments_preview(&r->out, own_frame(r, "home", page.path), &page);
}

/* Whether the form sends what was previewed, and it still comes to the same. */
static bool is_confirmed(const struct request *r, const struct own_paid *p)
{
    return form_is(&r->form, FORM_OWN_PAID_ACT, "confirm") &&
           !strcmp(form_text(&r->form, FORM_OWN_PAID_SEEN), own_deed_words[p->deed]);
}

static int field_of(const struct fail *f)
{
    return !strcmp(f->field, "paid")      ? FORM_OWN_PAID_PAID
           : !strcmp(f->field, "paid_on") ? FORM_OWN_PAID_PAID_ON
                                          : FORM_OWN_PAID_DUE;
}

void own_payments_do(struct request *r)
{
    struct own_paid p;
    struct fail f = { 0 };

    if (!own_paid_open(r, &p)) return;
    if (!r->form.errors) {
        bool done;
        bool fine =
            store_begin(r->store, STORE_WRITING, &f) && own_paid_tell(r, &p, NULL, &done, &f);
        bool confirmed = fine && is_confirmed(r, &p);
        if (confirmed) fine = store_commit(r->store, &f);
        store_rollback(r->store);
        if (fine && confirmed)
            respond_redirect(r, arena_print(r->arena, "/home/payments/%s?done=told", r->params[0]));
        else if (fine)
            preview_show(r, &p);
        if (fine) return;
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, field_of(&f), case_sentence(r, &f));
    }
    page_show(r, &p, false);
}
