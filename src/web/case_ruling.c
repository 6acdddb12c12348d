/* case_ruling.c: deciding about money: the list, one form for every kind, what it would do, and
 * doing it.  The preview is the verb itself, rolled back. */
#include "app/ruling.h"
#include "flow/direct_kind.h"
#include "flow/waiver.h"
#include "web/case.h"
#include "web/case_view.h"

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

static struct choices words_of(struct request *r, enum ruling_kind kind)
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
    case WORDS_GROUND:
        for (enum waiver_ground w = 0; w < WAIVER_GROUNDS; w++)
            choice_add(&c, waiver_name(w),
                       arena_print(r->arena, "%s: %s", waiver_name(w), waiver_words(w)), chosen);
        break;
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
    struct sql_ruling_list_row *made         = NULL;
    struct sql_receipt_suspense_row *waiting = NULL;
    const char *chosen                       = form_text(&r->form, FORM_CASE_RULING_REFERS);
    size_t n = 0, m = 0;
    enum fee_kind fee;

    if (kind == RULING_WAIVER &&
        !sql_ruling_list(r->store,
                         &(struct sql_ruling_list_in){ .pp = v->g.pp, .known = v->g.known },
                         r->arena, &made, &n, f))
        return false;
    if (kind == RULING_RECEIVER_REPAID &&
        !sql_receipt_suspense(r->store, r->arena, &waiting, &m, f))
        return false;
    *c = (struct choices){ ARENA_MANY(r->arena, struct view_option, n + m + 1), 0 };
    for (size_t i = 0; i < n; i++)
        if (!strcmp(made[i].kind, ruling_name(RULING_ENFORCEMENT_FEE)) &&
            fee_kind_find(made[i].word, &fee))
            choice_add(c, arena_print(r->arena, "%lld", (long long)made[i].event),
                       arena_print(r->arena, "%s for %s of %s (%s)",
                                   case_pounds(r->arena, made[i].counted), fee_kind_words(fee),
                                   case_day_words(r->arena, made[i].day), made[i].evidence),
                       chosen);
    for (size_t i = 0; i < m; i++)
        choice_add(c, arena_print(r->arena, "%lld", (long long)waiting[i].id),
                   arena_print(r->arena, "%s from %s, %s", case_pounds(r->arena, waiting[i].amount),
                               waiting[i].payer_name, case_day_words(r->arena, waiting[i].booked)),
                   chosen);
    return true;
}

