/* case_alerts.c: risks of harm in a family: what was heard and noticed, and what a person who
 * looked saw and did (app/alert.h). */
#include "web/case_alerts.h"
#include "app/alert.h"
#include "app/withdrawal.h"
#include "web/case.h"
#include "web/case_change.h"
#include "web/case_view.h"

#include <string.h>

static const char *const said[][2] = {
    { "noted", "It was written down, and waits for somebody to look." },
    { "answer", "It was written down. Nothing is kept back because of it any more." },
    { "watch", "It was written down. Somebody looks again in a week." },
};

static bool list_read(struct request *r, int64_t pp, struct alert **list, size_t *n)
{
    struct fail f = { 0 };

    if (alert_list(r->store, r->arena, pp, list, n, &f)) return true;
    respond_fail(r, &f);
    return false;
}

/* ---- one alert in words ---- */

static const char *source_link(struct request *r, int64_t pp, const struct alert *a)
{
    static const char *const parts[ALERT_SOURCES] = {
        [ALERT_MESSAGE]         = "message",
        [ALERT_CHANGE]          = "told",
        [ALERT_RECONSIDERATION] = "told",
    };

    if (a->source == ALERT_APPLICATION)
        return pp == SERVICE_PP ? ""
                                : arena_print(r->arena, "/case/%lld/application", (long long)pp);
    if (a->source == ALERT_PAYMENT)
        return arena_print(r->arena, "/case/%lld/service", (long long)pp);
    return !parts[a->source] ? ""
                             : arena_print(r->arena, "/case/%lld/%s/%lld", (long long)pp,
                                           parts[a->source], (long long)a->row.event);
}

/* The rules by name; one that is no longer among the rules is told by its name alone. */
static void heard_fill(struct request *r, const char *names, struct view_alert_row *row)
{
    struct view_pair *pairs = ARENA_MANY(r->arena, struct view_pair, strlen(names) / 2 + 1);

    row->heard = pairs;
    for (const char *at = names; *at;) {
        size_t n                     = strcspn(at, " ");
        const struct hear_rule *rule = hear_rule_find(at, n);
        pairs[row->heard_count++]    = (struct view_pair){ .text  = arena_text(r->arena, at, n),
                                                           .label = rule ? rule->title : "" };
        at += n + (at[n] == ' ');
    }
}

static void looks_fill(struct request *r, const struct alert *a, struct view_alert_row *row)
{
    struct view_alert_look *looks = ARENA_MANY(r->arena, struct view_alert_look, a->step_count + 1);

    row->looks = looks;
    for (size_t i = 1; i < a->step_count; i++) { /* the first raised it */
        int32_t state             = machine_state_find(&machine_alert, a->steps[i].became);
        looks[row->looks_count++] = (struct view_alert_look){
            .day   = a->steps[i].day,
            .state = state == MACHINE_NOTHING ? "" : machine_alert.states[state].label,
            .seen  = a->steps[i].reason,
            .done  = a->steps[i].evidence,
        };
    }
}

struct view_alert_row case_alert_row(struct request *r, int64_t pp, const char *about,
                                     const struct alert *a)
{
    bool open                 = alert_is_open(a);
    struct view_alert_row row = {
        .event       = a->row.event,
        .about       = about,
        .risk        = alert_risk_labels[a->risk],
        .state       = machine_alert.states[a->state].label,
        .open        = open,
        .colour      = a->state == ALERT_STATE_RAISED ? "red"
                       : open                         ? "yellow"
                                                      : "grey",
        .day         = a->row.day,
        .source      = alert_source_labels[a->source],
        .source_link = source_link(r, pp, a),
        .note        = a->row.note,
    };

    if (open && a->risk == ALERT_DOES_RISK_SELF_HARM)
        row.kept = "Until it is answered no letter and no demand goes to them.";
    if (open && a->risk == ALERT_DOES_RISK_SELF_HARM_OTHER)
        row.kept = "Until it is answered no letter and no demand goes to the other parents here.";
    heard_fill(r, a->row.heard, &row);
    looks_fill(r, a, &row);
    return row;
}

