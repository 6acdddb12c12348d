/* own_reconsider.c: a parent asks us to look at a decision again. */
#include "web/own_again.h"

#include "web/case_change.h"
#include "web/own_told.h"

#include <string.h>

bool own_again_open(struct request *r, struct own_again *p)
{
    struct setting s = case_setting(r);
    struct fail f    = { 0 };

    *p = (struct own_again){ .decision = NULL };
    if (!own_open_arrangement(r, &p->v)) return false;
    const struct group *g = &p->v.c.g;
    p->decision =
        group_decision_at(g, date_max(r->today, group_arrangement(g, p->v.about)->effective_from));
    if (!p->decision) {
        respond_missing(r);
        return false;
    }
    p->again = (struct asking_again){ .person   = own_person(&p->v),
                                      .decision = p->decision->id,
                                      .role     = own_role(&p->v) };
    if (asking_limits_of(&s, g, &p->again, &p->limits, &f)) return true;
    respond_fail(r, &f);
    return false;
}

money own_again_weekly(const struct own_again *p)
{
    return group_award(&p->v.c.g, p->decision->id, p->v.about);
}

bool own_again_ask(struct request *r, struct own_again *p, const char *why, const char *late,
                   const char *key, int64_t *event, struct fail *f)
{
    struct setting s = case_setting(r);

    s.actor       = own_actor(r);
    p->again.why  = case_lines(r->arena, why);
    p->again.late = case_lines(r->arena, late);
    return store_begin(r->store, STORE_WRITING, f) &&
           asking_again_ask(&s, p->v.side.pp, key, &p->again, event, f);
}

/* ---- its page ---- */

/* checks: what was written is shown once more before it is sent. */
static void again_show(struct request *r, const struct own_again *p, bool checks)
{
    const struct asking_limits *l   = &p->limits;
    struct page_own_reconsider page = {
        .path       = arena_print(r->arena, "/home/reconsider/%s", r->params[0]),
        .ref        = r->params[0],
        .weekly     = own_again_weekly(p),
        .from       = p->decision->effective_from,
        .notified   = l->notified,
        .until      = l->in_time,
        .until_late = l->late,
        .late_today = l->is_late,
        .closed     = l->why != NULL,
        .checks     = checks,
        .pays       = !p->v.side.reader,
        .why        = form_view(&r->form, FORM_OWN_RECONSIDER_WHY),
        .late       = form_view(&r->form, FORM_OWN_RECONSIDER_LATE),
        .by         = clock_dates_from(CLOCK_RECONSIDERATION, r->today).due,
    };

    if (l->open) {
        page.asked    = arena_print(r->arena, "/home/told/%s/%lld", p->v.side.ref,
                                    (long long)l->open->row.event);
        page.asked_on = l->open->row.day;
    }
    page.fields = case_hidden(r, "act", &page.fields_count);
    page_own_reconsider(
        &r->out, own_frame(r, "home", arena_print(r->arena, "/home/worked/%s", r->params[0])),
        &page);
}

void own_reconsider(struct request *r)
{
    struct own_again p;

    if (!own_again_open(r, &p)) return;
    form_new(&r->form, r->arena, &form_own_reconsider);
    again_show(r, &p, false);
}

/* Sent, and answered with where it leads; or, *checks, only to be shown. */
static bool again_send(struct request *r, struct own_again *p, bool *checks, struct fail *f)
{
    int64_t event;

    if (!own_again_ask(r, p, form_text(&r->form, FORM_OWN_RECONSIDER_WHY),
                       form_text(&r->form, FORM_OWN_RECONSIDER_LATE), NULL, &event, f))
        return false;
    if (!form_is(&r->form, FORM_OWN_RECONSIDER_ACT, "confirm")) return *checks = true;
    if (!store_commit(r->store, f)) return false;
    respond_redirect(
        r, arena_print(r->arena, "/home/told/%s/%lld?done=told", p->v.side.ref, (long long)event));
    return true;
}

void own_reconsider_do(struct request *r)
{
    struct fail f = { 0 };
    struct own_again p;
    bool checks = false;

    if (!own_again_open(r, &p)) return;
    if (!r->form.errors) {
        bool fine = again_send(r, &p, &checks, &f);
        store_rollback(r->store);
        if (fine && !checks) return;
        if (!fine && f.kind != FAIL_REFUSED) {
            respond_fail(r, &f);
            return;
        }
        if (!fine)
            form_refuse(&r->form,
                        !strcmp(f.field, "late") ? FORM_OWN_RECONSIDER_LATE
                                                 : FORM_OWN_RECONSIDER_WHY,
                        case_sentence(r, &f));
    }
    again_show(r, &p, checks);
}
