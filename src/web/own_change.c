/* own_change.c: a parent tells us of a change: one question on each page, the answers, and what it
 * would do before it is sent.  What was typed travels in the form: nothing is kept until it is
 * sent.
 *
 * What it would do is the verbs themselves, in a transaction that is rolled back. */
#include "web/own_change.h"

#include "base/say.h"
#include "web/case_change.h"
#include "web/own_told.h"

#include <stdlib.h>
#include <string.h>

static const char *const ask_words[OWN_ASKS] = { "about", "value", "when", "note" };

/* ---- whom it can be about ---- */

static void about_add(struct own_change *p, const struct request *r, int64_t id)
{
    p->abouts[p->about_count++] = (struct view_option){
        .value = arena_print(r->arena, "%lld", (long long)id),
        .label = change_about_words(&p->v.c.g, p->kind, id, r->arena),
    };
}

static void abouts_fill(struct request *r, struct own_change *p)
{
    const struct group *g = &p->v.c.g;

    p->abouts = ARENA_MANY(r->arena, struct view_option, g->fact_count + g->arrangement_count + 1);
    for (size_t i = 0; p->kind->about == CHANGE_ABOUT_CHILD && i < g->fact_count; i++) {
        const struct sql_fact_list_row *f = &g->facts[i];
        int64_t lives                     = strtoll(f->value, NULL, 10);
        date day                          = date_max(r->today, group_first_effective(g));
        if (!strcmp(f->kind, fact_kind_table[FACT_LIVES_WITH].name) &&
            !date_before(day, f->valid_from) && date_before(day, f->valid_to) &&
            (!p->v.side.reader || p->v.side.reader == lives))
            about_add(p, r, f->subject);
    }
    for (size_t i = 0; p->kind->about == CHANGE_ABOUT_ARRANGEMENT && i < g->arrangement_count; i++)
        if (!p->v.side.reader || p->v.side.reader == g->arrangements[i].id)
            about_add(p, r, g->arrangements[i].id);
}

static bool is_offered(const struct request *r, const struct own_change *p)
{
    return !(p->kind->alone && own_is_acting(&r->session)) &&
           change_kind_is_for(p->kind, own_role(&p->v)) &&
           (p->about_count ||
            (p->kind->about != CHANGE_ABOUT_CHILD && p->kind->about != CHANGE_ABOUT_ARRANGEMENT));
}

bool own_change_turn(struct request *r, const struct change_kind_entry *kind, struct own_change *p)
{
    p->kind        = kind;
    p->about_count = 0;
    abouts_fill(r, p);
    p->answer = change_kind_answer(kind);
    return is_offered(r, p);
}

bool own_change_open(struct request *r, const char *name, struct own_change *p)
{
    const struct change_kind_entry *kind = change_kind_find(name);

    *p = (struct own_change){ .kind = NULL };
    if (!own_open(r, &p->v)) return false;
    if (kind && own_change_turn(r, kind, p)) return true;
    respond_missing(r);
    return false;
}

/* ---- the list ---- */

static bool side_fill(struct request *r, const struct own_side *side,
                      struct view_own_change_side *s)
{
    struct own_change p;
    struct view_own_told_row *told;

    if (!own_read(r, side, &p.v) || !own_told_rows(r, &p.v, false, &told, &s->told_count))
        return false;
    struct view_own_change_group *groups =
        ARENA_MANY(r->arena, struct view_own_change_group, change_group_count);
    for (int32_t i = 0; i < change_group_count; i++) {
        const struct change_group *g = &change_group_table[i];
        struct view_own_change_kind *rows =
            ARENA_MANY(r->arena, struct view_own_change_kind, g->end - g->first);
        groups[i] = (struct view_own_change_group){ .title = g->title, .kinds = rows };
        for (int32_t k = g->first; k < g->end; k++) {
            if (own_change_turn(r, &change_kind_table[k], &p))
                rows[groups[i].kinds_count++] =
                    (struct view_own_change_kind){ p.kind->title,
                                                   arena_print(r->arena, "/home/change/%s/%s",
                                                               side->ref, p.kind->name) };
        }
    }
    s->ref          = side->ref;
    s->pays         = !side->reader;
    s->groups       = groups;
    s->groups_count = change_group_count;
    s->told         = told;
    return true;
}

