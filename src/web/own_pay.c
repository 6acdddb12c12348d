/* own_pay.c: a paying parent pays by card online (app/card_pay.h).  How much; what it would be used
 * for, done in a transaction and rolled back; then the provider's page, and back to what became of
 * it. */
#include "web/own.h"

#include "app/card_pay.h"
#include "app/collect.h"
#include "web/case_change.h"

#include <string.h>

enum choice { CHOICE_OVERDUE, CHOICE_NEXT, CHOICE_OWED, CHOICE_OTHER, CHOICES };
static const char *const choice_words[CHOICES] = { "overdue", "next", "owed", "other" };

struct pay_page {
    struct own_view v;
    bool offered;
    struct card_payment *list;
    size_t n;
    money amounts[CHOICES]; /* below or at nothing: not offered */
    date next_on;
};

/* ---- what can be paid ---- */

/* What falls due next through us, of every arrangement that falls due that day, with its fee. */
static void next_find(struct request *r, struct pay_page *p)
{
    const struct group *g = &p->v.c.g;

    p->next_on = DATE_OPEN;
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *at = &g->instalments[i];
        if (!date_before(r->today, at->due) || date_before(p->next_on, at->due) ||
            group_service(g, at->arrangement, at->due) == SERVICE_DIRECT_PAY)
            continue;
        money whole = money_add(at->amount, collect_fee(g, at, at->amount));
        p->amounts[CHOICE_NEXT] =
            date_same(p->next_on, at->due) ? money_add(p->amounts[CHOICE_NEXT], whole) : whole;
        p->next_on = at->due;
    }
}

static bool page_open(struct request *r, struct pay_page *p)
{
    struct fail f = { 0 };

    *p = (struct pay_page){ .offered = false };
    if (!own_open(r, &p->v)) return false;
    if (p->v.side.reader) return respond_missing(r), false;
    if (!card_pay_offered(r->store, r->arena, &p->offered, &f) ||
        !card_pay_list(r->store, r->arena, p->v.side.pp, &p->list, &p->n, &f))
        return respond_fail(r, &f), false;
    p->amounts[CHOICE_OVERDUE] = p->v.c.s.overdue;
    p->amounts[CHOICE_OWED]    = p->v.c.s.owed;
    next_find(r, p);
    return true;
}

static const char *path_of(struct request *r, const struct pay_page *p)
{
    return arena_print(r->arena, "/home/pay/%s", p->v.side.ref);
}

static const char *path_one(struct request *r, const struct pay_page *p, int64_t payment)
{
    return arena_print(r->arena, "%s/%lld", path_of(r, p), (long long)payment);
}

/* ---- how much ---- */

static void payments_fill(struct request *r, const struct pay_page *p, struct page_own_pay *page)
{
    struct view_card_payment_row *rows = ARENA_MANY(r->arena, struct view_card_payment_row, p->n);

    for (size_t i = 0; i < p->n; i++)
        rows[i] = (struct view_card_payment_row){
            .link   = path_one(r, p, p->list[i].row.event),
            .day    = p->list[i].row.day,
            .amount = p->list[i].row.amount,
            .state  = machine_card_payment.states[p->list[i].state].label,
        };
    page->payments       = rows;
    page->payments_count = (int32_t)p->n;
}

static void choose_show(struct request *r, const struct pay_page *p)
{
    const struct card_payment *open = card_pay_open(p->list, p->n);
    const struct group *g           = &p->v.c.g;
    const struct law *law    = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, r->today);
    struct page_own_pay page = {
        .path        = path_of(r, p),
        .offered     = p->offered,
        .overdue     = p->amounts[CHOICE_OVERDUE],
        .has_overdue = p->amounts[CHOICE_OVERDUE].p > 0,
        .next        = p->amounts[CHOICE_NEXT],
        .next_on     = p->next_on,
        .has_next    = p->amounts[CHOICE_NEXT].p > 0,
        .owed        = p->amounts[CHOICE_OWED],
        .has_owed    = p->amounts[CHOICE_OWED].p > 0 &&
                    p->amounts[CHOICE_OWED].p != p->amounts[CHOICE_OVERDUE].p,
        .least  = law->card_payment_least,
        .most   = law->card_payment_most,
        .choice = form_view(&r->form, FORM_OWN_PAY_CHOICE),
        .amount = form_view(&r->form, FORM_OWN_PAY_AMOUNT),
    };

    if (open) {
        page.open        = path_one(r, p, open->row.event);
        page.open_amount = open->row.amount;
    }
    payments_fill(r, p, &page);
    page_own_pay(&r->out, own_frame(r, "home", "/home"), &page);
}

