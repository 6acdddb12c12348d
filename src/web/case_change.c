/* case_change.c: the parts of a preview. */
#include "web/case_change.h"

#include <string.h>

struct view_change_row case_change_row(const char *what, const char *before, const char *after)
{
    return (struct view_change_row){ what, before, after, !strcmp(before, after) };
}

struct hidden {
    struct arena *arena;
    struct view_hidden_field *at;
    int32_t n;
};

static void hidden_add(struct hidden *h, const char *name, const char *value)
{
    if (value && *value) h->at[h->n++] = (struct view_hidden_field){ name, value };
}

/* A date is three fields. */
static void hidden_date(struct hidden *h, const char *name, const struct field_value *v)
{
    hidden_add(h, arena_print(h->arena, "%s-day", name), v->day);
    hidden_add(h, arena_print(h->arena, "%s-month", name), v->month);
    hidden_add(h, arena_print(h->arena, "%s-year", name), v->year);
}

static int field_named(const struct form *form, const char *name)
{
    for (int i = 0; i < form->rule->field_count; i++)
        if (!strcmp(form->rule->fields[i].name, name)) return i;
    bug_report("a form of a preview has act, seen and reason", __FILE__, __LINE__);
    return -1;
}

static bool is_confirming(const struct form *form)
{
    return form_is(form, field_named(form, "act"), "confirm");
}

/* Why what was confirmed is shown again: what was done to the case since.  It may have been this
 * very thing, by a second click. */
static const char *changed_since(struct request *r, const struct case_view *now)
{
    const struct sql_event_list_row *last = &now->events[now->event_count - 1];
    const char *about                     = case_about(&now->g, last->about, r->arena);

    if (!strcmp(last->actor, r->session.account))
        return arena_print(
            r->arena,
            "You did something in this case after you were shown the preview: “%s”. If "
            "that was this, it is done, and there is nothing more to do. Below is "
            "what doing it a second time would do.",
            about);
    return arena_print(
        r->arena,
        "Somebody changed this case after you were shown the preview: “%s”. Below is "
        "what it would do now. Look again before you do it.",
        about);
}

/* Whether a name is one of a list parted by spaces. */
static bool is_among(const char *list, const char *name)
{
    size_t n = strlen(name);

    for (const char *at = list; (at = strstr(at, name)); at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n])) return true;
    return false;
}

struct view_hidden_field *case_hidden(struct request *r, const char *without, int32_t *n)
{
    enum { PARTS = 3 };
    const struct form_rule *rule = r->form.rule;
    struct hidden h              = { r->arena, NULL, 0 };

    h.at = ARENA_MANY(r->arena, struct view_hidden_field, PARTS * rule->field_count);
    for (int32_t i = 0; i < rule->field_count; i++) {
        const struct field_rule *f = &rule->fields[i];
        if (is_among(without, f->name)) continue;
        if (f->kind == FIELD_DATE)
            hidden_date(&h, f->name, &r->form.values[i]);
        else
            hidden_add(&h, f->name, r->form.values[i].text);
    }
    *n = h.n;
    return h.at;
}

struct view_preview case_preview_of(struct request *r, const struct case_view *before,
                                    const char *label, const char *action, const char *back)
{
    int32_t n;
    struct view_hidden_field *fields = case_hidden(r, "act seen", &n);

    return (struct view_preview){
        .label        = label,
        .reason       = form_text(&r->form, field_named(&r->form, "reason")),
        .changed      = is_confirming(&r->form) ? changed_since(r, before) : "",
        .action       = arena_print(r->arena, "/case/%lld/%s", (long long)before->g.pp, action),
        .back         = arena_print(r->arena, "/case/%lld/%s", (long long)before->g.pp, back),
        .fields       = fields,
        .fields_count = n,
        .seen         = (int64_t)before->event_count,
    };
}

/* ---- doing it ---- */

