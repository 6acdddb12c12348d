/* own_told.c: what a parent told us and asked of us: lists of it, and each on its page. */
#include "web/own_told.h"

#include "base/say.h"
#include <string.h>

int64_t own_person(const struct own_view *v)
{
    return v->side.reader ? group_arrangement(&v->c.g, v->side.reader)->rp : v->side.pp;
}

enum machine_role own_role(const struct own_view *v)
{
    return v->side.reader ? ROLE_RECEIVING_PARENT : ROLE_PAYING_PARENT;
}

/* ---- words ---- */

const char *change_value_words(const struct change_kind_entry *k, const char *value,
                               struct arena *a)
{
    enum fact_kind fact = change_kind_answer(k);
    struct rule_variation v;
    money m;

    if (fact == FACT_KINDS || !value) return "";
    for (int32_t i = 0; i < k->choice_count; i++)
        if (!strcmp(k->choices[i].word, value)) return k->choices[i].text;
    if (fact_kind_table[fact].value == VALUE_VARIATION && fact_value_variation(value, &v))
        return arena_print(a, SAY("%s a week"), case_pounds(a, v.amount));
    if (fact_kind_table[fact].value == VALUE_MONEY && money_parse(value, strlen(value), &m))
        return case_pounds(a, m);
    return value;
}

const char *change_about_words(const struct group *g, const struct change_kind_entry *k,
                               int64_t subject, struct arena *a)
{
    const struct sql_group_people_row *child = group_person(g, subject);
    const struct sql_arrangement_list_row *o = group_arrangement(g, subject);

    if (k->about == CHANGE_ABOUT_CHILD && child) return child->given;
    return k->about == CHANGE_ABOUT_ARRANGEMENT && o ? arena_print(a, SAY("Arrangement %s"), o->ref)
                                                     : "";
}

struct told_answers {
    struct view_own_answer *at;
    int32_t n;
};

static void answer_add(struct told_answers *s, const char *key, const char *value)
{
    if (*value) s->at[s->n++] = (struct view_own_answer){ .key = key, .value = value };
}

struct view_own_answer *asking_answers(struct request *r, const struct group *g,
                                       const struct asking *a, int32_t *n)
{
    enum { MOST = 6 };
    struct arena *arena               = r->arena;
    const struct change_kind_entry *k = a->kind;
    struct told_answers s             = { ARENA_MANY(arena, struct view_own_answer, MOST), 0 };
    const char *day                   = case_day_words(arena, a->row.happened_on);

    if (k) {
        answer_add(&s, SAY("About"), said_to(r, change_about_words(g, k, a->row.subject, arena)));
        answer_add(&s, k->ask, said_to(r, change_value_words(k, a->row.value, arena)));
        answer_add(&s, k->when, *k->when ? said_to(r, day) : "");
        answer_add(&s, SAY("Told us more"), a->row.note);
        answer_add(&s, SAY("Can show us"), a->row.evidence);
    } else {
        answer_add(&s, SAY("The decision from"), said_to(r, day));
        answer_add(&s, SAY("What is wrong with it"), a->row.note);
        answer_add(&s, SAY("Why it is late"), a->row.evidence);
    }
    *n = s.n;
    return s.at;
}

struct view_own_told_step *asking_steps(struct request *r, const struct asking *a, int32_t *n)
{
    struct view_own_told_step *at =
        ARENA_MANY(r->arena, struct view_own_told_step, a->step_count + 1);

    *n = 0;
    for (size_t i = 1; i < a->step_count; i++) { /* the first is the telling itself */
        const struct sql_step_list_row *s = &a->steps[i];
        int32_t event                     = machine_event_find(a->machine, s->happening);
        struct view_own_told_step *to     = &at[(*n)++];
        to->on                            = s->day;
        to->text                          = a->machine->events[event].label;
        to->words                         = s->reason;
    }
    return at;
}

/* ---- lists ---- */

static struct view_own_told_row row_of(struct request *r, const struct own_view *v,
                                       const struct asking *a)
{
    struct view_own_told_row row = {
        .title = a->kind ? a->kind->title : SAY("The decision should be looked at again"),
        .link  = arena_print(r->arena, "/home/told/%s/%lld", v->side.ref, (long long)a->row.event),
        .on    = a->row.day,
        .state = a->machine->states[a->state].name,
        .open  = asking_is_open(a),
    };

    for (size_t i = 0; i < v->c.g.clock_count && row.open; i++) {
        const struct sql_clock_live_row *w = &v->c.g.clocks[i];
        enum clock_kind kind               = clock_kind_find(w->kind);
        if (w->subject != a->row.event ||
            (kind != CLOCK_CHANGE_REPORT && kind != CLOCK_CHANGE_EVIDENCE &&
             kind != CLOCK_RECONSIDERATION))
            continue;
        row.due     = w->due;
        row.has_due = true;
    }
    return row;
}

