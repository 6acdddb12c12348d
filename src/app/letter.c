/* letter.c: deciding whether a letter may go, and freezing what it says. */
#include "app/letter.h"

#include "app/access.h"
#include "app/alert.h"
#include "app/announced.h"
#include "app/check.h"
#include "app/collect.h"
#include "app/decision_letter.h"
#include "app/letter_data.h"
#include "app/office.h"
#include "app/receive.h"
#include "app/service.h"
#include "app/stop.h"
#include "base/bug.h"

#include <string.h>

enum { REPLY_DAYS = 14, REFUND_DAYS = 14 };
#define NOTHING_OWED_TO_THEM "nothing_owed_to_them"

/* --- what the guard is told --- */

static bool family_says(const struct group *g, enum fact_kind kind, date day)
{
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (group_fact(g, kind, g->arrangements[i].id, day)) return true;
    return false;
}

/* Overdue, and to be asked for by the service: not what was left when an arrangement went back to
 * Direct Pay, unless it was agreed (B-117). */
static bool is_asked_for(const struct group *g, const struct item *i, date today)
{
    return date_before(i->due, today) && item_outstanding(i).p > 0 &&
           (i->arrangement == 0 || service_may_demand(g, i->arrangement, today));
}

static money asked_for(const struct group *g, const struct standing *st, date today)
{
    money sum = MONEY_NONE;

    for (size_t i = 0; i < st->items.n; i++)
        if (is_asked_for(g, &st->items.at[i], today))
            sum = money_add(sum, item_outstanding(&st->items.at[i]));
    return sum;
}

/* --- what a second person is needed for --- */

/* Money that came in within the days in which nothing is demanded. */
static money recent_money(const struct group *g, const struct law *law, date today)
{
    date from = date_add_days(today, 1 - law->demand_quiet_days);
    money sum = MONEY_NONE;

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        bool came             = e->reason == REASON_MATCH || e->reason == REASON_PASS_IN;
        if (came && !date_before(e->about.day, from)) sum = money_add(sum, e->amount);
    }
    return sum;
}

/* What the last demand that went asked for. */
static bool told_read(const struct setting *s, int64_t pp, struct demand *d, struct fail *fail)
{
    struct sql_letter_list_row *rows;
    size_t n;

    if (!sql_letter_list(s->store, &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_NOW },
                         s->arena, &rows, &n, fail))
        return false;
    for (size_t i = n; i > 0 && !d->told_before; i--) {
        const struct sql_letter_list_row *l = &rows[i - 1];
        struct letter_frozen *f;
        if (l->refused || strcmp(l->kind, letter_templates[LETTER_ARREARS_NOTICE].name) != 0 ||
            !strcmp(l->state, machine_post.states[POST_STATE_OVERTAKEN].name))
            continue;
        f = ARENA_NEW(s->arena, struct letter_frozen);
        if (!letter_thaw(l->data, s->arena, f, fail)) return false;
        d->told_before = true;
        d->told        = f->cleared.owed;
    }
    return true;
}

/* Up to what a second person found a demand right, not long ago; it is never who sends it now. */
static bool released_read(const struct setting *s, const struct group *g, const struct law *law,
                          money *released, struct fail *fail)
{
    struct sql_approval_list_row *rows;
    size_t n;

    *released = MONEY_NONE;
    if (!sql_approval_list(s->store, &(struct sql_approval_list_in){ .pp = g->pp }, s->arena, &rows,
                           &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct sql_approval_list_row *q = &rows[i];
        bool is_release =
            q->state && !strcmp(q->state, machine_approval.states[APPROVAL_STATE_APPROVED].name) &&
            !strcmp(q->act, machine_table_second_person.inputs[SECOND_PERSON_ACT]
                                .values[SECOND_PERSON_ACT_DEMAND]) &&
            strcmp(q->account, s->actor) != 0 &&
            date_before(s->today, date_add_days(q->answered, law->demand_release_days));
        if (is_release) *released = money_max(*released, q->amount);
    }
    return true;
}

static bool second_read(const struct setting *s, const struct group *g, struct demand *d,
                        struct fail *fail)
{
    const struct law *law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, s->today);

    d->recent = recent_money(g, law, s->today);
    d->jump   = law->demand_jump;
    d->alone  = law->demand_second_above;
    return told_read(s, g->pp, d, fail) && released_read(s, g, law, &d->released, fail);
}

