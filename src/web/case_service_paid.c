/* case_service_paid.c: payments between the parents as each of them tells of them; choosing the
 * service of an application; the parents' own arrangement. */
#include "web/case_service.h"

#include "app/withdrawal.h"

#include "web/case.h"
#include "web/case_change.h"
#include "web/case_letter_preview.h"

#include <string.h>

/* ---- what each parent says ---- */

static const char *told_words(struct request *r, const struct direct_told *t)
{
    if (!t->word.said) return "–";
    const char *paid = t->word.paid.p
                           ? arena_print(r->arena, "%s paid", case_pounds(r->arena, t->word.paid))
                           : "not paid";
    if (t->has_paid_on)
        paid = arena_print(r->arena, "%s on %s", paid, case_day_words(r->arena, t->paid_on));
    return *t->evidence ? arena_print(r->arena, "%s (%s)", paid, t->evidence) : paid;
}

static void rows_fill(struct request *r, const struct service_view *s,
                      struct page_case_service_payments *p)
{
    static const char *const colours[] = { [DIRECT_UNKNOWN]   = "grey",
                                           [DIRECT_CONFIRMED] = "green",
                                           [DIRECT_DISPUTED]  = "yellow",
                                           [DIRECT_FOUND]     = "blue" };
    static const char *const labels[]  = { [DIRECT_UNKNOWN]   = "Unknown",
                                           [DIRECT_CONFIRMED] = "Confirmed",
                                           [DIRECT_DISPUTED]  = "Disputed",
                                           [DIRECT_FOUND]     = "Found" };
    struct view_direct_row *rows       = ARENA_MANY(r->arena, struct view_direct_row, s->direct.n);

    for (size_t i = s->direct.n; i > 0; i--) {
        const struct direct_due *d = &s->direct.at[i - 1];
        rows[p->rows_count++]      = (struct view_direct_row){
                 .due       = d->due,
                 .amount    = d->amount,
                 .paying    = told_words(r, &d->told[TELLER_PAYING]),
                 .receiving = told_words(r, &d->told[TELLER_RECEIVING]),
                 .found     = told_words(r, &d->told[TELLER_FOUND]),
                 .standing  = labels[d->outcome.standing],
                 .colour    = colours[d->outcome.standing],
                 .next      = direct_next(d),
                 .unpaid    = d->outcome.unpaid,
                 .open      = d->outcome.open,
                 .carried   = d->carried,
        };
    }
    p->rows   = rows;
    p->unpaid = s->direct.unpaid;
    p->open   = s->direct.open;
}

static void payments_show(struct request *r, const struct service_page *s)
{
    struct page_case_service_payments p = {
        .c           = s->v.family,
        .arrangement = s->s.arrangement,
        .title       = s->title,
        .due         = form_view(&r->form, FORM_CASE_PAID_DUE),
        .teller      = form_view(&r->form, FORM_CASE_PAID_TELLER),
        .paid        = form_view(&r->form, FORM_CASE_PAID_PAID),
        .paid_on     = form_view(&r->form, FORM_CASE_PAID_PAID_ON),
        .evidence    = form_view(&r->form, FORM_CASE_PAID_EVIDENCE),
    };

    p.dues =
        service_page_dues(r->arena, &s->s, form_text(&r->form, FORM_CASE_PAID_DUE), &p.dues_count);
    rows_fill(r, &s->s, &p);
    page_case_service_payments(&r->out, frame_with_form(r), &p);
}

void case_service_payments(struct request *r)
{
    struct service_page p;

    if (!service_page_open(r, &p)) return;
    form_new(&r->form, r->arena, &form_case_paid);
    payments_show(r, &p);
}

/* Opens the family's verb inside a transaction. */
static bool verb_begin_here(struct request *r, int64_t pp, struct verb *v, struct group *g,
                            struct fail *f)
{
    struct setting s = case_setting(r);
    bool done;

    return store_begin(r->store, STORE_WRITING, f) &&
           verb_open(&s, pp, "service", NULL, v, &done, f) &&
           group_load(v->store, v->arena, v->pp, v->seq, g, f);
}