static struct view_alert_row row_of(struct request *r, const struct case_view *v,
                                    const struct alert *a)
{
    return case_alert_row(r, v->g.pp, case_name(&v->g, a->row.person, r->arena), a);
}

/* ---- all of a family ---- */

static struct view_option *person_options(struct request *r, const struct group *g, int32_t *n)
{
    struct view_option *o = ARENA_MANY(r->arena, struct view_option, g->arrangement_count + 2);
    int64_t chosen        = form_has(&r->form, FORM_CASE_NOTICE_PERSON)
                                ? form_count(&r->form, FORM_CASE_NOTICE_PERSON)
                                : 0;

    o[0] = (struct view_option){ .value = "", .label = "Choose" };
    *n   = 1;
    for (size_t i = 0; i <= g->arrangement_count; i++) {
        int64_t id = i ? g->arrangements[i - 1].rp : g->pp;
        o[(*n)++]  = (struct view_option){ .value  = arena_print(r->arena, "%lld", (long long)id),
                                           .label  = case_name(g, id, r->arena),
                                           .chosen = id == chosen };
    }
    return o;
}

static struct view_option *risk_options(struct request *r, int32_t *n)
{
    const struct machine_input *risks = &machine_table_alert_does.inputs[ALERT_DOES_RISK];
    struct view_option *o = ARENA_MANY(r->arena, struct view_option, risks->value_count + 1);
    const char *chosen    = form_text(&r->form, FORM_CASE_NOTICE_RISK);

    o[0] = (struct view_option){ .value = "", .label = "Choose" };
    *n   = 1;
    for (int32_t i = 0; i < risks->value_count; i++)
        o[(*n)++] = (struct view_option){ .value  = risks->values[i],
                                          .label  = alert_risk_labels[i],
                                          .chosen = !strcmp(chosen, risks->values[i]) };
    return o;
}

