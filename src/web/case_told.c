/* case_told.c: what parents told us and asked of us, for the caseworker: taken up after a preview,
 * or answered. */
#include "web/case.h"
#include "web/case_change.h"
#include "web/case_preview.h"
#include "web/own_told.h"

#include <string.h>

/* One, asked for and dealt with. */
struct told_deed {
    struct case_view v;
    const struct asking *a;
    struct verb verb;
    struct group after;
    struct asking_effect effect;
};

/* ---- reading ---- */

static bool list_read(struct request *r, const struct case_view *v, struct asking **list, size_t *n)
{
    struct fail f = { 0 };

    if (asking_list(r->store, r->arena, &v->g, list, n, &f)) return true;
    respond_fail(r, &f);
    return false;
}

static bool deed_find(struct request *r, struct case_view *v)
{
    struct told_deed *d = (struct told_deed *)v;
    struct asking *list;
    size_t n;

    if (!list_read(r, v, &list, &n)) return false;
    d->a = asking_find(list, n, case_number(r->params[1]));
    if (!d->a) respond_missing(r);
    return d->a != NULL;
}

static bool deed_read(struct request *r, struct case_view *v)
{
    return case_read(r, v->g.pp, v) && deed_find(r, v);
}

static struct view_told_row row_of(struct request *r, const struct group *g, const struct asking *a)
{
    return (struct view_told_row){
        .id    = a->row.event,
        .title = a->kind ? a->kind->title : "A decision to be looked at again",
        .by    = case_name(g, a->row.person, r->arena),
        .on    = a->row.day,
        .state = a->machine->states[a->state].label,
        .open  = asking_is_open(a),
    };
}

/* ---- pages ---- */