static bool paid_run(struct request *r, const struct service_page *p, struct fail *f)
{
    const char *due       = form_text(&r->form, FORM_CASE_PAID_DUE);
    struct direct_order o = { .arrangement = p->s.arrangement,
                              .paid        = form_money(&r->form, FORM_CASE_PAID_PAID),
                              .has_paid_on = form_has(&r->form, FORM_CASE_PAID_PAID_ON),
                              .evidence    = form_text(&r->form, FORM_CASE_PAID_EVIDENCE) };
    struct verb v;
    struct group g;

    if (o.has_paid_on) o.paid_on = form_date(&r->form, FORM_CASE_PAID_PAID_ON);
    for (int t = 0; t < DIRECT_TELLERS; t++)
        if (form_is(&r->form, FORM_CASE_PAID_TELLER, direct_teller_words[t]))
            o.teller = (enum direct_teller)t;
    if (!date_parse(due, strlen(due), &o.due))
        return REFUSE(f, "nothing_due", "Choose the payment."), fail_field(f, "due");
    return verb_begin_here(r, p->v.g.pp, &v, &g, f) && service_tell(&v, &g, &o, f) &&
           verb_close(&v, f) && store_commit(r->store, f);
}

void case_service_payments_do(struct request *r)
{
    struct service_page p;
    struct fail f = { 0 };

    if (!service_page_open(r, &p)) return;
    if (!r->form.errors) {
        bool done = paid_run(r, &p, &f);
        if (case_answered(r, done, &f,
                          arena_print(r->arena, "/case/%lld/service/%lld/payments",
                                      (long long)p.v.g.pp, (long long)p.s.arrangement)))
            return;
        form_refuse(&r->form,
                    !strcmp(f.field, "evidence")  ? FORM_CASE_PAID_EVIDENCE
                    : !strcmp(f.field, "paid_on") ? FORM_CASE_PAID_PAID_ON
                                                  : FORM_CASE_PAID_DUE,
                    case_sentence(r, &f));
    }
    payments_show(r, &p);
}

/* ---- an application's service ---- */

static void choose_show(struct request *r, const struct service_page *s)
{
    struct page_case_service_choose p = {
        .c           = s->v.family,
        .arrangement = s->s.arrangement,
        .title       = s->title,
        .receiving   = form_view(&r->form, FORM_CASE_CHOOSE_RECEIVING),
        .paying      = form_view(&r->form, FORM_CASE_CHOOSE_PAYING),
        .free        = form_view(&r->form, FORM_CASE_CHOOSE_FREE),
        .refuses     = form_view(&r->form, FORM_CASE_CHOOSE_REFUSES),
        .evidence    = form_view(&r->form, FORM_CASE_CHOOSE_EVIDENCE),
        .children    = form_view(&r->form, FORM_CASE_CHOOSE_CHILDREN),
        .known       = form_view(&r->form, FORM_CASE_CHOOSE_KNOWN),
        .reasoning   = form_view(&r->form, FORM_CASE_CHOOSE_REASONING),
    };
    page_case_service_choose(&r->out, frame_with_form(r), &p);
}

void case_service_choose(struct request *r)
{
    struct service_page p;

    if (!service_page_open(r, &p)) return;
    form_new(&r->form, r->arena, &form_case_choose);
    form_put_text(&r->form, FORM_CASE_CHOOSE_REFUSES, "no");
    form_put_text(&r->form, FORM_CASE_CHOOSE_CHILDREN,
                  case_children(&p.v.g, p.s.arrangement,
                                date_max(r->today, group_first_effective(&p.v.g)), r->arena));
    choose_show(r, &p);
}

static const char *wish_of(const struct request *r, int field)
{
    return form_is(&r->form, field, "nothing") ? NULL : form_text(&r->form, field);
}

static bool choose_run(struct request *r, const struct service_page *p, struct fail *f)
{
    struct welfare w        = { .children  = form_text(&r->form, FORM_CASE_CHOOSE_CHILDREN),
                                .evidence  = form_text(&r->form, FORM_CASE_CHOOSE_KNOWN),
                                .reasoning = form_text(&r->form, FORM_CASE_CHOOSE_REASONING) };
    struct service_choice c = { .arrangement    = p->s.arrangement,
                                .receiving_asks = wish_of(r, FORM_CASE_CHOOSE_RECEIVING),
                                .paying_asks    = wish_of(r, FORM_CASE_CHOOSE_PAYING),
                                .will_not_pay = form_is(&r->form, FORM_CASE_CHOOSE_REFUSES, "yes"),
                                .welfare      = &w,
                                .evidence     = form_text(&r->form, FORM_CASE_CHOOSE_EVIDENCE) };
    enum service chosen;
    struct verb v;
    struct group g;

    return verb_begin_here(r, p->v.g.pp, &v, &g, f) && service_choose_for(&v, &g, &c, &chosen, f) &&
           verb_close(&v, f) && store_commit(r->store, f);
}