void own_changes(struct request *r)
{
    struct own_side *sides;
    size_t n;

    if (!own_sides_of_parent(r, &sides, &n)) return;
    struct view_own_change_side *rows = ARENA_MANY(r->arena, struct view_own_change_side, n);
    for (size_t i = 0; i < n; i++)
        if (!side_fill(r, &sides[i], &rows[i])) return;
    struct page_own_changes p = { .several = n > 1, .sides = rows, .sides_count = (int32_t)n };
    page_own_changes(&r->out, own_frame(r, "change", "/home"), &p);
}

/* ---- the answers ---- */

bool own_change_is_asked(const struct own_change *p, enum own_ask ask)
{
    switch (ask) {
    case ASK_ABOUT: return p->about_count > 1;
    case ASK_VALUE: return *p->kind->ask != '\0';
    case ASK_WHEN: return *p->kind->when != '\0';
    case ASK_NOTE: return !p->kind->straight;
    case OWN_ASKS: break;
    }
    return false;
}

int own_change_field(const struct own_change *p, enum own_ask ask)
{
    static const int fields[OWN_ASKS] = { [ASK_ABOUT] = FORM_OWN_CHANGE_ABOUT,
                                          [ASK_WHEN]  = FORM_OWN_CHANGE_HAPPENED,
                                          [ASK_NOTE]  = FORM_OWN_CHANGE_NOTE };
    if (ask != ASK_VALUE) return fields[ask];
    switch (fact_kind_table[p->answer].value) {
    case VALUE_MONEY:
    case VALUE_VARIATION: return FORM_OWN_CHANGE_AMOUNT;
    case VALUE_COUNT: return FORM_OWN_CHANGE_NUMBER;
    case VALUE_CHOICE: return FORM_OWN_CHANGE_PICK;
    case VALUE_YES:
    case VALUE_TEXT:
    case VALUE_ACCOUNT: break;
    }
    return FORM_OWN_CHANGE_TEXT;
}

/* The answer as a fact has it; NULL where none is asked for and none is meant. */
static const char *value_of(struct request *r, const struct own_change *p)
{
    if (p->answer == FACT_KINDS || p->kind->ends) return NULL;
    if (!*p->kind->ask) return "yes";
    int field = own_change_field(p, ASK_VALUE);
    if (!form_has(&r->form, field)) return "";
    switch (fact_kind_table[p->answer].value) {
    case VALUE_MONEY:
        return money_text(form_money(&r->form, field), arena_take(r->arena, MONEY_TEXT));
    case VALUE_VARIATION:
        return arena_print(
            r->arena, "weekly %s",
            money_text(form_money(&r->form, field), arena_take(r->arena, MONEY_TEXT)));
    case VALUE_COUNT: return arena_print(r->arena, "%lld", (long long)form_count(&r->form, field));
    case VALUE_CHOICE:
    case VALUE_YES:
    case VALUE_TEXT:
    case VALUE_ACCOUNT: break;
    }
    return case_lines(r->arena, form_text(&r->form, field));
}

void own_change_read(struct request *r, struct own_change *p)
{
    const char *about =
        p->about_count == 1 ? p->abouts[0].value : form_text(&r->form, FORM_OWN_CHANGE_ABOUT);
    bool dated = form_has(&r->form, FORM_OWN_CHANGE_HAPPENED);

    p->change = (struct asking_change){
        .kind        = p->kind,
        .person      = own_person(&p->v),
        .role        = own_role(&p->v),
        .subject     = p->about_count ? case_number(about) : 0,
        .value       = value_of(r, p),
        .happened_on = dated ? form_date(&r->form, FORM_OWN_CHANGE_HAPPENED) : r->today,
        .note        = case_lines(r->arena, form_text(&r->form, FORM_OWN_CHANGE_NOTE)),
        .evidence    = case_lines(r->arena, form_text(&r->form, FORM_OWN_CHANGE_EVIDENCE)),
    };
}

static bool is_listed(const struct own_change *p, const char *value)
{
    for (int32_t i = 0; i < p->about_count; i++)
        if (!strcmp(p->abouts[i].value, value)) return true;
    return false;
}

static bool is_choice(const struct own_change *p, const char *word)
{
    for (int32_t i = 0; i < p->kind->choice_count; i++)
        if (!strcmp(p->kind->choices[i].word, word)) return true;
    return false;
}