void own_pay(struct request *r)
{
    struct pay_page p;

    if (!page_open(r, &p)) return;
    form_new(&r->form, r->arena, &form_own_pay);
    choose_show(r, &p);
}

/* ---- what it would be used for ---- */

static struct view_card_use_row *uses_rows(struct request *r, const struct group *g,
                                           const struct card_use *uses, size_t n)
{
    struct view_card_use_row *rows = ARENA_MANY(r->arena, struct view_card_use_row, n);

    for (size_t i = 0; i < n; i++) {
        const struct sql_arrangement_list_row *a = group_arrangement(g, uses[i].arrangement);
        rows[i]                                  = (struct view_card_use_row){
                                             .what    = uses[i].what,
                                             .has_due = uses[i].has_due,
                                             .due     = uses[i].due,
                                             .ref     = a && g->arrangement_count > 1 ? a->ref : "",
                                             .amount  = uses[i].amount,
        };
    }
    return rows;
}

static bool amount_read(struct request *r, const struct pay_page *p, enum choice *choice,
                        money *amount)
{
    *choice = CHOICE_OVERDUE;
    while (*choice < CHOICE_OTHER && !form_is(&r->form, FORM_OWN_PAY_CHOICE, choice_words[*choice]))
        ++*choice;
    if (*choice == CHOICE_OTHER && !form_has(&r->form, FORM_OWN_PAY_AMOUNT)) {
        form_refuse(&r->form, FORM_OWN_PAY_AMOUNT, form_own_pay_says_amount);
        return false;
    }
    *amount =
        *choice == CHOICE_OTHER ? form_money(&r->form, FORM_OWN_PAY_AMOUNT) : p->amounts[*choice];
    return true;
}

/* What was looked at before it was confirmed: what is to pay, and how much is paid.  Nothing of the
 * case's events: how many there are tells of what was noted about the other parent. */
static const char *seen_of(struct request *r, const struct pay_page *p, money amount)
{
    return arena_print(r->arena, "%lld-%lld-%lld-%lld", (long long)p->amounts[CHOICE_OVERDUE].p,
                       (long long)p->amounts[CHOICE_NEXT].p, (long long)p->amounts[CHOICE_OWED].p,
                       (long long)amount.p);
}

static bool check_show(struct request *r, const struct pay_page *p, enum choice choice,
                       money amount, struct fail *f)
{
    struct setting s = case_setting(r);
    struct card_use *uses;
    size_t n = 0;

    bool fine = store_begin(r->store, STORE_WRITING, f) &&
                card_pay_try(&s, p->v.side.pp, amount, &uses, &n, f);
    store_rollback(r->store);
    if (!fine) return false;
    struct page_own_pay_check page = {
        .path       = path_of(r, p),
        .choice     = choice_words[choice],
        .amount     = amount,
        .seen       = seen_of(r, p, amount),
        .changed    = form_is(&r->form, FORM_OWN_PAY_ACT, "confirm"),
        .uses       = uses_rows(r, &p->v.c.g, uses, n),
        .uses_count = (int32_t)n,
    };
    page_own_pay_check(&r->out, own_frame(r, "home", page.path), &page);
    return true;
}

/* Written down first; only then is the provider asked. */
static bool ask(struct request *r, const struct pay_page *p, money amount, struct fail *f)
{
    struct setting s = case_setting(r);
    char next[GATEWAY_LINK];
    int64_t payment;

    s.actor   = own_actor(r);
    bool fine = store_begin(r->store, STORE_WRITING, f) &&
                card_pay_ask(&s, p->v.side.pp, amount, &payment, f) && store_commit(r->store, f);
    store_rollback(r->store);
    if (!fine) return false;
    const char *one = path_one(r, p, payment);
    if (!card_pay_follow(&s, gateway_now(), p->v.side.pp, payment, next, f) || !*next)
        respond_redirect(r, one);
    else
        respond_redirect(r, arena_text(r->arena, next, strlen(next)));
    return true;
}

