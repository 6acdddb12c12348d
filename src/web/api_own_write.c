/* api_own_write.c: what a program of a parent's own may tell us: changes, payments made directly,
 * messages and files, that a decision is to be looked at again.  The deeds are those of their
 * pages; a preview is the deed, rolled back.  The Idempotency-Key is the key of the family's event.
 */
#include "app/verb.h"
#include "web/api.h"
#include "web/case_view.h"
#include "web/own_again.h"
#include "web/own_change.h"
#include "web/own_paid.h"
#include "web/own_talk.h"
#include "web/own_told.h"
#include "web/pen.h"

#include <string.h>

/* Fields of what was sent, as the page's form has them. */
static void fields_take(struct request *r, const struct form_rule *rule, const int (*same)[2],
                        size_t n)
{
    struct form sent = r->form;

    form_new(&r->form, r->arena, rule);
    for (size_t i = 0; i < n; i++)
        r->form.values[same[i][0]] = sent.values[same[i][1]];
}

/* What is wrong with a field is refused with its name. */
static bool field_refuse(const struct form *form, int field, struct fail *f)
{
    REFUSE(f, "field_wrong", "%s", form->values[field].error);
    return fail_field(f, form->rule->fields[field].name);
}

/* ---- changes of circumstances: which there are ---- */

static const char *answer_field(const struct own_change *c)
{
    return *c->kind->ask ? form_own_change.fields[own_change_field(c, ASK_VALUE)].name : "";
}

static void kind_write(struct request *r, const struct own_change *c)
{
    const struct change_kind_entry *k = c->kind;
    struct out *o                     = &r->out;

    pen_open(o, NULL, '{');
    pen_text(o, "kind", k->name);
    pen_text(o, "title", k->title);
    pen_flag(o, "straight", k->straight);
    pen_text_or_null(o, "ask", k->ask);
    pen_text_or_null(o, "answer", answer_field(c));
    pen_text_or_null(o, "when", k->when);
    pen_open(o, "choices", '[');
    for (int32_t i = 0; i < k->choice_count; i++) {
        pen_open(o, NULL, '{');
        pen_text(o, "word", k->choices[i].word);
        pen_text(o, "text", k->choices[i].text);
        pen_close(o, '{');
    }
    pen_close(o, '[');
    pen_open(o, "about", '[');
    for (int32_t i = 0; i < c->about_count; i++) {
        pen_open(o, NULL, '{');
        pen_text(o, "reference", api_reference_of(&c->v.c.g, case_number(c->abouts[i].value)));
        pen_text(o, "label", c->abouts[i].label);
        pen_close(o, '{');
    }
    pen_close(o, '[');
    pen_close(o, '{');
}

static void told_write(struct out *o, const struct view_own_told_row *row)
{
    pen_open(o, NULL, '{');
    pen_text(o, "title", row->title);
    pen_date(o, "day", row->on);
    pen_text(o, "state", row->state);
    pen_flag(o, "open", row->open);
    pen_date_if(o, "due", row->has_due, row->due);
    pen_close(o, '{');
}

void api_own_changes(struct request *r)
{
    struct own_change c = { .kind = NULL };
    struct view_own_told_row *told;
    int32_t told_count;

    if (!own_open(r, &c.v) || !own_told_rows(r, &c.v, false, &told, &told_count)) return;
    pen_open(&r->out, NULL, '{');
    pen_open(&r->out, "kinds", '[');
    for (int32_t i = 0; i < change_group_count; i++)
        for (int32_t k = change_group_table[i].first; k < change_group_table[i].end; k++)
            if (own_change_turn(r, &change_kind_table[k], &c)) kind_write(r, &c);
    pen_close(&r->out, '[');
    pen_open(&r->out, "told", '[');
    for (int32_t i = 0; i < told_count; i++)
        told_write(&r->out, &told[i]);
    pen_close(&r->out, '[');
    pen_close(&r->out, '{');
    api_answer(r);
}

/* ---- telling one ---- */

