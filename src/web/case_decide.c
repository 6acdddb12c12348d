/* case_decide.c: making a decision: the form, what it would do to both parents, and doing it.
 *
 * The preview is the decision itself, made in a transaction and rolled back: there is no second
 * way to work it out (case_preview.c shows it). */
#include "web/case_preview.h"

#include "web/case.h"

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

/* no_income: the decision was refused for want of one. */
static void form_show(struct request *r, const struct case_view *v, bool no_income)
{
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
    struct case_view v;
    const char *kind = form_text(&r->form, FORM_CASE_DECIDE_START_KIND);
    bool dated       = form_has(&r->form, FORM_CASE_DECIDE_START_FROM);
    date from        = dated ? form_date(&r->form, FORM_CASE_DECIDE_START_FROM) : r->today;

    if (!case_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_case_decide);
    form_put_text(&r->form, FORM_CASE_DECIDE_KIND,
                  decision_kind_find(kind) != DECISION_KINDS ? kind
                  : v.g.decision_count                       ? "change"
                                                             : "initial");
    form_put_text(&r->form, FORM_CASE_DECIDE_LATE, "no");
    if (dated) form_put_date(&r->form, FORM_CASE_DECIDE_FROM, from);
    form_show(r, &v, false);
}

/* ---- doing it ---- */

static bool decide_run(struct request *r, int64_t pp, struct verb *v, struct group *g,
                       struct fail *f)
{
    struct setting s = case_setting(r);
    bool done;
    struct decision_order order = {
        .kind   = decision_kind_find(form_text(&r->form, FORM_CASE_DECIDE_KIND)),
        .from   = form_date(&r->form, FORM_CASE_DECIDE_FROM),
        .reason = form_text(&r->form, FORM_CASE_DECIDE_REASON),
        .late   = form_is(&r->form, FORM_CASE_DECIDE_LATE, "yes"),
    };

    return verb_open(&s, pp, "decide", NULL, v, &done, f) &&
           group_load(v->store, v->arena, v->pp, v->seq, g, f) && decision_make(v, g, &order, f) &&
           verb_close(v, f);
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

static void confirm(struct request *r, const struct verb *verb, const struct group *g)
{
    struct fail f = { 0 };
    int64_t id    = decision_new(g, verb->seq, form_date(&r->form, FORM_CASE_DECIDE_FROM));

    if (!store_commit(r->store, &f))
        respond_fail(r, &f);
    else if (id)
        respond_redirect(r, arena_print(r->arena, "/case/%lld/decision/%lld?done=made",
                                        (long long)verb->pp, (long long)id));
    else
        respond_redirect(r, arena_print(r->arena, "/case/%lld/decisions", (long long)verb->pp));
}

void case_decide_do(struct request *r)
{
    struct case_view v;
    struct verb verb;
    struct group after;
    struct fail f   = { 0 };
    bool confirming = form_is(&r->form, FORM_CASE_DECIDE_ACT, "confirm");
    int64_t seen =
        form_has(&r->form, FORM_CASE_DECIDE_SEEN) ? form_count(&r->form, FORM_CASE_DECIDE_SEEN) : 0;

    if (!case_open(r, &v)) return;
    if (r->form.errors) {
        form_show(r, &v, false);
        return;
    }
    if (!store_begin(r->store, STORE_WRITING, &f)) {
        respond_fail(r, &f);
        return;
    }
    /* Read again inside the transaction: nobody else can write until it ends. */
    if (!case_read(r, v.g.pp, &v)) return;
    if (!decide_run(r, v.g.pp, &verb, &after, &f)) {
        store_rollback(r->store);
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        bool no_income = !strcmp(f.code, "income_missing");
        form_refuse(&r->form, field_of(&f),
                    no_income ? "There is no income to decide on: enter it first, or choose a "
                                "default decision"
                              : case_sentence(r, &f));
        form_show(r, &v, no_income);
        return;
    }
    if (confirming && seen == (int64_t)v.event_count) {
        confirm(r, &verb, &after);
        return;
    }
    case_preview_show(r, &v, &verb, &after, confirming);
    store_rollback(r->store);
}