void case_told_list(struct request *r)
{
    struct case_view v;
    struct asking *list;
    size_t n;

    if (!case_open(r, &v) || !list_read(r, &v, &list, &n)) return;
    struct view_told_row *rows = ARENA_MANY(r->arena, struct view_told_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(r, &v.g, &list[i]);
    struct page_case_told_list p = { .c = v.family, .rows = rows, .rows_count = (int32_t)n };
    page_case_told_list(&r->out, frame_of(r), &p);
}

/* The fact that keeps what was told sealed; 0 when there is none any more. */
static int64_t kept_of(const struct group *g, const struct asking *a, date today)
{
    enum fact_kind kind = a->kind ? change_kind_answer(a->kind) : FACT_KINDS;

    if (kind == FACT_KINDS || fact_kind_table[kind].seal == DISCLOSURE_CLASS_OPEN) return 0;
    const struct sql_fact_list_row *f =
        group_fact(g, kind, a->row.person, date_max(today, a->row.happened_on));
    return f ? f->id : 0;
}

static void told_show(struct request *r, struct case_view *v)
{
    const struct told_deed *d              = (const struct told_deed *)v;
    const struct asking *a                 = d->a;
    const struct change_kind_entry *k      = a->kind;
    const struct sql_decision_list_row *of = asking_decision(a, &v->g);
    bool duty                              = k && (k->duty & UINT32_C(1) << a->role) != 0;
    int32_t late             = duty ? date_days(a->row.happened_on, a->row.day) - k->duty_days : 0;
    struct view_told_row row = row_of(r, &v->g, a);
    struct page_case_told p  = {
         .c         = v->family,
         .part      = arena_print(r->arena, "told/%lld", (long long)row.id),
         .title     = row.title,
         .by        = row.by,
         .rule      = k ? k->rule : "A-108",
         .duty      = duty ? k->duty_days : 0,
         .late_days = late > 0 ? late : 0,
         .row       = row,
         .again     = !k,
         .kept      = kept_of(&v->g, a, r->today),
         .decision  = of               ? of->id
                      : !k && row.open ? a->row.subject
                                       : 0,
         .next      = k ? k->next : "",
         .told      = k ? k->told : "",
         .deed      = form_view(&r->form, FORM_CASE_TOLD_DEED),
         .reason    = form_view(&r->form, FORM_CASE_TOLD_REASON),
    };

    p.answers = asking_answers(r, &v->g, a, &p.answers_count);
    p.steps   = asking_steps(r, a, &p.steps_count);
    page_case_told(&r->out, frame_with_form(r), &p);
}

void case_told(struct request *r)
{
    struct told_deed d = { .a = NULL };

    if (!case_open(r, &d.v) || !deed_find(r, &d.v)) return;
    form_new(&r->form, r->arena, &form_case_told);
    told_show(r, &d.v);
}

/* ---- doing it ---- */

static bool accept_run(struct request *r, struct case_view *family, struct fail *f)
{
    struct told_deed *d = (struct told_deed *)family;
    struct setting s    = case_setting(r);
    struct verb *v      = &d->verb;
    const char *reason  = form_text(&r->form, FORM_CASE_TOLD_REASON);
    bool done;

    if (!verb_open(&s, family->g.pp, d->a->kind ? "accept" : "revise", NULL, v, &done, f) ||
        !group_load(v->store, v->arena, v->pp, v->seq, &d->after, f))
        return false;
    return (d->a->kind ? asking_accept(v, &d->after, d->a, reason, &d->effect, f)
                       : asking_revise(v, &d->after, d->a, reason, f)) &&
           verb_close(v, f);
}

static void accept_preview(struct request *r, struct case_view *before)
{
    const struct told_deed *d = (const struct told_deed *)before;
    const char *path          = arena_print(r->arena, "told/%lld", (long long)d->a->row.event);
    struct preview_of of      = {
             .from   = !d->a->kind               ? d->a->row.happened_on
                       : d->effect.change.counts ? d->effect.change.counts_from
                                                 : r->today,
             .label  = d->a->kind ? arena_print(r->arena, "Accept: %s", d->a->kind->title)
                                  : "Revise the decision",
             .action = path,
             .back   = path,
    };

    case_preview_show(r, before, &d->verb, &d->after, &of);
}

static const char *accept_done(struct request *r, const struct case_view *v)
{
    return arena_print(r->arena, "told/%lld",
                       (long long)((const struct told_deed *)v)->a->row.event);
}

static int told_field(const struct fail *f)
{
    return !strcmp(f->field, "said") ? FORM_CASE_TOLD_REASON : FORM_CASE_TOLD_DEED;
}

/* What the machine is told by a choice that is not previewed; MACHINE_NOTHING: it is. */
static int32_t event_of(const struct request *r)
{
    static const struct {
        const char *word;
        int32_t event;
    } table[] = { { "ask", CHANGE_REPORT_EVENT_ASK },
                  { "decline", CHANGE_REPORT_EVENT_DECLINE },
                  { "refuse", RECONSIDERATION_EVENT_REFUSE } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (form_is(&r->form, FORM_CASE_TOLD_DEED, table[i].word)) return table[i].event;
    return MACHINE_NOTHING;
}

static bool fits(const struct request *r, const struct asking *a)
{
    bool again = form_is(&r->form, FORM_CASE_TOLD_DEED, "allow") ||
                 form_is(&r->form, FORM_CASE_TOLD_DEED, "refuse");
    return again == (a->kind == NULL);
}

/* True when it is done and answered. */
static bool step_do(struct request *r, const struct told_deed *d, struct fail *f)
{
    struct setting s = case_setting(r);
    bool fine        = store_begin(r->store, STORE_WRITING, f) &&
                asking_step(&s, d->v.g.pp, d->a, event_of(r),
                            form_text(&r->form, FORM_CASE_TOLD_REASON), f) &&
                store_commit(r->store, f);

    store_rollback(r->store);
    if (fine)
        respond_redirect(
            r, arena_print(r->arena, "/case/%lld/%s", (long long)d->v.g.pp, accept_done(r, &d->v)));
    return fine;
}

void case_told_do(struct request *r)
{
    static const struct case_change change = {
        .read    = deed_read,
        .run     = accept_run,
        .show    = told_show,
        .preview = accept_preview,
        .done_at = accept_done,
        .field   = told_field,
    };
    struct told_deed d = { .a = NULL };
    struct fail f      = { 0 };

    if (!case_open(r, &d.v) || !deed_find(r, &d.v)) return;
    if (!r->form.errors && !fits(r, d.a))
        form_refuse(&r->form, FORM_CASE_TOLD_DEED, "Choose what to do");
    if (r->form.errors || event_of(r) == MACHINE_NOTHING) {
        case_change_do(r, &d.v, &change);
        return;
    }
    if (step_do(r, &d, &f)) return;
    if (f.kind != FAIL_REFUSED) {
        respond_fail(r, &f);
        return;
    }
    form_refuse(&r->form, told_field(&f), case_sentence(r, &f));
    told_show(r, &d.v);
}
