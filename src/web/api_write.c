/* api_write.c: what programs may change: facts, decisions, bank statements.
 *
 * A change is made by the verb that the page has, in a transaction; a preview is that verb rolled
 * back, so that there is no second way to work it out.  The Idempotency-Key is the key of the
 * family's event: it stands in the record, and happens once for as long as the record lasts. */
#include "app/bank_file.h"
#include "app/decide.h"
#include "web/api.h"
#include "web/case_fact.h"
#include "web/pen.h"

#include <string.h>

/* A change on its way. */
struct writing {
    struct case_view before;
    struct verb verb;
    const char *key;
    bool preview, repeated;
};

/* ---- what every change answers ---- */

static void figures_write(struct request *r, const char *key, const struct case_view *v)
{
    const struct group *g = &v->g;

    pen_open(&r->out, key, '{');
    pen_count(&r->out, "events", (int64_t)v->event_count);
    pen_money(&r->out, "owed", v->s.owed);
    pen_money(&r->out, "overdue", v->s.overdue);
    pen_open(&r->out, "arrangements", '[');
    for (size_t i = 0; i < g->arrangement_count; i++) {
        const struct sql_arrangement_list_row *a = &g->arrangements[i];
        const struct sql_decision_list_row *d =
            group_decision_at(g, date_max(r->today, a->effective_from));
        const struct sql_instalment_list_row *next =
            case_instalment_next(g, a->id, r->today, r->arena);
        pen_open(&r->out, NULL, '{');
        pen_text(&r->out, "reference", a->ref);
        if (d)
            pen_money(&r->out, "weekly", group_award(g, d->id, a->id));
        else
            pen_null(&r->out, "weekly");
        pen_date_if(&r->out, "next_due", next != NULL, next ? next->due : r->today);
        if (next)
            pen_money(&r->out, "next_maintenance", next->amount);
        else
            pen_null(&r->out, "next_maintenance");
        pen_close(&r->out, '{');
    }
    pen_close(&r->out, '[');
    pen_close(&r->out, '{');
}

bool api_once(struct request *r, bool preview, const char **key)
{
    *key = NULL;
    if (!preview && !*r->once) {
        api_refuse(r, 400, "key_missing",
                   "Send an Idempotency-Key: a name of your own for this change, so that it is "
                   "done once however often it is sent.");
        return false;
    }
    if (*r->once) *key = arena_print(r->arena, "program:%s:%s", r->session.account, r->once);
    return true;
}

static bool writing_begin(struct request *r, struct writing *w, int preview_field)
{
    *w = (struct writing){ .preview = form_is(&r->form, preview_field, "yes") };
    return api_once(r, w->preview, &w->key);
}

bool api_event(struct request *r, int64_t pp, const char *key, int64_t *seq, struct fail *f)
{
    struct sql_event_by_key_row row;
    bool found;

    if (!sql_event_by_key(r->store, &(struct sql_event_by_key_in){ .pp = pp, .key = key }, r->arena,
                          &row, &found, f))
        return false;
    *seq = found ? row.seq : 0;
    return true;
}

/* Answers with the family before and after, and ends the transaction.  False: f is filled, or the
 * request is answered. */
static bool writing_answer(struct request *r, struct writing *w, struct fail *f)
{
    struct case_view after;
    int64_t seq = w->verb.seq;

    if (w->repeated && !api_event(r, r->looked, w->key, &seq, f)) return false;
    if (!case_read(r, r->looked, &after)) return false;
    pen_open(&r->out, NULL, '{');
    pen_flag(&r->out, "preview", w->preview);
    pen_flag(&r->out, "repeated", w->repeated);
    if (w->preview)
        pen_null(&r->out, "event");
    else
        pen_count(&r->out, "event", seq);
    pen_text(&r->out, "what",
             seq > 0 && (size_t)seq <= after.event_count
                 ? case_about(&after.g, after.events[seq - 1].about, r->arena)
                 : "");
    figures_write(r, "before", &w->before);
    figures_write(r, "after", &after);
    pen_close(&r->out, '{');
    if (!w->preview && !w->repeated && !store_commit(r->store, f)) return false;
    api_answer(r);
    return true;
}

