/* case_ruling_do.c: what a decision about money would do, and doing it.  The preview is the verb
 * itself, rolled back. */
#include "web/case.h"
#include "web/case_change.h"
#include "web/case_ruling.h"

#include <string.h>

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

static const char *counted_words(struct request *r, const struct ruling_result *result)
{
    const char *counted = case_pounds(r->arena, result->counted);

    if (result->not_counted.p == 0) return counted;
    return arena_print(r->arena, "%s counts, %s does not", counted,
                       case_pounds(r->arena, result->not_counted));
}

static void preview_show(struct request *r, const struct case_view *before, enum ruling_kind kind,
                         const struct ruling_result *result, bool stale)
{
    struct case_view after;

    if (!case_read(r, before->g.pp, &after)) return;
    struct case_preview top = case_preview_of(
        r, before, stale, arena_print(r->arena, "ruling/%s", ruling_name(kind)), "rulings");
    struct page_case_ruling_preview p = {
        .c       = before->family,
        .changed = top.changed,
        .label   = arena_print(r->arena, "%s: %s", ruling_words(kind), counted_words(r, result)),
        .reason  = form_text(&r->form, FORM_CASE_RULING_REASON),
        .action  = top.action,
        .back    = top.back,
        .fields  = top.fields,
        .fields_count = top.fields_count,
        .seen         = top.seen,
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
        { "ground_unknown", FORM_CASE_RULING_WORD },
        { "ground_other_order", FORM_CASE_RULING_WORD },
        { "ground_not_in_force", FORM_CASE_RULING_WORD },
        { "ground_needs_twin", FORM_CASE_RULING_WORD },
        { "ground_needs_earlier", FORM_CASE_RULING_WORD },
        { "scheme_unknown", FORM_CASE_RULING_WORD },
        { "order_unknown", FORM_CASE_RULING_WORD },
        { "payment_kind_unknown", FORM_CASE_RULING_WORD },
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

    if (!store_begin(r->store, STORE_WRITING, f)) return false;
    if (!case_read(r, v->g.pp, v)) return true;
    if (!ruling_run(r, v->g.pp, kind, &result, f)) return false;
    if (!case_preview_is_confirmed(r, v, FORM_CASE_RULING_ACT, FORM_CASE_RULING_SEEN)) {
        preview_show(r, v, kind, &result, form_is(&r->form, FORM_CASE_RULING_ACT, "confirm"));
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
        case_ruling_show(r, &v, kind);
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
    case_ruling_show(r, &v, kind);
}
