/* apply_send.c: an application begun, kept, checked, sent, and where it is. */
#include "web/apply.h"

#include "flow/clock_kind.h"
#include "web/case_view.h"
#include "web/moment.h"
#include "web/own.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60 };

/* ---- beginning, coming back ---- */

void apply_start(struct request *r)
{
    struct page_apply_start p = { .going_on = *r->applying != '\0', .home = apply_home_is(r) };

    frame_of(r)->exit = true;
    page_apply_start(&r->out, frame_of(r), &p);
}

static void who_show(struct request *r)
{
    struct page_apply_who p = { form_view(&r->form, FORM_APPLY_WHO_APPLICANT) };

    frame_of(r)->exit = true;
    frame_of(r)->back = "/apply";
    page_apply_who(&r->out, frame_with_form(r), &p);
}

void apply_who(struct request *r)
{
    form_new(&r->form, r->arena, &form_apply_who);
    who_show(r);
}

/* A refusal goes to a field of the form; anything else is answered.  True: show the form again. */
static bool is_refused(struct request *r, int field, const struct fail *f)
{
    if (f->kind != FAIL_REFUSED) {
        respond_fail(r, f);
        return false;
    }
    form_refuse(&r->form, field, case_sentence(r, f));
    return true;
}

void apply_who_do(struct request *r)
{
    struct fail f = { 0 };

    if (!r->form.errors) {
        const char *who = form_text(&r->form, FORM_APPLY_WHO_APPLICANT);
        if (apply_draft_begin(r, online_applicant_find(who), &f)) {
            respond_redirect(r, "/apply/tasks");
            return;
        }
        if (!is_refused(r, FORM_APPLY_WHO_APPLICANT, &f)) return;
    }
    who_show(r);
}

static void return_show(struct request *r)
{
    struct page_apply_return p = { form_view(&r->form, FORM_APPLY_RETURN_CODE) };

    frame_of(r)->exit = true;
    frame_of(r)->back = "/apply";
    page_apply_return(&r->out, frame_with_form(r), &p);
}

void apply_return(struct request *r)
{
    form_new(&r->form, r->arena, &form_apply_return);
    return_show(r);
}

bool apply_code_find(struct request *r, const char *code, const char **where, struct fail *f)
{
    struct apply_draft d;
    int64_t number;
    bool found;

    *where = NULL;
    if (!apply_draft_read(r, code, &d, &found, f)) return false;
    if (found) {
        *where = "/apply/tasks";
        return true;
    }
    if (!online_find(r->store, r->arena, apply_code_kept(r->arena, code), &number, &found, f))
        return false;
    if (found) *where = "/apply/sent";
    return true;
}

const char *apply_code_plain(struct arena *a, const char *typed)
{
    struct out text = { .arena = a };
    size_t n        = 0;

    for (; *typed; typed++) {
        char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
        if (c == ' ' || c == '-') continue;
        if (n && n % CODE_GROUP == 0) out_text(&text, "-");
        out_bytes(&text, &c, 1);
        n++;
    }
    return apply_code_like(out_string(&text)) ? out_string(&text) : "";
}

/* A code is looked for however many were wrong before: what keeps it from being guessed is its
 * length, and a limit by address would shut out whoever shares one (doc/apply.md). */
void apply_return_do(struct request *r)
{
    const char *where = NULL;
    struct fail f     = { 0 };

    if (!r->form.errors) {
        const char *code = apply_code_plain(r->arena, form_text(&r->form, FORM_APPLY_RETURN_CODE));
        if (*code && !apply_code_find(r, code, &where, &f)) {
            respond_fail(r, &f);
            return;
        }
        if (where) {
            respond_cookie(r, APPLY_COOKIE, code);
            respond_redirect(r, where);
            return;
        }
        form_refuse(&r->form, FORM_APPLY_RETURN_CODE, form_apply_return_says_nothing);
    }
    return_show(r);
}

/* ---- the list of tasks ---- */

void apply_tasks(struct request *r)
{
    struct page_apply_tasks p = { 0 };
    struct apply_draft d;

    if (!apply_open(r, &d)) return;
    frame_of(r)->back = "/apply";
    int32_t done;
    p.child = d.applicant == ONLINE_CHILD;
    p.tasks = apply_tasks_view(r->arena, &d, &p.tasks_count, &done);
    p.done  = done;
    p.all   = p.tasks_count;
    p.ready = done == p.tasks_count;
    page_apply_tasks(&r->out, frame_of(r), &p);
}

void apply_keep(struct request *r)
{
    struct page_apply_kept p = { .code = r->applying };
    struct fail f            = { 0 };
    struct apply_draft d;

    if (!apply_open(r, &d)) return;
    d.kept = true;
    if (!apply_draft_write(r, &d, &f)) {
        respond_fail(r, &f);
        return;
    }
    p.until = moment_day(r->arena, r->now + (int64_t)APPLY_DAYS * DAY_SECONDS);
    page_apply_kept(&r->out, frame_of(r), &p);
}

/* ---- sending ---- */

