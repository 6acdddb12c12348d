/* case_ruling.c: deciding about money: the list, and one form for every kind. */
#include "web/case_ruling.h"

#include "flow/direct_kind.h"
#include "flow/waiver.h"
#include "web/case.h"

#include <string.h>

/* What the form asks for each kind, besides what the kind itself says (ruling.h). */
enum words { WORDS_NONE, WORDS_ORDER, WORDS_GROUND, WORDS_SCHEME, WORDS_VOLUNTARY, WORDS_HOME };
static const struct {
    const char *group; /* NULL: of the group above */
    bool amount, evidence;
    const char *amount_hint, *weekly, *day;
    enum words words;
    const char *bases; /* words parted by spaces; NULL: none */
} asked[RULING_KINDS] = {
    [RULING_ENFORCEMENT_FEE]   = { .group    = "Enforcement fees",
                                   .evidence = true,
                                   .day      = "Day the order was made",
                                   .words    = WORDS_ORDER },
    [RULING_WAIVER]            = { .evidence = true, .words = WORDS_GROUND },
    [RULING_LEGACY_DEBT]       = { .group    = "Earlier schemes",
                                   .amount   = true,
                                   .evidence = true,
                                   .words    = WORDS_SCHEME },
    [RULING_LEGACY_STATE_DEBT] = { .amount = true, .evidence = true, .words = WORDS_SCHEME },
    [RULING_VOLUNTARY_PAYMENT] = { .group    = "Paid without us, set off",
                                   .amount   = true,
                                   .evidence = true,
                                   .day      = "Day it was paid",
                                   .words    = WORDS_VOLUNTARY,
                                   .bases    = "agreed proved" },
    [RULING_PAYMENT_FOR_HOME]  = { .amount   = true,
                                   .evidence = true,
                                   .day      = "Day it was paid",
                                   .words    = WORDS_HOME,
                                   .bases    = "agreed" },
    [RULING_SET_OFF]           = { .amount      = true,
                                   .amount_hint = "Leave it empty to set off all that can be",
                                   .weekly      = "So much a week (empty: at once)" },
    [RULING_SPREAD]            = { .group       = "Paid too much",
                                   .amount      = true,
                                   .amount_hint = "Leave it empty for all of it",
                                   .weekly      = "So much a week comes off" },
    [RULING_REFUND]            = { .amount      = true,
                                   .amount_hint = "Leave it empty to refund all that is held" },
    [RULING_REIMBURSEMENT]     = { .amount      = true,
                                   .amount_hint = "Leave it empty for all of it",
                                   .bases       = "receiver_repays service_erred" },
    [RULING_RECOVERY]          = { .weekly = "Most of each payment (empty: as they agree)" },
    [RULING_REDRESS]           = { .amount = true, .evidence = true },
};

/* --- the list --- */

static void groups_fill(struct request *r, struct page_case_rulings *p)
{
    struct view_kind_group *groups = ARENA_MANY(r->arena, struct view_kind_group, RULING_KINDS);
    struct view_kind_row *rows     = ARENA_MANY(r->arena, struct view_kind_row, RULING_KINDS);

    for (enum ruling_kind k = 0; k < RULING_KINDS; k++) {
        if (asked[k].group)
            groups[p->groups_count++] =
                (struct view_kind_group){ .title = asked[k].group, .kinds = &rows[k] };
        rows[k] = (struct view_kind_row){ ruling_name(k), ruling_words(k) };
        groups[p->groups_count - 1].kinds_count++;
    }
    p->groups = groups;
}

static const char *welfare_of(const struct sql_welfare_list_row *welfare, size_t n, int64_t event)
{
    for (size_t i = 0; i < n; i++)
        if (welfare[i].event == event) return welfare[i].reasoning;
    return "";
}

static bool made_fill(struct request *r, const struct case_view *v, struct page_case_rulings *p,
                      struct fail *f)
{
    struct sql_ruling_list_row *made;
    struct sql_welfare_list_row *welfare;
    size_t n, m;
    enum ruling_kind kind;

