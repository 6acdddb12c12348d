/* own_messages.c: what a parent and the service write to each other, as the parent sees it; a
 * complaint from any of their pages. */
#include "web/own_talk.h"

#include "base/say.h"
#include "flow/clock_kind.h"

#include <string.h>

bool own_talk_is_theirs(const struct own_view *v, const struct sql_message_list_row *m)
{
    return m->arrangement == v->side.reader;
}

int64_t own_talk_place(const struct own_view *v, const struct talks *t, int64_t number)
{
    int64_t place = 0;

    for (size_t i = 0; i < t->n && t->rows[i].event <= number; i++)
        place += own_talk_is_theirs(v, &t->rows[i]);
    return place;
}

static const char *path_of(struct request *r, const struct own_view *v, const struct talks *t,
                           int64_t talk)
{
    return arena_print(r->arena, "/home/message/%s/%lld", v->side.ref,
                       (long long)own_talk_place(v, t, talk));
}

/* ---- the list ---- */

static const char *side_name(struct request *r, const struct own_view *v, size_t sides)
{
    if (sides < 2) return "";
    return arena_print(r->arena, v->side.reader ? SAY("arrangement %s") : SAY("what you pay, %s"),
                       v->side.ref);
}

struct lines {
    struct view_talk_line *at;
    size_t n;
};

static bool lines_add(struct request *r, const struct own_view *v, const char *name,
                      struct lines *l)
{
    struct talks t;

    if (!talks_read(r, &v->c.g, &t)) return false;
    l->at = arena_grow(r->arena, l->at, l->n * sizeof *l->at, (l->n + t.n) * sizeof *l->at);
    for (size_t i = t.n; i > 0; i--) {
        const struct sql_message_list_row *m = &t.rows[i - 1];
        if (!own_talk_is_theirs(v, m) || m->talk != m->event) continue;
        struct view_talk_line *line = &l->at[l->n++];
        *line                       = talk_line(r, &t, m->talk, false);
        line->who                   = name;
        line->link                  = path_of(r, v, &t, m->talk);
    }
    return true;
}

/* By the last word, the newest first; of one day as they are. */
static void lines_order(struct lines *l)
{
    for (size_t i = 1; i < l->n; i++) {
        struct view_talk_line line = l->at[i];
        size_t k                   = i;
        for (; k > 0 && date_before(l->at[k - 1].last, line.last); k--)
            l->at[k] = l->at[k - 1];
        l->at[k] = line;
    }
}

/* Every side, with where to write about it; query: "" or what comes after the address. */
static bool sides_fill(struct request *r, const char *query, struct view_own_side_link **links,
                       int32_t *count, struct lines *l)
{
    struct own_side *sides;
    struct own_view v;
    size_t n;

    if (!own_sides_of_parent(r, &sides, &n)) return false;
    *links = ARENA_MANY(r->arena, struct view_own_side_link, n);
    *count = (int32_t)n;
    for (size_t i = 0; i < n; i++) {
        if (!own_read(r, &sides[i], &v)) return false;
        const char *name = side_name(r, &v, n);
        (*links)[i]      = (struct view_own_side_link){
                 .ref  = sides[i].ref,
                 .name = name,
                 .link = arena_print(r->arena, "/home/write/%s%s", sides[i].ref, query),
        };
        if (l && !lines_add(r, &v, name, l)) return false;
    }
    return true;
}

void own_messages(struct request *r)
{
    struct page_own_messages p = { .done = form_has(&r->form, FORM_OWN_SENT_DONE) };
    struct view_own_side_link *sides;
    struct lines l = { 0 };

    if (!sides_fill(r, "", &sides, &p.sides_count, &l)) return;
    lines_order(&l);
    p.sides       = sides;
    p.talks       = l.at;
    p.talks_count = (int32_t)l.n;
    page_own_messages(&r->out, own_frame(r, "messages", NULL), &p);
}

void own_complaint(struct request *r)
{
    struct page_own_complaint p = { .by = clock_dates_from(CLOCK_COMPLAINT, r->today).due };
    struct view_own_side_link *sides;

    if (!sides_fill(r, "?kind=complaint", &sides, &p.sides_count, NULL)) return;
    p.sides = sides;
    page_own_complaint(&r->out, own_frame(r, "messages", "/home"), &p);
}

/* ---- writing ---- */

static bool once_good(const char *once)
{
    return strlen(once) == TOKEN_TEXT - 1 && strspn(once, "0123456789abcdef") == TOKEN_TEXT - 1;
}

bool own_talk_send(struct request *r, const struct own_view *v, struct message_order *o,
                   const char *key, struct fail *f)
{
    struct setting s = case_setting(r);

    s.actor        = own_actor(r);
    o->from_parent = true;
    o->arrangement = v->side.reader;
    bool done      = store_begin(r->store, STORE_WRITING, f) &&
                (o->kind == MESSAGE_COMPLAINT ? complaint_make(&s, v->side.pp, key, o, f)
                                              : message_send(&s, v->side.pp, key, o, f)) &&
                store_commit(r->store, f);
    store_rollback(r->store);
    return done;
}

/* Sent once, however often the button is pressed.  True: answered. */
static bool send(struct request *r, const struct own_view *v, struct message_order *o,
                 const char *once, struct fail *f)
{
    bool done = own_talk_send(r, v, o, arena_print(r->arena, "message/%s", once), f);

    if (done) respond_redirect(r, "/home/messages?done=sent");
    if (done || f->kind == FAIL_REFUSED) return done;
    respond_fail(r, f);
    return true;
}

static const char *once_new(struct request *r)
{
    return token_new(arena_take(r->arena, TOKEN_TEXT));
}