bool own_change_check(struct request *r, const struct own_change *p, enum own_ask ask)
{
    int field     = own_change_field(p, ask);
    struct fail f = { 0 };

    if (r->form.values[field].error ||
        (ask == ASK_NOTE && r->form.values[FORM_OWN_CHANGE_EVIDENCE].error))
        return false;
    bool given = form_has(&r->form, field);
    if (ask == ASK_ABOUT && !is_listed(p, form_text(&r->form, field)))
        form_refuse(&r->form, field, form_own_change_says_answer);
    else if (ask == ASK_VALUE && field == FORM_OWN_CHANGE_PICK &&
             !is_choice(p, form_text(&r->form, field)))
        form_refuse(&r->form, field, form_own_change_says_answer);
    else if (ask == ASK_VALUE && !given)
        form_refuse(&r->form, field, form_own_change_says_value);
    else if (ask == ASK_VALUE && !fact_value_check(p->answer, p->change.value, &f))
        form_refuse(&r->form, field, case_sentence(r, &f));
    else if (ask == ASK_WHEN && !given)
        form_refuse(&r->form, field, form_own_change_says_happened);
    else if (ask == ASK_NOTE && !given && !*p->kind->fact && !*p->kind->keeps)
        form_refuse(&r->form, field, form_own_change_says_note);
    return !r->form.values[field].error;
}

/* ---- pages ---- */

static const char *change_path(struct request *r, const struct own_change *p)
{
    return arena_print(r->arena, "/home/change/%s/%s", p->v.side.ref, p->kind->name);
}

static const char *form_kind(const struct own_change *p)
{
    static const char *const words[] = { [FORM_OWN_CHANGE_AMOUNT] = "money",
                                         [FORM_OWN_CHANGE_NUMBER] = "count",
                                         [FORM_OWN_CHANGE_PICK]   = "choice",
                                         [FORM_OWN_CHANGE_TEXT]   = "text" };
    return words[own_change_field(p, ASK_VALUE)];
}

static void ask_show(struct request *r, struct own_change *p, enum own_ask ask)
{
    const struct change_kind_entry *k = p->kind;
    /* What this page asks for it sends itself. */
    static const char *const own[OWN_ASKS] = { "page go act seen about",
                                               "page go act seen amount number pick text",
                                               "page go act seen happened",
                                               "page go act seen note evidence" };
    struct view_option *picks = ARENA_MANY(r->arena, struct view_option, k->choice_count + 1);
    for (int32_t i = 0; i < k->choice_count; i++)
        picks[i] = (struct view_option){ .value = k->choices[i].word, .label = k->choices[i].text };
    struct page_own_change_ask page = {
        .path         = change_path(r, p),
        .title        = k->title,
        .asks         = ask_words[ask],
        .kind         = *k->ask ? form_kind(p) : "",
        .ask          = k->ask,
        .hint         = k->hint,
        .when         = k->when,
        .evidence     = k->evidence,
        .must         = !*k->fact && !*k->keeps,
        .duty         = k->duty & UINT32_C(1) << own_role(&p->v) ? k->duty_days : 0,
        .about        = form_view(&r->form, FORM_OWN_CHANGE_ABOUT),
        .abouts       = p->abouts,
        .abouts_count = p->about_count,
        .amount       = form_view(&r->form, FORM_OWN_CHANGE_AMOUNT),
        .number       = form_view(&r->form, FORM_OWN_CHANGE_NUMBER),
        .pick         = form_view(&r->form, FORM_OWN_CHANGE_PICK),
        .picks        = picks,
        .picks_count  = k->choice_count,
        .text         = form_view(&r->form, FORM_OWN_CHANGE_TEXT),
        .lines        = p->answer == FACT_ADDRESS || p->answer == FACT_WORKPLACE ||
                 p->answer == FACT_SAFE_WORDS,
        .happened = form_view(&r->form, FORM_OWN_CHANGE_HAPPENED),
        .note     = form_view(&r->form, FORM_OWN_CHANGE_NOTE),
        .shows    = form_view(&r->form, FORM_OWN_CHANGE_EVIDENCE),
    };
    page.fields = case_hidden(r, own[ask], &page.fields_count);
    page_own_change_ask(&r->out, own_frame(r, "change", "/home/change"), &page);
}