static bool demand_of(const struct setting *s, const struct group *g, const struct standing *st,
                      struct demand *d, struct fail *fail)
{
    struct check_report report = { 0 };
    date kept;

    if (!alert_keeps(s->store, s->arena, g->pp, g->pp, &kept, fail)) return false;
    *d = (struct demand){
        .person_first = date_before(kept, DATE_OPEN),
        .owed         = st->owed,
        .credit       = st->balances.group.credit,
        .overdue      = asked_for(g, st, s->today),
        .not_agreed   = st->overdue.p > 0 && asked_for(g, st, s->today).p == 0,
        .disputed     = family_says(g, FACT_DISPUTE, s->today),
        .on_hold      = family_says(g, FACT_HOLD, s->today),
        .has_address  = group_fact(g, FACT_ADDRESS, g->pp, s->today) != NULL,
    };
    if (!receipt_maybe(s->store, s->arena, g, &d->unmatched, fail) ||
        !announced_open(s->store, s->arena, g->pp, &d->announced, fail) ||
        !second_read(s, g, d, fail) ||
        !check_group(s->store, s->arena, g->pp, NULL, NULL, &report, fail))
        return false;
    d->rederives = report.faults == 0;
    return true;
}

static bool group_now(const struct setting *s, int64_t pp, struct group *g, struct standing *st,
                      struct fail *fail)
{
    if (!group_load(s->store, s->arena, pp, KNOWN_OPEN - 1, g, fail)) return false;
    if (g->arrangement_count == 0)
        return REFUSE(fail, "no_case", "That person pays no child maintenance here.");
    *st = account_standing_of(g, s->today, s->today, s->arena);
    return true;
}

bool letter_guard(const struct setting *s, int64_t pp, enum demand_refusal *refusal,
                  struct fail *fail)
{
    struct group g;
    struct standing st;
    struct demand d;

    if (!group_now(s, pp, &g, &st, fail) || !demand_of(s, &g, &st, &d, fail)) return false;
    *refusal = demand_guard(&d);
    return true;
}

bool letter_guard_order(const struct verb *v, const struct group *g, bool debts, struct fail *fail)
{
    struct setting s   = { v->store, v->arena, v->today, v->actor };
    struct standing st = account_standing_of(g, v->today, v->today, v->arena);
    struct demand d;

    if (!demand_of(&s, g, &st, &d, fail)) return false;
    enum demand_refusal refusal = order_guard(&d, debts);
    return refusal == DEMAND_MAY_GO ||
           REFUSE(fail, demand_refusal_words[refusal], "%s", demand_refusal_sentences[refusal]);
}

/* --- the head --- */

bool letter_head_make(const struct setting *s, const struct group *g, struct letter_frozen *f,
                      struct office *office, struct fail *fail)
{
    if (!office_load(s->store, s->arena, office, fail)) return false;
    letter_head_fill(s, g, f, office);
    return true;
}

void letter_head_fill(const struct setting *s, const struct group *g, struct letter_frozen *f,
                      const struct office *office)
{
    int64_t to                               = f->person ? f->person : g->pp;
    const struct sql_group_people_row *payer = group_person(g, to);
    const struct sql_fact_list_row *language = group_fact(g, FACT_LANGUAGE, to, s->today);

    f->office = office->letter;
    f->head   = (struct letter_head){
          .language  = language && !strcmp(language->value, "welsh") ? LETTER_WELSH : LETTER_ENGLISH,
          .recipient = arena_print(s->arena, "%s %s", payer->given, payer->family),
          .reference = payer->ref,
          .sent      = s->today,
          .owner     = actor_is_parent(s->actor) ? "Upkeep" : s->actor,
    };
    access_address(g, to, s->today, s->arena, f->head.address);
}

