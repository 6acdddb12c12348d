/* calculator_ask.c: each question shown with what is known, and each answer taken. */
#include "law/law.h"
#include "web/calculator.h"
#include "web/calculator_flow.h"
#include "web/calculator_view.h"

#include <string.h>

enum { BANDS = 5 };
static const char *const band_words[BANDS] = { "band_0", "band_1", "band_2", "band_3", "band_4" };
static const char *const side_words[]      = { "", "paying", "receiving", "other" };
static const char *const income_known_words[] = { "", "historic", "current", "weekly" };

/* A question being asked: the flow, its place in it, and the form. */
struct asking {
    struct request *r;
    struct answers *answers;
    struct flow flow;
    const struct ask *ask;
};

/* False when this question may not be asked now: the person is sent to the one that may. */
static bool asking_start(struct request *r, struct asking *k)
{
    *k      = (struct asking){ .r = r, .answers = &r->visitor.answers };
    k->flow = flow_make(r->arena, k->answers);
    int at  = flow_find(&k->flow, r->path);
    if (at < 0) {
        respond_redirect(r, flow_next(&k->flow));
        return false;
    }
    k->ask        = &k->flow.asks[at];
    r->frame.exit = true;
    r->frame.back = flow_back(&k->flow, at);
    return true;
}

/* Keeps the answers and goes on. */
static void asking_done(struct asking *k)
{
    k->answers->code[0] = '\0';
    visitor_save(k->r->visitor.token, k->r->now, k->answers);
    struct flow flow = flow_make(k->r->arena, k->answers);
    respond_redirect(k->r, flow_next(&flow));
}

static struct view_asked asked_of(const struct asking *k)
{
    return (struct view_asked){
        .action   = k->ask->path,
        .paying   = k->answers->side == SIDE_PAYING,
        .many     = k->answers->receivers > 1,
        .parent   = k->ask->receiver + 1,
        .child    = k->ask->child + 1,
        .children = k->answers->receiver[k->ask->receiver].children,
    };
}

/* ---- showing ---- */

static void show_side(struct asking *k)
{
    struct page_ask_side page = { asked_of(k), form_view(&k->r->form, FORM_ASK_SIDE_SIDE) };
    page_ask_side(&k->r->out, frame_with_form(k->r), &page);
}

static void show_circumstance(struct asking *k)
{
    struct page_ask_circumstance page = {
        asked_of(k), form_view(&k->r->form, FORM_ASK_CIRCUMSTANCE_CIRCUMSTANCE)
    };
    page_ask_circumstance(&k->r->out, frame_with_form(k->r), &page);
}

static void show_benefit(struct asking *k)
{
    struct page_ask_benefit page = { asked_of(k),
                                     form_view(&k->r->form, FORM_ASK_BENEFIT_BENEFIT) };
    page_ask_benefit(&k->r->out, frame_with_form(k->r), &page);
}

static void show_partner(struct asking *k)
{
    struct page_ask_partner page = { asked_of(k),
                                     form_view(&k->r->form, FORM_ASK_PARTNER_PARTNER) };
    page_ask_partner(&k->r->out, frame_with_form(k->r), &page);
}

static void show_income(struct asking *k)
{
    struct page_ask_income page = { asked_of(k), form_view(&k->r->form, FORM_ASK_INCOME_INCOME) };
    page_ask_income(&k->r->out, frame_with_form(k->r), &page);
}

static void show_amount(struct asking *k)
{
    struct page_ask_amount page = { asked_of(k), k->answers->income == INCOME_WEEKLY,
                                    form_view(&k->r->form, FORM_ASK_AMOUNT_AMOUNT) };
    page_ask_amount(&k->r->out, frame_with_form(k->r), &page);
}

static void show_pension(struct asking *k)
{
    struct page_ask_pension page = { asked_of(k),
                                     form_view(&k->r->form, FORM_ASK_PENSION_PENSION) };
    page_ask_pension(&k->r->out, frame_with_form(k->r), &page);
}