static void check_show(struct request *r, struct own_change *p)
{
    enum { MOST = 5 };
    const struct asking_change *c     = &p->change;
    struct view_own_answer *at        = ARENA_MANY(r->arena, struct view_own_answer, MOST);
    struct page_own_change_check page = { .path    = change_path(r, p),
                                          .title   = p->kind->title,
                                          .answers = at };

    if (own_change_is_asked(p, ASK_ABOUT))
        at[page.answers_count++] = (struct view_own_answer){
            SAY("Which one"),
            said_to(r, change_about_words(&p->v.c.g, p->kind, c->subject, r->arena)), "about"
        };
    if (own_change_is_asked(p, ASK_VALUE))
        at[page.answers_count++] = (struct view_own_answer){
            p->kind->ask, said_to(r, change_value_words(p->kind, c->value, r->arena)), "value"
        };
    if (own_change_is_asked(p, ASK_WHEN))
        at[page.answers_count++] = (struct view_own_answer){
            p->kind->when, said_to(r, case_day_words(r->arena, c->happened_on)), "when"
        };
    if (own_change_is_asked(p, ASK_NOTE)) {
        at[page.answers_count++] = (struct view_own_answer){ SAY("Told us more"), c->note, "note" };
        if (*p->kind->evidence)
            at[page.answers_count++] =
                (struct view_own_answer){ SAY("Can show us"), c->evidence, "note" };
    }
    page.fields = case_hidden(r, "page go act seen", &page.fields_count);
    page_own_change_check(&r->out, own_frame(r, "change", "/home/change"), &page);
}

/* ---- what it would do ---- */

/* A receiving parent is shown only their own amount, and nothing where it could tell what they may
 * not know: of the paying parent's own changes, or while another change is not decided. */
static bool may_be_worked_out(const struct own_change *p)
{
    return p->kind->straight ||
           ((p->kind->preview & UINT32_C(1) << own_role(&p->v)) != 0 && !case_waits(&p->v.c));
}

static void would_row(const struct own_change *p, const char *what, int64_t arrangement,
                      struct page_own_change_preview *page)
{
    date from                               = p->effect.change.counts_from;
    const struct sql_decision_list_row *was = group_decision_at(&p->v.c.g, from);
    const struct sql_decision_list_row *is  = group_decision_at(&p->effect.after, from);
    struct view_own_would_row row           = { .what = what };

    if (was) row.before = arrangement ? group_award(&p->v.c.g, was->id, arrangement) : was->weekly;
    if (is)
        row.after = arrangement ? group_award(&p->effect.after, is->id, arrangement) : is->weekly;
    row.same                                                      = row.before.p == row.after.p;
    ((struct view_own_would_row *)page->rows)[page->rows_count++] = row;
}

static void rows_fill(struct request *r, const struct own_change *p,
                      struct page_own_change_preview *page)
{
    const struct group *g = &p->v.c.g;

    page->rows = ARENA_MANY(r->arena, struct view_own_would_row, g->arrangement_count + 1);
    if (p->v.side.reader) {
        would_row(p, SAY("To you"), p->v.side.reader, page);
        return;
    }
    for (size_t i = 0; i < g->arrangement_count; i++)
        would_row(p, arena_print(r->arena, SAY("Arrangement %s"), g->arrangements[i].ref),
                  g->arrangements[i].id, page);
    if (g->arrangement_count > 1) would_row(p, SAY("Together"), 0, page);
}

static const char *would_words(const struct own_change *p, const struct page_own_change_preview *w)
{
    static const char *const words[] = { [WOULD_NOT_KNOWN] = "unknown",
                                         [WOULD_NOTHING]   = "nothing",
                                         [WOULD_NOT_COUNT] = "small",
                                         [WOULD_CHANGE]    = "change" };
    bool same                        = true;

    if (p->kind->straight) return "straight";
    if (!may_be_worked_out(p)) return "unknown";
    for (int32_t i = 0; i < w->rows_count; i++)
        same &= w->rows[i].same;
    return p->effect.would == WOULD_CHANGE && same ? "nothing" : words[p->effect.would];
}

/* What was shown, so that it is sent only when it still comes to the same. */
static const char *seen_of(struct request *r, const struct page_own_change_preview *w)
{
    struct out o = { .arena = r->arena };

    out_print(&o, "%s", w->would);
    if (!strcmp(w->would, "change")) {
        out_print(&o, " %d", w->from.d);
        for (int32_t i = 0; i < w->rows_count && o.length < 60; i++)
            out_print(&o, " %lld", (long long)w->rows[i].after.p);
    }
    return out_string(&o);
}

bool own_change_would(struct request *r, struct own_change *p, struct fail *f)
{
    struct setting s                  = case_setting(r);
    struct page_own_change_preview *w = &p->would;
    bool fine                         = store_begin(r->store, STORE_WRITING, f) &&
                asking_try(&s, p->v.side.pp, &p->change, &p->effect, f);

    store_rollback(r->store);
    if (!fine) return false;
    *w = (struct page_own_change_preview){
        .path     = change_path(r, p),
        .title    = p->kind->title,
        .waits    = case_waits(&p->v.c),
        .from     = p->effect.change.counts_from,
        .pays     = !p->v.side.reader,
        .next     = p->kind->next,
        .told     = p->kind->told,
        .evidence = p->kind->evidence,
        .by       = clock_dates_from(CLOCK_CHANGE_REPORT, r->today).due,
    };
    if (p->effect.would == WOULD_CHANGE || p->effect.would == WOULD_NOTHING)
        if (!p->kind->straight) rows_fill(r, p, w);
    w->would = would_words(p, w);
    w->seen  = seen_of(r, w);
    return true;
}