/* How the money stands that the kind is about. */
static const char *now_words(struct request *r, const struct case_view *v)
{
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

static void form_show(struct request *r, const struct case_view *v, enum ruling_kind kind)
{
    static const char *const words_labels[] = {
        [WORDS_NONE]      = "",
        [WORDS_ORDER]     = "What was made",
        [WORDS_GROUND]    = "Ground",
        [WORDS_SCHEME]    = "Scheme",
        [WORDS_VOLUNTARY] = "How it was paid",
        [WORDS_HOME]      = "What was paid",
    };
    struct choices receivers = receivers_of(r, &v->g, kind), words = words_of(r, kind),
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
        .now             = now_words(r, v),
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
    form_show(r, &v, kind);
}

/* --- what it would do --- */

static struct view_change_row change_row(const char *what, const char *before, const char *after)
{
    return (struct view_change_row){ what, before, after, !strcmp(before, after) };
}

static const char *account_words_of(struct arena *a, const struct balance *b, enum account account)
{
    return case_pounds(a, b ? b->account[account] : MONEY_NONE);
}

/* The accounts of a side that are not nothing both times. */
static struct view_party party_of(struct request *r, const char *title, const struct balance *was,
                                  const struct balance *is, bool (*of)(enum account))
{
    struct view_change_row *rows = ARENA_MANY(r->arena, struct view_change_row, ACCOUNT_COUNT);
    struct view_party p          = { .title = title, .rows = rows };

    for (enum account a = 0; a < ACCOUNT_COUNT; a++) {
        bool any = (was && was->account[a].p) || (is && is->account[a].p);
        if (any && (of(a) || a == ACCOUNT_PP_AHEAD))
            rows[p.rows_count++] = change_row(account_words(a), account_words_of(r->arena, was, a),
                                              account_words_of(r->arena, is, a));
    }
    return p;
}

static void parties_fill(struct request *r, const struct case_view *before,
                         const struct case_view *after, struct page_case_ruling_preview *p)
{
    size_t n                   = after->g.arrangement_count;
    struct view_party *parties = ARENA_MANY(r->arena, struct view_party, n + 1);
    struct balance payer_was = before->s.balances.group, payer_is = after->s.balances.group;

    parties[p->parties_count++] =
        party_of(r, arena_print(r->arena, "%s, who pays", before->family.name), &payer_was,
                 &payer_is, account_is_payers);
    for (size_t i = 0; i < n; i++) {
        int64_t id          = after->g.arrangements[i].id;
        struct view_party x = party_of(
            r, arena_print(r->arena, "%s, who receives", case_receiver(&after->g, id, r->arena)),
            balance_find(&before->s.balances, id), balance_find(&after->s.balances, id),
            account_is_receivers);
        if (x.rows_count) parties[p->parties_count++] = x;
    }
    p->parties = parties;
}

/* The rows the event would write, those of one reason together. */
static void moved_fill(struct request *r, const struct case_view *after, int64_t event,
                       struct page_case_ruling_preview *p)
{
    struct view_moved_row *rows = ARENA_MANY(r->arena, struct view_moved_row, REASON_COUNT);

    for (enum reason reason = 0; reason < REASON_COUNT; reason++) {
        money sum = MONEY_NONE;
        for (size_t i = 0; i < after->g.entry_count; i++)
            if (after->g.rows[i].event == event && after->g.entries[i].reason == reason)
                sum = money_add(sum, after->g.entries[i].amount);
        if (sum.p)
            rows[p->moved_count++] =
                (struct view_moved_row){ reason_sentence(reason), case_pounds(r->arena, sum) };
    }
    p->moved = rows;
}

static void preview_show(struct request *r, const struct case_view *before, enum ruling_kind kind,
                         const struct ruling_result *result, bool stale)
{
    struct case_view after;

    if (!case_read(r, before->g.pp, &after)) return;
    struct page_case_ruling_preview p = {
        .c       = before->family,
        .changed = stale ? "Somebody changed this case after you were shown the preview. This is "
                           "what it would do now. Look again before you do it."
                         : "",
        .kind    = ruling_name(kind),
        .label   = ruling_words(kind),
        .counted = result->not_counted.p ? arena_print(r->arena, "%s counts, %s does not",
                                                       case_pounds(r->arena, result->counted),
                                                       case_pounds(r->arena, result->not_counted))
                                         : case_pounds(r->arena, result->counted),
        .reason  = form_text(&r->form, FORM_CASE_RULING_REASON),
        .arrangement = form_view(&r->form, FORM_CASE_RULING_ARRANGEMENT),
        .word        = form_view(&r->form, FORM_CASE_RULING_WORD),
        .amount      = form_view(&r->form, FORM_CASE_RULING_AMOUNT),
        .weekly      = form_view(&r->form, FORM_CASE_RULING_WEEKLY),
        .day         = form_view(&r->form, FORM_CASE_RULING_DAY),
        .basis       = form_view(&r->form, FORM_CASE_RULING_BASIS),
        .refers      = form_view(&r->form, FORM_CASE_RULING_REFERS),
        .evidence    = form_view(&r->form, FORM_CASE_RULING_EVIDENCE),
        .children    = form_view(&r->form, FORM_CASE_RULING_CHILDREN),
        .welfare     = form_view(&r->form, FORM_CASE_RULING_WELFARE),
        .seen        = (int64_t)before->event_count,
    };
    parties_fill(r, before, &after, &p);
    moved_fill(r, &after, result->event, &p);
    page_case_ruling_preview(&r->out, frame_of(r), &p);
}

/* --- doing it --- */

static money money_or_none(const struct request *r, int field)
{
    return form_has(&r->form, field) ? form_money(&r->form, field) : MONEY_NONE;
}

static int64_t count_or_none(const struct request *r, int field)
{
    return form_has(&r->form, field) ? form_count(&r->form, field) : 0;
}

static bool ruling_run(struct request *r, int64_t pp, enum ruling_kind kind,
                       struct ruling_result *result, struct fail *f)
{
    struct setting s      = case_setting(r);
    struct ruling_order o = {
        .kind        = kind,
        .word        = form_text(&r->form, FORM_CASE_RULING_WORD),
        .arrangement = count_or_none(r, FORM_CASE_RULING_ARRANGEMENT),
        .amount      = money_or_none(r, FORM_CASE_RULING_AMOUNT),
        .weekly      = money_or_none(r, FORM_CASE_RULING_WEEKLY),
        .day = form_has(&r->form, FORM_CASE_RULING_DAY) ? form_date(&r->form, FORM_CASE_RULING_DAY)
                                                        : r->today,
        .basis             = form_text(&r->form, FORM_CASE_RULING_BASIS),
        .reason            = form_text(&r->form, FORM_CASE_RULING_REASON),
        .evidence          = form_text(&r->form, FORM_CASE_RULING_EVIDENCE),
        .refers            = count_or_none(r, FORM_CASE_RULING_REFERS),
        .welfare_children  = form_text(&r->form, FORM_CASE_RULING_CHILDREN),
        .welfare_reasoning = form_text(&r->form, FORM_CASE_RULING_WELFARE),
    };
    if (form_has(&r->form, FORM_CASE_RULING_AMOUNT) && o.amount.p == 0)
        return REFUSE(f, "amount_wrong", "Nothing is no amount; an empty field means all of it.");
    if (form_has(&r->form, FORM_CASE_RULING_WEEKLY) && o.weekly.p == 0)
        return REFUSE(f, "weekly_missing", "Nothing a week is no amount.");
    return ruling_make(&s, pp, &o, NULL, result, f);
}

static int field_of(const struct fail *f)
{
    static const struct {
        const char *code;
        int field;
    } fields[] = {
        { "welfare_missing", FORM_CASE_RULING_WELFARE },
        { "amount_missing", FORM_CASE_RULING_AMOUNT },
        { "amount_wrong", FORM_CASE_RULING_AMOUNT },
        { "refund_beyond_held", FORM_CASE_RULING_AMOUNT },
        { "weekly_missing", FORM_CASE_RULING_WEEKLY },
        { "weekly_too_much", FORM_CASE_RULING_WEEKLY },
        { "day_to_come", FORM_CASE_RULING_DAY },
        { "day_too_early", FORM_CASE_RULING_DAY },
        { "before_effective", FORM_CASE_RULING_DAY },
        { "after_told", FORM_CASE_RULING_DAY },
        { "evidence_missing", FORM_CASE_RULING_EVIDENCE },
        { "fee_charged_before", FORM_CASE_RULING_EVIDENCE },
        { "basis_missing", FORM_CASE_RULING_BASIS },
        { "agreement_missing", FORM_CASE_RULING_BASIS },
        { "no_such_fee", FORM_CASE_RULING_REFERS },
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!strcmp(fields[i].code, f->code)) return fields[i].field;
    return FORM_CASE_RULING_REASON;
}

/* True when it is done or shown; the transaction is the caller's to end. */
static bool ruling_try(struct request *r, struct case_view *v, enum ruling_kind kind,
                       struct fail *f)
{
    struct ruling_result result;
    bool confirming = form_is(&r->form, FORM_CASE_RULING_ACT, "confirm");

    if (!store_begin(r->store, STORE_WRITING, f)) return false;
    if (!case_read(r, v->g.pp, v)) return true;
    if (!ruling_run(r, v->g.pp, kind, &result, f)) return false;
    if (!confirming || count_or_none(r, FORM_CASE_RULING_SEEN) != (int64_t)v->event_count) {
        preview_show(r, v, kind, &result, confirming);
        return true;
    }
    if (!store_commit(r->store, f)) return false;
    respond_redirect(r, arena_print(r->arena, "/case/%lld/rulings", (long long)v->g.pp));
    return true;
}

void case_ruling_do(struct request *r)
{
    struct case_view v;
    struct fail f = { 0 };
    enum ruling_kind kind;

    if (!case_open(r, &v)) return;
    if (!ruling_find(r->params[1], &kind)) {
        respond_missing(r);
        return;
    }
    if (r->form.errors) {
        form_show(r, &v, kind);
        return;
    }
    bool fine = ruling_try(r, &v, kind, &f);
    store_rollback(r->store);
    if (fine) return;
    if (f.kind != FAIL_REFUSED) {
        respond_fail(r, &f);
        return;
    }
    form_refuse(&r->form, field_of(&f), case_sentence(r, &f));
    form_show(r, &v, kind);
}