/* Runs a change: `run` is the verb, in the transaction. */
static void writing_do(struct request *r, struct writing *w,
                       bool (*run)(struct request *r, struct writing *w, struct fail *f))
{
    struct fail f = { 0 };

    bool done = store_begin(r->store, STORE_WRITING, &f) && case_read(r, r->looked, &w->before) &&
                run(r, w, &f) && writing_answer(r, w, &f);
    store_rollback(r->store);
    if (!done && !r->status) respond_fail(r, &f);
}

/* ---- facts ---- */

int64_t api_number_of(const struct group *g, const char *ref)
{
    for (size_t i = 0; i < g->people_count; i++)
        if (!strcmp(g->people[i].ref, ref)) return g->people[i].id;
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (!strcmp(g->arrangements[i].ref, ref)) return g->arrangements[i].id;
    return 0;
}

const char *api_reference_of(const struct group *g, int64_t number)
{
    for (size_t i = 0; i < g->people_count; i++)
        if (g->people[i].id == number) return g->people[i].ref;
    for (size_t i = 0; i < g->arrangement_count; i++)
        if (g->arrangements[i].id == number) return g->arrangements[i].ref;
    return "";
}

static void field_copy(struct form *to, int field, const struct form *from, int source)
{
    if (!form_has(from, source)) return;
    if (to->rule->fields[field].kind == FIELD_DATE)
        form_put_date(to, field, form_date(from, source));
    else
        form_put_text(to, field, form_text(from, source));
}

/* What was sent, as the page's form has it: numbers instead of references. */
static void fact_form(struct request *r, const struct group *g, enum fact_kind kind)
{
    static const int same[][2] = {
        { FORM_CASE_FACT_HOW, FORM_API_FACT_HOW },
        { FORM_CASE_FACT_VALUE, FORM_API_FACT_VALUE },
        { FORM_CASE_FACT_UNIT, FORM_API_FACT_UNIT },
        { FORM_CASE_FACT_HAPPENED, FORM_API_FACT_HAPPENED },
        { FORM_CASE_FACT_FROM, FORM_API_FACT_FROM },
        { FORM_CASE_FACT_LAST, FORM_API_FACT_LAST },
        { FORM_CASE_FACT_SAID_BY, FORM_API_FACT_SAID_BY },
        { FORM_CASE_FACT_EVIDENCE, FORM_API_FACT_EVIDENCE },
    };
    struct form sent = r->form;

    form_new(&r->form, r->arena, &form_case_fact);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        field_copy(&r->form, same[i][0], &sent, same[i][1]);
    if (form_has(&sent, FORM_API_FACT_ABOUT))
        form_put_count(&r->form, FORM_CASE_FACT_SUBJECT,
                       api_number_of(g, form_text(&sent, FORM_API_FACT_ABOUT)));
    if (kind == FACT_LIVES_WITH && form_has(&sent, FORM_API_FACT_VALUE))
        form_put_text(
            &r->form, FORM_CASE_FACT_VALUE,
            arena_print(r->arena, "%lld",
                        (long long)api_number_of(g, form_text(&sent, FORM_API_FACT_VALUE))));
}

static bool fact_run(struct request *r, struct writing *w, struct fail *f)
{
    enum fact_kind kind        = fact_kind_find(form_text(&r->form, FORM_API_FACT_KIND));
    struct case_fact_once once = { r->looked, w->key, &w->repeated };

    if (!case_fact_is_offered(kind) || kind == FACT_KINDS)
        return REFUSE(f, "kind_unknown", "There is no such kind of fact"), fail_field(f, "kind");
    if (fact_kind_is_sealed(fact_kind_table[kind].name))
        return REFUSE(f, "kind_sealed",
                      "Facts of this kind are kept sealed: record it on its page"),
               fail_field(f, "kind");
    if (kind == FACT_ABUSE && !strcmp(form_text(&r->form, FORM_API_FACT_HOW), "ends"))
        return REFUSE(f, "kind_by_hand",
                      "That abuse is over is for a person to write down, on its page (B-1005)"),
               fail_field(f, "kind");
    fact_form(r, &w->before.g, kind);
    case_fact_check(r, kind);
    for (int i = 0; i < r->form.rule->field_count; i++)
        if (r->form.values[i].error)
            return REFUSE(f, "field_wrong", "%s", r->form.values[i].error),
                   fail_field(f, r->form.rule->fields[i].name);
    return case_fact_run(r, &once, kind, &w->verb, f);
}