    if (!sql_ruling_list(r->store,
                         &(struct sql_ruling_list_in){ .pp = v->g.pp, .known = v->g.known },
                         r->arena, &made, &n, f) ||
        !sql_welfare_list(r->store,
                          &(struct sql_welfare_list_in){ .pp = v->g.pp, .known = v->g.known },
                          r->arena, &welfare, &m, f))
        return false;
    struct view_ruling_row *rows = ARENA_MANY(r->arena, struct view_ruling_row, n + 1);
    for (size_t i = n; i > 0; i--) {
        const struct sql_ruling_list_row *x = &made[i - 1];
        rows[p->rulings_count++]            = (struct view_ruling_row){
                       .day     = v->events[x->event - 1].day,
                       .words   = ruling_find(x->kind, &kind) ? ruling_words(kind) : x->kind,
                       .who     = x->arrangement ? case_receiver(&v->g, x->arrangement, r->arena) : "",
                       .amount  = case_pounds(r->arena, x->counted),
                       .reason  = x->reason,
                       .welfare = welfare_of(welfare, m, x->event),
        };
    }
    p->rulings = rows;
    return true;
}

void case_rulings(struct request *r)
{
    struct case_view v;
    struct fail f = { 0 };

    if (!case_open(r, &v)) return;
    struct page_case_rulings p = { .c = v.family };
    groups_fill(r, &p);
    if (made_fill(r, &v, &p, &f))
        page_case_rulings(&r->out, frame_of(r), &p);
    else
        respond_fail(r, &f);
}

/* --- the form --- */

struct choices {
    struct view_option *at;
    int32_t n;
};

static void choice_add(struct choices *c, const char *value, const char *label, const char *chosen)
{
    c->at[c->n++] = (struct view_option){ value, label, !strcmp(value, chosen) };
}

/* Which of the fees a ground is open to, where it is not all of them. */
static const char *ground_of(struct request *r, const struct ruling_fee *fees, size_t n,
                             enum waiver_ground w)
{
    const char *words = "";
    size_t open       = 0;

    for (size_t i = 0; i < n; i++) {
        if (!fees[i].grounds[w]) continue;
        words = arena_print(r->arena, "%s%s%s", words, open++ ? ", " : "; only the fee of ",
                            case_day_words(r->arena, fees[i].row->day));
    }
    return !open ? NULL : open == n ? "" : words;
}

/* Only the grounds that are open to a fee that still stands. */
static void grounds_add(struct request *r, const struct group *g, struct choices *c)
{
    struct ruling_fee *fees;
    struct fail f = { 0 };
    size_t n;

    if (!ruling_fees_read(r->store, r->arena, g, &fees, &n, &f)) return;
    for (enum waiver_ground w = 0; w < WAIVER_GROUNDS; w++) {
        const char *only = ground_of(r, fees, n, w);
        if (only)
            choice_add(c, waiver_name(w),
                       arena_print(r->arena, "%s: %s%s", waiver_name(w), waiver_words(w), only),
                       form_text(&r->form, FORM_CASE_RULING_WORD));
    }
}

static struct choices words_of(struct request *r, const struct group *g, enum ruling_kind kind)
{
    enum { MOST = 24 };
    static const char *const orders[] = { "earnings", "earnings_chosen", "armed_forces",
                                          "regular",  "lump_sum",        "liability" };
    struct choices c                  = { ARENA_MANY(r->arena, struct view_option, MOST), 0 };
    const char *chosen                = form_text(&r->form, FORM_CASE_RULING_WORD);
    enum fee_kind fee;

    switch (asked[kind].words) {
    case WORDS_NONE: break;
    case WORDS_ORDER:
        for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
            if (fee_kind_find(orders[i], &fee))
                choice_add(&c, orders[i], fee_kind_words(fee), chosen);
        break;
    case WORDS_GROUND: grounds_add(r, g, &c); break;
    case WORDS_SCHEME:
        choice_add(&c, "2003", "the 2003 scheme", chosen);
        choice_add(&c, "1993", "the 1993 scheme", chosen);
        break;
    case WORDS_VOLUNTARY:
    case WORDS_HOME:
        for (size_t i = 0; i < direct_kind_count; i++)
            if (asked[kind].words == WORDS_HOME ? direct_kind_table[i].for_home
                                                : direct_kind_table[i].voluntary)
                choice_add(&c, direct_kind_table[i].name, direct_kind_table[i].words, chosen);
        break;
    }
    return c;
}