static void show_receivers(struct asking *k)
{
    struct page_ask_receivers page = { asked_of(k),
                                       form_view(&k->r->form, FORM_ASK_RECEIVERS_RECEIVERS) };
    page_ask_receivers(&k->r->out, frame_with_form(k->r), &page);
}

static void show_children(struct asking *k)
{
    struct page_ask_children page = { asked_of(k),
                                      form_view(&k->r->form, FORM_ASK_CHILDREN_CHILDREN) };
    page_ask_children(&k->r->out, frame_with_form(k->r), &page);
}

static void show_care(struct asking *k)
{
    struct page_ask_care page = { asked_of(k), form_view(&k->r->form, FORM_ASK_CARE_CARE) };
    page_ask_care(&k->r->out, frame_with_form(k->r), &page);
}

static void show_nights(struct asking *k)
{
    struct page_ask_nights page = {
        .asked  = asked_of(k),
        .band   = form_view(&k->r->form, FORM_ASK_NIGHTS_BAND),
        .nights = form_view(&k->r->form, FORM_ASK_NIGHTS_NIGHTS),
        .same   = form_view(&k->r->form, FORM_ASK_NIGHTS_SAME),
        .first  = k->ask->child == 0 && k->answers->receiver[k->ask->receiver].children > 1,
        .bands  = bands_view(k->r->arena, k->r->today, &page.bands_count),
    };
    page_ask_nights(&k->r->out, frame_with_form(k->r), &page);
}

static void show_others(struct asking *k)
{
    struct page_ask_others page = { asked_of(k), form_view(&k->r->form, FORM_ASK_OTHERS_OTHERS) };
    page_ask_others(&k->r->out, frame_with_form(k->r), &page);
}

static void show_arrangements(struct asking *k)
{
    struct page_ask_arrangements page = {
        asked_of(k), form_view(&k->r->form, FORM_ASK_ARRANGEMENTS_ARRANGEMENTS)
    };
    page_ask_arrangements(&k->r->out, frame_with_form(k->r), &page);
}

static void show_special(struct asking *k)
{
    struct page_ask_special page = { asked_of(k),
                                     form_view(&k->r->form, FORM_ASK_SPECIAL_SPECIAL) };
    page_ask_special(&k->r->out, frame_with_form(k->r), &page);
}

static void show_ground(struct asking *k)
{
    struct page_ask_ground page = { asked_of(k), ground_words[k->ask->ground],
                                    form_view(&k->r->form, FORM_ASK_GROUND_AMOUNT) };
    page_ask_ground(&k->r->out, frame_with_form(k->r), &page);
}

/* ---- filling with what was said before ---- */

static void fill_plain(struct form *form, const struct answers *a, enum question question)
{
    switch (question) {
    case ASK_SIDE: form_put_text(form, FORM_ASK_SIDE_SIDE, side_words[a->side]); break;
    case ASK_CIRCUMSTANCE:
        form_put_text(form, FORM_ASK_CIRCUMSTANCE_CIRCUMSTANCE,
                      circumstance_words[a->circumstance]);
        break;
    case ASK_BENEFIT:
        form_put_text(form, FORM_ASK_BENEFIT_BENEFIT, benefit_words[a->benefit]);
        break;
    case ASK_PARTNER:
        form_put_text(form, FORM_ASK_PARTNER_PARTNER, a->partner_also_liable ? "yes" : "no");
        break;
    case ASK_INCOME:
        form_put_text(form, FORM_ASK_INCOME_INCOME, income_known_words[a->income]);
        break;
    case ASK_AMOUNT: form_put_money(form, FORM_ASK_AMOUNT_AMOUNT, a->amount); break;
    case ASK_PENSION: form_put_money(form, FORM_ASK_PENSION_PENSION, a->pension); break;
    case ASK_RECEIVERS: form_put_count(form, FORM_ASK_RECEIVERS_RECEIVERS, a->receivers); break;
    case ASK_OTHERS: form_put_count(form, FORM_ASK_OTHERS_OTHERS, a->others); break;
    case ASK_ARRANGEMENTS:
        form_put_count(form, FORM_ASK_ARRANGEMENTS_ARRANGEMENTS, a->arrangements);
        break;
    case ASK_SPECIAL:
        for (int g = 0; g < GROUNDS; g++)
            if (a->special >> g & 1) form_put_tick(form, FORM_ASK_SPECIAL_SPECIAL, ground_words[g]);
        break;
    default: bug_report("filled elsewhere", __FILE__, __LINE__);
    }
}