void api_fact(struct request *r)
{
    struct writing w;

    if (writing_begin(r, &w, FORM_API_FACT_PREVIEW)) writing_do(r, &w, fact_run);
}

/* ---- decisions ---- */

static bool decide_run(struct request *r, struct writing *w, struct fail *f)
{
    struct setting s = case_setting(r);
    struct group after;
    struct decision_order order = {
        .kind   = decision_kind_find(form_text(&r->form, FORM_API_DECIDE_KIND)),
        .from   = form_date(&r->form, FORM_API_DECIDE_FROM),
        .reason = form_text(&r->form, FORM_API_DECIDE_REASON),
        .late   = form_is(&r->form, FORM_API_DECIDE_LATE, "yes"),
    };

    if (!verb_open(&s, r->looked, "decide", w->key, &w->verb, &w->repeated, f)) return false;
    return w->repeated ||
           (group_load(w->verb.store, w->verb.arena, r->looked, w->verb.seq, &after, f) &&
            decision_make(&w->verb, &after, &order, f) && verb_close(&w->verb, f));
}

void api_decide(struct request *r)
{
    struct writing w;

    if (writing_begin(r, &w, FORM_API_DECIDE_PREVIEW)) writing_do(r, &w, decide_run);
}

/* ---- a bank statement ---- */

struct faults {
    struct out out;
    int64_t n;
};

static void fault_write(void *context, int line, const char *sentence)
{
    struct faults *l = context;

    if (!l->n++) pen_open(&l->out, NULL, '[');
    pen_open(&l->out, NULL, '{');
    pen_count(&l->out, "line", line);
    pen_text(&l->out, "detail", sentence);
    pen_close(&l->out, '{');
}

void api_bank_file(struct request *r)
{
    static const char *const names[RECEIVED_KINDS] = {
        [RECEIVED_MATCHED] = "matched",       [RECEIVED_SUSPENSE] = "suspense",
        [RECEIVED_RETURNED] = "returned",     [RECEIVED_BEFORE] = "read_before",
        [RECEIVED_NOT_OURS] = "not_receipts",
    };
    struct faults faults  = { .out = { .arena = r->arena } };
    struct setting s      = case_setting(r);
    struct fail f         = { 0 };
    const char *name      = form_text(&r->form, FORM_API_BANK_FILE_NAME);
    struct bank_file bank = { .source  = { .bytes   = r->body.at,
                                           .length  = r->body.length,
                                           .name    = *name ? name : "sent by a program",
                                           .account = "" },
                              .xml     = r->body_is_xml,
                              .fault   = fault_write,
                              .context = &faults };
    struct bank_taking taking;

    if (!bank_file_record(&s, &bank, &taking, &f)) {
        respond_fail(r, &f);
        return;
    }
    pen_open(&r->out, NULL, '{');
    for (int i = 0; i < RECEIVED_KINDS; i++) {
        pen_open(&r->out, names[i], '{');
        pen_count(&r->out, "number", (int64_t)taking.number[i]);
        pen_money(&r->out, "amount", taking.amount[i]);
        pen_close(&r->out, '{');
    }
    if (faults.n) pen_close(&faults.out, '[');
    pen_json(&r->out, "faults", faults.n ? out_string(&faults.out) : "[]");
    pen_close(&r->out, '{');
    api_answer(r);
}