static void change_take(struct request *r, const struct own_change *c)
{
    static const int same[][2] = {
        { FORM_OWN_CHANGE_AMOUNT, FORM_API_OWN_CHANGE_AMOUNT },
        { FORM_OWN_CHANGE_NUMBER, FORM_API_OWN_CHANGE_NUMBER },
        { FORM_OWN_CHANGE_PICK, FORM_API_OWN_CHANGE_PICK },
        { FORM_OWN_CHANGE_TEXT, FORM_API_OWN_CHANGE_TEXT },
        { FORM_OWN_CHANGE_HAPPENED, FORM_API_OWN_CHANGE_HAPPENED },
        { FORM_OWN_CHANGE_NOTE, FORM_API_OWN_CHANGE_NOTE },
        { FORM_OWN_CHANGE_EVIDENCE, FORM_API_OWN_CHANGE_EVIDENCE },
    };
    bool about = form_has(&r->form, FORM_API_OWN_CHANGE_ABOUT);
    int64_t number =
        about ? api_number_of(&c->v.c.g, form_text(&r->form, FORM_API_OWN_CHANGE_ABOUT)) : 0;

    fields_take(r, &form_own_change, same, sizeof same / sizeof *same);
    if (!about) return;
    form_put_text(&r->form, FORM_OWN_CHANGE_ABOUT,
                  arena_print(r->arena, "%lld", (long long)number));
    for (int32_t i = 0; i < c->about_count; i++)
        if (case_number(c->abouts[i].value) == number) return;
    form_refuse(&r->form, FORM_OWN_CHANGE_ABOUT, form_own_change_says_answer);
}

/* Every question that is asked must be answered, and no other. */
static bool answers_check(struct request *r, const struct own_change *c, struct fail *f)
{
    static const int answers[] = { FORM_OWN_CHANGE_ABOUT,  FORM_OWN_CHANGE_AMOUNT,
                                   FORM_OWN_CHANGE_NUMBER, FORM_OWN_CHANGE_PICK,
                                   FORM_OWN_CHANGE_TEXT,   FORM_OWN_CHANGE_HAPPENED,
                                   FORM_OWN_CHANGE_NOTE };
    uint32_t asked             = 0;

    for (int i = 0; i < OWN_ASKS; i++) {
        if (!own_change_is_asked(c, (enum own_ask)i)) continue;
        int field = own_change_field(c, (enum own_ask)i);
        asked |= UINT32_C(1) << field;
        if (own_change_check(r, c, (enum own_ask)i)) continue;
        if (!r->form.values[field].error) field = FORM_OWN_CHANGE_EVIDENCE;
        return field_refuse(&r->form, field, f);
    }
    if (c->about_count == 1) asked |= UINT32_C(1) << FORM_OWN_CHANGE_ABOUT;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (!(asked & UINT32_C(1) << answers[i]) && r->form.values[answers[i]].given)
            form_refuse(&r->form, answers[i], "This kind of change does not ask for it");
        if (r->form.values[answers[i]].error) return field_refuse(&r->form, answers[i], f);
    }
    return true;
}

static void would_write(struct out *o, const struct page_own_change_preview *w)
{
    pen_text(o, "would", w->would);
    pen_date_if(o, "counts_from", !strcmp(w->would, "change"), w->from);
    pen_open(o, "amounts", '[');
    for (int32_t i = 0; i < w->rows_count; i++) {
        pen_open(o, NULL, '{');
        pen_text(o, "what", w->rows[i].what);
        pen_money(o, "before", w->rows[i].before);
        pen_money(o, "after", w->rows[i].after);
        pen_close(o, '{');
    }
    pen_close(o, '[');
    pen_text_or_null(o, "next", w->next);
    pen_text_or_null(o, "other_is_told", w->told);
}

/* What every change of a parent's answers first. */
static void done_write(struct request *r, bool preview, bool repeated)
{
    pen_open(&r->out, NULL, '{');
    pen_flag(&r->out, "preview", preview);
    pen_flag(&r->out, "repeated", repeated);
}

static void done_end(struct request *r)
{
    pen_close(&r->out, '{');
    api_answer(r);
}

void api_own_change(struct request *r)
{
    struct own_change c;
    struct fail f = { 0 };
    bool preview  = form_is(&r->form, FORM_API_OWN_CHANGE_PREVIEW, "yes");
    int64_t event = 0;
    const char *key;

    if (!api_once(r, preview, &key) ||
        !own_change_open(r, form_text(&r->form, FORM_API_OWN_CHANGE_KIND), &c))
        return;
    change_take(r, &c);
    own_change_read(r, &c);
    if (!answers_check(r, &c, &f) || !own_change_would(r, &c, &f) ||
        (!preview && !own_change_send(r, &c, key, &event, &f))) {
        respond_fail(r, &f);
        return;
    }
    done_write(r, preview, !preview && !event);
    would_write(&r->out, &c.would);
    done_end(r);
}

/* ---- payments made directly ---- */

static void told_direct_write(struct out *o, const char *key, const struct direct_told *t)
{
    if (!t->word.said) {
        pen_null(o, key);
        return;
    }
    pen_open(o, key, '{');
    pen_money(o, "paid", t->word.paid);
    pen_date_if(o, "paid_on", t->has_paid_on, t->paid_on);
    pen_close(o, '{');
}

