/* calculator_result.c: the answers on one page, the amount in three depths, the code. */
#include "law/law.h"
#include "ledger/fee.h"
#include "ledger/share.h"
#include "rule/assess.h"
#include "rule/explain.h"
#include "web/amount.h"
#include "web/calculator.h"
#include "web/calculator_flow.h"
#include "web/calculator_view.h"
#include "web/estimate.h"

#include <string.h>

enum { BANDS = 5 };
static const char *const side_words[] = { "", "paying", "receiving", "other" };

static const struct law *law_today(date today)
{
    return law_at(JURISDICTION_GREAT_BRITAIN, today);
}

const struct view_night_band *bands_view(struct arena *a, date today, int32_t *count)
{
    const struct law *law         = law_today(today);
    struct view_night_band *bands = ARENA_MANY(a, struct view_night_band, BANDS);

    for (int i = 0; i < BANDS; i++)
        bands[i] = (struct view_night_band){
            .value  = arena_print(a, "band_%d", i),
            .number = i,
            .least  = law->shared_care_nights[i],
            .most   = i + 1 < BANDS ? law->shared_care_nights[i + 1] - 1 : 0,
        };
    *count = BANDS;
    return bands;
}

/* True when every question is answered; else the person is sent to the next one. */
static bool complete(struct request *r)
{
    struct flow flow = flow_make(r->arena, &r->visitor.answers);

    r->frame.exit = true;
    if (flow.unsaid == flow.count) return true;
    respond_redirect(r, flow_next(&flow));
    return false;
}

/* ---- start, again ---- */

void calculator_start(struct request *r)
{
    struct page_calculator_start page = { .going_on = r->visitor.known };

    r->frame.exit = true;
    r->frame.back = "/";
    page_calculator_start(&r->out, &r->frame, &page);
}

void calculator_again(struct request *r)
{
    visitor_wipe(r->visitor.token);
    respond_redirect(r, "/calculator");
}

/* ---- check ---- */

static const struct view_check_child *kids_view(struct request *r, const struct answer_receiver *p,
                                                int parent)
{
    struct view_check_child *kids = ARENA_MANY(r->arena, struct view_check_child, ANSWER_CHILDREN);
    int32_t count;
    const struct view_night_band *bands = bands_view(r->arena, r->today, &count);

    for (int i = 0; i < p->children; i++) {
        int32_t band               = p->child[i].band;
        struct view_check_child *v = &kids[i];
        v->number                  = i + 1;
        v->nights                  = p->child[i].nights;
        v->exact                   = band < 0;
        v->least                   = band < 0 ? 0 : bands[band].least;
        v->most                    = band < 0 ? 0 : bands[band].most;
        v->change = arena_print(r->arena, "/calculator/parent/%d/child/%d/nights", parent, i + 1);
    }
    return kids;
}

static const struct view_check_parent *parents_view(struct request *r)
{
    const struct answers *a = &r->visitor.answers;
    struct view_check_parent *list =
        ARENA_MANY(r->arena, struct view_check_parent, ANSWER_RECEIVERS);

    for (int i = 0; i < a->receivers; i++) {
        const struct answer_receiver *p = &a->receiver[i];
        struct view_check_parent *v     = &list[i];
        v->number                       = i + 1;
        v->children                     = p->children;
        v->equal                        = p->equal_care;
        v->kids                         = kids_view(r, p, i + 1);
        v->kids_count                   = p->equal_care ? 0 : p->children;
        v->change_children = arena_print(r->arena, "/calculator/parent/%d/children", i + 1);
        v->change_care     = arena_print(r->arena, "/calculator/parent/%d/care", i + 1);
    }
    return list;
}

static const struct view_check_ground *grounds_view(struct request *r, int32_t *count)
{
    const struct answers *a        = &r->visitor.answers;
    struct view_check_ground *list = ARENA_MANY(r->arena, struct view_check_ground, GROUNDS);

    *count = 0;
    for (int g = 0; g < GROUNDS; g++)
        if (a->special >> g & 1)
            list[(*count)++] = (struct view_check_ground){
                .ground = ground_words[g],
                .amount = a->ground_amount[g],
                .change = arena_print(r->arena, "/calculator/special/%s", ground_words[g]),
            };
    return list;
}

void calculator_check(struct request *r)
{
    static const char *const known[]  = { "", "historic", "current", "weekly" };
    const struct answers *a           = &r->visitor.answers;
    bool plain                        = a->circumstance == CIRCUMSTANCE_NONE;
    struct page_calculator_check page = {
        .side          = side_words[a->side],
        .circumstance  = circumstance_words[a->circumstance],
        .asks_benefit  = plain,
        .benefit       = benefit_words[a->benefit],
        .asks_partner  = plain && a->benefit == BENEFIT_OWN_OR_PARTNER,
        .partner       = a->partner_also_liable,
        .asks_income   = plain && a->benefit == BENEFIT_NONE,
        .income        = known[a->income],
        .amount        = a->amount,
        .weekly        = a->income == INCOME_WEEKLY,
        .pension       = a->pension,
        .receivers     = a->receivers,
        .many          = a->receivers > 1,
        .parents_count = a->receivers,
        .others        = a->others,
        .arrangements  = a->arrangements,
    };

    if (!complete(r)) return;
    page.parents = parents_view(r);
    page.grounds = grounds_view(r, &page.grounds_count);
    page_calculator_check(&r->out, &r->frame, &page);
}

/* ---- result ---- */

