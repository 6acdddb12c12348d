/* case_decide.c: making a decision: the form, what it would do to both parents, and doing it.
 *
 * The preview is the decision itself, made in a transaction and rolled back: there is no second
 * way to work it out (case_preview.c shows it). */
#include "web/case_preview.h"

#include "web/case.h"
#include "web/case_change.h"

#include <string.h>

static struct view_option *kinds_of(struct request *r, int32_t *n)
{
    const struct field_rule *rule = &form_case_decide.fields[FORM_CASE_DECIDE_KIND];
    const char *chosen            = form_text(&r->form, FORM_CASE_DECIDE_KIND);
    struct view_option *at        = ARENA_MANY(r->arena, struct view_option, rule->choice_count);

    for (*n = 0; *n < rule->choice_count; ++*n) {
        const char *word = rule->choices[*n];
        at[*n]           = (struct view_option){ .value = word,
                                                 .label = decision_kind_table[decision_kind_find(word)].label,
                                                 .chosen = !strcmp(word, chosen) };
    }
    return at;
}

/* A decision, asked for and made. */
struct decide_page {
    struct case_view v;
    struct verb verb;
    struct group after;
    bool no_income; /* it was refused for want of one */
};

static void form_show(struct request *r, struct case_view *v)
{
    bool no_income            = ((const struct decide_page *)v)->no_income;
    struct page_case_decide p = {
        .c      = v->family,
        .kind   = form_view(&r->form, FORM_CASE_DECIDE_KIND),
        .from   = form_view(&r->form, FORM_CASE_DECIDE_FROM),
        .reason = form_view(&r->form, FORM_CASE_DECIDE_REASON),
        .late   = form_view(&r->form, FORM_CASE_DECIDE_LATE),
        .hint   = no_income ? "" : case_next(r->arena, v, r->today).text,
        .income = no_income,
    };
    p.kinds = kinds_of(r, &p.kinds_count);
    page_case_decide(&r->out, frame_with_form(r), &p);
}

void case_decide(struct request *r)
{
    struct decide_page p = { .no_income = false };
    const char *kind     = form_text(&r->form, FORM_CASE_DECIDE_START_KIND);
    bool dated           = form_has(&r->form, FORM_CASE_DECIDE_START_FROM);
    date from            = dated ? form_date(&r->form, FORM_CASE_DECIDE_START_FROM) : r->today;

    if (!case_open(r, &p.v)) return;
    form_new(&r->form, r->arena, &form_case_decide);
    form_put_text(&r->form, FORM_CASE_DECIDE_KIND,
                  decision_kind_find(kind) != DECISION_KINDS ? kind
                  : p.v.g.decision_count                     ? "change"
                                                             : "initial");
    form_put_text(&r->form, FORM_CASE_DECIDE_LATE, "no");
    if (dated) form_put_date(&r->form, FORM_CASE_DECIDE_FROM, from);
    form_show(r, &p.v);
}

/* ---- doing it ---- */

static bool decide_run(struct request *r, struct case_view *family, struct fail *f)
{
    struct decide_page *p = (struct decide_page *)family;
    struct setting s      = case_setting(r);
    struct verb *v        = &p->verb;
    bool done;
    struct decision_order order = {
        .kind   = decision_kind_find(form_text(&r->form, FORM_CASE_DECIDE_KIND)),
        .from   = form_date(&r->form, FORM_CASE_DECIDE_FROM),
        .reason = form_text(&r->form, FORM_CASE_DECIDE_REASON),
        .late   = form_is(&r->form, FORM_CASE_DECIDE_LATE, "yes"),
    };

    if (verb_open(&s, family->g.pp, "decide", NULL, v, &done, f) &&
        group_load(v->store, v->arena, v->pp, v->seq, &p->after, f) &&
        decision_make(v, &p->after, &order, f) && verb_close(v, f))
        return true;
    p->no_income = f->kind == FAIL_REFUSED && !strcmp(f->code, "income_missing");
    return p->no_income
               ? REFUSE(f, "income_missing",
                        "There is no income to decide on: enter it first, or choose a default "
                        "decision")
               : false;
}

static int field_of(const struct fail *f)
{
    static const char *const of_date[] = { "date_wrong", "too_late", "date_before_scheme" };
    if (!strcmp(f->code, "too_late")) return FORM_CASE_DECIDE_LATE;
    for (size_t i = 0; i < sizeof of_date / sizeof *of_date; i++)
        if (!strcmp(of_date[i], f->code)) return FORM_CASE_DECIDE_FROM;
    return FORM_CASE_DECIDE_KIND;
}

/* The decision the event made from the day asked for. */
static int64_t decision_new(const struct group *g, int64_t seq, date from)
{
    int64_t id = 0;

    for (size_t i = 0; i < g->decision_count; i++)
        if (g->decisions[i].event == seq &&
            (!id || date_same(g->decisions[i].effective_from, from)))
            id = g->decisions[i].id;
    return id;
}

static const char *decide_done(struct request *r, const struct case_view *family)
{
    const struct decide_page *p = (const struct decide_page *)family;
    int64_t id = decision_new(&p->after, p->verb.seq, form_date(&r->form, FORM_CASE_DECIDE_FROM));

    return id ? arena_print(r->arena, "decision/%lld?done=made", (long long)id) : "decisions";
}

static void preview_show(struct request *r, struct case_view *before)
{
    const struct decide_page *p = (const struct decide_page *)before;
    date from                   = form_date(&r->form, FORM_CASE_DECIDE_FROM);
    enum decision_kind kind     = decision_kind_find(form_text(&r->form, FORM_CASE_DECIDE_KIND));
    struct preview_of of        = {
               .from   = from,
               .label  = arena_print(r->arena, "%s from %s", decision_kind_table[kind].label,
                                     case_day_words(r->arena, from)),
               .action = "decide",
               .back   = "decisions",
    };

    case_preview_show(r, before, &p->verb, &p->after, &of);
}

void case_decide_do(struct request *r)
{
    static const struct case_change change = {
        .run     = decide_run,
        .show    = form_show,
        .preview = preview_show,
        .done_at = decide_done,
        .field   = field_of,
    };
    struct decide_page p = { .no_income = false };

    if (case_open(r, &p.v)) case_change_do(r, &p.v, &change);
}