void own_pay_do(struct request *r)
{
    struct pay_page p;
    enum choice choice;
    money amount;
    struct fail f = { 0 };

    if (!page_open(r, &p)) return;
    if (!r->form.errors && p.offered && !card_pay_open(p.list, p.n) &&
        amount_read(r, &p, &choice, &amount)) {
        bool confirmed = form_is(&r->form, FORM_OWN_PAY_ACT, "confirm") &&
                         !strcmp(form_text(&r->form, FORM_OWN_PAY_SEEN), seen_of(r, &p, amount));
        if (confirmed ? ask(r, &p, amount, &f) : check_show(r, &p, choice, amount, &f)) return;
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, FORM_OWN_PAY_AMOUNT, case_sentence(r, &f));
    }
    choose_show(r, &p);
}

/* ---- what became of it ---- */

static bool one_find(struct request *r, struct pay_page *p, struct card_payment *one)
{
    const struct card_payment *found;

    if (!page_open(r, p)) return false;
    found = card_pay_find(p->list, p->n, case_number(r->params[1]));
    if (!found) return respond_missing(r), false;
    *one = *found;
    return true;
}

/* Asks the provider about a payment that is not finished; away: nothing could be found out. */
static bool one_follow(struct request *r, struct pay_page *p, struct card_payment *one,
                       char next[GATEWAY_LINK], bool *away)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };

    *next = '\0';
    *away = false;
    if (!card_pay_is_open(one)) return true;
    *away = !gateway_now() ||
            !card_pay_follow(&s, gateway_now(), p->v.side.pp, one->row.event, next, &f);
    if (f.kind == FAIL_INTEGRITY) return respond_fail(r, &f), false;
    return one_find(r, p, one);
}

static void one_show(struct request *r, const struct pay_page *p, const struct card_payment *one,
                     bool away)
{
    const struct machine_state *state = &machine_card_payment.states[one->state];
    struct page_own_pay_one page      = {
             .path   = path_one(r, p, one->row.event),
             .ref    = p->v.side.ref,
             .state  = state->name,
             .says   = state->says[TOLD_PAYING][r->frame.welsh ? MACHINE_WELSH : MACHINE_ENGLISH],
             .amount = one->row.amount,
             .day    = card_pay_is_open(one) ? one->row.day : one->since,
             .number = one->row.reference,
             .away   = away,
             .goes   = card_pay_is_open(one),
    };
    struct card_use *uses;
    size_t n = 0;

    if (one->state == CARD_PAYMENT_STATE_PAID) {
        card_pay_uses(&p->v.c.g, case_number(one->receipt), r->arena, &uses, &n);
        page.uses       = uses_rows(r, &p->v.c.g, uses, n);
        page.uses_count = (int32_t)n;
    }
    page_own_pay_one(&r->out, own_frame(r, "home", path_of(r, p)), &page);
}

void own_pay_one(struct request *r)
{
    struct card_payment one;
    struct pay_page p;
    char next[GATEWAY_LINK];
    bool away;

    if (!one_find(r, &p, &one) || !one_follow(r, &p, &one, next, &away)) return;
    form_new(&r->form, r->arena, &form_own_pay_do);
    one_show(r, &p, &one, away);
}

/* On to the provider's page, where the payment is not finished. */
void own_pay_go(struct request *r)
{
    struct card_payment one;
    struct pay_page p;
    char next[GATEWAY_LINK];
    bool away;

    if (!one_find(r, &p, &one) || !one_follow(r, &p, &one, next, &away)) return;
    respond_redirect(r, *next && card_pay_is_open(&one) ? arena_text(r->arena, next, strlen(next))
                                                        : path_one(r, &p, one.row.event));
}

void own_pay_one_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct card_payment one;
    struct pay_page p;
    struct fail f = { 0 };

    if (!one_find(r, &p, &one)) return;
    if (card_pay_is_open(&one) && gateway_now() &&
        !card_pay_cancel(&s, gateway_now(), p.v.side.pp, one.row.event, &f) &&
        f.kind == FAIL_INTEGRITY)
        respond_fail(r, &f);
    else
        respond_redirect(r, path_one(r, &p, one.row.event));
}

/* Where the provider sends a browser back to.  It comes from elsewhere and so without the session's
 * cookie (SameSite); the link, which is ours, has it. */
void card_back(struct request *r)
{
    struct page_card_back page = {
        .path = arena_print(r->arena, "/home/pay/%s/%s", r->params[0], r->params[1]),
    };

    frame_of(r)->exit = true;
    page_card_back(&r->out, frame_of(r), &page);
}
