/* apply_ask.c: each question of an application shown, and its answer kept. */
#include "web/apply.h"

#include "app/access.h"
#include "web/apply_born.h"
#include "web/attempt.h"
#include "web/case_view.h"
#include "web/estimate.h"

#include <stdlib.h>
#include <string.h>

bool apply_open(struct request *r, struct apply_draft *d)
{
    struct fail f = { 0 };
    bool found;

    r->frame.exit = true;
    r->frame.back = "/apply/tasks";
    if (!apply_draft_read(r, r->applying, d, &found, &f)) {
        respond_fail(r, &f);
        return false;
    }
    if (!found) respond_redirect(r, "/apply");
    return found;
}

/* ---- showing ---- */

static void value_put(struct form *form, int i, const char *value)
{
    date day;

    switch (form->rule->fields[i].kind) {
    case FIELD_DATE:
        if (date_parse(value, strlen(value), &day)) form_put_date(form, i, day);
        break;
    case FIELD_COUNT:
        if (*value) form_put_count(form, i, strtoll(value, NULL, 10));
        break;
    default: form_put_text(form, i, value);
    }
}

static struct view_field field_view(const struct form *form, int i)
{
    return i < form->rule->field_count ? form_view(form, i) : (struct view_field){ .name = "" };
}

static void question_show(struct request *r, const struct apply_draft *d, const char *word,
                          const char *task, bool kept)
{
    struct page_apply_ask p = {
        .q    = word,
        .who  = online_applicant_words[d->applicant],
        .path = r->path,
        .task = task,
        .kept = kept,
        .a    = field_view(&r->form, 0),
        .b    = field_view(&r->form, 1),
        .c    = field_view(&r->form, 2),
        .d    = field_view(&r->form, 3),
    };
    page_apply_ask(&r->out, frame_with_form(r), &p);
}

/* Whether a part of the question that is kept sealed was answered before. */
static bool is_kept(const struct apply_draft *d, const struct form_rule *rule)
{
    int32_t as;

    for (int i = 0; i < rule->field_count; i++)
        if (online_field_sealed(rule->fields[i].name, &as) &&
            *apply_answer(d, rule->fields[i].name))
            return true;
    return false;
}

/* Opens the draft and finds the question of the path; false: answered. */
static bool question_open(struct request *r, struct apply_draft *d, const struct apply_question **q)
{
    if (!apply_open(r, d)) return false;
    *q = apply_question_find(r->path, d->applicant);
    if (!*q) respond_redirect(r, "/apply/tasks");
    return *q != NULL;
}

void apply_ask(struct request *r)
{
    const struct apply_question *q;
    struct apply_draft d;
    int32_t as;

    if (!question_open(r, &d, &q)) return;
    form_new(&r->form, r->arena, q->form);
    for (int i = 0; i < q->form->field_count; i++)
        if (!online_field_sealed(q->form->fields[i].name, &as))
            value_put(&r->form, i, apply_answer(&d, q->form->fields[i].name));
    question_show(r, &d, q->word, q->task, is_kept(&d, q->form));
}

/* ---- taking ---- */

/* A checked field as it is kept. */
static const char *value_of(struct request *r, int i)
{
    const struct form *form = &r->form;

    switch (form->rule->fields[i].kind) {
    case FIELD_DATE:
        return form_has(form, i) ? date_text(form_date(form, i), arena_take(r->arena, DATE_TEXT))
                                 : "";
    case FIELD_COUNT:
        return form_has(form, i) ? arena_print(r->arena, "%lld", (long long)form_count(form, i))
                                 : "";
    default: return case_lines(r->arena, form_text(form, i));
    }
}

/* What is kept sealed must be what the record will take. */
static void sealed_check(struct request *r, int i, int32_t as, const char *value)
{
    struct fail f = { 0 };

    if (as != ACCESS_WORDS && *value && !fact_value_check((enum fact_kind)as, value, &f))
        form_refuse(&r->form, i, case_sentence(r, &f));
}

/* One field into the draft: of one kept sealed nothing typed keeps it, a dash takes it out. */
static void field_take(struct request *r, struct apply_draft *d, int i, const char *name)
{
    const char *value = value_of(r, i);
    int32_t as;

    if (online_field_sealed(r->form.rule->fields[i].name, &as)) {
        if (!*value) return;
        if (!strcmp(value, "-"))
            value = "";
        else
            sealed_check(r, i, as, value);
    }
    apply_answer_put(d, name, value);
}

static void reach_check(struct request *r, const struct apply_draft *d)
{
    const char *way = apply_answer(d, "own_channel");
    bool rings      = !strcmp(way, "telephone") || !strcmp(way, "text_message");

    if (!*way) form_refuse(&r->form, FORM_APPLY_REACH_OWN_CHANNEL, form_apply_reach_says_channel);
    if (rings && !*apply_answer(d, "own_phone"))
        form_refuse(&r->form, FORM_APPLY_REACH_OWN_PHONE, form_apply_reach_says_phone);
    if (!strcmp(way, "email") && !*apply_answer(d, "own_email"))
        form_refuse(&r->form, FORM_APPLY_REACH_OWN_EMAIL, form_apply_reach_says_email);
}

/* The code of an estimate is looked up while it can still be put right, and kept for a while more.
 * Wrong ones count against this application, not against an address that others share; it can go on
 * without one.  False: answered. */