/* One band of nights for every child: the weekly total and whether it is what was answered. */
static struct view_result_band band_work(struct request *r, const struct assess_input *input,
                                         const struct view_night_band *band)
{
    struct rule_facts facts     = input->facts;
    struct rule_child *children = ARENA_MANY(r->arena, struct rule_child, facts.child_count + 1);
    struct award award          = award_new(r->arena, &facts);
    struct view_result_band row = { .least = band->least, .most = band->most, .now = true };

    for (int i = 0; i < facts.child_count; i++) {
        children[i]        = facts.children[i];
        children[i].nights = (int32_t)band->least;
        int32_t nights     = facts.children[i].nights;
        row.now = row.now && nights >= band->least && (!band->most || nights <= band->most);
    }
    facts.children = children;
    assess(&facts, law_today(r->today), r->arena, &award);
    row.weekly = award.weekly_total;
    return row;
}

static const struct view_result_band *bands_work(struct request *r,
                                                 const struct assess_input *input, int32_t *count)
{
    const struct view_night_band *bands = bands_view(r->arena, r->today, count);
    struct view_result_band *rows       = ARENA_MANY(r->arena, struct view_result_band, *count);
    bool moves                          = false;

    for (int i = 0; i < *count; i++) {
        rows[i] = band_work(r, input, &bands[i]);
        moves   = moves || rows[i].weekly.p != rows[0].weekly.p;
    }
    if (!moves) *count = 0;
    return rows;
}

/* The decimal part of an exact amount: the fraction after it is for programs. */
static const char *amount_plain(struct arena *a, const char *amount)
{
    return amount ? amount_words(a, arena_text(a, amount, strcspn(amount, " "))) : NULL;
}

static const struct view_result_step *steps_view(struct arena *a, const struct explained *steps)
{
    struct view_result_step *list = ARENA_MANY(a, struct view_result_step, steps->count + 1);

    for (int i = 0; i < steps->count; i++)
        list[i] = (struct view_result_step){ .rule   = steps->lines[i].rule,
                                             .cite   = steps->lines[i].cite,
                                             .label  = steps->lines[i].label,
                                             .amount = amount_plain(a, steps->lines[i].amount),
                                             .moved  = steps->lines[i].moved };
    return list;
}

static void fill_award(struct page_calculator_result *page, struct request *r,
                       const struct award *award, int receivers)
{
    const struct law *law            = law_today(r->today);
    struct view_result_parent *parts = ARENA_MANY(r->arena, struct view_result_parent, receivers);
    money total = award->weekly_total, got = MONEY_NONE;

    page->weekly     = total;
    page->yearly     = (money){ total.p * law->reference_weeks };
    page->monthly    = share_half_up((wide)page->yearly.p, law->year_months);
    page->nothing    = money_is_zero(total);
    page->rate       = rate_words[award->rate];
    page->income     = award->gross_weekly_income;
    page->has_income = award->has_income;
    page->payer_fee  = fee_payer(total, law->collection_fee_payer);
    for (int i = 0; i < receivers; i++) {
        money fee = fee_receiver(award->weekly[i], law->collection_fee_receiver);
        parts[i]  = (struct view_result_parent){ .number = i + 1, .weekly = award->weekly[i] };
        got       = money_add(got, money_subtract(award->weekly[i], fee));
    }
    page->parents        = parts;
    page->parents_count  = receivers;
    page->gets_after_fee = got;
    page->pays_with_fee  = money_add(total, page->payer_fee);
    page->receiver_fee   = money_subtract(total, got);
    page->fees           = money_is_owed(page->payer_fee) || money_is_owed(page->receiver_fee);
}

void calculator_result(struct request *r)
{
    struct fail f                      = { 0 };
    const struct answers *a            = &r->visitor.answers;
    struct page_calculator_result page = { .paying    = a->side == SIDE_PAYING,
                                           .receiving = a->side == SIDE_RECEIVING,
                                           .today     = r->today,
                                           .many      = a->receivers > 1,
                                           .code      = a->code };

    if (!complete(r)) return;
    struct assess_input input = estimate_input(r->arena, a, r->today);
    if (!assess_check(&input.facts, r->today, &f)) {
        respond_fail(r, &f);
        return;
    }
    const struct law *law = law_today(r->today);
    struct award award    = award_new(r->arena, &input.facts);
    struct trace trace    = trace_new(r->arena, &input.facts);
    struct out json       = { .arena = r->arena };
    assess_traced(&input.facts, law, r->arena, &award, &trace);
    struct explained steps = explain(r->arena, &input.facts, law, &trace, NULL);
    assess_json_write_input(&json, &input);
    fill_award(&page, r, &award, a->receivers);
    page.children    = input.facts.child_count;
    page.steps       = steps_view(r->arena, &steps);
    page.steps_count = steps.count;
    page.bands       = bands_work(r, &input, &page.bands_count);
    page.json        = out_string(&json);
    r->frame.back    = "/calculator/check";
    page_calculator_result(&r->out, &r->frame, &page);
}

void calculator_json(struct request *r)
{
    if (!complete(r)) return;
    struct assess_input input = estimate_input(r->arena, &r->visitor.answers, r->today);
    assess_json_write_input(&r->out, &input);
    respond_as(r, "application/json", "answers.json");
}

void calculator_code(struct request *r)
{
    struct fail f     = { 0 };
    struct answers *a = &r->visitor.answers;
    const char *code;

    if (!complete(r)) return;
    struct assess_input input = estimate_input(r->arena, a, r->today);
    if (!a->code[0]) {
        if (!estimate_keep(r->store, r->arena, &input, r->now, &code, &f)) {
            respond_fail(r, &f);
            return;
        }
        BUG_UNLESS(strlen(code) < ANSWER_CODE);
        memcpy(a->code, code, strlen(code) + 1);
        visitor_save(r->visitor.token, r->now, a);
    }
    respond_redirect(r, "/calculator/result");
}