/* Whether the form asks for what was previewed on this very state of the case. */
static bool is_confirmed(const struct form *form, const struct case_view *now)
{
    int seen = field_named(form, "seen");
    return is_confirming(form) && form_has(form, seen) &&
           form_count(form, seen) == (int64_t)now->event_count;
}

static bool asked_weigh(struct request *r, int64_t pp, const struct case_asked *asked,
                        struct approval_weight *weight, struct fail *f)
{
    struct setting s = case_setting(r);
    return approval_weigh(&s, pp, asked->act.kind, asked->event, asked->amount, weight, f);
}

const char *case_before_words(struct request *r, const struct approval_weight *w)
{
    if (!w->before.p) return "";
    return arena_print(r->arena, "%s in the last %d days", case_pounds(r->arena, w->before),
                       approval_days(r->today));
}

const char *case_second_words(struct request *r, int64_t pp, const struct case_asked *asked)
{
    struct fail f = { 0 };
    struct approval_weight w;

    if (!asked_weigh(r, pp, asked, &w, &f)) {
        respond_fail(r, &f);
        return NULL;
    }
    if (!w.second) return "";
    if (!w.limited)
        return "A second person must approve this. Going on asks for it; nothing is done before.";
    const char *why = w.before.p ? arena_print(r->arena,
                                               "It is added to what was done of its kind in this "
                                               "family by anybody, %s. ",
                                               case_before_words(r, &w))
                                 : "";
    return arena_print(r->arena,
                       "%sMore than %s needs a second person. Going on asks for it; nothing is "
                       "done before.",
                       why, case_pounds(r->arena, w.limit));
}

/* What was just done is undone, and asked for. */
static bool second_ask(struct request *r, int64_t pp, const struct case_asked *asked,
                       struct fail *f)
{
    struct setting s = case_setting(r);
    struct approval_effect effect;
    int64_t ask;

    if (!approval_effect_of(&s, pp, asked->act.kind, asked->event, asked->amount, &effect, f))
        return false;
    store_rollback(r->store);
    if (!store_begin(r->store, STORE_WRITING, f) ||
        !approval_ask(&s, pp, &asked->act, &effect, asked->why, &ask, f) ||
        !store_commit(r->store, f))
        return false;
    respond_redirect(r, arena_print(r->arena, "/case/%lld/approvals?done=asked", (long long)pp));
    return true;
}

/* True when it is done or shown. */
static bool change_try(struct request *r, struct case_view *v, const struct case_change *change,
                       struct fail *f)
{
    int64_t pp = v->g.pp;

    if (!store_begin(r->store, STORE_WRITING, f)) return false;
    /* Read again inside the transaction: nobody else can write until it ends. */
    if (!(change->read ? change->read(r, v) : case_read(r, pp, v))) return true;
    if (!change->run(r, v, f)) return false;
    if (!is_confirmed(&r->form, v)) {
        change->preview(r, v);
        return true;
    }
    struct approval_weight weight = { .second = false };
    struct case_asked asked;
    if (change->asked && change->asked(r, v, &asked) && !asked_weigh(r, pp, &asked, &weight, f))
        return false;
    if (weight.second) return second_ask(r, pp, &asked, f);
    const char *done = change->done ? change->done : change->done_at(r, v);
    if (!store_commit(r->store, f)) return false;
    respond_redirect(r, arena_print(r->arena, "/case/%lld/%s", (long long)pp, done));
    return true;
}

void case_change_do(struct request *r, struct case_view *v, const struct case_change *change)
{
    struct fail f = { 0 };

    if (!r->form.errors) {
        bool fine = change_try(r, v, change, &f);
        store_rollback(r->store);
        if (fine) return;
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, change->field(&f), case_sentence(r, &f));
    }
    change->show(r, v);
}

int case_field_find(const struct case_field *table, size_t n, const char *word, int otherwise)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(table[i].word, word)) return table[i].field;
    return otherwise;
}