static bool own_list(struct request *r, const struct own_view *v, struct asking **list, size_t *n)
{
    struct fail f = { 0 };

    if (asking_list(r->store, r->arena, &v->c.g, list, n, &f)) return true;
    respond_fail(r, &f);
    return false;
}

bool own_told_rows(struct request *r, const struct own_view *v, bool open_only,
                   struct view_own_told_row **rows, int32_t *count)
{
    struct asking *list;
    size_t n;

    if (!own_list(r, v, &list, &n)) return false;
    *rows  = ARENA_MANY(r->arena, struct view_own_told_row, n + 1);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (list[i].row.person == own_person(v) && (!open_only || asking_is_open(&list[i])))
            (*rows)[(*count)++] = row_of(r, v, &list[i]);
    return true;
}

/* ---- one ---- */

struct told_page {
    struct own_view v;
    const struct asking *a;
};

/* Only what that person told themselves; else 404. */
static bool told_open(struct request *r, struct told_page *p)
{
    struct asking *list;
    size_t n;

    if (!own_open(r, &p->v) || !own_list(r, &p->v, &list, &n)) return false;
    p->a = asking_find(list, n, case_number(r->params[1]));
    if (p->a && p->a->row.person == own_person(&p->v)) return true;
    respond_missing(r);
    return false;
}

/* The new amount of the arrangement they read, and until when they can appeal. */
static void outcome_fill(const struct told_page *p, date today, struct page_own_told *page)
{
    const struct group *g                 = &p->v.c.g;
    const struct sql_decision_list_row *d = asking_decision(p->a, g);
    const struct sql_step_list_row *last  = &p->a->steps[p->a->step_count - 1];
    const struct law *law = law_at((enum jurisdiction)g->arrangements[0].jurisdiction, today);
    const struct sql_arrangement_list_row *shown =
        p->v.side.reader ? group_arrangement(g, p->v.side.reader) : g->arrangements;

    page->arrangement = shown->ref;
    if (d) {
        page->has_decision = true;
        page->weekly       = p->v.side.reader ? group_award(g, d->id, p->v.side.reader) : d->weekly;
        page->from         = d->effective_from;
    }
    if (p->a->kind || asking_is_open(p->a)) return;
    page->has_appeal = true;
    page->appeal     = date_add_months(last->day, law->appeal_months);
}

static void told_show(struct request *r, const struct told_page *p, const char *done)
{
    int side = own_role(&p->v) == ROLE_PAYING_PARENT ? TOLD_PAYING : TOLD_RECEIVING;
    struct page_own_told page = {
        .path = arena_print(r->arena, "/home/told/%s/%s", p->v.side.ref, r->params[1]),
        .row  = row_of(r, &p->v, p->a),
        .says = p->a->machine->states[p->a->state]
                    .says[side][r->frame.welsh ? MACHINE_WELSH : MACHINE_ENGLISH],
        .done = done,
        .said = form_view(&r->form, FORM_OWN_TOLD_SAID),
    };

    page.answers = asking_answers(r, &p->v.c.g, p->a, &page.answers_count);
    page.steps   = asking_steps(r, p->a, &page.steps_count);
    outcome_fill(p, r->today, &page);
    page_own_told(&r->out, own_frame(r, "home", "/home"), &page);
}

void own_told(struct request *r)
{
    const char *done = form_text(&r->form, FORM_OWN_TOLD_SAID_DONE);
    struct told_page p;

    if (!told_open(r, &p)) return;
    form_new(&r->form, r->arena, &form_own_told);
    told_show(r, &p, done);
}

void own_told_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct told_page p;

    if (!told_open(r, &p)) return;
    if (!r->form.errors) {
        s.actor = own_actor(r);
        bool fine =
            store_begin(r->store, STORE_WRITING, &f) &&
            asking_step(&s, p.v.side.pp, p.a, CHANGE_REPORT_EVENT_ANSWER,
                        case_lines(r->arena, form_text(&r->form, FORM_OWN_TOLD_SAID)), &f) &&
            store_commit(r->store, &f);
        store_rollback(r->store);
        if (fine) {
            respond_redirect(r, arena_print(r->arena, "/home/told/%s/%s?done=answered",
                                            p.v.side.ref, r->params[1]));
            return;
        }
        if (f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        form_refuse(&r->form, FORM_OWN_TOLD_SAID, case_sentence(r, &f));
    }
    told_show(r, &p, "");
}