/* --- writing the row --- */

bool letter_row(struct verb *v, const struct letter_frozen *f, const char *refused, int64_t id,
                struct sql_letter_insert_in *in, struct fail *fail)
{
    struct letter_document document;
    struct letter_frozen whole = *f;

    *in = (struct sql_letter_insert_in){
        .pp          = v->pp,
        .id          = id,
        .event       = v->seq,
        .kind        = letter_templates[f->kind].name,
        .person      = f->person ? f->person : v->pp,
        .arrangement = f->arrangement,
        .day         = v->today,
        .language    = letter_language_tag(f->head.language),
        .template    = letter_templates[f->kind].digest,
        .data        = refused ? "" : letter_freeze(f, v->arena),
        .refused     = refused,
    };
    if (!refused && !letter_render(&whole, v->arena, &document, fail)) return false;
    if (!refused) v->letters |= (uint64_t)1 << f->kind;
    if (v->about.length) out_text(&v->about, "; ");
    out_print(&v->about, refused ? "Letter %s refused: %s" : "Letter %s sent", in->kind,
              refused ? refused : "");
    return true;
}

bool letter_write(struct verb *v, const struct letter_frozen *f, const char *refused,
                  struct letter_result *r, struct fail *fail)
{
    struct sql_letter_last_row last;
    struct sql_letter_insert_in in;
    bool found;

    if (!sql_letter_last(v->store, &(struct sql_letter_last_in){ .pp = v->pp }, v->arena, &last,
                         &found, fail) ||
        !letter_row(v, f, refused, last.id + 1, &in, fail))
        return false;
    *r = (struct letter_result){ .letter = in.id, .sent = !refused, .refused = refused };
    return sql_letter_insert(v->store, &in, fail);
}

/* --- the arrears notice --- */

static size_t row_of(struct letter_arrears_notice_payment *row, int64_t *instalment, size_t n,
                     const struct item *i)
{
    for (size_t k = 0; k < n; k++)
        if (instalment[k] == i->instalment) return k;
    row[n]        = (struct letter_arrears_notice_payment){ .due = i->due };
    instalment[n] = i->instalment;
    return n;
}

/* One row for each instalment with something overdue, its fee with it. */
static void arrears_rows(const struct group *g, const struct standing *st, date today,
                         struct arena *arena, struct letter_arrears_notice *a)
{
    struct letter_arrears_notice_payment *row =
        ARENA_MANY(arena, struct letter_arrears_notice_payment, st->items.n + 1);
    int64_t *instalment = ARENA_MANY(arena, int64_t, st->items.n + 1);

    for (size_t i = 0; i < st->items.n; i++) {
        const struct item *it = &st->items.at[i];
        if (!is_asked_for(g, it, today)) continue;
        size_t k         = row_of(row, instalment, a->payment_count, it);
        a->payment_count = k == a->payment_count ? k + 1 : a->payment_count;
        row[k].owed      = money_add(row[k].owed, money_add(it->charged, it->adjusted));
        row[k].paid      = money_add(row[k].paid, it->paid);
        row[k].unpaid    = money_add(row[k].unpaid, item_outstanding(it));
        money *part      = it->kind == ITEM_MAINTENANCE ? &a->maintenance : &a->fee;
        *part            = money_add(*part, item_outstanding(it));
    }
    a->payment = row;
}

/* The next day on which something falls due here, and all that falls due on it, fees included; what
 * is paid directly is not asked for. */
static void arrears_next(const struct group *g, date today, struct letter_arrears_notice *a)
{
    a->next_due = DATE_OPEN;
    for (size_t i = 0; i < g->instalment_count; i++)
        if (!date_before(g->instalments[i].due, today) && g->instalments[i].amount.p &&
            group_service(g, g->instalments[i].arrangement, g->instalments[i].due) ==
                SERVICE_COLLECT_AND_PAY)
            a->next_due = date_min(a->next_due, g->instalments[i].due);
    a->ongoing = date_before(a->next_due, DATE_OPEN);
    for (size_t i = 0; i < g->instalment_count; i++) {
        const struct sql_instalment_list_row *r = &g->instalments[i];
        if (!date_same(r->due, a->next_due) ||
            group_service(g, r->arrangement, r->due) != SERVICE_COLLECT_AND_PAY)
            continue;
        a->next_amount =
            money_add(a->next_amount, money_add(r->amount, collect_fee(g, r, r->amount)));
    }
}