static struct choices bases_of(struct request *r, enum ruling_kind kind)
{
    static const char *const words[][2] = {
        { "agreed", "the receiving parent agrees" },
        { "proved", "it is proved" },
        { "receiver_repays", "the receiving parent is to pay it back" },
        { "service_erred", "the mistake was ours: nobody is asked for it" },
    };
    struct choices c   = { ARENA_MANY(r->arena, struct view_option, 4), 0 };
    const char *chosen = form_text(&r->form, FORM_CASE_RULING_BASIS);

    for (size_t i = 0; asked[kind].bases && i < sizeof words / sizeof *words; i++)
        if (fact_choice_index(asked[kind].bases, words[i][0]) >= 0)
            choice_add(&c, words[i][0], words[i][1], chosen);
    return c;
}

static struct choices receivers_of(struct request *r, const struct group *g, enum ruling_kind kind)
{
    struct choices c = { ARENA_MANY(r->arena, struct view_option, g->arrangement_count + 1), 0 };

    for (size_t i = 0; ruling_needs_arrangement(kind) && i < g->arrangement_count; i++)
        choice_add(&c, arena_print(r->arena, "%lld", (long long)g->arrangements[i].id),
                   case_receiver(g, g->arrangements[i].id, r->arena),
                   form_text(&r->form, FORM_CASE_RULING_ARRANGEMENT));
    return c;
}

/* The fees that may be waived, or the payments in suspense that may be a receiving parent's. */
static bool referred_of(struct request *r, const struct case_view *v, enum ruling_kind kind,
                        struct choices *c, struct fail *f)
{
    struct ruling_fee *fees                  = NULL;
    struct sql_receipt_suspense_row *waiting = NULL;
    const char *chosen                       = form_text(&r->form, FORM_CASE_RULING_REFERS);
    size_t n = 0, m = 0;
    enum fee_kind fee;

    if (kind == RULING_WAIVER && !ruling_fees_read(r->store, r->arena, &v->g, &fees, &n, f))
        return false;
    if (kind == RULING_RECEIVER_REPAID &&
        !sql_receipt_suspense(r->store, r->arena, &waiting, &m, f))
        return false;
    *c = (struct choices){ ARENA_MANY(r->arena, struct view_option, n + m + 1), 0 };
    for (size_t i = 0; i < n; i++)
        if (fee_kind_find(fees[i].row->word, &fee))
            choice_add(c, arena_print(r->arena, "%lld", (long long)fees[i].row->event),
                       arena_print(r->arena, "%s for %s of %s (%s)",
                                   case_pounds(r->arena, fees[i].row->counted), fee_kind_words(fee),
                                   case_day_words(r->arena, fees[i].row->day),
                                   fees[i].row->evidence),
                       chosen);
    for (size_t i = 0; i < m; i++)
        choice_add(c, arena_print(r->arena, "%lld", (long long)waiting[i].id),
                   arena_print(r->arena, "%s from %s, %s", case_pounds(r->arena, waiting[i].amount),
                               waiting[i].payer_name, case_day_words(r->arena, waiting[i].booked)),
                   chosen);
    return true;
}