static void alerts_page(struct request *r, const char *done)
{
    struct alert *list;
    struct case_view v;
    size_t n;

    if (!case_open(r, &v) || !list_read(r, v.g.pp, &list, &n)) return;
    struct view_alert_row *rows = ARENA_MANY(r->arena, struct view_alert_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(r, &v, &list[i]);
    v.family.done             = done;
    struct page_case_alerts p = {
        .c          = v.family,
        .rows       = rows,
        .rows_count = (int32_t)n,
        .person     = form_view(&r->form, FORM_CASE_NOTICE_PERSON),
        .risk       = form_view(&r->form, FORM_CASE_NOTICE_RISK),
        .note       = form_view(&r->form, FORM_CASE_NOTICE_NOTE),
    };
    p.persons = person_options(r, &v.g, &p.persons_count);
    p.risks   = risk_options(r, &p.risks_count);
    page_case_alerts(&r->out, frame_with_form(r), &p);
}

void case_alerts(struct request *r)
{
    const char *done = case_said(r, said, sizeof said / sizeof *said);

    form_new(&r->form, r->arena, &form_case_notice);
    alerts_page(r, done);
}

void case_alerts_do(struct request *r)
{
    struct setting s             = case_setting(r);
    struct alert_noticed noticed = { .source = ALERT_NOTICED,
                                     .note   = form_text(&r->form, FORM_CASE_NOTICE_NOTE) };
    int64_t alert;
    struct fail f = { 0 };

    if (!r->form.errors &&
        !alert_risk_find(form_text(&r->form, FORM_CASE_NOTICE_RISK), &noticed.risk))
        form_refuse(&r->form, FORM_CASE_NOTICE_RISK, "Choose what the risk is");
    if (!r->form.errors) {
        noticed.person = form_count(&r->form, FORM_CASE_NOTICE_PERSON);
        noticed.note   = case_lines(r->arena, noticed.note);
        bool done      = store_begin(r->store, STORE_WRITING, &f) &&
                    alert_record(&s, case_number(r->params[0]), &noticed, &alert, &f) &&
                    store_commit(r->store, &f);
        if (case_answered(r, done, &f,
                          arena_print(r->arena, "/case/%s/alerts?done=noted", r->params[0])))
            return;
        form_refuse(&r->form,
                    !strcmp(f.field, "person") ? FORM_CASE_NOTICE_PERSON : FORM_CASE_NOTICE_NOTE,
                    case_sentence(r, &f));
    }
    alerts_page(r, "");
}

/* ---- one alert ---- */

static void alert_page(struct request *r)
{
    struct alert *list;
    struct case_view v;
    size_t n;

    if (!case_open(r, &v) || !list_read(r, v.g.pp, &list, &n)) return;
    const struct alert *a = alert_find(list, n, case_number(r->params[1]));
    if (!a) {
        respond_missing(r);
        return;
    }
    struct page_case_alert p = {
        .c     = v.family,
        .a     = row_of(r, &v, a),
        .self  = a->risk == ALERT_DOES_RISK_SELF_HARM || a->risk == ALERT_DOES_RISK_SELF_HARM_OTHER,
        .free  = a->source == ALERT_WITHDRAWAL,
        .part  = arena_print(r->arena, "alert/%lld", (long long)a->row.event),
        .event = form_view(&r->form, FORM_CASE_ALERT_EVENT),
        .seen  = form_view(&r->form, FORM_CASE_ALERT_SEEN),
        .done  = form_view(&r->form, FORM_CASE_ALERT_DONE),
    };
    page_case_alert(&r->out, frame_with_form(r), &p);
}

void case_alert(struct request *r)
{
    form_new(&r->form, r->arena, &form_case_alert);
    alert_page(r);
}

bool case_alert_answer(struct request *r, int64_t pp, int64_t alert, const char *where)
{
    struct setting s       = case_setting(r);
    struct alert_look look = { .alert = alert };
    struct fail f          = { 0 };

    if (r->form.errors) return false;
    const char *word = form_text(&r->form, FORM_CASE_ALERT_EVENT);
    look.event       = (enum alert_event)machine_event_find(&machine_alert, word);
    look.seen        = case_lines(r->arena, form_text(&r->form, FORM_CASE_ALERT_SEEN));
    look.done        = case_lines(r->arena, form_text(&r->form, FORM_CASE_ALERT_DONE));
    bool done        = store_begin(r->store, STORE_WRITING, &f) && alert_take(&s, pp, &look, &f) &&
                store_commit(r->store, &f);
    if (case_answered(r, done, &f, arena_print(r->arena, "%s%s", where, word))) return true;
    form_refuse(&r->form,
                !strcmp(f.field, "seen")   ? FORM_CASE_ALERT_SEEN
                : !strcmp(f.field, "done") ? FORM_CASE_ALERT_DONE
                                           : FORM_CASE_ALERT_EVENT,
                case_sentence(r, &f));
    return false;
}

void case_alert_do(struct request *r)
{
    const char *where = arena_print(r->arena, "/case/%s/alerts?done=", r->params[0]);

    if (!case_alert_answer(r, case_number(r->params[0]), case_number(r->params[1]), where))
        alert_page(r);
}

/* ---- before a receiving parent withdraws ---- */

bool case_private_first(struct request *r, const struct case_view *v,
                        const struct withdrawal_wish *wish)
{
    struct setting s    = case_setting(r);
    struct withdrawal w = { .first = false };
    struct fail f       = { 0 };
    bool fine           = withdrawal_look(&s, &v->g, wish, &w, &f);

    if (fine && !w.first) return false;
    if (fine && !w.alert)
        fine = store_begin(r->store, STORE_WRITING, &f) &&
               withdrawal_call(&s, &v->g, wish, &w.alert, &f) && store_commit(r->store, &f);
    store_rollback(r->store);
    if (fine)
        respond_redirect(r, arena_print(r->arena, "/case/%lld/alert/%lld", (long long)v->g.pp,
                                        (long long)w.alert));
    else
        respond_fail(r, &f);
    return true;
}

bool case_free_first(struct request *r, const struct case_view *v, int field,
                     struct withdrawal_wish *wish)
{
    if (!form_has(&r->form, field))
        form_refuse(&r->form, field, r->form.rule->fields[field].missing);
    if (r->form.errors) return false;
    wish->unfree = !form_is(&r->form, field, "yes");
    return case_private_first(r, v, wish);
}