static bool estimate_check(struct request *r, const struct apply_draft *d)
{
    const char *code = apply_answer(d, "estimate");
    struct attempt a = apply_draft_attempt(r, d, "apply_estimate");
    struct fail f    = { 0 };

    if (!*code ||
        (attempt_begin(r->store, &a, &f) && estimate_renew(r->store, r->arena, code, r->now, &f) &&
         attempt_pass(r->store, &a, &f)))
        return true;
    if (f.kind != FAIL_REFUSED) {
        respond_fail(r, &f);
        return false;
    }
    form_refuse(&r->form, FORM_APPLY_ESTIMATE_ESTIMATE,
                strcmp(f.code, "estimate_missing") ? case_sentence(r, &f)
                                                   : form_apply_estimate_says_none);
    return true;
}

/* What one question wants beside its declaration.  False: answered. */
static bool question_check(struct request *r, const struct apply_draft *d,
                           const struct apply_question *q)
{
    apply_born_check(r, d);
    if (q->form == &form_apply_reach) reach_check(r, d);
    if (q->form == &form_apply_nation && d->applicant == ONLINE_CHILD &&
        !form_is(&r->form, FORM_APPLY_NATION_OWN_NATION, "scotland"))
        form_refuse(&r->form, FORM_APPLY_NATION_OWN_NATION, form_apply_nation_says_scotland);
    return q->form != &form_apply_estimate || estimate_check(r, d);
}

/* Keeps the draft and goes on; or says why it cannot. */
static void draft_keep(struct request *r, const struct apply_draft *d, const char *next)
{
    struct fail f = { 0 };

    if (apply_draft_write(r, d, &f))
        respond_redirect(r, next);
    else
        respond_fail(r, &f);
}

void apply_take(struct request *r)
{
    const struct apply_question *q;
    struct apply_draft d;

    if (!question_open(r, &d, &q)) return;
    bool kept = is_kept(&d, q->form);
    for (int i = 0; i < q->form->field_count && !r->form.errors; i++)
        field_take(r, &d, i, q->form->fields[i].name);
    if (!r->form.errors && !question_check(r, &d, q)) return;
    if (r->form.errors) {
        question_show(r, &d, q->word, q->task, kept);
        return;
    }
    apply_answer_put(&d, apply_question_mark(r->arena, q), "1");
    draft_keep(r, &d, apply_question_next(r->arena, &d, q));
}

/* ---- children ---- */

static const struct apply_question *children_question(const struct apply_draft *d)
{
    return apply_question_find("/apply/children", d->applicant);
}

/* The child of the path: one there is, or the next.  False: answered. */
static bool child_open(struct request *r, struct apply_draft *d, int *number)
{
    if (!apply_open(r, d)) return false;
    int64_t n     = case_number(r->params[0]);
    int most      = apply_child_count(r->arena, d) + 1;
    *number       = (int)n;
    r->frame.back = "/apply/children";
    if (children_question(d) && n >= 1 && n <= most && n <= APPLY_CHILDREN) return true;
    respond_redirect(r, "/apply/tasks");
    return false;
}

void apply_child(struct request *r)
{
    struct apply_draft d;
    int number;

    if (!child_open(r, &d, &number)) return;
    form_new(&r->form, r->arena, &form_apply_child);
    for (int i = 0; i < form_apply_child.field_count; i++)
        value_put(
            &r->form, i,
            apply_answer(&d, apply_child_field(r->arena, number, form_apply_child.fields[i].name)));
    question_show(r, &d, "child", "children", false);
}

void apply_child_take(struct request *r)
{
    struct apply_draft d;
    int number;

    if (!child_open(r, &d, &number)) return;
    apply_born_check(r, &d);
    if (r->form.errors) {
        question_show(r, &d, "child", "children", false);
        return;
    }
    for (int i = 0; i < form_apply_child.field_count; i++)
        apply_answer_put(&d, apply_child_field(r->arena, number, form_apply_child.fields[i].name),
                         value_of(r, i));
    draft_keep(r, &d, "/apply/children");
}

void apply_children(struct request *r)
{
    struct page_apply_children p = { .more = "" };
    struct apply_draft d;

    if (!apply_open(r, &d)) return;
    if (!children_question(&d)) {
        respond_redirect(r, "/apply/tasks");
        return;
    }
    p.rows = apply_children_view(r->arena, &d, &p.rows_count);
    if (p.rows_count < APPLY_CHILDREN)
        p.more = arena_print(r->arena, "/apply/child/%d", p.rows_count + 1);
    page_apply_children(&r->out, frame_of(r), &p);
}

/* Takes a child out: those after it move up. */
void apply_children_out(struct request *r)
{
    struct apply_draft d;

    if (!apply_open(r, &d)) return;
    int n   = apply_child_count(r->arena, &d);
    int out = form_has(&r->form, FORM_APPLY_CHILDREN_OUT)
                  ? (int)form_count(&r->form, FORM_APPLY_CHILDREN_OUT)
                  : n + 1;
    for (; out <= n; out++)
        for (int i = 0; i < form_apply_child.field_count; i++) {
            const char *name = form_apply_child.fields[i].name;
            const char *next =
                out == n ? "" : apply_answer(&d, apply_child_field(r->arena, out + 1, name));
            apply_answer_put(&d, apply_child_field(r->arena, out, name), next);
        }
    draft_keep(r, &d, "/apply/children");
}