/* How the money stands that the kind is about. */
static const char *now_words(struct request *r, const struct case_view *v, enum ruling_kind kind,
                             bool has_referred)
{
    if (kind == RULING_WAIVER && !has_referred)
        return "No enforcement fee stands that could be waived.";
    if (kind == RULING_RECEIVER_REPAID && !has_referred)
        return "No payment is in suspense that a receiving parent could have sent. It is there "
               "when the "
               "bank’s statement is booked.";
    money credit = v->s.balances.group.account[ACCOUNT_PP_CREDIT];
    money held   = ruling_refundable(&v->s.balances);

    if (credit.p == held.p)
        return arena_print(r->arena, "%s; %s held for the paying parent.",
                           case_owed(r->arena, v->s.owed), case_pounds(r->arena, held));
    return arena_print(r->arena,
                       "%s; %s in credit, of which %s is held and can be refunded: receiving "
                       "parents have had the rest.",
                       case_owed(r->arena, v->s.owed), case_pounds(r->arena, credit),
                       case_pounds(r->arena, held));
}

void case_ruling_show(struct request *r, const struct case_view *v, enum ruling_kind kind)
{
    static const char *const words_labels[] = {
        [WORDS_NONE]      = "",
        [WORDS_ORDER]     = "What was made",
        [WORDS_GROUND]    = "Ground",
        [WORDS_SCHEME]    = "Scheme",
        [WORDS_VOLUNTARY] = "How it was paid",
        [WORDS_HOME]      = "What was paid",
    };
    struct choices receivers = receivers_of(r, &v->g, kind), words = words_of(r, &v->g, kind),
                   bases = bases_of(r, kind), referred;
    struct fail f        = { 0 };

    if (!referred_of(r, v, kind, &referred, &f)) {
        respond_fail(r, &f);
        return;
    }
    struct page_case_ruling_form p = {
        .c               = v->family,
        .kind            = ruling_name(kind),
        .label           = ruling_words(kind),
        .now             = now_words(r, v, kind, referred.n > 0),
        .arrangement     = form_view(&r->form, FORM_CASE_RULING_ARRANGEMENT),
        .receivers       = receivers.at,
        .receivers_count = receivers.n,
        .word            = form_view(&r->form, FORM_CASE_RULING_WORD),
        .words           = words.at,
        .words_count     = words.n,
        .words_label     = words_labels[asked[kind].words],
        .refers          = form_view(&r->form, FORM_CASE_RULING_REFERS),
        .referred        = referred.at,
        .referred_count  = referred.n,
        .refers_label    = kind == RULING_WAIVER ? "Which fee" : "Which payment",
        .amount          = form_view(&r->form, FORM_CASE_RULING_AMOUNT),
        .amount_hint     = asked[kind].amount_hint ? asked[kind].amount_hint : "",
        .ask_amount      = asked[kind].amount,
        .weekly          = form_view(&r->form, FORM_CASE_RULING_WEEKLY),
        .weekly_label    = asked[kind].weekly ? asked[kind].weekly : "",
        .day             = form_view(&r->form, FORM_CASE_RULING_DAY),
        .day_label       = asked[kind].day ? asked[kind].day : "",
        .basis           = form_view(&r->form, FORM_CASE_RULING_BASIS),
        .bases           = bases.at,
        .bases_count     = bases.n,
        .reason          = form_view(&r->form, FORM_CASE_RULING_REASON),
        .evidence        = form_view(&r->form, FORM_CASE_RULING_EVIDENCE),
        .evidence_hint   = "Such as the order's number, a receipt, the complaint",
        .ask_evidence    = asked[kind].evidence,
        .children        = form_view(&r->form, FORM_CASE_RULING_CHILDREN),
        .welfare         = form_view(&r->form, FORM_CASE_RULING_WELFARE),
        .ask_welfare     = ruling_needs_welfare(kind),
        .none            = !referred.n && (kind == RULING_WAIVER || kind == RULING_RECEIVER_REPAID),
    };
    page_case_ruling_form(&r->out, frame_with_form(r), &p);
}

void case_ruling_form(struct request *r)
{
    struct case_view v;
    enum ruling_kind kind;

    if (!case_open(r, &v)) return;
    if (!ruling_find(r->params[1], &kind)) {
        respond_missing(r);
        return;
    }
    form_new(&r->form, r->arena, &form_case_ruling);
    if (asked[kind].day) form_put_date(&r->form, FORM_CASE_RULING_DAY, r->today);
    case_ruling_show(r, &v, kind);
}