static bool letter_open(const struct setting *s, int64_t pp, struct verb *v, struct group *g,
                        struct standing *st, struct fail *fail)
{
    bool done;

    return stop_check(s->store, fail) && verb_open(s, pp, "letter", NULL, v, &done, fail) &&
           group_now(s, pp, g, st, fail);
}

/* seen: by a second person, whatever it comes to. */
static bool arrears_make(const struct setting *s, int64_t pp, bool seen, struct letter_result *r,
                         struct fail *fail)
{
    struct verb v;
    struct group g;
    struct standing st;
    struct demand d;
    struct office office;
    struct letter_frozen f = { .kind = LETTER_ARREARS_NOTICE };
    char hex[DIGEST_TEXT];

    if (!letter_open(s, pp, &v, &g, &st, fail) || !demand_of(s, &g, &st, &d, fail) ||
        !letter_head_make(s, &g, &f, &office, fail))
        return false;
    if (seen) d.released = d.overdue;
    enum demand_refusal refusal = demand_guard(&d);
    if (seen && refusal != DEMAND_MAY_GO)
        return REFUSE(fail, demand_refusal_words[refusal], "%s", demand_refusal_sentences[refusal]);
    f.cleared = (struct letter_clearance){
        .owed  = d.overdue,
        .as_at = s->today,
        .basis = arena_print(s->arena, "%s", digest_hex(v.previous.bytes, hex)),
    };
    f.arrears = (struct letter_arrears_notice){
        .total         = d.overdue,
        .as_at         = s->today,
        .reply_by      = date_add_days(s->today, REPLY_DAYS),
        .pay_name      = office.pay_name,
        .pay_sort_code = office.pay_sort_code,
        .pay_account   = office.pay_account,
    };
    arrears_rows(&g, &st, s->today, s->arena, &f.arrears);
    arrears_next(&g, s->today, &f.arrears);
    if (!letter_write(&v, &f, refusal == DEMAND_MAY_GO ? NULL : demand_refusal_words[refusal], r,
                      fail))
        return false;
    r->sentence = demand_refusal_sentences[refusal];
    r->event    = v.seq;
    r->demanded = d.overdue;
    return verb_close(&v, fail);
}

bool letter_arrears(const struct setting *s, int64_t pp, struct letter_result *r, struct fail *fail)
{
    return arrears_make(s, pp, false, r, fail);
}

bool letter_arrears_seen(const struct setting *s, int64_t pp, struct letter_result *r,
                         struct fail *fail)
{
    return arrears_make(s, pp, true, r, fail);
}

/* --- money we owe the paying parent --- */

static const struct letter_words refund_words[] = {
    { { "What was due, as it is now worked out",
        "Yr hyn oedd yn ddyledus, fel y mae wedi'i gyfrifo nawr" } },
    { { "What you paid", "Yr hyn a daloch chi" } },
};

/* Two lines that add up: what was paid, less what was due.  The statement has every line. */
static void refund_rows(const struct group *g, const struct standing *st, date today,
                        struct arena *arena, struct letter_refund_due *r)
{
    struct letter_refund_due_line *line = ARENA_MANY(arena, struct letter_refund_due_line, 2);
    money paid                          = MONEY_NONE;

    for (size_t i = 0; i < g->entry_count; i++) {
        const struct entry *e = &g->entries[i];
        if (e->reason == REASON_MATCH || e->reason == REASON_PASS_IN)
            paid = money_add(paid, e->amount);
        if (e->reason == REASON_RETURNED || e->reason == REASON_REFUND ||
            e->reason == REASON_REFUND_DUE)
            paid = money_subtract(paid, e->amount);
    }
    r->total = money_negate(st->owed);
    line[0]  = (struct letter_refund_due_line){ today, refund_words[1], paid };
    line[1] =
        (struct letter_refund_due_line){ today, refund_words[0], money_subtract(r->total, paid) };
    r->line       = line;
    r->line_count = 2;
}

