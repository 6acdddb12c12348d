/* case_preview.c: a family before and after a decision, for both parents. */
#include "web/case_preview.h"

#include "web/case_change.h"

#include <string.h>

enum { PLANNED_SHOWN = 12 };

struct sides {
    struct request *r;
    const struct case_view *before;
    const struct group *after;
    struct standing then;
    const struct verb *verb;
    date from;
};

/* ---- each parent ---- */

static const char *weekly_words(struct arena *a, const struct group *g, int64_t arrangement,
                                date day)
{
    const struct sql_decision_list_row *d = group_decision_at(g, day);

    if (!d) return "not decided";
    return case_pounds(a, arrangement ? group_award(g, d->id, arrangement) : d->weekly);
}

static const char *next_words(struct arena *a, const struct group *g, int64_t arrangement,
                              date today)
{
    const struct sql_instalment_list_row *i = case_instalment_next(g, arrangement, today, a);
    if (!i) return "none planned";
    return case_payment(g, i, a);
}

/* The rows that both kinds of parent have; returns how many. */
static int32_t weekly_rows(const struct sides *s, int64_t arrangement, struct view_change_row *rows)
{
    struct arena *a = s->r->arena;
    date today      = s->r->today;
    int32_t n       = 0;

    rows[n++] = case_change_row(arena_print(a, "A week, from %s", case_day_words(a, s->from)),
                                weekly_words(a, &s->before->g, arrangement, s->from),
                                weekly_words(a, s->after, arrangement, s->from));
    if (!date_same(s->from, today))
        rows[n++] =
            case_change_row("A week, today", weekly_words(a, &s->before->g, arrangement, today),
                            weekly_words(a, s->after, arrangement, today));
    if (arrangement)
        rows[n++] = case_change_row("Next payment by the paying parent",
                                    next_words(a, &s->before->g, arrangement, today),
                                    next_words(a, s->after, arrangement, today));
    return n;
}

static struct view_party payer_party(const struct sides *s)
{
    enum { ROWS = 5 };
    struct arena *a              = s->r->arena;
    struct view_change_row *rows = ARENA_MANY(a, struct view_change_row, ROWS);
    int32_t n                    = weekly_rows(s, 0, rows);

    rows[n++] = case_change_row("On the account", case_owed(a, s->before->s.owed),
                                case_owed(a, s->then.owed));
    rows[n++] = case_change_row("Missed", case_pounds(a, s->before->s.overdue),
                                case_pounds(a, s->then.overdue));
    return (struct view_party){ .title = arena_print(a, "%s, who pays", s->before->family.name),
                                .rows  = rows,
                                .rows_count = n };
}

/* What a receiving parent is still to get, in words. */
static const char *to_get(struct arena *a, const struct balances *b, int64_t arrangement)
{
    const struct balance *one = balance_find(b, arrangement);
    money m                   = one ? one->to_get : MONEY_NONE;
    return m.p < 0 ? arena_print(a, "got %s too much", case_pounds(a, money_negate(m)))
                   : arena_print(a, "%s still to get", case_pounds(a, m));
}

static struct view_party receiver_party(const struct sides *s,
                                        const struct sql_arrangement_list_row *arrangement)
{
    enum { ROWS = 5 };
    struct arena *a              = s->r->arena;
    struct view_change_row *rows = ARENA_MANY(a, struct view_change_row, ROWS);
    int32_t n                    = weekly_rows(s, arrangement->id, rows);

    rows[n++] =
        case_change_row("On the account", to_get(a, &s->before->s.balances, arrangement->id),
                        to_get(a, &s->then.balances, arrangement->id));
    return (struct view_party){ .title      = arena_print(a, "%s, who receives",
                                                          case_name(s->after, arrangement->rp, a)),
                                .rows       = rows,
                                .rows_count = n };
}

static void parties_fill(const struct sides *s, struct view_preview *p)
{
    struct view_party *at =
        ARENA_MANY(s->r->arena, struct view_party, s->after->arrangement_count + 1);

    at[0] = payer_party(s);
    for (size_t i = 0; i < s->after->arrangement_count; i++)
        at[i + 1] = receiver_party(s, &s->after->arrangements[i]);
    p->parties       = at;
    p->parties_count = (int32_t)s->after->arrangement_count + 1;
}

/* ---- the account ---- */

/* What a line changes of what the paying parent owes; the sum of all is what the balance moves. */
static money owed_change(const struct entry *e)
{
    money change = MONEY_NONE;

    if (account_is_payers(e->debit)) change = money_add(change, e->amount);
    if (account_is_payers(e->credit)) change = money_subtract(change, e->amount);
    return change;
}