static void write_show(struct request *r, const struct own_view *v)
{
    struct page_own_write p = {
        .path         = arena_print(r->arena, "/home/write/%s", v->side.ref),
        .complaint    = form_is(&r->form, FORM_OWN_MESSAGE_KIND, "complaint"),
        .kind         = form_view(&r->form, FORM_OWN_MESSAGE_KIND),
        .words        = form_view(&r->form, FORM_OWN_MESSAGE_WORDS),
        .file         = form_view(&r->form, FORM_OWN_MESSAGE_FILE),
        .once         = once_new(r),
        .by           = clock_dates_from(CLOCK_MESSAGE, r->today).due,
        .complaint_by = clock_dates_from(CLOCK_COMPLAINT, r->today).due,
    };

    page_own_write(&r->out, own_frame(r, "messages", "/home/messages"), &p);
}

void own_write(struct request *r)
{
    const char *kind = form_has(&r->form, FORM_OWN_WRITE_KIND_KIND)
                           ? form_text(&r->form, FORM_OWN_WRITE_KIND_KIND)
                           : NULL;
    struct own_view v;

    if (!own_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_own_message);
    if (kind) form_put_text(&r->form, FORM_OWN_MESSAGE_KIND, kind);
    write_show(r, &v);
}

void own_write_do(struct request *r)
{
    const char *once = form_text(&r->form, FORM_OWN_MESSAGE_ONCE);
    struct own_view v;
    struct fail f = { 0 };

    if (!own_open(r, &v)) return;
    if (!r->form.errors && once_good(once)) {
        struct message_order o = {
            .kind  = message_kind_find(form_text(&r->form, FORM_OWN_MESSAGE_KIND)),
            .words = form_text(&r->form, FORM_OWN_MESSAGE_WORDS),
            .file  = talk_file(r, FORM_OWN_MESSAGE_FILE),
        };
        if (send(r, &v, &o, once, &f)) return;
        form_refuse(&r->form,
                    !strcmp(f.field, "file") ? FORM_OWN_MESSAGE_FILE : FORM_OWN_MESSAGE_WORDS,
                    case_sentence(r, &f));
    }
    write_show(r, &v);
}

/* ---- one conversation ---- */

struct reading {
    struct own_view v;
    struct talks t;
    int64_t talk;
};

int64_t own_talk_at(const struct own_view *v, const struct talks *t, int64_t place)
{
    for (size_t i = 0; i < t->n; i++)
        if (own_talk_is_theirs(v, &t->rows[i]) && own_talk_place(v, t, t->rows[i].event) == place)
            return t->rows[i].talk;
    return 0;
}

static bool reading_open(struct request *r, struct reading *g)
{
    if (!own_open(r, &g->v) || !talks_read(r, &g->v.c.g, &g->t)) return false;
    g->talk = own_talk_at(&g->v, &g->t, case_number(r->params[1]));
    if (g->talk) return true;
    respond_missing(r);
    return false;
}

static void reading_show(struct request *r, const struct reading *g)
{
    const struct complaint *c = talk_complaint(&g->t, g->talk);
    struct page_own_message p = {
        .label      = talk_line(r, &g->t, g->talk, false).label,
        .path       = path_of(r, &g->v, &g->t, g->talk),
        .state      = talk_state(r, &g->t, g->talk, false),
        .has_window = c && c->state == COMPLAINT_STATE_ANSWERED,
        .window     = c ? c->window : DATE_NEVER,
        .words      = form_view(&r->form, FORM_OWN_REPLY_WORDS),
        .file       = form_view(&r->form, FORM_OWN_REPLY_FILE),
        .once       = once_new(r),
    };
    struct view_talk_row *rows;

    if (!talk_rows(r, &g->t, g->talk, false, &rows, &p.rows_count)) return;
    p.rows = rows;
    page_own_message(&r->out, own_frame(r, "messages", "/home/messages"), &p);
}

void own_message(struct request *r)
{
    struct reading g;

    if (!reading_open(r, &g)) return;
    form_new(&r->form, r->arena, &form_own_reply);
    reading_show(r, &g);
}

void own_message_do(struct request *r)
{
    const char *once = form_text(&r->form, FORM_OWN_REPLY_ONCE);
    struct reading g;
    struct fail f = { 0 };

    if (!reading_open(r, &g)) return;
    if (!r->form.errors && once_good(once)) {
        struct message_order o = { .kind  = MESSAGE_REPLY,
                                   .talk  = g.talk,
                                   .words = form_text(&r->form, FORM_OWN_REPLY_WORDS),
                                   .file  = talk_file(r, FORM_OWN_REPLY_FILE) };
        if (send(r, &g.v, &o, once, &f)) return;
        form_refuse(&r->form, !strcmp(f.field, "file") ? FORM_OWN_REPLY_FILE : FORM_OWN_REPLY_WORDS,
                    case_sentence(r, &f));
    }
    reading_show(r, &g);
}

/* ---- for the home page ---- */

bool own_asked(struct request *r, const struct own_view *v, date *by, const char **link)
{
    const struct sql_message_list_row *first = NULL;
    struct talks t;

    *link = NULL;
    if (!talks_read(r, &v->c.g, &t)) return false;
    for (size_t i = 0; i < t.n; i++) {
        const struct sql_message_list_row *m = &t.rows[i];
        if (own_talk_is_theirs(v, m) && !m->from_parent && m->has_reply_by && !m->answered &&
            (!first || date_before(m->reply_by, first->reply_by)))
            first = m;
    }
    if (!first) return true;
    *by   = first->reply_by;
    *link = path_of(r, v, &t, first->talk);
    return true;
}