void api_own_payments(struct request *r)
{
    struct own_paid p;

    if (!own_paid_open(r, &p)) return;
    pen_open(&r->out, NULL, '{');
    pen_open(&r->out, "payments", '[');
    for (size_t i = 0; i < p.s.direct.n; i++) {
        const struct direct_due *d = &p.s.direct.at[i];
        pen_open(&r->out, NULL, '{');
        pen_date(&r->out, "due", d->due);
        pen_money(&r->out, "amount", d->amount);
        told_direct_write(&r->out, "yours", &d->told[p.self]);
        told_direct_write(&r->out, "theirs", &d->told[p.other]);
        pen_text(&r->out, "standing", direct_standing_words[d->outcome.standing]);
        pen_close(&r->out, '{');
    }
    pen_close(&r->out, '[');
    done_end(r);
}

static void paid_take(struct request *r)
{
    static const int same[][2] = {
        { FORM_OWN_PAID_PAID, FORM_API_OWN_PAID_PAID },
        { FORM_OWN_PAID_PAID_ON, FORM_API_OWN_PAID_PAID_ON },
        { FORM_OWN_PAID_EVIDENCE, FORM_API_OWN_PAID_EVIDENCE },
    };
    date due = form_date(&r->form, FORM_API_OWN_PAID_DUE);

    fields_take(r, &form_own_paid, same, sizeof same / sizeof *same);
    form_put_text(&r->form, FORM_OWN_PAID_DUE, date_text(due, arena_take(r->arena, DATE_TEXT)));
}

void api_own_paid(struct request *r)
{
    struct own_paid p;
    struct fail f = { 0 };
    bool preview  = form_is(&r->form, FORM_API_OWN_PAID_PREVIEW, "yes"), done;
    const char *key;

    if (!api_once(r, preview, &key) || !own_paid_open(r, &p)) return;
    paid_take(r);
    bool fine = store_begin(r->store, STORE_WRITING, &f) && own_paid_tell(r, &p, key, &done, &f) &&
                (preview || done || store_commit(r->store, &f));
    store_rollback(r->store);
    if (!fine) {
        respond_fail(r, &f);
        return;
    }
    done_write(r, preview, done);
    if (done)
        pen_null(&r->out, "deed");
    else
        pen_text(&r->out, "deed", own_deed_words[p.deed]);
    pen_text_or_null(&r->out, "service_becomes", p.told);
    done_end(r);
}

/* ---- messages ---- */

static void talk_write(struct request *r, const struct talks *t, const struct own_view *v,
                       int64_t talk, const struct view_talk_row *rows, int32_t n)
{
    struct view_talk_state state = talk_state(r, t, talk, false);
    struct out *o                = &r->out;

    pen_open(o, NULL, '{');
    pen_count(o, "number", own_talk_place(v, t, talk));
    pen_text(o, "reference", v->side.ref);
    pen_text(o, "about", talk_line(r, t, talk, false).label);
    pen_date_if(o, "answer_by", state.asks, state.ask_by);
    pen_date_if(o, "we_answer_by", state.waits, state.wait_by);
    pen_open(o, "messages", '[');
    for (int32_t i = 0, at = 0; i < n; i++, at++) {
        while (t->rows[at].talk != talk)
            at++;
        pen_open(o, NULL, '{');
        pen_count(o, "number", own_talk_place(v, t, t->rows[at].event));
        pen_flag(o, "yours", rows[i].mine);
        pen_date(o, "day", rows[i].day);
        pen_text(o, "words", rows[i].words);
        pen_text_or_null(o, "file", rows[i].file);
        pen_close(o, '{');
    }
    pen_close(o, '[');
    pen_close(o, '{');
}

void api_own_messages(struct request *r)
{
    struct own_view v;
    struct talks t;
    struct view_talk_row *rows;
    int32_t n;

    if (!own_open(r, &v) || !talks_read(r, &v.c.g, &t)) return;
    pen_open(&r->out, NULL, '{');
    pen_open(&r->out, "conversations", '[');
    for (size_t i = t.n; i > 0; i--) {
        const struct sql_message_list_row *m = &t.rows[i - 1];
        if (!own_talk_is_theirs(&v, m) || m->talk != m->event) continue;
        if (!talk_rows(r, &t, m->talk, false, &rows, &n)) return;
        talk_write(r, &t, &v, m->talk, rows, n);
    }
    pen_close(&r->out, '[');
    done_end(r);
}

/* The message of r->form, a form_api_own_message; a reply goes on with the conversation it names.
 */
static bool message_take(struct request *r, const struct own_view *v, struct message_order *o,
                         struct fail *f)
{
    struct talks t;