/* Opens a draft that is complete; false: answered. */
static bool ready_open(struct request *r, struct apply_draft *d)
{
    int32_t n, done;

    if (!apply_open(r, d)) return false;
    apply_tasks_view(r->arena, d, &n, &done);
    if (done != n) respond_redirect(r, "/apply/tasks");
    return done == n;
}

static void check_show(struct request *r, const struct apply_draft *d)
{
    struct page_apply_check p = { .who   = online_applicant_words[d->applicant],
                                  .home  = apply_home_is(r),
                                  .agree = form_view(&r->form, FORM_APPLY_CHECK_AGREE) };

    p.answers = apply_answers_view(r->arena, d, &p.answers_count);
    if (d->applicant != ONLINE_CHILD)
        p.children = apply_children_view(r->arena, d, &p.children_count);
    page_apply_check(&r->out, frame_with_form(r), &p);
}

void apply_check(struct request *r)
{
    struct apply_draft d;

    if (!ready_open(r, &d)) return;
    form_new(&r->form, r->arena, &form_apply_check);
    check_show(r, &d);
}

static struct setting applicant_setting(struct request *r)
{
    return (struct setting){
        .store = r->store, .arena = r->arena, .today = r->today, .actor = "applicant"
    };
}

/* The answers that are sent: not who asks, not the marks. */
static bool draft_send(struct request *r, const struct apply_draft *d, struct fail *f)
{
    struct setting s         = applicant_setting(r);
    struct online_order o    = { .applicant = d->applicant,
                                 .code      = apply_code_kept(r->arena, d->code) };
    struct online_answer *to = ARENA_MANY(r->arena, struct online_answer, d->n + 1);
    int64_t number;

    o.answers = to;
    for (size_t i = 0; i < d->n; i++)
        if (d->answers[i].field[0] != '?' && strcmp(d->answers[i].field, "applicant") != 0)
            to[o.n++] = d->answers[i];
    /* Of two clicks at once the later one finds it sent. */
    bool sent = false,
         done = store_begin(r->store, STORE_WRITING, f) &&
                online_find(r->store, r->arena, o.code, &number, &sent, f) &&
                (sent || (online_send(&s, &o, &number, f) && apply_draft_end(r, d->code, f) &&
                          apply_home_put(r, o.code, f) && store_commit(r->store, f)));
    store_rollback(r->store);
    return done;
}

static void sent_show(struct request *r, int64_t number, bool first);

void apply_check_do(struct request *r)
{
    struct fail f = { 0 };
    struct apply_draft d;
    int64_t number;
    bool found;

    /* A second click finds it sent. */
    if (!online_find(r->store, r->arena, apply_code_kept(r->arena, r->applying), &number, &found,
                     &f)) {
        respond_fail(r, &f);
        return;
    }
    if (found) {
        respond_redirect(r, "/apply/sent");
        return;
    }
    if (!ready_open(r, &d)) return;
    if (!r->form.errors) {
        if (apply_quota(r, "apply_send", APPLY_SENDS, &f) && draft_send(r, &d, &f)) {
            if (online_find(r->store, r->arena, apply_code_kept(r->arena, d.code), &number, &found,
                            &f) &&
                found)
                sent_show(r, number, true);
            else
                respond_fail(r, &f);
            return;
        }
        if (!is_refused(r, FORM_APPLY_CHECK_AGREE, &f)) return;
    }
    check_show(r, &d);
}

/* ---- where it is ---- */

const char *apply_says(const struct request *r, const struct online *o)
{
    return machine_online_application.states[o->state]
        .says[TOLD_RECEIVING][r->frame.welsh ? MACHINE_WELSH : MACHINE_ENGLISH];
}

date apply_due(const struct online *o)
{
    bool asked     = o->state == ONLINE_APPLICATION_STATE_ASKED;
    date last_step = o->step_count ? o->steps[o->step_count - 1].day : o->day;

    return clock_dates_from(asked ? CLOCK_ONLINE_ASKED : CLOCK_ONLINE_APPLICATION, last_step).due;
}

static bool can_withdraw(const struct online *o)
{
    return o->state == ONLINE_APPLICATION_STATE_SENT || o->state == ONLINE_APPLICATION_STATE_ASKED;
}

static struct view_apply_told *steps_view(struct request *r, const struct online *o, int32_t *n)
{
    struct view_apply_told *rows = ARENA_MANY(r->arena, struct view_apply_told, o->step_count + 1);

    *n = (int32_t)o->step_count;
    for (size_t i = 0; i < o->step_count; i++)
        rows[i] = (struct view_apply_told){
            .on   = o->steps[i].day,
            .what = machine_online_application.events[o->steps[i].event].name,
            .said = o->steps[i].said,
        };
    return rows;
}

/* The same pages stand at the home of who has an account, and under the code. */
static bool is_at_home(const struct request *r)
{
    return r->route->access == ACCESS_OWN;
}

