/* case_ruling_do.c: what a decision about money would do, and doing it.  The preview is the verb
 * itself, rolled back. */
#include "web/case.h"
#include "web/case_change.h"
#include "web/case_ruling.h"

#include <string.h>

struct ruling_page {
    struct case_view v;
    enum ruling_kind kind;
    struct ruling_order order;
    struct ruling_result result;
};

/* --- what it would do --- */

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
            rows[p.rows_count++] =
                case_change_row(account_words(a), account_words_of(r->arena, was, a),
                                account_words_of(r->arena, is, a));
    }
    return p;
}

static void parties_fill(struct request *r, const struct case_view *before,
                         const struct case_view *after, struct view_preview *p)
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

static const char *counted_words(struct request *r, const struct ruling_result *result)
{
    const char *counted = case_pounds(r->arena, result->counted);

    if (result->not_counted.p == 0) return counted;
    return arena_print(r->arena, "%s counts, %s does not", counted,
                       case_pounds(r->arena, result->not_counted));
}

static bool ruling_asked(struct request *r, const struct case_view *v, struct case_asked *asked)
{
    const struct ruling_page *p = (const struct ruling_page *)v;

    *asked = (struct case_asked){ .act    = approval_act_of_ruling(r->arena, &p->order),
                                  .event  = p->result.event,
                                  .amount = p->result.counted,
                                  .why    = p->order.reason };
    return true;
}

static void preview_show(struct request *r, struct case_view *before)
{
    const struct ruling_page *page     = (const struct ruling_page *)before;
    const struct ruling_result *result = &page->result;
    struct page_case_ruling_preview p  = { .c = before->family };
    struct case_view after;
    struct case_asked asked;

    if (!case_read(r, before->g.pp, &after)) return;
    p.top = case_preview_of(
        r, before,
        arena_print(r->arena, "%s: %s", ruling_words(page->kind), counted_words(r, result)),
        arena_print(r->arena, "ruling/%s", ruling_name(page->kind)), "rulings");
    ruling_asked(r, before, &asked);
    p.top.second = case_second_words(r, before->g.pp, &asked);
    if (!p.top.second) return;
    parties_fill(r, before, &after, &p.top);
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

static struct ruling_order order_of(const struct request *r, enum ruling_kind kind)
{
    bool has_day = form_has(&r->form, FORM_CASE_RULING_DAY);

    return (struct ruling_order){
        .kind              = kind,
        .word              = form_text(&r->form, FORM_CASE_RULING_WORD),
        .arrangement       = count_or_none(r, FORM_CASE_RULING_ARRANGEMENT),
        .amount            = money_or_none(r, FORM_CASE_RULING_AMOUNT),
        .weekly            = money_or_none(r, FORM_CASE_RULING_WEEKLY),
        .day               = has_day ? form_date(&r->form, FORM_CASE_RULING_DAY) : r->today,
        .basis             = form_text(&r->form, FORM_CASE_RULING_BASIS),
        .reason            = form_text(&r->form, FORM_CASE_RULING_REASON),
        .evidence          = form_text(&r->form, FORM_CASE_RULING_EVIDENCE),
        .refers            = count_or_none(r, FORM_CASE_RULING_REFERS),
        .welfare_children  = form_text(&r->form, FORM_CASE_RULING_CHILDREN),
        .welfare_reasoning = form_text(&r->form, FORM_CASE_RULING_WELFARE),
    };
}

static bool ruling_run(struct request *r, struct case_view *v, struct fail *f)
{
    struct ruling_page *p = (struct ruling_page *)v;
    struct setting s      = case_setting(r);

    p->order = order_of(r, p->kind);
    if (form_has(&r->form, FORM_CASE_RULING_AMOUNT) && p->order.amount.p == 0)
        return REFUSE(f, "amount_wrong", "Nothing is no amount; an empty field means all of it.");
    if (form_has(&r->form, FORM_CASE_RULING_WEEKLY) && p->order.weekly.p == 0)
        return REFUSE(f, "weekly_missing", "Nothing a week is no amount.");
    return ruling_make(&s, v->g.pp, &p->order, NULL, &p->result, f);
}

static int field_of(const struct fail *f)
{
    static const struct case_field fields[] = {
        { "welfare_missing", FORM_CASE_RULING_WELFARE },
        { "amount_missing", FORM_CASE_RULING_AMOUNT },
        { "amount_wrong", FORM_CASE_RULING_AMOUNT },
        { "refund_beyond_held", FORM_CASE_RULING_AMOUNT },
        { "nothing_held", FORM_CASE_RULING_AMOUNT },
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
        { "ground_unknown", FORM_CASE_RULING_WORD },
        { "ground_other_order", FORM_CASE_RULING_WORD },
        { "ground_not_in_force", FORM_CASE_RULING_WORD },
        { "ground_needs_twin", FORM_CASE_RULING_WORD },
        { "ground_needs_earlier", FORM_CASE_RULING_WORD },
        { "scheme_unknown", FORM_CASE_RULING_WORD },
        { "order_unknown", FORM_CASE_RULING_WORD },
        { "payment_kind_unknown", FORM_CASE_RULING_WORD },
    };
    return case_field_find(fields, sizeof fields / sizeof *fields, f->code,
                           FORM_CASE_RULING_REASON);
}

static void ruling_show(struct request *r, struct case_view *v)
{
    case_ruling_show(r, v, ((const struct ruling_page *)v)->kind);
}

void case_ruling_do(struct request *r)
{
    static const struct case_change change = {
        .run     = ruling_run,
        .show    = ruling_show,
        .preview = preview_show,
        .done    = "rulings",
        .field   = field_of,
        .asked   = ruling_asked,
    };
    struct ruling_page p;

    if (!case_open(r, &p.v)) return;
    if (ruling_find(r->params[1], &p.kind))
        case_change_do(r, &p.v, &change);
    else
        respond_missing(r);
}