bool own_change_send(struct request *r, const struct own_change *p, const char *key, int64_t *event,
                     struct fail *f)
{
    struct setting s = case_setting(r);

    s.actor   = own_actor(r);
    bool fine = store_begin(r->store, STORE_WRITING, f) &&
                asking_tell(&s, p->v.side.pp, key, &p->change, event, f) &&
                (!*event || store_commit(r->store, f));
    store_rollback(r->store);
    return fine;
}

/* Shows what it would do, or sends what was shown. */
static void change_preview(struct request *r, struct own_change *p)
{
    bool confirm  = form_is(&r->form, FORM_OWN_CHANGE_ACT, "confirm");
    struct fail f = { 0 };
    int64_t event;
    bool fine = own_change_would(r, p, &f);

    if (fine && confirm && !strcmp(form_text(&r->form, FORM_OWN_CHANGE_SEEN), p->would.seen)) {
        fine = own_change_send(r, p, NULL, &event, &f);
        if (fine) {
            respond_redirect(r, arena_print(r->arena, "/home/told/%s/%lld?done=told", p->v.side.ref,
                                            (long long)event));
            return;
        }
    }
    if (fine) {
        p->would.changed = confirm;
        p->would.fields  = case_hidden(r, "page go act seen", &p->would.fields_count);
        page_own_change_preview(&r->out, own_frame(r, "change", "/home/change"), &p->would);
        return;
    }
    if (f.kind != FAIL_REFUSED) {
        respond_fail(r, &f);
        return;
    }
    enum own_ask ask = !strcmp(f.code, "value_wrong") && own_change_is_asked(p, ASK_VALUE)
                           ? ASK_VALUE
                       : own_change_is_asked(p, ASK_WHEN) ? ASK_WHEN
                                                          : ASK_VALUE;
    form_refuse(&r->form, own_change_field(p, ask), case_sentence(r, &f));
    ask_show(r, p, ask);
}

/* ---- what is shown next ---- */

static enum own_ask ask_named(const struct own_change *p, const char *word)
{
    for (int i = 0; i < OWN_ASKS; i++)
        if (!strcmp(word, ask_words[i]) && own_change_is_asked(p, (enum own_ask)i))
            return (enum own_ask)i;
    return OWN_ASKS;
}

static enum own_ask ask_after(const struct own_change *p, int from)
{
    for (int i = from; i < OWN_ASKS; i++)
        if (own_change_is_asked(p, (enum own_ask)i)) return (enum own_ask)i;
    return OWN_ASKS;
}

void own_change(struct request *r)
{
    struct own_change p;

    if (!own_change_open(r, r->params[1], &p)) return;
    form_new(&r->form, r->arena, &form_own_change);
    ask_show(r, &p, ask_after(&p, 0));
}

/* The question to be shown: one that is to be changed, or the first that is answered wrongly, or
 * the next one after that which was answered now; OWN_ASKS: none is left. */
static enum own_ask ask_next(struct request *r, const struct own_change *p)
{
    enum own_ask change = ask_named(p, form_text(&r->form, FORM_OWN_CHANGE_GO));
    enum own_ask last   = ask_named(p, form_text(&r->form, FORM_OWN_CHANGE_PAGE));

    if (change != OWN_ASKS) return change;
    for (enum own_ask i = ask_after(p, 0); i != OWN_ASKS; i = ask_after(p, (int)i + 1)) {
        bool fresh = i > last && !form_has(&r->form, own_change_field(p, i));
        if (fresh || !own_change_check(r, p, i)) return i;
    }
    return OWN_ASKS;
}

void own_change_do(struct request *r)
{
    struct own_change p;

    if (!own_change_open(r, r->params[1], &p)) return;
    own_change_read(r, &p);
    enum own_ask ask = ask_next(r, &p);
    if (ask != OWN_ASKS)
        ask_show(r, &p, ask);
    else if (form_is(&r->form, FORM_OWN_CHANGE_GO, "preview") ||
             form_is(&r->form, FORM_OWN_CHANGE_ACT, "confirm"))
        change_preview(r, &p);
    else
        check_show(r, &p);
}
