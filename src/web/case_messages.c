/* case_messages.c: messages with the parents of a family, and complaints. */
#include "web/case.h"
#include "web/case_view.h"
#include "web/talk.h"

#include <string.h>

static const char *const said[][2] = {
    { "sent", "It was sent. They see it on their page." },
    { "complaint", "It is a complaint now, with its own clock." },
    { "step", "It was recorded, and they were told." },
    { "file", "The file was added." },
};

/* The parent a message is with. */
static const char *with_whom(struct request *r, const struct group *g, int64_t arrangement)
{
    return case_name(g, message_person(g, arrangement), r->arena);
}

/* ---- the list ---- */

void case_messages(struct request *r)
{
    struct case_view v;
    struct talks t;

    if (!case_open(r, &v) || !talks_read(r, &v.g, &t)) return;
    struct view_talk_line *lines = ARENA_MANY(r->arena, struct view_talk_line, t.n);
    v.family.done                = case_said(r, said, sizeof said / sizeof *said);
    struct page_case_messages p  = { .c = v.family, .talks = lines };
    for (size_t i = t.n; i > 0; i--) {
        const struct sql_message_list_row *m = &t.rows[i - 1];
        if (m->talk != m->event) continue;
        lines[p.talks_count]      = talk_line(r, &t, m->talk, true);
        lines[p.talks_count].who  = with_whom(r, &v.g, m->arrangement);
        lines[p.talks_count].link = arena_print(r->arena, "/case/%lld/message/%lld",
                                                (long long)v.g.pp, (long long)m->event);
        p.talks_count++;
    }
    page_case_messages(&r->out, frame_of(r), &p);
}

/* ---- one conversation ---- */

struct reading {
    struct case_view v;
    struct talks t;
    const struct sql_message_list_row *first; /* of the conversation */
    const struct complaint *complaint;        /* NULL: none in it */
    struct view_talk_row *rows; /* shown with a reason; NULL: as the reader is told it */
    int32_t row_count;
};

/* The conversation that a message of the path is in. */
static bool reading_open(struct request *r, struct reading *g)
{
    if (!case_open(r, &g->v) || !talks_read(r, &g->v.g, &g->t)) return false;
    const struct sql_message_list_row *m = talk_message(&g->t, case_number(r->params[1]));
    if (!m) {
        respond_missing(r);
        return false;
    }
    g->first     = talk_message(&g->t, m->talk);
    g->complaint = talk_complaint(&g->t, m->talk);
    return true;
}

/* What can happen to a complaint next, for somebody to choose. */
static void steps_fill(struct request *r, const struct complaint *c, struct page_case_message *p)
{
    struct view_step_choice *rows =
        ARENA_MANY(r->arena, struct view_step_choice, machine_complaint.event_count);

    p->steps = rows;
    for (int32_t i = 0; c && i < machine_complaint.event_count; i++) {
        const struct machine_event *e = &machine_complaint.events[i];
        if (!(e->who & UINT32_C(1) << ROLE_CASEWORKER) ||
            machine_take(&machine_complaint, (int32_t)c->state, i, 0).result != MACHINE_TAKEN)
            continue;
        rows[p->steps_count++] = (struct view_step_choice){ e->name, e->label };
    }
}

/* A parent's newest message that is no complaint yet; 0 where there is a complaint already. */
static int64_t may_be_complaint(const struct reading *g)
{
    for (size_t i = g->t.n; i > 0 && !g->complaint; i--)
        if (g->t.rows[i - 1].talk == g->first->event && g->t.rows[i - 1].from_parent)
            return g->t.rows[i - 1].event;
    return 0;
}

static const struct form *form_empty(struct request *r, const struct form_rule *rule)
{
    struct form *f = ARENA_NEW(r->arena, struct form);

    form_new(f, r->arena, rule);
    return f;
}

/* The request's form where it is the reason for reading, else an empty one. */
static const struct form *why_form(struct request *r)
{
    return r->form.rule == &form_case_sealed ? &r->form : form_empty(r, &form_case_sealed);
}

/* answer, step: the forms as they stand; one of them may be the request's. */
static void reading_show(struct request *r, struct reading *g, const struct form *answer,
                         const struct form *step)
{
    struct page_case_message p = {
        .label      = talk_line(r, &g->t, g->first->event, true).label,
        .who        = with_whom(r, &g->v.g, g->first->arrangement),
        .number     = g->first->event,
        .state      = talk_state(r, &g->t, g->first->event, true),
        .words      = form_view(answer, FORM_CASE_ANSWER_WORDS),
        .reply_by   = form_view(answer, FORM_CASE_ANSWER_REPLY_BY),
        .told       = form_view(answer, FORM_CASE_ANSWER_TOLD),
        .open       = may_be_complaint(g),
        .complaint  = g->complaint ? g->complaint->number : 0,
        .has_window = g->complaint && g->complaint->state == COMPLAINT_STATE_ANSWERED,
        .window     = g->complaint ? g->complaint->window : DATE_NEVER,
        .step       = form_view(step, FORM_CASE_COMPLAINT_STEP),
        .step_words = form_view(step, FORM_CASE_COMPLAINT_REPLY),
        .step_due   = form_view(step, FORM_CASE_COMPLAINT_DUE),
    };
    if (!g->rows && !talk_rows(r, &g->t, g->first->event, true, &g->rows, &g->row_count)) return;
    steps_fill(r, g->complaint, &p);
    p.rows            = g->rows;
    p.rows_count      = g->row_count;
    p.sealed          = talk_is_sealed(r, &g->t);
    p.show_path       = arena_print(r->arena, "/case/%lld/message/%lld/show", (long long)g->v.g.pp,
                                    (long long)g->first->event);
    p.why             = form_view(why_form(r), FORM_CASE_SEALED_WHY);
    p.c               = g->v.family;
    frame_of(r)->back = arena_print(r->arena, "/case/%lld/messages", (long long)g->v.g.pp);
    page_case_message(&r->out, frame_with_form(r), &p);
}