static const char *sent_path(struct request *r, int64_t number)
{
    return is_at_home(r) ? arena_print(r->arena, "/home/application/%lld", (long long)number)
                         : "/apply/sent";
}

static const char *withdraw_path(struct request *r, int64_t number)
{
    return is_at_home(r) ? arena_print(r->arena, "%s/withdraw", sent_path(r, number))
                         : "/apply/withdraw";
}

static struct page_frame *sent_frame(struct request *r)
{
    if (is_at_home(r)) return own_frame(r, "home", "/home");
    frame_of(r)->exit = true;
    frame_of(r)->back = "/apply";
    return frame_with_form(r);
}

static void sent_show(struct request *r, int64_t number, bool first)
{
    struct fail f = { 0 };
    struct online o;
    bool found;

    if (!online_read(r->store, r->arena, number, &o, &found, &f) || !found) {
        respond_fail(r, &f);
        return;
    }
    struct page_apply_sent p = {
        .reference = online_reference(number, r->arena),
        .code      = first ? r->applying : "",
        .path      = sent_path(r, number),
        .at        = machine_online_application.states[o.state].name,
        .says      = apply_says(r, &o),
        .due       = apply_due(&o),
        .late      = date_before(apply_due(&o), r->today),
        .waits     = online_is_waiting(&o),
        .asked     = o.state == ONLINE_APPLICATION_STATE_ASKED,
        .withdraw  = can_withdraw(&o) ? withdraw_path(r, number) : "",
        .said      = form_view(&r->form, FORM_APPLY_ANSWER_SAID),
    };
    if (!apply_home_mine(r, o.step_count ? o.steps[o.step_count - 1].arrangement : "", &p.mine))
        return;
    p.steps = steps_view(r, &o, &p.steps_count);
    page_apply_sent(&r->out, sent_frame(r), &p);
}

/* The application that this browser's code opens, or the one of the path at their home; false:
 * answered. */
static bool sent_open(struct request *r, int64_t *number)
{
    struct fail f = { 0 };
    bool found    = false;

    if (is_at_home(r)) {
        *number = case_number(r->params[0]);
        if (!own_alone(r)) return false;
        if (!apply_home_has(r, *number, &found, &f))
            respond_fail(r, &f);
        else if (!found)
            respond_missing(r);
        return found;
    }
    if (*r->applying && !online_find(r->store, r->arena, apply_code_kept(r->arena, r->applying),
                                     number, &found, &f)) {
        respond_fail(r, &f);
        return false;
    }
    if (!found) respond_redirect(r, "/apply/return");
    return found;
}

void apply_sent(struct request *r)
{
    int64_t number;

    if (!sent_open(r, &number)) return;
    form_new(&r->form, r->arena, &form_apply_answer);
    sent_show(r, number, false);
}

void apply_sent_do(struct request *r)
{
    struct setting s = applicant_setting(r);
    struct fail f    = { 0 };
    int64_t number;

    if (!sent_open(r, &number)) return;
    if (!r->form.errors) {
        const char *said = case_lines(r->arena, form_text(&r->form, FORM_APPLY_ANSWER_SAID));
        bool done        = store_begin(r->store, STORE_WRITING, &f) &&
                    online_do(&s, number, ONLINE_APPLICATION_EVENT_ANSWER, said, &f) &&
                    store_commit(r->store, &f);
        store_rollback(r->store);
        if (done) {
            respond_redirect(r, sent_path(r, number));
            return;
        }
        if (!is_refused(r, FORM_APPLY_ANSWER_SAID, &f)) return;
    }
    sent_show(r, number, false);
}

/* ---- withdrawing ---- */

/* The application of this browser, if it can be withdrawn; false: answered. */
static bool withdraw_open(struct request *r, struct online *o)
{
    struct fail f = { 0 };
    int64_t number;
    bool found;

    if (!sent_open(r, &number)) return false;
    if (!online_read(r->store, r->arena, number, o, &found, &f) || !found) {
        respond_fail(r, &f);
        return false;
    }
    if (!can_withdraw(o)) respond_redirect(r, sent_path(r, number));
    return can_withdraw(o);
}

void apply_withdraw(struct request *r)
{
    struct online o;

    if (!withdraw_open(r, &o)) return;
    struct page_apply_withdraw p = { .reference = online_reference(o.number, r->arena),
                                     .path      = withdraw_path(r, o.number),
                                     .back      = sent_path(r, o.number) };
    struct page_frame *frame     = sent_frame(r);
    frame->back                  = p.back;
    page_apply_withdraw(&r->out, frame, &p);
}

void apply_withdraw_do(struct request *r)
{
    struct setting s = applicant_setting(r);
    struct fail f    = { 0 };
    struct online o;

    if (!withdraw_open(r, &o)) return;
    bool done = store_begin(r->store, STORE_WRITING, &f) &&
                online_do(&s, o.number, online_withdrawal_event(o.applicant), "", &f) &&
                store_commit(r->store, &f);
    store_rollback(r->store);
    if (done)
        respond_redirect(r, sent_path(r, o.number));
    else
        respond_fail(r, &f);
}