void case_service_choose_do(struct request *r)
{
    struct service_page p;
    struct fail f = { 0 };

    if (!service_page_open(r, &p)) return;
    struct withdrawal_wish wish = { .arrangement = p.s.arrangement, .what = "Direct Pay" };
    if (form_is(&r->form, FORM_CASE_CHOOSE_RECEIVING, "direct_pay") &&
        case_free_first(r, &p.v, FORM_CASE_CHOOSE_FREE, &wish))
        return;
    if (!r->form.errors) {
        bool done = choose_run(r, &p, &f);
        if (case_answered(
                r, done, &f,
                arena_print(r->arena, "/case/%lld/service?done=chosen", (long long)p.v.g.pp)))
            return;
        form_refuse(&r->form,
                    !strcmp(f.code, "welfare_missing") ? FORM_CASE_CHOOSE_CHILDREN
                                                       : FORM_CASE_CHOOSE_RECEIVING,
                    case_sentence(r, &f));
    }
    choose_show(r, &p);
}

/* ---- the parents' own arrangement ---- */

static void agree_show(struct request *r, const struct service_page *s)
{
    struct page_case_service_agree p = {
        .c           = s->v.family,
        .arrangement = s->s.arrangement,
        .title       = s->title,
        .agreed      = form_view(&r->form, FORM_CASE_AGREE_AGREED),
        .every       = form_view(&r->form, FORM_CASE_AGREE_EVERY),
        .first       = form_view(&r->form, FORM_CASE_AGREE_FIRST),
        .other       = form_view(&r->form, FORM_CASE_AGREE_OTHER),
        .reason      = form_view(&r->form, FORM_CASE_AGREE_REASON),
        .free        = form_view(&r->form, FORM_CASE_AGREE_FREE),
    };
    page_case_service_agree(&r->out, frame_with_form(r), &p);
}

void case_service_agree(struct request *r)
{
    struct service_page p;

    if (!service_page_open(r, &p)) return;
    form_new(&r->form, r->arena, &form_case_agree);
    form_put_text(&r->form, FORM_CASE_AGREE_EVERY, "monthly");
    agree_show(r, &p);
}

/* In a transaction that is left open. */
static bool agree_run(struct request *r, const struct service_page *p, int64_t *letter,
                      struct fail *f)
{
    struct service_agreement o = { .arrangement = p->s.arrangement,
                                   .agreed      = form_money(&r->form, FORM_CASE_AGREE_AGREED),
                                   .every       = form_text(&r->form, FORM_CASE_AGREE_EVERY),
                                   .first       = form_date(&r->form, FORM_CASE_AGREE_FIRST),
                                   .other       = form_text(&r->form, FORM_CASE_AGREE_OTHER),
                                   .reason      = form_text(&r->form, FORM_CASE_AGREE_REASON) };
    struct verb v;
    struct group g;

    return verb_begin_here(r, p->v.g.pp, &v, &g, f) && service_agree(&v, &g, &o, letter, f) &&
           verb_close(&v, f);
}

void case_service_agree_do(struct request *r)
{
    struct service_page p;
    struct fail f  = { 0 };
    int64_t letter = 0;

    if (!service_page_open(r, &p)) return;
    struct withdrawal_wish wish = { .arrangement = p.s.arrangement,
                                    .what        = "An arrangement of their own" };
    if (case_free_first(r, &p.v, FORM_CASE_AGREE_FREE, &wish)) return;
    if (!r->form.errors) {
        struct letter_preview preview = { .part  = arena_print(r->arena, "service/%lld/agreement",
                                                               (long long)p.s.arrangement),
                                          .label = "Record it and make the agreement to print",
                                          .back  = "service",
                                          .act   = FORM_CASE_AGREE_ACT,
                                          .seen  = FORM_CASE_AGREE_SEEN };
        bool done                     = agree_run(r, &p, &letter, &f);
        if (done && !case_letter_confirmed(r, &p.v, &preview) &&
            case_letter_preview(r, &p.v, &preview))
            return;
        done = done && store_commit(r->store, &f);
        if (case_answered(r, done, &f,
                          arena_print(r->arena, "/case/%lld/letter/%lld", (long long)p.v.g.pp,
                                      (long long)letter)))
            return;
        form_refuse(&r->form, FORM_CASE_AGREE_AGREED, case_sentence(r, &f));
    }
    agree_show(r, &p);
}