void case_message(struct request *r)
{
    struct reading g = { 0 };

    if (!reading_open(r, &g)) return;
    g.v.family.done = case_said(r, said, sizeof said / sizeof *said);
    r->form         = *form_empty(r, &form_case_answer);
    reading_show(r, &g, &r->form, form_empty(r, &form_case_complaint));
}

/* What parents wrote, to somebody who says why: an event of the family.  What is shown is the
 * answer itself: it stands under no address that could be opened again. */
void case_message_show(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct reading g = { 0 };
    struct verb v;
    bool done = !r->form.errors, found;

    if (!reading_open(r, &g)) return;
    if (done && (!store_begin(r->store, STORE_WRITING, &f) ||
                 !verb_open(&s, g.v.g.pp, "sealed_shown", NULL, &v, &found, &f))) {
        respond_fail(r, &f);
        return;
    }
    if (done) {
        g.t.telling = &v;
        g.t.why     = form_text(&r->form, FORM_CASE_SEALED_WHY);
        if (!talk_rows(r, &g.t, g.first->event, true, &g.rows, &g.row_count)) return;
        done = !r->form.errors;
        if (done && (!verb_close(&v, &f) || !store_commit(r->store, &f))) {
            respond_fail(r, &f);
            return;
        }
        if (!done) g.t.telling = NULL, g.rows = NULL;
    }
    store_rollback(r->store);
    reading_show(r, &g, form_empty(r, &form_case_answer), form_empty(r, &form_case_complaint));
}

/* Commits what was done, and goes to a page of the case; false with a refusal.  True: answered. */
static bool finish(struct request *r, bool done, const char *next, struct fail *f)
{
    done = done && store_commit(r->store, f);
    store_rollback(r->store);
    if (done) respond_redirect(r, next);
    if (done || f->kind == FAIL_REFUSED) return done;
    respond_fail(r, f);
    return true;
}

static const char *talk_path(struct request *r, const struct reading *g, const char *word)
{
    return arena_print(r->arena, "/case/%lld/message/%lld?done=%s", (long long)g->v.g.pp,
                       (long long)g->first->event, word);
}

void case_message_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct reading g = { 0 };

    if (!reading_open(r, &g)) return;
    if (!r->form.errors) {
        bool asks              = form_has(&r->form, FORM_CASE_ANSWER_REPLY_BY);
        bool told              = form_ticked(&r->form, FORM_CASE_ANSWER_TOLD, "yes");
        struct message_order o = {
            .arrangement  = g.first->arrangement,
            .kind         = asks   ? MESSAGE_QUESTION
                            : told ? MESSAGE_TOLD
                                   : MESSAGE_ANSWER,
            .talk         = g.first->event,
            .has_reply_by = asks,
            .words        = form_text(&r->form, FORM_CASE_ANSWER_WORDS),
        };
        if (asks) o.reply_by = form_date(&r->form, FORM_CASE_ANSWER_REPLY_BY);
        bool done =
            store_begin(r->store, STORE_WRITING, &f) && message_send(&s, g.v.g.pp, NULL, &o, &f);
        if (finish(r, done, talk_path(r, &g, "sent"), &f)) return;
        form_refuse(&r->form,
                    !strcmp(f.field, "reply_by") ? FORM_CASE_ANSWER_REPLY_BY
                                                 : FORM_CASE_ANSWER_WORDS,
                    case_sentence(r, &f));
    }
    reading_show(r, &g, &r->form, form_empty(r, &form_case_complaint));
}

/* ---- complaints ---- */

void case_complain_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct reading g = { 0 };

    if (!reading_open(r, &g)) return;
    bool done = store_begin(r->store, STORE_WRITING, &f) &&
                complaint_open(&s, g.v.g.pp, case_number(r->params[1]), &f);
    if (!finish(r, done, talk_path(r, &g, "complaint"), &f)) respond_fail(r, &f);
}