static void fill(const struct asking *k, struct form *form)
{
    const struct answer_receiver *r = &k->answers->receiver[k->ask->receiver];
    const struct answer_child *c    = &r->child[k->ask->child];

    if (!k->ask->said) return;
    switch (k->ask->question) {
    case ASK_CHILDREN: form_put_count(form, FORM_ASK_CHILDREN_CHILDREN, r->children); break;
    case ASK_CARE:
        form_put_text(form, FORM_ASK_CARE_CARE, r->equal_care ? "equal" : "lesser");
        break;
    case ASK_NIGHTS:
        form_put_text(form, FORM_ASK_NIGHTS_BAND, c->band < 0 ? "exact" : band_words[c->band]);
        if (c->band < 0) form_put_count(form, FORM_ASK_NIGHTS_NIGHTS, c->nights);
        break;
    case ASK_GROUND:
        form_put_money(form, FORM_ASK_GROUND_AMOUNT, k->answers->ground_amount[k->ask->ground]);
        break;
    default: fill_plain(form, k->answers, k->ask->question);
    }
}

static const struct {
    const struct form_rule *form;
    void (*show)(struct asking *k);
} questions[] = {
    [ASK_SIDE]         = { &form_ask_side, show_side },
    [ASK_CIRCUMSTANCE] = { &form_ask_circumstance, show_circumstance },
    [ASK_BENEFIT]      = { &form_ask_benefit, show_benefit },
    [ASK_PARTNER]      = { &form_ask_partner, show_partner },
    [ASK_INCOME]       = { &form_ask_income, show_income },
    [ASK_AMOUNT]       = { &form_ask_amount, show_amount },
    [ASK_PENSION]      = { &form_ask_pension, show_pension },
    [ASK_RECEIVERS]    = { &form_ask_receivers, show_receivers },
    [ASK_CHILDREN]     = { &form_ask_children, show_children },
    [ASK_CARE]         = { &form_ask_care, show_care },
    [ASK_NIGHTS]       = { &form_ask_nights, show_nights },
    [ASK_OTHERS]       = { &form_ask_others, show_others },
    [ASK_ARRANGEMENTS] = { &form_ask_arrangements, show_arrangements },
    [ASK_SPECIAL]      = { &form_ask_special, show_special },
    [ASK_GROUND]       = { &form_ask_ground, show_ground },
};

void ask_show(struct request *r)
{
    struct asking k;

    if (!asking_start(r, &k)) return;
    form_new(&r->form, r->arena, questions[k.ask->question].form);
    fill(&k, &r->form);
    questions[k.ask->question].show(&k);
}

/* ---- taking ---- */

/* True when the question may be asked and was answered well; else the page is answered already. */
static bool taking(struct request *r, struct asking *k)
{
    if (!asking_start(r, k)) return false;
    if (!r->form.errors) return true;
    questions[k->ask->question].show(k);
    return false;
}

static int word_index(const char *const *words, int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(words[i], word)) return i;
    bug_report("the form offers only these words", __FILE__, __LINE__);
    return 0;
}

void take_side(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->side = (enum side)word_index(side_words, 4, form_text(&r->form, FORM_ASK_SIDE_SIDE));
    asking_done(&k);
}

void take_circumstance(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->circumstance = (enum circumstance)word_index(
        circumstance_words, CIRCUMSTANCES, form_text(&r->form, FORM_ASK_CIRCUMSTANCE_CIRCUMSTANCE));
    k.answers->circumstance_said = true;
    asking_done(&k);
}

