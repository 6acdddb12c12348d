/* case_deduction.c: cards, lines and choices of the pages about deductions. */
#include "web/case_deduction.h"

#include "app/debit.h"

#include <string.h>

struct view_step_row *case_deduction_steps(struct request *r, const struct group *g,
                                           const struct deduction_steps *s, int32_t *n)
{
    struct view_step_row *rows = ARENA_MANY(r->arena, struct view_step_row, s->n + 1);
    enum jurisdiction place    = g->arrangement_count
                                     ? (enum jurisdiction)g->arrangements[0].jurisdiction
                                     : JURISDICTION_GREAT_BRITAIN;

    for (size_t i = 0; i < s->n; i++) {
        char *words = arena_text(r->arena, s->at[i].words, strlen(s->at[i].words));
        if (*words >= 'a' && *words <= 'z') *words = (char)(*words - 'a' + 'A');
        rows[i] = (struct view_step_row){ .rule   = rule_table[s->at[i].rule].name,
                                          .cite   = rule_cite(s->at[i].rule, place),
                                          .label  = words,
                                          .amount = case_pounds(r->arena, s->at[i].amount) };
    }
    *n = (int32_t)s->n;
    return rows;
}

const char *case_debit_beside(struct request *r, int64_t pp, const char *what, bool ends)
{
    struct fail f = { 0 };
    const char *words;

    return debit_beside_read(r->store, r->arena, pp, (struct debit_beside){ what, ends }, &words,
                             &f)
               ? words
               : "";
}

static void pair_add(struct view_deduction_card *c, struct view_pair *pairs, const char *label,
                     const char *text)
{
    if (*text) pairs[c->pairs_count++] = (struct view_pair){ .label = label, .text = text };
}

struct view_deduction_card case_order_card(struct request *r, const struct group *g,
                                           const struct order *o, date day)
{
    enum { PAIRS = 8 };
    struct arena *a              = r->arena;
    struct deduction_steps steps = deduction_steps_rates(order_law(g, day), &o->parts);
    struct view_pair *pairs      = ARENA_MANY(a, struct view_pair, PAIRS);
    struct view_deduction_card c = {
        .title   = arena_print(a, "%s %lld to employer %s", o->forces ? "Request" : "Order",
                               (long long)o->number, o->row->employer),
        .pairs   = pairs,
        .caption = arena_print(a, "How the normal deduction of order %lld is worked out",
                               (long long)o->number),
        .change  = arena_print(a, "/case/%lld/order/%lld", (long long)g->pp, (long long)o->number),
        .end = arena_print(a, "/case/%lld/order/%lld/end", (long long)g->pp, (long long)o->number),
        .code =
            arena_print(a, "/case/%lld/order/%lld/code", (long long)g->pp, (long long)o->number),
    };
    const char *kept = o->forces ? "as the forces decide"
                       : o->scheme == SCHEME_1993
                           ? arena_print(a, "%s a week, what lacks is carried forward (B-321)",
                                         case_pounds(a, o->row->protect))
                           : "60% of net earnings (B-314); what is short is not carried forward";

    pair_add(&c, pairs, "Employee's reference", o->row->employee);
    pair_add(&c, pairs, "Made", case_day_words(a, o->row->made));
    pair_add(&c, pairs, "These amounts from", case_day_words(a, o->row->starts));
    pair_add(&c, pairs, "The employee is paid", case_plain(a, o->row->period));
    pair_add(&c, pairs, "Protected", kept);
    if (o->scheme != SCHEME_2012)
        pair_add(&c, pairs, "For",
                 arena_print(a, "arrears of the %lld scheme (B-231)", (long long)o->row->scheme));
    pair_add(&c, pairs, "Why", o->row->reason);
    c.steps = case_deduction_steps(r, g, &steps, &c.steps_count);
    return c;
}

struct view_deduction_card case_request_card(struct request *r, const struct group *g,
                                             const struct request_now *now)
{
    enum { PAIRS = 4 };
    struct arena *a              = r->arena;
    struct deduction_steps steps = deduction_steps_request(now->benefit, &now->request);
    struct view_pair *pairs      = ARENA_MANY(a, struct view_pair, PAIRS);
    struct view_deduction_card c = {
        .title   = arena_print(a, "Benefit office asked for %s", now->row->purpose),
        .pairs   = pairs,
        .caption = "How what is asked for is worked out",
        .change  = arena_print(a, "/case/%lld/benefit-request", (long long)g->pp),
        .end     = arena_print(a, "/case/%lld/benefit-request/end", (long long)g->pp),
        .code    = "",
    };

    pair_add(&c, pairs, "Benefit", case_plain(a, now->row->benefit));
    pair_add(&c, pairs, "From", case_day_words(a, now->row->starts));
    pair_add(&c, pairs, "Why", now->row->reason);
    c.steps = case_deduction_steps(r, g, &steps, &c.steps_count);
    return c;
}

/* --- choices --- */

struct view_option *case_period_options(struct request *r, const char *chosen, int32_t *n)
{
    static const char *const words[][2] = { { "weekly", "Every week" },
                                            { "two_weekly", "Every two weeks" },
                                            { "four_weekly", "Every four weeks" },
                                            { "monthly", "Every month" } };
    *n                                  = sizeof words / sizeof *words;
    return case_options(r, words, *n, chosen);
}

struct view_option *case_benefit_options(struct request *r, const char *chosen, int32_t *n)
{
    static const char *const words[][2] = {
        { "universal_credit", "Universal credit" },
        { "esa", "Employment and support allowance" },
        { "jsa", "Jobseeker's allowance" },
        { "older_benefit", "An older benefit, such as pension credit" },
    };
    *n = sizeof words / sizeof *words;
    return case_options(r, words, *n, chosen);
}

struct view_announced_row case_announced_row(struct request *r, const char *who,
                                             const struct sql_announced_list_row *a)
{
    static const char *const colours[] = { [ANNOUNCED_ARRIVED] = "green",
                                           [ANNOUNCED_NOTHING] = "grey",
                                           [ANNOUNCED_WAITING] = "yellow",
                                           [ANNOUNCED_LATE]    = "red" };
    enum announced_state state =
        announced_state_of(a->source, a->amount, a->paid, a->due, r->today);

    return (struct view_announced_row){
        .day     = a->day,
        .who     = who,
        .period  = case_plain(r->arena, a->period),
        .asked   = a->has_asked ? case_pounds(r->arena, a->asked) : "",
        .amount  = case_pounds(r->arena, a->amount),
        .should  = "",
        .reason  = case_plain(r->arena, a->reason),
        .due     = a->due,
        .state   = announced_state_words(state),
        .colour  = colours[state],
        .link    = "",
        .receipt = a->paid ? arena_print(r->arena, "/case/%lld/receipt/%lld", (long long)a->pp,
                                         (long long)a->paid)
                           : "",
    };
}

/* --- what it would do --- */

void case_deduction_preview(struct request *r, const struct case_view *before,
                            const struct case_deduction_change *c)
{
    struct view_party party              = { .title      = arena_print(r->arena, "From %s",
                                                                       case_day_words(r->arena, c->from)),
                                             .rows       = &c->row,
                                             .rows_count = 1 };
    struct page_case_deduction_preview p = {
        .c           = before->family,
        .top         = case_preview_of(r, before, c->label, c->path, "deductions"),
        .cards       = &c->card,
        .cards_count = c->has_card,
    };

    p.top.parties       = &party;
    p.top.parties_count = 1;
    page_case_deduction_preview(&r->out, frame_of(r), &p);
}