    o->words = form_text(&r->form, FORM_API_OWN_MESSAGE_WORDS);
    o->kind  = message_kind_find(form_text(&r->form, FORM_API_OWN_MESSAGE_ABOUT));
    if (!form_has(&r->form, FORM_API_OWN_MESSAGE_NUMBER)) {
        if (form_has(&r->form, FORM_API_OWN_MESSAGE_ABOUT)) return true;
        form_refuse(&r->form, FORM_API_OWN_MESSAGE_ABOUT, form_api_own_message_says_about);
        return field_refuse(&r->form, FORM_API_OWN_MESSAGE_ABOUT, f);
    }
    if (!talks_read(r, &v->c.g, &t)) return false;
    o->kind = MESSAGE_REPLY;
    o->talk = own_talk_at(v, &t, form_count(&r->form, FORM_API_OWN_MESSAGE_NUMBER));
    return o->talk || (REFUSE(f, "no_such_message", "There is no conversation of that number"),
                       fail_field(f, "number"));
}

static void message_send_once(struct request *r, struct message_order o)
{
    struct own_view v;
    struct fail f = { 0 };
    const char *key;
    int64_t before;

    if (!api_once(r, false, &key) || !own_open(r, &v)) return;
    if (!message_take(r, &v, &o, &f) || !api_event(r, v.side.pp, key, &before, &f) ||
        !own_talk_send(r, &v, &o, key, &f)) {
        if (!r->status) respond_fail(r, &f);
        return;
    }
    done_write(r, false, before != 0);
    done_end(r);
}

void api_own_message(struct request *r)
{
    message_send_once(r, (struct message_order){ .file = NULL });
}

/* A message with a file. */
void api_own_file(struct request *r)
{
    static const int same[][2] = {
        { FORM_API_OWN_MESSAGE_ABOUT, FORM_API_OWN_FILE_ABOUT },
        { FORM_API_OWN_MESSAGE_NUMBER, FORM_API_OWN_FILE_NUMBER },
        { FORM_API_OWN_MESSAGE_WORDS, FORM_API_OWN_FILE_WORDS },
    };
    struct message_order o = { .file = talk_file(r, FORM_API_OWN_FILE_FILE) };

    fields_take(r, &form_api_own_message, same, sizeof same / sizeof *same);
    message_send_once(r, o);
}

/* The file of one of their messages. */
void api_own_file_read(struct request *r)
{
    int64_t number = case_number(r->params[1]);
    struct own_view v;
    struct talks t;

    if (!own_open(r, &v) || !talks_read(r, &v.c.g, &t)) return;
    for (size_t i = 0; i < t.n; i++)
        if (own_talk_is_theirs(&v, &t.rows[i]) &&
            own_talk_place(&v, &t, t.rows[i].event) == number) {
            talk_file_answer(r, v.side.pp, t.rows[i].event, v.side.ref, number);
            return;
        }
    respond_missing(r);
}

/* ---- a decision looked at again ---- */

void api_own_again(struct request *r)
{
    struct out *o = &r->out;
    struct own_again p;

    if (!own_again_open(r, &p)) return;
    const struct asking_limits *l = &p.limits;
    pen_open(o, NULL, '{');
    pen_money(o, "weekly", own_again_weekly(&p));
    pen_date(o, "from", p.decision->effective_from);
    pen_date(o, "notified", l->notified);
    pen_date(o, "until", l->in_time);
    pen_date(o, "until_late", l->late);
    pen_flag(o, "late", l->is_late);
    pen_flag(o, "closed", l->why != NULL);
    pen_date_if(o, "asked_on", l->open != NULL, l->open ? l->open->row.day : l->notified);
    done_end(r);
}

void api_own_again_ask(struct request *r)
{
    bool preview = form_is(&r->form, FORM_API_OWN_AGAIN_PREVIEW, "yes");
    struct own_again p;
    struct fail f = { 0 };
    const char *key;
    int64_t event;

    if (!api_once(r, preview, &key) || !own_again_open(r, &p)) return;
    bool fine = own_again_ask(r, &p, form_text(&r->form, FORM_API_OWN_AGAIN_WHY),
                              form_text(&r->form, FORM_API_OWN_AGAIN_LATE), key, &event, &f) &&
                (preview || !event || store_commit(r->store, &f));
    store_rollback(r->store);
    if (!fine) {
        respond_fail(r, &f);
        return;
    }
    done_write(r, preview, !event);
    pen_date(&r->out, "answer_by", clock_dates_from(CLOCK_RECONSIDERATION, r->today).due);
    done_end(r);
}