void take_benefit(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->benefit      = (enum benefit)word_index(benefit_words, BENEFITS,
                                                       form_text(&r->form, FORM_ASK_BENEFIT_BENEFIT));
    k.answers->benefit_said = true;
    asking_done(&k);
}

void take_partner(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->partner_also_liable = form_is(&r->form, FORM_ASK_PARTNER_PARTNER, "yes");
    k.answers->partner_said        = true;
    asking_done(&k);
}

void take_income(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    enum income_known known = (enum income_known)word_index(
        income_known_words, 4, form_text(&r->form, FORM_ASK_INCOME_INCOME));
    if (known != k.answers->income) k.answers->amount_said = false;
    k.answers->income = known;
    asking_done(&k);
}

void take_amount(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->amount      = form_money(&r->form, FORM_ASK_AMOUNT_AMOUNT);
    k.answers->amount_said = true;
    asking_done(&k);
}

void take_pension(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->pension      = form_money(&r->form, FORM_ASK_PENSION_PENSION);
    k.answers->pension_said = true;
    asking_done(&k);
}

void take_receivers(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->receivers = (int32_t)form_count(&r->form, FORM_ASK_RECEIVERS_RECEIVERS);
    asking_done(&k);
}

void take_children(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->receiver[k.ask->receiver].children =
        (int32_t)form_count(&r->form, FORM_ASK_CHILDREN_CHILDREN);
    asking_done(&k);
}

void take_care(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    struct answer_receiver *receiver = &k.answers->receiver[k.ask->receiver];
    receiver->equal_care             = form_is(&r->form, FORM_ASK_CARE_CARE, "equal");
    receiver->care_said              = true;
    asking_done(&k);
}

void take_nights(struct request *r)
{
    struct asking k;
    struct answer_child child = { .said = true, .band = -1 };
    bool exact                = form_is(&r->form, FORM_ASK_NIGHTS_BAND, "exact");

    if (exact && !form_has(&r->form, FORM_ASK_NIGHTS_NIGHTS))
        form_refuse(&r->form, FORM_ASK_NIGHTS_NIGHTS, form_ask_nights_says_exact);
    if (!taking(r, &k)) return;
    struct answer_receiver *receiver = &k.answers->receiver[k.ask->receiver];
    if (exact) {
        child.nights = (int32_t)form_count(&r->form, FORM_ASK_NIGHTS_NIGHTS);
    } else {
        child.band   = word_index(band_words, BANDS, form_text(&r->form, FORM_ASK_NIGHTS_BAND));
        child.nights = law_at(JURISDICTION_GREAT_BRITAIN, r->today)->shared_care_nights[child.band];
    }
    receiver->child[k.ask->child] = child;
    for (int i = 0; form_ticked(&r->form, FORM_ASK_NIGHTS_SAME, "yes") && i < receiver->children;
         i++)
        receiver->child[i] = child;
    asking_done(&k);
}

void take_others(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->others      = (int32_t)form_count(&r->form, FORM_ASK_OTHERS_OTHERS);
    k.answers->others_said = true;
    asking_done(&k);
}

void take_arrangements(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->arrangements = (int32_t)form_count(&r->form, FORM_ASK_ARRANGEMENTS_ARRANGEMENTS);
    k.answers->arrangements_said = true;
    asking_done(&k);
}

void take_special(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->special = 0;
    for (int g = 0; g < GROUNDS; g++)
        if (form_ticked(&r->form, FORM_ASK_SPECIAL_SPECIAL, ground_words[g]))
            k.answers->special |= 1u << g;
    k.answers->special_said = true;
    asking_done(&k);
}

void take_ground(struct request *r)
{
    struct asking k;
    if (!taking(r, &k)) return;
    k.answers->ground_amount[k.ask->ground] = form_money(&r->form, FORM_ASK_GROUND_AMOUNT);
    k.answers->ground_said[k.ask->ground]   = true;
    asking_done(&k);
}