void case_complaint_do(struct request *r)
{
    static const struct {
        const char *field;
        int is;
    } fields[] = { { "due", FORM_CASE_COMPLAINT_DUE }, { "words", FORM_CASE_COMPLAINT_REPLY } };
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct reading g = { 0 };

    if (!reading_open(r, &g)) return;
    if (!r->form.errors) {
        struct complaint_order o = {
            .number = case_number(r->params[1]),
            .event  = (enum complaint_event)machine_event_find(
                 &machine_complaint, form_text(&r->form, FORM_CASE_COMPLAINT_STEP)),
            .words   = form_text(&r->form, FORM_CASE_COMPLAINT_REPLY),
            .has_due = form_has(&r->form, FORM_CASE_COMPLAINT_DUE),
        };
        int field = FORM_CASE_COMPLAINT_STEP;
        if (o.has_due) o.due = form_date(&r->form, FORM_CASE_COMPLAINT_DUE);
        bool done =
            store_begin(r->store, STORE_WRITING, &f) && complaint_take(&s, g.v.g.pp, &o, &f);
        if (finish(r, done, talk_path(r, &g, "step"), &f)) return;
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (!strcmp(fields[i].field, f.field)) field = fields[i].is;
        form_refuse(&r->form, field, case_sentence(r, &f));
    }
    reading_show(r, &g, form_empty(r, &form_case_answer), &r->form);
}

/* ---- a new one ---- */

static void write_show(struct request *r, struct case_view *v)
{
    struct view_option *people =
        ARENA_MANY(r->arena, struct view_option, v->g.arrangement_count + 1);
    const char *chosen       = form_text(&r->form, FORM_CASE_WRITE_TO);
    struct page_case_write p = { .c        = v->family,
                                 .to       = form_view(&r->form, FORM_CASE_WRITE_TO),
                                 .people   = people,
                                 .kind     = form_view(&r->form, FORM_CASE_WRITE_KIND),
                                 .words    = form_view(&r->form, FORM_CASE_WRITE_WORDS),
                                 .reply_by = form_view(&r->form, FORM_CASE_WRITE_REPLY_BY) };

    for (size_t i = 0; i <= v->g.arrangement_count; i++) {
        int64_t with             = i ? v->g.arrangements[i - 1].id : 0;
        const char *value        = arena_print(r->arena, "%lld", (long long)with);
        people[p.people_count++] = (struct view_option){
            .value  = value,
            .label  = arena_print(r->arena, "%s, %s", with_whom(r, &v->g, with),
                                 with ? v->g.arrangements[i - 1].ref : "paying parent"),
            .chosen = !strcmp(value, chosen)
        };
    }
    frame_of(r)->back = arena_print(r->arena, "/case/%lld/messages", (long long)v->g.pp);
    page_case_write(&r->out, frame_with_form(r), &p);
}

void case_write(struct request *r)
{
    struct case_view v;

    if (!case_open(r, &v)) return;
    form_new(&r->form, r->arena, &form_case_write);
    write_show(r, &v);
}

/* What the form asks for; a question without its day is refused at the field. */
static bool order_read(struct request *r, const struct case_view *v, struct message_order *o)
{
    const char *to = form_text(&r->form, FORM_CASE_WRITE_TO);
    bool complains = form_is(&r->form, FORM_CASE_WRITE_KIND, "complaint");

    *o = (struct message_order){
        .arrangement  = case_number(to),
        .from_parent  = complains,
        .kind         = message_kind_find(form_text(&r->form, FORM_CASE_WRITE_KIND)),
        .has_reply_by = form_has(&r->form, FORM_CASE_WRITE_REPLY_BY) && !complains,
        .words        = form_text(&r->form, FORM_CASE_WRITE_WORDS),
    };
    if (o->has_reply_by) o->reply_by = form_date(&r->form, FORM_CASE_WRITE_REPLY_BY);
    if (o->kind == MESSAGE_QUESTION && !o->has_reply_by)
        form_refuse(&r->form, FORM_CASE_WRITE_REPLY_BY, "Say by when you need the answer");
    if (strcmp(to, "0") != 0 && !group_arrangement(&v->g, o->arrangement))
        form_refuse(&r->form, FORM_CASE_WRITE_TO, "Choose whom to write to");
    return !r->form.errors;
}

void case_write_do(struct request *r)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };
    struct message_order o;
    struct case_view v;

    if (!case_open(r, &v)) return;
    if (!r->form.errors && order_read(r, &v, &o)) {
        const char *next =
            arena_print(r->arena, "/case/%lld/messages?done=sent", (long long)v.g.pp);
        bool done = store_begin(r->store, STORE_WRITING, &f) &&
                    (o.kind == MESSAGE_COMPLAINT ? complaint_make(&s, v.g.pp, NULL, &o, &f)
                                                 : message_send(&s, v.g.pp, NULL, &o, &f));
        if (finish(r, done, next, &f)) return;
        form_refuse(&r->form,
                    !strcmp(f.field, "reply_by") ? FORM_CASE_WRITE_REPLY_BY : FORM_CASE_WRITE_WORDS,
                    case_sentence(r, &f));
    }
    write_show(r, &v);
}
