/* case_online_alert.c: a risk of harm in an application that came online: what called somebody, and
 * what whoever looked saw and did. */
#include "app/online.h"
#include "web/apply.h"
#include "web/case.h"
#include "web/case_alerts.h"
#include "web/case_view.h"

static void alert_show(struct request *r)
{
    int64_t number = case_number(r->params[0]), event = case_number(r->params[1]);
    struct fail f = { 0 };
    struct alert *list;
    size_t n;

    if (!alert_list_online(r->store, r->arena, number, &list, &n, &f)) {
        respond_fail(r, &f);
        return;
    }
    const struct alert *a = alert_find(list, n, event);
    if (!a) {
        respond_missing(r);
        return;
    }
    const char *reference           = online_reference(number, r->arena);
    struct page_case_online_alert p = {
        .number    = number,
        .reference = reference,
        .a     = case_alert_row(r, SERVICE_PP, arena_print(r->arena, "applicant %s", reference), a),
        .self  = a->risk == ALERT_DOES_RISK_SELF_HARM || a->risk == ALERT_DOES_RISK_SELF_HARM_OTHER,
        .free  = a->source == ALERT_WITHDRAWAL,
        .event = form_view(&r->form, FORM_CASE_ALERT_EVENT),
        .seen  = form_view(&r->form, FORM_CASE_ALERT_SEEN),
        .done  = form_view(&r->form, FORM_CASE_ALERT_DONE),
    };
    frame_of(r)->here = "apply";
    frame_of(r)->back = arena_print(r->arena, "/application/online/%lld", (long long)number);
    page_case_online_alert(&r->out, frame_with_form(r), &p);
}

void case_online_alert(struct request *r)
{
    form_new(&r->form, r->arena, &form_case_alert);
    alert_show(r);
}

void case_online_alert_do(struct request *r)
{
    struct fail f = { 0 };
    struct alert *list;
    size_t n;
    int64_t number = case_number(r->params[0]), event = case_number(r->params[1]);

    /* Of this application, and no other. */
    if (!alert_list_online(r->store, r->arena, number, &list, &n, &f))
        respond_fail(r, &f);
    else if (!alert_find(list, n, event))
        respond_missing(r);
    else if (!case_alert_answer(
                 r, SERVICE_PP, event,
                 arena_print(r->arena, "/application/online/%lld?done=", (long long)number)))
        alert_show(r);
}