/* Whether an arrears notice was sent before, and when. */
static bool refund_demand(const struct setting *s, int64_t pp, struct letter_refund_due *r,
                          struct fail *fail)
{
    struct sql_letter_list_row *rows;
    size_t n;

    if (!sql_letter_list(s->store,
                         &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_OPEN - 1 },
                         s->arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].kind, letter_templates[LETTER_ARREARS_NOTICE].name) &&
            !rows[i].refused) {
            r->demanded    = true;
            r->demand_date = rows[i].day;
        }
    return true;
}

bool letter_refund(const struct setting *s, int64_t pp, struct letter_result *r, struct fail *fail)
{
    struct verb v;
    struct group g;
    struct standing st;
    struct demand d;
    struct office office;
    struct letter_frozen f = { .kind = LETTER_REFUND_DUE };
    const char *refused    = NULL;

    if (!letter_open(s, pp, &v, &g, &st, fail) || !demand_of(s, &g, &st, &d, fail) ||
        !letter_head_make(s, &g, &f, &office, fail) || !refund_demand(s, pp, &f.refund, fail))
        return false;
    if (!d.rederives)
        refused = demand_refusal_words[DEMAND_DOES_NOT_REDERIVE];
    else if (st.owed.p >= 0)
        refused = NOTHING_OWED_TO_THEM;
    else if (!d.has_address)
        refused = demand_refusal_words[DEMAND_NO_ADDRESS];
    f.refund.pay_on = date_add_days(s->today, REFUND_DAYS);
    refund_rows(&g, &st, s->today, s->arena, &f.refund);
    if (!letter_write(&v, &f, refused, r, fail)) return false;
    r->sentence = refused ? "Nothing is owed to the paying parent, or it cannot be shown yet." : "";
    return verb_close(&v, fail);
}

/* --- just before printing --- */

bool letter_holds(const struct setting *s, const struct group *g, const struct letter_frozen *f,
                  bool *holds, struct fail *fail)
{
    struct demand d;

    *holds = true;
    if (f->kind == LETTER_DECISION_NOTICE) return decision_letter_holds(s, g, f, holds, fail);
    if (f->kind != LETTER_ARREARS_NOTICE && f->kind != LETTER_REFUND_DUE) return true;
    struct standing st = account_standing_of(g, s->today, s->today, s->arena);
    if (!demand_of(s, g, &st, &d, fail)) return false;
    *holds = f->kind == LETTER_REFUND_DUE
                 ? d.rederives && f->refund.total.p == -st.owed.p
                 : demand_guard(&d) == DEMAND_MAY_GO && d.overdue.p == f->cleared.owed.p;
    return true;
}

/* --- reading back --- */

/* A copy on a screen is not for the post. */
static void head_seal(struct letter_head *head)
{
    static const char *const words[LETTER_LANGUAGES] = { "Address kept sealed",
                                                         "Cyfeiriad dan sêl" };

    memset(head->address, 0, sizeof head->address);
    head->address[0] = words[head->language];
}

bool letter_again(struct store *store, struct arena *arena, int64_t pp, int64_t letter,
                  struct letter_want want, struct letter_document *document, struct fail *fail)
{
    struct sql_letter_list_row *rows;
    size_t n;

    if (!sql_letter_list(store, &(struct sql_letter_list_in){ .pp = pp, .known = KNOWN_OPEN - 1 },
                         arena, &rows, &n, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].id != letter || rows[i].refused) continue;
        struct letter_frozen *f = ARENA_NEW(arena, struct letter_frozen);
        if (!letter_thaw(rows[i].data, arena, f, fail)) return false;
        if (!want.as_sent) f->head.language = want.language;
        f->head.large = want.large;
        if (!want.posted) head_seal(&f->head);
        return letter_render(f, arena, document, fail);
    }
    return REFUSE(fail, "no_letter", "There is no such letter.");
}