/* The new lines, those of one reason taken together. */
static void moved_fill(const struct sides *s, struct page_case_preview *p)
{
    struct arena *a            = s->r->arena;
    struct view_moved_row *row = ARENA_MANY(a, struct view_moved_row, REASON_COUNT);
    money total                = MONEY_NONE;

    for (int reason = 0; reason < REASON_COUNT; reason++) {
        money sum = MONEY_NONE;
        int lines = 0;
        for (size_t i = 0; i < s->after->entry_count; i++)
            if (s->after->rows[i].event == s->verb->seq && s->after->rows[i].reason == reason) {
                money change = owed_change(&s->after->entries[i]);
                lines += change.p != 0;
                sum = money_add(sum, change);
            }
        total = money_add(total, sum);
        if (!lines) continue;
        row[p->moved_count++] = (struct view_moved_row){
            lines > 1 ? arena_print(a, "%s (%d lines)", reason_sentence((enum reason)reason), lines)
                      : reason_sentence((enum reason)reason),
            case_change(a, sum)
        };
    }
    p->moved       = row;
    p->moved_total = case_change(a, total);
}

/* ---- payments to come ---- */

static money planned_on(const struct group *g, int64_t arrangement, date due, bool *found)
{
    money sum = MONEY_NONE;

    *found = false;
    for (size_t i = 0; i < g->instalment_count; i++)
        if (g->instalments[i].arrangement == arrangement && date_same(g->instalments[i].due, due)) {
            sum    = money_add(sum, g->instalments[i].amount);
            *found = true;
        }
    return sum;
}

static void planned_add(const struct sides *s, const struct sql_instalment_list_row *i,
                        struct view_planned_row *rows, struct page_case_preview *p)
{
    struct arena *a = s->r->arena;
    bool was, is;
    money before = planned_on(&s->before->g, i->arrangement, i->due, &was);
    money after  = planned_on(s->after, i->arrangement, i->due, &is);

    if (was == is && before.p == after.p) return;
    if (p->planned_count == PLANNED_SHOWN) {
        p->planned_more++;
        return;
    }
    rows[p->planned_count++] = (struct view_planned_row){
        .due      = i->due,
        .receiver = case_receiver(s->after, i->arrangement, a),
        .before   = was ? case_pounds(a, before) : "none",
        .after    = is ? case_pounds(a, after) : "none",
    };
}

/* Every day of payment from today on that is in either plan, once. */
static void planned_fill(const struct sides *s, struct page_case_preview *p)
{
    struct view_planned_row *rows = ARENA_MANY(s->r->arena, struct view_planned_row, PLANNED_SHOWN);
    bool found;

    for (size_t i = 0; i < s->after->instalment_count; i++) {
        const struct sql_instalment_list_row *t = &s->after->instalments[i];
        if (!date_before(t->due, s->r->today)) planned_add(s, t, rows, p);
    }
    for (size_t i = 0; i < s->before->g.instalment_count; i++) {
        const struct sql_instalment_list_row *t = &s->before->g.instalments[i];
        planned_on(s->after, t->arrangement, t->due, &found);
        if (!found && !date_before(t->due, s->r->today)) planned_add(s, t, rows, p);
    }
    p->planned = rows;
}

/* ---- the decisions ---- */

static void decisions_fill(const struct sides *s, struct page_case_preview *p)
{
    struct arena *a = s->r->arena;
    struct view_decision_row *rows =
        ARENA_MANY(a, struct view_decision_row, s->after->decision_count + 1);

    for (size_t i = 0; i < s->after->decision_count; i++) {
        const struct sql_decision_list_row *d = &s->after->decisions[i];
        enum decision_kind kind               = decision_kind_find(d->kind);
        if (d->event != s->verb->seq) continue;
        rows[p->decisions_count++] = (struct view_decision_row){
            .id     = d->id,
            .kind   = kind == DECISION_KINDS ? d->kind : decision_kind_table[kind].label,
            .from   = d->effective_from,
            .weekly = case_pounds(a, d->weekly),
            .state  = d->has_replaces ? arena_print(a, "decision %lld", (long long)d->replaces)
                                      : "nothing",
        };
    }
    p->decisions = rows;
}

static bool steps_fill(const struct sides *s, struct page_case_preview *p, struct fail *f)
{
    const struct sql_decision_list_row *d = group_decision_at(s->after, s->from);
    struct decision_replay replay;
    struct view_step_row *steps;

    if (!d || d->event != s->verb->seq) return true;
    if (!decision_replay(s->verb->store, s->r->arena, s->verb->pp, d->id, &replay, f)) return false;
    case_steps(s->r->arena, &replay.explained, &steps, &p->steps_count);
    p->steps = steps;
    return true;
}

void case_preview_show(struct request *r, const struct case_view *before, const struct verb *verb,
                       const struct group *after, const struct preview_of *of)
{
    struct fail f              = { 0 };
    struct sides s             = { r,     before,
                                   after, account_standing_of(after, r->today, r->today, r->arena),
                                   verb,  of->from };
    struct page_case_preview p = {
        .c    = before->family,
        .top  = case_preview_of(r, before, of->label, of->action, of->back),
        .from = s.from,
    };

    parties_fill(&s, &p.top);
    moved_fill(&s, &p);
    planned_fill(&s, &p);
    decisions_fill(&s, &p);
    if (!steps_fill(&s, &p, &f)) {
        respond_fail(r, &f);
        return;
    }
    page_case_preview(&r->out, frame_of(r), &p);
}
